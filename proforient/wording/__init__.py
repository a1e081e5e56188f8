"""All rounding and all number, date and word forms of the product: exact values in, Russian text out.

Exact arithmetic only; every text uses the no-break space where a line must not break.
"""

from proforient.wording.dates import (
    Due,
    date_ru,
    days_left,
    deadline,
    ends_ru,
    moment_ru,
    period_in,
    period_name,
    period_noun,
    period_short,
    period_to,
    zone_ru,
)
from proforient.wording.figures import (
    MINUS,
    NB,
    average,
    exact_percent,
    number,
    percent,
    plain_decimal,
    plain_fraction,
    points,
    round_half_up,
    share,
    tens,
    whole_percent,
)
from proforient.wording.nouns import NOUNS, Noun, counted, counted_words, noun, ordinal, plural, said
from proforient.wording.numerals import Case, numeral
from proforient.wording.spreadsheet import as_text, from_text
from proforient.wording.text import capital, escape, join, quoted, typo, uncapital

__all__ = [
    "MINUS",
    "NB",
    "NOUNS",
    "Case",
    "Due",
    "Noun",
    "as_text",
    "average",
    "capital",
    "counted",
    "counted_words",
    "date_ru",
    "days_left",
    "deadline",
    "ends_ru",
    "escape",
    "exact_percent",
    "from_text",
    "join",
    "moment_ru",
    "noun",
    "number",
    "numeral",
    "ordinal",
    "percent",
    "period_in",
    "period_name",
    "period_noun",
    "period_short",
    "period_to",
    "plain_decimal",
    "plain_fraction",
    "plural",
    "points",
    "quoted",
    "round_half_up",
    "said",
    "share",
    "tens",
    "typo",
    "uncapital",
    "whole_percent",
    "zone_ru",
]
