"""Nouns with their numbers: «83 детей», «1 ребёнка», «четыре школы», «на двух уровнях»."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from proforient.wording.figures import NB, number
from proforient.wording.numerals import Case, Gender, numeral

Form = TypeVar("Form")


@dataclass(frozen=True, slots=True, kw_only=True)
class Noun:
    """The forms that our sentences need; ``few`` stands after 2, 3, 4 in the nominative."""

    gender: Gender
    nom: str
    gen: str
    nom_pl: str
    gen_pl: str
    prep: str
    prep_pl: str
    few: str = ""

    def after(self, n: int, case: Case = "nom") -> str:
        """The form that stands after the number ``n``."""
        if case == "prep":
            return self.prep if _ends_in_one(n) else self.prep_pl
        if case == "gen":
            return self.gen if _ends_in_one(n) else self.gen_pl
        if case == "dat":
            return self._dative() if _ends_in_one(n) else " ".join(map(_dative_plural, self.prep_pl.split()))
        if case not in ("nom", "acc"):
            raise ValueError(f"no {case} forms of «{self.nom}» are kept")
        if case == "acc" and self.gender == "f" and _ends_in_one(n):
            return " ".join(map(_accusative, self.nom.split()))
        return plural(n, self.nom, self.few or self.gen, self.gen_pl)

    def _dative(self) -> str:
        """«школе», «лицею», «детскому саду»: feminine nouns have the prepositional, the others the genitive's stem."""
        if self.gender == "f":
            return self.prep
        *before, last = self.gen.split()
        return " ".join([*(word[:-2] + "му" for word in before), last[:-1] + ("ю" if last[-1] == "я" else "у")])


def _dative_plural(word: str) -> str:
    """«школах» → «школам», «детских» → «детским»."""
    return word[:-1] + "м"


def _accusative(word: str) -> str:
    """«школа» → «школу», «учётная» → «учётную»; «запись» stays."""
    for ending, other in (("ая", "ую"), ("яя", "юю"), ("а", "у"), ("я", "ю")):
        if word.endswith(ending):
            return word.removesuffix(ending) + other
    return word


def _ends_in_one(n: int) -> bool:
    return abs(n) % 10 == 1 and abs(n) % 100 != 11


def plural(n: int, one: Form, few: Form, many: Form) -> Form:
    """The form for ``n`` in the nominative: 1, 21 → one; 2, 3, 4, 22 → few; 0, 5, 11, 12 → many."""
    if _ends_in_one(n):
        return one
    return few if abs(n) % 10 in (2, 3, 4) and abs(n) % 100 not in (12, 13, 14) else many


def _noun(gender: Gender, nom: str, gen: str, nom_pl: str, gen_pl: str, prep: str, prep_pl: str, few: str = "") -> Noun:
    return Noun(gender=gender, nom=nom, gen=gen, nom_pl=nom_pl, gen_pl=gen_pl, prep=prep, prep_pl=prep_pl, few=few)


_CHILD = Noun(gender="m", nom="ребёнок", gen="ребёнка", nom_pl="дети", gen_pl="детей", prep="ребёнке", prep_pl="детях")

