"""The shared store as it was: the lake's state of a moment, opened as a store of one file that is gone afterwards."""

from __future__ import annotations

import contextlib
import datetime as dt
import secrets
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from proforient.catalogue.entries import Catalogue
from proforient.store import lake_upkeep
from proforient.store.connect import FILE_NAME, connect
from proforient.store.lake import Lake
from proforient.store.migrate import migrate
from proforient.store.store import Store
from proforient.store.working_copy import make_ready, replace_table


@contextlib.contextmanager
def store_as_of(lake: Lake, moment: dt.datetime, parent: Path, catalogue: Catalogue) -> Iterator[Store]:
    """All that was confirmed at ``moment`` (UTC), to be read, in a folder of its own in the folder ``parent``."""
    folder = parent / f"as-of-{secrets.token_hex(4)}"
    try:
        folder.mkdir(mode=0o700)
        connection = connect(folder / FILE_NAME, read_only=False, wait=0)
        try:
            filling = lake_upkeep.earlier(lake, moment, partial(replace_table, connection))
            migrate(connection, constraints=False, until=next(filling))
            list(filling)
        finally:
            connection.close()
        earlier = Store.open(folder, catalogue)
        try:
            with earlier.raw() as cursor:
                make_ready(cursor, catalogue)
            yield earlier
        finally:
            earlier.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
