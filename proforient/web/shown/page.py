"""The public page of a published snapshot: state, finding, levels, the same as a table, definitions, how to check."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from proforient.access.links import State
from proforient.analysis.coverage import Coverage
from proforient.analysis.data_frame import of_records
from proforient.analysis.rounding import Rounded
from proforient.catalogue.entries import Catalogue
from proforient.charts import marks, sentences
from proforient.charts.marks import Html, joined, tag
from proforient.documents import figures
from proforient.documents.file_names import file_name
from proforient.monitoring import Verdict, local_day, territory_name
from proforient.public import PublicFigure, PublicRule, PublicSnapshot
from proforient.store.rows import Publication
from proforient.web.clock import moment_ru
from proforient.web.fonts import faces
from proforient.web.templates import HtmlFile, render
from proforient.wording import counted, date_ru, number, period_name, uncapital

HERE = Path(__file__).parent
STYLE, SCRIPT = (HERE / "shown.css").read_text("utf-8"), (HERE / "shown.js").read_text("utf-8").strip()

# state -> a glyph that is none of the verdicts', the words
STATES = {
    State.CURRENT: ("●", "Действует."),
    State.SUPERSEDED: ("◐", "Есть более новый снимок."),
    State.CORRECTED: ("◐", "Исправлен: в этом снимке нашли ошибку."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicContents:
    """Everything the page says. ``address`` is the link itself, ``newer`` the one that took its place with its own."""

    publication: Publication
    snapshot: PublicSnapshot
    catalogue: Catalogue
    state: State
    newer: Publication | None
    newer_address: str
    address: str
    code: Html
    below: str  # the path below which the program is served
    checked: str  # when the state was looked up
    zone: ZoneInfo  # by whose clocks days and times are told
    invented: bool = False  # whether the figures are those of the demonstration


def page(shown: PublicContents, *, saved: bool = False) -> HtmlFile:
    """``saved``: one file that opens without network."""
    body = render("shown/body.html.j2", **_values(shown, saved=saved))
    style = "\n".join((faces(shown.below, saved=saved), marks.css(body), STYLE))
    policy = "; ".join(
        (
            f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(SCRIPT) if saved else NONE}",
            f"font-src {'data:' if saved else SELF}; img-src data:; base-uri 'none'; form-action 'none'",
            *(() if saved else ("frame-ancestors 'none'",)),  # a <meta> may not say this one
        )
    )
    title = f"{title_of(shown)} · {_scope(shown)}"
    whole = render(
        "shown/page.html.j2",
        title=title,
        style=Html(style),
        script=Html(SCRIPT),
        body=body,
        policy=policy,
        saved=saved,
    )
    return HtmlFile(whole, policy)


def _values(shown: PublicContents, *, saved: bool) -> dict[str, Any]:
    """Everything that the template of the page names."""
    publication, figures = shown.publication, shown.snapshot.figures
    seen = [f.coverage for f in figures if not f.hidden]
    sign, state = STATES[shown.state]
    return {
        "issuer": f"Мониторинг профориентации · {territory_name(shown.snapshot.territory)}",
        "called": f"Снимок результатов № {publication.number}",
        "state_look": "state" if shown.state is State.CURRENT else "state loud",
        "state_sign": marks.glyph(sign),
        "state": state,
        "checked": f"Проверено при открытии {shown.checked}.",
        "newer": _number_and_day(shown.newer, shown.zone, "Снимок ") if shown.newer else "",
        "newer_address": shown.newer_address,
        "saved": saved,
        "as_of": f"Числа по состоянию на {moment_ru(publication.made_at, shown.zone)}; действительность:",
        "address": shown.address,
        "title": title_of(shown),
        "invented": sentences.DEMONSTRATION if shown.invented else "",
        "levels": _levels(shown),
        "own_title": bool(publication.title),
        "finding": title(shown) + ".",
        "lead": sentences.overview_lead(seen, shown.catalogue) if seen else "",
        "note": publication.note,
        "facts": _facts(shown),
        "table": _table(shown),
        "rule": rule_of(shown.snapshot.rule),
        "added_up": _added_up(shown),
        "unsettled": any(c.unsettled for c in seen),
        "plans": _plans(shown),
        "something_hidden": len(seen) < len(figures),
        "may_change": _may_change(shown),
        "number_and_day": _number_and_day(publication, shown.zone),
        "sha256": publication.sha256,
        "file": file_of(shown),
        "here": shown.address if saved else "",
        "slides": f"{shown.address if saved else f'{shown.below}/s/{publication.token}'}/deck",
        "code": shown.code,
        "foot": _foot(shown),
    }


def _number_and_day(publication: Publication, zone: ZoneInfo, before: str = "") -> str:
    return f"{before}№ {publication.number} от {date_ru(local_day(publication.made_at, zone))}"


SELF, NONE = "'self'", "'none'"


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def file_of(shown: PublicContents) -> Callable[[str], str]:
    """What a file of it is called, by its ending."""
    snapshot = shown.snapshot
    what = f"Снимок {shown.publication.number}"
    return lambda ending: file_name(what, territory=snapshot.territory, period=snapshot.period.code, ending=ending)


def title_of(shown: PublicContents) -> str:
    """What the figures say, or what the one who shared them wrote over them."""
    return shown.publication.title or title(shown)


def title(shown: PublicContents) -> str:
    """The finding; where levels are hidden it is one about the others, and says so."""
    figures = shown.snapshot.figures
    seen = [f.coverage for f in figures if not f.hidden]
    hidden = len(seen) < len(figures)
    if hidden and not any(c.submitted for c in seen):
        return "Числа не показаны: их слишком мало"
    finding = sentences.overview_finding(seen, shown.catalogue)
    if not hidden:
        return finding
    return f"Показаны не все уровни. {finding}" if ":" in finding else f"По показанным уровням: {uncapital(finding)}"


def _scope(shown: PublicContents) -> str:
    return f"{territory_name(shown.snapshot.territory)}, {period_name(shown.snapshot.period.code)}"


def _day(shown: PublicContents) -> str:
    return date_ru(local_day(shown.publication.made_at, shown.zone))


def _facts(shown: PublicContents) -> list[tuple[str, str]]:
    snapshot = shown.snapshot
    cohort = shown.catalogue.cohorts[snapshot.cohort]
    facts = [
        ("Территория", territory_name(snapshot.territory)),
        ("Период", period_name(snapshot.period.code)),
        ("Зафиксировано", _day(shown)),
        ("Полнота", f"{number(snapshot.submitted)} из {counted(snapshot.expected, 'organisations', 'gen')}"),
    ]
    if cohort.part_of:
        facts.insert(2, ("Категория", cohort.name))
    return facts


def _levels(shown: PublicContents) -> Html:
    rows = [row_of(shown, figure) for figure in shown.snapshot.figures]
    label = sentences.overview_finding([f.coverage for f in shown.snapshot.figures if not f.hidden], shown.catalogue)
    caption = sentences.levels_caption([f.coverage for f in shown.snapshot.figures if not f.hidden], shown.catalogue)
    return joined([marks.block(rows, label, "pf-levels"), marks.caption(caption)])


def row_of(shown: PublicContents, figure: PublicFigure) -> Html:
    """A level as a bar against its plan, or the reason why it is hidden."""
    level = shown.catalogue.levels[figure.coverage.level]
    note = sentences.level_note(level, shown.catalogue) if level.grades else ""
    if figure.hidden:
        word = shown.snapshot.rule.hidden[figure.hidden]
        side = joined([marks.glyph("○"), tag("b", word), "значение не показано"], " ")
        picture = marks.bar(figure.coverage).replace("нет данных", word)
        return marks.row(sentences.level_label(level), tag("span", side, "pf-v pf-quiet"), picture, note)
    side = marks.verdict(figure.coverage, short=True)
    foot = marks.caveats(figure.coverage)
    return marks.row(sentences.level_label(level), side, marks.bar(figure.coverage), note, foot)


def _table(shown: PublicContents) -> Html:
    head: list[str | marks.TableColumn] = [
        "Уровень",
        *(
            marks.TableColumn(name, figures=True)
            for name in ("Охвачено", "Всего", "Доля", "План", "Не хватает", "Сдали")
        ),
        "Вывод",
    ]
    years = {f.before.period for f in shown.snapshot.figures if f.before}
    if years:
        name = period_name(*years) if len(years) == 1 else "Раньше"
        head.insert(4, marks.TableColumn(name, figures=True))
    rows = [_line(shown, figure, len(head), dated=len(years) > 1) for figure in shown.snapshot.figures]
    return marks.table(head, rows)


def rule_of(rule: PublicRule) -> str:
    """The rule by which it was made, which of an older one is no longer today's."""
    return rule.text if rule.current else f"Этот снимок сделан по прежнему правилу. {rule.text}"


