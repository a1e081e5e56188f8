"""The register of one day as columns: thousands stand in it, and an Organisation is made of who is looked at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from proforient.monitoring import Organisation
from proforient.store.transaction import Question
from proforient.wording.order import name_order, path_order

if TYPE_CHECKING:
    from numpy.typing import NDArray


class OrganisationRow(NamedTuple):
    code: str
    inn: str
    name: str
    full_name: str
    kind: str
    levels: str  # joined by commas
    territory: str
    part_of: str | None
    opened: dt.date | None
    closed: dt.date | None


ORGANISATIONS = Question("organisations", OrganisationRow)


class Roster(Mapping[str, Organisation]):
    """By code, in the order of territory and name. The table's columns are named as the fields; levels are joined."""

    def __init__(self, table: pa.Table) -> None:
        self.table = table.combine_chunks()
        self._by_code: dict[str, dict[str, str]] = {}

    @cached_property
    def codes(self) -> list[str]:
        """In the order in which the store gave them; columns are in this order, too."""
        return self._texts("code")

    @cached_property
    def rows(self) -> dict[str, int]:
        """By code, its row in the columns."""
        return {code: row for row, code in enumerate(self.codes)}

    @cached_property
    def order(self) -> list[int]:
        """The rows in the order of territory and name."""
        return in_order(self.table)

    @cached_property
    def ordered(self) -> Roster:
        """The same with the columns in the order of territory and name."""
        found = Roster(self.table.take(pa.array(self.order, pa.int64())))
        found.order = list(range(len(self)))
        return found

    def open_on(self, day: dt.date) -> NDArray[np.bool_]:
        """For each row, whether the organisation is open on the day."""
        opened, closed = self.table["opened"], self.table["closed"]
        begun = pc.fill_null(pc.less_equal(opened, day), True)
        going = pc.fill_null(pc.greater(closed, day), True)
        there: NDArray[np.bool_] = pc.and_(begun, going).to_numpy()
        return there

    def only(self, rows: NDArray[np.bool_]) -> Roster:
        """Those rows alone, in the same order of columns."""
        if rows.all():
            return self
        found = Roster(self.table.filter(pa.array(rows)))
        places = np.cumsum(rows) - 1
        found.order = [int(places[row]) for row in self.order if rows[row]]
        return found

    def split(self, column: str) -> tuple[NDArray[Any], list[str]]:
        """A column of texts as places in the list of those that occur."""
        return _split(self.table, column)

    @cached_property
    def homes(self) -> dict[str, str]:
        """The territory of each by code, in order."""
        codes, territories = self.codes, self._texts("territory")
        return {codes[row]: territories[row] for row in self.order}

    @property
    def names(self) -> dict[str, str]:
        """By code; to look names up, in no order."""
        return self.by_code("name")

    def by_code(self, column: str) -> dict[str, str]:
        """A column of texts by code, likewise."""
        if column not in self._by_code:
            self._by_code[column] = dict(zip(self.codes, self._texts(column), strict=True))
        return self._by_code[column]

    def listed(self) -> list[Organisation]:
        """All of them, in order."""
        rows = self._rows
        return [_organisation(rows[row]) for row in self.order]

    def at(self, row: int) -> Organisation:
        """The one of a row of the columns, where few are wanted."""
        return _organisation(tuple(column[row].as_py() for column in self.table.select(_FIELDS).columns))

    def __getitem__(self, code: str) -> Organisation:
        return _organisation(self._rows[self.rows[code]])

    @cached_property
    def _rows(self) -> list[tuple[Any, ...]]:
        return list(zip(*(self._texts(name) for name in _FIELDS), strict=True))

    def _texts(self, column: str) -> list[Any]:
        texts: list[Any] = self.table[column].to_pylist()
        return texts

    def __iter__(self) -> Iterator[str]:
        codes = self.codes
        return (codes[row] for row in self.order)

    def __contains__(self, code: object) -> bool:
        return code in self.rows

    def __len__(self) -> int:
        return int(self.table.num_rows)


def in_order(table: pa.Table) -> list[int]:
    """The rows of a table of organisations in the order of territory, name and code."""
    place, paths = _split(table, "territory")
    steps = np.empty(len(paths), dtype=np.int64)
    steps[sorted(range(len(paths)), key=lambda n: path_order(paths[n]))] = np.arange(len(paths))
    names, codes = table["name"].to_pylist(), table["code"].to_pylist()
    keys = list(zip(steps[place].tolist(), map(name_order, names), codes, strict=True))
    return sorted(range(len(keys)), key=keys.__getitem__)  # order: by name_order


def _split(table: pa.Table, column: str) -> tuple[NDArray[Any], list[str]]:
    found = pc.dictionary_encode(table[column].combine_chunks())
    return found.indices.to_numpy(zero_copy_only=False), found.dictionary.to_pylist()


_FIELDS = ["code", "inn", "name", "full_name", "kind", "levels", "territory", "part_of", "opened", "closed"]


def _organisation(row: tuple[Any, ...]) -> Organisation:
    code, inn, name, full_name, kind, levels, territory, part_of, opened, closed = row
    return Organisation(
        code=code,
        inn=inn,
        name=name,
        full_name=full_name,
        kind=kind,
        levels=tuple(levels.split(",")) if levels else (),
        territory=territory,
        part_of=part_of,
        opened=opened,
        closed=closed,
    )