# The catalogue's units first, then the nouns of the pages.
NOUNS: dict[str, Noun] = {
    "children": _CHILD,
    "graduates": _noun("m", "выпускник", "выпускника", "выпускники", "выпускников", "выпускнике", "выпускниках"),
    "teachers": _noun("m", "педагог", "педагога", "педагоги", "педагогов", "педагоге", "педагогах"),
    "managers": _noun(
        "m", "руководитель", "руководителя", "руководители", "руководителей", "руководителе", "руководителях"
    ),
    "parents": _noun("m", "родитель", "родителя", "родители", "родителей", "родителе", "родителях"),
    "organisations": _noun(
        "f", "организация", "организации", "организации", "организаций", "организации", "организациях"
    ),
    "events": _noun("n", "мероприятие", "мероприятия", "мероприятия", "мероприятий", "мероприятии", "мероприятиях"),
    "changes": _noun("n", "изменение", "изменения", "изменения", "изменений", "изменении", "изменениях"),
    "measures": _noun("f", "мера", "меры", "меры", "мер", "мере", "мерах"),
    "items": _noun("m", "пункт", "пункта", "пункты", "пунктов", "пункте", "пунктах"),
    "drafts": _noun("m", "черновик", "черновика", "черновики", "черновиков", "черновике", "черновиках"),
    "documents": _noun("m", "документ", "документа", "документы", "документов", "документе", "документах"),
    "agreements": _noun("m", "договор", "договора", "договоры", "договоров", "договоре", "договорах"),
    "months": _noun("m", "месяц", "месяца", "месяцы", "месяцев", "месяце", "месяцах"),
    "hours": _noun("m", "час", "часа", "часы", "часов", "часе", "часах"),
    "schools": _noun("f", "школа", "школы", "школы", "школ", "школе", "школах"),
    "kindergartens": _noun(
        "m",
        "детский сад",
        "детского сада",
        "детские сады",
        "детских садов",
        "детском саду",
        "детских садах",
        few="детских сада",
    ),
    "gymnasiums": _noun("f", "гимназия", "гимназии", "гимназии", "гимназий", "гимназии", "гимназиях"),
    "lyceums": _noun("m", "лицей", "лицея", "лицеи", "лицеев", "лицее", "лицеях"),
    "colleges": _noun("m", "колледж", "колледжа", "колледжи", "колледжей", "колледже", "колледжах"),
    "municipalities": _noun(
        "m", "муниципалитет", "муниципалитета", "муниципалитеты", "муниципалитетов", "муниципалитете", "муниципалитетах"
    ),
    "regions": _noun("m", "регион", "региона", "регионы", "регионов", "регионе", "регионах"),
    "territories": _noun("f", "территория", "территории", "территории", "территорий", "территории", "территориях"),
    "goals": _noun("f", "цель", "цели", "цели", "целей", "цели", "целях"),
    "levels": _noun("m", "уровень", "уровня", "уровни", "уровней", "уровне", "уровнях"),
    "indicators": _noun("m", "показатель", "показателя", "показатели", "показателей", "показателе", "показателях"),
    "verdicts": _noun("m", "вердикт", "вердикта", "вердикты", "вердиктов", "вердикте", "вердиктах"),
    "problems": _noun("f", "проблема", "проблемы", "проблемы", "проблем", "проблеме", "проблемах"),
    "amendments": _noun("f", "правка", "правки", "правки", "правок", "правке", "правках"),
    "judgements": _noun("f", "оценка", "оценки", "оценки", "оценок", "оценке", "оценках"),
    "errors": _noun("f", "ошибка", "ошибки", "ошибки", "ошибок", "ошибке", "ошибках"),
    "warnings": _noun(
        "n", "предупреждение", "предупреждения", "предупреждения", "предупреждений", "предупреждении", "предупреждениях"
    ),
    "notes": _noun("n", "замечание", "замечания", "замечания", "замечаний", "замечании", "замечаниях"),
    "questions": _noun("m", "вопрос", "вопроса", "вопросы", "вопросов", "вопросе", "вопросах"),
    "numbers": _noun("n", "число", "числа", "числа", "чисел", "числе", "числах"),
    "recommendations": _noun(
        "f", "рекомендация", "рекомендации", "рекомендации", "рекомендаций", "рекомендации", "рекомендациях"
    ),
    "records": _noun("f", "запись", "записи", "записи", "записей", "записи", "записях"),
    "snapshots": _noun("m", "снимок", "снимка", "снимки", "снимков", "снимке", "снимках"),
    "openings": _noun("n", "открытие", "открытия", "открытия", "открытий", "открытии", "открытиях"),
    "accounts": _noun(
        "f",
        "учётная запись",
        "учётной записи",
        "учётные записи",
        "учётных записей",
        "учётной записи",
        "учётных записях",
        few="учётные записи",
    ),
    "signs": _noun("m", "знак", "знака", "знаки", "знаков", "знаке", "знаках"),
    "bytes": _noun("m", "байт", "байта", "байты", "байт", "байте", "байтах"),
    "files": _noun("m", "файл", "файла", "файлы", "файлов", "файле", "файлах"),
    "rows": _noun("f", "строка", "строки", "строки", "строк", "строке", "строках"),
    "cells": _noun("f", "ячейка", "ячейки", "ячейки", "ячеек", "ячейке", "ячейках"),
    "plans": _noun("m", "план", "плана", "планы", "планов", "плане", "планах"),
    "days": _noun("m", "день", "дня", "дни", "дней", "дне", "днях"),
    "years": Noun(gender="m", nom="год", gen="года", nom_pl="годы", gen_pl="лет", prep="году", prep_pl="годах"),
    "school_years": _noun(
        "m",
        "учебный год",
        "учебного года",
        "учебные годы",
        "учебных лет",
        "учебном году",
        "учебных годах",
        few="учебных года",
    ),
    "half_years": _noun("n", "полугодие", "полугодия", "полугодия", "полугодий", "полугодии", "полугодиях"),
    "periods": _noun("m", "период", "периода", "периоды", "периодов", "периоде", "периодах"),
}


def noun(unit: str) -> Noun:
    """The noun of a unit; an unknown unit raises KeyError, because the catalogue's reader knows them all."""
    return NOUNS[unit]


def counted(n: int, unit: str | Noun, case: Case = "nom") -> str:
    """«664 ребёнка», «83 детей» (genitive), «1 ребёнка»: the number in digits with its noun."""
    word = unit if isinstance(unit, Noun) else noun(unit)
    return f"{number(n)}{NB}{word.after(n, case)}"


def counted_words(n: int, unit: str | Noun, case: Case = "nom") -> str:
    """«четыре школы», «двух уровнях»: the number in words up to ten, with its noun."""
    word = unit if isinstance(unit, Noun) else noun(unit)
    return f"{numeral(n, word.gender, case)}{NB}{word.after(n, case)}"


def verb_form(n: int, gender: Gender, masculine: str, feminine: str, neuter: str, many: str) -> str:
    """The past verb that agrees with ``n`` nouns: «сдала 21 организация», «сдали 14 организаций»."""
    if not _ends_in_one(n):
        return many
    return {"m": masculine, "f": feminine, "n": neuter}[gender]


_ORDINALS = ("перв", "втор", "трет", "четвёрт", "пят", "шест", "седьм", "восьм", "девят", "десят")


def ordinal(n: int, gender: Gender = "m") -> str:
    """«второй», «третье» up to ten, then «11-й» (nominative)."""
    endings: dict[Gender, tuple[str, str, str, str]] = {
        "m": ("ый", "ой", "ий", "й"),
        "f": ("ая", "ая", "ья", "я"),
        "n": ("ое", "ое", "ье", "е"),
    }
    common, stressed, third, short = endings[gender]
    if not 1 <= n <= len(_ORDINALS):
        return f"{number(n)}-{short}"
    return _ORDINALS[n - 1] + (third if n == 3 else stressed if n in (2, 6, 7, 8) else common)
