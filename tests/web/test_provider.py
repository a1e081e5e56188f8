"""Sign-in through a real OpenID Connect provider, run here by node from npm; without them the test says so."""

from __future__ import annotations

import html
import http.cookiejar
import re
import shutil
import subprocess
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

import pytest
import two_districts
from serving import Server, free_port, serve

from proforient.access.cookies import NAME

HERE = Path(__file__).parents[1] / "data" / "oidc"
EMAIL = "metodist@north.example"

pytestmark = [pytest.mark.xdist_group("provider"), pytest.mark.soak]


@pytest.fixture(scope="module")
def packages(tmp_path_factory):
    """A folder with the provider and what it needs, by the versions and hashes of the lock file."""
    if not shutil.which("node") or not shutil.which("npm"):
        pytest.skip("OpenID Connect was not tried: there is no node or npm")
    folder = tmp_path_factory.mktemp("provider")
    for file in HERE.iterdir():
        shutil.copy(file, folder)
    done = subprocess.run(
        ["npm", "ci", "--no-audit", "--no-fund"], cwd=folder, capture_output=True, text=True, timeout=120, check=False
    )
    if done.returncode != 0:
        pytest.skip("OpenID Connect was not tried: npm cannot be reached")
    return folder


@pytest.fixture(scope="module")
def server(packages, tmp_path_factory):
    folder = tmp_path_factory.mktemp("oidc") / "data"
    store = two_districts.make(folder)
    with store.write("test", based_on=None, figures=False) as writer:
        writer.run("UPDATE account SET email = $email WHERE login = 'north-department'", {"email": EMAIL})
    store.close()
    keys = folder.with_name("secrets")
    keys.mkdir(mode=0o700)
    own, port = free_port(), free_port()
    text = (
        f'issuer = "http://127.0.0.1:{port}"\nclient_id = "proforient"\nclient_secret = "a-secret-of-the-test-only"\n'
    )
    (keys / "oidc.toml").write_text(text, "utf-8")
    (keys / "oidc.toml").chmod(0o600)
    back = f"http://127.0.0.1:{own}/login/provider/back"
    process = subprocess.Popen(
        ["node", "provider.mjs", str(port), back], cwd=packages, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    try:
        assert process.stdout and b"ready" in process.stdout.readline()
        with serve(folder, port=own, PROFORIENT_MODE="production") as running:
            yield running
    finally:
        process.kill()
        process.wait()


class Visitor:
    """A browser without scripts: keeps cookies, follows redirects, sends the forms that it is shown."""

    def __init__(self) -> None:
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def open(self, address: str, fields: dict[str, str] | None = None) -> tuple[str, str]:
        data = urllib.parse.urlencode(fields).encode() if fields else None
        try:
            with self.opener.open(address, data, timeout=30) as answer:
                return answer.url, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.url, error.read().decode()

    def sign_in(self, server: Server, login: str, where: str = "") -> tuple[str, str]:
        """Through the provider's own pages, its question of consent included."""
        address, page = self.open(f"{server.address}/login/provider?next={urllib.parse.quote(where)}")
        for _ in range(4):
            form = re.search(r'<form[^>]* action="([^"]+)"', page)
            if form is None or server.address in address:
                break
            fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', page))
            if 'name="login"' in page:
                fields |= {"login": login, "password": "anything"}
            address, page = self.open(urllib.parse.urljoin(address, html.unescape(form[1])), fields)
        return address, page

    @property
    def session(self) -> str | None:
        return next((c.value for c in self.jar if c.name == NAME and c.value), None)


def test_a_verified_address_of_an_account_comes_in_and_lands_where_it_wanted(server):
    visitor = Visitor()
    address, _ = visitor.sign_in(server, EMAIL, "/problems?period=2024")
    assert address == f"{server.address}/problems?period=2024"
    assert server.send("GET", "/account", cookie=visitor.session).status == 200
    assert "north-department" not in address
    assert not any(c.name == "proforient_provider" and c.path == "/" for c in visitor.jar)


def test_an_address_without_an_account_does_not(server):
    visitor = Visitor()
    address, page = visitor.sign_in(server, "stranger@north.example")
    assert "/login/provider/back" in address and "Учётной записи нет" in page.replace("\u00a0", " ")
    assert visitor.session is None


def test_an_address_that_the_provider_has_not_verified_does_not(server):
    visitor = Visitor()
    visitor.sign_in(server, f"unsure-{EMAIL}")
    assert visitor.session is None


def test_an_answer_that_nobody_asked_for_is_refused(server):
    for query in ("code=x&state=y", "", "error=access_denied&state=y"):
        reply = server.send("GET", f"/login/provider/back?{query}")
        assert reply.status == 502 and reply.cookie is None, query


def test_an_answer_to_somebody_else_is_refused(server):
    """Login cross-site forgery: the attacker's code in the victim's browser has no state there."""
    attacker = Visitor()
    begun, _ = attacker.open(f"{server.address}/login/provider")
    assert "/interaction/" in begun
    assert server.send("GET", "/login/provider/back?code=stolen&state=guessed").status == 502


def test_the_form_offers_it_as_a_link(server):
    page = server.send("GET", "/login?next=/problems").text
    assert 'href="/login/provider?next=/problems"' in page and "Войти через провайдера" in page


@pytest.mark.soak
def test_a_provider_that_is_away_is_said_plainly(server, tmp_path):
    folder = tmp_path / "data"
    two_districts.make(folder).close()
    keys = folder.with_name("secrets")
    keys.mkdir(mode=0o700)
    text = f'issuer = "http://127.0.0.1:{free_port()}"\nclient_id = "p"\nclient_secret = "s"\n'
    (keys / "oidc.toml").write_text(text, "utf-8")
    (keys / "oidc.toml").chmod(0o600)
    with serve(folder, PROFORIENT_MODE="production") as away:
        assert away.send("GET", "/login/provider").status == 502
        (keys / "oidc.toml").chmod(0o644)
        assert away.send("GET", "/login").status == 503  # a secret that others can read is not used
