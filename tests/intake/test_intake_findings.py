"""Each finding on a file with its one fault: the code, how grave it is, the place, and that a right file has none."""

from __future__ import annotations

import ast
import datetime as dt
import importlib
import pkgutil
import re
from dataclasses import replace

import pytest
from intake_files import (
    FILES,
    GOOD,
    HEADER,
    PERIOD,
    SINGLE,
    check,
    codes,
    found,
    good,
    numbers,
    text,
    xlsx,
)

from proforient.catalogue.read import read_catalogue
from proforient.intake import checks
from proforient.intake.findings import finding
from proforient.intake.model import Answers
from proforient.intake.screen import CHECKS
from proforient.intake.texts import FigureTexts, FileTexts, NameTexts, NumberTexts, TableTexts
from proforient.monitoring import Cell, Organisation
from proforient.settings import ROOT

KINDS = {**FileTexts, **TableTexts, **NameTexts, **NumberTexts, **FigureTexts}


def single(*rows):
    """A file of single numbers: organisation, count, level, cohort, value."""
    return text(*rows, header=SINGLE)


def with_column(name, cell):
    return text((*GOOD, cell), header=(*HEADER, name))


LEVELS_OF_S5 = ("Начальное", "Основное", "Среднее")
COHORTS = (("все", 40), ("ОВЗ", 4))

