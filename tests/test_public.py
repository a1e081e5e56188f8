"""Small numbers: whatever is published, nobody can work out how many children stand behind what is hidden."""

from __future__ import annotations

import itertools
from collections import defaultdict
from dataclasses import replace

import pytest
import two_districts
from hypothesis import given, settings
from hypothesis import strategies as st
from two_districts import NORTH, PERIOD

from proforient import public
from proforient.analysis.coverage import Coverage
from proforient.monitoring import Verdict
from proforient.public import THRESHOLD, Hidden, is_few, judge


def figure(numerator, denominator, *, cohort="all", submitted=5, level="basic"):
    return Coverage(
        period="2024", territory=NORTH, organisation=None, indicator="coverage", level=level, cohort=cohort,
        kind="share", unit="children", direction="more", numerator=numerator, denominator=denominator, value=None,
        plan=None, verdict=Verdict.NO_PLAN, needed=None, shortfall=None, submitted=submitted, expected=submitted,
        can_change=None,
    )  # fmt: skip


def seen(n, d, whole=None, earlier=()):
    """What the public learns of one figure: its numbers, or why not."""
    wholes = [figure(*whole)] if whole else []
    hidden = judge(figure(n, d), wholes=wholes, earlier=[figure(*e) for e in earlier], children=())
    return (n, d) if hidden is Hidden.NO else hidden


@pytest.mark.parametrize(
    ("n", "d", "shown"),
    [
        (0, 30, (0, 30)), (30, 30, (30, 30)), (5, 10, (5, 10)), (100, 250, (100, 250)),
        (1, 30, Hidden.FEW), (4, 30, Hidden.FEW), (26, 30, Hidden.FEW), (29, 30, Hidden.FEW),
        (0, 4, Hidden.FEW), (4, 4, Hidden.FEW), (2, 3, Hidden.FEW), (0, 0, (0, 0)),
    ],
)  # fmt: skip
def test_small_counts_rests_and_groups_are_hidden_and_nobody_is_not(n, d, shown):
    assert seen(n, d) == shown


def test_a_sum_of_one_or_two_organisations_is_hidden():
    for submitted, hidden in ((1, Hidden.HELD), (2, Hidden.HELD), (3, Hidden.NO)):
        assert judge(figure(50, 100, submitted=submitted), wholes=(), earlier=(), children=()) is hidden


def test_counts_of_things_are_nobody_s_secret():
    things = replace(figure(2, 3), unit="events")
    assert judge(things, wholes=(), earlier=(), children=()) is Hidden.NO


def test_a_region_is_hidden_with_any_of_its_municipalities():
    whole = figure(500, 1000, submitted=30)
    assert judge(whole, wholes=(), earlier=(), children=(Hidden.NO, Hidden.FEW)) is Hidden.HELD
    assert judge(whole, wholes=(), earlier=(), children=(Hidden.NO, Hidden.NO)) is Hidden.NO


def possible(most):
    """Every numerator and denominator up to ``most``."""
    return [(n, d) for d in range(most + 1) for n in range(d + 1)]


def told_apart(outcomes, *of):
    """Of what was published, the numbers in ``of`` that are then the only possible ones and small."""
    exposed = []
    for said, truths in outcomes.items():
        for name, value in of:
            found = {value(*truth) for truth in truths}
            if len(found) == 1 and is_few(next(iter(found))):
                exposed.append((said, name, next(iter(found))))
    return exposed


def test_all_and_a_part_published_side_by_side_give_no_small_number():
    """Brute force: every pair of a whole and its part, the public outcome of both, what is still possible."""
    outcomes = defaultdict(list)
    for whole in possible(18):
        for part in possible(whole[1]):
            if part[0] <= whole[0] and part[1] - part[0] <= whole[1] - whole[0]:
                outcomes[seen(*whole), seen(*part, whole=whole)].append((*whole, *part))
    assert len(outcomes) > 50
    exposed = told_apart(
        outcomes,
        ("covered", lambda n, d, pn, pd: n),
        ("rest", lambda n, d, pn, pd: d - n),
        ("group", lambda n, d, pn, pd: d),
        ("covered of the part", lambda n, d, pn, pd: pn),
        ("rest of the part", lambda n, d, pn, pd: pd - pn),
        ("the part", lambda n, d, pn, pd: pd),
        ("covered of the others", lambda n, d, pn, pd: n - pn),
        ("the others", lambda n, d, pn, pd: d - pd),
        ("rest of the others", lambda n, d, pn, pd: (d - n) - (pd - pn)),
    )
    assert exposed == []


