"""Sides of a comparison: small panels of one scale, the rows of a slide, the table under both."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from proforient.analysis.coverage import Coverage
from proforient.analysis.sides import Comparison, Side
from proforient.catalogue.entries import Catalogue
from proforient.charts.marks.pieces import Html, caveats, html, joined, plan, share, tag, verdict, word_of
from proforient.charts.marks.rows import bar, block, levels, row, scale_of
from proforient.charts.marks.tables import TableColumn, missing, missing_head, submitted, table
from proforient.charts.sentences import comparison_finding, pair_words, side_without_figures
from proforient.wording.labels import two_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

LINE = 20  # signs of a line of a name on a slide
SideAddress = Callable[[Side, Coverage | None], str]  # where a side leads, or one of its figures


def panels(comparison: Comparison, catalogue: Catalogue, address: SideAddress) -> Html:
    """A panel a side with a row a level; all of them have one scale, so that equal lengths are equal figures."""
    full = scale_of([c for side in comparison.sides for c in side.figures])
    made = []
    for side in comparison.sides:
        name = tag("h3", tag("a", side.name, "go", href=address(side, None)), "pf-title")
        if side.figures:
            opens = _opens(address, side)
            inside = levels(side.figures, catalogue, opens=opens, full=full)
        else:
            inside = tag("p", side_without_figures(side), "pf-quiet")
        made.append(tag("li", joined([name, inside])))
    return tag("ul", joined(made), "pf-panels")


def _opens(address: SideAddress, side: Side) -> Callable[[Coverage], str]:
    return lambda coverage: address(side, coverage)


def side_rows(comparison: Comparison) -> Html:
    """A row a side at the level that is spoken of; the plan stands with the verdict."""
    full = scale_of(comparison.figures)
    rows = []
    for side, name in zip(comparison.sides, _names(comparison), strict=True):
        found = side.at(comparison.level)
        if found is None:
            rows.append(row(name, tag("span", side_without_figures(side), "pf-quiet"), Html("")))
            continue
        foot = joined([plan(found, "план"), caveats(found)], " · ")
        rows.append(row(name, verdict(found, short=True), bar(found, full, labelled=False), "", foot))
    return block(rows, "Стороны сравнения", "pf-levels")


def _names(comparison: Comparison) -> Sequence[str]:
    """In two lines, for which a slide has room."""
    return [joined(lines, "<br>") for lines in two_lines([side.name for side in comparison.sides], LINE)]


def sides_table(comparison: Comparison, catalogue: Catalogue, address: SideAddress) -> Html:
    """Every side at the level that is spoken of, in the order of the panels."""
    figures = comparison.figures
    head: list[str | TableColumn] = [
        "Что сравнивают", TableColumn("Сколько из скольких", figures=True), TableColumn("Доля", figures=True),
        TableColumn("План", figures=True), TableColumn("Вердикт"), TableColumn(missing_head(figures), figures=True),
        TableColumn("Сдали", figures=True),
    ]  # fmt: skip
    rows = []
    for side in comparison.sides:
        found = side.at(comparison.level)
        name = tag("b", side.name)
        if found is None:
            rows.append([name, "—", "—", "—", tag("span", side_without_figures(side), "pf-quiet"), "—", "—"])
            continue
        rows.append([
            name, html(pair_words(found)), share(found, _opens(address, side)), plan(found), word_of(found),
            missing(found), submitted(found),
        ])  # fmt: skip
    return table(head, rows, comparison_finding(comparison, catalogue), css="pf-beside")
