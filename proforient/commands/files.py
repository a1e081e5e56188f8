"""``check`` and ``submit``: a school's file read, checked and, on submission, accepted; ``withdraw`` takes it back."""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass, replace

from proforient.charts.sentences.pages import numbers_understood
from proforient.commands.call import DONE, JSON, REFUSED, Command, Desk, Outcome, argument, as_json, changing, plain
from proforient.documents.left_out import left_out
from proforient.documents.reply_workbook import returned
from proforient.errors import ProforientError, Refused, WrongCall
from proforient.intake.answers import answers_from_json
from proforient.intake.model import Answers, Finding, Giver, Reading, Remembered, Screening, Unanswered
from proforient.intake.own_process import read_isolated
from proforient.intake.personal import PERSONAL, in_explanations
from proforient.intake.screened_apart import screen_apart
from proforient.store import acceptance
from proforient.store.reading import Reader
from proforient.store.rows import NotAcceptable, Receipt, Replacement
from proforient.wording import counted, quoted


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """The outcome of reading and checking, and what accepting would take over."""

    screening: Screening
    replaces: tuple[Replacement, ...] = ()


def check(desk: Desk, given: argparse.Namespace) -> Outcome:
    """Stores nothing. Exit 0 when acceptable, 1 when not; warnings do not change it."""
    reading, screening, data = _screened(desk, given)
    files, said = _given_back(desk, given, reading, screening, data)
    checked = Checked(screening=screening, replaces=_foreseen(desk, screening, given.period or screening.period))
    code = DONE if screening.acceptable else REFUSED
    if given.json:
        return Outcome(
            code=code, out=as_json({"acceptable": screening.acceptable, **_json(checked)}), files=files, said=said
        )
    verdict = "Файл можно сдать." if screening.acceptable else "Файл сдать нельзя."
    return Outcome(code=code, out=_report(screening, verdict), files=files, said=said)


def _given_back(
    desk: Desk, given: argparse.Namespace, reading: Reading, screening: Screening, data: bytes
) -> tuple[dict[str, bytes], str]:
    """The workbook with the faults marked, where one was asked for; or why there is none."""
    if not given.returned:
        return {}, ""
    if any(finding.code in PERSONAL for finding in screening.findings):
        return {}, "В файле персональные данные: назад он не выдаётся. Удалите их в своём файле и проверьте его снова."
    if screening.contacts:
        return {}, "В файле названо, кто его заполнил. Ответьте «contacts» или удалите эти строки, и файл будет выдан."
    if not reading.sheets:
        return {}, "Файл не прочитан, отмечать в нём нечего: сначала исправьте то, что названо в замечаниях."
    return {str(desk.path(given.returned)): returned(reading, screening, data)}, ""


def submit(desk: Desk, given: argparse.Namespace) -> Outcome:
    """Accepts in one transaction. Exit 1 with findings where it is refused: only the event is stored then."""
    actor = _actor(desk, given.by)
    _, screening, data = _screened(desk, given)
    reason = _not_yet(screening, confirm=given.confirm)
    if reason:
        return _refused(desk, given, actor, screening, reason)
    desk.store.put_file(data)
    try:
        with desk.store.write(actor, based_on=given.based_on) as writer:
            receipt = acceptance.accept(writer, screening, period=given.period, confirm=given.confirm)
    except NotAcceptable as error:
        known = {finding.key for finding in screening.findings}
        new = tuple(finding for finding in error.findings if finding.key not in known)
        screening_with_changes = replace(screening, findings=(*screening.findings, *new))
        return _refused(desk, given, actor, screening_with_changes, str(error))
    with desk.store.read() as reader:
        number = reader.submission(receipt.submission).number
    return _accepted(given, screening, receipt, number)


def _accepted(given: argparse.Namespace, screening: Screening, receipt: Receipt, number: str) -> Outcome:
    checked = Checked(screening=screening, replaces=receipt.replaces)
    if given.json:
        head = {"stored": True, "submission": receipt.submission, "receipt": number}
        head |= {"late": receipt.late, "repeated": receipt.repeated}
        return Outcome(out=as_json({**head, **_json(checked)}))
    late = " Срок прошёл: у отчёта пометка «с опозданием»." if receipt.late else ""
    again = " Этот же файл уже был сдан минуту назад: второй раз он не записан." if receipt.repeated else ""
    verdict = f"Сдано, квитанция № {number}.{again}{late}"
    return Outcome(out=_report(screening, verdict))


