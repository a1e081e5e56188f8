"""Figures as a table to take away: a row a figure, whole numbers as numbers, CSV and XLSX with the same cells.

In: an exact DataFrame (``analysis.data_frame``), the catalogue, names of organisations. Out: bytes. No text becomes a
formula.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import xlsxwriter

from proforient.analysis.data_frame import plain_rows
from proforient.catalogue.entries import Catalogue
from proforient.catalogue.kinds import kind_of
from proforient.charts.sentences import level_label
from proforient.documents.tables import Cell, csv_bytes
from proforient.monitoring import Verdict, territory_name
from proforient.palette import VERDICTS
from proforient.wording import as_text, exact_percent, period_name, plain_fraction

if TYPE_CHECKING:
    import pandas as pd

HEAD = (
    "Период",
    "Территория",
    "Организация",
    "№",
    "Показатель",
    "Уровень",
    "Категория",
    "Числитель",
    "Знаменатель",
    "Значение",
    "Доля, %",
    "План",
    "Происхождение плана",
    "Основание плана",
    "Вердикт",
    "Не хватает",
    "Сдали",
    "Ожидались",
)
ORIGINS = {"document": "документ", "department": "управление", "demonstration": "выдуман для демонстрации"}


def rows_of(frame: pd.DataFrame, catalogue: Catalogue, names: Mapping[str, str]) -> list[tuple[Cell, ...]]:
    """One row a figure, in the order given; what was not asked is left out, what nobody gave is empty, not 0."""
    return [_row(c, catalogue, names) for c in plain_rows(frame) if c.verdict != Verdict.NOT_ASKED]


def _row(c: Any, catalogue: Catalogue, names: Mapping[str, str]) -> tuple[Cell, ...]:
    indicator = catalogue.indicators[c.indicator]
    return (
        _period(c.period),
        territory_name(c.territory),
        names.get(c.organisation, c.organisation) if c.organisation else "",
        f"№ {indicator.number}" if indicator.number else "",
        catalogue.indicator_name(c.indicator, c.level),
        level_label(catalogue.levels[c.level]),
        catalogue.cohorts[c.cohort].name,
        c.numerator,
        c.denominator,
        _value(c),
        _decimal(exact_percent(c.share)),
        _decimal(plain_fraction(c.plan)),
        ORIGINS.get(c.plan_origin, c.plan_origin),
        c.plan_ground,
        VERDICTS[Verdict(c.verdict)].word,
        c.needed,
        c.submitted,
        c.expected,
    )


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _period(code: str) -> str:
    """The code, or the name of a period whose code Excel would take for a month: «2024-1»."""
    return code if as_text(code) == code else period_name(code)


def _value(c: Any) -> Cell:
    if kind_of(c.kind).answers and c.value is not None:
        return "да" if c.value else "нет"
    return c.value if c.average is None else _decimal(exact_percent(c.average))


def as_csv(rows: Sequence[Sequence[Cell]]) -> bytes:
    """As Excel opens it in Russia: UTF-8 with a byte order mark, «;» and decimal commas."""
    return csv_bytes(HEAD, rows)


def as_xlsx(rows: Sequence[Sequence[Cell]]) -> bytes:
    """One sheet with a frozen head and a filter; a share is a number of per cent, as its column says."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": "Показатели", "author": "Профориент"})
    head, share = (
        book.add_format({"bold": True, "text_wrap": True, "bottom": 1}),
        book.add_format({"num_format": "0.0"}),
    )
    sheet = book.add_worksheet("Показатели")
    for at, word in enumerate(HEAD):
        sheet.write_string(0, at, word, head)
    for line, row in enumerate(rows, start=1):
        for at, cell in enumerate(row):
            if isinstance(cell, (int, Decimal)):
                sheet.write_number(line, at, float(cell), share if HEAD[at] == "Доля, %" else None)
            elif cell:
                sheet.write_string(line, at, str(cell))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(rows), 1), len(HEAD) - 1)
    sheet.set_column(0, len(HEAD) - 1, 14)
    sheet.set_column(4, 4, 60)
    book.close()
    return out.getvalue()


__all__ = ["HEAD", "as_csv", "as_xlsx", "rows_of"]
