"""Which rows hold figures and why each other does not: totals, units, numbers of columns, repeats, notes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from intake_files import GOOD, HEADER, PERIOD, SCHOOLS, SINGLE, check, codes, found, good, numbers, text, xlsx_of

from proforient.catalogue.read import read_catalogue
from proforient.intake.model import Known
from proforient.intake.read import read_bytes
from proforient.intake.screen import screen
from proforient.settings import ROOT

WIDE = ("Организация", "Уровень", "Категория", "covered", "Численность обучающихся")
S5, G2 = "МБОУ СОШ № 5", "МБОУ Гимназия № 2"
COUNTS = ((S5, "covered", "Основное", "все", 45), (S5, "pupils", "Основное", "все", 240))


def aside(screening):
    """The reasons by row."""
    return {row.row: row.reason for row in screening.set_aside}


def whole(screening):
    """Whether every row of the file is either used or set aside with a reason, and none twice."""
    rows = [row.row for row in screening.set_aside]
    used = screening.rows_used + len(rows) == screening.rows_read
    return used and len(set(rows)) == len(rows) and all(row.reason for row in screening.set_aside)


@pytest.mark.parametrize("name", ["Всего обучающихся, чел.", "Всего обучающихся", "ВСЕГО ОБУЧАЮЩИХСЯ"])
def test_the_name_of_a_count_is_no_total(name):
    catalogue = read_catalogue(ROOT / "indicators.toml")
    rows = [(name, level, "все", value) for level, value in (("Начальное", 390), ("Основное", 455))]
    data = text(*rows, header=SINGLE[1:]).encode()
    known = Known(period=PERIOD, organisations=SCHOOLS)
    screening = screen(read_bytes("файл.csv", data), catalogue, known, organisation="s5")
    assert [value.number for value in screening.values] == [390, 455] and screening.acceptable
    assert whole(screening)


@pytest.mark.parametrize("layout", ["long", "wide"])
@pytest.mark.parametrize(
    "word", ["Итого", "ИТОГО:", "Всего", "Итого по школе", "Всего по району", "Сумма", "В целом по городу"]
)
def test_what_an_organisation_column_calls_a_total_is_compared_and_not_loaded(layout, word):
    if layout == "long":
        rows, total = (GOOD, good(organisation=G2, numerator=5, denominator=60)), (word, *[""] * 4, 50, 300)
        header = HEADER
    else:
        rows, total = ((S5, "Основное", "все", 45, 240), (G2, "Основное", "все", 5, 60)), (word, "", "", 50, 300)
        header = WIDE
    right = check(text(*rows, total, header=header))
    assert right.acceptable and codes(right, "note").count("total-not-compared") == 0
    assert aside(right)[4] == "строка итога: сверена с суммой, не загружена" and whole(right)
    wrong = check(text(*rows, (*total[:-1], 301), header=header))
    assert [(f.row, f.value) for f in found(wrong, "total-disagrees")] == [(4, "301")]


def test_a_level_column_may_call_a_total_too():
    rows = ((S5, "Начальное", "все", 40, 100), (S5, "Основное", "все", 45, 240), (S5, "Итого", "", 85, 340))
    screening = check(text(*rows, header=WIDE))
    assert screening.acceptable and aside(screening)[4] == "строка итога: сверена с суммой, не загружена"


def test_a_total_that_cannot_be_compared_is_said_not_to_be():
    screening = check(text(*COUNTS, ("Итого", "", "", "", 999), header=SINGLE))
    assert aside(screening)[4] == "строка итога: с суммой не сверена, не загружена"
    assert [f.row for f in found(screening, "total-not-compared")] == [4]
    words = check(text(GOOD, ("Итого", *[""] * 4, "см. ниже", 240)))
    assert aside(words)[3] == "строка итога: с суммой сверена не вся, не загружена"
    assert [f.value for f in found(words, "total-not-compared")] == ["см. ниже"]


def test_a_mean_is_no_sum_and_an_indicator_called_total_is_asked_about():
    screening = check(text(GOOD, ("В среднем по району", *[""] * 4, 45, 240)))
    assert aside(screening)[3] == "строка среднего: это не числа организации" and screening.acceptable
    asked = check(text(GOOD, good(indicator="Всего по школе")))
    assert [q.text for q in asked.unanswered] == ["Всего по школе"] and not asked.acceptable


def test_an_organisation_called_like_a_total_is_an_organisation():
    club = replace(SCHOOLS["s5"], code="club", name="Итого-клуб «Дети»", full_name="", inn="")
    screening = check(text(good(organisation="Итого-клуб «Дети»")), organisations={"club": club})
    assert screening.acceptable and numbers(screening)["club", "covered", "basic", "all"] == 45


@pytest.mark.parametrize("make", [text, xlsx_of], ids=["csv", "xlsx"])
@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ((1, 2, 3, 4, 5, 6), "номера столбцов"),
        (("1", "2", "3", "4", "5", "6"), "номера столбцов"),
        (("(1)", "(2)", "(3)", "(4)", "(5)", "(6)"), "номера столбцов"),
        (("А", "Б", "В", 1, 2, 3), "номера столбцов"),
        ((1, 2, 3, 4, 5, None), "номера столбцов"),
        (("", "", "", "чел.", "чел.", ""), "единицы измерения"),
        (("", "", "", "человек", "человек", "текст"), "единицы измерения"),
        (("", "", "", "(чел.)", "ед.", "–"), "единицы измерения"),
        (("ед. изм.", "", "", "чел", "чел", ""), "единицы измерения"),
        (("organisation", "level", "cohort", "covered", "pupils", "remark"), "служебные имена столбцов"),
    ],
)
def test_rows_that_describe_columns_are_set_aside_beside_a_column_of_remarks(make, row, reason):
    screening = check(make(row, (S5, "Основное", "все", 45, 240, "верно"), header=(*WIDE, "Примечание")))
    assert screening.acceptable and not screening.unanswered, [f.message for f in screening.findings]
    assert aside(screening)[2] == reason and len(screening.values) == 2 and whole(screening)


def test_a_heading_repeated_on_each_page_is_set_aside_with_its_numbers():
    ordinal = tuple(range(1, 6))
    rows = (ordinal, (S5, "Основное", "все", 45, 240), WIDE, ordinal, (G2, "Основное", "все", 5, 60))
    screening = check(text(*rows, header=WIDE))
    assert screening.acceptable and len(screening.values) == 4 and whole(screening)
    expected = {2: "номера столбцов", 4: "повтор заголовка", 5: "номера столбцов"}
    assert {row: aside(screening)[row] for row in expected} == expected


def test_figures_that_look_like_numbers_of_columns_are_figures():
    first = replace(SCHOOLS["s5"], code="1", inn="")
    header = ("Код организации", "covered@basic", "pupils@basic")
    screening = check(text((1, 2, 3), header=header), organisations={"1": first})
    assert sorted(v.number for v in screening.values) == [2, 3]


@pytest.mark.parametrize(
    ("rows", "reasons"),
    [
        ([(G2, "Среднее", "все", "", "")], {3: "числа не заполнены"}),
        ([(G2, "", "", "", "")], {3: "числа не заполнены"}),
        (
            [("", "", "", "", ""), ("* данные уточняются", "", "", "", "")],
            {3: "пустая строка", 4: "примечание под таблицей"},
        ),
        ([("Итого", "", "", "", "")], {3: "строка итога без чисел"}),
    ],
)
def test_each_other_row_has_the_reason_that_is_true_of_it(rows, reasons):
    screening = check(text((S5, "Основное", "все", 45, 240), *rows, header=WIDE))
    assert screening.acceptable and whole(screening)
    assert {row: aside(screening)[row] for row in reasons} == reasons


@pytest.mark.parametrize(
    ("row", "severity"),
    [
        (("Раздел", None, None, 7), "warning"),
        (("МБОУ СОШ № 5", "", "", "Основное", 7), "error"),  # it names something of the catalogue
        (("а;б;5;в;6",), "error"),  # a whole row in one cell
        (("МБОУ СОШ № 5 coverage все 45",), "error"),
        (("а;б;в;5",), None),  # words with a number are no row
        (("МБОУ СОШ № 5 без кружков",), None),
    ],
    ids=str,
)
def test_a_number_in_a_row_that_gives_none_is_told(row, severity):
    told = [f for f in check(xlsx_of(GOOD, row, good(level="Начальное"))).findings if f.code == "row-not-read"]
    assert [f.severity for f in told] == ([severity] if severity else [])
