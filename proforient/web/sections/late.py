"""What came after something was settled: late organisations for which a closed period was opened again."""

from __future__ import annotations

import datetime as dt

from proforient.monitoring import within
from proforient.web.clock import day_ru
from proforient.web.session import Session
from proforient.wording import counted, typo


def handed_in_after(here: Session, period: str, territory: str | None, at: dt.datetime) -> list[str]:
    """«Школа «Лесная»: 12 чисел, 05.12.2026» of each file that a late organisation of the territory gave since.

    Figures that were settled at the moment (a closed period, a snapshot, an issued document) do not have them.
    """
    late = here.reader.reopenings(period)
    if not late:
        return []
    ends = here.reader.period(period).ends
    whose = {o.code: o for o in here.reader.organisations(on=ends, codes=list(late)) if within(o.territory, territory)}
    parts = here.reader.parts(period=period, organisations=list(whose)) if whose else []
    return [
        typo(f"{whose[p.organisation].name}: {counted(p.cells, 'numbers')}, {day_ru(p.at, here.zone)}")
        for p in parts
        if p.at > at and not p.withdrawn
    ]
