"""Municipalities of a region, regions of a country: how many are below plan, whose gap is the largest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from proforient.analysis.coverage import Coverage
from proforient.charts.sentences.completeness import preliminarily
from proforient.charts.sentences.organisations import beside_the_plan
from proforient.charts.sentences.verdicts import figure, measured
from proforient.monitoring import Verdict
from proforient.wording import Noun, counted, period_name, typo
from proforient.wording.order import name_order


def places_title(coverages: Sequence[Coverage], names: Mapping[str, str], word: Noun) -> str:
    """«Ниже плана 12 муниципалитетов из 30, самая большая нехватка — Лесной район: 1 204 ребёнка».

    ``coverages``: one figure, a row a territory; ``names``: territory -> name; ``word``: what the territories are.
    """
    asked = [c for c in coverages if c.verdict != Verdict.NOT_ASKED]
    if not asked:
        return "Этот показатель здесь не спрашивают"
    known = [c for c in asked if measured(c)]
    text = beside_the_plan(known, word, lambda c: names[c.territory]) if known else _unmeasured(asked, names)
    for verdict, lack in ((Verdict.NO_PLAN, "план не задан"), (Verdict.NO_DATA, "данных нет")):
        n = sum(c.verdict == verdict for c in asked)
        if 0 < n < len(asked) and (known or verdict is Verdict.NO_DATA):
            text += f"; {lack} у {counted(n, word, 'gen')}"
    return preliminarily(typo(text), [c for c in asked if c.submitted])


def _unmeasured(asked: Sequence[Coverage], names: Mapping[str, str]) -> str:
    given = [(value, c) for c in asked if (value := _amount(c)) is not None]
    if not given:
        judged = any(c.verdict == Verdict.JUDGED for c in asked)
        return f"За {period_name(asked[0].period)} чисел {'нет, есть оценка экспертов' if judged else 'ещё нет'}"

    def furthest(side: int) -> str:
        first = min(given, key=lambda pair: (side * pair[0], name_order(names[pair[1].territory])))[1]
        return f"{names[first.territory]} ({figure(first)})"

    if len({value for value, _ in given}) == 1:
        return f"План не задан; {f'везде {figure(given[0][1])}' if len(given) > 1 else furthest(1)}"
    return f"План не задан; больше всего — {furthest(-1)}, меньше всего — {furthest(1)}"


def _amount(coverage: Coverage) -> Fraction | None:
    return coverage.measure
