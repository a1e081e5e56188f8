"""Tables that commands import and files that they check and submit."""

from __future__ import annotations

import json

import openpyxl
import pytest
from serving import EXAMPLES
from thinned import thinned

HEAD = "Организация;Показатель;Уровень;Категория;Числитель;Знаменатель\r\n"


def refused(answer, *expected):
    text = answer.err + answer.out
    assert answer.code == 2 and "Traceback" not in text, text
    for part in expected:
        assert part in text, text


def test_the_register_may_be_in_windows_encoding_with_commas_in_another_order(run, table):
    text = "name,code,levels,kind,territory\r\nШкола,s-1,primary,school,Область / Район\r\n"
    assert run("organisations", "import", table(text, encoding="cp1251")).code == 0
    found = run("organisations", "list", "--json").json()
    assert [(o["code"], o["name"], o["levels"]) for o in found] == [("s-1", "Школа", ["primary"])]


def test_the_register_is_listed_by_names_not_by_codes(run, table):
    names = ["Еланская школа", "Ёлкинская школа", "лицей «Аист»", "Школа № 1", "Школа № 2", "Школа № 10"]
    codes = ["c7", "c2", "c3", "c9", "c5", "c1"]
    rows = [f"{code};{name};school;primary;Область / Район\n" for code, name in zip(codes, names, strict=True)]
    text = "code;name;kind;levels;territory\n" + "".join(sorted(rows))
    assert run("organisations", "import", table(text)).code == 0
    assert [o["name"] for o in run("organisations", "list", "--json").json()] == names
    run("period", "open", "2026", "--closes", "2099-12-25")
    found = run("results", "--period", "2026", "--by", "organisation", "--json").json()
    assert list(dict.fromkeys(row["organisation"] for row in found)) == codes


TWICE = "code;inn;name;kind;levels;territory;part_of\n"
FIRST = "s-1;7404012345;Школа № 1;school;primary;Область / Район;\n"


@pytest.mark.parametrize(
    ("second", "asked"),
    [
        ("s-2;7404012345;Лицей;school;primary;Область / Район;\n", "ИНН 7404012345"),
        ("s-2;;«ШКОЛА №1»;school;primary;Область / Район;\n", "название"),
        ("s-2;;Школа № 1;school;primary;Область / Другой;\n", None),
        ("s-2;7404012345;Филиал;school;primary;Область / Район;s-1\n", None),
        ("s-2;7404099999;Школа № 2;school;primary;Область / Район;\n", None),
    ],
)
@pytest.mark.parametrize("apart", thinned([False, True], first=1))
def test_the_same_inn_or_name_twice_is_asked_about(run, table, second, asked, apart):
    if apart:
        assert run("organisations", "import", table(TWICE + FIRST)).code == 0
    path = table(TWICE + (second if apart else FIRST + second))
    answer = run("organisations", "import", path)
    if asked is None:
        assert answer.code == 0, answer.err
        return
    assert answer.code == 1
    for part in (asked, "«s-1»", "«s-2»", "в реестре" if apart else "№ 1 в файле", "--different"):
        assert part in answer.err, answer.err
    assert len(run("organisations", "list", "--json").json()) == apart
    assert run("organisations", "import", path, "--different", "s-1,s-2").code == 0
    # What was answered is not asked again, neither with the same file nor with one of them.
    assert run("organisations", "import", path).code == 0
    assert run("organisations", "import", table(TWICE + second.replace("primary", "basic"))).code == 0
    third = second.replace("s-2", "s-3")
    assert run("organisations", "import", table(TWICE + third)).code == 1


