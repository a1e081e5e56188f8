"""Puts an accepted file's values into their tables, and keeps straight which of them are in force."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from proforient.errors import WrongCall
from proforient.intake.model import Giver, ReadValue, Screening
from proforient.monitoring import SEPARATOR, Cell, Organisation, now
from proforient.store import basis
from proforient.store.journal import AUTHOR, number_of
from proforient.store.transaction import Question, insert
from proforient.store.writing import Writer


class SettlementRow(NamedTuple):
    what: str
    id: int
    change: str


SETTLEMENT = Question("settlement", SettlementRow)


def store_submission(
    writer: Writer,
    screening: Screening,
    period: int,
    values: Mapping[str, Mapping[Cell, ReadValue]],
    late: Mapping[str, bool],
    confirm: bool,
    at: dt.datetime,
) -> tuple[int, list[int]]:
    submission = writer.new_id()
    writer.run(
        _INSERT_SUBMISSION,
        {
            "id": submission,
            "period": period,
            "name": screening.name,
            "size": screening.size,
            "sha256": screening.sha256,
            "encoding": screening.encoding,
            "layout": screening.layout,
            "at": at,
            "by": writer.actor,
            "late": any(late.values()),
            "confirmed": confirm,
        },
    )
    first = writer.new_id(len(values))
    parts = {code: first + step for step, code in enumerate(values)}
    insert(
        writer,
        _INSERT_PARTS,
        {
            "id": list(parts.values()),
            "organisation": list(parts),
            "cells": [len(cells) for cells in values.values()],
            "late": [late[code] for code in parts],
            "submission": [submission] * len(parts),
            "period": [period] * len(parts),
        },
    )
    _store_values(writer, period, parts, [value for cells in values.values() for value in cells.values()])
    explanations = {key: text.strip() for key, text in screening.answers.explanations.items() if text.strip()}
    insert(
        writer,
        _INSERT_EXPLANATIONS,
        {
            "submission": [submission] * len(explanations),
            "finding": list(explanations),
            "words": list(explanations.values()),
        },
    )
    return submission, list(parts.values())


def _store_values(writer: Writer, period: int, parts: Mapping[str, int], values: Sequence[ReadValue]) -> None:
    """Values in the order of organisations: that order makes the file small and its pages quick."""
    first = writer.new_id(len(values))
    insert(
        writer,
        _INSERT_VALUES,
        {
            "id": [first + step for step in range(len(values))],
            "part": [parts[v.organisation] for v in values],
            "period": [period] * len(values),
            "organisation": [v.organisation for v in values],
            "count": [v.cell.count for v in values],
            "level": [v.cell.level for v in values],
            "cohort": [v.cell.cohort for v in values],
            "number": [v.number for v in values],
            "reason": [v.reason.value if v.reason else None for v in values],
            "sheet": [v.place.sheet for v in values],
            "row": [v.place.row for v in values],
            "column": [v.place.column for v in values],
        },
    )


def settle(writer: Writer, period: int, organisations: Sequence[str]) -> None:
    """Brings ``superseded_part`` and ``superseded_value`` in line with the order of parts not withdrawn."""
    changes: dict[tuple[str, str], list[int]] = {}
    for row in writer.ask(SETTLEMENT, period=period, organisations=list(organisations)):
        changes.setdefault((row.what, row.change), []).append(row.id)
    for key, numbers in changes.items():
        writer.run(_SETTLE[key], {"ids": numbers})


def remember(
    writer: Writer, screening: Screening, submission: int, people: Iterable[Organisation], at: dt.datetime
) -> None:
    """Keeps the person's answers for his own later files; the department's hold where all senders are.

    Somebody without an account who hands in a file of several organisations acts for the department.
    """
    places = [who.territory for who in people]
    place, giver = _shared(places), screening.giver
    if giver.kind == "login":
        giver = Giver() if len(places) > 1 else Giver("login", writer.actor)
    mine = [a for a in writer.reader.aliases() if (a.giver, a.territory or "") == (giver, place)]
    known = {(a.kind, a.text): a.meaning for a in mine}
    new = [(key, meaning) for key, meaning in screening.aliases.items() if known.get(key) != meaning]
    if not new:
        return
    first = writer.new_id(len(new))
    ids = [first + step for step in range(len(new))]
    insert(
        writer,
        _INSERT_ALIASES,
        {
            "id": ids,
            "kind": [key.kind for key, _ in new],
            "words": [key.text for key, _ in new],
            "organisation": [{"organisation": giver.name, "login": AUTHOR}.get(giver.kind, "") for _ in new],
            "territory": [place for _ in new],
            "meaning": [meaning for _, meaning in new],
            "submission": [submission for _ in new],
            "author": [writer.actor for _ in new],
            "at": [at for _ in new],
        },
    )


def revoke_alias(writer: Writer, id: str, *, at: dt.datetime | None = None) -> None:
    """A remembered answer is asked again from now on; WrongCall where there is none in force."""
    writer.unless_moved(basis.answer(id))
    found = next((a for a in writer.reader.aliases() if a.id == id), None)
    if found is None:
        raise WrongCall(f"Запомненного ответа с номером {id} нет или он уже отозван. Обновите список.")
    moment = at or now()
    # What the same giver said before must not come back to life.
    same = (found.kind, found.text, found.giver, found.territory)
    ids = [number_of(a.id) for a in writer.reader.aliases() if (a.kind, a.text, a.giver, a.territory) == same]
    writer.run(
        "UPDATE alias SET revoked_at = $at WHERE alias_id IN (SELECT unnest($ids::BIGINT[]))",
        {"at": moment, "ids": ids},
    )
    writer.log("alias.revoked", f"alias/{id}", {"kind": found.kind, "meaning": found.meaning}, at=moment)


def _shared(territories: Sequence[str]) -> str:
    """The longest path that all territories begin with; empty where they share none."""
    paths = [path.split(SEPARATOR) for path in territories]
    shared = []
    for steps in zip(*paths, strict=False):
        if len(set(steps)) > 1:
            break
        shared.append(steps[0])
    return SEPARATOR.join(shared)


_INSERT_SUBMISSION = """
INSERT INTO submission (submission_id, period_id, file_name, file_size, sha256, encoding, layout, received_at,
  received_by, late, confirmed)
