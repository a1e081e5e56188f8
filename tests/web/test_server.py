"""The real server in a process of its own: what it answers, what it says of its health, what it refuses."""

import re
import signal
import subprocess
import sys

import brotli
import pytest
from serving import ROOT, environment, serve

pytestmark = pytest.mark.xdist_group("server")


@pytest.fixture(scope="module")
def server(filled):
    with serve(filled) as running:
        yield running


def test_the_healthy_server_gives_version_and_schema(server):
    status, body = server.health()
    assert (status, body["status"]) == (200, "ok")
    assert re.fullmatch(r"\d+\.\d+\.\d+", body["version"])
    assert body["schema"] >= 1


def test_the_first_page_is_ours_at_every_address_of_the_program(server):
    for path in ("/", "/indicators?period=2025", "/nowhere"):
        status, headers, body = server.ask(path)
        assert status == 200
        assert '<html lang="ru"' in body.decode()
        assert "script-src 'self'" in headers["content-security-policy"]


def test_scripts_come_compressed_and_kept_for_ever(server):
    page = server.ask("/")[2].decode()
    script = next(path for path in re.findall(r'href="\.(/static/js-[^"]+)"', page) if "react-dom" in path)
    _, plain, whole = server.ask(script, accept_encoding="identity")
    _, packed, less = server.ask(script, accept_encoding="br")
    assert packed["content-encoding"] == "br"
    assert brotli.decompress(less) == whole
    assert len(less) * 2 < len(whole)
    assert "immutable" in plain["cache-control"]


def test_the_own_style_sheet_and_fonts_are_served(server):
    assert b".pf" in server.ask("/app/static/proforient.css")[2]
    for name in ("golos-cyrillic.woff2", "golos-latin.woff2", "marks.woff2"):
        status, headers, body = server.ask(f"/app/static/{name}")
        assert (status, headers["content-type"], body[:4]) == (200, "font/woff2", b"wOF2"), name


def test_what_streamlit_would_let_every_site_read_is_kept_to_this_one(server):
    assert "access-control-allow-origin" not in server.ask("/app/static/logo.svg")[1]


def test_nothing_outside_the_static_folder_is_served(server):
    for path in ("/app/static/../style.py", "/app/static/%2e%2e/style.py", "/app/static//etc/passwd"):
        status, _, body = server.ask(path)
        assert b"def sheet" not in body
        assert b"root:" not in body
        assert status in (200, 400, 404)


def test_a_damaged_store_is_answered_with_503_and_the_reason_and_left_as_it_is(tmp_path):
    folder = tmp_path / "data"
    folder.mkdir(mode=0o700)
    file = folder / "proforient.duckdb"
    file.write_bytes(b"not a database" * 1000)
    with serve(folder) as running:
        status, body = running.health()
    assert status == 503
    assert re.search("[а-я]{4,}", body["reason"])
    assert "schema" not in body
    assert file.read_bytes() == b"not a database" * 1000


def test_refuses_to_start_where_others_could_reach_the_demonstration(tmp_path):
    started = subprocess.run(
        [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", "0", "--server.address", "0.0.0.0"],
        cwd=ROOT,
        env=environment(tmp_path / "data"),
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert started.returncode != 0
    assert "HOST=127.0.0.1" in (started.stdout + started.stderr).decode()


@pytest.mark.soak
def test_a_second_server_on_the_same_folder_says_that_it_is_taken_and_the_first_goes_on(server, filled):
    with serve(filled) as second:
        status, body = second.health()
    assert status == 503
    assert str(server.process.pid) in body["reason"]
    assert server.health()[0] == 200


@pytest.mark.parametrize("times", [1, pytest.param(2, marks=pytest.mark.soak)])
def test_the_server_ends_cleanly_and_lets_go_of_the_store(tmp_path, times):
    for _ in range(times):
        with serve(tmp_path / "data") as running:
            assert running.health()[0] == 200
        assert running.process.returncode in (0, -signal.SIGTERM)  # uvicorn ends by the signal that it got
    assert not list((tmp_path / "data").glob("*.wal"))
