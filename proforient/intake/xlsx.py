"""An XLSX book -> its sheets: values by calamine, and by one streaming pass what calamine does not tell.

That pass finds far cells before calamine would die of them, formulas without a value, errors, pieces of text that are
raised, struck through or unseen, what a number format makes of a number, hidden rows and columns, merged ranges and
defined names.
"""

from __future__ import annotations

import io
import math
import posixpath
from collections.abc import Mapping
from functools import lru_cache

import python_calamine

from proforient.intake import limits
from proforient.intake.archive import Archive, Damaged, Protected, local
from proforient.intake.grid import Facts, area, place, sheet_of, with_names
from proforient.intake.looks import Colour, Look
from proforient.intake.model import Sheet
from proforient.intake.number_format import changes_text
from proforient.intake.xlsx_conditional import ConditionalFormat, note_rule, read_rules
from proforient.intake.xlsx_styles import RichText, Styles, marked_strings, read_styles

_CALAMINE_ERRORS = (python_calamine.CalamineError, ValueError, OSError)
_local = lru_cache(maxsize=512)(local)
_LAST = limits.COLUMNS + 1
_TEXTS = ("s", "str", "inlineStr")
_YES, _NO = ("1", "true"), ("0", "false")
_LOW, _NARROW = 2.0, 0.99  # points of height, characters of width: whatever is less shows nothing
_LETTERS = tuple(limits.letters(column) for column in range(_LAST + 1))


def read_xlsx(data: bytes, archive: Archive) -> tuple[Sheet, ...]:
    """The worksheets in their order; raises ``Damaged``, ``Protected``, ``Unsafe`` and ``limits.TooLarge``."""
    archive.refuse_entities()
    book = _Book(archive)
    styles = read_styles(archive, book.part("styles"), book.part("theme"))
    marked = marked_strings(archive, book.part("sharedStrings"), styles.palette)
    facts = [_SheetScan(name, hidden, styles, marked).run(archive, path) for name, hidden, path in book.sheets]
    for sheet in facts:
        sheet.check_area()
    return _with_values(data, facts, book.names)


class _Book:
    """The list of worksheets with their parts, and the defined names, from ``xl/workbook.xml``."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._main = _main_part(archive)
        self._targets: dict[str, tuple[str, str]] = {}  # id -> kind of part, path
        self._listed: list[tuple[str, bool, str]] = []
        self.names: dict[str, str] = {}
        self._name: str | None = None
        self._text = ""
        folder, file = posixpath.split(self._main)
        relations = posixpath.join(folder, "_rels", file + ".rels")
        if relations in archive.names:
            archive.parse(relations, self._relation)
        archive.parse(self._main, self._start, self._end, self._collect)
        self.sheets = [
            (name, hidden, self._targets[key][1])
            for name, hidden, key in self._listed
            if key in self._targets and self._targets[key][0] == "worksheet"
        ]
        if not self.sheets:
            raise Damaged("в книге нет ни одного листа")

    def part(self, kind: str) -> str | None:
        return next((path for found, path in self._targets.values() if found == kind), None)

    def _relation(self, tag: str, attributes: dict[str, str]) -> None:
        if _local(tag) == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "").replace("\\", "/")
            base = "" if target.startswith("/") else posixpath.dirname(self._main)
            path = posixpath.normpath(posixpath.join(base, target.lstrip("/")))
            path = next((n for n in self._archive.names if n.lower() == path.lower()), path)
            self._targets[attributes.get("Id", "")] = (posixpath.basename(attributes.get("Type", "")), path)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = _local(tag)
        if name == "sheet":
            key = next((v for k, v in attributes.items() if _local(k) == "id" and k != "id"), "")
            hidden = attributes.get("state", "visible") != "visible"
            self._listed.append((attributes.get("name", ""), hidden, key))
        elif name == "definedName":
            self._name, self._text = attributes.get("name", ""), ""

    def _collect(self, text: str) -> None:
        if self._name is not None:
            self._text += text

    def _end(self, tag: str) -> None:
        if _local(tag) == "definedName" and self._name is not None:
            self.names[self._name] = self._text.strip()
            self._name = None


def _main_part(archive: Archive) -> str:
    """The path of the workbook part, as the archive's own relations name it."""
    found: list[str] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if _local(tag) == "Relationship" and attributes.get("Type", "").endswith("/officeDocument"):
            found.append(attributes.get("Target", "").lstrip("/"))

    if "_rels/.rels" in archive.names:
        archive.parse("_rels/.rels", start)
    path = found[0] if found else "xl/workbook.xml"
    if path not in archive.names:
        raise Damaged("в архиве нет самой книги")
    return path


