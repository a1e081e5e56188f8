"""For whom and for which period a file is handed in, and whether files are taken; sentences about that."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st

from proforient.access.roles import Person
from proforient.charts import marks
from proforient.charts.sentences.standings import STANDINGS
from proforient.monitoring import Organisation, Period, Report, ReportStanding, local, now, territory_name
from proforient.store.contents import ReportContents
from proforient.store.roster import Roster
from proforient.web import widgets
from proforient.web.cache import cached
from proforient.web.choices import territory_labels, within_reach
from proforient.web.clock import day_ru, today
from proforient.web.sections.campaign import Campaign
from proforient.web.session import Session
from proforient.wording import (
    capital,
    counted,
    date_ru,
    days_left,
    ends_ru,
    number,
    period_in,
    period_name,
    period_noun,
    quoted,
    typo,
)

MANY = "Файл управления: несколько организаций"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender(Campaign):
    """Who hands in for the campaign; ``organisation`` None: a file of several."""

    organisation: Organisation | None
    zone: ZoneInfo  # by which the last day ends
    others_open: tuple[tuple[Period, dt.date], ...]  # each with its last day for whom this is
    let_in: tuple[Organisation, ...] = ()  # of a file of several: whose files alone the closed period takes today
    report: Report | None = None  # of the organisation
    standing: ReportStanding = ReportStanding.NOT_BEGUN  # of its report
    held: ReportContents | None = None  # how much of what is asked the report holds

    @property
    def whose(self) -> str:
        """«Школа «Лесная»», or the municipality of a file of several."""
        if self.organisation:
            return self.organisation.name
        return territory_name(self.place) if self.place else "все муниципалитеты"


def read_sender(here: Session) -> Sender:
    """Who hands in, by the view."""
    view, code = here.view, here.view.period
    assert code is not None
    periods = here.reader.periods()
    ends = next(period.ends for period in periods if period.code == code)
    found = here.reader.organisations(on=ends, code=view.organisation) if view.organisation else []
    organisation = found[0] if found else None
    place = organisation.territory if organisation else view.territory
    concerning = here.reader.periods(territory=place) if place else periods
    mine = [period for period in concerning if period.code == code]
    others = {p.code: (p, day) for p in concerning if p.code != code and (day := _until(here, p, organisation))}
    return Sender(
        code=code,
        # Several openings of one period (no territory chosen): files are taken while one of them is open.
        zone=here.reader.zone(place),
        period=next((p for p in mine if p.state == "open"), mine[0] if mine else None),
        organisation=organisation,
        place=place,
        today=today(here.reader.zone(place)),
        others_open=tuple(others.values()),
        let_in=() if organisation else _let_in(here, code, place, ends),
        **_report_of(here, code, organisation, bool(mine)),
    )


def _until(here: Session, period: Period, organisation: Organisation | None) -> dt.date | None:
    """Until when its files are taken: of everybody, or of this organisation alone; None where they are not."""
    if organisation is None:
        return period.closes if period.state == "open" else None
    return here.reader.last_days(period.code, {organisation.code: organisation.territory}).get(organisation.code)


def _let_in(here: Session, code: str, place: str | None, day: dt.date) -> tuple[Organisation, ...]:
    """In the order of names; none while it is open for everybody."""
    again = here.reader.reopenings(code)
    found = here.reader.organisations(on=day, territory=place) if again else []
    return tuple(o for o in found if o.code in again and here.reader.reopening(code, o.code, o.territory) is not None)


def _report_of(here: Session, code: str, organisation: Organisation | None, opened: bool) -> dict[str, Any]:
    """What the store holds of an organisation's report, as fields of a Sender."""
    if organisation is None or not opened:
        return {}
    whose = organisation.code
    return {
        "report": here.reader.reports(code, organisation=whose).get(whose),
        "standing": here.reader.report_standings(code, organisation=whose).get(whose, ReportStanding.NOT_BEGUN),
        "held": here.reader.report_contents(code, organisation=whose).get(whose),
        "reopening": here.reader.reopening(code, whose, organisation.territory),
    }


