"""«Скачать числа» stands under the tables of the pages."""

from __future__ import annotations

import pytest

from proforient.demo.districts import NYAZEPETROVSK

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
