"""Sign-in on a real server in production: who comes in, who does not, and what ends a session."""

from __future__ import annotations

import json
import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

import pytest
import two_districts
from argon2 import PasswordHasher, extract_parameters
from asgi import ask
from serving import ROOT, Reply, Server, environment, serve
from starlette.applications import Starlette
from two_districts import PASSWORD

from proforient.access import links, passwords
from proforient.access.cookies import DEVICE, NAME, Cookies, key_of
from proforient.monitoring import now
from proforient.settings import read_settings
from proforient.store import accounts as rows
from proforient.web import routes, running
from proforient.web.entrance import handlers
from proforient.web.entrance.handlers import inside
from proforient.web.register import PAGES

pytestmark = pytest.mark.xdist_group("entrance")

PRODUCTION = {"PROFORIENT_MODE": "production", "PROFORIENT_DEMO_ADDRESS": "http://localhost:8502"}
CLOSED = [
    *(f"/{entry.url_path}" for entry in PAGES),
    *("/deck/new?period=2024", "/deck/x", "/deck/x/live", "/account", "/nowhere", "/overview", "/static/../deck/x"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory, usual_price):
    place = tmp_path_factory.mktemp("entrance") / "data"
    store = two_districts.make(place)
    publication = two_districts.publish(store)
    with store.write("north-head", based_on=None, figures=False) as writer:
        # Of many sign-ins the way counts, not the price of a password; «oak» is the one whose price is looked at.
        rows.set_password(writer, "oak", usual_price.hash(PASSWORD), two_districts.MOMENT)
        code, _ = links.new_code(writer, publication, now())
    note = two_districts.issue(store)
    store.close()
    (place.parent / "note").write_text(note)
    (place.parent / "token").write_text(publication.token)
    (place.parent / "code").write_text(code)
    shutil.copytree(place, place.parent / "twin")
    return place


@pytest.fixture
def twin(folder):
    """The same store for this process while the server holds the other one."""
    return folder.parent / "twin"


@pytest.fixture(scope="module")
def server(folder):
    with serve(folder, **PRODUCTION) as running:
        # The very first requests of a fresh server: nobody has signed in yet, nothing is warm.
        running.first = [running.send("GET", path) for path in CLOSED]
        yield running


def sign_in(server: Server, login: str, password: str = PASSWORD, **more: str) -> Reply:
    return server.send("POST", "/login", {"login": login, "password": password, **more})


def enters(server: Server, cookie: str | None) -> bool:
    """Whether the account's own page opens; it is the plainest page behind the gate."""
    return server.send("GET", "/account", cookie=cookie).status == 200


def test_the_first_requests_of_a_fresh_server_meet_the_sign_in(server):
    for path, reply in zip(CLOSED, server.first, strict=True):
        assert reply.status == 303, (path, reply.status)
        assert reply.headers["location"].startswith("/login"), path
        assert not reply.body


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/_stcore/stream"),
        ("GET", "/_stcore/host-config"),
        ("GET", "/media/00000000.csv"),
        ("PUT", "/_stcore/upload_file/session/file"),
        ("DELETE", "/_stcore/upload_file/session/file"),
        ("POST", "/account"),
        ("POST", "/deck/new"),
    ],
)
def test_nothing_else_answers_without_a_session(server, method, path):
    assert server.send(method, path).status == 401


def test_what_is_open_stays_open(server, folder):
    token = (folder.parent / "token").read_text()
    for path in ("/healthz", "/login", "/k", f"/s/{token}", "/app/static/logo.svg", "/_stcore/health"):
        assert server.send("GET", path).status == 200, path


def test_the_right_password_opens_and_the_cookie_is_kept_from_scripts(server):
    reply = sign_in(server, "north-department", next="/problems?period=2024")
    assert (reply.status, reply.headers["location"]) == (303, "/problems?period=2024")
    flags = reply.headers["set-cookie"].lower()
    assert "httponly" in flags and "samesite=lax" in flags and "path=/" in flags and "max-age=43200" in flags
    assert enters(server, reply.cookie)
    assert "north-department" not in reply.cookie.partition(".")[2]
    page = server.send("GET", "/account", cookie=reply.cookie).text
    assert "Специалист" in page and "Северный район" in page


