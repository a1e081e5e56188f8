"""The package: a wheel of this checkout, put into an empty environment, runs the demonstration from any folder."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import sysconfig
import venv
import zipfile

import pytest
from serving import ROOT, free_port
from test_readme import answers

TOP = ("app.py", "indicators.toml", "requirements.txt", ".streamlit/config.toml")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    made = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(made, cwd=ROOT, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_all_that_the_program_reads(wheel):
    held = {name for name in zipfile.ZipFile(wheel).namelist() if not name.startswith("proforient-")}
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "proforient", "pages", *TOP],
        cwd=ROOT, check=True, capture_output=True, text=True,
    ).stdout.split("\0")  # fmt: skip
    kept = {name if name.startswith("proforient/") else f"proforient/shipped/{name}" for name in listed if name}
    assert held == kept


def own_environment(folder, wheel):
    """An environment with the wheel and nothing else, which borrows the libraries of the one that runs the tests."""
    venv.create(folder, with_pip=False)
    inside = next(folder.glob("lib/python*/site-packages"))
    (inside / "libraries.pth").write_text(sysconfig.get_paths()["purelib"] + "\n", "utf-8")
    return install(folder, "--no-deps", "--no-index", str(wheel))


def new_environment(folder, wheel):
    """An environment in which everything is installed anew, each file by its digest in the lock."""
    venv.create(folder, with_pip=False)
    install(folder, "--require-hashes", "--only-binary", ":all:", "-r", str(ROOT / "requirements.lock"))
    return install(folder, "--no-index", str(wheel))  # with its dependencies: they are all there


def install(folder, *what):
    call = [sys.executable, "-m", "pip", "--python", str(folder / "bin" / "python"), "--quiet", "install", *what]
    subprocess.run(call, check=True, capture_output=True)
    return folder / "bin" / "proforient"


@pytest.mark.parametrize(
    "installed",
    [
        pytest.param(own_environment, marks=pytest.mark.soak),
        pytest.param(new_environment, marks=[pytest.mark.soak, pytest.mark.slow]),
    ],
)
def test_it_runs_the_demonstration_where_it_is_installed(wheel, installed, tmp_path):
    program = installed(tmp_path / "environment", wheel)
    home, port = tmp_path / "home", free_port()
    home.mkdir()
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PROFORIENT_", "STREAMLIT_", "PYTHON", "XDG_"))}
    env = kept | {"HOME": str(home), "PORT": str(port)}

    def called(*arguments):
        return subprocess.run(
            [program, *arguments], cwd=home, env=env, capture_output=True, text=True, check=False, timeout=120
        )

    with (tmp_path / "log").open("w+b") as log:
        process = subprocess.Popen([program, "run"], cwd=home, env=env, stdout=log, stderr=subprocess.STDOUT)
        try:
            assert answers(f"http://127.0.0.1:{port}/healthz", process, log)["status"] == "ok"
            told = json.loads(called("doctor", "--json").stdout)
            wrong = called("run", "--twice")
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(60)
    assert told["ready"], told["troubles"]
    assert told["data"] == str(home / ".local/share/proforient")
    assert "/environment/lib/" in told["catalogue"] and told["seams"] == []
    assert wrong.returncode == 2 and wrong.stderr.endswith("\nТак: proforient run\n")


def test_what_is_installed_has_a_digest_and_a_reason():
    """Each line of the list says what for; the locks hold the same versions, each with digests."""
    wanted = pins((ROOT / "requirements.txt").read_text("utf-8"))
    tests = pins((ROOT / "tests" / "requirements.txt").read_text("utf-8"))
    lines = (ROOT / "requirements.txt").read_text("utf-8").splitlines()
    assert [line for line in lines if "==" in line and not re.search(r"  # \w", line)] == []
    for named, lock in ((wanted, "requirements.lock"), (tests, "tests/requirements.lock")):
        text = (ROOT / lock).read_text("utf-8")
        assert named.items() <= pins(text).items(), f"{lock}: make lock"
        assert [one for one in re.split(r"\n(?=\w)", text) if "--hash=sha256:" not in one] == []
    held, for_tests = (
        pins((ROOT / lock).read_text("utf-8")) for lock in ("requirements.lock", "tests/requirements.lock")
    )
    assert {n: (v, for_tests[n]) for n, v in held.items() if for_tests.get(n, v) != v} == {}


def pins(text):
    return {
        name.lower().replace("_", "-"): version for name, version in re.findall(r"^([\w.-]+)==([\w.]+)", text, re.M)
    }
