"""What a headline says where some have not reported: one rule over the whole range of how many have and may turn it."""

from __future__ import annotations

from dataclasses import replace

import invented
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proforient.advice.priorities import FirstStep
from proforient.charts import figures, marks, sentences
from proforient.monitoring import Verdict
from proforient.wording import NB

CATALOGUE = invented.catalogue()
JUDGED = (Verdict.MET, Verdict.NOT_MET)


def must_warn(c):
    """The rule in other words than the program's: less than half, or open, or unknown."""
    if c.submitted in (0, c.expected):
        return False
    return 2 * c.submitted < c.expected or (c.verdict in JUDGED and c.can_change in (True, None))


@st.composite
def levels(draw):
    found = []
    for level in ("preschool", "primary", "basic", "secondary"):
        expected = draw(st.integers(1, 60))
        submitted = draw(st.integers(0, expected))
        met = draw(st.booleans())
        plan = draw(st.sampled_from([None, "50"]))
        covered = 80 if met else 20
        c = invented.cov(level, covered if submitted else None, 100 if submitted else None, plan)
        turns = draw(st.sampled_from([True, False, None])) if submitted < expected else False
        found.append(replace(c, submitted=submitted, expected=expected, can_change=turns))
    return found


def begins(text):
    return text.startswith(("Предварительно: сдал ", "Предварительно: сдали "))


@settings(deadline=None)
@given(levels())
def test_a_headline_warns_exactly_where_it_could_become_untrue(found):
    open_ones = [c for c in found if must_warn(c)]
    assert begins(sentences.overview_finding(found, CATALOGUE)) == bool(open_ones)
    assert begins(sentences.problems_finding([], levels=found, catalogue=CATALOGUE)) == bool(open_ones)
    for c in found:
        assert begins(sentences.indicator_finding(c, CATALOGUE)) == must_warn(c)
        hedged = must_warn(c) and c.verdict in JUDGED
        assert sentences.saying(c, short=True).word.startswith(f"пока{NB}") == hedged
        assert ("-open" in marks.levels([c], CATALOGUE)) == hedged


@settings(deadline=None)
@given(levels())
def test_a_column_that_could_turn_is_never_solid(found):
    data = [d for d in figures.levels(found, CATALOGUE, "light")["data"] if d["x"]]
    drawn = [c for c in found if c.share is not None]
    for column, c in zip(data, drawn, strict=True):
        if must_warn(c) and c.verdict in JUDGED:
            assert column["marker"]["color"] == "#FFFFFF" and column["marker"]["line"]["width"] >= 2
            assert column["marker"]["pattern"]["shape"]
        elif c.verdict is Verdict.MET:
            assert "pattern" not in column["marker"] and column["marker"]["color"] != "#FFFFFF"


@pytest.mark.parametrize(
    ("given", "expected", "words"),
    [(2, 30, "сдали 2 из 30"), (1, 21, "сдал 1 из 21"), (21, 60, "сдал 21 из 60"), (11, 31, "сдали 11 из 31")],
)
def test_the_number_agrees(given, expected, words):
    c = replace(invented.cov("basic", 80, 100, "50"), submitted=given, expected=expected, can_change=None)
    assert sentences.preliminary([c], CATALOGUE).replace(NB, " ").startswith(f"Предварительно: {words} ")


def test_a_step_names_its_organisations_shortly_and_apart():
    long = "МБОУ «Средняя общеобразовательная школа № {} имени первостроителей Заозёрного горного комбината»"
    codes = [f"s{n}" for n in range(1, 4)]
    register = {code: invented.organisation(code, long.format(code[1:])) for code in codes}
    step = FirstStep(
        kind="report", levels=(invented.cov("basic", 1, 2, "50", submitted=1),), organisations=tuple(codes)
    )
    named = [name for _, name in sentences.step_words(step, invented.catalogue(), register).names]
    assert len(set(named)) == 3
    assert all(len(name) <= 45 for name in named)
    assert named[0].startswith("СОШ № 1 им. первостроителей")