def test_a_school_lands_where_it_hands_in(server):
    came = sign_in(server, "cedar")
    assert came.headers["location"] == "/upload"
    bare = server.send("GET", "/", cookie=came.cookie)
    assert (bare.status, bare.headers["location"]) == (303, "/upload")
    assert sign_in(server, "cedar", next="/").headers["location"] == "/upload"
    assert server.send("GET", "/?period=2024", cookie=came.cookie).status == 200  # a page that somebody sent a link to
    assert sign_in(server, "north-head").headers["location"] == "/"


def test_which_of_the_two_was_wrong_is_not_said(server):
    wrong, nobody = sign_in(server, "chief", "не тот пароль"), sign_in(server, "никого", "не тот пароль")
    assert wrong.status == nobody.status == 403
    assert wrong.text == nobody.text and 'role="alert"' in wrong.text and "aria-invalid" in wrong.text
    assert wrong.cookie is None
    assert sign_in(server, "", "").status == 403


@pytest.fixture
def entering(twin, tmp_path, monkeypatch, usual_price):
    """The form of the entrance in this process: what each try waited for, and how many passwords it was tried on."""
    waited, tried = [], []

    async def waits(seconds):
        waited.append(seconds)

    verify = PasswordHasher.verify
    monkeypatch.setattr(passwords, "_hasher", usual_price)
    passwords._nobody.cache_clear()
    monkeypatch.setattr(handlers.asyncio, "sleep", waits)
    monkeypatch.setattr(
        PasswordHasher, "verify", lambda self, kept, given: tried.append(kept) or verify(self, kept, given)
    )
    own = PRODUCTION | {"PROFORIENT_DATA": str(twin), "PROFORIENT_SECRETS": str(tmp_path / "keys")}
    running.use(running.Running(read_settings(own)))
    app = Starlette(routes=routes.routes(""))

    def enter(login, password):
        body = urlencode({"login": login, "password": password}).encode()
        kind = {"Content-Type": "application/x-www-form-urlencoded", "Content-Length": str(len(body))}
        return ask(app, "POST", "/login", kind, [body]), waited, tried

    yield enter
    running.use(None)
    passwords._nobody.cache_clear()


def test_an_unknown_login_costs_as_much_as_a_known_one(entering):
    """One password is tried either way, at the same price: «oak» was given its own at the usual one."""
    for login in ("oak", "никого-такого"):
        reply, _, tried = entering(login, "не тот пароль")
        assert reply.status == 403
    known, unknown = (extract_parameters(kept) for kept in tried)
    assert known == unknown


def test_each_wrong_try_waits_twice_as_long(entering):
    for _ in range(5):
        reply, waited, _ = entering("south-department", "угадываю")
        assert reply.status == 403
    assert waited == [0.1, 0.2, 0.4, 0.8, 1.6]


def test_after_five_wrong_tries_even_the_right_one_waits(server):
    for _ in range(5):
        assert sign_in(server, "south-department", "угадываю").status == 403
    reply = sign_in(server, "south-department")
    assert reply.status == 429 and "15 минут" in reply.text and reply.cookie is None
    assert sign_in(server, "north-head").status == 303  # others are not shut out


def at_once(server: Server, calls: list[tuple[str, dict[str, str], str]]) -> list[Reply]:
    """Forms sent by as many people at the same time: path, fields, address that the proxy before us names."""
    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(lambda c: server.send("POST", c[0], c[1], x_forwarded_for=c[2]), calls))


def test_guesses_sent_at_once_are_no_more_than_five(server):
    guesses = [("/login", {"login": "guessed-at", "password": f"{n}"}, "192.0.2.1") for n in range(12)]
    answers = [reply.status for reply in at_once(server, guesses)]
    assert answers.count(403) == 5 and answers.count(429) == 7


def test_right_passwords_from_one_address_all_pass_beside_wrong_ones(server):
    right = [("/login", {"login": "cedar", "password": PASSWORD}, "192.0.2.2")] * 60
    wrong = [("/login", {"login": f"pupil-{n}", "password": "угадываю"}, "192.0.2.2") for n in range(5)]
    answers = [reply.status for reply in at_once(server, wrong + right)]
    assert answers == [403] * 5 + [303] * 60


def guess(server: Server, login: str, places: list[str]) -> list[int]:
    calls = [("/login", {"login": login, "password": "угадываю"}, place) for place in places]
    return [reply.status for reply in at_once(server, calls)]


