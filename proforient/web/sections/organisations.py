"""«Организации»: the list with each one's state, and the sheet of one: shares, history, recommendations, files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from proforient.advice.actions import Suggested, advice_in
from proforient.advice.problems import Found, problems
from proforient.analysis.changes import Change, changes
from proforient.analysis.coverage import Coverage, OrganisationRows, coverages
from proforient.analysis.requirements import keys
from proforient.analysis.scope import Filters, Scope
from proforient.charts import marks, sentences
from proforient.charts.sentences.standings import STANDINGS, TO_DO, standing_words
from proforient.monitoring import Organisation, Report, ReportStanding, Submission, Verdict, local_day
from proforient.store.roster import Roster
from proforient.web import lists, widgets
from proforient.web.cache import EVERY_FIELD, cached
from proforient.web.choices import SORTS
from proforient.web.clock import this_hour
from proforient.web.sections import overview, past, spread, territories
from proforient.web.session import Session, address
from proforient.wording import capital, counted, date_ru, number
from proforient.wording.labels import one_line
from proforient.wording.order import name_order

SEARCHED = "Название, номер, ИНН, код"  # hint in the field to search in
BRIEF = 80  # signs of a name in the list on a phone
ROOM = past.Room(laptop=614, half=444, whole=930)
MOST_RECOMMENDATIONS = 6
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


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationCard:
    """One organisation: every figure asked of it, those of its municipality beside, problems, files."""

    organisation: Organisation
    own: tuple[Coverage, ...]
    whole: Mapping[tuple[str, str, str], Coverage]  # of the municipality: indicator, level, cohort
    others: tuple[Coverage, ...]  # the headline's figures of everybody in the municipality
    found: tuple[Found, ...]
    suggested: tuple[Suggested, ...]  # to this kind of organisation for the problems it has
    submissions: tuple[Submission, ...]
    report: Report | None
    before: Mapping[tuple[str, str, str], Change]  # each of its figures beside the same of the period before


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


@cached("territory", "period", "cohort")
def read_sheet(here: Session, organisation: Organisation) -> OrganisationCard:
    view, reader, catalogue = here.view, here.reader, here.catalogue
    assert view.period is not None
    own = coverages(
        reader, catalogue, view.period, territory=organisation.territory, organisation=organisation.code,
        by="organisation", cohort=view.cohort,
    )  # fmt: skip
    whole = coverages(reader, catalogue, view.period, territory=organisation.territory, cohort=view.cohort)
    headline = catalogue.headline.code if catalogue.headline else ""
    others = coverages(
        reader, catalogue, view.period, territory=organisation.territory, by="organisation", indicator=headline,
        cohort=view.cohort,
    )  # fmt: skip
    found = tuple(problems(reader, catalogue, view.period, organisation=organisation.code))
    return OrganisationCard(
        organisation=organisation,
        own=tuple(c for c in own if c.verdict is not Verdict.NOT_ASKED),
        whole={(c.indicator, c.level, c.cohort): c for c in whole},
        others=tuple(others),
        found=found,
        suggested=_suggested(here, organisation, found),
        submissions=tuple(reader.submissions(period=view.period, organisation=organisation.code)),
        report=reader.reports(view.period, territory=organisation.territory).get(organisation.code),
        before={(c.current.indicator, c.current.level, c.current.cohort): c for c in changes(reader, catalogue, own)},
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
    wanted = chosen(here, register.organisations, register.states)
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


def chosen(here: Session, organisations: Roster, states: Mapping[str, ReportStanding]) -> list[str]:
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
    return lists.found(some, lambda code: (*(text[code] for text in texts), code))


def state_of(states: Mapping[str, ReportStanding], organisation: str) -> ReportStanding:
    """How its report stands; of who is not expected to report «не начат»."""
    return states.get(organisation, ReportStanding.NOT_BEGUN)


def take_register(register: Register) -> None:
    """The headline figures of every organisation, to take away."""
    rows = register.rows
    ends = [rows.record(row) for row in (*rows.told[:1], *rows.told[-1:])]
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


def headline_of(here: Session, sheet: OrganisationCard) -> tuple[Coverage, ...]:
    """The organisation's levels of the catalogue's headline indicator."""
    headline = here.catalogue.headline
    return tuple(c for c in sheet.own if headline is not None and c.indicator == headline.code)


def shares_table(here: Session, sheet: OrganisationCard) -> None:
    """Each share with its formula and numbers put in, beside the municipality's; what one child is worth."""
    shares = [c for c in sheet.own if c.formula.apart]
    if not shares:
        return
    given = [c for c in shares if c.submitted]
    head: list[str | marks.TableColumn] = [
        "Показатель", marks.TableColumn("Доля и план", wide_only=True), marks.TableColumn("Расчёт", figures=True),
        marks.TableColumn("Было", figures=True), marks.TableColumn("План района", figures=True), "Вердикт",
        marks.TableColumn("Доля района", figures=True),
        marks.TableColumn("Один — это", figures=True),
    ]  # fmt: skip
    rows = [_share_row(here, sheet, c) for c in given]
    if rows:
        widgets.show_html(marks.table(head, rows, "Доли и планы"))
        widgets.invented_note(given)
    silent = len(shares) - len(given)
    if silent:
        widgets.caption(
            f"{'Ещё по' if given else 'По'} {counted(silent, 'indicators', 'dat')} чисел от организации нет."
        )


