"""Every command against a stopped application and against a running one, with the same outcome."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import shutil
import socket
import stat

import postgres
import pytest
from serving import EXAMPLES, ROOT, serve

from proforient.commands.command_list import BY_NAME

PLACE = "Примерная область / Речной округ"
CATALOGUE = (ROOT / "indicators.toml").read_text("utf-8")


SHARED = pytest.param(
    "shared", marks=[pytest.mark.soak, pytest.mark.skipif(postgres.MISSING is not None, reason=str(postgres.MISSING))]
)


@pytest.fixture(params=["running", pytest.param("stopped", marks=pytest.mark.soak), SHARED])
def state(request, data, monkeypatch):
    """The application over the data folder, or none; or none over the shared store of several servers."""
    if request.param == "shared":
        with postgres.postgres() as database:
            monkeypatch.setenv("PROFORIENT_STORE", f"ducklake:postgres:{database.dsn('commands')}")
            monkeypatch.setenv("PROFORIENT_SHARED", str(data.with_name("shared")))
            yield "stopped", None
        return
    with serve(data) if request.param == "running" else contextlib.nullcontext() as server:
        yield request.param, server


def test_every_command(state, run, fits, data, tmp_path):
    called = Called(run)
    # the register, the period, plans, judgements, known counts
    assert called(0, "organisations", "import", EXAMPLES / "organisations.csv").out == ""
    register = called(0, "organisations", "list", "--json").json()
    fits("organisations", register)
    assert {o["code"] for o in register} >= {"r-school-1", "r-garden-1"}
    mistaken = tmp_path / "mistaken.csv"
    mistaken.write_text(f"code;name;kind;levels;territory\nspare;Лишняя;school;primary;{PLACE}\n", "utf-8")
    called(0, "organisations", "import", mistaken)
    assert "убрана «Лишняя»" in called(0, "organisations", "strike", "spare").err
    called(0, "organisations", "merge", "r-garden-1", "--into", "r-school-1", "--from", "2026-09-01")
    merged = called(0, "organisations", "list", "--json").json()
    fits("organisations", merged)
    assert [(o["code"], o["closed"]) for o in merged if o["merged_into"] == "r-school-1"] == [
        ("r-garden-1", "2026-09-01")
    ]
    called(1, "organisations", "strike", "r-garden-1")
    called(0, "organisations", "unmerge", "r-garden-1")
    assert called(0, "organisations", "list", "--json").json() == register
    called(0, "period", "open", "2026", "--closes", "2099-12-25")
    called(0, "period", "reopen", "2026", "--closes", "2099-12-30")
    periods = called(0, "period", "list", "--json").json()
    fits("periods", periods)
    assert [(p["code"], p["closes"]) for p in periods] == [("2026", "2099-12-30")]
    called(0, "plan", "import", EXAMPLES / "plans.csv")
    figure = ("--period", "2026", "--indicator", "coverage", "--level", "basic")
    called(0, "plan", "set", *figure, "--percent", "70,5", "--origin", "document", "--ground", "приказ № 1")
    plans = called(0, "plan", "list", "--period", "2026", "--json").json()
    fits("plans", plans)
    basic = next(p for p in plans if p["level"] == "basic")
    assert (basic["percent"], [h["percent"] for h in basic["history"]]) == ("70.5", ["70.5", "80"])
    judged = ("--outcome", "noted", "--text", "Замечено", "--source", "справка")
    called(0, "judgement", "add", *figure, "--territory", "Речной округ", *judged)
    judgements = called(0, "judgement", "list", "--period", "2026", "--json").json()
    fits("judgements", judgements)
    assert judgements[0]["territory"] == PLACE
    called(0, "contingent", "import", EXAMPLES / "contingent.csv")
    # a file
    form = tmp_path / "forms" / "form.xlsx"
    called(0, "form", "--period", "2026", "--organisation", "r-school-1", "--out", form)
    assert form.read_bytes()[:2] == b"PK"
    checked = called(0, "check", EXAMPLES / "report.csv", "--period", "2026", "--json").json()
    fits("check", checked)
    assert checked["acceptable"] and called(0, "values", "--period", "2026", "--json").json() == []
    sent = called(0, "submit", EXAMPLES / "report.csv", "--period", "2026", "--by", "metodist", "--json").json()
    fits("submit", sent)
    assert sent["stored"] and sent["values"] == 10
    # figures
    values = called(0, "values", "--period", "2026", "--json").json()
    fits("values", values)
    assert len(values) == 11 and {v["submission"] for v in values} == {sent["submission"]}
    results = called(0, "results", "--period", "2026", "--indicator", "coverage", "--level", "basic", "--json").json()
    fits("results", results)
    whole = next(r for r in results if r["cohort"] == "all")
    assert (whole["share"], whole["verdict"], whole["needed"]) == ("67.4242424242", "not_met", 9)
    other = tmp_path / "other.toml"
    turned = re.sub(
        r'(code = "coverage"\nnumber.*?direction = )"more"', r'\1"less"', CATALOGUE, count=1, flags=re.DOTALL
    )
    other.write_text(turned, "utf-8")
    foreseen = called(0, "check-catalogue", other, "--changes", "--json").json()
    fits("check-catalogue", foreseen)
    assert {(t["indicator"], t["territory"]) for t in foreseen["changes"]["turns"]} == {("coverage", PLACE)}
    traced = called(0, "trace", *figure, "--json").json()
    fits("trace", traced)
    assert traced["figure"] == whole
    assert {(c["role"], c["value"]) for c in traced["cells"]} == {("numerator", 178), ("denominator", 264)}
    advice = called(0, "advice", "--period", "2026", "--json").json()
    fits("advice", advice)
    assert any(p["indicator"] == "coverage" and p["level"] == "basic" for p in advice["problems"])
    letter, template = tmp_path / "letter.docx", tmp_path / "template.docx"
    called(0, "document", "issue", "letter", "--period", "2026", "--territory", "Речной округ", "--out", letter)
    called(0, "document", "template", "letter", "--out", template)
    called(0, "document", "check", "letter", template)
    called(1, "document", "check", "letter", form)
    assert letter.read_bytes()[:2] == b"PK" and letter.read_bytes() != template.read_bytes()
    place = ("--period", "2026", "--territory", "Речной округ")
    for what, ending in (("slides", "pptx"), ("workbook", "xlsx"), ("sheets", "zip")):
        made = tmp_path / f"made.{ending}"
        called(0, "document", what, *place, "--out", made)
        assert made.read_bytes()[:2] == b"PK"
    if shutil.which("soffice") or shutil.which("libreoffice"):
        called(0, "document", "pdf", letter, "--out", tmp_path / "letter.pdf")
    else:
        assert "LibreOffice" in called(1, "document", "pdf", letter, "--out", tmp_path / "letter.pdf").err
    # the report's states, and back
    called(0, "report", "return", "--period", "2026", "--organisation", "r-school-1", "--note", "уточните 5–9")
    seen = called(0, "mark").out.strip()
    called(0, "report", "accept", "--period", "2026", "--organisation", "r-school-1", "--based-on", seen)
    late = called(1, "report", "return", "--period", "2026", "--organisation", "r-school-1", "--based-on", seen)
    assert "за это время изменилось" in late.err and "2026 год: принят (было: на доработке)" in late.err
    called(0, "withdraw", sent["submission"])
    assert called(0, "values", "--period", "2026", "--json").json() == []
    called(0, "period", "close", "2026")
    assert called(0, "period", "list", "--json").json()[0]["state"] == "closed"
    # who may come in, what is shown to guests
    called(0, "account", "add", "chief", "--role", "administrator", "--invite")
    called(0, "account", "add", "school-1", "--role", "organisation", "--organisation", "r-school-1", "--invite")
    assert "/invitation/" in called(0, "account", "password", "school-1", "--invite").out
    called(0, "account", "change", "school-1", "--email", "school1@edu.example.ru")
    called(0, "account", "disable", "school-1")
    called(0, "account", "enable", "school-1")
    called(1, "account", "add", "chief", "--role", "administrator", "--invite")
    accounts = called(0, "account", "list", "--json").json()
    fits("accounts", accounts)
    assert {a["login"]: (a["organisation"], a["email"]) for a in accounts} == {
        "chief": (None, None), "school-1": ("r-school-1", "school1@edu.example.ru"),
    }  # fmt: skip
    place = ("--period", "2026", "--territory", "Речной округ")
    made = called(0, "snapshot", "create", *place, "--days", "7", "--json").json()
    fits("snapshots", [made])
    assert "/s/" in made["address"]
    shown = hashlib.sha256(called(0, "snapshot", "show", "1").out.encode()).hexdigest()
    called(0, "snapshot", "revoke", "1", "--reason", "проба")
    called(2, "snapshot", "revoke", "2")
    snapshots = called(0, "snapshot", "list", "--json").json()
    fits("snapshots", snapshots)
    assert [(s["number"], s["state"], s["sha256"]) for s in snapshots] == [(1, "withdrawn", shown)]
    # whose clocks
    called(0, "zone", "set", "Речной округ", "Asia/Yekaterinburg")
    called(2, "zone", "set", "Речной округ", "Asia/Nowhere")
    zones = called(0, "zone", "list", "--json").json()
    fits("zones", zones)
    assert [z["zone"] for z in zones if z["territory"] == PLACE] == ["Asia/Yekaterinburg"]
    # a file of other words, what they mean, and that it is forgotten again
    words = tmp_path / "words.csv"
    words.write_text("Организация;Показатель;Уровень;Категория;Значение\nПервая;pupils;Начальное;все;212\n", "utf-8")
    meant = tmp_path / "meant.json"
    meant.write_text(json.dumps({"organisations": {"Первая": "r-school-1"}}), "utf-8")
    called(0, "period", "reopen", "2026", "--closes", "2099-12-30")
    called(0, "submit", words, "--period", "2026", "--by", "metodist", "--answers", meant, "--confirm")
    remembered = called(0, "answers", "list", "--json").json()
    fits("answers", remembered)
    assert [(a["kind"], a["meaning"]) for a in remembered] == [("organisation", "r-school-1")]
    called(0, "answers", "revoke", remembered[0]["id"])
    offices_are_reminded(called, fits, tmp_path)
    assert called(0, "answers", "list", "--json").json() == []
    called(0, "period", "close", "2026")
    drafted_issued_and_carried_out(called, fits, tmp_path)
    # upkeep
    called(1, "demo")
    if state[0] == "running":
        assert "уже обслуживает" in called(2, "run").err
    else:
        called(2, "run", "--twice")  # it would serve until it is stopped
    assert "признавать нечего" in called(2, "key", "acknowledge", "--ground", "проба").err
    fits("doctor", called(0, "doctor", "--json").json())
    whole = called(0, "verify", "--json").json()
    fits("verify", whole)
    assert whole == {"whole": True, "damages": []}
    copy = tmp_path / "copy"
    called(0, "backup", copy)
    assert (copy / "proforient.duckdb").stat().st_size > 0
    called(0, "analysts", tmp_path / "analysts.duckdb")
    export = tmp_path / "export"
    called(0, "export", export)
    assert (export / "README.md").exists()
    shared = "PROFORIENT_STORE" in os.environ
    asked = ("results", "--period", "2026", "--json")
    as_of = called(0 if shared else 1, *asked, "--as-of", "2099-01-01")
    assert as_of.out == called(0, *asked).out or not shared
    called(0 if shared else 1, "store", "tidy")
    called(0, "store", "move", tmp_path / "moved")
    called(1, "store", "move", tmp_path / "moved")
    if shared:
        assert "общее хранилище" in called(1, "restore", copy, "--replace").err
        assert "PROFORIENT_STORE" in called(1, "import", export).err
    elif state[0] == "running":
        refused = called(2, "restore", copy, "--replace")
        assert "Остановите" in refused.err
        assert "Остановите" in called(2, "import", export).err
    else:
        called(1, "restore", copy)
        assert "уже есть хранилище с данными" in called(1, "import", export).err
        called(0, "restore", copy, "--replace")
        assert called(0, "period", "list", "--json").json()[0]["state"] == "closed"
    assert called.names == set(BY_NAME)


def offices_are_reminded(called, fits, folder):
    """Where no server of mail is named nothing is sent, and the texts are there all the same."""
    called(0, "mailbox", "set", "r-school-1", "office@edu.example.ru")
    table = folder / "mail.csv"
    table.write_text("organisation;email\nr-garden-1;garden@edu.example.ru\n", "utf-8")
    called(0, "mailbox", "import", table)
    boxes = called(0, "mailbox", "list", "--json").json()
    fits("mailboxes", boxes)
    assert {b["organisation"]: b["email"] for b in boxes} == {
        "r-school-1": "office@edu.example.ru", "r-garden-1": "garden@edu.example.ru",
    }  # fmt: skip
    place, file = ("--period", "2026", "--territory", "Речной округ"), folder / "letters.csv"
    awaited = called(0, "reminder", "list", *place, "--json").json()
    fits("reminders", awaited)
    assert {one["organisation"]: one["state"] for one in awaited}["r-school-1"] == "incomplete"
    called(0, "reminder", "texts", *place, "--out", file)
    assert len(file.read_text("utf-8-sig").splitlines()) == len(awaited) + 1
    assert "PROFORIENT_SMTP" in called(1, "reminder", "send", *place).err


def drafted_issued_and_carried_out(called, fits, folder):
    """A draft with what is proposed, cut to two items of one's own, issued, numbered, and one of its measures done."""
    about = ("document", "draft", "letter", "--period", "2026", "--territory", "Речной округ")
    begun = called(0, *about).err
    draft, contents = re.search(r"Черновик (\d+), версия 1", begun)[1], folder / "contents.json"
    called(0, "document", "show", draft, "--out", contents)
    kept = json.loads(contents.read_text("utf-8"))
    due = {"form": "day", "date": "2099-06-15", "year": None, "until": None, "day": "", "months": None}
    bare = {"responsible": "отдел воспитания", "deadline": due, "answers": [], "organisations": [], "action": ""}
    first = bare | {"key": "a", "text": "Провести совещание", "addressee": "heads-of-schools"}
    second = bare | {"key": "b", "text": "Обновить план", "addressee": "authority"}
    items = [first | {"organisations": ["r-school-1"]}, second]
    contents.write_text(json.dumps(kept | {"items": items}), "utf-8")
    changed = (*about, "--contents", contents, "--draft", draft, "--version", "1")
    assert "версия 2" in called(0, *changed).err
    assert "записал версию 2" in called(1, *changed).err, "somebody else was faster"
    word = folder / "letter.docx"
    issued = called(0, "document", "release", draft, "--out", word, "--day", "2027-02-01").err
    assert "2 меры" in issued.replace("\u00a0", " ") and word.read_bytes()[:2] == b"PK"
    papers = called(0, "document", "list", "--json").json()
    fits("documents", papers)
    (paper,) = papers
    called(0, "document", "number", paper["id"], "17-и", "--day", "2027-02-03")
    again = folder / "again.docx"
    called(0, "document", "show", paper["id"], "--out", again)
    assert again.read_bytes() == word.read_bytes()
    measures = called(0, "measure", "list", "--json").json()
    fits("measures", measures)
    mine = next(m for m in measures if m["organisations"] == ["r-school-1"])
    assert (mine["text"], mine["due_on"]) == ("Провести совещание", "2099-06-15")
    called(2, "measure", "set", mine["id"], "done", "--organisation", "r-garden-1")
    called(0, "measure", "set", mine["id"], "done", "--organisation", "r-school-1", "--file", word)
    assert "исполнено 1 из 2; не начато — 1" in called(0, "measure", "list").err
    offices = folder / "offices.toml"
    offices.write_text('["Речной округ"]\nletterhead = ["Управление"]\nsignatory = "А.Б. Иванова"\n', "utf-8")
    called(0, "document", "office", offices, "--territory", "Речной округ")
    assert "менять нечего" in called(2, "document", "office", offices, "--territory", "Речной округ").err
    (paper,) = called(0, "document", "list", "--json").json()
    assert (paper["number"], paper["day"], paper["version"]) == ("17-и", "2027-02-03", 2)


