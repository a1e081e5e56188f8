"""The register of kinds of formula: an indicator's ``kind`` in the catalogue, and the object that knows it."""

from __future__ import annotations

from collections.abc import Mapping

from proforient.catalogue.kinds.base import Kind, Role, Told, about
from proforient.catalogue.kinds.count import Count
from proforient.catalogue.kinds.ratio import Ratio
from proforient.catalogue.kinds.share import Share
from proforient.catalogue.kinds.trend import Trend
from proforient.catalogue.kinds.yes_no import YesNo

KINDS: Mapping[str, Kind] = {kind.code: kind for kind in (Share(), YesNo(), Count(), Ratio(), Trend())}
_UNKNOWN = Kind()


def kind_of(code: str) -> Kind:
    """The kind of that code; of a code that is none, one that needs and says nothing."""
    return KINDS.get(code, _UNKNOWN)


def kinds_with(key: str) -> tuple[str, ...]:
    """The codes of the kinds that need a key of the catalogue."""
    return tuple(code for code, kind in KINDS.items() if key in kind.needs)


__all__ = ["KINDS", "Kind", "Role", "Told", "about", "kind_of", "kinds_with"]
