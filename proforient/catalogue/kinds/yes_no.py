"""A yes/no: of one organisation its answer, of many the share of those whose answer is the good one."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from proforient.catalogue.kinds.base import Role, WordedFigure
from proforient.catalogue.kinds.share import ShareKind

if TYPE_CHECKING:
    from proforient.catalogue.entries import Indicator


class YesNoKind(ShareKind):
    code = "yes_no"
    meaning = "да/нет"
    needs = ("count",)
    takes = "yes_no"
    seen = ("not_met", "no", "judged")
    computed = ""
    summed = "yes_no"
    part = False
    apart = False
    answers = True
    shortcoming = ("", "")

    def components(self, indicator: Indicator) -> list[tuple[Role, str]]:
        return [("yes_no", indicator.count or "")]

    def good_answer(self, indicator: Indicator) -> int | None:
        return 1 if indicator.good == "yes" else 0

    def bounding(self, indicator: Indicator) -> tuple[str, ...]:
        return ()

    def figure(self, worded: WordedFigure, plan: Decimal | None) -> str:
        if worded.organisation is None:
            return super().figure(worded, plan)
        return "н/д" if worded.value is None else "да" if worded.value else "нет"