def test_guesses_of_strangers_keep_nobody_out_who_was_here_before(server):
    """Neither from where one has signed in, nor with the device on which one has; a new place waits."""
    home, elsewhere = "198.51.100.1", "198.51.100.2"
    device = come_in(server, "north-head", home).set_cookies[DEVICE]
    answers = guess(server, "north-head", [f"203.0.113.{n}" for n in range(24)])
    assert answers.count(403) == 20 and answers.count(429) == 4  # of all strange places together
    assert come_in(server, "north-head", "198.51.100.9").status == 429
    assert come_in(server, "north-head", home).status == 303
    assert come_in(server, "north-head", "198.51.100.8", device[:-2] + "xx").status == 429
    assert come_in(server, "north-head", elsewhere, device).status == 303


def come_in(server: Server, login: str, place: str, device: str = "") -> Reply:
    """With the right password."""
    fields = {"login": login, "password": PASSWORD}
    cookie = f"{DEVICE}={device}" if device else None
    return server.send("POST", "/login", fields, cookie=cookie, x_forwarded_for=place)


def test_five_wrong_passwords_close_a_login_for_their_own_address_only(server):
    assert guess(server, "south-department", ["192.0.2.77"] * 5) == [403] * 5
    assert come_in(server, "south-department", "192.0.2.77").status == 429
    assert come_in(server, "south-department", "192.0.2.78").status == 303


def test_one_network_of_ipv6_is_one_place(server):
    assert guess(server, "nobody-6", [f"2001:db8:1:2::{n}" for n in range(6)]).count(429) == 1
    assert guess(server, "nobody-6", ["2001:db8:1:3::1"]) == [403]


def test_a_hall_behind_one_address_types_its_code(server, folder):
    """Three hundred people, ten of whom mistype thrice; then a troublemaker, whom nobody else notices."""
    code, token = ((folder.parent / name).read_text() for name in ("code", "token"))
    right = [("/k", {"code": code}, "192.0.2.3")] * 100
    wrong = [("/k", {"code": "АААААААА"}, "192.0.2.3")] * 30
    for calls in (right, wrong + right, right):
        replies = at_once(server, calls)
        assert [r.status for r in replies] == [404 if call in wrong else 303 for call in calls]
        assert {r.headers["location"] for r in replies if r.status == 303} == {f"/s/{token}"}
    assert {r.status for _ in range(4) for r in at_once(server, wrong * 3)} == {404}
    assert server.send("POST", "/k", {"code": code}, x_forwarded_for="192.0.2.3").status == 303
    assert server.send("POST", "/k", {"code": code}, x_forwarded_for="192.0.2.4").status == 303


@pytest.mark.parametrize(
    ("asked", "led"),
    [
        ("https://evil.example/", ""),
        ("//evil.example/", ""),
        ("/\\evil.example", ""),
        ("/a\nSet-Cookie: x=1", ""),
        ("javascript:alert(1)", ""),
        ("/problems?period=2024", "/problems?period=2024"),
    ],
)
def test_nobody_is_led_elsewhere(server, asked, led):
    assert inside(asked) == led
    assert sign_in(server, "north-head", next=asked).headers["location"] == (led or "/")


def test_signed_out_a_replayed_cookie_is_worth_nothing(server):
    one, other = sign_in(server, "north-head").cookie, sign_in(server, "north-head").cookie
    out = server.send("POST", "/logout", {}, cookie=one)
    assert (out.status, out.headers["location"]) == (303, "/login") and "max-age=0" in out.headers["set-cookie"].lower()
    assert not enters(server, one) and enters(server, other)


def test_signed_out_everywhere_every_cookie_is_worth_nothing(server):
    cookies = [sign_in(server, "north-head").cookie for _ in range(2)]
    server.send("POST", "/logout", {"everywhere": "1"}, cookie=cookies[0])
    assert [enters(server, cookie) for cookie in cookies] == [False, False]


