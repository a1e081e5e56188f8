"""Campaigns published week by week: whatever guests keep of them, nobody's number can be narrowed down.

Of each numerator and denominator of an organisation and of each hidden sum at least five values must stay possible.
"""

from __future__ import annotations

import guest_pieces
import pytest
from guest_attack import Attack
from guest_campaigns import LEVELS, seeded

from proforient import public
from proforient.public import publishing, rounding

LITTLE = {"weeks": 3, "schools": 4}  # a campaign of the quick ones: of one level only


def _narrowed(campaign, level):
    found = Attack(campaign, level).run()
    return found.narrow, found.unknown


@pytest.mark.parametrize("seed", range(3))
def test_guests_cannot_narrow_down_a_number_in_a_small_campaign(tmp_path, seed):
    level = list(LEVELS)[seed % len(LEVELS)]
    assert _narrowed(seeded(tmp_path / "data", seed, **LITTLE), level) == ({}, set())


@pytest.fixture
def no_room(monkeypatch):
    """A rule that asks for no room and counts an organisation from one child on."""
    monkeypatch.setattr(rounding, "ROOM", 1)
    monkeypatch.setattr(public, "THERE", 1)
    monkeypatch.setattr(publishing, "THERE", 1)
    _forget()
    yield
    _forget()


def _forget():
    rounding._sizes.cache_clear()
    guest_pieces.published.cache_clear()
    guest_pieces._hidden_below.cache_clear()


def test_the_attack_finds_what_a_milder_rule_gives_away(tmp_path, no_room):
    found = Attack(seeded(tmp_path / "data", 0, **LITTLE | {"weeks": 4}), "preschool")
    found.ask("4 disability n")
    assert found.narrow == {"4 disability n": {0, 1, 4, 5}}


@pytest.mark.soak
@pytest.mark.parametrize("seed", [*range(10), *range(100, 300)])  # of the first ten milder rules gave numbers away
def test_guests_cannot_narrow_down_a_number_in_a_campaign(tmp_path, seed):
    campaign = seeded(tmp_path / "data", seed)
    assert {level: _narrowed(campaign, level) for level in LEVELS} == dict.fromkeys(LEVELS, ({}, set()))
