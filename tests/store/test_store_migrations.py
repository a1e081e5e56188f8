"""Schema, migrations and questions: in both forms, on a lake, and on a store of every released schema."""

from __future__ import annotations

import gzip
import hashlib
import importlib
import importlib.util
import re
import shutil
from functools import cache
from pathlib import Path

import duckdb
import pytest
from thinned import kept
from tiny_store import NORTH, SOUTH, fill, make_catalogue, pair, shares, submit

from proforient.errors import StoreNewer, WrongCall
from proforient.intake.model import DEPARTMENT, Giver
from proforient.store import Store, facts, filing, seals
from proforient.store.fingerprint import RESULTS, TABLES, fingerprint
from proforient.store.migrate import CONSTRAINT, MIGRATIONS, migrate, migrations, newest, schema_version, written_by
from proforient.store.restoring import restore
from proforient.store.transaction import QUESTIONS, Question, question
from proforient.store.verify import verify

NAMES = sorted(path.stem for path in QUESTIONS.glob("*.sql"))
STORES = Path(__file__).parent.parent / "data" / "stores"


def bound(name):
    """Values for the parameters of a question: everything that may be left out is left out."""
    given = {
        "catalogue": "tiny",
        "period": 1,
        "on": "2024-12-31",
        "limit": 5,
        "submission": 1,
        "place": 1,
        "codes": ["n2"],
    }
    return {key: given.get(key) for key in set(re.findall(r"\$([a-z0-9_]+)", question(name)))}


@pytest.fixture(
    scope="module",
    params=[True, pytest.param(False, marks=pytest.mark.soak)],
    ids=["with constraints", "without constraints"],
)
def fresh(request):
    connection = duckdb.connect(":memory:")
    migrate(connection, constraints=request.param)
    yield connection
    connection.close()


@cache
def asked_by_the_store():
    """Every question of every room, by the place where it stands."""
    rooms = [importlib.import_module(f"proforient.store.{path.stem}") for path in QUESTIONS.parent.glob("[a-z]*.py")]
    found = {(room.__name__, name): it for room in rooms for name, it in vars(room).items() if isinstance(it, Question)}
    return list({id(it): it for it in found.values()}.values())


def test_each_question_stands_in_one_room():
    assert len(NAMES) > 20
    assert sorted(asked.name for asked in asked_by_the_store()) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_each_question_says_what_a_row_is_runs_on_an_empty_store_and_names_its_columns_as_its_row_does(fresh, name):
    assert question(name).startswith("-- One row is ")
    assert ";" not in re.sub(r"--.*", "", question(name))
    assert fresh.execute(question(name), bound(name) or None).fetchall() == []
    (row,) = (asked.row for asked in asked_by_the_store() if asked.name == name)
    assert row._fields == tuple(column[0] for column in fresh.description)


