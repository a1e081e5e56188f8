"""Campaigns: opening and closing periods, plan values, judgements and known counts with their checks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from proforient.catalogue.entries import PeriodKind, PlanProposal
from proforient.errors import Refused, WrongCall
from proforient.monitoring import Contingent, Judgement, Period, PlanValue, ReportState, now, parent_territory, within
from proforient.store import basis
from proforient.store.periods import period_span
from proforient.store.register import Opening
from proforient.store.rollup import homes_of, rewrite

if TYPE_CHECKING:
    from proforient.store.writing import Writer


def open_period(
    writer: Writer,
    code: str,
    *,
    kind: PeriodKind,
    closes: dt.date,
    territory: str | None,
    previous: str | Literal["none"] | None,
    at: dt.datetime,
) -> Period:
    """Opens the period, or adds a territory with its own closing date to one that is open elsewhere."""
    starts, _ = period_span(code, kind)
    writer.unless_moved(basis.openings(code, territory))
    _check_opening(writer, code, kind, closes, territory, starts)
    if previous not in (None, "none"):
        _check_previous(writer, code, kind, starts, previous or "")
    number = _period_number(writer, code, kind, previous)
    writer.run(
        _INSERT_OPENING,
        {"period": number, "territory": territory or "", "closes": closes, "at": at, "by": writer.actor},
    )
    writer._opened = None
    copied = _copy_proposals(writer, code, kind, territory, at)
    detail = {"territory": territory, "closes": closes, "kind": kind, "plans": copied, "previous": previous}
    writer.log("period.opened", f"period/{code}", detail, at=at)
    return writer.period(code, territory=territory)


def _check_opening(
    writer: Writer, code: str, kind: PeriodKind, closes: dt.date, territory: str | None, starts: dt.date
) -> None:
    if closes < starts:
        raise WrongCall(
            f"Последний день приёма {closes:%d.%m.%Y} раньше начала периода {starts:%d.%m.%Y}. Исправьте дату закрытия."
        )
    for opening in writer.openings():
        if opening.period.code != code:
            continue
        if opening.period.kind != kind:
            raise WrongCall(f"Период «{code}» уже есть и его вид — «{opening.period.kind}», а не «{kind}».")
        if opening.territory == (territory or ""):
            whom = f" для территории «{territory}»" if territory else ""
            state = "открыт" if opening.period.state == "open" else "закрыт"
            raise Refused(f"Период «{code}»{whom} уже был открыт, сейчас он {state}. Повторно открывать не нужно.")


def _check_previous(writer: Writer, code: str, kind: PeriodKind, starts: dt.date, previous: str) -> None:
    earlier = next((o.period for o in writer.openings() if o.period.code == previous), None)
    if earlier is None or earlier.kind != kind or earlier.starts >= starts:
        raise WrongCall(
            f"Период «{previous}» не может быть предыдущим для «{code}»: нужен более ранний открытый период того же "
            "вида. Укажите его код или «none»."
        )


def _period_number(writer: Writer, code: str, kind: PeriodKind, previous: str | None) -> int:
    found = next((o.number for o in writer.openings() if o.period.code == code), None)
    if found is not None:
        if previous is not None:
            writer.run(
                "UPDATE period SET previous = $previous WHERE period_id = $id", {"previous": previous, "id": found}
            )
        return found
    starts, ends = period_span(code, kind)
    number = writer.ids.take()
    writer.run(
        _INSERT_PERIOD,
        {
            "id": number,
            "catalogue": writer.catalogue.code,
            "version": writer.catalogue.version,
            "code": code,
            "kind": kind,
            "starts": starts,
            "ends": ends,
            "previous": previous,
        },
    )
    rewrite(writer, [number], None)
    return number


def _copy_proposals(writer: Writer, code: str, kind: PeriodKind, territory: str | None, at: dt.datetime) -> int:
    """Copies proposals that concern the territory; one whose key was ever set for the period stays as it is."""
    number = writer.opening(code, territory).number
    there = {
        row[:4] for row in writer.ask("plans", period=number, territory=None, indicator=None, level=None, cohort=None)
    }
    year, copied = writer.opening(code, territory).period.year, 0
    for proposal in writer.catalogue.plans:
        key = (proposal.indicator, proposal.level, proposal.cohort, proposal.territory or "")
        if (proposal.period_kind, proposal.year) != (kind, year) or key in there or not _meets(proposal, territory):
            continue
        plan = PlanValue(
            period=code,
            indicator=proposal.indicator,
            level=proposal.level,
            cohort=proposal.cohort,
            territory=proposal.territory,
            percent=proposal.percent,
            number=proposal.number,
            origin=proposal.origin,
            ground=proposal.ground,
            author=writer.actor,
            at=at,
        )
        check_plan(writer, plan)
        writer._store_plan(plan)
        copied += 1
    return copied


def _meets(proposal: PlanProposal, territory: str | None) -> bool:
    """Whether a proposal is for the territory, for one above it or below it; everything meets «all»."""
    if proposal.territory is None or territory is None:
        return True
    return within(proposal.territory, territory) or within(territory, proposal.territory)


def _chosen(writer: Writer, code: str, territory: str | None) -> list[Opening]:
    writer.opening(code, territory)
    mine = [o for o in writer.openings() if o.period.code == code]
    return mine if territory is None else [o for o in mine if o.territory == territory]


def close_period(writer: Writer, code: str, *, territory: str | None, at: dt.datetime) -> list[Period]:
    """Closes and accepts what was sent and nobody has looked at; what was returned stays returned."""
    every = _chosen(writer, code, territory)
    mine = [organisation for opening in every for organisation in _homes(writer, opening)]
    writer.unless_moved(basis.any_of(basis.openings(code, territory), basis.reports(code, mine)))
    chosen = [o for o in every if o.period.state == "open"]
    if not chosen:
        raise Refused(f"Период «{code}» уже закрыт или отдельно для этой территории не открывался.")
    accepted: list[str] = []
    for opening in chosen:
        accepted += _accept_rest(writer, opening, at)
    for opening in chosen:
        writer.run(_SET_STATE, {"state": "closed", "at": at, "period": opening.number, "territory": opening.territory})
    writer._opened = None
    detail = {"territory": territory, "accepted": len(accepted)}
    writer.log("period.closed", f"period/{code}", detail, at=at)
    return [writer.period(code, territory=o.period.territory) for o in chosen]


def _accept_rest(writer: Writer, opening: Opening, at: dt.datetime) -> list[str]:
    """Accepts the reports on review of those whose nearest opening this is."""
    code = opening.period.code
    reports = writer.reports(code, territory=opening.period.territory)
    mine = _homes(writer, opening)
    late = {
        r.organisation: r.late for r in reports.values() if r.state is ReportState.SUBMITTED and r.organisation in mine
    }
    if late:
        writer.put_reports(code, late, ReportState.ACCEPTED, note="", at=at)
        rewrite(writer, [opening.number], {mine[organisation] for organisation in late})
    return list(late)


def _homes(writer: Writer, opening: Opening) -> dict[str, str]:
    """Organisations whose nearest opening this is, each with its territory."""
    register = writer.organisations(on=opening.period.ends, territory=opening.period.territory)
    return {o.code: o.territory for o in register if writer.opening(opening.period.code, o.territory) == opening}


def reopen_period(
    writer: Writer, code: str, *, closes: dt.date, territory: str | None, at: dt.datetime
) -> list[Period]:
    """Files are accepted again; reports keep their states."""
    writer.unless_moved(basis.openings(code, territory))
    chosen = _chosen(writer, code, territory)
    if not chosen:
        raise Refused(f"Период «{code}» для этой территории отдельно не открывался. Откройте его: period open {code}.")
    for opening in chosen:
        _check_closing(opening.period, closes)
        where = {"period": opening.number, "territory": opening.territory}
        writer.run(_SET_STATE, {"state": "open", "at": None, **where})
        writer.run(_SET_CLOSES, {"closes": closes, **where})
    writer._opened = None
    writer.log("period.reopened", f"period/{code}", {"territory": territory, "closes": closes}, at=at)
    return [writer.period(code, territory=o.period.territory) for o in chosen]


def _check_closing(period: Period, closes: dt.date) -> None:
    if closes < period.starts:
        raise WrongCall(
            f"Последний день приёма раньше начала периода {period.starts:%d.%m.%Y}. Исправьте дату закрытия."
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
    counted = writer.catalogue.indicators[plan.indicator].kind == "count"
    if counted == (plan.number is None):
        expected = "числом" if counted else "в процентах"
        raise WrongCall(f"План показателя «{plan.indicator}» задаётся {expected}. Исправьте план.")
    amount = plan.amount
    if amount != amount.quantize(Decimal("0.01")):
        raise WrongCall(f"План {amount} точнее двух знаков после запятой. Округлите его.")
    if amount < 0 or (plan.percent is not None and amount > 100):
        limits = "от 0 до 100 %" if plan.percent is not None else "не меньше 0"
        raise WrongCall(f"План {amount} вне пределов: ожидалось {limits}. Исправьте план.")


def check_judgement(writer: Writer, judgement: Judgement) -> None:
    """WrongCall where a judgement does not fit the catalogue and the register."""
    _check_figure(writer, judgement.indicator, judgement.level, judgement.cohort)
    if (judgement.territory is None) == (judgement.organisation is None):
        raise WrongCall("Экспертная оценка относится либо к территории, либо к организации. Укажите одно из двух.")
    if judgement.organisation is not None:
        writer.organisation(judgement.organisation, on=writer.period(judgement.period).ends)
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
    """Stores known counts; WrongCall names the first row that does not fit the register or the catalogue."""
    at = now()
    senders = sorted({row.organisation for row in rows})  # order: codes, for the log
    writer.unless_moved(basis.known_counts(senders))
    numbers: dict[str, int] = {}
    codes: dict[str, set[str]] = {}
    for row in rows:
        if row.period not in numbers:
            opening = writer.opening(row.period)
            numbers[row.period] = opening.number
            codes[row.period] = {o.code for o in writer.organisations(on=opening.period.ends)}
        _check_contingent(writer, row, codes[row.period])
    first = writer.ids.take(len(rows)) if rows else 0
    writer.insert(
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


def of_reports(writer: Writer, period: str, homes: Mapping[str, str]) -> basis.Concern:
    """What organisations (each with its territory) have sent and its state, which a closing changes, too."""
    nearest = {found.territory for home in set(homes.values()) if (found := nearest_opening(writer, period, home))}
    return basis.any_of(basis.reports(period, homes), basis.closing(period, nearest))


def nearest_opening(writer: Writer, code: str, territory: str) -> Opening | None:
    """The opening that concerns an organisation's own territory: its own, one above it, or that for all."""
    mine = {o.territory: o for o in writer.openings() if o.period.code == code}
    step: str | None = territory
    while step:
        if step in mine:
            return mine[step]
        step = parent_territory(step)
    return mine.get("")


_INSERT_PERIOD = """
INSERT INTO period (period_id, catalogue, version, code, kind, starts, ends, previous)
VALUES ($id, $catalogue, $version, $code, $kind, $starts, $ends, $previous)
"""
_INSERT_OPENING = """
INSERT INTO period_opening (period_id, territory, closes, state, opened_at, opened_by, closed_at)
VALUES ($period, $territory, $closes, 'open', $at, $by, NULL)
"""
_SET_STATE = """
UPDATE period_opening SET state = $state, closed_at = $at WHERE period_id = $period AND territory = $territory
"""
_SET_CLOSES = """
UPDATE period_opening SET closes = $closes WHERE period_id = $period AND territory = $territory
"""
_INSERT_CONTINGENT = """
INSERT INTO contingent (contingent_id, period_id, organisation, count, level, cohort, number, source, happened_at)
SELECT unnest($id::BIGINT[]), unnest($period::BIGINT[]), unnest($organisation::VARCHAR[]), unnest($count::VARCHAR[]),
  unnest($level::VARCHAR[]), unnest($cohort::VARCHAR[]), unnest($number::BIGINT[]), unnest($source::VARCHAR[]),
  unnest($at::TIMESTAMP[])
"""
