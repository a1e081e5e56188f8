"""The first view: what the server draws of a page before any script runs is the page's own, and nobody else's."""

from __future__ import annotations

import asyncio
import html
import json
import logging
import re
import shutil
import threading
from html.parser import HTMLParser
from urllib.parse import urlencode

import pytest
import two_districts
from asgi import ask, asked
from large_district import LARGE
from serving import fill_with_demonstration, fill_with_large_district
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse
from starlette.routing import Route
from streamlit.testing.v1 import AppTest
from thinned import thinned
from two_districts import COVERED, NORTH, PEOPLE, PERIOD, PUPILS, REGION, SCHOOLS, SOUTH, markers, reached

from proforient.access.cookies import NAME, Cookies, key_of
from proforient.catalogue.read import read_catalogue
from proforient.monitoring import Judgement, Organisation
from proforient.settings import ROOT, read_settings
from proforient.store import enrolment, planning
from proforient.store.store import Store
from proforient.web import people, register, running, widgets
from proforient.web.assets import Assets
from proforient.web.first import handlers
from proforient.web.gate import Gate
from proforient.web.headers import CONTENT_POLICY, SecurityHeaders
from proforient.web.server import SCRIPT
from proforient.web.shelf import stock

GORNY = "Забайкальский край / ЗАТО п. Горный"
HERE = "Челябинская область / Нязепетровский муниципальный район"
HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(2)> $x^2$'


async def streamlit_page(request):
    return HTMLResponse("<html>Streamlit</html>", headers={"cache-control": "no-cache"})


@pytest.fixture(scope="module")
def app():
    return Starlette(
        routes=[Route("/{any:path}", streamlit_page, methods=["GET", "HEAD"])],
        middleware=[Middleware(SecurityHeaders), Middleware(Gate), Middleware(Assets, shelf=stock())],
    )


@pytest.fixture(scope="module")
def places(tmp_path_factory):
    """``places(name)``: the folder of that store, made once."""
    made = {}

    def place(name):
        if name not in made:
            folder = tmp_path_factory.mktemp(name) / "data"
            made[name] = MAKERS[name](folder, place) or folder
        return made[name]

    return place


def hostile(folder, place):
    """The two districts, where a school's name and the words of experts are full of tricks."""
    shutil.copytree(place("production"), folder)
    store = Store.open(folder, read_catalogue(ROOT / "indicators.toml"))
    levels = ("primary", "basic")
    with store.write("test", based_on=None) as writer:
        for code, name in (("north-cedar", HOSTILE), ("north-pine", f"{HOSTILE} № 2")):
            school = Organisation(code=code, name=name, kind="school", levels=levels, territory=NORTH)
            enrolment.import_organisations(writer, [school])
        said = Judgement(
            id="", period=PERIOD, indicator="coverage", level="basic", cohort="all", territory=NORTH,
            organisation=None, outcome="shortcoming", text=HOSTILE, source=HOSTILE, office="", date=None,
            percent=None, at=two_districts.MOMENT,
        )  # fmt: skip
        planning.add_judgement(writer, said)
    store.close()


MAKERS = {
    "production": lambda folder, _: two_districts.make(folder).close(),
    "demo": lambda folder, _: fill_with_demonstration(folder),
    "large": lambda folder, _: fill_with_large_district(folder),
    "hostile": hostile,
}


@pytest.fixture
def open_(places, monkeypatch):
    """``open_("production")`` opens that store of ``MAKERS`` and gives the maker of cookies."""
    monkeypatch.setattr(handlers, "WAIT", 60)
    monkeypatch.setattr(handlers, "_logged", set())

    def opened(name):
        folder = places(name)
        env = {
            "PROFORIENT_DATA": str(folder),
            "PROFORIENT_MODE": "demo" if name in ("demo", "large") else "production",
            "PROFORIENT_SECRETS": str(folder.parent / "keys"),
        }
        running.use(running.Running(read_settings(env)))
        return Cookies(key_of(folder.parent / "keys"))

    yield opened
    running.use(None)


def get(app, path, cookie="", method="GET", **view):
    query = f"?{urlencode(view)}" if view else ""
    return ask(app, method, path + query, {"cookie": f"{NAME}={cookie}"} if cookie else {})


def drawn(answer):
    """What stands there before anything is loaded; empty where it is the page for everybody."""
    found = re.search(r'<div id="first".*(?=<div id="root">)', answer.text, re.S)
    return found[0] if found else ""


