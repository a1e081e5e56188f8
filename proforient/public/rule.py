"""A figure as guests may see it: whole percent, rounded numbers, the exact verdict; or that too few stand behind it."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from proforient.analysis.arithmetic import fitting_amount
from proforient.analysis.coverage import Coverage
from proforient.analysis.rounding import Rounded
from proforient.monitoring import PlanValue, Verdict
from proforient.public.record import Hidden
from proforient.public.rounding import (
    BY_COVERED,
    FARTHEST,
    FEW_COVERED,
    FEWEST_CHILDREN,
    LARGE,
    SMALL,
    THERE,
    Pair,
    rounded_count,
    rounded_pair,
)
from proforient.wording import round_half_up, whole_percent

Numbers = tuple[int | None, int | None, int | None, int | None]  # numerator, denominator, value and need, rounded
_NOTHING: Numbers = (None, None, None, None)
FEWEST = 3  # organisations with such children in a sum
RULE = (
    "Доли показаны в целых процентах, числа людей — примерно: до десятков («около 80»), от 85 человек — до двадцати, "
    "от 230 — до пятидесяти, от 470 — до сотен, от 975 — до двухсот. В группе меньше "
    f"{LARGE} человек так, но не точнее {BY_COVERED}, округлено, сколько охвачено, а размер группы посчитан по этому "
    "числу и доле; в большей округлён размер, при малой доле грубее, а сколько охвачено, посчитано по нему и доле. "
    "Сколько не хватает, "
    "посчитано по ним же. Вывод точный: «чуть ниже плана» и «чуть выше плана» стоят там, где округлённая доля говорила "
    "бы другое. Где округлённые числа вместе выдали бы точное, они ещё грубее или не показаны: "
    f"от точных не дальше {FARTHEST} человек или пятой части группы, а где охвачено меньше {FEW_COVERED} — почти "
    "половины. "
    f"«Мало детей» — в группе меньше {FEWEST_CHILDREN} человек, охвачено меньше {SMALL}, не охвачено от 1 до "
    f"{SMALL - 1}, организаций, где этих детей {THERE} и больше, меньше {FEWEST} или группа так мала, что и "
    "округлённая доля выдала бы точное число (у части детей, например с ОВЗ, эта граница выше); «мало организаций» — "
    f"сдали меньше {FEWEST}."
)


def rounded(coverage: Coverage, *, persons: bool, organisations: int, part: bool) -> tuple[Rounded, Hidden]:
    """The figure for guests and why it is hidden; it depends on nothing but the figure itself.

    ``persons``: whether any of its counts counts persons; ``organisations``: in how many of them such children
    are: ``THERE`` or more by the denominator (of a count, by the number). Were one child enough, a sum that is hidden
    although it is large would tell of an organisation that it has exactly none. ``part``: whether the cohort is a part
    of another one of which guests read, too.
    """
    numbers = _rounded_numbers(coverage, part=part) if persons else None
    hidden = _hidden(coverage, organisations, numbers) if persons else Hidden.NO
    if hidden:
        return _made(coverage, None, Verdict.NO_DATA, persons=persons, numbers=None), hidden
    verdict = Verdict.NO_DATA if coverage.verdict is Verdict.JUDGED else coverage.verdict
    return _made(coverage, coverage, verdict, persons=persons, numbers=numbers), hidden


def _hidden(c: Coverage, organisations: int, numbers: Numbers | None) -> Hidden:
    if c.numerator is None and c.value is None:
        return Hidden.NO
    if c.submitted < FEWEST:
        return Hidden.ORGANISATIONS
    # Who has none of these children is nobody's business: that too few have any is told by the same word as few are.
    return Hidden.NO if organisations >= FEWEST and numbers else Hidden.CHILDREN


def _rounded_numbers(c: Coverage, *, part: bool) -> Numbers | None:
    """Numerator, denominator, value and need, rounded; None where there are too few."""
    if c.numerator is None and c.value is None:
        return None
    if not c.formula.bounded:
        return _NOTHING  # of so much for each only that: its sums are no numbers of persons, and nobody needs them
    amount = fitting_amount(c.plan, c.kind)
    plan, less = None if amount is None else Fraction(amount), c.direction == "less"
    if c.numerator is not None and c.denominator is not None:
        pair = rounded_pair(Pair(c.numerator, c.denominator), plan, less=less, part=part)
        return pair and (pair.numerator, pair.denominator, None, pair.needed)
    count = rounded_count(c.value or 0, plan, less=less)
    return count and (None, None, *count)


def _made(c: Coverage, of: Coverage | None, verdict: Verdict, *, persons: bool, numbers: Numbers | None) -> Rounded:
    """The numbers of ``of``, rounded, in a figure that has the rest of ``c``: nothing is copied that was not asked."""
    n, d, value, needed, percent, edge = None, None, None, None, None, False
    if of is not None:
        n, d, value, needed = of.numerator, of.denominator, of.value, of.needed
        if of.share is not None:
            percent, edge = whole_percent(of.share)
        elif of.measure is not None and not of.formula.plain:
            percent = int(round_half_up(of.measure, 0))
        if persons and (n is not None or value is not None):
            n, d, value, needed = numbers or _NOTHING
    return Rounded(
        period=c.period,
        territory=c.territory,
        organisation=None,
        indicator=c.indicator,
        level=c.level,
        cohort=c.cohort,
        kind=c.kind,
        unit=c.unit,
        direction=c.direction,
        numerator=n,
        denominator=d,
        value=value,
        plan=_nameless(of) if of else None,
        verdict=verdict,
        needed=needed if verdict is Verdict.NOT_MET else None,
        shortfall=None,
        submitted=c.submitted,
        expected=c.expected,
        can_change=None,
        percent=percent,
        edge=edge,
        settled_from=c.settled_from,
        approximate=persons,
    )


def _nameless(c: Coverage) -> PlanValue | None:
    return replace(c.plan, author="") if c.plan else None
