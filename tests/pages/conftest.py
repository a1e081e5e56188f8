"""The real pages over a store with the demonstration data: ``page("upload", organisation=…)`` gives an AppTest."""

from __future__ import annotations

import shutil

import pytest
from serving import fill_with_demonstration, fill_with_large_district
from streamlit.testing.v1 import AppTest

from proforient.access.roles import Person, Role
from proforient.catalogue.read import read_catalogue
from proforient.settings import ROOT, read_settings
from proforient.web import people, register, running
from proforient.web.server import SCRIPT

ADMINISTRATOR = Person(login="demo-administrator", role=Role.ADMINISTRATOR)


@pytest.fixture(scope="session")
def catalogue():
    return read_catalogue(ROOT / "indicators.toml")


@pytest.fixture(scope="session")
def filled(tmp_path_factory):
    """The demonstration; never opened by a test itself."""
    return fill_with_demonstration(tmp_path_factory.mktemp("demo") / "data")


@pytest.fixture(scope="session")
def filled_large(tmp_path_factory):
    """The district of real size; never opened by a test itself."""
    return fill_with_large_district(tmp_path_factory.mktemp("large") / "data")


@pytest.fixture
def page(filled, tmp_path, monkeypatch):
    """Open a page over a copy of the demonstration; the first page, which every test passes, is left empty."""
    yield from _opening(filled, tmp_path, monkeypatch)


@pytest.fixture
def large_page(filled_large, tmp_path, monkeypatch):
    """The same over the district of real size."""
    yield from _opening(filled_large, tmp_path, monkeypatch)


def _opening(filled, tmp_path, monkeypatch):
    folder = tmp_path / "data"
    shutil.copytree(filled, folder)
    empty = tmp_path / "first.py"
    empty.write_text("", "utf-8")
    real = register.PageEntry.file.fget
    monkeypatch.setattr(register.PageEntry, "file", property(lambda e: empty if e.default else real(e)))
    own = {"PROFORIENT_DATA": str(folder), "PROFORIENT_MODE": "demo", "PROFORIENT_SECRETS": str(tmp_path / "keys")}
    running.use(running.Running(read_settings(own)))

    def opened(code, public=False, person=ADMINISTRATOR, **view):
        monkeypatch.setattr(people, "present", lambda opened: person)
        if public:  # a demonstration that strangers can reach: it only reads
            running.use(running.Running(read_settings(own | {"HOST": "0.0.0.0", "PROFORIENT_DEMO_PUBLIC": "1"})))
        at = AppTest.from_file(str(SCRIPT), default_timeout=60)
        for name, value in view.items():
            at.query_params[name] = value
        if code == "overview":
            monkeypatch.setattr(register.PageEntry, "file", property(real))
            return at.run()
        at.run()
        return at.switch_page(str(ROOT / "pages" / f"{code}.py")).run()

    yield opened
    running.use(None)


@pytest.fixture
def store(page):
    """The store that the page works with."""
    return running.running().open().store
