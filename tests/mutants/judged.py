"""One mutant at a time is put into a copy of the program, and the tests that reach its room are run on it."""

from __future__ import annotations

import importlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

NOT_RUN = "not browser and not soak and not slow"
PASSED = 0
LOADED = ("argon2", "duckdb", "hypothesis", "numpy", "pandas", "plotly", "pyarrow.compute", "pytest", "streamlit")


def copied(root: Path, to: Path) -> None:
    """What the repository holds, as it stands in the working tree."""
    shutil.rmtree(to, ignore_errors=True)
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=root, capture_output=True, check=True)
    for name in listed.stdout.decode().splitlines():
        if (root / name).is_file():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(root / name, to / name)


def loaded_ahead() -> None:
    """What every run loads and no mutant changes is loaded once: each run is then a fork of this process."""
    for name in LOADED:
        importlib.import_module(name)


def passes(tree: Path, tests: Sequence[str], seconds: float, log: Path) -> bool:
    """Whether all of these tests pass; whatever takes longer than ``seconds`` has failed."""
    child = os.fork()
    if child == 0:
        _run(tree, tests, log)
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status) == PASSED
        time.sleep(0.05)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return False


def _run(tree: Path, tests: Sequence[str], log: Path) -> None:
    """In the child: never returns."""
    code = 3
    try:
        os.setsid()
        os.chdir(tree)
        out = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        for stream in (1, 2):
            os.dup2(out, stream)
        sys.dont_write_bytecode = True
        os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
        sys.path[:] = [str(tree), *(p for p in sys.path if p not in ("", str(Path.cwd())) and "/mutants" not in p)]
        import pytest

        code = int(pytest.main(["-x", "-q", "-p", "no:cacheprovider", "-m", NOT_RUN, *tests]))
        sys.stdout.flush()
    finally:
        os._exit(code)