def words(text):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


class Parts(HTMLParser):
    """What the first view says: the words of each of our blocks, and those of the stills, drawn in several sizes."""

    def __init__(self, text):
        super().__init__()
        self.blocks, self.still, self._open = [], set(), []
        self.feed(text)
        self.blocks = [" ".join(block.split()) for block in self.blocks]

    def handle_starttag(self, tag, attributes):
        css = (dict(attributes).get("class") or "").split()
        if tag in ("br", "img", "path", "rect", "line", "circle"):
            self.handle_data(" ")
            return
        kind = self._open[-1][0] if self._open else ""
        if not kind:
            kind = "pf" if "pf" in css and "first-scope" not in css else "still" if css[:1] == ["pf-still"] else ""
            if kind == "pf":
                self.blocks.append("")
        self._open.append((kind, tag in ("p", "span")))
        if kind == "still" and tag in ("p", "span") and [said for _, said in self._open].count(True) == 1:
            self._words = ""

    def handle_startendtag(self, tag, attributes):
        self.handle_data(" ")

    def handle_data(self, data):
        kind = self._open[-1][0] if self._open else ""
        if kind == "pf":
            self.blocks[-1] += f" {data} "
        elif kind == "still" and any(said for _, said in self._open):
            self._words += f" {data} "

    def handle_endtag(self, tag):
        kind, _ = self._open.pop()
        if kind == "still" and tag in ("p", "span") and not any(said for _, said in self._open):
            self.still.add(" ".join(self._words.split()))


def live(path, person, view, monkeypatch):
    """What the page itself shows: its HTML in words, and the texts of its charts, each of them a set."""
    monkeypatch.setattr(people, "present", lambda opened: person)
    at = AppTest.from_file(str(SCRIPT), default_timeout=60)
    at.query_params.update(view)
    if path == "/":
        at.run()
    else:  # by way of a first page that has nothing on it
        real = register.PageEntry.file.fget
        nothing = running.running().settings.data.with_name("nothing.py")
        nothing.write_text("", "utf-8")
        with monkeypatch.context() as patch:
            patch.setattr(register.PageEntry, "file", property(lambda e: nothing if e.default else real(e)))
            at.run()
            at.switch_page(str(register.page_entry(path.removeprefix("/")).file)).run()
    assert not at.exception
    said = words(" ".join(element.proto.body for element in at.get("html")))
    charts = []
    for chart in at.get("plotly_chart"):
        layout = json.loads(chart.proto.spec)["layout"]
        texts = [note["text"] for note in layout["annotations"]]
        for axis in (layout["xaxis"], layout["yaxis"]):
            texts += axis.get("ticktext", ()) if axis["visible"] else ()
        charts.append({words(text) for text in texts})
    return said, charts


def assert_same(app, cookie, path, view, monkeypatch):
    """The first view of that address says what the page says afterwards, and gives it back."""
    answer = get(app, path, cookie, **view)
    first = Parts(drawn(answer))
    assert first.blocks, "nothing is drawn"
    said, charts = live(path, people.person_by(running.running().open(), cookie), view, monkeypatch)
    finding = words(re.search(r"<h1.*?</h1>", drawn(answer))[0])
    assert len(finding) > 20
    assert [block for block in first.blocks if block not in said] == []
    assert not first.still or first.still == charts[0]
    return answer, first


@pytest.mark.parametrize(
    ("path", "view", "beside"),
    thinned(
        [
            ("/", {}, True),
            ("/", {"territory": GORNY, "period": "2022"}, True),
            ("/", {"territory": HERE, "period": "2022", "cohort": "disability"}, True),
            ("/", {"territory": HERE, "period": "2023", "step": "head-1"}, True),
            ("/", {"territory": "", "sort": "name"}, False),
            ("/indicators", {}, True),
            ("/indicators", {"territory": HERE, "period": "2021", "grouping": "goal", "level": "primary"}, False),
            ("/indicators", {"territory": HERE, "indicator": "coverage", "cohort": "disability"}, True),
            ("/indicators", {"territory": HERE, "trace": "1"}, False),
            ("/indicators", {"territory": ""}, False),
            ("/problems", {}, True),
            ("/problems", {"territory": HERE, "problem": "low-diagnostics-basic"}, False),
            ("/problems", {"territory": GORNY, "period": "2022"}, False),
            ("/upload", {"period": "2021"}, False),
            ("/upload", {"territory": HERE, "organisation": "n-school-lesnaya", "period": "2023"}, False),
        ],
        3,
    ),
)
def test_it_is_the_very_figure_of_the_page_for_exactly_that_address(app, open_, monkeypatch, path, view, beside):
    """``beside``: whether a chart is among it that Plotly will draw."""
    answer, first = assert_same(app, open_("demo").make("demo-administrator", 1), path, view, monkeypatch)
    title = register.page_entry(path.removeprefix("/") or "overview").title
    assert f"<title>{title} · Профориент</title>" in answer.text
    assert (view.get("step") is not None) == ("pf-tour" in drawn(answer))
    assert bool(first.still) is beside


