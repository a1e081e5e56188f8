"""Small files that were once read wrongly or refused without need, kept beside a checkout: each ends as it must.

The files are invented for the demonstration's register; where they do not lie, the test says that it did not run.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hostile import ends

from proforient.catalogue.read import read_catalogue
from proforient.demo.districts import organisations
from proforient.intake.model import Known
from proforient.intake.read import read_bytes
from proforient.intake.screen import screen
from proforient.monitoring import Organisation, Period
from proforient.settings import ROOT

CASES = ROOT.parent / "shared" / "cases"
REGISTER = {
    **{organisation.code: organisation for organisation in organisations()},
    "n2": Organisation(code="n2", name="Школа № 2", kind="school", levels=("primary",), territory="Край / Район"),
}

# File -> codes of its findings that must be there, each at "row:column"; the file is refused or asked about.
REFUSED: dict[str, dict[str, list[str]]] = {
    "truncated-last-row.csv": {"ragged-row": ["4:"]},
    "heading-star.csv": {"column-unknown": ["1:*"]},
    "english_thousands.csv": {"ambiguous-number": ["2:Числитель", "2:Знаменатель"]},
    "fmt-escaped-percent-long.xlsx": {"percent-in-count": ["2:E"]},
    "fmt-hidden-long.xlsx": {"not-shown": ["2:E"]},
    "fmt-scaled-comma-long.xlsx": {"shown-otherwise": ["2:E", "2:F"]},
    "fmt-thousands-word-wide.xlsx": {"shown-otherwise": ["2:C", "2:D"]},
    "ods-shown-percent.ods": {"percent-in-count": ["2:C"]},
    "rich-struck-long.xlsx": {"struck-out": ["2:E"]},
    "struck-cells-wide.xlsx": {"struck-out": ["2:C", "2:D"]},
    "form-heads-swapped.xlsx": {"form-words-differ": ["4:C"]},
    "good-orgs-as-people.csv": {
        "organisation-unknown": [f"{row}:Организация" for row in range(2, 7)],
        "personal-data": [],
    },
    "section-disability.xlsx": {"words-contradict": ["4:A"]},
    "text-comma-thousands-long.xlsx": {"ambiguous-number": ["2:E", "2:F"]},
}
REFUSED |= {
    **{f"title-{kind}.xlsx": {"words-contradict": ["1:A"]} for kind in ("other-year", "plan", "thousands")},
    "total-long-not-compared.csv": {"total-disagrees": ["4:Числитель", "4:Знаменатель"]},
}
# File -> codes of its notes that must be there; the file is taken, with so many values.
TAKEN: dict[str, tuple[int, dict[str, list[str]]]] = {
    "first-key-vsego-long.csv": (4, {}),
    "fmt-zero-shown-as-dash-long.xlsx": (4, {"zero-shown": ["2:E"]}),
    "good-123456.xlsx": (2, {}),
    "good-units-row.csv": (2, {}),
    "merged-org-vsego.xlsx": (4, {}),
    "good-form-author.xlsx": (2, {"author-named": ["None:"]}),
    "good-ods-linebreaks.ods": (2, {}),
}
# Files without a column of organisations, and who sent them.
WHOSE = dict.fromkeys(
    (
        *("first-key-vsego-long.csv", "section-disability.xlsx", "form-heads-swapped.xlsx"),
        *("title-other-year.xlsx", "title-plan.xlsx", "title-thousands.xlsx"),
    ),
    "n-school-lesnaya",
)


def outcome(name: str):
    file = CASES / name
    if not file.exists():
        pytest.skip(f"{Path('shared', 'cases', name)} lies not beside this checkout: not run")
    year = 2025 if name == "english_thousands.csv" else 2023
    period = Period(
        code=str(year),
        kind="year",
        starts=dt.date(year, 1, 1),
        ends=dt.date(year, 12, 31),
        closes=dt.date(year + 1, 2, 1),
        state="open",
        territory=None,
        catalogue="demo",
        version="1",
    )
    known = Known(period=period, organisations=REGISTER)
    reading = read_bytes(name, file.read_bytes())
    return screen(reading, read_catalogue(ROOT / "indicators.toml"), known, organisation=WHOSE.get(name))


def places(screening, code: str) -> list[str]:
    return [f"{f.row}:{f.column}" for f in screening.findings if f.code == code]


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_trusted_is_refused_with_its_place(name):
    screening = outcome(name)
    assert not screening.acceptable
    assert {code: places(screening, code) for code in REFUSED[name]} == REFUSED[name]


@pytest.mark.parametrize("name", ["dos-60k-mail.csv", "dos-30k-names.csv"])
def test_a_long_cell_does_not_hold_the_reader(name):
    with ends():
        assert outcome(name).size > 30_000


@pytest.mark.parametrize("name", TAKEN)
def test_what_is_right_is_taken(name):
    screening = outcome(name)
    values, notes = TAKEN[name]
    assert screening.acceptable, [(f.code, f.message) for f in screening.findings if f.severity == "error"]
    assert len(screening.values) == values
    assert {code: places(screening, code) for code in notes} == notes
