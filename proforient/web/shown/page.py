"""The public page of a published snapshot: state, finding, levels, the same as a table, definitions, how to check."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from zoneinfo import ZoneInfo

from proforient.access.links import State
from proforient.analysis.coverage import Coverage
from proforient.analysis.rounded import Rounded
from proforient.catalogue.entries import Catalogue
from proforient.charts import marks, sentences
from proforient.charts.marks import Html, joined, tag
from proforient.documents import figures
from proforient.documents.names import file_name
from proforient.monitoring import Verdict, local_day, territory_name
from proforient.public import PublicFigure, PublicRule, PublicSnapshot
from proforient.store.rows import Publication
from proforient.web.clock import moment_ru
from proforient.web.fonts import faces
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
class Shown:
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


@dataclass(frozen=True, slots=True)
class Page:
    """A whole HTML file and the policy that its style and script need."""

    html: str
    policy: str


def page(shown: Shown, *, saved: bool = False) -> Page:
    """``saved``: one file that opens without network."""
    main = joined(
        [
            _head(shown),
            _state(shown),
            _copy(shown) if saved else "",
            tag("h1", title_of(shown)),
            _levels(shown),
            _finding(shown),
            _facts(shown),
            _table(shown),
            _meanings(shown),
            _plans(shown),
            _who(shown),
            _check(shown, saved=saved),
            _foot(shown),
        ]
    )
    body = tag("main", main)
    style = "\n".join((faces(shown.below, saved=saved), marks.css(body), STYLE))
    policy = "; ".join(
        (
            f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(SCRIPT) if saved else NONE}",
            f"font-src {'data:' if saved else SELF}; img-src data:; base-uri 'none'; form-action 'none'",
            *(() if saved else ("frame-ancestors 'none'",)),  # a <meta> may not say this one
        )
    )
    head = joined(
        [
            Html('<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'),
            Html(f'<meta http-equiv="Content-Security-Policy" content="{policy}">') if saved else "",
            Html('<meta name="robots" content="noindex"><meta name="referrer" content="no-referrer">'),
            Html('<link rel="icon" href="data:,">'),
            tag("title", f"{title_of(shown)} · {_scope(shown)}"),
            Html(f"<style>{style}</style>"),
        ]
    )
    script = f"<script>{SCRIPT}</script>" if saved else ""
    return Page(f'<!doctype html><html lang="ru"><head>{head}</head><body>{body}{script}</body></html>', policy)


SELF, NONE = "'self'", "'none'"


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def file_of(shown: Shown) -> Callable[[str], str]:
    """What a file of it is called, by its ending."""
    snapshot = shown.snapshot
    what = f"Снимок {shown.publication.number}"
    return lambda ending: file_name(what, territory=snapshot.territory, period=snapshot.period.code, ending=ending)


def title_of(shown: Shown) -> str:
    """What the figures say, or what the one who shared them wrote over them."""
    return shown.publication.title or said(shown)


def said(shown: Shown) -> str:
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


def _scope(shown: Shown) -> str:
    return f"{territory_name(shown.snapshot.territory)}, {period_name(shown.snapshot.period.code)}"


def _day(shown: Shown) -> str:
    return date_ru(local_day(shown.publication.made_at, shown.zone))


def _head(shown: Shown) -> Html:
    who = tag("span", f"Мониторинг профориентации · {territory_name(shown.snapshot.territory)}")
    return tag("header", joined([who, tag("b", f"Снимок результатов № {shown.publication.number}")]))


def _state(shown: Shown) -> Html:
    sign, words = STATES[shown.state]
    said: list[str] = [marks.glyph(sign), " ", tag("b", words), f" Проверено при открытии {shown.checked}."]
    if shown.newer is not None:
        made = date_ru(local_day(shown.newer.made_at, shown.zone))
        said.append(" ")
        said.append(tag("a", f"Снимок № {shown.newer.number} от {made}", href=shown.newer_address))
    loud = "" if shown.state is State.CURRENT else "loud"
    return tag("p", Html("".join(str(marks.html(part)) for part in said)), f"state {loud}".strip(), role="status")


def _copy(shown: Shown) -> Html:
    """Only seen where the file was opened from a disk: the script takes ``hidden`` away."""
    text = joined(
        [
            tag("b", "Это сохранённая копия."),
            f" Числа по состоянию на {moment_ru(shown.publication.made_at, shown.zone)}; действительность: ",
            tag("a", shown.address, href=shown.address),
        ]
    )
    return tag("p", text, "state loud", id="copy", hidden="hidden")


def _finding(shown: Shown) -> Html:
    seen = [f.coverage for f in shown.snapshot.figures if not f.hidden]
    lead = sentences.overview_lead(seen, shown.catalogue) if seen else ""
    own = shown.publication.title
    return joined(
        [
            tag("p", said(shown) + ".", "lead") if own else "",
            tag("p", lead, "lead") if lead else "",
            tag("blockquote", shown.publication.note) if shown.publication.note else "",
        ]
    )


def _facts(shown: Shown) -> Html:
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
    return tag("dl", joined(tag("div", joined([tag("dt", a), tag("dd", b)])) for a, b in facts), "facts")


def _levels(shown: Shown) -> Html:
    rows = [row_of(shown, figure) for figure in shown.snapshot.figures]
    label = sentences.overview_finding([f.coverage for f in shown.snapshot.figures if not f.hidden], shown.catalogue)
    caption = sentences.levels_caption([f.coverage for f in shown.snapshot.figures if not f.hidden], shown.catalogue)
    return joined([marks.block(rows, label, "pf-levels"), marks.caption(caption)])


def row_of(shown: Shown, figure: PublicFigure) -> Html:
    """A level as a bar against its plan, or the reason why it is hidden."""
    level = shown.catalogue.levels[figure.coverage.level]
    note = sentences.level_note(level, shown.catalogue) if level.grades else ""
    if figure.hidden:
        word = shown.snapshot.rule.hidden[figure.hidden]
        side = joined([marks.glyph("○"), tag("b", word), "значение не показано"], " ")
        picture = Html(str(marks.bar(figure.coverage)).replace("нет данных", word))
        return marks.row(sentences.level_label(level), tag("span", side, "pf-v pf-quiet"), picture, note)
    side = marks.verdict(figure.coverage, short=True)
    foot = marks.provisional(figure.coverage)
    return marks.row(sentences.level_label(level), side, marks.bar(figure.coverage), note, foot)


def _table(shown: Shown) -> Html:
    head: list[str | marks.Column] = [
        "Уровень",
        *(marks.Column(name, figures=True) for name in ("Охвачено", "Всего", "Доля", "План", "Не хватает", "Сдали")),
        "Вывод",
    ]
    years = {f.before.period for f in shown.snapshot.figures if f.before}
    if years:
        name = period_name(*years) if len(years) == 1 else "Раньше"
        head.insert(4, marks.Column(name, figures=True))
    rows = [_line(shown, figure, len(head), dated=len(years) > 1) for figure in shown.snapshot.figures]
    rule = tag("p", joined([tag("b", "Как показаны числа."), " ", rule_of(shown.snapshot.rule)]), "small")
    return joined([tag("h2", "Те же числа таблицей"), marks.table(head, rows), rule])


def rule_of(rule: PublicRule) -> str:
    """The rule by which it was made, which of an older one is no longer today's."""
    return rule.text if rule.current else f"Этот снимок сделан по прежнему правилу. {rule.text}"