class Called:
    """Runs commands, fails on an unexpected exit code, remembers which commands ran."""

    def __init__(self, run):
        self.run = run
        self.names = set()

    def __call__(self, code, *arguments):
        answer = self.run(*arguments)
        assert answer.code == code, (arguments, answer)
        words = [str(part) for part in arguments]
        self.names.add(" ".join(words[:2]) if " ".join(words[:2]) in BY_NAME else words[0])
        return answer


def test_the_running_application_shows_what_a_command_wrote(data, run, process):
    run("organisations", "import", EXAMPLES / "organisations.csv")
    with serve(data) as server:
        before = server.health()
        assert process("period", "open", "2026", "--closes", "2099-12-25").code == 0
        assert process("period", "list", "--json").json()[0]["code"] == "2026"
        assert server.health() == before
        handle = (data / "commands.sock").stat()
        assert stat.S_ISSOCK(handle.st_mode) and stat.S_IMODE(handle.st_mode) == 0o600
        assert stat.S_IMODE(data.stat().st_mode) == 0o700
    assert not (data / "commands.sock").exists()
    assert run("period", "list", "--json").json()[0]["code"] == "2026"


@pytest.mark.soak
def test_a_socket_left_by_a_killed_application_is_no_obstacle(data, run):
    run("organisations", "import", EXAMPLES / "organisations.csv")
    with serve(data) as server:
        server.process.kill()
        server.process.wait()
    assert (data / "commands.sock").exists()
    assert run("organisations", "list").code == 0
    with serve(data) as server:
        assert server.health()[0] == 200
        assert run("organisations", "list").code == 0


