"""Rows of levels and organisations: a name, a verdict, and a fluid bar with the plan's mark."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from proforient.analysis.coverage import Coverage
from proforient.catalogue.entries import Catalogue
from proforient.charts.figures import ranked
from proforient.charts.figures.base import height_of, plan_of
from proforient.charts.figures.labels import shortened
from proforient.charts.marks.bars import figure_inside, filled, frame, svg, tick, track, words
from proforient.charts.marks.pieces import Html, html, joined, provisional, tag, verdict
from proforient.charts.sentences import (
    evidence,
    figure,
    level_label,
    overview_finding,
    pair_words,
    plan_label,
)
from proforient.monitoring import Verdict
from proforient.palette import VERDICTS
from proforient.wording import NOUNS, number

HUNDRED = Fraction(100)
BAR, INSET = 1.5, 0.25  # em: the bar's height, and how far the mark reaches over it
LONG_NAME = 56
INSIDE = 26  # per cent: a shorter bar carries its figure outside


def tone_of(coverage: Coverage) -> str:
    """The CSS name of a bar's look."""
    return {Verdict.MET: "met", Verdict.NOT_MET: "not-met"}.get(coverage.verdict, "quiet")


def scale_of(coverages: Sequence[Coverage]) -> Fraction:
    """What the full width stands for: 100 % for shares, the largest number or plan for counts."""
    if all(c.kind != "count" for c in coverages):
        return HUNDRED
    return max([v for c in coverages for v in (height_of(c), plan_of(c)) if v is not None], default=HUNDRED) or HUNDRED


def bar(coverage: Coverage, full: Fraction = HUNDRED, *, labelled: bool = True) -> Html:
    """The bar of one row: figure inside or beside it, mark and label of the plan; no data is a dotted frame."""
    share, plan = height_of(coverage), plan_of(coverage)
    reach = 100 * share / full if share is not None else None
    mark = 100 * plan / full if plan is not None else None
    tone, high = tone_of(coverage), BAR + 2 * INSET
    if reach is None or coverage.verdict == Verdict.NOBODY:
        state = coverage.verdict if coverage.verdict != Verdict.JUDGED else Verdict.NO_DATA
        parts = [frame(INSET, BAR), words(Fraction(0), VERDICTS[state].word, INSET + BAR / 2 + 0.34, "pf-none", dx=0.5)]
        reach = None
    else:
        parts = [track(INSET, BAR), filled(reach, tone, INSET, BAR), _figure(coverage, reach, mark, tone)]
    if mark is not None:
        parts.append(tick(mark, reach, tone, high, INSET))
    if labelled and mark is not None:
        anchor = "start" if mark < 12 else "end" if mark > 90 else "middle"
        parts.append(words(mark, plan_label(coverage), high + 0.95, "pf-planword", anchor=anchor))
        high += 1.2
    return svg("".join(parts), high, label=evidence(coverage))


def _figure(coverage: Coverage, reach: Fraction, mark: Fraction | None, tone: str) -> str:
    shown = figure(coverage)
    start = mark if mark is not None and mark < INSIDE else Fraction(0)  # never across the plan's mark
    if reach - start >= INSIDE:
        return figure_inside(shown, tone, INSET, BAR, start)
    past_mark = mark is not None and 0 <= mark - reach < INSIDE
    x = mark if past_mark and mark is not None else reach
    return words(x, shown, INSET + BAR / 2 + 0.36, "pf-fig", dx=0.6 if past_mark else 0.4)


def bullet(coverage: Coverage, full: Fraction = HUNDRED) -> Html:
    """A small bar for a table's column: share and plan, no words."""
    share, plan = height_of(coverage), plan_of(coverage)
    reach = 100 * share / full if share is not None else None
    parts = [frame(0.2, 0.9)] if reach is None else [track(0.2, 0.9), filled(reach, tone_of(coverage), 0.2, 0.9)]
    if plan is not None:
        parts.append(tick(100 * plan / full, reach, tone_of(coverage), 1.3, 0.2))
    return svg("".join(parts), 1.3, label="", css="pf-bar pf-bullet", width="7em")


def readable(name: str) -> str:
    """A name that would fill a phone's screen loses its legal form; others stay as they are."""
    return name if len(name) <= LONG_NAME else shortened(name)


def row(name: str, side: str, picture: Html, note: str = "", foot: str = "") -> Html:
    """One row: name and note left, ``side`` right, the picture below, ``foot`` under it."""
    head = joined([tag("b", name), tag("small", note, "pf-quiet") if note else ""], " ")
    below = tag("div", foot, "pf-foot") if foot else ""
    return tag("div", joined([tag("div", head, "pf-name"), tag("div", side, "pf-side"), picture, below]), "pf-row")


def block(rows: Sequence[str], label: str, css: str) -> Html:
    """Rows under one sentence that says what they show."""
    return tag("div", joined(rows), f"pf-rows {css}", role="group", aria_label=label)


def levels(coverages: Sequence[Coverage], catalogue: Catalogue) -> Html:
    """A row a level, in the order given."""
    asked = [c for c in coverages if c.verdict != Verdict.NOT_ASKED]
    full = scale_of(asked)
    rows = []
    for coverage in asked:
        level = catalogue.levels[coverage.level]
        side = verdict(coverage, short=True)
        rows.append(row(level_label(level), side, bar(coverage, full), foot=provisional(coverage)))
    return block(rows, overview_finding(coverages, catalogue), "pf-levels")


def organisations(coverages: Sequence[Coverage], names: Mapping[str, str], *, title: str, limit: int = 60) -> Html:
    """A row an organisation (or municipality), largest share first; more than ``limit`` are counted in words."""
    every = ranked(coverages)
    full = scale_of(every)
    rows = []
    for coverage in every[:limit]:
        code = coverage.organisation or coverage.territory
        pair = pair_words(coverage) if coverage.denominator and coverage.kind == "share" else ""
        side = verdict(coverage, short=True, detail=coverage.verdict == Verdict.NOT_MET, unit=False)
        picture = bar(coverage, full, labelled=False) if coverage.kind != "yes_no" else Html("")
        rows.append(row(readable(names.get(code, code)), side, picture, pair, provisional(coverage)))
    rest = len(every) - limit
    if rest > 0:
        rows.append(tag("p", f"Ещё {number(rest)} {NOUNS['organisations'].after(rest)}", "pf-quiet"))
    plans = {plan_label(c) for c in every if c.plan is not None and c.kind != "yes_no"}
    if len(plans) == 1:
        rows.insert(0, tag("p", html(f"Черта — {plans.pop()}"), "pf-quiet"))
    return block(rows, title, "pf-organisations")
