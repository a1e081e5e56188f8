"""Personal data anywhere in the file, its name included: the place and the kind, never the value."""

from __future__ import annotations

from collections.abc import Iterator

from proforient.intake.case import Case
from proforient.intake.findings import finding
from proforient.intake.limits import letters
from proforient.intake.model import Finding, Place
from proforient.intake.numbers import is_numeric, text_of
from proforient.intake.personal import MASK, is_author, kind_of, names_a_person, names_a_pupil
from proforient.wording.order import name_order

RAISES = ("personal-data", "signature-row", "author-named")


def check(case: Case) -> Iterator[Finding]:
    if case.reading is None:
        return
    if kind := kind_of(case.reading.name.replace("_", " ")):
        yield finding("personal-data", words={"found": f"{kind} в имени файла"})
    for hit in case.hits:
        if not hit.row:
            yield finding("personal-data", words={"found": hit.found})
        elif hit.signature:
            yield finding("signature-row", sheet=hit.sheet, row=hit.row)
        else:
            column = _column(case, hit.column)
            yield finding("personal-data", sheet=hit.sheet, row=hit.row, column=column, words={"found": hit.found})
    yield from _headings(case)
    kinds = {kind for where, text in case.reading.side_texts if is_author(where, kind := kind_of(text)) and kind}
    if kinds:
        yield finding("author-named", words={"found": ", ".join(sorted(kinds, key=name_order))})


def _column(case: Case, index: int) -> str:
    """The column's name, or its letter where the heading may be a person's name itself."""
    name = case.column_name(index)
    return letters(index) if MASK in name or kind_of(name) else name


def _headings(case: Case) -> Iterator[Finding]:
    """Columns whose headings announce persons' data and that are not empty."""
    for table in case.tables:
        for column in table.columns:
            if column.role not in ("unknown", "ignored"):
                continue
            cells = [cell for row in table.figured() if text_of(cell := table.cell(row, column.index))]
            listed = names_a_pupil(column.heading) and any(not is_numeric(cell) for cell in cells)
            if cells and (listed or names_a_person(column.heading)):
                place = Place(table.sheet.name, table.header[-1], case.column_name(column.index))
                yield finding("personal-data", **place._asdict(), words={"found": "столбец с данными людей"})