# code -> a file with this fault alone, and the row and column where it is (a column of a CSV is called by its name)
FAULTS = {
    "signature-row": (text(GOOD, ("Директор Ивлев И. И.",), good(level="Начальное")), 3, ""),
    "cells-shifted": (
        text((*good(denominator=45), 240), (*good(level="Начальное"), "да"), header=(*HEADER, "Примечание")),
        2,
        "Знаменатель",
    ),
    "last-line-cut": (text(GOOD, good(level="Начальное"))[:-1], 3, "Знаменатель"),
    "no-header": ("a;b\n1;2\n", None, ""),
    "missing-column": (text(GOOD[:2] + GOOD[3:], header=HEADER[:2] + HEADER[3:]), 1, ""),
    "column-unknown": (text(GOOD, header=(*HEADER[:-1], "Сколько всего")), 1, "Сколько всего"),
    "column-ignored": (with_column("Примечание", "всё верно"), 1, "Примечание"),
    "transposed": ("\n".join(f"{h};{c}" for h, c in zip(HEADER, GOOD, strict=True)), None, ""),
    "second-table": (text(GOOD) + ";".join(SINGLE) + ";;\nМБОУ СОШ № 5;events;В целом;все;4;;\n", 3, ""),
    "no-rows": (text(), 1, ""),
    "key-empty": (text(good(level="")), 2, "Уровень"),
    "half-pair": (text(good(denominator=None)), 2, "Знаменатель"),
    "pair-expected": (single(("s5", "coverage", "Основное", "все", 45)), 2, "Значение"),
    "value-expected": (text(good(indicator="events", level="", cohort="")), 2, "Знаменатель"),
    "value-and-pair": (text((*GOOD, 5), header=(*HEADER, "Значение")), 2, "Значение"),
    "yes-no-pair": (text(good(indicator="page", level="", numerator="да", denominator=5)), 2, "Знаменатель"),
    "indicator-computed": (text(good(indicator="away")), 2, "Показатель"),
    "duplicate-row": (text(GOOD, GOOD), 3, "Числитель"),
    "organisation-unknown": (text(good(organisation="МБОУ СОШ № 55")), 2, "Организация"),
    "names-disagree": (text(("0105099999", *GOOD), header=("ИНН", *HEADER)), 2, "Организация"),
    "indicator-unknown": (text(good(indicator="99")), 2, "Показатель"),
    "level-unknown": (text(good(level="высшее")), 2, "Уровень"),
    "cohort-unknown": (text(good(cohort="льготники")), 2, "Категория"),
    "level-not-here": (text(good(organisation="g2", level="Начальное")), 2, "Числитель"),
    "level-not-asked": (single(("s5", "diagnosed", "Основное", "все", 5)), 2, "Значение"),
    "cohort-not-asked": (single(("s5", "events", "В целом", "ОВЗ", 5)), 2, "Значение"),
    "period-unknown": (text(good(period="прошлый год")), 2, "Период"),
    "period-other": (text(good(period="2023")), 2, "Период"),
    "not-a-number": (text(good(numerator="около 40")), 2, "Числитель"),
    "not-whole": (text(good(numerator="12,5")), 2, "Числитель"),
    "negative": (text(good(numerator="-12")), 2, "Числитель"),
    "percent-in-count": (text(good(numerator="45 %")), 2, "Числитель"),
    "date-in-count": (text(good(numerator="01.05.2024")), 2, "Числитель"),
    "ambiguous-number": (text(good(denominator="1.234")), 2, "Знаменатель"),
    "footnote-glued": (text(good(denominator="2022 2")), 2, "Знаменатель"),
    "number-too-large": (text(good(denominator="7404012345")), 2, "Знаменатель"),
    "not-yes-no": (single(("s5", "page", "", "", "частично")), 2, "Значение"),
    "dash-unclear": (text(good(numerator="–")), 2, "Числитель"),
    "numerator-above-denominator": (text(good(numerator=250)), 2, "Числитель"),
    "nonzero-over-zero": (text(good(numerator=5, denominator=0)), 2, "Числитель"),
    "part-above-all": (text(GOOD, good(cohort="ОВЗ", numerator=5, denominator=250)), 3, "Знаменатель"),
    "rest-above": (text(GOOD, good(cohort="ОВЗ", numerator=0, denominator=230)), 2, "Числитель"),
    "rule-error": (
        single(*(("s5", "pupils", level, "все", number) for level, number in (("ООО", 10), ("СОО", 10), ("6–11", 50)))),
        4,
        "Значение",
    ),
    "rule-warning": (
        single(*(("s5", count, "ООО", "все", 8) for count in ("pupils", "leavers-home", "leavers-away"))),
        3,
        "Значение",
    ),
    "total-disagrees": (text(GOOD, ("Итого", *GOOD[1:6], 241)), 3, "Знаменатель"),
    "total-not-compared": (
        single(
            ("s5", "covered", "Основное", "все", 45), ("s5", "pupils", "Основное", "все", 240), ("Итого", *[""] * 3, 9)
        ),
        4,
        "Значение",
    ),
    "count-twice-different": (
        text(
            (*GOOD, None),
            (*good(indicator="pupils", numerator=None, denominator=None), 238),
            header=(*HEADER, "Значение"),
        ),
        3,
        "Значение",
    ),
    "columns-swapped": (
        text(*(good(level=level, numerator=240, denominator=45) for level in LEVELS_OF_S5)),
        1,
        "Числитель",
    ),
    "all-hundred": (
        text(*(good(level=v, cohort=c, numerator=n, denominator=n) for v in LEVELS_OF_S5 for c, n in COHORTS)),
        None,
        "",
    ),
    "not-checked": (text(GOOD, good(level="высшее")), 3, ""),
    "missing-counts": (text(GOOD), None, ""),
}
# A note under a fault is not a second one, and whoever waits for an answer has his question, too.
BESIDE = {"missing-counts", "column-ignored", "not-checked"}
MADE_BY_MORE = {
    "columns-swapped": {"numerator-above-denominator"},
    "not-checked": {"level-unknown"},
    "missing-column": {"key-empty"},
    "column-unknown": {"missing-column", "half-pair", "no-rows"},
}


@pytest.mark.parametrize("code", FAULTS)
def test_the_fault_is_found_in_its_place_and_no_other_is_seen(code):
    content, row, column = FAULTS[code]
    screening = check(content)
    places = [(f.severity, f.row, f.column) for f in found(screening, code)]
    assert places[:1] == [(KINDS[code].severity, row, column)], codes(screening)
    others = {f.code for f in screening.findings} - {code} - BESIDE - MADE_BY_MORE.get(code, set())
    assert others == set()
    assert screening.acceptable == (code not in {"not-checked"} and KINDS[code].severity != "error")


