"""The demonstration that a click begins beside one's own district: what it is told, for whom it is, how it ends."""

from __future__ import annotations

import json
import sys
import time
import urllib.request
from contextlib import suppress
from dataclasses import replace

import pytest

from proforient.access.roles import Person, Role
from proforient.errors import Refused
from proforient.settings import read_settings
from proforient.web import beside

# Stands for the other server: it tells what it was told.
OTHER = """
import json, os
from http.server import BaseHTTPRequestHandler, HTTPServer
class Told(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers(); self.wfile.write(json.dumps(dict(os.environ)).encode())
HTTPServer(("127.0.0.1", int(os.environ["PORT"])), Told).serve_forever()
"""


@pytest.fixture
def own(tmp_path):
    return read_settings({"PROFORIENT_DATA": str(tmp_path / "mine"), "PROFORIENT_MODE": "production"})


def ask(port):
    end = time.monotonic() + 20
    while time.monotonic() < end:
        with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2) as found:
            return json.loads(found.read())
        time.sleep(0.02)
    raise AssertionError("it does not answer")


def test_it_is_told_nothing_of_the_own_district_and_ends_with_it(own, monkeypatch):
    for name in ("PROFORIENT_DATA", "PROFORIENT_SECRETS", "PROFORIENT_SMTP", "PROFORIENT_STORE", "STREAMLIT_X"):
        monkeypatch.setenv(name, "mine")
    one = beside.DemonstrationServer((sys.executable, "-c", OTHER))
    port = one.start(own)
    try:
        told = ask(port)
        assert one.start(own) == port, "a second click begins no second one"
    finally:
        one.stop()
    mine = {name: value for name, value in told.items() if name.startswith(("PROFORIENT_", "STREAMLIT_"))}
    assert mine == {
        "PROFORIENT_MODE": "demo",
        "PROFORIENT_DATA": str(own.data / "demonstration"),
        "PROFORIENT_SECRETS": str(own.data / "demonstration-keys"),
    }
    assert told["HOST"] == "127.0.0.1" and own.port < port
    with pytest.raises(OSError):
        urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=2)


def test_one_that_ends_at_once_says_where_it_is_told_why(own):
    one = beside.DemonstrationServer((sys.executable, "-c", "raise SystemExit('нет места')"))
    one.start(own)
    one._process.wait(20)
    with pytest.raises(Refused, match="сказано в файле"):
        one.start(own)
    assert "нет места" in (own.data / "demonstration" / "start.log").read_text("utf-8")


def test_it_is_offered_at_this_computer_alone_to_who_keeps_the_register_of_everything(own):
    chief = Person(login="admin", role=Role.ADMINISTRATOR)
    assert beside.offered(own, "localhost:8501", chief) and beside.offered(own, "127.0.0.1", chief)
    served = [
        (replace(own, address="https://prof.edu.example.ru"), "127.0.0.1", chief),
        (replace(own, demonstration="http://localhost:8502"), "127.0.0.1", chief),
        (replace(own, host="0.0.0.0"), "127.0.0.1", chief),
        (replace(own, mode="demo"), "127.0.0.1", chief),
        (own, "prof.edu.example.ru", chief),
        (own, "", chief),
        (own, "127.0.0.1", Person(login="one", role=Role.DEPARTMENT, territory="Край / Район")),
        (own, "127.0.0.1", Person(login="head", role=Role.HEAD)),
        (own, "127.0.0.1", Person(login="school", role=Role.ORGANISATION, organisation="s1")),
    ]
    assert not any(beside.offered(*asked) for asked in served)
