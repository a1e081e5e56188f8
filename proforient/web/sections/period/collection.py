"""The state of a campaign: open or closed, who has reported, which catalogue, what it is compared with."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from proforient.catalogue.applicability import asked_in
from proforient.catalogue.entries import Catalogue
from proforient.charts import marks
from proforient.charts.marks import Html
from proforient.charts.marks.bars import bar_part
from proforient.charts.sentences import period_finding
from proforient.charts.sentences.standings import STANDINGS
from proforient.monitoring import Period, Report, ReportStanding, ReportState, local, local_day, now, territory_name
from proforient.store.contents import ReportContents
from proforient.store.inquiry_rows import Inquiry
from proforient.store.report_rows import NOBODY, Reports
from proforient.store.roster import Roster
from proforient.web import lists, widgets
from proforient.web.cache import cached
from proforient.web.clock import day_ru, this_hour, today
from proforient.web.sections.campaign import Campaign
from proforient.web.session import Session
from proforient.wording import NB, capital, counted, date_ru, ends_ru, join, number, period_name, typo


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection(Campaign):
    """The campaign of the view's territory with everybody's reports.

    ``contents``: how much of what is asked each holds; empty where there are too many to be looked into.
    """

    reports: Reports
    organisations: Roster
    contents: Mapping[str, ReportContents] = field(default_factory=dict)
    standings: Mapping[str, ReportStanding] = field(default_factory=dict)
    inquiries: Mapping[str, list[Inquiry]] = field(default_factory=dict)

    @property
    def submitted(self) -> int:
        return self.reports.sent

    @property
    def incomplete(self) -> list[str]:
        """Those whose report was sent and lacks some of what is asked, in the order of the register."""
        return [code for code in self.reports if self.standings[code] is ReportStanding.INCOMPLETE]

    def standing(self, *standings: ReportStanding) -> int:
        """How many reports stand so."""
        return sum(one in standings for one in self.standings.values())

    def having(self, *states: ReportState) -> list[Report]:
        """Reports in these states, in the order of the register."""
        return self.reports.having(*states)

    def name(self, organisation: str) -> str:
        return self.organisations.names.get(organisation, organisation)


def read_collection(here: Session) -> Collection | None:
    """The campaign of the view; None where no territory is chosen."""
    return None if here.view.territory is None or here.view.period is None else _collection(here, this_hour())


@cached("territory", "period")
def _collection(here: Session, hour: dt.datetime) -> Collection:
    territory, code = here.view.territory, here.view.period
    assert territory is not None and code is not None
    period = next((p for p in here.reader.periods(territory=territory) if p.code == code), None)
    ends = period.ends if period else None
    register = here.reader.roster(on=ends, territory=territory)
    return Collection(
        code=code,
        place=territory,
        period=period,
        reports=here.reader.reports(code, territory=territory) if period else NOBODY,
        organisations=register,
        standings=here.reader.report_standings(code, territory=territory) if period else {},
        contents=here.reader.report_contents(code, territory=territory) if period else {},
        inquiries=here.reader.inquiries(code) if period else {},
        today=local_day(hour, here.zone),
    )


def collection_finding(campaign: Collection | None, periods: Sequence[str] = ()) -> str:
    """The title of the page."""
    if campaign is None and not periods:
        return "Приём ещё не открывали: откройте первый период"
    if campaign is None:
        return "Приём ведёт муниципалитет: выберите, какой показать"
    if campaign.period is None:
        return typo(f"{capital(period_name(campaign.code))}: приём здесь не открыт")
    return period_finding(campaign.period, campaign.submitted, len(campaign.reports), campaign.today)


def collection_lead(campaign: Collection | None) -> str:
    """What waits: «На проверке отчётов: 3. Ещё не сдали: 10 организаций.»"""
    if campaign is None or campaign.period is None:
        return ""
    review = campaign.reports.count(ReportState.SUBMITTED)
    returned = campaign.standing(ReportStanding.RETURNED)
    missing = campaign.standing(ReportStanding.NOT_BEGUN, ReportStanding.DRAFT)
    overdue = campaign.standing(ReportStanding.OVERDUE)
    sentences = [
        f"На проверке отчётов: {number(review)}{_of_them(campaign)}." if review else "",
        f"На доработке: {number(returned)}." if returned else "",
        f"Ещё не сдали: {counted(missing, 'organisations')}." if missing else "",
        f"Не сданы в срок: {number(overdue)}." if overdue else "",
    ]
    return typo(" ".join(s for s in sentences if s) or "Сданы и приняты все отчёты.")


def overview_of_all(here: Session) -> None:
    """Every opening of the period, where no territory is chosen."""
    opened = [period for period in here.reader.periods() if period.code == here.view.period]
    if len(opened) > lists.PAGE:
        lists.search_field("Территория")
    wanted = lists.matching(opened, lambda period: (period.territory or "",))
    lists.head(len(wanted), len(opened), by=("find",))
    lines = []
    for period in lists.page_of(wanted):
        sent, every = here.reader.reports_sent(period.code, territory=period.territory)
        name = territory_name(period.territory) if period.territory else "Все территории"
        state = f"открыт до {date_ru(period.closes)}" if period.state == "open" else "закрыт"
        words = f" — {state}, сдали {number(sent)} из {number(every)}"
        lines.append(
            widgets.Choice(
                text_html=marks.joined([marks.tag("b", name), marks.html(words)]),
                changes={"territory": period.territory},
            )
        )
    widgets.link_list(lines, label="Где открыт период")
    lists.pages(len(wanted))


def state(here: Session, campaign: Collection) -> None:
    """Since when, until when, how many of how many, with a bar; catalogue and the period compared with."""
    period = campaign.period
    if period is None:
        return
    every = len(campaign.reports)
    facts = [
        ("Состояние", _opened(here, period)),
        ("Сдали", marks.joined([f"{number(campaign.submitted)} из {number(every)}", _bar(campaign.submitted, every)])),
        ("Отчёты", marks.html(_stand(campaign))),
        ("Спрашивают", marks.html(f"{asked_words(here.catalogue, period)} ({period.catalogue} {period.version})")),
        ("Время", marks.html(f"сроки — {ends_ru(local(now(), here.zone))}")),
        ("Сравнивается", marks.html(f"с периодом: {period_name(period.previous)}" if period.previous else "не с чем")),
    ]
    inside = [marks.joined([marks.tag("dt", name), marks.tag("dd", value)]) for name, value in facts]
    widgets.show_html(marks.tag("dl", marks.joined(inside), "pf-facts"))


def asked_words(catalogue: Catalogue, period: Period) -> str:
    """What the period asks, in a few words: «5 показателей из 73: Охват мероприятиями, …»."""
    every = [i for i in catalogue.indicators.values() if asked_in(catalogue, i, period.year)]
    chosen = [i for i in every if period.asks(i.code) and i.of is None]
    if period.asked is None or len(chosen) == len(every):
        return f"все показатели каталога: {number(len(every))}"
    names = [i.short or catalogue.indicator_name(i.code) for i in chosen[:3]]
    more = f" и ещё {number(len(chosen) - len(names))}" if len(chosen) > len(names) else ""
    return f"{counted(len(chosen), 'indicators')}: {', '.join(names) if more else join(names)}{more}"


def _of_them(campaign: Collection) -> str:
    """«, из них неполных: 3»: sent, but not all that is asked."""
    return f", из них неполных: {number(len(campaign.incomplete))}" if campaign.incomplete else ""


def _stand(campaign: Collection) -> str:
    """«принят — 4, неполный — 3, не начат — 10»: how many stand how, in the words of every list."""
    counts = Counter(campaign.standings.values())
    return ", ".join(
        f"{words.replace(' ', NB)}{NB}— {number(counts[one])}" for one, words in STANDINGS.items() if counts[one]
    )


def _opened(here: Session, period: Period) -> Html:
    since = _since(here, period)
    start = f" с {since}" if since else ""
    closes = date_ru(period.closes, "digits")
    if period.state == "closed":
        return marks.joined([marks.tag("b", "закрыт"), marks.html(f", последний день приёма был {closes}")])
    ends = f", последний день приёма {closes}" if period.closes >= today(here.zone) else f", срок прошёл {closes}"
    return marks.joined([marks.tag("b", "открыт"), marks.html(start + ends)])


def _since(here: Session, period: Period) -> str:
    """The day on which it was opened for this territory."""
    for event in here.reader.events(object=f"period/{period.code}", action="period.opened"):
        if json.loads(event.detail).get("territory") == period.territory:
            return day_ru(event.at, here.zone)
    return ""


def _bar(part: int, whole: int) -> Html:
    length = Fraction(100 * part, whole) if whole else Fraction(0)
    return marks.tag("div", bar_part(length, "ink"), "pf-bar pf-slim", aria_hidden="true")
