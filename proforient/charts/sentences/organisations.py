"""Organisations beside each other, and the sheet of one: titles, findings, and honesty about small numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from proforient.analysis.coverage import Coverage
from proforient.catalogue.entries import Catalogue, Level
from proforient.charts.sentences.names import (
    everybody,
    levels_in,
    levels_listed,
    noun_of,
    on_every_level,
    organisation_name,
)
from proforient.charts.sentences.verdicts import figure, measured, missing, small_numbers, spare
from proforient.monitoring import Organisation, Verdict
from proforient.wording import Noun, capital, counted, counted_words, number, numeral, period_name, typo
from proforient.wording.order import name_order


def organisations_title(
    coverages: Sequence[Coverage], catalogue: Catalogue, organisations: Mapping[str, Organisation]
) -> str:
    """«Ниже плана шесть школ из семи, самая большая нехватка — Школа «Северная»: 42 ребёнка»."""
    asked = [c for c in coverages if c.verdict != Verdict.NOT_ASKED]
    if not asked:
        return typo("Организаций в этом срезе нет")
    word = noun_of([c.organisation or "" for c in asked], organisations, catalogue)
    if asked[0].formula.answers:
        return typo(_answers(asked, word))
    if asked[0].formula.plain:
        return typo(_most(asked, organisations))
    known = [c for c in asked if measured(c)]
    if not known:
        return typo(_nothing_known(asked))
    silent = sum(c.verdict == Verdict.NO_DATA for c in asked)
    tail = f"; данных нет у {counted(silent, word, 'gen')}" if silent else ""
    return typo(beside_the_plan(known, word, lambda c: organisation_name(c.organisation, organisations)) + tail)


def beside_the_plan(known: Sequence[Coverage], word: Noun, name_of: Callable[[Coverage], str]) -> str:
    """How many of those with a verdict are below plan, and whose gap is the largest."""
    below = [c for c in known if c.verdict == Verdict.NOT_MET]
    if not below:
        if len(known) == 1:
            return f"{name_of(known[0])}: план достигнут"
        return f"План достигнут: {everybody(len(known), word)}"
    less = known[0].direction == "less"
    side, biggest = ("Выше", "самое большое превышение") if less else ("Ниже", "самая большая нехватка")
    worst = min(below, key=lambda c: (-(c.needed or 0), name_order(name_of(c))))
    name = name_of(worst)
    if len(below) == 1:
        of = f" из {numeral(len(known), word.gender, 'gen')}" if len(known) > 1 else ""
        return f"{side} плана {counted_words(1, word)}{of} — {name}: {missing(worst)}"
    how_many = counted_words(len(below), word)
    of = (
        everybody(len(below), word)
        if len(below) == len(known)
        else f"{how_many} из {numeral(len(known), word.gender, 'gen')}"
    )
    return f"{side} плана {of}, {biggest} — {name}: {counted(worst.needed or 0, worst.unit)}"


def _nothing_known(asked: Sequence[Coverage]) -> str:
    if any(c.verdict == Verdict.NO_PLAN for c in asked):
        return f"План не задан: {'доли' if asked[0].formula.in_percent else 'числа'} без вердикта"
    return f"За {period_name(asked[0].period)} организации ещё не сдали"


def _answers(asked: Sequence[Coverage], word: Noun) -> str:
    answered = [c for c in asked if c.value is not None]
    no = [c for c in answered if not c.value]
    if not answered:
        return f"За {period_name(asked[0].period)} никто ещё не ответил"
    of = f"из {numeral(len(answered), word.gender, 'gen')}"
    if not no:
        return f"{capital(everybody(len(answered), word))} ответили «да»" if len(answered) > 1 else "Ответ — «да»"
    if len(no) == len(answered):
        return f"{capital(everybody(len(answered), word))} ответили «нет»" if len(no) > 1 else "Ответ — «нет»"
    return f"Ответ «нет» — {counted_words(len(no), word)} {of}"


def _most(asked: Sequence[Coverage], organisations: Mapping[str, Organisation]) -> str:
    given = [c for c in asked if c.value is not None]
    if not given:
        return f"За {period_name(asked[0].period)} организации ещё не сдали"
    most = min(given, key=lambda c: (-(c.value or 0), name_order(organisation_name(c.organisation, organisations))))
    if not most.value:
        return "У всех, кто сдал, — 0"
    return f"Больше всего — {organisation_name(most.organisation, organisations)}: {figure(most)}"


def organisation_finding(organisation: Organisation, coverages: Sequence[Coverage], catalogue: Catalogue) -> str:
    """«Школа «Лесная»: до плана не хватает 14 детей в 5–9 классах»; ``coverages``: its levels of one indicator."""
    asked = [c for c in coverages if c.verdict != Verdict.NOT_ASKED]
    known = [c for c in asked if measured(c)]
    below = [c for c in known if c.verdict == Verdict.NOT_MET]
    name = organisation.name
    if not asked:
        return typo(f"{name}: этот показатель здесь не спрашивают")
    if not known:
        return typo(f"{name}: {_why_unmeasured(asked)}")
    levels = [catalogue.levels[c.level] for c in (below or known)]
    if not below:
        if len(known) == 1:
            return typo(f"{name}: план достигнут {levels_in(levels)}".rstrip())
        return typo(f"{name}: план достигнут {on_every_level(len(known))}")
    if len(below) == 1:
        where = f" {levels_in(levels)}"
        short = missing(below[0])
        return typo(f"{name}: {'' if below[0].direction == 'less' else 'до плана '}{short}{where}".rstrip())
    return typo(f"{name}: {_below_words(below, known, levels)}")


def _below_words(below: Sequence[Coverage], known: Sequence[Coverage], levels: Sequence[Level]) -> str:
    missed = "доля выше плана" if known[0].direction == "less" else "план не достигнут"
    if len(below) == len(known):
        return f"{missed} {on_every_level(len(below))}"
    of = numeral(len(known), case="gen")
    return f"{missed} на {counted_words(len(below), 'levels', 'prep')} из {of} — {levels_listed(levels)}"


def _why_unmeasured(asked: Sequence[Coverage]) -> str:
    verdicts = {c.verdict for c in asked}
    if Verdict.NO_PLAN in verdicts:
        return "план не задан, судить не по чему"
    if Verdict.JUDGED in verdicts:
        return "чисел нет, есть оценка экспертов"
    if verdicts == {Verdict.NOBODY}:
        return "нет обучающихся"
    return f"данных за {period_name(asked[0].period)} ещё нет"


def organisation_lead(coverages: Sequence[Coverage], catalogue: Catalogue) -> str:
    """Where the plan is met, and what one child weighs where there are few: said here, not in a footnote."""
    met = [c for c in coverages if c.verdict == Verdict.MET]
    below = [c for c in coverages if c.verdict == Verdict.NOT_MET]
    sentences = []
    if met and below:
        sentences.append(f"{levels_in([catalogue.levels[c.level] for c in met])} план достигнут.".lstrip())
    if len(below) > 1:
        parts = [f"{levels_in([catalogue.levels[c.level]])} {missing(c)}".lstrip() for c in below]
        sentences.append(f"{', '.join(parts)}.")
    for coverage in coverages:
        if measured(coverage) and (words := small_numbers(coverage)):
            where = levels_in([catalogue.levels[coverage.level]])
            sentences.append(f"{where} всего {words}{_on_the_edge(coverage)}.".lstrip())
    return typo(" ".join(s[:1].upper() + s[1:] for s in sentences))


def _on_the_edge(coverage: Coverage) -> str:
    """Whether the verdict hangs on one child."""
    if coverage.direction == "less":
        return ""
    if coverage.verdict == Verdict.MET and spare(coverage) == 0 and coverage.numerator:
        if coverage.numerator == 1:
            return ", и без него план не был бы достигнут"
        return f", и план не был бы достигнут без одного из {number(coverage.numerator)}"
    return ", и одного хватило бы до плана" if coverage.needed == 1 else ""
