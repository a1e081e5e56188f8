"""A PostgreSQL of one's own for tests of the shared store: in a folder in /tmp, reached through a socket in it only."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

DEBIAN = Path("/usr/lib/postgresql")
NOBODY = "nobody"  # PostgreSQL does not run as root


def program(name: str) -> str | None:
    """Where PostgreSQL's program of that name is; Debian keeps it out of the usual path."""
    # order: the newest version last
    found = [shutil.which(name), *sorted(map(str, DEBIAN.glob(f"*/bin/{name}")), reverse=True)]
    return next((path for path in found if path), None)


MISSING = None if program("initdb") and program("pg_ctl") else "нет PostgreSQL: установите пакет postgresql"


class Postgres:
    """A running one; ``stop`` and ``start`` may be called again and again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._as = {"user": NOBODY, "group": "nogroup"} if os.getuid() == 0 else {}

    def dsn(self, database: str) -> str:
        """Makes the database where it is not there yet."""
        self.sql("postgres", f"CREATE DATABASE {database}", check=False)
        return f"host={self.folder} user=tests dbname={database} connect_timeout=2"

    def sql(self, database: str, statement: str, *, check: bool = True) -> str:
        command = [program("psql") or "psql", "-h", str(self.folder), "-U", "tests", "-d", database, "-qAtc", statement]
        return subprocess.run(command, capture_output=True, text=True, check=check).stdout.strip()

    def dump(self, database: str, file: Path) -> None:
        command = [program("pg_dump") or "pg_dump", "-h", str(self.folder), "-U", "tests", "-f", str(file), database]
        subprocess.run(command, check=True)

    def take(self, database: str, file: Path) -> None:
        """Fills an empty database with a dump."""
        command = [
            program("psql") or "psql",
            "-h",
            str(self.folder),
            "-U",
            "tests",
            "-d",
            database,
            "-q",
            "-f",
            str(file),
        ]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)

    def make(self) -> None:
        data = str(self.folder / "data")
        self._run("initdb", "-D", data, "-U", "tests", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")

    def make_here(self) -> None:
        """Makes and starts one in a folder that is there."""
        if os.getuid() == 0:
            shutil.chown(self.folder, NOBODY)
        self.make()
        self.start()

    def start_again(self) -> None:
        """Whether it runs or has ended by itself."""
        with suppress(subprocess.CalledProcessError):
            self.stop()
        self.start()

    def start(self) -> None:
        options = f"-k {self.folder} -c listen_addresses='' -c fsync=off -c max_connections=60"
        command = ("pg_ctl", "-D", str(self.folder / "data"), "-w", "-t", "60", "-o", options)
        for attempt in range(20):  # the children of one that was killed take their time to go
            try:
                return self._run(*command, "-l", str(self.folder / "log"), "start")
            except subprocess.CalledProcessError:
                if attempt == 19:
                    raise
                time.sleep(0.5)
        raise AssertionError

    def stop(self, mode: str = "immediate") -> None:
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-w", "-m", mode, "stop")

    def kill(self) -> None:
        """As the system kills a program that takes too much: nothing is said or written before."""
        os.kill(int((self.folder / "data" / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)

    def _run(self, name: str, *arguments: str) -> None:
        command = [program(name) or name, *arguments]
        subprocess.run(command, cwd=self.folder, check=True, stdout=subprocess.DEVNULL, **self._as)  # type: ignore[call-overload]


@contextmanager
def postgres() -> Iterator[Postgres]:
    """Runs for as long as the block."""
    folder = Path(tempfile.mkdtemp(prefix="proforient-pg-"))
    try:
        server = Postgres(folder)
        server.make_here()
        try:
            yield server
        finally:
            with suppress(subprocess.CalledProcessError):  # it may have been killed
                server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