VALUES ($id, $period, $name, $size, $sha256, $encoding, $layout, $at, $by, $late, $confirmed)
"""
_INSERT_PARTS = """
INSERT INTO part (part_id, submission_id, period_id, organisation, cells, late)
SELECT unnest($id::BIGINT[]), unnest($submission::BIGINT[]), unnest($period::BIGINT[]),
  unnest($organisation::VARCHAR[]), unnest($cells::INTEGER[]), unnest($late::BOOLEAN[])
"""
_INSERT_VALUES = """
INSERT INTO value (value_id, part_id, period_id, organisation, count, level, cohort, number, reason, sheet, row_no,
  column_name)
SELECT unnest($id::BIGINT[]), unnest($part::BIGINT[]), unnest($period::BIGINT[]), unnest($organisation::VARCHAR[]),
  unnest($count::VARCHAR[]), unnest($level::VARCHAR[]), unnest($cohort::VARCHAR[]), unnest($number::BIGINT[]),
  unnest($reason::VARCHAR[]), unnest($sheet::VARCHAR[]), unnest($row::INTEGER[]), unnest($column::VARCHAR[])
"""
_INSERT_EXPLANATIONS = """
INSERT INTO explanation (submission_id, finding, words)
SELECT unnest($submission::BIGINT[]), unnest($finding::VARCHAR[]), unnest($words::VARCHAR[])
"""
_INSERT_ALIASES = """
INSERT INTO alias (alias_id, kind, words, organisation, territory, meaning, submission_id, author, happened_at)
SELECT unnest($id::BIGINT[]), unnest($kind::VARCHAR[]), unnest($words::VARCHAR[]), unnest($organisation::VARCHAR[]),
  unnest($territory::VARCHAR[]), unnest($meaning::VARCHAR[]), unnest($submission::BIGINT[]), unnest($author::VARCHAR[]),
  unnest($at::TIMESTAMP[])
"""
_SETTLE = {
    ("part", "add"): "INSERT INTO superseded_part SELECT unnest($ids::BIGINT[])",
    ("part", "remove"): "DELETE FROM superseded_part WHERE part_id IN (SELECT unnest($ids::BIGINT[]))",
    ("value", "add"): "INSERT INTO superseded_value SELECT unnest($ids::BIGINT[])",
    ("value", "remove"): "DELETE FROM superseded_value WHERE value_id IN (SELECT unnest($ids::BIGINT[]))",
}