def _share_row(here: Session, sheet: OrganisationCard, c: Coverage) -> list[str]:
    indicator, level = here.catalogue.indicators[c.indicator], here.catalogue.levels[c.level]
    whole = sheet.whole.get((c.indicator, c.level, c.cohort))
    if here.person.organisation and whole is not None and whole.submitted - 1 < spread.FEWEST:
        whole = None
    where = address(indicator=c.indicator, level=c.level, trace=True) + "#source"
    return [
        marks.joined(
            [
                marks.tag("b", indicator.short or indicator.name),
                marks.tag("small", sentences.level_label(level), "pf-quiet pf-line"),
            ]
        ),
        marks.bullet(c),
        marks.tag("a", sentences.formula(c), "go", href=where, title="Откуда число"),
        _before(sheet, c),
        marks.plan(c),
        marks.joined(
            [marks.verdict(c, short=True), marks.tag("small", sentences.few_brief(c), "pf-quiet pf-line")], " "
        ),
        marks.html(sentences.figure(whole)) if whole else "—",
        marks.html(sentences.one_is_worth(c)),
    ]


def _before(sheet: OrganisationCard, c: Coverage) -> str:
    """The figure of the period with which this one is compared, and how far it has moved."""
    change = sheet.before.get((c.indicator, c.level, c.cohort))
    if change is None or change.previous is None or change.previous.measure is None:
        return "—"
    moved = sentences.signed_change(change.points, c.formula) if change.points is not None else ""
    small = marks.tag("small", moved, "pf-quiet pf-line") if moved else ""
    return marks.joined([marks.html(sentences.figure(change.previous)), small])


def answers_table(here: Session, sheet: OrganisationCard) -> None:
    """The yes/no answers and single numbers that the organisation gave."""
    given = [c for c in sheet.own if (c.formula.answers or c.formula.plain) and c.value is not None]
    if not given:
        return
    rows = []
    for c in given:
        indicator = here.catalogue.indicators[c.indicator]
        figure = sentences.figure(c)
        rows.append(
            [
                indicator.short or indicator.name,
                marks.tag(
                    "a",
                    figure,
                    "go",
                    href=address(indicator=c.indicator, level=c.level, trace=True) + "#source",
                    title="Откуда число",
                ),
            ]
        )
    widgets.show_html(marks.table(["Вопрос или число", marks.TableColumn("Ответ", figures=True)], rows, "Ответы"))


def chart_level(here: Session) -> str | None:
    """The level by which one comes here from «Обзор»; None where the view stands at another."""
    return here.view.level if here.view.level in here.choices.downs else None


def periods_of(here: Session, sheet: OrganisationCard) -> tuple[Coverage, ...]:
    """The chosen level of the chosen indicator over periods; none of a question that is answered by «да» or «нет»."""
    view = here.view
    chosen = next((c for c in sheet.own if (c.indicator, c.level) == (view.indicator, view.level)), None)
    chosen = chosen or next(iter(headline_of(here, sheet)), None)
    if chosen is None or chosen.formula.answers:
        return ()
    place = sheet.organisation.territory, sheet.organisation.code
    return past.past(here, chosen.indicator, chosen.level, chosen.cohort, chosen.period, *place)


def history(here: Session, periods: Sequence[Coverage]) -> None:
    """The figures of ``periods_of`` beside the municipality's plan."""
    if not periods:
        return
    subject = sentences.level_label(here.catalogue.levels[periods[-1].level])
    title = sentences.periods_title(periods, subject=subject)
    widgets.chart_title(title)
    if len(periods) > 1:
        past.draw(here, "history", periods, title, ROOM)


def _suggested(here: Session, organisation: Organisation, problems: Sequence[Found]) -> tuple[Suggested, ...]:
    """What is suggested to this kind of organisation for the problems it has, each once."""
    kind = here.catalogue.organisation_kinds.get(organisation.kind)
    assert here.view.period is not None
    advice = advice_in(here.reader, here.view.period, organisation.territory)
    every = {a.code: a for found in problems for a in advice.answers_to(found)}
    return tuple(a for a in every.values() if kind is None or a.addressee == kind.addressee)


def recommendations(here: Session, sheet: OrganisationCard) -> None:
    """What is suggested to the organisation."""
    widgets.chart_title("Рекомендации организации")
    if not sheet.suggested:
        known = any(c.submitted for c in sheet.own)
        if any(found.unreliable for found in sheet.found):
            widgets.caption(sentences.NO_GROUND)
            return
        nothing = "Нехватки до плана и ответов «нет», на которые есть рекомендация, у организации нет."
        widgets.caption(
            nothing if known else "Организация ещё ничего не сдала: что ей рекомендовать, пока не известно."
        )
        return
    items = [
        marks.tag("li", marks.joined([a.text, marks.tag("small", a.source_text, "pf-quiet")], " "))
        for a in sheet.suggested[:MOST_RECOMMENDATIONS]
    ]
    widgets.show_html(marks.tag("ol", marks.joined(items), "pf-list"))


def files(here: Session, sheet: OrganisationCard) -> None:
    """The files that the organisation's figures were taken from, newest first."""
    if not sheet.submissions:
        widgets.caption("За этот период организация ещё не сдала ни одного файла.")
        return
    rows = []
    for place, sent in enumerate(sheet.submissions):
        state = "отозван" if sent.withdrawn else "действует" if place == 0 else "сдан раньше, числа могли быть заменены"
        day = date_ru(local_day(sent.at, here.zone), "digits")
        receipt = widgets.link_html(sent.file, page="receipts", item=sent.id)
        rows.append([receipt, f"{day}, {sent.by}", state + (", с опозданием" if sent.late else ""),
                     number(sent.values)])  # fmt: skip
    head: list[str | marks.TableColumn] = ["Файл", "Сдан", "Состояние", marks.TableColumn("Числа", figures=True)]
    widgets.show_html(marks.table(head, rows, "Файлы, из которых взяты числа"))
