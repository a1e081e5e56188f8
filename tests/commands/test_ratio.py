"""A ratio of counts through the whole path: hours a pupil of two schools are all hours over all pupils."""

from __future__ import annotations

import json
import re

import pytest
from serving import ROOT
from starlette.applications import Starlette
from web.asgi import ask

import proforient
from proforient.access.roles import Person, Role
from proforient.web import routes
from proforient.web.deck import handlers

PLACE = "Край / Район"
REGISTER = f"""code;name;kind;levels;territory
s1;Школа Первая;school;grades-6-11,whole;{PLACE}
s2;Школа Вторая;school;grades-6-11,whole;{PLACE}
s3;Школа Третья;school;grades-6-11,whole;{PLACE}
"""
# 60 hours for each of 100 pupils, 34 for each of 300: neither 94, their sum, nor 47, their mean, but 40.5.
FILE = """Организация;Показатель;Уровень;Категория;Числитель;Знаменатель
s1;profmin-hours-each;6–11;все;6000;100
s2;profmin-hours-each;6–11;все;10200;300
"""
KIND = 'kind = "ratio"\n'
ONE = ("--period", "2024", "--indicator", "profmin-hours-each", "--cohort", "all")


@pytest.fixture
def called(run, tmp_path, monkeypatch):
    """Commands over the shipped catalogue with the hours as the indicator that overview and deck show."""
    text = (ROOT / "indicators.toml").read_text("utf-8")
    text = re.sub(r"(headline = true|chart = \d)\n", "", text).replace(KIND, f"{KIND}headline = true\n")
    (tmp_path / "catalogue.toml").write_text(text, encoding="utf-8")
    monkeypatch.setenv("PROFORIENT_CATALOGUE", str(tmp_path / "catalogue.toml"))
    for name, text in (("register.csv", REGISTER), ("file.csv", FILE)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert run("organisations", "import", tmp_path / "register.csv").code == 0
    assert run("period", "open", "2024", "--closes", "2099-12-25").code == 0
    planned = ("--level", "grades-6-11", "--origin", "department", "--ground", "приказ № 1")
    refused = run("plan", "set", *ONE[:4], *planned, "--percent", "45")
    assert refused.code != 0 and "числом" in refused.err
    assert run("plan", "set", *ONE[:4], *planned, "--number", "45").code == 0
    sent = run("submit", tmp_path / "file.csv", "--period", "2024", "--by", "metodist", "--confirm")
    assert sent.code == 0, sent.err
    return run


def figure(run, *where):
    (row,) = run("results", *ONE, "--territory", PLACE, *where, "--json").json()
    return row


def plain(text):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>|[\u00a0\u202f]", " ", text).replace("\u2060", ""))


def test_of_two_schools_it_is_all_hours_over_all_pupils(called, data, tmp_path, pages, monkeypatch):
    whole = figure(called)
    assert (whole["numerator"], whole["denominator"], whole["share"], whole["value"]) == (16200, 400, None, None)
    assert (whole["average"], whole["shown"], whole["plan"]) == ("40.5000000000", "40,5", "45")
    assert (whole["verdict"], whole["needed"], whole["shortfall"], whole["unit"]) == ("not_met", 1800, "1800", "hours")
    table = called("results", *ONE, "--territory", PLACE, "--csv").out.removeprefix("\ufeff").splitlines()
    written = dict(zip(table[0].split(";"), table[1].split(";"), strict=True))
    assert written["average"] == "40,5"
    # The third school has not reported; how many hours it may have nobody knows, so with any pupils it could turn it.
    assert (whole["submitted"], whole["expected"], whole["can_change"]) == (2, 3, None)
    (tmp_path / "known.csv").write_text(
        "period;organisation;count;level;cohort;number;source\n2024;s3;pupils;grades-6-11;all;1;ОО-1\n",
        encoding="utf-8",
    )
    known = called("contingent", "import", tmp_path / "known.csv")
    assert known.code == 0, known.err
    assert figure(called)["can_change"] is True
    own = [figure(called, "--organisation", code) for code in ("s1", "s2")]
    assert [(o["shown"], o["verdict"], o["needed"]) for o in own] == [("60", "met", 0), ("34", "not_met", 3300)]

    (problem,) = [p for p in called("advice", "--period", "2024", "--territory", PLACE, "--json").json()["problems"]
                  if p["indicator"] == "profmin-hours-each"]  # fmt: skip
    assert [(c["code"], c["needed"]) for c in problem["organisations"]] == [("s2", 3300)]

    frame = proforient.results(
        data, "2024", territory=PLACE, indicator="profmin-hours-each", catalogue=tmp_path / "catalogue.toml"
    )
    assert (frame["average"][0], bool(frame["share"].isna()[0]), frame["kind"][0]) == (40.5, True, "ratio")

    view = {"territory": PLACE, "period": "2024", "indicator": "profmin-hours-each", "level": "grades-6-11"}
    with pages(**view) as at:
        shown = {}
        for page in ("indicators", "organisations", "period"):
            at.switch_page(str(ROOT / "pages" / f"{page}.py"))
            if page == "organisations":
                at.query_params["organisation"] = "s2"
            at.run()
            assert not at.exception
            shown[page] = plain(" ".join(h.proto.body for h in at.get("html")))
        assert "16 200 / 400 = 40,5" in shown["indicators"] and "план 45 — это 18 000 часов" in shown["indicators"]
        assert "не хватает 1 800 часов" in shown["indicators"], "the verdict"
        assert "10 200 / 300 = 34" in shown["organisations"] and "не хватает 3 300 часов" in shown["organisations"]
        assert "6–11 классы 45 задан для всех приказ № 1" in shown["period"]

        monkeypatch.setattr(handlers, "who", lambda headers: Person(login="a", role=Role.ADMINISTRATOR))
        app = Starlette(routes=routes.routes(""))
        made = ask(app, "GET", f"/deck/new?territory={PLACE}&period=2024&cohort=all")
        assert made.status == 303, made.text
        deck = plain(ask(app, "GET", made.headers["location"]).text)
        assert "16 200 на 400" in deck and "40,5" in deck and "не хватает 1 800 часов" in deck
        assert "3 300" in deck and "10 200 на 300" in deck, "who is below the plan"

    # Guests read the whole number of a sum of three, and neither of the numbers that make it.
    third = "s3;profmin-hours-each;6–11;все;4000;100\n"
    (tmp_path / "file.csv").write_text(FILE.splitlines()[0] + "\n" + third, encoding="utf-8")
    assert called("submit", tmp_path / "file.csv", "--period", "2024", "--by", "metodist", "--confirm").code == 0
    assert figure(called)["average"] == "40.4000000000"
    made = called("snapshot", "create", "--period", "2024", "--territory", PLACE, "--json").json()
    (told,) = json.loads(called("snapshot", "show", str(made["number"])).out)["figures"]
    named = ("verdict", "hidden", "percent", "numerator", "denominator", "needed")
    assert [told[name] for name in named] == ["not_met", "", "40", None, None, None]
