"""``zone``: one instant is late in one territory and not in another."""

from __future__ import annotations

import datetime as dt

from proforient.store import acceptance

HEAD = "Организация;Показатель;Уровень;Категория;Числитель;Знаменатель\n"
REGISTER = (
    "code;inn;name;kind;levels;territory\n"
    "s1;;Школа «Лесная»;school;primary,basic;Край / Север\n"
    "s3;;Школа «Луговая»;school;primary,basic;Край / Юг\n"
)


def test_a_deadline_ends_by_the_zone_that_was_set(run, tmp_path, monkeypatch):
    (tmp_path / "register.csv").write_text(REGISTER, encoding="utf-8")
    assert run("organisations", "import", tmp_path / "register.csv").code == 0
    assert run("period", "open", "2026", "--closes", "2027-01-20").code == 0
    given = run("zone", "set", "Край", "Asia/Yekaterinburg")
    assert given.code == 0 and "(UTC+5)" in given.err.replace("\u00a0", " ")
    assert run("zone", "set", "Юг", "Asia/Chita").code == 0
    wrong = run("zone", "set", "Юг", "Chita")
    assert wrong.code == 2 and "Часового пояса «Chita» нет" in wrong.err
    rows = {r["territory"]: (r["zone"], r["own"], r["offset"]) for r in run("zone", "list", "--json").json()}
    assert rows["Край / Север"] == ("Asia/Yekaterinburg", False, "UTC+5")
    assert rows["Край / Юг"] == ("Asia/Chita", True, "UTC+9")
    # The closing day ends in Chita at 15:00 UTC, in Yekaterinburg at 19:00.
    monkeypatch.setattr(acceptance, "now", lambda: dt.datetime(2027, 1, 20, 16, 0))
    late = {}
    for code in ("s1", "s3"):
        file = tmp_path / f"{code}.csv"
        file.write_text(f"{HEAD}{code};coverage;Начальное;все;5;40\n", encoding="utf-8")
        sent = run("submit", file, "--period", "2026", "--by", code, "--confirm", "--json")
        assert sent.code == 0, sent.err
        late[code] = sent.json()["late"]
    assert late == {"s1": False, "s3": True}
    assert run("zone", "set", "Юг", "none").code == 0
    rows = {r["territory"]: r["zone"] for r in run("zone", "list", "--json").json()}
    assert rows["Край / Юг"] == "Asia/Yekaterinburg" and run("verify").code == 0