def test_forged_cookies_are_worth_nothing(server, tmp_path):
    good = sign_in(server, "north-head").cookie
    body, _, signature = good.partition(".")
    foreign = Cookies(key_of(tmp_path)).make("north-head", 1)
    wrong_version = Cookies(key_of(server.secrets)).make("north-head", 99)
    nobody = Cookies(key_of(server.secrets)).make("nobody", 1)
    swapped = body[:-2] + ("AA" if body[-2:] != "AA" else "BB") + "." + signature
    for cookie in (foreign, wrong_version, nobody, swapped, good[:-1], "x" * 5000, "", "null", ".."):
        assert not enters(server, cookie), cookie[:40]
    assert enters(server, good)


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example", "sec_fetch_site": "cross-site"},
        {"origin": "https://evil.example", "sec_fetch_site": ""},
        {"origin": "null", "sec_fetch_site": ""},
        {"origin": "", "sec_fetch_site": "same-site"},
        {"origin": "", "sec_fetch_site": ""},
    ],
)
def test_a_post_from_elsewhere_changes_nothing(server, headers):
    cookie = sign_in(server, "north-head").cookie
    for path in ("/logout", "/login", "/login/demo", "/account", "/invitation/x"):
        assert server.send("POST", path, {"everywhere": "1"}, cookie=cookie, **headers).status == 403
    assert enters(server, cookie)


