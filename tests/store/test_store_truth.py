"""``verify`` believes nothing that it reads: any value changed past the program, in whatever table, is named."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from decimal import Decimal

import pytest
from thinned import thinned
from tiny_store import CLOSES, MOMENT, NORTH, SOUTH, fill, organisation, pair, submit

from proforient.intake.model import AliasKey, Answers
from proforient.monitoring import OWN, Amendment, Cell, Contingent, Judgement, PlanValue, Reason, ReportState
from proforient.store import (
    Store,
    acceptance,
    accounts,
    amending,
    asking,
    campaign,
    chain,
    drafting,
    enrolment,
    facts,
    filing,
    form_draft,
    freezing,
    inquiring,
    links,
    measuring,
    merging,
    naming,
    planning,
    reminding,
    reopening,
    reporting,
    verify,
)
from proforient.store.backup import backup
from proforient.store.fingerprint import TABLES
from proforient.store.offices import Office
from proforient.store.papers import DocumentDraft, IssuedDocument, Measure, MeasureAnswer, MeasureState
from proforient.store.restoring import restore
from proforient.store.rows import AccountRow, Publication
from proforient.store.seals import KEPT, UNSEALED
from proforient.store.snapshots import digest, new_token
from proforient.store.views import NamedView

# What may change without a word, and why.
FREE = {
    ("opening_count", "token"): "how often a link was opened: nothing follows from it",
    ("opening_count", "openings"): "the same",
    **{
        ("typed_cell", column): "what is typed and not handed in: nothing follows from it"
        for column in (*("period_id", "organisation", "count", "level", "cohort", "words", "author", "happened_at"),)
    },
    ("migration", "happened_at"): "when the schema was updated: nothing follows from it",
}


WORDS = Amendment(
    period="2024", territory=NORTH, action=OWN, text="Провести ярмарку", addressee="heads", responsible="Отдел",
    deadline=None, place=1, shown=True, author="petrova", at=MOMENT,
)  # fmt: skip


def fill_everything(store):
    """At least one row in every table, by the actions that write it."""
    fill(store)
    submit(store, pair("n2", 1, 10) | pair("s1", 3, 9))
    told = Answers(explanations={"jump@!2:Значение": "новый класс"})
    aliases = {AliasKey("organisation", "школа два"): "n2"}
    receipt = submit(store, pair("n2", 5, 10), answers=told, aliases=aliases)
    lone = submit(store, {("n2", "reached", "basic", "all"): 6, ("n2", "pupils", "primary", "all"): Reason.NO_DATA})
    with store.write("petrova", based_on=None) as writer:
        acceptance.withdraw(writer, lone.parts[0], at=MOMENT)
        filing.revoke_alias(writer, writer.reader.aliases()[0].id, at=MOMENT)
    submit(store, {("n2", "reached", "basic", "all"): 7}, data=b"later")
    with store.write("petrova", based_on=None) as writer:
        reporting.set_report(writer, "2024", "n2", ReportState.RETURNED, note="проверьте", at=MOMENT)
        enrolment.import_organisations(
            writer, [organisation("s1", SOUTH, name="Новая", inn="0105012346")], since=CLOSES
        )
        planning.set_plan(
            writer,
            PlanValue(
                period="2024",
                indicator="coverage",
                level="primary",
                cohort="all",
                territory=NORTH,
                percent=Decimal("41.5"),
                number=None,
                origin="document",
                ground="приказ № 2",
                author="petrova",
                at=MOMENT,
            ),
        )
        given = {"period": "2024", "indicator": "no-page", "level": "whole", "cohort": "all", "outcome": "met"}
        more = {"source": "письмо", "office": "отдел", "date": CLOSES, "percent": None, "at": MOMENT}
        planning.add_judgement(writer, Judgement(id="", territory=NORTH, organisation=None, text="да", **given, **more))
        known = Contingent(
            period="2024", organisation="n2", cell=Cell("pupils", "basic", "all"), number=11, source="форма"
        )
        planning.import_contingent(writer, [known])
        amending.amend(writer, WORDS)
        amending.name_events(writer, NORTH, ["День профессий"])
        asking.set_asked(writer, "2024", set(writer.catalogue.indicators) - {"no-page"}, at=MOMENT)
        inquiring.ask_about(writer, "2024", "n2", {Cell("pupils", "basic", "all"): "Откуда 10?"})
        campaign.close_period(writer, "2024")
        reopening.reopen_for(writer, "2024", "n2", last_day=dt.date(2199, 1, 1), reason="карантин")
        campaign.reopen_period(writer, "2024", closes=CLOSES)
        form_draft.type_cells(writer, "2024", "n2", {Cell("pupils", "basic", "all"): "12"}, {})
        reminding.set_mailboxes(writer, {"n2": "n2@edu.ru"})
        reminding.begin(writer, "2024", "n2", "n2@edu.ru")
        enrolment.import_organisations(writer, [organisation("s9", SOUTH)])
        merging.merge(writer, "s9", "s1", day=dt.date(2024, 9, 1), at=MOMENT)
    fill_access(store)
    fill_papers(store)
    return receipt


def fill_access(store):
    body, text = '{"a":1}', "[catalogue]"
    with store.write("petrova", based_on=None) as writer:
        kept = freezing.freeze(
            writer, period="2024", territory=NORTH, cohort="all", body=body, catalogue=text, at=MOMENT
        )
        made = Publication(
            number=0, token=new_token(), snapshot_id=int(kept.id), period="2024", territory=NORTH, cohort="all",
            title="Итоги", note="", catalogue=digest(text), sha256=digest(body), body=body, corrects=None,
            made_at=MOMENT, made_by="petrova", ends_at=CLOSES_AT, withdrawn_at=None, reason="",
        )  # fmt: skip
        for number in (1, 2):
            made = links.publish(writer, made)
            assert made.number == number
        links.withdraw(writer, 1, reason="ошибка", at=MOMENT)
        links.put_code(writer, "АВГДЕК23", made, ends_at=CLOSES_AT, at=MOMENT)
        links.count_openings(writer, {made.token: 3})
        for login, role, own in (("head", "administrator", None), ("school", "organisation", "n2")):
            accounts.add(
                writer,
                AccountRow(
                    login=login,
                    role=role,
                    territory=NORTH,
                    organisation=own,
                    email=f"{login}@edu.ru",
                    password="",
                    version=1,
                    active=True,
                    made_at=MOMENT,
                ),
            )
            accounts.set_password(writer, login, "$argon2id$v=19$secret", MOMENT)
        accounts.invite(writer, "school", "f" * 64, ends_at=CLOSES_AT, at=MOMENT)
        accounts.end_session(writer, "head", "session-1", ends_at=CLOSES_AT, at=MOMENT)


def fill_papers(store):
    """A draft that was issued with a measure, numbered, answered by a school."""
    about = {"kind": "letter", "period": "2024", "territory": NORTH, "audience": "outside", "body": '{"form":"1"}'}
    about |= {"follows": "", "corrects": "", "author": "", "at": MOMENT}
    sha256 = store.put_file(b"a letter")
    with store.write("petrova", based_on=None) as writer:
        kept = freezing.freeze(writer, period="2024", territory=NORTH, cohort="all", body="{}", catalogue="[catalogue]")
        draft = drafting.save_draft(writer, DocumentDraft(id="", version=0, kept=True, change="начат", **about))
        paper = IssuedDocument(
            id="", draft=draft.id, version=1, day=CLOSES, snapshot="", state="", file_name="письмо.docx", sha256=sha256,
            size=8, changes=("срок",), number="", number_day=None, **about,
        )  # fmt: skip
        measure = Measure(
            id="", document="", kind="letter", period="2024", territory=NORTH, item="a", place=1, number="1",
            text="Сделать", addressee="heads", responsible="отдел", due="day", due_told="до 1 июня", due_on=CLOSES,
            organisations=("n2",),
        )  # fmt: skip
        issued = drafting.issue(writer, paper, kept, [measure], {"ABCDE": ("coverage", "basic", "all")})
        drafting.give_number(writer, issued.id, "837/1", CLOSES)
        (mine,) = writer.reader.measures(NORTH)
        answer = MeasureAnswer(
            organisation="n2", state=MeasureState.DONE, comment="да", evidence="файл", sha256=sha256, size=8
        )
        measuring.answer(writer, mine.id, answer)
        words = Office(
            letterhead=("Администрация", "Управление"), name="Управление", name_gen="Управления", address=("Мира, 1",),
            territory_gen="района", territory_prep="районе", city="Речной", ground="в приказе № 1", post=("Начальник",),
            posts=("отдел | отдел | отделу",),
        )  # fmt: skip
        drafting.set_office(writer, NORTH, words)
        naming.keep_view(writer, NamedView(id="", name="Годы", choices="rows=level", owner="", territory=NORTH))


CLOSES_AT = dt.datetime(2025, 1, 20, 12, 0)


@pytest.fixture(scope="module")
def everything(tmp_path_factory, catalogue):
    folder = tmp_path_factory.mktemp("everything") / "data"
    # Without constraints: the database itself must not be what refuses a forged value.
    store = Store.open(folder, catalogue, secrets=folder.with_name("keys"), constraints=False)
    fill_everything(store)
    yield store
    store.close()


@pytest.fixture
def full(everything, tmp_path, catalogue):
    """A copy of the full store, open, with the key that signed it."""
    with everything.pause_writing() as session:
        session.run("CHECKPOINT")
        shutil.copytree(everything.folder, tmp_path / "data")
        shutil.copytree(everything.folder.with_name("keys"), tmp_path / "keys")
    store = Store.open(tmp_path / "data", catalogue, secrets=tmp_path / "keys")
    yield store
    store.close()


def past_the_program(store, statement, values=None):
    with store.raw() as cursor:
        return cursor.execute(statement, values).fetchall()


def is_noticed(store):
    """Whether any look finds anything; the one that finds most goes first, to save the others' time."""
    looks = sorted(verify.LOOKS, key=lambda look: look.__name__ != "changed_rows")
    with store.read() as reader:
        return any(True for look in looks for _ in look(reader, store.folder))


