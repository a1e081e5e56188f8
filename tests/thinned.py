"""Of many alike cases ``make test`` runs some, ``make soak`` all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pytest


def thinned(cases: Iterable[Any], every: int = 2, *, first: int = 0) -> list[Any]:
    """``cases`` for ``parametrize``: each ``every``-th from ``first`` on runs always, others under ``make soak``."""
    return [_case(case, place % every != first) for place, case in enumerate(cases)]


def kept(cases: Iterable[Any], always: Sequence[Any]) -> list[Any]:
    """The same by name: those of ``always`` run always."""
    return [_case(case, case not in always) for case in cases]


def _case(case: Any, long: bool) -> Any:
    values = case if isinstance(case, tuple) else (case,)
    return pytest.param(*values, marks=pytest.mark.soak if long else ())
