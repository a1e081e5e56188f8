"""The fields that a table may have, and the headings by which people call them.

Light: the reader of CSV asks it too, in its child process. Only an exact match after normalisation counts.
"""

from __future__ import annotations

from collections.abc import Mapping

from proforient.catalogue.name_keys import normalise

NAMES: Mapping[str, str] = {
    "organisation": "Организация",
    "inn": "ИНН",
    "period": "Период",
    "indicator": "Показатель",
    "code": "Код показателя",
    "level": "Уровень",
    "cohort": "Категория",
    "numerator": "Числитель",
    "denominator": "Знаменатель",
    "value": "Значение",
}

_SPELLINGS: Mapping[str, tuple[str, ...]] = {
    "organisation": (
        *("организация", "наименование организации", "название организации", "организация наименование"),
        *("образовательная организация", "наименование образовательной организации", "наименование оо"),
        *("название образовательной организации", "учреждение", "наименование учреждения", "школа", "оо"),
        *("образовательное учреждение", "код организации", "organisation", "organization"),
    ),
    "inn": ("инн", "инн организации"),
    "period": ("период", "отчетный период", "учебный год", "год", "отчетный год", "period"),
    "indicator": (
        *("показатель", "наименование показателя", "название показателя", "индикатор", "исходное число", "indicator"),
        *("номер показателя", "показатель номер", "наименование индикатора"),
    ),
    "code": ("код показателя", "код", "код числа", "count"),
    "level": (
        "уровень",
        "уровень образования",
        "уровень общего образования",
        "ступень",
        "ступень образования",
        "level",
    ),
    "cohort": ("категория", "категория обучающихся", "категория детей", "cohort"),
    "numerator": ("числитель", "числитель человек", "numerator"),
    "denominator": ("знаменатель", "знаменатель человек", "denominator"),
    "value": ("значение", "значение показателя", "значение человек", "ответ", "число", "value"),
}

_BY_SPELLING: Mapping[str, str] = {
    normalise(spelling): name for name, spellings in _SPELLINGS.items() for spelling in spellings
}
_NUMBERS = ("numerator", "denominator", "value")
_SHARE_WORDS = ("доля", "доли", "процент", "проценты", "процентов", "план", "плана", "плановое", "плановый")
_ORDINAL = frozenset(normalise(text) for text in ("№ п/п", "п/п", "№", "п п", "номер", "номер по порядку", "номер п п"))


def field_of(heading: str) -> str | None:
    """The field that a heading names exactly, or None."""
    key = normalise(heading)
    return _BY_SPELLING.get(key) if key else None


def names_a_share(heading: str) -> bool:
    """Whether the heading speaks of a share or a plan: such a column is never a count."""
    return "%" in heading or any(word in _SHARE_WORDS for word in normalise(heading).split())


def names_an_ordinal(heading: str) -> bool:
    """Whether the heading is that of line numbers («№ п/п»)."""
    key = normalise(heading)
    return key in _ORDINAL if key else "№" in heading


def says_nothing(heading: str) -> bool:
    """Whether the heading is punctuation alone («*», «—», «№»)."""
    return not normalise(heading)


def is_number_field(name: str) -> bool:
    """Whether the field holds figures, not names."""
    return name in _NUMBERS
