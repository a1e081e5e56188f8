"""What results are measured by: plan values, what experts said, known counts; with their checks."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from proforient.errors import WrongCall
from proforient.monitoring import Contingent, Judgement, PlanValue, now
from proforient.store import basis
from proforient.store.rollup import homes_of, rewrite
from proforient.store.transaction import insert
from proforient.store.writing import Writer


def set_plan(writer: Writer, plan: PlanValue) -> None:
    """A plan value; it replaces the one in force for the same key, which stays in the history."""
    check_plan(writer, plan)
    writer.unless_moved(basis.plan(plan))
    past = writer.reader.plan_history(plan.period, plan.indicator, plan.level, plan.cohort, plan.territory)
    store_plan(writer, plan)
    key = "/".join((plan.period, plan.indicator, plan.level, plan.cohort, plan.territory or ""))
    detail = {
        "period": plan.period,
        "indicator": plan.indicator,
        "level": plan.level,
        "cohort": plan.cohort,
        "territory": plan.territory,
        "percent": plan.percent,
        "number": plan.number,
        "before": past[0].amount if past else None,
        "origin": plan.origin,
        "ground": plan.ground,
    }
    writer.log("plan.set", f"plan/{key}", {k: v for k, v in detail.items() if v is not None}, at=plan.at)


def store_plan(writer: Writer, plan: PlanValue) -> None:
    """Writes it without a word in the log: the caller logs."""
    writer.run(
        _INSERT_PLAN,
        {
            "id": writer.new_id(),
            "period": writer.reader.opening(plan.period).number,
            "indicator": plan.indicator,
            "level": plan.level,
            "cohort": plan.cohort,
            "territory": plan.territory or "",
            "percent": plan.percent,
            "number": plan.number,
            "origin": plan.origin,
            "ground": plan.ground,
            "author": plan.author,
            "at": plan.at,
        },
    )


def check_plan(writer: Writer, plan: PlanValue) -> None:
    """WrongCall where a plan value does not fit the catalogue: its indicator, level, cohort, kind of number."""
    _check_figure(writer, plan.indicator, plan.level, plan.cohort)
    if plan.territory is not None and not plan.territory.strip():
        raise WrongCall("Территория плана пуста. Укажите её путь «Регион / Муниципалитет» или не указывайте вовсе.")
    if not plan.ground.strip():
        raise WrongCall("У плана нет основания. Укажите документ, номер и дату: по ним план проверяют.")
    if (plan.percent is None) == (plan.number is None):
        raise WrongCall("У плана либо процент, либо число. Укажите одно из двух.")
    measure = writer.catalogue.indicators[plan.indicator].formula.plan_in or "percent"
    if getattr(plan, measure) is None:
        expected = "числом" if measure == "number" else "в процентах"
        raise WrongCall(f"План показателя «{plan.indicator}» задаётся {expected}. Исправьте план.")
    amount = plan.amount
    if amount != amount.quantize(Decimal("0.01")):
        raise WrongCall(f"План {amount} точнее двух знаков после запятой. Округлите его.")
    if amount < 0 or (plan.percent is not None and amount > 100):
        limits = "от 0 до 100 %" if plan.percent is not None else "не меньше 0"
        raise WrongCall(f"План {amount} вне пределов: ожидалось {limits}. Исправьте план.")


def add_judgement(writer: Writer, judgement: Judgement) -> str:
    """Stores what experts said and gives its number; the number in ``judgement`` is not used."""
    _check_judgement(writer, judgement)
    writer.unless_moved(basis.judgement(judgement))
    number = writer.new_id()
    writer.run(
        _INSERT_JUDGEMENT,
        {
            "id": number,
            "period": writer.reader.opening(judgement.period).number,
            "indicator": judgement.indicator,
            "level": judgement.level,
            "cohort": judgement.cohort,
            "territory": judgement.territory,
            "organisation": judgement.organisation,
            "outcome": judgement.outcome,
            "words": judgement.text,
            "source": judgement.source,
            "office": judgement.office,
            "dated": judgement.date,
            "percent": judgement.percent,
            "author": writer.actor,
            "at": judgement.at,
        },
    )
    about = {
        "period": judgement.period,
        "indicator": judgement.indicator,
        "level": judgement.level,
        "cohort": judgement.cohort,
        "outcome": judgement.outcome,
        "territory": judgement.territory,
        "organisations": [judgement.organisation] if judgement.organisation else None,
    }
    writer.log("judgement.added", f"judgement/{number}", about, at=judgement.at)
    return str(number)


def _check_judgement(writer: Writer, judgement: Judgement) -> None:
    """WrongCall where a judgement does not fit the catalogue and the register."""
    _check_figure(writer, judgement.indicator, judgement.level, judgement.cohort)
    if (judgement.territory is None) == (judgement.organisation is None):
        raise WrongCall("Экспертная оценка относится либо к территории, либо к организации. Укажите одно из двух.")
    if judgement.organisation is not None:
        writer.reader.organisation(judgement.organisation, on=writer.reader.period(judgement.period).ends)
    if not judgement.text.strip() or not judgement.source.strip():
        raise WrongCall("У экспертной оценки нет текста или источника. Укажите оба: по ним её проверяют.")


def _check_figure(writer: Writer, indicator: str, level: str, cohort: str) -> None:
    known = writer.catalogue.indicators.get(indicator)
    if known is None:
        raise WrongCall(f"Показателя «{indicator}» нет в каталоге. Проверьте код показателя.")
    if level not in known.levels:
        raise WrongCall(
            f"У показателя «{indicator}» нет уровня «{level}». Есть: {', '.join(known.levels)}. Исправьте уровень."
        )
    if cohort not in writer.catalogue.cohorts:
        codes = ", ".join(writer.catalogue.cohorts)
        raise WrongCall(f"Категории «{cohort}» нет в каталоге. Есть: {codes}. Исправьте категорию.")


def import_contingent(writer: Writer, rows: Sequence[Contingent]) -> int:
    """Known counts; a later number replaces an earlier one. Gives how many were stored.

    WrongCall names the first row that does not fit the register or the catalogue.
    """
    at = now()
    senders = sorted({row.organisation for row in rows})  # order: codes, for the log
    writer.unless_moved(basis.known_counts(senders))
    numbers: dict[str, int] = {}
    codes: dict[str, set[str]] = {}
    for row in rows:
        if row.period not in numbers:
            opening = writer.reader.opening(row.period)
            numbers[row.period] = opening.number
            codes[row.period] = set(writer.reader.roster(on=opening.period.ends).codes)
        _check_contingent(writer, row, codes[row.period])
    first = writer.new_id(len(rows)) if rows else 0
    insert(
        writer,
        _INSERT_CONTINGENT,
        {
            "id": [first + step for step in range(len(rows))],
            "period": [numbers[row.period] for row in rows],
            "organisation": [row.organisation for row in rows],
            "count": [row.cell.count for row in rows],
            "level": [row.cell.level for row in rows],
            "cohort": [row.cell.cohort for row in rows],
            "number": [row.number for row in rows],
            "source": [row.source for row in rows],
            "at": [at] * len(rows),
        },
    )
    rewrite(writer, numbers.values(), homes_of(writer, senders))
    detail = {"rows": len(rows), "periods": sorted(numbers), "organisations": senders}  # order: codes, for the log
    writer.log("contingent.imported", "contingent", detail, at=at)
    return len(rows)


def _check_contingent(writer: Writer, row: Contingent, codes: set[str]) -> None:
    if row.organisation not in codes:
        raise WrongCall(f"Организации с кодом «{row.organisation}» нет в реестре. Загрузите реестр или исправьте код.")
    count = writer.catalogue.counts.get(row.cell.count)
    if count is None:
        raise WrongCall(f"Исходного числа «{row.cell.count}» нет в каталоге. Проверьте код.")
    if row.cell.level not in count.levels or row.cell.cohort not in count.cohorts:
        raise WrongCall(
            f"Число «{count.code}» не спрашивают на уровне «{row.cell.level}» для категории «{row.cell.cohort}». "
            "Исправьте строку."
        )
    if row.number < 0:
        raise WrongCall(f"Контингент организации «{row.organisation}» меньше нуля: {row.number}. Исправьте число.")


_INSERT_PLAN = """
INSERT INTO plan_value
  (plan_id, period_id, indicator, level, cohort, territory, percent, number, origin, ground, author, happened_at)
VALUES ($id, $period, $indicator, $level, $cohort, $territory, $percent, $number, $origin, $ground, $author, $at)
"""
_INSERT_JUDGEMENT = """
INSERT INTO judgement (judgement_id, period_id, indicator, level, cohort, territory, organisation, outcome, words,
  source, office, dated, percent, author, happened_at)
VALUES ($id, $period, $indicator, $level, $cohort, $territory, $organisation, $outcome, $words,
  $source, $office, $dated, $percent, $author, $at)
"""
_INSERT_CONTINGENT = """
INSERT INTO contingent (contingent_id, period_id, organisation, count, level, cohort, number, source, happened_at)
SELECT unnest($id::BIGINT[]), unnest($period::BIGINT[]), unnest($organisation::VARCHAR[]), unnest($count::VARCHAR[]),
  unnest($level::VARCHAR[]), unnest($cohort::VARCHAR[]), unnest($number::BIGINT[]), unnest($source::VARCHAR[]),
  unnest($at::TIMESTAMP[])
"""
