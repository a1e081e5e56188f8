"""Campaigns published week by week: whatever guests keep of them, nobody's number can be narrowed down.

Of each numerator and denominator of an organisation and of each hidden sum at least five values must stay possible.
"""

from __future__ import annotations

import random

import guest_pieces
import pytest
from guest_attack import Attack
from guest_campaigns import LEVELS, NORTH, SOUTH, Sender, seeded

from proforient.public import rounding

LITTLE = {"weeks": 3, "schools": 4}  # a campaign of the quick ones: of one level only


def _narrowed(campaign, level):
    found = Attack(campaign, level).run()
    return found.narrow, found.unknown


@pytest.mark.parametrize("seed", range(10))
def test_guests_cannot_narrow_down_a_number_in_a_small_campaign(tmp_path, seed):
    level = list(LEVELS)[seed % len(LEVELS)]
    assert _narrowed(seeded(tmp_path / "data", seed, **LITTLE), level) == ({}, set())


@pytest.fixture
def sizes_rounded(monkeypatch):
    """The rule of earlier versions, which rounded the size of small groups, too."""
    monkeypatch.setattr(rounding, "LITTLE", 101)
    _forget()
    yield
    _forget()


def _forget():
    rounding._sizes.cache_clear()
    rounding._covered_has_room.cache_clear()
    guest_pieces.published.cache_clear()
    guest_pieces._hidden_below.cache_clear()


def one_more_report(folder):
    """Three schools with 48 of 131, and a week later a fourth with 1 of 12: 37 % and 34 %, both «около 140» once."""
    sender = Sender(folder, {f"север-{n}": NORTH for n in range(4)} | {"юг-0": SOUTH}, plan=60)
    for week in ([(11, 31), (24, 53), (13, 47)], [(1, 12)]):
        at = len(sender.campaign.versions)
        pairs = {f"север-{at + n}": {("basic", "all"): p, ("basic", "disability"): (0, 0)} for n, p in enumerate(week)}
        sender.report(pairs)
        sender.publish()
    sender.store.close()
    return sender.campaign


def test_one_more_report_leaves_its_numbers_open(tmp_path):
    assert _narrowed(one_more_report(tmp_path / "data"), "basic") == ({}, set())


def test_the_attack_finds_what_a_milder_rule_gives_away(tmp_path, sizes_rounded):
    found = Attack(one_more_report(tmp_path / "data"), "basic")
    found.ask("3 all n")
    assert found.narrow == {"3 all n": {0, 1, 2, 3}}


def test_a_correction_of_up_to_ten_children_hides_nothing_that_was_shown(tmp_path):
    """Twenty schools of one municipality; week by week another one corrects its numbers."""
    draw = random.Random(5)  # the same every time
    homes = {f"север-{n}": NORTH for n in range(20)} | {"юг-0": SOUTH}
    sender, given = Sender(tmp_path / "data", homes, plan=60), {}
    for code in homes:
        d = draw.randint(15, 120)
        given[code] = {("basic", "all"): (draw.randint(d // 5, d), d), ("basic", "disability"): (0, 0)}
    sender.report(given)
    sender.publish()
    for code, by in zip(homes, (1, -1, 10, -10, 7), strict=False):
        n, d = given[code]["basic", "all"]
        sender.report({code: given[code] | {("basic", "all"): (min(max(n + by, 0), d), d)}})
        sender.publish()
    sender.store.close()
    cells = [c for c in sender.campaign.cells if (c.level, c.cohort) == ("basic", "all") and c.territory != SOUTH]
    assert len(cells) == 12 and not any(cell.figure.hidden for cell in cells)


@pytest.mark.soak
@pytest.mark.parametrize(
    "seed", [*range(10), *range(100, 300)]
)  # of the first ten and of 235 milder rules gave numbers away
def test_guests_cannot_narrow_down_a_number_in_a_campaign(tmp_path, seed):
    campaign = seeded(tmp_path / "data", seed)
    assert {level: _narrowed(campaign, level) for level in LEVELS} == dict.fromkeys(LEVELS, ({}, set()))
