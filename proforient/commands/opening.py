"""The store as a command opens it itself, while no application runs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from proforient.catalogue.entries import Catalogue
from proforient.catalogue.read import read_catalogue
from proforient.errors import Refused
from proforient.settings import Settings, refuse_shared_store
from proforient.store.store import Store

WAIT = 5.0  # seconds for another command to end


@contextmanager
def opened(settings: Settings) -> Iterator[tuple[Catalogue, Store]]:
    """Raises CatalogueError, StoreBusy (after a few seconds), StoreNewer, StoreDamaged, DiskFull, Refused."""
    refuse_shared_store(settings)
    catalogue = read_catalogue(settings.catalogue)
    store = Store.open(settings.data, catalogue, wait=WAIT, secrets=settings.secrets)
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
