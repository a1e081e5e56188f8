"""«Организации» as a list: each with its levels and the state of its report, chosen, searched and ordered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from proforient.analysis.coverage import Coverage, OrganisationRows
from proforient.analysis.requirements import keys
from proforient.analysis.scope import Filters, Scope
from proforient.charts import marks, sentences
from proforient.charts.sentences.standings import STANDINGS, TO_DO, standing_words
from proforient.monitoring import Organisation, ReportStanding
from proforient.store.roster import Roster
from proforient.web import lists, widgets
from proforient.web.cache import EVERY_FIELD, cached
from proforient.web.choices import SORTS
from proforient.web.clock import this_hour
from proforient.web.sections import overview, territories
from proforient.web.session import Session
from proforient.wording import capital, counted
from proforient.wording.labels import one_line
from proforient.wording.order import name_order

SEARCHED = "Название, номер, ИНН, код"  # hint in the field to search in
BRIEF = 80  # signs of a name in the list on a phone
LISTED = 10_000  # organisations of all territories together up to which they stand in one list


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """The list: organisations of the territory with their headline figures and reports."""

    organisations: Roster
    rows: OrganisationRows
    states: Mapping[str, ReportStanding]  # of everybody who is in the register on the last day
    sent: int  # how many have reported


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterPart:
    """The part of the list that a view shows: how many are wanted, the table of its page, the figures that it tells."""

    wanted: int
    table: marks.Html
    figures: tuple[Coverage, ...]


def read_register(here: Session) -> Register:
    return _register(here, this_hour())


@cached("territory", "period", "cohort")
def _register(here: Session, _hour: dt.datetime) -> Register:
    """Anew with every hour: somewhere a last day has ended."""
    view, reader = here.view, here.reader
    assert view.period is not None
    code = here.catalogue.headline.code if here.catalogue.headline else None
    filters = Filters(indicator=code, level=None, cohort=view.cohort)
    scope = Scope(reader, here.catalogue, view.period, territory=view.territory, filters=filters)
    everybody = reader.roster(on=reader.period(view.period).ends, territory=view.territory)
    states = reader.report_standings(view.period, territory=view.territory)
    return Register(
        organisations=everybody,
        rows=OrganisationRows(scope, keys(here.catalogue, code, None, view.cohort) if code else []),
        states=states,
        sent=sum(state.reported for state in states.values()),
    )


def are_too_many(here: Session) -> bool:
    """Whether a territory is to be chosen first: nobody looks through the organisations of a country."""
    return here.view.territory is None and not here.view.find and len(here.choices.organisations) > LISTED


def choose_territory(here: Session) -> None:
    """What lies below in place of the list: a name opens the list of its territory; one can search in all of them."""
    every = counted(len(here.choices.organisations), "organisations")
    widgets.finding(f"{every}: выберите территорию")
    widgets.lead("Название открывает список её организаций. Одну организацию можно найти сразу.")
    lists.search_field(SEARCHED)
    headline = here.catalogue.headline
    if headline is not None:
        below = territories.read(here, headline.code)
        territories.show(here, below, levels=overview.level_words(here), page="organisations")


def register_finding(register: Register) -> str:
    return capital(sentences.completeness(register.sent, len(register.organisations)))


def register_table(here: Session, register: Register) -> None:
    """One row an organisation: levels with their verdicts, the state of the report; the name leads to its sheet."""
    part = _part(here, this_hour())
    lists.head(part.wanted, len(register.organisations))
    if part.wanted:
        widgets.show_html(part.table)
        lists.pages(part.wanted)
        widgets.invented_note(part.figures)


@cached(*EVERY_FIELD)
def _part(here: Session, _hour: dt.datetime) -> RegisterPart:
    """Drawn once for a view: every name in it leads somewhere."""
    register = read_register(here)
    head: list[str | marks.TableColumn] = ["Организация", "Вид", "Охват по уровням", "Отчёт"]
    wanted = codes_in_view(here, register.organisations, register.states)
    ordered = in_order(wanted, here.view.sort, register.organisations, register.states, lambda: register.rows)
    shown = [register.organisations[code] for code in lists.page_of(ordered)]
    figures_of = {o.code: register.rows.asked_of(o.code) for o in shown}
    briefs = one_line([o.name for o in shown], BRIEF)
    rows = [_row(here, register, o, brief, figures_of[o.code]) for o, brief in zip(shown, briefs, strict=True)]
    return RegisterPart(
        wanted=len(wanted),
        table=marks.table(head, rows, css="pf-register"),
        figures=tuple(c for found in figures_of.values() for c in found),
    )


def _row(
    here: Session, register: Register, organisation: Organisation, brief: str, figures: Sequence[Coverage]
) -> list[str]:
    kind = here.catalogue.organisation_kinds.get(organisation.kind)
    return [
        widgets.link_html(_named(organisation.name, brief), organisation=organisation.code),
        marks.tag("small", kind.name if kind else organisation.kind, "pf-quiet"),
        _levels(here, figures),
        marks.standing(state_of(register.states, organisation.code)),
    ]


def _named(name: str, brief: str) -> str:
    """The name, on a phone in two lines."""
    if brief == name:
        return name
    return marks.joined([marks.tag("span", name, "pf-long"), marks.tag("span", brief, "pf-brief")])


def choose(here: Session, organisations: Roster, sorts: Mapping[str, str] = SORTS) -> None:
    """Which organisations of the list are wanted, and in what order."""
    _, kinds = organisations.split("kind")
    named = {code: kind.name for code, kind in here.catalogue.organisation_kinds.items() if code in kinds}
    with st.container(horizontal=True, vertical_alignment="center", key="list-choose"):
        lists.search_field(SEARCHED)
        widgets.choose("kind", "Вид", {"": "Все виды", **named})
        widgets.choose("state", "Отчёт", {"": "Все отчёты", **{one.value: standing_words(one) for one in STANDINGS}})
        widgets.switch("sort", "Порядок", sorts)


def codes_in_view(here: Session, organisations: Roster, states: Mapping[str, ReportStanding]) -> list[str]:
    """The codes of those of the kind and with the state of report that are chosen, and found by what is searched for;
    by territory and name."""
    kind, state = here.view.kind, here.view.state
    some = list(organisations)
    if kind is not None:
        kinds = organisations.by_code("kind")
        some = [code for code in some if kinds[code] == kind]
    if state is not None:
        some = [code for code in some if state_of(states, code).value == state]
    if not here.view.find:
        return some
    texts = [organisations.by_code(column) for column in ("name", "full_name", "inn")]
    return lists.matching(some, lambda code: (*(text[code] for text in texts), code))


def state_of(states: Mapping[str, ReportStanding], organisation: str) -> ReportStanding:
    """How its report stands; of who is not expected to report «не начат»."""
    return states.get(organisation, ReportStanding.NOT_BEGUN)


def take_register(register: Register) -> None:
    """The headline figures of every organisation, to take away."""
    rows = register.rows
    ends = [rows.record(row) for row in (*rows.positions[:1], *rows.positions[-1:])]
    widgets.take_away("Организации", ends, register.organisations.names, rows.frame)


def in_order(
    wanted: Iterable[str],
    sort: str | None,
    organisations: Roster,
    states: Mapping[str, ReportStanding],
    rows: Callable[[], OrganisationRows],
) -> list[str]:
    """By the order of the view: largest lack first (the usual one), smallest share first, by name, or by what is to be
    done with the report. ``rows``: their figures, read where the order needs them."""
    names = organisations.names
    by_name = sorted(wanted, key=lambda code: name_order(names[code]))
    if sort == "name":
        return by_name
    if sort == "state":
        return sorted(by_name, key=lambda code: TO_DO.index(state_of(states, code)))  # order: by_name where it is equal
    if sort == "share":
        least = rows().least_shares()
        return sorted(by_name, key=lambda code: least.get(code, 101.0))  # order: the same
    needs = rows().largest_needs()
    return sorted(by_name, key=lambda code: -needs.get(code, 0))  # order: the same


def _levels(here: Session, found: Sequence[Coverage]) -> str:
    """A line each; a phone has room for the one by which the list is ordered, the others are on the sheet."""
    if not found:
        return marks.tag("span", "—", "pf-quiet")
    # order: of equal levels the first of the catalogue
    first = min(found, key=lambda c: 101 if c.share is None else c.share)
    if here.view.sort != "share":
        # order: the same
        first = max(found, key=lambda c: (c.needed or 0, -(101 if c.share is None else c.share)))
    lines = []
    for c in found:
        level, figure = f"{sentences.level_label(here.catalogue.levels[c.level])}:", sentences.figure(c)
        css = "pf-line" if c is first else "pf-line pf-wide"
        verdict = marks.verdict(c, short=True)
        if here.view.sort == "share":
            bare = marks.tag("span", marks.verdict(c, short=True, detail=False), "pf-brief")
            verdict = marks.joined([marks.tag("span", verdict, "pf-long"), bare])
        elif c.share is not None:
            figure = marks.tag("span", figure, "pf-wide")
        few = marks.tag("small", f"({sentences.few_brief(c)})", "pf-quiet pf-wide") if c.few else ""
        lines.append(marks.tag("span", marks.joined([level, figure, verdict, few], " "), css))
    return marks.joined(lines)
