"""The findings of «Проблемы», «Период и планы» and «Загрузка»."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from proforient.charts.sentences.completeness import completeness, headline
from proforient.intake.findings import finding_groups, without_asked
from proforient.monitoring import Period
from proforient.wording import (
    capital,
    counted,
    counted_words,
    date_ru,
    join,
    number,
    numeral,
    period_name,
    typo,
    verb_form,
)

if TYPE_CHECKING:
    from proforient.advice.problems import Found
    from proforient.analysis.coverage import Coverage
    from proforient.catalogue.entries import Catalogue
    from proforient.intake.model import Screening


def _seen(n: int) -> str:
    return f"{numeral(n, 'f')} {verb_form(n, 'f', '', 'видна', '', 'видны')} по числам"


def _named(n: int) -> str:
    return f"{numeral(n, 'f')} {verb_form(n, 'f', '', 'названа', '', 'названы')} экспертами"


def problems_finding(
    found: Sequence[Found],
    *,
    submitted: int | None = None,
    levels: Sequence[Coverage] = (),
    catalogue: Catalogue | None = None,
) -> str:
    """«Семь проблем: две видны по числам, пять названы экспертами»; ``submitted`` 0 tells that nobody reported yet.

    ``levels``: the headline figures, by which it is said how much is known at all.
    """
    text = _problems(found, submitted)
    return headline(text, levels, catalogue) if catalogue is not None else text


def _problems(found: Sequence[Found], submitted: int | None) -> str:
    judged = sum(f.when == "judged" for f in found)
    computed, n = len(found) - judged, len(found)
    if not n:
        nobody = "Проблем пока не видно: ещё никто не сдал"
        return typo(nobody if submitted == 0 else "Проблем не видно ни по числам, ни по оценкам")
    head = capital(counted_words(n, "problems"))
    if judged and computed:
        return typo(f"{head}: {_seen(computed)}, {_named(judged)}")
    every = "" if n == 1 else "обе " if n == 2 else "все "
    if judged:
        return typo(f"{head}, {every}{'названа' if n == 1 else 'названы'} экспертами")
    return typo(f"{head}, {every}{'видна' if n == 1 else 'видны'} по числам")


def problems_lead(found: Sequence[Found]) -> str:
    """That judgements and figures are not mixed, said when both are on the page."""
    kinds = {f.when == "judged" for f in found}
    if kinds != {True, False}:
        return ""
    return typo("Числа и оценки не смешиваются: оценка экспертов не меняет вердикт, посчитанный по данным организаций.")


def period_finding(period: Period, submitted: int, expected: int, today: dt.date) -> str:
    """«2022 год: сдали 14 организаций из 16, срок сдачи — через 9 дней»."""
    return typo(f"{capital(period_name(period.code))}: {completeness(submitted, expected)}, {_closing(period, today)}")


def _closing(period: Period, today: dt.date) -> str:
    days = (period.closes - today).days
    if period.state == "closed":
        return "приём закрыт"
    if days == -1:
        return "срок прошёл вчера, приём ещё открыт"
    if days < 0:
        return f"срок прошёл {counted(-days, 'days')} назад, приём ещё открыт"
    if days == 0:
        return "последний день сдачи"
    if days == 1:
        return "срок сдачи — завтра"
    if days > 60:
        return f"срок сдачи — {date_ru(period.closes)}"
    return f"срок сдачи — через {counted(days, 'days', 'acc')}"


def numbers_understood(screening: Screening) -> str:
    """«10 чисел; сумм посчитано: 1»: what the file says, and what follows from it."""
    sums = f"; сумм посчитано: {number(screening.sums)}" if screening.sums else ""
    return counted(screening.said, "numbers") + sums


def upload_finding(screening: Screening) -> str:
    """«Файл пока нельзя сдать: две ошибки и одно предупреждение», «Файл готов к сдаче: 10 чисел, ошибок нет»."""
    groups = [group[0].severity for group in finding_groups(without_asked(screening))]
    errors, warnings = groups.count("error"), groups.count("warning")
    questions, waiting = len(screening.unanswered), len(finding_groups(screening.unexplained))
    if errors or questions:
        parts = [
            counted_words(n, unit)
            for n, unit in ((errors, "errors"), (warnings, "warnings"), (questions, "questions"))
            if n
        ]
        tail = " без ответа" if questions else ""
        return typo(f"Файл пока нельзя сдать: {join(parts)}{tail}")
    if not screening.values:
        return typo("В файле нет ни одного числа: сдавать нечего")
    text = f"Файл готов к сдаче: {counted(screening.said, 'numbers')}, ошибок нет"
    if waiting:
        wait = verb_form(waiting, "n", "", "", "ждёт", "ждут")
        text += f", {counted_words(waiting, 'warnings')} {wait} объяснения"
    return typo(text)
