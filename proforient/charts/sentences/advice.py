"""«Рекомендации» and proposals of plans in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from proforient.advice.actions import Advice
from proforient.wording import capital, counted, join, number, period_in, plural, typo, verb_form

if TYPE_CHECKING:
    from proforient.analysis.offers import PlanOffer

GROUNDS = {
    "plan": "таким был план",
    "half": "столько у половины организаций",
    "quarter": "столько у лучшей четверти организаций",
}


def advice_finding(advice: Advice) -> str:
    """«Включены 44 рекомендации из 66: изменены 3, своих — 1»."""
    on, every = len(advice.shown), len(advice.every)
    verb = plural(on, "Включена", "Включены", "Включено")
    text = f"{verb} {counted(on, 'recommendations')} из {number(every)}"
    amended, own = (sum(a.words == words for a in advice.every) for words in ("amended", "own"))
    parts = [f"изменено {number(amended)}" if amended else "", f"своих {number(own)}" if own else ""]
    return typo(": ".join([text, join([part for part in parts if part])]) if any(parts) else text)


def advice_lead(advice: Advice) -> str:
    """Of how many that are on nobody has said yet by when and who."""
    no_day = sum(a.deadline.form == "none" for a in advice.shown)
    no_one = sum(not a.responsible for a in advice.shown)
    whose = counted(no_day or no_one, "recommendations", "gen")
    parts = [
        f"срок не задан у {whose}" if no_day else "",
        f"ответственный не назван у {number(no_one) if no_day else whose}" if no_one else "",
    ]
    listing = ", ".join(part for part in parts if part)
    return typo(f"{capital(listing)}." if listing else "У каждой есть срок и ответственный.")


def offer_words(offer: PlanOffer) -> str:
    """«таким был план в 2025 году; так выполнили бы 12 из 16»."""
    ground = f"{GROUNDS[offer.ground]} {period_in(offer.period)}"
    verb = verb_form(offer.met, "f", "", "выполнила", "", "выполнили")
    return typo(f"{ground}; так {verb} бы {number(offer.met)} из {number(offer.of)}")