def test_an_organisation_closed_within_the_period_is_expected_once_it_has_reported(run, table, tmp_path):
    register = (
        "code;name;kind;levels;territory;closed\n"
        "s-1;Школа № 1;school;primary;Область / Район;\n"
        "s-2;Школа № 2;school;primary;Область / Район;2026-06-01\n"
        "s-3;Школа № 3;school;primary;Область / Район;2026-01-01\n"
    )
    assert run("organisations", "import", table(register)).code == 0
    assert run("period", "open", "2026", "--closes", "2099-12-25").code == 0
    file = tmp_path / "file.csv"

    def sent(code):
        file.write_text(f"Организация;Показатель;Уровень;Числитель;Знаменатель\n{code};coverage;Начальное;5;40\n")
        return run("submit", file, "--period", "2026", "--by", "metodist", "--json")

    def expected():
        told = run("results", "--period", "2026", "--territory", "Область / Район", "--json").json()
        (one,) = [c for c in told if (c["indicator"], c["level"], c["cohort"]) == ("coverage", "primary", "all")]
        return one["submitted"], one["expected"]

    assert expected() == (0, 1)
    assert sent("s-1").code == 0 and expected() == (1, 1)
    assert sent("s-2").code == 0 and expected() == (2, 2)  # it worked in the period: its children are counted
    asked = sent("s-3").json()
    assert "organisation-closed" in [f["code"] for f in asked["findings"]] and expected() == (2, 2)


def test_every_mistake_of_a_register_is_told_at_once_and_nothing_is_stored(run, table):
    text = (
        "code;name;kind;levels;territory;opened\n"
        "s-1;Школа 1;school;primary;Область / Район;32.09.2024\n"
        "s-2;Школа 2;school;primary;Область / Район;вчера\n"
    )
    refused(run("organisations", "import", table(text)), "строка 2", "строка 3", "2026-12-25")
    text = (
        "code;name;kind;levels;territory\n"
        "s-1;Школа 1;academy;primary;Область / Район\n"
        "s-2;Школа 2;school;tertiary;Область / Район\n"
    )
    refused(run("organisations", "import", table(text)), "academy", "tertiary")
    assert run("organisations", "list", "--json").json() == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "таблицы нет"),
        ("код;название\n1;2\n", "нет столбцов: code"),
        ("code;name;kind;levels;territory;phone\n", "непонятные столбцы: phone"),
        ("code;code;name;kind;levels;territory\n", "столбец дважды: code"),
        ('code;name;kind;levels;territory\ns-1;"Школа;school;primary;О / Р\n', "кавычка"),
    ],
)
def test_a_table_that_is_none_is_refused(run, table, text, expected):
    refused(run("organisations", "import", table(text)), expected)


def test_names_hold_from_a_day_on(district, table):
    changed = (
        "code;name;kind;levels;territory\nr-school-1;Лицей № 1;school;primary,basic;Примерная область / Речной округ\n"
    )
    assert district("organisations", "import", table(changed), "--from", "2027-01-01").code == 0
    assert district("period", "open", "2027", "--closes", "2099-12-25").code == 0
    named = {
        period: {
            r["level"]
            for r in district("results", "--period", period, "--organisation", "r-school-1", "--json").json()
            if r["verdict"] != "not_asked" and r["indicator"] == "coverage"
        }
        for period in ("2026", "2027")
    }
    assert named == {"2026": {"primary", "basic", "secondary"}, "2027": {"primary", "basic"}}


def test_plans_are_loaded_whole_or_not_at_all(district, table):
    before = district("plan", "list", "--period", "2026", "--json").json()
    head = "period;indicator;level;percent;number;origin;ground\n"
    good = "2026;coverage;basic;61;;department;приказ\n"
    for bad, expected in (
        ("2026;coverage;basic;шестьдесят;;department;приказ\n", "число от нуля"),
        ("2026;coverage;basic;;;department;приказ\n", "одно из двух"),
        ("2026;coverage;basic;61;61;department;приказ\n", "одно из двух"),
        ("2026;nonsense;basic;61;;department;приказ\n", "nonsense"),
        ("2026;coverage;basic;61;;guess;приказ\n", "guess"),
        ("1999;coverage;basic;61;;department;приказ\n", "1999"),
        ("2026;coverage;basic;161;;department;приказ\n", "161"),
        ("2026;coverage;basic;61,125;;department;приказ\n", "61"),
        ("2026;coverage;basic;61;;department;\n", "основани"),
    ):
        refused(district("plan", "import", table(head + good + bad)), "строка 3", expected)
    assert district("plan", "list", "--period", "2026", "--json").json() == before


