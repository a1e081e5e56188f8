"""The register of one day as columns: thousands stand in it, and an Organisation is made of who is looked at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from proforient.monitoring import Organisation
from proforient.store.session import Question
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
        names, codes, (place, paths) = self._texts("name"), self.codes, self.split("territory")
        steps = np.empty(len(paths), dtype=np.int64)
        steps[sorted(range(len(paths)), key=lambda n: path_order(paths[n]))] = np.arange(len(paths))
        rank = steps[place].tolist()
        return sorted(range(len(codes)), key=lambda row: (rank[row], name_order(names[row]), codes[row]))

    def split(self, column: str) -> tuple[NDArray[Any], list[str]]:
        """A column of texts as places in the list of those that occur."""
        found = pc.dictionary_encode(self.table[column].combine_chunks())
        return found.indices.to_numpy(zero_copy_only=False), found.dictionary.to_pylist()

    def open_on(self, day: dt.date) -> Roster:
        """Those that are open on the day."""
        opened, closed = self.table["opened"], self.table["closed"]
        if opened.null_count == closed.null_count == len(self):
            return self
        begun = pc.fill_null(pc.less_equal(opened, day), True)
        return Roster(self.table.filter(pc.and_(begun, pc.fill_null(pc.greater(closed, day), True))))

    def only(self, codes: Collection[str]) -> Roster:
        """Those of the codes."""
        return Roster(self.table.filter(pa.array([code in codes for code in self.codes], pa.bool_())))

    def placed(self) -> list[tuple[str, str]]:
        """Code and territory of each, in order."""
        codes, (place, paths) = self.codes, self.split("territory")
        territories = [paths[at] for at in place.tolist()]
        return [(codes[row], territories[row]) for row in self.order]

    @cached_property
    def names(self) -> dict[str, str]:
        """By code; to look names up, in no order."""
        return dict(zip(self.codes, self._texts("name"), strict=True))

    def listed(self) -> list[Organisation]:
        """All of them, in order."""
        rows = self.table.to_pylist()
        return [_organisation(rows[row]) for row in self.order]

    def _texts(self, column: str) -> list[Any]:
        texts: list[Any] = self.table[column].to_pylist()
        return texts

    def at(self, row: int) -> Organisation:
        """The one of a row of the columns, where few are wanted."""
        return _organisation(self.table.slice(row, 1).to_pylist()[0])

    @cached_property
    def _fields(self) -> list[list[Any]]:
        return [column.to_pylist() for column in self.table.columns]

    def __getitem__(self, code: str) -> Organisation:
        row = self.rows[code]
        return _organisation(dict(zip(self.table.column_names, (field[row] for field in self._fields), strict=True)))

    def __iter__(self) -> Iterator[str]:
        codes = self.codes
        return (codes[row] for row in self.order)

    def __contains__(self, code: object) -> bool:
        return code in self.rows

    def __len__(self) -> int:
        return int(self.table.num_rows)


def _organisation(row: dict[str, Any]) -> Organisation:
    levels = row.pop("levels")
    return Organisation(**row, levels=tuple(levels.split(",")) if levels else ())
