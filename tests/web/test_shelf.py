"""Static files: compressed once, with the right headers."""

import gzip

import brotli
import pytest
from asgi import ask
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route

from proforient.web.assets import Assets
from proforient.web.headers import SecurityHeaders
from proforient.web.shelf import CHECKED, FOREVER, Item, Shelf, stock
from proforient.web.translation import STATIC, build

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
def app(script):
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


def test_translated_scripts_are_asked_about_each_time_and_the_others_are_kept():
    shelf = stock()
    changed = {"/static/js/" + name for name in build().scripts}
    assert {path for path in changed if shelf.find(path).cache != CHECKED} == set()
    plotly = next(p.name for p in (STATIC / "static" / "js").glob("PlotlyChart.*.js"))
    assert shelf.find("/static/js/" + plotly).cache == FOREVER