def test_the_list_of_tables_and_results_is_what_the_schema_makes(fresh):
    tables = {row[0] for row in fresh.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    views = {row[0] for row in fresh.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall()}
    assert tables == set(TABLES)
    assert views == set(RESULTS)


def test_the_form_of_the_shared_store_has_no_constraint_but_not_null():
    connection = duckdb.connect(":memory:")
    migrate(connection, constraints=False)
    kinds = connection.execute("SELECT DISTINCT constraint_type FROM duckdb_constraints()").fetchall()
    assert kinds == [("NOT NULL",)]


def test_the_schema_has_no_key_and_no_type_that_the_shared_store_lacks():
    text = re.sub(r"--.*", "", "\n".join(m.statements(constraints=True) for m in migrations()))
    assert not re.search(r"\b(KEY|UNIQUE|INDEX|ENUM|TIMESTAMPTZ|SEQUENCE|COLLATE|SERIAL|REFERENCES)\b", text)
    dropped = [line for m in migrations() for line in m.path.read_text().splitlines() if CONSTRAINT.search(line)]
    assert dropped
    assert all(line.lstrip().startswith(", CHECK") for line in dropped)


def test_migrations_are_numbered_without_a_gap_and_applied_once():
    assert [m.version for m in migrations()] == list(range(1, newest() + 1))
    connection = duckdb.connect(":memory:")
    assert migrate(connection) == [m.name for m in migrations()]
    assert migrate(connection) == []


def test_a_migration_that_fails_leaves_no_trace_and_stays_pending(tmp_path):
    for migration in migrations():
        shutil.copy(migration.path, tmp_path)
    broken = tmp_path / f"{newest() + 1:04d}_next.sql"
    broken.write_text("CREATE TABLE later (a INTEGER);\nINSERT INTO no_such_table VALUES (1);\n")
    connection = duckdb.connect(":memory:")
    with pytest.raises(Exception, match="Хранилище не смогло"):
        migrate(connection, folder=tmp_path)
    assert schema_version(connection) == newest()
    assert "later" not in {row[0] for row in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    broken.write_text("CREATE TABLE later (a INTEGER\n, CHECK (a > 0) --F\n);\n")
    assert migrate(connection, folder=tmp_path) == ["next"]
    version = connection.execute("SELECT value FROM meta WHERE key = 'schema_version'").fetchall()
    assert version == [(str(newest() + 1),)]


def test_a_store_of_a_newer_version_is_refused_and_not_touched(tmp_path, catalogue):
    Store.open(tmp_path, catalogue).close()
    path = tmp_path / "proforient.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("INSERT INTO migration VALUES (999, 'later', TIMESTAMP '2030-01-01')")
    before = path.read_bytes()
    with pytest.raises(StoreNewer, match="его схема 999"):
        Store.open(tmp_path, catalogue)
    assert path.read_bytes() == before


def test_both_forms_give_the_same_results(tmp_path, catalogue):
    results = []
    for constraints in (True, False):
        store = Store.open(tmp_path / str(constraints), catalogue, constraints=constraints)
        fill_and_submit(store)
        results.append(shares(store))
        assert verify(store) == []
        store.close()
    assert results[0] == results[1] == {(NORTH, "basic", "all"): (10, 30, 2), (SOUTH, "basic", "all"): (4, 9, 1)}


SUBMITTED = (pair("007", 1, 10) | pair("n2", 3, 20) | pair("s1", 4, 9), pair("007", 7, 10))


def fill_and_submit(store):
    fill(store)
    for given in SUBMITTED:
        submit(store, given)


# A step of the way is a step for every older store: the first one takes them all.
SOME = kept(range(1, newest() + 1), [1, 4, newest() - 1, newest()])


@pytest.mark.parametrize("version", SOME)
def test_a_store_of_every_released_schema_opens_with_its_figures(tmp_path, version):
    """Made by ``fill_and_submit`` on the catalogue of these tests when the schema was released."""
    path = STORES / f"{version:04d}.duckdb.gz"
    (tmp_path / "proforient.duckdb").write_bytes(gzip.decompress(path.read_bytes()))
    store = Store.open(tmp_path, make_catalogue())
    assert shares(store) == {(NORTH, "basic", "all"): (10, 30, 2), (SOUTH, "basic", "all"): (4, 9, 1)}
    assert {d.code for d in verify(store)} == {"file-missing", "chain-file-missing"}  # it comes alone
    with store.write("operator", based_on=None) as writer:
        facts.set_fact(writer, "example", "opened")
    store.close()


def test_an_upgrade_reads_the_rows_only_of_tables_that_it_writes(tmp_path, monkeypatch):
    """A country has forty million values: a step that changes other tables must not fetch them."""
    read: list[str] = []
    real = seals.digests
    monkeypatch.setattr(seals, "digests", lambda own, table, **more: (read.append(table), real(own, table, **more))[1])
    (tmp_path / "proforient.duckdb").write_bytes(gzip.decompress((STORES / "0004.duckdb.gz").read_bytes()))
    Store.open(tmp_path, make_catalogue()).close()
    assert "value" not in read and "report" not in read
    assert written_by(4) >= {"given", "rollup"} and written_by(newest()) == set()


@pytest.mark.parametrize("version", SOME)
def test_a_backup_of_every_released_schema_is_put_back(tmp_path, version):
    copy = tmp_path / "copy"
    (copy / "files").mkdir(parents=True)
    (copy / "proforient.duckdb").write_bytes(gzip.decompress((STORES / f"{version:04d}.duckdb.gz").read_bytes()))
    for given in SUBMITTED:
        data = repr(sorted(given.items())).encode()
        (copy / "files" / hashlib.sha256(data).hexdigest()).write_bytes(data)
    restore(copy, tmp_path / "data")
    store = Store.open(tmp_path / "data", make_catalogue())
    assert shares(store) == {(NORTH, "basic", "all"): (10, 30, 2), (SOUTH, "basic", "all"): (4, 9, 1)}
    assert {d.code for d in verify(store)} == {"chain-file-missing"}
    store.close()


@pytest.mark.parametrize("version", SOME)
def test_answers_that_an_older_store_remembers_bind_whose_they_were(tmp_path, version):
    """What an earlier version wrote down of an answer: an organisation's own, the department's, and with no whose."""
    path = tmp_path / "proforient.duckdb"
    path.write_bytes(gzip.decompress((STORES / f"{version:04d}.duckdb.gz").read_bytes()))
    answers = [
        (9001, "column", "всего", "", NORTH, "Знаменатель", "petrova"),
        (9002, "level", "нач шк", "n2", NORTH, "primary", "petrova"),
        (9003, "level", "осн шк", "", NORTH, "basic", "lesnaya (вход школы)"),
        (9004, "column", "охват", "", "", "Числитель", "petrova"),
    ]
    with duckdb.connect(str(path)) as connection:
        for row in answers:
            connection.execute("INSERT INTO alias VALUES (?, ?, ?, ?, ?, ?, 1, ?, '2024-12-01', NULL)", row)
        if version > 2:  # accounts are known
            account = "'lesnaya', 'organisation', '', 'n2', '', '', 1, true, '2024-11-01'"
            connection.execute(f"INSERT INTO account VALUES ({account})")
    store = Store.open(tmp_path, make_catalogue())

    def bound(giver, territory=NORTH):
        with store.read() as reader:
            known = reader.known("2024", territory=territory, giver=giver)
        return {key.text for key in known.aliases}, {key.text for key in known.proposed}

    departments, own = {"всего", "охват"} | ({"осн шк"} if version < 3 else set()), {"нач шк", "осн шк"}
    assert bound(DEPARTMENT) == (departments, own - departments)
    assert bound(Giver("organisation", "n2")) == (departments | own, set())
    assert bound(Giver("organisation", "007")) == (departments, own - departments)
    assert bound(DEPARTMENT, SOUTH) == ({"охват"}, set())
    with store.write("petrova", based_on=None) as writer:
        filing.revoke_alias(writer, "9001")
    assert bound(DEPARTMENT)[0] == departments - {"всего"}
    forged = {"row-changed"} if version > 3 else set()  # from the fourth form on the log tells of every row
    assert {d.code for d in verify(store)} == {"file-missing", "chain-file-missing"} | forged  # it came alone
    store.close()


def test_reading_only_does_not_upgrade_an_older_store(tmp_path, catalogue, monkeypatch):
    Store.open(tmp_path, catalogue).close()
    monkeypatch.setattr("proforient.store.migrate.newest", lambda *_: newest(MIGRATIONS) + 1)
    with pytest.raises(WrongCall, match="прежней версией"):
        Store.open(tmp_path, catalogue, read_only=True)


def test_the_fingerprint_sees_one_changed_number(store):
    submit(store, {("n2", "reached", "basic", "all"): 4})
    with store.raw() as cursor:
        before = fingerprint(cursor)
        cursor.execute("UPDATE value SET number = 5")
        after = fingerprint(cursor)
    assert {name for name in before if before[name] != after[name]} == {"value", "current_value"}