def test_every_table_is_either_sealed_by_the_log_or_said_to_be_otherwise_checked():
    assert set(TABLES) == {*KEPT, *UNSEALED}
    assert {table for table, _ in FREE} <= {*UNSEALED}


def test_a_full_store_in_order_has_nothing_to_say(full):
    assert verify.verify(full) == []


@pytest.mark.parametrize("each", [8, pytest.param(1, marks=pytest.mark.soak)])
@pytest.mark.parametrize("table", thinned(TABLES))
def test_any_changed_value_of_any_table_is_found(everything, table, each):
    """Each column of each table in turn (each eighth one, when it must be quick), in one row, by a raw statement."""
    store = everything
    columns = past_the_program(
        store, f"SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = '{table}'"
    )[TABLES.index(table) % each :: each]
    ((first,),) = past_the_program(store, f"SELECT min(rowid) FROM {table}")
    assert first is not None, "an empty table proves nothing"
    for column, kind in columns:
        ((before,),) = past_the_program(store, f"SELECT {column} FROM {table} WHERE rowid = {first}")
        after = changed(before, kind)
        statement = f"UPDATE {table} SET {column} = $to WHERE rowid = {first}"
        past_the_program(store, statement, {"to": after})
        found = is_noticed(store)
        past_the_program(store, statement, {"to": before})
        assert found is ((table, column) not in FREE), (table, column, after)
    assert not is_noticed(store)