def scope(here: Session) -> None:
    """Territory, organisation and period: for whom the file is."""
    listed = _listed(here)
    options, (full, inn) = scope_options(here), map(listed.by_code, ("full_name", "inn"))
    widgets.print_heading()
    with st.container(horizontal=True, key="scope", vertical_alignment="bottom"):
        if "territory" in options:
            widgets.choose("territory", "Территория", options["territory"], names=True)
        widgets.choose("organisation", "Организация", options["organisation"], names=True,
                       texts=lambda code: (full[code], inn[code]))  # fmt: skip
        widgets.choose("period", "Период", options["period"])


def scope_options(here: Session) -> dict[str, Mapping[str, str]]:
    """What there is to choose from, by field of the view: code -> words."""
    territories = territory_labels(here.choices)
    return {
        **({"territory": territories} if len(territories) > 1 else {}),
        "organisation": _organisations(here),
        "period": {code: capital(period_name(code)) for code in here.choices.periods},
    }


def _listed(here: Session) -> Roster:
    return _open_on(here, today(here.zone), here.person)


@cached("territory")
def _open_on(here: Session, day: dt.date, person: Person) -> Roster:
    """Thousands are not gone through with every drawing of the page."""
    every = here.reader.roster(territory=here.view.territory)
    return within_reach(every.only(every.open_on(day)), person)


def _organisations(here: Session) -> dict[str, str]:
    """Words by code, in the order of names."""
    named = _labels(here, today(here.zone), here.person)
    return named if here.person.organisation else {"": MANY, **named}


@cached("territory")
def _labels(here: Session, day: dt.date, person: Person) -> dict[str, str]:
    listed = _open_on(here, day, person)
    names, homes = listed.names, listed.homes
    alike = Counter(names.values())
    labels = {
        code: names[code] if alike[names[code]] == 1 else f"{names[code]} ({territory_name(home)})"
        for code, home in homes.items()
    }
    return widgets.as_labelled(labels)


def for_period(code: str) -> str:
    """«за 2022 год», of a day «на 15 марта 2024 года»."""
    return period_in(code) if period_noun(code) == "periods" else f"за {period_name(code)}"


def first_finding(campaign: Sender) -> str:
    """The title before a file is chosen: for which period, how long yet; closed or late is said at once."""
    period, when = campaign.period, for_period(campaign.code)
    if period is None:
        return typo(f"Приём {when} здесь не открывали: сдать файл пока нельзя")
    if not campaign.takes_files:
        return typo(f"Приём {when} закрыт: файлы больше не принимаются")
    if campaign.reopening:
        return typo(_of_report(campaign, when, _last_day(campaign.reopening.last_day, campaign.today)))
    if campaign.late and not campaign.standing.reported:
        left = days_left(period.closes, campaign.today)
        if campaign.organisation is None:
            return typo(f"Сдать числа {when}: {left}, файл ещё примут с опозданием")
        return typo(f"Отчёт {when} не сдан в срок: {left}, файл ещё примут с опозданием")
    return typo(_of_report(campaign, when, _last_day(period.closes, campaign.today)))


def _last_day(closes: dt.date, now: dt.date) -> str:
    """«до 8 декабря, осталось 9 дней», «можно и сейчас, срок прошёл 2 дня назад»."""
    if now > closes:
        return f"можно и сейчас, {days_left(closes, now)}"
    near = (closes - now).days <= 60
    return f"до {date_ru(closes, 'short' if near else 'words')}" + (f", {days_left(closes, now)}" if near else "")


def _of_report(campaign: Sender, when: str, until: str) -> str:
    """How an organisation's report stands and the last day, in one sentence."""
    can = until if until.startswith("можно") else f"можно {until}"
    match campaign.standing:
        case ReportStanding.RETURNED:
            return f"Отчёт {when} вернули на доработку: исправить {until}"
        case ReportStanding.INCOMPLETE:
            return f"Отчёт {when} сдан не полностью{_of_how_many(campaign)}: дополнить {until}"
        case ReportStanding.REVIEW:
            return f"Отчёт {when} сдан и ждёт проверки: исправить {can}"
        case ReportStanding.ACCEPTED:
            return f"Отчёт {when} принят: исправить {can}"
        case ReportStanding.DRAFT:
            return f"Бланк {when} начат и не сдан: сдать {until}"
    return f"Сдать числа {when}: {until}"


def _of_how_many(campaign: Sender) -> str:
    """«, 10 чисел из 98»."""
    held = campaign.held
    return f", {counted(held.given, 'numbers')} из {number(held.asked)}" if held else ""


