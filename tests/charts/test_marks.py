"""Rows and tables: well-formed, escaped, without style attributes, and every class has its CSS."""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree

import invented
import pytest
from test_figures import HOSTILE, NAMES, SERIES, changes

from proforient.charts import marks
from proforient.monitoring import territory_name
from proforient.palette import DARK, LIGHT
from proforient.wording import NB

CATALOGUE = invented.catalogue()
EDGES = [
    ["preschool", 4, 100, "10"], ["primary", 41, 100, "0"], ["basic", 100, 100, "100"],
    ["secondary", 8001, 10000, "80"], ["additional", "nobody", None, "50"],
]  # fmt: skip
BELOW = invented.places()
PLACE_NAMES = {c.territory: territory_name(c.territory) for c in BELOW}


def every(names: dict[str, str] | None = None) -> dict[str, str]:
    names = names or NAMES
    rows = invented.rows([*invented.PAIRS, "no_data", "judged"])
    return {
        "levels": marks.levels(invented.levels(), CATALOGUE),
        "edges": marks.levels(invented.levels(EDGES), CATALOGUE),
        "gap": marks.gap(invented.gap(), names, title=names["o1"]),
        "periods": marks.periods(SERIES),
        "organisations": marks.organisations(rows, names, title=names["o1"]),
        "change": marks.change(changes(), CATALOGUE),
        "levels_table": marks.levels_table(invented.levels(), CATALOGUE, changes()),
        "organisations_table": marks.organisations_table(rows, names, caption=names["o1"]),
        "places": marks.places(BELOW, BELOW, PLACE_NAMES, title="Ниже плана", address=lambda c: f"?{c.territory}"),
        "places_table": marks.places_table(BELOW, PLACE_NAMES, what="Муниципалитет"),
        "periods_table": marks.periods_table(SERIES),
        "caption": marks.caption("План, выдуман для демонстрации"),
    }


def tree(html: str) -> ElementTree.Element:
    return ElementTree.fromstring(f"<div>{html}</div>")


def words(html: str) -> str:
    return " ".join(" ".join(tree(html).itertext()).replace(NB, " ").split())


@pytest.mark.parametrize("name", every())
def test_every_piece_is_well_formed_and_carries_no_style_and_no_script(name: str):
    for element in tree(every()[name]).iter():
        assert "style" not in element.attrib and element.tag not in ("script", "style", "svg")
        assert not [key for key in element.attrib if key.startswith("on")]


@pytest.mark.parametrize("name", every())
def test_a_hostile_name_stays_text(name: str):
    html = every(dict.fromkeys(NAMES, HOSTILE))[name]
    tags = {element.tag for element in tree(html).iter()}
    assert "script" not in tags
    if name in ("gap", "organisations", "organisations_table"):
        assert HOSTILE.replace(" ", "") in "".join(tree(html).itertext()).replace(NB, "").replace(" ", "")


@pytest.mark.parametrize("name", every())
def test_no_identifier_is_used_so_that_a_piece_may_stand_twice(name: str):
    assert not [e for e in tree(every()[name]).iter() if "id" in e.attrib]


def test_every_class_has_its_rule():
    used = {c for html in every().values() for e in tree(html).iter() for c in e.get("class", "").split()}
    known = set(re.findall(r"\.([a-z][a-z-]*)", marks.css()))
    assert {c for c in used - known if not re.fullmatch(r"pf-p\d+", c)} <= {
        "pf-v",
        "pf-periods-table",
        "pf-organisations",
        "go",
    }


def test_css_has_the_tokens_of_both_themes_and_prints_in_light():
    css = marks.css()
    for theme in (LIGHT, DARK):
        assert f"--pf-paper:{theme.paper}" in css and f"--pf-not-met-text:{theme.not_met_text}" in css
    printed = css[css.index("@media print") :]
    assert LIGHT.paper in printed.splitlines()[0] and DARK.paper not in printed.splitlines()[0]
    assert css.count("{") == css.count("}")
    assert "<" not in css, "cleaning of HTML throws away a style element that holds a tag"


def test_css_for_a_page_of_its_own_has_only_the_places_it_uses():
    html = marks.bar(invented.cov("basic", 581, 830, "80"))
    assert marks.css(html).count("--pf-x:") == 2 and ".pf-p700{--pf-x:70.0%}" in marks.css(html)
    assert marks.css().count("--pf-x:") == 1001 and ".pf-p1000{--pf-x:100.0%}" in marks.css()
    assert len(marks.css(html)) < 12_000


def test_a_row_says_name_verdict_and_what_is_missing():
    said = words(every()["levels"])
    assert "Дошкольное ✗ не хватает 58 детей" in said and "Начальное ✓ достигнут с запасом 32" in said
    assert "Дополнительное ◇ эксперты: низкая доля" in said and "◔ сдали 5 из 6" in said


def classes(html: str, name: str) -> list[set[str]]:
    """The classes of every element that has the class ``name``."""
    found = (set(e.get("class", "").split()) for e in tree(html).iter())
    return [c for c in found if name in c]


def test_a_bar_is_as_long_as_its_share_and_the_mark_stands_at_the_plan():
    html = marks.bar(invented.cov("basic", 581, 830, "80"))
    assert "pf-p700" in classes(html, "pf-fill-not-met")[0]
    assert "pf-p800" in classes(html, "pf-tick")[0] and "pf-p800" in classes(html, "pf-planword")[0]


def test_only_a_missed_plan_is_hatched():
    assert classes(marks.bar(invented.cov("basic", 581, 830, "80")), "pf-fill-not-met")
    assert not classes(marks.bar(invented.cov("basic", 681, 830, "80")), "pf-fill-not-met")
    hatched = re.findall(r"([^{}]*)\{[^{}]*--pf-hatch\) ", marks.css())
    assert hatched == ["\n.pf-fill-not-met,.pf-stub-not-met", "\n.pf-dot-not-met"]


