"""«Проблемы»: the list of what is wrong, and one problem with its evidence, organisations, and recommendations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import streamlit as st

from proforient.advice.actions import Advice, Suggested, advice_in
from proforient.advice.problems import Found, problems_of
from proforient.analysis.coverage import Coverage, total_rows
from proforient.analysis.requirements import keys
from proforient.analysis.scope import Scope
from proforient.analysis.shortfall import Contribution
from proforient.charts import figures, marks, sentences
from proforient.documents.contents import Practice
from proforient.documents.practices import practices_in
from proforient.monitoring import Organisation, Verdict
from proforient.palette import VERDICTS
from proforient.web import chart, lists, widgets
from proforient.web.cache import EVERY_FIELD, cached
from proforient.web.sections import practices
from proforient.web.sections.advice import page as advice
from proforient.web.sections.past import past
from proforient.web.session import Session, Way, address
from proforient.wording import date_ru, quoted

UNANSWERED = "Решения нет: на эту проблему нет ни одной рекомендации"
BY_ANALOGY = "Сформулировано по аналогии: документы такой проблемы не называют."
OWN_GROUND = "решение территории"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemList:
    """All problems of the territory, the chosen one, and who reports there."""

    found: tuple[Found, ...]
    chosen: Found | None
    organisations: Mapping[str, Organisation]
    submitted: int
    levels: tuple[Coverage, ...]  # of the headline indicator: how much is known at all
    advice: Advice
    practices: tuple[Practice, ...]  # of organisations, that answer the chosen problem


@cached("territory", "period", "problem")
def read(here: Session) -> ProblemList:
    """In one transaction; without a choice in the view the first problem is shown."""
    view, reader = here.view, here.reader
    assert view.period is not None
    scope = Scope(reader, here.catalogue, view.period, territory=view.territory)
    totals = total_rows(scope, keys(here.catalogue, None, None, None))
    found = tuple(problems_of(scope, totals))
    chosen = next((f for f in found if f.code == view.problem), found[0] if found else None)
    if chosen is not None and chosen.when == "no":
        tuple(chosen.organisations)  # looked at while they can be read; of the others only the number is shown
    ends = reader.period(view.period).ends
    headline = here.catalogue.headline if view.territory is not None else None
    levels = [c for c in totals if headline is not None and c.indicator == headline.code]
    return ProblemList(
        found=found,
        chosen=chosen,
        organisations=reader.roster(on=ends, territory=view.territory),
        submitted=reader.files_sent(view.period),
        levels=tuple(c for c in levels if here.catalogue.cohorts[c.cohort].part_of is None),
        advice=advice_in(reader, view.period, view.territory),
        practices=tuple(
            practice
            for practice in (practices_in(reader, view.territory) if chosen and view.territory else ())
            if chosen is not None and chosen.code in practice.answers
        ),
    )


def evidence(found: Found) -> marks.Html:
    """One line under a problem's words: what the figures say, who answered «нет», or that experts said it."""
    if found.when == "judged":
        words = sentences.judged_evidence(found.judgement)
        return marks.tag("span", f"{VERDICTS[Verdict.JUDGED].glyph} {words}", "pf-v pf-quiet")
    if found.when == "no":
        count = len(found.organisations)
        words = "ответ «нет»" if count < 2 else f"ответов «нет»: {count}"
        return marks.tag("span", f"{VERDICTS[Verdict.NOT_MET].glyph} {words}", "pf-v pf-not-met")
    if found.when == "trend":
        return marks.tag("span", "✗ есть тенденция", "pf-v pf-not-met")
    return marks.tag("span", f"✗ {sentences.evidence(found.coverage)}", "pf-v pf-not-met")


def problem_list(shown: ProblemList) -> marks.Html:
    """Every problem with its number and evidence; each has an address."""
    lines = [
        widgets.Choice(
            text_html=marks.joined([f.text, marks.tag("span", evidence(f), "pf-line")]),
            mark=str(place),
            changes={"problem": f.code, "indicator": f.indicator, "level": f.level},
            selected=shown.chosen is not None and f.code == shown.chosen.code,
        )
        for place, f in enumerate(shown.found, start=1)
    ]
    return widgets.links(lines, label="Проблемы")