def _line(shown: PublicContents, figure: PublicFigure, width: int, *, dated: bool) -> list[str]:
    c = figure.coverage
    name = tag("b", sentences.level_label(shown.catalogue.levels[c.level]))
    sent = f"{number(c.submitted)} из {number(c.expected)}"
    if figure.hidden:
        why = f"не показано: {shown.snapshot.rule.hidden[figure.hidden]}"
        return [name, *(["—"] * (width - 3)), sent, tag("span", why, "pf-quiet")]
    cells = [
        name,
        _whole(c.numerator, c),
        _whole(c.denominator, c),
        sentences.figure(c) if c.measure is not None else "—",
        marks.plan(c),
        _whole(c.needed, c),
        sent,
        marks.word_of(c),
    ]
    if width > len(cells):
        before = figure.before
        year = f" ({period_name(before.period)})" if before and dated else ""
        cells.insert(4, f"{sentences.figure(before)}{year}" if before else "—")
    return cells


def _whole(n: int | None, of: Coverage) -> str:
    if n is None:
        return "—"
    return sentences.about(n) if of.about else number(n)


def _added_up(shown: PublicContents) -> str:
    headline = shown.catalogue.headline
    assert headline is not None
    count = [shown.catalogue.count_name(code) for code in (*headline.numerator, *headline.denominator)]
    return f"Числитель: {uncapital(count[0])}. Знаменатель: {uncapital(count[-1])}."


