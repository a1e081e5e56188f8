"""The frozen state of which documents are made: the snapshot of a moment, and the same figures as guests read them.

The store is asked here and nowhere else, in one transaction; what follows is a function of the state.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from proforient.advice.actions import Advice, advice_in
from proforient.advice.problems import Found, denials
from proforient.analysis.coverage import Coverage, OrganisationRows, coverages
from proforient.analysis.rounding import Rounded
from proforient.analysis.scope import Scope
from proforient.catalogue.entries import Catalogue
from proforient.catalogue.figures import FigureKey
from proforient.monitoring import Organisation, Verdict
from proforient.public.publishing import rounded_figures
from proforient.public.record import Hidden
from proforient.public.rule import FEWEST
from proforient.public.stored_text import rule_now
from proforient.snapshot import Snapshot, take, text_of
from proforient.store import facts
from proforient.store.offices import Office
from proforient.store.papers import Measure

if TYPE_CHECKING:
    from proforient.store.reading import Reader


MEASURED = (Verdict.MET, Verdict.NOT_MET, Verdict.NO_PLAN)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnState:
    """What one organisation was asked and gave, and the problems of its own."""

    organisation: Organisation
    figures: tuple[Coverage, ...]
    problems: tuple[Found, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentState:
    """``text`` is the snapshot's canonical text, ``sha256`` its hash; ``guests`` the figures for outside.

    ``advice`` has the general recommendations, too, which the snapshot leaves out. ``own``: of a sheet, whose ``text``
    has the own figures, too.
    """

    catalogue: Catalogue
    snapshot: Snapshot
    text: str
    sha256: str
    advice: Advice
    guests: Mapping[FigureKey, tuple[Rounded, Hidden]]
    hidden_words: Mapping[Hidden, str]
    invented: bool  # the store holds the demonstration
    denying: Mapping[FigureKey, tuple[str, ...]] = field(default_factory=dict)  # who answered «нет», by code
    measures: tuple[Measure, ...] = ()  # of the documents that were issued before
    own: OwnState | None = None
    office: Office | None = None  # as it was set in the program

    def for_guests(self, coverage: Coverage) -> tuple[Rounded | None, str]:
        """The figure as guests read it; None and the reason in words where they do not."""
        shown, hidden = self.guests[coverage.key]
        if hidden:
            return None, self.hidden_words[hidden]
        few = 0 < coverage.submitted < FEWEST  # of a yes/no the answers of one or two are theirs
        return (None, self.hidden_words[Hidden.ORGANISATIONS]) if few else (shown, "")


def frozen_state(reader: Reader, catalogue: Catalogue, period: str, *, territory: str, cohort: str) -> DocumentState:
    """The results as they are now, all of one moment. WrongCall where the territory or the period is not there."""
    taken = take(reader, catalogue, period, territory=territory, cohort=cohort)
    snapshot = replace(taken, others=tuple(_others(reader, catalogue, taken)))
    text = text_of(snapshot)
    figures = {c.key: c for c in (*snapshot.levels, *map(_figure, snapshot.problems), *snapshot.others)}
    return DocumentState(
        catalogue=catalogue,
        snapshot=snapshot,
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        advice=advice_in(reader, period, territory),
        guests=rounded_figures(reader, catalogue, figures),
        hidden_words=rule_now("").hidden,
        invented=facts.invented(reader),
        denying=_denying(reader, catalogue, snapshot),
        measures=tuple(reader.measures(territory)),
        office=reader.office(territory),
    )


def _others(reader: Reader, catalogue: Catalogue, snapshot: Snapshot) -> Iterator[Coverage]:
    """What is measured of all children besides the headline's levels, with a plan or without one."""
    there = {c.key for c in snapshot.levels}
    for c in coverages(reader, catalogue, snapshot.period.code, territory=snapshot.territory, cohort=snapshot.cohort):
        if c.verdict in MEASURED and c.key not in there:
            yield c


def _denying(reader: Reader, catalogue: Catalogue, snapshot: Snapshot) -> dict[FigureKey, tuple[str, ...]]:
    """The organisations behind each «нет»: a snapshot leaves them out, because there may be hundreds."""
    wanted = list(dict.fromkeys(f.coverage.key for f in snapshot.problems if f.when == "no"))
    if not wanted:
        return {}
    rows = OrganisationRows(Scope(reader, catalogue, snapshot.period.code, territory=snapshot.territory), wanted)
    found: dict[FigureKey, tuple[str, ...]] = {}
    for organisation in snapshot.organisations:
        for c in rows.asked_of(organisation.code):
            if denials(c):
                found[c.key] = (*found.get(c.key, ()), organisation.code)
    return found


def _figure(found: Found) -> Coverage:
    return found.coverage


__all__ = ["DocumentState", "OwnState", "frozen_state"]
