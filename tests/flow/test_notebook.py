"""The notebook for analysts runs over the demonstration, and its sums are those of the program."""

import json
import re

import pandas as pd
import pytest
from serving import ROOT, fill_with_demonstration

import proforient
from proforient.errors import WrongCall


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    return fill_with_demonstration(tmp_path_factory.mktemp("notebook") / "data")


def test_the_notebook_runs_and_sums_as_the_program_does(data, monkeypatch):
    monkeypatch.setenv("PROFORIENT_DATA", str(data))
    book = json.loads((ROOT / "docs" / "results.ipynb").read_text("utf-8"))
    seen = {}
    for cell in book["cells"]:
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), seen)
    figures = seen["figures"].set_index(["indicator", "level", "cohort"])
    given = seen["sums"].dropna()
    assert len(seen["sums"]) == 5 and len(given) >= 4
    for level, own in given.iterrows():
        whole = figures.loc[("coverage", level, "all")]
        assert (own["numerator"], own["denominator"]) == (whole["numerator"], whole["denominator"])
        assert own["share"] == pytest.approx(whole["share"])


def test_every_column_is_described_with_its_type(data):
    table = re.findall(r"^    ([a-z_, ]+?) {2,}(\S+) {2,}\S", proforient.results.__doc__, flags=re.M)
    told = {name: kind for names, kind in table for name in names.split(", ")}
    told.pop("column")
    assert told == {name: str(kind) for name, kind in proforient.results(data, "2022").dtypes.items()}


def test_only_the_store_is_read_and_wrong_calls_are_told(data):
    before = (data / "proforient.duckdb").read_bytes()
    assert isinstance(proforient.results(data, "2022", by="territory"), pd.DataFrame)
    with pytest.raises(WrongCall, match="не открыт"):
        proforient.results(data, "1999")
    assert (data / "proforient.duckdb").read_bytes() == before
