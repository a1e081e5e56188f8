"""The catalogue's own rules between numbers, with the numbers put into the formula."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from proforient.catalogue.entries import Rule, Term
from proforient.intake.case import Case
from proforient.intake.findings import finding
from proforient.intake.model import Finding, ReadValue
from proforient.monitoring import Cell

RAISES = ("rule-error", "rule-warning")


def check(case: Case) -> Iterator[Finding]:
    using: dict[str, list[Rule]] = {}
    for rule in case.catalogue.rules.values():
        for count in dict.fromkeys(term.count for term in (*rule.left, *rule.right)):
            using.setdefault(count, []).append(rule)
    seen: set[tuple[str, str, str]] = set()
    for organisation, cell in case.carried:
        for rule in using.get(cell.count, ()):
            for cohort in rule.cohorts:
                if (organisation, rule.code, cohort) not in seen:
                    seen.add((organisation, rule.code, cohort))
                    yield from _applied(case, organisation, rule, cohort)


def _cells(terms: Sequence[Term], cohort: str) -> list[Cell]:
    return [Cell(count=term.count, level=term.level, cohort=term.cohort or cohort) for term in terms]


def _applied(case: Case, organisation: str, rule: Rule, cohort: str) -> Iterator[Finding]:
    """The rule for one organisation and category: only when the file has one of its cells and all have numbers."""
    left, right = _cells(rule.left, cohort), _cells(rule.right, cohort)
    given = [value for cell in (*left, *right) if (value := case.carried.get((organisation, cell)))]
    numbers = [case.number(organisation, cell) for cell in (*left, *right)]
    if not given or any(number is None for number in numbers):
        return
    whole = [number for number in numbers if number is not None]
    sides = whole[: len(left)], whole[len(left) :]
    holds = sum(sides[0]) <= sum(sides[1]) if rule.operator == "<=" else sum(sides[0]) == sum(sides[1])
    if not holds:
        shown = [case.shown(organisation, cell) for cell in (*left, *right)]
        yield _broken(rule, given[0], _sum(shown[: len(left)], sides[0]), _sum(shown[len(left) :], sides[1]))


def _broken(rule: Rule, given: ReadValue, left: str, right: str) -> Finding:
    should = "должно быть не больше" if rule.operator == "<=" else "должно быть равно"
    words = {
        "text": rule.text,
        "numbers": f"{left}, а {should} {right}",
        "first": given.text or str(given.number),
    }
    return finding(f"rule-{rule.severity}", **given.place._asdict(), value=given.text, words=words)


def _sum(shown: Sequence[str], numbers: Sequence[int]) -> str:
    added = " + ".join(shown)
    return added if len(numbers) == 1 else f"{added} = {sum(numbers)}"
