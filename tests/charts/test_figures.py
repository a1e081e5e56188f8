"""Figures are valid Plotly, say every verdict without colour, and never draw what is not there."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import invented
import plotly.graph_objects as go
import pytest

from proforient.charts import figures, marks, sentences
from proforient.palette import THEMES
from proforient.wording import NB
from proforient.wording.labels import shortened, two_lines

CATALOGUE = invented.catalogue()
NAMES = {code: o.name for code, o in invented.organisations().items()}
HOSTILE = '<script>alert("x")</script> & <b>«Ко»</b> $x^2$'
THEN = (31, 74, 73, 80, None)


def changes() -> list[Any]:
    made = []
    for now, then in zip(invented.levels(), THEN, strict=True):
        before = invented.cov(now.level, then, 100, "50", period="2021") if then is not None else None
        made.append(invented.change(now, before))
    return made


SERIES = invented.series([("2019", 61, 100, "60"), ("2020", "no_data", None, "65"), ("2021", 72, 100, "75"),
                          ("2022", 581, 830, "80")])  # fmt: skip


def every(theme: Any = "light", size: Any = "page", names: dict[str, str] | None = None) -> dict[str, figures.Figure]:
    names = names or NAMES
    return {
        "levels": figures.levels(invented.levels(), CATALOGUE, theme, size=size),
        "gap": figures.gap(invented.gap(), names, theme, title="Кто закроет", size=size),
        "periods": figures.periods(SERIES, theme, size=size),
        "organisations": figures.organisations(
            invented.rows([*invented.PAIRS, "no_data", "nobody"]), names, theme, title="Школы", size=size
        ),
        "change": figures.change(changes(), CATALOGUE, theme, size=size),
    }


def texts(figure: figures.Figure) -> list[str]:
    axes = [*figure["layout"]["yaxis"].get("ticktext", []), *figure["layout"]["xaxis"].get("ticktext", [])]
    return [a["text"].replace(NB, " ") for a in figure["layout"]["annotations"]] + [t.replace(NB, " ") for t in axes]


def plan_lines(figure: figures.Figure, colour: str) -> list[dict[str, Any]]:
    shapes = figure["layout"]["shapes"]
    return [s for s in shapes if s["type"] == "line" and s["line"]["color"] == colour and s.get("xref") != "paper"]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", ["page", "hall"])
def test_plotly_accepts_every_figure_and_it_is_plain_json(theme: Any, size: Any):
    for figure in every(theme, size).values():
        assert set(figure) == {"data", "layout"}
        assert json.loads(json.dumps(figure)) == figure
        go.Figure(figure)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_figure_uses_the_colours_of_its_theme_only(theme: Any):
    allowed = {getattr(THEMES[theme], name) for name in THEMES[theme].__slots__}
    for figure in every(theme).values():
        used = set(re.findall(r"#[0-9A-Fa-f]{6}", json.dumps(figure)))
        assert used <= allowed


def test_the_alternative_text_is_the_sentence_of_the_title():
    made = every()
    assert figures.alt(made["levels"]) == sentences.overview_finding(invented.levels(), CATALOGUE)
    assert figures.alt(made["gap"]) == "Кто закроет"
    assert figures.alt(made["periods"]) == sentences.periods_title(SERIES)
    assert figures.alt(made["organisations"]) == "Школы"
    assert figures.alt(made["change"]) == sentences.change_title(changes(), CATALOGUE)
    for figure in made.values():
        assert "title" not in figure["layout"]


def test_nothing_of_a_figure_can_be_hovered_or_dragged():
    for figure in every().values():
        layout = figure["layout"]
        assert layout["hovermode"] is False and layout["showlegend"] is False
        assert layout["xaxis"]["fixedrange"] and layout["yaxis"]["fixedrange"]
    assert figures.CONFIG["displayModeBar"] is False


def test_text_grows_for_the_hall():
    for name, figure in every().items():
        small = [a["font"]["size"] for a in figure["layout"]["annotations"]]
        large = [a["font"]["size"] for a in every(size="hall")[name]["layout"]["annotations"]]
        assert all(b > a for a, b in zip(small, large, strict=True))


@pytest.mark.parametrize("name", ["gap", "organisations"])
def test_a_hostile_name_is_shown_and_not_read_as_markup(name: str):
    figure = every(names=dict.fromkeys(NAMES, HOSTILE))[name]
    written = json.dumps(figure, ensure_ascii=False)
    assert "<script" not in written and "<b>«" not in written and "$x" not in written
    assert "&lt;" in "".join(texts(figure))


def test_every_level_says_its_verdict_in_words_with_a_glyph():
    said = texts(every()["levels"])
    assert said.count("<b>✗ не хватает</b>") == 2 and said.count("<b>✓ достигнут</b>") == 2
    assert "58 детей" in said and "с запасом 32" in said and "ровно по плану" in said
    assert "◇ эксперты:" in said and "низкая доля" in said and "◔ сдали 5 из 6" in said
    assert "<b>40 %</b>" in said and "план 70 %" in said


def test_only_a_missed_plan_is_hatched():
    bars = {b["x"][0]: b["marker"] for b in every()["levels"]["data"]}
    assert {at for at, marker in bars.items() if "pattern" in marker} == {0, 2}
    assert bars[1]["color"] == THEMES["light"].met and bars[2]["color"] == THEMES["light"].not_met


def test_a_level_without_data_is_a_dotted_frame_and_never_a_bar():
    figure = every()["levels"]
    assert sorted(b["x"][0] for b in figure["data"]) == [0, 1, 2, 3]
    frames = [s for s in figure["layout"]["shapes"] if s["type"] == "rect"]
    assert len(frames) == 1 and frames[0]["line"]["dash"] == "dot" and frames[0]["y1"] == 70
    assert "нет<br>данных" in texts(figure)


def test_a_share_of_zero_is_a_figure_and_not_a_frame():
    figure = figures.levels(invented.levels([["basic", 0, 50, "80"]]), CATALOGUE, "light")
    assert "<b>0 %</b>" in texts(figure)
    assert not [s for s in figure["layout"]["shapes"] if s["type"] == "rect"]


def test_nobody_to_count_is_said_and_not_drawn():
    figure = figures.levels(invented.levels([["basic", "nobody", None, "80"]]), CATALOGUE, "light")
    assert "нет<br>детей" in texts(figure) and not figure["data"][0]["x"]


@pytest.mark.parametrize(
    ("numerator", "plan"), [(41, "0"), (100, "100"), (3, "99.75"), (80, "80"), (79, "80"), (81, "80")]
)
def test_the_plan_line_is_there_and_inside_the_picture(numerator: int, plan: str):
    coverages = invented.levels([["preschool", numerator, 100, plan], ["basic", 2, 100, "1"]])
    figure = figures.levels(coverages, CATALOGUE, "light")
    line = plan_lines(figure, THEMES["light"].ink)[0]
    low, high = figure["layout"]["yaxis"]["range"]
    assert low <= line["y0"] == line["y1"] < high
    assert abs(line["y0"] - float(plan)) < 1 and line["x0"] < -0.35 < 0.35 < line["x1"]
    label = next(a for a in figure["layout"]["annotations"] if a["x"] == 0 and a["text"].startswith("план"))
    pixels = figure["layout"]["height"] - figure["layout"]["margin"]["t"] - figure["layout"]["margin"]["b"]
    room = (high - label["y"]) / high * pixels + figure["layout"]["margin"]["t"]
    assert room >= label["yshift"] + label["font"]["size"]


def test_a_share_just_above_its_plan_shows_above_the_line():
    figure = figures.levels(invented.levels([["basic", 8001, 10000, "80"]]), CATALOGUE, "light")
    line = plan_lines(figure, THEMES["light"].ink)[0]
    assert figure["data"][0]["y"][0] > 80 > line["y0"]


def test_a_share_just_below_its_plan_stays_below_the_line():
    figure = figures.levels(invented.levels([["basic", 7999, 10000, "80"]]), CATALOGUE, "light")
    assert figure["data"][0]["y"][0] == 79.99 < 80 < plan_lines(figure, THEMES["light"].ink)[0]["y0"]


def test_no_plan_draws_no_line_and_no_verdict_colour():
    figure = figures.levels(invented.levels([["basic", 30, 100, None]]), CATALOGUE, "light")
    assert not plan_lines(figure, THEMES["light"].ink)
    assert figure["data"][0]["marker"]["color"] == THEMES["light"].wash
    assert "○ план не задан" in texts(figure)


def test_the_figure_in_a_column_never_stands_on_the_plan_line():
    for plan in range(1, 100):
        figure = figures.levels(invented.levels([["basic", 100, 100, str(plan)]]), CATALOGUE, "light")
        note = next(a for a in figure["layout"]["annotations"] if a["text"].startswith("<b>100"))
        pixels = figure["layout"]["height"] - figure["layout"]["margin"]["t"] - figure["layout"]["margin"]["b"]
        apart = abs(note["y"] - plan) / figure["layout"]["yaxis"]["range"][1] * pixels
        assert apart >= note["font"]["size"] / 2


@pytest.mark.parametrize("size", ["page", "hall"])
def test_six_figures_under_a_column_go_into_lines_and_the_figure_grows_with_them(size: Any):
    sent = {"submitted": 143_500, "expected": 150_000, "can_change": None}
    shown = [
        invented.cov(level, 700_000, 912_345, plan, **sent) for level, plan in (("preschool", "99"), ("primary", "50"))
    ]
    many = [*shown, *(invented.cov(level, "no_data", None, "50", expected=150_000) for level in ("basic", "secondary"))]
    figure = figures.levels([*many, invented.cov("additional", 5, 6, "50")], CATALOGUE, "light", size=size)
    said = texts(figure)
    for line in ("сдали 143 500", "из 150 000", "203 222 детей", "с запасом", "243 827", "○ сдали 0"):
        assert line in said, line
    assert "с запасом 2" in said, "what is short stays in one line"
    under = [a for a in figure["layout"]["annotations"] if a.get("yanchor") == "top" and a["y"] == 0]
    assert max(a["font"]["size"] - a["yshift"] for a in under) < figure["layout"]["margin"]["b"]
    few = figures.levels(shown, CATALOGUE, "light", size=size)
    assert "сдали 143 500 из 150 000" in texts(few), "where there is room it is one line"


def test_levels_of_nothing_is_still_a_figure():
    go.Figure(figures.levels([], CATALOGUE, "light"))
    go.Figure(figures.change([], CATALOGUE, "light"))
    go.Figure(figures.periods([], "light"))
    go.Figure(figures.organisations([], {}, "light", title=""))


def test_gap_bars_are_whole_own_needs_and_the_closing_set_is_hatched():
    figure = every()["gap"]
    closing, others = figure["data"]
    assert closing["x"] == [42, 18, 14, 11] and "pattern" in closing["marker"]
    assert others["x"] == [3, 1] and "pattern" not in others["marker"]
    assert others["marker"]["color"] == THEMES["light"].paper
    assert others["marker"]["line"]["color"] == THEMES["light"].not_met
    line = next(s for s in figure["layout"]["shapes"] if s["line"].get("dash") == "dash")
    assert max(closing["y"]) < line["y0"] < min(others["y"])
    assert "до черты: 85 при нужных 83" in texts(figure)


def test_gap_draws_no_line_where_all_are_needed():
    figure = figures.gap(invented.gap([(0, 10), (1, 10)]), NAMES, "light")
    assert not figure["layout"]["shapes"] and len(figure["data"]) == 1


def test_gap_sums_what_it_does_not_draw_in_whole_children():
    pairs = [(1, 7 + n) for n in range(15)]
    found = invented.gap(pairs)
    figure = figures.gap(found, {}, "light")
    rest = sentences.below_plan(found, {})[12:]
    assert f"Ещё 3 организации — {sum(c.needed for c in rest)} детей" in texts(figure)
    every = [*texts(figure), sentences.gap_caption(found, CATALOGUE, {}), marks.gap(found, {}, limit=5)]
    assert all("%" in after for text in every for after in re.findall(r"\d,\d+(.{0,2})", text))  # no part of a child


def test_of_equal_needs_the_order_of_names_decides_in_chart_and_title():
    found = invented.gap([(1, 10), (1, 10), (1, 10)])
    names = {"o1": "Школа № 10", "o2": "Школа № 9", "o3": "Еланская школа"}
    register = {code: invented.organisation(code, name) for code, name in names.items()}
    by_name = ["Еланская школа", "Школа № 9", "Школа № 10"]
    assert [names[c.organisation] for c in sentences.closing(found, names)] == by_name
    drawn = marks.gap(found, names).replace("\u00a0", " ")
    assert sorted(by_name, key=drawn.index) == by_name
    rows = invented.rows([(1, 10), (1, 10), (1, 10)])
    assert "— Еланская школа: 7" in sentences.organisations_title(rows, CATALOGUE, register).replace("\u00a0", " ")


def test_the_shares_of_one_chart_have_one_size():
    for spec in (((1, 3, 50), (1, 2, 50)), ((1, 2, 50), (9996, 10000, "99.97"))):
        figure = figures.levels([invented.cov(level, n, of, str(plan)) for level, (n, of, plan) in
                                 zip(("basic", "primary"), spec, strict=True)], CATALOGUE, "light")  # fmt: skip
        sizes = {
            n["font"]["size"] for n in figure["layout"]["annotations"] if re.fullmatch(r"<b>[\d,]+.%</b>", n["text"])
        }
        assert len(sizes) == 1


@pytest.mark.parametrize("plan", ["0", "1", "5", "10", "20", "30", "50", "100"])
def test_the_words_of_no_data_never_stand_on_the_plan_and_its_label(plan):
    coverages = [invented.cov("basic", None, None, plan), invented.cov("primary", 90, 100, "80")]
    figure = figures.levels(coverages, CATALOGUE, "light")
    layout = figure["layout"]
    tall = layout["height"] - layout["margin"]["t"] - layout["margin"]["b"]
    pixels = tall / layout["yaxis"]["range"][1]
    words = next(n for n in layout["annotations"] if "нет<br>данных" in n["text"])
    label = next(n for n in layout["annotations"] if n["text"] == f"план {plan}{NB}%")
    low, high = words["y"] * pixels - 25, words["y"] * pixels + 25
    bottom = label["y"] * pixels
    assert bottom >= high or bottom + 5 + 20 <= low


def test_a_period_without_data_breaks_the_line_and_keeps_its_plan():
    figure = every()["periods"]
    path, dots = figure["data"]
    assert path["y"] == [61.0, None, 72.0, 70.0]
    assert path["connectgaps"] is False and dots["x"] == [0, 2, 3]
    assert len(plan_lines(figure, THEMES["light"].ink)) == 4
    assert "нет<br>данных" in texts(figure)


def test_dots_are_filled_when_met_and_hollow_when_not():
    dots = every()["periods"]["data"][1]["marker"]
    light = THEMES["light"]
    assert dots["color"] == [light.met, light.paper, light.paper]
    assert dots["line"]["color"] == [light.met, light.not_met, light.not_met]


def test_the_dot_of_a_provisional_figure_is_not_solid_and_says_so():
    told = invented.series([("2021", 54, 100, "50"), ("2022", 90, 100, "80")])
    few = replace(told[-1], submitted=2, expected=30, can_change=True)
    drawn = figures.periods([told[0], few], "light")
    look = THEMES["light"]
    assert drawn["data"][1]["marker"]["color"] == [look.met, look.paper]
    assert [("предварительно" in a["text"], "90" in a["text"]) for a in drawn["layout"]["annotations"]].count(
        (True, True)
    ) == 1
    assert "сдали 2 из 30" in marks.periods([told[0], few]).replace(NB, " ")


def test_figures_of_periods_stand_on_the_side_away_from_the_plan():
    notes = {a["text"].replace(NB, " "): a for a in every()["periods"]["layout"]["annotations"]}
    assert notes["<b>✓ 61 %</b>"]["yanchor"] == "bottom" and notes["<b>✗ 70 %</b>"]["yanchor"] == "top"


def test_the_value_axis_of_periods_is_not_blown_up_by_small_changes():
    figure = figures.periods(invented.series([("2021", 70, 100, "70"), ("2022", 71, 100, "70")]), "light")
    low, high = figure["layout"]["yaxis"]["range"]
    assert high - low >= 20


def test_organisations_are_ranked_by_share_and_those_without_a_figure_come_last():
    rows = invented.rows(["no_data", (1, 10), (9, 10), (1, 10)])
    assert [c.organisation for c in figures.ranked(rows, {})] == ["o3", "o2", "o4", "o1"]
    names = {"o2": "Школа № 10", "o4": "Школа № 9"}
    assert [c.organisation for c in figures.ranked(rows, names)] == ["o3", "o4", "o2", "o1"]


def test_a_common_plan_is_one_line_and_different_plans_are_ticks():
    light = THEMES["light"].ink
    same = figures.organisations(invented.rows([(1, 10), (9, 10)]), NAMES, "light", title="")
    assert len(plan_lines(same, light)) == 1
    mixed = [
        invented.cov("basic", 1, 10, "70", organisation="o1"),
        invented.cov("basic", 9, 10, "80", organisation="o2"),
    ]
    assert len(plan_lines(figures.organisations(mixed, NAMES, "light", title=""), light)) == 2


def test_more_organisations_than_fit_are_counted():
    rows = invented.rows([(n, 100) for n in range(50)])
    figure = figures.organisations(rows, {}, "light", title="")
    assert "Ещё 10 организаций — в таблице" in texts(figure) and len(figure["data"]) == 40


def test_the_change_shows_the_period_before_as_a_hollow_triangle():
    figure = every()["change"]
    before = figure["data"][-1]
    assert before["x"] == [31.0, 74.0, 73.0, 80.0] and before["marker"]["color"] == THEMES["light"].paper
    said = texts(figure)
    assert "2021: 31 %" in said and any("↑ +9 п. п." in t for t in said) and any("без изменений" in t for t in said)
    assert any("не с чем сравнить" in t for t in said)


def test_a_count_is_drawn_by_its_number_against_its_plan():
    coverage = invented.count(12, "15", level="whole")
    figure = figures.levels([coverage], CATALOGUE, "light")
    assert figure["data"][0]["y"] == [12.0] and "план 15" in texts(figure) and "3 мероприятий" in texts(figure)


LONG = "Муниципальное бюджетное общеобразовательное учреждение средняя общеобразовательная школа № {} имени Героя Советского Союза И. И. Иванова"  # noqa: E501 - a real kind of name


def test_labels_have_two_lines_at_most_and_none_looks_like_another():
    made = two_lines([LONG.format(n) for n in range(1, 40)], 28)
    assert len(set(made)) == 39
    assert all(len(label) <= 2 and all(len(line) <= 28 for line in label) for label in made)


def test_labels_of_equal_names_are_numbered():
    assert two_lines(["Школа № 1", "Школа № 1"], 28) == [("Школа № 1",), ("Школа № 1 (2)",)]


def test_short_names_are_quoted_as_they_are():
    assert two_lines(["Школа «Северная»"], 28) == [("Школа «Северная»",)]
    assert shortened("Школа «Северная»") == "Школа «Северная»"


def test_names_that_part_late_show_where_they_part():
    names = [
        f"Центр внешкольной работы и детского творчества имени космонавта отделение {n}" for n in ("первое", "второе")
    ]
    first, second = two_lines(names, 28)
    assert "первое" in first[1] and "второе" in second[1]
