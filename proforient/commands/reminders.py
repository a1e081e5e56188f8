"""``reminder``: whose reports are awaited, the messages that say so, and sending them, once a day to each."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from proforient import mailing
from proforient.charts.sentences.reminders import AWAITED
from proforient.commands.call import JSON, REFUSED, Command, Desk, Outcome, argument, as_json, changing, plain
from proforient.commands.tables import as_csv
from proforient.commands.territories import territory_of
from proforient.documents.awaited import AwaitedReport, Letter, addresses, awaited_in, mail_merge, postbag
from proforient.errors import Refused, WrongCall
from proforient.monitoring import Period
from proforient.store.reading import Reader
from proforient.wording import counted, number

COLUMNS = ("organisation", "name", "state", "given", "asked", "email", "written_on", "delivery", "reason")
NO_SERVER = "Почтовый сервер не задан: назовите его в PROFORIENT_SMTP, а отправителя — в PROFORIENT_MAIL_FROM."


def show_list(desk: Desk, given: argparse.Namespace) -> Outcome:
    """Who is awaited for what, and the newest letter to each."""
    with desk.store.read() as reader:
        period, found = _awaited(desk, reader, given)
        known, last = addresses(reader), {one.organisation: one for one in reader.reminders(period.code)}
    rows: list[dict[str, object]] = []
    for one in found:
        code = one.organisation.code
        letter = last.get(code)
        rows.append(
            {
                "organisation": code,
                "name": one.organisation.name,
                "state": one.what.value,
                "given": one.given,
                "asked": one.asked,
                "email": known.get(code),
                "written_on": letter.day.isoformat() if letter else None,
                "delivery": letter.state if letter else None,
                "reason": letter.reason or None if letter else None,
            }
        )
    return Outcome(out=as_json(rows) if given.json else as_csv(COLUMNS, rows))


def texts(desk: Desk, given: argparse.Namespace) -> Outcome:
    """The file to mail from that the page gives, too."""
    with desk.store.read() as reader:
        _, found = _awaited(desk, reader, given)
        data = mail_merge(reader, desk.catalogue, found, _address(desk))
    said = plain(f"Ждём отчёты: {counted(len(found), 'organisations')}.")
    return Outcome(files={str(desk.path(given.out)): data}, said=said)


def send(desk: Desk, given: argparse.Namespace) -> Outcome:
    """To those that have an address and were not written to today; exit 1 where one of them was not reached."""
    server = desk.settings.mail
    if server is None:
        raise Refused(NO_SERVER)
    with desk.store.read() as reader:
        period, found = _awaited(desk, reader, given)
        bag = postbag(reader, found)
        mark = desk.store.mark if given.based_on is None else given.based_on
    letters = [*bag.ready, *bag.failed]
    failures: list[str] = []
    if letters:
        with mailing.PostOffice(server, mailing.login_of(desk.settings)) as office:
            of = mailing.Reminding(desk.store, office, server, desk.user, period.code, mark)
            failures = _post(of, letters)
    sentences = [
        f"Отправлено писем: {number(len(letters) - len(failures))}.",
        f"Сегодня уже писали: {number(bag.written)}." if bag.written else "",
        f"Без адреса почты: {number(len(bag.unknown))}." if bag.unknown else "",
        *(f"Не дошло: {failure}." for failure in failures),
    ]
    return Outcome(code=REFUSED if failures else 0, said=plain(" ".join(filter(None, sentences))))


def _post(of: mailing.Reminding, letters: Sequence[Letter]) -> list[str]:
    """Whom they did not reach, and why."""
    outcomes = ((one, mailing.remind(of, one.organisation.code, one.email, one.subject, one.text)) for one in letters)
    return [f"{one.organisation.name} ({why_not.rstrip('.')})" for one, why_not in outcomes if why_not]


def _awaited(desk: Desk, reader: Reader, given: argparse.Namespace) -> tuple[Period, list[AwaitedReport]]:
    territory = territory_of(reader, given.territory)
    assert territory is not None
    period = reader.period(given.period, territory=territory)
    found = awaited_in(reader, period, territory, _address(desk))
    if given.state is None:
        return period, found
    if given.state not in [what.value for what in AWAITED]:
        raise WrongCall(f"Состояния «{given.state}» нет. Есть: {', '.join(what.value for what in AWAITED)}.")
    return period, [one for one in found if one.what.value == given.state]


def _address(desk: Desk) -> str:
    settings = desk.settings
    return settings.address or f"http://{settings.host}:{settings.port}"


WHOSE = (
    argument("--period", required=True, metavar="P", help="код периода"),
    argument("--territory", required=True, metavar="T", help="«Регион / Муниципалитет»"),
    argument("--state", metavar="STATE", help=f"только эти: {', '.join(what.value for what in AWAITED)}"),
)
COMMANDS = (
    Command(
        name="reminder list",
        does="показать, чьих отчётов ждут, сколько в них чисел и кому уже писали",
        run=show_list,
        arguments=(*WHOSE, JSON),
    ),
    Command(
        name="reminder texts",
        does="сохранить тексты напоминаний таблицей для рассылки",
        run=texts,
        arguments=(*WHOSE, argument("--out", required=True, metavar="FILE", help="куда сохранить CSV")),
    ),
    changing(
        name="reminder send",
        does="разослать напоминания по почте: одной организации не чаще раза в день",
        run=send,
        arguments=WHOSE,
    ),
)
