"""What the README promises to a newcomer is run as it stands there."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import time
import urllib.error
import urllib.request

import pytest
from serving import PATIENCE, ROOT, free_port

from proforient.commands.command_list import BY_NAME
from proforient.web.register import PAGES

README = (ROOT / "README.md").read_text("utf-8")


def blocks():
    return re.findall(r"```bash\n(.*?)```", README, re.DOTALL)


def test_it_opens_with_the_two_commands_and_a_picture():
    head = README[: README.index("## Who it is for")]
    assert re.findall(r"^make \w+", blocks()[0], re.MULTILINE) == ["make run", "make test"]
    picture = re.search(r"!\[[^\]]+\]\(([^)]+)\)", head)
    assert picture and (ROOT / picture[1]).stat().st_size > 10_000


def test_every_file_it_names_exists():
    for name in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (ROOT / name).exists(), name


def test_every_command_and_page_is_named():
    rows = re.findall(r"^\| (`.+?) \|", README, re.MULTILINE)
    named = set()
    for row in rows:
        for code in re.findall(r"`([^`]+)`", row):
            first, *rest = code.replace("\\|", "|").split()
            named |= {f"{first} {word}" for word in rest[0].split("|")} if rest and rest[0][0].islower() else {first}
    assert set(BY_NAME) <= named, set(BY_NAME) - named
    assert next(page.title for page in PAGES if page.default) in README


@pytest.fixture
def walkthrough(tmp_path):
    """The commands of the section, run with a home and a port of their own until the block ends."""
    script = README.split("<!-- walkthrough -->")[1]
    script = re.search(r"```bash\n(.*?)```", script, re.DOTALL)[1]
    port = free_port()
    own = {k: v for k, v in os.environ.items() if not k.startswith(("PROFORIENT_", "STREAMLIT_", "MAKE", "MFLAGS"))}
    log = (tmp_path / "log").open("w+b")
    process = subprocess.Popen(
        ["bash", "-e", "-c", script],
        cwd=ROOT,
        env=own | {"HOME": str(tmp_path), "PORT": str(port)},
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    yield script, port, process, log
    os.killpg(process.pid, signal.SIGTERM)
    process.wait(20)


def test_the_way_to_an_own_district(walkthrough, tmp_path):
    script, port, process, log = walkthrough
    assert script.count("-m proforient") == 4 and script.rstrip().endswith("make run")
    assert answers(f"http://127.0.0.1:{port}/healthz", process, log)["status"] == "ok"
    folder = tmp_path / "my-district"
    asked = subprocess.run(
        [".venv/bin/python", "-m", "proforient", "results", "--period", "2026", "--indicator", "coverage", "--json"],
        cwd=ROOT,
        env={**os.environ, "PROFORIENT_DATA": str(folder), "PROFORIENT_MODE": ""},
        capture_output=True,
        check=True,
    )
    shown = {r["level"]: (r["shown"], r["verdict"]) for r in json.loads(asked.stdout) if r["cohort"] == "all"}
    nb = "\u00a0"
    assert shown["primary"] == (f"80,2{nb}%", "met") and shown["basic"] == (f"67,4{nb}%", "not_met")
    assert f"http://127.0.0.1:{port}" in text(log)


def answers(address, process, log):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        assert process.poll() is None, text(log)
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                return json.load(answer)
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise AssertionError(text(log))


def text(log):
    log.seek(0)
    return log.read().decode("utf-8", "replace")
