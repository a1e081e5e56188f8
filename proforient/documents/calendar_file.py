"""The last days of measures as a calendar file, RFC 5545."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from proforient.documents.measures import STATES
from proforient.monitoring import territory_name
from proforient.store.papers import ENDED, Measure


def calendar(measures: Sequence[Measure], stamp: dt.datetime) -> bytes:
    """The last days as a calendar file (RFC 5545): one entry for a whole day each; what is over is left out."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//proforient//measures//RU", "CALSCALE:GREGORIAN"]
    for m in measures:
        if m.due_on is None or m.state in ENDED:
            continue
        about = [territory_name(m.territory), f"Ответственный: {m.responsible or 'не назван'}", STATES[m.state]]
        lines += [
            "BEGIN:VEVENT",
            f"UID:measure-{m.id}@proforient",
            f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}",
            f"DTSTART;VALUE=DATE:{m.due_on:%Y%m%d}",
            f"SUMMARY:{_escaped(f'Пункт {m.number}: {m.text}')}",
            f"DESCRIPTION:{_escaped('. '.join(about))}",
            "END:VEVENT",
        ]
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"]).encode()


def _escaped(text: str) -> str:
    flat = " ".join(text.split())
    for sign in "\\;,":
        flat = flat.replace(sign, f"\\{sign}")
    return flat


def _folded(line: str) -> str:
    """Lines of at most 75 bytes; what goes on begins with a space."""
    parts: list[str] = []
    part = ""
    for sign in line:
        if len((part + sign).encode()) > (74 if parts else 75):
            parts.append(part)
            part = ""
        part += sign
    return "\r\n ".join([*parts, part])


__all__ = ["calendar"]
