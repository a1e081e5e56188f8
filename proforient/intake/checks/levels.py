"""Figures at a level that the organisation does not have, or where the catalogue does not ask for them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from proforient.intake.case import Case, Given
from proforient.intake.findings import Found, Sketch, finding, first_made
from proforient.intake.model import Finding

RAISES = ("level-not-here", "level-not-asked", "cohort-not-asked")


def check(case: Case) -> Iterator[Found]:
    return first_made(_sketches(case))


def _sketches(case: Case) -> Iterator[Sketch]:
    seen: set[tuple[str, int, str | None, str | None]] = set()
    for record in case.records:
        for given in record.givens:
            for code, words in _wrong(case, given):
                # Both numbers of a pair stand at one level of one row: said once.
                key = (code, given.row, given.level, given.cohort)
                if key not in seen:
                    seen.add(key)
                    yield code, None, partial(_made, case, code, given, words)


def _made(case: Case, code: str, given: Given, words: dict[str, str]) -> Finding:
    return finding(code, **case.place(given.row, given.column)._asdict(), words=words)


def _wrong(case: Case, given: Given) -> Iterator[tuple[str, dict[str, str]]]:
    count = case.catalogue.counts[given.count]
    own = case.known.organisations.get(given.organisation or "")
    if given.level is not None and given.level not in count.levels:
        expected = [level_name(case, code) for code in count.levels]
        level = level_name(case, given.level)
        words = {"name": given.subject, "level": level, "expected": ", ".join(expected), "sample": expected[0]}
        yield "level-not-asked", words
    elif given.level is not None and own is not None and given.level not in own.levels:
        has = ", ".join(level_name(case, code) for code in own.levels) or "не указаны"
        words = {"organisation": own.name, "level": level_name(case, given.level), "expected": has}
        yield "level-not-here", words
    if given.cohort is not None and given.cohort not in count.cohorts:
        expected = [cohort_name(case, code) for code in count.cohorts]
        cohort = cohort_name(case, given.cohort)
        words = {"name": given.subject, "cohort": cohort, "expected": ", ".join(expected), "sample": expected[0]}
        yield "cohort-not-asked", words


def level_name(case: Case, code: str) -> str:
    """A level's short name; of an unknown one its code."""
    level = case.catalogue.levels.get(code)
    return (level.short or level.name) if level else code


def cohort_name(case: Case, code: str) -> str:
    """A category's name; of an unknown one its code."""
    cohort = case.catalogue.cohorts.get(code)
    return cohort.name if cohort else code
