"""«Что сделать сначала» in words: who, what, why these, from where."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from proforient.advice.first import Step
from proforient.catalogue.entries import Catalogue
from proforient.charts.sentences.completeness import submitted_of
from proforient.charts.sentences.gap import missing_names
from proforient.charts.sentences.names import level_subject, levels_in
from proforient.monitoring import Organisation
from proforient.wording import counted, number, typo, uncapital

NAMES = 4  # as many organisations are named before the rest is counted


class StepWords(NamedTuple):
    """``who`` stands in bold before the dash, ``source`` small at the end."""

    who: str
    what: str
    source: str


def step_words(step: Step, catalogue: Catalogue, organisations: Mapping[str, Organisation]) -> StepWords:
    """One step in words."""
    who = missing_names(step.organisations, organisations, NAMES)
    level = catalogue.levels[step.coverage.level]
    if step.gap is None:
        what = f"сдать числа: {uncapital(level_subject(level))}, судить пока не по чему."
        return StepWords(who, typo(what), typo(submitted_of(step.coverage)))
    needed = step.coverage.needed or 0
    sums = f"{number(step.gap.closing_sum)} при нужных {number(needed)}"
    close = "закроет" if len(step.organisations) == 1 else "закроют"
    why = f"Дойдя до плана, {close} нехватку {levels_in([level])}: {sums}."
    if not step.actions:
        what = f"дойти до плана: не хватает {counted(needed, step.coverage.unit, 'gen')} {levels_in([level])}."
        return StepWords(who, typo(what), "")
    first = step.actions[0]
    return StepWords(who, typo(f"{uncapital(first.text).rstrip('.')}. {why}"), typo(first.source_text))
