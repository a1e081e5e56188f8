"""The demonstration, frozen once for all tests of documents, and the files that are made of it."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from large_district import LARGE
from serving import fill_with_demonstration, fill_with_large_district
from word_text import DAY

from proforient.advice.problems import problems
from proforient.catalogue.read import read_catalogue
from proforient.demo.districts import GORNY, NYAZEPETROVSK
from proforient.documents.contents import NOTHING
from proforient.documents.files import FILES
from proforient.documents.offices import Office
from proforient.documents.record import Audience
from proforient.documents.sheets import sheet_states
from proforient.documents.state import frozen_state
from proforient.settings import ROOT
from proforient.store.store import Store

SCHOOL = "n-school-severnaya"


@pytest.fixture(scope="session")
def frozen(tmp_path_factory):
    """``states`` by name, ``sheets`` of one district, ``files`` by (code, audience), the problems of each organisation
    ``alone``; the store is closed again.
    """
    folder = fill_with_demonstration(tmp_path_factory.mktemp("documents") / "data")
    catalogue = read_catalogue(ROOT / "indicators.toml")
    store = Store.open(folder, catalogue)
    with store.read() as reader:
        states = {
            name: frozen_state(reader, catalogue, "2022", territory=territory, cohort="all")
            for name, territory in (("nyazepetrovsk", NYAZEPETROVSK), ("gorny", GORNY))
        }
        sheets = list(sheet_states(reader, catalogue, "2022", territory=NYAZEPETROVSK, cohort="all"))
        alone = {s.own.organisation.code: problems(reader, catalogue, "2022", organisation=s.own.organisation.code)
                 for s in sheets}  # fmt: skip
        states["sheet"] = next(s for s in sheets if s.own.organisation.code == SCHOOL)
        files = {
            (code, audience.value): kind.make(reader, states["nyazepetrovsk"], audience, DAY, NOTHING, Office())
            for code, kind in FILES.items()
            for audience in Audience
        }
    store.close()
    return SimpleNamespace(states=states, sheets=sheets, files=files, alone=alone)


@pytest.fixture(scope="session")
def large(tmp_path_factory):
    """``{"territory", "sheet"}`` → the frozen state of a district of 60 organisations with long names."""
    folder = fill_with_large_district(tmp_path_factory.mktemp("large-documents") / "data")
    catalogue = read_catalogue(ROOT / "indicators.toml")
    store = Store.open(folder, catalogue)
    with store.read() as reader:
        state = frozen_state(reader, catalogue, "2022", territory=LARGE, cohort="all")
        (sheet,) = sheet_states(
            reader, catalogue, "2022", territory=LARGE, cohort="all", organisations=["z-school-10"]
        )  # fmt: skip
    store.close()
    return {"territory": state, "sheet": sheet}


@pytest.fixture(scope="session")
def demonstration(frozen):
    """``{"nyazepetrovsk", "gorny", "sheet"}`` → the frozen state of 2022."""
    return frozen.states
