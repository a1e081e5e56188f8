"""Who needs attention: reports on review with their two buttons, returned ones with the note, who has not reported."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from itertools import groupby

import numpy as np
import streamlit as st

from proforient.access.roles import Deed, Person
from proforient.charts import marks
from proforient.charts.marks import Html
from proforient.monitoring import Report, ReportStanding, ReportState, common_territory
from proforient.store import reporting
from proforient.web import lists, widgets
from proforient.web.cache import cached
from proforient.web.choices import REPORT_SORTS
from proforient.web.clock import day_ru
from proforient.web.sections import notice
from proforient.web.sections.dialog import act, ask
from proforient.web.sections.organisations import listing
from proforient.web.sections.period.collection import Collection
from proforient.web.sections.period.returning import inquiry_words
from proforient.web.sections.upload.numbers import folded
from proforient.web.session import Session, address, current
from proforient.wording import capital, counted, number, typo

SHOWN = 8  # reports in the open; the rest is folded away
MORE = "period-more"


def attention(here: Session, campaign: Collection) -> None:
    """On review first: they wait for the reader of this page. Of many there is one list that is searched."""
    if len(campaign.reports) > lists.PAGE:
        _every(here, campaign)
        return
    waiting = campaign.having(ReportState.SUBMITTED)
    if waiting:
        widgets.chart_title(f"Ждут проверки: {number(len(waiting))}")
        every = bool(st.session_state.get(MORE))
        shown = waiting if every else waiting[:SHOWN]
        codes = [report.organisation for report in waiting]
        review = _review(here, campaign, codes)
        _accept_clear(campaign, codes, review, here.mark)
        for report in shown:
            _review_row(here, campaign, report, review)
        if len(waiting) > SHOWN and not every:
            st.button(f"Показать все {number(len(waiting))}", key="period-show-all", on_click=_show_all)
    _waiting(campaign)
    accepted = campaign.having(ReportState.ACCEPTED)
    if accepted:
        rows = [[_linked(campaign, r), _state(here, r)] for r in accepted]
        widgets.show_html(folded(f"Принято: {number(len(accepted))}", marks.table(["Организация", "Когда"], rows)))


def _every(here: Session, campaign: Collection) -> None:
    """All reports, a page at a time: those on review with their buttons, the others in a table between them."""
    widgets.chart_title("Отчёты")
    expected = np.fromiter((code in campaign.reports for code in campaign.organisations.codes), dtype=bool)
    register = campaign.organisations.only(expected)
    states = campaign.standings
    listing.choose(here, register, REPORT_SORTS)
    wanted = listing.codes_in_view(here, register, states)
    lists.head(len(wanted), len(register))
    shown = lists.page_of(
        listing.in_order(
            wanted,
            here.view.sort or next(iter(REPORT_SORTS)),
            register,
            states,
            lambda: listing.read_register(here).rows,
        )
    )
    reports = [campaign.reports[code] for code in shown]
    if campaign.contents:
        waiting = campaign.reports.codes_having(ReportState.SUBMITTED)
        _accept_clear(campaign, waiting, _review(here, campaign, waiting), here.mark)
    review, above = _review(here, campaign, [r.organisation for r in reports if r.state is ReportState.SUBMITTED]), ""
    for waits, some in groupby(reports, key=lambda report: report.state is ReportState.SUBMITTED):
        if waits:
            for report in some:
                _review_row(here, campaign, report, review)
            continue
        rows = []
        for report in some:
            rows.append([_linked(campaign, report), _state_words(here, campaign, report, above)])
            above = report.note
        widgets.show_html(marks.table(["Организация", "Состояние"], rows))
    lists.pages(len(wanted))


@dataclass(frozen=True, slots=True)
class _Review:
    """What stands beside the reports that wait for a check.

    ``explained``: by organisation, how the warnings of the file were answered that its numbers come from; ``open``:
    whose report the person may decide about.
    """

    explained: Mapping[str, Iterable[str]]
    open: Set[str]


def _review(here: Session, campaign: Collection, waiting: Iterable[str]) -> _Review:
    return _review_parts(here, campaign.code, tuple(waiting), here.person)


@cached()
def _review_parts(here: Session, period: str, waiting: tuple[str, ...], person: Person) -> _Review:
    """Asked of the store once for all of them; what ``person`` may decide about is kept for each apart."""
    parts = here.reader.parts(period=period, organisations=waiting) if waiting else []
    newest = {p.organisation: p.submission for p in reversed(parts) if p.current}
    answers = here.reader.explanations(set(newest.values()))
    explained = {code: dict.fromkeys(answers[sent].values()) for code, sent in newest.items()}
    register = here.reader.organisations(codes=waiting) if waiting else []
    return _Review(explained, {o.code for o in register if here.may(Deed.REVIEW, o)})


def _accept_clear(campaign: Collection, waiting: Iterable[str], review: _Review, mark: int) -> None:
    """One press for all of which nothing is to be said: no warning was explained, and nothing asked is lacking."""
    whole = {code for code, held in campaign.contents.items() if held.whole}
    clear = [code for code in waiting if code in review.open and not review.explained.get(code) and code in whole]
    if len(clear) > 1:
        label = f"Принять все без замечаний ({number(len(clear))})"
        args = (mark, campaign.code, tuple(clear))
        st.button(label, key="period-accept-all", type="primary", on_click=_accept_all, args=args)


def _accept_all(mark: int, period: str, organisations: tuple[str, ...]) -> None:
    here = current()
    with here.store.read() as reader:
        homes = [o.territory for o in reader.organisations(codes=organisations)]
    refused = act(
        here,
        Deed.REVIEW,
        lambda writer: reporting.accept_all(writer, period, organisations),
        common_territory(homes),
        mark=mark,
        click=("accept-all", period, *organisations),
    )
    notice.say(refused or typo(f"Принято отчётов: {number(len(organisations))}."))


def _state_words(here: Session, campaign: Collection, report: Report, above: str) -> Html:
    """The state of a report that waits for nothing of the reader's; ``above``: the note of the row above, said once."""
    if report.state is ReportState.RETURNED:
        return _returned(campaign, report, above)
    return marks.standing(campaign.standings[report.organisation], _state(here, report))


