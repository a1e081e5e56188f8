"""«Рекомендации»: a district's own words are edited, kept, carried over, and stand wherever advice is read."""

from __future__ import annotations

import datetime as dt
import json
import re
from zoneinfo import ZoneInfo

import pytest
import second_region
from page_words import button, title, words
from second_region import DEPARTMENT, LAKES, MOMENT, PERIOD

from proforient import snapshot as snapshots
from proforient.access.roles import Person, Role
from proforient.advice.export import advice_json
from proforient.advice.problems import problems
from proforient.charts.marks import Html
from proforient.monitoring import OWN, Amendment
from proforient.store import amending, campaign
from proforient.store.verify import verify
from proforient.web.deck.slides import Story, slides

CODE, PROBLEM = "act-coverage-plan", "low-coverage-basic"
ELSEWHERE = Person(login="other", role=Role.DEPARTMENT, territory="Забайкальский край / ЗАТО п. Горный")


@pytest.fixture
def region(store):
    second_region.add(store)
    return store


@pytest.fixture
def opened(page, region):
    """``opened(action)``: the page of the district's department, or another one of it."""

    def run(action=CODE, code="advice", **view):
        chosen = {"action": action} if action else {}
        return page(code, **{"person": DEPARTMENT, "territory": LAKES, "period": PERIOD, **chosen, **view})

    return run


def plain(text):
    return text.replace("\u00a0", " ").replace("\u2060", "")


def advised(store, period=PERIOD):
    """Code -> what JSON says, of what answers a problem; and the general ones."""
    with store.read() as reader:
        found = problems(reader, reader.catalogue, period, territory=LAKES)
        document = advice_json(reader, period, LAKES, found)
    every = [a for p in document["problems"] for a in p["actions"]]
    return {a["code"]: a for a in (*every, *document["general"])}


def deck(store):
    with store.read() as reader:
        taken = snapshots.take(reader, reader.catalogue, PERIOD, territory=LAKES, cohort="all")
    kept = snapshots.read(snapshots.text_of(taken))
    story = Story(
        snapshot=kept, catalogue=store.catalogue, at=MOMENT, zone=ZoneInfo("Asia/Tomsk"), home="", code=Html(""),
        sha256="0" * 64, live="",
    )  # fmt: skip
    return plain(" ".join(re.sub(r"<[^>]+>", " ", f"{s.code} {s.title} {s.body} {s.source}") for s in slides(story)))


def sound(store):
    return [(d.code, d.what) for d in verify(store) if d.code != "chain-other-key"]  # it is a copy of another's


def edit(at, code, **fields):
    """Opens the dialog of the page, fills its fields in, saves."""
    button(at, "Изменить рекомендацию…").click().run()
    for name, value in fields.items():
        key = f"advice-{code}-{name}"
        if name in ("due", "addressee"):
            at.selectbox(key).select(value)
        else:
            (at.text_area if name == "text" else at.text_input)(key).input(value)
    return at.button("advice-edit-do").click().run()


def test_edited_words_stand_on_page_slide_and_in_json_with_their_history_and_go_back(opened, region):
    said = "Разработать <b>план</b> охвата & утвердить его «по-озёрному»"
    at = edit(opened(), CODE, text=said, responsible="отдел воспитания", due="next_school_year", addressee="heads")
    assert not at.exception
    told = advised(region)[CODE]
    assert (told["text"], told["words"], told["responsible"]) == (said, "amended", "отдел воспитания")
    assert (told["addressee"], plain(told["deadline_text"])) == ("heads", "в 2027/2028 учебном году")
    here = plain(words(at))
    for text in (said, "отдел воспитания", "в 2027/2028 учебном году", "lakes-department", "История"):
        assert text in here, text
    at = opened(None, "problems", problem=PROBLEM)
    there = plain(words(at))
    assert said in there and "отдел воспитания" in there and "ответственный не назван" in there
    shown = deck(region)
    assert "Ответственный: отдел воспитания." in shown and "в 2027/2028 учебном году" in shown
    assert "&lt;b&gt;план" in shown, "the words are escaped"
    log = plain(words(opened(None, "log")))
    assert "текст, адресат, ответственный и срок, 2026 год, Озёрный район" in log
    at = button(opened(), "Вернуть как в каталоге").click().run()
    told = advised(region)[CODE]
    assert (told["words"], told["responsible"], plain(told["deadline_text"])) == (
        *("catalogue", ""),
        "до 15 июня 2027 года",
    )
    kept = said.partition(" «")[0]
    assert kept in plain(words(at)) and "как в каталоге" in words(at), "what was is kept"
    assert sound(region) == []