def test_a_right_file_has_none_of_them():
    screening = check(text(GOOD, good(level="Начальное"), good(organisation="g2", cohort="ОВЗ")))
    assert screening.acceptable and {f.code for f in screening.findings} <= {"missing-counts"}


MANY = {
    "half-pair": {"denominator": None},
    "level-unknown": {"level": "высшее"},
    "cohort-unknown": {"cohort": "льготники"},
    "indicator-unknown": {"indicator": "99"},
    "organisation-unknown": {"organisation": "МБОУ СОШ № 55"},
    "period-other": {"period": "2023"},
    "not-whole": {"numerator": "12,5"},
    "ambiguous-number": {"denominator": "1.234"},
    "dash-unclear": {"numerator": "–"},
}


@pytest.mark.parametrize("code", MANY)
def test_the_same_fault_in_many_rows_is_told_with_each_row(code):
    levels = ("Начальное", "Основное", "Среднее")
    rows = [good(**{"level": level, **MANY[code]}) for level in levels]
    if MANY[code].keys() & {"level"}:
        rows = [good(**MANY[code], indicator=indicator) for indicator in ("coverage", "diagnostics", "1")]
    screening = check(text(*rows))
    assert [f.row for f in found(screening, code)] == [2, 3, 4]
    assert not screening.acceptable


@pytest.mark.parametrize(
    "changed",
    [
        {"numerator": 240},  # as many as there are
        {"numerator": 0},
        {"numerator": 0, "denominator": 0},
        {"numerator": "45,0", "denominator": "240.0"},
        {"denominator": "1 240"},
        {"period": "2024 год"},
        {"level": "ООО"},
        {"cohort": "всего"},
        {"numerator": "н/д", "denominator": "н/д"},
    ],
    ids=str,
)
def test_what_stands_at_the_edge_of_a_fault_is_right(changed):
    screening = check(text(good(**changed)))
    assert screening.acceptable and codes(screening) == []


@pytest.mark.parametrize(("pairs", "said"), [(3, False), (4, True), (5, True)])
def test_every_share_at_a_hundred_per_cent_is_no_accident_from_the_fourth_on(pairs, said):
    rows = [good(level=v, cohort=c, numerator=n, denominator=n) for v in LEVELS_OF_S5 for c, n in COHORTS]
    assert bool(found(check(text(*rows[:pairs])), "all-hundred")) is said
    assert not found(check(text(*rows[: pairs - 1], good(level="Среднее"))), "all-hundred")
    nobody = good(level="Среднее", numerator=0, denominator=0)
    assert bool(found(check(text(*rows[:pairs], nobody)), "all-hundred")) is said  # of nobody there is no share


@pytest.mark.parametrize(("pairs", "said"), [(2, False), (3, True), (4, True)])
def test_columns_are_swapped_from_the_third_pair_on(pairs, said):
    rows = [good(level=v, cohort=c, numerator=n + 9, denominator=n) for v in LEVELS_OF_S5 for c, n in COHORTS]
    assert bool(found(check(text(*rows[:pairs])), "columns-swapped")) is said
    same = good(level="Среднее", numerator=5, denominator=5)
    assert bool(found(check(text(*rows[:pairs], same)), "columns-swapped")) is said  # says nothing either way
    assert not found(check(text(*rows[:pairs], good(level="Среднее"))), "columns-swapped")


def test_a_whole_that_is_wrong_itself_says_nothing_of_its_rest():
    above = text(good(numerator=250), good(cohort="ОВЗ", numerator=0, denominator=230))
    assert codes(check(above)) == ["numerator-above-denominator"]


@pytest.mark.parametrize(
    ("cohorts", "rows"), [(("все",), [4]), (("ОВЗ",), [4]), (("все", "ОВЗ"), [4, 7]), (("ОВЗ", "все"), [4, 7])]
)
def test_a_rule_holds_in_each_of_its_cohorts(cohorts, rows):
    numbers = (("ООО", 10), ("СОО", 10), ("6–11", 50))
    screening = check(single(*(("s5", "pupils", level, cohort, n) for cohort in cohorts for level, n in numbers)))
    assert sorted(f.row for f in found(screening, "rule-error")) == rows