def _returned(campaign: Collection, report: Report, above: str) -> Html:
    note = "" if not report.note else f": {report.note}"
    if report.note and report.note == above:
        note = "; замечание то же"
    late = ", с опозданием" if report.late else ""
    asked = campaign.inquiries.get(report.organisation, [])
    left = sum(one.is_open for one in asked)
    tail = f"без ответа {number(left)}" if left else "на все ответили"
    questions = f"; вопросов к числам {number(len(asked))}, {tail}" if asked else ""
    return marks.joined([marks.standing(ReportStanding.RETURNED), marks.html(typo(f"{late}{note}{questions}"))])


def _show_all() -> None:
    st.session_state[MORE] = True


def _linked(campaign: Collection, report: Report) -> Html:
    where = address("organisations", organisation=report.organisation)
    return marks.tag("a", campaign.name(report.organisation), "go", href=where)


def _state(here: Session, report: Report) -> str:
    when = day_ru(report.at, here.zone) if report.at else ""
    return ", ".join(part for part in (when, "с опозданием" if report.late else "") if part)


def _review_row(here: Session, campaign: Collection, report: Report, review: _Review) -> None:
    """Name, when, how the warnings were explained; the two buttons."""
    code = report.organisation
    with st.container(horizontal=True, vertical_alignment="center", key=f"period-row-{code}"):
        lacking = _lacking(campaign, code)
        sent = marks.tag("small", f"сдано {_state(here, report)}{lacking}", "pf-quiet pf-line")
        said = [marks.tag("small", f"Объяснение: {sentence}", "pf-line") for sentence in review.explained.get(code, ())]
        said += [
            marks.tag("small", inquiry_words(here.catalogue, asked), "pf-line")
            for asked in campaign.inquiries.get(code, ())
        ]
        widgets.show_html(marks.joined([_linked(campaign, report), sent, *said]))
        if code not in review.open:
            return
        st.button(
            "Принять",
            key=f"period-accept-{code}",
            on_click=_accept,
            args=(here.mark, campaign.code, code, campaign.name(code)),
        )
        st.button("Вернуть на доработку…", key=f"period-return-{code}", on_click=ask, args=(here.mark, "return", code))


def _lacking(campaign: Collection, code: str) -> str:
    """«, 10 чисел из 98» where the report lacks some of what is asked."""
    held = campaign.contents.get(code)
    return "" if held is None or held.whole else f", неполный: {counted(held.given, 'numbers')} из {number(held.asked)}"


def _accept(mark: int, period: str, organisation: str, name: str) -> None:
    here = current()
    with here.store.read() as reader:  # a callback: the page's own transaction may just be ending in another thread
        whose = reader.organisation(organisation)
    refused = act(
        here,
        Deed.REVIEW,
        lambda writer: reporting.set_report(writer, period, organisation, ReportState.ACCEPTED),
        whose,
        mark=mark,
        click=("accept", period, organisation),
    )
    notice.say(refused or typo(f"Отчёт принят: {name}."))


def _waiting(campaign: Collection) -> None:
    """Returned ones with what was asked, then who has sent nothing."""
    returned = campaign.having(ReportState.RETURNED)
    missing = campaign.having(ReportState.NOT_SUBMITTED, ReportState.DRAFT)
    rows: list[list[str]] = []
    above = ""  # the note of the row above, said once; where the rest is folded it begins anew
    for at, report in enumerate(returned):
        rows.append([_linked(campaign, report), _returned(campaign, report, "" if at == SHOWN else above)])
        above = report.note
    rows += [[_linked(campaign, r), marks.standing(campaign.standings[r.organisation])] for r in missing]
    if not rows:
        return
    head: list[str | marks.TableColumn] = ["Ждут внимания", "Состояние"]
    widgets.show_html(marks.table(head, rows[:SHOWN]))
    if len(rows) > SHOWN:
        rest = capital(f"ещё {counted(len(rows) - SHOWN, 'organisations')}")
        widgets.show_html(folded(rest, marks.table(head, rows[SHOWN:])))
