"""What the pages say in a district of real size, where two of thirty schools have reported."""

from __future__ import annotations

import csv
import html
import io
import re
from collections import Counter
from urllib.parse import parse_qs, urlsplit

import pytest
import streamlit as st
from large_district import EMPTY, LARGE, MET, REGION
from page_words import words

from proforient.access.roles import Person, Role
from proforient.charts.sentences.reminders import AWAITED
from proforient.charts.sentences.standings import STANDINGS
from proforient.documents.awaited import HEAD
from proforient.monitoring import territory_name
from proforient.web import running
from proforient.wording import capital


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


def counts_of(at, head):
    """The table of the board that begins with the heading: by its first column the numbers of the others by heading."""
    found = re.findall(r"<table.*?</table>", " ".join(e.proto.body for e in at.get("html")), flags=re.DOTALL)
    (table,) = [t for t in found if re.search(rf"<th[^>]*>{head}</th>", t)]
    rows = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in re.findall(r"<tr.*?</tr>", table, flags=re.DOTALL)]
    plain = [[html.unescape(re.sub(r"<[^>]+>", "", cell)).replace("\u00a0", " ") for cell in row] for row in rows]
    return {row[0]: dict(zip(plain[0][1:], row[1:], strict=True)) for row in plain[1:]}


def test_the_board_counts_who_is_awaited_by_kind_and_municipality_and_the_file_to_mail_has_each(
    large_page, monkeypatch
):
    offered, real = {}, st.download_button
    monkeypatch.setattr(
        st, "download_button", lambda label, data, **more: offered.update({label: data}) or real(label, data, **more)
    )
    at = large_page("period", territory=REGION, period="2022")
    next(b for b in at.button if b.key == "period-remind").click().run()
    assert not at.exception
    with running.running().open().store.read() as reader:
        standings = reader.report_standings("2022", territory=REGION)
        register = reader.roster(on=reader.period("2022").ends, territory=REGION)
        catalogue = reader.catalogue
    awaited = {code: what for code, what in standings.items() if what in AWAITED}
    expected = {"Муниципалитет": Counter(), "Вид": Counter()}
    for code, what in awaited.items():
        expected["Муниципалитет"][territory_name(register[code].territory), capital(STANDINGS[what])] += 1
        expected["Вид"][register[code].kind, capital(STANDINGS[what])] += 1
    places = counts_of(at, "Муниципалитет")
    assert {(row, what): int(n) for row, by in places.items() for what, n in by.items() if n != "—"} == expected[
        "Муниципалитет"
    ]
    kinds = counts_of(at, "Вид")
    sums = Counter()
    for by in kinds.values():
        sums.update({what: int(n) for what, n in by.items() if n != "—"})
    assert sums == Counter(capital(STANDINGS[what]) for what in awaited.values()) and len(kinds) > 1
    rows = list(csv.DictReader(io.StringIO(offered["Скачать для рассылки (CSV)"].decode("utf-8-sig")), delimiter=";"))
    assert tuple(rows[0]) == HEAD and len(rows) == len(awaited)
    one = next(row for row in rows if row["Муниципалитет"] == territory_name(LARGE) and row["Чего ждём"] == "неполный")
    assert int(one["Заполнено"]) < int(one["Спрашивают"]) and one["Последний день"] == "28 апреля 2023 года"
    kind = next(o for o in register.listed() if o.name == one["Организация"]).kind
    assert one["Вид"] == capital(catalogue.organisation_kinds[kind].name) and one["Ссылка"] in one["Текст"]
    assert f"сдано {one['Заполнено']} чис" in one["Текст"] and one["Тема"].endswith("срок прошёл, ждём отчёт")


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
