"""The rows of a list of organisations out of a file or of pasted cells."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from proforient.catalogue.entries import Catalogue
from proforient.catalogue.lookup import Lookup
from proforient.catalogue.name_keys import normalise
from proforient.intake.model import Reading, Sheet, SheetRow
from proforient.intake.roll.columns import RollField, guessed, heading_of, text_of
from proforient.intake.roll.email import email_in
from proforient.intake.roll.kinds import kind_of, levels_of, levels_told
from proforient.intake.roll.record import RollRow
from proforient.monitoring import SEPARATOR, parent_territory

MOST = 5_000  # rows of one list
_TOTALS = re.compile(r"^(?:итого|всего)\b", re.IGNORECASE)


def rows_of(reading: Reading, catalogue: Catalogue, lookup: Lookup, home: str) -> list[RollRow]:
    """The organisations that stand in it; of a workbook's sheets, the first with a heading of a list, else the first.

    ``home``: the territory of the installation, for rows that name none.
    """
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
    read = (_row(row, columns, sheet, catalogue, lookup, home) for row in rows[:MOST])
    return [row for row in read if row is not None]


def _row(
    row: SheetRow, columns: Mapping[int, RollField], sheet: Sheet, catalogue: Catalogue, lookup: Lookup, home: str
) -> RollRow | None:
    """None for a blank row, a total, and a row of column numbers."""
    told: dict[RollField, str] = {}
    for column, said in columns.items():
        shown = sheet.shown.get((row.number, column + 1))
        cell = row.cells[column] if column < len(row.cells) else None
        told[said] = shown if shown and said == "inn" else text_of(cell)
    name = told.get("name", "")
    if not name or _TOTALS.match(name) or re.fullmatch(r"[\d.]+", name):
        return None
    full_name = told.get("full_name", "")
    kinds = lookup.organisation_kinds(told.get("kind", ""))
    if told.get("kind", "") in catalogue.organisation_kinds:
        kinds = (told["kind"],)
    kind = kinds[0] if len(kinds) == 1 else kind_of(name, f"{full_name} {told.get('kind', '')}", lookup)
    levels, unknown = levels_told(told.get("levels", ""), catalogue, lookup)
    inn = told.get("inn", "").replace(" ", "")
    return RollRow(
        row=row.number,
        code=told.get("code", ""),
        inn=inn,
        name=name,
        full_name=full_name if full_name != name else "",
        kind=kind,
        levels=levels_with(catalogue, lookup, kind, levels, name, full_name),
        told_levels=bool(levels),
        territory=place_of(told.get("territory", ""), home),
        opened=told.get("opened", ""),
        closed=told.get("closed", ""),
        email=email_in(told.get("email", "")),
        notes=tuple(f"уровень «{word[:40]}» не понят: взяты обычные для вида" for word in unknown[:1]),
    )


def levels_with(
    catalogue: Catalogue, lookup: Lookup, kind: str, told: Sequence[str], name: str, full_name: str
) -> tuple[str, ...]:
    """Those that the list names, with the kind's own that are no stages; where it names none, those proposed."""
    if not kind:
        return tuple(told)
    proposed = levels_of(catalogue, lookup, kind, name, full_name)
    if not told:
        return proposed
    highest = max((grades[1] for code in told if (grades := catalogue.levels[code].grades)), default=0)
    rest = [
        code
        for code in proposed
        if catalogue.levels[code].kind != "stage"
        and ((grades := catalogue.levels[code].grades) is None or grades[0] <= highest)
    ]
    return tuple(dict.fromkeys([*told, *rest]))


def place_of(told: str, home: str) -> str:
    """The path of a municipality: as it is written, else below the region of the installation."""
    if not told:
        return home
    if "/" in told:
        return told
    if SEPARATOR in home and normalise(told) == normalise(home.rpartition(SEPARATOR)[2]):
        return home
    region = parent_territory(home) or home
    return SEPARATOR.join(part for part in (region, told) if part)
