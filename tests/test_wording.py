"""Rounding, numbers, nouns, dates and no-break spaces."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from math import ceil

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from proforient import wording
from proforient.catalogue.entries import Deadline
from proforient.wording import NB
from proforient.wording.labels import one_line, two_lines
from proforient.wording.order import name_order, path_order

PERCENT = f"{NB}%"


def plain(text: str) -> str:
    return text.replace(NB, " ").replace("\u2060", "")


@pytest.mark.parametrize(
    ("numerator", "denominator", "plan", "shown"),
    [
        (581, 830, None, "70 %"),
        (581, 830, "80", "70 %"),
        (465, 1000, "50", "46,5 %"),
        (0, 7, "0", "0 %"),
        (0, 7, "50", "0 %"),
        (7, 7, "100", "100 %"),
        (1, 3, None, "33,3 %"),
        (2, 3, None, "66,7 %"),
        (1, 2000, None, "0,1 %"),  # exactly half: up
        (7996, 10000, "80", "79,96 %"),
        (8004, 10000, "80", "80 %"),
        (299, 300, "99.7", "99,67 %"),
        (1999, 2000, "100", "99,95 %"),
        (1999, 2000, "90", "99,95 %"),  # not whole, so never 100
        (1, 100000, None, "0,001 %"),
        (0, 10, None, "0 %"),
        (199999999, 200000000, "100", "99,9999995 %"),
        (12345, 1000, None, "1 234,5 %"),
    ],
)
def test_share_has_one_decimal_and_more_only_where_it_would_deny_the_verdict(numerator, denominator, plan, shown):
    value = Fraction(100 * numerator, denominator)
    assert plain(wording.share(value, against=Decimal(plan) if plan else None)) == shown


def test_share_against_a_plan_where_less_is_better_is_judged_the_other_way_round():
    value = Fraction(2004, 100)
    assert plain(wording.share(value, against=Decimal(20), direction="less")) == "20,04 %"
    assert plain(wording.share(Fraction(1996, 100), against=Decimal(20), direction="less")) == "20 %"


def test_share_without_a_denominator_is_no_data_and_not_zero():
    assert wording.share(None) == "н/д"


def test_formula_share_keeps_its_two_decimals():
    assert wording.share(Fraction(70), places=2, trim=False) == f"70,00{PERCENT}"


def shown_value(text: str) -> Fraction:
    return Fraction(Decimal(text.replace(PERCENT, "").replace(NB, "").replace(",", ".")))


@settings(max_examples=300, deadline=None)
@given(
    numerator=st.integers(0, 5000),
    denominator=st.integers(1, 5000),
    hundredths=st.integers(0, 10000),
    near=st.booleans(),
    direction=st.sampled_from(["more", "less"]),
)
def test_a_rounded_share_never_contradicts_the_verdict(numerator, denominator, hundredths, near, direction):
    plan = Decimal(hundredths) / 100
    if near:  # the interesting neighbourhood: just at the number of children that the plan asks for
        numerator = max(0, ceil(Fraction(plan) * denominator / 100) - numerator % 2)
    value = Fraction(100 * numerator, denominator)
    shown = shown_value(wording.share(value, against=plan, direction=direction))
    if direction == "more":
        assert (shown >= Fraction(plan)) == (value >= Fraction(plan))
    else:
        assert (shown <= Fraction(plan)) == (value <= Fraction(plan))


@settings(max_examples=200, deadline=None)
@given(numerator=st.integers(0, 10**6), denominator=st.integers(1, 10**6))
def test_a_share_is_never_more_than_half_a_tenth_away(numerator, denominator):
    value = Fraction(100 * numerator, denominator)
    assert abs(shown_value(wording.share(value)) - value) <= Fraction(1, 20)


@settings(max_examples=200, deadline=None)
@given(numerator=st.integers(0, 10**6), denominator=st.integers(1, 10**6))
def test_exact_percent_has_ten_decimals_and_no_exponent(numerator, denominator):
    value = Fraction(100 * numerator, denominator)
    text = wording.exact_percent(value)
    assert len(text.partition(".")[2]) == 10 and "e" not in text.lower()
    assert abs(Fraction(text) - value) <= Fraction(1, 2 * 10**10)


def test_exact_percent_of_nothing_is_nothing():
    assert wording.exact_percent(None) is None
    assert wording.exact_percent(Fraction(0)) == "0.0000000000"
    assert wording.exact_percent(Fraction(1, 3)) == "0.3333333333"
    assert wording.exact_percent(Fraction(200, 3)) == "66.6666666667"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("80", "80"),
        ("80.00", "80"),
        ("0.50", "0.5"),
        ("1E+2", "100"),
        ("0E-7", "0"),
        ("-0.0", "0"),
        ("12.340", "12.34"),
    ],
)
def test_plain_decimal_has_no_trailing_zeros_and_no_exponent(value, text):
    assert wording.plain_decimal(Decimal(value)) == text


@settings(max_examples=100, deadline=None)
@given(n=st.integers(-(10**7), 10**7))
def test_plain_fraction_of_a_shortfall_is_exact(n):
    value = Fraction(n, 10000)
    assert Fraction(wording.plain_fraction(value)) == value


def test_plain_fraction_refuses_what_never_ends():
    with pytest.raises(ValueError, match="1/3"):
        wording.plain_fraction(Fraction(1, 3))


def test_percent_shows_a_plan_as_it_was_set():
    assert wording.percent(Decimal("80.0")) == f"80{PERCENT}"
    assert wording.percent(Decimal("62.25")) == f"62,25{PERCENT}"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(4), "+4 п. п."),
        (Fraction(-2), "−2 п. п."),
        (Fraction(0), "0 п. п."),
        (Fraction(1, 3), "+0,3 п. п."),
        (Fraction(1, 25), "+0,04 п. п."),
        (Fraction(-1, 300), "−0,003 п. п."),
    ],
)
def test_points_are_signed_and_never_round_a_change_away(value, text):
    assert plain(wording.points(value)) == text


def test_points_without_a_sign_measure_one_child():
    assert plain(wording.points(Fraction(100, 22), signed=False)) == "4,5 п. п."


@pytest.mark.parametrize(
    ("n", "text"), [(0, "0"), (999, "999"), (1234, f"1{NB}234"), (1234567, f"1{NB}234{NB}567"), (-5, "−5")]
)
def test_numbers_are_grouped_with_no_break_spaces(n, text):
    assert wording.number(n) == text


def test_numbers_that_are_not_whole_have_one_decimal():
    assert wording.number(Fraction(22, 5)) == "4,4"
    assert wording.number(Decimal("1234.96")) == f"1{NB}235"


@pytest.mark.parametrize(
    ("n", "nominative", "genitive"),
    [
        (0, "0 детей", "0 детей"),
        (1, "1 ребёнок", "1 ребёнка"),
        (2, "2 ребёнка", "2 детей"),
        (5, "5 детей", "5 детей"),
        (11, "11 детей", "11 детей"),
        (12, "12 детей", "12 детей"),
        (21, "21 ребёнок", "21 ребёнка"),
        (83, "83 ребёнка", "83 детей"),
        (111, "111 детей", "111 детей"),
        (661, "661 ребёнок", "661 ребёнка"),
        (664, "664 ребёнка", "664 детей"),
        (665, "665 детей", "665 детей"),
        (1001, "1 001 ребёнок", "1 001 ребёнка"),
    ],
)
def test_children_are_counted_in_both_cases(n, nominative, genitive):
    assert plain(wording.counted(n, "children")) == nominative
    assert plain(wording.counted(n, "children", "gen")) == genitive


@pytest.mark.parametrize(
    ("unit", "one", "few", "many", "of_one", "of_many"),
    [
        ("graduates", "1 выпускник", "2 выпускника", "5 выпускников", "1 выпускника", "2 выпускников"),
        ("teachers", "1 педагог", "2 педагога", "5 педагогов", "1 педагога", "2 педагогов"),
        ("managers", "1 руководитель", "2 руководителя", "5 руководителей", "1 руководителя", "2 руководителей"),
        ("parents", "1 родитель", "2 родителя", "5 родителей", "1 родителя", "2 родителей"),
        ("organisations", "1 организация", "2 организации", "5 организаций", "1 организации", "2 организаций"),
        ("events", "1 мероприятие", "2 мероприятия", "5 мероприятий", "1 мероприятия", "2 мероприятий"),
        ("documents", "1 документ", "2 документа", "5 документов", "1 документа", "2 документов"),
        ("agreements", "1 договор", "2 договора", "5 договоров", "1 договора", "2 договоров"),
        ("hours", "1 час", "2 часа", "5 часов", "1 часа", "2 часов"),
    ],
)
def test_every_unit_of_the_catalogue_is_counted(unit, one, few, many, of_one, of_many):
    assert [plain(wording.counted(n, unit)) for n in (1, 2, 5)] == [one, few, many]
    assert [plain(wording.counted(n, unit, "gen")) for n in (1, 2)] == [of_one, of_many]


@settings(max_examples=200, deadline=None)
@given(n=st.integers(0, 10**6), unit=st.sampled_from(sorted(wording.NOUNS)))
def test_a_number_and_its_noun_are_never_parted(n, unit):
    for case in ("nom", "gen", "prep"):
        assert " " not in wording.counted(n, unit, case).split(wording.noun(unit).after(n, case))[0]


def test_numerals_follow_gender_and_case():
    assert wording.numeral(2, "m", "gen") == "двух"
    assert wording.numeral(4, "m", "gen") == "четырёх"
    assert wording.numeral(2, "f") == "две"
    assert wording.numeral(1, "f", "acc") == "одну"
    assert wording.numeral(7) == "семь"
    assert wording.numeral(11) == "11"
    assert wording.numeral(0) == "0"


def test_counted_words_agree_in_the_prepositional_case():
    assert plain(wording.counted_words(1, "levels", "prep")) == "одном уровне"
    assert plain(wording.counted_words(2, "levels", "prep")) == "двух уровнях"
    assert plain(wording.counted_words(21, "levels", "prep")) == "21 уровне"
    assert plain(wording.counted_words(4, "schools")) == "четыре школы"
    assert plain(wording.counted_words(1, "schools", "acc")) == "одну школу"
    assert plain(wording.counted_words(1, "organisations", "acc")) == "одну организацию"
    assert plain(wording.counted_words(1, "kindergartens")) == "один детский сад"
    assert plain(wording.counted_words(5, "years")) == "пять лет"
    assert plain(wording.counted_words(3, "school_years")) == "три учебных года"
    assert plain(wording.counted_words(2, "kindergartens")) == "два детских сада"


def test_a_case_that_is_not_kept_is_refused():
    with pytest.raises(ValueError, match="ins"):
        wording.counted(3, "children", "ins")


def test_the_dative_names_whom_something_is_asked_of():
    told = [
        plain(wording.counted(n, unit, "dat")) for unit in ("schools", "kindergartens", "lyceums") for n in (1, 2, 21)
    ]
    assert told[:3] == ["1 школе", "2 школам", "21 школе"]
    assert told[3:6] == ["1 детскому саду", "2 детским садам", "21 детскому саду"]
    assert told[6:] == ["1 лицею", "2 лицеям", "21 лицею"]
    for unit, ends in {"children": "ребёнку", "colleges": "колледжу", "organisations": "организации"}.items():
        assert plain(wording.counted(1, unit, "dat")) == f"1 {ends}"


def test_ordinals_have_their_endings():
    assert [wording.ordinal(n) for n in (1, 2, 3, 4, 6, 7, 11)] == [
        "первый", "второй", "третий", "четвёртый", "шестой", "седьмой", "11-й",
    ]  # fmt: skip
    assert [wording.ordinal(n, "n") for n in (2, 3, 5, 12)] == ["второе", "третье", "пятое", "12-е"]
    assert [wording.ordinal(n, "f") for n in (2, 3)] == ["вторая", "третья"]


@pytest.mark.parametrize(("n", "verb"), [(0, "сдали"), (1, "сдала"), (11, "сдали"), (14, "сдали"), (21, "сдала")])
def test_the_verb_agrees_with_the_number(n, verb):
    assert wording.verb_form(n, "f", "сдал", "сдала", "сдало", "сдали") == verb


@pytest.mark.parametrize(
    ("due", "text"),
    [
        (Deadline(), "срок не задан"),
        (Deadline(form="day", date=dt.date(2023, 6, 15)), "до 15 июня 2023 года"),
        (Deadline(form="year", year=2023), "в течение 2023 года"),
        (Deadline(form="years", year=2023, until=2025), "в 2023–2025 годах"),
        (Deadline(form="school_year", year=2023), "в 2023/2024 учебном году"),
        (Deadline(form="standing"), "постоянно"),
    ],
)
def test_all_six_forms_of_a_deadline(due, text):
    assert plain(wording.deadline(due)) == text


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (6, "осталось 9 дней"), (14, "остался 1 день"), (13, "осталось 2 дня"), (15, "последний день"),
        (16, "срок прошёл 1 день назад"), (20, "срок прошёл 5 дней назад"), (4, "осталось 11 дней"),
    ],
)  # fmt: skip
def test_days_left_agree_with_their_number(day, text):
    assert plain(wording.days_left(dt.date(2023, 5, 15), dt.date(2023, 5, day))) == text


def test_dates_are_written_in_three_ways():
    day = dt.date(2023, 5, 4)
    assert plain(wording.date_ru(day)) == "4 мая 2023 года"
    assert wording.date_ru(day, "digits") == "04.05.2023"
    assert plain(wording.date_ru(day, "short")) == "4 мая"


@pytest.mark.parametrize(
    ("code", "name", "inside", "to", "short"),
    [
        ("2022", "2022 год", "в 2022 году", "к 2022 году", "2022"),
        ("2021/2022", "2021/2022 учебный год", "в 2021/2022 учебном году", "к 2021/2022 учебному году", "2021/22"),
        ("2024-1", "первое полугодие 2024 года", "в первом полугодии 2024 года", "к первому полугодию 2024 года",
         "1-е полуг. 2024"),
        ("2024-2", "второе полугодие 2024 года", "во втором полугодии 2024 года", "ко второму полугодию 2024 года",
         "2-е полуг. 2024"),
        ("2024-03-15", "15 марта 2024 года", "на 15 марта 2024 года", "к 15 марта 2024 года", "15.03.2024"),
        ("весна", "весна", "за период весна", "к периоду весна", "весна"),
    ],
)  # fmt: skip
def test_periods_of_every_kind_are_named(code, name, inside, to, short):
    assert plain(wording.period_name(code)) == name
    assert plain(wording.period_in(code)) == inside
    assert plain(wording.period_to(code)) == to
    assert plain(wording.period_short(code)) == short


def test_join_and_quotes():
    assert wording.join([]) == ""
    assert wording.join(["а"]) == "а"
    assert wording.join(["а", "б", "в"]) == "а, б и в"
    assert wording.quoted("Школа «Лесная»") == "«Школа „Лесная“»"


@pytest.mark.parametrize(
    ("text", "glued"),
    [
        ("46,5 % детей", "46,5_% детей"),
        ("до 1 марта", "до_1_марта"),
        ("письмо № 837/1", "письмо №_837/1"),
        ("в 5–9 классах", "в_5–\u20609_классах"),
        ("на 4 п. п. ниже", "на_4_п._п. ниже"),
        ("план — это 664 ребёнка", "план_— это 664_ребёнка"),
        ("сдали 14 организаций из 16", "сдали 14_организаций из_16"),
        ("прил. 1, п. 2", "прил._1, п._2"),
        ("дом на горе", "дом на_горе"),
    ],
)
def test_typo_glues_what_a_line_must_not_part(text, glued):
    assert wording.typo(text) == glued.replace("_", NB)


def test_typo_leaves_tags_alone_and_is_stable():
    text = '<a href="x в y 5 %">в 5 %</a>'
    once = wording.typo(text)
    assert once == f'<a href="x в y 5 %">в{NB}5{NB}%</a>'
    assert wording.typo(once) == once


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="абв <>&\"'—–%№ 0123456789.\u00a0", max_size=60))
def test_typo_changes_spaces_only_and_twice_is_once(text):
    once = wording.typo(text)
    assert wording.typo(once) == once
    assert once.replace(NB, " ").replace("\u2060", "") == text.replace(NB, " ")


def test_escape_leaves_nothing_that_html_would_run():
    assert wording.escape("<script>\"'&\x00\u202e") == "&lt;script&gt;&#34;&#39;&amp;"


def test_names_stand_in_one_order_with_their_numbers_as_numbers():
    names = [
        "2-я гимназия", "Детский сад № 3", "Еланская школа", "Ёлкинская школа", "Железная школа", "лицей «Аист»",
        "МБОУ СОШ № 9", "МБОУ СОШ № 10", "Школа № 1", "Школа №2", "школа - № 2а", "«Школа» № 10", "Школа № 10 филиал",
    ]  # fmt: skip
    assert sorted(set(names), key=name_order) == names
    assert sorted(["А / Ё", "А / Ж", "А", "А / Е"], key=path_order) == ["А", "А / Е", "А / Ё", "А / Ж"]


SAID = (
    "МБОУ «СОШ № 7 имени дважды Героя Советского Союза» Средняя общеобразовательная школа № 12 (корпус 2) Детский сад"
    " комбинированного вида «Ласточка» филиал в посёлке Нижние Броды (2) №1 …"
)
WORDS = st.sampled_from(SAID.split(" "))
ORGANISATIONS = st.lists(st.lists(WORDS, min_size=1, max_size=14).map(" ".join), min_size=1, max_size=30, unique=True)


@given(ORGANISATIONS, st.integers(1, 130), st.booleans())
@example(["«СОШ", "…"], 1, False)
def test_names_that_differ_have_labels_that_differ_at_any_width(names, width, as_written):
    for made in (one_line(names, width, as_written=as_written), two_lines(names, width)):
        assert len(set(made)) == len(names)
        if width >= 12:
            assert all(len(line) <= width for label in made for line in ([label] if isinstance(label, str) else label))
    assert all(label in names or len(names[n]) > width for n, label in enumerate(one_line(names, width)))


def test_a_cut_leaves_what_tells_the_names_apart():
    long = "МБОУ «Средняя общеобразовательная школа № {} имени первостроителей {} горного комбината»"
    assert one_line([long.format(7, "Заозёрного")], 24) == ["СОШ № 7 им. первостроит…"]
    assert one_line([long.format(7, "Заозёрного"), long.format(7, "Приречного")], 28) == [
        "СОШ № 7 им. …Заозёрного гор…", "СОШ № 7 им. …Приречного гор…",
    ]  # fmt: skip
    assert one_line([f"Отделение очень длинного и подробного названия № {n}" for n in (1, 2)], 24) == [
        "Отделение очень… № 1", "Отделение очень… № 2",
    ]  # fmt: skip
    assert one_line([long.format(7, "Заозёрного")], 40, as_written=True)[0].startswith("МБОУ «Средняя")
