"""The only room with SQL: one DuckDB file with the monitoring's data, submitted files beside it.

``Store`` (``store``) hands out transactions. A ``Reader`` answers: ``reading`` lists every question with the room of
its answer, ``sql/`` has its text, and a named tuple beside it says what a row is. A ``Writer`` is given to the rooms
that do something: ``acceptance.accept(writer, …)``, ``campaign.open_period(writer, …)``; ``writing`` lists them. What
concerns the store as a whole is given the Store: ``backup``, ``verify``, ``rereading``; ``restoring`` needs a folder.
On what the data lie is for ``engine`` to say: in the file, or with several servers in a lake (``lake``) of which each
has a working copy (``shared``). Every question is asked of a file; what a transaction moves (``moves``) is carried into
the lake.
"""

from proforient.store.figure_rows import PairRow, TotalRow
from proforient.store.periods import period_span
from proforient.store.reading import Reader
from proforient.store.rows import (
    Alias,
    Damage,
    ImportResult,
    NotAcceptable,
    Part,
    Receipt,
    Replacement,
)
from proforient.store.store import Store
from proforient.store.writing import Writer

__all__ = [
    "Alias",
    "Damage",
    "ImportResult",
    "NotAcceptable",
    "PairRow",
    "Part",
    "Reader",
    "Receipt",
    "Replacement",
    "Store",
    "TotalRow",
    "Writer",
    "period_span",
]
