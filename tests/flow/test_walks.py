"""The walks of CONTRIBUTING.md are done as they stand there, each in a copy of the checkout of its own."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import subprocess
import sys

import docx
import pytest
from serving import ROOT

TEXT = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
STEP = re.compile(
    r"^(?:New file `(?P<new>[^`]+)`|At the end of `(?P<end>[^`]+)`|In `(?P<file>[^`]+)`, before `(?P<before>[^`]+)`):"
    r"\n\n```\w+\n(?P<code>.*?)```$",
    re.MULTILINE | re.DOTALL,
)
RUN = re.compile(r"\bRun\s+`python ([^`]+)`")
TERRITORY = "Примерная область / Речной округ"
LOOK = """
from pathlib import Path
from streamlit.testing.v1 import AppTest
from streamlit.components.v2 import manifest_scanner
from proforient.access.roles import Person, Role
from proforient.web import people
manifest_scanner.scan_component_manifests = list
people.present = lambda _: Person(login="head", role=Role.HEAD)
at = AppTest.from_file("proforient/web/shell.py", default_timeout=60).run()
at.switch_page(str(Path("pages/deadlines.py").resolve())).run()
assert not at.exception, at.exception
print("".join(part.proto.body for part in at.main if part.type == "html"))
"""


def walk(heading):
    """The steps under a heading, and the commands that it has run."""
    part = re.search(rf"^## {heading}\n(.*?)(?=^## |\Z)", TEXT, re.MULTILINE | re.DOTALL)[1]
    steps = [match.groupdict() for match in STEP.finditer(part)]
    assert len(steps) == part.count("```") // 2, "a block that no step reads"
    return steps, RUN.findall(part)


@pytest.fixture
def copy(tmp_path):
    """A checkout without its history, and how commands are run in it."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True).stdout.decode()
    names = [name for name in listed.split("\0") if name and (ROOT / name).is_file()]
    compiled = [str(path.relative_to(ROOT)) for path in (ROOT / "proforient").rglob("*.pyc")]
    for name in (*names, *compiled):  # with the times of its files what is compiled stays good: seconds of each walk
        (tmp_path / "copy" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, tmp_path / "copy" / name)
    own = {k: v for k, v in os.environ.items() if not k.startswith(("PROFORIENT_", "PYTEST_"))}
    own |= {"PROFORIENT_DATA": str(tmp_path / "data"), "PROFORIENT_SECRETS": str(tmp_path / "keys")}
    own |= {"PYTHONPATH": str(tmp_path / "copy"), "PROFORIENT_MODE": ""}
    subprocess.run(["git", "init", "-q"], cwd=tmp_path / "copy", check=True)

    def run(*arguments, fails=False):
        done = subprocess.run(
            [sys.executable, *arguments], cwd=tmp_path / "copy", env=own, capture_output=True, check=False, text=True
        )
        assert (done.returncode != 0) == fails, done.stdout + done.stderr
        return done.stdout + done.stderr

    return tmp_path / "copy", run


def take(folder, step):
    code, name = step["code"], step["new"] or step["end"] or step["file"]
    if step["new"]:
        assert not (folder / name).exists()
        (folder / name).write_text(code, "utf-8")
        return
    text = (folder / name).read_text("utf-8")
    if step["end"]:
        changed = f"{text}\n{code}"
    else:
        before = f"\n{step['before']}\n"
        assert before in text, (name, step["before"])
        changed = text.replace(before, f"\n{code.rstrip()}{before}", 1)
    (folder / name).write_text(changed, "utf-8")


def words(command):
    return [part.strip('"') for part in re.findall(r'"[^"]*"|\S+', command.replace("\n", " "))]


def started(run):
    """A store with a register and an open period."""
    run("-m", "proforient", "organisations", "import", "data/organisations.csv")
    run("-m", "proforient", "period", "open", "2026", "--closes", "2026-12-25")


def test_an_indicator_is_added_without_code(copy):
    folder, run = copy
    steps, commands = walk("Add an indicator")
    for step in steps:
        take(folder, step)
    for command in commands:
        run(*words(command))
    started(run)
    run("-m", "proforient", "form", "--period", "2026", "--organisation", "r-school-1", "--out", "form.csv")
    assert "уроков, которые провели приглашённые специалисты" in (folder / "form.csv").read_text("utf-8-sig")


@pytest.mark.soak
def test_a_check_is_added(copy):
    folder, run = copy
    steps, commands = walk("Add a check")
    for step in steps:
        take(folder, step)
    assert len(commands) == 2
    run(*words(commands[0]))
    assert "`one-number`" in (folder / "docs" / "findings.md").read_text("utf-8")
    said = run(*words(commands[1]))
    assert re.search(r"^\d+ passed", said, re.MULTILINE) and "failed" not in said


@pytest.mark.soak
def test_a_page_is_added_and_says_what_it_lacks(copy):
    folder, run = copy
    (entry, page, section), (whole,) = walk("Add a page")
    take(folder, entry)
    assert "«Сроки»: нет файла pages/deadlines.py." in run(*words(whole), fails=True)
    take(folder, page)
    assert "«Сроки»: нет раздела proforient.web.sections.deadlines." in run(*words(whole), fails=True)
    take(folder, section)
    assert run(*words(whole)) == ""
    started(run)
    told = run("-c", LOOK)
    assert "Файлы принимают: 1\u00a0период" in told and "25\u00a0декабря" in told


@pytest.mark.soak
def test_a_file_format_is_added(copy):
    folder, run = copy
    for step in walk("Add a file format")[0]:
        take(folder, step)
    started(run)
    with (folder / "data" / "report.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    assert len(rows) > 10
    (folder / "report.json").write_text(json.dumps(rows), "utf-8")
    (folder / "cut.json").write_text(json.dumps(rows)[:-20], "utf-8")

    def checked(name, **how):
        told = run("-m", "proforient", "check", name, "--period", "2026", "--json", **how)
        return json.JSONDecoder().raw_decode(told)[0]

    assert checked("report.json")["acceptable"]
    assert [finding["code"] for finding in checked("cut.json", fails=True)["findings"]] == ["file-damaged"]


@pytest.mark.soak
def test_a_kind_of_document_is_added(copy):
    folder, run = copy
    steps, commands = walk("Add a kind of document")
    for step in steps:
        take(folder, step)
    assert len(commands) == 1
    run(*words(commands[0]))
    assert "подходит" in run(*words(re.search(r"then\s+`python ([^`]+)`", TEXT)[1]))
    started(run)
    place = ("--period", "2026", "--territory", TERRITORY)
    run("-m", "proforient", "document", "issue", "news", *place, "--out", "issued.docx")
    told = " ".join(paragraph.text for paragraph in docx.Document(folder / "issued.docx").paragraphs)
    assert "помогают выбрать профессию: итоги" in told and "2026" in told
    drafted = run("-m", "proforient", "document", "draft", "news", *place)
    assert "Новость для сайта" in drafted
