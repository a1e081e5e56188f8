"""The sentences of documents: a figure beside its plan, how many levels fall short, how many problems and items."""

from __future__ import annotations

from collections.abc import Sequence

from proforient.analysis.changes import Change
from proforient.analysis.coverage import Coverage
from proforient.charts import sentences
from proforient.documents.blanks import place
from proforient.documents.contents import Votes
from proforient.documents.record import DocumentItem, NamedProblem, Statement
from proforient.monitoring import Verdict
from proforient.wording import (
    NB,
    Noun,
    counted,
    join,
    noun,
    number,
    period_to,
    plural,
    round_half_up,
    typo,
    uncapital,
    verb_form,
)
from proforient.wording import points as percent_points
from proforient.wording.order import name_order

_VALUES = Noun(
    gender="n",
    nom="плановое значение",
    gen="планового значения",
    nom_pl="плановые значения",
    gen_pl="плановых значений",
    prep="плановом значении",
    prep_pl="плановых значениях",
    few="плановых значения",
)
_ITEMS = Noun(
    gender="f",
    nom="адресная рекомендация",
    gen="адресной рекомендации",
    nom_pl="адресные рекомендации",
    gen_pl="адресных рекомендаций",
    prep="адресной рекомендации",
    prep_pl="адресных рекомендациях",
    few="адресные рекомендации",
)


def stated(statement: Statement) -> str:
    """«доля … составляет 70 % при плане 80 % (плановое значение не достигнуто, не хватает 83 детей)»."""
    name, c = uncapital(statement.name), statement.coverage
    if c is None:
        return f"{name}: число не приводится ({statement.hidden})"
    match c.verdict:
        case Verdict.MET | Verdict.NOT_MET:
            sentence = f"{name} составляет {sentences.figure(c)} при плане {sentences.plan_figure(c)} ({_verdict(c)})"
        case Verdict.NO_PLAN:
            sentence = f"{name} составляет {sentences.figure(c)} (плановое значение не установлено)"
        case Verdict.JUDGED:
            return f"{name}: числовых данных нет, оценка экспертов — {sentences.judged_word(c)}"
        case Verdict.NOBODY:
            return f"{name}: таких обучающихся нет"
        case _:
            return f"{name}: данных нет"
    return f"{sentence}{_from_whom(c)}"


def _verdict(c: Coverage) -> str:
    if c.verdict is Verdict.MET:
        near = sentences.near_word(c)
        tail = ", ".join(part for part in (f"доля {near}" if near else "", sentences.few_words(c)) if part)
        return f"плановое значение достигнуто{f', {tail}' if tail else ''}"
    tail = ", ".join(part for part in (sentences.near_word(c), sentences.missing(c), sentences.few_words(c)) if part)
    word = "не достигнуто" if c.direction == "more" else "превышено"
    return f"плановое значение {word}{f', {tail}' if tail else ''}"


def _from_whom(c: Coverage) -> str:
    """«, по данным 6 из 9 организаций», where not everybody gave a report."""
    if not c.provisional:
        return ""
    return f", по данным {number(c.submitted)} из{NB}{counted(c.expected, 'organisations', 'gen')}"


def summary(statements: Sequence[Statement]) -> str:
    """«Не достигнуты 2 плановых значения из 4.»; empty where nothing stands beside a plan."""
    measured = [s.coverage for s in statements if s.coverage is not None and sentences.measured(s.coverage)]
    unmet = sum(c.verdict is Verdict.NOT_MET for c in measured)
    if not measured:
        return ""
    if not unmet:
        return "Все плановые значения достигнуты." if len(measured) > 1 else "Плановое значение достигнуто."
    verb = verb_form(unmet, "n", "", "", "достигнуто", "достигнуты")
    return f"Не{NB}{verb} {counted(unmet, _VALUES)} из{NB}{number(len(measured))}."


def problems_found(problems: Sequence[NamedProblem]) -> str:
    """«Выявлена 1 проблема:», «Выявлено 5 проблем:», «Проблем не выявлено.»."""
    if not problems:
        return "Проблем не выявлено."
    n = len(problems)
    return f"{verb_form(n, 'f', '', 'Выявлена', '', 'Выявлено')} {counted(n, 'problems')}:"


def items_formed(items: Sequence[DocumentItem]) -> str:
    """«сформирована 1 адресная рекомендация», «сформировано 11 адресных рекомендаций», «… не сформированы»."""
    n = len(items)
    if not n:
        return "адресные рекомендации не сформированы"
    return f"{verb_form(n, 'f', '', 'сформирована', '', 'сформировано')} {counted(n, _ITEMS)}"


def evidence(problem: NamedProblem) -> str:
    """What a problem rests on: «581 из 830 — 70 % при плане 80 %, не хватает 83 детей»; «по оценке экспертов»."""
    statement = problem.statement
    if statement is not None and statement.coverage is not None and statement.coverage.verdict is Verdict.NOT_MET:
        return sentences.evidence(statement.coverage)
    if problem.denying:
        verb = verb_form(len(problem.denying), "f", "", "ответила", "", "ответили")
        return f"{verb} «нет»: {_first(problem.denying)}"
    if not problem.judged:
        return ""
    return f"по оценке экспертов{NB}— {problem.figure}" if problem.figure else "по оценке экспертов"


