"""Rows of a gap: each organisation's own need, the closing set hatched above the dashed line, the others outlined."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from proforient.charts.marks import bars
from proforient.charts.marks.pieces import Address, Html, joined, tag
from proforient.charts.marks.rows import block, readable, row
from proforient.charts.sentences import below_plan, evidence, gap_line, gap_rest, mark_words, pair_words
from proforient.wording import number

if TYPE_CHECKING:
    from proforient.analysis.shortfall import Contribution, Gap

LIMIT = 12  # rows; the other organisations are summed in words


def gap(
    found: Gap, names: Mapping[str, str], *, title: str = "", limit: int = LIMIT, opens: Address | None = None
) -> Html:
    """``names`` maps organisation codes to names; more than ``limit`` rows are summed exactly, in words.

    ``opens``: where a bar and a name lead.
    """
    everyone = below_plan(found, names)
    rows, rest = everyone[:limit], everyone[limit:]
    closing = sum(c.in_closing_set for c in rows)
    most = max([c.needed for c in rows], default=1)
    labels = readable([c.organisation for c in rows], names)
    made = [_row(c, label, most, opens(c.coverage) if opens else "") for c, label in zip(rows, labels, strict=True)]
    if 0 < closing < len(rows):
        made.insert(closing, tag("p", gap_line(found), "pf-cut"))
    if rest:
        made.append(tag("p", gap_rest(rest, found.total), "pf-quiet"))
    return block(made, title or evidence(found.total), "pf-gap")


def _row(contribution: Contribution, label: str, most: int, where: str) -> Html:
    tone = "not-met" if contribution.in_closing_set else "outline"
    length = Fraction(100 * contribution.needed, most)
    picture = bars.bar([bars.bar_part(length, tone)], label="", css="pf-slim pf-bare")
    side = joined([tag("b", number(contribution.needed))])
    name = tag("a", label, "go", href=where) if where else label
    words = mark_words(contribution.coverage)
    return row(name, side, picture, pair_words(contribution.coverage), opens=where, words=words)
