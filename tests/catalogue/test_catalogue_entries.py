"""What a read catalogue says of itself."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest
from catalogue_files import CATALOGUES, SMALL

from proforient.catalogue.blocks import ground_line
from proforient.catalogue.entries import Deadline, Term
from proforient.catalogue.formulas import parse_formula
from proforient.catalogue.read import read_catalogue

CATALOGUE = read_catalogue(SMALL)


def test_records_carry_the_line_of_their_header_and_the_file() -> None:
    text = SMALL.read_text(encoding="utf-8").split("\n")
    assert text[CATALOGUE.levels["additional"].line - 1 :][:2] == ["[[level]]", 'code = "additional"']
    assert text[CATALOGUE.plans[1].line - 1] == "[[plan]]"
    assert CATALOGUE.file == str(SMALL)


def test_keys_become_fields() -> None:
    assert CATALOGUE.timezone == "Asia/Yekaterinburg"
    coverage = CATALOGUE.indicators["coverage"]
    assert (coverage.numerator, coverage.denominator) == (("covered",), ("pupils",))
    assert (coverage.since, coverage.until, coverage.pairable) == (2022, 2030, True)
    assert CATALOGUE.indicators["coverage-trend"].alpha == Decimal("0.05")
    assert CATALOGUE.actions["act-1"].deadline == Deadline(form="day", date=dt.date(2023, 6, 15))
    assert CATALOGUE.actions["act-2"].answers == ("*",)
    assert CATALOGUE.levels["basic"].grades == (5, 9)


def test_plans_are_exact_and_have_their_ground_in_one_line() -> None:
    share, number = CATALOGUE.plans
    assert share.percent == Decimal("75.5")
    assert share.ground == "Приказ управления № 12 от 15.01.2022; На весь год"
    assert (share.territory, share.period_kind, share.year) == ("Область / Район", "year", 2022)
    assert (number.number, number.percent, number.cohort, number.origin) == (Decimal(120), None, "all", "department")


@pytest.mark.parametrize(
    ("parts", "line"),
    [
        ({}, ""),
        ({"note": "Выдумано"}, "Выдумано"),
        ({"number": "12"}, "№ 12"),
        ({"document": "Приказ", "note": "п. 3"}, "Приказ; п. 3"),
    ],
)
def test_a_ground_leaves_out_what_it_does_not_have(parts: dict[str, str], line: str) -> None:
    assert ground_line(**parts) == line


def test_what_is_absent_falls_back(tmp_path: Path) -> None:
    file = tmp_path / "catalogue.toml"
    text = SMALL.read_text(encoding="utf-8")
    for line in (
        'timezone = "Asia/Yekaterinburg"',
        'dative = "Руководителям школ"',
        'title = "Письмо управления образования"',
        'severity = "warning"',
        'text = "Охвачено не больше, чем всего"',
    ):
        assert line in text
        text = text.replace(line, "")
    file.write_text(text, encoding="utf-8")
    catalogue = read_catalogue(file)
    assert catalogue.timezone == "Europe/Moscow"
    assert catalogue.levels["additional"].short == "Дополнительное образование"
    assert catalogue.addressees["heads"].dative == "heads"
    assert catalogue.sources["letter-2023"].title == "letter-2023"
    assert (catalogue.rules["rule-1"].severity, catalogue.rules["rule-1"].text) == (
        "error",
        "covered@basic <= pupils@basic",
    )


def test_the_headline_chart_has_its_levels_in_the_order_of_their_places() -> None:
    assert [level.code for level in CATALOGUE.chart_levels] == ["basic"]
    khmao = read_catalogue(CATALOGUES / "khmao.toml")
    assert khmao.headline is not None
    assert [level.code for level in khmao.chart_levels] == ["grades-5-7", "grades-8-11"]


def test_a_formula_is_two_sums_of_terms_and_plain_numbers() -> None:
    formula = parse_formula("a@l + b@m/all + 2 <= c-1@l.2 + 3 + 4")
    assert formula.left == (Term(count="a", level="l"), Term(count="b", level="m", cohort="all"))
    assert formula.right == (Term(count="c-1", level="l.2"),)
    assert (formula.operator, formula.left_number, formula.right_number) == ("<=", 2, 7)


@pytest.mark.parametrize(
    "text",
    [
        *("a@l", "a@l < b@l", "a@l >= b@l", "a@l == b@l", "a@l = b@l = c@l", "a@l - b@l = c@l", "a@l * 2 = b@l"),
        *("= a@l", "a@l + = b@l", "a = b", "1 = 1", "a@l/ = b@l", "A@l = b@l", "a@l + -1 = b@l", "a@l + 1.5 = b@l"),
    ],
)
def test_any_other_formula_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="count@level"):
        parse_formula(text)


def test_a_rule_without_cohorts_is_checked_where_all_its_counts_are_asked(tmp_path: Path) -> None:
    file = tmp_path / "catalogue.toml"
    text = SMALL.read_text(encoding="utf-8")
    file.write_text(text.replace('cohorts = ["all"]\nseverity', "severity"), encoding="utf-8")
    assert read_catalogue(file).rules["rule-1"].cohorts == ("all", "disability")


def test_names_are_filled_with_the_words_of_the_level() -> None:
    assert CATALOGUE.count_name("pupils", "additional") == "Численность детей в кружках"
    assert CATALOGUE.indicator_name("coverage") == "Доля обучающихся, охваченных мероприятиями"


def test_an_indicator_has_the_cohorts_of_all_its_counts() -> None:
    assert CATALOGUE.cohorts_of(CATALOGUE.indicators["coverage"]) == ("all", "disability")
    assert CATALOGUE.cohorts_of(CATALOGUE.indicators["coverage-trend"]) == ("all", "disability")
    assert CATALOGUE.cohorts_of(CATALOGUE.indicators["page"]) == ("all",)
