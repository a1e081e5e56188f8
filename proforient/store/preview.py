"""What the store would answer if it took another catalogue: taken, read, and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from proforient.catalogue.entries import Catalogue
from proforient.errors import Refused
from proforient.store import rollup
from proforient.store.reading import Reader
from proforient.store.store import Store


@contextmanager
def foreseen(store: Store, catalogue: Catalogue) -> Iterator[Reader]:
    """A reader of the store by the catalogue; nothing of it is kept, and nobody else writes meanwhile.

    Refused where the catalogue is not one of the same code: a period belongs to one catalogue.
    """
    if catalogue.code != store.catalogue.code:
        raise Refused(
            f"Код каталога «{catalogue.code}», а действует «{store.catalogue.code}»: периоды хранятся с кодом своего "
            "каталога, и в новом их не будет. Верните прежний code или откройте другую папку PROFORIENT_DATA."
        )
    with store.rehearse(catalogue=catalogue) as writer:
        if not rollup.in_step(writer):
            rollup.take_components(writer)
            rollup.rebuild(writer)
        yield writer.reader
