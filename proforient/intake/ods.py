"""An ODS book -> its sheets, in one streaming pass over content.xml: what is stored in each cell and what it shows."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from proforient.intake import limits
from proforient.intake.archive import Archive, Damaged, Protected, local
from proforient.intake.grid import Facts, area, sheet_of, with_names
from proforient.intake.looks import Look
from proforient.intake.model import Sheet
from proforient.intake.number_format import agrees, changes_text
from proforient.intake.ods_styles import OdsStyles

_CONTENT, _STYLES = "content.xml", "styles.xml"
_HIDDEN = ("collapse", "filter")
_ASIDE = ("annotation", "shapes", "frame", "custom-shape", "ruby-text")
_NUMBERS = ("float", "percentage", "currency")
_RANGE = re.compile(r"\.(\$?[A-Z]{1,3}\$?[0-9]{1,7})(?::[^:]*?\.(\$?[A-Z]{1,3}\$?[0-9]{1,7}))?(?= |$)")
_SPACES = re.compile(r"[ \t\r\n]+")
_local = lru_cache(maxsize=512)(local)


def read_ods(archive: Archive) -> tuple[Sheet, ...]:
    """The sheets in their order; raises ``Damaged``, ``Protected``, ``Unsafe`` and ``limits.TooLarge``."""
    archive.refuse_entities()
    if b"encryption-data" in archive.read("META-INF/manifest.xml", 1 << 22):
        raise Protected
    scan = _ContentScan()
    if _STYLES in archive.names:
        archive.parse(_STYLES, scan.style_start, scan.style_end, scan.style_text, doctype=True)
    try:
        archive.parse(_CONTENT, scan.start, scan.end, scan.text, doctype=True)
    except ValueError:
        raise Damaged("книга не читается") from None
    if not scan.sheets:
        raise Damaged("в книге нет ни одного листа")
    tally = limits.Tally()
    sheets = []
    for facts, rows in zip(scan.sheets, scan.rows, strict=True):
        facts.check_area()
        empty: list[object] = []
        sheets.append(sheet_of(facts, (rows.get(row, empty) for row in range(1, facts.last_row + 1)), tally))
    return tuple(with_names(sheet, scan.names) for sheet in sheets)


def _short(attributes: dict[str, str]) -> dict[str, str]:
    return {_local(key): value for key, value in attributes.items()}


class _ContentScan:
    """One pass over the content: cells and facts of every sheet, and the named cells."""

    def __init__(self) -> None:
        self.sheets: list[Facts] = []
        self.rows: list[dict[int, list[object]]] = []
        self.names: dict[str, str] = {}
        self._styles = OdsStyles()
        self._in_styles = False
        self._row = self._rows = self._column = self._columns = 0
        self._row_style = ""
        self._column_styles: list[tuple[int, str]] = []  # last column, style of its cells
        self._groups: list[bool] = []  # groups of rows or columns around this place: is one folded up
        self._cell: dict[str, str] | None = None
        self._paragraphs: list[str] = []
        self._in_paragraph = 0
        self._piece_mark = ""
        self._spans: list[str] = []
        self._aside = 0  # depth inside an annotation or a drawing, whose text is not the cell's
        self._defined_columns = 0
        self._protected = False  # the sheet shows nothing of cells that are to be concealed
        self._pictured = ""  # cells of the conditional format that is told

    # Styles

    def style_start(self, tag: str, raw: dict[str, str]) -> None:
        self._styles.start(_local(tag), _short(raw))

    def style_text(self, text: str) -> None:
        self._styles.text(text)

    def style_end(self, tag: str) -> None:
        self._styles.end(_local(tag))

    # Content

    def start(self, tag: str, raw: dict[str, str]) -> None:
        name = _local(tag)
        if name in _ASIDE:
            self._aside += 1
        elif name in ("table-cell", "covered-table-cell"):
            self._open_cell(_short(raw))
        elif self._cell is not None and not self._aside:
            self._open_text(name, _short(raw))
        elif name == "span":
            self._spans.append("")
        elif name == "automatic-styles":
            self._in_styles = True
        elif self._in_styles:
            self._styles.start(name, _short(raw))
        elif name in _STARTS:
            _STARTS[name](self, _short(raw))

    def _open_text(self, name: str, attributes: dict[str, str]) -> None:
        if name in ("p", "h"):
            self._in_paragraph += 1
            self._paragraphs.append("")
        elif name == "span":
            self._spans.append(attributes.get("style-name", ""))
        elif name == "table":
            raise Damaged("таблица внутри ячейки")
        elif self._paragraphs and name in ("s", "tab", "line-break"):
            count = min(int(attributes.get("c", "1")), 1000)
            self._paragraphs[-1] += {"s": "\u00a0" * count, "tab": "\t", "line-break": "\n"}[name]

    def _open_table(self, attributes: dict[str, str]) -> None:
        style = attributes.get("style-name", "")
        hidden = attributes.get("display") == "false" or self._styles.hides("table", style)
        self.sheets.append(Facts(name=attributes.get("name", ""), hidden=hidden))
        self.rows.append({})
        self._protected = attributes.get("protected") == "true"
        self._row = self._rows = self._defined_columns = 0
        self._column_styles = []

    def _open_group(self, attributes: dict[str, str]) -> None:
        self._groups.append(attributes.get("display") == "false")

    def _open_column(self, attributes: dict[str, str]) -> None:
        repeated = int(attributes.get("number-columns-repeated", "1"))
        first, self._defined_columns = self._defined_columns + 1, self._defined_columns + repeated
        self._column_styles.append((self._defined_columns, attributes.get("default-cell-style-name", "")))
        if self._is_hidden("table-column", attributes):
            last = min(self._defined_columns, limits.COLUMNS)
            self.sheets[-1].hidden_columns.update(range(first, last + 1))

    def _open_row(self, attributes: dict[str, str]) -> None:
        self._row += self._rows or 1
        self._rows = int(attributes.get("number-rows-repeated", "1"))
        self._column = self._columns = 0
        self._row_style = attributes.get("default-cell-style-name", "")
        if self._is_hidden("table-row", attributes):
            last = min(self._row + self._rows - 1, limits.ROWS)
            self.sheets[-1].hidden_rows.update(range(self._row, last + 1))

    def _is_hidden(self, family: str, attributes: Mapping[str, str]) -> bool:
        folded = any(self._groups) or attributes.get("visibility") in _HIDDEN
        return folded or self._styles.hides(family, attributes.get("style-name", ""))

    def _name(self, attributes: dict[str, str]) -> None:
        self.names[attributes.get("name", "")] = attributes.get("cell-range-address", "")

    def _open_cell(self, attributes: dict[str, str]) -> None:
        self._column += self._columns or 1
        self._columns = int(attributes.get("number-columns-repeated", "1"))
        self._cell, self._paragraphs, self._piece_mark = attributes, [], ""

    def text(self, text: str) -> None:
        if self._in_styles:
            self._styles.text(text)
        elif self._in_paragraph and not self._aside and self._cell is not None:
            self._paragraphs[-1] += _SPACES.sub(" ", text)
            if text.strip() and not self._piece_mark:
                fill = self._look(self._cell).fill
                marks = (self._styles.piece(name).mark(fill) for name in self._spans if name)
                self._piece_mark = next((mark for mark in marks if mark), "")

    def end(self, tag: str) -> None:
        name = _local(tag)
        if name in _ASIDE:
            self._aside -= 1
        elif name == "span":
            self._spans.pop()
        elif name in ("p", "h") and self._cell is not None and not self._aside:
            self._in_paragraph -= 1
        elif name in ("table-cell", "covered-table-cell") and self._cell is not None:
            self._close_cell(self._cell)
            self._cell = None
        elif name in ("table-row-group", "table-column-group"):
            self._groups.pop()
        elif name == "automatic-styles":
            self._in_styles = False
        elif self._in_styles:
            self._styles.end(name)

    def _open_conditional(self, attributes: dict[str, str]) -> None:
        self._pictured = attributes.get("target-range-address", "")

    def _picture(self, attributes: dict[str, str]) -> None:
        """A bar or an icon that stands in cells instead of their numbers; it is told after the cells."""
        if attributes.get("show-value") != "false":
            return
        for part in _RANGE.finditer(self._pictured):
            found = area(part[1] + ":" + (part[2] or part[1]))
            top, left, bottom, right = found or (1, 1, 0, 0)
            for row in range(top, min(bottom, self.sheets[-1].last_row) + 1):
                cells = self.rows[-1].get(row, [])
                for column in range(left, min(right, len(cells)) + 1):
                    if isinstance(cells[column - 1], float):
                        self.sheets[-1].shown[row, column] = ""

    # Cells

    def _style(self, cell: Mapping[str, str]) -> str:
        name = cell.get("style-name") or self._row_style
        return name or next((style for last, style in self._column_styles if last >= self._column), "")

    def _look(self, cell: Mapping[str, str]) -> Look:
        style = self._style(cell)
        look = self._styles.look(style)
        return replace(look, unseen=True) if self._protected and self._styles.conceals(style) else look

    def _close_cell(self, cell: dict[str, str]) -> None:
        facts, row, column = self.sheets[-1], self._row, self._column
        across, down = int(cell.get("number-columns-spanned", "1")), int(cell.get("number-rows-spanned", "1"))
        if across * down > 1:
            facts.merged.append((row, column, row + down - 1, column + across - 1))
        words = "\n".join(paragraph.strip(" ") for paragraph in self._paragraphs)
        mark = self._mark(cell, words)
        if not mark and not words.strip() and "value" not in cell and "value-type" not in cell:
            return
        facts.content_at(row + self._rows - 1, column + self._columns - 1)
        facts.check_area()
        value = _value(cell, words)
        for at in range(row, row + self._rows):
            cells = self.rows[-1].setdefault(at, [])
            cells += [None] * (column - 1 - len(cells))
            cells += [value] * self._columns
        self._note(facts, cell, value, words, mark)

    def _mark(self, cell: dict[str, str], words: str) -> str:
        kind = cell.get("value-type", "")
        if kind == "error" or (words.startswith(("#", "Err:", "Ошибка:")) and "formula" in cell):
            return "error-cell"
        if "formula" in cell and not kind:
            return "formula-without-value"
        if kind in ("date", "time"):
            return "date-in-count"
        return self._piece_mark or (self._look(cell).mark if words.strip() or "value" in cell else "")

    def _note(self, facts: Facts, cell: dict[str, str], value: object, words: str, mark: str) -> None:
        """What the value alone does not tell, for every cell that this one stands for."""
        look = self._look(cell)
        shown = _shown(cell, value, words if self._paragraphs else None, look)
        if isinstance(value, float) and not mark and shown is None:
            mark, shown = self._styles.dressed(self._style(cell), value)
        if isinstance(value, float) and not mark and look.crossed:
            mark = "struck-out"
        code = look.code if isinstance(value, str) and changes_text(look.code) and not look.unseen else ""
        if not (mark or code or shown is not None):
            return
        for row in range(self._row, self._row + self._rows):
            for column in range(self._column, self._column + self._columns):
                if mark == "error-cell":
                    facts.error(row, column, words.strip())
                elif mark:
                    facts.marks[row, column] = mark
                    if mark == "formula-without-value":
                        facts.texts[row, column] = "=…"
                if shown is not None:
                    facts.shown[row, column] = shown
                if code:
                    facts.text_codes[row, column] = code


def _value(cell: Mapping[str, str], words: str) -> object:
    """What is stored in the cell; raises ValueError for a number that is none."""
    kind = cell.get("value-type", "")
    if kind in _NUMBERS and "value" in cell:
        return float(cell["value"])
    if kind == "boolean":
        return cell.get("boolean-value", words.lower()) == "true"
    if kind == "date":
        return _date(cell.get("date-value", "")) or words
    if kind == "time":
        return words or cell.get("time-value", "")
    return cell.get("string-value", words) or None


def _date(text: str) -> dt.date | None:
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.date() if moment.time() == dt.time() else moment


def _shown(cell: Mapping[str, str], value: object, words: str | None, look: Look) -> str | None:
    """What a person sees in the cell, where that is not what is stored; ``words`` are None where none are written."""
    if look.unseen and value is not None:
        return ""
    if isinstance(value, str):
        return words if words and words != value else None
    if isinstance(value, bool) or not isinstance(value, float):
        return None
    if cell.get("value-type") == "percentage":
        return words if words and "%" in words else f"{value * 100:.15g}%".replace(".", ",")
    if words is not None and not agrees(words, value) and not look.repeated:
        return words.strip()
    return look.unlike(value)


_STARTS = {
    "table": _ContentScan._open_table,
    "table-column": _ContentScan._open_column,
    "table-row": _ContentScan._open_row,
    "table-row-group": _ContentScan._open_group,
    "table-column-group": _ContentScan._open_group,
    "named-range": _ContentScan._name,
    "conditional-format": _ContentScan._open_conditional,
    "data-bar": _ContentScan._picture,
    "formatting-entry": _ContentScan._picture,
}
