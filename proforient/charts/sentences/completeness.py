"""Who has reported, and whether those who have not could change a verdict."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from proforient.analysis.coverage import Coverage
from proforient.catalogue.entries import Catalogue
from proforient.charts.sentences.names import everybody, levels_in, organisations_of
from proforient.charts.sentences.verdicts import measured
from proforient.palette import PROVISIONAL_GLYPH
from proforient.wording import NB, Noun, capital, counted, join, noun, number, typo, uncapital, verb_form

PROVISIONAL = f"{PROVISIONAL_GLYPH}{NB}предварительно"


def completeness(submitted: int, expected: int, unit: str | Noun = "organisations") -> str:
    """«сдали 14 организаций из 16», «сдала 21 организация из 30»; also nobody, all, and nobody asked."""
    word = unit if isinstance(unit, Noun) else noun(unit)
    if expected == 0:
        return typo(f"сдавать некому, {word.gen_pl} нет")
    if submitted == 0:
        nobody = verb_form(1, word.gender, "не сдал ещё ни один", "не сдала ещё ни одна", "не сдало ещё ни одно", "")
        return typo("ещё никто не сдал" if expected == 1 else f"{nobody} из {counted(expected, word, 'gen')}")
    if submitted >= expected:
        if expected <= 2:
            return typo(f"{_handed_in(expected, word)} {everybody(expected, word)}")
        return typo(f"сдали все {counted(expected, word)}")
    return typo(f"{_handed_in(submitted, word)} {counted(submitted, word)} из {number(expected)}")


def _handed_in(n: int, word: Noun) -> str:
    return verb_form(n, word.gender, "сдал", "сдала", "сдало", "сдали")


def submitted_of(coverage: Coverage) -> str:
    """The short form beside a figure: «сдали 5 из 6», «сдал 1 из 6», «не сдал никто из 6»."""
    if not coverage.submitted:
        return typo(f"не сдал никто из {number(coverage.expected)}")
    verb = verb_form(coverage.submitted, "m", "сдал", "сдал", "сдал", "сдали")
    return typo(f"{verb} {number(coverage.submitted)} из {number(coverage.expected)}")


def provisional_note(coverage: Coverage) -> str:
    """«◔ сдали 5 из 6»; empty when everybody has reported or nobody has."""
    return f"{PROVISIONAL_GLYPH}{NB}{submitted_of(coverage)}" if coverage.provisional else ""


def preliminary(coverages: Sequence[Coverage], catalogue: Catalogue) -> str:
    """«Предварительно: сдали 2 из 30 школ и 5 из 22 детских садов»; empty where what is said is final.

    Of each kind of organisation the level speaks that most of them report of, and of such the least known.
    """
    by_kind = submitted_by_kind([c for c in coverages if c.unsettled], catalogue)
    return typo(f"Предварительно: {by_kind}") if by_kind else ""


def submitted_by_kind(coverages: Sequence[Coverage], catalogue: Catalogue) -> str:
    """«сдали 2 из 30 школ и 5 из 22 детских садов»; empty without ``coverages``."""
    least: dict[Noun, Coverage] = {}
    for coverage in sorted(coverages, key=lambda c: (-c.expected, Fraction(c.submitted, c.expected))):
        least.setdefault(organisations_of(catalogue.levels[coverage.level], catalogue), coverage)
    if not least:
        return ""
    parts = [f"{number(c.submitted)} из {counted(c.expected, word, 'gen')}" for word, c in least.items()]
    first = next(iter(least.values())).submitted
    return typo(f"{verb_form(first, 'm', 'сдал', 'сдал', 'сдал', 'сдали')} {join(parts)}")


def headline(text: str, coverages: Sequence[Coverage], catalogue: Catalogue) -> str:
    """``text``, after the words that say how little is known where it could still become untrue."""
    before = preliminary(coverages, catalogue)
    if not before:
        return text
    return typo(f"{before}. {text}" if ":" in text else f"{before}; {uncapital(text)}")  # one colon a sentence


def preliminarily(text: str, coverages: Sequence[Coverage]) -> str:
    """The same in one word, under a headline that has said the rest."""
    if not any(c.unsettled for c in coverages):
        return text
    return f"Предварительно. {text}" if ":" in text else f"Предварительно: {uncapital(text)}"


def can_change_note(coverage: Coverage) -> str:
    """Whether the missing could change the verdict; empty where nobody is missing or there is no verdict."""
    if not measured(coverage) or coverage.submitted >= coverage.expected:
        return ""
    if coverage.can_change is None:
        people = noun(coverage.unit).gen_pl
        return typo(f"изменится ли вердикт, нельзя сказать, пока неизвестно, сколько {people} у тех, кто не сдал")
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
