"""The demonstration, frozen once for all tests of documents."""

from __future__ import annotations

import pytest
from serving import fill_with_demonstration

from proforient.catalogue.read import read_catalogue
from proforient.demo.districts import GORNY, NYAZEPETROVSK
from proforient.documents.sheets import sheet_states
from proforient.documents.state import frozen_state
from proforient.settings import ROOT
from proforient.store.store import Store

SCHOOL = "n-school-severnaya"


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory):
    """``{"nyazepetrovsk", "gorny", "sheet"}`` → the frozen state of 2022."""
    folder = fill_with_demonstration(tmp_path_factory.mktemp("documents") / "data")
    catalogue = read_catalogue(ROOT / "indicators.toml")
    store = Store.open(folder, catalogue)
    with store.read() as reader:
        made = {
            name: frozen_state(reader, catalogue, "2022", territory=territory, cohort="all")
            for name, territory in (("nyazepetrovsk", NYAZEPETROVSK), ("gorny", GORNY))
        }
        (made["sheet"],) = sheet_states(
            reader, catalogue, "2022", territory=NYAZEPETROVSK, cohort="all", organisations=[SCHOOL]
        )
    store.close()
    return made
