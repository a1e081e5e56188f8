"""The first start is killed while it fills the demonstration."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest
from serving import (
    PATIENCE,
    ROOT,
    Server,
    environment,
    fill_with_demonstration,
    free_port,
    wait_until_it_answers,
)

from proforient.commands import serving


def test_a_demonstration_broken_off_is_gone_on_with_at_the_next_start(run, data, monkeypatch):
    """How the filling ends each time, and whether the program is served afterwards."""
    ends, begun, served = [-signal.SIGKILL, 0], [], []

    def fills(command, **_):
        begun.append(command[-1])
        (data / "proforient.duckdb").touch()
        return subprocess.CompletedProcess(command, ends.pop(0))

    monkeypatch.setenv("PROFORIENT_MODE", "demo")
    monkeypatch.setattr(serving.subprocess, "run", fills)
    monkeypatch.setattr(serving, "_become", lambda settings, _: served.append(settings) or serving.Outcome())
    assert run("run").code != 0 and not served
    assert run("run").code == 0 and len(served) == 1
    assert run("run").code == 0 and len(served) == 2
    assert begun == ["demo", "demo"], "what is whole is not filled again"
    assert [path.name for path in data.iterdir()] == ["proforient.duckdb"]


@pytest.mark.soak
@pytest.mark.parametrize("files", [0, 3, 15])
def test_a_demonstration_killed_after_some_files_is_whole_at_the_next_start(run, data, monkeypatch, files):
    port = free_port()
    env = environment(data, PROFORIENT_MODE="", PORT=str(port))
    with data.with_name("log").open("wb") as log:
        start = [sys.executable, "-m", "proforient", "run"]
        first = subprocess.Popen(start, cwd=ROOT, env=env, stdout=log, stderr=log, start_new_session=True)
        end = time.monotonic() + PATIENCE
        while not (data / "proforient.duckdb").exists() or len(list(data.glob("files/*"))) < files:
            assert first.poll() is None and time.monotonic() < end, data.with_name("log").read_text("utf-8")
            time.sleep(0.02)
        os.killpg(first.pid, signal.SIGKILL)
        first.wait()
        second = subprocess.Popen(start, cwd=ROOT, env=env, stdout=log, stderr=log, start_new_session=True)
        try:
            wait_until_it_answers(Server(f"http://127.0.0.1:{port}", second, data.with_name("log"), data))
        finally:
            os.killpg(second.pid, signal.SIGTERM)
            second.wait()
    assert run("verify").code == 0
    found = values_of(run)
    monkeypatch.setenv("PROFORIENT_DATA", str(fill_with_demonstration(data.with_name("whole"))))
    assert found == values_of(run)


def values_of(run):
    """How many numbers each period of the store holds."""
    codes = {period["code"] for period in run("period", "list", "--json").json()}
    return {code: len(run("values", "--period", code, "--json").json()) for code in codes}
