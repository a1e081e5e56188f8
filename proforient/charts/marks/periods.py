"""Rows over time: a row a period, or a row a level with the period before as a hollow triangle."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from proforient.analysis.coverage import Coverage
from proforient.catalogue.entries import Catalogue
from proforient.charts.figures.base import height_of
from proforient.charts.marks import bars
from proforient.charts.marks.pieces import Address, Html, caveats, glyph, html, joined, plan, tag, verdict
from proforient.charts.marks.rows import block, row, scale_of, slim
from proforient.charts.sentences import (
    change_note,
    change_title,
    change_words,
    evidence,
    figure,
    level_label,
    mark_words,
    periods_title,
    plan_label,
    titled_change,
)
from proforient.monitoring import Verdict
from proforient.palette import VERDICTS
from proforient.wording import period_short

if TYPE_CHECKING:
    from proforient.analysis.changes import Change


def periods(series: Sequence[Coverage], *, why_not: str = "", opens: Address | None = None) -> Html:
    """A row a period, oldest first; a period without data keeps its row. ``opens``: where its bar leads."""
    full = scale_of(series)
    rows = []
    for c in series:
        where = {"opens": opens(c), "words": mark_words(c)} if opens else {}
        picture = slim(c, full, label=evidence(c))
        rows.append(row(period_short(c.period), _figure(c), picture, foot=caveats(c), **where))
    return block(rows, periods_title(series, why_not=why_not), "pf-periods")


def _figure(coverage: Coverage) -> Html:
    look = VERDICTS[coverage.verdict]
    if coverage.verdict in (Verdict.MET, Verdict.NOT_MET):
        shown = joined([glyph(look.glyph), tag("b", figure(coverage))], " ")
        said = tag("span", shown, f"pf-v pf-{look.tone.replace('_', '-')}")
        against = tag("span", plan(coverage, "план"), "pf-quiet")
        return joined([said, against], " ")
    if height_of(coverage) is not None:
        return joined([tag("b", figure(coverage)), tag("span", look.word, "pf-quiet")], " ")
    return joined([verdict(coverage), tag("span", plan(coverage, "план"), "pf-quiet")], " ")


def change(changes: Sequence[Change], catalogue: Catalogue, *, plans: bool = False) -> Html:
    """A row a level: the bar is now, the triangle before; below it the words of both and what is comparable.

    ``plans``: the plan's figure too, where no table stands beside.
    """
    full = scale_of([c for one in changes for c in (one.current, one.previous) if c is not None])
    rows = []
    for one in changes:
        now, then = one.current, one.previous
        before = height_of(then) if then is not None else None
        words_of = [f"{period_short(then.period)}: {figure(then)}"] if then is not None and before is not None else []
        words_of += [plan_label(now)] if plans and now.plan is not None else []
        foot = joined([html(text) for text in [*words_of, change_note(one)] if text], "; ")
        moved = (
            tag("b", change_words(one))
            if titled_change(one) is not None
            else tag("span", change_words(one), "pf-quiet")
        )
        side = joined([moved, verdict(now, short=True, detail=False)], " ")
        name = level_label(catalogue.levels[now.level])
        mark = bars.at(100 * before / full, "△", "pf-before") if before is not None else ""
        picture = slim(now, full, css="pf-with-before", label=evidence(now), before=mark)
        rows.append(row(name, side, picture, figure(now), foot))
    return block(rows, change_title(changes, catalogue), "pf-change")
