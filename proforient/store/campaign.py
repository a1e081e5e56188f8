"""Campaigns: opening and closing periods."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Literal

from proforient.catalogue.entries import PeriodKind, PlanProposal
from proforient.errors import Refused, WrongCall
from proforient.monitoring import Period, PlanValue, ReportState, now, within
from proforient.store import basis
from proforient.store.asking import ask, ordered_codes
from proforient.store.period_rows import Opening
from proforient.store.periods import period_span
from proforient.store.plan_rows import PLANS
from proforient.store.planning import check_plan, store_plan
from proforient.store.reporting import put_reports
from proforient.store.rollup import carried, rewrite
from proforient.store.writing import Writer


def open_period(
    writer: Writer,
    code: str,
    *,
    kind: PeriodKind = "year",
    closes: dt.date,
    territory: str | None = None,
    previous: str | Literal["none"] | None = None,
    proposals: Sequence[PlanProposal] | None = None,
    asked: Collection[str] | None = None,
    at: dt.datetime | None = None,
) -> Period:
    """Opens a campaign for a territory (None: all) and copies the plan ``proposals`` for it (None: the catalogue's).

    ``asked``: the indicators that it asks (None: all, or of a period that is open elsewhere what it asks there).

    A territory may be added with its own closing date to a period that is open elsewhere.
    """
    at = at or now()
    starts, _ = period_span(code, kind)
    writer.unless_moved(basis.openings(code, territory))
    _check_opening(writer, code, kind, closes, territory, starts)
    if previous not in (None, "none"):
        _check_previous(writer, code, kind, starts, previous or "")
    number = _period_number(writer, code, kind, previous)
    if asked is not None:
        ask(writer, number, asked, starts.year)
    writer.run(
        _INSERT_OPENING,
        {"period": number, "territory": territory or "", "closes": closes, "at": at, "by": writer.actor},
    )
    proposed = writer.catalogue.plans if proposals is None else proposals
    copied = _copy_proposals(writer, code, kind, territory, proposed, at)
    detail: dict[str, object] = {"territory": territory, "closes": closes, "kind": kind, "plans": copied}
    detail |= {"previous": previous} | ({} if asked is None else {"asked": ordered_codes(writer, asked)})
    writer.log("period.opened", f"period/{code}", detail, at=at)
    return writer.reader.period(code, territory=territory)


def _check_opening(
    writer: Writer, code: str, kind: PeriodKind, closes: dt.date, territory: str | None, starts: dt.date
) -> None:
    if closes < starts:
        raise WrongCall(
            f"Последний день приёма {closes:%d.%m.%Y} раньше начала периода {starts:%d.%m.%Y}. Исправьте дату закрытия."
        )
    for opening in writer.reader.openings():
        if opening.period.code != code:
            continue
        if opening.period.kind != kind:
            raise WrongCall(f"Период «{code}» уже есть и его вид — «{opening.period.kind}», а не «{kind}».")
        if opening.territory == (territory or ""):
            whom = f" для территории «{territory}»" if territory else ""
            state = "открыт" if opening.period.state == "open" else "закрыт"
            raise Refused(f"Период «{code}»{whom} уже был открыт, сейчас он {state}. Повторно открывать не нужно.")


def _check_previous(writer: Writer, code: str, kind: PeriodKind, starts: dt.date, previous: str) -> None:
    earlier = next((o.period for o in writer.reader.openings() if o.period.code == previous), None)
    if earlier is None or earlier.kind != kind or earlier.starts >= starts:
        raise WrongCall(
            f"Период «{previous}» не может быть предыдущим для «{code}»: нужен более ранний открытый период того же "
            "вида. Укажите его код или «none»."
        )


def _period_number(writer: Writer, code: str, kind: PeriodKind, previous: str | None) -> int:
    found = next((o.number for o in writer.reader.openings() if o.period.code == code), None)
    if found is not None:
        if previous is not None:
            writer.run(
                "UPDATE period SET previous = $previous WHERE period_id = $id", {"previous": previous, "id": found}
            )
        return found
    starts, ends = period_span(code, kind)
    number = writer.new_id()
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


def _copy_proposals(
    writer: Writer,
    code: str,
    kind: PeriodKind,
    territory: str | None,
    proposals: Sequence[PlanProposal],
    at: dt.datetime,
) -> int:
    """Copies proposals that concern the territory; one whose key was ever set for the period stays as it is."""
    number = writer.reader.opening(code, territory).number
    there = {
        row.key for row in writer.ask(PLANS, period=number, territory=None, indicator=None, level=None, cohort=None)
    }
    period, copied = writer.reader.opening(code, territory).period, 0
    year = period.year
    for proposal in proposals:
        key = (proposal.indicator, proposal.level, proposal.cohort, proposal.territory or "")
        if (proposal.period_kind, proposal.year) != (kind, year) or key in there or not _meets(proposal, territory):
            continue
        if not period.asks(proposal.indicator):
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
        store_plan(writer, plan)
        copied += 1
    return copied


def _meets(proposal: PlanProposal, territory: str | None) -> bool:
    """Whether a proposal is for the territory, for one above it or below it; everything meets «all»."""
    if proposal.territory is None or territory is None:
        return True
    return within(proposal.territory, territory) or within(territory, proposal.territory)


def _chosen(writer: Writer, code: str, territory: str | None) -> list[Opening]:
    writer.reader.opening(code, territory)
    mine = [o for o in writer.reader.openings() if o.period.code == code]
    return mine if territory is None else [o for o in mine if o.territory == territory]


def close_period(
    writer: Writer, code: str, *, territory: str | None = None, at: dt.datetime | None = None
) -> list[Period]:
    """Closes one opening, or (None) every one of the code.

    What was sent and nobody has looked at becomes accepted; what was returned stays returned.
    """
    at = at or now()
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
    detail = {"territory": territory, "accepted": len(accepted)}
    writer.log("period.closed", f"period/{code}", detail, at=at)
    return [writer.reader.period(code, territory=o.period.territory) for o in chosen]


def _accept_rest(writer: Writer, opening: Opening, at: dt.datetime) -> list[str]:
    """Accepts the reports on review of those whose nearest opening this is."""
    code = opening.period.code
    reports = writer.reader.reports(code, territory=opening.period.territory)
    mine = _homes(writer, opening)
    late = {
        r.organisation: r.late for r in reports.values() if r.state is ReportState.SUBMITTED and r.organisation in mine
    }
    if late:
        with carried(writer, opening.number, {code: mine[code] for code in late}, values=False):
            put_reports(writer, code, late, ReportState.ACCEPTED, note="", at=at)
    return list(late)


def _homes(writer: Writer, opening: Opening) -> dict[str, str]:
    """Organisations whose nearest opening this is, each with its territory."""
    register = writer.reader.organisations(on=opening.period.ends, territory=opening.period.territory)
    return {o.code: o.territory for o in register if writer.reader.opening(opening.period.code, o.territory) == opening}


def reopen_period(
    writer: Writer, code: str, *, closes: dt.date, territory: str | None = None, at: dt.datetime | None = None
) -> list[Period]:
    """Opens closed ones again, or moves the closing date of open ones; reports keep their states."""
    at = at or now()
    writer.unless_moved(basis.openings(code, territory))
    chosen = _chosen(writer, code, territory)
    if not chosen:
        raise Refused(f"Период «{code}» для этой территории отдельно не открывался. Откройте его: period open {code}.")
    for opening in chosen:
        _check_closing(opening.period, closes)
        where = {"period": opening.number, "territory": opening.territory}
        writer.run(_SET_STATE, {"state": "open", "at": None, **where})
        writer.run(_SET_CLOSES, {"closes": closes, **where})
    writer.log("period.reopened", f"period/{code}", {"territory": territory, "closes": closes}, at=at)
    return [writer.reader.period(code, territory=o.period.territory) for o in chosen]


def _check_closing(period: Period, closes: dt.date) -> None:
    if closes < period.starts:
        raise WrongCall(
            f"Последний день приёма раньше начала периода {period.starts:%d.%m.%Y}. Исправьте дату закрытия."
        )


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
