"""What still waits for a person, as questions with proposals: sheet, columns, names, period, dash."""

from __future__ import annotations

from collections.abc import Iterator

from proforient.intake.case import Case
from proforient.intake.checks.columns import missing
from proforient.intake.fields import NAMES
from proforient.intake.headings import Column
from proforient.intake.model import Unanswered
from proforient.intake.numbers import DASH, text_of
from proforient.intake.periods import read_period

_DASHES = (("zero", "ноль"), ("no_data", "нет данных"), ("not_applicable", "не применимо"))
_IGNORE = ("", "не загружать")


def questions(case: Case) -> tuple[Unanswered, ...]:
    """Every question once, in the order in which a person would meet it."""
    return tuple(dict.fromkeys(_asked(case)))


def _asked(case: Case) -> Iterator[Unanswered]:
    if len(case.tables) > 1 and case.table is None and not case.answers.sheet:
        sheets = tuple((table.sheet.name, table.sheet.name) for table in case.tables)
        yield Unanswered(kind="sheet", text="", proposals=sheets)
    yield from _columns(case)
    yield from _names(case)
    yield from _periods(case)
    dashes = (g for r in (*case.records, *case.totals) for g in r.givens if g.parsed is DASH and not g.mark)
    if (dash := next(dashes, None)) is not None:
        yield Unanswered(kind="dash", text=text_of(dash.raw), proposals=_DASHES)


def _columns(case: Case) -> Iterator[Unanswered]:
    if case.table is None:
        return
    for column in case.table.columns:
        if column.role == "unknown":
            yield Unanswered(kind="column", text=column.heading, proposals=_column_proposals(case, column))


def _column_proposals(case: Case, column: Column) -> tuple[tuple[str, str], ...]:
    """What the column may be: the fields that the table lacks, then counts; the last is «не загружать»."""
    assert case.table is not None and case.names is not None
    if case.table.layout == "long":
        lacking = [name for name in missing(case, case.table) if name in NAMES.values()]
        return (*((name, name) for name in lacking), _IGNORE)
    counts = [(code, case.names.lookup.title("count", code)) for code, _ in column.figures]
    alike = case.names.lookup.propose("count", column.heading, 5)
    return (*dict.fromkeys([*counts, *alike]), _IGNORE)


def _names(case: Case) -> Iterator[Unanswered]:
    assert case.names is not None or not case.records
    asked: set[tuple[str, str]] = set()
    for record in case.records:
        for key in record.keys:
            if key.code is None and case.names and (key.kind, key.text) not in asked:
                asked.add((key.kind, key.text))
                yield case.names.question(key.kind, key.text)


def _periods(case: Case) -> Iterator[Unanswered]:
    period = case.known.period
    if case.answers.period:
        return
    for record in case.records:
        if record.period and read_period(record.period[2]) is None:
            proposals = ((period.code, period.code),) if period else ()
            yield Unanswered(kind="period", text=record.period[0], proposals=proposals)
