"""A part of a sheet as it stands in the file, with the cells that matter framed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from proforient.charts import marks
from proforient.charts.marks import Html
from proforient.intake.findings import clip
from proforient.intake.limits import letters
from proforient.intake.model import Sheet, SheetRow
from proforient.intake.numbers import text_of
from proforient.intake.places import heads_of
from proforient.web.sections.upload_check import SEVERITIES
from proforient.wording.labels import one_line

ROWS = 12
COLUMNS = 8
LONGEST = 60

Kind = Literal["error", "warning", "note", "traced"]
FRAMES: dict[Kind, str] = {"error": "pf-wrong", "warning": "pf-doubtful", "traced": "pf-traced"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """Rows and columns (from 1) of one sheet; ``marks``: why a cell is framed, column 0 of a row."""

    sheet: Sheet
    header_row: int | None
    lettered: bool
    rows: tuple[SheetRow, ...]
    columns: tuple[int, ...]
    marks: dict[tuple[int, int], Kind]


def columns_of(sheet: Sheet, rows: Sequence[SheetRow], wanted: set[int], heads: dict[int, str]) -> tuple[int, ...]:
    """Filled columns that can be seen; when they are many, the first two and those framed ones."""
    filled = {at for row in rows for at, cell in enumerate(row.cells, 1) if text_of(cell)} | set(heads) | wanted
    visible = sorted(at for at in filled if at in wanted or at not in sheet.hidden_columns)
    if len(visible) <= COLUMNS:
        return tuple(visible)
    first = [*visible[:2], *sorted(wanted)]
    return tuple(sorted(list(dict.fromkeys([*first, *visible]))[:COLUMNS]))


def rows_near(sheet: Sheet, wanted: Sequence[int], header_row: int | None) -> tuple[SheetRow, ...]:
    """The wanted rows first of all, then their neighbours, as many as fit."""
    near = dict.fromkeys(wanted)
    for row in wanted:
        near |= dict.fromkeys((row - 1, row + 1))
    below = [number for number in near if header_row is None or number > header_row]
    chosen = set([*[n for n in wanted if n in below], *below][:ROWS])
    return tuple(row for row in sheet.rows if row.number in chosen)


def draw(excerpt: Excerpt) -> Html:
    """The excerpt as a table with the sheet's own row numbers and column letters."""
    head = [marks.tag("td", ""), *(_head(excerpt, at) for at in excerpt.columns)]
    texts = _texts(excerpt)
    body = []
    before = None
    for row in excerpt.rows:
        if before is not None and row.number != before + 1:
            body.append(_gap(excerpt))
        body.append(_row(excerpt, row, texts))
        before = row.number
    inside = [marks.tag("thead", marks.tag("tr", marks.joined(head))), marks.tag("tbody", marks.joined(body))]
    return marks.tag("div", marks.tag("table", marks.joined(inside), "pf-sheet"), "pf-scroll", tabindex="0")


def _texts(excerpt: Excerpt) -> dict[int, dict[str, str]]:
    """By column, what is shown of each text: long ones are cut so that they still differ."""
    shown = {}
    for column in excerpt.columns:
        texts = list(dict.fromkeys(text_of(row.cells[column - 1]) for row in excerpt.rows if column <= len(row.cells)))
        shown[column] = dict(zip(texts, one_line(texts, LONGEST, as_written=True), strict=True))
    return shown


def _head(excerpt: Excerpt, column: int) -> Html:
    heads = heads_of(excerpt.sheet, excerpt.header_row)
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


def _css(excerpt: Excerpt, column: int, kind: Kind | None = None) -> str:
    names = ["pf-num" if _numeric(excerpt, column) else "", _frame(kind), "pf-aside" if _aside(excerpt, column) else ""]
    return " ".join(name for name in names if name)


def _gap(excerpt: Excerpt) -> Html:
    cells = [marks.tag("th", "…", "pf-num"), *(marks.tag("td", "", _css(excerpt, at)) for at in excerpt.columns)]
    return marks.tag("tr", marks.joined(cells), "gap")


def _row(excerpt: Excerpt, row: SheetRow, texts: dict[int, dict[str, str]]) -> Html:
    whole = excerpt.marks.get((row.number, 0))
    cells = [marks.tag("th", str(row.number), f"pf-num {_frame(whole)}".strip(), scope="row")]
    for column in excerpt.columns:
        text = texts[column][text_of(row.cells[column - 1])] if column <= len(row.cells) else ""
        kind = excerpt.marks.get((row.number, column))
        cells.append(marks.tag("td", _cell(text, kind), _css(excerpt, column, kind)))
    return marks.tag("tr", marks.joined(cells))


def _frame(kind: Kind | None) -> str:
    return FRAMES.get(kind, "") if kind else ""


def _cell(text: str, kind: Kind | None) -> Html:
    if kind is None:
        return marks.html(text)
    if kind == "traced":
        return marks.tag("mark", text, kind)
    sign, word, _ = SEVERITIES[kind]
    said = marks.tag("span", f"{word}: ", "pf-unseen")
    return marks.tag("mark", marks.joined([said, marks.glyph(sign), text or "пусто"], " "), kind)
