"""``screen``: a reading, the catalogue and what is known -> the whole outcome, with every reason and its place.

``CHECKS`` is the one list of checks. ``recheck`` repeats those between numbers inside the accepting transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from proforient.catalogue.entries import Catalogue
from proforient.intake.answers import answers_from_json
from proforient.intake.case import Case
from proforient.intake.checks import (
    answers as given_answers,
)
from proforient.intake.checks import (
    catalogue_rules,
    columns,
    duplicates,
    encoding_garbled,
    figures,
    form_agrees,
    half_filled,
    header,
    hidden_rows,
    jumps,
    known_counts,
    levels,
    missing_counts,
    more_questions,
    not_checked,
    numerators,
    organisation_closed,
    organisation_other,
    parts,
    period,
    personal_data,
    ragged_rows,
    rests,
    row_makeup,
    sent_before,
    set_aside,
    sheets,
    shifted_rows,
    too_alike,
    totals,
    unknown_names,
    words_around,
)
from proforient.intake.findings import Found, shortened_list
from proforient.intake.model import Answers, Finding, Known, Reading, Screening
from proforient.intake.personal import kind_of
from proforient.intake.questions import questions
from proforient.intake.understand import understand

Check = Callable[[Case], Iterator[Found]]
_UNDERSTANDING = 0.6  # part of the work that reading the rows takes; the rest are the checks

# On the values as they would stand after the file; repeated by ``recheck`` when the file is accepted.
BETWEEN_NUMBERS: tuple[Check, ...] = (
    numerators.check,
    parts.check,
    rests.check,
    catalogue_rules.check,
)

CHECKS: tuple[Check, ...] = (
    personal_data.check,
    encoding_garbled.check,
    sheets.check,
    header.check,
    form_agrees.check,
    words_around.check,
    columns.check,
    ragged_rows.check,
    hidden_rows.check,
    row_makeup.check,
    half_filled.check,
    set_aside.check,
    shifted_rows.check,
    unknown_names.check,
    given_answers.check,
    organisation_other.check,
    organisation_closed.check,
    period.check,
    figures.check,
    levels.check,
    duplicates.check,
    totals.check,
    *BETWEEN_NUMBERS,
    too_alike.check,
    known_counts.check,
    jumps.check,
    sent_before.check,
    missing_counts.check,
    more_questions.check,
    not_checked.check,
)


def screen(
    reading: Reading,
    catalogue: Catalogue,
    known: Known,
    *,
    organisation: str | None = None,
    answers: Answers | None = None,
    say: Callable[[float], None] | None = None,
) -> Screening:
    """Checks one file; ``organisation`` (a code) is whom it is sent for, ``answers`` what a person confirmed.

    ``say`` is told how much of the work is done, from 0 to 1: a long file takes seconds.
    """
    tell = say or (lambda done: None)
    case = understand(
        reading,
        catalogue,
        known,
        organisation=organisation,
        answers=answers or Answers(),
        say=lambda done: tell(done * _UNDERSTANDING),
    )
    fitting = _fitting(case)
    found: list[Found] = list(reading.findings)
    for place, check in enumerate(fitting, start=1):
        found += check(case)
        tell(_UNDERSTANDING + (1 - _UNDERSTANDING) * place / len(fitting))
    garbled = any(one.code == "encoding-garbled" for one in found)
    return Screening(
        name=_name(reading),
        sha256=reading.sha256,
        size=reading.size,
        encoding=reading.encoding,
        delimiter=reading.delimiter,
        sheet=case.sheet.name if case.sheet else "",
        header_row=case.table.heading_row if case.table else None,
        headings=case.table.headings if case.table else {},
        layout=case.table.layout if case.table else "",
        period=period.period_in_file(case),
        values=case.values,
        rows_read=len(case.sheet.rows) if case.sheet else 0,
        rows_used=len(case.records),
        set_aside=case.aside,
        findings=shortened_list(found),
        unanswered=() if garbled else questions(case),
        contacts=case.contacts,
        answers=case.answers,
        aliases=dict(case.names.answers) if case.names else {},
        giver=known.giver,
        remembered=tuple(case.names.used.values()) if case.names else (),
    )


def _fitting(case: Case) -> tuple[Check, ...]:
    """The checks that make sense: a text read wrongly is said to be so, and nothing else is said of it."""
    if any(encoding_garbled.check(case)):
        return (personal_data.check, encoding_garbled.check)
    return CHECKS


def _name(reading: Reading) -> str:
    """The file's name, without what a person's name in it would tell."""
    extension = reading.name.rpartition(".")[2][:5]
    return f"файл.{extension}" if kind_of(reading.name.replace("_", " ")) else reading.name


def recheck(screening: Screening, catalogue: Catalogue, known: Known) -> tuple[Finding, ...]:
    """Findings between numbers on the values that stand now, and of a period closed or a file sent meanwhile."""
    case = Case(catalogue=catalogue, known=known, answers=screening.answers, values=screening.values)
    stored = Reading(name=screening.name, sha256=screening.sha256, size=screening.size, kind="")
    case = replace(case, reading=stored)
    again = (*sent_before.check(case), *period.check(case), *organisation_closed.check(case))
    found: list[Found] = [*(finding for check in BETWEEN_NUMBERS for finding in check(case)), *again]
    return shortened_list(found)


__all__ = ["BETWEEN_NUMBERS", "CHECKS", "answers_from_json", "recheck", "screen"]
