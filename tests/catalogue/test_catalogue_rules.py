"""Every rule on a catalogue finds what it is for, at the line and key where it stands."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from catalogue_files import SMALL, Check, Spoil

from proforient.catalogue import read
from proforient.catalogue.rules import RULES

TEXT = SMALL.read_text(encoding="utf-8")
SHARE = 'numerator = ["covered"]'
TREND = 'of = "coverage"'
YES_NO = 'name = "Страница на сайте"\ncount = "page"'
PLAN_OF_COUNT = 'period = { kind = "school_year", year = 2022 }\nnumber = 120'
PAGE_COUNT = 'name = "Есть ли страница на сайте"'
COVERED = 'code = "covered"\nname = "Численность {population.gen}, охваченных мероприятиями"'
COVERED_ASKED = (
    f'{COVERED}\nunit = "children"\nvalue = "whole"\nlevels = ["basic", "additional"]\ncohorts = ["all", "disability"]'
)
SECOND_LEVEL = 'code = "additional"\nkind = "stage"\nname = "Дополнительное образование"\naliases = ["УДО"]'
SECOND_PLAN = '[[plan]]\nindicator = "meetings"'
FIRST_PLAN_AGAIN = (
    '[[plan]]\nindicator = "coverage"\nlevel = "basic"\nterritory = "Область/Район"\n'
    'period = { kind = "year", year = 2022 }\npercent = 10\n\n'
)
ACTION = 'deadline = { form = "day", date = 2023-06-15 }'
PROBLEM = 'indicator = "coverage"\nlevel = "basic"\ncohort = "disability"\nwhen = "not_met"'


def case(name: str, rule: str, key: str, found: str, expected: str, *pairs: tuple[str, str]) -> object:
    """A way to spoil the small catalogue; the last text put in holds the line of the key that is blamed."""
    return pytest.param(rule, key, found, expected, pairs, id=name)


CASES = [
    case(
        *("a list names an unknown code", "references_resolve", "level.overlaps", "«adition»", "«additional»"),
        ('overlaps = ["additional"]', 'overlaps = ["adition"]'),
    ),
    case(
        *("a source that is nowhere", "references_resolve", "group.source", "«letter-2032»", "«letter-2023»"),
        ('name = "Профессиональные пробы"\nsource = "letter-2023"', 'source = "letter-2032"\nname = "Пробы"'),
    ),
    case(
        *("an alias of a level not asked", "aliases_by_level_name_asked_levels", "count.aliases_by_level"),
        *("«whole»", "levels"),
        ('{ basic = ["2(н)"] }', '{ whole = ["2(н)"] }'),
    ),
    case(
        *("a numerator that counts twice", "lists_do_not_repeat", "indicator.numerator", "«covered»", "один раз"),
        (SHARE, 'numerator = ["covered", "covered"]'),
    ),
    case(
        *("parts of each other", "parts_do_not_go_round", "cohort.part_of", "all → disability → all", "не часть"),
        ('code = "all"\n', 'code = "all"\npart_of = "disability"\n'),
    ),
    case(
        *("a part of itself", "parts_do_not_go_round", "cohort.part_of", "disability → disability", "не часть"),
        ('part_of = "all"', 'part_of = "disability"'),
    ),
    case(
        *("a level that overlaps itself", "levels_do_not_overlap_themselves", "level.overlaps", "«basic»", "не он сам"),
        ('overlaps = ["additional"]', 'overlaps = ["basic"]'),
    ),
    case(
        *("a formula of an unknown count", "formulas_name_what_is_asked", "rule.formula", "«cowered»", "«covered»"),
        ("covered@basic <=", "cowered@basic <="),
    ),
    case(
        *("a formula at an unknown level", "formulas_name_what_is_asked", "rule.formula", "уровень «base»", "«basic»"),
        ("covered@basic <=", "covered@base <="),
    ),
    case(
        *("a formula where nothing is asked", "formulas_name_what_is_asked", "rule.formula", "covered@whole", "basic"),
        ("covered@basic <=", "covered@whole <="),
    ),
    case(
        *("a formula of an unknown cohort", "formulas_name_what_is_asked", "rule.formula", "«disabled»", "disability"),
        ("covered@basic <=", "covered@basic/disabled <="),
    ),
    case(
        *("a formula of a cohort not asked", "formulas_name_what_is_asked", "rule.formula", "page@whole/disability"),
        "«all»",
        ("covered@basic <=", "page@whole/disability <="),
    ),
    case(
        *("a rule for a cohort not asked", "formulas_name_what_is_asked", "rule.cohorts", "«disability»", "«page»"),
        ("covered@basic <= pupils@basic", "page@whole <= 1"),
        ('cohorts = ["all"]\nseverity', 'cohorts = ["disability"]\nseverity'),
    ),
    case(
        *("a share without a numerator", "indicators_have_what_their_kind_needs", "indicator.numerator"),
        *("ключа нет", "share"),
        (SHARE + "\n", ""),
    ),
    case(
        *("a share with a count", "indicators_have_what_their_kind_needs", "indicator.count", "share", "«yes_no»"),
        (SHARE, f'{SHARE}\ncount = "meetings"'),
    ),
    case(
        *("a yes/no of a whole number", "counts_fit_their_indicator", "indicator.count", "«meetings»", "yes_no"),
        (YES_NO, YES_NO.replace('"page"', '"meetings"')),
    ),
    case(
        *("a share of itself", "counts_fit_their_indicator", "indicator.numerator", "«pupils»", "100 %"),
        (SHARE, 'numerator = "pupils"'),
    ),
    case(
        *("a level where a count is not asked", "counts_are_asked_where_their_indicator_is", "indicator.levels"),
        *("«additional»", "«covered»"),
        (COVERED_ASKED, COVERED_ASKED.replace(', "additional"', "")),
    ),
    case(
        *("counts without a cohort in common", "counts_are_asked_where_their_indicator_is", "indicator.numerator"),
        *("«covered», «pupils»", "одной категории"),
        ('cohorts = ["all", "disability"]\nas_of', 'cohorts = ["disability"]\nas_of'),
        (COVERED_ASKED, COVERED_ASKED.replace(', "disability"', "")),
    ),
    case(
        *("a trend of a yes/no", "trends_follow_a_share", "indicator.of", "«page»", "share"),
        (TREND, 'of = "page"'),
    ),
    case(
        *("a trend at another level", "trends_follow_a_share", "indicator.levels", "«whole»", "«basic»"),
        ('levels = ["basic"]\ndirection', 'levels = ["whole"]\ndirection'),
    ),
    case(
        *("a last year before the first", "years_are_in_order", "indicator.from", "2022", "until"),
        ("until = 2030\nheadline", "headline"),
        ("explicit = true\nfrom = 2022", "explicit = true\nuntil = 2021\nfrom = 2022"),
    ),
    case(
        *("a recommendation that ends before it begins", "years_are_in_order", "action.from", "2022", "until"),
        ('2"\nterritory = "Область / Район"\nfrom = 2022\nuntil = 2030', '2"\nuntil = 2021\nfrom = 2022'),
    ),
    case(
        *("a second headline", "one_headline", "indicator.headline", "true", "«coverage»"),
        (YES_NO, f"headline = true\n{YES_NO}"),
    ),
    case(
        *("a headline beside the chart", "one_headline", "indicator.headline", "«whole»", "«basic»"),
        ("headline = true", ""),
        (YES_NO, f"headline = true\n{YES_NO}"),
    ),
    case(
        *("two levels at one place", "places_on_the_chart_differ", "level.chart", "3", "«basic»"),
        (SECOND_LEVEL, f"chart = 3\n{SECOND_LEVEL}"),
    ),
    case(
        *("a plan without a value", "plans_fit_their_indicator", "plan.percent", "ключа нет", "ровно один"),
        ("percent = 75.5\n", ""),
    ),
    case(
        *("a plan with two values", "plans_fit_their_indicator", "plan.number", "оба", "ровно один"),
        ("percent = 75.5", "number = 5\npercent = 75.5"),
    ),
    case(
        *("a percent of a count", "plans_fit_their_indicator", "plan.percent", "count", "number"),
        (PLAN_OF_COUNT, PLAN_OF_COUNT.replace("number = 120", "percent = 12")),
    ),
    case(
        *("a number of a share", "plans_fit_their_indicator", "plan.number", "share", "percent"),
        ("percent = 75.5", "number = 75"),
    ),
    case(
        *("a plan of a trend", "plans_fit_their_indicator", "plan.indicator", "trend", "плана не бывает"),
        ('[[plan]]\nindicator = "coverage"', '[[plan]]\nindicator = "coverage-trend"'),
    ),
    case(
        *("a plan at another level", "plans_fit_their_indicator", "plan.level", "«whole»", "«basic»"),
        ('level = "basic"\ncohort = "all"', 'cohort = "all"\nlevel = "whole"'),
    ),
    case(
        *("a plan of a cohort not asked", "plans_fit_their_indicator", "plan.cohort", "«disability»", "«all»"),
        (SECOND_PLAN, '[[plan]]\ncohort = "disability"\nindicator = "meetings"'),
    ),
    case(
        *("two plans for one place", "plans_differ", "plan.indicator", "«coverage»", "первый в строке"),
        (SECOND_PLAN, FIRST_PLAN_AGAIN + SECOND_PLAN),
    ),
    case(
        *("a «no» of a share", "problems_fit_their_indicator", "problem.when", "share", "«judged»"),
        (PROBLEM, PROBLEM.replace("not_met", "no")),
    ),
    case(
        *("an unmet plan of a trend", "problems_fit_their_indicator", "problem.when", "trend", "«judged»"),
        (PROBLEM, PROBLEM.replace('"coverage"', '"coverage-trend"')),
    ),
    case(
        *("a problem at another level", "problems_fit_their_indicator", "problem.level", "«whole»", "«basic»"),
        (PROBLEM, PROBLEM.replace('"basic"', '"whole"')),
    ),
    case(
        *("a day without a date", "deadlines_say_what_their_form_needs", "action.deadline.date", "нет", "day"),
        (ACTION, 'deadline = { form = "day" }'),
    ),
    case(
        *(
            "a rule of the period with a date",
            "deadlines_say_what_their_form_needs",
            "action.deadline.date",
            "2023",
            "next",
        ),
        (ACTION, 'deadline = { form = "next_year", date = 2023-06-15 }'),
    ),
    case(
        *("after the collegium, nobody says how long", "deadlines_say_what_their_form_needs", "action.deadline.months"),
        *("нет", "after_collegium"),
        (ACTION, 'deadline = { form = "after_collegium" }'),
    ),
    case(
        *("a standing duty with a year", "deadlines_say_what_their_form_needs", "action.deadline.year", "2023"),
        "standing",
        (ACTION, 'deadline = { form = "standing", year = 2023 }'),
    ),
    case(
        *("years that run backwards", "deadlines_say_what_their_form_needs", "action.deadline.until", "2021"),
        "2023",
        ("year = 2023, until = 2024", "year = 2023, until = 2021"),
    ),
    case(
        *("a slot that nothing fills", "names_fill_with_the_population_only", "indicator.name", "«{level}»"),
        "{population.nom}",
        ("Доля {population.gen}, охваченных", "Доля {level}, охваченных"),
    ),
    case(
        *("a brace left open", "names_fill_with_the_population_only", "count.name", "«{»", "{population.gen}"),
        (PAGE_COUNT, 'name = "Есть ли {страница"'),
    ),
    case(
        *("a level without its words", "levels_have_the_words_that_fill_names", "level.population"),
        *("«additional»", "gen"),
        ('gen = "детей в кружках" }', 'nom2 = "" }'),
        ('{ nom = "дети в кружках", nom2 = "" }', '{ nom = "дети в кружках" }'),
    ),
    case(
        *("braces in a recommendation", "texts_have_no_slots", "action.text", "{population.gen}", "{events}"),
        ('text = "Организовать диагностику"', 'text = "Диагностика {population.gen}"'),
    ),
    case(
        *("two levels of one name", "places_have_names_of_their_own", "level.aliases", "«5-9 КЛАССЫ»", "«basic»"),
        ('aliases = ["УДО"]', 'aliases = ["5-9 КЛАССЫ"]'),
    ),
    case(
        *("two kinds of organisation", "places_have_names_of_their_own", "organisation_kind.name", "«сош»", "«school»"),
        ("[[addressee]]", '[[organisation_kind]]\ncode = "big"\nproposes = []\nname = "сош"\n\n[[addressee]]'),
    ),
    case(
        *("two counts of one level", "figures_have_names_of_their_own", "count.aliases", "Всего (чел)", "«pupils»"),
        (COVERED, f'aliases = ["Всего (чел)"]\n{COVERED}'),
    ),
    case(
        *("an alias of one level", "figures_have_names_of_their_own", "count.aliases_by_level", "2 (н)", "«basic»"),
        (COVERED, f'aliases_by_level = {{ basic = ["2 (н)"] }}\n{COVERED}'),
    ),
    case(
        *("two indicators of one number", "figures_have_names_of_their_own", "indicator.number", "«№ 2»", "«page»"),
        ('code = "meetings"\nnumber = "3"\nkind', 'code = "meetings"\nnumber = "№ 2"\nkind'),
    ),
]


@pytest.mark.parametrize(("rule", "key", "found", "expected", "pairs"), CASES)
def test_a_rule_finds_what_does_not_fit(
    spoil: Spoil,
    monkeypatch: pytest.MonkeyPatch,
    rule: str,
    key: str,
    found: str,
    expected: str,
    pairs: Sequence[tuple[str, str]],
) -> None:
    mistakes = [m for m in spoil(*pairs) if m.key == key and found in m.found and expected in m.expected]
    assert len(mistakes) == 1, [str(m) for m in spoil(*pairs)]
    monkeypatch.setattr(read, "RULES", tuple(each for each in RULES if each.__name__ != rule))
    read._read_text.cache_clear()
    assert mistakes[0] not in spoil(*pairs), "another rule said it"


def test_every_rule_is_tried() -> None:
    assert {each.values[0] for each in CASES} == {each.__name__ for each in RULES}


def test_a_mistake_stands_at_the_line_of_its_key(spoil: Spoil) -> None:
    (mistake,) = spoil(("percent = 75.5", "number = 75"))
    assert TEXT.split("\n")[mistake.line - 1] == "percent = 75.5"


def test_a_key_that_is_not_there_is_missed_at_the_header(spoil: Spoil) -> None:
    (mistake,) = spoil(("percent = 75.5\n", ""))
    assert TEXT.split("\n")[mistake.line - 1] == "[[plan]]"


def test_a_wrong_key_is_said_once_and_nothing_follows_from_it(spoil: Spoil) -> None:
    (mistake,) = spoil(('denominator = "pupils"', "denominator = 5"))
    assert mistake.key == "indicator.denominator"
    (mistake,) = spoil(
        (
            'code = "page"\nname = "Есть ли страница на сайте"\nunit = "organisations"\nvalue = "yes_no"',
            'code = "page"\nname = "Есть ли страница на сайте"\nunit = "organisations"\nvalue = "bool"',
        )
    )
    assert mistake.key == "count.value"


def test_a_second_entry_with_a_code_is_a_mistake_that_names_the_first(spoil: Spoil) -> None:
    (mistake,) = spoil(('code = "act-2"', 'code = "act-1"'))
    first = TEXT.split("\n").index('code = "act-1"')  # the header stands a line above, lines count from 1
    assert mistake.key == "action.code"
    assert f"в строке {first}" in mistake.expected


def test_a_text_may_name_both_a_count_and_an_indicator(check: Check) -> None:
    assert TEXT.count('number = "3"') == 2
    assert check(TEXT) == ()


def test_indicators_never_asked_in_one_year_may_share_a_number(spoil: Spoil) -> None:
    again = 'number = "3"\nkind'
    assert len(spoil((again, 'number = "2"\nkind'))) == 1
    assert (
        spoil(
            (again, 'number = "2"\nuntil = 2023\nkind'),
            ('number = "2"\nkind = "yes_no"', 'number = "2"\nfrom = 2024\nkind = "yes_no"'),
        )
        == ()
    )


def test_two_levels_may_both_stand_for_a_blank_cell(spoil: Spoil) -> None:
    assert spoil(('aliases = ["УДО"]', 'aliases = ["УДО", ""]')) == ()


def test_a_headline_needs_no_chart_where_no_level_has_a_place(spoil: Spoil) -> None:
    assert spoil(("chart = 3\n", "")) == ()


@pytest.mark.parametrize("percent", ["0", "100", "99.99", "75.50", "1e1"])
def test_a_plan_of_at_most_two_decimals_passes(spoil: Spoil, percent: str) -> None:
    assert spoil(("percent = 75.5", f"percent = {percent}")) == ()


@pytest.mark.parametrize("percent", ["100.01", "-0.01", "0.001", "nan", "inf", '"75"', "true", "1e400"])
def test_any_other_plan_is_a_mistake(spoil: Spoil, percent: str) -> None:
    assert [m.key for m in spoil(("percent = 75.5", f"percent = {percent}"))] == ["plan.percent"]


def test_all_mistakes_are_named_at_once_in_the_order_of_lines(spoil: Spoil) -> None:
    mistakes = spoil(
        ('kind = "letter"', 'kind = "mail"'),
        ("grades = [5, 9]", "grades = [9, 5]"),
        ('unit = "children"', 'unti = "children"'),
        ("covered@basic <=", "cowered@basic <="),
        ('direction = "more"', "direction = 1"),
        ("percent = 75.5", "percent = 175"),
        ('addressee = "heads"\ntext = "Орг', 'addressee = "hands"\ntext = "Орг'),
    )
    assert [m.key for m in mistakes] == [
        *("source.kind", "level.grades", "count.unit", "count.unti", "rule.formula"),
        *("indicator.direction", "plan.percent", "action.addressee"),
    ]
    assert [m.line for m in mistakes] == sorted(m.line for m in mistakes)
    assert all(m.file.endswith("catalogue.toml") and m.found and m.expected for m in mistakes)