def changed(value, kind):
    """Another value of the column's type, as near as may be."""
    if kind == "BOOLEAN":
        return not value
    if kind == "VARCHAR":
        return "x" if value is None else value[:-1] + ("0" if value[-1:] != "0" else "1")
    if kind == "DATE":
        return (value or CLOSES) + dt.timedelta(days=-1 if value == dt.date(9999, 12, 31) else 1)
    if kind == "TIMESTAMP":
        return (value or MOMENT) + dt.timedelta(microseconds=1)
    return (value or 0) + 1


def opened_again(store, catalogue, keys=None):
    """The same folder, opened anew, as the next command does."""
    store.close()
    return Store.open(store.folder, catalogue, secrets=keys or store.folder.with_name("keys"))


def test_a_forged_row_stays_named_after_later_writes_of_the_program_to_the_same_row(full, catalogue):
    past_the_program(full, "UPDATE account SET role = 'administrator' WHERE login = 'school'")
    with full.write("petrova", based_on=None) as writer:
        accounts.set_password(writer, "school", "$argon2id$v=19$other", MOMENT)
    again = opened_again(full, catalogue)
    found = [d for d in verify.verify(again) if d.code == "row-changed"]
    assert found
    assert "school" in found[0].what
    assert "до события" in found[0].what
    again.close()


