"""The files that the demonstration organisations send: bytes in the layouts and encodings that schools use."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from proforient.catalogue.entries import Catalogue
from proforient.monitoring import Cell, Organisation, Reason

Answers = Mapping[Cell, int | Reason]

_LONG = ("Организация", "Период", "Показатель", "Уровень", "Категория", "Значение")
_WORDS = {Reason.NO_DATA: "нет данных", Reason.NOT_APPLICABLE: "н/п"}


def typed_answer(catalogue: Catalogue, cell: Cell, answer: int | Reason) -> str:
    """An answer as a person types it: «да» and «нет» for a yes/no, a number, «нет данных» or «н/п»."""
    if isinstance(answer, Reason):
        return _WORDS[answer]
    if catalogue.counts[cell.count].value == "yes_no":
        return "да" if answer else "нет"
    return str(answer)


def in_order(catalogue: Catalogue, cells: Iterable[Cell]) -> list[Cell]:
    """Cells in the order of the catalogue: count, level, cohort."""
    places = {
        Cell(count, level, cohort): (i, j, k)
        for i, (count, entry) in enumerate(catalogue.counts.items())
        for j, level in enumerate(entry.levels)
        for k, cohort in enumerate(entry.cohorts)
    }
    return sorted(cells, key=places.__getitem__)  # order: as the catalogue has them


def _text(rows: Sequence[Sequence[str]], encoding: str, delimiter: str = ";") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode(encoding)


def long_csv(
    catalogue: Catalogue, organisation: Organisation, period: str, answers: Answers, *, encoding: str = "utf-8-sig"
) -> bytes:
    """A row a count, the count in words: «Организация;Период;Показатель;Уровень;Категория;Значение»."""
    rows = [_LONG]
    for cell in in_order(catalogue, answers):
        rows.append(
            (
                organisation.name,
                period,
                catalogue.count_name(cell.count, cell.level),
                catalogue.levels[cell.level].short,
                catalogue.cohorts[cell.cohort].name,
                typed_answer(catalogue, cell, answers[cell]),
            )
        )
    return _text(rows, encoding)


def wide_csv(
    catalogue: Catalogue,
    title: str,
    answers: Mapping[Organisation, Answers],
    *,
    level: str,
    counts: Sequence[str],
    encoding: str = "cp1251",
) -> bytes:
    """A department's table of one level: a title row, then a row an organisation and category, a column a count."""
    rows: list[Sequence[str]] = [[title], []]
    rows.append(["Организация", "Уровень", "Категория", *(catalogue.count_name(c, level) for c in counts)])
    for organisation, given in answers.items():
        for cohort in catalogue.cohorts.values():
            cells = [Cell(count, level, cohort.code) for count in counts]
            texts = [typed_answer(catalogue, cell, given[cell]) if cell in given else "" for cell in cells]
            if any(texts):
                rows.append([organisation.name, catalogue.levels[level].short, cohort.name, *texts])
    return _text(rows, encoding)
