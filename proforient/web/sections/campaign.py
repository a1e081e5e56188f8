"""A campaign as it concerns one place: the period, whether it is open there, how late it is by the clocks there."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from proforient.monitoring import Period, Reopening, last_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign:
    """``period`` is as it concerns ``place`` (None: not opened there); ``place`` None: all territories."""

    code: str
    period: Period | None
    place: str | None
    today: dt.date
    reopening: Reopening | None = None  # of the one organisation that it concerns: a closed period takes its files

    @property
    def takes_files(self) -> bool:
        return self.period is not None and (self.period.state == "open" or self.reopening is not None)

    @property
    def last_day(self) -> dt.date | None:
        """Until when numbers are awaited; None where the period was not opened."""
        return last_day(self.period, self.reopening) if self.period else None

    @property
    def late(self) -> bool:
        return self.period is not None and self.today > self.period.closes
