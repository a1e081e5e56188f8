"""A wording for what the catalogue has no problem for, so that nothing unmet, denied or criticised is lost."""

from __future__ import annotations

from proforient.catalogue.entries import Catalogue, Problem, When
from proforient.catalogue.figures import FigureKey

CODES: dict[When, str] = {"not_met": "not-met", "no": "no", "trend": "trend", "judged": "judged"}


def is_wordless(code: str) -> bool:
    """Whether the problem of this code is a plan not met for which the catalogue has no words."""
    return code.startswith(f"{CODES['not_met']}.")


def wordless(catalogue: Catalogue, key: FigureKey, when: When) -> Problem:
    """A problem with the code «not-met.INDICATOR.LEVEL» and a text made of the indicator's name.

    The cohort is added to both unless it is a whole one; the level to the text where the name does not tell it.
    """
    whole = catalogue.cohorts[key.cohort].part_of is None
    code = f"{CODES[when]}.{key.indicator}.{key.level}"
    return Problem(
        code=code if whole else f"{code}.{key.cohort}",
        indicator=key.indicator,
        level=key.level,
        cohort=key.cohort,
        when=when,
        text=_text(catalogue, key, when) + _aside(catalogue, key, whole=whole),
    )


def _text(catalogue: Catalogue, key: FigureKey, when: When) -> str:
    indicator, name = catalogue.indicators[key.indicator], catalogue.indicator_name(key.indicator, key.level)
    match when:
        case "not_met" if name.startswith("Доля "):
            return f"{'Низкая' if indicator.direction == 'more' else 'Высокая'} доля {name.removeprefix('Доля ')}"
        case "not_met":
            return f"План не достигнут: {name}"
        case "no":
            return f"Ответ «{'нет' if indicator.good == 'yes' else 'да'}»: {name}"
        case "trend":
            return f"Отмечена тенденция: {name.removeprefix('Тенденция ')}"
        case "judged":
            return f"Недостаток по оценке экспертов: {name}"


def _aside(catalogue: Catalogue, key: FigureKey, *, whole: bool) -> str:
    indicator = catalogue.indicators[key.indicator]
    names_its_children = "{population." in indicator.name or len(indicator.levels) == 1
    words = [] if names_its_children else [catalogue.levels[key.level].short]
    words += [] if whole else [catalogue.cohorts[key.cohort].name]
    return f" ({', '.join(words)})" if words else ""
