"""«Скачать числа» stands under the tables of the pages."""

from __future__ import annotations

import pytest
from large_district import REGION

from proforient.access.roles import Person, Role
from proforient.demo.districts import NYAZEPETROVSK
from proforient.web import widgets

VIEWS = {
    "overview": {},
    "indicators": {"indicator": "coverage", "level": "basic"},
    "organisations": {},
    "sheet": {"organisation": "n-school-zarechnaya"},
}


@pytest.mark.parametrize("name", VIEWS)
def test_the_figures_of_a_page_can_be_taken_away(page, name):
    code = "organisations" if name == "sheet" else name
    at = page(code, territory=NYAZEPETROVSK, period="2022", **VIEWS[name])
    assert not at.exception
    labels = [b.label for b in at.get("download_button")]
    assert {"Скачать CSV", "Скачать XLSX"} <= set(labels)


def test_a_file_of_several_territories_is_not_named_after_the_first_of_them(large_page, monkeypatch):
    named = []
    monkeypatch.setattr(widgets, "file_name", lambda what, **told: named.append(told["territory"]) or what)
    head = Person(login="head", role=Role.HEAD, territory=REGION)
    large_page("organisations", person=head, period="2022")
    assert set(named) == {REGION}
