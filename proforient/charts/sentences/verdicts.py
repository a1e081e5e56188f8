"""A verdict in words: glyph, word and what is missing or spare, from one Coverage."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from proforient.analysis.arithmetic import fitting_amount
from proforient.analysis.coverage import FEW_BELOW, Coverage
from proforient.catalogue.kinds import about
from proforient.monitoring import Judgement, Verdict
from proforient.palette import DOWN_GLYPH, NO_DATA_GLYPH, UP_GLYPH, VERDICTS, Tone
from proforient.wording import NB, Case, counted, counted_words, noun, number, percent, typo

DEMONSTRATION = "Демонстрация: организации, числа детей, планы, 2021 и 2023 годы выдуманы."
DEMONSTRATION_BRIEF = "выдумано"  # on each slide, in one line with whose and of when they are
INVENTED = "выдуман для демонстрации"
SMALL = 33  # children of a group up to which one child is 3 percentage points or more


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """«✗ не хватает / 83 детей»: a glyph, the word in bold, the rest in a second line (may be empty)."""

    glyph: str
    word: str
    detail: str
    tone: Tone

    @property
    def text(self) -> str:
        """Everything in one line."""
        return " ".join(part for part in (self.glyph, self.word, self.detail) if part)


def measured(coverage: Coverage) -> bool:
    """Whether the figure stands against a plan."""
    return coverage.verdict in (Verdict.MET, Verdict.NOT_MET)


def spare(coverage: Coverage) -> int:
    """How many could be lost with the plan still met (0 when not met)."""
    if coverage.shortfall is None or coverage.shortfall > 0:
        return 0
    return (-coverage.shortfall).__floor__()


def many(n: int | None, unit: str, case: Case = "nom", *, rounded: bool = False) -> str:
    """«83 ребёнка»; rounded «около 80 детей», «нескольких детей»."""
    return typo(f"{about(n or 0, case)} {noun(unit).gen_pl}") if rounded else counted(n or 0, unit, case)


def missing(coverage: Coverage) -> str:
    """«не хватает 83 детей»; where less is better «превышение — 12 детей»; empty unless the plan is not met."""
    if coverage.verdict != Verdict.NOT_MET or coverage.needed is None:
        return ""
    if coverage.direction == "less":
        return typo(f"превышение — {many(coverage.needed, coverage.unit, rounded=coverage.about)}")
    return typo(f"не хватает {many(coverage.needed, coverage.unit, 'gen', rounded=coverage.about)}")


def spare_words(coverage: Coverage) -> str:
    """«с запасом 32», «ровно по плану», «без запаса» (one child less and the plan would not be met).

    Of a rounded figure nothing: how far it is above its plan is not told.
    """
    if coverage.shortfall is None:
        return ""
    if coverage.shortfall == 0:
        return "ровно по плану"
    left = spare(coverage)
    return f"с{NB}запасом{NB}{number(left)}" if left else "без запаса"


_DENIED = re.compile(r"не \w+[аеё]н[аоы]?\b")  # «не обеспечен», «не создана»: the experts' own two words


def judged_word(coverage: Coverage, judgement: Judgement | None = None) -> str:
    """What experts said, in two words: «45 %», «не обеспечен», «низкая доля», «недостаток», «хороший результат»."""
    judgement = judgement or coverage.judgement
    if judgement is None:
        return ""
    if judgement.percent is not None:
        return percent(judgement.percent)
    if judgement.outcome == "shortcoming":
        if own := _DENIED.match(judgement.text.lower()):
            return own[0]
        return coverage.formula.shortcoming[coverage.direction == "less"] or "недостаток"
    return "хороший результат" if judgement.outcome == "good" else "есть замечание"


_TRENDS = {"present": "есть тенденция", "not_seen": "тенденции не видно", "too_early": "судить рано"}


def saying(coverage: Coverage, *, short: bool = False, unit: bool = True, hedged: bool = True) -> Saying:
    """The verdict beside a mark; ``short``: «достигнут» for «план достигнут»; without ``unit``: «не хватает 83».

    Not ``hedged``: without «пока», where the word «предварительно» stands below.
    """
    look = VERDICTS[coverage.verdict]
    if coverage.trend is not None:
        worse = UP_GLYPH if coverage.direction == "less" else DOWN_GLYPH
        glyph = worse if coverage.trend == "present" else NO_DATA_GLYPH
        return Saying(glyph=glyph, word=_TRENDS[coverage.trend], detail="", tone="quiet")
    if coverage.formula.answers and coverage.organisation is not None and coverage.value is not None:
        good = bool(coverage.numerator)
        answer = VERDICTS[Verdict.MET if good else Verdict.NOT_MET]
        return Saying(glyph=answer.glyph, word=figure(coverage), detail="", tone=answer.tone)
    word, detail = look.short if short else look.word, ""
    if coverage.verdict == Verdict.MET:
        detail = spare_words(coverage) if coverage.shortfall or short else "ровно"
        word = near_word(coverage) or word
    elif coverage.verdict == Verdict.NOT_MET and coverage.needed is not None:
        case: Case = "nom" if coverage.direction == "less" else "gen"
        amount = about(coverage.needed, case) if coverage.about else number(coverage.needed)
        if coverage.near:
            word, detail = near_word(coverage), missing(coverage)
        elif coverage.direction == "less":
            word = "выше плана"
            detail = f"{amount} лишних" if coverage.about else f"на {amount}"  # «на около 80» is no Russian
        else:
            word = "не хватает"
            detail = many(coverage.needed, coverage.unit, "gen", rounded=coverage.about) if unit else amount
    elif coverage.verdict == Verdict.JUDGED:
        word, detail = ("эксперты:" if short else "оценка экспертов:"), judged_word(coverage).replace(" ", NB)
    return Saying(glyph=look.glyph, word=yet(coverage, word) if hedged else word, detail=typo(detail), tone=look.tone)


def yet(coverage: Coverage, word: str) -> str:
    """«пока достигнут» where those who have not reported could turn it."""
    return f"пока{NB}{word}" if coverage.unsettled and measured(coverage) else word


def near_word(coverage: Coverage) -> str:
    """«чуть ниже плана» where the rounded share alone would say the other verdict; else empty."""
    if not coverage.near:
        return ""
    below = (coverage.verdict == Verdict.MET) == (coverage.direction == "less")
    return "чуть ниже плана" if below else "чуть выше плана"


def figure(coverage: Coverage) -> str:
    """The figure as people read it: «70 %», «12», «да»; «н/д» without one."""
    return coverage.formula.figure(coverage, _against(coverage))


def _against(coverage: Coverage) -> Decimal | None:
    """The plan that the figure stands beside."""
    return fitting_amount(coverage.plan, coverage.kind) if measured(coverage) else None


def plan_figure(coverage: Coverage) -> str:
    """The plan's figure: «80 %» or, of a count, «15»; empty without a plan."""
    plan = coverage.plan
    if plan is None:
        return ""
    return percent(plan.percent) if plan.percent is not None else number(plan.amount, places=2)