def opens(person):
    """The addresses of pages that are drawn at once for that person."""
    codes = {"overview": "/", "indicators": "/indicators", "problems": "/problems", "upload": "/upload"}
    return [path for code, path in codes.items() if register.page_entry(code).is_open_to(person)]


@pytest.mark.parametrize("name", thinned(PEOPLE))
def test_every_role_that_opens_a_page_is_told_first_what_it_is_told_afterwards(app, open_, monkeypatch, name):
    cookie = open_("production").make(PEOPLE[name].login, 2)
    for path in opens(PEOPLE[name]):
        assert_same(app, cookie, path, {}, monkeypatch)


@pytest.mark.soak
@pytest.mark.parametrize("path", ["/", "/indicators", "/problems"])
def test_a_district_of_sixty_organisations_is_told_the_same(app, open_, monkeypatch, path):
    cookie = open_("large").make("demo-administrator", 1)
    _, first = assert_same(app, cookie, path, {"territory": LARGE, "period": "2022"}, monkeypatch)
    assert len(first.still) > 5


@pytest.mark.parametrize("path", ["/", "/indicators", "/problems"])
def test_names_and_words_from_outside_are_read_as_words(app, open_, monkeypatch, path):
    answer, _ = assert_same(app, open_("hostile").make("north-head", 2), path, {}, monkeypatch)
    assert ("alert(1)" in answer.text) is (path != "/indicators")
    for trick in ("<script>", "<img src=x", "onerror=alert(2)>"):
        assert trick not in answer.text


def test_another_address_gives_another_figure(app, open_):
    cookie = open_("demo").make("demo-administrator", 1)
    views = [{"territory": t, "period": p} for t in (HERE, GORNY) for p in ("2021", "2022", "2023")]
    shown = [drawn(get(app, "/", cookie, **view)) for view in views]
    known = [part for part in shown if part]
    assert len(known) >= 4
    assert len({words(part) for part in known}) == len(known)


def test_it_stands_before_everything_that_is_loaded_and_needs_no_script_of_its_own(app, open_):
    answer = get(app, "/", open_("demo").make("demo-administrator", 1))
    figure, script = answer.text.index('id="first"'), answer.text.index("<script")
    assert figure < script
    assert figure < answer.text.index('rel="stylesheet"')
    assert [tag for tag in re.findall(r"<script[^>]*>", answer.text) if "src=" not in tag] == []
    assert re.findall(r"\son\w+=", drawn(answer)) == []
    assert answer.headers["content-security-policy"] == CONTENT_POLICY
    everybody = get(app, "/help", open_("demo").make("demo-administrator", 1)).text
    loaded = re.compile(r'(?:src|href)="(\./(?:static|app)/[^"]+)"')
    assert [a for a in loaded.findall(answer.text) if a in set(loaded.findall(everybody))] == sorted(
        loaded.findall(everybody), key=loaded.findall(answer.text).index
    )


def test_it_is_kept_nowhere_and_the_page_without_it_is_checked_as_before(app, open_):
    cookie = open_("demo").make("demo-administrator", 1)
    first = get(app, "/", cookie)
    assert drawn(first)
    assert first.headers["cache-control"] == "no-store"
    assert "etag" not in first.headers
    assert "Cookie" in first.headers["vary"]
    for other in (get(app, "/help", cookie), get(app, "/", cookie, method="HEAD")):
        assert (other.status, other.headers["cache-control"]) == (200, "no-cache")
        assert not drawn(other)


def totals(schools):
    """The numbers of a territory as they would be printed."""
    sums = (sum(of[code] for code in schools) for of in (COVERED, PUPILS))
    return {text for n in sums for text in (str(n), f"{n // 1000}\u00a0{n % 1000:03}")}


