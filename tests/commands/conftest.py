"""Commands as a program calls them: exit code, standard output, standard error."""

from __future__ import annotations

import json
import logging
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from serving import EXAMPLES, ROOT, environment
from streamlit.testing.v1 import AppTest

from proforient.access.roles import Person, Role
from proforient.commands import line, upkeep
from proforient.settings import read_settings
from proforient.web import people, register, running
from proforient.web.server import SCRIPT

SCHEMAS = ROOT / "docs" / "schemas"


@dataclass
class Answer:
    code: int
    out: str
    err: str

    def json(self):
        return json.loads(self.out)


@pytest.fixture(scope="session", autouse=True)
def seams_are_looked_at_once():
    """``doctor`` opens Streamlit in a process of its own, two seconds each time and always alike."""
    looked = upkeep._seams
    upkeep._seams = cache(looked)
    yield
    upkeep._seams = looked


@pytest.fixture
def data(tmp_path, monkeypatch) -> Path:
    """An empty data folder, named by the environment."""
    folder = tmp_path / "data"
    for name in [name for name in os.environ if name.startswith("PROFORIENT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PROFORIENT_DATA", str(folder))
    monkeypatch.setenv("PROFORIENT_SECRETS", str(folder.with_name("secrets")))
    return folder


@pytest.fixture
def run(data, capsys):
    """``run("period", "list", "--json")`` in this process."""

    def called(*arguments: object) -> Answer:
        logger = logging.getLogger("proforient")
        before = list(logger.handlers)
        capsys.readouterr()
        try:
            code = line.main([str(part) for part in arguments])
        finally:
            logger.handlers[:], logger.propagate = before, True
        told = capsys.readouterr()
        return Answer(code, told.out, told.err)

    return called


@pytest.fixture
def process(data):
    """The same in a process of its own, as a script calls it."""

    def called(*arguments: object, **env: str) -> Answer:
        done = subprocess.run(
            [sys.executable, "-m", "proforient", *map(str, arguments)],
            cwd=ROOT,
            env=environment(data, PROFORIENT_MODE="", **env),
            capture_output=True,
            check=False,
        )
        return Answer(done.returncode, done.stdout.decode(), done.stderr.decode())

    return called


def _registry() -> Registry:
    documents = (json.loads(path.read_text("utf-8")) for path in SCHEMAS.glob("*.json"))
    return Registry().with_resources((d["$id"], Resource.from_contents(d)) for d in documents)


@pytest.fixture(scope="session")
def fits():
    """``fits("results", document)`` fails where the document is not of the form in ``docs/schemas``."""
    registry = _registry()

    def checked(name: str, document: object) -> None:
        schema = json.loads((SCHEMAS / f"{name}.json").read_text("utf-8"))
        Draft202012Validator(schema, registry=registry).validate(document)

    return checked


@pytest.fixture(scope="session")
def filled_district(tmp_path_factory):
    """Where the first test puts the district that it filled, for the others to copy."""
    return tmp_path_factory.mktemp("district")


@pytest.fixture
def district(filled_district, run, data):
    """The example district of ``data/`` with an open period and plans."""
    folders = (data, data.with_name("secrets"))
    if any(filled_district.iterdir()):
        for folder in folders:
            shutil.copytree(filled_district / folder.name, folder)
        return run
    assert run("organisations", "import", EXAMPLES / "organisations.csv").code == 0
    assert run("period", "open", "2026", "--closes", "2099-12-25").code == 0
    assert run("plan", "import", EXAMPLES / "plans.csv").code == 0
    assert run("contingent", "import", EXAMPLES / "contingent.csv").code == 0
    for folder in folders:
        shutil.copytree(folder, filled_district / folder.name)
    return run


@pytest.fixture
def table(tmp_path):
    """``table(text)``: a file of that text."""

    def written(text, name="table.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return path

    return written


@pytest.fixture
def pages(data, tmp_path, monkeypatch):
    """``with pages() as at``: the pages over the same store and catalogue; the first of them is left empty."""
    empty = tmp_path / "first.py"
    empty.write_text("", "utf-8")
    real = register.PageEntry.file.fget
    monkeypatch.setattr(register.PageEntry, "file", property(lambda e: empty if e.default else real(e)))
    monkeypatch.setattr(people, "present", lambda opened: Person(login="a", role=Role.ADMINISTRATOR))

    @contextmanager
    def opened(**view):
        named = {name: value for name, value in os.environ.items() if name.startswith("PROFORIENT_")}
        running.use(running.Running(read_settings(named | {"PROFORIENT_MODE": "demo"})))
        try:
            at = AppTest.from_file(str(SCRIPT), default_timeout=60)
            for name, value in view.items():
                at.query_params[name] = value
            yield at.run()
        finally:
            running.use(None)

    return opened
