"""Reading tables: semantic HTML whose rows become small cards on a phone, with labels from ``data-l``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from proforient.analysis.coverage import Coverage
from proforient.catalogue.entries import Catalogue
from proforient.charts.figures import ranked
from proforient.charts.marks.pieces import Address, Html, caveats, html, joined, plan, share, tag, word_of
from proforient.charts.marks.rows import bullet, scale_of
from proforient.charts.sentences import (
    PROVISIONAL,
    change_note,
    change_told,
    level_label,
    level_note,
    pair_words,
    titled_change,
)
from proforient.monitoring import Verdict
from proforient.wording import capital, counted, number, period_short, period_to

if TYPE_CHECKING:
    from proforient.analysis.changes import Change


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column: its heading, whether it holds figures (aligned right), whether a phone leaves it out."""

    label: str
    figures: bool = False
    wide_only: bool = False


def table(
    head: Sequence[str | TableColumn], rows: Sequence[Sequence[str]], caption: str = "", *, css: str = ""
) -> Html:
    """A table; the first cell of a row is its heading. Cells are text (escaped) or ``Html``.

    Roles are written out, because a phone shows the rows as blocks and would lose them.

    Raises ValueError when a row has another number of cells than the head.
    """
    columns = [c if isinstance(c, TableColumn) else TableColumn(c) for c in head]
    headings = joined(tag("th", c.label, _css(c), scope="col", role="columnheader") for c in columns)
    body = []
    for cells in rows:
        first, *rest = (_cell(c, cell, n) for n, (c, cell) in enumerate(zip(columns, cells, strict=True)))
        body.append(tag("tr", joined([first, *rest]), role="row"))
    title = tag("caption", caption) if caption else Html("")
    inside = joined(
        [
            title,
            tag("thead", tag("tr", headings, role="row"), role="rowgroup"),
            tag("tbody", joined(body), role="rowgroup"),
        ]
    )
    return tag("table", inside, f"pf-table {css}".strip(), role="table")


def _css(column: TableColumn) -> str:
    return " ".join(name for name, on in (("pf-num", column.figures), ("pf-wide", column.wide_only)) if on)


def _cell(column: TableColumn, cell: str, n: int) -> Html:
    if n == 0:
        return tag("th", tag("span", cell), _css(column), scope="row", role="rowheader")
    return tag("td", tag("span", cell), _css(column), role="cell", data_l=column.label)


def missing(coverage: Coverage) -> Html:
    if coverage.needed is None:
        return Html("—")
    if coverage.needed == 0:
        return Html("0")
    return tag("b", counted(coverage.needed, coverage.unit, "nom" if coverage.direction == "less" else "gen"))


def missing_head(coverages: Sequence[Coverage]) -> str:
    return "Сверх плана" if any(c.direction == "less" for c in coverages) else "Не хватает"


def submitted(coverage: Coverage) -> Html:
    of = html(f"{number(coverage.submitted)} из {number(coverage.expected)}")
    return joined([of, tag("small", PROVISIONAL, "pf-quiet pf-line")]) if coverage.provisional else of


def _named(name: str, note: str) -> Html:
    return joined([tag("b", name), tag("small", note, "pf-quiet pf-line") if note else ""])


def levels_table(
    coverages: Sequence[Coverage],
    catalogue: Catalogue,
    changes: Sequence[Change] = (),
    *,
    caption: str = "Уровни в числах",
    pair: str = "Сколько из скольких",
    address: Address | None = None,
) -> Html:
    """Every level with its pair, share, plan, verdict, what is missing, change and completeness."""
    asked = [c for c in coverages if c.verdict != Verdict.NOT_ASKED]
    moved = {c.current.level: c for c in changes}
    before = next((c.previous.period for c in changes if c.previous is not None), None)
    head: list[str | TableColumn] = [
        "Уровень", TableColumn(pair, figures=True), TableColumn("Доля", figures=True),
        TableColumn("План", figures=True), TableColumn("Вердикт", wide_only=True),
        TableColumn(missing_head(asked), figures=True, wide_only=True),
    ]  # fmt: skip
    if before:
        head.append(TableColumn(capital(period_to(before)), figures=True))
    head.append(TableColumn("Сдали", figures=True))
    rows = []
    for coverage in asked:
        level = catalogue.levels[coverage.level]
        cells = [
            _named(level_label(level), level_note(level, catalogue)), html(pair_words(coverage)),
            share(coverage, address), plan(coverage), word_of(coverage), missing(coverage),
        ]  # fmt: skip
        if before:
            cells.append(_change(moved.get(coverage.level)))
        rows.append([*cells, submitted(coverage)])
    return table(head, rows, caption, css="pf-beside")


def _change(change: Change | None) -> Html:
    if change is None or (titled_change(change) is None and not change.why_not):
        return Html("—")
    note = change_note(change)
    return joined([html(change_told(change)), tag("small", note, "pf-quiet pf-line") if note else ""])


def organisations_table(
    coverages: Sequence[Coverage],
    names: Mapping[str, str],
    *,
    caption: str = "Организации в числах",
    pair: str = "Сколько из скольких",
    address: Address | None = None,
    by_gap: bool = False,
) -> Html:
    """Every organisation or municipality, largest share first, or ``by_gap`` who is farthest below the plan."""
    every = ranked(coverages, names, by_gap=by_gap)
    full = scale_of(every)
    head: list[str | TableColumn] = [
        "Организация", TableColumn("Доля и план", wide_only=True), TableColumn(pair, figures=True),
        TableColumn("Доля", figures=True),
        TableColumn("План", figures=True), TableColumn("Вердикт", wide_only=True),
        TableColumn(missing_head(every), figures=True),
    ]  # fmt: skip
    rows = []
    for coverage in every:
        code = coverage.organisation or coverage.territory
        rows.append([
            joined([tag("b", names.get(code, code)), caveats(coverage)], " "), bullet(coverage, full),
            html(pair_words(coverage)), share(coverage, address), plan(coverage), word_of(coverage), missing(coverage),
        ])  # fmt: skip
    return table(head, rows, caption, css="pf-beside")


def periods_table(
    series: Sequence[Coverage],
    *,
    caption: str = "По периодам",
    pair: str = "Сколько из скольких",
    address: Address | None = None,
) -> Html:
    """Every period, oldest first, those without data too."""
    head: list[str | TableColumn] = [
        "Период",
        TableColumn(pair, figures=True),
        TableColumn("Доля", figures=True),
        TableColumn("План", figures=True),
        "Вердикт",
    ]
    rows = [
        [tag("b", period_short(c.period)), html(pair_words(c)), share(c, address), plan(c), word_of(c)] for c in series
    ]
    return table(head, rows, caption, css="pf-periods-table")
