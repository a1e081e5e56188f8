"""``document slides``, ``workbook``, ``sheets``, ``pdf``: the same figures in files that are no Word document."""

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path

from proforient.commands.call import Argument, Command, Desk, Outcome, argument
from proforient.commands.parser import day
from proforient.commands.plans import PERIOD
from proforient.commands.territories import territory_of
from proforient.documents.all_sheets import zip_of_sheets
from proforient.documents.contents import NOTHING
from proforient.documents.files import FILES
from proforient.documents.kinds import sheet
from proforient.documents.offices import office_of
from proforient.documents.pdf import as_pdf
from proforient.documents.record import Audience
from proforient.documents.sheets import sheet_states
from proforient.documents.state import frozen_state
from proforient.errors import WrongCall
from proforient.monitoring import now
from proforient.store.reading import Reader
from proforient.wording import counted

EVERY = 10  # sheets after which it is said how many are made
_CONVERTED = ("docx", "pptx", "xlsx")


def _made(code: str, desk: Desk, given: argparse.Namespace) -> Outcome:
    """The file, and beside it the state of which it is made."""
    kind, out = FILES[code], desk.path(given.out)
    with desk.store.read() as reader:
        territory, today = _where(reader, given)
        state = frozen_state(reader, desk.catalogue, given.period, territory=territory, cohort=given.cohort)
        office = office_of(desk.settings.templates, territory, state.office)
        made = kind.make(reader, state, Audience(given.audience), today, NOTHING, office)
    state_file = out.with_name(f"{out.stem}.state.json")
    return Outcome(files={str(out): made, str(state_file): state.text.encode()}, said=f"Записано: {out}")


def slides(desk: Desk, given: argparse.Namespace) -> Outcome:
    """PPTX whose charts can be edited."""
    return _made("slides", desk, given)


def workbook(desk: Desk, given: argparse.Namespace) -> Outcome:
    """XLSX with formulas and charts."""
    return _made("workbook", desk, given)


def sheets(desk: Desk, given: argparse.Namespace) -> Outcome:
    """A ZIP with a sheet for each organisation; now and then it is said how many are made."""
    out, audience = desk.path(given.out), Audience(given.audience)
    with desk.store.read() as reader:
        territory, today = _where(reader, given)
        states = sheet_states(reader, desk.catalogue, given.period, territory=territory, cohort=given.cohort)
        documents = [sheet.KIND.compose(state, audience, today, NOTHING) for state in states]

    def show_progress(done: int, of: int) -> None:
        if done % EVERY == 0 or done == of:
            desk.say(f"Листов готово: {done} из {of}")

    made = zip_of_sheets(documents, desk.settings.templates, show_progress)
    said = f"Записано: {out} — {counted(len(documents), 'files')}"
    return Outcome(files={str(out): made}, said=said)


def pdf(desk: Desk, given: argparse.Namespace) -> Outcome:
    """By LibreOffice; exit 1 with the reason where it is not installed."""
    ending = Path(given.file).suffix.lower().removeprefix(".")
    if ending not in _CONVERTED:
        raise WrongCall(f"Файл «{given.file}» — не {', '.join(_CONVERTED)}: в PDF переводят документы, слайды и книги.")
    out = desk.path(given.out)
    return Outcome(files={str(out): as_pdf(desk.call.files["file"], ending)}, said=f"Записано: {out}")


def _where(reader: Reader, given: argparse.Namespace) -> tuple[str, dt.date]:
    territory = territory_of(reader, given.territory)
    assert territory is not None
    return territory, given.day or now().astimezone(reader.zone(territory)).date()


def _arguments(ending: str) -> tuple[Argument, ...]:
    return (
        PERIOD,
        argument("--territory", required=True, metavar="T", help="территория"),
        argument("--out", required=True, metavar=f"FILE.{ending}", help="куда записать"),
        argument(
            "--audience",
            choices=tuple(a.value for a in Audience),
            default=Audience.OUTSIDE.value,
            metavar="A",
            help="outside (так и без ключа) — числа округлены, организации не названы; internal — для управления",
        ),
        argument("--cohort", default="all", metavar="C", help="без неё — all"),
        argument("--day", type=day, metavar="DATE", help="день файла; без него — сегодня"),
    )


COMMANDS = (
    Command(
        name="document slides",
        does="сделать слайды с числами периода: диаграммы с планами правятся в PowerPoint",
        run=slides,
        arguments=_arguments("pptx"),
    ),
    Command(
        name="document workbook",
        does="сделать книгу всех показателей с формулами и диаграммой",
        run=workbook,
        arguments=_arguments("xlsx"),
    ),
    Command(
        name="document sheets",
        does="сделать листы всех организаций одним архивом",
        run=sheets,
        arguments=_arguments("zip"),
    ),
    Command(
        name="document pdf",
        does="перевести документ, слайды или книгу в PDF, если есть LibreOffice",
        run=pdf,
        arguments=(
            argument("file", reads=True, metavar="FILE.docx", help="что перевести"),
            argument("--out", required=True, metavar="FILE.pdf", help="куда записать"),
        ),
        needs="nothing",
    ),
)

__all__ = ["COMMANDS"]
