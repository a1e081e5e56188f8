"""Spellings: what is the same name, what is not, and what is proposed."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from proforient.catalogue.name_keys import fold_organisation, nearest, normalise

SAME = [
    ("Учётный период", "учетный  ПЕРИОД"),
    ("№ 1.1", "1.1"),
    ("N 5", "№5"),
    ("No. 5", "#5"),
    ("1(н)", "1 (Н)"),
    ("5–9 классы", "5-9 классы"),
    ("МБОУ СОШ", "MБOУ COШ"),  # Latin M, O, C, O
    ("Кол-во обуч-ся", "количество обучающихся"),
    ("Наим. организации", "Наименование организации"),
    ("уч. г.", "Учебный год"),
    ("Всего, чел.", "всего (человек)"),
    ("узкий\u202fи\u00a0неразрывный", "узкий и неразрывный"),
    ("мяг\u00adкий пере\u00adнос", "мягкий перенос"),
    ("и\u0306од и е\u0308лка", "йод и ёлка"),
    ("BASIC", "basic"),
]
DIFFERENT = [
    ("1.1", "11"),
    ("Охвачено", "Охвачено, %"),
    ("Всего", "Всего²"),
    ("5–9 классы", "5–8 классы"),
    ("Численность охваченных обучающихся", "Численность обучающихся"),
    ("ООО", "000"),
    ("числитель", "знаменатель"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spellings_of_one_name_have_one_key(one: str, other: str) -> None:
    assert normalise(one) == normalise(other) != ""


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_names_that_differ_in_meaning_have_different_keys(one: str, other: str) -> None:
    assert normalise(one) != normalise(other)


@pytest.mark.parametrize("text", ["", "  ", "—", "«»", "\u200b", "..."])
def test_a_text_without_letters_and_digits_has_an_empty_key(text: str) -> None:
    assert normalise(text) == ""


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(st.text(max_size=40), st.text(st.sampled_from("Nnoо№# 15обучсяклвг.-ЁёЙй\u0306\u00ad%º"), max_size=20))
)
@example("İ№N5")
@example("кол во кол-во №№ No N5 nn n 7")
@example("\u1100\u00ad\u1161")
def test_the_key_of_a_key_is_itself(text: str) -> None:
    key = normalise(text)
    assert normalise(key) == key
    assert key == key.strip()
    assert "  " not in key


@settings(max_examples=100, deadline=None)
@given(st.text(st.sampled_from("абвгдежз N5№ -"), max_size=20))
def test_case_and_surroundings_do_not_matter(text: str) -> None:
    assert normalise(f" «{text.upper()}», ") == normalise(text)


ORGANISATIONS = [
    ["МБОУ СОШ № 5", "МБОУ «Средняя общеобразовательная школа №5»", "Средняя школа 5", "СОШ N5", "МАОУ СШ № 5"],
    ['МБДОУ «Детский сад № 3 "Ромашка"»', "д/с № 3 Ромашка", "МБДОУ № 3 «Ромашка»", "ДОУ Ромашка, детсад 3"],
    ["МБУ ДО «Центр детского творчества»", "ЦДТ", "МБУДО ЦДТ", "МАУ ДО ЦДТ"],
    [
        "Муниципальное казённое общеобразовательное учреждение «Основная общеобразовательная школа с. Берёзовка»",
        "МКОУ ООШ с. Березовка",
    ],
    ["МБОУ «Гимназия № 2»", "Гимназия 2", "муниципальное автономное общеобразовательное учреждение Гимназия № 2"],
    ["Муниципальное бюджетное учреждение дополнительного образования «Дом детского творчества»", "ДДТ"],
]


@pytest.mark.parametrize("spellings", ORGANISATIONS, ids=lambda s: s[1])
def test_an_organisation_is_the_same_under_its_usual_spellings(spellings: list[str]) -> None:
    assert len({fold_organisation(spelling) for spelling in spellings}) == 1


def test_organisations_that_only_resemble_stay_apart() -> None:
    names = [
        *("МБОУ СОШ № 5", "МБОУ СОШ № 55", "МБОУ ООШ № 5", "МБОУ Лицей № 5", "МБОУ Гимназия № 5", "Школа № 5"),
        *("МБДОУ № 5", "МКОУ Берёзкинская СОШ", "МКОУ Берёзовская СОШ", "Начальная школа № 5", "МБУ ДО ЦДТ № 5"),
    ]
    assert len({fold_organisation(name) for name in names}) == len(names)


def test_a_name_that_is_only_a_legal_form_keeps_it() -> None:
    assert fold_organisation("МБОУ") == "мбоу"


@settings(max_examples=100, deadline=None)
@given(st.permutations(["№ 5", "имени", "Гагарина", "МБОУ", "СОШ", "5"]))
def test_the_order_and_repetition_of_words_do_not_matter_to_a_folded_name(words: list[str]) -> None:
    assert fold_organisation(" ".join(words)) == "5 гагарина имени сош"


def test_the_most_alike_come_first_whatever_the_order_of_words() -> None:
    candidates = ["Знаменатель", "Школа № 5", "Средняя школа № 15", "Организация"]
    assert nearest("5 школа", candidates)[:2] == ["Школа № 5", "Средняя школа № 15"]
    assert nearest("органзация", candidates, n=1) == ["Организация"]
    assert nearest("органзация", candidates, n=0) == []
    assert nearest("xyz", ["числитель"]) == []
    assert nearest("xyz", []) == []


@settings(max_examples=60, deadline=None)
@given(st.text("абвг ", max_size=6), st.lists(st.text("абвг ", max_size=6), max_size=8), st.integers(1, 4))
def test_shortening_the_search_changes_no_proposal(text: str, candidates: list[str], n: int) -> None:
    every = nearest(text, candidates, n=len(candidates) + 1)
    assert nearest(text, candidates, n=n) == every[:n]
