"""«Исследовать»: the table that was asked for, its pictures, the address; nothing of what is not one's own."""

from __future__ import annotations

import re

import pytest
from page_words import title, words

from proforient.access.roles import Person, Role
from proforient.analysis.coverage import coverages
from proforient.charts import sentences
from proforient.demo.districts import NYAZEPETROVSK

VIEW = {"territory": NYAZEPETROVSK, "period": "2022", "cohort": "all", "indicator": "coverage", "level": "basic"}


def table(at):
    """The rows of the table: name, then the words of each cell."""
    body = next(e.proto.body for e in at.get("html") if "pf-pivot" in e.proto.body)
    rows = re.findall(r"<tr.*?</tr>", body[body.index("<tbody") :], re.S)
    cells = [[re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.S)] for row in rows]
    return {row[0]: [cell.replace("\u00a0", " ").replace("\u2060", "") for cell in row[1:]] for row in cells}


def test_the_table_has_the_figures_of_other_pages_and_each_leads_to_its_cells(page, store):
    at = page("explore", **VIEW, rows="organisation", columns="none")
    assert not at.exception and title(at) == "Охват мероприятиями: доля или число по организациям"
    with store.read() as reader:
        found = coverages(reader, store.catalogue, "2022", territory=NYAZEPETROVSK, by="organisation",
                          indicator="coverage", level="basic", cohort="all")  # fmt: skip
    shown = table(at)
    assert shown.pop("Всего") == ["✗ 70 %"] and len(shown) == 7
    for coverage in found:
        if coverage.denominator:
            figure = sentences.figure(coverage).replace("\u00a0", " ")
            assert [figure in cell for name, (cell,) in shown.items() if cell.endswith(figure)]
    body = next(e.proto.body for e in at.get("html") if "pf-pivot" in e.proto.body)
    assert len(re.findall(r'href="/organisations\?[^"]*organisation=n-school', body)) == 7
    at = page("explore", **VIEW, rows="level", columns="period", measure="needed")
    assert table(at)["Основное"] == ["30", "83", "25 ◔"] and "Всего" not in table(at)
    assert "Уровни не складываются" in words(at).replace("\u00a0", " ")


@pytest.mark.parametrize("look", ["bars", "dots", "years"])
def test_it_is_drawn_as_it_is_asked(page, look):
    at = page("explore", **VIEW, rows="level", columns="period", look=look)
    assert not at.exception
    body = " ".join(e.proto.body for e in at.get("html"))
    marks = {"bars": body.count("pf-bar"), "dots": body.count("pf-dot"), "years": len(at.get("plotly_chart"))}
    assert marks[look] >= (5 if look == "years" else 3), marks
    assert at.query_params["look"] == look


def test_what_is_chosen_goes_into_the_address(page):
    at = page("explore", **VIEW)
    at.selectbox(key="scope-rows").set_value("organisation").run()
    at.selectbox(key="scope-columns").set_value("cohort").run()
    at.selectbox(key="scope-measure").set_value("denominator").run()
    assert [at.query_params[name] for name in ("rows", "columns", "measure")] == [
        "organisation", "cohort", "denominator",
    ]  # fmt: skip
    assert table(at)["Школа «Речная»"][0] == "70"


def test_what_one_may_not_look_at_is_not_among_the_axes_and_unrelated_territories_are_not_added(page):
    head = Person(login="head", role=Role.HEAD, territory=NYAZEPETROVSK)
    at = page("explore", person=head, period="2022", rows="organisation", columns="none", level="basic")
    assert "Территории" not in at.selectbox(key="scope-rows").options
    assert len(table(at)) == 8
    at = page("explore", **VIEW | {"territory": ""}, rows="level", columns="period")
    assert "не складываются" in words(at) and not any("pf-pivot" in e.proto.body for e in at.get("html"))
