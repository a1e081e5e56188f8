"""Days as the place of the monitoring counts them: the store's moments (UTC) come in, local days and texts go out."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from proforient.catalogue.entries import Catalogue
from proforient.settings import DEFAULT_ZONE
from proforient.wording import date_ru


def now() -> dt.datetime:
    """This moment as the store keeps it: UTC, without a zone."""
    return dt.datetime.now(dt.UTC).replace(tzinfo=None)


def today(catalogue: Catalogue) -> dt.date:
    """The day it is where the monitoring takes place: a period's last day ends there, not in UTC."""
    return local_day(now(), catalogue)


def local(at: dt.datetime, catalogue: Catalogue) -> dt.datetime:
    """A moment of the store as the clocks there show it."""
    zone = ZoneInfo(catalogue.timezone or DEFAULT_ZONE)
    return at.replace(tzinfo=dt.UTC).astimezone(zone)


def local_day(at: dt.datetime, catalogue: Catalogue) -> dt.date:
    """The local day of a moment of the store."""
    return local(at, catalogue).date()


def moment_ru(at: dt.datetime, catalogue: Catalogue) -> str:
    """«25 ноября 2026 года, 14:32» of a moment of the store."""
    there = local(at, catalogue)
    return f"{date_ru(there.date())}, {there:%H:%M}"


def day_ru(at: dt.datetime, catalogue: Catalogue) -> str:
    """«05.05.2023» of a moment of the store."""
    return date_ru(local_day(at, catalogue), "digits")
