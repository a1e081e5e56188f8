"""Two servers of one shared store behind nginx: signed out on one is out on both; each program may be killed."""

from __future__ import annotations

import os
import signal
import time
from dataclasses import replace

import pytest
from shared_servers import MISSING, shared_servers

from proforient.demo.districts import GORNY

pytestmark = [pytest.mark.soak, pytest.mark.skipif(MISSING is not None, reason=str(MISSING))]
PATIENCE = 60  # seconds for a program to come back on a busy machine


def until(condition, seconds):
    """How long it took; fails where it takes longer."""
    begun = time.monotonic()
    while not condition():
        assert time.monotonic() - begun < seconds
        time.sleep(0.05)
    return time.monotonic() - begun


def test_two_servers_behind_nginx_one_store():
    with shared_servers(territory=GORNY) as running:
        first, second = running.servers
        cookie = first.cookie()
        assert [server.send("GET", "/account", cookie=cookie).status for server in running.servers] == [200, 200]
        assert first.send("POST", "/logout", {}, cookie=cookie).status in (200, 303)
        took = until(lambda: second.send("GET", "/account", cookie=cookie).status == 303, 2)
        print(f"\nsigned out on the other server after {took:.2f} s")
        healthy = [server.health() for server in running.servers]
        assert [code for code, _ in healthy] == [200, 200], healthy
        # PostgreSQL is killed: told, and all comes back by itself
        running.database.kill()
        until(lambda: first.health()[0] != 200, PATIENCE)
        running.database.start()
        took = until(lambda: all(s.health()[0] == 200 for s in running.servers), PATIENCE)
        print(f"back {took:.2f} s after PostgreSQL")
        # a server is killed: nginx passes its people on
        front = replace(second, address=running.address)
        os.kill(first.process.pid, signal.SIGKILL)
        took = until(lambda: front.send("GET", "/healthz").status == 200, 10)
        print(f"the other serves after {took:.2f} s")
        assert all(front.send("GET", "/login").status == 200 for _ in range(10))
