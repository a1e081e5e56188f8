"""The register of kinds of formula: an indicator's ``kind`` in the catalogue, and the object that knows it."""

from __future__ import annotations

from collections.abc import Mapping

from proforient.catalogue.kinds.base import FormulaKind, Role, WordedFigure, about
from proforient.catalogue.kinds.count import CountKind
from proforient.catalogue.kinds.ratio import RatioKind
from proforient.catalogue.kinds.share import ShareKind
from proforient.catalogue.kinds.trend import TrendKind
from proforient.catalogue.kinds.yes_no import YesNoKind

KINDS: Mapping[str, FormulaKind] = {
    kind.code: kind for kind in (ShareKind(), YesNoKind(), CountKind(), RatioKind(), TrendKind())
}
_UNKNOWN = FormulaKind()


def kind_of(code: str) -> FormulaKind:
    """The kind of that code; of a code that is none, one that needs and says nothing."""
    return KINDS.get(code, _UNKNOWN)


def kinds_with(key: str) -> tuple[str, ...]:
    """The codes of the kinds that need a key of the catalogue."""
    return tuple(code for code, kind in KINDS.items() if key in kind.needs)


__all__ = ["KINDS", "FormulaKind", "Role", "WordedFigure", "about", "kind_of", "kinds_with"]
