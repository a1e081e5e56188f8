"""A file given back: the school's own workbook with the faulty cells marked and commented, and what was found as lists.

In: the reading and its screening, the file itself. Out: an XLSX that the intake reads again once the cells are mended.
Of personal data nothing is left, for such a reading is not kept. The work is done in a process of its own
(``marking.py``): the file is still an unchecked one.
"""

from __future__ import annotations

import logging
import pickle
from collections.abc import Iterable
from dataclasses import replace
from itertools import islice

from proforient.documents.marks import COMMENTS, MARKING, SECONDS, Job, List, Mark
from proforient.errors import Refused
from proforient.intake.apart import begin
from proforient.intake.model import Finding, Reading, Screening, Sheet
from proforient.intake.positions import column_of
from proforient.wording import capital, number

FINDINGS, FIXED = "Замечания", "Понято само"
WORDS = {"error": "ошибка", "warning": "предупреждение", "note": "замечание"}
_RANK = {"error": 0, "warning": 1, "note": 2}
_LINES = 20_000  # lines of the list of findings
_OWN_CELLS = 300_000  # cells of a school's own workbook; to write a larger one again takes minutes and gigabytes
_log = logging.getLogger(__name__)

_KINDS = {"xls": "XLS", "ods": "ODS"}
_OTHER_KIND = "Файл {} переложен в книгу XLSX: числа и слова те же, оформление, списки и формулы не перенесены"
_TOO_LARGE = "Таблица очень большая: перенесены числа и слова, оформление, списки и формулы не перенесены"
_BROKEN = "Книгу не удалось записать заново: перенесены числа и слова, оформление, списки и формулы не перенесены"
_ONLY_LISTS = "Таблица слишком большая, чтобы выдать её с отметками: здесь только список замечаний"
_MEND_YOURS = "Если они нужны, исправьте названные места в своём файле"


def file_name(name: str) -> str:
    """«отчёт.csv» comes back as «отчёт, с замечаниями.xlsx»."""
    return f"{name.rpartition('.')[0] or name}, с замечаниями.xlsx"


def returned(reading: Reading, screening: Screening, data: bytes) -> bytes:
    """The workbook; ``data`` is the file that was read. Raises ValueError for a reading without a sheet."""
    if not reading.sheets:
        raise ValueError("nothing was read of this file")
    job = Job(
        data=b"",
        sheets=reading.sheets,
        marks={sheet.name: _marks(sheet, screening) for sheet in reading.sheets},
        lists=(_findings(screening), _fixed(screening)),
    )
    size = sum(len(row.cells) for sheet in reading.sheets for row in sheet.rows)
    own = reading.kind == "xlsx" and size <= _OWN_CELLS
    if own and (made := made_apart(replace(job, data=data))):
        return made
    kind = _KINDS.get(reading.kind, "")
    why = _OTHER_KIND.format(kind) if kind else "" if reading.kind == "csv" else _BROKEN if own else _TOO_LARGE
    if made := made_apart(_saying(job, why)):
        return made
    if made := made_apart(replace(_saying(job, _ONLY_LISTS), sheets=())):
        return made
    raise Refused("Книгу с замечаниями сделать не удалось: файл слишком велик. Замечания стоят на странице.")


def _saying(job: Job, why: str) -> Job:
    """The job with a last line in its first list that says what of the file's look is not there."""
    if not why:
        return job
    first, *others = job.lists
    line = ("", "", "", WORDS["note"], "", why, _MEND_YOURS)
    return replace(job, lists=(replace(first, rows=(*first.rows, line)), *others))


def made_apart(job: Job) -> bytes:
    """The workbook made by another process; empty where that one failed, ran out of memory or took too long."""
    with begin(MARKING, seconds=SECONDS) as work:
        work.send(pickle.dumps(job, pickle.HIGHEST_PROTOCOL))
        made = work.out.read()
        ended = work.ended()
    if work.late:
        _log.warning("marking a workbook took more than %s seconds", SECONDS)
        return b""
    if ended:
        _log.warning("marking a workbook ended with %s", ended)
        return b""
    return made


def _marks(sheet: Sheet, screening: Screening) -> tuple[Mark, ...]:
    """One for each cell of the sheet with findings; column 0 is the row as a whole."""
    heads = screening.headings if sheet.name == screening.sheet else {}
    found: dict[tuple[int, int], list[Finding]] = {}
    for finding in screening.findings:
        if finding.row and finding.sheet == sheet.name and finding.severity != "note":
            found.setdefault((finding.row, column_of(finding.column, heads)), []).append(finding)
    return tuple(
        Mark(row=row, column=column, severity=_gravest(f), text=_comment(f) if at < COMMENTS else "")
        for at, ((row, column), f) in enumerate(found.items())
    )


def _gravest(found: Iterable[Finding]) -> str:
    return min((f.severity for f in found), key=lambda severity: _RANK[severity])


def _comment(found: Iterable[Finding]) -> str:
    return "\n\n".join(f"{capital(WORDS[f.severity])}: {f.message}.\nЧто сделать: {f.to_do}." for f in found)


def _findings(screening: Screening) -> List:
    ordered = sorted(screening.findings, key=lambda f: (_RANK[f.severity], f.row or 0))
    return List(
        title=FINDINGS,
        head=("Лист", "Строка", "Столбец", "Насколько важно", "Стояло", "Что не так", "Что сделать"),
        rows=tuple(
            (f.sheet, f.row or "", f.column, WORDS[f.severity], f.value or "", f.message, f.to_do)
            for f in islice(ordered, _LINES)
        ),
        widths=(14, 8, 18, 16, 20, 60, 60),
    )


def _fixed(screening: Screening) -> List:
    """Cells that were taken for another writing of a number, and rows that were set aside."""
    read = (
        (v.place.row, v.place.column, v.text, number(v.number))
        for v in screening.values
        if v.number is not None and v.text != str(v.number)
    )
    aside = ((row.row, "", "", f"строка не взята: {row.reason}") for row in screening.set_aside)
    return List(
        title=FIXED,
        head=("Строка", "Столбец", "Стояло", "Понято как"),
        rows=(*islice(read, _LINES), *islice(aside, _LINES)),
        widths=(8, 24, 30, 60),
    )


__all__ = ["FINDINGS", "FIXED", "file_name", "returned"]
