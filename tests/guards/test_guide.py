"""The guide describes each page, command and finding; run as a script this writes docs/findings.md anew."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest
from sources import nodes, text_of

from proforient.commands.command_list import COMMANDS
from proforient.intake.findings import CODES, finding
from proforient.web.register import PAGES
from proforient.web.sections.help.findings import FIRST, GROUPS

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "docs" / "guide.md").read_text("utf-8")
FINDINGS = ROOT / "docs" / "findings.md"
WORDS = {"error": "ошибка", "warning": "предупреждение", "note": "замечание"}


def document() -> str:
    """The whole text of docs/findings.md, from the very table that the checks use."""
    lines = ["# Замечания к файлу: что они значат и что сделать", ""]
    lines += [f"{n}. {text}" for n, text in enumerate(FIRST, 1)]
    lines += ["", "Таблица собрана из программы; код — для тех, кто читает `check --json`."]
    for heading, codes in GROUPS.items():
        lines += ["", f"## {heading}", "", "| код | | что не так, с примером | что сделать |", "|---|---|---|---|"]
        for code in codes:
            kind = CODES[code]
            value = kind.example.get("value")
            said = finding(code, value=None if value is None else str(value), words=kind.example)
            lines.append(f"| `{code}` | {WORDS[kind.severity]} | {said.message} | {said.to_do} |")
    return "\n".join(lines) + "\n"


def test_the_list_of_findings_is_that_of_the_program():
    assert FINDINGS.read_text("utf-8") == document(), "PYTHONPATH=. python tests/guards/test_guide.py"
    assert all(f"| `{code}` |" in document() for code in CODES)


@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.code)
def test_every_page_has_its_chapter_with_a_picture(entry):
    chapter = re.search(rf"^## {entry.title}\n(.*?)(?=^## |\Z)", GUIDE, re.MULTILINE | re.DOTALL)
    assert chapter, entry.title
    assert "](pictures/" in chapter[1] and len(chapter[1]) > 200


def test_every_command_is_described_in_its_own_words():
    rows = dict(re.findall(r"^\| `([a-z][\w -]*)` \| (.*) \|$", GUIDE, re.MULTILINE))
    assert rows == {command.name: command.does for command in COMMANDS}


def test_every_command_that_prints_json_has_its_form_described():
    documents = [json.loads(text_of(path)) for path in (ROOT / "docs" / "schemas").glob("*.json")]
    told = " ".join(f"{d['title']} {d['description']}" for d in documents)
    asked = [c.name for c in COMMANDS if any("--json" in argument.names for argument in c.all_arguments)]
    assert len(asked) > 10
    assert [name for name in asked if not re.search(rf"(?<![\w-]){name} --json", told)] == []


def test_every_button_that_asks_first_is_named_in_the_guide():
    """Such a button ends in «…» and opens a dialog."""
    asking = set()
    for path in (ROOT / "proforient" / "web" / "sections").rglob("*.py"):
        for node in nodes(text_of(path)):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "button" and node.args:
                label = node.args[0]
                if isinstance(label, ast.Constant) and str(label.value).endswith("…"):
                    asking.add(str(label.value).rstrip("…"))
    guide = " ".join(GUIDE.split())
    assert len(asking) > 7
    assert [label for label in asking if f"«{label}»" not in guide and f"«{label}…»" not in guide] == []


def test_every_picture_is_there_and_used():
    docs = ROOT / "docs"
    pages = "\n".join(page.read_text("utf-8") for page in docs.glob("*.md"))
    used = set(re.findall(r"\]\(pictures/([^)]+)\)", pages))
    readme = set(re.findall(r"\]\(docs/pictures/([^)]+)\)", (ROOT / "README.md").read_text("utf-8")))
    assert used | readme == {file.name for file in (docs / "pictures").iterdir()}


def test_every_link_of_the_guide_leads_somewhere():
    places = {re.sub(r"[^\w -]", "", h).lower().replace(" ", "-") for h in re.findall(r"^#+ (.*)$", GUIDE, re.M)}
    for target in re.findall(r"\]\(([^)]+)\)", GUIDE):
        name, _, place = target.partition("#")
        assert (ROOT / "docs" / name).exists() if name else place in places, target


if __name__ == "__main__":
    FINDINGS.write_text(document(), "utf-8")
