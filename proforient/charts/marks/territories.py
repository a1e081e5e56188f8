"""A dot plot of territories: a row each, its share a dot, the plan a line through all rows, words beside the dot.

The dot's shape says the verdict without colour: a disc has reached its plan, a hatched diamond has not, a ring has no
plan to be judged by, and what those who have not reported could still turn is only outlined.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from proforient.analysis.coverage import Coverage
from proforient.charts.figures.base import height_of, plan_of
from proforient.charts.marks import bars
from proforient.charts.marks.pieces import Address, Html, caveats, html, joined, plan, share, tag, verdict, word_of
from proforient.charts.marks.rows import block, tone_of
from proforient.charts.marks.tables import TableColumn, missing, missing_head, submitted, table
from proforient.charts.sentences import evidence, figure, pair_words, plan_label
from proforient.monitoring import Verdict
from proforient.wording import number
from proforient.wording import share as share_words
from proforient.wording.order import NameKey, name_order

STEP = 10  # per cent between marks of the scale, which begins and ends at one of them
LEAST = 2 * STEP  # per cent that the scale shows at least


def ranked_places(coverages: Sequence[Coverage], names: Mapping[str, str], sort: str | None = None) -> list[Coverage]:
    """By ``sort``: ``shortfall`` (the usual one), ``share`` against the plan, ``name``, ``state`` of the reports.

    What has no such figure stands last, equal ones by name. ``names``: territory -> name.
    """
    asked = [c for c in coverages if c.verdict != Verdict.NOT_ASKED]

    def place(c: Coverage) -> tuple[int, Fraction, NameKey, str]:
        rank, value = _rank(c, sort)
        return rank, value, name_order(names[c.territory]), c.territory

    return sorted(asked, key=place)  # order: by name_order where figures are equal


def _rank(c: Coverage, sort: str | None) -> tuple[int, Fraction]:
    """Which group a territory is in, and its place there: the smaller, the earlier."""
    if sort == "name":
        return 0, Fraction(0)
    if sort == "state":
        return 0, Fraction(c.submitted, c.expected) if c.expected else Fraction(1)
    value, wanted = height_of(c), plan_of(c)
    if value is None:
        return 2, Fraction(0)
    sign = -1 if c.direction == "less" else 1
    if c.shortfall is None or wanted is None:
        return 1, sign * value
    return 0, sign * (value - wanted) if sort == "share" else -c.shortfall


@dataclass(frozen=True, slots=True)
class _Scale:
    low: Fraction
    high: Fraction
    counts: bool

    def at(self, value: Fraction) -> Fraction:
        """Where a value stands, in per cent of the width."""
        return 100 * (value - self.low) / (self.high - self.low)

    def words(self, value: Fraction) -> str:
        return number(value) if self.counts else share_words(value)


def _scale(coverages: Sequence[Coverage]) -> _Scale:
    """From the least to the largest of shares and plans; of counts from 0."""
    counts = any(not c.formula.in_percent for c in coverages)
    values = [v for c in coverages for v in (height_of(c), plan_of(c)) if v is not None] or [Fraction(0)]
    if counts:
        return _Scale(Fraction(0), max(*values, Fraction(1)), counts)
    # order: of shares, not of names
    low, high = min(values) // STEP * STEP, -(-max(values) // STEP) * STEP
    if high - low < LEAST:
        low = max(0, low - STEP) if high >= 100 or low >= STEP else low
        high = max(high, low + LEAST)
    return _Scale(Fraction(low), Fraction(high), counts)


def places(
    shown: Sequence[Coverage],
    every: Sequence[Coverage],
    names: Mapping[str, str],
    *,
    title: str,
    address: Address | None = None,
) -> Html:
    """The rows ``shown``, in their order, on the scale of ``every`` one; ``address``: where a name leads ("": nowhere).

    ``title`` is the sentence over the chart (``sentences.places_title``).
    """
    scale = _scale(every)
    plans = {plan_of(c) for c in every if c.plan is not None}
    common = next(iter(plans)) if len(plans) == 1 else None
    labelled = next((c for c in every if c.plan is not None), None)
    head = _head(scale, labelled if common is not None else None)
    return block([head, *(_row(c, names, scale, common, address) for c in shown)], title, "pf-places")


def _head(scale: _Scale, labelled: Coverage | None) -> Html:
    ends = [
        tag("span", scale.words(scale.low), "pf-low"),
        tag("span", scale.words(scale.high), "pf-high"),
    ]
    plan_at = plan_of(labelled) if labelled is not None else None
    if labelled is not None and plan_at is not None:
        at = scale.at(plan_at)
        ends.append(bars.at(at, plan_label(labelled), bars.classes("pf-planword", bars.edge(at))))
    return tag(
        "div", joined([tag("span", ""), tag("div", joined(ends), "pf-dots pf-scale")]), "pf-place", aria_hidden="true"
    )


def _row(
    c: Coverage, names: Mapping[str, str], scale: _Scale, common: Fraction | None, address: Address | None
) -> Html:
    name, where = names[c.territory], address(c) if address else ""
    value, wanted = height_of(c), plan_of(c)
    parts = []
    if wanted is not None:
        css = "pf-through" if common is not None else "pf-own"
        parts.append(tag("div", "", bars.classes("pf-line-at", css, bars.place(scale.at(wanted)))))
    if value is not None and c.verdict != Verdict.NOBODY:
        parts.append(tag("div", "", bars.classes("pf-dot", f"pf-dot-{tone_of(c)}", bars.place(scale.at(value)))))
    against = plan_label(c) if wanted is not None and common is None else ""
    about = [pair_words(c) if c.denominator or c.formula.plain else "", against]
    notes = [tag("small", " · ".join(word for word in about if word), "pf-quiet pf-wide"), caveats(c)]
    return tag(
        "div",
        joined(
            [
                tag("a", name, "go pf-name", href=where) if where else tag("b", name, "pf-name"),
                tag("div", joined(parts), "pf-dots", role="img", aria_label=evidence(c)),
                tag("b", figure(c), "pf-num") if value is not None else tag("span", "", "pf-num"),
                tag("div", verdict(c, short=True, unit=False), "pf-side"),
                tag("div", joined(notes, " "), "pf-notes"),
            ]
        ),
        "pf-place",
    )


def places_table(
    coverages: Sequence[Coverage],
    names: Mapping[str, str],
    *,
    what: str,
    caption: str = "",
    pair: str = "Сколько из скольких",
    address: Address | None = None,
) -> Html:
    """The same territories in numbers, in the order given; ``what`` heads their column."""
    head: list[str | TableColumn] = [
        what, TableColumn(pair, figures=True), TableColumn("Доля", figures=True), TableColumn("План", figures=True),
        TableColumn("Вердикт"), TableColumn(missing_head(coverages), figures=True), TableColumn("Сдали", figures=True),
    ]  # fmt: skip
    rows = []
    for c in coverages:
        where = address(c) if address else ""
        name = tag("a", names[c.territory], "go", href=where) if where else tag("b", names[c.territory])
        rows.append(
            [name, html(pair_words(c)), share(c), plan(c), word_of(c), missing(c), submitted(c)],
        )
    return table(head, rows, caption, css="pf-beside")
