"""Live figures: a mark says in Russian what the table and the slide say; the still figure stays still."""

from __future__ import annotations

import html
import json
import re
from dataclasses import replace
from typing import Any

import invented
import plotly.graph_objects as go
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_figures import CATALOGUE, HOSTILE, NAMES, SERIES, changes, every

from proforient.charts import figures, marks, sentences
from proforient.palette import THEMES
from proforient.web.deck.slides import level as slide_level

NUMBER = re.compile(r"\d+(?:\u00a0\d{3})*(?:,\d+)?")


def plain(text: str) -> str:
    bare = html.unescape(re.sub(r"<[^>]+>", " ", text))
    return re.sub(r"[\s\u2060]+", " ", bare.replace("\u00a0", " ")).strip()


def numbers(text: str) -> set[str]:
    bare = html.unescape(re.sub(r"<[^>]+>", " | ", text))
    return {re.sub(r"\s", "", n) for n in NUMBER.findall(bare)}


def said(figure: figures.Figure) -> list[str]:
    """What each mark of the live figure shows."""
    return [plain(text) for text in figures.live(figure, THEMES["light"])["data"][-1]["customdata"]]


def table_rows(table: str) -> list[str]:
    """The cells of each row but its name."""
    body = table[table.index("<tbody") :]
    return ["".join(re.findall(r"<td.*?</td>", row, re.S)) for row in re.findall(r"<tr.*?</tr>", body, re.S)]


@st.composite
def level(draw: st.DrawFn, code: str) -> list[Any]:
    expected = draw(st.integers(1, 30))
    own = {"submitted": draw(st.integers(1, expected)), "expected": expected}
    own["can_change"] = draw(st.sampled_from([True, False, None]))
    plan = draw(st.sampled_from([None, "0", "50", "79.5", "80", "100"]))
    if draw(st.integers(0, 5)) == 0:
        return [code, draw(st.sampled_from(["no_data", "nobody", "judged"])), None, plan, {"expected": expected}]
    whole = draw(st.integers(1, 40_000))
    return [code, draw(st.integers(0, whole)), whole, plan, own]


STAGES = ("preschool", "primary", "basic", "secondary", "additional")
SPECS = st.tuples(*(level(code) for code in STAGES))


@settings(max_examples=60, deadline=None)
@given(SPECS)
def test_mark_row_and_slide_say_the_same_numbers(spec: tuple[list[Any], ...]):
    shown = invented.levels(spec)
    told = figures.live(figures.levels(shown, CATALOGUE, "light"), THEMES["light"])["data"][-1]["customdata"]
    rows = table_rows(marks.levels_table(shown, CATALOGUE))
    assert len(told) == len(rows) == len(shown)
    for coverage, words, row in zip(shown, told, rows, strict=True):
        name = CATALOGUE.levels[coverage.level]
        slide = str(slide_level(coverage, CATALOGUE)).replace(sentences.level_label(name), "")
        for other in (row, slide):
            nought = {"0"} if coverage.needed == 0 or not coverage.submitted else set()  # «достигнут», «никто»
            assert numbers(other) <= numbers(words) | nought, (plain(other), words)
        if coverage.share is not None:
            figure = plain(sentences.figure(coverage))
            assert all(figure in plain(text) for text in (words, row, slide))


def test_a_mark_says_it_in_one_sentence():
    first, *_, last = said(every()["levels"])
    assert first == (
        "232 из 580 — 40 %, план 50 % (выдуман для демонстрации), не хватает 58 детей, сдали 5 из 6, предварительно"
    )
    assert last == "оценка экспертов: низкая доля, план 70 % (выдуман для демонстрации), не сдал никто из 3"
    assert said(every()["periods"])[1].startswith("нет данных, план 65 %")


@pytest.mark.parametrize("size", ["page", "hall"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_live_figure_is_valid_and_answers_at_every_mark_without_changing_the_still_one(theme: Any, size: Any):
    for name, still in every(theme, size).items():
        before = json.dumps(still)
        live = figures.live(still, THEMES[theme], size)
        go.Figure(json.loads(json.dumps(live)))
        assert json.dumps(still) == before and still["layout"]["hovermode"] is False, name
        marked = figures.marks_of(still)
        assert len(live["data"]) == len(still["data"]) + 1 and live["data"][-1]["marker"]["opacity"] == 0
        assert len(live["data"][-1]["customdata"]) == len(marked) > 2
        assert len({mark.code for mark in marked}) == len(marked)
        assert live["layout"]["hoverlabel"]["font"]["size"] == {"page": 17, "hall": 24}[size]
        assert live["layout"]["separators"] == ",\u00a0" and live["layout"]["meta"] == {"alt": figures.alt(still)}


def test_marks_stand_in_the_order_in_which_they_are_drawn():
    shown = every()
    assert [m.code for m in figures.marks_of(shown["levels"])] == list(STAGES)
    assert [m.code for m in figures.marks_of(shown["periods"])] == [c.period for c in SERIES]
    assert [m.code for m in figures.marks_of(shown["change"])] == [c.current.level for c in changes()]
    below = sentences.below_plan(invented.gap(), NAMES)
    assert [m.code for m in figures.marks_of(shown["gap"])] == [c.organisation for c in below]
    assert [m.name for m in figures.marks_of(shown["gap"])] == [NAMES[c.organisation] for c in below]


def test_by_gap_who_is_farthest_below_the_plan_comes_first():
    rows = invented.rows([(168, 262), (118, 170), (62, 72), "no_data", (70, 88)])
    ranked = [c.organisation for c in figures.ranked(rows, NAMES, by_gap=True)]
    assert ranked == ["o1", "o2", "o5", "o3", "o4"]
    figure = figures.organisations(rows, NAMES, "light", title="", by_gap=True)
    assert [m.code for m in figures.marks_of(figure)] == ranked
    drawn = str(marks.organisations(rows, NAMES, title="", by_gap=True, opens=lambda c: f"/?{c.organisation}"))
    assert re.findall(r'pf-mark" href="/\?(\w+)"', drawn) == ranked
    table = str(marks.organisations_table(rows, NAMES, by_gap=True, address=lambda c: f"/?{c.organisation}"))
    assert re.findall(r"/\?(\w+)", table) == ranked[:4]


def test_what_a_mark_says_is_shown_and_not_read_as_markup():
    plan = replace(invented.plan("80", origin="department"), ground=HOSTILE * 9)
    hostile = replace(invented.cov("basic", 1, 2, "80"), plan=plan)
    shown = figures.live(figures.levels([hostile], CATALOGUE, "light"), THEMES["light"])
    written = json.dumps(shown["data"][-1]["customdata"], ensure_ascii=False)
    assert "<script" not in written and "<b>«" not in written and "$x" not in written
    assert max(len(html.unescape(line)) for line in shown["data"][-1]["customdata"][0].split("<br>")) <= 28
    rows = str(marks.levels([hostile], CATALOGUE, opens=lambda c: "/"))
    assert "<script" not in rows and "pf-told" in rows


def test_rows_without_a_way_stay_still():
    """The deck, the page for guests and paper have nothing to be pointed at."""
    shown = invented.levels()
    for drawn in (marks.levels(shown, CATALOGUE), marks.periods(SERIES), marks.gap(invented.gap(), NAMES)):
        assert "pf-mark" not in drawn and "<a" not in drawn
