"""``run``: serves the pages until it is stopped, with the demonstration where nothing else is said."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from typing import NoReturn
from urllib.parse import urlsplit

from proforient.commands import channel
from proforient.commands.call import DONE, WRONG, Command, Desk, Outcome
from proforient.errors import StoreBusy
from proforient.settings import ROOT, Settings, refuse_unsafe
from proforient.store.connect import FILE_NAME

DEMO = "demo"


def run(desk: Desk, given: argparse.Namespace) -> Outcome:
    """This process becomes the server's. StoreBusy where one serves the folder already; Refused, WrongCall."""
    settings = desk.settings
    refuse_unsafe(settings)
    if channel.running(settings):
        raise StoreBusy(
            f"Папку {settings.data} уже обслуживает запущенная программа. Откройте её или остановите и повторите run."
        )
    environment = os.environ | {"PROFORIENT_MODE": settings.mode or DEMO}
    if environment["PROFORIENT_MODE"] == DEMO and not (settings.data / FILE_NAME).exists():
        # In a process of its own: whoever opened the store here would hold it while the server starts.
        filled = subprocess.run([sys.executable, "-m", "proforient", "demo"], env=environment, check=False)
        if filled.returncode != DONE:
            return Outcome(code=WRONG)
    desk.say(f"Откройте http://{settings.host}:{settings.port}  (остановить: Ctrl+C)")
    return _become(settings, environment)


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
