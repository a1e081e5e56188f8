"""«Обзор» one step down, and where the marks of the charts lead."""

from __future__ import annotations

import json
import re
from urllib.parse import parse_qs, urlsplit

from page_words import words

from proforient.analysis.coverage import coverages
from proforient.demo.districts import NYAZEPETROVSK


def links(at, css):
    """Where the links of that list lead: path and query."""
    body = " ".join(e.proto.body for e in at.get("html"))
    lists = re.findall(rf'<nav class="{css}".*?</nav>', body, re.DOTALL)
    found = [urlsplit(a.replace("&amp;", "&")) for part in lists for a in re.findall(r'href="([^"]+)"', part)]
    return [(f.path, {k: v[0] for k, v in parse_qs(f.query).items()}) for f in found]


def test_a_level_opens_its_organisations_by_gap_against_the_same_plan(page, store):
    at = page("overview", territory=NYAZEPETROVSK, period="2022", cohort="all", level="basic", down="basic")
    assert not at.exception
    with store.read() as reader:
        found = coverages(reader, store.catalogue, "2022", territory=NYAZEPETROVSK, by="organisation",
                          indicator="coverage", level="basic", cohort="all")  # fmt: skip
    short = [c.shortfall for c in found if c.shortfall is not None]
    ranked = sorted(short, reverse=True)
    figure = json.loads(at.get("plotly_chart")[0].proto.spec)
    told = [words.replace("<br>", " ") for words in figure["data"][-1]["customdata"]]
    needs = [int(n) for t in told for n in re.findall(r"не хватает (\d+)", t.replace("\u00a0", " "))]
    assert needs == sorted(needs, reverse=True) and len(needs) == sum(s > 0 for s in ranked)
    plans = {s["x0"] for s in figure["layout"]["shapes"] if s["type"] == "line" and s.get("xref") != "paper"}
    assert plans == {80}
    ways = links(at, "pf-reach")[: len(told)]
    assert {path for path, _ in ways} == {"/organisations"}
    by_code = {c.organisation: c for c in found}
    assert [
        by_code[q["organisation"]].shortfall for _, q in ways if by_code[q["organisation"]].shortfall is not None
    ] == ranked
    assert all(q["trace"] == "1" and q["level"] == "basic" for _, q in ways)
    assert [q.get("down") for _, q in links(at, "pf-crumbs")] == ["basic", None], "the region, then all levels"
    assert "Основное" in words(at)


def test_what_is_opened_stays_on_the_page_and_goes_no_further(page):
    at = page("overview", territory=NYAZEPETROVSK, period="2022", down="nothing")
    assert "раскрытый уровень «nothing»" in words(at) and len(at.get("plotly_chart")) == 3
    at = page(
        "organisations", territory=NYAZEPETROVSK, period="2022", organisation="n-school-zarechnaya", level="basic"
    )
    crumbs = links(at, "pf-crumbs")
    assert [q.get("down") for _, q in crumbs] == ["basic", None, "basic"] and "Школа" in words(at)
    assert all("down" not in q for _, q in links(at, "pf-choose"))


def test_sides_are_chosen_at_the_marks_and_taken_out_again(page):
    view = {"territory": NYAZEPETROVSK, "period": "2022", "cohort": "all", "level": "basic", "down": "basic"}
    at = page("overview", **view, sides="p:2021")
    usual = {path for path, _ in links(at, "pf-reach")}
    assert "/organisations" in usual
    at.toggle(key="sides-pick-o").set_value(True).run()
    ways = [query for path, query in links(at, "pf-reach") if query.get("sides", "").startswith("p:2021|o:")]
    assert len(ways) == 7 and {query["down"] for query in ways} == {"basic"}, "a mark adds its side and opens nothing"
    rows = " ".join(e.proto.body for e in at.get("html"))
    assert rows.count("sides=p%3A2021%7Co%3An-school-rechnaya") >= 3, "the mark, its bar of a phone and its name"
    assert "Отмечено 1 из 6: 2021 год." in words(at).replace("\u00a0", " ")
    six = "|".join(["p:2021", *(query["sides"].split("|")[1] for query in ways[:5])])
    at.query_params["sides"] = six
    at.run()
    said = words(at).replace("\u00a0", " ")
    assert "Отмечено 6 из 6" in said and "Больше шести рядом не поставить" in said and "Сравнить отмеченные" in said
    sides = [query.get("sides", "") for _, query in links(at, "pf-reach") if query.get("down")]
    assert six in sides and six.rsplit("|", 1)[0] in sides, "a seventh is not added, one of the six is taken out"
