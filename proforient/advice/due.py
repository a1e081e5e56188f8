"""When an action is due in a period: the catalogue's deadline and the period's last day in, a day or a year out."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from proforient.catalogue.entries import Deadline

NONE = Deadline()
FIRST_OF_SEPTEMBER = "09-01"


def due_after(deadline: Deadline, ends: dt.date) -> Deadline:
    """The deadline for a period that ends on the day: a rule becomes a day or a year.

    What the document fixed and what lies before the end was meant for an earlier period: no deadline is known then.
    """
    match deadline.form:
        case "next_day":
            return Deadline(form="day", date=_first_after(deadline.day, ends))
        case "next_year":
            return Deadline(form="year", year=ends.year + 1)
        case "next_school_year":
            return Deadline(form="school_year", year=_first_after(FIRST_OF_SEPTEMBER, ends).year)
        case "school_year_start":
            day = _first_after(FIRST_OF_SEPTEMBER, ends)
            return Deadline(form="school_year_start", date=day, year=day.year)
        case "after_collegium":
            return replace(deadline, months=deadline.months or 1)
    return NONE if _past(deadline, ends) else deadline


def due_in_time(deadline: Deadline, ends: dt.date, today: dt.date) -> Deadline:
    """The same as ``due_after``, or of a rule whose day has passed already the next one after today."""
    due = due_after(deadline, ends)
    last = last_day(due, today)
    return due if last is None or last >= today else due_after(deadline, today)


def last_day(deadline: Deadline, day: dt.date) -> dt.date | None:
    """The last day that is in time, of a deadline set in a document of ``day``; None where there is none."""
    match deadline.form:
        case "day" | "school_year_start" if deadline.date is not None:
            return deadline.date
        case "year" | "years" if deadline.year is not None:
            return dt.date(deadline.until or deadline.year, 12, 31)
        case "school_year" if deadline.year is not None:
            return dt.date(deadline.year + 1, 8, 31)
        case "after_collegium":
            return _months_after(day, deadline.months or 1)
    return None


def _months_after(day: dt.date, months: int) -> dt.date:
    """The same day of a later month, or its last one."""
    years, month = divmod(day.month - 1 + months, 12)
    first_of_next = dt.date(day.year + years + (month == 11), (month + 1) % 12 + 1, 1)
    last = (first_of_next - dt.timedelta(days=1)).day
    return dt.date(day.year + years, month + 1, min(day.day, last))


def _first_after(day: str, ends: dt.date) -> dt.date:
    """The first such day after the period's end; 29 February where there is none is the 28th."""
    month, number = int(day[:2]), int(day[3:])
    years = (ends.year, ends.year + 1)
    days = (dt.date(year, month, 28 if (month, number) == (2, 29) and year % 4 else number) for year in years)
    return next(found for found in days if found > ends)


def _past(deadline: Deadline, ends: dt.date) -> bool:
    """Whether it is over by the period's end; a school year ends in the year after the one it is named by."""
    if deadline.date is not None:
        return deadline.date <= ends
    last = deadline.until or deadline.year
    return last is not None and last + (deadline.form == "school_year") <= ends.year
