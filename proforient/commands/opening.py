"""The store as a command opens it when no application runs that could answer it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from proforient.catalogue.entries import Catalogue
from proforient.catalogue.read import read_catalogue
from proforient.errors import Refused, StoreBusy
from proforient.settings import Settings
from proforient.store.engine import open_store
from proforient.store.store import Store

WAIT = 60.0  # seconds for another command to end, or for an application that starts
QUIET = 1.0  # seconds of waiting that nobody is told of
STEP = 0.2  # seconds between two looks
WAITING = "Хранилище занято другой командой или приложением, которое запускается: ждём…"
READS_ONLY = "В папку {} писать нельзя: хранилище открыто только для чтения. Смотреть можно всё, записать — ничего."

T = TypeVar("T")


def patiently(attempt: Callable[[], T], say: Callable[[str], None]) -> T:
    """What ``attempt`` gives, tried again while the store is busy; StoreBusy once ``WAIT`` is over."""
    begun, announced = time.monotonic(), False
    while True:
        try:
            return attempt()
        except StoreBusy as busy:
            waited = time.monotonic() - begun
            if waited >= WAIT:
                raise StoreBusy(f"{busy} Ждали {WAIT:.0f} с.") from busy
            if waited >= QUIET and not announced:
                announced = True
                say(WAITING)
        time.sleep(STEP)


@contextmanager
def catalogue_and_store(settings: Settings) -> Iterator[tuple[Catalogue, Store]]:
    """Raises CatalogueError, StoreBusy at once, StoreNewer, StoreDamaged, DiskFull, Refused."""
    catalogue = read_catalogue(settings.catalogue)
    store = open_store(settings, catalogue, wait=0)
    try:
        if settings.mode == "demo":
            refuse_production(store)
        yield catalogue, store
    finally:
        store.close()


def refuse_production(store: Store) -> None:
    """Refused where the store was ever opened in production: a demonstration is open without sign-in."""
    if store.ever_production:
        raise Refused(
            f"Папка {store.folder} уже открывалась в рабочем режиме, а в демонстрации нет входа: "
            "данные увидел бы каждый за этим компьютером. Задайте PROFORIENT_MODE=production "
            "или другую папку PROFORIENT_DATA."
        )
