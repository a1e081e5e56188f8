"""Whether an organisation must answer an indicator or a count in a year: the one home of that rule.

What a rule makes the sum of other counts is needed and not asked: ``sums_of`` says which, ``added`` what it comes to.

An indicator asks from its ``from`` to its ``until``, as long as none of its counts has ended. A count is asked as long
as an indicator that needs it is; one that no indicator needs is asked for its own sake. The store carries out the same
rule on whole tables: ``store/rollup.py`` gives it the years and kinds from here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from proforient.catalogue.entries import Catalogue, Count, Indicator, Rule
from proforient.catalogue.figures import counts_of, measured

FIRST_YEAR, LAST_YEAR = 1, 9999
CountAt = tuple[str, str, str]  # count, level, cohort


def years_of(catalogue: Catalogue, indicator: Indicator) -> tuple[int, int]:
    """The first and the last year in which the indicator is asked; without limits ``FIRST_YEAR`` and ``LAST_YEAR``."""
    counts = (catalogue.counts.get(code) for code in counts_of(measured(catalogue, indicator)))
    ends = [indicator.until, *(count.until for count in counts if count)]
    last = min((end for end in ends if end is not None), default=LAST_YEAR)  # order: of numbers
    return indicator.since or FIRST_YEAR, last


def asked_in(catalogue: Catalogue, indicator: Indicator, year: int) -> bool:
    """Whether the indicator is asked in periods of the year (``Period.year``)."""
    first, last = years_of(catalogue, indicator)
    return first <= year <= last


def asks(indicator: Indicator, kind: str) -> bool:
    """Whether the indicator is asked of organisations of the kind."""
    return not indicator.organisation_kinds or kind in indicator.organisation_kinds


def counts_asked(
    catalogue: Catalogue,
    *,
    kind: str,
    levels: Collection[str],
    year: int | None,
    indicators: Collection[str] | None = None,
) -> list[CountAt]:
    """All that an organisation has to say itself: what is needed of it without what follows from the rest."""
    needed = list(counts_needed(catalogue, kind=kind, levels=levels, year=year, indicators=indicators))
    sums = sums_of(catalogue, levels, needed)
    return [one for one in needed if one not in sums]


def sums_of(
    catalogue: Catalogue, levels: Collection[str], needed: Collection[CountAt]
) -> dict[CountAt, tuple[CountAt, ...]]:
    """By count, those that a rule without exception makes it the sum of, for an organisation of these levels.

    A rule that only warns makes nothing a sum; of an organisation with one of the parts the sum is that part.
    """
    there, found = frozenset(needed), dict[CountAt, tuple[CountAt, ...]]()
    for rule in catalogue.rules.values():
        here = rule.at(levels)
        if here is None or here.operator != "=" or here.severity != "error" or here.left_number or here.right_number:
            continue
        for cohort in here.cohorts:
            whole, parts = _sides(rule, here, cohort)
            plain = whole and all(catalogue.counts[count].value == "whole" for count, _, _ in (whole, *parts))
            if whole and plain and there >= {whole, *parts} and whole not in found:
                found[whole] = parts
    return found


def _sides(rule: Rule, here: Rule, cohort: str) -> tuple[CountAt | None, tuple[CountAt, ...]]:
    """The side of one term of the rule as it stands, and what ``here`` is left of the other; None without one."""
    left, right = (tuple((t.count, t.level, t.cohort or cohort) for t in side) for side in (here.left, here.right))
    if len(rule.right) == 1 < len(rule.left):
        return right[0], left
    if len(rule.left) == 1 < len(rule.right):
        return left[0], right
    return None, ()


def counts_needed(
    catalogue: Catalogue,
    *,
    kind: str,
    levels: Collection[str],
    year: int | None,
    indicators: Collection[str] | None = None,
) -> Iterator[CountAt]:
    """Count, level and cohort of all that is needed of an organisation, in the catalogue's order.

    Without a year, of every year. ``indicators``: those that were chosen; None: all. What none of them needs is then
    not asked, not even for its own sake.
    """
    users = _users(catalogue)
    for count in catalogue.counts.values():
        needing = users.get(count.code, [])
        for level in count.levels:
            if level not in levels or (year is not None and count.until is not None and count.until < year):
                continue
            here = [i for i in needing if level in i.levels] or needing
            wanted = here if indicators is None else [i for i in here if i.code in indicators]
            own_sake = not here and indicators is None
            if own_sake or any(asks(i, kind) and (year is None or asked_in(catalogue, i, year)) for i in wanted):
                yield from ((count.code, level, cohort) for cohort in count.cohorts)


def ended_by(catalogue: Catalogue, year: int) -> frozenset[str]:
    """The counts that were asked once and are no longer asked of anybody in periods of the year."""
    users = _users(catalogue)
    last = {code: _last_year(catalogue, count, users.get(code, [])) for code, count in catalogue.counts.items()}
    return frozenset(code for code, year_of_end in last.items() if year_of_end < year)


def _last_year(catalogue: Catalogue, count: Count, users: list[Indicator]) -> int:
    own = count.until or LAST_YEAR
    return max((years_of(catalogue, user)[1] for user in users), default=own)  # order: of numbers


def _users(catalogue: Catalogue) -> dict[str, list[Indicator]]:
    """By count, the indicators that need it."""
    users: dict[str, list[Indicator]] = {}
    for indicator in catalogue.indicators.values():
        for code in dict.fromkeys(counts_of(measured(catalogue, indicator))):
            users.setdefault(code, []).append(indicator)
    return users


def with_trends(catalogue: Catalogue, chosen: Collection[str]) -> frozenset[str]:
    """The chosen indicators with those that follow one of them and ask nothing more."""
    return frozenset(
        i.code for i in catalogue.indicators.values() if {i.code, measured(catalogue, i).code} & set(chosen)
    )