def next_step(campaign: Sender) -> str:
    """The one thing to do now; of a returned report beside what is to be mended. Empty for a file of several."""
    if campaign.organisation is None:
        return ""
    match campaign.standing:
        case ReportStanding.RETURNED:
            note = campaign.report.note if campaign.report else ""
            said = f"Замечание управления: {quoted(note)}. " if note else ""
            return typo(f"{said}Исправьте числа на странице или выберите исправленный файл: он заменит сданный.")
        case ReportStanding.INCOMPLETE:
            return typo(
                "Впишите недостающие числа на странице или сдайте дополненный файл. "
                "Нет сведений — «н/\u2060д», вас не касается — «х»."
            )
        case ReportStanding.REVIEW | ReportStanding.ACCEPTED:
            return typo("Делать ничего не нужно. Если число изменилось, выберите исправленный файл.")
        case ReportStanding.DRAFT:
            return typo("Бланк начат на странице: допишите его и сдайте. Черновик в доли не входит.")
    return typo("Впишите числа на странице или скачайте их список, заполните и выберите файл.")


def reopened_words(campaign: Sender) -> str:
    """That the closed period is open for this organisation alone, why and until when; empty otherwise."""
    if campaign.reopening is None:
        return ""
    closes = date_ru(campaign.reopening.last_day)
    return typo(
        f"Управление открыло приём только вам, до {closes}: {campaign.reopening.reason.rstrip('.')}. "
        "После этого дня он закроется сам; у отчёта останется пометка «с опозданием»."
    )


def late_note(campaign: Sender) -> str:
    """Said before submitting, on the last day and when it is over; empty otherwise."""
    if campaign.period is None or campaign.reopening:
        return ""
    there = ends_ru(local(now(), campaign.zone))
    if campaign.today == campaign.period.closes:
        return f"Сегодня последний день: он кончится в полночь {there}."
    if not campaign.late:
        return ""
    closed = date_ru(campaign.period.closes, "digits")
    return f"Последний день приёма был {closed} {there}. Файл примут, но у отчёта останется пометка «с опозданием»."


def report_words(campaign: Sender) -> str:
    """«на проверке (05.05.2023, с опозданием)»."""
    report = campaign.report
    known = (
        [day_ru(report.at, campaign.zone) if report.at else "", "с опозданием" if report.late else ""] if report else []
    )
    tail = ", ".join(part for part in known if part)
    return typo(f"{STANDINGS[campaign.standing]}{f' ({tail})' if tail else ''}")


OPEN_NOW = "Сейчас принимают"


def not_taken(campaign: Sender) -> None:
    """The page of a period that takes no files: why, and where files are taken."""
    widgets.lead(why_not(campaign))
    if campaign.let_in:
        widgets.section("Приём открыт снова одним этим организациям")
        lines = [
            widgets.Choice(text_html=marks.html(o.name), changes={"organisation": o.code}) for o in campaign.let_in
        ]
        widgets.show_html(widgets.links(lines, label="Кому открыт приём"))
    elif campaign.others_open:
        widgets.section(OPEN_NOW)
        widgets.show_html(open_ones(campaign))
    else:
        widgets.lead("Сейчас не открыт ни один период.")


def why_not(campaign: Sender) -> str:
    """Why no files are taken, and who can change it."""
    if campaign.period is None:
        who = quoted(campaign.whose) if campaign.organisation is None else campaign.whose
        return f"Для территории {who} этот период не открыт. Его открывает управление на «Период и планы»."
    closes = date_ru(campaign.period.closes)
    own = f"Ваш отчёт {STANDINGS[campaign.standing]}. " if campaign.organisation else ""
    way = "попросите управление открыть период снова"
    if campaign.organisation is None:  # it is the office itself that asks
        way = "откройте приём снова на «Период и планы»: всем или одной организации"
    return (
        f"{own}Последний день приёма был {closes}, потом период закрыли: принятые числа стоят как есть. "
        f"Чтобы исправить их, {way}."
    )


def open_ones(campaign: Sender) -> marks.Html:
    """The periods for which files are taken, each leading there."""
    lines = [
        widgets.Choice(
            text_html=marks.name_line(capital(period_name(p.code)), f"до {date_ru(day)}"),
            changes={"period": p.code},
        )
        for p, day in campaign.others_open
    ]
    return widgets.links(lines, label="Открытые периоды")
