"""Accepting a checked file and taking one back: what is replaced, what stands, what the totals become."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from proforient.catalogue.entries import Catalogue
from proforient.errors import Refused, WrongCall
from proforient.intake.model import Finding, Known, ReadValue, Screening
from proforient.monitoring import Cell, Organisation, Reason, ReportState, local_day, now
from proforient.store import basis
from proforient.store.filing import remember, settle, store_submission
from proforient.store.reporting import of_reports, put_reports
from proforient.store.rollup import carried
from proforient.store.rows import NotAcceptable, Receipt, Replacement
from proforient.store.transaction import Question
from proforient.store.writing import Writer
from proforient.wording import counted
from proforient.wording.order import name_order


class RelativeRow(NamedTuple):
    code: str


class ReplacedRow(NamedTuple):
    organisation: str
    counted: str
    level: str
    cohort: str
    number: int | None
    reason: str | None
    submission_id: int
    sha256: str

    @property
    def answer(self) -> int | Reason:
        return Reason(str(self.reason)) if self.number is None else self.number


RELATIVES = Question("relatives", RelativeRow)
REPLACED = Question("replaced", ReplacedRow)

Recheck = Callable[[Screening, Catalogue, Known], Iterable[Finding]]
DOUBLE_CLICK = dt.timedelta(seconds=30)


def accept(
    writer: Writer,
    screening: Screening,
    *,
    period: str,
    confirm: bool = False,
    at: dt.datetime | None = None,
    recheck: Recheck | None = None,
) -> Receipt:
    """Stores what a checked file says. Its bytes must be stored already (``Store.put_file``).

    The checks against the store are repeated here (``recheck``; None: the intake's own). Raises NotAcceptable
    with the findings, Refused, WrongCall; an exception leaves the store as it was.
    """
    try:
        return _accept(writer, screening, period, confirm, at or now(), recheck or _of_intake())
    except Exception:
        writer.files.refused(screening.sha256)
        raise


def _of_intake() -> Recheck:
    # Imported when needed: the checks of a file are not loaded by those who only read the store.
    from proforient.intake.screen import recheck

    return recheck


def _accept(
    writer: Writer, screening: Screening, period: str, confirm: bool, at: dt.datetime, recheck: Recheck
) -> Receipt:
    opening = writer.reader.opening(period)
    values = _by_organisation(screening.values)
    # A branch reports alone or inside its head, never both: the second check must see heads and branches too.
    family = [row.code for row in writer.ask(RELATIVES, codes=list(values))]
    known = writer.reader.known(period, organisations=family, sha256=screening.sha256)
    people = _senders(known, values)
    replaced = _replaced(writer, opening.number, values)
    repeated = _same_click(writer, screening, period, values, replaced, at) if values else None
    if repeated:
        return repeated
    homes = {code: who.territory for code, who in people.items()}
    campaigns = (basis.openings(period, home) for home in set(homes.values()))
    writer.unless_moved(basis.any_of(of_reports(writer, period, homes), *campaigns))
    _judge(screening, tuple(recheck(screening, writer.catalogue, known)), confirm=confirm)
    if not screening.said:
        raise NotAcceptable("Файл не принят: в нём нет ни одного значения.", screening.findings)
    late = {code: _is_late(writer, period, who, at) for code, who in people.items()}
    if not writer.files.has(screening.sha256):
        raise WrongCall("Файл ещё не сохранён рядом с базой: сначала сохраните его содержимое, затем принимайте.")
    submission, parts = store_submission(writer, screening, opening.number, values, late, confirm, at)
    with carried(writer, opening.number, homes, values=True):
        settle(writer, opening.number, list(values))
        put_reports(writer, period, late, ReportState.SUBMITTED, note="", at=at)
    remember(writer, screening, submission, people.values(), at)
    receipt = Receipt(
        submission=str(submission),
        parts=tuple(str(part) for part in parts),
        replaces=_replacements(replaced, people),
        late=any(late.values()),
    )
    _log(writer, screening, period, receipt, values, confirm, at)
    return receipt


def _by_organisation(values: Sequence[ReadValue]) -> dict[str, dict[Cell, ReadValue]]:
    """Each organisation's cells, each once: the same number twice keeps its first place, another one is refused."""
    found: dict[str, dict[Cell, ReadValue]] = {}
    for value in values:
        cells = found.setdefault(value.organisation, {})
        first = cells.setdefault(value.cell, value)
        if (first.number, first.reason) != (value.number, value.reason):
            raise NotAcceptable(
                f"Файл не принят: число «{value.cell.count}» организации «{value.organisation}» стоит в нём "
                f"дважды и по-разному: строки {first.place.row} и {value.place.row}. Оставьте одно."
            )
    # order: by code, as the log writes them; nobody reads it
    return {code: dict(sorted(found[code].items())) for code in sorted(found)}


def _senders(known: Known, codes: Iterable[str]) -> dict[str, Organisation]:
    unknown = [code for code in codes if code not in known.organisations]
    if unknown:
        raise NotAcceptable(
            f"Файл не принят: организаций с кодами {', '.join(unknown)} нет в реестре. "
            "Загрузите реестр и проверьте файл снова."
        )
    return {code: known.organisations[code] for code in codes}


def _judge(screening: Screening, again: tuple[Finding, ...], *, confirm: bool) -> None:
    """NotAcceptable where an error stands, a question is open, or a warning is neither explained nor confirmed."""
    findings = tuple({(f.key, f.value): f for f in (*screening.findings, *again)}.values())
    wrong = [f for f in findings if f.severity == "error"]
    if wrong or screening.unanswered:
        many = len(wrong) + len(screening.unanswered)
        raise NotAcceptable(
            f"Файл не принят: замечаний и вопросов без ответа — {many}. Исправьте файл и отправьте снова.",
            findings,
            screening.unanswered,
        )
    answered = screening.answers.explanations
    warnings = [f for f in findings if f.severity == "warning" and not answered.get(f.key, "").strip()]
    if warnings and not confirm:
        raise NotAcceptable(
            f"Файл не принят: {counted(len(warnings), 'warnings')} без пояснения. Поясните или подтвердите.", findings
        )


def _is_late(writer: Writer, period: str, who: Organisation, at: dt.datetime) -> bool:
    """Whether the closing day is over where the monitoring takes place; a closed period refuses."""
    opening = writer.reader.nearest_opening(period, who.territory)
    day = local_day(at, writer.reader.zone(who.territory))
    if opening is None or not writer.reader.takes_from(period, who.code, who.territory, day):
        why = "закрыт" if opening else f"не открыт для территории «{who.territory}»"
        to_do = "Попросите управление образования открыть период."
        finding = Finding(
            code="period-closed",
            severity="error",
            message=f"Период «{period}» {why}: файл организации «{who.name}» не принимается.",
            to_do=to_do,
        )
        raise NotAcceptable(f"Файл не принят: период «{period}» {why}. {to_do}", [finding])
    return day > opening.period.closes


ReplacedCells = dict[tuple[str, Cell], ReplacedRow]


def _replaced(writer: Writer, period: int, values: Mapping[str, Mapping[Cell, ReadValue]]) -> ReplacedCells:
    """Current cells that the file carries too."""
    keys = [(code, cell) for code, cells in values.items() for cell in cells]
    rows = writer.ask(
        REPLACED,
        period=period,
        organisations=[code for code, _ in keys],
        counts=[cell.count for _, cell in keys],
        levels=[cell.level for _, cell in keys],
        cohorts=[cell.cohort for _, cell in keys],
    )
    return {(row.organisation, Cell(row.counted, row.level, row.cohort)): row for row in rows}


def _replacements(replaced: ReplacedCells, people: Mapping[str, Organisation]) -> tuple[Replacement, ...]:
    """Newest submission first, in it by the organisations' names."""
    counted = Counter((row.submission_id, row.organisation) for row in replaced.values())
    order = sorted(counted, key=lambda key: (-key[0], name_order(people[key[1]].name), key[1]))
    return tuple(Replacement(submission=str(s), organisation=code, cells=counted[s, code]) for s, code in order)


def _same_click(
    writer: Writer,
    screening: Screening,
    period: str,
    values: Mapping[str, Mapping[Cell, ReadValue]],
    replaced: ReplacedCells,
    at: dt.datetime,
) -> Receipt | None:
    """The first click's receipt, where this is the second: same bytes, same actor, nothing in between."""
    cells = {(code, cell): value for code, own in values.items() for cell, value in own.items()}
    before = {(row.sha256, row.submission_id) for row in replaced.values()}
    if len(before) != 1 or screening.sha256 not in next(iter(before)):
        return None
    same = replaced.keys() == cells.keys() and all(
        row.answer == (cells[key].number if cells[key].reason is None else cells[key].reason)
        for key, row in replaced.items()
    )
    if not same:
        return None
    first = writer.reader.submission(str(next(iter(replaced.values())).submission_id))
    states = writer.reader.report_states(period, organisations=values)
    untouched = all(states.get(code) is ReportState.SUBMITTED for code in values)
    if first.by != writer.actor or abs(at - first.at) > DOUBLE_CLICK or not untouched:
        return None
    parts = tuple(sorted((part.id for part in writer.reader.parts(submission=first.id)), key=int))
    return Receipt(submission=first.id, parts=parts, replaces=(), late=first.late, repeated=True)


def _log(
    writer: Writer,
    screening: Screening,
    period: str,
    receipt: Receipt,
    values: Mapping[str, Mapping[Cell, ReadValue]],
    confirm: bool,
    at: dt.datetime,
) -> None:
    detail = {
        "period": period,
        "file": screening.name,
        "sha256": screening.sha256,
        "organisations": {code: len(cells) for code, cells in values.items()},
        "replaced": sum(r.cells for r in receipt.replaces),
        "late": receipt.late,
        "confirmed": confirm,
        "warnings": Counter(f.code for f in screening.findings if f.severity == "warning"),
    }
    writer.log("submission.accepted", f"submission/{receipt.submission}", detail, at=at)


def note_refusal(writer: Writer, screening: Screening, *, period: str | None, at: dt.datetime | None = None) -> None:
    """The event of a refused file: its hash, size and the codes of its findings; no name, no value."""
    codes = Counter(f.code for f in screening.findings if f.severity != "note")
    questions = Counter(u.kind for u in screening.unanswered)
    detail = {"period": period, "size": screening.size, "findings": codes, "unanswered": questions}
    writer.log("submission.refused", f"file/{screening.sha256}", detail, at=at)


def withdraw(writer: Writer, part: str, *, at: dt.datetime | None = None) -> None:
    """Takes a part back: its cells fall back to the latest part not withdrawn.

    The report is on review again, or not sent when nothing is left.
    """
    at = at or now()
    found = next(iter(writer.reader.parts(part=part)), None)
    if found is None:
        raise WrongCall(f"Части файла с номером {part} нет. Проверьте номер по списку принятых файлов.")
    place = writer.reader.place_of(found.period, found.organisation)
    writer.unless_moved(of_reports(writer, found.period, {found.organisation: place}))
    if found.withdrawn:
        raise Refused("Эта часть файла уже отозвана.")
    opening = writer.reader.opening(found.period)
    if not writer.reader.takes_from(found.period, found.organisation, place):
        raise Refused(f"Период «{found.period}» закрыт: принятое в нём не отзывается. Откройте период снова.")
    writer.run(
        "INSERT INTO withdrawn_part VALUES ($part, $author, $at)", {"part": int(part), "author": writer.actor, "at": at}
    )
    left = [p for p in writer.reader.parts(period=found.period, organisation=found.organisation) if not p.withdrawn]
    state = ReportState.SUBMITTED if left else ReportState.NOT_SUBMITTED
    before = writer.reader.reports(found.period, organisation=found.organisation)[found.organisation]
    with carried(writer, opening.number, {found.organisation: place}, values=True):
        settle(writer, opening.number, [found.organisation])
        put_reports(writer, found.period, {found.organisation: before.late and bool(left)}, state, note="", at=at)
    detail = {"part": part, "period": found.period, "submission": found.submission, "cells": found.cells}
    writer.log("part.withdrawn", f"organisation/{found.organisation}", detail, at=at)
