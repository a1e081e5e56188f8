"""The finding, lead and caption of «Обзор»: the levels of one indicator in one territory and period."""

from __future__ import annotations

from collections.abc import Sequence

from proforient.analysis.coverage import Coverage
from proforient.catalogue.entries import Catalogue, Level
from proforient.charts.sentences.completeness import headline, preliminarily
from proforient.charts.sentences.names import (
    everybody,
    level_subject,
    levels_in,
    levels_listed,
    on_every_level,
)
from proforient.charts.sentences.verdicts import (
    INVENTED,
    figure,
    invented,
    many,
    measured,
    near_word,
    plan_figure,
    spare,
)
from proforient.monitoring import Judgement, Verdict
from proforient.wording import (
    capital,
    counted,
    counted_words,
    join,
    noun,
    numeral,
    percent,
    period_name,
    quoted,
    typo,
    uncapital,
)


def _level(coverage: Coverage, catalogue: Catalogue) -> Level:
    return catalogue.levels[coverage.level]


def _levels(coverages: Sequence[Coverage], catalogue: Catalogue) -> list[Level]:
    return [_level(c, catalogue) for c in coverages]


def _of(coverages: Sequence[Coverage], *verdicts: Verdict) -> list[Coverage]:
    return [c for c in coverages if c.verdict in verdicts]


def overview_finding(coverages: Sequence[Coverage], catalogue: Catalogue) -> str:
    """«План не достигнут на двух уровнях из четырёх измеренных: дошкольном и основном».

    ``coverages`` hold one level each, of one indicator; the sentence also says when nothing can be judged, and
    begins with «Предварительно» where those who have not reported could make it untrue.
    """
    return headline(_finding(coverages, catalogue), coverages, catalogue)


def _finding(coverages: Sequence[Coverage], catalogue: Catalogue) -> str:
    asked = [c for c in coverages if c.verdict != Verdict.NOT_ASKED]
    known, below = [c for c in asked if measured(c)], _of(asked, Verdict.NOT_MET)
    if not known:
        return typo(_nothing_measured(asked, catalogue))
    if len(asked) == 1:
        return against_plan(known[0], catalogue)
    less = known[0].direction == "less"
    missed, fulfilled = ("Доля выше плана", "Доля не выше плана") if less else ("План не достигнут", "План достигнут")
    before, after = _which(known, asked)
    if len(known) == 1:
        where = levels_listed(_levels(known, catalogue))
        one = f"единственном {'измеренном ' if before else ''}уровне{after}"
        return typo(f"{missed if below else fulfilled} на {one}: {where}")
    if not below:
        return typo(f"{fulfilled} {on_every_level(len(known), before)}{after}")
    if len(below) == len(known):
        of = f"из {numeral(len(known), case='gen')}{f' {before}' if before else ''} уровней{after}"
        return typo(f"Доля выше плана на каждом {of}" if less else f"План не достигнут ни на одном {of}")
    of = f"из {numeral(len(known), case='gen')}{f' {before}' if before else ''}{after}"
    where = levels_listed(_levels(below, catalogue))
    return typo(f"{missed} на {counted_words(len(below), 'levels', 'prep')} {of}: {where}")


def _which(known: Sequence[Coverage], asked: Sequence[Coverage]) -> tuple[str, str]:
    """How the levels that can be judged are told from the others: «измеренных» before the noun, or what follows it."""
    if len(known) == len(asked):
        return "", ""
    unknown = [c for c in asked if not measured(c)]
    if all(c.verdict == Verdict.NO_PLAN for c in unknown):
        return "", " с планом"
    if any(c.verdict == Verdict.NO_PLAN for c in unknown):
        return "", " с планом и числами"
    return "измеренных", ""


def _nothing_measured(asked: Sequence[Coverage], catalogue: Catalogue) -> str:
    period = period_name(asked[0].period) if asked else ""
    judged, without_plan = _of(asked, Verdict.JUDGED), _of(asked, Verdict.NO_PLAN)
    if not asked:
        return "Этот показатель здесь не спрашивают"
    if without_plan:
        if len(without_plan) == 1:
            one = without_plan[0]
            return f"План не задан: {uncapital(level_subject(_level(one, catalogue)))}, {figure(one)}"
        return "План не задан ни на одном уровне, судить не по чему"
    if judged:
        if len(judged) == len(asked) > 1:
            return f"Чисел за {period} нет, эксперты оценили {everybody(len(judged), noun('levels'))}"
        of = f" из {numeral(len(asked), case='gen')}" if len(asked) > 1 else ""
        return f"Чисел за {period} нет, эксперты оценили {counted_words(len(judged), 'levels', 'acc')}{of}"
    if len(_of(asked, Verdict.NOBODY)) == len(asked):
        return f"За {period} нет обучающихся ни на одном уровне"
    if any(c.submitted for c in asked):
        return f"За {period} судить не по чему: чисел для доли ещё нет"
    return f"За {period} ещё никто не сдал"


