"""Keeps the copy for analysts in step: written anew after what figures follow from has changed."""

from __future__ import annotations

import logging
import threading
import time
from contextlib import AbstractContextManager, nullcontext
from functools import partial

from proforient.analysis.analysts import copy_for_analysts
from proforient.errors import ProforientError
from proforient.web.background import in_background
from proforient.web.running import Running

LOG = logging.getLogger("proforient")
LOOK = 1.0  # seconds between two looks
AGAIN = 60.0  # seconds until it is tried again
REST = 9.0  # times as long as writing took that it rests: at most a tenth of one core goes to analysts


def refreshed(held: Running) -> AbstractContextManager[None]:
    """For as long as the server runs; nothing where no file is named."""
    if held.settings.analysts is None:
        return nullcontext()
    return in_background("analysts", partial(_keep, held))


def _keep(held: Running, ended: threading.Event) -> None:
    written: object = None
    pause = LOOK
    while not ended.wait(pause):
        pause = LOOK
        opened = held.already
        if opened is None or (opened.store, opened.store.version) == written:
            continue
        begun, state = time.monotonic(), (opened.store, opened.store.version)
        target = held.settings.analysts
        assert target is not None
        try:
            with opened.store.read() as reader:
                copy_for_analysts(reader, opened.catalogue, target)
        except ProforientError as error:
            LOG.warning("the copy for analysts was not written: %s", error)
            pause = AGAIN
            continue
        except Exception:  # the thread serves every change to come
            LOG.exception("the copy for analysts was not written")
            pause = AGAIN
            continue
        written = state
        pause = max(LOOK, REST * (time.monotonic() - begun))