def one(here: Session, shown: ProblemList) -> None:
    """The chosen problem: wording, evidence, who makes the gap, what is suggested."""
    found = shown.chosen
    assert found is not None
    widgets.section(heading(shown, found))
    for line in grounds(here, found):
        widgets.show_html(line)
    if found.gap is not None:
        _gap(here, shown, found)
    elif found.organisations:
        _denials(shown, found)
    if found.unreliable:
        widgets.caption(sentences.NO_GROUND)
    else:
        _suggested(shown.advice.answers_to(found))
    practices.show(here, shown.practices, shown.organisations)
    if found.when == "not_met":
        widgets.invented_note([found.coverage])


def heading(shown: ProblemList, found: Found) -> str:
    """The problem's words after its number in the list."""
    return f"{shown.found.index(found) + 1}. {found.text}"


def grounds(here: Session, found: Found) -> list[marks.Html]:
    """What a problem rests on: the verdict in figures with the way to their cells, what experts said."""
    lines = []
    if found.when in ("not_met", "no", "trend"):
        before = past(here, found.indicator, found.level, found.cohort, found.coverage.period, found.territory)
        line = [marks.word_of(found.coverage), marks.html(sentences.problem_evidence(found.coverage, before))]
        where = address("indicators", indicator=found.indicator, level=found.level, trace=True)
        lines.append(marks.tag("p", marks.joined(line, " \u2002")))
        lines.append(widgets.link_line("Откуда число: файлы, строки, столбцы", where))
    if found.number is None:
        lines.append(marks.tag("p", BY_ANALOGY, "pf-caption"))
    lines += [quotation(j.text, _source_line(j.source, j.office)) for j in found.coverage.judgements]
    return lines


def quotation(text: str, source: str) -> marks.Html:
    """What experts said, word for word, with where it stands."""
    return marks.tag(
        "blockquote",
        marks.joined([marks.tag("p", quoted(text)), marks.tag("small", f"◇ {source}", "pf-quiet")]),
        "pf-quote",
    )


def _source_line(source: str, office: str) -> str:
    return " · ".join(part for part in (office, source) if part)


def _gap(here: Session, shown: ProblemList, found: Found) -> None:
    assert found.gap is not None
    names = sentences.names_of(shown.organisations)
    title = sentences.gap_title(found.gap, here.catalogue, shown.organisations)
    widgets.chart_title(title)
    figure = figures.gap(found.gap, names, here.theme, title=title)
    chart.show("gap", figure, title, gap_rows(here, found, names, title), ways=partial(to_sheet, found))
    widgets.caption(sentences.gap_caption(found.gap, here.catalogue, shown.organisations))
    make = partial(figures.gap, found.gap, names, "light", title=title)
    chart.take("gap", make, title, [found.coverage], what="Нехватка")
    with st.expander("Таблица к рисунку"):
        lists.begin()
        widgets.show_html(_gap_table(here))
        lists.pages(len(sentences.below_plan(found.gap, names)))


@cached(*EVERY_FIELD)
def _gap_table(here: Session) -> marks.Html:
    """The part of the table that the view shows, drawn once: every share in it leads to its cells."""
    shown = read(here)
    assert shown.chosen is not None and shown.chosen.gap is not None
    names = sentences.names_of(shown.organisations)
    head: list[str | marks.TableColumn] = [
        "Организация",
        marks.TableColumn("Сколько из скольких", figures=True),
        marks.TableColumn("Доля", figures=True),
        marks.TableColumn("Не хватает", figures=True),
        "Закрывает нехватку",
        "Из держащих 80 %",
    ]
    below = sentences.below_plan(shown.chosen.gap, names)
    return marks.table(head, [_gap_row(c, names) for c in lists.page_of(below)])


def _gap_row(c: Contribution, names: Mapping[str, str]) -> list[str]:
    def sheet(coverage: Coverage) -> str:
        return address("organisations", organisation=coverage.organisation, level=coverage.level, trace=True)

    return [
        marks.tag("b", names.get(c.organisation, c.organisation)),
        marks.html(sentences.pair_words(c.coverage)),
        marks.share(c.coverage, sheet),
        str(c.needed),
        "да" if c.in_closing_set else "—",
        "да" if c.in_80_percent else "—",
    ]