def test_a_place_is_never_rounded_up_over_the_plan():
    html = marks.bar(invented.cov("basic", 79999, 100000, "80"))
    assert "pf-p799" in classes(html, "pf-fill")[0]


def test_no_data_is_a_frame_with_words_and_never_a_bar():
    html = marks.bar(invented.cov("basic", "no_data", None, "80"))
    assert classes(html, "pf-frame") and not classes(html, "pf-fill") and "нет данных" in html


def test_zero_is_a_figure_on_an_empty_track():
    html = marks.bar(invented.cov("basic", 0, 50, "80"))
    assert "pf-frame" not in html and f"0{NB}%" in html


@pytest.mark.parametrize("plan", ["0", "0.01", "50", "99.99", "100"])
@pytest.mark.parametrize("numerator", [0, 1, 50, 99, 100])
def test_the_plan_mark_is_always_drawn(plan: str, numerator: int):
    coverage = invented.cov("basic", numerator, 100, plan)
    for html in (marks.bar(coverage), marks.bullet(coverage)):
        assert len(classes(html, "pf-tick")) == 1


def test_a_share_just_above_its_plan_shows_behind_the_mark():
    above, exact, below = (marks.bullet(invented.cov("basic", n, 10000, "80")) for n in (8001, 8000, 7999))
    assert classes(above, "pf-stub") and not classes(exact, "pf-stub") and not classes(below, "pf-stub")
    assert classes(above, "pf-passed") and classes(below, "pf-ahead")
    assert not classes(exact, "pf-passed") and not classes(exact, "pf-ahead")


def test_the_figure_never_stands_across_the_plan_mark():
    for plan in range(101):
        html = marks.bar(invented.cov("basic", 60, 100, str(plan)), labelled=False)
        (at,) = [int(c[4:]) / 10 for css in classes(html, "pf-end") + classes(html, "pf-after") for c in css
                 if re.fullmatch(r"pf-p\d+", c)]  # fmt: skip
        begins, ends = (at - 20, at) if classes(html, "pf-end") else (at, at + 20)
        assert plan <= begins or plan >= ends
        assert ends == 60 or plan in range(35, 61)  # at the bar's end wherever the mark leaves room


def test_every_picture_says_its_figures_in_words():
    for name in ("levels", "organisations", "periods", "change"):
        labels = [e.get("aria-label") for e in tree(every()[name]).iter() if e.get("role") == "img"]
        assert labels and all(labels)


def test_a_count_is_scaled_to_the_largest_number_or_plan():
    html = marks.levels([invented.count(12, "15"), invented.count(6, "15")], CATALOGUE)
    assert [sorted(c)[-1] for c in classes(html, "pf-fill")] == ["pf-p800", "pf-p400"]


def test_gap_rows_have_the_cut_under_the_closing_set():
    said = words(every()["gap"])
    assert said.index("Школа «Речная»") < said.index("до черты: 85 при нужных 83") < said.index("Школа «Горная»")
    assert every()["gap"].count("pf-fill-outline") == 2


def test_an_invented_plan_is_underlined_where_it_stands():
    coverage = invented.cov("basic", 581, 830, "80")
    assert 'class="pf-invented"' in marks.plan(coverage)
    assert 'class="pf-invented"' in every()["caption"]
    real = invented.cov("basic", 581, 830, "80")
    object.__setattr__(real, "plan", invented.plan("80", origin="document"))
    assert marks.plan(real) == f"80{NB}%"


def test_a_table_is_semantic_and_its_cells_carry_their_headings_for_a_phone():
    html = marks.table(
        ["Имя", marks.TableColumn("Число", figures=True)], [["Д & Б", "1"], [marks.Html("<b>В</b>"), "2"]], "Что"
    )
    table = tree(html)[0]
    assert table.find("caption").text == "Что"
    assert [e.get("scope") for e in table.find("thead").iter("th")] == ["col", "col"]
    assert [e.get("scope") for e in table.find("tbody").iter("th")] == ["row", "row"]
    assert [e.get("data-l") for e in table.iter("td")] == ["Число", "Число"]
    assert all(e.get("class") == "pf-num" for e in table.iter("td"))
    assert "Д &amp; Б" in html and "<b>В</b>" in html


def test_a_table_refuses_a_row_of_another_length():
    with pytest.raises(ValueError):
        marks.table(["а", "б"], [["1"]])


def test_the_levels_table_says_everything_of_a_level():
    said = words(every()["levels_table"])
    assert "К 2021 году" in said and "232 из 580 40 % 50 % ✗ план не достигнут 58 детей" in said
    assert "◔ предварительно" in said and "◇ оценка экспертов: низкая доля" in said and "н/д" in said


def test_where_less_is_better_the_table_counts_what_is_over_the_plan():
    html = marks.levels_table([invented.cov("basic", 3, 10, "20", direction="less")], CATALOGUE)
    assert "Сверх плана" in words(html) and "1 ребёнок" in words(html)


def test_html_is_not_escaped_twice_and_text_is_escaped_once():
    assert marks.html(marks.html("<i>")) == "&lt;i&gt;"
    assert marks.tag("b", "a&b", title='"') == '<b title="&#34;">a&amp;b</b>'


def periods_of(n: int) -> list[Any]:
    return invented.series([(str(2010 + i), i, 20, "50") for i in range(n)])


def test_many_periods_keep_a_row_each():
    assert marks.periods(periods_of(12)).count('class="pf-row"') == 12
