"""Rows of levels and organisations: a name, a verdict, and a fluid bar with the plan's mark."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from proforient.analysis.coverage import Coverage
from proforient.catalogue.entries import Catalogue
from proforient.charts.figures import ranked
from proforient.charts.figures.base import height_of, is_outlined, plan_of
from proforient.charts.marks import bars
from proforient.charts.marks.pieces import Address, Html, caveats, html, joined, tag, verdict
from proforient.charts.sentences import (
    evidence,
    figure,
    level_label,
    level_note,
    mark_words,
    overview_finding,
    pair_words,
    plan_label,
)
from proforient.monitoring import Verdict
from proforient.palette import VERDICTS
from proforient.wording import NOUNS, number
from proforient.wording.labels import one_line

HUNDRED = Fraction(100)
LONG_NAME = 56  # signs from which on a name takes two lines
INSIDE = 26  # per cent below which a bar carries its figure outside


def tone_of(coverage: Coverage) -> str:
    """The CSS name of a bar's look."""
    tone = {Verdict.MET: "met", Verdict.NOT_MET: "not-met"}.get(coverage.verdict, "quiet")
    return f"{tone}-open" if is_outlined(coverage) else tone


def scale_of(coverages: Sequence[Coverage]) -> Fraction:
    """What the full width stands for: 100 % for shares, the largest number or plan for counts."""
    if all(c.formula.in_percent for c in coverages):
        return HUNDRED
    # order: of shares, not of names
    return max([v for c in coverages for v in (height_of(c), plan_of(c)) if v is not None], default=HUNDRED) or HUNDRED


def bar(coverage: Coverage, full: Fraction = HUNDRED, *, labelled: bool = True, before: str = "") -> Html:
    """The bar of one row: figure at its end or beside it, mark and label of the plan; no data is a dotted frame.

    ``before``: what else stands on it.
    """
    share, plan = height_of(coverage), plan_of(coverage)
    mark = 100 * plan / full if plan is not None else None
    tone = tone_of(coverage)
    reach = 100 * share / full if share is not None and coverage.verdict != Verdict.NOBODY else None
    if reach is None:
        state = coverage.verdict if coverage.verdict != Verdict.JUDGED else Verdict.NO_DATA
        parts = [bars.at(Fraction(0), VERDICTS[state].word, "pf-none")]
    else:
        parts = _figured(coverage, reach, mark, tone)
    css = "pf-frame" if reach is None else ""
    if mark is not None:
        parts.append(bars.tick(mark, reach, tone))
    if labelled and mark is not None:
        parts.append(bars.at(mark, plan_label(coverage), bars.classes("pf-planword", bars.edge(mark))))
        css = bars.classes(css, "pf-labelled")
    return bars.bar([*parts, before], label=evidence(coverage), css=css)


def _figured(coverage: Coverage, reach: Fraction, mark: Fraction | None, tone: str) -> list[Html]:
    """The bar with its figure at its end, which never stands across the plan's mark."""
    shown = figure(coverage)
    inside = bars.figure(shown, tone)
    passed = mark if mark is not None and mark <= reach else Fraction(0)
    if reach - passed >= INSIDE:
        return [bars.bar_part(reach, tone), bars.at(reach, inside, "pf-end")]
    if passed >= INSIDE:
        return [bars.bar_part(reach, tone), bars.at(passed, inside, "pf-end pf-near")]
    past_mark = mark is not None and 0 <= mark - reach < INSIDE
    x = mark if past_mark and mark is not None else reach
    return [bars.bar_part(reach, tone), bars.at(x, bars.figure(shown), "pf-after")]


def slim(coverage: Coverage, full: Fraction = HUNDRED, *, css: str = "", label: str = "", before: str = "") -> Html:
    """A low bar without words: share and plan; ``before`` is what else stands on it."""
    share, plan = height_of(coverage), plan_of(coverage)
    reach = 100 * share / full if share is not None else None
    tone = tone_of(coverage)
    parts = [bars.bar_part(reach, tone)] if reach is not None else []
    if plan is not None:
        parts.append(bars.tick(100 * plan / full, reach, tone))
    look = bars.classes("pf-slim", css, "pf-frame" if reach is None else "")
    return bars.bar([*parts, before], label=label, css=look)


