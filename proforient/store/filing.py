"""Puts an accepted file's values into their tables, and keeps straight which of them are in force."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from proforient.intake.model import Giver, ReadValue, Screening
from proforient.monitoring import SEPARATOR, Cell, Organisation
from proforient.store.journal import AUTHOR

if TYPE_CHECKING:
    from proforient.store.writing import Writer


def store_submission(
    writer: Writer,
    screening: Screening,
    period: int,
    values: Mapping[str, Mapping[Cell, ReadValue]],
    late: Mapping[str, bool],
    confirm: bool,
    at: dt.datetime,
) -> tuple[int, list[int]]:
    submission = writer.ids.take()
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
    first = writer.ids.take(len(values))
    parts = {code: first + step for step, code in enumerate(values)}
    writer.insert(
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
    told = {key: text.strip() for key, text in screening.answers.explanations.items() if text.strip()}
    writer.insert(
        _INSERT_EXPLANATIONS,
        {"submission": [submission] * len(told), "finding": list(told), "words": list(told.values())},
    )
    return submission, list(parts.values())


def _store_values(writer: Writer, period: int, parts: Mapping[str, int], values: Sequence[ReadValue]) -> None:
    """Values in the order of organisations: that order makes the file small and its pages quick."""
    first = writer.ids.take(len(values))
    writer.insert(
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
    for what, number, change in writer.ask("settlement", period=period, organisations=list(organisations)):
        changes.setdefault((what, change), []).append(number)
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
    now = {(a.kind, a.text): a.meaning for a in writer.aliases() if (a.giver, a.territory or "") == (giver, place)}
    new = [(key, meaning) for key, meaning in screening.aliases.items() if now.get(key) != meaning]
    if not new:
        return
    first = writer.ids.take(len(new))
    ids = [first + step for step in range(len(new))]
    writer.insert(
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
