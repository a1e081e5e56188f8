"""«Что если»: what would be is computed as what is, is marked, is not kept, and goes on as a proposal."""

from __future__ import annotations

from decimal import Decimal

import pytest
from page_words import button, words

from proforient.access.roles import Person, Role
from proforient.analysis.coverage import OrganisationRows, coverages
from proforient.analysis.requirements import keys
from proforient.analysis.scenario import Scenario, prospect
from proforient.analysis.scope import Filters, Scope
from proforient.analysis.shortfall import gap, measured_in
from proforient.demo.districts import NYAZEPETROVSK
from proforient.documents import stored_text
from proforient.monitoring import PlanValue, now
from proforient.settings import ROOT
from proforient.store import planning

ONE = {"indicator": "coverage", "level": "basic", "cohort": "all"}
VIEW = {"territory": NYAZEPETROVSK, "period": "2022", **ONE}
KEY = f"scenario|%s|{NYAZEPETROVSK}|2022|coverage|basic|all"


def figures(store, **how):
    with store.read() as reader:
        return coverages(reader, store.catalogue, "2022", territory=NYAZEPETROVSK, **ONE, **how)


def told(coverage):
    return coverage.organisation, coverage.verdict, coverage.needed, coverage.shortfall, coverage.share


@pytest.mark.parametrize("percent", ["0", "64.12", "69.4", "75", "100"])
def test_what_would_be_is_what_is_once_the_plan_is_set(page, store, percent):
    (total,), rows = figures(store), figures(store, by="organisation")
    would = prospect(total, rows, Scenario(plan=Decimal(percent)))
    plan = PlanValue(
        period="2022", territory=NYAZEPETROVSK, percent=Decimal(percent), number=None, origin="department", **ONE,
        ground="Приказ № 1", author="sidorova", at=now(),
    )  # fmt: skip
    with store.write("sidorova", based_on=None) as writer:
        planning.set_plan(writer, plan)
    (total,), rows = figures(store), figures(store, by="organisation")
    assert told(would.total) == told(total) and list(map(told, would.rows)) == list(map(told, rows))
    with store.read() as reader:
        scope = Scope(reader, store.catalogue, "2022", territory=NYAZEPETROVSK, filters=Filters(**ONE))
        (key,) = keys(store.catalogue, **ONE)
        real = gap(total, measured_in(OrganisationRows(scope, [key]), NYAZEPETROVSK, key))
    assert (would.gap.closing, would.gap.below, would.gap.given_back) == (real.closing, real.below, real.given_back)
    assert (would.met, would.measured) == (sum(c.verdict == "met" for c in rows), 7)


def test_children_that_are_added_are_added_to_both_sums_and_never_beyond_all_of_them(page, store):
    (total,), rows = figures(store), figures(store, by="organisation")
    would = prospect(
        total, rows, Scenario(plan=Decimal(80), more={"n-school-rechnaya": 11, "n-school-zarechnaya": 999})
    )
    own = {c.organisation: c for c in would.rows}
    assert own["n-school-rechnaya"].numerator == 45 + 11 and own["n-school-rechnaya"].verdict == "met"
    assert own["n-school-zarechnaya"].numerator == own["n-school-zarechnaya"].denominator == 170
    assert would.total.numerator == 581 + 11 + 52 and would.total.needed == 83 - 63


def typed(at):
    return next(box for box in at.text_input if box.label == "План, % — расчёт")


def line(at):
    return next(slider for slider in at.slider if slider.label.startswith("Линия плана"))


def test_a_plan_is_moved_marked_and_proposed_and_nothing_is_kept(page, store):
    at = page("indicators", **VIEW)
    at.session_state[KEY % "open"] = True
    at.run()
    before, (total,) = store.mark, figures(store)
    typed(at).input("69,5").run()
    assert line(at).value == 70
    said = words(at).replace("\u00a0", " ")
    assert "Расчёт, не план: при плане 69,5 % — 70 %, план достигнут; план выполнили бы 3 из 7 школ" in said
    line(at).set_value(75).run()
    said = words(at).replace("\u00a0", " ")
    assert typed(at).value == "75"
    assert "при плане 75 % — 70 %, не хватает 42 детей" in said and "при нужных 42" in said
    assert (store.mark, figures(store)) == (before, [total])
    typed(at).input("77")  # typed and pressed at once: nothing was drawn in between
    button(at, "Предложить как план…").click().run()
    assert at.text_input(key="period-plan-amount").value == "77"
    assert at.text_area(key="period-plan-ground").value.startswith("Предложение по расчёту: за 2022 год план 77 %")
    assert at.selectbox(key="period-plan-level").value == "basic" and store.mark == before
    at = at.switch_page(str(ROOT / "pages" / "period.py")).run()  # AppTest forgets where the page has led
    at.button("period-plan-do").click().run()
    (now_set,) = figures(store)
    assert (now_set.plan.percent, now_set.needed) == (Decimal(77), 59)


def test_who_sets_no_plans_computes_and_proposes_nothing(page):
    at = page("indicators", person=Person(login="head", role=Role.HEAD), **VIEW)
    at.session_state[KEY % "open"] = True
    at.run()
    assert "Расчёт, не план" in words(at) and all(b.label != "Предложить как план…" for b in at.button)
    typed(at).input("130").run()
    assert "больше 100 % быть не может" in words(at).replace("\u00a0", " ")


def test_what_would_be_becomes_an_item_of_a_draft_that_a_person_chooses(page, store):
    head = Person(login="head", role=Role.HEAD)
    at = page("indicators", person=head, **VIEW)
    at.session_state[KEY % "open"] = True
    at.run()
    typed(at).input("75").run()
    before = store.mark
    for version in (1, 2):  # the first begins a decision, the second is added to it
        if version == 2:
            at = page("indicators", person=head, **VIEW)
            at.session_state[KEY % "open"] = True
            at.session_state[KEY % "amount"] = "72"
            at.run()
        button(at, "Взять как пункт решения…").click().run()
        at = at.switch_page(str(ROOT / "pages" / "documents.py")).run()
        written = at.text_area(key="taken-text").value.replace("\u00a0", " ")
        assert written.startswith(f"Обеспечить {'75' if version == 1 else '72'} % по показателю «Доля обучающихся")
        assert "за 2022 год — 70 %, по расчёту не хватает" in written
        assert store.mark == before, "nothing is kept before a person says so"
        at.button(key="taken-do").click().run()
        assert not at.exception
        before = store.mark
    with store.read() as reader:
        (draft,) = reader.drafts(NYAZEPETROVSK)
    items = stored_text.read(draft.body).items
    assert (draft.kind, draft.version) == ("decision", 2)
    assert len(items[-2].organisations) > 0 and "72\u00a0%" in items[-1].text
    assert at.query_params["document"] == f"d{draft.id}" and at.query_params["item"] == items[-1].key
