"""«Сравнение»: sides of one scale with the figures of every other page, their order, the slide of the deck."""

from __future__ import annotations

import json
import re

from page_words import button, title, words

from proforient.access.roles import Person, Role
from proforient.analysis.coverage import coverages
from proforient.charts import sentences
from proforient.demo.districts import NYAZEPETROVSK

VIEW = {"territory": NYAZEPETROVSK, "period": "2022", "cohort": "all", "indicator": "coverage", "level": "basic"}
SIDES = "o:n-school-zarechnaya|o:n-school-rechnaya|p:2021|c:disability"
NAMES = ["Школа «Заречная»", "Школа «Речная»", "2021 год", "С ОВЗ и инвалидностью"]


def panels(at):
    """The names of the panels, and what each says of the level."""
    body = next(e.proto.body for e in at.get("html") if "pf-panels" in e.proto.body)
    return re.findall(r"<h3.*?<a[^>]*>(.*?)</a>", body.replace("\u00a0", " ")), body.replace("\u00a0", " ")


def order(at):
    return panels(at)[0]


def test_sides_stand_beside_each_other_with_the_figures_of_their_own_pages(page, store):
    at = page("compare", **VIEW, sides=SIDES)
    assert not at.exception
    names, body = panels(at)
    assert len(names) == 4 and names[:3] == NAMES[:3]
    said = words(at).replace("\u00a0", " ")
    with store.read() as reader:
        own = {"indicator": "coverage", "level": "basic"}
        found = [
            *coverages(reader, store.catalogue, "2022", organisation="n-school-zarechnaya", cohort="all", **own),
            *coverages(reader, store.catalogue, "2021", territory=NYAZEPETROVSK, cohort="all", **own),
            *coverages(reader, store.catalogue, "2022", territory=NYAZEPETROVSK, cohort="disability", **own),
        ]
    for coverage in found:
        assert sentences.pair_words(coverage).replace("\u00a0", " ") in said
        assert sentences.mark_words(coverage).replace("\u00a0", " ") in body.replace("\u2060", "")
    assert "плана не достиг никто из" in title(at) or "план достигнут у" in title(at)
    at.session_state["picture-compare"] = True
    taken = json.loads(at.run().get("plotly_chart")[-1].proto.spec)
    head, drawn = taken["layout"]["title"]["text"], " ".join(a["text"] for a in taken["layout"]["annotations"])
    assert "План:" in head and "Нязепетровский" in head and "2022" in head
    assert all(name in drawn.replace("\u00a0", " ") for name in NAMES[:3]) and drawn.count("%") > 10


def test_the_order_is_the_one_that_is_asked_for(page):
    assert order(page("compare", **VIEW, sides="p:2021|o:n-school-rechnaya|o:n-school-zarechnaya")) == [
        "2021 год", "Школа «Речная»", "Школа «Заречная»",
    ]  # fmt: skip
    at = page("compare", **VIEW, sides="p:2021|o:n-school-rechnaya|o:n-school-zarechnaya", sort="shortfall")
    assert order(at) == ["2021 год", "Школа «Заречная»", "Школа «Речная»"]  # 30, 18 and 11 children
    at = page("compare", **VIEW, sides="o:n-school-rechnaya|o:n-school-zarechnaya", sort="name")
    assert order(at) == ["Школа «Заречная»", "Школа «Речная»"]


def test_who_may_not_look_does_not_find_it_among_the_choices(page):
    head = Person(login="head", role=Role.HEAD, territory=NYAZEPETROVSK)
    at = page("compare", person=head, period="2022", sides=f"o:g-school-1|t:{NYAZEPETROVSK}")
    offered = at.multiselect(key="compare-sides").options
    assert any("Заречная" in name for name in offered) and not any("Горный" in name for name in offered)
    assert at.query_params["sides"] == f"t:{NYAZEPETROVSK}"


def test_a_comparison_goes_into_the_deck_in_the_address_until_it_is_taken_out(page):
    at = page("compare", **VIEW, sides="o:n-school-rechnaya|o:n-school-zarechnaya", sort="name")
    button(at, "Добавить в доклад").click().run()
    slide = "coverage~basic~o:n-school-zarechnaya|o:n-school-rechnaya"
    assert at.query_params["slides"] == slide and "Сравнения в докладе" in words(at)
    assert all(b.label != "Добавить в доклад" for b in at.button)
    button(at, "Убрать").click().run()
    assert at.query_params["slides"] == "" and "Сравнения в докладе" not in words(at)
