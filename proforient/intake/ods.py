"""An ODS book -> its sheets: values by calamine, what it does not tell by one streaming pass over content.xml."""

from __future__ import annotations

import io
from functools import lru_cache

import python_calamine

from proforient.intake import limits
from proforient.intake.archive import Archive, Damaged, Protected, local
from proforient.intake.grid import Facts, sheet_of, with_names
from proforient.intake.model import Sheet

_CONTENT = "content.xml"
_HIDDEN = ("collapse", "filter")
_local = lru_cache(maxsize=512)(local)


def read_ods(data: bytes, archive: Archive) -> tuple[Sheet, ...]:
    """The sheets in their order; raises ``Damaged``, ``Protected``, ``Unsafe`` and ``limits.TooLarge``."""
    archive.refuse_entities()
    if b"encryption-data" in archive.read("META-INF/manifest.xml", 1 << 22):
        raise Protected
    scan = _Scan()
    archive.parse(_CONTENT, scan.start, scan.end, scan.text, doctype=True)
    if not scan.sheets:
        raise Damaged("в книге нет ни одного листа")
    for facts in scan.sheets:
        facts.check_area()
    tally = limits.Tally()
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [
            sheet_of(
                facts,
                book.get_sheet_by_name(facts.name).to_python(skip_empty_area=False) if facts.last_row else [],
                tally,
            )
            for facts in scan.sheets
        ]
    except (python_calamine.CalamineError, ValueError, OSError):
        raise Damaged("книга не читается") from None
    return tuple(with_names(sheet, scan.names) for sheet in sheets)


def _short(attributes: dict[str, str]) -> dict[str, str]:
    return {_local(key): value for key, value in attributes.items()}


class _Scan:
    """One pass over the content: facts of every sheet, and the named cells."""

    def __init__(self) -> None:
        self.sheets: list[Facts] = []
        self.names: dict[str, str] = {}
        self._style = ""
        self._raised_styles: set[str] = set()
        self._hidden_styles: set[str] = set()
        self._row = self._rows = self._column = self._columns = 0
        self._cell: dict[str, str] | None = None
        self._value = ""
        self._raised = False
        self._spans: list[bool] = []
        self._aside = 0  # depth inside an annotation or a drawing, whose text is not the cell's
        self._defined_columns = 0

    def start(self, tag: str, raw: dict[str, str]) -> None:
        name = _local(tag)
        if name in ("annotation", "shapes", "frame", "custom-shape"):
            self._aside += 1
        elif name in ("table-cell", "covered-table-cell"):
            self._open_cell(_short(raw))
        elif name == "span":
            self._spans.append(_short(raw).get("style-name", "") in self._raised_styles)
        elif name in _STARTS:
            _STARTS[name](self, _short(raw))

    def _open_style(self, attributes: dict[str, str]) -> None:
        self._style = attributes.get("name", "")

    def _note_table_style(self, attributes: dict[str, str]) -> None:
        if attributes.get("display") == "false":
            self._hidden_styles.add(self._style)

    def _note_text_style(self, attributes: dict[str, str]) -> None:
        position = attributes.get("text-position", "0%").split()[0]
        if position not in ("0%", "0"):
            self._raised_styles.add(self._style)

    def _open_table(self, attributes: dict[str, str]) -> None:
        if self._cell is not None:
            raise Damaged("таблица внутри ячейки")
        hidden = attributes.get("style-name", "") in self._hidden_styles or attributes.get("display") == "false"
        self.sheets.append(Facts(name=attributes.get("name", ""), hidden=hidden))
        self._row = self._rows = self._defined_columns = 0

    def _open_column(self, attributes: dict[str, str]) -> None:
        repeated = int(attributes.get("number-columns-repeated", "1"))
        first, self._defined_columns = self._defined_columns + 1, self._defined_columns + repeated
        if attributes.get("visibility") in _HIDDEN:
            last = min(self._defined_columns, limits.COLUMNS)
            self.sheets[-1].hidden_columns.update(range(first, last + 1))

    def _open_row(self, attributes: dict[str, str]) -> None:
        self._row += self._rows or 1
        self._rows = int(attributes.get("number-rows-repeated", "1"))
        self._column = self._columns = 0
        if attributes.get("visibility") in _HIDDEN:
            last = min(self._row + self._rows - 1, limits.ROWS)
            self.sheets[-1].hidden_rows.update(range(self._row, last + 1))

    def _name(self, attributes: dict[str, str]) -> None:
        self.names[attributes.get("name", "")] = attributes.get("cell-range-address", "")

    def _open_cell(self, attributes: dict[str, str]) -> None:
        self._column += self._columns or 1
        self._columns = int(attributes.get("number-columns-repeated", "1"))
        self._cell, self._value, self._raised = attributes, "", False

    def text(self, text: str) -> None:
        if self._cell is not None and not self._aside:
            self._value += text
            self._raised = self._raised or (any(self._spans) and bool(text.strip()))

    def end(self, tag: str) -> None:
        name = _local(tag)
        if name in ("annotation", "shapes", "frame", "custom-shape"):
            self._aside -= 1
        elif name == "span":
            self._spans.pop()
        elif name in ("table-cell", "covered-table-cell") and self._cell is not None:
            self._close_cell(self._cell)
            self._cell = None

    def _close_cell(self, cell: dict[str, str]) -> None:
        facts, row, column = self.sheets[-1], self._row, self._column
        across, down = int(cell.get("number-columns-spanned", "1")), int(cell.get("number-rows-spanned", "1"))
        if across * down > 1:
            facts.merged.append((row, column, row + down - 1, column + across - 1))
        mark = self._mark(cell)
        if not mark and not self._value.strip() and "value" not in cell and "value-type" not in cell:
            return
        facts.content_at(row + self._rows - 1, column + self._columns - 1)
        if mark:
            for at in range(column, column + self._columns):
                self._set(facts, row, at, mark)

    def _mark(self, cell: dict[str, str]) -> str:
        kind = cell.get("value-type", "")
        if kind == "error" or (self._value.startswith(("#", "Err:", "Ошибка:")) and "formula" in cell):
            return "error-cell"
        if "formula" in cell and not kind:
            return "formula-without-value"
        if kind == "percentage":
            return "percent-in-count"
        return "footnote-glued" if self._raised else ""

    def _set(self, facts: Facts, first: int, column: int, mark: str) -> None:
        for row in range(first, first + self._rows):
            if mark == "error-cell":
                facts.error(row, column, self._value.strip())
            else:
                facts.marks[row, column] = mark
                if mark == "formula-without-value":
                    facts.texts[row, column] = "=…"


_STARTS = {
    "style": _Scan._open_style,
    "table-properties": _Scan._note_table_style,
    "text-properties": _Scan._note_text_style,
    "table": _Scan._open_table,
    "table-column": _Scan._open_column,
    "table-row": _Scan._open_row,
    "named-range": _Scan._name,
}
