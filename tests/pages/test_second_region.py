"""A district of another region reads nothing of Chelyabinsk's: no event, no letter, no deadline of an earlier year."""

from __future__ import annotations

import hashlib
import io
import json
import re
from zoneinfo import ZoneInfo

import openpyxl
import pytest
import second_region
from page_words import words
from second_region import CLUB, DEPARTMENT, GARDEN, LAKES, MOMENT, PERIOD, SCHOOL

from proforient import snapshot as snapshots
from proforient.advice.export import advice_json
from proforient.advice.problems import problems
from proforient.charts.marks import Html
from proforient.documents import form
from proforient.web.deck.page import page as deck_page
from proforient.web.deck.slides import Story

OTHERS = re.compile(
    r"День профессии|ИкаР|PROFEST|Инженерные каникулы|Стратегия выбора|Челябинск|Нязепетровск|837/1|01/3089|Забайкал"
    r"|Ирбей|Бодайбо|Ижевск"
)
VIEWS = {
    "overview": ({},),
    "indicators": ({"indicator": "regional-events"}, {"indicator": "coverage", "level": "basic", "trace": "1"}),
    "problems": (
        {"problem": "no-regional-events"},
        {"problem": "low-coverage-basic"},
        {"problem": "low-coverage-preschool"},
    ),
    "organisations": ({}, {"organisation": SCHOOL}, {"organisation": GARDEN}, {"organisation": CLUB}),
    "upload": ({"organisation": SCHOOL},),
    "period": ({"indicator": "coverage"},),
    "links": ({},),
    "log": ({},),
}


@pytest.fixture
def region(store):
    second_region.add(store)
    return store


def deck(story):
    return re.sub(
        r"<[^>]+>",
        "\n",
        re.sub(r"<(style|script)\b.*?</\1>", "", deck_page(story, base="", saved=False).html, flags=re.S),
    )


def test_no_surface_of_another_region_names_what_is_a_region_s_own(page, region):
    said = {}
    for code, views in VIEWS.items():
        for n, view in enumerate(views):
            at = page(code, person=DEPARTMENT, territory=LAKES, period=PERIOD, **view)
            assert not at.exception
            said[f"{code} {n}"] = words(at)
    with region.read() as reader:
        found = problems(reader, reader.catalogue, PERIOD, territory=LAKES)
        document = advice_json(reader, PERIOD, LAKES, found)
        taken = snapshots.take(reader, reader.catalogue, PERIOD, territory=LAKES, cohort="all")
        asked, when = reader.organisation(SCHOOL), reader.period(PERIOD, territory=LAKES)
    said["json"] = json.dumps(document, ensure_ascii=False)
    body = snapshots.text_of(taken)
    said["snapshot"] = body
    said["deck"] = deck(
        Story(
            snapshot=snapshots.read(body),
            catalogue=region.catalogue,
            at=MOMENT,
            zone=ZoneInfo("Asia/Tomsk"),
            home="",
            code=Html(""),
            sha256=hashlib.sha256(body.encode()).hexdigest(),
            live="",
        )
    )
    book = openpyxl.load_workbook(io.BytesIO(form.form(region.catalogue, asked, when)))
    said["form"] = " ".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
    named = {name: OTHERS.findall(text) for name, text in said.items()}
    assert {name: words for name, words in named.items() if words} == {}
    shown = {name for name, text in said.items() if "2021 и 2023 годы выдуманы" in text.replace("\u00a0", " ")}
    assert {"overview 0", "indicators 0", "problems 0", "organisations 1", "period 0"} <= shown, (
        "the demonstration says it"
    )
    general = "региональных мероприятиях профориентационной направленности"
    assert general in said["problems 0"] and general in said["json"] and general in said["indicators 0"].lower()


def test_a_deadline_is_the_same_on_page_slide_and_in_json(page, region):
    code = "act-coverage-plan"
    with region.read() as reader:
        found = problems(reader, reader.catalogue, PERIOD, territory=LAKES)
        document = advice_json(reader, PERIOD, LAKES, found)
        taken = snapshots.take(reader, reader.catalogue, PERIOD, territory=LAKES, cohort="all")
    told = {a["deadline_text"] for p in document["problems"] for a in p["actions"] if a["code"] == code}
    assert {text.replace("\u00a0", " ") for text in told} == {"до 15 июня 2027 года"}
    at = page("problems", person=DEPARTMENT, territory=LAKES, period=PERIOD, problem="low-coverage-basic")
    assert "до 15 июня 2027 года" in words(at).replace("\u00a0", " ")
    story = Story(
        snapshot=taken, catalogue=region.catalogue, at=MOMENT, zone=ZoneInfo("Asia/Tomsk"), home="", code=Html(""),
        sha256="0" * 64, live="",
    )  # fmt: skip
    assert "до 15 июня 2027 года" in deck(story).replace("\u00a0", " ")