def against_plan(coverage: Coverage, catalogue: Catalogue) -> str:
    """One level against its plan: «Дошкольное образование ниже плана: 40 % против 50 %»."""
    subject = level_subject(_level(coverage, catalogue))
    shown, plan = figure(coverage), plan_figure(coverage)
    if coverage.near:
        return typo(f"{subject} {near_word(coverage)}: {shown} при плане {plan}")
    if coverage.direction == "less":
        place = "выше плана" if coverage.verdict == Verdict.NOT_MET else "в пределах плана"
        return typo(f"{subject} {place}: {shown} при допустимых {plan}")
    if coverage.shortfall == 0:
        return typo(f"{subject} ровно на плане: {shown}")
    if shown == plan:  # of a rounded figure: how far it is from its plan is not told
        return typo(f"{subject} на уровне плана: {shown}")
    return typo(f"{subject} {'ниже' if coverage.verdict == Verdict.NOT_MET else 'выше'} плана: {shown} против {plan}")


def overview_lead(coverages: Sequence[Coverage], catalogue: Catalogue) -> str:
    """How many children are missing where, who was only judged, what has no data or plan; may be empty."""
    below = _of(coverages, Verdict.NOT_MET)
    sentences = []
    if below:
        sentences.append(_missing(below, catalogue))
    elif sum(map(measured, coverages)) > 1 and all(c.shortfall is not None for c in coverages if measured(c)):
        sentences.append(_nearest([c for c in coverages if measured(c)], catalogue))
    for coverage in _of(coverages, Verdict.JUDGED):
        sentences.append(f"{level_subject(_level(coverage, catalogue))} без чисел: {experts_said(coverage)}.")
    for verdict, words in (
        (Verdict.NO_DATA, "Нет данных"),
        (Verdict.NO_PLAN, "План не задан"),
        (Verdict.NOBODY, "Нет обучающихся"),
    ):
        found = _of(coverages, verdict)
        if found and len(found) < len(coverages):
            sentences.append(f"{words}: {join([uncapital(level_subject(v)) for v in _levels(found, catalogue)])}.")
    return typo(" ".join(sentences))


def _missing(below: Sequence[Coverage], catalogue: Catalogue) -> str:
    if below[0].direction == "less":
        parts = [
            f"{many(c.needed, c.unit, rounded=c.about)} {levels_in([_level(c, catalogue)])}".strip() for c in below
        ]
        return f"Превышение плана — {join(parts)}."
    parts = [
        f"{many(c.needed, c.unit, 'gen', rounded=c.about)} {levels_in([_level(c, catalogue)])}".strip() for c in below
    ]
    return f"До плана не хватает {join(parts)}."


def _nearest(known: Sequence[Coverage], catalogue: Catalogue) -> str:
    least = min(known, key=spare)  # order: by spare, levels as they come
    where = levels_in([_level(least, catalogue)])
    if least.shortfall == 0:
        return f"{capital(where)} — ровно по плану, запаса нет."
    left = spare(least)
    return f"Самый малый запас — {where}: {counted(left, least.unit) if left else 'его нет'}."


def experts_said(coverage: Coverage) -> str:
    """«эксперты назвали долю низкой», «эксперты назвали 45 %», «эксперты: «не обеспечен охват…»»."""
    judgement = coverage.judgement
    if judgement is None:
        return ""
    if judgement.percent is not None:
        return typo(f"эксперты назвали {percent(judgement.percent)}")
    if judgement.outcome == "shortcoming":
        word = "низк" if coverage.direction == "more" else "высок"
        if coverage.formula.shortcoming[0] and (word in judgement.text.lower() or not judgement.text):
            return f"эксперты назвали долю {word}ой"
        if coverage.formula.shortcoming[0]:
            return typo(f"эксперты: {quoted(uncapital(judgement.text.rstrip('.')))}")
        return "эксперты отметили недостаток"
    return "эксперты отметили хороший результат" if judgement.outcome == "good" else "у экспертов есть замечание"


def judged_evidence(judgement: Judgement | None) -> str:
    """«оценка экспертов»; of one with a figure «45 % — оценка: рабочая группа, п. Горный»."""
    if judgement is None or judgement.percent is None:
        return "оценка экспертов"
    return typo(f"{percent(judgement.percent)} — оценка: {judgement.office or 'эксперты'}")


def levels_title(coverages: Sequence[Coverage]) -> str:
    """The title over a list of levels: «Ниже плана два уровня из четырёх»."""
    known, below = [c for c in coverages if measured(c)], _of(coverages, Verdict.NOT_MET)
    if not known:
        return typo("С планом сравнить нечего")
    side = "Выше" if known[0].direction == "less" else "Ниже"
    of = f"из {numeral(len(known), case='gen')}"
    if not below:
        text = f"{side} плана нет ни одного уровня {of}" if len(known) > 1 else f"{side} плана уровней нет"
    else:
        all_of_them = everybody(len(below), noun("levels"))
        some = f"{counted_words(len(below), 'levels')} {of}"
        text = f"{side} плана {all_of_them if len(below) == len(known) else some}"
    return preliminarily(typo(text), known)


def levels_caption(coverages: Sequence[Coverage], catalogue: Catalogue) -> str:
    """Measure, period and how to read the marks: «…, 2022 год. Черта — план; штриховка — план не достигнут.»"""
    if not coverages:
        return ""
    first = coverages[0]
    text = f"{catalogue.indicator_name(first.indicator)}, {period_name(first.period)}."
    if any(c.plan for c in coverages):
        text += " Черта — план" + (f", {INVENTED}" if any(invented(c) for c in coverages) else "")
        text += "; штриховка — план не достигнут." if _of(coverages, Verdict.NOT_MET) else "."
    if any(c.verdict in (Verdict.NO_DATA, Verdict.JUDGED) for c in coverages):
        text += " Пустая рамка — данных нет."
    return typo(text)
