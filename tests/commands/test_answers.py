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
        rows = "".join(f"{code.replace('#', ' ')};coverage;{level};все;{many};40\n" for code in codes.split())
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


def test_words_for_an_organisation_mean_each_givers_own(run, school):
    """A school says «Вторая школа» of itself; the department's file means another school by the same words."""
    account = ("account", "add", "metodist", "--role", "department", "--territory", "Край / Север", "--invite")
    assert run(*account).code == 0
    call, whose = ("--by", "metodist", "--confirm"), {"organisations": {"Вторая школа": "s1"}}
    own = ("--by", "lesnaya", "--organisation", "s1", "--confirm")
    assert school("submit", "Вторая#школа", 5, *own, said=whose, level="Начальное").code == 0
    assert kept(run) == [("вторая школа", "s1", "s1")]
    asked = school("submit", "Вторая#школа", 7, *call, level="Начальное")
    (question,) = asked.json()["unanswered"]
    assert asked.code == 1 and (question["kind"], question["text"]) == ("organisation", "Вторая школа")
    ((meaning, by),) = [(e["meaning"], e["by"]) for e in question["earlier"]]
    assert meaning == "s1" and by.startswith("Школа «Лесная» (lesnaya")
    assert dict(covered(run)) == {"s1": 5}, "nothing was written over"
    other = {"organisations": {"Вторая школа": "s2"}}
    assert school("submit", "Вторая#школа", 7, *call, said=other, level="Начальное").code == 0
    assert dict(covered(run)) == {"s1": 5, "s2": 7}
    assert kept(run) == [("вторая школа", "s1", "s1"), ("вторая школа", "s2", "department")]
    assert school("submit", "Вторая#школа", 6, *own, level="Начальное").code == 0, "its own answer binds its own file"
    third = school(
        "submit", "Вторая#школа", 9, "--by", "polevaya", "--organisation", "s2", "--confirm", level="Начальное"
    )
    assert third.code == 0, "the department's binds those of its territory who have none of their own"
    assert dict(covered(run)) == {"s1": 6, "s2": 9}


def covered(run):
    found = run("values", "--period", "2026", "--json").json()
    return [(v["organisation"], v["value"]) for v in found if v["count"] == "covered"]


def test_a_former_name_that_another_now_bears_is_asked_about(run, school, tmp_path):
    """The register itself says who was called so: nothing is told to the check by the test."""
    renamed = tmp_path / "renamed.csv"
    renamed.write_text(
        "code;name;kind;levels;territory\ns1;Лицей «Горный»;school;primary,basic;Край / Север\n"
        "s2;Школа «Лесная»;school;primary,basic;Край / Север\n",
        encoding="utf-8",
    )
    assert run("organisations", "import", renamed, "--from", "2026-02-01").code == 0
    asked = school("submit", "Школа#«Лесная»", 5, "--by", "metodist", "--confirm", level="Начальное")
    (question,) = asked.json()["unanswered"]
    assert asked.code == 1 and {p["code"] for p in question["proposals"]} >= {"s1", "s2"}
    assert run("values", "--period", "2026", "--json").json() == []
    gone = school("submit", "Школа#«Полевая»", 5, "--by", "metodist", "--confirm", level="Начальное")
    (question,) = gone.json()["unanswered"]
    assert question["proposals"][0]["code"] == "s2", "a name that nobody bears any more is proposed to be his"
    said = {"organisations": {"Школа «Лесная»": "s1"}}
    assert (
        school("submit", "Школа#«Лесная»", 5, "--by", "metodist", "--confirm", said=said, level="Начальное").code == 0
    )
    assert covered(run) == [("s1", 5)]


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