def _line(shown: Shown, figure: PublicFigure, width: int, *, dated: bool) -> list[str]:
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


def _meanings(shown: Shown) -> Html:
    headline = shown.catalogue.headline
    assert headline is not None
    count = [shown.catalogue.count_name(code) for code in (*headline.numerator, *headline.denominator)]
    meanings = [
        ("Доля", "Охваченные дети, делённые на всех детей уровня, по организациям, которые прислали оба числа. "
                 "Это не среднее долей организаций."),
        ("Что складывается", f"Числитель: {uncapital(count[0])}. Знаменатель: {uncapital(count[-1])}."),
        ("Не хватает", "Сколько ещё детей нужно охватить, чтобы доля дошла до плана. По уровням не складывается."),
        ("Дополнительное", "Дети в кружках и секциях учатся и в школах, поэтому к другим уровням не прибавляются."),
    ]  # fmt: skip
    if any(f.coverage.unsettled and not f.hidden for f in shown.snapshot.figures):
        words = "Прислали не все организации, вывод ещё может измениться; слово исчезнет, когда пришлют все."
        meanings.append(("Предварительно, пока", words))
    inside = joined(tag("div", joined([tag("dt", a), tag("dd", b)])) for a, b in meanings)
    return joined([tag("h2", "Что значат эти числа"), tag("dl", inside, "meanings")])


