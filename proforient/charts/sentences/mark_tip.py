"""What a mark of a chart says when somebody points at it: the figure, its plan with the ground, what it means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from proforient.charts.sentences.completeness import submitted_of
from proforient.charts.sentences.periods import change_told, titled_change
from proforient.charts.sentences.verdicts import (
    INVENTED,
    few_words,
    figure,
    invented,
    missing,
    near_word,
    pair_words,
    plan_label,
    saying,
    spare_words,
)
from proforient.monitoring import Verdict
from proforient.palette import VERDICTS
from proforient.wording import period_to, typo
from proforient.wording.labels import one_line

if TYPE_CHECKING:
    from proforient.analysis.changes import Change
    from proforient.analysis.coverage import Coverage

LONGEST = 90  # signs of a plan's ground
_NO_FIGURE = (Verdict.NO_DATA, Verdict.NOBODY, Verdict.NOT_ASKED, Verdict.JUDGED)


def mark_words(coverage: Coverage) -> str:
    """«581 из 830 — 70 %, план 80 % (приказ № 5), не хватает 83 детей, сдали 5 из 6, предварительно»."""
    parts = [_figure(coverage), _plan(coverage), *_meaning(coverage), *_completeness(coverage)]
    return typo(", ".join(part for part in parts if part))


def change_mark_words(change: Change) -> str:
    """The same of a period beside the one before: «…; к 2021 году: ↑ +4 п. п.»."""
    now, before = mark_words(change.current), change.previous
    if before is None or titled_change(change) is None:
        return now
    return typo(f"{now}; {period_to(before.period)} {change_told(change)}")


def _figure(coverage: Coverage) -> str:
    if coverage.trend is not None or coverage.verdict in _NO_FIGURE:
        said = saying(coverage)
        return f"{said.word} {said.detail}".strip()
    if coverage.formula.plain or not coverage.formula.pair(coverage):
        return figure(coverage)
    return f"{pair_words(coverage)} — {figure(coverage)}"


def _plan(coverage: Coverage) -> str:
    if coverage.plan is None:
        return VERDICTS[Verdict.NO_PLAN].word if coverage.verdict == Verdict.NO_PLAN else ""
    ground = INVENTED if invented(coverage) else coverage.plan.ground
    ground_words = f" ({one_line([ground], LONGEST, as_written=True)[0]})" if ground else ""
    return f"{plan_label(coverage)}{ground_words}"


def _meaning(coverage: Coverage) -> list[str]:
    """How far from the plan; of who has met it, what is to spare."""
    few = few_words(coverage).partition(":")[0]  # the pair has been said
    if coverage.verdict == Verdict.MET:
        return [near_word(coverage) or VERDICTS[Verdict.MET].word, spare_words(coverage), few]
    return [near_word(coverage), missing(coverage), few]


def _completeness(coverage: Coverage) -> list[str]:
    """Of a territory: who has reported."""
    if coverage.organisation is not None or not coverage.expected:
        return []
    return [submitted_of(coverage), "предварительно" if coverage.provisional else ""]
