"""A changed key of the log: noticed, answered for with a ground, and said for ever after."""

from __future__ import annotations

import json

import duckdb
import pytest
from thinned import thinned

REGISTER = "code;name;kind;levels;territory\ns1;Школа «Лесная»;school;primary,basic;Край / Север\n"
GROUND = "Сервер заменён, приказ № 12"


@pytest.fixture
def store(run, tmp_path):
    (tmp_path / "register.csv").write_text(REGISTER, encoding="utf-8")
    assert run("organisations", "import", tmp_path / "register.csv").code == 0
    assert run("zone", "set", "Край", "Asia/Chita").code == 0
    assert run("verify").code == 0 and "ключом" not in run("verify").out
    return tmp_path


def key_lost(folder):
    (folder / "secrets" / "chain.key").unlink()


def codes(answer):
    return {damage["code"] for damage in answer.json()["damages"]}


def test_a_changed_key_is_acknowledged_with_a_ground_and_verify_says_since_when(run, store, fits):
    nothing = run("key", "acknowledge", "--ground", GROUND)
    assert nothing.code == 2 and "признавать нечего" in nothing.err
    key_lost(store)
    found = run("verify", "--json")
    assert codes(found) == {"chain-other-key"} and "key acknowledge" in found.json()["damages"][0]["to_do"]
    assert run("key", "acknowledge", "--ground", " ").code == 2
    told = run("key", "acknowledge", "--ground", GROUND)
    assert told.code == 0 and GROUND in told.err
    whole = run("verify", "--json")
    fits("verify", whole.json())
    assert whole.code == 0 and codes(whole) == set()
    first, second = whole.json()["signed"]
    assert (first["before"], first["ground"]) == (None, "") and first["key"] != second["key"]
    assert second["ground"] == GROUND and int(first["since"]) < int(second["before"]) < int(second["since"])
    said = run("verify").out
    assert "Хранилище цело" in said
    assert f"С события {second['since']}" in said and f"подписан ключом {second['key']}" in said and GROUND in said
    assert f"отрезаны события после {second['before']}" in said
    assert run("key", "acknowledge", "--ground", GROUND).code == 2


def test_each_further_change_of_the_key_is_a_damage_until_it_is_answered_for(run, store):
    for number in range(2):
        key_lost(store)
        assert codes(run("verify", "--json")) == {"chain-other-key"}
        assert run("key", "acknowledge", "--ground", f"замена {number}").code == 0
        signed = run("verify", "--json").json()["signed"]
        assert [one["ground"] for one in signed] == ["", *(f"замена {n}" for n in range(number + 1))]
        assert len({one["key"] for one in signed}) == number + 2


def test_only_another_key_can_be_answered_for(run, store, data):
    noted = json.loads((data / "chain.json").read_text())
    forged = {name: {**note, "signed": "0" * 64} for name, note in noted.items()}
    (data / "chain.json").write_text(json.dumps(forged))
    assert "chain-forged" in codes(run("verify", "--json"))
    assert run("key", "acknowledge", "--ground", GROUND).code == 2
    assert "chain-forged" in codes(run("verify", "--json"))
    (data / "chain.json").unlink()
    assert "chain-file-missing" in codes(run("verify", "--json"))
    assert run("key", "acknowledge", "--ground", GROUND).code == 2


def test_an_event_of_the_change_stands_in_the_log_and_cannot_be_taken_out(run, store, data):
    key_lost(store)
    run("verify")
    assert run("key", "acknowledge", "--ground", GROUND).code == 0
    with duckdb.connect(str(data / "proforient.duckdb")) as base:
        ((detail,),) = base.execute("SELECT detail FROM event WHERE action = 'chain.acknowledged'").fetchall()
        base.execute("UPDATE event SET detail = replace(detail, '12', '13') WHERE action = 'chain.acknowledged'")
    assert json.loads(detail)["ground"] == GROUND
    assert "chain-broken" in codes(run("verify", "--json"))


@pytest.mark.parametrize("after", thinned(["'Asia/Tokyo'", None]))
def test_a_zone_changed_past_the_program_is_named(run, store, data, after):
    with duckdb.connect(str(data / "proforient.duckdb")) as base:
        ((key,),) = base.execute("SELECT key FROM meta WHERE value = 'Asia/Chita'").fetchall()
        statement = f"UPDATE meta SET value = {after} WHERE key = $1" if after else "DELETE FROM meta WHERE key = $1"
        base.execute(statement, [key])
    found = run("verify", "--json")
    assert found.code == 1 and codes(found) == {"row-changed", "log-disagrees"}
    (zone,) = [d for d in found.json()["damages"] if d["code"] == "log-disagrees"]
    assert "Часовой пояс «Край»: журнал говорит «Asia/Chita»" in zone["what"]
