"""Calls that do not fit, environments that are not ready, and what is said of them: never a traceback."""

from __future__ import annotations

import json
import re
import sys

import pytest
from serving import EXAMPLES, ROOT

from proforient.commands.command_list import COMMANDS
from proforient.commands.parser import help_of

CYRILLIC = re.compile("[а-яё]")


def said(answer):
    """What a person reads; it is Russian, and there is no traceback in it."""
    text = answer.err + answer.out
    assert "Traceback" not in text and CYRILLIC.search(text), text
    return text


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ((), "КОМАНДА"),
        (("nonsense",), "check-catalogue"),
        (("period",), "period open"),
        (("period", "open"), "Не хватает: CODE, --closes"),
        (("period", "open", "2026", "--closes", "25.12.2026"), "не дата"),
        (("period", "open", "2026", "--closes", "2026-12-25", "--kind", "week"), "school_year"),
        (("period", "open", "26", "--closes", "2026-12-25"), "26"),
        (("period", "close", "1999"), "1999"),
        (("plan", "set", "--period", "2026"), "Не хватает"),
        (("results",), "--period"),
        (("results", "--period", "2026", "--json", "--csv"), "вместе не ставят"),
        (("results", "--period", "2026", "--nonsense"), "Непонятно: --nonsense"),
        (("results", "--period"), "нет значения"),
        (("check", "нет-такого.csv"), "такого файла нет"),
        (("check", "/"), "папка"),
        (("organisations", "import", "нет.csv"), "такого файла нет"),
        (("submit", "x.csv", "--period", "2026"), "--by"),
        (("restore", "нет-такой"), "нет"),
        (("withdraw", "17"), "17"),
    ],
)
def test_a_wrong_call_says_what_is_wrong_and_exits_with_2(run, arguments, expected):
    answer = run(*arguments)
    assert answer.code == 2
    assert expected in said(answer)


def test_every_command_explains_itself_in_russian(run):
    for command in COMMANDS:
        answer = run(*command.name.split(), "--help")
        assert answer.code == 0 and answer.out == help_of(command)
        assert CYRILLIC.search(command.does)
        for one in command.all_arguments:
            assert CYRILLIC.search(one.options.get("help", "")) or one.options.get("choices"), (command.name, one.names)
    overview = run("--help")
    assert overview.code == 0 and all(f"  {command.name} " in overview.out for command in COMMANDS)


def test_with_json_a_failure_is_one_document_too(run, fits):
    for arguments in (("results", "--period", "1999", "--json"), ("judgement", "list", "--period", "1999", "--json")):
        answer = run(*arguments)
        assert answer.code == 2
        fits("error", answer.json())
        assert answer.json()["error"] == answer.err.strip()


def test_a_broken_catalogue_is_told_with_its_lines(run, tmp_path, monkeypatch, fits):
    broken = tmp_path / "broken.toml"
    text = (ROOT / "indicators.toml").read_text("utf-8")
    broken.write_text(text.replace('kind = "share"', 'kind = "shire"', 1).replace("[[rule]]", "[[rull]]", 1), "utf-8")
    answer = run("check-catalogue", broken, "--json")
    fits("check-catalogue", answer.json())
    assert answer.code == 1 and len(answer.json()["mistakes"]) >= 2
    line = answer.json()["mistakes"][0]["line"]
    listed = run("check-catalogue", broken).out
    assert f"{broken}:{line}" in listed and f'{line} | kind = "shire"' in listed
    monkeypatch.setenv("PROFORIENT_CATALOGUE", str(broken))
    answer = run("organisations", "list")
    assert answer.code == 2 and "shire" in said(answer)
    monkeypatch.setenv("PROFORIENT_CATALOGUE", str(tmp_path / "nowhere.toml"))
    answer = run("organisations", "list")
    assert answer.code == 2 and "файла нет" in said(answer)
    assert run("doctor").code == 2


def test_settings_that_cannot_be_are_told(run, monkeypatch):
    monkeypatch.setenv("PROFORIENT_MODE", "holiday")
    assert "holiday" in said(run("doctor"))
    monkeypatch.delenv("PROFORIENT_MODE")
    monkeypatch.setenv("PROFORIENT_STORE", "ducklake:postgres:x")
    answer = run("organisations", "list")
    assert answer.code == 2 and "PROFORIENT_SHARED" in said(answer)


def test_a_store_held_by_another_process_is_told_with_its_number(district, data, monkeypatch):
    import subprocess

    from proforient.commands import opening

    monkeypatch.setattr(opening, "WAIT", 0.3)
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys, duckdb; c = duckdb.connect(sys.argv[1]); print('held', flush=True); sys.stdin.read()",
            str(data / "proforient.duckdb"),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    try:
        assert holder.stdout.readline().strip() == b"held"
        answer = district("organisations", "list")
        assert answer.code == 2 and str(holder.pid) in said(answer)
    finally:
        holder.communicate()
    assert district("organisations", "list").code == 0


def test_a_damaged_store_is_not_touched(district, data):
    file = data / "proforient.duckdb"
    whole = file.read_bytes()
    file.write_bytes(b"\0" * 4096 + whole[4096:])
    answer = district("organisations", "list")
    assert answer.code == 2 and "restore" in said(answer)
    assert file.read_bytes()[:4096] == b"\0" * 4096
    file.write_bytes(whole)
    assert district("organisations", "list").code == 0


def test_demo_fills_an_empty_store_and_only_an_empty_one(run, data):
    assert run("demo", "--territory", "ЗАТО п. Горный").code == 0
    territories = {o["territory"] for o in run("organisations", "list", "--json").json()}
    assert territories == {"Забайкальский край / ЗАТО п. Горный"}
    answer = run("demo")
    assert answer.code == 1 and "уже есть организации" in said(answer)
    assert "Атлантида" in said(run("demo", "--territory", "Атлантида"))


def test_a_fault_of_the_program_is_a_number_and_not_a_traceback(run, data, monkeypatch):
    import dataclasses

    from proforient.commands import line

    def broken(desk, given):
        raise RuntimeError("inner words")

    name = "organisations list"
    monkeypatch.setitem(line.BY_NAME, name, dataclasses.replace(line.BY_NAME[name], run=broken))
    data.mkdir(mode=0o700)
    answer = run("organisations", "list")
    number = re.search(r"Ошибка программы ([0-9a-f]{8})", said(answer))
    assert answer.code == 2 and number
    log = (data / "commands.log").read_text("utf-8")
    assert number[1] in log and "inner words" in log and "inner words" not in answer.err


def test_as_a_process_of_its_own(process, data):
    answer = process("organisations", "import", EXAMPLES / "organisations.csv")
    assert (answer.code, answer.out) == (0, "") and "добавлено 5" in answer.err
    listed = process("organisations", "list", "--json")
    assert json.loads(listed.out)[0]["code"] == "r-garden-1"
    nonsense = process("nonsense", PYTHONIOENCODING="ascii")
    assert nonsense.code == 2 and "Команды «nonsense» нет" in said(nonsense)


def test_a_reader_that_leaves_early_is_no_error(district, data):
    import subprocess

    from serving import environment

    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", f"{sys.executable} -m proforient results --period 2026 | head -1"],
        cwd=ROOT,
        env=environment(data, PROFORIENT_MODE=""),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0 and done.stderr == ""
    assert done.stdout.startswith("\ufeffperiod;territory")
