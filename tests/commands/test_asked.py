"""Whether it is asked: form, checks, figures, totals and pages of one year say the same of what began or ended."""

from __future__ import annotations

import re

import pytest
from serving import ROOT

BASE = ROOT / "tests" / "data" / "files" / "catalogue.toml"
PLACE = "Край / Район"
REGISTER = f"""code;name;kind;levels;territory
s1;Школа Первая;school;primary,basic,whole;{PLACE}
s2;Школа Вторая;school;basic,whole;{PLACE}
"""
COUNT = """
[[count]]
code = "{0}"
name = "{1}"
unit = "events"
value = "whole"
levels = ["{2}"]
cohorts = ["all"]
{3}
"""
INDICATOR = """
[[indicator]]
code = "{0}"
number = "{1}"
kind = "{2}"
name = "{3}"
{4}
levels = ["{5}"]
source = "invented"
{6}
"""
ADDED = (
    COUNT.format("clubs", "Кружки прежнего образца", "whole", ""),
    INDICATOR.format("i-clubs", "21", "count", "Работа кружков", 'count = "clubs"', "whole", "until = 2022"),
    # A count that still another indicator needs stays.
    INDICATOR.format("i-held", "22", "count", "Встречи за год", 'count = "events"', "whole", "until = 2022"),
    COUNT.format("course", "Курсы нового образца", "whole", ""),
    INDICATOR.format("i-course", "23", "count", "Работа курсов", 'count = "course"', "whole", "from = 2025"),
    # Where a count has ended nobody can give the indicator.
    COUNT.format("camp", "Дети в лагере", "basic", "until = 2022"),
    INDICATOR.format(
        "i-camp", "24", "share", "Доля в лагере", 'numerator = "camp"\ndenominator = "pupils"', "basic", ""
    ),
    # A trend needs the counts of its share even where that is no longer asked.
    COUNT.format("gone", "Уехали учиться", "basic", ""),
    INDICATOR.format(
        "i-gone", "25", "share", "Доля уехавших", 'numerator = "gone"\ndenominator = "pupils"', "basic", "until = 2022"
    ),
    INDICATOR.format("i-going", "26", "trend", "Тенденция отъезда", 'of = "i-gone"', "basic", ""),
    COUNT.format("spare", "Число само по себе", "whole", ""),
)
ENDED = "headline = true\n"
FOUND = [re.search(r'code = "(.+)"\n(?:number = "(.+)"\n(?:.+\n)?)?name = "(.+)"', one) for one in ADDED]
NEW = {one[1]: one[3] for one in FOUND if not one[2]}
NUMBERS = {one[1]: one[2] for one in FOUND if one[2]}
ASKED = {  # period: counts of the new ones, indicators of the new ones
    "2022": ({"clubs", "camp", "gone", "spare"}, {"i-clubs", "i-held", "i-camp", "i-gone", "i-going"}),
    "2022/2023": ({"clubs", "camp", "gone", "spare"}, {"i-clubs", "i-held", "i-camp", "i-gone", "i-going"}),
    "2024": ({"gone", "spare"}, {"i-going"}),
    "2025": ({"course", "gone", "spare"}, {"i-course", "i-going"}),
}


@pytest.fixture
def called(run, tmp_path, monkeypatch):
    catalogue = tmp_path / "catalogue.toml"
    catalogue.write_text(
        BASE.read_text("utf-8").replace(ENDED, ENDED + "until = 2022\n") + "".join(ADDED), encoding="utf-8"
    )
    monkeypatch.setenv("PROFORIENT_CATALOGUE", str(catalogue))
    (tmp_path / "register.csv").write_text(REGISTER, encoding="utf-8")
    assert run("organisations", "import", tmp_path / "register.csv").code == 0
    for period in ASKED:
        kind = "school_year" if "/" in period else "year"
        assert run("period", "open", period, "--kind", kind, "--closes", "2099-12-25").code == 0
    return run


def test_what_has_ended_or_not_begun_is_asked_nowhere(called, tmp_path, pages):
    for period, (counts, indicators) in ASKED.items():
        _asked_alike(called, tmp_path, period, counts, indicators)
    offered, first = _on_the_page_of_plans(pages)
    assert first == "diagnostics", "the headline has ended: the first that the newest period asks"
    for period, (_, indicators) in ASKED.items():
        numbers = {NUMBERS[code] for code in indicators}
        assert {number for number in NUMBERS.values() if any(o.startswith(number) for o in offered[period])} == numbers


