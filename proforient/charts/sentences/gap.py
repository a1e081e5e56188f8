"""Who can close a gap: title, caption and the words on the dashed line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from proforient.catalogue.entries import Catalogue
from proforient.charts.sentences.completeness import preliminarily
from proforient.charts.sentences.names import everybody, names_of, noun_of, organisation_name
from proforient.charts.sentences.once import told_once
from proforient.monitoring import Organisation, Verdict
from proforient.palette import VERDICTS
from proforient.wording import Noun, counted, counted_words, number, numeral, share, typo
from proforient.wording.labels import one_line
from proforient.wording.order import NameKey, name_order

if TYPE_CHECKING:
    from proforient.analysis.coverage import Coverage
    from proforient.analysis.shortfall import Contribution, Gap

LONGEST = 60  # signs of a name in a title
LONG_SUM = 6  # addends above which a sum is not written out


@told_once
def below_plan(gap: Gap, names: Mapping[str, str]) -> Sequence[Contribution]:
    """Those below plan, the closing set first, each by its need, then by name: the order of the chart.

    ``names`` maps organisation codes to names.
    """
    positive = [c for c in gap.contributions if c.shortfall > 0]

    def place(c: Contribution) -> tuple[bool, int, NameKey, str]:
        return not c.in_closing_set, -c.needed, name_order(names.get(c.organisation, c.organisation)), c.organisation

    return tuple(sorted(positive, key=place))  # order: by name_order where needs are equal


def closing(gap: Gap, names: Mapping[str, str]) -> list[Contribution]:
    """The fewest that, each raised to the plan, cover what is needed; in the order of ``below_plan``."""
    return [c for c in below_plan(gap, names) if c.in_closing_set]


def _ends_in_one(n: int) -> bool:
    return n % 10 == 1 and n % 100 != 11


def _each(word: Noun) -> str:
    return {"m": "каждый", "f": "каждая", "n": "каждое"}[word.gender]


def gap_title(
    gap: Gap, catalogue: Catalogue, organisations: Mapping[str, Organisation], *, condition: bool = True
) -> str:
    """«Закрыть нехватку могут четыре школы, если каждая дойдёт до плана»."""
    return preliminarily(gap_words(gap, catalogue, organisations, condition=condition), [gap.total])


@told_once
def gap_words(
    gap: Gap, catalogue: Catalogue, organisations: Mapping[str, Organisation], *, condition: bool = True
) -> str:
    """``gap_title`` without a word of how much is known."""
    if gap.total.verdict == Verdict.MET:
        return typo("План достигнут, нехватки нет")
    if gap.total.verdict != Verdict.NOT_MET:
        only = gap.total.verdict == Verdict.JUDGED
        return typo(f"Нехватку посчитать нельзя: {'есть только ' if only else ''}{VERDICTS[gap.total.verdict].word}")
    names = names_of(organisations)
    everyone, few = below_plan(gap, names), closing(gap, names)
    if not few:
        return typo("Нехватку нельзя разложить по организациям")
    less = gap.total.direction == "less"
    what, whole = ("Снять превышение", "Всё превышение") if less else ("Закрыть нехватку", "Вся нехватка")
    reach = "вернётся к плану" if less else "дойдёт до плана"
    word = noun_of([c.organisation for c in everyone], organisations, catalogue)
    n = len(few)
    if n == len(everyone) == 1:
        return typo(f"{whole} — {_name(few[0].organisation, organisations)}")
    if n == 1:
        return typo(f"{what} может {counted_words(1, word)}: {_name(few[0].organisation, organisations)}")
    if n == len(everyone):
        who = everybody(n, word)
        return typo(f"{what} можно, только если {'вернутся к плану' if less else 'до плана дойдут'} {who}")
    can = "может" if _ends_in_one(n) else "могут"
    tail = f", если {_each(word)} {reach}" if condition else ""
    return typo(f"{what} {can} {counted_words(n, word)}{tail}")


def _name(code: str, organisations: Mapping[str, Organisation]) -> str:
    return one_line([organisation_name(code, organisations)], LONGEST)[0]


def gap_line(gap: Gap) -> str:
    """The words on the dashed line under the closing set: «до черты: 85 при нужных 83»."""
    return typo(f"до черты: {number(gap.closing_sum)} при нужных {number(gap.total.needed or 0)}")


def gap_rest(rest: Sequence[Contribution], total: Coverage) -> str:
    """Those for whom there is no room, in whole children: «Ещё 8 организаций — 77 детей»."""
    needed = sum(c.needed for c in rest)
    return typo(f"Ещё {counted(len(rest), 'organisations')} — {counted(needed, total.unit)}")


@told_once
def gap_caption(gap: Gap, catalogue: Catalogue, organisations: Mapping[str, Organisation]) -> str:
    """What is hatched, how the sum is made, who holds 80 %, what those above plan give back; exact to a tenth."""
    few = closing(gap, names_of(organisations))
    if gap.total.verdict != Verdict.NOT_MET or not few:
        return ""
    word = noun_of([c.organisation for c in gap.contributions], organisations, catalogue)
    less = gap.total.direction == "less"
    total, needed = number(gap.closing_sum), number(gap.total.needed or 0)
    terms = [number(c.needed) for c in few]
    amount = f"{' + '.join(terms)} = {total}" if 1 < len(terms) <= LONG_SUM else total
    goal = "снимут превышение, если вернутся к плану" if less else "закроют нехватку, если дойдут до плана"
    text = f"Заштрихованы {word.nom_pl}, которые {goal}: {amount} при нужных {needed}."
    return typo(f"{text}{_eighty(gap, word)}{_back(gap)}")


def _eighty(gap: Gap, word: Noun) -> str:
    positive = [c for c in gap.contributions if c.shortfall > 0]
    holders = [c for c in positive if c.in_80_percent]
    whole = sum((c.shortfall for c in positive), Fraction(0))
    if not holders or len(holders) == len(positive):
        return ""
    part = share(100 * sum((c.shortfall for c in holders), Fraction(0)) / whole)
    what = "превышения" if gap.total.direction == "less" else "нехватки"
    if len(holders) == 1:
        first = {"m": "Первый", "f": "Первая", "n": "Первое"}[word.gender]
        return f" {first} {word.nom} даёт {part} {what}."
    return f" Первые {numeral(len(holders), word.gender)} дают {part} {what}."


def _back(gap: Gap) -> str:
    if gap.given_back <= 0:
        return ""
    every, needed = sum(c.needed for c in gap.contributions if c.shortfall > 0), gap.total.needed or 0
    if every <= needed:
        return ""
    rest = "ниже" if gap.total.direction == "less" else "выше"
    return f" У всех вместе — {number(every)}, но часть покрывает запас тех, кто {rest} плана."
