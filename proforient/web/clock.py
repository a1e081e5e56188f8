"""Days as a territory counts them: the store's moments (UTC) come in, local days and texts go out."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from proforient import wording
from proforient.monitoring import local, local_day, now


def today(zone: ZoneInfo) -> dt.date:
    """The day it is there: a period's last day ends by the clocks of the territory, not in UTC."""
    return local_day(now(), zone)


def this_hour() -> dt.datetime:
    """The hour that it is (UTC): what follows from local days is worked out anew with each, whichever zone it is in."""
    return now().replace(minute=0, second=0, microsecond=0)


def moment_ru(at: dt.datetime, zone: ZoneInfo) -> str:
    """«25 ноября 2026 года, 14:32 (UTC+5)» of a moment of the store."""
    return wording.moment_ru(local(at, zone))


def day_ru(at: dt.datetime, zone: ZoneInfo) -> str:
    """«05.05.2023» of a moment of the store."""
    return wording.date_ru(local_day(at, zone), "digits")


def zone_now(zone: ZoneInfo) -> str:
    """«UTC+5», as it is there today."""
    return wording.zone_ru(local(now(), zone))
