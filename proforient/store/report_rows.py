"""The reports of a period as columns: thousands are counted, and a Report is made of the one that is looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

import pyarrow as pa

from proforient.monitoring import Report, ReportState
from proforient.store.roster import in_order

STATES = {state.value: state for state in ReportState}


class Reports(Mapping[str, Report]):
    """By organisation code, in the order of territory and name. The table's columns are those of ``ReportRow``."""

    def __init__(self, table: pa.Table, period: str) -> None:
        self._table = table.combine_chunks()
        self._period = period

    @cached_property
    def homes(self) -> dict[str, str]:
        """The territory of each by code, in no order."""
        return dict(zip(self._codes, self._table["territory"].to_pylist(), strict=True))

    @cached_property
    def states(self) -> dict[str, ReportState]:
        """The state of each by code, in no order; who sent nothing has one, too."""
        states: list[str | None] = self._table["state"].to_pylist()
        found = [STATES[state] if state else ReportState.NOT_SUBMITTED for state in states]
        return dict(zip(self._rows, found, strict=True))

    def count(self, *states: ReportState) -> int:
        """How many are in one of the states."""
        return sum(self._counts[state] for state in states)

    @property
    def sent(self) -> int:
        """How many have been sent, whatever was said of them since."""
        return self.count(*(state for state in ReportState if state.reported))

    def having(self, *states: ReportState) -> list[Report]:
        """Those in these states, in order."""
        return [self[code] for code in self.codes_having(*states)]

    def codes_having(self, *states: ReportState) -> list[str]:
        """Whose report is in these states, in order."""
        return [code for code in self if self.states[code] in states] if self.count(*states) else []

    def __getitem__(self, code: str) -> Report:
        row = self._rows[code]
        at, by, note, late = (self._table[name][row].as_py() for name in ("happened_at", "author", "note", "late"))
        return Report(
            organisation=code,
            period=self._period,
            state=self.states[code],
            at=at,
            by=by or "",
            note=note or "",
            late=bool(late),
        )

    @cached_property
    def _counts(self) -> Counter[ReportState]:
        return Counter(self.states.values())

    @cached_property
    def _codes(self) -> list[Any]:
        codes: list[Any] = self._table["code"].to_pylist()
        return codes

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {code: row for row, code in enumerate(self._codes)}

    @cached_property
    def _order(self) -> list[int]:
        return in_order(self._table)

    def __iter__(self) -> Iterator[str]:
        return (self._codes[row] for row in self._order)

    def __contains__(self, code: object) -> bool:
        return code in self._rows

    def __len__(self) -> int:
        return int(self._table.num_rows)


NOBODY = Reports(
    pa.table({name: pa.array([], pa.string()) for name in ("code", "state", "territory", "name")}), ""
)  # where the period was not opened
