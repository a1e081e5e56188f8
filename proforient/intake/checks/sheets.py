"""Which sheet is loaded: several with tables are asked about, hidden ones and those without a table are said."""

from __future__ import annotations

from collections.abc import Iterator

from proforient.intake.case import Case
from proforient.intake.findings import finding
from proforient.intake.model import Finding

RAISES = ("sheet-unclear", "sheet-ignored", "hidden-sheet")


def check(case: Case) -> Iterator[Finding]:
    if case.reading is None:
        return
    if len(case.tables) > 1 and case.table is None:
        names = [table.sheet.name for table in case.tables]
        yield finding("sheet-unclear", words={"names": ", ".join(f"«{name}»" for name in names), "first": names[0]})
    with_tables = {table.sheet.name for table in case.tables}
    for sheet in case.reading.sheets:
        if sheet.hidden:
            if any(row.cells for row in sheet.rows):
                yield finding("hidden-sheet", sheet=sheet.name, words={"name": sheet.name})
        elif case.table is not None and sheet.name != case.table.sheet.name and sheet.rows:
            reason = "выбран другой лист" if sheet.name in with_tables else "таблицы на нём нет"
            yield finding("sheet-ignored", sheet=sheet.name, words={"name": sheet.name, "reason": reason})
