"""Wrong passwords and codes are counted by all servers of a shared store together.

Every two seconds what was counted here goes out and what all have counted comes in. No request waits for it; while
PostgreSQL does not answer each server counts for itself, and hands over what it has counted when it answers again.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from starlette.concurrency import run_in_threadpool

from proforient.access.cookies import key_of
from proforient.access.tries import Tries
from proforient.errors import StoreAway
from proforient.store.rows import WrongTries
from proforient.store.store import Store
from proforient.web.entrance import sign_in_origin
from proforient.web.running import Running
from proforient.web.shown import handlers

LOG = logging.getLogger("proforient")
EVERY = 2.0  # seconds between two exchanges
COUNTERS: Mapping[str, Tries] = {
    "known": sign_in_origin.KNOWN,
    "here": sign_in_origin.HERE,
    "login": sign_in_origin.BY_LOGIN,
    "address": sign_in_origin.BY_ADDRESS,
    "own": sign_in_origin.OWN,
    "code": handlers.BY_ADDRESS,
}


@asynccontextmanager
async def counted_together(held: Running) -> AsyncIterator[None]:
    """For as long as the server runs; a store in one file has one server."""
    if not held.settings.store:
        yield
        return
    secret = key_of(held.settings.secrets)
    for tries in COUNTERS.values():
        tries.count_together(secret[:64])
    task = asyncio.create_task(_again(held))
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def _again(held: Running) -> None:
    while True:
        await asyncio.sleep(EVERY)
        if held.already is None:
            continue
        try:
            await exchange(held.already.store, COUNTERS)
        except StoreAway:
            continue
        except Exception:  # whoever counts goes on counting
            LOG.exception("wrong tries are not counted together")


async def exchange(store: Store, counters: Mapping[str, Tries]) -> None:
    """Once, for all of the ``counters``, which belong to this event loop; StoreAway as the store."""
    handed = {name: tries.hand_over() for name, tries in counters.items()}
    wrong = [WrongTries(name, key, ages) for name, one in handed.items() for key, ages in one.wrong.items()]
    forgiven = [(name, key) for name, one in handed.items() for key in one.forgiven]
    rows = await run_in_threadpool(store.exchange_tries, wrong, forgiven, sign_in_origin.WINDOW)
    by_counter: defaultdict[str, list[tuple[str, tuple[float, ...]]]] = defaultdict(list)
    for one in rows:
        by_counter[one.counter].append((one.key, one.ages))
    for name, tries in counters.items():
        tries.take(handed[name], by_counter[name])
