"""The commands of whoever keeps a store in order, on stores that somebody changed past the program."""

from __future__ import annotations

import json
import shutil
import struct
import subprocess
import sys
import threading

import duckdb
import pytest
from serving import EXAMPLES, ROOT, serve
from thinned import thinned

from proforient.commands import opening
from proforient.store import upkeep_note


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """Where the first test of the module puts the store that it filled, for the others to copy."""
    return tmp_path_factory.mktemp("filled")


@pytest.fixture
def full(kept, request, run, data):
    """Two snapshots, one of them revoked, an account, a report."""
    if not any(kept.iterdir()):
        _fill(request.getfixturevalue("district"))
        for folder in (data, data.with_name("secrets")):
            shutil.copytree(folder, kept / folder.name)
        return run
    for folder in (data, data.with_name("secrets")):
        shutil.copytree(kept / folder.name, folder)
    return run


def _fill(district):
    submitted = district("submit", EXAMPLES / "report.csv", "--period", "2026", "--by", "metodist", "--confirm")
    assert submitted.code == 0, submitted.err
    territory = district("organisations", "list", "--json").json()[0]["territory"]
    for title in ("Первый", "Второй"):
        made = district("snapshot", "create", "--period", "2026", "--territory", territory, "--title", title)
        assert made.code == 0, made.err
    assert district("snapshot", "revoke", "1", "--reason", "ошибка").code == 0
    code = json.loads(district("organisations", "list", "--json").out)[0]["code"]
    made = district("account", "add", "school", "--role", "organisation", "--organisation", code, "--invite")
    assert made.code == 0, made.err


def tamper(data, *statements):
    with duckdb.connect(str(data / "proforient.duckdb")) as connection:
        for statement in statements:
            connection.execute(statement)


ATTACKS = {
    "a published text": ("UPDATE publication SET body = replace(body, '1', '2') WHERE number = 2", "Снимок № 2"),
    "a deck's text": ("UPDATE snapshot SET body = body || ' '", "Снимок доклада"),
    "a catalogue's text": ("UPDATE catalogue_text SET body = body || ' '", "Текст каталога"),
    "a plan": ("UPDATE plan_value SET percent = percent - 10 WHERE percent IS NOT NULL", "План"),
    "a publication taken back, shown again": (
        "UPDATE publication SET withdrawn_at = NULL WHERE number = 1",
        "Снимок № 1",
    ),
    "a school made administrator": (
        "UPDATE account SET role = 'administrator', organisation = NULL WHERE login = 'school'",
        "Учётная запись «school»",
    ),
    "a password": ("UPDATE account SET password = '$argon2id$v=19$known' WHERE login = 'school'", "«school»"),
    "a state": ("UPDATE report SET state = 'accepted'", "Состояние отчёта"),
    "a closing day": ("UPDATE period_opening SET closes = DATE '2027-12-25'", "Открытие периода «2026»"),
    "the register": ("UPDATE organisation_fact SET territory = 'Другая / Территория'", "Сведения об организации"),
}


@pytest.mark.parametrize("attack", thinned(ATTACKS, 3))
def test_verify_names_what_was_changed_past_the_program_and_goes_on_naming_it(full, data, attack):
    statement, named = ATTACKS[attack]
    tamper(data, statement)
    answer = full("verify")
    assert answer.code == 1
    assert named in answer.out
    added = full("period", "reopen", "2026", "--closes", "2099-12-24")
    assert added.code == 0, added.err
    answer = full("verify")
    assert answer.code == 1
    assert named in answer.out


def test_a_value_changed_with_its_totals_is_given_away_by_the_log_and_by_the_kept_file(full, data):
    tamper(
        data,
        "UPDATE value SET number = number + 1 WHERE count = 'covered' AND level = 'primary'",
        "DELETE FROM rollup",
        "INSERT INTO rollup SELECT * FROM pair_total ORDER BY period_id, territory",
    )
    found = full("verify", "--json").json()["damages"]
    assert {"row-changed", "value-not-in-file"} <= {d["code"] for d in found}
    told = next(d["what"] for d in found if d["code"] == "value-not-in-file")
    assert "covered" in told and "report.csv" in told


def test_every_number_of_a_kept_file_is_compared_with_what_is_stored(full):
    answer = full("verify")
    assert answer.code == 0, answer.out
    values = full("values", "--period", "2026", "--json").json()
    assert f"чисел сверено с ними: {sum(v['value'] is not None for v in values)}." in answer.out
    assert "иначе" not in answer.out


def test_a_copy_prints_the_signed_end_of_the_log_and_verify_compares_it(full, data, tmp_path):
    said = full("backup", tmp_path / "copy").err
    assert "подпись" in said and "отпечаток" in said
    assert full("verify", "--against", tmp_path / "copy").code == 0
    tamper(data, "DELETE FROM event WHERE event_id = (SELECT max(event_id) FROM event)")
    (data / "chain.json").unlink()
    found = full("verify", "--against", tmp_path / "copy", "--json").json()["damages"]
    assert {"anchor-missing", "chain-file-missing"} <= {d["code"] for d in found}
    note = tmp_path / "copy" / "backup.json"
    note.write_text(note.read_text().replace('"hash": "', '"hash": "0'))
    found = full("verify", "--against", tmp_path / "copy", "--json").json()["damages"]
    assert "anchor-forged" in {d["code"] for d in found}
    assert full("verify", "--against", tmp_path).code == 2


