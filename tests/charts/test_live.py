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
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from test_figures import CATALOGUE, HOSTILE, NAMES, SERIES, changes, every

from proforient.analysis.coverage import Coverage
from proforient.analysis.sides import Comparison, Side
from proforient.charts import figures, marks, sentences
from proforient.monitoring import Verdict
from proforient.palette import THEMES
from proforient.web.deck.slides import level as slide_level

PHASES = [Phase.explicit, Phase.generate]  # the smallest example is not worth the minutes
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


def told_of(figure: figures.Figure) -> dict[str, str]:
    """What each mark of the live figure says, by its code."""
    live = figures.live(figure, THEMES["light"])["data"][-1]["customdata"]
    return dict(zip((mark.code for mark in figures.marks_of(figure)), live, strict=True))


def written_in(coverage: Coverage) -> str:
    """All words of a picture of panels that has this figure alone."""
    panel = figures.FigurePanel("", [("Школа", coverage)])
    made = figures.panels([panel], "light", alt="")
    return " ".join(a["text"] for a in made["layout"]["annotations"])


@settings(max_examples=40, deadline=None, phases=PHASES)
@given(SPECS)
def test_every_picture_table_and_slide_of_a_view_says_the_same_number(spec: tuple[list[Any], ...]):
    """Organisations, periods, sides and a table of one's own axes: mark, row for a phone, table, picture, slide."""
    shown = invented.levels(spec)
    own = {"level": "basic", "expected": 1}
    schools = [replace(c, organisation=f"o{n}", submitted=min(c.submitted, 1), **own) for n, c in enumerate(shown, 1)]
    years = [replace(c, level="basic", period=str(2018 + n)) for n, c in enumerate(shown)]
    sides = [Side(kind="period", code=c.period, name=f"сторона {c.period}", figures=(c,)) for c in years]
    compared = Comparison(indicator="coverage", level="basic", sides=tuple(sides))
    every = figures.ranked(schools, NAMES)
    views = (
        (every, told_of(figures.organisations(schools, NAMES, "light", title="")),
         table_rows(marks.organisations_table(schools, NAMES)), lambda c: c.organisation),
        (years, told_of(figures.periods(years, "light")), table_rows(marks.periods_table(years)), lambda c: c.period),
        (years, told_of(figures.periods(years, "light")),
         table_rows(marks.sides_table(compared, CATALOGUE, lambda s, c: "/")), lambda c: c.period),
    )  # fmt: skip
    for coverages, told, table, code in views:
        assert len(told) == len(table) == len(coverages)
        for coverage, row in zip(coverages, table, strict=True):
            words = told[code(coverage)]
            same_numbers(coverage, words, row)
            same_numbers(coverage, words, str(marks.bar(coverage, labelled=False)), picture=True)
            cell = sentences.quantity_words(coverage, "share")
            assert coverage.share is None or plain(cell) == plain(sentences.figure(coverage))
    for coverage in schools:
        same_numbers(coverage, sentences.mark_words(coverage), written_in(coverage))
    slide = str(marks.side_rows(compared))
    for side, coverage in zip(sides, years, strict=True):
        part = slide[slide.index(side.name) + len(side.name) :].split("сторона ")[0]
        same_numbers(coverage, told_of(figures.periods(years, "light"))[coverage.period], part, picture=True)


def nought(coverage: Coverage) -> set[str]:
    """What «достигнут» and «никто» say without a number."""
    return {"0"} if coverage.needed == 0 or not coverage.submitted else set()


def same_numbers(coverage: Coverage, words: str, other: str, *, picture: bool = False) -> None:
    """Whatever number the other says the mark says, too; the figure itself stands in both."""
    if not picture:
        assert numbers(other) <= numbers(words) | nought(coverage), (plain(other), words)
    if coverage.share is not None and coverage.verdict != Verdict.NOBODY:
        figure = plain(sentences.figure(coverage))
        assert figure in plain(words) and figure in plain(other), (figure, words, other)


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
