"""Source numbers of one organisation as tables: a row a count, a column a level; wide lists fold away.

In: cells and what to write in each. Out: HTML; texts are escaped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from proforient.catalogue.entries import Catalogue, Count, Level
from proforient.charts import marks
from proforient.charts.marks import Html
from proforient.monitoring import Cell, Reason
from proforient.wording import number

REASONS = {Reason.NO_DATA: "нет данных", Reason.NOT_APPLICABLE: "не применимо"}
NOT_ASKED = "—"
Show = Callable[[Cell], Html]


@dataclass(frozen=True, slots=True, kw_only=True)
class CountTable:
    """Counts that make one table; a table of the organisation as a whole has one unnamed column."""

    title: str
    counts: tuple[Count, ...]
    levels: tuple[Level, ...]
    cohort: str
    cells: frozenset[Cell]

    @property
    def whole(self) -> bool:
        return all(level.kind in ("whole", "authority") for level in self.levels)


def value_words(catalogue: Catalogue, cell: Cell, answer: int | Reason) -> str:
    """A value as people read it: a number, «да» or «нет», «нет данных»."""
    if isinstance(answer, Reason):
        return REASONS[answer]
    if catalogue.counts[cell.count].value == "yes_no":
        return "да" if answer else "нет"
    return number(answer)


def level_head(level: Level) -> str:
    """«5–9» for a stage with grades, otherwise its short name."""
    if level.grades:
        first, last = level.grades
        return str(first) if first == last else f"{first}–{last}"
    return level.short


def tables_of(catalogue: Catalogue, cells: Iterable[Cell]) -> list[CountTable]:
    """Numbers by level for each category, then numbers of the whole organisation, then answers yes or no."""
    asked = set(cells)
    stages = {v.code for v in catalogue.levels.values() if v.kind in ("stage", "band")}
    groups = []
    for code, cohort in catalogue.cohorts.items():
        mine = {c for c in asked if c.cohort == code and c.level in stages}
        title = "Числа по уровням" if cohort.part_of is None else f"Из них {cohort.name}"
        groups.append(_group(catalogue, title, code, mine))
        rest = {c for c in asked if c.cohort == code and c.level not in stages}
        part = "" if cohort.part_of is None else f": {cohort.name}"
        numbers = {c for c in rest if catalogue.counts[c.count].value == "whole"}
        groups.append(_group(catalogue, "Числа организации в целом" + part, code, numbers))
        groups.append(_group(catalogue, "Ответы «да» или «нет»" + part, code, rest - numbers))
    return [group for group in groups if group.cells]


def _group(catalogue: Catalogue, title: str, cohort: str, cells: set[Cell]) -> CountTable:
    counts, levels = {c.count for c in cells}, {c.level for c in cells}
    return CountTable(
        title=title,
        counts=tuple(c for c in catalogue.counts.values() if c.code in counts),
        levels=tuple(v for v in catalogue.levels.values() if v.code in levels),
        cohort=cohort,
        cells=frozenset(cells),
    )


def group_table(catalogue: Catalogue, group: CountTable, show: Show, *, caption: str = "") -> Html:
    """One group; cells that nobody asks for hold a dash."""
    head = ["Что спрашивают", *(("Ответ",) if group.whole else (level_head(v) for v in group.levels))]
    rows = []
    for count in group.counts:
        own = [v for v in group.levels if Cell(count.code, v.code, group.cohort) in group.cells]
        full = catalogue.count_name(count.code, own[0].code if len(own) == 1 else None)
        name = marks.tag("span", count.short or full, title=full if count.short else "")
        levels = own[:1] if group.whole else group.levels
        cells = [Cell(count.code, level.code, group.cohort) for level in levels]
        rows.append([name, *(show(c) if c in group.cells else marks.html(NOT_ASKED) for c in cells)])
    return matrix(head, rows, caption=caption)


def matrix(head: Sequence[str], rows: Sequence[Sequence[str]], *, caption: str = "", css: str = "") -> Html:
    """A compact table that stays a table on a phone: the first column names the row, the others are figures."""
    first, *others = head
    titles = [marks.tag("th", first, scope="col"), *(marks.tag("th", name, "pf-num", scope="col") for name in others)]
    body = []
    for name, *cells in rows:
        body.append(marks.tag("tr", marks.joined([marks.tag("th", name, scope="row"), *_figures(cells)])))
    inside = [
        marks.tag("caption", caption) if caption else Html(""),
        marks.tag("thead", marks.tag("tr", marks.joined(titles))),
        marks.tag("tbody", marks.joined(body)),
    ]
    return marks.tag("div", marks.tag("table", marks.joined(inside), f"pf-matrix {css}".strip()), "pf-scroll")


def _figures(cells: Sequence[str]) -> list[Html]:
    return [marks.tag("td", cell, "pf-num") for cell in cells]


def folded(summary: str, inside: Html) -> Html:
    """A part that opens on demand, with the keyboard too."""
    return marks.tag("details", marks.joined([marks.tag("summary", summary), inside]), "pf-fold")


def tables(catalogue: Catalogue, cells: Iterable[Cell], show: Show, *, caption: str) -> Html:
    """The first group in the open under ``caption``, the others folded."""
    first, *others = tables_of(catalogue, cells)
    parts = [group_table(catalogue, first, show, caption=caption)]
    for group in others:
        parts.append(folded(f"{group.title}: {number(len(group.cells))}", group_table(catalogue, group, show)))
    return marks.tag("div", marks.joined(parts), "pf-numbers")
