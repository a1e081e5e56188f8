"""The slide of a gap: as many organisations as a slide holds, the rest summed in words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from proforient.charts import sentences
from proforient.charts.marks import Html, bars, joined, tag
from proforient.web.deck import measure
from proforient.wording import number
from proforient.wording.labels import Label, one_line, two_lines

if TYPE_CHECKING:
    from proforient.analysis.shortfall import Contribution, Gap

NAME, NAME_WIDE, NAME_LEADING = 1.75, 22.0, 1.2  # rem
BAR = 2.55  # rem of a row of one line
AIR, ROOMY = 0.7, 1.9  # rem between rows; the second where they are few
CUT, REST = 2.5, 2.4  # rem: the words on the dashed line, and those of the rest
LONGEST = Fraction(70)  # per cent of the place for bars: the number stands behind the longest
MOST = 12  # rows of a slide
NUMBERED = re.compile(r"^(\D*№ ?\d+)\b.*…$")  # «СОШ № 7 им. перв…»: what is cut after the number tells nothing more


def rows(found: Gap, names: Mapping[str, str], room: float, title: str) -> tuple[Html, float]:
    """The rows that fit ``room`` rem, and their height."""
    everyone = sentences.below_plan(found, names)
    names_shown = [names.get(c.organisation, c.organisation) for c in everyone]
    labels = _labels(names_shown)
    tall = [max(BAR, len(label) * NAME * NAME_LEADING) + AIR for label in labels]
    closing = sum(c.in_closing_set for c in everyone)
    count = next(
        (n for n in range(min(MOST, len(everyone)), 1, -1) if _height(tall, n, closing) <= room),
        min(1, len(everyone)),
    )
    most = max([c.needed for c in everyone], default=1)
    made = [_row(c, label, most) for c, label in zip(everyone[:count], labels, strict=False)]
    if _split(closing, count, len(everyone)):
        made.insert(closing, tag("p", sentences.gap_line(found), "pf-cut"))
    if count < len(everyone):
        made.append(tag("p", sentences.gap_rest(everyone[count:], found.total), "pf-quiet rest"))
    height = _height(tall, count, closing)
    roomy = height + (ROOMY - AIR) * len(made)
    css = "who-rows roomy" if roomy <= room else "who-rows"
    return tag("div", joined(made), css, role="group", aria_label=title), roomy if roomy <= room else height


def _labels(names: Sequence[str]) -> list[Label]:
    """Whole names in up to two lines; where some must be cut all the same, one line of each, so that more rows fit."""
    labels = two_lines(names, NAME_WIDE / NAME, measure.width)
    if not any(label[-1].endswith("…") for label in labels):
        return labels
    lines = one_line(names, NAME_WIDE / NAME, measure.width)
    numbered = [NUMBERED.sub(r"\1…", line) for line in lines]
    return [(line,) for line in (numbered if len(set(numbered)) == len(lines) else lines)]


def _split(closing: int, count: int, every: int) -> bool:
    return 0 < closing <= count and closing < every


def _height(tall: list[float], count: int, closing: int) -> float:
    """Of so many rows with the line and the words that belong to them."""
    cut = CUT + AIR if _split(closing, count, len(tall)) else 0.0
    return sum(tall[:count]) + cut + (REST + AIR if count < len(tall) else 0.0)


def _row(contribution: Contribution, label: Label, most: int) -> Html:
    tone = "not-met" if contribution.in_closing_set else "outline"
    length = Fraction(LONGEST * contribution.needed, most)
    parts = [bars.bar_part(length, tone), bars.at(length, number(contribution.needed), "pf-after need")]
    name = tag("div", joined(tag("span", line) for line in label), "name")
    pair = tag("small", sentences.pair_words(contribution.coverage), "pf-quiet")
    return tag("div", joined([name, bars.bar(parts, label="", css="pf-bare"), pair]), "who-row")
