"""A snapshot is read back as the same objects, its text is canonical, and later data do not change it."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction

import pytest
from serving import fill_with_demonstration

from proforient import snapshot as snapshots
from proforient.catalogue.read import catalogue_of, read_catalogue
from proforient.errors import CatalogueError, StoreDamaged
from proforient.settings import ROOT
from proforient.store import freezing
from proforient.store.store import Store
from proforient.store.verify import verify

PLACE = "Челябинская область / Нязепетровский муниципальный район"


@pytest.fixture(scope="module")
def catalogue():
    return read_catalogue(ROOT / "indicators.toml")


@pytest.fixture(scope="module")
def store(tmp_path_factory, catalogue):
    opened = Store.open(fill_with_demonstration(tmp_path_factory.mktemp("snapshot") / "data"), catalogue)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def taken(store, catalogue):
    with store.read() as reader:
        return snapshots.take(reader, catalogue, "2022", territory=PLACE, cohort="all")


def test_what_is_read_back_is_what_was_taken(taken):
    text = snapshots.text_of(taken)
    again = snapshots.read(text)
    assert again == taken
    assert snapshots.text_of(again) == text
    assert isinstance(again.levels[0].shortfall, Fraction)


def test_the_text_is_canonical(taken):
    text = snapshots.text_of(taken)
    assert json.dumps(json.loads(text), ensure_ascii=False, sort_keys=True, separators=(",", ":")) == text
    basic = next(level for level in json.loads(text)["levels"] if level["level"] == "basic")
    assert (basic["numerator"], basic["denominator"], basic["needed"]) == ("581", "830", "83")


def test_the_gaps_are_those_of_the_levels_below_plan_with_who_makes_them(taken):
    found = snapshots.gaps(taken)
    assert [f.level for f in found] == ["preschool", "basic"]
    assert sum(need for _, need in found[1].gap.closing) == found[1].gap.closing_sum == 85


def test_other_problems_are_kept_without_the_organisations_behind_them(taken):
    bare = [f for f in taken.problems if f.coverage not in taken.levels]
    assert bare
    assert all(f.gap is None and not f.organisations for f in bare)


def test_a_text_that_is_no_snapshot_is_refused(taken):
    damaged = snapshots.text_of(taken).replace('"830"', '"много"')
    for text in ("", "[]", '{"form":"1"}', damaged):
        with pytest.raises(StoreDamaged, match="не читается"):
            snapshots.read(text)


def test_the_store_keeps_it_once_and_with_its_catalogue(store, catalogue, taken):
    text = snapshots.text_of(taken)
    named = {"period": "2022", "territory": PLACE, "cohort": "all"}
    with store.write("test", based_on=None) as writer:
        first = freezing.freeze(writer, **named, body=text, catalogue=catalogue.text)
        second = freezing.freeze(writer, **named, body=text, catalogue=catalogue.text)
        other = freezing.freeze(writer, **named, body=text + " ", catalogue=catalogue.text)
    assert first.token == second.token != other.token
    assert len(first.token) >= 22
    with store.read() as reader:
        kept = reader.frozen(first.token)
        assert reader.frozen("no-such-token") is None
        assert [e.action for e in reader.events(action="snapshot.made")] == ["snapshot.made"] * 2
    assert snapshots.read(kept.body) == taken
    assert replace(catalogue_of(kept.catalogue, "снимка"), file="") == replace(catalogue, file="")
    assert verify(store) == []


def test_a_snapshot_that_somebody_changed_is_told(store, taken):
    with store.write("test", based_on=None) as writer:
        text = snapshots.text_of(taken) + "  "
        made = freezing.freeze(writer, period="2022", territory=PLACE, cohort="all", body=text, catalogue="x")
        writer.run("UPDATE snapshot SET body = 'other' WHERE token = $token", {"token": made.token})
    with store.read() as reader, pytest.raises(StoreDamaged, match="изменён"):
        reader.frozen(made.token)


def test_a_kept_catalogue_with_mistakes_says_whose_it_is():
    with pytest.raises(CatalogueError, match="Каталог снимка не принят"):
        catalogue_of("[catalogue]\n", "снимка")
