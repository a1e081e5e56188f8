"""What could not be checked and why, so that a short list of findings is not taken for a clean file."""

from __future__ import annotations

from collections.abc import Iterator

from proforient.intake.case import Case, Record
from proforient.intake.findings import finding
from proforient.intake.model import Finding
from proforient.intake.understand import is_understood
from proforient.wording import counted

RAISES = ("not-checked",)


def check(case: Case) -> Iterator[Finding]:
    if case.reading is None or case.sheet is None:
        return
    if case.table is None:
        why = "таблица не прочитана" if len(case.tables) < 2 else "не выбран лист с таблицей"
        yield finding("not-checked", sheet=case.sheet.name, words={"what": "Числа", "why": why})
        return
    unread = [record for record in case.records if _unread(record)]
    if unread:
        where = counted(len(unread), "rows", "prep")
        what = f"Связи между числами в {where}"
        why = "названия или числа этих строк ещё не поняты"
        yield finding("not-checked", sheet=case.sheet.name, row=unread[0].row, words={"what": what, "why": why})


def _unread(record: Record) -> bool:
    return not all(map(is_understood, record.givens)) or bool(record.troubles and not record.givens)