_NAMED = 12  # organisations that a sentence names before it counts the others


def _first(names: Sequence[str]) -> str:
    left = len(names) - _NAMED
    more = f" и{NB}ещё {counted(left, 'organisations')}" if left > 0 else ""
    return _between(names).join(names[:_NAMED]) + more


def _between(names: Sequence[str]) -> str:
    """What stands between names: a semicolon where one of them has a comma of its own."""
    return "; " if any("," in name for name in names) else ", "


def closing(problem: NamedProblem) -> str:
    """«Нехватку закроют: Школа Речная — 50, Школа Лесная — 33»; empty where nobody is named."""
    if not problem.closing:
        return ""
    between = _between([one.name for one in problem.closing])
    return "Нехватку закроют: " + between.join(f"{one.name}{NB}— {number(one.needed)}" for one in problem.closing)


def answers(item: DocumentItem) -> str:
    """«К проблемам 1, 3.»; empty for an item that answers none."""
    return answers_to(item.answers)


def answers_to(numbers: Sequence[int]) -> str:
    """The same of numbers of problems."""
    if not numbers:
        return ""
    return f"{'К проблеме' if len(numbers) == 1 else 'К проблемам'} {', '.join(map(number, numbers))}."


def within(sentence: str) -> str:
    """A sentence as a part of another: «В муниципалитете …» → «в муниципалитете …»; an abbreviation stays."""
    return sentence[:1].lower() + sentence[1:] if sentence[1:2] == " " else uncapital(sentence)


def unanswered(problems: Sequence[NamedProblem], items: Sequence[DocumentItem]) -> str:
    """«Без рекомендации осталась 1 проблема: 3.»; empty where each has one."""
    answered = {n for item in items for n in item.answers}
    left = [problem.number for problem in problems if problem.number not in answered]
    if not left:
        return ""
    verb = plural(len(left), "осталась", "остались", "осталось")
    return f"Без рекомендации {verb} {counted(len(left), 'problems')}: {', '.join(map(number, left))}."


def first_of_all(items: Sequence[DocumentItem]) -> str:
    """«В первую очередь: Школа Речная и Школа Лесная.» of items to one addressee; empty where nobody is named."""
    named = sorted({name for item in items for name in item.organisations}, key=name_order)
    between = _between(named)
    return f"В первую очередь: {join(named) if between == ', ' else between.join(named)}." if named else ""


PEOPLE = Noun(
    gender="m",
    nom="человек",
    gen="человека",
    nom_pl="люди",
    gen_pl="человек",
    prep="человеке",
    prep_pl="людях",
)


def attended(participants: int | None, organisations: int | None) -> str:
    """«приняли участие 42 человека из 16 образовательных организаций»; empty where nobody has counted."""
    if participants is None:
        return ""
    verb = verb_form(participants, "m", "принял", "", "", "приняли")
    sentence = f"{verb} участие {counted(participants, PEOPLE)}"
    if organisations is None:
        return sentence
    word = "образовательной" if counted(organisations, "organisations", "gen").endswith("и") else "образовательных"
    return f"{sentence} из{NB}{number(organisations)}{NB}{word} {noun('organisations').after(organisations, 'gen')}"


def lacking(c: Coverage) -> str:
    """«58 детей» for a table, «превышение — 5 детей»; a dash where nothing is missing."""
    return sentences.missing(c).removeprefix(typo("не хватает ")) or "—"


def voted(votes: Votes) -> str:
    """«за» — 7, «против» — 0, «воздержались» — 0; a place where nobody has counted."""
    counts = (("за", votes.yes), ("против", votes.no), ("воздержались", votes.abstained))
    return ", ".join(f"«{what}»{NB}— {place('число') if n is None else number(n)}" for what, n in counts)


def moved(change: Change) -> str:
    """«доля выросла на 4 п. п. к 2021 году»; empty where two periods cannot be compared."""
    points, before = change.spoken_of, change.previous
    if points is None or before is None or not change.current.formula.in_percent:
        return ""
    to = period_to(before.period)
    if round_half_up(abs(points), 1) == 0:
        return f"доля не изменилась {to}"
    if change.by_chance:
        return f"доля почти не изменилась {to}"
    return f"доля {'выросла' if points > 0 else 'снизилась'} на{NB}{percent_points(abs(points), signed=False)} {to}"


def has_figure(statement: Statement) -> bool:
    """Whether a number is told that a code can lead from."""
    c = statement.coverage
    return c is not None and c.verdict in (Verdict.MET, Verdict.NOT_MET, Verdict.NO_PLAN)


__all__ = [
    "PEOPLE",
    "answers",
    "answers_to",
    "attended",
    "closing",
    "evidence",
    "first_of_all",
    "has_figure",
    "items_formed",
    "lacking",
    "moved",
    "problems_found",
    "stated",
    "summary",
    "unanswered",
    "voted",
    "within",
]
