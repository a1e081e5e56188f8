"""The pages that people look at: right figures in every state, and a sentence where there is nothing to show."""

from __future__ import annotations

import datetime as dt
import json
import re

import pytest
from page_words import title, words
from thinned import thinned

from proforient.advice.problems import problems
from proforient.analysis.coverage import coverages
from proforient.analysis.export import figure_text
from proforient.demo.districts import GORNY, NYAZEPETROVSK
from proforient.monitoring import Verdict
from proforient.store import campaign

LOOKED_AT = ("overview", "indicators", "problems", "organisations")


def plain(text):
    return text.replace("\u00a0", " ").replace("\u2060", "")


def tables(at):
    """Every table of the page, each as a list of rows of texts."""
    for element in at.get("html"):
        for table in re.findall(r"<table.*?</table>", element.proto.body, re.DOTALL):
            rows = re.findall(r"<tr[^>]*>(.*?)</tr>", table, re.DOTALL)
            yield [
                [plain(re.sub(r"<[^>]+>", " ", c)).strip() for c in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S)]
                for row in rows
            ]


@pytest.mark.parametrize("period", ["2021", "2022", "2023"])
@pytest.mark.parametrize("cohort", ["all", "disability"])
def test_the_overview_shows_the_figures_of_results(page, store, period, cohort):
    at = page("overview", territory=NYAZEPETROVSK, period=period, cohort=cohort)
    assert not at.exception and title(at)
    with store.read() as reader:
        rows = coverages(reader, store.catalogue, period, territory=NYAZEPETROVSK, indicator="coverage", cohort=cohort)
    table = next(t for t in tables(at) if t[0][0] == "Уровень")
    told = {row[0].split("  ")[0].strip(): row for row in table[1:]}
    for c in rows:
        level = store.catalogue.levels[c.level]
        if level.chart is None:
            continue
        row = next(row for name, row in told.items() if name.startswith(level.short))
        if c.share is None:
            assert "%" not in row[2], row
            continue
        assert plain(figure_text(c)) == row[2], (c, row)
        assert f"{c.numerator} из {c.denominator}" in row[1]
        assert f"{c.submitted} из {c.expected}" in row[-1]
        if c.verdict is Verdict.NOT_MET:
            assert row[5].startswith(f"{c.needed} ")


def test_the_overview_names_what_is_unmet_and_what_is_judged(page):
    at = page("overview", territory=NYAZEPETROVSK, period="2022")
    assert plain(title(at)) == "План не достигнут на двух уровнях из четырёх измеренных: дошкольном и основном"
    text = words(at)
    for part in ("58 детей", "83 детей", "оценка экспертов", "выдуман для демонстрации", "сдали 5 из 6"):
        assert part in plain(text), part
    assert "100 %" not in plain(text)


def test_the_overview_shows_the_change_since_the_period_before(page):
    at = page("overview", territory=NYAZEPETROVSK, period="2022")
    assert "Доля выросла на одном уровне, на трёх почти не изменилась" in plain(words(at))
    assert len(at.get("plotly_chart")) == 3, "the levels, the levels for a hall, the change"
    first = page("overview", territory=NYAZEPETROVSK, period="2021")
    assert len(first.get("plotly_chart")) == 2, "with no earlier period there is nothing to compare"


def test_every_problem_has_its_words_its_ground_and_what_is_suggested(page, store):
    with store.read() as reader:
        found = problems(reader, store.catalogue, "2022", territory=NYAZEPETROVSK)
    for problem in found:
        at = page("problems", territory=NYAZEPETROVSK, period="2022", problem=problem.code)
        text = plain(words(at))
        assert plain(title(at)) == "Семь проблем: две видны по числам, пять названы экспертами"
        assert problem.text in text and "Что предлагается и кому" in text
        assert "по аналогии" not in text  # the letter has its words
        if problem.when == "judged":
            assert "письмо № 837/1 от 04.05.2023" in text
        else:
            assert f"не хватает {problem.coverage.needed}" in text
            assert "выдуман для демонстрации" in text
            closing = [c.organisation for c in problem.gap.contributions if c.in_closing_set]
            with store.read() as reader:
                assert all(reader.organisation(code).name in text for code in closing)


def test_a_yes_no_problem_names_who_answered_no(page):
    at = page("problems", territory=GORNY, period="2022")
    codes = re.findall(r"problem=([a-z0-9.-]+)", " ".join(e.proto.body for e in at.get("html")))
    named = set()
    for code in dict.fromkeys(codes):
        text = words(page("problems", territory=GORNY, period="2022", problem=code))
        if "Кто ответил «нет»" in text:
            named |= {name for name in ("МОУ «СОШ № 1»", "МОУ «СОШ № 2»") if name in plain(text)}
    assert named == {"МОУ «СОШ № 1»", "МОУ «СОШ № 2»"}


