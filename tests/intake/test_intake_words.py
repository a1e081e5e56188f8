"""Words around a table: what contradicts the choice is refused, what agrees is silent; sections govern their rows."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from intake_files import GOOD, HEADER, PERIOD, check, codes, found, good, text, xlsx, xlsx_of

S5, G2 = "МБОУ СОШ № 5", "МБОУ Гимназия № 2"
WIDE = ("Организация", "Уровень", "covered", "Численность обучающихся")
ROWS = {"long": (HEADER[:4] + HEADER[5:], GOOD[:4] + GOOD[5:]), "wide": (WIDE, (S5, "Основное", 45, 240))}

CONTRADICTING = [
    *(
        "Мониторинг за 2022 год",
        "2022 год",
        "2022",
        "Отчёт за 2022/2023 учебный год",
        "Данные за 2021–2023 годы, кроме 2024",
    ),
    *("за 1 полугодие 2024 года", "I полугодие", "за первое полугодие", "III квартал 2024 года", "за 9 месяцев"),
    *("Данные на 01.09", "по состоянию на 1 сентября 2024 года", "на 01.09.2024", "за сентябрь", "за прошлый год"),
    *(
        "Обучающиеся с ОВЗ",
        "дети с инвалидностью",
        "Сведения о детях-сиротах",
        "Девочки",
        "с ограниченными возможностями здоровья",
    ),
    *("Единица измерения: тыс. человек", "в тысячах", "в процентах", "в %", "млн чел."),
    *("Единица измерения: сотни", "ед. изм.: дес. чел.", "десятки человек"),
    *("План на 2024 год", "План", "Прогноз на 2024 год", "Плановые показатели", "Целевые значения", "Образец"),
    *("10–11 классы", "Начальное общее образование", "Отчёт по уровню среднего общего образования", "1-4 классы"),
    *("МБОУ Гимназия № 2", "Отчёт школы № 12", "Школа «Заречная»", "МБОУ СОШ 7", "лицей № 1"),
    *("2 кв. 2024", "Сентябрь 2024", "9 мес. 2024 г.", "коррекционные классы", "10 и 11 классы", "Оценка 2024"),
    *("Каменский район", "Кировская область", "Республика Башкортостан"),
    *("Следует читать 44 вместо 45", "Исправлено: 44", "исправлено на 44", "верно: 44"),
]
AGREEING = [
    *(
        "Мониторинг профориентации",
        "Мониторинг за 2024 год",
        "2024",
        "2024 г.",
        "за период 2023–2025 гг.",
        "на 31.12.2024",
    ),
    *("Отчёт МБОУ СОШ № 5", "МБОУ «Средняя школа № 5»", "СОШ № 5", "школа № 5", "по состоянию на 25.12.2024"),
    *(
        "Приложение 1 к приказу от 12.05.2021 № 45",
        "к письму управления образования от 4 мая 2023 г.",
        "Основное общее образование",
    ),
    *(
        "5–9 классы",
        "Единица измерения: человек",
        "Охват обучающихся, чел., %",
        "План мероприятий выполнен",
        "Таблица 1",
        "Район",
    ),
    *(
        "Впишите целые числа, проценты программа посчитает сама",
        "по уровням начального, основного и среднего общего образования",
    ),
    *(
        "Центр «Точка роста»",
        "январь – декабрь 2024 года",
        "за период с 01.01.2024 по 31.12.2024",
        "Школа",
        "Год: 2024",
    ),
    *("Исправлено 12.05.2024", "Исправленный отчёт", "Верно", "Исправлено по замечаниям управления"),
    *("ул. Школьная, 5", "Концепция развития до 2030 года", "Билет в будущее", "Сдать до 25 декабря"),
]


@pytest.fixture(params=["long", "wide"])
def layout(request):
    return request.param


def titled(words, layout, *, kind="csv"):
    header, row = ROWS[layout]
    if kind == "csv":
        return text((words,), (), header, row, header=None)
    return xlsx_of((), header, row, header=(words,))


def contradicted(screening):
    return "words-contradict" in codes(screening) and not screening.acceptable


@pytest.mark.parametrize("words", CONTRADICTING)
def test_a_title_that_contradicts_the_choice_is_refused(words, layout):
    screening = check(titled(words, layout))
    assert contradicted(screening)
    said = found(screening, "words-contradict")[0]
    assert said.row == 1 and said.value


@pytest.mark.parametrize("words", AGREEING)
def test_a_title_that_agrees_is_silent(words, layout):
    screening = check(titled(words, layout))
    assert screening.acceptable and codes(screening, "warning") == [], [f.message for f in screening.findings]


def test_a_late_school_may_date_its_file_until_its_own_last_day(layout):
    late = {"period": replace(PERIOD, state="closed"), "reopened": {"s5": dt.date(2025, 4, 30)}}
    assert contradicted(check(titled("по состоянию на 20.04.2025", layout)))
    assert check(titled("по состоянию на 20.04.2025", layout), **late).acceptable
    assert contradicted(check(titled("по состоянию на 20.05.2025", layout), **late))


@pytest.mark.parametrize("words", ["за 2022 год", "с ОВЗ", "План", "в тыс. чел.", "10–11 классы", "школа № 7"])
def test_the_words_are_found_wherever_they_stand(words, layout):
    header, row = ROWS[layout]
    assert contradicted(check(titled(words, layout, kind="xlsx")))
    assert contradicted(check(xlsx_of(row, header=header, name=words)))  # the sheet's name
    assert contradicted(check(text(row, (), (words,), header=header)))  # under the table
    assert contradicted(check(text((*row[:-2], 1, 2), (words,), row, header=header)))  # a section
    named = check(text(row, header=header), f"{words}.csv")
    assert named.acceptable and codes(named, "warning") == ["file-name-contradicts"] and named.unexplained


@pytest.mark.parametrize(
    "words", ["в том числе с ОВЗ", "Вторая смена", "из них девочки", "1 полугодие", "10–11 классы"]
)
@pytest.mark.parametrize("columns", [1, 2])
def test_a_section_governs_the_rows_below_it(words, columns):
    rows = (
        (S5, "Начальное", 40, 100),
        *([("№", words, "", "")] if columns == 2 else [(words,)]),
        (S5, "Основное", 45, 240),
    )
    screening = check(text(*rows, header=WIDE))
    assert not screening.acceptable and {"words-contradict", "section-unclear"} & set(codes(screening))
    two = ("Показатель", "Значение")
    short = check(text(("pupils@primary", 4), (words,), ("pupils@basic", 5), header=two), organisation="s5")
    assert not short.acceptable


def test_a_section_that_says_what_its_rows_say_is_silent():
    blank = ("", "", "")
    rows = (("Начальное общее образование",), (S5, "Начальное", 40, 100), ("5–9 классы",), (S5, "Основное", 45, 240))
    assert check(text(*rows, header=WIDE)).acceptable
    rows = ((S5, *blank), (S5, "Начальное", 40, 100), (G2, *blank), (G2, "Основное", 45, 240))
    screening = check(text(*rows, header=WIDE))
    assert screening.acceptable and codes(screening, "warning") == []
    part = (good(cohort="все"), ("в том числе с ОВЗ",), good(cohort="ОВЗ", numerator=1, denominator=2))
    screening = check(text(*part))
    assert screening.acceptable, [f.message for f in screening.findings]
    other = check(text((S5, "Начальное", 40, 100), (G2 + " ",), (S5, "Основное", 45, 240), header=("", *WIDE[1:])))
    assert not other.acceptable


def test_a_numbered_headline_is_asked_about():
    screening = check(text((S5, "Начальное", 40, 100), ("Раздел 2. Охват",), (S5, "Основное", 45, 240), header=WIDE))
    assert screening.acceptable and [f.code for f in screening.unexplained] == ["section-unclear"]


@pytest.mark.parametrize("words", ["тыс. чел.", "%", "в процентах", "тысяч человек", "млн"])
def test_a_row_of_units_that_are_no_children_is_refused(words):
    screening = check(text(("", "", words, words), (S5, "Основное", 45, 240), header=WIDE))
    assert not screening.acceptable


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        *(("Контингент", "ОВЗ"), ("Контингент", "дети с ОВЗ"), ("Вид данных", "план"), ("Вид данных", "прогноз")),
        *(("Ед. изм.", "тыс. чел."), ("Когда", "2022 год"), ("Ступени", "10–11 классы"), ("Кто", "девочки")),
    ],
)
def test_a_column_that_is_not_read_may_not_say_otherwise(heading, words, layout):
    header, row = ROWS[layout]
    assert not check(text((*row, words), header=(*header, heading))).acceptable
    assert check(text((*row, "верно"), header=(*header, heading))).acceptable


def test_words_beside_the_table_are_words_around_it(layout):
    header, row = ROWS[layout]
    assert contradicted(check(text((*row, ""), header=(*header, "тыс. чел."))))
    assert contradicted(check(text((*row, "с ОВЗ"), header=(*header, ""))))
    assert check(text((*row, "верно"), header=(*header, ""))).acceptable


@pytest.mark.parametrize("words", ["за 2022 год", "дети с ОВЗ", "в тысячах", "МБОУ Гимназия № 2"])
def test_words_that_stand_apart_in_the_row_of_headings_are_no_heading(words, layout):
    header, row = ROWS[layout]
    assert contradicted(check(xlsx_of(row, header=(*header, None, None, words))))
    assert check(xlsx_of(row, header=(*header, None, None, "за 2024 год"))).acceptable


MARGINS = ["&CОтчёт за 2022 год", '&L&"Arial,полужирный"&14План на 2024 год', "&RДети с ОВЗ &P", "&CМБОУ Гимназия № 2"]


@pytest.mark.parametrize("words", MARGINS)
@pytest.mark.parametrize("where", ["set_header", "set_footer"])
def test_a_header_or_footer_of_the_printed_page_is_a_title(words, where):
    def book(words):
        def fill(made):
            sheet = made.add_worksheet("Отчёт")
            for at, row in enumerate(ROWS["wide"]):
                sheet.write_row(at, 0, row)
            getattr(sheet, where)(words)

        return xlsx(fill)

    assert contradicted(check(book(words)))
    assert check(book("&LПриложение к приказу от 12.05.2021 № 45&CМБОУ СОШ № 5, 2024 год&R&P из &N")).acceptable


@pytest.mark.parametrize("words", ["2022 год", "План", "с ОВЗ", "тыс. чел.", "10–11 классы"])
def test_a_heading_over_the_pair_may_not_say_otherwise(words):
    upper = (*[""] * 4, words, "")
    lower = (*HEADER[:4], "Числитель", "Знаменатель")
    screening = check(text(upper, lower, GOOD[:4] + GOOD[5:], header=None))
    assert not screening.acceptable or not screening.values


@pytest.mark.parametrize(
    "heading", ["План на 2024", "covered 2022 год", "covered, прошлый год", "covered, план", "2022 год"]
)
def test_a_column_of_a_plan_or_of_another_year_is_never_loaded(heading):
    screening = check(text((S5, "Основное", 45, 240, 17), header=(*WIDE, heading)))
    assert 17 not in [value.number for value in screening.values]


def test_a_period_of_half_a_year_agrees_with_its_own_words():
    import datetime as dt
    from dataclasses import replace

    half = replace(PERIOD, code="2024-1", kind="half_year", ends=dt.date(2024, 6, 30), closes=dt.date(2024, 7, 20))
    for words in ("1 полугодие 2024 года", "I полугодие", "2024 год", "на 01.07.2024"):
        assert check(titled(words, "wide"), period=half).acceptable, words
    for words in ("2 полугодие 2024 года", "2023 год", "за 2021/2022 учебный год"):
        assert contradicted(check(titled(words, "wide"), period=half)), words


def test_a_column_of_remarks_makes_no_table_of_shares():
    header, row = ROWS["wide"]
    words = "Показатели указаны в процентах"
    plain, noted = (
        text((words,), (), header, row, header=None),
        text((words,), (), (*header, "Примечание"), (*row, "верно"), header=None),
    )
    assert contradicted(check(plain)) and contradicted(check(noted))
