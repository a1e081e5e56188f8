"""What of a snapshot leaves the department: sums of a territory by level, small numbers and what betrays them hidden.

In: the store's reader and what was published before. Out: a ``PublicSnapshot``, its canonical text, and the texts
read back. The rule is ``RULE``; the public hash covers this text and nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

import cattrs

from proforient.analysis.changes import changes
from proforient.analysis.coverage import Coverage, coverages
from proforient.catalogue.entries import Catalogue
from proforient.catalogue.keys_figures import PERSONS
from proforient.errors import StoreDamaged
from proforient.monitoring import Period, Verdict
from proforient.snapshot import headline_levels, json_writer

if TYPE_CHECKING:
    from proforient.store.reading import Reader

FORM = 1  # of the text; a later program still reads earlier ones
THRESHOLD = 5  # persons
FEWEST = 3  # organisations in a sum
RULE = (
    f"Числа от 1 до {THRESHOLD - 1}, остатки от 1 до {THRESHOLD - 1} и группы меньше {THRESHOLD} человек показаны как "
    f"«менее {THRESHOLD}», без доли и вывода. «Скрыто» стоит там, где сумма составлена меньше чем из {FEWEST} "
    "организаций или где по ней и по другим открытым числам, здесь или в прежних снимках, можно узнать малое число."
)


class Hidden(StrEnum):
    """Why a figure is not shown."""

    NO = ""
    FEW = "few"  # it is small itself
    HELD = "held"  # it would give another one away


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicFigure:
    """``coverage`` names no organisation or person; of a hidden figure it holds the level and completeness only."""

    coverage: Coverage
    hidden: Hidden
    before: Coverage | None  # the same a period earlier, where that could be shown, too


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicSnapshot:
    """One territory, period and cohort by level; ``submitted`` of ``expected`` organisations have sent a report."""

    form: int
    territory: str
    cohort: str
    period: Period
    figures: tuple[PublicFigure, ...]
    submitted: int
    expected: int
    rule: str


def publish(
    reader: Reader, catalogue: Catalogue, period: str, *, territory: str, cohort: str, reported: tuple[int, int]
) -> PublicSnapshot:
    """What may be shown to anybody; ``reported``: how many organisations sent a report, and of how many."""
    shown = headline_levels(reader, catalogue, period, territory=territory, cohort=cohort)
    hidden = _hidden(reader, catalogue, period, territory, shown)
    return PublicSnapshot(
        form=FORM,
        territory=territory,
        cohort=cohort,
        period=reader.period(period, territory=territory),
        figures=tuple(
            PublicFigure(
                coverage=_bare(c, hidden[c.level]),
                hidden=hidden[c.level],
                before=None if hidden[c.level] else _before(reader, catalogue, c),
            )
            for c in shown
        ),
        submitted=reported[0],
        expected=reported[1],
        rule=RULE,
    )


def is_few(number: int | None) -> bool:
    """Whether so small a number of persons could be told apart; nobody at all is not."""
    return number is not None and 0 < abs(number) < THRESHOLD


def is_small(coverage: Coverage) -> bool:
    """Whether the figure, its rest or its group is small. Only persons are protected."""
    if coverage.unit not in PERSONS:
        return False
    n, d = coverage.numerator, coverage.denominator
    return any(map(is_few, (coverage.value, n, d, None if n is None or d is None else d - n)))


def betrays(one: Coverage, other: Coverage) -> bool:
    """Whether the difference of two figures, one a part or an earlier state of the other, is small somewhere."""
    pairs = [(one.numerator, other.numerator), (one.denominator, other.denominator), (one.value, other.value)]
    steps = [a - b for a, b in pairs if a is not None and b is not None]
    rest = steps[1] - steps[0] if len(steps) > 1 else None
    return one.unit in PERSONS and any(map(is_few, (*steps, rest)))


def _is_cramped(whole: Coverage) -> bool:
    """Whether a part of it and the rest could both be small or just above it."""
    n, d = whole.numerator, whole.denominator
    return n is None or d is None or any(0 < part < 2 * THRESHOLD for part in (n, d, d - n))


def judge(
    coverage: Coverage, *, wholes: Sequence[Coverage], earlier: Iterable[Coverage], children: Iterable[Hidden]
) -> Hidden:
    """Whether the figure may be shown beside the ``wholes`` that it is a part of, what was shown ``earlier``, and
    what is hidden of the territories that it is the sum of."""
    if coverage.unit not in PERSONS or (coverage.numerator is None and coverage.value is None):
        return Hidden.NO
    if is_small(coverage):
        # Beside a small whole the reason alone would tell: there every hidden part is hidden for one reason.
        return Hidden.HELD if any(map(_is_cramped, wholes)) else Hidden.FEW
    if coverage.submitted < FEWEST:
        return Hidden.HELD
    if any(betrays(other, coverage) for other in (*wholes, *earlier)) or any(children):
        return Hidden.HELD
    return Hidden.NO


def _hidden(
    reader: Reader, catalogue: Catalogue, period: str, territory: str, shown: Sequence[Coverage]
) -> Mapping[str, Hidden]:
    """By level. All cohorts are looked at, whatever is published now: another snapshot may show the other one."""
    every = headline_levels(reader, catalogue, period, territory=territory, cohort=None)
    by_key = {(c.level, c.cohort): c for c in every}
    earlier = _published(reader, territory, period)
    below = _below(reader, catalogue, period, territory)
    found = {}
    for c in shown:
        whole = catalogue.cohorts[c.cohort].part_of
        wholes = [by_key[c.level, whole]] if whole and (c.level, whole) in by_key else []
        # What went out of the other cohort counts, too: a whole must not tell what its part kept back, nor later.
        related = {c.cohort, whole, *(code for code, part in catalogue.cohorts.items() if part.part_of == c.cohort)}
        known = [e for e in earlier if (e.indicator, e.level) == (c.indicator, c.level) and e.cohort in related]
        found[c.level] = judge(c, wholes=wholes, earlier=known, children=below.get((c.level, c.cohort), ()))
    return found


def _published(reader: Reader, territory: str, period: str) -> list[Coverage]:
    """Every figure of the period that anybody may have kept, from withdrawn snapshots and later periods' ones too."""
    bodies = (p.body for p in reader.publications(territory=territory) if p.whole)
    shown = [figure for body in bodies for figure in read(body).figures if not figure.hidden]
    return [c for f in shown for c in (f.coverage, f.before) if c is not None and c.period == period]


