"""What the pages say in a district of real size, where two of thirty schools have reported."""

from __future__ import annotations

import html
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from large_district import EMPTY, LARGE, MET, REGION
from page_words import words

from proforient.access.roles import Person, Role


def said(at):
    return words(at)


def test_with_two_of_thirty_schools_nothing_is_claimed(large_page):
    text = said(large_page("overview", territory=LARGE, period="2023"))
    assert "Предварительно: сдали 2 из 30 школ; план достигнут на всех трёх измеренных уровнях" in text
    first = text[text.index("Что сделать сначала") :]
    assert re.search(r"№ 1 .*и ещё 25 организаций — сдать отчёт", first, re.S), first[:600]
    assert "у 1 организации, сдавшей оба раза" in text
    assert "86,5 %" in text, "the share of those who did report stays to be seen"
    text = said(large_page("indicators", territory=LARGE, period="2023", indicator="coverage", level="basic"))
    assert "Предварительно: за три года доля выросла на 35,4 п. п." in text
    assert "План достигнут: обе школы; данных нет у 28 школ" in text
    text = said(large_page("problems", territory=LARGE, period="2023"))
    assert "Предварительно: сдали 2 из 30 школ; проблем не видно" in text


@pytest.mark.parametrize(
    ("territory", "period", "claim"),
    [
        (LARGE, "2021", "План не достигнут ни на одном из пяти уровней"),
        (LARGE, "2022", "Предварительно: сдали 22 из 30 школ"),
        (MET, "2022", "План достигнут на всех четырёх"),
        (EMPTY, "2022", "За 2022 год ещё никто не сдал"),
    ],
)
def test_the_headline_of_each_state(large_page, territory, period, claim):
    assert claim in said(large_page("overview", territory=territory, period=period))


def test_a_step_for_several_kinds_of_organisations_counts_each(large_page):
    text = said(large_page("overview", territory=LARGE, period="2022"))
    assert text.count("сдали 22 из 30 школ, 17 из 22 детских садов и 6 из 7 организаций") == 2


def test_what_is_done_with_the_campaign_stands_above_its_lists_and_one_note_is_said_once(large_page):
    at = large_page("period", territory=LARGE, period="2022")
    keys = [b.key or "" for b in at.button]
    assert keys.index("period-close") < next(n for n, key in enumerate(keys) if key.startswith("period-accept-"))
    assert said(at).count("на доработке, с опозданием") == 6
    assert said(at).count("В 9 классах охваченных больше") == 1 and said(at).count("замечание то же") == 5


def test_of_an_organisation_that_has_sent_nothing_nothing_is_claimed(large_page):
    text = said(large_page("organisations", territory=LARGE, period="2023", organisation="z-school-1"))
    assert re.search(r"(?<!Ещё )[Пп]о \d+ показател\w+ чисел от организации нет", text)
    assert "что ей рекомендовать, пока не известно" in text and "у организации нет" not in text


def below(at):
    """The territories of the dot plot, as they come, with the address that each leads to."""
    (plot,) = [e.proto.body for e in at.get("html") if "pf-places" in e.proto.body] or [""]
    found = re.findall(r'class="go pf-name" href="([^"]+)">([^<]+)<', plot)
    return [(name, urlsplit(html.unescape(where))) for where, name in found]


@pytest.mark.parametrize("code", ["overview", "indicators"])
def test_a_region_sees_its_municipalities_each_leading_to_its_overview(large_page, code):
    head = Person(login="head", role=Role.HEAD, territory=REGION)
    at = large_page(code, person=head, period="2022", level="basic")  # a region's own head begins at the region
    order = {"": "Заозёрный Приречный Степной", "state": "Степной Заозёрный Приречный"}
    for sort, names in order.items():
        at.query_params["sort"] = sort
        at.run()
        found = below(at)
        assert [name.removesuffix(" округ") for name, _ in found] == names.split()
        assert [where.path for _, where in found] == ["/"] * 3
        asked = [parse_qs(where.query) for _, where in found]
        assert {path for (path,) in (a["territory"] for a in asked)} == {LARGE, MET, EMPTY}
        assert {a["level"][0] for a in asked} == {"basic"}
    assert re.search(r"Ниже плана один муниципалитет из двух — Заозёрный округ: не хватает [\d ]+ ", said(at))
    assert "данных нет у 1 муниципалитета" in said(at) and "с запасом" in said(at)
    assert "Ещё 30 организаций" not in said(at) and "z-school" not in said(at)
    at.query_params["territory"] = MET
    assert below(at.run()) == []


def test_with_no_territory_chosen_they_stand_side_by_side(large_page):
    at = large_page("overview", territory="", period="2022", level="basic")
    assert len(below(at)) == 3 and "Доли разных территорий не складываются" in said(at)
    assert "Ниже плана один муниципалитет из двух" in said(at)
