"""Cells where a count or a yes/no is expected and something else stands."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from heapq import merge
from operator import attrgetter

from proforient.intake.case import Case, Given
from proforient.intake.findings import Found, Sketch, finding, first_made
from proforient.intake.model import Finding
from proforient.intake.number_format import is_share
from proforient.intake.numbers import DASH, Fault, parse_count, squeeze, text_of
from proforient.intake.records import is_hidden_zero

RAISES = (
    *("not-a-number", "not-whole", "negative", "percent-in-count", "date-in-count", "ambiguous-number"),
    *("footnote-glued", "number-too-large", "formula-without-value", "error-cell", "merged-number"),
    *("not-yes-no", "dash-unclear", "shown-otherwise", "not-shown", "struck-out", "zero-shown"),
)

_WITH_SHOWN = frozenset({"shown-otherwise"})


def check(case: Case) -> Iterator[Found]:
    return first_made(_sketches(case))


def _sketches(case: Case) -> Iterator[Sketch]:
    for record in merge(case.records, case.totals, key=attrgetter("row")):
        for given in record.givens:
            if code := _fault(given):
                yield code, None, partial(_made, case, code, given)


def _made(case: Case, code: str, given: Given) -> Finding:
    words = {"shown": given.shown or ""} if code in _WITH_SHOWN else None
    return finding(code, **case.place(given.row, given.column)._asdict(), value=_value(given, code), words=words)


def _fault(given: Given) -> str:
    if given.mark:
        return given.mark
    if isinstance(given.parsed, Fault):
        return given.parsed.code
    if given.parsed is DASH:
        return "dash-unclear"
    if given.merged:
        return "merged-number"
    return "zero-shown" if given.shown is not None and is_hidden_zero(given.parsed, parse_count(given.shown)) else ""


def _value(given: Given, code: str) -> str:
    stored = text_of(given.raw)
    if code == "zero-shown":
        return squeeze(given.shown or "") or "пусто"
    if code != "percent-in-count" or given.shown is None:
        return stored
    share = squeeze(given.shown).replace("%", " %").replace("  ", " ")
    real = isinstance(given.raw, (int, float)) and "%" in given.shown and is_share(given.shown, given.raw)
    return share if real else f"{share} (записано {stored})"