def test_known_counts_are_loaded_whole_or_not_at_all(district, table):
    head = "period;organisation;count;level;number;source\n"
    refused(district("contingent", "import", table(head + "2026;r-school-1;pupils;basic;сто;ОО-1\n")), "целое число")
    refused(district("contingent", "import", table(head + "2026;r-school-9;pupils;basic;100;ОО-1\n")), "r-school-9")


def test_a_refused_file_stores_nothing_and_is_told_with_its_place(district, table, fits, monkeypatch):
    def in_this_process(*_, **__):
        pytest.fail("a file is worked on in the process of the command")

    for name in ("read._fill", "screen.understand"):
        monkeypatch.setattr(f"proforient.intake.{name}", in_this_process)
    file = table(HEAD + "Школа № 1;coverage;Основное;все;121;112\r\n")
    answer = district("submit", file, "--period", "2026", "--by", "school-1", "--json")
    assert answer.code == 1 and answer.json()["stored"] is False
    fits("submit", answer.json())
    found = next(f for f in answer.json()["findings"] if f["severity"] == "error")
    assert (found["code"], found["row"]) == ("numerator-above-denominator", 2)
    assert district("values", "--period", "2026", "--json").json() == []
    words = district("submit", file, "--period", "2026", "--by", "school-1")
    assert words.code == 1 and "строка 2" in words.out and "Ничего не записано" in words.out
    assert district("check", file, "--period", "2026", "--json").json()["findings"] == answer.json()["findings"]


def test_an_unknown_organisation_waits_for_an_answer(district, table, tmp_path, fits):
    file = table(HEAD + "Первая школа;coverage;Основное;все;100;112\r\n")
    answer = district("check", file, "--period", "2026", "--json")
    fits("check", answer.json())
    assert answer.code == 1 and answer.json()["acceptable"] is False
    assert [(q["kind"], q["text"]) for q in answer.json()["unanswered"]] == [("organisation", "Первая школа")]
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps({"organisations": {"Первая школа": "r-school-1"}}), "utf-8")
    call = ("--period", "2026", "--by", "school-1", "--confirm", "--json")
    assert district("submit", file, *call, "--answers", answers).json()["stored"] is True
    again = table(HEAD + "Первая школа;coverage;Начальное;все;100;112\r\n", "again.csv")
    assert district("submit", again, *call).json()["stored"] is True, "the answer is remembered"
    answers.write_text("{", "utf-8")
    refused(district("submit", file, *call, "--answers", answers), "JSON")
    answers.write_text('{"columnz": {}}', "utf-8")
    refused(district("submit", file, *call, "--answers", answers), "columnz")


def test_who_filled_the_file_in_is_kept_nowhere(district, tmp_path, data):
    head = "Организация;Показатель;Уровень;Категория;Числитель;Знаменатель"
    line = "r-school-1;Охват мероприятиями;Начальное;все;30;212"
    file = tmp_path / "report.csv"
    file.write_text(f"{head}\n{line}\n\nИсполнитель: Ивлева А. П., тел. 8 (351) 562-12-34\n", "utf-8")
    call = ("--period", "2026", "--by", "metodist", "--json")
    answer = district("submit", file, *call)
    assert answer.code == 1 and [q["kind"] for q in answer.json()["unanswered"]] == ["contacts"]
    assert not list((data / "files").glob("*")) and "Ивлева" not in answer.out + answer.err
    assert "contacts" in district("check", file, "--period", "2026", "--returned", tmp_path / "r.xlsx").err
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps({"contacts": "keep"}), "utf-8")
    refused(district("submit", file, *call, "--answers", answers), "leave-out")
    answers.write_text(json.dumps({"contacts": "leave-out"}), "utf-8")
    sent = district("submit", file, *call, "--answers", answers)
    assert sent.json()["stored"] is True and sent.json()["values"] == 2, sent.err + sent.out
    (kept,) = (data / "files").glob("*")
    assert kept.read_text("utf-8").splitlines() == [head, line, "", ""]
    everything = b"".join(path.read_bytes() for path in data.rglob("*") if path.is_file())
    assert "Ивлева".encode() not in everything and b"562-12-34" not in everything
    again = district("check", file, "--period", "2026", "--by", "metodist", "--json", "--answers", answers)
    assert [f["code"] for f in again.json()["findings"] if f["code"] == "same-file"] == ["same-file"]
    assert district("verify").code == 0


