"""The part of a checked sheet around what was found, with the cells in question framed."""

from __future__ import annotations

from collections.abc import Iterable

from proforient.intake.contacts import without
from proforient.intake.model import Finding, Reading, Screening
from proforient.intake.positions import column_of
from proforient.web import widgets
from proforient.web.sections.trace.excerpt import Excerpt, Kind, columns_of, draw, rows_near

_GRAVITY: tuple[Kind, ...] = ("note", "warning", "error")


def excerpt_of(reading: Reading, screening: Screening) -> Excerpt | None:
    """What to show; None where no finding has a place on the sheet that was read."""
    sheet = next((s for s in without(reading, screening.contacts).sheets if s.name == screening.sheet), None)
    if sheet is None or not sheet.rows:
        return None
    heads = dict(screening.headings)
    placed = [f for f in screening.findings if f.row and f.sheet == sheet.name and f.severity != "note"]
    found = _marks(placed, heads)
    if not found:
        return None
    rows = rows_near(sheet, sorted({row for row, _ in found}), screening.header_row)
    return Excerpt(
        sheet=sheet,
        header_row=screening.header_row,
        heads=heads,
        lettered=reading.kind != "csv",
        rows=rows,
        columns=columns_of(sheet, rows, {column for _, column in found if column}, heads),
        marks=found,
    )


def _marks(findings: Iterable[Finding], heads: dict[int, str]) -> dict[tuple[int, int], Kind]:
    """How grave what was found is, by row and column."""
    found: dict[tuple[int, int], Kind] = {}
    for finding in findings:
        assert finding.row is not None
        place = (finding.row, column_of(finding.column, heads))
        if _GRAVITY.index(finding.severity) >= _GRAVITY.index(found.get(place, "note")):
            found[place] = finding.severity
    return found


def show(excerpt: Excerpt | None) -> None:
    """The excerpt under its title; nothing where no finding has a place."""
    if excerpt is not None:
        widgets.chart_title("Как это выглядит в файле")
        widgets.show_html(draw(excerpt))
