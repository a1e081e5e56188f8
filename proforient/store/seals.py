"""What a transaction left in every table, as digests of the rows it touched: they go into its last event.

The log then says what each table must hold, and a row that was changed past the program differs from it for ever:
an event notes what a row was before as well, so that no later change makes a forged row a true one.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from proforient.store.transaction import Question, Transaction


class SealedRow(NamedTuple):
    event_id: int


SEALED = Question("sealed", SealedRow)

FIELD = "sealed"  # key of an event's detail under which it holds seals
WHOLE = "sealed_whole"  # true in the event that tells of every row there was, from which on the log is compared
SHORT = 24  # hexadecimal digits of SHA-256 that are kept of each row: 96 bits
Digests = dict[str, str]
Seals = dict[str, Digests]  # table -> key -> digest, or «before>after» of a row that was there before


@dataclass(frozen=True, slots=True)
class Kept:
    """How the rows of a table are told apart, and what one is called in Russian (an SQL expression).

    ``grows``: rows are only added, and this column holds identifiers that grow; ``narrow``: columns, each with what
    narrows it in the writing statements, a bound value or list.
    """

    key: str
    name: str
    called: str = "''"
    grows: str = ""
    narrow: Mapping[str, str] = field(default_factory=dict)


# order: a period has one code
_PERIOD = "(SELECT min(p.code) FROM period AS p WHERE p.period_id = t.period_id)"
_FIGURE = f"concat_ws(', ', {_PERIOD}, indicator, level, cohort, nullif(territory, ''))"
# Not among them: event (its own chain), given, rollup and superseded_… (worked out anew and compared), opening_count
# (how often a link was opened: nothing follows from it, and guests would fill the log), typed_cell (a draft of numbers:
# no figure follows from it), migration (compared with the program's own list) and the row of ``meta`` that repeats it.
KEPT: Mapping[str, Kept] = {
    "meta": Kept("key", "Свойство хранилища", "key"),
    "organisation": Kept("code", "Организация", "code"),
    "organisation_fact": Kept("code || ' ' || since::VARCHAR", "Сведения об организации", "code || ', ' || name"),
    "period": Kept("period_id::VARCHAR", "Период", "code"),
    "period_opening": Kept(
        "period_id || ' ' || territory", "Открытие периода", f"concat_ws(', ', {_PERIOD}, nullif(territory, ''))"
    ),
    "period_indicator": Kept(
        "period_id || ' ' || indicator", "Что спрашивает период", f"concat_ws(', ', {_PERIOD}, indicator)"
    ),
    "plan_value": Kept("plan_id::VARCHAR", "План", _FIGURE, "plan_id"),
    "judgement": Kept("judgement_id::VARCHAR", "Экспертная оценка", _FIGURE, "judgement_id"),
    "amendment": Kept(
        "amendment_id::VARCHAR",
        "Правка рекомендации",
        f"concat_ws(', ', {_PERIOD}, action, territory)",
        "amendment_id",
    ),
    "event_names": Kept("event_names_id::VARCHAR", "Перечень мероприятий", "territory", "event_names_id"),
    "contingent": Kept(
        "epoch_us(happened_at) || ' ' || organisation", "Контингент организации", "organisation", "contingent_id"
    ),
    "submission": Kept("submission_id::VARCHAR", "Сведения о принятом файле", "file_name", "submission_id"),
    "explanation": Kept("submission_id::VARCHAR", "Пояснения к файлу", "''", "submission_id"),
    "alias": Kept("alias_id::VARCHAR", "Запомненный ответ", "words"),
    "part": Kept("part_id::VARCHAR", "Часть файла", "organisation", "part_id"),
    "withdrawn_part": Kept("part_id::VARCHAR", "Отзыв части файла"),
    "value": Kept("part_id::VARCHAR", "Значения организации", "organisation", "value_id"),
    "report": Kept(
        "period_id || ' ' || organisation",
        "Состояние отчёта",
        f"concat_ws(', ', organisation, {_PERIOD})",
        narrow={"organisation": "organisations", "period_id": "period"},
    ),
    "component": Kept("catalogue", "Состав показателей каталога", "catalogue"),
    "figure": Kept("catalogue", "Показатели каталога", "catalogue"),
    "snapshot": Kept("snapshot_id::VARCHAR", "Снимок доклада", "concat_ws(', ', territory, period)", "snapshot_id"),
    "catalogue_text": Kept("sha256", "Текст каталога", "left(sha256, 12)"),
    "account": Kept("login", "Учётная запись", "login"),
    "invitation": Kept("left(token, 16)", "Приглашение", "login"),
    "ended_session": Kept("left(sha256(session), 16)", "Оконченный сеанс"),
    "publication": Kept("number::VARCHAR", "Снимок по ссылке", "'№ ' || number"),
    "document_draft": Kept(
        "version_id::VARCHAR", "Черновик документа", "concat_ws(', ', territory, period)", "version_id"
    ),
    "issued_document": Kept("issued_id::VARCHAR", "Выпущенный документ", "file_name", "issued_id"),
    "document_number": Kept("document_number_id::VARCHAR", "Номер документа", "'№ ' || number", "document_number_id"),
    "footnote": Kept("issued || ' ' || code", "Сноска документа", "code", "issued"),
    "measure": Kept("measure_row_id::VARCHAR", "Мера", "left(words, 40)", "measure_row_id"),
    "inquiry": Kept("inquiry_id::VARCHAR", "Вопрос к числу отчёта", "organisation", "inquiry_id"),
    "reopening": Kept("reopening_id::VARCHAR", "Приём, открытый одной организации", "organisation", "reopening_id"),
    "mailbox": Kept("mailbox_id::VARCHAR", "Адрес почты организации", "organisation", "mailbox_id"),
    "reminder": Kept("reminder_id::VARCHAR", "Напоминание организации", "organisation", "reminder_id"),
    "merger": Kept("merger_id::VARCHAR", "Присоединение организации", "organisation", "merger_id"),
    "measure_answer": Kept("measure_answer_id::VARCHAR", "Ответ об исполнении", "state", "measure_answer_id"),
    "office": Kept("office_id::VARCHAR", "Бланк и подписи", "territory", "office_id"),
    "named_view": Kept("version_id::VARCHAR", "Сохранённый вид", "name", "version_id"),
    "hall_code": Kept("left(sha256(token), 16)", "Код для зала"),
}
UNSEALED = (
    "migration",
    "given",
    "rollup",
    "superseded_part",
    "superseded_value",
    "event",
    "opening_count",
    "typed_cell",
)
_WRITES = re.compile(r"\b(INSERT\s+INTO|UPDATE|DELETE\s+FROM)\s+(\w+)")
_REST = {"meta": "key <> 'schema_version'"}


class Touched:
    """Which tables a transaction writes, by its statements, and what narrows the rows in question."""

    def __init__(self) -> None:
        self.tables: dict[str, dict[str, set[object]] | None] = {}  # by column; None: all of it
        self.first = False  # whether the log tells of every row, as of a new one

    def all(self) -> None:
        """As if every table were empty before: the log is to tell everything."""
        self.tables = dict.fromkeys(KEPT)
        self.first = True

    def note(self, statement: str, values: Mapping[str, object] | None) -> bool:
        """Whether the statement writes anything."""
        found = _WRITES.findall(statement)
        for verb, table in found:
            seal = KEPT.get(table)
            if seal is None:
                continue
            chosen = self.tables.setdefault(table, {})
            if seal.grows and verb.startswith("INSERT"):
                continue
            if not seal.narrow or values is None or not set(seal.narrow.values()) <= values.keys():
                self.tables[table] = None
            elif chosen is not None:
                for column, name in seal.narrow.items():
                    bound = values[name]
                    chosen.setdefault(column, set()).update(bound if isinstance(bound, list) else [bound])
        return bool(found)


def changes(touched: Touched, after: Transaction, before: Transaction, mark: int) -> Seals:
    """What the transaction of ``after`` changed; ``before`` sees what is confirmed, ``mark`` is the last earlier id."""
    found: Seals = {}
    for table, chosen in sorted(touched.tables.items()):  # order: the same text for the same rows
        seal = KEPT[table]
        if chosen is not None and seal.grows:
            old: Digests = {}
            new = digests(after, table, where=f"{seal.grows} > $mark", values={"mark": mark})
        elif chosen is not None and seal.narrow:
            # One, as almost always, is found sooner by itself than in a list.
            every = {column: list(values) for column, values in chosen.items()}
            narrowed = {column: values[0] if len(values) == 1 else values for column, values in every.items()}
            where = " AND ".join(
                f"{column} = ${column}" if len(values) == 1 else f"{column} IN (SELECT unnest(${column}))"
                for column, values in every.items()
            )
            old, new = (digests(session, table, where=where, values=narrowed) for session in (before, after))
        else:
            old, new = ({} if touched.first else digests(before, table)), digests(after, table)
        moved = difference(old, new)
        if moved:
            found[table] = moved
    return found


def difference(old: Mapping[str, str], new: Mapping[str, str]) -> Digests:
    """By key: the new digest, «before>after» where the row was there, «before>» where it is gone."""
    moved = {
        key: f"{old[key]}>{digest}" if key in old else digest for key, digest in new.items() if old.get(key) != digest
    }
    return moved | {key: f"{digest}>" for key, digest in old.items() if key not in new}


def digests(
    session: Transaction,
    table: str,
    *,
    where: str = "",
    values: Mapping[str, object] | None = None,
    names: dict[str, str] | None = None,
) -> Digests:
    """By key: the digest of its rows, every column of them; ``names`` is given what each row is called."""
    seal = KEPT[table]
    conditions = [condition for condition in (where, _REST.get(table, "")) if condition]
    narrowed = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    called = seal.called if names is not None else "NULL"
    statement = f"SELECT {seal.key}, {called}, t.* FROM {table} AS t{narrowed}"  # noqa: S608  # names of our own
    lines: dict[str, list[str]] = {}
    for key, name, *row in session.run(statement, values):
        # A column that a later schema adds stands last, and is empty in older rows: these keep their digest.
        while row[-1] is None:
            row.pop()
        lines.setdefault(str(key), []).append(repr(row))
        if names is not None and name:
            names[str(key)] = str(name)
    # order: a digest is of a set of rows
    return {key: hashlib.sha256("\n".join(sorted(own)).encode()).hexdigest()[:SHORT] for key, own in lines.items()}


def everything(session: Transaction, *, of: Container[str] = tuple(KEPT)) -> Seals:
    """The digests of every table that there is; ``of``: of these alone."""
    there = {row[0] for row in session.run("SELECT table_name FROM duckdb_tables()")}
    return {table: digests(session, table) for table in KEPT if table in there and table in of}


@dataclass(frozen=True, slots=True)
class Forged:
    """An event that found a row other than the log had left it."""

    table: str
    key: str
    event: int


def replayed(events: Iterable[tuple[int, str]]) -> tuple[Seals | None, list[Forged]]:
    """What the log says that each table holds, from (identifier, detail) in order; None where it says nothing yet."""
    held: Seals | None = None
    forged: list[Forged] = []
    for number, detail in events:
        if f'"{FIELD}":' not in detail:
            continue
        fields = json.loads(detail)
        if held is None and fields.get(WHOLE):
            held = {}
        if held is not None:
            forged += [Forged(table, key, number) for table, key in _replay(held, fields.get(FIELD, {}))]
    return held, forged


def _replay(held: Seals, moved: Mapping[str, Mapping[str, str]]) -> Iterator[tuple[str, str]]:
    """Moves the rows; gives those that the event found otherwise than the log had left them."""
    for table, changed in moved.items():
        rows = held.setdefault(table, {})
        for key, digest in changed.items():
            before, _, after = digest.partition(">") if ">" in digest else ("", "", digest)
            if rows.get(key, "") != before:
                yield table, key
            if after:
                rows[key] = after
            else:
                rows.pop(key, None)
