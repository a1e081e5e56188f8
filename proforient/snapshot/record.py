"""The frozen results of a moment, as the program of today speaks of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from proforient.advice.actions import Advice
from proforient.advice.problems import Found
from proforient.analysis.changes import Change
from proforient.analysis.coverage import Coverage
from proforient.analysis.sides import Comparison
from proforient.monitoring import Organisation, Period


@dataclass(frozen=True, slots=True, kw_only=True)
class SentFile:
    """An accepted file behind the figures."""

    file: str
    sha256: str
    at: dt.datetime  # UTC
    organisations: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """The headline's levels of one territory, period and cohort, and what follows from them.

    ``problems`` are those of the territory in the whole period; who makes a gap stands only in those of ``levels``.
    ``advice`` has what answers them and is on; None in a stored form that left it to the catalogue.
    ``comparisons``: what whoever made the deck put into it. ``others``: what was measured besides, for a document.
    """

    territory: str
    cohort: str
    period: Period
    levels: tuple[Coverage, ...]
    changes: tuple[Change, ...]
    problems: tuple[Found, ...]
    advice: Advice | None
    organisations: tuple[Organisation, ...]
    files: tuple[SentFile, ...]
    comparisons: tuple[Comparison, ...] = ()
    others: tuple[Coverage, ...] = ()
