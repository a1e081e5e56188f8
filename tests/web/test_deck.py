"""The routes of the deck: what is frozen, what is answered, and that a deck never changes."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import re
from dataclasses import replace
from urllib.parse import quote

import pytest
from asgi import ask
from serving import fill_with_demonstration
from starlette.applications import Starlette
from stored_texts import STORED, text_of, words_of

from proforient import snapshot as snapshots
from proforient.access.roles import Person, Role
from proforient.charts import sentences
from proforient.monitoring import now
from proforient.settings import read_settings
from proforient.store import campaign, freezing, planning
from proforient.web import routes, running
from proforient.web.deck import handlers

PLACE = "Челябинская область / Нязепетровский муниципальный район"
VIEW = "/deck/new?period=2022"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return fill_with_demonstration(tmp_path_factory.mktemp("deck") / "data")


@pytest.fixture
def app(folder):
    yield served(folder)
    running.use(None)


@pytest.fixture(autouse=True)
def signed_in(monkeypatch):
    """Everybody asks as the administrator; ``test_role_matrix`` asks as everybody else."""
    person = Person(login="demo-administrator", role=Role.ADMINISTRATOR)
    monkeypatch.setattr(handlers, "who", lambda headers: person)


def served(folder, base="", **env):
    running.use(running.Running(read_settings({"PROFORIENT_DATA": str(folder), "PROFORIENT_MODE": "demo"} | env)))
    return Starlette(routes=routes.routes(base))


def plain(text):
    """The text with ordinary spaces."""
    return text.replace("\u00a0", " ")


def test_a_deck_is_of_what_was_on_the_page_or_says_what_has_changed(app):
    store = running.running().open().store
    seen = f"&seen={store.mark}"
    deck_of(app, VIEW + seen)
    with store.write("sidorova", based_on=None) as writer:
        campaign.reopen_period(writer, "2022", closes=dt.date(2090, 1, 1), territory=PLACE)
    changed = ask(app, "GET", VIEW + seen)
    assert changed.status == 409
    assert "sidorova — срок периода 2022 год" in plain(changed.text).lower()
    assert 'href="/deck/new?period=2022"' in changed.text
    deck_of(app)  # the link of that page
    deck_of(app, f"{VIEW}&seen={store.mark}")
    deck_of(app, f"{VIEW}&seen=9{store.mark}")


def deck_of(app, path=VIEW, base=""):
    made = ask(app, "GET", base + path)
    assert made.status == 303, made.text
    return made.headers["location"]


def test_a_view_is_frozen_and_shown(app):
    address = deck_of(app)
    shown = ask(app, "GET", address)
    assert shown.status == 200
    text = shown.text
    codes = re.findall(r'<section[^>]* id="([\w-]+)"', text)
    assert codes[:5] == ["finding", "levels", "gap-preschool", "gap-basic", "change"]
    assert codes[-1] == "sources"
    assert codes[5:-1] == ["decision", "decision-2"]
    assert len(codes) <= 8  # nine with the code for phones
    told = plain(text)
    assert told.count('class="what"') == 10
    assert told.count("· выдумано") == len(codes)  # on each slide; among the sources it says what else is
    assert told.count("2021 и 2023 годы выдуманы") == 1
    assert "Ещё 7 рекомендаций — на странице «Проблемы»" in told
    for part in ("Ответственным за Концепцию", "до 15 июня 2023 года", "срок не задан",
                 "Основание: на дошкольном уровне 40 % при плане 50 %, не хватает 58 детей"):  # fmt: skip
        assert part in told.replace("\u2060", "")
    assert "83" in text
    assert ask(app, "GET", address, {"if-none-match": shown.headers["etag"]}).status == 304


def test_a_comparison_is_a_slide_of_its_own_for_whoever_may_look_at_its_sides(app, monkeypatch):
    with running.running().open().store.read() as reader:
        gorny = next(place for place in reader.territories() if "Горный" in place)
    sides = quote(f"coverage~basic~o:n-school-rechnaya|t:{gorny}")
    address = deck_of(app, f"{VIEW}&slides={sides}")
    shown = plain(ask(app, "GET", address).text)
    assert 'id="compare-1"' in shown and "Школа «Речная»" in shown and "Горный" in shown
    near = Person(login="near", role=Role.HEAD, territory=PLACE)
    monkeypatch.setattr(handlers, "who", lambda headers: near)
    assert ask(app, "GET", address).status != 200
    own = deck_of(app, f"{VIEW}&slides={quote('coverage~basic~o:n-school-rechnaya|p:2021')}")
    assert ask(app, "GET", own).status == 200


def test_shares_that_experts_named_are_a_slide_with_whose_they_are(app):
    with running.running().open().store.read() as reader:
        gorny = next(place for place in reader.territories() if "Горный" in place)
    shown = plain(ask(app, "GET", deck_of(app, f"{VIEW}&territory={quote(gorny)}")).text)
    (slide,) = re.findall(r'<section[^>]* id="estimates".*?</section>', shown, re.DOTALL)
    assert "Эксперты назвали доли: 45 % и 32 %" in slide
    for share in ("45 %", "32 %"):
        assert f"{share} — оценка: рабочая группа, п. Горный" in slide
    (first,) = re.findall(r'<section[^>]* id="levels".*?</section>', shown, re.DOTALL)
    assert "эксперты: не обеспечен" in re.sub(r"(<[^>]+>|\s)+", " ", first)
    assert 'id="estimates"' not in ask(app, "GET", deck_of(app)).text  # nobody named a share there


def test_what_proposals_rest_on_is_said_once_for_those_in_a_row(app):
    text = ask(app, "GET", deck_of(app)).text
    for slide in re.findall(r'<section[^>]* id="decision[\w-]*".*?</section>', text, re.DOTALL):
        for group in slide.split('class="addressee"')[1:]:
            grounds = [plain(g).split(": ", 1)[1] for g in re.findall(r'class="ground">([^<]*)<', group)]
            assert grounds and len(grounds) == len(set(grounds)), grounds
            assert group.rfind('class="ground"') > group.rfind('class="what"')
    told = plain(text).replace("\u2060", "")
    assert "Основание 2–4: на дошкольном уровне 40 % при плане 50 %, не хватает 58 детей" in told
    assert "Основание 8–9: на дополнительном уровне эксперты назвали долю низкой" in told


def test_how_much_there_is_to_spare_stands_in_one_line(app):
    assert "с\u00a0запасом\u00a032" in ask(app, "GET", deck_of(app)).text


def test_no_answer_on_where_the_figures_come_from_is_cut(app):
    for period in ("2021", "2022", "2023"):
        text = ask(app, "GET", deck_of(app, f"/deck/new?period={period}")).text
        sources = re.search(r'<section[^>]* id="sources".*?</section>', text, re.DOTALL).group(0)
        assert sources.count("<dt>") >= 4 and "…" not in sources


def test_the_same_view_a_moment_later_is_the_same_deck(app):
    assert deck_of(app) == deck_of(app)
    assert deck_of(app) != deck_of(app, "/deck/new?period=2021")


def test_the_policy_allows_this_very_style_and_script_and_nothing_else(app):
    address = deck_of(app)
    for query in ("", "?save=1"):
        shown = ask(app, "GET", address + query)
        policy = shown.headers["content-security-policy"]
        for name in ("style", "script"):
            inside = re.search(rf"<{name}>(.*?)</{name}>", shown.text, re.DOTALL).group(1)
            digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
            assert f"{name}-src 'sha256-{digest}'" in policy
        assert "unsafe" not in policy
        assert "default-src 'none'" in policy
        assert not re.search(r"<[^>]+ style=", shown.text)
        assert shown.headers["referrer-policy"] == "no-referrer"


def test_the_saved_file_needs_nothing_from_elsewhere(app):
    saved = ask(app, "GET", deck_of(app) + "?save=1")
    assert saved.headers["content-disposition"].startswith("attachment")
    assert saved.text.count("url(data:font/woff2") == 3
    assert not re.search(r"(src|href)=\"https?:|url\(/", saved.text)
    assert 'http-equiv="Content-Security-Policy"' in saved.text


def test_a_deck_stays_as_it_was_when_the_data_change(app):
    address = deck_of(app)
    before = ask(app, "GET", address).body
    opened = running.running().open()
    with opened.store.write("test", based_on=None) as writer:
        plan = next(
            p for p in writer.reader.plans("2022", territory=PLACE) if (p.indicator, p.level) == ("coverage", "basic")
        )
        planning.set_plan(writer, replace(plan, percent=plan.percent - 20, at=now()))
    handlers._made.clear()
    assert ask(app, "GET", address).body == before
    assert deck_of(app) != address


@pytest.mark.parametrize("name", ["results-1-first", "results-1"])
def test_a_deck_that_an_earlier_version_froze_opens_with_its_figures(app, name):
    store = running.running().open().store
    given = {"period": "2022", "territory": PLACE, "cohort": "all", "catalogue": text_of("catalogue.toml.gz")}
    with store.write("test", based_on=None, figures=False) as writer:
        kept = freezing.freeze(writer, **given, body=text_of(f"{name}.json.gz"))
    shown = ask(app, "GET", f"/deck/{kept.token}")
    titles = [line for line in (STORED / f"{name}.deck.txt").read_text("utf-8").splitlines() if "план" in line][:3]
    assert shown.status == 200 and len(titles) == 3
    assert all(title in words_of(shown.text) for title in titles)


def test_what_is_not_there_or_asked_from_elsewhere_is_said_plainly(app):
    missing = ask(app, "GET", "/deck/nothing")
    assert missing.status == 404
    assert "По этому адресу ничего нет" in plain(missing.text)
    assert ask(app, "GET", "/deck/nothing/live").status == 404
    assert ask(app, "GET", VIEW, {"sec-fetch-site": "cross-site"}).status == 403
    everywhere = ask(app, "GET", "/deck/new?territory=&period=2022")
    assert everywhere.status == 404
    assert "муниципалитет" in plain(everywhere.text)


def test_below_a_path_every_address_begins_with_it(folder):
    app = served(folder, base="/pf")
    address = deck_of(app, base="/pf")
    assert address.startswith("/pf/deck/")
    text = ask(app, "GET", address).text
    assert "url(/pf/app/static/" in text
    live = ask(app, "GET", address + "/live")
    assert live.headers["location"].startswith("/pf/?")
    assert "period=2022" in live.headers["location"]
    running.use(None)


def test_a_server_that_only_reads_keeps_the_deck_in_memory(folder):
    app = served(folder, HOST="0.0.0.0", PROFORIENT_DEMO_PUBLIC="1")
    address = deck_of(app)
    assert ask(app, "GET", address).status == 200
    assert deck_of(app) == address
    with running.running().open().store.read() as reader:
        assert reader.frozen(address.rpartition("/")[2]) is None
    running.use(None)


def test_the_code_for_phones_is_there_only_where_phones_can_come(folder):
    text = ask(served(folder), "GET", deck_of(served(folder))).text
    assert 'id="phone"' not in text
    assert "Слайда с QR-кодом нет" in plain(text)
    handlers._made.clear()
    app = served(folder, PROFORIENT_ADDRESS="https://monitoring.example/prof")
    address = deck_of(app)
    text = ask(app, "GET", address).text
    assert 'id="phone"' in text
    assert handlers.code_of(f"https://monitoring.example/prof{address}/live") in text
    assert "monitoring.example/prof" in text
    handlers._made.clear()
    running.use(None)


def test_the_sentences_are_those_of_the_pages(app):
    opened = running.running().open()
    text = ask(app, "GET", deck_of(app, "/deck/new?period=2023")).text
    with opened.store.read() as reader:
        levels = snapshots.headline_levels(reader, opened.catalogue, "2023", territory=PLACE, cohort="all")
    assert sentences.overview_finding(levels, opened.catalogue) in text
    assert sentences.overview_lead(levels, opened.catalogue) in text