def _below(reader: Reader, catalogue: Catalogue, period: str, territory: str) -> Mapping[tuple[str, str], list[Hidden]]:
    """What would be hidden of each municipality of a region: the region's sum would give a single one away."""
    headline = catalogue.headline
    assert headline is not None
    rows = coverages(reader, catalogue, period, territory=territory, by="territory", indicator=headline.code)
    found: dict[tuple[str, str], list[Hidden]] = {}
    for place in dict.fromkeys(c.territory for c in rows if c.territory != territory):
        own = [c for c in rows if c.territory == place and c.verdict is not Verdict.NOT_ASKED]
        for cohort in dict.fromkeys(c.cohort for c in own):
            part = [c for c in own if c.cohort == cohort]
            for level, hidden in _hidden(reader, catalogue, period, place, part).items():
                found.setdefault((level, cohort), []).append(hidden)
    return found


def _bare(coverage: Coverage, hidden: Hidden) -> Coverage:
    """Without organisations and authors; of a hidden figure without everything that follows from its numbers."""
    plan = replace(coverage.plan, author="") if coverage.plan else None
    bare = replace(coverage, missing=(), judgements=(), plan=plan)
    if bare.verdict is Verdict.JUDGED:
        bare = replace(bare, verdict=Verdict.NO_DATA)
    if not hidden:
        return bare
    return replace(
        bare,
        numerator=None,
        denominator=None,
        value=None,
        plan=None,
        verdict=Verdict.NO_DATA,
        needed=None,
        shortfall=None,
        can_change=None,
        trend=None,
        trend_approximate=False,
    )


def _before(reader: Reader, catalogue: Catalogue, coverage: Coverage) -> Coverage | None:
    previous = changes(reader, catalogue, [coverage])[0].previous
    if previous is None or previous.share is None:
        return None
    hidden = _hidden(reader, catalogue, previous.period, coverage.territory, [previous])[previous.level]
    return None if hidden else _bare(previous, Hidden.NO)


def text_of(snapshot: PublicSnapshot) -> str:
    """As canonical JSON: what the public hash is of."""
    return json.dumps(_WRITER.unstructure(snapshot), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def read(text: str) -> PublicSnapshot:
    """What ``text_of`` wrote; StoreDamaged where it is not one."""
    try:
        return _WRITER.structure(json.loads(text), PublicSnapshot)
    except (ValueError, cattrs.BaseValidationError) as error:
        raise StoreDamaged("Открытый снимок не читается: его записала другая версия программы.") from error


_WRITER = json_writer()
