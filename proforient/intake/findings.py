"""The one table of finding codes, and ``finding(code, …)`` that turns a code and a place into a finding.

A code is for ever. ``message`` says what was found and what was expected, ``to_do`` (at most 140 characters) what
to do, with an example; the place stands in the finding's own fields and is not repeated in the words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from proforient.catalogue.entries import Severity
from proforient.intake.model import Finding, Screening
from proforient.intake.texts import FigureTexts, FileTexts, FindingKind, NameTexts, NumberTexts, TableTexts
from proforient.wording import number

CODES: Mapping[str, FindingKind] = {**FileTexts, **TableTexts, **NameTexts, **NumberTexts, **FigureTexts}

SHOWN = 20  # findings of one code that are shown; the rest is a count
LONGEST_VALUE = 300  # signs of a cell that a finding quotes
LONGEST_TO_DO = 140  # signs of what a finding tells to do

_INNER = str.maketrans("«»", "„“")
_RANK: Mapping[Severity, int] = {"error": 0, "warning": 1, "note": 2}


def clip(text: str, longest: int = LONGEST_VALUE) -> str:
    """``text`` in one line, cut with an ellipsis when it is longer than ``longest`` characters."""
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def finding(
    code: str,
    *,
    sheet: str = "",
    row: int | None = None,
    column: str = "",
    value: str | None = None,
    severity: Severity | None = None,
    words: Mapping[str, object] | None = None,
) -> Finding:
    """A finding of a known code; ``words`` fill the braces of its texts, ``value`` is what stood in the cell.

    Raises KeyError for an unknown code or a missing word: both are mistakes of the program.
    """
    kind = CODES[code]
    shown = None if value is None else clip(value)
    filling = {"value": shown or "", **{key: _word(word) for key, word in (words or {}).items()}}
    return Finding(
        code=code,
        severity=severity or kind.severity,
        message=_filled(kind.message, filling),
        to_do=clip(_filled(kind.to_do, filling), LONGEST_TO_DO),
        sheet=sheet,
        row=row,
        column=column,
        value=shown,
    )


@dataclass(frozen=True, slots=True)
class Rest:
    """How many more findings of a code there are, beyond those that are shown: counted, not made."""

    code: str
    severity: Severity
    count: int


Found = Finding | Rest
Sketch = tuple[str, Severity | None, Callable[[], Finding]]  # code, severity where it is not the usual one, how to make


def first_made(sketches: Iterable[Sketch]) -> Iterator[Found]:
    """Of a check over rows, from the top down: the findings of each code that are shown, then how many more there are.

    A file at the limits has 100,000 of a code; to make the words of each takes longer than to find it.
    """
    met: Counter[tuple[str, Severity]] = Counter()
    for code, severity, make in sketches:
        key = (code, severity or CODES[code].severity)
        met[key] += 1
        if met[key] <= SHOWN:
            yield make()
    yield from (Rest(code, severity, count - SHOWN) for (code, severity), count in met.items() if count > SHOWN)


def _filled(text: str, filling: Mapping[str, object]) -> str:
    """The text with its words; quotes of a word that stands in quotes itself become „лапки“."""
    inner = {
        key: word.translate(_INNER) if isinstance(word, str) and f"«{{{key}}}»" in text else word
        for key, word in filling.items()
    }
    return text.format_map(inner)


def _word(word: object) -> object:
    return clip(word, 300) if isinstance(word, str) else word


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings from the top of the file down, what concerns the whole file first; repeats are dropped."""
    unique = dict.fromkeys(findings)
    return tuple(sorted(unique, key=lambda f: (f.row or 0, _RANK[f.severity])))


def without_asked(screening: Screening) -> tuple[Finding, ...]:
    """The findings without those columns that a question asks about: the question says the same."""
    asked = {question.text for question in screening.unanswered if question.kind == "column"}
    return tuple(f for f in screening.findings if f.code != "column-unknown" or f.value not in asked)


def finding_groups(findings: Iterable[Finding]) -> list[list[Finding]]:
    """The findings as they are listed and counted: the same fault of many rows once, errors first."""
    same: dict[Finding, list[Finding]] = {}
    for found in sorted(findings, key=lambda f: _RANK[f.severity]):
        same.setdefault(replace(found, row=None), []).append(found)
    return list(same.values())


def shortened_list(found: Iterable[Found]) -> tuple[Finding, ...]:
    """In order, with at most ``SHOWN`` of a code; the rest of that code is one finding that counts them."""
    made: list[Finding] = []
    left: dict[tuple[str, Severity], int] = {}
    for one in found:
        if isinstance(one, Rest):
            left[one.code, one.severity] = left.get((one.code, one.severity), 0) + one.count
        else:
            made.append(one)
    return _shortened(in_order(made), left)


def _shortened(findings: Iterable[Finding], left: dict[tuple[str, Severity], int]) -> tuple[Finding, ...]:
    first: list[Finding] = []
    shown: dict[tuple[str, Severity], int] = {}
    for found in findings:
        key = (found.code, found.severity)
        shown[key] = shown.get(key, 0) + 1
        if shown[key] <= SHOWN:
            first.append(found)
        else:
            left[key] = left.get(key, 0) + 1
    for (code, severity), count in left.items():
        words = f"Показаны первые {SHOWN} таких мест из {number(SHOWN + count)}"
        to_do = "Исправьте показанные места и проверьте файл снова: остальные покажутся"
        first.append(Finding(code=code, severity=severity, message=words, to_do=to_do))
    return tuple(first)
