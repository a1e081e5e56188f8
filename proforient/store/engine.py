"""Where a store is kept: one file in the data folder, or the shared store of several servers (``PROFORIENT_STORE``)."""

from __future__ import annotations

from pathlib import Path

from proforient.catalogue.entries import Catalogue
from proforient.errors import Refused, WrongCall
from proforient.settings import Settings
from proforient.store.shared import SharedStore
from proforient.store.store import Store
from proforient.store.working_copy import MARKER

LAKE = "ducklake:postgres:"
ANSWERS = "connect_timeout=3"  # seconds: a server that is switched off says nothing at all


def open_store(settings: Settings, catalogue: Catalogue, *, wait: float, read_only: bool = False) -> Store:
    """The store that the settings name. Raises as ``Store.open``; WrongCall where they name none that there is."""
    if not settings.store:
        if (settings.data / MARKER).exists():
            raise Refused(
                f"В папке {settings.data} лежит рабочая копия общего хранилища, а PROFORIENT_STORE не задана. "
                "Задайте её, как прежде, или другую папку PROFORIENT_DATA."
            )
        return Store.open(settings.data, catalogue, wait=wait, read_only=read_only, secrets=settings.secrets)
    return SharedStore.join(
        settings.data,
        catalogue,
        dsn_of(settings.store),
        _shared(settings),
        wait=wait,
        read_only=read_only,
        secrets=settings.secrets,
    )


def dsn_of(store: str) -> str:
    """How PostgreSQL is reached; WrongCall where the text does not say so."""
    if not store.startswith(LAKE):
        raise WrongCall(
            "Общее хранилище названо не так. Ожидалось ducklake:postgres:host=… dbname=… user=… "
            "или PROFORIENT_STORE без значения: тогда хранилище — один файл в папке PROFORIENT_DATA."
        )
    dsn = store.removeprefix(LAKE)
    return dsn if "connect_timeout" in dsn or "://" in dsn else f"{dsn} {ANSWERS}"


def _shared(settings: Settings) -> Path:
    if settings.shared is None:
        raise WrongCall(
            "Не задана PROFORIENT_SHARED: папка, которая видна всем серверам. В ней лежат таблицы и принятые файлы."
        )
    return settings.shared
