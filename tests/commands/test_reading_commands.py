"""Commands over a data folder that may not be written: those that read answer, those that write say why not."""

from __future__ import annotations

import pytest

REGISTER = "code;name;kind;levels;territory\ns1;Школа «Лесная»;school;primary,basic;Край / Север\n"
FILE = "Организация;Показатель;Уровень;Числитель;Знаменатель\ns1;coverage;Начальное;{};40\n"
ABOUT = ("--period", "2026", "--indicator", "coverage", "--level", "primary")
JUDGED = ("--outcome", "noted", "--text", "хорошо", "--source", "письмо")
WRITES = [
    ("organisations", "import", "{register}"),
    ("period", "open", "2025", "--closes", "2099-12-25"),
    ("period", "close", "2026"),
    ("zone", "set", "Край", "Asia/Chita"),
    ("plan", "set", *ABOUT, "--percent", "70", "--origin", "department", "--ground", "приказ № 1"),
    ("judgement", "add", *ABOUT, "--territory", "Край / Север", *JUDGED),
    ("submit", "{file}", "--period", "2026", "--by", "metodist", "--confirm"),
    ("report", "return", "--period", "2026", "--organisation", "s1", "--note", "уточните"),
    ("account", "add", "chief", "--role", "administrator", "--invite"),
    ("snapshot", "create", "--period", "2026", "--territory", "Край / Север"),
    ("key", "acknowledge", "--ground", "проба"),
]
READS = [("organisations", "list"), ("period", "list"), ("values", "--period", "2026"), ("results", "--period", "2026")]


@pytest.fixture
def reading(run, tmp_path, monkeypatch):
    (tmp_path / "register.csv").write_text(REGISTER, encoding="utf-8")
    (tmp_path / "file.csv").write_text(FILE.format(5), encoding="utf-8")
    assert run("organisations", "import", tmp_path / "register.csv").code == 0
    assert run("period", "open", "2026", "--closes", "2099-12-25").code == 0
    assert run("submit", tmp_path / "file.csv", "--period", "2026", "--by", "metodist", "--confirm").code == 0
    (tmp_path / "file.csv").write_text(FILE.format(6), encoding="utf-8")
    # Root may write anywhere, so the folder's rights alone would prove nothing.
    monkeypatch.setattr("proforient.store.store.is_writable", lambda folder: False)
    return run


def test_what_reads_answers_and_what_writes_says_why_not(reading, tmp_path):
    before = {path.name: path.read_bytes() for path in (tmp_path / "data").iterdir() if path.is_file()}
    for call in READS:
        assert reading(*call).code == 0, call
    for call in WRITES:
        made = [part.format(register=tmp_path / "register.csv", file=tmp_path / "file.csv") for part in call]
        answer = reading(*made)
        assert answer.code == 1 and answer.err.count("записать — ничего") == 2, (call, answer.err)
    assert {path.name: path.read_bytes() for path in (tmp_path / "data").iterdir() if path.is_file()} == before
