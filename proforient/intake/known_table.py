"""A table of numbers that are known of organisations, as a statistical form has them, read into one line a number.

In: a ``Reading`` and who is who. Out: a ``KnownLine`` a number, with what is wrong of it. A column a level, or a row a
number with a column «Уровень»; the command's own file is understood, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from proforient.catalogue.entries import Catalogue
from proforient.catalogue.name_keys import normalise
from proforient.intake.model import Reading, Sheet, SheetRow
from proforient.intake.numbers import BLANK, DASH, parse_count, text_of
from proforient.intake.resolve import Resolver
from proforient.monitoring import Cell
from proforient.wording import quoted

HEADING_ROWS = 15  # rows among which the heading is looked for
MOST = 20_000  # numbers of one table
PASSED_OVER = "passed over"
# How the words of a heading begin -> what its column says; the first that fits wins.
_HEADINGS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("муницип", "район", "территор", "адрес", "директор", "руковод", "телефон", "period", "период"), PASSED_OVER),
    (("показател", "count"), "count"),
    (("категори", "cohort"), "cohort"),
    (("уровен", "класс", "level"), "level"),
    (("инн", "inn"), "inn"),
    (("числ", "колич", "человек", "детей", "обучающ", "контингент", "значен", "всего", "number"), "number"),
    (("код", "code"), "code"),
    (("организац", "учрежден", "наименован", "назван", "школа", "organisation"), "organisation"),
)
_STARTS = [(tuple(map(normalise, starts)), field) for starts, field in _HEADINGS]
_CALLING = ("code", "inn", "organisation")  # the columns that name an organisation, the surest first
_TOTALS = ("итого", "всего", "в том числе")


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownLine:
    """One number of the table. ``codes``: the organisations that may be meant; ``fault``: why it cannot be taken."""

    row: int
    name: str
    codes: tuple[str, ...]
    cell: Cell | None
    number: int | None
    fault: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Heading:
    """Where what stands: columns from 0."""

    place: int  # of the heading among the rows
    fields: Mapping[str, int]
    levels: Mapping[int, str]


def known_lines(reading: Reading, catalogue: Catalogue, names: Resolver, count: str) -> list[KnownLine]:
    """``count``: what a table counts that does not say it. Empty where no sheet has an organisation and a number."""
    for sheet in reading.sheets:
        heading = None if sheet.hidden else _heading(sheet.rows, names)
        if heading is not None:
            lines = list(_lines(sheet, heading, catalogue, names, count))[:MOST]
            return _once(lines)
    return []


def _heading(rows: Sequence[SheetRow], names: Resolver) -> _Heading | None:
    for place, row in enumerate(rows[:HEADING_ROWS]):
        fields: dict[str, int] = {}
        levels: dict[int, str] = {}
        for column, cell in enumerate(row.cells):
            text = text_of(cell)
            field, found = _field(text), names.lookup.within(text).levels
            if field == PASSED_OVER:
                continue
            if len(found) == 1 and field not in _CALLING:  # «Организация» is a level, too
                levels[column] = found[0]
            elif field and field not in fields:
                fields[field] = column
        called = any(field in fields for field in _CALLING)
        if called and (levels or {"level", "number"} <= fields.keys()):
            return _Heading(place=place, fields=fields, levels=levels)
    return None


def _field(text: str) -> str:
    """«Наименование организации» names organisations, «Число детей» numbers; of most headings nothing is wanted."""
    words = normalise(text).split()
    return next((field for starts, field in _STARTS if any(word.startswith(starts) for word in words)), "")


def _lines(sheet: Sheet, heading: _Heading, catalogue: Catalogue, names: Resolver, count: str) -> Iterator[KnownLine]:
    for row in sheet.rows[heading.place + 1 :]:
        texts = {field: _text(row, column) for field, column in heading.fields.items()}
        name = next((texts[field] for field in reversed(_CALLING) if texts.get(field)), "")
        if not name or name.lower().startswith(_TOTALS):
            continue
        codes = _organisation(texts, names)
        places = heading.levels.items() or [(heading.fields["number"], "")]
        for column, level in places:
            cell = row.cells[column] if column < len(row.cells) else None
            number = parse_count(cell)
            if number is BLANK or number is DASH:
                continue
            where, fault = _cell(texts, level, catalogue, names, count)
            if not isinstance(number, int):
                fault = f"{quoted(text_of(cell)[:20])} — нужно целое число от нуля"
            known = number if isinstance(number, int) else None
            yield KnownLine(row=row.number, name=name, codes=codes, cell=where, number=known, fault=fault)


def _text(row: SheetRow, column: int) -> str:
    return text_of(row.cells[column]) if column < len(row.cells) else ""


def _organisation(texts: Mapping[str, str], names: Resolver) -> tuple[str, ...]:
    """By code, by ИНН, by name: the first that names exactly one."""
    found: tuple[str, ...] = ()
    for text in (texts.get(field, "") for field in _CALLING):
        found = names.organisation(text) if text else ()
        if len(found) == 1:
            return found
    return found


def _cell(
    texts: Mapping[str, str], level: str, catalogue: Catalogue, names: Resolver, count: str
) -> tuple[Cell | None, str]:
    """Which number it is, or why that is not clear."""
    counts = [text for text in [texts.get("count", "")] if text]
    code = next((code for text in counts for code in _codes(text, catalogue.counts, names.counts(text))), "")
    if counts and not code:
        return None, f"числа {quoted(counts[0][:40])} нет среди исходных чисел"
    entry = catalogue.counts[code or count]
    said = texts.get("level", "")
    if not level:
        found = _codes(said, catalogue.levels, ((v, None) for v in names.lookup.levels_for(said, entry.levels)))
        if len(found) != 1:
            return None, f"уровень {quoted(said[:40])} не понят" if said else "уровень не сказан"
        level = found[0]
    if level not in entry.levels:
        return None, f"{quoted(catalogue.levels[level].short)}: этого числа на таком уровне не спрашивают"
    part = texts.get("cohort", "")
    cohorts = (
        _codes(part, catalogue.cohorts, ((c, None) for c in names.lookup.cohorts(part))) if part else [names.everybody]
    )
    if len(cohorts) != 1 or cohorts[0] not in entry.cohorts:
        return None, f"категория {quoted(part[:40])} не понята"
    return Cell(entry.code, level, cohorts[0]), ""


def _codes(text: str, known: Mapping[str, object], found: Iterable[tuple[str, str | None]]) -> list[str]:
    """The code that the text is, or those that it names."""
    return [text] if text in known else list(dict.fromkeys(code for code, _ in found if code in known))


def _once(lines: Sequence[KnownLine]) -> list[KnownLine]:
    """A second line of one organisation and number is none where it says the same, and wrong where it does not."""
    first: dict[tuple[tuple[str, ...], Cell], KnownLine] = {}
    found = []
    for line in lines:
        key = (line.codes, line.cell) if line.cell and not line.fault and len(line.codes) == 1 else None
        before = first.setdefault(key, line) if key else line
        if before is line:
            found.append(line)
        elif before.number != line.number:
            found.append(replace(line, fault=f"это число уже есть в строке {before.row}, и там другое"))
    return found
