"""«Что сделать сначала» in words: who, what, which recommendation says so."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from proforient.advice.priorities import FirstStep
from proforient.catalogue.entries import Catalogue
from proforient.charts.sentences.completeness import submitted_by_kind, submitted_of
from proforient.charts.sentences.names import levels_in, noun_of, organisation_name, organisations_of
from proforient.monitoring import Organisation
from proforient.wording import capital, counted, noun, number, typo, uncapital
from proforient.wording.labels import one_line

LONGEST = 45  # signs of a name; a longer one is shortened so that it differs from the others
NAMES = 4  # organisations that are named before the rest is counted
_PROPER = re.compile(r"[^«»]{1,40}(«[^«»]{1,60}»)")
Named = tuple[tuple[str, str], ...]


class StepWords(NamedTuple):
    """``who``, the names and ``rest`` stand in bold before the dash, ``source`` small at the end.

    ``names``: code and name of each organisation that is named, so that it can lead to its sheet.
    """

    who: str
    names: Named
    rest: str
    what: str
    source: str


def step_words(step: FirstStep, catalogue: Catalogue, organisations: Mapping[str, Organisation]) -> StepWords:
    """One step in words."""
    who, names, rest = _addressed(step.organisations, catalogue, organisations)
    where = levels_in([catalogue.levels[c.level] for c in step.levels])
    what, source = _closing(step, where) if step.gap is not None else _reporting(step, where, catalogue)
    return StepWords(who, names, rest, typo(" ".join(what.split(" "))), typo(source))


def _reporting(step: FirstStep, where: str, catalogue: Catalogue) -> tuple[str, str]:
    least = submitted_of(min(step.levels, key=lambda c: c.submitted))
    if any(c.submitted for c in step.levels):
        kinds = {organisations_of(catalogue.levels[c.level], catalogue) for c in step.levels}
        least = submitted_by_kind(step.levels, catalogue) if len(kinds) > 1 else least
    if step.kind == "figures":
        return f"дополнить отчёт: {f'чисел {where}' if where else 'этих чисел'} в нём нет.", least
    if any(c.submitted for c in step.levels):
        return f"сдать отчёт: {f'без него вывод {where}' if where else 'без него вывод'} предварительный.", least
    return f"сдать отчёт: {f'{where} ' if where else ''}судить пока не по чему.", least


def _closing(step: FirstStep, where: str) -> tuple[str, str]:
    assert step.gap is not None
    (coverage,) = step.levels
    needed, enough = coverage.needed or 0, step.gap.closing_sum
    unit, goal = counted(needed, coverage.unit, "gen"), f"дойти до плана {where}".strip()
    if enough == needed:
        what = f"{goal}; этого хватит: {number(enough)} из {number(needed)}."
    elif enough > needed:
        what = f"{goal}; этого хватит: {number(enough)} при нужных {number(needed)}."
    else:
        what = f"{goal}: не хватает {unit}."
    if not step.actions:
        return what, ""
    first = step.actions[0]
    ground = f" ({first.source_text})" if first.source_text else ""
    return what, f"Предлагается: {uncapital(first.text).rstrip('.')}{ground}."


def _short(names: Sequence[str], codes: Sequence[str], organisations: Mapping[str, Organisation]) -> list[str]:
    """The names of those who are told, apart from all others of the step."""
    full = [organisation_name(code, organisations) for code in codes]
    shown_names = [organisation_name(code, organisations) for code in names]
    if all(len(name) <= LONGEST for name in shown_names) and all(full.count(name) == 1 for name in shown_names):
        return shown_names
    labels = dict(zip(codes, one_line(full, LONGEST), strict=True))
    return [labels[code] for code in names]


def _addressed(
    codes: Sequence[str], catalogue: Catalogue, organisations: Mapping[str, Organisation]
) -> tuple[str, Named, str]:
    """«Школам» with the names in quotation marks; names that are not of the form «Школа «…»» stand as they are."""
    first_codes = codes if len(codes) <= NAMES else codes[: NAMES - 1]
    left = len(codes) - len(first_codes)
    word = noun_of(codes, organisations, catalogue)
    names = _short(first_codes, codes, organisations)
    proper = [found[1] for name in names if (found := _PROPER.fullmatch(name))]
    if len(proper) == len(names) and {name.partition(" «")[0].lower() for name in names} == {word.nom}:
        rest = f"и ещё {number(left)} {word.after(left, 'dat')}" if left else ""
        return capital(word.after(len(first_codes), "dat")), tuple(zip(first_codes, proper, strict=True)), typo(rest)
    rest = f"и ещё {number(left)} {noun('organisations').after(left)}" if left else ""
    return "", tuple(zip(first_codes, names, strict=True)), typo(rest)


__all__ = ["StepWords", "step_words"]