def test_one_damaged_snapshot_blocks_itself_alone(full, data, fits):
    tamper(data, "UPDATE publication SET body = replace(body, '1', '2') WHERE number = 1")
    listed = full("snapshot", "list", "--json").json()
    fits("snapshots", listed)
    assert [p["state"] for p in listed] == ["current", "damaged"]
    assert full("snapshot", "show", 2).code == 0
    refused = full("snapshot", "show", 1)
    assert refused.code == 2 and "№ 1" in refused.err and refused.out == ""
    territory = listed[0]["territory"]
    made = full("snapshot", "create", "--period", "2026", "--territory", territory)
    assert made.code == 0, made.err
    told = full("doctor")
    assert told.code == 2 and "Снимок № 1" in told.out and "Всё готово" not in told.out
    with serve(data) as server:
        whole, damaged = (p["address"].rpartition("/s/")[2] for p in listed)
        assert server.ask(f"/s/{whole}")[0] == 200
        status, _, body = server.ask(f"/s/{damaged}")
        assert status == 503 and "Снимок № 1" in body.decode().replace("\u00a0", " ")
        assert "Снимок № 1" in full("doctor").out


def test_doctor_says_that_the_store_does_not_open(district, data):
    upkeep_note.keep(data, "30.11.2026 03:00: Хранилище занято.")
    told = district("doctor")
    assert told.code == 0 and "приведено в порядок. 30.11.2026 03:00: Хранилище занято. Повторить" in told.out
    (data / "proforient.duckdb").write_bytes(b"no database" * 1000)
    told = district("doctor", "--json").json()
    assert told["ready"] is False
    assert any("не открывается" in trouble and "restore" in trouble for trouble in told["troubles"])
    (data / "proforient.duckdb").unlink()
    assert "пропала" in district("doctor").out


@pytest.mark.parametrize(("number", "word"), thinned([(39, "прежней формой"), (999, "более новой версией")]))
def test_an_older_form_of_the_file_is_not_called_newer(district, data, number, word):
    """The database's own number and checksum, as a file of another form bears them."""
    path = data / "proforient.duckdb"
    content = bytearray(path.read_bytes())
    content[12:20] = struct.pack("<Q", number)
    content[0:8] = struct.pack("<Q", _checksum(bytes(content[8:4096])))
    path.write_bytes(content)
    for command in (("verify",), ("doctor",)):
        answer = district(*command)
        assert answer.code == 2
        assert word in answer.out + answer.err


def _checksum(block: bytes) -> int:
    """The database's checksum of a block: eight bytes at a time, multiplied and combined."""
    result = 5381
    for (word,) in struct.iter_unpack("<Q", block):
        result ^= (word * 0xBF58476D1CE4E5B9) & 0xFFFFFFFFFFFFFFFF
    return result


@pytest.mark.soak
def test_the_second_of_two_commands_waits_for_the_first(district, data, process):
    """Three at once, each in a process of its own: all are done."""
    answers = []

    def open_a_period(year):
        answers.append(process("period", "open", year, "--closes", "2099-01-01"))

    several = [threading.Thread(target=open_a_period, args=(year,)) for year in ("2030", "2031", "2032")]
    for one in several:
        one.start()
    for one in several:
        one.join()
    assert [(a.code, a.err) for a in answers if a.code] == []
    assert len(district("period", "list", "--json").json()) == 4


def test_a_command_that_waits_long_says_so_once_and_goes_on(district, data):
    with held(data) as holder:
        threading.Timer(2.0, holder.kill).start()
        answer = district("period", "list")
    assert answer.code == 0
    assert answer.err.count("ждём") == 1


def test_a_command_gives_up_after_the_stated_time(district, data, monkeypatch):
    monkeypatch.setattr(opening, "WAIT", 0.3)
    with held(data) as holder:
        answer = district("period", "list")
        assert answer.code == 2 and "Ждали" in answer.err and str(holder.pid) in answer.err


def held(data):
    code = "import sys, duckdb; c = duckdb.connect(sys.argv[1]); print('held', flush=True); sys.stdin.read()"
    holder = subprocess.Popen(
        [sys.executable, "-c", code, str(data / "proforient.duckdb")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert holder.stdout.readline().strip() == b"held"
    return holder


READ_ONLY = """
set -e
mount --bind "$DATA" "$DATA"
mount -o remount,ro,bind "$DATA"
cd "$ROOT"
"$PYTHON" -m proforient verify
"$PYTHON" -m proforient backup "$COPY"
"$PYTHON" -m proforient period open 2027 --closes 2099-01-01 || echo "refused $?"
"""


@pytest.mark.soak
def test_a_folder_that_cannot_be_written_opens_for_reading(full, data, tmp_path):
    if subprocess.run(["unshare", "-rm", "true"], capture_output=True, check=False).returncode:
        pytest.skip("this system lets nobody mount")
    env = {
        "DATA": str(data),
        "PROFORIENT_DATA": str(data),
        "PROFORIENT_SECRETS": str(data.with_name("secrets")),
        "COPY": str(tmp_path / "copy"),
        "ROOT": str(ROOT),
        "PYTHON": sys.executable,
        "PATH": "/usr/bin:/bin:/usr/sbin:/sbin",
        "HOME": str(tmp_path),
    }
    done = subprocess.run(
        ["unshare", "-rm", "sh", "-c", READ_ONLY], capture_output=True, text=True, env=env, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "Хранилище цело" in done.stdout
    assert "писать нельзя" in done.stderr and "только для чтения" in done.stderr
    assert "refused 1" in done.stdout
    assert (tmp_path / "copy" / "backup.json").is_file()
