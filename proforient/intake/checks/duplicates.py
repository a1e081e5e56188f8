"""Figures given twice: the same rows are counted once and said, different numbers are refused with both places."""

from __future__ import annotations

from collections.abc import Iterator

from proforient.catalogue.entries import Severity
from proforient.intake.case import Case, Given, Record
from proforient.intake.checks.levels import cohort_name, level_name
from proforient.intake.findings import finding
from proforient.intake.model import Finding
from proforient.intake.numbers import text_of
from proforient.intake.understand import is_understood
from proforient.monitoring import Cell

RAISES = ("duplicate-row", "count-twice-different")
_Identity = tuple[object, ...]


def check(case: Case) -> Iterator[Finding]:
    rows: dict[_Identity, Record] = {}
    first: dict[tuple[str, Cell], Given] = {}
    for record in case.records:
        identity = _identity(record)
        twin = rows.get(identity) if identity else None
        if identity and twin is None:
            rows[identity] = record
        if twin is not None:
            yield _twin(case, twin, record)
            continue
        yield from _differing(case, record, first)


def _identity(record: Record) -> _Identity:
    """What makes two rows mean the same figures; empty when the row is not understood."""
    cells = tuple((given.organisation, given.cell, given.column) for given in record.givens)
    if not cells or any(organisation is None or cell is None for organisation, cell, _ in cells):
        return ()
    return (record.subject, *cells)


def _twin(case: Case, twin: Record, record: Record) -> Finding:
    same = [given.parsed for given in twin.givens] == [given.parsed for given in record.givens]
    how = "числа те же: учтена один раз" if same else "но числа в них разные"
    place = case.place(record.row, record.givens[0].column)
    severity: Severity = "note" if same else "error"
    return finding("duplicate-row", **place._asdict(), severity=severity, words={"first": twin.row, "how": how})


def _differing(case: Case, record: Record, first: dict[tuple[str, Cell], Given]) -> Iterator[Finding]:
    """Cells of this row that an earlier row gave with another number."""
    for given in record.givens:
        cell = given.cell
        if cell is None or given.organisation is None or not is_understood(given):
            continue
        before = first.setdefault((given.organisation, cell), given)
        if before is given or before.parsed == given.parsed:
            continue
        words = {
            "what": f"{cell.count}, {level_name(case, cell.level)}, {cohort_name(case, cell.cohort)}",
            "first": f"строка {before.row}, {case.column_name(before.column)}",
            "first_number": text_of(before.raw),
        }
        yield finding(
            "count-twice-different",
            **case.place(given.row, given.column)._asdict(),
            value=text_of(given.raw),
            words=words,
        )
