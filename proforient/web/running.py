"""What this process holds: settings come in, the catalogue and the one open store go out, or the reason why not.

The store is opened once. When that fails the reason is remembered and given to everybody who asks; a new attempt is
made at most every few seconds, so a folder that was repaired is noticed without a restart.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, replace

from proforient.access.accounts import administrators
from proforient.catalogue.entries import Catalogue
from proforient.catalogue.read import read_catalogue
from proforient.commands.opening import refuse_production
from proforient.errors import ProforientError, Refused
from proforient.settings import Settings, read_settings, refuse_unsafe
from proforient.store import facts
from proforient.store.engine import open_store
from proforient.store.store import Store

RETRY = 5.0  # seconds between two attempts to open
WAIT = 2.0  # seconds to wait for another process that holds the store


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenApplication:
    """What a page works with."""

    settings: Settings
    catalogue: Catalogue
    store: Store


class Running:
    """One per process; safe to ask from every thread."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._lock = threading.Lock()
        self._opened: OpenApplication | None = None
        self._failed: ProforientError | None = None
        self._tried = 0.0
        self._closed = False

    @property
    def already(self) -> OpenApplication | None:
        """The store if it is open, without a look at the disk: for whoever must not wait."""
        return self._opened

    def open(self) -> OpenApplication:
        """The open store; raises the ProforientError that says why there is none."""
        opened = self._opened
        if opened is not None:
            return opened
        with self._lock:
            if self._opened is None:
                self._try()
            if self._opened is None:
                assert self._failed is not None
                raise self._failed.with_traceback(None)
            return self._opened

    def close(self) -> None:
        """Close the store for good; later calls of ``open`` are refused."""
        with self._lock:
            self._closed = True
            self._failed = Refused("Программа завершает работу. Откройте страницу снова через минуту.")
            if self._opened is not None:
                self._opened.store.close()
                self._opened = None

    def _try(self) -> None:
        now = time.monotonic()
        if self._closed or (self._failed is not None and now - self._tried < RETRY):
            return
        try:
            self._opened, self._failed = _open(self.settings), None
        except ProforientError as error:
            self._failed = error
        self._tried = time.monotonic()


def _open(settings: Settings) -> OpenApplication:
    refuse_unsafe(settings)
    catalogue = read_catalogue(settings.catalogue)
    store = open_store(settings, catalogue, wait=WAIT, read_only=settings.read_only)
    store.reads_alone = True  # every page says so: frame
    try:
        if settings.signs_in:
            _begin_production(store)
        else:
            refuse_production(store)
    except ProforientError:
        store.close()
        raise
    if store.read_only and not settings.read_only:
        settings = replace(settings, reads_only=True)
    return OpenApplication(settings=settings, catalogue=catalogue, store=store)


def _begin_production(store: Store) -> None:
    """From the first administrator on the demonstration refuses this store."""
    with store.read() as reader:
        begun = bool(administrators(reader))
    if begun and not store.ever_production and not store.read_only:
        with store.write("system", based_on=None) as writer:
            facts.set_fact(writer, "ever_production", "1")


def without_administrator(opened: OpenApplication) -> bool:
    """Whether accounts are asked for, and nobody has one by which others are made."""
    if not opened.settings.signs_in:
        return False
    with opened.store.read() as reader:
        return not administrators(reader)


_current: Running | None = None
_lock = threading.Lock()


def running() -> Running:
    """The one of this process; made from the environment at the first call."""
    global _current
    with _lock:
        if _current is None:
            _current = Running(read_settings())
        return _current


def use(new: Running | None) -> None:
    """Put ``new`` in place of the current one, which is closed; None: the next call reads the environment again."""
    global _current
    with _lock:
        if _current is not None:
            _current.close()
        _current = new
