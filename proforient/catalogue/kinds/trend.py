"""A trend: whether another indicator's share goes the bad way over the periods; it has no counts and no plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from proforient.catalogue.kinds.base import Role
from proforient.catalogue.kinds.share import ShareKind

if TYPE_CHECKING:
    from proforient.catalogue.entries import Indicator


class TrendKind(ShareKind):
    code = "trend"
    meaning = "тенденция доли"
    needs = ("of",)
    seen = ("trend", "judged")
    plan_in = None
    computed = "это вывод за несколько периодов"
    summed = ""
    part = False
    apart = False
    follows = True
    shortcoming = ("", "")

    def components(self, indicator: Indicator) -> list[tuple[Role, str]]:
        return []
