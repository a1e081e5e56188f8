"""What of a snapshot leaves the department: a territory's sums by level, rounded so that nothing can be subtracted.

In: the store's reader. Out: a ``PublicSnapshot``, its canonical text, and the texts read back. The rule is ``RULE``;
the public hash covers this text and nothing else.
"""

from proforient.public.publishing import publish
from proforient.public.record import Hidden, PublicFigure, PublicRule, PublicSnapshot
from proforient.public.rounding import FARTHEST, FEW_COVERED, FEWEST_CHILDREN, ROOM, SMALL, THERE
from proforient.public.rule import FEWEST, RULE, rounded
from proforient.public.stored_text import read, rule_now, text_of

__all__ = [
    "FARTHEST",
    "FEWEST",
    "FEWEST_CHILDREN",
    "FEW_COVERED",
    "ROOM",
    "RULE",
    "SMALL",
    "THERE",
    "Hidden",
    "PublicFigure",
    "PublicRule",
    "PublicSnapshot",
    "publish",
    "read",
    "rounded",
    "rule_now",
    "text_of",
]