def command(folder, *arguments, stdin=""):
    import subprocess
    import sys

    return subprocess.run(
        [sys.executable, "-m", "proforient", *arguments],
        cwd=ROOT, env=environment(folder, **PRODUCTION), input=stdin, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_an_invitation_sets_a_password_once(server, folder):
    made = command(
        folder, "account", "add", "pine", "--role", "organisation", "--organisation", "north-pine", "--invite"
    )
    assert made.returncode == 0, made.stderr
    path = re.search(r"/invitation/\S+", made.stdout)[0]
    shown = server.send("GET", path).text
    assert "pine" in shown and "«Сосновая»" in shown and "Управление образования: Северный район" in shown
    assert shown.count('type="password"') == 2 and "Показать пароль" in shown
    short = server.send("POST", path, {"password": "коротко", "again": "коротко"})
    assert short.status == 200 and "от 10" in short.text
    unlike = server.send("POST", path, {"password": "река камень облако", "again": "река камень облак"})
    assert unlike.status == 200 and "введён дважды по-разному" in unlike.text
    kept = server.send("POST", path, {"password": "река камень облако", "again": "река камень облако"})
    assert kept.status == 303 and enters(server, kept.cookie)
    assert server.send("GET", path).status == server.send("POST", path, {"password": PASSWORD}).status == 410
    assert sign_in(server, "pine", "река камень облако").status == 303
    assert server.send("GET", "/invitation/" + "x" * 32).status == 410


def test_another_password_ends_the_sessions_of_the_old_one(server, folder):
    old = sign_in(server, "oak").cookie
    wrong = server.send("POST", "/account", {"old": "не он", "password": "новый длинный пароль"}, cookie=old)
    assert "не подходит" in wrong.text and enters(server, old)
    new = {"password": "новый длинный пароль", "again": "новый длинный пароль"}
    unlike = server.send("POST", "/account", {"old": PASSWORD, **new, "again": ""}, cookie=old)
    assert "введён дважды по-разному" in unlike.text and enters(server, old)
    changed = server.send("POST", "/account", {"old": PASSWORD, **new}, cookie=old)
    assert changed.status == 303 and enters(server, changed.cookie) and not enters(server, old)
    assert command(folder, "account", "password", "oak", stdin=PASSWORD + "\n").returncode == 0
    assert not enters(server, changed.cookie) and sign_in(server, "oak").status == 303


def test_a_closed_account_is_out_at_once(server, folder):
    cookie = sign_in(server, "cedar").cookie
    assert command(folder, "account", "disable", "cedar").returncode == 0
    assert not enters(server, cookie) and sign_in(server, "cedar").status == 403
    assert command(folder, "account", "enable", "cedar").returncode == 0
    assert sign_in(server, "cedar").status == 303


def test_there_is_no_choice_of_accounts_in_production(server):
    assert "Демонстрация" not in server.send("GET", "/login").text
    reply = server.send("POST", "/login/demo", {"account": "demo-administrator"})
    assert reply.status == 404 and reply.cookie is None


def test_what_happened_is_in_the_log_without_passwords(server, folder):
    import duckdb  # noqa: F401

    sign_in(server, "north-head", "пароль-который-не-пишут")
    text = (folder / "proforient.duckdb").read_bytes() + (folder / "proforient.duckdb.wal").read_bytes()
    assert "пароль-который-не-пишут".encode() not in text and PASSWORD.encode() not in text
    assert PASSWORD not in server.log.read_text("utf-8", "replace")
    listed = json.loads(command(folder, "account", "list", "--json").stdout)
    assert {a["login"] for a in listed} >= {"chief", "cedar"} and not any("argon" in json.dumps(a) for a in listed)


def test_the_first_administrator_is_made_once_by_the_address_that_the_start_has_printed(tmp_path):
    folder = tmp_path / "data"
    with serve(folder, **PRODUCTION) as server:
        page = server.send("GET", "/login")
        assert page.status == 503 and "account add" in page.text
        (path,) = re.findall(r"/begin/\S+", server.log.read_text("utf-8"))
        given = {"login": "chief", "password": PASSWORD, "again": PASSWORD}
        assert server.send("POST", "/begin/another", given).status == 410
        assert "не подходит" in server.send("POST", path, given | {"login": "я"}).text
        made = server.send("POST", path, given)
        assert made.status == 303 and made.cookie
        again = server.send("POST", path, given | {"login": "other"})
        assert (again.status, server.send("GET", path).status, sign_in(server, "chief").status) == (410, 410, 303)
    assert [a["login"] for a in json.loads(command(folder, "account", "list", "--json").stdout)] == ["chief"]


@pytest.mark.soak
def test_production_without_an_administrator_opens_nothing(tmp_path):
    folder = tmp_path / "data"
    with serve(folder, **PRODUCTION) as server:
        assert server.send("GET", "/").headers["location"] == "/login"
    made = command(folder, "account", "add", "chief", "--role", "administrator", stdin=PASSWORD + "\n")
    assert made.returncode == 0, made.stderr
    with serve(folder, **PRODUCTION) as server:
        assert server.health()[0] == 200 and sign_in(server, "chief").status == 303
    assert command(folder, "demo").returncode == 1  # the demonstration refuses this store from now on


def test_the_key_is_for_its_owner_only(server):
    assert (server.secrets / "session.key").stat().st_mode & 0o077 == 0
    assert server.secrets.stat().st_mode & 0o077 == 0
    assert NAME not in server.log.read_text("utf-8", "replace")


# The live connection of a page


def ends_with(server: Server, cookie: str | None, **more: str) -> int | None:
    """The code with which the connection is closed; None where it stays open and answers."""
    from streamlit.proto.BackMsg_pb2 import BackMsg
    from websockets.exceptions import ConnectionClosed
    from websockets.sync.client import connect

    headers = {"Cookie": f"{NAME}={cookie}"} if cookie else {}
    address = server.address.replace("http://", "ws://") + "/_stcore/stream"
    with connect(address, subprotocols=["streamlit"], additional_headers=headers, **more) as socket:
        asked = BackMsg()
        asked.rerun_script.query_string = ""
        try:
            socket.send(asked.SerializeToString())
            socket.recv(timeout=20)
        except ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd else -1
        return None


def test_a_live_page_needs_a_session_of_this_program(server, tmp_path):
    good = sign_in(server, "north-head").cookie
    assert ends_with(server, good) is None
    assert ends_with(server, good, origin=server.address) is None
    for cookie in (None, "x", Cookies(key_of(tmp_path)).make("north-head", 1)):
        assert ends_with(server, cookie) == 4401
    assert ends_with(server, good, origin="https://evil.example") == 4401
    assert ends_with(server, good, origin="null") == 4401
    server.send("POST", "/logout", {}, cookie=good)
    assert ends_with(server, good) == 4401


def test_one_session_holds_so_many_live_pages_and_no_more(server):
    from contextlib import ExitStack

    from websockets.sync.client import connect

    from proforient.web.gate import MOST_LIVE

    cookie = sign_in(server, "north-head").cookie
    address = server.address.replace("http://", "ws://") + "/_stcore/stream"
    headers = {"Cookie": f"{NAME}={cookie}"}
    with ExitStack() as opened:
        for _ in range(MOST_LIVE):
            opened.enter_context(connect(address, subprotocols=["streamlit"], additional_headers=headers))
        assert ends_with(server, cookie) == 1013
    other = sign_in(server, "north-head").cookie
    assert ends_with(server, other) is None


def test_addresses_that_are_keys_are_not_written_anywhere(server, folder):
    token = (folder.parent / "token").read_text()
    for path in (f"/s/{token}", f"/s/{token}/deck", "/invitation/geheimgeheimgeheim", "/login?next=/problems"):
        server.send("GET", path)
    log = server.log.read_text("utf-8", "replace")
    assert token not in log and "geheim" not in log


@pytest.mark.parametrize(
    ("path", "policy"),
    [("/s/TOKEN", "no-referrer"), ("/k", "no-referrer"), ("/login", "same-origin"), ("/account", "same-origin")],
)
def test_addresses_that_are_keys_are_told_to_no_other_site(server, folder, path, policy):
    cookie = sign_in(server, "north-head").cookie
    reply = server.send("GET", path.replace("TOKEN", (folder.parent / "token").read_text()), cookie=cookie)
    assert reply.headers["referrer-policy"] == policy
    assert reply.headers["x-frame-options"] == "DENY" and reply.headers["x-content-type-options"] == "nosniff"
    assert "frame-ancestors 'none'" in reply.headers["content-security-policy"]
    assert "default-src 'none'" in reply.headers["content-security-policy"]


@pytest.mark.parametrize("length", ["20000000", "", "abc", "-5"])
def test_a_form_that_is_no_form_is_not_read(server, length):
    reply = server.send("POST", "/login", {"login": "x", "password": "y"}, content_length=length)
    assert reply.status in (400, 403)


@pytest.mark.soak
def test_below_a_path_everything_stays_below_it(tmp_path):
    folder = tmp_path / "data"
    store = two_districts.make(folder)
    publication = two_districts.publish(store)
    store.close()
    with serve(folder, options={"server.baseUrlPath": "pf"}, **PRODUCTION) as below:
        first = below.send("GET", "/pf/problems?period=2024")
        assert (first.status, first.headers["location"]) == (303, "/pf/login?next=%2Fproblems%3Fperiod%3D2024")
        page = below.send("GET", "/pf/login?next=/problems")
        assert 'action="/pf/login"' in page.text and "/pf/app/static/golos" in page.text
        fields = {"login": "chief", "password": PASSWORD, "next": "/problems"}
        come = below.send("POST", "/pf/login", fields)
        assert (come.status, come.headers["location"]) == (303, "/pf/problems")
        assert "path=/pf" in come.headers["set-cookie"].lower()
        assert below.send("GET", "/pf/account", cookie=come.cookie).status == 200
        assert below.send("GET", f"/pf/s/{publication.token}").status == 200
        assert below.send("GET", "/pf/k").status == 200


def test_a_deck_is_for_who_reaches_its_territory(server):
    """Every role on every address of a deck: made, shown, saved, and back to the live view."""
    from urllib.parse import quote

    new = f"/deck/new?territory={quote(two_districts.NORTH)}&period=2024"
    cookies = {login: sign_in(server, login).cookie for login in ("north-head", "chief", "north-department")}
    made = server.send("GET", new, cookie=cookies["north-head"])
    assert made.status == 303 and made.headers["location"].startswith("/deck/")
    deck = made.headers["location"]
    for path in (deck, deck + "?save=1"):
        for cookie in cookies.values():
            assert "Кедровая" in server.send("GET", path, cookie=cookie).text
        for login in ("south-department", "cedar", "oak"):
            server_side = server.send("GET", path, cookie=fresh(server, login))
            assert server_side.status == 404 and "Кедровая" not in server_side.text
        assert server.send("GET", path).status == 303
    assert server.send("GET", deck + "/live", cookie=fresh(server, "oak")).status == 404
    for login in ("cedar", "oak"):
        assert server.send("GET", new, cookie=fresh(server, login)).status == 403
    south = server.send("GET", new, cookie=fresh(server, "south-department"))
    if south.status == 303:  # what is not his own was read as his own
        text = server.send("GET", south.headers["location"], cookie=fresh(server, "south-department")).text
        assert "Кедровая" not in text and "Липовая" in text


def fresh(server: Server, login: str) -> str:
    """A cookie without a password: the doors of these accounts may be closed by the guessing above."""
    for version in range(1, 20):
        cookie = Cookies(key_of(server.secrets)).make(login, version)
        if enters(server, cookie):
            return cookie
    raise AssertionError(login)


NORTH_OFFICE, SOUTH_OFFICE, SCHOOLS = (
    ("chief", "north-department", "north-head"),
    ("south-department",),
    ("cedar", "oak"),
)
EVERYBODY = ("", *NORTH_OFFICE, *SOUTH_OFFICE, *SCHOOLS)


def everybody(stranger: int, office: int, school: int, south: int | None = None) -> dict[str, int]:
    """login -> status; empty: a stranger. ``south``: of the other municipality's office."""
    known = dict.fromkeys(NORTH_OFFICE, office) | dict.fromkeys(SCHOOLS, school)
    return {"": stranger, "south-department": office if south is None else south} | known


# method, path -> who is answered how
MATRIX = {
    ("GET", "/healthz"): everybody(200, 200, 200),
    ("GET", "/login"): everybody(200, 200, 200),
    ("POST", "/login"): everybody(403, 403, 403),  # without a password
    ("POST", "/login/demo"): everybody(404, 404, 404),
    ("GET", "/login/provider"): everybody(404, 404, 404),
    ("GET", "/login/provider/back"): everybody(404, 404, 404),
    ("GET", "/account"): everybody(303, 200, 200),
    ("POST", "/account"): everybody(401, 200, 200),
    ("GET", "/begin/{token}"): everybody(410, 410, 410),
    ("POST", "/begin/{token}"): everybody(410, 410, 410),
    ("GET", "/invitation/{token}"): everybody(410, 410, 410),
    ("POST", "/invitation/{token}"): everybody(410, 410, 410),
    ("GET", "/s/{token}"): everybody(200, 200, 200),
    ("GET", "/s/{token}/deck"): everybody(200, 200, 200),
    ("GET", "/k"): everybody(200, 200, 200),
    ("POST", "/k"): everybody(404, 404, 404),  # without a code
    ("GET", "/deck/new"): everybody(303, 303, 403),
    ("POST", "/deck/new"): everybody(401, 405, 405),
    ("GET", "/deck/{token}"): everybody(303, 200, 404, south=404),
    ("GET", "/deck/{token}/live"): everybody(303, 303, 404, south=404),
    ("GET", "/demonstration"): everybody(303, 404, 404),  # its address is named: none begins
    ("GET", "/f/{code}"): everybody(303, 200, 404, south=404),
    ("GET", "/overview"): everybody(303, 200, 200),
    ("POST", "/logout"): everybody(303, 303, 303),  # the last: it ends the session
}


def test_every_route_answers_every_role_as_it_should(server, folder):
    from urllib.parse import quote

    declared = {(m, r.path) for r in routes.routes("") for m in (r.methods or {"GET"}) - {"HEAD"}}
    assert declared <= set(MATRIX)
    new = f"/deck/new?territory={quote(two_districts.NORTH)}&period=2024"
    cookies = {login: fresh(server, login) if login else None for login in EVERYBODY}
    deck = server.send("GET", new, cookie=cookies["chief"]).headers["location"].removeprefix("/deck/")
    note = (folder.parent / "note").read_text()
    tokens = {"s": (folder.parent / "token").read_text(), "deck": deck, "invitation": "nobody-has-this"}
    for (method, path), expected in MATRIX.items():
        address = new if path == "/deck/new" else path.format(token=tokens.get(path.split("/")[1]), code=note)
        fields = {} if method == "POST" else None
        found = {login: server.send(method, address, fields, cookie=cookies[login]).status for login in EVERYBODY}
        assert found == expected, (method, path)
    refused = server.send("GET", new, cookie=fresh(server, "oak"))
    assert refused.status == 403 and "управление" in refused.text and "Кедровая" not in refused.text


def test_a_footnotes_code_leads_to_the_rows_of_its_figure(server, folder):
    reply = server.send("GET", f"/f/{(folder.parent / 'note').read_text().lower()}", cookie=fresh(server, "north-head"))
    told = reply.text.replace("\u00a0", " ")
    assert "Письмо организациям от 10.01.2025: 14 040 из 18 040 — 77,8 % при плане 80 %" in told, told
    assert "Сейчас число то же." in told
    assert "trace=1" in told and "level=basic" in told and "/documents?" in told
    assert server.send("GET", "/f/no-code", cookie=fresh(server, "north-head")).status == 404


def test_an_upload_needs_its_own_live_page(server):
    """A file for a session that is nobody's, or with a foreign token, is not kept."""
    cookie = sign_in(server, "north-head").cookie
    for session in ("nobody", "../../x", "%2e%2e"):
        reply = server.send("PUT", f"/_stcore/upload_file/{session}/f", {"a": "b"}, cookie=cookie)
        assert reply.status in (400, 403, 404, 405), reply.status


@pytest.mark.soak
def test_pages_that_differ_leave_nothing_behind(server):
    """Each address makes another page: none of them may stay in memory."""

    def ask(times):
        for number in range(times):
            assert server.send("GET", f"/login?next=/{number}{'x' * 4000}").status == 200

    ask(100)
    before = server.memory()
    ask(500)
    assert server.memory() - before < 5 * 1024 * 1024
