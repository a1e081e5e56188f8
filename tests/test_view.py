"""The View in the query string: complete, stable, and plain about what it does not understand."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proforient.view import KEYS, OPEN, Choices, View, read_view, sides_of, to_query

NORTH, SOUTH = "Край / Север & Ко", "Край / Юг"
CHOICES = Choices(
    territories=("Край", NORTH, SOUTH),
    periods=("2024", "2021/2022"),
    cohorts=("all", "disability"),
    indicators={"coverage": ("primary", "basic"), "page": ("whole",)},
    organisations={"007": NORTH, "s-1": SOUTH},
    problems=("low-basic",),
    sorts=("share", "name"),
    groupings=("group", "goal"),
    topics=("figures", "files"),
    steps=("head-1", "head-2"),
    kinds=("school", "preschool"),
    states=("accepted", "returned"),
    axes=("level", "period"),
    measures=("share", "needed"),
    looks=("table", "bars"),
    progresses=("overdue", "done"),
    addressees=("heads",),
    default_territory=NORTH,
    default_period="2021/2022",
    default_cohort="all",
    default_indicator="coverage",
    default_level="basic",
    default_sort="share",
    default_grouping="group",
    default_topic="figures",
)
DEFAULT = View(
    territory=NORTH,
    period="2021/2022",
    cohort="all",
    indicator="coverage",
    level="basic",
    sort="share",
    grouping="group",
    topic="figures",
)


@st.composite
def views(draw):
    territory = draw(st.sampled_from((None, *CHOICES.territories)))
    indicator = draw(st.sampled_from(tuple(CHOICES.indicators)))
    here = [code for code, home in CHOICES.organisations.items() if not territory or home.startswith(territory)]
    return View(
        territory=territory,
        period=draw(st.sampled_from(CHOICES.periods)),
        cohort=draw(st.sampled_from(CHOICES.cohorts)),
        indicator=indicator,
        level=draw(st.sampled_from(CHOICES.indicators[indicator])),
        organisation=draw(st.sampled_from((None, *here))),
        problem=draw(st.sampled_from((None, "low-basic"))),
        sort=draw(st.sampled_from(CHOICES.sorts)),
        grouping=draw(st.sampled_from(CHOICES.groupings)),
        source=draw(st.none() | st.sampled_from(here)) if here else None,
        topic=draw(st.sampled_from(CHOICES.topics)),
        step=draw(st.sampled_from((None, *CHOICES.steps))),
        find=draw(st.sampled_from((None, "школа № 2", "«Ёлочка»", "7400"))),
        kind=draw(st.sampled_from((None, *CHOICES.kinds))),
        state=draw(st.sampled_from((None, *CHOICES.states))),
        part=draw(st.sampled_from((None, "2", "17"))),
        beside=draw(st.sampled_from((None, "2", "17"))),
        sides=draw(st.sampled_from((None, "o:s-1", f"t:{NORTH}|p:2024|c:all"))),
        slides=draw(st.sampled_from((None, "coverage~basic~o:s-1|p:2024", "coverage~basic~c:all!page~whole~p:2024"))),
        rows=draw(st.sampled_from((None, *CHOICES.axes))),
        columns=draw(st.sampled_from((None, "none", *CHOICES.axes))),
        measure=draw(st.sampled_from((None, *CHOICES.measures))),
        look=draw(st.sampled_from((None, *CHOICES.looks))),
        document=draw(st.sampled_from((None, "d12", "i1883281976695544854"))),
        item=draw(st.sampled_from((None, "act-coverage-plan", "31"))),
        progress=draw(st.sampled_from((None, "overdue"))),
        addressee=draw(st.sampled_from((None, "heads"))),
        trace=draw(st.booleans()),
    )


@settings(max_examples=150)
@given(views())
def test_a_view_comes_back_from_its_own_address(view):
    address = urlencode(to_query(view))
    assert read_view(parse_qs(address, keep_blank_values=True), CHOICES) == (view, [])


@settings(max_examples=150)
@given(st.dictionaries(st.sampled_from([*KEYS, "utm_source"]), st.lists(st.text(max_size=80), max_size=3)))
def test_no_address_breaks_it_and_what_it_gives_exists(query):
    view, _ = read_view(query, CHOICES)
    assert view.period in CHOICES.periods and view.level in CHOICES.indicators[view.indicator]
    assert read_view({key: [value] for key, value in to_query(view).items()}, CHOICES) == (view, [])


def test_every_key_is_written_so_that_nothing_of_an_earlier_page_stays():
    assert to_query(View()) == dict.fromkeys(KEYS, "")
    assert to_query(View(organisation="007", trace=True)) | {} == {
        **dict.fromkeys(KEYS, ""),
        "organisation": "007",
        "trace": OPEN,
    }


def test_a_bare_address_gives_the_defaults_without_a_word():
    assert read_view({}, CHOICES) == (DEFAULT, [])
    assert read_view({"utm_source": ["mail"]}, CHOICES) == (DEFAULT, [])


@pytest.mark.parametrize(
    ("key", "value", "shown"),
    [
        ("territory", "Край / Запад", f"показано «{NORTH}»"),
        ("period", "2019", "показано «2021/2022»"),
        ("cohort", "boys", "показано «all»"),
        ("indicator", "weather", "показано «coverage»"),
        ("level", "whole", "показано «basic»"),
        ("organisation", "s-1", "ничего не выбрано"),
        ("problem", "none", "ничего не выбрано"),
        ("source", "s-1", "ничего не выбрано"),
        ("sort", "random", "показано «share»"),
        ("grouping", "random", "показано «group»"),
        ("kind", "farm", "ничего не выбрано"),
        ("state", "lost", "ничего не выбрано"),
        ("part", "-2", "ничего не выбрано"),
        ("part", "02", "ничего не выбрано"),
        ("trace", "yes", "ничего не выбрано"),
    ],
)
def test_nonsense_is_said_and_replaced_by_the_default(key, value, shown):
    view, said = read_view({key: [value]}, CHOICES)
    assert view == DEFAULT
    assert len(said) == 1 and f"«{value}»" in said[0] and shown in said[0] and "Выберите" in said[0]


def test_an_organisation_belongs_to_the_territory_that_is_looked_at():
    assert read_view({"territory": [SOUTH], "organisation": ["s-1"]}, CHOICES)[0].organisation == "s-1"
    assert read_view({"territory": ["Край"], "organisation": ["s-1"]}, CHOICES)[0].organisation == "s-1"
    assert read_view({"territory": [NORTH], "organisation": ["s-1"]}, CHOICES)[0].organisation is None


def test_what_is_compared_exists_stands_once_and_is_no_more_than_six():
    view, said = read_view({"sides": [f"p:2024|o:none|t:{NORTH}|p:2024|x:1|c:all"]}, CHOICES)
    assert view.sides == f"p:2024|t:{NORTH}|c:all" and sides_of(view) == ("p:2024", f"t:{NORTH}", "c:all")
    assert len(said) == 2 and "«o:none»" in said[0] and "пропущено" in said[0]
    wide = replace(CHOICES, periods=tuple(str(year) for year in range(2015, 2025)))
    view, (said,) = read_view({"sides": ["|".join(f"p:{year}" for year in wide.periods)]}, wide)
    assert len(sides_of(view)) == 6 and "больше 6" in said
    assert read_view({"slides": ["coverage~whole~p:2024"]}, CHOICES)[0].slides is None


def test_the_usual_level_of_another_indicator_is_its_first():
    assert read_view({"indicator": ["page"]}, CHOICES)[0].level == "whole"


def test_two_values_of_one_key_are_said_and_the_first_is_taken():
    view, said = read_view({"period": ["2024", "2021/2022"]}, CHOICES)
    assert view.period == "2024" and len(said) == 1 and "несколько значений" in said[0]
    assert read_view({"period": ["2024", "2024"]}, CHOICES)[1] == []


def test_a_long_or_unprintable_value_is_repeated_short_and_plain():
    _, (said,) = read_view({"period": ["\x00\n" + "x" * 500]}, CHOICES)
    assert "x" * 59 + "…" in said and "x" * 61 not in said and said.isprintable()


def test_what_is_searched_for_is_taken_in_one_line_and_of_a_long_text_the_beginning():
    assert read_view({"find": ["  школа\n№ 2 "]}, CHOICES)[0].find == "школа № 2"
    assert read_view({"find": [" \x00 "], "part": ["1"]}, CHOICES) == (DEFAULT, [])
    view, (said,) = read_view({"find": ["я" * 90]}, CHOICES)
    assert view.find == "я" * 60 and "взято начало" in said


def test_an_empty_store_gives_an_empty_view():
    assert read_view({"period": ["2024"]}, Choices())[0] == View()
