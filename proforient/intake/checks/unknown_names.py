"""Names that nobody knows: organisations, indicators, levels, categories. Each waits for an answer too."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from proforient.intake.case import Case, NamingCell
from proforient.intake.checks.organisation_closed import merged_words
from proforient.intake.findings import Found, Sketch, finding, first_made
from proforient.intake.model import Finding
from proforient.intake.personal import MASK

RAISES = ("organisation-unknown", "organisation-merged", "indicator-unknown", "level-unknown", "cohort-unknown")


def check(case: Case) -> Iterator[Found]:
    return first_made(_sketches(case))


def _sketches(case: Case) -> Iterator[Sketch]:
    for record in case.records:
        for key in record.keys:
            if key.code is None and key.text != MASK:
                code = _code(case, record.row, key)
                yield code, None, partial(_made, case, code, record.row, key)


def _made(case: Case, code: str, row: int, key: NamingCell) -> Finding:
    merger = case.known.successors[key.codes[0]] if code == "organisation-merged" else None
    words = merged_words(case, merger) if merger else _WORDS[key.kind](case, key) if code.endswith("-unknown") else None
    return finding(code, **case.place(row, key.column)._asdict(), value=key.text, words=words)


def _code(case: Case, row: int, key: NamingCell) -> str:
    """A piece of the name struck through or unseen is said as such, a footnote where the name alone would do."""
    mark = case.sheet.marks.get((row, key.column), "") if case.sheet and key.unsure else ""
    if mark in ("struck-out", "not-shown"):
        return mark
    if key.unsure and key.kind != "indicator":
        return "footnote-glued"
    return "organisation-merged" if _is_joined(case, key) else f"{key.kind}-unknown"


def _is_joined(case: Case, key: NamingCell) -> bool:
    """Whether the text names one organisation, which is joined to another by the period's last day."""
    first = case.known.successors.get(key.codes[0]) if key.kind == "organisation" and len(key.codes) == 2 else None
    return first is not None and first.successor == key.codes[1]


def _organisation(case: Case, key: NamingCell) -> Mapping[str, str]:
    assert case.names is not None
    names = [label for _, label in case.names.question("organisation", key.text).proposals[:3]]
    if len(key.codes) > 1:
        return {"nearest": f": под него подходит не одна. Это {' или '.join(names)}?"}
    return {"nearest": f". Похожие: {', '.join(names)}" if names else ""}


def _indicator(case: Case, key: NamingCell) -> Mapping[str, str]:
    assert case.names is not None
    proposals = case.names.question("indicator", key.text).proposals[:3]
    near = ", ".join(f"{code} ({label})" for code, label in proposals)
    sample = proposals[0][0] if proposals else next(iter(case.catalogue.indicators), "")
    if len(key.codes) > 1:
        return {"nearest": f" как одного: под него подходит не одно. Это {near}?", "sample": sample}
    return {"nearest": f". Похожие: {near}" if near else "", "sample": sample}


def _level(case: Case, key: NamingCell) -> Mapping[str, str]:
    names = [level.short or level.name for level in case.catalogue.levels.values()]
    return {"expected": ", ".join(names), "sample": names[0]}


def _cohort(case: Case, key: NamingCell) -> Mapping[str, str]:
    names = [cohort.name for cohort in case.catalogue.cohorts.values()]
    return {"expected": ", ".join(names), "sample": names[0]}


_WORDS: Mapping[str, Callable[[Case, NamingCell], Mapping[str, str]]] = {
    "organisation": _organisation,
    "indicator": _indicator,
    "level": _level,
    "cohort": _cohort,
}
