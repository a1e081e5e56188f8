"""A PDF of an issued file by LibreOffice where it is installed: a profile of its own, no network, one at a time.

Where it is not installed the reason is told; the file itself is there all the same.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import threading
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from proforient.errors import Refused

SECONDS = 90  # seconds that one file may take
NOT_HERE = (
    "PDF не сделать: на этом компьютере нет LibreOffice. Откройте файл в Word и сохраните как PDF — или поставьте "
    "пакеты libreoffice-writer, libreoffice-impress и libreoffice-calc."
)
_TOO_LONG = f"LibreOffice не справился за {SECONDS} секунд. Файл остался; сохраните его как PDF в Word."
_NOTHING = "LibreOffice не сделал PDF из этого файла. Файл остался; сохраните его как PDF в Word."
# Nothing from outside is read, no macro runs, dates and decimal signs are Russian whatever the computer speaks.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks"
 oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution"
 oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>ru-RU</value>
</prop></item>
</oor:items>
"""
_one_at_a_time = threading.Lock()


def why_not() -> str:
    """Why no PDF can be made here; empty: it can."""
    return "" if _program() else NOT_HERE


def _program() -> str | None:
    return shutil.which("soffice") or shutil.which("libreoffice")


def as_pdf(data: bytes, ending: str) -> bytes:
    """The PDF of a file («docx», «pptx», «xlsx»). Refused where LibreOffice is missing, too slow or makes nothing."""
    return as_pdfs([data], ending)[0]


def as_pdfs(files: Sequence[bytes], ending: str) -> list[bytes]:
    """The PDF of each of several files of one kind: LibreOffice is started once."""
    program = _program()
    if program is None:
        raise Refused(NOT_HERE)
    with _one_at_a_time, tempfile.TemporaryDirectory(prefix="proforient-pdf-") as folder:
        home = Path(folder)
        given = [home / f"file{n}.{ending}" for n in range(len(files))]
        for path, data in zip(given, files, strict=True):
            path.write_bytes(data)
        profile = home / "profile" / "user"
        profile.mkdir(parents=True)
        (profile / "registrymodifications.xcu").write_text(_PROFILE, "utf-8")
        _run(
            [
                *_without_network(),
                program,
                f"-env:UserInstallation={profile.parent.as_uri()}",
                *("--headless", "--norestore", "--convert-to", "pdf", "--outdir", folder, *map(str, given)),
            ],
            folder,
        )
        made = [path.with_suffix(".pdf") for path in given]
        if not all(path.is_file() for path in made):
            raise Refused(_NOTHING)
        return [path.read_bytes() for path in made]


def _run(call: Sequence[str], folder: str) -> None:
    """Without this program's environment; whatever it has started ends with it. Refused where it is too slow."""
    work = subprocess.Popen(  # noqa: S603  # a program of the system, with no word of anybody's in its call
        call,
        cwd=folder,
        env={"PATH": os.defpath, "HOME": folder, "LANG": "C.UTF-8"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        work.wait(SECONDS)
    except subprocess.TimeoutExpired as error:
        raise Refused(_TOO_LONG) from error
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(work.pid, signal.SIGKILL)
        work.wait()


@cache
def _without_network() -> tuple[str, ...]:
    """What puts a program into a network of its own, which reaches nobody; nothing where the system has no such."""
    program = shutil.which("unshare")
    if program is None:
        return ()
    before = (program, "--map-root-user", "--net")
    tried = subprocess.run([*before, "true"], capture_output=True, check=False)  # noqa: S603  # the same
    return before if tried.returncode == 0 else ()


__all__ = ["as_pdf", "as_pdfs", "why_not"]