CUT = "DELETE FROM event WHERE event_id = (SELECT max(event_id) FROM event)"


@pytest.mark.parametrize(
    "note",
    thinned(["removed", "rewritten with a signature", "rewritten", "signed by a key of one's own"]),
)
def test_events_cut_with_the_chain_file_set_right_are_noticed_for_ever(full, catalogue, tmp_path, note):
    path = full.folder / "chain.json"
    past_the_program(full, CUT)
    rows = past_the_program(full, "SELECT chain, max(event_id), arg_max(hash, event_id) FROM event GROUP BY chain")
    tails = {name: chain.Tail(event, hash_) for name, event, hash_ in rows}
    full.close()
    path.unlink()
    if note != "removed":
        signer = chain.Signer(b"k" * 32) if note.startswith("signed") else None
        noted = chain.notes(tails, signer)
        if note == "rewritten with a signature":
            noted = {name: {**one, "key": full.signer.id, "signed": "0" * 64} for name, one in noted.items()}
        path.write_text(json.dumps(noted))
    code = {
        "removed": "chain-file-missing",
        "rewritten": "chain-unsigned",
        "rewritten with a signature": "chain-forged",
        "signed by a key of one's own": "chain-other-key",
    }[note]
    for number in range(3):
        again = opened_again(full, catalogue)
        assert code in {d.code for d in verify.verify(again)}
        with again.write("petrova", based_on=None) as writer:
            facts.set_fact(writer, f"example-{number}", "made")
        assert code in {d.code for d in verify.verify(again)}
        again.close()


def test_a_chain_file_removed_while_the_program_runs_is_noted_by_the_next_write(full):
    (full.folder / "chain.json").unlink()
    assert {d.code for d in verify.verify(full)} == {"chain-file-missing"}
    submit(full, pair("n2", 8, 10))
    assert (full.folder / "chain.json").is_file()
    assert {d.code for d in verify.verify(full)} == {"chain-file-missing"}


def test_the_key_is_made_for_its_owner_only_and_a_copy_put_back_is_signed_by_it(full, catalogue, tmp_path):
    assert (tmp_path / "keys" / "chain.key").stat().st_mode & 0o777 == 0o600
    backup(full, tmp_path / "copy")
    restore(tmp_path / "copy", tmp_path / "moved")
    moved = Store.open(tmp_path / "moved", catalogue, secrets=tmp_path / "keys")
    assert verify.verify(moved) == []
    moved.close()


def test_a_store_moved_without_its_key_says_so_and_goes_on_with_the_new_one(full, catalogue, tmp_path):
    again = opened_again(full, catalogue, tmp_path / "new keys")
    submit(again, pair("n2", 8, 10))
    assert {d.code for d in verify.verify(again)} == {"chain-other-key"}
    assert again.chain_stands() == "signed"
    again.close()