@pytest.mark.parametrize("name", PEOPLE)
def test_nobody_is_shown_more_than_the_page_would_show(app, open_, name):
    """Each territory and organisation in the address: names and numbers of others are not there."""
    person, cookies = PEOPLE[name], open_("production")
    cookie = cookies.make(person.login, 2)
    foreign = [mark for code in SCHOOLS if code not in reached(person) for mark in markers(code)]
    for home in (NORTH, SOUTH):
        if not person.reaches(home):
            foreign += [*totals([code for code in SCHOOLS if SCHOOLS[code] == home])]
        if not person.reaches(home) and person.territory != home:
            foreign.append(home.rpartition(" / ")[2])
    seen = set()
    for path in ("/", "/indicators", "/problems", "/organisations", "/upload"):
        for territory in (NORTH, SOUTH, REGION, ""):
            for organisation in ("north-cedar", "south-oak"):
                view = {"territory": territory, "period": PERIOD, "organisation": organisation, "level": "basic"}
                answer = get(app, path, cookie, **view)
                assert answer.status == 200
                if drawn(answer):
                    seen.add(path)
                for text in (answer.text, words(answer.text)):
                    assert [mark for mark in foreign if mark in text] == [], view
    assert seen == set(opens(person))


@pytest.mark.parametrize("path", ["/", "/indicators", "/problems"])
def test_who_is_not_signed_in_gets_no_figure(app, open_, path):
    cookies = open_("production")
    assert drawn(get(app, path, cookies.make("chief", 2), territory=NORTH, period=PERIOD))
    for cookie in ("", "x", cookies.make("chief", 1), cookies.make("nobody", 1), cookies.make("chief", 2)[:-2]):
        answer = get(app, path, cookie, territory=NORTH, period=PERIOD)
        assert (answer.status, answer.body) == (303, b"")


@pytest.mark.parametrize(
    ("path", "view"),
    [
        ("/", {"period": "1066"}),
        ("/", {"territory": "Нигде"}),
        ("/", {"cohort": "<script>alert(1)</script>"}),
        ("/problems", {"territory": ""}),
        ("/indicators", {"indicator": "nothing-of-the-kind"}),
        ("/nowhere", {}),
        ("/overview", {}),
        ("//", {}),
    ],
)
def test_an_odd_address_gets_the_page_for_everybody(app, open_, path, view):
    answer = get(app, path, open_("demo").make("demo-administrator", 1), **view)
    assert (answer.status, drawn(answer)) == (200, "")
    assert '<div id="root">' in answer.text


def test_where_territories_are_searched_for_the_live_page_lays_itself_out(app, open_, monkeypatch):
    cookie = open_("demo").make("demo-administrator", 1)
    assert drawn(get(app, "/", cookie))
    monkeypatch.setattr(widgets, "MOST_OFFERED", 1)
    assert not drawn(get(app, "/", cookie))


def test_what_cannot_be_drawn_is_told_once_and_harms_nothing(app, open_, monkeypatch, caplog):
    cookie = open_("demo").make("demo-administrator", 1)

    def broken(*_):
        raise ZeroDivisionError

    monkeypatch.setattr(handlers, "first", broken)
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            answer = get(app, "/", cookie)
            assert (answer.status, answer.headers["cache-control"], drawn(answer)) == (200, "no-cache", "")
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "ZeroDivisionError" in caplog.text


def test_a_slow_store_keeps_neither_the_page_nor_anybody_else_waiting(app, open_, monkeypatch, caplog):
    cookie, going, slow = open_("demo").make("demo-administrator", 1), threading.Event(), threading.Event()

    def waits(*_):
        slow.set()
        assert going.wait(60)

    async def others():
        monkeypatch.setattr(handlers, "WAIT", 60)
        slow.clear()
        page = asyncio.ensure_future(asked(app, "GET", "/", {"cookie": f"{NAME}={cookie}"}))
        while not slow.is_set():
            await asyncio.sleep(0.01)
        script = await asked(app, "GET", "/app/static/gate.js")
        return script.status, page.done(), going.set(), (await page).status

    monkeypatch.setattr(handlers, "first", waits)
    monkeypatch.setattr(handlers, "WAIT", 0.05)
    try:
        answer = get(app, "/", cookie)  # it comes although nothing is drawn yet
        assert (answer.status, drawn(answer)) == (200, "")
        assert "0.05" in caplog.text
        assert asyncio.run(others()) == (200, False, None, 200)
    finally:
        going.set()
