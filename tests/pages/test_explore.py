"""«Исследовать»: the table that was asked for, its pictures, the address; nothing of what is not one's own."""

from __future__ import annotations

import html
import json
import re
from urllib.parse import quote_plus

import pytest
from page_words import button, title, words

from proforient.access.roles import Person, Role
from proforient.analysis.coverage import coverages
from proforient.charts import sentences
from proforient.demo.districts import NYAZEPETROVSK
from proforient.store import naming
from proforient.store.views import NamedView

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
    at.session_state["picture-years-0" if look == "years" else "picture-explore"] = True
    drawn = [json.loads(chart.proto.spec)["layout"] for chart in at.run().get("plotly_chart")]
    (head,) = [layout["title"]["text"] for layout in drawn if "title" in layout]
    assert "План:" in head and "Нязепетровский" in head and "Охват" in head


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


HEAD = Person(login="head", role=Role.HEAD, territory=NYAZEPETROVSK)


def kept(at, name, whom=None):
    button(at, "Сохранить вид…").click().run()
    at.text_input(key="view-name-").input(name)
    if whom:
        at.radio(key="view-whom").set_value(whom)
    at.button(key="view-do").click().run()
    assert not at.exception
    return words(at).replace("\u00a0", " ")


def links(at, name):
    body = " ".join(e.proto.body for e in at.get("html")).replace("\u00a0", " ")
    return [html.unescape(found) for found in re.findall(rf'href="(/explore[^"]*)"[^>]*>{name}<', body)]


def test_a_view_is_named_kept_changed_and_put_away_and_shows_each_role_its_own(page, store):
    at = page("explore", **VIEW, rows="organisation", columns="period", measure="needed")
    assert "Вид «Школы по годам» сохранён для себя" in kept(at, "Школы по годам")
    (where,) = links(at, "Школы по годам")
    assert all(
        part in where for part in ("rows=organisation", "columns=period", "measure=needed", "indicator=coverage")
    )
    assert "уже есть" in kept(at, "школы  по годам")
    at.button(key="view-do").run()
    at = page("explore", **VIEW | {"territory": ""}, rows="territory", columns="none")
    kept(at, "Районы рядом", "для управления")

    head = page("explore", person=HEAD, **VIEW)
    assert links(head, "Школы по годам") == [], "what is kept for oneself is nobody else's"
    (where,) = links(head, "Районы рядом")
    assert f"territory={quote_plus(NYAZEPETROVSK)}" in where, "of a department's view it opens one's own territory"
    said = words(head).replace("\u00a0", " ")
    assert "откроется ваша" in said and all(b.label != "Изменить…" for b in head.button)
    kept(head, "Годы района", "для управления")
    other = Person(login="gorny", role=Role.HEAD, territory="Забайкальский край / ЗАТО п. Горный")
    assert links(page("explore", person=other, period="2022"), "Годы района") == []

    at = page("explore", **VIEW, rows="level")
    (mine,) = [view for view in store_views(store) if view.territory is None]
    at.button(key=f"view-change-{mine.id}").click().run()
    at.text_input(key=f"view-name-{mine.id}").input("Уровни")
    at.checkbox(key="view-anew").check()
    at.button(key="view-do").click().run()
    assert links(at, "Школы по годам") == [] and "rows=level" in links(at, "Уровни")[0]
    at.button(key=f"view-change-{mine.id}").click().run()
    at.button(key="view-away").click().run()
    assert links(at, "Уровни") == [] and "«Уровни» убран" in words(at).replace("\u00a0", " ")
    assert len(store_views(store)) == 2


def store_views(store):
    with store.read() as reader:
        return reader.named_views("demo-administrator")


def test_a_view_whose_indicator_is_gone_says_so_and_leads_nowhere(page, store):
    with store.write("demo-administrator", based_on=None) as writer:
        old = "territory=&period=2022&cohort=all&indicator=gone&level=basic&rows=level&columns=period&measure=share"
        naming.keep_view(writer, NamedView(id="", name="Старый", choices=old, owner="", territory=None))
    at = page("explore", **VIEW)
    assert not at.exception and links(at, "Старый") == []
    assert "устарел: нет больше показателя «gone»" in words(at).replace("\u00a0", " ")
