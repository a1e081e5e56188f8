"""What to do first about an indicator: unmet levels, largest need first, then levels without figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from proforient.advice.actions import Suggested, actions
from proforient.advice.problems import Found
from proforient.analysis.coverage import Coverage
from proforient.analysis.shortfall import Gap
from proforient.catalogue.entries import Catalogue
from proforient.monitoring import Organisation, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Either a gap with what its closing set should do, or a level whose organisations should report."""

    coverage: Coverage
    gap: Gap | None
    organisations: tuple[str, ...]  # codes: the closing set, or those that gave nothing
    actions: tuple[Suggested, ...]


def first_steps(
    found: Sequence[Found],
    levels: Sequence[Coverage],
    catalogue: Catalogue,
    organisations: Mapping[str, Organisation],
    *,
    most: int = 3,
) -> list[Step]:
    """At most ``most`` steps for the levels of one indicator in one territory."""
    here = {(c.level, c.cohort): c for c in levels}
    gaps = [f for f in found if f.when == "not_met" and f.gap and here.get((f.level, f.cohort)) == f.coverage]
    gaps.sort(key=lambda f: (-(f.coverage.needed or 0), f.level))
    steps = [_closing(f, catalogue, organisations) for f in gaps]
    silent = [c for c in levels if c.verdict in (Verdict.NO_DATA, Verdict.JUDGED) and c.missing]
    steps += [Step(coverage=c, gap=None, organisations=c.missing, actions=()) for c in silent]
    return steps[:most]


def _closing(found: Found, catalogue: Catalogue, organisations: Mapping[str, Organisation]) -> Step:
    """Of the suggested actions those addressed to the kind of organisation that makes the gap, if there are any."""
    assert found.gap is not None
    who = tuple(c.organisation for c in found.gap.closing_set)
    kinds = {organisations[code].kind for code in who if code in organisations}
    addressees = {
        catalogue.organisation_kinds[kind].addressee for kind in kinds if kind in catalogue.organisation_kinds
    }
    suggested = actions(catalogue, found.code)
    suggested.sort(key=lambda a: len(catalogue.actions[a.code].answers))  # what answers this problem alone says most
    own = [a for a in suggested if a.addressee in addressees]
    return Step(coverage=found.coverage, gap=found.gap, organisations=who, actions=tuple(own or suggested))
