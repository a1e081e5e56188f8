"""What happens when the server starts and ends: the store is opened, the commands' socket served, all closed again."""

from __future__ import annotations

import importlib
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from typing import Any

import streamlit as st
from starlette.concurrency import run_in_threadpool

from proforient.access import passwords
from proforient.commands import channel
from proforient.errors import ProforientError
from proforient.intake import apart
from proforient.web import register as pages
from proforient.web.analysts import refreshed
from proforient.web.beside import DEMONSTRATION
from proforient.web.common_tries import counted_together
from proforient.web.entrance import beginning
from proforient.web.nightly import tidied
from proforient.web.repeats import REPEATS
from proforient.web.running import Running, running
from proforient.web.seams import garbage, seam_list
from proforient.web.seams.options import option
from proforient.web.shown.visit_counts import counting

LOG = logging.getLogger("proforient")

# Imported before the freeze, so that no page pays for them and no collection walks through them.
HEAVY = (
    "pandas",
    "pyarrow",
    "proforient.store.store",
    "proforient.analysis",
    "proforient.advice",
    "proforient.charts",
    "proforient.documents.form",
    "proforient.commands.line",
)


@asynccontextmanager
async def lifespan(app: st.App) -> AsyncIterator[dict[str, Any]]:
    """Streamlit collects garbage after every run of a page: with what lives for ever frozen, that costs a tenth."""
    held = running()
    refuse_address(held)
    pages.demand_whole()
    REPEATS.install()
    for name in HEAVY:
        importlib.import_module(name)
    with ExitStack() as at_end:
        at_end.callback(REPEATS.tell, all_of_them=True)
        at_end.callback(held.close)
        at_end.callback(DEMONSTRATION.stop)
        await run_in_threadpool(_open, held)
        at_end.enter_context(serve_commands(held))
        at_end.enter_context(refreshed(held))
        at_end.enter_context(tidied(held))
        await run_in_threadpool(apart.warm)
        await run_in_threadpool(passwords.warm)
        garbage.freeze()
        await run_in_threadpool(seam_list.tell)
        async with counting(held), counted_together(held):
            yield {}


def refuse_address(held: Running) -> None:
    """End the program when it is served where HOST does not say: a demonstration must not be open by accident."""
    served = str(option("server.address") or "")
    if served != held.settings.host:
        raise SystemExit(
            f"Адрес сервера {served or 'не задан, то есть виден всем'} не совпадает с HOST={held.settings.host}. "
            "Запускайте через proforient run (make run) или задайте HOST и --server.address одинаково."
        )


def _open(held: Running) -> None:
    try:
        held.open()
        if where := beginning.address():
            LOG.warning("Откройте один раз, чтобы завести администратора: %s", where)
    except ProforientError as error:
        # The server starts all the same: the pages and /healthz say why there are no data and what to do.
        LOG.warning("%s", error)


@contextmanager
def serve_commands(held: Running) -> Iterator[None]:
    """The command socket for as long as the server runs."""
    taken = channel.serve(held)
    try:
        yield
    finally:
        taken.close()
