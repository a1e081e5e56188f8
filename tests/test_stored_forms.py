"""What is kept for ever opens as it did: each stored text of each form is read and draws the words of its own day."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import MISSING, fields, is_dataclass, replace
from fractions import Fraction
from types import ModuleType

import pytest
from stored_texts import MADE, STORED, catalogue, drawn_of_contents, drawn_of_publication, drawn_of_results, text_of

from proforient import public
from proforient import snapshot as snapshots
from proforient.access.log_words import SENTENCES, CodeNames, sentence
from proforient.analysis import coverage
from proforient.catalogue import read as catalogues
from proforient.catalogue.entries import Mistake
from proforient.documents import stored_text as contents
from proforient.errors import CatalogueError, StoreDamaged
from proforient.frozen import (
    contents_v1,
    contents_v2,
    contents_v3,
    pieces_v1,
    public_v1,
    public_v2,
    results_v1,
    results_v2,
    results_v3,
    results_v4,
    results_v5,
)
from proforient.monitoring import Event
from proforient.public import stored_text as publications
from proforient.settings import ROOT

# name of a stored text -> SHA-256; a text is added with its form and never changed
TEXTS = {
    "contents-1.json": "b701a270d10bfb43d3054a58f50a32de282edd8c093abb8c6ead444a06ca038d",
    "contents-2.json": "14a612db322e62dd064149c8b309ff89e8cfdacd35ce1ac99c3d57d0cf48960b",
    "contents-3.json": "253297b7030a32b13a503194f716c82fc4a76b7a60ad806b3ad2f7119d8194e6",
    "public-1.json": "f94470d34cfeef5d389f02a281aa7e37ee2ba826492a24499bb457912d1f2ca5",
    "public-2.json": "6cac905298aaa80223471da5e8a943c7a8468b2e0f8660582c1171db2111ddc8",
    "results-1-first.json.gz": "95a0155f9ab2f03172628e9d2d7e858418ecdbb8e0b5443045e5f9fa8224c67e",
    "results-1.json.gz": "9c2609144dacbdbdea87891b3b0da25d87959cf4ef1006a7dad1a9655023cf39",
    "results-2.json.gz": "5092aa75532f5450a50665507eb2a9e2b5cd6e0c34cd783f0ccc32a463ea50b4",
    "results-3.json.gz": "51e1a29768bd70c7b66fc57e56a1c5a159a12e18b98737011691a287b1364b26",
    "results-4.json.gz": "0760e4c9f96b4ebab74a01433dd22725b8859d338f6ff10e38a0d4c11d252b2f",
    "results-5.json.gz": "1336fb087a9486e3c34bba285d8f26dfa2f994e0cd41ffd95c710183e451e52f",
}
# The records and constants of each form, as a digest: another record or threshold is another form.
RECORDS = {
    contents_v1: "042cbd00f3b87bab",
    contents_v2: "7b915dec5782b550",
    contents_v3: "6fbdb64de86141f6",
    pieces_v1: "97594e0de525a220",
    public_v1: "f9803933b1d083ce",
    public_v2: "5b580bb18d3997e7",
    results_v1: "da52a451beb04a99",
    results_v2: "148c1972e53a4c77",
    results_v3: "1a1a5663b8fb5392",
    results_v4: "c64978bef7be3333",
    results_v5: "62bcd53f41954757",
}


def drawn_of(name: str) -> dict[str, str]:
    if name.startswith("contents"):
        return drawn_of_contents(text_of(name))
    return (drawn_of_publication if name.startswith("public") else drawn_of_results)(text_of(name))


def room_of(name: str) -> ModuleType:
    return contents if name.startswith("contents") else public if name.startswith("public") else snapshots


@pytest.mark.parametrize("name", TEXTS)
def test_a_stored_text_draws_the_words_of_its_own_day(name):
    assert hashlib.sha256(text_of(name).encode()).hexdigest() == TEXTS[name]
    for what, words in drawn_of(name).items():
        assert words == (STORED / f"{name.partition('.')[0]}.{what}.txt").read_text("utf-8"), what


def test_there_is_a_stored_text_of_each_form_that_is_read_and_of_the_one_that_is_written():
    forms = {name: json.loads(text_of(name))["form"] for name in TEXTS}
    assert {form for name, form in forms.items() if name.startswith("public")} == set(publications._READERS)
    assert {form for name, form in forms.items() if name.startswith("results")} == {
        *results_v2._READERS,
        results_v3.FORM,
        results_v4.FORM,
        results_v5.FORM,
    }
    assert {path.name for path in STORED.glob("*.json*")} - {"journal.jsonl"} == set(TEXTS)
    for name in ("contents-3.json", "public-2.json", "results-5.json.gz"):
        room = room_of(name)
        assert room.text_of(room.read(text_of(name))) == text_of(name)


@pytest.mark.parametrize("name", TEXTS)
def test_a_form_that_nobody_knows_is_refused_in_words(name):
    room = room_of(name)
    found = json.loads(text_of(name))
    for spoilt in (
        {**found, "form": "99"},
        {**found, "form": None},
        {**found, "cohort": None, "period": "2022", "meeting": 1},
    ):
        with pytest.raises(StoreDamaged, match="не читается"):
            room.read(json.dumps(spoilt))


@pytest.mark.parametrize("name", TEXTS)
def test_another_threshold_of_today_changes_no_old_page(name, monkeypatch):
    before = drawn_of(name)
    monkeypatch.setattr(coverage, "SETTLED_FROM", Fraction(9, 10))
    monkeypatch.setattr(coverage, "FEW_BELOW", 1000)
    assert drawn_of(name) == before


def test_the_threshold_decides_what_is_said_and_another_one_needs_another_form():
    first = public.read(text_of("public-1.json")).figures[0].coverage
    assert (first.submitted, first.expected, first.unsettled) == (5, 6, False)
    assert replace(first, settled_from=Fraction(9, 10)).unsettled
    taken, shown = snapshots.read(text_of("results-2.json.gz")), public.read(text_of("public-2.json"))
    other = tuple(replace(c, settled_from=Fraction(9, 10)) for c in taken.levels)
    with pytest.raises(AssertionError, match="make a new one"):
        snapshots.text_of(replace(taken, levels=other))
    told = tuple(replace(f, coverage=replace(f.coverage, settled_from=Fraction(9, 10))) for f in shown.figures)
    with pytest.raises(AssertionError, match="make a new one"):
        public.text_of(replace(shown, figures=told))


def test_rules_on_catalogues_that_have_come_since_refuse_no_old_snapshot(monkeypatch):
    late = Mistake(file="", line=1, key="", found="всё", expected="иначе")
    monkeypatch.setattr(catalogues, "RULES", (lambda read: iter([late]),))
    with pytest.raises(CatalogueError, match="иначе"):
        catalogues.read_catalogue(ROOT / "indicators.toml")
    assert replace(catalogues.catalogue_of(text_of("catalogue.toml.gz"), "снимка"), file="") == replace(
        catalogue(), file=""
    )


def frozen_in(module: ModuleType) -> Iterator[str]:
    """Constants, and records with their fields."""
    for name, found in sorted(vars(module).items()):
        if name.isupper() and not name.startswith("_"):
            yield f"{name} = {found!r}"
        elif is_dataclass(found) and found.__module__ == module.__name__:
            told = (f"{f.name}: {f.type}{'' if f.default is MISSING else f' = {f.default!r}'}" for f in fields(found))
            yield f"{name}({', '.join(told)})"


@pytest.mark.parametrize("module", RECORDS)
def test_the_records_and_constants_of_a_form_never_change(module):
    told = "\n".join(frozen_in(module))
    assert hashlib.sha256(told.encode()).hexdigest()[:16] == RECORDS[module], f"make a new form; it was:\n{told}"


def test_each_action_of_the_log_is_told_as_on_its_own_day():
    names = CodeNames(
        organisations={"n-school-rechnaya": "Школа на Речной"}, homes={}, accounts={}, catalogue=catalogue()
    )  # fmt: skip
    kept = [json.loads(line) for line in text_of("journal.jsonl").splitlines()]
    told = [
        sentence(
            Event(
                id="1", at=MADE, chain="c", actor="sidorova", action=one["action"], object=one["object"],
                detail=json.dumps(one["detail"]), previous="", hash="",
            ),
            names,
        ).replace("\u00a0", " ")
        for one in kept
    ]  # fmt: skip
    assert told == (STORED / "journal.txt").read_text("utf-8").splitlines()
    assert {one["action"] for one in kept} == set(SENTENCES)