def bullet(coverage: Coverage, full: Fraction = HUNDRED) -> Html:
    """A small bar for a table's column, where the words stand in the other columns."""
    return slim(coverage, full, css="pf-bullet")


def readable(codes: Sequence[str], names: Mapping[str, str]) -> list[str]:
    """The names beside bars: what would fill a phone's screen is shortened, and no two look the same."""
    return one_line([names.get(code, code) for code in codes], LONG_NAME)


def row(
    name: str, side: str, picture: Html, note: str = "", foot: str = "", *, opens: str = "", words: str = ""
) -> Html:
    """One row: name and note left, ``side`` right, the picture below, ``foot`` under it.

    ``opens``: where the picture leads; pointed at, or touched for the first time, it shows the ``words``.
    """
    if opens and picture:
        picture_in_words = joined([picture, tag("span", words, "pf-told", aria_hidden="true")])
        picture = tag("a", picture_in_words, "go pf-mark", href=opens, aria_label=words)
    head = joined([tag("b", name), tag("small", note, "pf-quiet") if note else ""], " ")
    below = tag("div", foot, "pf-foot") if foot else ""
    return tag("div", joined([tag("div", head, "pf-name"), tag("div", side, "pf-side"), picture, below]), "pf-row")


def block(rows: Sequence[str], label: str, css: str) -> Html:
    """Rows under one sentence that says what they show."""
    return tag("div", joined(rows), f"pf-rows {css}", role="group", aria_label=label)


def levels(
    coverages: Sequence[Coverage],
    catalogue: Catalogue,
    *,
    notes: bool = False,
    address: Address | None = None,
    opens: Address | None = None,
    full: Fraction | None = None,
) -> Html:
    """A row a level, in the order given; ``notes``: the grades of each level, where there is room; ``address``:
    where a level's name leads, ``opens``: where its bar does; ``full``: what the width stands for where others stand
    beside them."""
    asked = [c for c in coverages if c.verdict != Verdict.NOT_ASKED]
    full = full or scale_of(asked)
    rows = []
    for coverage in asked:
        level = catalogue.levels[coverage.level]
        side = verdict(coverage, short=True)
        note = level_note(level, catalogue) if notes and level.grades else ""
        name = tag("a", level_label(level), "go", href=address(coverage)) if address else level_label(level)
        where = {"opens": opens(coverage), "words": mark_words(coverage)} if opens else {}
        rows.append(row(name, side, bar(coverage, full), note, caveats(coverage), **where))
    return block(rows, overview_finding(coverages, catalogue), "pf-levels")


def organisations(
    coverages: Sequence[Coverage],
    names: Mapping[str, str],
    *,
    title: str,
    limit: int = 60,
    by_gap: bool = False,
    opens: Address | None = None,
) -> Html:
    """A row an organisation (or municipality), largest share first or ``by_gap`` the largest; more than ``limit`` are
    counted in words. ``opens``: where its bar and its name lead."""
    every = ranked(coverages, names, by_gap=by_gap)
    full = scale_of(every)
    rows = []
    labels = readable([c.organisation or c.territory for c in every[:limit]], names)
    for coverage, label in zip(every, labels, strict=False):
        pair = pair_words(coverage) if coverage.denominator and coverage.formula.apart else ""
        side = verdict(coverage, short=True, detail=coverage.verdict == Verdict.NOT_MET, unit=False)
        picture = bar(coverage, full, labelled=False) if not coverage.formula.answers else Html("")
        where = {"opens": opens(coverage), "words": mark_words(coverage)} if opens else {}
        name = tag("a", label, "go", href=where["opens"]) if where else label
        rows.append(row(name, side, picture, pair, caveats(coverage), **where))
    rest = len(every) - limit
    if rest > 0:
        rows.append(tag("p", f"Ещё {number(rest)} {NOUNS['organisations'].after(rest)}", "pf-quiet"))
    plans = {plan_label(c) for c in every if c.plan is not None and not c.formula.answers}
    if len(plans) == 1:
        rows.insert(0, tag("p", html(f"Черта — {plans.pop()}"), "pf-quiet"))
    return block(rows, title, "pf-organisations")
