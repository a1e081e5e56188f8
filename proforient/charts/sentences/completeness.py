"""Who has reported, and whether those who have not could change a verdict."""

from __future__ import annotations

from collections.abc import Sequence

from proforient.analysis.coverage import Coverage
from proforient.catalogue.entries import Catalogue
from proforient.charts.sentences.names import everybody, levels_in
from proforient.charts.sentences.verdicts import measured
from proforient.palette import PROVISIONAL_GLYPH
from proforient.wording import NB, Noun, capital, counted, noun, number, said, typo

PROVISIONAL = f"{PROVISIONAL_GLYPH}{NB}предварительно"


def completeness(submitted: int, expected: int, unit: str | Noun = "organisations") -> str:
    """«сдали 14 организаций из 16», «сдала 21 организация из 30»; also nobody, all, and nobody asked."""
    word = unit if isinstance(unit, Noun) else noun(unit)
    if expected == 0:
        return typo(f"сдавать некому: {word.gen_pl} нет")
    if submitted == 0:
        return typo(f"ещё никто не сдал: 0 из {number(expected)}")
    if submitted >= expected:
        if expected == 1:
            return typo(f"{_handed_in(1, word)} {everybody(1, word)}")
        return typo(f"сдали все {counted(expected, word)}")
    return typo(f"{_handed_in(submitted, word)} {counted(submitted, word)} из {number(expected)}")


def _handed_in(n: int, word: Noun) -> str:
    return said(n, word.gender, "сдал", "сдала", "сдало", "сдали")


def submitted_of(coverage: Coverage) -> str:
    """The short form beside a figure: «сдали 5 из 6», «сдал 1 из 6»."""
    verb = said(coverage.submitted, "m", "сдал", "сдал", "сдал", "сдали")
    return typo(f"{verb} {number(coverage.submitted)} из {number(coverage.expected)}")


def provisional_note(coverage: Coverage) -> str:
    """«◔ сдали 5 из 6»; empty when everybody has reported or nobody has."""
    return f"{PROVISIONAL_GLYPH}{NB}{submitted_of(coverage)}" if coverage.provisional else ""


def review_note(coverage: Coverage) -> str:
    """«на проверке 3»: reports that count but are not accepted yet; empty without such."""
    return typo(f"на проверке {number(coverage.on_review)}") if coverage.on_review else ""


def can_change_note(coverage: Coverage) -> str:
    """Whether the missing could change the verdict; empty where nobody is missing or there is no verdict."""
    if not measured(coverage) or coverage.submitted >= coverage.expected:
        return ""
    if coverage.can_change is None:
        people = noun(coverage.unit).gen_pl
        return typo(f"изменится ли вердикт, нельзя сказать: неизвестно, сколько {people} у тех, кто не сдал")
    if coverage.can_change:
        return typo("вердикт может измениться, когда сдадут остальные")
    return typo("вердикт не изменится, что бы ни сдали остальные")


def completeness_note(coverages: Sequence[Coverage], catalogue: Catalogue) -> str:
    """What is incomplete and whether it matters; levels of which the same is to be said share a sentence.

    «На дошкольном уровне сдали 5 из 6: вердикт не изменится, что бы ни сдали остальные.»
    """
    alike: dict[str, list[str]] = {}
    for coverage in coverages:
        if coverage.provisional:
            where = levels_in([catalogue.levels[coverage.level]])
            alike.setdefault(can_change_note(coverage), []).append(f"{where} {submitted_of(coverage)}".lstrip())
    sentences = (capital(f"{', '.join(levels)}{f': {tail}' if tail else ''}.") for tail, levels in alike.items())
    return typo(" ".join(sentences))
