"""A part of a sheet as it stands in the file, with the cells that matter framed; on a phone a list of their rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from proforient.charts import marks
from proforient.charts.marks import Html
from proforient.intake.findings import clip
from proforient.intake.limits import letters
from proforient.intake.model import Sheet, SheetRow
from proforient.intake.numbers import text_of
from proforient.web.sections.upload.check import SEVERITIES
from proforient.wording.labels import one_line

ROWS = 12  # rows of an excerpt
COLUMNS = 8  # columns of an excerpt
LONGEST = 60  # signs of a cell
WHOLE = 300  # signs of a framed row's text that are shown: more would fill the page

Kind = Literal["error", "warning", "note", "traced"]
FRAMES: dict[Kind, str] = {"error": "pf-wrong", "warning": "pf-doubtful", "traced": "pf-traced"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """Rows and columns (from 1) of one sheet; ``heads``: the headings that a person sees there, by column;
    ``marks``: why a cell is framed, column 0 of a row."""

    sheet: Sheet
    header_row: int | None
    heads: Mapping[int, str]
    lettered: bool
    rows: tuple[SheetRow, ...]
    columns: tuple[int, ...]
    marks: dict[tuple[int, int], Kind]

    def framed(self, row: int) -> bool:
        """Whether anything of the row is in question."""
        return any(at == row for at, _ in self.marks)


def columns_of(sheet: Sheet, rows: Sequence[SheetRow], wanted: set[int], heads: Mapping[int, str]) -> tuple[int, ...]:
    """Filled columns that can be seen; when they are many, the first two and those framed ones."""
    filled = {at for row in rows for at, cell in enumerate(row.cells, 1) if text_of(cell)} | set(heads) | wanted
    visible = sorted(at for at in filled if at in wanted or at not in sheet.hidden_columns)
    if len(visible) <= COLUMNS:
        return tuple(visible)
    first = [*visible[:2], *sorted(wanted)]  # order: columns
    return tuple(sorted(list(dict.fromkeys([*first, *visible]))[:COLUMNS]))  # order: columns


def rows_near(sheet: Sheet, wanted: Sequence[int], header_row: int | None) -> tuple[SheetRow, ...]:
    """The wanted rows first of all, then their neighbours that can be seen, as many as fit."""
    near = dict.fromkeys(wanted)
    for row in wanted:
        near |= dict.fromkeys((row - 1, row + 1))
    hidden = {row.number for row in sheet.rows if row.hidden} - set(wanted)
    below = [number for number in near if (header_row is None or number > header_row) and number not in hidden]
    chosen = set([*[n for n in wanted if n in below], *below][:ROWS])
    return tuple(row for row in sheet.rows if row.number in chosen)


def draw(excerpt: Excerpt) -> Html:
    """The excerpt as a table with the sheet's own row numbers and column letters.

    Roles are written out, because a phone shows the rows as lists of cells and would lose them.
    """
    texts = _texts(excerpt)
    head = [marks.tag("td", "", role="cell"), *(_head(excerpt, at, texts[at][0]) for at in excerpt.columns)]
    body = []
    before = None
    for row in excerpt.rows:
        if before is not None and row.number != before + 1:
            body.append(_gap(excerpt))
        body.append(_row(excerpt, row, texts))
        before = row.number
    inside = [
        marks.tag("thead", marks.tag("tr", marks.joined(head), role="row"), role="rowgroup"),
        marks.tag("tbody", marks.joined(body), role="rowgroup"),
    ]
    table = marks.tag("table", marks.joined(inside), "pf-sheet", role="table")
    return marks.tag("div", table, "pf-scroll", tabindex="0")


def _texts(excerpt: Excerpt) -> dict[int, tuple[str, dict[str, str]]]:
    """By column, its heading and what is shown of each text: framed rows whole, others cut so that all differ."""
    heads = _apart([excerpt.heads.get(column, "") for column in excerpt.columns])
    shown = {}
    for column in excerpt.columns:
        there = [(row.number, text_of(row.cells[column - 1])) for row in excerpt.rows if column <= len(row.cells)]
        whole = {text: clip(text, WHOLE) for number, text in there if excerpt.framed(number)}
        cut = _apart([text for _, text in there if text not in whole])
        shown[column] = (_named(excerpt, column, heads[excerpt.heads.get(column, "")]), {**cut, **whole})
    return shown


def _apart(texts: Sequence[str]) -> dict[str, str]:
    """What is shown of each of the texts: long ones are cut so that they still differ."""
    every = list(dict.fromkeys(texts))
    return dict(zip(every, one_line(every, LONGEST, as_written=True), strict=True))


def _named(excerpt: Excerpt, column: int, head: str) -> str:
    """«C · Начальное общее образование»: letter and heading, in a CSV the heading alone."""
    if excerpt.lettered or not head:
        return f"{letters(column)} · {head}" if head else letters(column)
    return head


def _head(excerpt: Excerpt, column: int, text: str) -> Html:
    kind = excerpt.marks.get((excerpt.header_row or 0, column))
    return marks.tag("th", _cell(text, kind), _css(excerpt, column, kind), scope="col", role="columnheader")


def _numeric(excerpt: Excerpt, column: int) -> bool:
    texts = [text_of(row.cells[column - 1]) for row in excerpt.rows if column <= len(row.cells)]
    return any(texts) and all(
        not t or t[0].isdigit() or t[0] in "-–—" or (len(t) < 12 and t[-1].isdigit()) for t in texts
    )


def _css(excerpt: Excerpt, column: int, kind: Kind | None = None, text: str = "+") -> str:
    names = ["pf-num" if _numeric(excerpt, column) else "", _frame(kind), "" if text or kind else "pf-blank"]
    return " ".join(name for name in names if name)


def _gap(excerpt: Excerpt) -> Html:
    cells = [marks.tag("th", "…", "pf-num", role="rowheader")]
    cells += [marks.tag("td", "", _css(excerpt, at), role="cell") for at in excerpt.columns]
    return marks.tag("tr", marks.joined(cells), "gap", role="row")


def _row(excerpt: Excerpt, row: SheetRow, texts: dict[int, tuple[str, dict[str, str]]]) -> Html:
    whole = excerpt.marks.get((row.number, 0))
    number = marks.joined([marks.tag("span", "строка ", "pf-narrow"), str(row.number)])
    cells = [marks.tag("th", number, f"pf-num {_frame(whole)}".strip(), scope="row", role="rowheader")]
    for column in excerpt.columns:
        head, shown = texts[column]
        text = shown[text_of(row.cells[column - 1])] if column <= len(row.cells) else ""
        kind = excerpt.marks.get((row.number, column))
        inside = marks.tag("span", _cell(text, kind))
        cells.append(marks.tag("td", inside, _css(excerpt, column, kind, text), role="cell", data_l=head))
    return marks.tag("tr", marks.joined(cells), "" if excerpt.framed(row.number) else "pf-beside-row", role="row")


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
