"""The only room with SQL: one DuckDB file with the monitoring's data, submitted files beside it."""

from proforient.store.given import PairRow, TotalRow
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
