"""``run``: serves the pages until it is stopped, with the demonstration where nothing else is said."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from contextlib import suppress
from typing import NoReturn
from urllib.parse import urlsplit

from proforient.commands import channel
from proforient.commands.call import DONE, REFUSED, WRONG, Command, Desk, Outcome
from proforient.errors import StoreBusy
from proforient.settings import ROOT, Settings, refuse_unsafe
from proforient.store.connect import FILE_NAME

DEMO = "demo"
UNFINISHED = "demonstration.unfinished"  # file in the data folder while the demonstration is written


def run(desk: Desk, given: argparse.Namespace) -> Outcome:
    """This process becomes the server's. StoreBusy where one serves the folder already; Refused, WrongCall."""
    settings = desk.settings
    refuse_unsafe(settings)
    if channel.running(settings):
        raise StoreBusy(
            f"Папку {settings.data} уже обслуживает запущенная программа. Откройте её или остановите и повторите run."
        )
    environment = os.environ | {"PROFORIENT_MODE": settings.mode or DEMO}
    if environment["PROFORIENT_MODE"] == DEMO and not _filled(settings, environment):
        return Outcome(code=WRONG)
    desk.say(f"Откройте http://{settings.host}:{settings.port}  (остановить: Ctrl+C)")
    return _become(settings, environment)


def _filled(settings: Settings, environment: dict[str, str]) -> bool:
    """Whether the demonstration is there, or now is: what was broken off in the middle is gone on with."""
    unfinished = settings.data / UNFINISHED
    again = unfinished.exists()
    if (settings.data / FILE_NAME).exists() and not again:
        return True
    with suppress(OSError):  # where nothing can be written the command says so itself
        settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        unfinished.touch()
    # In a process of its own: whoever opened the store here would hold it while the server starts.
    filled = subprocess.run([sys.executable, "-m", "proforient", "demo"], env=environment, check=False)
    if filled.returncode == DONE or (again and filled.returncode == REFUSED):  # it was whole but for the note
        unfinished.unlink(missing_ok=True)
        return True
    return False


def _become(settings: Settings, environment: dict[str, str]) -> NoReturn:
    served = {
        "--server.port": str(settings.port),
        "--server.address": settings.host,
        "--server.baseUrlPath": urlsplit(settings.address).path.strip("/"),
    }
    options = [part for name, value in served.items() if value for part in (name, value)]
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py"), *options]
    os.execve(sys.executable, command, environment)  # noqa: S606  # this program itself


COMMANDS = (
    Command(
        name="run",
        does="открыть программу в браузере этого компьютера; без PROFORIENT_MODE — с данными для демонстрации",
        run=run,
        arguments=(),
        needs="nothing",
    ),
)
