"""A ``Reading`` to JSON bytes and back: how the child process hands it over. Nothing is executed on the way back."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from proforient.intake.model import BesideText, CellValue, Finding, Reading, Sheet, SheetRow

_FINDING = ("code", "severity", "message", "to_do", "sheet", "row", "column", "value")


def to_bytes(reading: Reading) -> bytes:
    """The reading as one JSON document in UTF-8."""
    document = {
        "name": reading.name,
        "sha256": reading.sha256,
        "size": reading.size,
        "kind": reading.kind,
        "encoding": reading.encoding,
        "delimiter": reading.delimiter,
        "sheets": [_sheet_out(sheet) for sheet in reading.sheets],
        "findings": [[getattr(found, key) for key in _FINDING] for found in reading.findings],
        "beside": reading.side_texts,
    }
    # Lone surrogates of a damaged text would not encode; they are kept as escapes and compare as they are.
    return json.dumps(document, ensure_ascii=True, separators=(",", ":"), default=_date_out).encode("ascii")


def from_bytes(data: bytes) -> Reading:
    """The reading of ``to_bytes``; raises ValueError, KeyError or TypeError when the document is not one."""
    document = json.loads(data, object_hook=_date_in)
    return Reading(
        name=document["name"],
        sha256=document["sha256"],
        size=document["size"],
        kind=document["kind"],
        encoding=document["encoding"],
        delimiter=document["delimiter"],
        sheets=tuple(_sheet_in(sheet) for sheet in document["sheets"]),
        findings=tuple(Finding(**dict(zip(_FINDING, found, strict=True))) for found in document["findings"]),
        side_texts=tuple(BesideText(where, text) for where, text in document["beside"]),
    )


def _date_out(value: object) -> dict[str, str]:
    if isinstance(value, dt.datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, dt.date):
        return {"day": value.isoformat()}
    raise TypeError(type(value).__name__)


def _date_in(found: dict[str, Any]) -> object:
    if len(found) == 1:
        if "moment" in found:
            return dt.datetime.fromisoformat(found["moment"])
        if "day" in found:
            return dt.date.fromisoformat(found["day"])
    return found


def _sheet_out(sheet: Sheet) -> dict[str, object]:
    return {
        "name": sheet.name,
        "rows": [(row.number, int(row.hidden), row.cells) for row in sheet.rows],
        "merged": sheet.merged,
        "hidden": sheet.hidden,
        "hidden_columns": sorted(sheet.hidden_columns),  # order: numbers of columns
        "names": list(sheet.names.items()),
        "marks": [(row, column, mark) for (row, column), mark in sheet.marks.items()],
        "shown": [(row, column, text) for (row, column), text in sheet.shown.items()],
        "width": sheet.width,
        "odd_widths": list(sheet.odd_widths.items()),
        "unfinished": sheet.unfinished,
    }


def _cells_in(cells: list[CellValue]) -> tuple[CellValue, ...]:
    return tuple(cells)


def _sheet_in(found: dict[str, Any]) -> Sheet:
    return Sheet(
        name=found["name"],
        rows=tuple(
            SheetRow(number=number, hidden=bool(hidden), cells=_cells_in(cells))
            for number, hidden, cells in found["rows"]
        ),
        merged=tuple((a, b, c, d) for a, b, c, d in found["merged"]),
        hidden=found["hidden"],
        hidden_columns=frozenset(found["hidden_columns"]),
        names=dict(found["names"]),
        marks={(row, column): mark for row, column, mark in found["marks"]},
        shown={(row, column): text for row, column, text in found["shown"]},
        width=found["width"],
        odd_widths=dict(found["odd_widths"]),
        unfinished=found["unfinished"],
    )