def _refused(desk: Desk, given: argparse.Namespace, actor: str, screening: Screening, reason: str) -> Outcome:
    with desk.store.write(actor, based_on=None) as writer:
        acceptance.note_refusal(writer, screening, period=given.period)
    if given.json:
        head = {"stored": False, "submission": None, "receipt": None, "late": False, "repeated": False}
        return Outcome(code=REFUSED, out=as_json({**head, **_json(Checked(screening=screening))}), said=reason)
    return Outcome(code=REFUSED, out=_report(screening, reason))


def _screened(desk: Desk, given: argparse.Namespace) -> tuple[Reading, Screening, bytes]:
    """The file as read, as it would be judged now, and as it would be kept: without the rows that are left out.

    Without a period it is judged for the one that the file names itself.
    """
    answers = _answers(desk)
    name = desk.path(given.file).name
    with desk.store.read() as reader:
        place = _place(reader, given.organisation, given.period)
    desk.say("Файл читается и проверяется…")
    data = desk.call.files["file"]
    reading = read_isolated(name, data)
    with desk.store.read() as reader:
        giver, account = _giver(desk, reader, given)

        def judged(period: str | None) -> Screening:
            known = reader.known(period, territory=place, sha256=reading.sha256, giver=giver, own_account=account)
            return screen_apart(reading, desk.catalogue, known, organisation=given.organisation, answers=answers)

        found = judged(given.period)
        if found.contacts and answers.contacts:
            reading, data = left_out(reading, found.contacts)
            found = judged(given.period)
        own = found.period
        if not given.period and own and any(period.code == own for period in reader.periods()):
            found = judged(own)
    return reading, found, data


def _giver(desk: Desk, reader: Reader, given: argparse.Namespace) -> tuple[Giver, bool]:
    """Whose answers these are, and whether an organisation's account sends them.

    An account's role says it; without an account the organisation for which the file is sent; else he himself.
    """
    login = given.by or ""
    account = next((a for a in reader.accounts() if login and a.login == login.lower()), None)
    if account:
        return (Giver("organisation", account.organisation), True) if account.organisation else (Giver(), False)
    if given.organisation:
        return Giver("organisation", given.organisation), False
    return (Giver("login", _actor(desk, login)) if login else Giver()), False


def _actor(desk: Desk, login: str) -> str:
    return f"{login} ({desk.user})"


def _place(reader: Reader, organisation: str | None, period: str | None) -> str | None:
    """Names are sought in the territory of the organisation that was named, otherwise everywhere."""
    if organisation is None:
        if period:
            reader.period(period)
        return None
    day = reader.period(period).ends if period else None
    return reader.organisation(organisation, on=day).territory


def _answers(desk: Desk) -> Answers:
    data = desk.call.files.get("answers")
    if data is None:
        return Answers()
    try:
        document = json.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise WrongCall(f"Ответы (--answers): файл не JSON в UTF-8. {error}.") from error
    return answers_from_json(document)


def _not_yet(screening: Screening, *, confirm: bool) -> str:
    """Why it cannot be accepted as it is; empty when it can."""
    if not screening.acceptable:
        return "Файл не принят: исправьте ошибки и ответьте на вопросы. Ничего не записано."
    personal = in_explanations(screening.answers.explanations.values())
    if personal:
        return personal
    waiting = len(screening.unexplained)
    if waiting and not confirm:
        return plain(
            f"Файл не принят: {counted(waiting, 'warnings')} без объяснения. "
            "Объясните (--answers) или подтвердите (--confirm). Ничего не записано."
        )
    return ""


def _foreseen(desk: Desk, screening: Screening, period: str) -> tuple[Replacement, ...]:
    """What accepting would take over, worked out in a transaction that is taken back."""
    if not screening.acceptable or not period or desk.store.read_only:
        return ()
    try:
        with desk.store.rehearse() as writer:
            return acceptance.accept(writer, screening, period=period, confirm=True).replaces
    except ProforientError:
        # The findings of the check already say what stands against it; a closed period has nothing to replace.
        return ()


def _json(checked: Checked) -> dict[str, object]:
    found = checked.screening
    return {
        "encoding": found.encoding,
        "delimiter": found.delimiter,
        "sheet": found.sheet,
        "header_row": found.header_row,
        "layout": found.layout,
        "values": found.said,
        "rows": {
            "read": found.rows_read,
            "used": found.rows_used,
            "set_aside": [{"row": row.row, "reason": row.reason} for row in found.set_aside],
        },
        "unanswered": [_unanswered(question) for question in found.unanswered],
        "remembered": [_remembered(answer) for answer in found.remembered],
        "findings": [_finding(finding) for finding in found.findings],
        "replaces": [
            {"submission": r.submission, "organisation": r.organisation, "cells": r.cells} for r in checked.replaces
        ],
    }