def _plans(shown: PublicContents) -> Html:
    """Which plans rest on which document; empty where no plan is shown."""
    planned = [f.coverage for f in shown.snapshot.figures if f.coverage.plan is not None]
    grounds: dict[str, list[Html]] = {}
    for c in planned:
        assert c.plan is not None
        level = sentences.level_label(shown.catalogue.levels[c.level])
        one = joined([tag("b", level), marks.plan(c)], " ")
        grounds.setdefault(c.plan.ground or "документ не назван", []).append(one)
    rows = [[joined(levels, ", "), ground] for ground, levels in grounds.items()]
    return marks.table(["План", "Основание"], rows) if rows else Html("")


def _may_change(shown: PublicContents) -> str:
    """What those who have not reported could still change; how many have is said above."""
    reasons: list[str] = []
    seen = [f.coverage for f in shown.snapshot.figures if not f.hidden]
    for c in seen:  # of a rounded figure it is not known
        if not isinstance(c, Rounded) and c.provisional and c.verdict in (Verdict.MET, Verdict.NOT_MET):
            note = sentences.can_change_note(replace(c, missing=()))
            if note:
                reasons.append(f"{sentences.level_label(shown.catalogue.levels[c.level])}: {uncapital(note)}.")
    if seen and all(c.submitted >= c.expected for c in seen):
        reasons.append("Выводы не изменятся: по показанным уровням прислали все, кого спрашивали.")
    return " ".join(reasons)


def _foot(shown: PublicContents) -> str:
    return (
        f"Снимок № {shown.publication.number} от {_day(shown)}, отпечаток {shown.publication.sha256[:8]}. "
        "Страница не использует cookie и ничего не запоминает о том, кто её открыл."
    )


def csv_of(shown: PublicContents) -> bytes:
    """The table as a file: what is hidden is said in words, in the cells that it would stand in."""
    every = shown.snapshot.figures
    rows = [list(row) for row in figures.rows_of(of_records(f.coverage for f in every), shown.catalogue, {})]
    first, last = figures.HEAD.index("Числитель"), figures.HEAD.index("План")
    for row, figure in zip(rows, every, strict=True):
        c = figure.coverage
        if figure.hidden:
            word = shown.snapshot.rule.hidden[figure.hidden]
            row[first:last] = [word] * (last - first)
            row[figures.HEAD.index("Вердикт")] = "значение не показано"
            row[figures.HEAD.index("Не хватает")] = word
        elif c.about:
            for name, n in (
                ("Числитель", c.numerator), ("Знаменатель", c.denominator), ("Значение", c.value),
                ("Не хватает", c.needed),
            ):  # fmt: skip
                row[figures.HEAD.index(name)] = None if n is None else sentences.about(n)
        if not figure.hidden and c.beyond:
            row[figures.HEAD.index("Доля, %")] = sentences.figure(c)
        if not figure.hidden and c.near:
            row[figures.HEAD.index("Вердикт")] = sentences.near_word(c)
    return figures.as_csv([tuple(row) for row in rows])