def test_a_sheet_shows_each_share_with_its_formula_and_is_honest_about_small_numbers(page):
    at = page("organisations", territory=NYAZEPETROVSK, period="2022", organisation="n-school-lesnaya", level="basic")
    text = plain(words(at))
    assert "76 / 112 · 100 % = 67,86 %" in text and "18 / 22 · 100 % = 81,82 %" in text
    assert "один ребёнок — 4,5 п. п." in text
    assert "выдумана для демонстрации" in text and "lesnaya_v2_2022.csv" in text and "с опозданием" in text


def test_organisations_can_be_ordered(page):
    def rows(order):
        return next(iter(tables(page("organisations", territory=NYAZEPETROVSK, period="2022", sort=order))))[1:]

    assert rows("shortfall")[0][0] == "Школа «Северная»"
    assert rows("name")[0][0].startswith("Детский сад")
    shares = [re.findall(r"(\d+(?:,\d)?) %", row[2]) for row in rows("share")]
    least = [min((float(share.replace(",", ".")) for share in of_one), default=101.0) for of_one in shares]
    assert least == sorted(least) and least[0] == 32.3 and least[-1] == 101.0
    silent = [row[3].startswith("✗") for row in rows("state")]
    assert silent == sorted(silent, reverse=True) and 0 < sum(silent) < len(silent)


@pytest.mark.parametrize("code", LOOKED_AT)
def test_a_period_without_data_shows_no_figure_and_says_so(page, store, code):
    with store.write("test", based_on=None) as writer:
        campaign.open_period(writer, "2024", closes=dt.date(2099, 12, 31), territory=NYAZEPETROVSK)
    at = page(code, territory=NYAZEPETROVSK, period="2024")
    assert not at.exception and title(at)
    body = plain(words(at))
    assert re.search(r"нет данных|не сдал|ничего не измерено|Пока|пока|ни одн", body), body[:600]
    assert not re.search(r"(?<![\d,])0 %(?! п)", body), "nothing is not nought"


VIEWS = [
    {},
    {"territory": GORNY, "period": "2022"},
    {"territory": "", "period": "2022"},
    {"territory": "Челябинская область", "period": "2022"},
    {"territory": GORNY, "period": "2023"},
    {"organisation": "n-club-start", "period": "2022"},
    {"organisation": "nobody"},
    {"period": "1899", "level": "nonsense", "indicator": "nonsense", "problem": "nonsense", "sort": "nonsense"},
    {"indicator": "career-plan", "period": "2023", "trace": "1"},
    {"indicator": "profmin-hours", "period": "2023"},
]


def each_view():
    """Every page and every view stand in two or three of what ``make test`` runs."""
    for row, code in enumerate(LOOKED_AT):
        for place, view in enumerate(VIEWS):
            yield pytest.param(code, view, marks=() if (row + place) % 3 == 0 else pytest.mark.soak)


@pytest.mark.parametrize(("code", "view"), [*each_view()], ids=str)
def test_no_view_fails(page, code, view):
    at = page(code, **view)
    assert not at.exception
    text = words(at)
    assert text.strip() and "Traceback" not in text and "Ошибка программы" not in text
    assert "nan" not in text.lower().split() and "None" not in text.split()


@pytest.mark.parametrize("code", LOOKED_AT)
def test_a_period_that_is_not_opened_here_says_so_and_offers_those_that_are(page, code):
    at = page(code, territory=GORNY, period="2023")
    assert plain(title(at)) == "ЗАТО п. Горный: за 2023 год данных не собирали"
    assert re.search(r'href="[^"]*period=2022', " ".join(e.proto.body for e in at.get("html")))


HERE = {"territory": NYAZEPETROVSK, "period": "2022"}
FIGURE = {"indicator": "coverage", "level": "basic", "cohort": "all"}
TAKEN = [
    ("overview", HERE, "levels"),
    ("overview", HERE, "change"),
    ("overview", HERE | {"down": "basic"}, "inside"),
    ("overview", {"territory": "", "period": "2022"}, "places"),
    ("indicators", HERE | FIGURE, "levels"),
    ("indicators", HERE | FIGURE, "organisations"),
    ("indicators", HERE | FIGURE, "scenario"),
    ("problems", HERE | {"problem": "low-coverage-basic"}, "gap"),
]


@pytest.mark.parametrize(
    ("code", "view", "name"), thinned(TAKEN), ids=lambda part: part if isinstance(part, str) else "of"
)
def test_a_chart_is_taken_away_with_its_title_plan_day_and_territory(page, code, view, name):
    at = page(code, **view)
    at.session_state[f"picture-{name}"] = True
    at.session_state[f"scenario|open|{NYAZEPETROVSK}|2022|coverage|basic|all"] = name == "scenario"
    at.run()
    (taken,) = (c.proto for c in at.get("plotly_chart") if f"picture-{name}-chart" in c.proto.id)
    layout = json.loads(taken.spec)["layout"]
    head = plain(layout["title"]["text"])
    assert "План: " in head and "2022 год" in head and re.search(r"На \d+ \w+ \d{4} года", head), head
    assert ("Нязепетровский" if view["territory"] else "муниципалитет") in head
    assert len(head.split("<br>")[0]) > 10, "it says what is seen"