@pytest.mark.parametrize(
    ("levels", "whole", "said"),
    [
        (("primary", "basic", "grades-6-11", "grades-1-11"), 105, ["44 + 56 = 100, а должно быть равно 105"]),
        (("primary", "basic", "grades-6-11", "grades-1-11"), 100, []),
        (("primary", "basic", "secondary", "grades-1-11"), 105, []),  # the number of its secondary level is missing
        (("primary", "basic"), None, []),  # nobody asks it for all classes
    ],
)
def test_a_level_that_a_school_does_not_have_adds_nothing_to_a_rule(levels, whole, said):
    own = Organisation(code="s5", name="МБОУ ООШ № 5", kind="school", levels=levels, territory="Край / Район")
    numbers = (("Начальное", 44), ("Основное", 56), ("1–11", whole))
    rows = [("s5", "pupils", level, "все", n) for level, n in numbers if n is not None]
    screening = check(single(*rows), catalogue_=read_catalogue(ROOT / "indicators.toml"), organisations={"s5": own})
    assert [f.message.rpartition(": ")[2] for f in found(screening, "rule-error")] == said


@pytest.mark.parametrize(
    ("year", "answers", "said"),
    [
        (2024, {"profmin": "да", "profmin-basic": "да", "profmin-main": "нет", "profmin-advanced": "нет"}, 0),
        (2024, {"profmin": "да", "profmin-main": "нет", "profmin-advanced": "нет"}, 0),  # one of its numbers is missing
        (2025, {"profmin": "да", "profmin-main": "да", "profmin-advanced": "нет"}, 0),
        (2025, {"profmin": "да", "profmin-main": "нет", "profmin-advanced": "нет"}, 1),
    ],
)
def test_what_is_no_longer_asked_adds_nothing_to_a_rule(year, answers, said):
    when = replace(PERIOD, code=str(year), starts=dt.date(year, 1, 1), ends=dt.date(year, 12, 31), kind="year")
    own = Organisation(code="s5", name="МБОУ СОШ № 5", kind="school", levels=("whole",), territory="Край / Район")
    rows = [("s5", count, "ОО", "все", answer) for count, answer in answers.items()]
    shipped = read_catalogue(ROOT / "indicators.toml")
    screening = check(single(*rows), catalogue_=shipped, organisations={"s5": own}, period=when)
    assert len(found(screening, "rule-error")) == said, screening.findings


def test_a_part_as_large_as_the_whole_and_a_rest_of_nobody_are_right():
    assert check(text(GOOD, good(cohort="ОВЗ"))).acceptable
    assert check(text(GOOD, ("Итого", *GOOD[1:]))).acceptable


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        ("Примечание", "112-233-445 95"),
        ("Примечание", "звонить +7 912 345-67-89"),
        ("Примечание", "kto@example.ru"),
        ("ФИО", "Ивлев Иван Иванович"),
        ("Исполнитель", "Ивлева И. И."),
    ],
)
def test_personal_data_refuse_the_file_and_are_never_repeated(heading, cell):
    screening = check(with_column(heading, cell))
    assert "personal-data" in codes(screening) and not screening.acceptable
    assert all(f.value is None for f in found(screening, "personal-data"))
    assert cell not in repr(screening)


@pytest.mark.parametrize(
    "cell",
    [
        "школа им. А. Б. Вгдеева",
        "ул. А. С. Прудова, 5",
        "Приложение А. Б.",
        "пункты А. и Б.",
        "классы 5А, 5Б",
        "т. е. все",
    ],
)
def test_streets_honoured_names_and_ordinary_words_are_no_persons(cell):
    assert check(with_column("Примечание", cell)).acceptable