def test_only_what_differs_from_the_catalogue_is_kept(opened, region):
    at = edit(opened(), CODE, responsible="отдел воспитания")
    with region.read() as reader:
        (kept,) = reader.amendments(PERIOD, territory=LAKES)
    assert (kept.responsible, kept.text, kept.addressee, kept.deadline, kept.place, kept.shown) == (
        *("отдел воспитания", None, None, None, None, None),
    )
    assert "изменено 1" in title(at)


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("responsible", "Иванова Мария Петровна", "персональные данные"),
        ("text", "Поручить И. И. Иванову", "персональные данные"),
        ("text", "  ", "поле пустое"),
        ("due", "day", "день не выбран"),
    ],
)
def test_what_cannot_be_signed_is_refused_in_words(opened, region, field, value, why):
    at = edit(opened(), CODE, **{field: value})
    assert why in words(at)
    with region.read() as reader:
        assert reader.amendments(PERIOD, territory=LAKES) == []


def test_what_is_turned_off_is_nowhere_and_a_general_one_is_read_once_it_is_on(opened, region):
    general = "act-share-practices"
    assert general not in advised(region)
    at = button(opened(general), "Включить").click().run()
    assert advised(region)[general]["words"] == "amended" and "Выключить" in [b.label for b in at.button]
    assert "Общие рекомендации: 1" in [e.label for e in opened(None, "problems").expander]
    assert CODE in advised(region)
    button(opened(), "Выключить").click().run()
    assert CODE not in advised(region)
    assert "Ответственным за Концепцию" not in deck(region)
    assert sound(region) == []


def test_a_recommendation_of_one_s_own_answers_a_problem_that_had_none(opened, region):
    bare = "leavers-9-leave"
    with region.write("test", based_on=None) as writer:
        amending.amend(
            writer,
            Amendment(
                period=PERIOD, territory=LAKES, action="act-concept-preschool", shown=False, author="t", at=MOMENT
            ),
        )
        amending.amend(
            writer,
            Amendment(
                period=PERIOD, territory=LAKES, action="act-coverage-additional", shown=False, author="t", at=MOMENT
            ),
        )
    before = opened(None, "problems")
    assert "Проблемы без решения: 1" in [e.label for e in before.expander], [e.label for e in before.expander]
    assert "unanswered" in deck(region) and "1 проблема без решения" in deck(region)
    at = opened()
    button(at, "Добавить свою рекомендацию…").click().run()
    key = f"advice-{OWN}"
    at.text_area(f"{key}-text").input("Написать свою концепцию").run()
    at.multiselect(f"{key}-answers").select("no-concept").select(bare).run()
    at.selectbox(f"{key}-due").select("after_collegium").run()
    at.button("advice-own-do").click().run()
    assert not at.exception
    own = next(a for a in advised(region).values() if a["words"] == "own")
    assert own["text"] == "Написать свою концепцию" and plain(own["deadline_text"]) == "в течение месяца после коллегии"
    after = opened(None, "problems", problem="no-concept")
    assert "Написать свою концепцию" in words(after) and "Сформулировано по аналогии" in words(after)
    assert not [e.label for e in after.expander if "без решения" in e.label] and "unanswered" not in deck(region)
    edited = edit(opened(own["code"]), own["code"], text="Написать и утвердить концепцию")
    assert "Написать и утвердить концепцию" in words(edited)
    assert next(a for a in advised(region).values() if a["words"] == "own")["code"] == own["code"]
    assert sound(region) == []


