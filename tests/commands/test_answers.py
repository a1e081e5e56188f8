"""Answers that are remembered: whose files they bind, how they are said, listed and revoked."""

from __future__ import annotations

import json

import pytest

HEAD = "Организация;Показатель;Уровень;Категория;Числитель;Знаменатель\n"
REGISTER = (
    "code;inn;name;kind;levels;territory\n"
    "s1;;Школа «Лесная»;school;primary,basic;Край / Север\n"
    "s2;;Школа «Полевая»;school;primary,basic;Край / Север\n"
    "s3;;Школа «Луговая»;school;primary,basic;Край / Юг\n"
)
SAID = {"levels": {"Нач. шк.": "primary"}}


@pytest.fixture
def school(run, tmp_path, monkeypatch):
    """``school("submit", "s1", 5, by=…)``: a file of one row with a level that nobody knows."""
    (tmp_path / "register.csv").write_text(REGISTER, encoding="utf-8")
    assert run("organisations", "import", tmp_path / "register.csv").code == 0
    assert run("period", "open", "2026", "--closes", "2099-12-25").code == 0

    def sent(verb, codes, many, *more, said=None, level="Нач. шк."):
        file, answers = tmp_path / "file.csv", tmp_path / "answers.json"
        rows = "".join(f"{code};coverage;{level};все;{many};40\n" for code in codes.split())
        file.write_text(HEAD + rows, encoding="utf-8")
        answers.write_text(json.dumps(said or {}, ensure_ascii=False), encoding="utf-8")
        given = ("--answers", answers) if said else ()
        return run(verb, file, "--period", "2026", *more, *given, "--json")

    return sent


def kept(run):
    return [(a["text"], a["meaning"], a["whose"]) for a in run("answers", "list", "--json").json()]


def test_a_schools_answer_binds_its_own_files_only(run, school, fits):
    assert school("submit", "s1", 5, "--by", "lesnaya", "--organisation", "s1", "--confirm", said=SAID).code == 0
    assert kept(run) == [("нач шк", "primary", "s1")]
    own = school("submit", "s1", 6, "--by", "lesnaya", "--organisation", "s1", "--confirm")
    fits("submit", own.json())
    assert own.code == 0 and own.json()["remembered"][0]["by"].startswith("Школа «Лесная»")
    for codes, more in (("s2", ("--organisation", "s2")), ("s2", ()), ("s1 s2", ())):
        other = school("submit", codes, 7, "--by", "metodist", "--confirm", *more)
        fits("submit", other.json())
        (question,) = other.json()["unanswered"]
        assert other.code == 1 and question["earlier"][0]["meaning"] == "primary"
        assert question["proposals"][0]["code"] == "primary"


def test_the_departments_answer_binds_its_territory(run, school):
    assert school("submit", "s1 s2", 5, "--by", "metodist", "--confirm", said=SAID).code == 0
    assert kept(run) == [("нач шк", "primary", "department")]
    assert school("submit", "s2", 6, "--by", "polevaya", "--organisation", "s2", "--confirm").code == 0
    elsewhere = school("submit", "s3", 6, "--by", "metodist", "--confirm")
    assert elsewhere.code == 1 and elsewhere.json()["unanswered"][0]["earlier"]


def test_without_an_account_an_answer_binds_his_own_files(run, school):
    assert school("submit", "s1", 5, "--by", "ivanova", "--confirm", said=SAID).code == 0
    later = school("submit", "s2", 6, "--by", "ivanova", "--confirm")
    assert later.code == 0
    (note,) = [f for f in later.json()["findings"] if f["code"] == "answer-remembered"]
    assert "ivanova" in note["message"] and note["severity"] == "note"
    assert school("submit", "s2", 7, "--by", "petrova", "--confirm").code == 1
    assert school("check", "s2", 7, "--by", "ivanova").json()["unanswered"] == []


def test_an_answer_is_revoked_and_asked_again(run, school):
    school("submit", "s1 s2", 5, "--by", "metodist", "--confirm", said=SAID)
    (answer,) = run("answers", "list", "--json").json()
    assert run("answers", "revoke", answer["id"]).code == 0
    assert run("answers", "list", "--json").json() == []
    assert school("submit", "s1 s2", 6, "--by", "metodist", "--confirm").code == 1
    again = run("answers", "revoke", answer["id"])
    assert again.code == 2 and "отозван" in again.err


def test_an_exact_name_is_never_overridden_and_nothing_of_it_is_remembered(run, school):
    wrong = {"levels": {"Начальное": "basic"}}
    refused = school("submit", "s1", 5, "--by", "lesnaya", "--confirm", said=wrong, level="Начальное")
    assert refused.code == 1
    (finding,) = [f for f in refused.json()["findings"] if f["code"] == "answer-unasked"]
    assert "basic" in finding["message"] and finding["value"] == "Начальное"
    assert kept(run) == []
    assert school("submit", "s2", 5, "--by", "metodist", "--confirm", level="Начальное").code == 0
    assert {v["level"] for v in run("values", "--period", "2026", "--json").json()} == {"primary"}
