"""What the source documents say in words: the letter's five problems without a figure, the protocol's shortcomings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import TypedDict

from proforient.catalogue.entries import Catalogue, Problem
from proforient.demo.districts import GORNY, NYAZEPETROVSK
from proforient.monitoring import Judgement

LETTER = dt.date(2023, 5, 4)
PROTOCOL = dt.date(2022, 8, 15)
# Numbers of the catalogue's problems that the documents word without a figure or with one that cannot be recomputed.
_OF_THE_LETTER = (2, 4, 5, 6, 7)
_OF_THE_PROTOCOL = (12, 15, 16, 17, 18, 19)
_FIGURES = {16: Decimal(45), 17: Decimal(32)}


class _Document(TypedDict):
    source: str
    office: str
    date: dt.date


_PROTOCOL: _Document = {
    "source": "протокол № 4 от 15.08.2022", "office": "рабочая группа, п. Горный", "date": PROTOCOL,
}  # fmt: skip


def letter(catalogue: Catalogue) -> Iterator[Judgement]:
    """Problems 2 and 4–7 of letter № 837/1: «низкая доля», no figure given."""
    for problem in _numbered(catalogue, _OF_THE_LETTER):
        yield _judgement(
            problem,
            territory=NYAZEPETROVSK,
            text=problem.text,
            source="письмо № 837/1 от 04.05.2023",
            office="Управление образования Нязепетровского муниципального района",
            date=LETTER,
        )


def protocol(catalogue: Catalogue) -> Iterator[Judgement]:
    """Shortcomings of protocol № 4 that are no yes/no: 45 % in trials, 32 % in programmes, and those in words."""
    for problem in _numbered(catalogue, _OF_THE_PROTOCOL):
        if problem.number == 17 and problem.level == "additional":
            continue  # 32 % is of the schools' pupils
        yield _judgement(problem, territory=GORNY, text=problem.text, **_PROTOCOL)
    yield _of_additional(catalogue)


def _of_additional(catalogue: Catalogue) -> Judgement:
    """The second half of problem 15: the catalogue has one problem of this figure, in the words of the letter."""
    (problem,) = (p for p in catalogue.problems.values() if (p.indicator, p.level) == ("coverage", "additional"))
    text = "Не обеспечен охват профориентационными мероприятиями обучающихся дополнительного образования"
    return _judgement(problem, territory=GORNY, text=text, **_PROTOCOL)


def _numbered(catalogue: Catalogue, numbers: tuple[int, ...]) -> Iterator[Problem]:
    return (p for p in catalogue.problems.values() if p.number in numbers)


def _judgement(problem: Problem, *, territory: str, text: str, source: str, office: str, date: dt.date) -> Judgement:
    return Judgement(
        id="",
        period="2022",
        indicator=problem.indicator,
        level=problem.level,
        cohort=problem.cohort,
        territory=territory,
        organisation=None,
        outcome="shortcoming",
        text=text,
        source=source,
        office=office,
        date=date,
        percent=_FIGURES.get(problem.number or 0) if territory == GORNY else None,
        at=dt.datetime.combine(date, dt.time(9, 0)),
    )
