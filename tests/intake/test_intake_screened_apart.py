"""Checks in a process of their own give what they give here, tell how far they are, and may die."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from intake_files import catalogue, good, known, text

from proforient.errors import Refused
from proforient.intake import apart, own_process, screened_apart
from proforient.intake.own_process import read_isolated
from proforient.intake.read import read_bytes
from proforient.intake.screen import screen
from proforient.intake.screened_apart import screen_apart


def content(rows: int = 400) -> bytes:
    return text(*(good(numerator=n % 50) for n in range(rows))).encode()


def reading(rows: int = 400):
    return read_bytes("файл.csv", content(rows))


def children(of: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text("utf-8").rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == of and fields[0] != "Z":
            found.append(int(stat.parent.name))
    return found


def nursery() -> int:
    """The helper of this process."""
    apart.warm()
    return next(
        pid
        for pid in children(os.getpid())
        if b"proforient.intake.nursery" in Path(f"/proc/{pid}/cmdline").read_bytes()
    )


def wait_for(done):
    until = time.monotonic() + 20
    while not done():
        assert time.monotonic() < until
        time.sleep(0.02)


def test_it_gives_what_is_given_here_and_says_how_far_it_is():
    said: list[float] = []
    there = screen_apart(reading(), catalogue(), known(), say=said.append)
    assert there == screen(reading(), catalogue(), known())
    assert there.findings and there.set_aside is not None
    assert said == sorted(said) and said[-1] == pytest.approx(1.0) and len(said) > 5


def test_a_process_that_takes_too_long_is_ended_and_said_so(monkeypatch):
    monkeypatch.setattr(screened_apart, "SECONDS", 0.001)
    with pytest.raises(Refused, match=r"больше 0.001 секунд.*Разделите"):
        screen_apart(reading(5_000), catalogue(), known())
    monkeypatch.setattr(own_process, "WALL_SECONDS", 0.001)
    (found,) = read_isolated("файл.csv", content(50_000)).findings
    assert found.code == "file-too-large" and "больше 0.001 секунд" in found.message and "разделите" in found.to_do
    wait_for(lambda: not children(nursery()))


def test_a_process_that_is_killed_is_said_so(monkeypatch):
    def kill(_done: float) -> None:
        for pid in children(nursery()):
            os.kill(pid, signal.SIGKILL)

    with pytest.raises(Refused, match="ещё раз"):
        screen_apart(reading(20_000), catalogue(), known(), say=kill)


def test_a_helper_that_died_is_started_again():
    first = nursery()
    os.kill(first, signal.SIGKILL)
    wait_for(lambda: first not in children(os.getpid()))
    assert screen_apart(reading(), catalogue(), known()).rows_read == 401
    assert nursery() != first


def test_whoever_leaves_the_page_leaves_no_process_behind():
    def leave(_done: float) -> None:
        assert children(nursery())
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        screen_apart(reading(), catalogue(), known(), say=leave)
    wait_for(lambda: not children(nursery()))


def test_no_helper_outlives_its_program():
    code = (
        "from proforient.intake import apart; apart.warm(); print(apart._helper.pid, flush=True);"
        "import os; os.kill(os.getpid(), 9)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=apart.HOME, check=False, stdout=subprocess.PIPE)
    helper = Path(f"/proc/{int(done.stdout)}/cmdline")
    wait_for(lambda: not helper.exists() or b"nursery" not in helper.read_bytes())
