"""``report`` and ``form``: the state of an organisation's report, and the list of counts to fill in."""

from __future__ import annotations

import argparse
from functools import partial

from proforient.commands.call import Command, Desk, OneOf, Outcome, argument, changing
from proforient.commands.plans import PERIOD
from proforient.documents.form import counts_csv, file_name, form
from proforient.errors import WrongCall
from proforient.intake.personal import refuse_personal
from proforient.monitoring import Organisation, Period, ReportState
from proforient.store import reporting


def settle(state: ReportState, desk: Desk, given: argparse.Namespace) -> Outcome:
    """Accepts or returns what was sent; Refused where nothing was."""
    note = getattr(given, "note", None) or ""
    refuse_personal(note, what="Замечание (--note)")
    with desk.write(given) as writer:
        reporting.set_report(writer, given.period, given.organisation, state, note=note)
    word = "принят" if state is ReportState.ACCEPTED else "возвращён на доработку"
    return Outcome(said=f"Отчёт организации «{given.organisation}» за «{given.period}» {word}.")


def fill_in(desk: Desk, given: argparse.Namespace) -> Outcome:
    """One file, or (``--all``) a folder with a file for everybody who is asked in the period."""
    with desk.store.read() as reader:
        if given.organisation:
            ends = reader.period(given.period).ends
            organisation = reader.organisation(given.organisation, on=ends)
            period = reader.period(given.period, territory=organisation.territory)
            return _written(desk, {str(desk.path(given.out)): _made(desk, organisation, period, given.out)})
        files: dict[str, bytes] = {}
        for organisation in reader.organisations(on=reader.period(given.period).ends):
            if not organisation.levels:
                continue
            period = reader.period(given.period, territory=organisation.territory)
            name = f"{organisation.code}, {file_name(organisation, period, 'xlsx')}"
            files[str(desk.path(given.out) / name)] = _made(desk, organisation, period, name)
    if not files:
        raise WrongCall("В реестре нет организаций с уровнями. Загрузите реестр: organisations import FILE.")
    return _written(desk, files)


def _made(desk: Desk, organisation: Organisation, period: Period, name: str) -> bytes:
    ending = name.rpartition(".")[2].lower()
    if ending not in ("xlsx", "csv"):
        raise WrongCall(f"--out {name}: нужен файл .xlsx или .csv.")
    return (counts_csv if ending == "csv" else form)(desk.catalogue, organisation, period)


def _written(desk: Desk, files: dict[str, bytes]) -> Outcome:
    return Outcome(files=files, said=f"Записано бланков: {len(files)}.")


ORGANISATION = argument("--organisation", required=True, metavar="CODE", help="код организации")

COMMANDS = (
    changing(
        name="report accept",
        does="принять сданный отчёт организации",
        run=partial(settle, ReportState.ACCEPTED),
        arguments=(PERIOD, ORGANISATION),
    ),
    changing(
        name="report return",
        does="вернуть сданный отчёт на доработку; его числа по-прежнему входят в показатели",
        run=partial(settle, ReportState.RETURNED),
        arguments=(PERIOD, ORGANISATION, argument("--note", metavar="TEXT", help="что исправить")),
    ),
    Command(
        name="form",
        does="сделать бланк для заполнения: книгу Excel или CSV",
        run=fill_in,
        arguments=(
            PERIOD,
            OneOf(
                (
                    argument("--organisation", metavar="CODE", help="для одной организации"),
                    argument("--all", action="store_true", help="для каждой организации реестра"),
                )
            ),
            argument("--out", required=True, metavar="PATH", help="файл .xlsx или .csv; с --all — папка"),
        ),
    ),
)
