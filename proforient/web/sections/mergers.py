"""What the register says of an organisation that was joined to another, and of that other one."""

from __future__ import annotations

from proforient.monitoring import Merger
from proforient.web.session import Session
from proforient.wording import date_ru, join, quoted, typo


def merger_lines(here: Session, code: str) -> list[str]:
    """«Присоединена к «…» с 1 сентября 2026 года», «К ней присоединена «…» с …»; empty for almost everybody."""
    mergers = here.reader.mergers()
    own = mergers.get(code)
    others = [merger for merger in mergers.values() if merger.successor == code]
    if own is None and not others:
        return []
    names = {
        o.code: o.name
        for o in here.reader.organisations(codes=[*(m.organisation for m in others), *([own.successor] if own else [])])
    }
    lines = [f"Присоединена к {quoted(names[own.successor])} с {date_ru(own.day)}"] if own else []
    if others:
        listed = join([_one(merger, names) for merger in others])
        lines.append(f"К ней {'присоединена' if len(others) == 1 else 'присоединены'} {listed}")
    return [typo(line) for line in lines]


def _one(merger: Merger, names: dict[str, str]) -> str:
    return f"{quoted(names[merger.organisation])} с {date_ru(merger.day)}"
