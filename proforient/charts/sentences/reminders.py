"""What is written to an organisation whose report is awaited: what is lacking, until when, where; ready to send."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from proforient.monitoring import Report, ReportStanding
from proforient.wording import counted, date_ru, days_left, number, period_in, period_name, period_noun

# How a report stands of which something is awaited: first who has sent nothing.
AWAITED = (
    ReportStanding.NOT_BEGUN,
    ReportStanding.DRAFT,
    ReportStanding.OVERDUE,
    ReportStanding.INCOMPLETE,
    ReportStanding.RETURNED,
)


def reminder(
    name: str,
    report: Report,
    what: ReportStanding,
    *,
    given: int,
    asked: int,
    closes: dt.date,
    today: dt.date,
    address: str,
) -> str:
    """A message to one organisation, of plain sentences; ``what`` is one of ``AWAITED``."""
    needed = f"нужно {counted(asked, 'numbers')}"
    clauses = {
        ReportStanding.NOT_BEGUN: f"числа ещё не сданы, {needed}",
        ReportStanding.DRAFT: f"бланк начат, но не сдан, {needed}",
        ReportStanding.OVERDUE: f"отчёт не сдан в срок, {needed}",
        ReportStanding.INCOMPLETE: f"отчёт неполный, сдано {counted(given, 'numbers')} из {number(asked)}",
        ReportStanding.RETURNED: f"отчёт возвращён на доработку — {report.note or 'исправьте замечания'}",
    }[what]
    return _plain(f"{name}. Мониторинг профориентации {_for(report.period)}: {clauses.rstrip('.')}. "
                 f"{_until(closes, today)} Сдать: {address}")  # fmt: skip


def reminder_to_all(names: Sequence[tuple[str, dt.date]], period: str, *, today: dt.date, address: str) -> str:
    """One message to a common chat: whose reports are awaited, each with its last day where they differ."""
    days = {day for _, day in names}
    listing = "; ".join(name if len(days) == 1 else f"{name} ({_short(day, today)})" for name, day in names)
    until = f"{_until(names[0][1], today)} " if len(days) == 1 else ""
    return _plain(f"Мониторинг профориентации {_for(period)}. Ждём отчёты: {listing}. {until}Сдать: {address}")


def reminder_subject(period: str, *, closes: dt.date, today: dt.date) -> str:
    """The line above a letter: «Мониторинг профориентации за 2026 год: ждём отчёт до 25 декабря 2026 года»."""
    until = f"ждём отчёт до {date_ru(closes)}" if today <= closes else "срок прошёл, ждём отчёт"
    return _plain(f"Мониторинг профориентации {_for(period)}: {until}")


def _for(period: str) -> str:
    """«за 2026 год», «на 15 марта 2026 года»."""
    return period_in(period) if period_noun(period) == "periods" else f"за {period_name(period)}"


def _until(closes: dt.date, today: dt.date) -> str:
    """«Последний день — 25 декабря 2026 года, осталось 25 дней.»"""
    if today > closes:
        return f"Срок прошёл {date_ru(closes)}: сдайте как можно скорее."
    if today == closes:
        return "Последний день — сегодня."
    return f"Последний день — {date_ru(closes)}, {days_left(closes, today)}."


def _short(closes: dt.date, today: dt.date) -> str:
    """«до 25 декабря 2026 года» of one among several."""
    return f"до {date_ru(closes)}" if today <= closes else f"срок прошёл {date_ru(closes)}"


def _plain(text: str) -> str:
    """Without the marks of a page: it goes into a messenger."""
    return text.replace("\u00a0", " ").replace("\u2060", "")