def test_a_snapshot_and_its_successor_give_no_small_number():
    """Brute force: every state and every later state of one figure, as both snapshots show them."""
    outcomes = defaultdict(list)
    for one in possible(16):
        first = seen(*one)
        earlier = [one] if isinstance(first, tuple) else []
        for other in possible(16):
            outcomes[first, seen(*other, earlier=earlier)].append((*one, *other))
    exposed = told_apart(
        outcomes,
        ("covered", lambda n, d, n2, d2: n2),
        ("rest", lambda n, d, n2, d2: d2 - n2),
        ("group", lambda n, d, n2, d2: d2),
        ("covered since", lambda n, d, n2, d2: n2 - n),
        ("come since", lambda n, d, n2, d2: d2 - d),
        ("rest since", lambda n, d, n2, d2: (d2 - n2) - (d - n)),
    )
    assert exposed == []


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 400), st.integers(0, 400)), min_size=2, max_size=5))
def test_no_two_of_a_row_of_snapshots_differ_by_a_few(steps):
    shown: list[tuple[int, int]] = []
    for a, b in steps:
        n, d = min(a, b), max(a, b)
        if isinstance(seen(n, d, earlier=shown), tuple):
            shown.append((n, d))
    for one, other in itertools.combinations(shown, 2):
        differences = [one[0] - other[0], one[1] - other[1], (one[1] - one[0]) - (other[1] - other[0])]
        assert not any(map(is_few, differences))


# On the store itself


@pytest.fixture
def store(tmp_path):
    made = two_districts.make(tmp_path / "data")
    yield made
    made.close()


def shown_of(store, cohort="all", territory=NORTH):
    with store.read() as reader:
        return public.publish(reader, store.catalogue, PERIOD, territory=territory, cohort=cohort, reported=(2, 2))


def test_two_schools_in_a_municipality_are_no_sum_for_the_public(store):
    """Two schools sent basic: each would know the other's numbers."""
    basic = next(f for f in shown_of(store).figures if f.coverage.level == "basic")
    assert basic.hidden is Hidden.HELD
    text = public.text_of(shown_of(store))
    assert not any(marker in text for code in two_districts.SCHOOLS for marker in two_districts.markers(code))
    assert str(sum(two_districts.COVERED[c] for c in ("north-cedar", "north-pine"))) not in text


def test_of_a_hidden_figure_nothing_is_left_that_follows_from_it(store):
    c = next(f for f in shown_of(store).figures if f.hidden).coverage
    assert (c.numerator, c.denominator, c.value, c.plan, c.needed, c.shortfall, c.can_change) == (None,) * 7
    assert c.share is None and c.verdict is Verdict.NO_DATA and c.missing == () and c.judgements == ()


def test_the_public_text_is_read_back_and_names_no_author_and_no_organisation(store):
    made = shown_of(store)
    text = public.text_of(made)
    assert public.read(text) == made and public.text_of(public.read(text)) == text
    for word in ("north-cedar", "Кедровая", "north-department", '"author":"test"'):
        assert word not in text


def test_the_rule_says_its_threshold():
    assert f"от 1 до {THRESHOLD - 1}" in public.RULE and "менее 5" in public.RULE


# A row of snapshots of both cohorts, as a year goes by: what was published once is known for ever

STATE = st.tuples(*[st.integers(0, 40)] * 4)


@settings(max_examples=400, deadline=None)
@given(st.lists(st.tuples(STATE, st.booleans()), min_size=2, max_size=6))
def test_no_whole_and_part_of_any_two_snapshots_differ_by_a_few(steps):
    """Covered and not covered, of the part and of the others; each time one of the two cohorts is published."""
    shown: list[Coverage] = []
    for (pn, pr, on, other_rest), publish_part in steps:
        whole = figure(pn + on, pn + pr + on + other_rest)
        part = figure(pn, pn + pr, cohort="disability")
        one, wholes = (part, [whole]) if publish_part else (whole, [])
        if judge(one, wholes=wholes, earlier=shown, children=()) is Hidden.NO:
            shown.append(one)
    for one, other in itertools.combinations(shown, 2):
        steps_ = [one.numerator - other.numerator, one.denominator - other.denominator]
        assert not any(map(is_few, (*steps_, steps_[1] - steps_[0]))), (one, other)


def test_a_part_published_earlier_holds_its_whole_back(tmp_path):
    """The part goes out first; then the others become few: the whole would tell how many."""
    part, whole = figure(10, 20, cohort="disability"), figure(12, 23)
    assert judge(part, wholes=[figure(30, 60)], earlier=(), children=()) is Hidden.NO
    assert judge(whole, wholes=(), earlier=[part], children=()) is Hidden.HELD


def test_what_was_published_of_the_other_cohort_is_looked_up(store, monkeypatch):
    """The store's way to it: earlier figures of the level, whatever their cohort."""
    with store.read() as reader:
        basic = replace(figure(10, 20, cohort="disability"), period=PERIOD)
        monkeypatch.setattr(public, "_published", lambda *_: [basic])
        whole = replace(figure(12, 23), period=PERIOD)
        found = public._hidden(reader, store.catalogue, PERIOD, NORTH, [whole])
        assert found["basic"] is Hidden.HELD
        far = public._hidden(reader, store.catalogue, PERIOD, NORTH, [replace(whole, numerator=30, denominator=60)])
        assert far["basic"] is Hidden.NO


def test_a_region_is_published_and_held_with_its_municipalities(store):
    made = shown_of(store, territory=two_districts.REGION)
    basic = next(f for f in made.figures if f.coverage.level == "basic")
    assert basic.coverage.submitted == 4 and basic.hidden is Hidden.HELD
    text = public.text_of(made)
    assert not any(str(n) in text for n in (*two_districts.COVERED.values(), sum(two_districts.COVERED.values())))
