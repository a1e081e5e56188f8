"""The upkeep of a shared store by night: one of the servers merges small files and forgets what is too long ago."""

from __future__ import annotations

import datetime as dt
import logging
import threading
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from zoneinfo import ZoneInfo

from proforient.errors import ProforientError
from proforient.monitoring import local, now
from proforient.store import upkeep_note
from proforient.store.lake_upkeep import KEEP_DAYS
from proforient.web.background import in_background
from proforient.web.running import OpenApplication, Running

LOG = logging.getLogger("proforient")
LOOK = 600.0  # seconds between two looks at the clock
HOURS = range(2, 5)  # by the catalogue's clock: whoever hands in now waits until it is done
ONCE = dt.timedelta(hours=12)  # what another server did since is not done again


def tidied(held: Running) -> AbstractContextManager[None]:
    """For as long as the server runs; a store in one file needs nothing."""
    return in_background("nightly", partial(_watch, held)) if held.settings.store else nullcontext()


def _watch(held: Running, ended: threading.Event) -> None:
    while not ended.wait(LOOK):
        if held.already is not None:
            by_night(held.already, now())


def by_night(opened: OpenApplication, at: dt.datetime) -> bool:
    """Does what is due at that moment (UTC); whether anything was. What hinders it is logged and noted for doctor."""
    here = local(at, ZoneInfo(opened.catalogue.timezone))
    if here.hour not in HOURS or opened.store.read_only:
        return False
    try:
        done = opened.store.tidy(at - dt.timedelta(days=KEEP_DAYS), unless_since=at - ONCE) is not None
    except ProforientError as error:
        LOG.warning("the shared store was not tidied: %s", error)
        why = str(error)
    except Exception as error:  # the thread serves every night to come
        LOG.exception("the shared store was not tidied")
        why = f"внутренняя ошибка ({type(error).__name__}), подробно в журнале сервера"
    else:
        upkeep_note.keep(opened.settings.data, "")
        return done
    upkeep_note.keep(opened.settings.data, f"{here:%d.%m.%Y %H:%M}: {why}")
    return False