def test_a_file_for_one_organisation_may_not_carry_another():
    screening = check(text(good(organisation="g2")), organisation="s5")
    assert [(f.row, f.column) for f in found(screening, "organisation-other")] == [(2, "Организация")]
    assert check(text(GOOD), organisation="s5").acceptable


def test_a_closed_period_takes_nothing():
    import dataclasses

    closed = dataclasses.replace(PERIOD, state="closed")
    assert codes(check(text(GOOD), period=closed)) == ["period-closed"]


def test_the_same_file_is_said_and_an_older_one_wants_a_confirmation():
    first = check(text(GOOD))
    when = {first.sha256: dt.datetime(2024, 5, 12, 9, 0)}
    again = check(text(GOOD), earlier=when)
    assert codes(again, "note")[:1] == ["same-file"] and again.acceptable and not again.unexplained
    older = check(text(GOOD), earlier=when, newer_cells={first.sha256: 2})
    assert codes(older, "warning") == ["older-file"] and older.acceptable and older.unexplained


@pytest.mark.parametrize(
    ("meant", "value"), [("zero", 0), ("no_data", "no_data"), ("not_applicable", "not_applicable")]
)
def test_a_dash_means_what_the_person_says_for_the_whole_file(meant, value):
    content = text(good(numerator="–", denominator="—"), good(level="Начальное", numerator="-", denominator=5))
    screening = check(content, answers=Answers(dash=meant))
    assert screening.acceptable and not found(screening, "dash-unclear")
    assert numbers(screening)["s5", "covered", "basic", "all"] == value


def test_a_form_of_another_sample_is_refused():
    def fill(book):
        sheet = book.add_worksheet("Бланк")
        for place, (name, cell) in enumerate((("pf_form", "0"), ("pf_period", "2024"), ("pf_organisation", "s5"))):
            sheet.write(0, place, cell)
            book.define_name(name, f"=Бланк!${'ABC'[place]}$1")
        sheet.write(1, 0, "pf-codes")
        sheet.write(1, 1, "basic/all")
        sheet.write(2, 0, "pupils")
        sheet.write(2, 1, 240)

    assert "form-other" in codes(check(xlsx(fill)))