def test_a_warning_wants_a_confirmation_or_an_explanation(district, table, tmp_path):
    older = table(HEAD + "Школа № 1;coverage;Основное;все;100;264\r\n", "older.csv")
    newer = table(HEAD + "Школа № 1;coverage;Основное;все;110;264\r\n", "newer.csv")
    call = ("--period", "2026", "--by", "school-1", "--json")
    for file in (older, newer):
        assert district("submit", file, *call).json()["stored"] is True
    assert district("check", older, "--period", "2026").code == 0, "a warning does not change what is acceptable"
    answer = district("submit", older, *call)
    warning = next(f for f in answer.json()["findings"] if f["severity"] == "warning")
    assert (warning["code"], answer.code, answer.json()["stored"]) == ("older-file", 1, False)
    assert "--confirm" in answer.err
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps({"explanations": {warning["key"]: "Прежние числа верны"}}), "utf-8")
    assert district("submit", older, *call, "--answers", answers).json()["stored"] is True
    assert district("submit", newer, *call).code == 1
    assert district("submit", newer, *call, "--confirm").json()["stored"] is True
    personal = {"explanations": {warning["key"]: "Звоните: +7 912 345-67-89"}}
    answers.write_text(json.dumps(personal, ensure_ascii=False), "utf-8")
    answer = district("submit", older, *call, "--answers", answers)
    assert answer.code == 1 and "152-ФЗ" in answer.err and "345" not in answer.err


def test_the_organisation_of_the_call_fills_a_missing_column_and_must_agree(district, table):
    bare = table("Показатель;Уровень;Категория;Числитель;Знаменатель\r\ncoverage;Основное;все;150;264\r\n")
    call = ("--period", "2026", "--by", "school-1", "--confirm", "--json")
    assert district("submit", bare, *call).code == 1
    assert district("submit", bare, *call, "--organisation", "r-school-1").json()["stored"] is True
    other = table(HEAD + "Школа № 2;coverage;Основное;все;40;81\r\n")
    assert district("submit", other, *call, "--organisation", "r-school-1").code == 1
    refused(district("submit", other, *call, "--organisation", "r-school-9"), "r-school-9")


def test_a_form_of_another_organisation_is_one_error_and_without_a_choice_it_is_its_own(district, tmp_path):
    out = tmp_path / "form.xlsx"
    assert district("form", "--period", "2026", "--organisation", "r-school-1", "--out", out).code == 0
    book = openpyxl.load_workbook(out)
    book.active["C6"] = 81
    book.save(out)
    other = district("check", out, "--period", "2026", "--organisation", "r-school-2", "--json")
    told = other.json()
    assert other.code == 1 and [f["code"] for f in told["findings"]] == ["form-of-other"]
    assert "Это бланк другой организации: «Школа № 1»" in told["findings"][0]["message"]
    assert told["values"] == 0 and not told["unanswered"] and told["rows"]["used"] == 0
    own = district("check", out, "--period", "2026", "--json").json()
    assert own["acceptable"] and own["values"] == 1


def test_who_sent_is_kept_with_the_user_of_the_system(district, data):
    import getpass

    from proforient.catalogue.read import read_catalogue
    from proforient.settings import ROOT
    from proforient.store import Store

    call = ("submit", EXAMPLES / "report.csv", "--period", "2026", "--by", "metodist", "--json")
    number = district(*call).json()["submission"]
    store = Store.open(data, read_catalogue(ROOT / "indicators.toml"))
    with store.read() as reader:
        assert reader.submission(number).by == f"metodist ({getpass.getuser()})"
        actors = {event.actor for event in reader.events(action="submission.accepted")}
    store.close()
    assert actors == {f"metodist ({getpass.getuser()})"}


