"""The dot plot of territories: their order, where dot and plan stand, and what says a verdict without colour."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

import invented
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_marks import classes, tree, words

from proforient.charts import marks
from proforient.monitoring import Verdict, territory_name


def names(rows: Any) -> dict[str, str]:
    return {c.territory: territory_name(c.territory) for c in rows}


def drawn(rows: Any) -> str:
    return str(marks.places(rows, rows, names(rows), title="Ниже плана"))


SIX = invented.places(
    [(900, {"of": 2000}), (40,), (62,), ("no_data", {"expected": 4}), (45, invented.OPEN), (30, {"plan": None})]
)


@pytest.mark.parametrize(
    ("sort", "order"),
    [(None, "125364"), ("shortfall", "125364"), ("share", "215364"), ("name", "123456"), ("state", "451236")],
)
def test_the_order(sort, order):
    found = marks.ranked_places(SIX, names(SIX), sort)
    assert "".join(c.territory[-1] for c in found) == order


def test_where_less_is_better_the_largest_share_is_furthest_from_its_plan():
    rows = invented.places([(60, {"direction": "less"}), (90, {"direction": "less"}), (10, {"direction": "less"})])
    for sort in ("shortfall", "share"):
        assert [c.territory[-1] for c in marks.ranked_places(rows, names(rows), sort)] == ["2", "1", "3"]


def test_a_verdict_is_told_by_word_glyph_and_the_shape_of_its_dot():
    rows = invented.places([(40,), (62,), (45, invented.OPEN), (55, invented.OPEN), (30, {"plan": None}), ("no_data",)])
    html = drawn(rows)
    looks = ["not-met", "met", "not-met-open", "met-open", "quiet"]
    assert [c - {"pf-dot"} for c in classes(html, "pf-dot")] == [
        {f"pf-dot-{look}", f"pf-p{place}"} for look, place in zip(looks, (250, 800, 375, 625, 0), strict=True)
    ]
    said = words(html)
    for words_of_one in ("✗ не хватает 10", "✓ достигнут с запасом 12", "✗ пока не хватает 5", "◔ сдали 3 из 7",
                         "○ план не задан", "○ нет данных"):  # fmt: skip
        assert words_of_one in said
    pictures = [e.get("aria-label", "").replace("\u00a0", " ") for e in tree(html).iter() if e.get("role") == "img"]
    assert pictures[0] == "40 из 100 — 40 % при плане 50 %, не хватает 10 детей"


def test_a_common_plan_is_one_line_through_every_row_and_own_plans_are_marks_with_words():
    common, own = drawn(invented.places()), drawn(invented.places([(40,), (62, {"plan": "60"})]))
    assert len(classes(common, "pf-through")) == 5 and not classes(common, "pf-own")
    assert words(common).count("план 50 %") == 1
    assert len(classes(own, "pf-own")) == 2 and not classes(own, "pf-through")
    assert "план 50 %" in words(own) and "план 60 %" in words(own)


def places_of(html: str, name: str) -> list[int]:
    return [
        int(re.sub(r"\D", "", next(c for c in found if re.fullmatch(r"pf-p\d+", c)))) for found in classes(html, name)
    ]


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=9), st.integers(0, 1000))
def test_what_is_below_its_plan_never_stands_behind_the_line(numerators, plan):
    rows = invented.places([(n, {"of": 1000}) for n in numerators], str(Fraction(plan, 10).limit_denominator(10) * 1.0))
    html = drawn(rows)
    dots, lines = places_of(html, "pf-dot"), places_of(html, "pf-through")
    assert all(0 <= at <= 1000 for at in dots)
    for c, dot, line in zip(rows, dots, lines, strict=True):
        assert dot <= line if c.verdict is Verdict.NOT_MET else dot >= line
    by_share = sorted(zip((c.share for c in rows), dots, strict=True))
    assert [dot for _, dot in by_share] == sorted(dots)


def test_a_name_leads_where_it_is_told_to_and_only_there():
    rows = invented.places()
    html = marks.places(rows, rows, names(rows), title="", address=lambda c: "" if c.share is None else c.territory)
    assert [e.get("href") for e in tree(html).iter("a")] == [c.territory for c in rows if c.share is not None]
    assert '<b class="pf-name">Район 3</b>' in html


def test_the_table_says_the_same_in_numbers():
    rows = invented.places()
    said = words(marks.places_table(rows, names(rows), what="Муниципалитет"))
    assert "Район 1 40 из 100 40 % 50 % ✗ план не достигнут 10 детей 7 из 7" in said
    assert "3 из 7 ◔ предварительно" in said and said.startswith("Муниципалитет")