def plan_label(coverage: Coverage) -> str:
    """«план 80 %»; empty without a plan."""
    return f"план {plan_figure(coverage)}" if coverage.plan else ""


def invented(coverage: Coverage) -> bool:
    """Whether the plan was made up for the demonstration, which is said where it stands."""
    return coverage.plan is not None and coverage.plan.origin == "demonstration"


def pair_words(coverage: Coverage) -> str:
    """«581 из 830»; of a count its number; a dash without data and where there is nobody."""
    return typo(coverage.formula.pair(coverage) or "—")


def formula(coverage: Coverage) -> str:
    """The sum as a school shows it, «581 / 830 · 100 % = 70,00 %»; empty without a share."""
    return typo(coverage.formula.formula(coverage, _against(coverage)))


def plan_in_units(coverage: Coverage) -> str:
    """What the plan means in children: «план 80 % — это 664 ребёнка»; empty where it cannot be said."""
    amount = fitting_amount(coverage.plan, coverage.kind)
    exact = None if amount is None else coverage.formula.plan_units(coverage, amount)
    if exact is None:
        return ""
    if coverage.direction == "less":
        return typo(f"{plan_label(coverage)} — это не больше {counted(exact.__floor__(), coverage.unit, 'gen')}")
    return typo(f"{plan_label(coverage)} — это {counted(exact.__ceil__(), coverage.unit)}")


def one_is_worth(coverage: Coverage) -> str:
    """What one child weighs in the share: «4,5 п. п.»; empty without a denominator."""
    if not coverage.formula.small or not coverage.denominator:
        return ""
    return coverage.formula.amount(coverage.formula.of_pair(1, coverage.denominator))


def small_numbers(coverage: Coverage) -> str:
    """«12 выпускников: один выпускник — 8,3 п. п.» for groups of up to 33, otherwise empty."""
    if not coverage.formula.small or not coverage.denominator or coverage.denominator > SMALL:
        return ""
    if coverage.denominator == 1:
        return counted(1, coverage.unit)
    one = counted_words(1, coverage.unit)
    return typo(f"{counted(coverage.denominator, coverage.unit)}: {one} — {one_is_worth(coverage)}")


NO_GROUND = (
    f"В группе меньше {FEW_BELOW} человек: один или двое решают, достигнут ли план, поэтому рекомендации по одному "
    "этому числу программа не предлагает."
)


def few_words(coverage: Coverage) -> str:
    """«мало детей, вывод ненадёжен: 9 из 10»; empty where there are enough or no verdict."""
    if not coverage.few:
        return ""
    return typo(f"мало {noun(coverage.unit).gen_pl}, вывод ненадёжен: {pair_words(coverage)}")


def few_brief(coverage: Coverage) -> str:
    """The same in a list that has no room for more: «мало детей»."""
    return f"мало {noun(coverage.unit).gen_pl}" if coverage.few else ""


def evidence(coverage: Coverage) -> str:
    """The figure behind a verdict: «581 из 830 — 70 % при плане 80 %, не хватает 83 детей»."""
    if coverage.formula.plain:
        text = f"{figure(coverage)} при плане {plan_figure(coverage)}" if coverage.plan else figure(coverage)
    else:
        text = (
            f"{pair_words(coverage)} — {figure(coverage)}" if coverage.denominator else VERDICTS[coverage.verdict].word
        )
        text += f" при плане {plan_figure(coverage)}" if coverage.plan and coverage.denominator else ""
    tail = missing(coverage) or (spare_words(coverage) if coverage.verdict == Verdict.MET else "")
    tail = ", ".join(part for part in (near_word(coverage), tail, few_words(coverage).partition(":")[0]) if part)
    return typo(f"{text}, {tail}" if tail else text)
