"""A small store, and pages that show what the frame gives them."""

from __future__ import annotations

import datetime as dt

import pytest
from lakes import HERE, THERE
from streamlit.testing.v1 import AppTest

from proforient.access.roles import Person, Role
from proforient.catalogue.read import read_catalogue
from proforient.monitoring import Organisation
from proforient.settings import ROOT, read_settings
from proforient.store import campaign, enrolment
from proforient.store.store import Store
from proforient.web import people, register, running
from proforient.web.server import SCRIPT

PAGE = """
import streamlit as st
from proforient.web import widgets
from proforient.web.session import address, current, link
here = current()
widgets.scope_bar()
widgets.finding("Страница {code}")
st.text(str(here.view))
st.text(f"сдано {{len(here.reader.submissions())}}")
st.text(address("problems", problem="p"))
st.text(link())
"""


ADMINISTRATOR = Person(login="demo-administrator", role=Role.ADMINISTRATOR)


@pytest.fixture(scope="session")
def catalogue():
    return read_catalogue(ROOT / "indicators.toml")


def school(code, territory):
    return Organisation(
        code=code, name=f"Школа {code}", kind="school", levels=("primary", "basic"), territory=territory
    )


@pytest.fixture(scope="session")
def filled(tmp_path_factory, catalogue):
    """A folder with three schools in two municipalities and two periods, nothing sent."""
    folder = tmp_path_factory.mktemp("small") / "data"
    store = Store.open(folder, catalogue)
    with store.write("test", based_on=None) as writer:
        enrolment.import_organisations(writer, [school("s1", HERE), school("s2", HERE), school("s3", THERE)])
        campaign.open_period(writer, "2025", closes=dt.date(2025, 12, 15))
        campaign.open_period(writer, "2026", closes=dt.date(2026, 12, 15))
    store.close()
    return folder


@pytest.fixture
def start(monkeypatch, tmp_path):
    """Start the frame over a folder: ``start(folder)`` gives an AppTest before its first run."""
    pages = tmp_path / "pages"
    pages.mkdir()
    for entry in register.PAGES:
        (pages / f"{entry.code}.py").write_text(PAGE.format(code=entry.code), "utf-8")
    monkeypatch.setattr(register.PageEntry, "file", property(lambda self: pages / f"{self.code}.py"))

    def started(folder, person=ADMINISTRATOR, **env):
        monkeypatch.setattr(people, "present", lambda opened: person)
        settings = read_settings(
            {"PROFORIENT_DATA": str(folder), "PROFORIENT_MODE": "demo", "PROFORIENT_SECRETS": str(tmp_path / "keys")}
            | env
        )
        running.use(running.Running(settings))
        return AppTest.from_file(str(SCRIPT), default_timeout=30)

    yield started
    running.use(None)