def test_every_code_has_a_test_that_names_it():
    """A code that nobody can make is dead; one that nobody tests may say anything."""
    sources = [path.read_text("utf-8") for path in FILES.parents[1].glob("intake/test_*.py")]
    literals = {
        node.value
        for source in sources
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert set(KINDS) - literals == set()


def test_every_check_is_in_the_one_list():
    modules = [importlib.import_module(f"{checks.__name__}.{m.name}") for m in pkgutil.iter_modules(checks.__path__)]
    assert {module.check for module in modules if hasattr(module, "check")} == set(CHECKS)


@pytest.mark.parametrize("code", KINDS)
def test_every_text_is_whole_and_says_what_to_do(code):
    made = finding(code, words=KINDS[code].example)
    assert made.message and made.to_do and "{" not in made.message + made.to_do
    assert len(made.to_do) <= 140


WHOSE = "сдано раньше, МБОУ СОШ № 5"
# What stands already, a file that does not fit it, the code, and how each number of the sentence is told.
EARLIER = {
    "numerator": (
        {("covered", "basic", "all"): 45},
        single(("s5", "pupils", "Основное", "все", 40)),
        ("numerator-above-denominator", f"45 ({WHOSE}) больше, чем всего 40"),
    ),
    "denominator": (
        {("pupils", "basic", "all"): 40},
        single(("s5", "covered", "Основное", "все", 45)),
        ("numerator-above-denominator", f"45 больше, чем всего 40 ({WHOSE})"),
    ),
    "part": (
        {("pupils", "basic", "all"): 40},
        single(("s5", "pupils", "Основное", "ОВЗ", 45)),
        ("part-above-all", f"«ОВЗ и инвалиды» 45 больше, чем «все» 40 ({WHOSE})"),
    ),
    "rest": (
        {("pupils", "basic", "all"): 240, ("covered", "basic", "all"): 200, ("pupils", "basic", "disability"): 60},
        single(("s5", "covered", "Основное", "ОВЗ", 5)),
        ("rest-above", f"«все» — 200 ({WHOSE}) из 240 ({WHOSE}), «ОВЗ и инвалиды» — 5 из 60 ({WHOSE})"),
    ),
    "rule": (
        {("pupils", "grades-6-11", "all"): 300, ("pupils", "secondary", "all"): 60},
        single(("s5", "pupils", "Основное", "все", 200)),
        ("rule-error", f"300 ({WHOSE}), а должно быть не больше 200 + 60 ({WHOSE}) = 260"),
    ),
}


@pytest.mark.parametrize("case", EARLIER.values(), ids=EARLIER)
def test_a_rule_says_which_number_was_handed_in_earlier_and_by_whom(case):
    standing, content, (code, said) = case
    current = {("s5", Cell(*cell)): number for cell, number in standing.items()}
    (told,) = found(check(content, current=current), code)
    assert said in told.message.replace("\u00a0", " ")
    assert not found(check(content), code)


# Three answers and a number of events; formula, what is handed in for it in that order, what is said of the sides.
RULES = (
    ("a@whole + b@whole + c@whole = 1", ("да", "нет", "нет"), None),
    ("a@whole + b@whole + c@whole = 1", ("да", "да", "нет"), "1 + 1 + 0 = 2, а должно быть равно 1"),
    ("a@whole + b@whole + c@whole = 1", ("нет", "нет", "нет"), "0 + 0 + 0 = 0, а должно быть равно 1"),
    ("a@whole + b@whole + c@whole = 1", ("да", "да"), None),  # one has not answered yet
    ("a@whole + b@whole <= 1", ("нет", "нет"), None),
    ("a@whole + b@whole <= 1", ("да", "да"), "1 + 1 = 2, а должно быть не больше 1"),
    ("1 <= a@whole + b@whole", ("да", "нет"), None),
    ("1 <= a@whole + b@whole", ("нет", "нет"), "1, а должно быть не больше 0 + 0 = 0"),
    ("events@whole = a@whole + 2", (3, "да"), None),
    ("events@whole = a@whole + 2", (3, "нет"), "3, а должно быть равно 0 + 2 = 2"),
    ("events@whole + 1 <= a@whole + 5 + 2", (7, "да"), None),
    ("events@whole + 1 <= a@whole + 5 + 2", (8, "да"), "8 + 1 = 9, а должно быть не больше 1 + 7 = 8"),
    ("events@whole = 0", (0,), None),
    ("events@whole = 0", (2,), "2, а должно быть равно 0"),
)


@pytest.mark.parametrize(("formula", "given", "said"), RULES, ids=[f"{r[0]} {r[1]}" for r in RULES])
def test_a_rule_of_the_catalogue_is_reckoned_with_its_plain_numbers(tmp_path, formula, given, said):
    file = tmp_path / "catalogue.toml"
    answer = (
        '\n[[count]]\ncode = "{0}"\nname = "Вопрос {0}"\nunit = "organisations"\nvalue = "yes_no"\n'
        'levels = ["whole"]\ncohorts = ["all"]\n'
    )
    rule = f'\n[[rule]]\ncode = "tried"\nformula = "{formula}"\n'
    with_them = (FILES / "catalogue.toml").read_text("utf-8") + "".join(map(answer.format, "abc")) + rule
    file.write_text(with_them, encoding="utf-8")
    counts = re.findall(r"(\w+)@", formula)
    rows = [("s5", code, "В целом", "все", value) for code, value in zip(counts, given, strict=False)]
    told = found(check(single(*rows), catalogue_=read_catalogue(file)), "rule-error")
    assert [one.message.replace("\u00a0", " ") for one in told] == ([f"{formula}: {said}"] if said else [])


def test_every_row_that_stands_again_is_named():
    assert [finding.row for finding in check(text(GOOD, GOOD, GOOD)).findings if finding.code == "duplicate-row"] == [
        3,
        4,
    ]