def test_the_next_period_begins_as_the_catalogue_has_it_and_takes_over_on_request(opened, region):
    edit(opened(), CODE, responsible="отдел воспитания", due="next_year")
    with region.write("test", based_on=None) as writer:
        campaign.open_period(writer, "2027", closes=dt.date(2099, 1, 20), territory=LAKES, at=MOMENT)
        later = Amendment(
            period="2027", territory=LAKES, action="act-concept-preschool", shown=False, author="t", at=MOMENT
        )
        amending.amend(writer, later)
    at = opened(period="2027")
    assert "отдел воспитания" not in words(at)
    button(at, "Перенести с прошлого периода…").click().run()
    at.button("advice-carry-do").click().run()
    assert not at.exception
    here = plain(words(at))
    assert "отдел воспитания" in here and "в течение 2028 года" in here, "a rule is worked out anew"
    with region.read() as reader:
        kept = {a.action: a.shown for a in reader.amendments("2027", territory=LAKES)}
    assert kept == {CODE: None, "act-concept-preschool": False}
    assert "Перенести с прошлого периода…" not in [b.label for b in at.button], "there is nothing left"
    assert "рекомендации перенесены с периода 2026 год: 1 правка" in plain(words(opened(None, "log"))).lower()
    assert sound(region) == []


def test_the_events_of_the_district_stand_in_the_recommendation(opened, region):
    events = "act-regional-events"
    at = opened(events)
    button(at, "Назвать мероприятия…").click().run()
    at.text_area("advice-events-names").input("«Ярмарка профессий»\n\nДень открытых дверей\n").run()
    at.button("advice-events-do").click().run()
    assert not at.exception
    named = "направленности: «Ярмарка профессий» и «День открытых дверей»"
    assert named in words(at) and named in json.dumps(advised(region), ensure_ascii=False)
    assert "мероприятия: озёрный район — «ярмарка" in plain(words(opened(None, "log"))).lower()
    assert sound(region) == []


def test_who_was_beaten_to_it_is_told_and_nobody_else_s_words_are_changed(opened, page, region):
    at = opened()
    button(at, "Изменить рекомендацию…").click().run()
    with region.write("sidorova", based_on=None) as writer:
        amending.amend(
            writer, Amendment(period=PERIOD, territory=LAKES, action=CODE, responsible="отдел", author="s", at=MOMENT)
        )
    at.text_input(f"advice-{CODE}-responsible").input("методист").run()
    at.button("advice-edit-do").click().run()
    assert "sidorova" in words(at) and "за это время изменилось" in plain(words(at))
    with region.read() as reader:
        assert [a.responsible for a in reader.amendments(PERIOD, territory=LAKES)] == ["отдел"]
    foreign = page("advice", person=ELSEWHERE, territory=LAKES, period=PERIOD, action=CODE)
    assert "отдел" not in words(foreign)
    looker = page("advice", person=Person(login="x", role=Role.ORGANISATION, territory=LAKES, organisation="l-school"))
    assert "открыта управлению" in title(looker)


def test_what_a_region_has_set_holds_in_its_districts_until_they_set_their_own(region):
    whole = "Томская область"
    with region.write("test", based_on=None) as writer:
        campaign.open_period(writer, PERIOD, closes=dt.date(2099, 1, 20), territory=whole, at=MOMENT)
    for place, who in ((whole, "департамент"), (LAKES, "отдел")):
        with region.write("test", based_on=None) as writer:
            told = Amendment(period=PERIOD, territory=place, action=CODE, responsible=who, author="t", at=MOMENT)
            amending.amend(writer, told)
        assert advised(region)[CODE]["responsible"] == who


def test_a_plan_is_proposed_from_the_period_before_with_who_would_have_met_it(page, store):
    place = "Челябинская область / Нязепетровский муниципальный район"
    at = page("period", territory=place, period="2023", indicator="coverage")
    button(at, "Задать план…").click().run()
    at.selectbox("period-plan-level").select("basic").run()
    offered = [plain(b.label) for b in at.button if plain(b.label)[:1].isdigit()]
    assert offered == [
        "80 % — таким был план в 2022 году; так выполнила бы 1 из 7",
        "65 % — столько у половины организаций в 2022 году; так выполнили бы 5 из 7",
        "75 % — столько у лучшей четверти организаций в 2022 году; так выполнили бы 3 из 7",
    ]
    at.button("period-plan-offer-half").click().run()
    at.button("period-plan-do").click().run()
    assert not at.exception
    with store.read() as reader:
        plan = reader.plan_history("2023", "coverage", "basic", "all", place)[0]
    assert (plan.percent, plan.origin) == (65, "department") and "столько у половины организаций" in plan.ground
