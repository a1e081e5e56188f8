"""Rules on references: a catalogue in, codes that lead nowhere or round in a circle out."""

from __future__ import annotations

from collections.abc import Iterator

from proforient.catalogue.entries import Catalogue, Count, Mistake, Rule, Term
from proforient.catalogue.keys import BLOCKS, every_entry
from proforient.catalogue.mistakes import in_quotes, like, mistake_at


def references_resolve(catalogue: Catalogue) -> Iterator[Mistake]:
    """Every code that an entry names stands in a block of the kind it names."""
    for block, entry in every_entry(catalogue):
        for key in block.keys:
            if not key.refers:
                continue
            value = getattr(entry, key.attribute)
            codes = (value,) if isinstance(value, str) else (value or ())
            known = getattr(catalogue, BLOCKS[key.refers].plural)
            for code in codes:
                if code and code != "*" and code not in known:
                    expected = like(code, known, f"код из [[{key.refers}]]")
                    yield mistake_at(entry, f"{block.name}.{key.name}", f"«{code}»", expected)


def aliases_by_level_name_asked_levels(catalogue: Catalogue) -> Iterator[Mistake]:
    for count in catalogue.counts.values():
        for level in count.aliases_by_level:
            if count.levels and level not in count.levels:
                expected = like(level, count.levels, "уровень из ключа levels этого числа")
                yield mistake_at(count, "count.aliases_by_level", f"«{level}»", expected)


def lists_do_not_repeat(catalogue: Catalogue) -> Iterator[Mistake]:
    """No list of codes names one code twice: a sum would count it twice."""
    for block, entry in every_entry(catalogue):
        for key in block.keys:
            value = getattr(entry, key.attribute, None) if key.refers else None
            if isinstance(value, tuple) and len(set(value)) < len(value):
                twice = dict.fromkeys(code for code in value if value.count(code) > 1)
                found = f"{in_quotes(twice)} больше одного раза"
                yield mistake_at(entry, f"{block.name}.{key.name}", found, "каждый код один раз")


def parts_do_not_go_round(catalogue: Catalogue) -> Iterator[Mistake]:
    for cohort in catalogue.cohorts.values():
        seen: list[str] = [cohort.code]
        above = cohort.part_of
        while above is not None and above in catalogue.cohorts and above not in seen:
            seen.append(above)
            above = catalogue.cohorts[above].part_of
        if above == cohort.code:
            circle = " → ".join([*seen, above])
            yield mistake_at(cohort, "cohort.part_of", f"круг: {circle}", "категория, которая сама не часть этой")


def levels_do_not_overlap_themselves(catalogue: Catalogue) -> Iterator[Mistake]:
    for level in catalogue.levels.values():
        if level.code in level.overlaps:
            yield mistake_at(level, "level.overlaps", f"«{level.code}»", "другие уровни, не он сам")


def _term(catalogue: Catalogue, rule: Rule, term: Term) -> Iterator[Mistake]:
    key = "rule.formula"
    count = catalogue.counts.get(term.count)
    if count is None:
        expected = like(term.count, catalogue.counts, "код из [[count]]")
        yield mistake_at(rule, key, f"число «{term.count}»", expected)
    if term.level not in catalogue.levels:
        expected = like(term.level, catalogue.levels, "код из [[level]]")
        yield mistake_at(rule, key, f"уровень «{term.level}»", expected)
    elif count is not None and count.levels and term.level not in count.levels:
        expected = f"уровень, на котором спрашивают «{term.count}»: {in_quotes(count.levels)}"
        yield mistake_at(rule, key, f"«{term.count}@{term.level}»", expected)
    if term.cohort is None:
        return
    if term.cohort not in catalogue.cohorts:
        expected = like(term.cohort, catalogue.cohorts, "код из [[cohort]]")
        yield mistake_at(rule, key, f"категория «{term.cohort}»", expected)
    elif count is not None and count.cohorts and term.cohort not in count.cohorts:
        expected = f"категория, по которой спрашивают «{term.count}»: {in_quotes(count.cohorts)}"
        yield mistake_at(rule, key, f"«{term.count}@{term.level}/{term.cohort}»", expected)


def formulas_name_what_is_asked(catalogue: Catalogue) -> Iterator[Mistake]:
    """Every term of a formula is a count asked at that level, and for every cohort in which the rule is checked."""
    for rule in catalogue.rules.values():
        for term in rule.terms:
            yield from _term(catalogue, rule, term)
        if len(set(rule.terms)) < len(rule.terms):
            yield mistake_at(rule, "rule.formula", f"«{rule.formula}»", "каждое слагаемое один раз")
        open_terms = {term.count for term in rule.terms if term.cohort is None}
        counts = [count for code, count in catalogue.counts.items() if code in open_terms]
        yield from _rule_cohorts(catalogue, rule, counts)


def _rule_cohorts(catalogue: Catalogue, rule: Rule, counts: list[Count]) -> Iterator[Mistake]:
    for cohort in rule.cohorts:
        lacking = [count.code for count in counts if count.cohorts and cohort not in count.cohorts]
        if cohort in catalogue.cohorts and lacking:
            expected = f"категории, по которым спрашивают и {in_quotes(lacking)}"
            yield mistake_at(rule, "rule.cohorts", f"«{cohort}»", expected)
