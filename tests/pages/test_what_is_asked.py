"""«Что спрашиваем»: a period asks some indicators, and form, completeness and pages obey."""

from __future__ import annotations

import datetime as dt
import json
import re

import pytest
from page_words import button, words

from proforient.analysis.coverage import coverages
from proforient.analysis.ledger import ledger
from proforient.intake.checks.missing_counts import asked_of
from proforient.monitoring import Cell, within
from proforient.store.verify import verify

PLACE = "Челябинская область / Нязепетровский муниципальный район"
SCHOOL = "n-school-rechnaya"  # nine grades


@pytest.fixture
def opened(page):
    """The period of 2031, opened on the page for the headline alone."""
    at = page("period", period="2023")
    button(at, "Новый период…").click().run()
    at.text_input("period-new-code").input("2031").run()
    at.date_input("period-new-closes").set_value(dt.date(2031, 12, 25))
    at.radio("period-new-set").set_value("headline").run()
    assert "Школа — 12 чисел вместо 95, детский сад — 4 числа вместо 23" in words(at)
    at.button("period-new-do").click().run()
    assert not at.exception
    return at


def cells(store):
    with store.read() as reader:
        period = reader.period("2031", territory=PLACE)
        return list(asked_of(reader.catalogue, reader.organisation(SCHOOL, on=period.ends), period))


def missing(store, indicator):
    with store.read() as reader:
        found = coverages(reader, reader.catalogue, "2031", territory=PLACE, indicator=indicator)
    return sum(c.expected - c.submitted for c in found), {c.verdict for c in found}


def test_a_period_asks_what_was_chosen_and_nothing_else(opened, store):
    assert "Спрашивают 1 показатель: Охват мероприятиями" in words(opened)
    assert len(cells(store)) == 8 and {cell.count for cell in cells(store)} == {"covered", "pupils"}
    assert missing(store, "coverage")[0] > 0 and missing(store, "diagnostics") == (0, set())
    offered = opened.selectbox("scope-indicator").options
    assert len(offered) == 1 and "Охват мероприятиями" in offered[0]
    assert [d for d in verify(store) if d.code != "chain-other-key"] == []


def test_the_choice_may_change_while_files_are_taken_and_is_in_the_log(opened, store):
    button(opened, "Что спрашиваем…").click().run()
    opened.radio("period-asked-set").set_value("letter").run()
    said = words(opened).replace("\u00a0", " ")
    with store.read() as reader:
        catalogue = reader.catalogue
        seen = {p.indicator for p in catalogue.problems.values() if p.territory is None or within(PLACE, p.territory)}
    opened.button("period-asked-do").click().run()
    with store.read() as reader:
        asked = reader.period("2031", territory=PLACE).asked
    shares = {code for code in asked if catalogue.indicators[code].of is None}
    assert shares == {i for i in seen | {"coverage"} if catalogue.indicators[i].of is None}
    assert 8 < len(cells(store)) < 73 and re.search(r"Школа — \d+ чис\w+ вместо 95", said)
    button(opened, "Что спрашиваем…").click().run()
    opened.radio("period-asked-set").set_value("everything").run()
    opened.button("period-asked-do").click().run()
    assert len(cells(store)) == 73 and missing(store, "diagnostics")[0] > 0
    button(opened, "Что спрашиваем…").click().run()
    opened.radio("period-asked-set").set_value("own").run()
    opened.multiselect("period-asked-own").set_value([]).run()
    opened.button("period-asked-do").click().run()
    assert "Выберите хотя бы один показатель" in words(opened)
    with store.read() as reader:
        told = [json.loads(e.detail)["asked"] for e in reader.events(action="period.asked")]
    assert len(told) == 2 and max(map(len, told)) > 60
    with store.read() as reader:
        assert reader.period("2031", territory=PLACE).asked is None  # all of them is no choice


def test_each_number_stands_once_with_of_whom_and_what_for_and_what_follows_is_not_typed(page, store):
    at = page("period", period="2022")
    button(at, "Зачем эти числа…").click().run()
    assert not at.exception
    with store.read() as reader:
        period = reader.period("2022", territory=PLACE)
        register = reader.organisations(on=period.ends, territory=PLACE)
        known = {(one.organisation, one.cell) for one in reader.contingent("2022", territory=PLACE)}
        entries = {entry.cell: entry for entry in ledger(reader.catalogue, period, register, known)}
        owed = [
            cell for one in register for cell in asked_of(reader.catalogue, one, period) if one.open_on(period.ends)
        ]
    assert {cell: owed.count(cell) for cell in set(owed)} == {
        cell: entry.asked - entry.follows for cell, entry in entries.items() if entry.asked > entry.follows
    }
    whole = entries[Cell("pupils", "grades-1-11", "all")]
    assert whole.typed == 0 and whole.follows == whole.asked > 0
    assert [part.level for part in whole.parts] == ["primary", "basic", "secondary"]
    covered = entries[Cell("covered", "basic", "all")]
    assert covered.indicators == ("coverage",) and set(covered.organisations) == {"school"}
    assert sum(entry.known for entry in entries.values()) == 4
    # What is to be typed is the same number here and in what reports are to hold.
    with store.read() as reader:
        held = {one.code: reader.report_contents("2022", organisation=one.code)[one.code] for one in register}
        owed = sum(held[one.code].asked for one in register if one.open_on(period.ends))
    assert owed == sum(entry.typed for entry in entries.values())
    said = words(at).replace("\u00a0", " ")
    typed = f"{sum(entry.typed for entry in entries.values())} чис"
    assert f"впишут {typed}" in said and "общеобразовательная организация — 7" in said
    assert "Следуют из других: 2" in said and "1 Охват мероприятиями" in said
