"""What each demonstration organisation answers for a year: whole numbers by cell, seeded and consistent.

2022 carries only what letter № 837/1 speaks of; 2021 is a plainer invented year, 2023 an invented fuller one.
"""

from __future__ import annotations

import random

from proforient.demo.districts import CONTINGENT_2022, COVERAGE_2022, Covered
from proforient.monitoring import Cell, Organisation, Reason

Answers = dict[Cell, int | Reason]

# Percentage points against 2022 by year and level, and how many children there are per hundred of 2022.
_SHIFT = {
    2021: {"preschool": -4, "primary": -9, "basic": 2, "secondary": 2, "additional": 0},
    2022: dict.fromkeys(("preschool", "primary", "basic", "secondary", "additional"), 0),
    2023: {"preschool": 5, "primary": 4, "basic": 7, "secondary": 5, "additional": 0},
}
_CHILDREN = {2021: 103, 2022: 100, 2023: 98}
_ADDITIONAL_2023 = {"n-club-raduga": 58, "n-club-start": 35, "n-club-garmoniya": 47}  # percent covered
_SCHOOL_QUESTIONS = (
    "page", "site-news", "parents-counselling", "staff-incentives", "regional-events", "growth-points",
    "professionalitet", "teacher-mentoring", "problem-group", "responsible", "career-plan", "coverage-plan",
    "results-reviewed", "self-diagnosis", "quality-analysis", "adapted-plans", "support-system",
    "upbringing-module", "horizons",
)  # fmt: skip
_GARDEN_QUESTIONS = (
    "regional-projects", "partners", "responsible", "concept", "career-plan", "coverage-plan",
    "results-reviewed", "self-diagnosis", "quality-analysis",
)  # fmt: skip
_CLUB_QUESTIONS = ("responsible", "coverage-plan", "results-reviewed", "self-diagnosis", "quality-analysis")


