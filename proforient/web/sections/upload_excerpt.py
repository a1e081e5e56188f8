"""The part of the sheet around what was found, as it stands in the file, with the cells in question framed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from proforient.catalogue.entries import Severity
from proforient.charts import marks
from proforient.charts.marks import Html
from proforient.intake.findings import clip
from proforient.intake.limits import letters
from proforient.intake.model import Finding, Reading, Screening, Sheet, SheetRow
from proforient.intake.numbers import text_of
from proforient.web import widgets
from proforient.web.sections.upload_check import SEVERITIES

ROWS = 12
COLUMNS = 8
LONGEST = 60
_GRAVITY: tuple[Severity, ...] = ("note", "warning", "error")


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """Rows and columns (from 1) of one sheet; ``marks`` holds the gravest finding of a cell, column 0 of a row."""

    sheet: Sheet
    header_row: int | None
    lettered: bool
    rows: tuple[SheetRow, ...]
    columns: tuple[int, ...]
    marks: dict[tuple[int, int], Severity]


def excerpt_of(reading: Reading, screening: Screening) -> Excerpt | None:
    """What to show; None where no finding has a place on the sheet that was read."""
    sheet = next((s for s in reading.sheets if s.name == screening.sheet), None)
    if sheet is None or not sheet.rows:
        return None
    heads = _heads(sheet, screening.header_row)
    placed = [f for f in screening.findings if f.row and f.sheet == sheet.name and f.severity != "note"]
    found = _marks(placed, heads)
    if not found:
        return None
    rows = _rows(sheet, sorted({row for row, _ in found}), screening.header_row)
    return Excerpt(
        sheet=sheet,
        header_row=screening.header_row,
        lettered=reading.kind != "csv",
        rows=rows,
        columns=_columns(sheet, rows, {column for _, column in found if column}, heads),
        marks=found,
    )


def _heads(sheet: Sheet, header_row: int | None) -> dict[int, str]:
    row = next((r for r in sheet.rows if r.number == header_row), None)
    return {at: text for at, cell in enumerate(row.cells, 1) if (text := text_of(cell))} if row else {}


def _marks(findings: Iterable[Finding], heads: dict[int, str]) -> dict[tuple[int, int], Severity]:
    """In a CSV a column is called by its heading, elsewhere (and where it has none) by its letters."""
    by_name = {text: at for at, text in reversed(heads.items())}
    found: dict[tuple[int, int], Severity] = {}
    for finding in findings:
        assert finding.row is not None
        place = (finding.row, by_name.get(finding.column) or _index(finding.column))
        if _GRAVITY.index(finding.severity) >= _GRAVITY.index(found.get(place, "note")):
            found[place] = finding.severity
    return found


def _index(column: str) -> int:
    """The number of a column's letters; 0 where it is none."""
    if not (column.isascii() and column.isalpha() and len(column) <= 3):
        return 0
    number = 0
    for letter in column.upper():
        number = number * 26 + ord(letter) - 64
    return number


def _rows(sheet: Sheet, wanted: Sequence[int], header_row: int | None) -> tuple[SheetRow, ...]:
    """The rows with findings first of all, then their neighbours, as many as fit."""
    near = dict.fromkeys(wanted)
    for row in wanted:
        near |= dict.fromkeys((row - 1, row + 1))
    below = [number for number in near if header_row is None or number > header_row]
    chosen = set([*[n for n in wanted if n in below], *below][:ROWS])
    return tuple(row for row in sheet.rows if row.number in chosen)


def _columns(sheet: Sheet, rows: Sequence[SheetRow], wanted: set[int], heads: dict[int, str]) -> tuple[int, ...]:
    """Filled columns that can be seen; when they are many, the first two and those with findings."""
    filled = {at for row in rows for at, cell in enumerate(row.cells, 1) if text_of(cell)} | set(heads) | wanted
    visible = sorted(at for at in filled if at in wanted or at not in sheet.hidden_columns)
    if len(visible) <= COLUMNS:
        return tuple(visible)
    first = [*visible[:2], *sorted(wanted)]
    return tuple(sorted(list(dict.fromkeys([*first, *visible]))[:COLUMNS]))


def show(excerpt: Excerpt | None) -> None:
    """The excerpt as a table with the sheet's own row numbers and column letters."""
    if excerpt is None:
        return
    head = [marks.tag("td", ""), *(_head(excerpt, at) for at in excerpt.columns)]
    body = []
    before = None
    for row in excerpt.rows:
        if before is not None and row.number != before + 1:
            body.append(_gap(excerpt))
        body.append(_row(excerpt, row))
        before = row.number
    inside = [marks.tag("thead", marks.tag("tr", marks.joined(head))), marks.tag("tbody", marks.joined(body))]
    widgets.chart_title("Как это выглядит в файле")
    widgets.show_html(marks.tag("div", marks.tag("table", marks.joined(inside), "pf-sheet"), "pf-scroll"))


def _head(excerpt: Excerpt, column: int) -> Html:
    heads = _heads(excerpt.sheet, excerpt.header_row)
    text = clip(heads.get(column, ""), LONGEST)
    if excerpt.lettered or not text:
        text = f"{letters(column)} · {text}" if text else letters(column)
    kind = excerpt.marks.get((excerpt.header_row or 0, column))
    return marks.tag("th", _cell(text, kind), _css(excerpt, column, kind), scope="col")


def _numeric(excerpt: Excerpt, column: int) -> bool:
    texts = [text_of(row.cells[column - 1]) for row in excerpt.rows if column <= len(row.cells)]
    return any(texts) and all(
        not t or t[0].isdigit() or t[0] in "-–—" or (len(t) < 12 and t[-1].isdigit()) for t in texts
    )


def _aside(excerpt: Excerpt, column: int) -> bool:
    """Whether a phone leaves the column out: it says the same in every row, and nothing in it is in question."""
    texts = {text_of(row.cells[column - 1]) if column <= len(row.cells) else "" for row in excerpt.rows}
    return len(texts) == 1 and len(excerpt.rows) > 1 and all(at != column for _, at in excerpt.marks)


def _css(excerpt: Excerpt, column: int, kind: Severity | None = None) -> str:
    names = ["pf-num" if _numeric(excerpt, column) else "", _frame(kind), "pf-aside" if _aside(excerpt, column) else ""]
    return " ".join(name for name in names if name)


def _gap(excerpt: Excerpt) -> Html:
    cells = [marks.tag("th", "…", "pf-num"), *(marks.tag("td", "", _css(excerpt, at)) for at in excerpt.columns)]
    return marks.tag("tr", marks.joined(cells), "gap")


def _row(excerpt: Excerpt, row: SheetRow) -> Html:
    whole = excerpt.marks.get((row.number, 0))
    cells = [marks.tag("th", str(row.number), f"pf-num {_frame(whole)}".strip(), scope="row")]
    for column in excerpt.columns:
        text = clip(text_of(row.cells[column - 1]), LONGEST) if column <= len(row.cells) else ""
        kind = excerpt.marks.get((row.number, column))
        cells.append(marks.tag("td", _cell(text, kind), _css(excerpt, column, kind)))
    return marks.tag("tr", marks.joined(cells))


def _frame(kind: Severity | None) -> str:
    return {"error": "pf-wrong", "warning": "pf-doubtful"}.get(kind or "", "")


def _cell(text: str, kind: Severity | None) -> Html:
    if kind is None:
        return marks.html(text)
    sign, word, _ = SEVERITIES[kind]
    said = marks.tag("span", f"{word}: ", "pf-unseen")
    return marks.tag("mark", marks.joined([said, marks.glyph(sign), text or "пусто"], " "), kind)
