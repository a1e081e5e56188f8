"""``check-catalogue``: each mistake of a catalogue with its line and key; what it would do to the stored periods."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence

from proforient.analysis.effect import Effect, RuleBreach, VerdictTurn, effect
from proforient.catalogue.entries import Catalogue, Mistake
from proforient.catalogue.read import check_catalogue, read_catalogue
from proforient.charts import sentences
from proforient.commands.call import DONE, JSON, REFUSED, Command, Desk, Outcome, argument, as_json, plain
from proforient.intake.findings import clip
from proforient.palette import VERDICTS
from proforient.store.preview import foreseen
from proforient.store.reading import Reader
from proforient.wording import counted, period_name
from proforient.wording.nouns import plural

LONGEST = 100  # signs of a faulty line that is shown
NAMED = 5  # organisations that are called by name; the rest are counted
ABSENT, ABSENT_CODE = "показателя нет", "absent"
COMES, GOES = ("Появится", "Появятся", "Появятся"), ("Исчезнет", "Исчезнут", "Исчезнут")
SAME = (
    "Файл не отличается от действующего каталога: ничего не изменится. Чтобы увидеть, что сделает правка, "
    "сохраните её в другом файле и назовите его."
)
UNREAD = (
    "Числа «{name}» в новом каталоге нет, а сдано таких чисел {values}: их больше никто не прочтёт. "
    "Верните блок и закройте его ключом until."
)
NOTHING_KEPT = "Ничего не записано: каталог начнёт действовать, когда его файл встанет на место действующего."


def check(desk: Desk, given: argparse.Namespace) -> Outcome:
    """Exit 0 without a mistake, 1 with; all of them at once."""
    path = desk.path(given.path) if given.path else desk.call.catalogue
    mistakes = check_catalogue(path)
    code = REFUSED if mistakes else DONE
    found: dict[str, object] = {"acceptable": not mistakes, "mistakes": [_json(m) for m in mistakes]}
    report = f"Каталог {path} без ошибок.\n"
    if given.changes and not mistakes:
        other = read_catalogue(path)
        with foreseen(desk.store, other) as after, desk.store.read() as before:
            seen = effect(before, after)
            found["changes"] = _changes_json(seen)
            report += "".join(
                f"{line}\n" for line in _effect_lines(before.catalogue, other, seen, _names(before, seen))
            )
    if given.json:
        return Outcome(code=code, out=as_json(found))
    if not mistakes:
        return Outcome(out=plain(report))
    lines = path.read_text("utf-8", errors="replace").splitlines() if path.is_file() else []
    listed = "".join(_with_its_line(mistake, lines) for mistake in mistakes)
    return Outcome(code=code, out=listed, said=plain(f"Каталог не принят: {counted(len(mistakes), 'errors')}."))


def _with_its_line(mistake: Mistake, lines: Sequence[str]) -> str:
    """The mistake, and under it the line of the file: nobody has to look for it."""
    text = lines[mistake.line - 1].strip() if 0 < mistake.line <= len(lines) else ""
    return f"{mistake}\n    {mistake.line} | {clip(text, LONGEST)}\n" if text else f"{mistake}\n"


def _json(mistake: Mistake) -> dict[str, object]:
    return {
        "file": mistake.file,
        "line": mistake.line,
        "key": mistake.key,
        "found": mistake.found,
        "expected": mistake.expected,
    }


def _names(before: Reader, seen: Effect) -> dict[str, str]:
    """Names of the organisations that break a rule, by code."""
    codes = {whose for breach in seen.breaches for whose in breach.organisations}
    return {o.code: o.name for o in before.organisations(codes=codes)} if codes else {}


def _effect_lines(own: Catalogue, other: Catalogue, seen: Effect, names: Mapping[str, str]) -> Iterator[str]:
    """The effect in sentences, the verdicts first."""
    if own.text == other.text:
        yield SAME
        return
    yield _verdicts(len(seen.turns), seen.verdicts)
    yield from (f"  {_turn(own, other, turn)}" for turn in seen.turns)
    if seen.figures:
        yield f"Чисел изменится без смены вердикта: {seen.figures}."
    for codes, catalogue, words in ((seen.new, other, COMES), (seen.gone, own, GOES)):
        if codes:
            listed = "; ".join(_indicator(catalogue, code) for code in codes)
            yield f"{plural(len(codes), *words)} {counted(len(codes), 'indicators')}: {listed}."
    for code, values in seen.unread.items():
        yield UNREAD.format(name=own.count_name(code), values=values)
    yield from (_breach(breach, names) for breach in seen.breaches)
    yield NOTHING_KEPT


def _verdicts(changed: int, every: int) -> str:
    """«Изменятся 2 вердикта из 120.»"""
    if not every:
        return "Вердиктов в хранилище ещё нет."
    if not changed:
        return f"Из {counted(every, 'verdicts', 'gen')} не изменится ни один."
    change = plural(changed, "Изменится", "Изменятся", "Изменятся")
    return f"{change} {counted(changed, 'verdicts')} из {every}."


def _indicator(catalogue: Catalogue, code: str) -> str:
    """«1.1 Диагностика, 6–11 классы»."""
    indicator = catalogue.indicators[code]
    return f"{indicator.number} {indicator.short or catalogue.indicator_name(code)}".strip()


def _turn(own: Catalogue, other: Catalogue, turn: VerdictTurn) -> str:
    """«2022 год, Район: 1 Охват мероприятиями, Основное: план не достигнут → план достигнут»."""
    at = turn.figure
    catalogue = own if turn.before else other
    cohort = catalogue.cohorts[at.cohort]
    what = [_indicator(catalogue, at.indicator), sentences.level_label(catalogue.levels[at.level])]
    what += [cohort.name] if cohort.part_of else []
    before, after = (VERDICTS[verdict].word if verdict else ABSENT for verdict in (turn.before, turn.after))
    return f"{period_name(at.period)}, {at.territory}: {', '.join(what)}: {before} → {after}"


def _breach(breach: RuleBreach, names: Mapping[str, str]) -> str:
    shown = [names.get(code, code) for code in breach.organisations[:NAMED]]
    rest = len(breach.organisations) - len(shown)
    whose = ", ".join(shown) + (f" и ещё {rest}" if rest else "")
    return (
        f"Правилу «{breach.rule.text}» не отвечают принятые отчёты, {period_name(breach.period)}: "
        f"{len(breach.organisations)} ({whose}). Принятое останется; новый файл с такими числами "
        f"{'не примут' if breach.rule.severity == 'error' else 'попросят пояснить'}."
    )


def _changes_json(seen: Effect) -> dict[str, object]:
    """``changes`` of ``check-catalogue --changes --json``."""
    return {
        "verdicts": seen.verdicts,
        "turns": [
            {**turn.figure._asdict(), "before": turn.before or ABSENT_CODE, "after": turn.after or ABSENT_CODE}
            for turn in seen.turns
        ],
        "figures": seen.figures,
        "new": list(seen.new),
        "gone": list(seen.gone),
        "unread": [{"count": count, "values": values} for count, values in seen.unread.items()],
        "breaches": [
            {"rule": b.rule.code, "period": b.period, "organisations": list(b.organisations)} for b in seen.breaches
        ],
    }


COMMANDS = (
    Command(
        name="check-catalogue",
        does="проверить каталог показателей: все ошибки сразу, со строкой и ключом",
        run=check,
        arguments=(
            argument("path", nargs="?", metavar="PATH", help="файл каталога; без него — тот, что задан"),
            argument(
                "--changes",
                action="store_true",
                help="сказать, что этот каталог изменит в собранном: вердикты, показатели, правила; ничего не записать",
            ),
            JSON,
        ),
        needs="nothing",
        store_if="changes",
    ),
)
