"""Starts the real server for tests that need one: its own folder, its own port, ended with the test."""

from __future__ import annotations

import contextlib
import fcntl
import http.client
import io
import json
import logging
import os
import re
import resource
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import large_district
import pytest

from proforient.access.cookies import NAME, Cookies, key_of
from proforient.commands import line

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "data"  # files that the commands import
PATIENCE = 90  # seconds for a start on a busy machine


@dataclass
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes
    cookies: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return self.body.decode().replace("\u00a0", " ").replace("\u2060", "")

    @property
    def cookie(self) -> str | None:
        """The session that the answer begins."""
        found = re.search(rf"{NAME}=([^;]+)", self.headers.get("set-cookie", ""))
        return found[1].strip('"') or None if found else None

    @property
    def set_cookies(self) -> dict[str, str]:
        """Every cookie that the answer sets."""
        return dict(re.findall(r"^(\w+)=([^;]+)", "\n".join(self.cookies), re.M))


@dataclass
class Server:
    address: str
    process: subprocess.Popen
    log: Path
    secrets: Path

    def cookie(self, login: str = "demo-administrator", version: int = 1) -> str:
        """A session of that account, as the sign-in would begin it."""
        return Cookies(key_of(self.secrets)).make(login, version)

    def sign_in(self, context: Any, login: str = "demo-administrator") -> None:
        """The browser's ``context`` (of Playwright) is then signed in as that account."""
        session = {"name": NAME, "value": self.cookie(login), "url": self.address, "httpOnly": True}
        context.add_cookies([session])

    def ask(self, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        """Status, headers (lower case) and the bytes as they came over the wire, as the administrator."""
        headers.setdefault("cookie", f"{NAME}={self.cookie()}")
        request = urllib.request.Request(
            self.address + path, headers={name.replace("_", "-"): value for name, value in headers.items()}
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status, {k.lower(): v for k, v in answer.headers.items()}, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, {k.lower(): v for k, v in error.headers.items()}, error.read()

    def send(
        self, method: str, path: str, fields: Mapping[str, str] | None = None, *, cookie: str | None = None, **more: str
    ) -> Reply:
        """One request as a browser would send it from our own page, redirects not followed; None: no cookie."""
        headers = {"origin": self.address, "sec-fetch-site": "same-origin", "accept": "text/html"}
        headers |= {name.replace("_", "-"): value for name, value in more.items()}
        if cookie:
            headers["Cookie"] = cookie if "=" in cookie else f"{NAME}={cookie}"
        body = urlencode(fields) if fields is not None else None
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = http.client.HTTPConnection(self.address.removeprefix("http://"), timeout=30)
        try:
            connection.request(method, path, body, {k: v for k, v in headers.items() if v})
            answer = connection.getresponse()
            headers, cookies = answer.getheaders(), answer.headers.get_all("set-cookie") or ()
            return Reply(answer.status, {k.lower(): v for k, v in headers}, answer.read(), tuple(cookies))
        finally:
            connection.close()

    def health(self) -> tuple[int, dict]:
        status, _, body = self.ask("/healthz")
        return status, json.loads(body)

    def memory(self) -> int:
        """Resident bytes of the server's process."""
        for row in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if row.startswith("VmRSS:"):
                return int(row.split()[1]) * 1024
        raise AssertionError("the process has ended")

    def cpu(self) -> float:
        """Seconds of processor time that the server's process has used."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def environment(folder: Path, **more: str) -> dict[str, str]:
    """The environment of a program that works in ``folder`` and knows nothing of ours."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("PROFORIENT_", "STREAMLIT_"))}
    return (
        own
        | {
            "PROFORIENT_DATA": str(folder),
            "PROFORIENT_SECRETS": str(folder.with_name("secrets")),
            "PROFORIENT_MODE": "demo",
            "HOST": "127.0.0.1",
        }
        | more
    )


@contextmanager
def serve(
    folder: Path,
    *,
    script: Path = ROOT / "app.py",
    options: Mapping[str, str] | None = None,
    port: int | None = None,
    files: int | None = None,
    **env: str,
) -> Iterator[Server]:
    """``streamlit run`` on ``port`` or a free one until the block ends; ready when it answers at all.

    ``files``: how many open files the system allows it.
    """
    port = port or free_port()
    log = folder.parent / f"{folder.name}-{port}.log"
    flags = {"server.port": str(port), "server.address": "127.0.0.1", **(options or {})}
    arguments = [part for name, value in flags.items() for part in (f"--{name}", value)]
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", str(script), *arguments],
            cwd=ROOT,
            env=environment(folder, PORT=str(port), **env),
            stdout=output,
            stderr=subprocess.STDOUT,
            preexec_fn=partial(resource.setrlimit, resource.RLIMIT_NOFILE, (files, files)) if files else None,
        )
    secrets = Path(env.get("PROFORIENT_SECRETS") or folder.with_name("secrets"))
    server = Server(f"http://127.0.0.1:{port}", process, log, secrets)
    try:
        wait_until_it_answers(server, (options or {}).get("server.baseUrlPath", ""))
        yield server
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_until_it_answers(server: Server, below: str = "") -> None:
    """``/_stcore/health`` is 200 as soon as Streamlit takes requests, whatever our own health is."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        assert server.process.poll() is None, server.log.read_text("utf-8", "replace")
        try:
            if server.ask(f"{'/' if below else ''}{below}/_stcore/health")[0] == 200:
                return
        except OSError:
            pass
        time.sleep(0.1)
    raise AssertionError("the server did not start:\n" + server.log.read_text("utf-8", "replace"))


def fill_with_demonstration(folder: Path) -> Path:
    """``folder`` then holds the demonstration data; one run of the tests makes them once and copies them."""
    return _once(folder, "demonstration", _filled)


def _once(folder: Path, name: str, make: Callable[[Path], Path]) -> Path:
    """Made once for a run of the tests, or for all runs that are given ``TEST_STORES``, as those of `make test` are."""
    given = os.environ.get("TEST_STORES")
    run = Path(given) if given else next((p for p in folder.parents if re.fullmatch(r"pytest-\d+", p.name)), None)
    if run is None:
        return make(folder)
    run.mkdir(parents=True, exist_ok=True)
    kept = run / name
    with (run / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            make(run / f"{name}-in-the-making").rename(kept)
    return Path(shutil.copytree(kept, folder))


def fill_with_large_district(folder: Path) -> Path:
    """The same with the district of real size of ``large_district``."""
    return _once(folder, "large-district", _filled_large)


def _filled_large(folder: Path) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment(folder, PROFORIENT_MODE="").items():
            patch.setenv(name, value)
        large_district.fill(_command, folder.with_name(f"{folder.name}-files"))
    return folder


def _command(*arguments: object) -> None:
    logger = logging.getLogger("proforient")
    before = list(logger.handlers)
    said = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        code = line.main([str(part) for part in arguments])
    logger.handlers[:], logger.propagate = before, True
    said.flush()
    assert code == 0, (arguments, said.buffer.getvalue().decode())


def _filled(folder: Path) -> Path:
    """Run the command that a user would run."""
    made = subprocess.run(
        [sys.executable, "-m", "proforient", "demo"],
        cwd=ROOT,
        env=environment(folder),
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stdout + made.stderr
    return folder
