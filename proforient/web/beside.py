"""The demonstration one click away: a server of its own beside this one, with a folder, keys and port of its own.

Only where the program is served to this computer alone: whoever asks sits at it, and nobody else reaches the other
server. It begins when it is asked for and ends with this one; nothing of one's own is handed to it.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from proforient.access.roles import Deed, Person
from proforient.commands import channel
from proforient.errors import ProforientError, Refused
from proforient.settings import PACKAGE, Settings, is_loopback, read_settings
from proforient.web import people, plain
from proforient.web.fonts import base
from proforient.web.gate import cookie_of
from proforient.web.running import running

PATH = "/demonstration"
FOLDER, KEYS = "demonstration", "demonstration-keys"  # in the data folder; no copy of the store takes them along
PORT_FILE, LOG_FILE = "port", "start.log"
COMMAND = (sys.executable, "-m", "proforient", "run")
LOOK = 2  # seconds between two looks whether it answers
PATIENCE = 5.0  # seconds that it is given to end


class DemonstrationServer:
    """The one process; ``command`` serves what its environment says."""

    def __init__(self, command: tuple[str, ...] = COMMAND) -> None:
        self._command = command
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, settings: Settings) -> int:
        """Its port; what runs already is not begun again. Refused where it ended at once or nothing can be written."""
        folder = settings.data / FOLDER
        with self._lock:
            if self._process is None and not channel.running(_own_settings(settings, 1)):
                self._begin(settings, folder)
            if self._process is not None and self._process.poll() is not None:
                self._process = None
                raise Refused(f"Демонстрация не запустилась. Почему, сказано в файле {folder / LOG_FILE}.")
            return int((folder / PORT_FILE).read_text("ascii"))

    def _begin(self, settings: Settings, folder: Path) -> None:
        port = _free_port(settings.port + 1)
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            (folder / PORT_FILE).write_text(str(port), "ascii")
            with (folder / LOG_FILE).open("wb") as log:
                self._process = subprocess.Popen(  # noqa: S603  # this program itself
                    self._command,
                    env=environment(settings, port),
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,  # ended by this server, with what it has begun itself
                )
        except OSError as error:
            raise Refused(f"Демонстрацию не записать в папку {folder}: {error.strerror}.") from error

    def stop(self) -> None:
        with self._lock:
            process, self._process = self._process, None
        if process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()


DEMONSTRATION = DemonstrationServer()


def environment(settings: Settings, port: int) -> dict[str, str]:
    """What the other server is told: nothing of this one but where its folder lies."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("PROFORIENT_", "STREAMLIT_"))}
    return own | {
        "PROFORIENT_MODE": "demo",
        "PROFORIENT_DATA": str(settings.data / FOLDER),
        "PROFORIENT_SECRETS": str(settings.data / KEYS),
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "PYTHONPATH": os.pathsep.join(filter(None, (str(PACKAGE.parent), os.environ.get("PYTHONPATH")))),
    }


def _own_settings(settings: Settings, port: int) -> Settings:
    return read_settings(environment(settings, port))


def _free_port(wanted: int) -> int:
    for port in (wanted if wanted < 65536 else 0, 0):
        with socket.socket() as found, suppress(OSError):
            found.bind(("127.0.0.1", port))
            return int(found.getsockname()[1])
    raise Refused("Свободного порта нет. Закройте лишние программы и повторите.")


def offered(settings: Settings, host: str, person: Person) -> bool:
    """Whether a click begins it: in production, at this very computer, for who keeps the register of everything.

    ``host``: by which name the browser has come.
    """
    alone = not settings.address and not settings.demonstration  # nobody has named where either is served
    here = settings.signs_in and settings.loopback and alone and not settings.read_only
    name = urlsplit(f"//{host}").hostname or ""
    return here and is_loopback(name) and person.may(Deed.REGISTER) and person.reaches(None)


async def demonstration(request: Request) -> Response:
    """Begins it, says so until it answers, and leads there."""
    try:
        opened = await run_in_threadpool(running().open)
        person = await run_in_threadpool(people.person_by, opened, cookie_of(request.headers))
        host = request.headers.get("host", "")
        foreign = request.headers.get("sec-fetch-site") in ("cross-site", "same-site")
        if person is None or foreign or not offered(opened.settings, host, person):
            return plain.nothing_here(f"{base()}/")
        port = await run_in_threadpool(DEMONSTRATION.start, opened.settings)
        if await run_in_threadpool(_answers, port):
            # Browsers keep sign-ins apart by the name of the host, not by its port.
            name = "127.0.0.1" if urlsplit(f"//{host}").hostname == "localhost" else "localhost"
            return RedirectResponse(f"http://{name}:{port}/", status_code=303, headers={"cache-control": "no-store"})
    except ProforientError as error:
        return plain.answer(503, "Демонстрация не открылась", str(error))
    text = "В первый раз это занимает до минуты: записываются числа выдуманного района. Страница откроется сама."
    answered = plain.answer(200, "Готовим демонстрацию…", text)
    answered.headers["refresh"] = str(LOOK)
    return answered


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=LOOK) as found:
            return bool(found.status == 200)
    except (urllib.error.URLError, OSError):
        return False