def test_who_wrote_a_workbook_is_a_note_and_his_name_stays_in_the_file_alone(district, data, tmp_path, fits):
    book = openpyxl.Workbook()
    for row in (HEAD.strip().split(";"), ("Школа № 1", "coverage", "Основное", "все", 190, 264)):
        book.active.append(row)
    book.properties.creator = book.properties.lastModifiedBy = "Ивлева Дарья Петровна"
    file = tmp_path / "отчёт.xlsx"
    book.save(file)
    answer = district("submit", file, "--period", "2026", "--by", "metodist", "--confirm", "--json")
    fits("submit", answer.json())
    assert answer.code == 0 and "author-named" in answer.out
    kept = [path for path in data.rglob("*") if path.is_file() and path.read_bytes() == file.read_bytes()]
    assert len(kept) == 1
    others = b"".join(path.read_bytes() for path in data.rglob("*") if path.is_file() and path not in kept)
    assert "Ивлев" not in answer.out + answer.err and "Ивлев".encode() not in others


def test_what_is_replaced_is_told_before_and_after(district, table):
    first = district("submit", EXAMPLES / "report.csv", "--period", "2026", "--by", "metodist", "--json").json()
    file = table(HEAD + "Школа № 1;coverage;Основное;все;190;264\r\n")
    expected = [{"submission": first["submission"], "organisation": "r-school-1", "cells": 3}]
    assert district("check", file, "--period", "2026", "--json").json()["replaces"] == expected
    call = ("submit", file, "--period", "2026", "--by", "metodist", "--confirm", "--json")
    assert district(*call).json()["replaces"] == expected
    values = district("values", "--period", "2026", "--csv").out.splitlines()
    assert values[0].startswith("\ufefforganisation;period;count;level;cohort;value;reason;submission;file")
    assert sum(";table.csv;" in line for line in values) == 3


def test_a_period_that_the_file_names_is_taken_without_the_option(district):
    answer = district("check", EXAMPLES / "report.csv", "--json")
    assert answer.code == 0 and answer.json()["values"] == 10


def test_text_that_a_spreadsheet_would_run_is_defused_in_csv(run, table):
    text = 'code;name;kind;levels;territory\ns-1;"=HYPERLINK(""http://x"")";school;primary;Область / Район\n'
    assert run("organisations", "import", table(text)).code == 0
    assert "'=HYPERLINK" in run("organisations", "list").out
    assert run("organisations", "list", "--json").json()[0]["name"].startswith("=HYPERLINK")


def test_a_register_that_does_not_fit_is_refused_and_not_cut(run, tmp_path):
    file = tmp_path / "register.csv"
    line = "s-{0};Школа {0};school;primary;Область / Район\n"
    with file.open("w", encoding="utf-8") as stream:
        stream.write("code;name;kind;levels;territory\n")
        stream.writelines(line.format(number) for number in range(420_000))
    refused(run("organisations", "import", file), "больше 20 МБ")
    assert run("organisations", "list", "--json").json() == []


def test_an_enormous_file_is_refused_without_being_read(district, tmp_path):
    file = tmp_path / "big.csv"
    with file.open("wb") as stream:
        stream.truncate(300 << 20)
    answer = district("check", file, "--period", "2026", "--json")
    assert answer.code == 1
    assert [f["code"] for f in answer.json()["findings"]] == ["file-too-large"]


def test_a_refused_file_is_given_back_with_its_faults_marked(district, table, tmp_path):
    out = tmp_path / "назад.xlsx"
    file = table(HEAD + "Школа № 1;coverage;Основное;все;270;264\r\n")
    assert district("check", file, "--period", "2026", "--returned", out).code == 1
    sheet = openpyxl.load_workbook(out)["Таблица"]
    assert [c.coordinate for row in sheet.iter_rows() for c in row if c.comment] == ["E2"]
    secret = table(HEAD + "Иванов Иван Иванович;coverage;Основное;все;270;264\r\n", "secret.csv")
    answer = district("check", secret, "--period", "2026", "--returned", tmp_path / "нет.xlsx")
    assert answer.code == 1 and "назад он не выдаётся" in answer.err and "personal-data" in answer.out
    assert not (tmp_path / "нет.xlsx").exists()


def test_what_people_write_passes_the_same_screen(district, table):
    file = table(HEAD + "Школа № 1;coverage;Основное;все;100;264\r\n")
    assert district("submit", file, "--period", "2026", "--by", "school-1").code == 0
    answer = district("report", "return", "--period", "2026", "--organisation", "r-school-1", "--note", "Иванова Анна")
    assert answer.code != 0 and "152-ФЗ" in answer.err and "Иванова" not in answer.err
