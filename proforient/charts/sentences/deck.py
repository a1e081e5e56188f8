"""The words of the deck that stand nowhere else: titles of gaps and proposals, big numbers, sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from proforient.analysis.coverage import Coverage
from proforient.catalogue.entries import Catalogue
from proforient.charts.sentences.completeness import preliminarily
from proforient.charts.sentences.gap import gap_words
from proforient.charts.sentences.names import level_subject, levels_in
from proforient.charts.sentences.overview import experts_said, judged_evidence
from proforient.charts.sentences.verdicts import INVENTED, figure, measured, missing, pair_words, plan_figure
from proforient.monitoring import Judgement, Organisation
from proforient.wording import NB, NOUNS, capital, counted, join, noun, number, percent, typo, uncapital

if TYPE_CHECKING:
    from proforient.advice.problems import Found
    from proforient.analysis.shortfall import Gap


MOST_SHARES = 3  # shares in a title


class BigNumber(NamedTuple):
    """The number that a slide shows in large type, and the words that follow it."""

    number: str
    words: str


def gap_headline(gap: Gap, catalogue: Catalogue, organisations: Mapping[str, Organisation]) -> str:
    """«На дошкольном уровне закрыть нехватку могут два детских сада», without the condition, which the slide shows."""
    title = gap_words(gap, catalogue, organisations, condition=False)
    where = levels_in([catalogue.levels[gap.total.level]])
    if where:
        title = f"{where} {uncapital(title)}" if gap.total.unsettled else f"{capital(where)} {uncapital(title)}"
    return typo(preliminarily(title, [gap.total]))


def gap_number(coverage: Coverage) -> BigNumber:
    """«58» and «детей не хватает до плана 50 %: сейчас 232 из 580»; rounded «≈ 60» and «… сейчас около 230 из 580»."""
    needed = coverage.needed or 0
    if coverage.about:
        return _rounded_number(coverage, needed)
    if coverage.direction == "less":
        words = (
            f"{noun(coverage.unit).after(needed)} сверх плана {plan_figure(coverage)}: сейчас {pair_words(coverage)}"
        )
    else:
        who = noun(coverage.unit).after(needed, "gen")
        words = f"{who} не хватает до плана {plan_figure(coverage)}: сейчас {pair_words(coverage)}"
    return BigNumber(number(needed), typo(words))


def _rounded_number(coverage: Coverage, needed: int) -> BigNumber:
    over = "сверх плана" if coverage.direction == "less" else "не хватает до плана"
    words = f"{noun(coverage.unit).gen_pl} {over} {plan_figure(coverage)}: сейчас {pair_words(coverage)}"
    if not needed:
        return BigNumber("", typo(f"Нескольких {words}" if coverage.direction == "more" else f"Несколько {words}"))
    return BigNumber(f"≈{NB}{number(needed)}", typo(words))


def proposals_title(n: int) -> str:
    """Of the first slide of proposals and of the next."""
    return typo("Проект решения: что поручить в первую очередь" if n == 1 else "Проект решения: что ещё поручить")


def short_ground(found: Found, catalogue: Catalogue) -> str:
    """What a proposal answers: an unmet plan with its figures, what experts said, or the problem in its own words."""
    level = catalogue.levels[found.level]
    if found.when == "not_met" and found.coverage.denominator:
        figures = f"{figure(found.coverage)} при плане {plan_figure(found.coverage)}, {missing(found.coverage)}"
        return typo(f"{levels_in([level])} {figures}".strip())
    headline = catalogue.headline
    if headline is not None and found.indicator == headline.code and found.coverage.judgement is not None:
        return typo(f"{levels_in([level])} {experts_said(found.coverage)}".strip())
    words = uncapital(found.text).rstrip(".")
    if found.when == "judged" and found.judgement is not None and found.judgement.percent is not None:
        words = f"{words}: {judged_evidence(found.judgement)}"
    return typo(words)


def ground_of(first: int, last: int, ground: str) -> str:
    """«Основание: …» of one proposal, «Основание 2–4: …» of some in a row."""
    return typo(f"Основание{f' {first}–{last}' if last > first else ''}: {ground}")


def answers_for(responsible: str) -> str:
    """«Ответственный: отдел воспитания.»; empty where nobody is named."""
    return typo(f"Ответственный: {responsible.rstrip('.')}.") if responsible else ""


def unanswered_title(n: int) -> str:
    """«4 проблемы без решения: что поручить, решает коллегия»."""
    return typo(f"{capital(counted(n, 'problems'))} без решения: что поручить, решает коллегия")


def unanswered_note(left: int) -> str:
    """Of the problems that the slide has no room for."""
    rest = f" Ещё {counted(left, 'problems')} — на странице «Проблемы»." if left else ""
    return typo(f"На них нет рекомендаций ни в каталоге, ни у территории.{rest}")


def estimates_title(judgements: Sequence[Judgement]) -> str:
    """«Эксперты назвали доли: 45 % и 32 %»; of more than three only how many."""
    shares = [percent(j.percent) for j in judgements if j.percent is not None]
    if len(shares) > MOST_SHARES:
        return typo(f"Эксперты назвали доли: {len(shares)}")
    return typo(f"Эксперты {'назвали долю' if len(shares) == 1 else 'назвали доли'}: {join(shares)}")


def estimates_note(left: int) -> str:
    """That nobody counted them; of those that the slide has no room for."""
    rest = f" Ещё {counted(left, 'judgements')} — на странице «Проблемы»." if left else ""
    return typo(f"Чисел за этими долями нет, с планом их не сравнивают.{rest}")


def more_proposals(n: int) -> str:
    """What is said of the proposals that the slides do not show."""
    return typo(f"Ещё {counted(n, 'recommendations')} — на странице «Проблемы».") if n else ""


def files_line(files: int, silent: int) -> str:
    """«15 принятых файлов; не сдали 2 организации»."""
    accepted = f"{number(files)} {_accepted(files)}" if files else "ни одного принятого файла"
    if not silent:
        return typo(f"{capital(accepted)}; отчитались все, кого спрашивали.")
    return typo(f"{capital(accepted)}; чисел для долей нет у {counted(silent, NOUNS['organisations'], 'gen')}.")


def _accepted(n: int) -> str:
    return f"{'принятый' if n % 10 == 1 and n % 100 != 11 else 'принятых'} {noun('files').after(n)}"


def completeness_line(levels: Sequence[Coverage], catalogue: Catalogue) -> str:
    """Of which levels the verdict could still change, in as few words as a slide has room for; empty where all are in.

    How many have reported stands beside each figure.
    """
    silent = [c for c in levels if c.expected and not c.submitted]
    waiting = [c for c in levels if c.provisional and measured(c)]
    parts = (
        ("может измениться вердикт", [c for c in waiting if c.can_change]),
        ("неизвестно, изменится ли вердикт", [c for c in waiting if c.can_change is None]),
        ("не изменится вердикт", [c for c in waiting if c.can_change is False]),
        ("ещё никто не сдал", silent),
    )
    clauses = [f"{words} {_where(of, catalogue)}".rstrip() for words, of in parts if of]
    return typo(f"{capital('; '.join(clauses))}.") if clauses else ""


def _where(levels: Sequence[Coverage], catalogue: Catalogue) -> str:
    return levels_in([catalogue.levels[c.level] for c in levels])


def plans_line(levels: Sequence[Coverage], catalogue: Catalogue) -> str:
    """What the plans rest on; the levels are named where not all rest on the same."""
    grounds: dict[str, list[str]] = {}
    for c in levels:
        if c.plan is not None:
            ground = INVENTED if c.plan.origin == "demonstration" else c.plan.ground or "основание не указано"
            grounds.setdefault(ground, []).append(
                f"{uncapital(level_subject(catalogue.levels[c.level]))} {plan_figure(c)}"
            )
    if not grounds:
        return "План не задан ни на одном уровне."
    if len(grounds) == 1:
        return typo(f"{capital(next(iter(grounds)).rstrip('.'))}.")
    parts = [f"{join(of)} — {_many(ground, len(of))}" for ground, of in grounds.items()]
    return typo(f"{capital('; '.join(parts))}.")


def _many(ground: str, n: int) -> str:
    return ground.replace("выдуман ", "выдуманы ") if ground == INVENTED and n > 1 else ground


def judgements_line(levels: Sequence[Coverage]) -> str:
    """Which documents the experts' judgements come from; empty without any."""
    sources = list(dict.fromkeys(j.source for c in levels for j in c.judgements if j.source))
    return typo(f"{capital(join(sources))}. Оценки экспертов не меняют посчитанный вердикт.") if sources else ""
