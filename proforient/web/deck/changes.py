"""The slide of a change: a bar now, a triangle with its figure before, what moved, what of it can be compared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from proforient.catalogue.entries import Catalogue
from proforient.charts import marks, sentences
from proforient.charts.figures.base import height_of
from proforient.charts.marks import Html, bars, joined, tag
from proforient.charts.marks.rows import scale_of
from proforient.web.deck import measure
from proforient.wording import period_short

if TYPE_CHECKING:
    from proforient.analysis.changes import Change

ROW, NOTE = 5.5, 2.0  # rem: a row, and the line under it
FLIP = 70  # per cent of the width from which on a triangle's words stand left of it


def rows(changes: Sequence[Change], catalogue: Catalogue) -> tuple[Html, float]:
    """A row a level, and the height of all of them in rem."""
    full = scale_of([c for one in changes for c in (one.current, one.previous) if c is not None])
    made, height = [], 0.0
    for one in changes:
        now, then = one.current, one.previous
        before = height_of(then) if then is not None else None
        mark: Html | str = ""
        if then is not None and before is not None:
            at = 100 * before / full
            words = f"{period_short(then.period)}: {sentences.figure(then)}"
            mark = joined([bars.at(at, "△", "pf-before"), bars.at(at, words, "then back" if at > FLIP else "then")])
        moved = tag("b", sentences.change_words(one))
        verdict = joined([marks.verdict(now, short=True, detail=False), tag("small", marks.plan(now, "план"))], " ")
        note = measure.fitted(sentences.change_note(one), 1.5, measure.WIDE, 1)
        parts = [
            tag("b", sentences.level_label(catalogue.levels[now.level]), "level"),
            marks.bar(now, full, labelled=False, before=mark),
            tag("div", joined([tag("p", moved), tag("p", verdict)]), "moved"),
            tag("small", note, "pf-quiet note") if note else "",
        ]
        made.append(tag("div", joined(parts), "change-row"))
        height += ROW + (NOTE if note else 0.0)
    label = sentences.change_title(changes, catalogue)
    return tag("div", joined(made), "change-rows", role="group", aria_label=label), height
