"""A table of one's own axes to take away: the cells as they stand, numbers as numbers, nothing given left empty."""

from __future__ import annotations

import io
from collections.abc import Sequence
from decimal import Decimal

import xlsxwriter

from proforient.documents.tables import Cell, csv_bytes

WIDTH, FIRST = 14, 44  # signs of a column, and of the first


def pivot_csv(head: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    """As Excel opens it in Russia."""
    return csv_bytes(head, rows)


def pivot_xlsx(title: str, head: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    """One sheet with the title over a head that stays in sight; no text becomes a formula."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": title, "author": "Профориент"})
    bold = book.add_format({"bold": True, "text_wrap": True, "bottom": 1})
    sheet = book.add_worksheet("Таблица")
    sheet.write_string(0, 0, title, book.add_format({"bold": True}))
    for at, word in enumerate(head):
        sheet.write_string(1, at, word, bold)
    for line, row in enumerate(rows, start=2):
        for at, cell in enumerate(row):
            if isinstance(cell, (int, Decimal)):
                sheet.write_number(line, at, float(cell))
            elif cell:
                sheet.write_string(line, at, str(cell))
    sheet.freeze_panes(2, 1)
    sheet.set_column(0, 0, FIRST)
    sheet.set_column(1, max(1, len(head) - 1), WIDTH)
    book.close()
    return out.getvalue()


__all__ = ["pivot_csv", "pivot_xlsx"]