def test_nonsense_through_the_socket_does_no_harm(data, run):
    run("organisations", "import", EXAMPLES / "organisations.csv")
    with serve(data) as server:
        for junk in (
            b"",
            b"\n",
            b"GET / HTTP/1.1\r\n\r\n",
            b"[]\n",
            b'{"lengths": [-1]}\n',
            b'{"lengths": [99999999999]}\n',
            b'{"lengths": "x"}\n',
            b'{"lengths": [], "arguments": 5, "folder": "/", "catalogue": "", "files": []}\n',
            b'{"lengths": [4], "arguments": ["check", "x"], "folder": "/", "catalogue": "", "files": ["file"]}\nab',
            json.dumps({"lengths": [], "arguments": [], "folder": "/", "catalogue": "", "files": []}).encode() + b"\n",
            json.dumps(
                {"lengths": [], "arguments": ["check", "x"], "folder": "/", "catalogue": "", "files": []}
            ).encode()
            + b"\n",
        ):
            with socket.socket(socket.AF_UNIX) as caller, contextlib.suppress(OSError):
                caller.connect(str(data / "commands.sock"))
                caller.sendall(junk)
                caller.shutdown(socket.SHUT_WR)
                caller.settimeout(10)
                caller.recv(1 << 16)
        assert server.health()[0] == 200
        assert run("organisations", "list").code == 0


@pytest.mark.soak
def test_a_deep_data_folder_has_a_socket_too(tmp_path, run, monkeypatch):
    deep = tmp_path / ("папка-" * 12) / ("folder" * 20)
    monkeypatch.setenv("PROFORIENT_DATA", str(deep))
    run("organisations", "import", EXAMPLES / "organisations.csv")
    with serve(deep):
        assert run("organisations", "list").code == 0
