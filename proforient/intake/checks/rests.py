"""The rest of a share (all less ОВЗ): what holds for all and for the part must hold for the rest too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from proforient.intake.case import Case
from proforient.intake.checks.shares import Share, shares_touched
from proforient.intake.findings import finding
from proforient.intake.model import Finding

RAISES = ("rest-above",)


def check(case: Case) -> Iterator[Finding]:
    parts = [cohort for cohort in case.catalogue.cohorts.values() if cohort.part_of is not None]
    seen: set[tuple[object, ...]] = set()
    for share in shares_touched(case):
        for part in parts:
            key = (share.organisation, share.numerator, share.denominator, share.level, part.code)
            if share.cohort in (part.code, part.part_of) and key not in seen:
                seen.add(key)
                yield from _compared(case, share, part.code, str(part.part_of))


def _compared(case: Case, share: Share, part: str, whole: str) -> Iterator[Finding]:
    some, every = share.numbers(case, part), share.numbers(case, whole)
    if some is None or every is None or some[0] > every[0] or some[1] > every[1] or every[0] > every[1]:
        return  # said by the checks of pairs and of parts
    numerator, denominator = every[0] - some[0], every[1] - some[1]
    if numerator <= denominator:
        return
    words = {
        "what": share.title(case, whole),
        "part": case.catalogue.cohorts[part].name,
        "whole": case.catalogue.cohorts[whole].name,
        "numerator": numerator,
        "denominator": denominator,
        "every": _pair(share._replace(cohort=whole).shown(case)),
        "some": _pair(share._replace(cohort=part).shown(case)),
    }
    yield finding("rest-above", **share.place(case, part, whole)._asdict(), value=str(numerator), words=words)


def _pair(shown: Mapping[str, str]) -> str:
    return f"{shown['numerator']} из {shown['denominator']}"
