"""The catalogue's own rules between numbers, with the numbers put into the formula."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from proforient.catalogue.applicability import ended_by
from proforient.catalogue.entries import Rule, Term
from proforient.intake.case import Case, cell_of
from proforient.intake.findings import finding
from proforient.intake.model import Finding, ReadValue
from proforient.monitoring import Cell

RAISES = ("rule-error", "rule-warning")


def check(case: Case) -> Iterator[Finding]:
    using: dict[str, list[Rule]] = {}
    for rule in case.catalogue.rules.values():
        for count in dict.fromkeys(term.count for term in rule.terms):
            using.setdefault(count, []).append(rule)
    ended = ended_by(case.catalogue, case.known.period.year) if case.known.period else frozenset()
    seen: set[tuple[str, str, str]] = set()
    for organisation, cell in case.carried:
        for rule in using.get(cell.count, ()):
            for cohort in rule.cohorts:
                if (organisation, rule.code, cohort) not in seen:
                    seen.add((organisation, rule.code, cohort))
                    entry = case.known.organisations.get(organisation)
                    if here := rule.at(entry.levels, ended) if entry else rule:
                        yield from _applied(case, organisation, here, cohort)


def _applied(case: Case, organisation: str, rule: Rule, cohort: str) -> Iterator[Finding]:
    """The rule for one organisation and category: only when the file has one of its cells and all have numbers."""

    def cell(term: Term) -> Cell:
        return cell_of(term.count, term.level, term.cohort or cohort)

    given = [value for term in rule.terms if (value := case.carried.get((organisation, cell(term))))]
    sums = rule.sums(lambda term: case.number(organisation, cell(term))) if given else None
    if sums is None or rule.allows(*sums):
        return
    left, right = (
        _sum([*(case.shown(organisation, cell(term)) for term in terms), *([str(number)] if number else [])], total)
        for terms, number, total in zip(
            (rule.left, rule.right), (rule.left_number, rule.right_number), sums, strict=True
        )
    )
    yield _broken(rule, given[0], left, right)


def _broken(rule: Rule, given: ReadValue, left: str, right: str) -> Finding:
    should = "должно быть не больше" if rule.operator == "<=" else "должно быть равно"
    words = {
        "text": rule.text,
        "numbers": f"{left}, а {should} {right}",
        "first": given.text or str(given.number),
    }
    return finding(f"rule-{rule.severity}", **given.place._asdict(), value=given.text, words=words)


def _sum(shown: Sequence[str], total: int) -> str:
    return f"{' + '.join(shown)} = {total}" if len(shown) > 1 else "".join(shown) or "0"