def coverage(organisation: str, level: str, year: int) -> Covered | None:
    """Covered and all children of one organisation, level and year; None where it has no such children."""
    known = COVERAGE_2022.get(organisation, {}).get(level)
    if known is None:
        children = CONTINGENT_2022.get(organisation, {}).get(level)
        percent = _ADDITIONAL_2023.get(organisation, 45)
        return None if children is None else Covered(children * percent // 100, children)
    if year == 2022:
        return known
    chance = random.Random(f"{organisation}-{level}-{year}")  # noqa: S311 - seeded demonstration, no secret
    pupils = max(1, known.pupils * _CHILDREN[year] // 100 + chance.randint(-2, 2))
    target = known.covered * 100 // known.pupils + _SHIFT[year][level] + chance.randint(-1, 1)
    return Covered(min(pupils, max(0, (pupils * target + 50) // 100)), pupils)


def answers(organisation: Organisation, year: int) -> Answers:
    """Everything that the organisation reports for the year."""
    chance = random.Random(f"{organisation.code}-{year}")  # noqa: S311 - seeded demonstration, no secret
    given: Answers = {}
    for level in ("preschool", "primary", "basic", "secondary", "additional"):
        found = coverage(organisation.code, level, year) if level in organisation.levels else None
        if found:
            _two_cohorts(given, level, "covered", found, chance, year)
    if organisation.kind == "additional" and year == 2022:
        for cohort in ("all", "disability"):
            given[Cell("covered", "additional", cohort)] = Reason.NO_DATA
            given[Cell("mentees", "additional", cohort)] = Reason.NO_DATA
    if organisation.kind == "school":
        _bands(given)
        _leavers(given, chance)
    if organisation.kind == "authority":
        given[Cell("method-events", "authority", "all")] = chance.randint(3, 9)
        return given
    _staff(given, organisation, chance, year)
    if year >= 2023:
        _model_of_2023(given, organisation, chance)
    return given


def _two_cohorts(given: Answers, level: str, count: str, pair: Covered, chance: random.Random, year: int) -> None:
    """Both numbers for all children and for those with disabilities, so that the rest holds as well.

    In 2022 four in five of the latter are covered, where there are so many: the letter names no problem of theirs.
    """
    part = pair.pupils * chance.randint(4, 9) // 100
    lowest = max(0, pair.covered - pair.pupils + part)
    highest = min(part, pair.covered)
    given[Cell("pupils", level, "all")] = pair.pupils
    given[Cell("pupils", level, "disability")] = part
    given[Cell(count, level, "all")] = pair.covered
    most = min(highest, (4 * part + 4) // 5)
    given[Cell(count, level, "disability")] = chance.randint(max(lowest, most) if year == 2022 else lowest, highest)


def _number(given: Answers, count: str, level: str, cohort: str = "all") -> int:
    value = given.get(Cell(count, level, cohort), 0)
    assert isinstance(value, int)
    return value


def _bands(given: Answers) -> None:
    """Grades 6–11 are the stages less a fifth of grades 5–9; grades 1–11 are all three stages."""
    for cohort in ("all", "disability"):
        basic = _number(given, "pupils", "basic", cohort)
        secondary = _number(given, "pupils", "secondary", cohort)
        given[Cell("pupils", "grades-6-11", cohort)] = basic - basic // 5 + secondary
        given[Cell("pupils", "grades-1-11", cohort)] = _number(given, "pupils", "primary", cohort) + basic + secondary


def _leavers(given: Answers, chance: random.Random) -> None:
    nine = max(3, _number(given, "pupils", "basic") * 17 // 100)
    _split(given, "basic", "leavers-9", nine, ("vocational-home", "vocational-away", "stayed", "other"), chance)
    secondary = _number(given, "pupils", "secondary")
    if secondary:
        names = ("higher-home", "higher-away", "vocational-home", "vocational-away", "other")
        _split(given, "secondary", "leavers-11", max(2, secondary * 45 // 100), names, chance)


def _split(given: Answers, level: str, total: str, number: int, parts: tuple[str, ...], chance: random.Random) -> None:
    given[Cell(total, level, "all")] = number
    rest = number
    for place, name in enumerate(parts):
        last = place == len(parts) - 1
        amount = rest if last else min(rest, number * chance.randint(15, 40) // 100)
        given[Cell(f"{total}-{name}", level, "all")] = amount
        rest -= amount


def _staff(given: Answers, organisation: Organisation, chance: random.Random, year: int) -> None:
    """Courses count within three years; the letter of 2022 names no lack of them."""
    children = sum(_number(given, "pupils", level) for level in ("preschool", "primary", "basic", "secondary"))
    teachers = max(4, (children or 120) // 11)
    given[Cell("teachers", "whole", "all")] = teachers
    percent = chance.randint(34, 52) if year == 2022 else chance.randint(8, 35)
    given[Cell("teachers-trained", "whole", "all")] = teachers * percent // 100
    given[Cell("managers", "whole", "all")] = 4 if organisation.kind == "school" else 2
    given[Cell("managers-trained", "whole", "all")] = chance.randint(0, 2)


def _model_of_2023(given: Answers, organisation: Organisation, chance: random.Random) -> None:
    if organisation.kind == "school":
        _pupils_of_2023(given, chance)
        level = chance.choice(("profmin-basic", "profmin-main", "profmin-main", "profmin-advanced"))
        given[Cell("profmin", "whole", "all")] = 1
        for name in ("profmin-basic", "profmin-main", "profmin-advanced"):
            given[Cell(name, "whole", "all")] = int(name == level)
        hours = {"profmin-basic": 40, "profmin-main": 60, "profmin-advanced": 80}[level]
        given[Cell("profmin-hours", "whole", "all")] = hours
        given[Cell("parents-counselled", "whole", "all")] = chance.randint(10, 60)
        given[Cell("partner-agreements", "whole", "all")] = chance.randint(0, 4)
    if organisation.kind == "additional":
        pupils = _number(given, "pupils", "additional")
        given[Cell("mentees", "additional", "all")] = pupils * 22 // 100
        given[Cell("mentees", "additional", "disability")] = 0
    questions = {"school": _SCHOOL_QUESTIONS, "preschool": _GARDEN_QUESTIONS, "additional": _CLUB_QUESTIONS}
    for question in questions[organisation.kind]:
        given[Cell(question, "whole", "all")] = int(chance.random() < 0.75)


def _pupils_of_2023(given: Answers, chance: random.Random) -> None:
    """Diagnostics, trials and «Билет в будущее»: numbers for all children; of the part, the least that is possible."""
    basic, secondary = (_number(given, "pupils", level) for level in ("basic", "secondary"))
    diagnosed = {
        "basic": basic * chance.randint(48, 66) // 100,
        "secondary": secondary * chance.randint(70, 92) // 100,
    }
    fifth = min(basic // 5, diagnosed["basic"] * 8 // 100)
    for level in ("basic", "secondary"):
        if not _number(given, "pupils", level):
            continue
        given[Cell("diagnosed", level, "all")] = diagnosed[level]
        placed = _number(given, "pupils", level) * chance.randint(18, 42) // 100
        given[Cell("trials-placed", level, "all")] = placed
    band = _number(given, "pupils", "grades-6-11")
    given[Cell("diagnosed", "grades-6-11", "all")] = min(band, diagnosed["basic"] + diagnosed["secondary"] - fifth)
    given[Cell("ticket-participants", "grades-6-11", "all")] = band * chance.randint(25, 55) // 100
    whole = _number(given, "pupils", "grades-1-11")
    given[Cell("trials", "grades-1-11", "all")] = max(
        whole * chance.randint(35, 55) // 100,
        sum(_number(given, "trials-placed", level) for level in ("basic", "secondary")),
    )
    given[Cell("programme-pupils", "grades-1-11", "all")] = whole * chance.randint(25, 45) // 100