def gap_rows(here: Session, found: Found, names: Mapping[str, str], title: str) -> marks.Html:
    """The bars as rows."""
    assert found.gap is not None
    return marks.gap(found.gap, names, title=title, opens=lambda c: here.way(to_sheet(found, c.organisation or "")))


def to_sheet(found: Found, code: str) -> Way:
    """Where an organisation's bar leads: to its sheet, at the cells of the figure that is missed."""
    figure = {"indicator": found.indicator, "level": found.level, "cohort": found.cohort}
    return Way({"organisation": code, "trace": True, "source": None, **figure}, "organisations")


def _denials(shown: ProblemList, found: Found) -> None:
    """Who answered «нет», or of whom experts said it: each leads to its sheet; many are searched."""

    def called(code: str) -> str:
        return shown.organisations[code].name if code in shown.organisations else code

    widgets.chart_title("О ком речь" if found.when == "judged" else "Кто ответил «нет»")
    codes = [c.organisation for c in found.organisations]
    wanted = codes
    if len(codes) > lists.PAGE:
        lists.search_field("Название, номер, код")
        wanted = lists.matching(codes, lambda code: (called(code), code))
        lists.head(len(wanted), len(codes), by=("find",))
    items = [
        marks.tag("li", widgets.link_html(called(code), page="organisations", organisation=code))
        for code in lists.page_of(wanted)
    ]
    widgets.show_html(marks.tag("ul", marks.joined(items)))
    lists.pages(len(wanted))


def _suggested(found: Sequence[Suggested], title: str = "Что предлагается и кому") -> None:
    widgets.chart_title(title)
    if not found:
        widgets.show_html(marks.tag("p", marks.tag("span", UNANSWERED, "pf-blank")))
        where = address("advice")
        widgets.show_link("Впишите своё решение на странице «Рекомендации»", where)
        return
    head = ["Кому", "Что сделать", "Откуда", "Срок"]
    widgets.show_html(marks.table(head, [_suggestion(a) for a in found], css="pf-actions"))


def _suggestion(a: Suggested) -> list[str]:
    """Who, what, on what ground and by when; what nobody has said yet is shown as a place to fill."""
    who = marks.html(a.responsible) if a.responsible else marks.tag("span", advice.NO_ONE, "pf-blank")
    # The year may stand on a line of its own: the column is narrow.
    due = marks.html(a.deadline_text.replace("\u00a020", " 20"))
    return [
        marks.joined([marks.tag("b", a.addressee_name), marks.tag("small", who, "pf-line")]),
        marks.joined(
            [a.text, marks.tag("small", widgets.link_html("изменить", page="advice", action=a.code), "pf-line")]
        ),
        marks.tag("small", a.source_text or OWN_GROUND, "pf-quiet"),
        due if a.deadline.form != "none" else marks.tag("span", advice.NO_DAY, "pf-blank"),
    ]


def unanswered(shown: ProblemList) -> None:
    """The problems that nobody has an answer to, each with its address."""
    bare = [f for f in shown.found if not f.unreliable and not shown.advice.answers_to(f)]
    if not bare:
        return
    with st.expander(f"Проблемы без решения: {len(bare)}"):
        widgets.caption(
            "Ни каталог, ни территория не говорят, что с ними делать. Своё решение впишите на странице «Рекомендации»."
        )
        items = [
            marks.tag("li", widgets.link_html(f.text, problem=f.code, indicator=f.indicator, level=f.level))
            for f in bare
        ]
        widgets.show_html(marks.tag("ul", marks.joined(items)))


def general_advice(shown: ProblemList) -> None:
    """Recommendations that answer no problem of their own."""
    found = shown.advice.general
    if found:
        with st.expander(f"Общие рекомендации: {len(found)}"):
            _suggested(found, "Всем и по всем проблемам")


def dated(shown: ProblemList) -> str:
    """How many problems there are and of which day the newest judgement is."""
    days = [j.date for f in shown.found for j in f.coverage.judgements if j.date]
    return f"Последняя оценка экспертов — {date_ru(max(days))}." if days else ""  # order: days
