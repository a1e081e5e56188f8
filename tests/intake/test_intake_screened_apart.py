"""A long file's checks in a process of their own give what they give here, tell how far they are, and may die."""

from __future__ import annotations

import subprocess

import pytest
from intake_files import catalogue, good, known, text

from proforient.errors import Refused
from proforient.intake import screened_apart
from proforient.intake.read import read_bytes
from proforient.intake.screen import screen
from proforient.intake.screened_apart import screen_apart


def reading(rows: int = 400):
    return read_bytes("файл.csv", text(*(good(numerator=n % 50) for n in range(rows))).encode())


def test_it_gives_what_is_given_here_and_says_how_far_it_is():
    said: list[float] = []
    apart = screen_apart(reading(), catalogue(), known(), say=said.append)
    assert apart == screen(reading(), catalogue(), known())
    assert apart.findings and apart.set_aside is not None
    assert said == sorted(said) and said[-1] == pytest.approx(1.0) and len(said) > 5


def test_a_process_that_takes_too_long_is_ended_and_said_so(monkeypatch):
    monkeypatch.setattr(screened_apart, "SECONDS", 0.001)
    with pytest.raises(Refused, match="разделите"):
        screen_apart(reading(), catalogue(), known())


def test_a_process_that_never_began_is_said_so(monkeypatch):
    monkeypatch.setattr(screened_apart.sys, "executable", "/bin/false")
    with pytest.raises(Refused, match="ещё раз"):
        screen_apart(reading(), catalogue(), known())


def test_whoever_leaves_the_page_leaves_no_process_behind(monkeypatch):
    begun: list[subprocess.Popen[bytes]] = []

    class Noted(subprocess.Popen):
        def __init__(self, *args, **more):
            super().__init__(*args, **more)
            begun.append(self)

    def leave(_done: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(subprocess, "Popen", Noted)
    with pytest.raises(KeyboardInterrupt):
        screen_apart(reading(), catalogue(), known(), say=leave)
    assert begun[0].returncode is not None
