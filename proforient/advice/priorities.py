"""What to do first about an indicator: reports without which nothing is certain, unmet levels, silent levels."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from proforient.advice.actions import Advice, Suggested
from proforient.advice.problems import Found
from proforient.analysis.coverage import Coverage
from proforient.analysis.shortfall import Gap
from proforient.catalogue.entries import Catalogue
from proforient.monitoring import Verdict
from proforient.wording.order import NameKey, name_order

if TYPE_CHECKING:
    from proforient.store.roster import Roster


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstStep:
    """What somebody should do about ``levels``.

    ``report``: hand in a report; ``figures``: add these figures to the report that is in; ``close``: a gap, with the
    actions that are suggested to its closing set.
    """

    kind: Literal["report", "figures", "close"]
    levels: tuple[Coverage, ...]
    organisations: tuple[str, ...]  # codes
    gap: Gap | None = None
    actions: tuple[Suggested, ...] = ()


def first_steps(
    found: Sequence[Found],
    levels: Sequence[Coverage],
    catalogue: Catalogue,
    organisations: Roster,
    advice: Advice,
    *,
    reported: Collection[str],
    most: int = 3,
) -> list[FirstStep]:
    """At most ``most`` steps for the levels of one indicator in one territory.

    ``reported``: the codes of organisations whose report is in; they are never told to hand it in.
    """
    here = {(c.level, c.cohort): c for c in levels}
    gaps = [f for f in found if f.when == "not_met" and f.gap and here.get((f.level, f.cohort)) == f.coverage]
    order = {c.level: n for n, c in enumerate(levels)}
    gaps.sort(key=lambda f: (-(f.coverage.needed or 0), order[f.level]))
    steps = _asking([c for c in levels if c.unsettled], reported)
    steps += [_closing(f, catalogue, organisations, advice) for f in gaps]
    for coverage in levels:
        if coverage.verdict in (Verdict.NO_DATA, Verdict.JUDGED):
            steps += _asking([coverage], reported)
    return steps[:most]


def _asking(levels: Sequence[Coverage], reported: Collection[str]) -> list[FirstStep]:
    """Those who have not reported at all, apart from those whose report lacks the figures of these levels."""
    missing = list(dict.fromkeys(code for c in levels for code in c.missing))
    silent = tuple(code for code in missing if code not in reported)
    without = tuple(code for code in missing if code in reported)
    steps = [FirstStep(kind="report", levels=tuple(levels), organisations=silent)] if silent else []
    return steps + ([FirstStep(kind="figures", levels=tuple(levels), organisations=without)] if without else [])


def _closing(found: Found, catalogue: Catalogue, organisations: Roster, advice: Advice) -> FirstStep:
    """Of the suggested actions those addressed to the kind of organisation that makes the gap, if there are any."""
    assert found.gap is not None
    names, kind_of = map(organisations.by_code, ("name", "kind"))

    def place(closes: tuple[str, int]) -> tuple[int, NameKey]:
        code, need = closes
        return -need, name_order(names.get(code, ""))

    who = tuple(code for code, _ in sorted(found.gap.closing, key=place))
    kinds = {kind_of[code] for code in who if code in kind_of}
    addressees = {
        catalogue.organisation_kinds[kind].addressee for kind in kinds if kind in catalogue.organisation_kinds
    }
    suggested = advice.answers_to(found)
    suggested.sort(key=lambda a: len(a.answers))  # order: of equal ones as given; what answers this alone says most
    own = [a for a in suggested if a.addressee in addressees]
    return FirstStep(
        kind="close", levels=(found.coverage,), organisations=who, gap=found.gap, actions=tuple(own or suggested)
    )