def _asked_alike(called, tmp_path, period, counts, indicators):
    form = tmp_path / "form.csv"
    assert called("form", "--period", period, "--organisation", "s1", "--out", form).code == 0
    rows = form.read_text("utf-8-sig").splitlines()[1:]
    named = {row.split(";")[2] for row in rows}
    assert {code for code, name in NEW.items() if name in named} == counts
    assert any("Проведено мероприятий" in name for name in named)

    # A file with one of the numbers: the check lacks all the others of the form.
    sent = tmp_path / "sent.csv"
    sent.write_text("Организация;Показатель;Уровень;Категория;Значение\ns1;events;;все;3\n", encoding="utf-8")
    told = called("check", sent, "--period", period, "--json").json()["findings"]
    (lacking,) = [one["message"].replace("\u00a0", " ") for one in told if one["code"] == "missing-counts"]
    assert re.search(r"нет (\d+) \w+ из (\d+)", lacking).groups() == (str(len(rows) - 1), str(len(rows))), lacking

    own = called("results", "--period", period, "--by", "organisation", "--territory", PLACE, "--json").json()
    assert {row["indicator"] for row in own if row["indicator"].startswith("i-")} == indicators
    for totals in (
        called("results", "--period", period, "--territory", PLACE, "--json").json(),
        called("results", "--period", period, "--json").json(),
    ):
        new = [row for row in totals if row["indicator"].startswith("i-")]
        assert {row["indicator"]: row["expected"] for row in new} == dict.fromkeys(indicators, 2)
        # By the whole: as many are missing as organisations have a row that lacks.
        for row in totals:
            key = [row[name] for name in ("indicator", "level", "cohort")]
            missing = [o for o in own if [o[name] for name in ("indicator", "level", "cohort")] == key and o["missing"]]
            assert row["expected"] - row["submitted"] == len(missing), key


def _on_the_page_of_plans(pages):
    """What the page «Период и планы» offers for a plan in each period, and what it shows first in the usual one."""
    offered = {}
    with pages(territory=PLACE) as at:
        first = at.query_params["indicator"]
        at.switch_page(str(ROOT / "pages" / "period.py"))
        for period in ASKED:
            at.query_params["period"] = period
            at.run()
            assert not at.exception
            offered[period] = at.selectbox(key="scope-indicator").options
    return offered, first


@pytest.mark.soak
def test_what_was_sent_counts_as_sent_and_decides_which_period_is_shown_first(called, tmp_path, pages):
    def send(organisation, period):
        file = tmp_path / "sent.csv"
        file.write_text(f"Организация;Показатель;Значение\n{organisation};events;3\n", encoding="utf-8")
        assert called("submit", file, "--period", period, "--by", "metodist", "--confirm").code == 0

    def opened(page=None):
        with pages(territory=PLACE) as at:
            if page:
                at.switch_page(str(ROOT / "pages" / f"{page}.py")).run()
            assert not at.exception
            return at.query_params["period"], re.sub(
                r"<[^>]+>|[\u00a0\u202f]", " ", " ".join(h.proto.body for h in at.get("html"))
            )

    assert opened()[0] == "2025", "nothing was sent: the newest"
    send("s1", "2022")
    (tmp_path / "register.csv").write_text(REGISTER + f"s3;Школа Третья;school;basic,whole;{PLACE}\n", encoding="utf-8")
    assert called("organisations", "import", tmp_path / "register.csv").code == 0
    send("s2", "2024")
    assert opened()[0] == "2024", "one of three nowhere is half: the newest with any"
    send("s1", "2024")
    send("s1", "2025")
    for given in (("return", "--organisation", "s1", "--note", "уточните"), ("accept", "--organisation", "s2")):
        assert called("report", given[0], "--period", "2024", *given[1:]).code == 0
    shown, words = opened("period")
    assert shown == "2024", "what was given back was sent all the same"
    assert re.search(r"2\s+из\s+3", words), words
    assert re.search(r"[Сс]дали\s+2\s+(организации )?из\s+3", opened("organisations")[1])
