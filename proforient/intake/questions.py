"""What still waits for a person, as questions with proposals: sheet, columns, names, period, dash."""

from __future__ import annotations

from collections.abc import Iterator

from proforient.intake.case import Case, Key
from proforient.intake.checks.columns import missing
from proforient.intake.fields import NAMES
from proforient.intake.headings import Column
from proforient.intake.model import Unanswered
from proforient.intake.numbers import DASH, text_of
from proforient.intake.periods import read_period

_DASHES = (("zero", "ноль"), ("no_data", "нет данных"), ("not_applicable", "не применимо"))
_IGNORE = ("", "не загружать")


ASKED = 200  # names of one file that are asked about at once; more come when these are answered


def questions(case: Case) -> tuple[Unanswered, ...]:
    """Every question once, in the order in which a person would meet it; of names the first ``ASKED``."""
    return tuple(dict.fromkeys(_asked(case)))


def unknown_names(case: Case) -> list[Key]:
    """The keys that wait for an answer, each text once, in the order of the file."""
    found: dict[tuple[str, str], Key] = {}
    for record in case.records:
        for key in record.keys:
            if key.code is None:
                found.setdefault((key.kind, key.text), key)
    return list(found.values())


def _asked(case: Case) -> Iterator[Unanswered]:
    if len(case.tables) > 1 and case.table is None:
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
            assert case.names is not None
            earlier = case.names.earlier("column", column.heading)
            said = [(answer.meaning, case.names.title("column", answer.meaning)) for answer in earlier]
            proposals = tuple(dict.fromkeys([*said, *_column_proposals(case, column)]))
            yield Unanswered(kind="column", text=column.heading, proposals=proposals, earlier=earlier)


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
    names = case.names
    if names is not None:
        yield from (names.question(key.kind, key.text) for key in unknown_names(case)[:ASKED])


def period_answered(case: Case) -> bool:
    """Whether the answer names the period that the file is for, or, where that is open, any."""
    said, period = case.answers.period, case.known.period
    return said == period.code if period else read_period(said) is not None


def _periods(case: Case) -> Iterator[Unanswered]:
    period = case.known.period
    if period_answered(case):
        return
    texts = {r.period[0]: None for r in case.records if r.period and read_period(r.period[2]) is None}
    for text in list(texts)[:ASKED]:
        yield Unanswered(kind="period", text=text, proposals=((period.code, period.code),) if period else ())