class _SheetScan:
    """One pass over a sheet's part: ``run`` gives its facts."""

    def __init__(self, name: str, hidden: bool, styles: Styles, marked: Mapping[int, str]) -> None:
        self.facts = Facts(name=name, hidden=hidden)
        self._styles = styles
        self._looks = styles.looks
        self._marked = marked
        self._rules: tuple[ConditionalFormat, ...] = ()
        self._row = self._column = 0
        self._rows: set[int] = set()
        self._columns: set[int] = set()  # of this row
        self._row_text = ""
        self._kind = ""
        self._style = 0
        self._formula = self._inline = self._in_value = self._value_seen = False
        self._value = ""
        self._runs = RichText(styles.palette)
        self._zeros = True  # the sheet shows noughts
        self._formulas = False  # the sheet shows formulas instead of what they give
        self._low_rows = self._narrow_columns = False  # whatever has no size of its own has none
        self._sized_columns: set[int] = set()

    def run(self, archive: Archive, path: str) -> Facts:
        if path not in archive.names:
            raise Damaged(f"в архиве нет листа «{self.facts.name}»")
        self._rules = read_rules(archive, path, self._styles)
        archive.parse(path, self._start, self._end, self._text)
        if self._narrow_columns:
            last = min(self.facts.last_column, limits.COLUMNS)
            self.facts.hidden_columns.update(set(range(1, last + 1)) - self._sized_columns)
        return self.facts

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = _local(tag)
        if name == "c":
            self._open_cell(attributes)
        elif name == "v":
            self._in_value = self._value_seen = True
        elif name == "f":
            self._formula = True
        elif name == "row":
            self._open_row(attributes)
        elif self._inline:
            self._runs.start(name, attributes)
        elif name == "is":
            self._inline, self._runs = True, RichText(self._styles.palette, self._fill())
        elif name == "col":
            self._note_columns(attributes)
        elif name == "mergeCell" and (found := area(attributes.get("ref", ""))):
            self.facts.merged.append(found)
        elif name in ("sheetView", "sheetFormatPr"):
            self._note_sheet(name, attributes)

    def _note_sheet(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sheetView":
            self._zeros = self._zeros and attributes.get("showZeros", "1") not in _NO
            self._formulas = self._formulas or attributes.get("showFormulas", "0") in _YES
        else:
            # ``zeroHeight`` hides the rows that the part does not list; those have no cells.
            self._low_rows = _is_below(attributes.get("defaultRowHeight"), _LOW)
            self._narrow_columns = _is_below(attributes.get("defaultColWidth"), _NARROW)

    def _open_row(self, attributes: dict[str, str]) -> None:
        self._row = int(attributes.get("r") or self._row + 1)
        if self._row in self._rows:
            raise Damaged(f"лист «{self.facts.name}»: строка {self._row} записана дважды")
        self._rows.add(self._row)
        self._columns.clear()
        self._row_text = str(self._row)
        self._column = 0
        height = attributes.get("ht")
        if attributes.get("hidden") in _YES or _is_below(height, _LOW) or (height is None and self._low_rows):
            self.facts.hidden_rows.add(self._row)

    def _open_cell(self, attributes: dict[str, str]) -> None:
        self._column += 1
        written = attributes.get("r")
        # Nearly every cell follows the one before it; only the others are worth a closer look.
        if written is not None and written != _LETTERS[min(self._column, _LAST)] + self._row_text:
            found = place(written)
            if found is None:
                raise Damaged(f"лист «{self.facts.name}»: ячейка без адреса")
            self._row, self._column = found
            self._row_text = str(self._row)
        if self._column in self._columns:  # Excel itself opens no such book, other programs show one of the two
            raise Damaged(f"лист «{self.facts.name}»: ячейка {limits.letters(self._column)}{self._row} записана дважды")
        self._columns.add(self._column)
        self._kind = attributes.get("t", "n")
        self._style = int(attributes.get("s", "0"))
        self._formula = self._value_seen = False
        self._value = ""

    def _note_columns(self, attributes: dict[str, str]) -> None:
        first = int(attributes.get("min", "1"))
        last = min(int(attributes.get("max", "1")), limits.COLUMNS)
        width = attributes.get("width")
        if width is not None:
            self._sized_columns.update(range(first, last + 1))
        if attributes.get("hidden") in _YES or _is_below(width, _NARROW):
            self.facts.hidden_columns.update(range(first, last + 1))

    def _text(self, text: str) -> None:
        if self._in_value:
            self._value += text
        elif self._inline:
            self._runs.text(text)
            self._value += text

    def _end(self, tag: str) -> None:
        name = _local(tag)
        if name == "v":
            self._in_value = False
        elif name == "c":
            self._close_cell()
        elif name == "is":
            self._inline = False
        elif self._inline:
            self._runs.end(name)

    def _close_cell(self) -> None:
        """What a filled cell is marked with; an empty styled one costs nothing and says nothing."""
        value = self._value.strip()
        if not value:
            # A formula that gives an empty text says so by its type; without one nobody has computed it.
            if self._formula and not (self._kind == "str" and self._value_seen):
                self.facts.content_at(self._row, self._column)
                self.facts.marks[self._row, self._column] = "formula-without-value"
                self.facts.texts[self._row, self._column] = "=…"
            return
        self.facts.content_at(self._row, self._column)
        look = self._looks[self._style] if self._style < len(self._looks) else None
        if self._kind == "e":
            self.facts.error(self._row, self._column, value)
        elif self._kind == "n":
            self._note_number(value, look)
        elif self._kind == "b":
            self._note_sight(look)
        elif mark := self._marked_text(value):
            self.facts.marks[self._row, self._column] = mark
        elif look is not None:
            self._note_text(look)
        if self._rules and self._kind in _TEXTS:
            self._note_rules(math.inf)  # Excel takes any text for more than any number
        if self._formulas and self._formula:
            self.facts.shown[self._row, self._column] = "=…"

    def _fill(self) -> Colour | None:
        look = self._looks[self._style] if self._style < len(self._looks) else None
        return look.fill if look is not None else None

    def _note_number(self, value: str, look: Look | None) -> None:
        """What the cell shows, where that is not its plain number."""
        place = (self._row, self._column)
        if look is not None and look.crossed:
            self.facts.marks[place] = "struck-out"
        if look is not None and not (look.quiet and value.isdigit()) and not self._note_sight(look):
            text = look.unlike(_number(value))
            if text is not None:
                self.facts.shown[place] = text
        if not self._zeros and _number(value) == 0:
            self.facts.shown[place] = ""
        if self._rules:
            self._note_rules(_number(value))

    def _note_sight(self, look: Look | None) -> bool:
        """Whether the look as such hides or strikes through what stands in the cell."""
        if look is None or not (look.mark or look.unseen):
            return False
        if look.mark:
            self.facts.marks[self._row, self._column] = look.mark
        else:
            self.facts.shown[self._row, self._column] = ""
        return True

    def _note_text(self, look: Look) -> None:
        if not self._note_sight(look) and changes_text(look.code):
            self.facts.text_codes[self._row, self._column] = look.code

    def _note_rules(self, number: float) -> None:
        place = (self._row, self._column)
        for rule in self._rules:
            if rule.covers(*place):
                note_rule(self.facts, place, rule, number)

    def _marked_text(self, value: str) -> str:
        """The finding of a text with a piece that misleads."""
        if self._kind == "s":
            return self._marked.get(int(value), "") if self._marked and value.isdigit() else ""
        return self._runs.mark if self._kind == "inlineStr" else ""


def _number(value: str) -> float:
    try:
        return float(value)
    except ValueError:
        return math.nan


def _is_below(size: str | None, least: float) -> bool:
    """Whether a height or a width is too small to see anything; None: it has none of its own."""
    try:
        return size is not None and float(size) < least
    except ValueError:
        return False


def _with_values(data: bytes, facts: list[Facts], names: Mapping[str, str]) -> tuple[Sheet, ...]:
    """The sheets with what calamine reads in them."""
    tally = limits.Tally()
    sheets = []
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        for sheet in facts:
            rows = book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False) if sheet.last_row else []
            sheets.append(sheet_of(sheet, rows, tally))
    except python_calamine.PasswordError:
        raise Protected from None
    except _CALAMINE_ERRORS:
        raise Damaged("книга не читается") from None
    return tuple(with_names(sheet, names) for sheet in sheets)
