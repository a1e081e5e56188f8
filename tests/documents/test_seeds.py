"""The five source documents, entered as records and issued: what of each could not be rebuilt, and why."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import seed_records
from seed_words import compared
from word_text import made, paragraphs

from proforient.catalogue.read import read_catalogue
from proforient.documents.kinds import KINDS
from proforient.documents.offices import Office
from proforient.documents.record import Audience
from proforient.documents.state import frozen_state
from proforient.settings import ROOT
from proforient.store.store import Store

SEEDS = Path(ROOT).parent / "shared" / "seeds"
MOST = 0.05  # of a document's sentences
DAY = dt.date(2022, 1, 15)  # before every deadline of the records

# The document → its file, kind, whose state, misprints of the original that are not copied, what the office fills in.
CASES = {
    "protocol": ("000", "protocol", "gorny", {}, ""),
    "resolution": ("001", "resolution", seed_records.IRBEY, {"протраивание ИОМ": "выстраивание ИОМ"}, ""),
    "letter": (
        "002", "letter", "nyazepetrovsk",
        # by the state standard a single appendix has no number
        {"профессиональные роботы": "профессиональные пробы", "(Приложение 1)": "(приложение)"},
        r"^от \d\d\.\d\d\.\d{4} г\. № .*|^К\. Маркса.*|^Телефон .*|^ОКПО .*|^Приложение: на .*",
    ),
    "decision": ("003", "decision", seed_records.BODAYBO, {}, r"А\.В\.Сев.*"),
    "system": ("004", "system", seed_records.IZHEVSK, {"с ОБЗ": "с ОВЗ"}, ""),
}  # fmt: skip

# The beginning of a sentence that is not said, and why.
REASONS: dict[str, dict[str, str]] = {
    "protocol": {
        "со стороны руководителей ОО": "the catalogue says the same of each level, without the heads",
    },
    "system": {
        "Доля обучающихся 6-11": "the catalogue's name is shorter: what the share is of stands in the formula",
        "$D_{pt}": "the same counts in the catalogue's words",
        "ОСНОВНЫЕ целевые ориентиры": "the heading of a slide whose picture is lost",
        "КЛЮЧЕВАЯ ИДЕЯ": "the heading of a slide whose picture is lost",
    },
}


@pytest.fixture(scope="module")
def states(demonstration, tmp_path_factory):
    catalogue = read_catalogue(ROOT / "indicators.toml")
    store = Store.open(tmp_path_factory.mktemp("seeds") / "data", catalogue)
    seed_records.add(store)
    found = dict(demonstration)
    with store.read() as reader:
        for territory in (seed_records.IRBEY, seed_records.BODAYBO, seed_records.IZHEVSK):
            found[territory] = frozen_state(reader, catalogue, "2021", territory=territory, cohort="all")
    store.close()
    return found


@pytest.mark.parametrize("name", CASES)
def test_a_source_document_is_rebuilt_from_records(name, states, capsys):
    number, code, whose, misprints, filled = CASES[name]
    files = sorted(SEEDS.glob(f"{number}_*.txt"))
    kind, state = KINDS[code], states[whose]
    office = {"letter": seed_records.LETTERHEAD, "system": seed_records.SPEAKER}.get(name, Office())
    document = kind.compose(state, Audience.INTERNAL, DAY, getattr(seed_records, name)(state))
    issued = paragraphs(made(kind, document, office))
    if not files:
        pytest.skip(f"{name}: the source document is not here ({SEEDS}); it was issued, but not compared")
    found = compared(files[0].read_text("utf-8"), issued, misprints, filled)
    reasons = REASONS.get(name, {})
    with capsys.disabled():
        print(f"\n{name}: {len(found.rebuilt)} sentences rebuilt, {len(found.places)} are places to fill, "
              f"{len(found.lost)} not rebuilt ({found.part:.1%})")  # fmt: skip
        for score, sentence in found.lost:
            why = next((why for start, why in reasons.items() if sentence.startswith(start)), "NO REASON")
            print(f"  {score:.2f} {sentence[:110]} — {why}")
    unexplained = [s for _, s in found.lost if not any(s.startswith(start) for start in reasons)]
    assert not unexplained
    assert found.part <= MOST
    assert all(any(s.startswith(start) for _, s in found.lost) for start in reasons), (
        "a reason that is no longer needed"
    )


def test_the_comparison_tells_one_document_from_another(states):
    """So that the words of the field alone make no sentence: what is issued for one is compared with another."""
    files = sorted(SEEDS.glob("002_*.txt"))
    if not files:
        pytest.skip(f"the source documents are not here ({SEEDS})")
    state = states[seed_records.BODAYBO]
    document = KINDS["decision"].compose(state, Audience.INTERNAL, DAY, seed_records.decision(state))
    found = compared(files[0].read_text("utf-8"), paragraphs(made(KINDS["decision"], document)), {}, "")
    assert found.part > 0.6, found.rebuilt
