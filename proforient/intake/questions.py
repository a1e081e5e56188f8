"""What still waits for a person, as questions with proposals: sheet, columns, names, period, dash."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from proforient.catalogue.entries import Catalogue
from proforient.catalogue.lookup import Within
from proforient.intake.case import Case, NamingCell
from proforient.intake.checks.columns import missing
from proforient.intake.contacts import LEAVE_OUT
from proforient.intake.fields import NAMES
from proforient.intake.headings import Column
from proforient.intake.layout import Table
from proforient.intake.model import Unanswered
from proforient.intake.numbers import DASH, text_of
from proforient.intake.periods import read_period
from proforient.intake.personal import MASK
from proforient.intake.resolve import FigureText, Resolver
from proforient.wording import join

_DASHES = (("zero", "ноль"), ("no_data", "нет данных"), ("not_applicable", "не применимо"))
_CONTACTS = ((LEAVE_OUT, "не загружать, из сохраняемого файла удалить"),)
_IGNORE = ("", "не загружать")
_COUNTS = 5  # counts that are proposed for a column
_LIKELY = 20  # counts of which they are taken: only what is asked at the level of which the heading speaks


ASKED = 200  # names of one file that are asked about at once; more come when these are answered


def questions(case: Case) -> tuple[Unanswered, ...]:
    """Every question once, in the order in which a person would meet it; of names the first ``ASKED``."""
    return tuple(dict.fromkeys(_asked(case)))


def unknown_names(case: Case) -> list[NamingCell]:
    """The keys that wait for an answer, each text once, in the order of the file."""
    found: dict[tuple[str, str], NamingCell] = {}
    for record in case.records:
        for key in record.keys:
            if key.code is None and key.text != MASK:
                found.setdefault((key.kind, key.text), key)
    return list(found.values())


def _asked(case: Case) -> Iterator[Unanswered]:
    if len(case.tables) > 1 and case.table is None:
        sheets = tuple((table.sheet.name, table.sheet.name) for table in case.tables)
        yield Unanswered(kind="sheet", text="", proposals=sheets)
    yield from _columns(case)
    if case.contacts and not case.hits:  # with other personal data in it the file is refused anyway
        yield Unanswered(kind="contacts", text=rows_words(case.contacts), proposals=_CONTACTS)
    yield from _names(case)
    yield from _periods(case)
    dashes = (g for r in (*case.records, *case.totals) for g in r.givens if g.parsed is DASH and not g.mark)
    if (dash := next(dashes, None)) is not None:
        yield Unanswered(kind="dash", text=text_of(dash.raw), proposals=_DASHES)


def rows_words(places: Sequence[tuple[str, int]]) -> str:
    """«строка 12», «строки 12 и 13», of several sheets with the sheet's name."""
    sheets: dict[str, list[int]] = {}
    for sheet, row in places:
        sheets.setdefault(sheet, []).append(row)
    said = []
    for sheet, rows in sheets.items():
        named = f"{'строка' if len(rows) == 1 else 'строки'} {join([str(row) for row in rows])}"
        said.append(f"{named} на листе «{sheet}»" if len(sheets) > 1 else named)
    return "; ".join(said)


def _columns(case: Case) -> Iterator[Unanswered]:
    if case.table is None:
        return
    for column in case.table.columns:
        if column.role == "unknown":
            assert case.names is not None
            earlier = case.names.earlier("column", column.heading)
            said = [(answer.meaning, case.names.title("column", answer.meaning)) for answer in earlier]
            proposals = tuple(dict.fromkeys([*said, *_column_proposals(case, column)]))
            lacking = _lacking(case.table)
            yield Unanswered(kind="column", text=column.heading, proposals=proposals, lacking=lacking, earlier=earlier)


def _column_proposals(case: Case, column: Column) -> tuple[tuple[str, str], ...]:
    """What the column may be: the fields that the table lacks, then counts; the last is «не загружать»."""
    assert case.table is not None and case.names is not None
    if case.table.layout == "long":
        lacking = [name for name in missing(case, case.table) if name in NAMES.values()]
        return (*((name, name) for name in lacking), _IGNORE)
    lookup = case.names.lookup
    within = lookup.within(column.heading)
    named = [*(code for code, _ in column.figures), *within.counts]
    alike = [code for code, _ in lookup.propose("count", within.rest or column.heading, _LIKELY)]
    entries, levels, cohorts = case.catalogue.counts, set(within.levels), set(within.cohorts)
    alike = [code for code in alike if not levels or levels & set(entries[code].levels)]
    alike = [code for code in alike if not cohorts or cohorts & set(entries[code].cohorts)]
    found = [_proposal(case.names, code, within, _lacking(case.table)) for code in dict.fromkeys([*named, *alike])]
    return (*dict.fromkeys(found[:_COUNTS]), _IGNORE)


def _lacking(table: Table) -> tuple[str, ...]:
    """What a heading over figures must say itself in a wide table, for no column says it."""
    return tuple(role for role in ("level", "cohort") if table.layout == "wide" and table.column(role) is None)


def _proposal(names: Resolver, count: str, within: Within, lacking: tuple[str, ...]) -> tuple[str, str]:
    """The count, with the level and the category of which the heading speaks, where it speaks of one."""
    entry = names.catalogue.counts[count]
    levels = tuple(level for level in within.levels if level in entry.levels) or entry.levels
    cohorts = tuple(c for c in within.cohorts if c in entry.cohorts) or (names.everybody,)
    if "cohort" not in lacking or len(cohorts) != 1 or ("level" in lacking and len(levels) != 1):
        return count, names.lookup.title("count", count)
    term = FigureText(count, levels[0] if "level" in lacking else None, cohorts[0])
    return term.text, names.term_title(term)


def parts_of(catalogue: Catalogue, question: Unanswered, count: str) -> dict[str, tuple[str, ...]]:
    """What must be said beside a count, «level» and «cohort», with the codes that it may be; a single one is said."""
    entry = catalogue.counts[count]
    asked = {"level": entry.levels, "cohort": entry.cohorts}
    return {role: asked[role] for role in question.lacking}


def term_of(parts: Mapping[str, tuple[str, ...]], count: str, chosen: Mapping[str, str]) -> str:
    """The answer as ``count@level/cohort``; empty while a part of it is still to be chosen."""
    said = {role: codes[0] if len(codes) == 1 else chosen.get(role, "") for role, codes in parts.items()}
    if not all(said.values()):
        return ""
    return FigureText(count, said.get("level"), said.get("cohort")).text if said else count


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
