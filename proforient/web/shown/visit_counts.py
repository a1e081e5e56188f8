"""How often links are opened: counted in memory, written down every few seconds; who opened them is not recorded."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import re
import threading
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers

from proforient.errors import ProforientError
from proforient.store import links
from proforient.web.running import Running

LOG = logging.getLogger("proforient")
SECONDS = 10.0  # seconds between two writings of the counts
# What messengers, social networks and search engines fetch a page with, to show a preview of it: most call themselves a
# bot, or «compatible», or say where one reads about them. A telephone named Cubot and the browsers inside messengers,
# in which people read, are none.
ROBOTS = re.compile(
    r"(?<!cu)bot|crawl|spider|preview|compatible;(?! msie)|\+https?:|vkshare|externalhit|externalagent|whatsapp|^viber|"
    r"skypeuri|slack-|embedly|iframely|google(?:other|-)|cfnetwork|"
    r"^(?:okhttp|dalvik|go-http|curl|wget|python-requests|axios|node|java|apache-http)",
    re.IGNORECASE,
)
LOOKS_AHEAD = ("sec-purpose", "purpose", "x-purpose", "x-moz")
_lock = threading.Lock()
_waiting: Counter[str] = Counter()


def count(token: str, headers: Headers) -> None:
    """One more opening, unless a robot or the browser itself looks ahead: nobody sees what those fetch."""
    ahead = any("prefetch" in headers.get(name, "") or "preview" in headers.get(name, "") for name in LOOKS_AHEAD)
    if ahead or ROBOTS.search(headers.get("user-agent", "")):
        return
    with _lock:
        _waiting[token] += 1


def waiting() -> Counter[str]:
    """Openings that are not written down yet."""
    with _lock:
        return Counter(_waiting)


def write_down(held: Running) -> None:
    """Adds what is waiting to the store; on a server that only reads it stays in memory."""
    opened = held.open()
    if opened.settings.read_only:
        return
    with _lock:
        taken, rest = Counter(_waiting), Counter[str]()
        _waiting.clear()
    try:
        if taken:
            with opened.store.write("system", based_on=None, figures=False) as writer:
                links.count_openings(writer, taken)
    except ProforientError:
        rest = taken
        raise
    finally:
        with _lock:
            _waiting.update(rest)


@asynccontextmanager
async def counting(held: Running) -> AsyncIterator[None]:
    """Writes down as long as the server runs, and once more at its end."""

    async def again() -> None:
        while True:
            await asyncio.sleep(SECONDS)
            await run_in_threadpool(_try, held)

    task = asyncio.create_task(again())
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
        await run_in_threadpool(_try, held)


def _try(held: Running) -> None:
    try:
        write_down(held)
    except ProforientError as error:
        LOG.warning("openings of links are not written down: %s", error)
    except Exception:  # whoever counts goes on counting
        LOG.exception("openings of links are not written down")
