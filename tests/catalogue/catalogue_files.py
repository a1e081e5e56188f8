"""The small catalogue that tests spoil, and the shapes of their fixtures."""

from __future__ import annotations

from collections.abc import Callable

from proforient.catalogue.entries import Mistake
from proforient.settings import ROOT

CATALOGUES = ROOT / "tests" / "data" / "catalogues"
SMALL = CATALOGUES / "small.toml"
Check = Callable[[str], tuple[Mistake, ...]]
Spoil = Callable[..., tuple[Mistake, ...]]
