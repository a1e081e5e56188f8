"""The rows of a list of organisations out of a file or of pasted cells."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from proforient.catalogue.entries import Catalogue
from proforient.catalogue.lookup import Lookup
from proforient.catalogue.name_keys import normalise
from proforient.intake.call_apart import Telling, steps
from proforient.intake.model import Reading, Sheet, SheetRow
from proforient.intake.roll.columns import RollField, guessed, heading_of, text_of
from proforient.intake.roll.email import email_in
from proforient.intake.roll.kinds import kind_of, levels_of, levels_told
from proforient.intake.roll.record import RollRow
from proforient.monitoring import SEPARATOR, parent_territory

MOST = 5_000  # rows of one list
_TOTALS = re.compile(r"^(?:итого|всего)\b", re.IGNORECASE)


def rows_of(reading: Reading, catalogue: Catalogue, home: str, *, say: Telling | None = None) -> list[RollRow]:
    """The organisations that stand in it; of a workbook's sheets, the first with a heading of a list, else the first.

    ``home``: the territory of the installation, for rows that name none; ``say`` is told how much is read, 0 to 1.
    """
    lookup = Lookup(catalogue)
    sheets = [sheet for sheet in reading.sheets if sheet.rows and not sheet.hidden]
    headed = next(((sheet, found) for sheet in sheets if (found := heading_of(sheet.rows))), None)
    if headed is not None:
        sheet, (place, columns) = headed
        rows: Sequence[SheetRow] = sheet.rows[place + 1 :]
    elif sheets:
        sheet, rows = sheets[0], sheets[0].rows
        columns = guessed(rows, lookup)
    else:
        return []
    rows = rows[:MOST]
    read = (_row(row, columns, sheet, catalogue, lookup, home) for row in steps(rows, say))
    return [row for row in read if row is not None]


def _row(
    row: SheetRow, columns: Mapping[int, RollField], sheet: Sheet, catalogue: Catalogue, lookup: Lookup, home: str
) -> RollRow | None:
    """None for a blank row, a total, and a row of column numbers."""
    texts: dict[RollField, str] = {}
    for column, said in columns.items():
        shown = sheet.shown.get((row.number, column + 1))
        cell = row.cells[column] if column < len(row.cells) else None
        texts[said] = shown if shown and said == "inn" else text_of(cell)
    name = texts.get("name", "")
    if not name or _TOTALS.match(name) or re.fullmatch(r"[\d.]+", name):
        return None
    full_name = texts.get("full_name", "")
    kinds = lookup.organisation_kinds(texts.get("kind", ""))
    if texts.get("kind", "") in catalogue.organisation_kinds:
        kinds = (texts["kind"],)
    kind = kinds[0] if len(kinds) == 1 else kind_of(name, f"{full_name} {texts.get('kind', '')}", lookup)
    levels, unknown = levels_told(texts.get("levels", ""), catalogue, lookup)
    inn = texts.get("inn", "").replace(" ", "")
    return RollRow(
        row=row.number,
        code=texts.get("code", ""),
        inn=inn,
        name=name,
        full_name=full_name if full_name != name else "",
        kind=kind,
        levels=levels_with(catalogue, lookup, kind, levels, name, full_name),
        told_levels=bool(levels),
        territory=place_of(texts.get("territory", ""), home),
        opened=texts.get("opened", ""),
        closed=texts.get("closed", ""),
        email=email_in(texts.get("email", "")),
        notes=tuple(f"уровень «{word[:40]}» не понят: взяты обычные для вида" for word in unknown[:1]),
    )


def levels_with(
    catalogue: Catalogue, lookup: Lookup, kind: str, words: Sequence[str], name: str, full_name: str
) -> tuple[str, ...]:
    """Those that the list names, with the kind's own that are no stages; where it names none, those proposed."""
    if not kind:
        return tuple(words)
    proposed = levels_of(catalogue, lookup, kind, name, full_name)
    if not words:
        return proposed
    highest = max((grades[1] for code in words if (grades := catalogue.levels[code].grades)), default=0)
    rest = [
        code
        for code in proposed
        if catalogue.levels[code].kind != "stage"
        and ((grades := catalogue.levels[code].grades) is None or grades[0] <= highest)
    ]
    return tuple(dict.fromkeys([*words, *rest]))


def place_of(name: str, home: str) -> str:
    """The path of a municipality: as it is written, else below the region of the installation."""
    if not name:
        return home
    if "/" in name:
        return name
    if SEPARATOR in home and normalise(name) == normalise(home.rpartition(SEPARATOR)[2]):
        return home
    region = parent_territory(home) or home
    return SEPARATOR.join(part for part in (region, name) if part)