def _plans(shown: Shown) -> Html:
    planned = [f.coverage for f in shown.snapshot.figures if f.coverage.plan is not None]
    if not planned:
        hidden = any(f.hidden for f in shown.snapshot.figures)
        why = "План показан там, где показаны числа." if hidden else "План не задан: выводов о нём нет."
        return joined([tag("h2", "На чём основан план"), tag("p", why)])
    grounds: dict[str, list[Html]] = {}
    for c in planned:
        assert c.plan is not None
        level = sentences.level_label(shown.catalogue.levels[c.level])
        one = joined([tag("b", level), marks.plan(c)], " ")
        grounds.setdefault(c.plan.ground or "документ не назван", []).append(one)
    rows = [[joined(levels, ", "), ground] for ground, levels in grounds.items()]
    return joined([tag("h2", "На чём основан план"), marks.table(["План", "Основание"], rows)])


def _who(shown: Shown) -> Html | str:
    """What those who have not reported could still change; how many have is said above."""
    told: list[str] = []
    seen = [f.coverage for f in shown.snapshot.figures if not f.hidden]
    for c in seen:  # of a rounded figure it is not known
        if not isinstance(c, Rounded) and c.provisional and c.verdict in (Verdict.MET, Verdict.NOT_MET):
            note = sentences.can_change_note(replace(c, missing=()))
            if note:
                told.append(f"{sentences.level_label(shown.catalogue.levels[c.level])}: {uncapital(note)}.")
    if seen and all(c.submitted >= c.expected for c in seen):
        told.append("Выводы не изменятся: по показанным уровням прислали все, кого спрашивали.")
    return joined([tag("h2", "Изменятся ли выводы"), tag("p", " ".join(told))]) if told else ""


def _check(shown: Shown, *, saved: bool) -> Html:
    steps = [
        joined(["Откройте адрес ", tag("b", shown.address), ": страница скажет, действует ли снимок сегодня."]),
        joined(["Сверьте номер и дату: ", tag("b", f"№ {shown.publication.number} от {_day(shown)}"), "."]),
    ]
    here, file = shown.address if saved else "", file_of(shown)
    slides = f"{shown.address if saved else f'{shown.below}/s/{shown.publication.token}'}/deck"
    ways = [
        tag("a", "Сохранить страницу", "button first", href=f"{here}?save=1", download=file("html")),
        tag("a", "Слайды", "button", href=slides),
        tag("a", "Данные JSON", "button", href=f"{here}?data=json", download=file("json")),
        tag("a", "Таблица CSV", "button", href=f"{here}?data=csv", download=file("csv")),
    ]
    picture = tag("figure", joined([shown.code, tag("figcaption", shown.address)])) if shown.code else ""
    listed = joined([tag("ol", joined(tag("li", step) for step in steps)), _print(shown, file("json"))])
    return joined(
        [
            tag("h2", "Как проверить этот снимок"),
            tag("div", joined([tag("div", joined([listed, tag("p", joined(ways, " "), "ways")])), picture]), "check"),
        ]
    )


def _print(shown: Shown, name: str) -> Html:
    """For whoever wants to be sure that not one sign of the data was changed."""
    steps = [
        joined(["Отпечаток открытых данных (SHA-256): ", tag("code", shown.publication.sha256)]),
        joined(["Вычислить его самим: скачайте данные JSON и выполните ", tag("code", f'sha256sum "{name}"')]),
    ]
    return tag("details", joined([tag("summary", "Для специалистов"), *(tag("p", step) for step in steps)]))


def _foot(shown: Shown) -> Html:
    text = (
        f"Снимок № {shown.publication.number} от {_day(shown)}, отпечаток {shown.publication.sha256[:8]}. "
        "Страница не использует cookie и ничего не запоминает о том, кто её открыл."
    )
    return tag("footer", text)


def csv_of(shown: Shown) -> bytes:
    """The table as a file: what is hidden is said in words, in the cells that it would stand in."""
    every = shown.snapshot.figures
    rows = [list(row) for row in figures.rows_of([f.coverage for f in every], shown.catalogue, {})]
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
