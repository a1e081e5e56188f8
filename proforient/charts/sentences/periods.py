"""A figure over time: the title over the periods and the words of a change."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from proforient.analysis.chance import within_chance
from proforient.analysis.coverage import Coverage
from proforient.catalogue.entries import Catalogue
from proforient.catalogue.kinds import FormulaKind
from proforient.charts.sentences.completeness import preliminarily
from proforient.charts.sentences.names import levels_in, on_every_level
from proforient.monitoring import Verdict
from proforient.palette import DOWN_GLYPH, UP_GLYPH
from proforient.wording import (
    NB,
    capital,
    counted,
    counted_words,
    number,
    numeral,
    period_name,
    period_noun,
    typo,
)

if TYPE_CHECKING:
    from proforient.analysis.changes import Change

ALMOST = f"почти без{NB}изменений"
NOTHING_BEFORE = "не с чем сравнить: "  # words with which the reason of a missing comparison may begin


def _moved(difference: Fraction, kind: FormulaKind, *, almost: bool = False) -> str:
    """«доля выросла», «число снизилось», «доля не изменилась», ``almost`` «доля почти не изменилась»."""
    subject, ending = kind.subject
    if difference == 0 or almost:
        return f"{subject} {'почти ' if difference else ''}не изменил{ending}сь"
    return f"{subject} вырос{'л' + ending}" if difference > 0 else f"{subject} снизил{ending}сь"


def _verb(difference: Fraction, kind: FormulaKind) -> str:
    return _moved(difference, kind).partition(" ")[2]


def _in_last(code: str) -> str:
    return f"в {code}-м" if period_noun(code) == "years" else "за последний период"


def _span(known: Sequence[Coverage], gaps: int) -> str:
    """«за четыре года», «с 2019 по 2022 год» where a period between is empty."""
    unit = period_noun(known[-1].period)
    if gaps and unit == "years":
        return f"с {known[0].period} по {known[-1].period} год"
    n = len(known) + gaps
    if len(known) == 2 and not gaps:
        return {"years": "за год", "school_years": "за учебный год", "half_years": "за полугодие"}.get(
            unit, "за период"
        )
    return f"за {counted_words(n, unit, 'acc')}"


def _plan_rose_faster(known: Sequence[Coverage]) -> bool:
    first, last = known[0], known[-1]
    if last.verdict != Verdict.NOT_MET or first.plan is None or last.plan is None or last.direction == "less":
        return False
    grown = (last.measure or 0) - (first.measure or 0)
    return 0 < grown < Fraction(last.plan.amount) - Fraction(first.plan.amount)


def periods_title(series: Sequence[Coverage], *, why_not: str = "", subject: str = "") -> str:
    """«За четыре года доля выросла, но в 2022-м снизилась».

    ``series`` is oldest first; periods without a figure are gaps and are named. ``why_not`` is the reason why there
    is nothing to compare with; ``subject`` («5–9 классы») is put before.
    """
    sentence = _periods(series, why_not)
    if not subject:
        return preliminarily(typo(sentence), series[-1:])
    if ":" in sentence:  # one colon a sentence
        sentence, _, why = sentence.partition(": ")
        sentence = f"{sentence} ({why})"
    return typo(f"{subject}: {sentence[:1].lower()}{sentence[1:]}")


def _periods(series: Sequence[Coverage], why_not: str) -> str:
    known = [c for c in series if c.measure is not None]
    if not known:
        return "Данных нет ни за один период"
    if len(known) == 1:
        return f"Сравнивать не с чем: {reason(why_not) or 'есть числа только за ' + period_name(known[0].period)}"
    first, last = series.index(known[0]), series.index(known[-1])
    empty = [c for c in series[first:last] if c.measure is None]
    levels = [Fraction(c.measure or 0) for c in known]
    kind = known[-1].formula
    overall, step = levels[-1] - levels[0], levels[-1] - levels[-2]
    almost, still = within_chance(known[-1], known[0]), within_chance(known[-1], known[-2])
    sentence = f"{_span(known, len(empty))} {_moved(overall, kind, almost=almost)}"
    if len(known) > 2 and not still and step and (almost or overall * step < 0):
        sentence += f", но {_in_last(known[-1].period)} {_verb(step, kind)}"
    elif overall and not almost:
        sentence += f" на {kind.amount(overall)}"
        sentence += ", план рос быстрее" if _plan_rose_faster(known) else ""
    if len(empty) == 1:
        sentence += f", за {period_name(empty[0].period)} данных нет"
    elif empty:
        sentence += f", за {counted_words(len(empty), period_noun(empty[0].period), 'acc')} данных нет"
    return capital(sentence)


def signed_change(difference: Fraction, kind: FormulaKind) -> str:
    """«↑ +4 п. п.», «↓ −2 п. п.», «без изменений»; of a count «↑ +3»."""
    if difference == 0:
        return typo("без изменений")
    glyph = UP_GLYPH if difference > 0 else DOWN_GLYPH
    return typo(f"{glyph}{NB}{kind.change(difference)}")


def titled_change(change: Change) -> Fraction | None:
    """The change a title speaks of: of a share over those that reported both times, of a count its difference."""
    return Fraction(change.difference) if change.difference is not None else change.spoken_of


def _plainly(change: Change) -> Fraction | None:
    return Fraction(change.difference) if change.difference is not None else change.points


def reason(why_not: str) -> str:
    """Why there is nothing to compare with, without the words that say so: «в 2021 году другой каталог»."""
    return why_not.removeprefix(NOTHING_BEFORE)


def change_words(change: Change) -> str:
    """The change beside a figure: «↑ +4 п. п.», «не с чем сравнить: в 2021 году другой каталог»."""
    moved = _plainly(change)
    if moved is None:
        return typo(f"{NOTHING_BEFORE}{reason(change.why_not)}" if change.why_not else NOTHING_BEFORE.rstrip(": "))
    return ALMOST if change.by_chance and moved else signed_change(moved, change.current.formula)


def change_told(change: Change) -> str:
    """The same with the number also where it is no more than chance: «−0,4 п. п., почти без изменений»."""
    moved = _plainly(change)
    if not change.by_chance or not moved:
        return change_words(change)
    return typo(f"{change.current.formula.change(moved)}, {ALMOST}")


def change_note(change: Change) -> str:
    """Completeness of both periods and the change over the same organisations; empty when there is nothing to add."""
    if change.previous is None or _plainly(change) is None:
        return ""
    now, before = change.current, change.previous
    parts = []
    if now.submitted < now.expected or before.submitted < before.expected:
        was = f"{number(before.submitted)} из {number(before.expected)}"
        parts.append(f"сдали {number(now.submitted)} из {number(now.expected)}, тогда {was}")
    if change.same_points is not None and change.same_points != change.points:
        parts.append(
            f"{_of_both(change.same_organisations)} оба раза: {signed_change(change.same_points, now.formula)}"
        )
    return typo("; ".join(parts))


def _of_both(n: int) -> str:
    """«у 5 организаций, сдавших»; of one, and of 21, in the singular."""
    one = n % 10 == 1 and n % 100 != 11
    return f"у {counted(n, 'organisations', 'gen')}, {'сдавшей' if one else 'сдавших'}"


def change_title(changes: Sequence[Change], catalogue: Catalogue) -> str:
    """«Доля выросла на двух уровнях, в 5–9 классах снизилась на 3 п. п.»"""
    return preliminarily(_change(changes, catalogue), [c.current for c in changes])


def _change(changes: Sequence[Change], catalogue: Catalogue) -> str:
    known = [(c, d) for c in changes if (d := titled_change(c)) is not None]
    if not known:
        reasons = list(dict.fromkeys(reason(c.why_not) for c in changes if c.why_not))
        return typo(f"Сравнить не с чем: {reasons[0]}" if len(reasons) == 1 else "Сравнить не с чем")
    kind = known[0][0].current.formula
    moved = [(c, d) for c, d in known if not c.by_chance]
    up, down = [c for c, d in moved if d > 0], [(c, d) for c, d in moved if d < 0]
    subject = capital(kind.subject[0])
    if not up and not down:
        if any(d for _, d in known):
            return typo(f"{subject} почти {_verb(Fraction(0), kind)} {_on_levels(len(known), len(known))}")
        return typo(f"{subject} {_verb(Fraction(0), kind)} ни на одном уровне")
    rose, fell = _verb(Fraction(1), kind), _verb(Fraction(-1), kind)
    same = numeral(len(known) - len(moved), case="prep")
    almost = f", на {same} почти {_verb(Fraction(0), kind)}" if len(moved) < len(known) else ""
    if not down and almost:
        return typo(f"{subject} {rose} на {counted_words(len(up), 'levels', 'prep')}{almost}")
    if not down:
        return typo(f"{subject} {rose} {_on_levels(len(up), len(known))}")
    if len(down) == 1:
        change, difference = down[0]
        level = levels_in([catalogue.levels[change.current.level]])
        fall = f"{level} {fell} на {kind.amount(difference)}".strip()
        return typo(
            f"{subject} {rose} на {counted_words(len(up), 'levels', 'prep')}, {fall}" if up else f"{subject} {fall}"
        )
    if not up and almost:
        return typo(f"{subject} {fell} на {counted_words(len(down), 'levels', 'prep')}{almost}")
    if not up:
        return typo(f"{subject} {fell} {_on_levels(len(down), len(known))}")
    risen = f"{rose} на {counted_words(len(up), 'levels', 'prep')}"
    return typo(f"{subject} {risen}, {fell} на {numeral(len(down), case='prep')}")


def _on_levels(n: int, of: int) -> str:
    if n == of:
        return on_every_level(n) if n > 1 else "на единственном сравнимом уровне"
    return f"на {counted_words(n, 'levels', 'prep')} из {numeral(of, case='gen')}"