def _unanswered(question: Unanswered) -> dict[str, object]:
    proposals = [{"code": code, "label": label} for code, label in question.proposals]
    earlier = [_remembered(answer) for answer in question.earlier]
    return {"kind": question.kind, "text": question.text, "proposals": proposals, "earlier": earlier}


def _remembered(answer: Remembered) -> dict[str, object]:
    words = {"kind": answer.kind, "text": answer.text, "meaning": answer.meaning}
    return {**words, "by": answer.by, "date": answer.day.isoformat()}


def _finding(f: Finding) -> dict[str, object]:
    return {
        "code": f.code,
        "severity": f.severity,
        "key": f.key,
        "sheet": f.sheet,
        "row": f.row,
        "column": f.column,
        "value": f.value,
        "message": f.message,
        "to_do": f.to_do,
    }


_SEVERITIES = {"error": "Ошибка", "warning": "Предупреждение", "note": "Замечание"}


def _report(screening: Screening, verdict: str) -> str:
    lines = [_line(finding) for finding in screening.findings]
    for question in screening.unanswered:
        near = "; ".join(f"{label} ({code})" for code, label in question.proposals[:3])
        lines.append(
            f"Вопрос ({question.kind}): {quoted(question.text)}. {f'Похоже: {near}.' if near else ''}".rstrip()
        )
        lines += [
            f"  Раньше на него ответили «{answer.meaning}»: {answer.by}, {answer.day:%d.%m.%Y}."
            for answer in question.earlier
        ]
    rows = f"строк прочитано {screening.rows_read}, с числами {screening.rows_used}"
    lines.append(f"{verdict} Понято: {numbers_understood(screening)}; {rows}.")
    return plain("\n".join(lines)) + "\n"


def _line(f: Finding) -> str:
    place = ", ".join(
        part
        for part in (
            f"лист {quoted(f.sheet)}" if f.sheet else "",
            f"строка {f.row}" if f.row else "",
            f"столбец {quoted(f.column)}" if f.column else "",
        )
        if part
    )
    stop = "" if f.message.endswith((".", "!", "?")) else "."
    return f"{_SEVERITIES[f.severity]} {f.code}{f' ({place})' if place else ''}: {f.message}{stop} {f.to_do}".rstrip()


def withdraw(desk: Desk, given: argparse.Namespace) -> Outcome:
    """Every part of the submission, or that of one organisation; its cells fall back to what stood before."""
    with desk.write(given) as writer:
        writer.reader.submission(given.submission)
        parts = writer.reader.parts(submission=given.submission, organisation=given.organisation)
        standing = [part for part in parts if not part.withdrawn]
        if not standing:
            whom = f" у организации «{given.organisation}»" if given.organisation else ""
            raise Refused(f"В принятом файле {given.submission}{whom} отзывать нечего.")
        for part in standing:
            acceptance.withdraw(writer, part.id)
    return Outcome(said=f"Отозвано частей принятого файла {given.submission}: {len(standing)}.")


FILE = argument("file", reads=True, metavar="FILE", help="CSV, XLSX, XLS или ODS")
ORGANISATION = argument("--organisation", metavar="CODE", help="за кого файл, если столбца нет")
ANSWERS = argument(
    "--answers",
    reads=True,
    metavar="FILE",
    help="JSON с ответами: columns, organisations, contacts, explanations…",
)

COMMANDS = (
    Command(
        name="check",
        does="прочитать и проверить файл, ничего не записывая",
        run=check,
        arguments=(
            FILE,
            ORGANISATION,
            argument("--period", metavar="CODE", help="за какой период"),
            argument("--by", metavar="LOGIN", help="кто сдаст: его прежние ответы действуют"),
            ANSWERS,
            argument("--returned", metavar="OUT.xlsx", help="записать книгу с отмеченными местами"),
            JSON,
        ),
    ),
    changing(
        name="submit",
        does="проверить файл и сдать его: с этого мгновения его числа входят в показатели",
        run=submit,
        arguments=(
            FILE,
            argument("--period", required=True, metavar="CODE", help="за какой период"),
            argument("--by", required=True, metavar="LOGIN", help="кто сдаёт"),
            ORGANISATION,
            ANSWERS,
            argument("--confirm", action="store_true", help="принять предупреждения без объяснения"),
            JSON,
        ),
    ),
    changing(
        name="withdraw",
        does="отозвать принятый файл: его числа уступят тем, что стояли до него",
        run=withdraw,
        arguments=(
            argument("submission", metavar="SUBMISSION", help="номер принятого файла"),
            argument("--organisation", metavar="CODE", help="только часть одной организации"),
        ),
    ),
)
