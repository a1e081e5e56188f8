"""Dates, deadlines, days left and periods as text. A period's code tells its kind (contract: «2024», «2021/2022»…)."""

from __future__ import annotations

import datetime as dt
import re
from typing import Literal, Protocol

from proforient.wording.figures import NB
from proforient.wording.nouns import NOUNS, counted, verb_form

MONTHS = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip


class Due(Protocol):
    """What a deadline must tell; the catalogue's ``Deadline`` does."""

    @property
    def form(self) -> str: ...
    @property
    def date(self) -> dt.date | None: ...
    @property
    def year(self) -> int | None: ...
    @property
    def until(self) -> int | None: ...
    @property
    def months(self) -> int | None: ...


def date_ru(day: dt.date, style: Literal["words", "digits", "short"] = "words") -> str:
    """«15 мая 2023 года», «15.05.2023» (digits), «15 мая» (short)."""
    if style == "digits":
        return f"{day.day:02}.{day.month:02}.{day.year:04}"
    text = f"{day.day}{NB}{MONTHS[day.month - 1]}"
    return text if style == "short" else f"{text}{NB}{day.year}{NB}года"


def zone_ru(at: dt.datetime) -> str:
    """«UTC+9», «UTC+5:30», «UTC−3» of a moment that knows its zone."""
    minutes = int((at.utcoffset() or dt.timedelta()).total_seconds()) // 60
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'−' if minutes < 0 else '+'}{hours}{f':{rest:02}' if rest else ''}"


def moment_ru(at: dt.datetime) -> str:
    """«25 ноября 2026 года, 14:32 (UTC+9)» of a moment that knows its zone."""
    return f"{date_ru(at.date())}, {at:%H:%M}{NB}({zone_ru(at)})"


def ends_ru(at: dt.datetime) -> str:
    """How a last day ends, by the clocks of ``at``: «по местному времени (UTC+9)»."""
    return f"по{NB}местному времени{NB}({zone_ru(at)})"


def deadline(due: Due) -> str:
    """When an action is due, in each of its forms: «срок не задан», «до 15 июня 2023 года», «постоянно»…"""
    match due.form:
        case "day" if due.date is not None:
            return f"до{NB}{date_ru(due.date)}"
        case "year" if due.year is not None:
            return f"в{NB}течение {due.year}{NB}года"
        case "years" if due.year is not None and due.until is not None:
            return f"в{NB}{due.year}–\u2060{due.until}{NB}годах"
        case "school_year" if due.year is not None:
            return f"в{NB}{due.year}/{due.year + 1}{NB}учебном году"
        case "school_year_start" if due.year is not None:
            return f"к{NB}началу {due.year}/{due.year + 1}{NB}учебного года"
        case "after_collegium":
            months = due.months or 1
            span = NOUNS["months"].gen if months == 1 else counted(months, "months", "gen")
            return f"в{NB}течение {span} после{NB}коллегии"
        case "standing":
            return "постоянно"
    return "срок не задан"


def days_left(closes: dt.date, today: dt.date) -> str:
    """«осталось 9 дней», «остался 1 день», «последний день», «срок прошёл 2 дня назад»."""
    days = (closes - today).days
    if days == 0:
        return "последний день"
    if days < 0:
        return f"срок прошёл {counted(-days, 'days')} назад"
    return f"{verb_form(days, 'm', 'остался', 'осталась', 'осталось', 'осталось')} {counted(days, 'days')}"


PeriodKindName = Literal["year", "school_year", "half_year", "date", "other"]


def _kind(code: str) -> PeriodKindName:
    if re.fullmatch(r"\d{4}", code):
        return "year"
    if re.fullmatch(r"\d{4}/\d{4}", code):
        return "school_year"
    if re.fullmatch(r"\d{4}-[12]", code):
        return "half_year"
    return "date" if re.fullmatch(r"\d{4}-\d\d-\d\d", code) else "other"


def _half(code: str) -> tuple[str, str]:
    year, half = code.split("-")
    return year, half


def period_noun(code: str) -> str:
    """The key in ``NOUNS`` of what the period is: ``years``, ``school_years``, ``half_years`` or ``periods``."""
    names = {"year": "years", "school_year": "school_years", "half_year": "half_years"}
    return names.get(_kind(code), "periods")


def period_name(code: str) -> str:
    """«2022 год», «2021/2022 учебный год», «первое полугодие 2024 года», «15 марта 2024 года»."""
    match _kind(code):
        case "year":
            return f"{code}{NB}год"
        case "school_year":
            return f"{code}{NB}учебный год"
        case "half_year":
            year, half = _half(code)
            return f"{'первое' if half == '1' else 'второе'} полугодие {year}{NB}года"
        case "date":
            return date_ru(dt.date.fromisoformat(code))
    return code


def period_in(code: str) -> str:
    """«в 2022 году», «в 2021/2022 учебном году», «в первом полугодии 2024 года», «на 15 марта 2024 года»."""
    match _kind(code):
        case "year":
            return f"в{NB}{code}{NB}году"
        case "school_year":
            return f"в{NB}{code}{NB}учебном году"
        case "half_year":
            year, half = _half(code)
            return f"{f'в{NB}первом' if half == '1' else f'во{NB}втором'} полугодии {year}{NB}года"
        case "date":
            return f"на{NB}{period_name(code)}"
    return f"за{NB}период {code}"


def period_to(code: str) -> str:
    """For the head of a column of changes: «к 2021 году», «к первому полугодию 2024 года»."""
    match _kind(code):
        case "year":
            return f"к{NB}{code}{NB}году"
        case "school_year":
            return f"к{NB}{code}{NB}учебному году"
        case "half_year":
            year, half = _half(code)
            return f"{f'к{NB}первому' if half == '1' else f'ко{NB}второму'} полугодию {year}{NB}года"
        case "date":
            return f"к{NB}{period_name(code)}"
    return f"к{NB}периоду {code}"


def period_short(code: str) -> str:
    """For an axis: «2022», «2021/22», «1-е полуг. 2024», «15.03.2024»."""
    match _kind(code):
        case "school_year":
            return f"{code[:5]}{code[-2:]}"
        case "half_year":
            year, half = _half(code)
            return f"{half}-е{NB}полуг. {year}"
        case "date":
            return date_ru(dt.date.fromisoformat(code), "digits")
    return code
