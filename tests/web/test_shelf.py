"""Static files: compressed once, with the right headers."""

import gzip
import re
import shutil
from pathlib import Path

import brotli
import pytest
from asgi import ask
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route

from proforient.settings import read_settings
from proforient.web import running
from proforient.web.assets import Assets
from proforient.web.headers import SecurityHeaders
from proforient.web.seams.bundles import STATIC
from proforient.web.seams.words import TABLE, build
from proforient.web.shelf import CHECKED, FOREVER, OWN, Item, Shelf, stock

SCRIPT = b"let plan = 80;" * 200


class Counted:
    """A reader of bytes that counts how often it was asked."""

    def __init__(self, body: bytes) -> None:
        self.body, self.times = body, 0

    def __call__(self) -> bytes:
        self.times += 1
        return self.body


async def streamlit_page(request):
    return HTMLResponse("<html>Streamlit</html>", headers={"cache-control": "no-cache"})


async def own_page(request):
    return HTMLResponse("<html>own</html>", headers={"cache-control": "no-store"})


@pytest.fixture
def script():
    return Counted(SCRIPT)


@pytest.fixture
def app(script, filled, tmp_path):
    own = {"PROFORIENT_DATA": str(filled), "PROFORIENT_SECRETS": str(tmp_path / "keys"), "PROFORIENT_MODE": "demo"}
    running.use(running.Running(read_settings(own)))
    yield _served(script)
    running.use(None)


def _served(script):
    shelf = Shelf(
        {
            "/static/js/a.js": Item("a.js", FOREVER, script),
            "/app/static/f.woff2": Item("f.woff2", FOREVER, Counted(b"wOF2" * 500)),
        },
        Item("index.html", CHECKED, Counted("<html lang='ru'>Наша</html>".encode() * 40)),
    )
    return Starlette(
        routes=[
            Route("/own", own_page),
            Route("/text", lambda r: PlainTextResponse("x")),
            Route("/{any:path}", streamlit_page, methods=["GET", "HEAD"]),
        ],
        middleware=[Middleware(SecurityHeaders), Middleware(Assets, shelf=shelf, base="/pf")],
    )


def get(app, path, **headers):
    return ask(app, "GET", path, {name.replace("_", "-"): value for name, value in headers.items()})


@pytest.mark.parametrize(
    ("accepted", "encoding", "unpack"),
    [
        ("gzip, deflate, br", "br", brotli.decompress),
        ("gzip", "gzip", gzip.decompress),
        ("identity", None, bytes),
        ("br;q=0, gzip", "gzip", gzip.decompress),
    ],
)
def test_sends_the_best_encoding_that_the_browser_accepts(app, accepted, encoding, unpack):
    answer = get(app, "/pf/static/js/a.js", accept_encoding=accepted)
    assert answer.headers.get("content-encoding") == encoding
    assert unpack(answer.body) == SCRIPT
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.headers["content-type"].startswith("text/javascript")


def test_a_file_is_read_once_however_often_it_is_asked_for(app, script):
    for _ in range(3):
        get(app, "/pf/static/js/a.js", accept_encoding="br")
        get(app, "/pf/static/js/a.js", accept_encoding="gzip")
    assert script.times == 1


def test_a_font_is_not_compressed_again(app):
    answer = get(app, "/pf/app/static/f.woff2", accept_encoding="br, gzip")
    assert "content-encoding" not in answer.headers
    assert len(answer.body) == 2000


def test_a_browser_that_has_the_file_gets_304_without_a_body(app):
    etag = get(app, "/pf/static/js/a.js").headers["etag"]
    again = get(app, "/pf/static/js/a.js", if_none_match=f"W/{etag}")
    assert (again.status, again.body) == (304, b"")


def test_the_own_page_stands_in_for_streamlits_first_page_and_for_no_other(app):
    assert "Наша" in get(app, "/pf/indicators").text
    assert get(app, "/pf/indicators", accept_encoding="br").headers["content-encoding"] == "br"
    assert get(app, "/own").text == "<html>own</html>"
    assert get(app, "/text").text == "x"


def test_every_answer_carries_the_security_headers(app):
    for path in ("/pf/static/js/a.js", "/pf/indicators", "/own", "/text"):
        headers = get(app, path).headers
        assert "script-src 'self';" in headers["content-security-policy"], path
        assert headers["x-frame-options"] == "DENY"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["x-content-type-options"] == "nosniff"


@pytest.fixture(scope="module")
def shelf():
    return stock()


def test_everything_that_the_first_page_loads_is_kept_for_ever(shelf):
    page = shelf.page.read().decode()
    named = re.findall(r'(?:href|src)="\.(/[^"]+)"', page)
    scripts = [path for path in named if path.startswith("/static/js-")]
    assert len(scripts) > 20
    assert {path for path in named if path.startswith("/static/js/")} == set()
    kept = {path: shelf.find(path).cache for path in named}
    assert {path for path, cache in kept.items() if cache != FOREVER} == {"/app/static/golos-cyrillic.woff2"}
    assert {Path(path).stem.split(".")[0] for path in named} >= {
        "gate",
        "address",
        "lost",
        "copy",
        "proforient",
        "favicon",
    }


def test_scripts_that_name_each_other_are_found_in_the_same_folder(shelf):
    page = shelf.page.read().decode()
    folder = re.search(r"/static/js-[0-9a-f]{12}/", page)[0]
    changed = build().scripts
    for name, body in changed.items():
        assert (shelf.find(folder + name).read(), shelf.find(folder + name).cache) == (body, FOREVER)
    every = {path.name for path in (STATIC / "static" / "js").glob("*.js")}
    assert {name for name in every if shelf.find(folder + name).cache != FOREVER} == set()


def test_the_folder_of_the_scripts_and_the_names_of_our_own_change_with_their_content(shelf, monkeypatch, tmp_path):
    own = tmp_path / "own"
    shutil.copytree(OWN, own)
    (own / "gate.js").write_text("// другое", "utf-8")
    monkeypatch.setitem(TABLE, "DateInput", {"`Choose date`": "`Выбрать день`"})
    before, after = (set(re.findall(r'"\.(/[^"]+)"', s.page.read().decode())) for s in (shelf, stock(own=own)))
    assert {Path(path).name for path in after - before if path.startswith("/app/")} == {
        Path(path).name for path in after if "/gate." in path
    }
    assert {path for path in before & after if path.startswith("/static/js")} == set()


def test_a_page_that_was_opened_before_an_update_finds_its_scripts(shelf):
    name = next(iter(build().scripts))
    old = shelf.find(f"/static/js-0123456789ab/{name}")
    assert (old.read(), old.cache) == (build().scripts[name], CHECKED)
    assert shelf.find(f"/static/js-x/{name}") is None
