"""``document``: Word files with the department's own figures, our templates to begin with, a template looked at."""

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path

from proforient.commands.call import REFUSED, Command, Desk, Outcome, argument
from proforient.commands.parser import day
from proforient.commands.plans import PERIOD
from proforient.commands.territories import territory_of
from proforient.documents.contents import NOTHING
from proforient.documents.issuing import faults_of, issued, refusal
from proforient.documents.kinds import KINDS
from proforient.documents.record import Audience, Document, DocumentKind
from proforient.documents.sheets import sheet_states
from proforient.documents.state import DocumentState, frozen_state
from proforient.errors import WrongCall
from proforient.monitoring import now
from proforient.store.reading import Reader
from proforient.wording import counted


def issue(desk: Desk, given: argparse.Namespace) -> Outcome:
    """Writes the document and, beside it, the state of which it is made: its hash stands in the document."""
    kind, out = kind_of(given.kind), desk.path(given.out)
    with desk.store.read() as reader:
        territory = territory_of(reader, given.territory)
        assert territory is not None
        state = _state(reader, desk, given, territory)
        today: dt.date = given.day or now().astimezone(reader.zone(territory)).date()
    document = kind.compose(state, Audience(given.audience), today, NOTHING)
    files = {str(out): issued(document, desk.settings.templates), str(_state_file(out)): state.text.encode()}
    return Outcome(files=files, said="\n".join([f"Записано: {out}", *_summary_lines(document)]))


def _state(reader: Reader, desk: Desk, given: argparse.Namespace, territory: str) -> DocumentState:
    """That of the territory, or of one organisation where it is named."""
    if given.organisation is None:
        return frozen_state(reader, desk.catalogue, given.period, territory=territory, cohort=given.cohort)
    (state,) = sheet_states(
        reader,
        desk.catalogue,
        given.period,
        territory=territory,
        cohort=given.cohort,
        organisations=[given.organisation],
    )
    return state


def _state_file(out: Path) -> Path:
    return out.with_name(f"{out.stem}.state.json")


def _summary_lines(document: Document) -> list[str]:
    """What is in the document and what it lacks, for whoever is going to sign it."""
    items = document.every_item
    dateless, nobody = sum(not item.deadline for item in items), sum(not item.responsible for item in items)
    answered = {number for item in items for number in item.answers}
    without = sum(problem.number not in answered for problem in document.problems)
    lines = [f"{counted(len(document.problems), 'problems')}, {counted(len(items), 'recommendations')}".capitalize()]
    lines += [f"без срока: {dateless}; без ответственного: {nobody}; проблем без рекомендации: {without}"]
    return [f"{line}." for line in ("; ".join(lines), *document.left_out)]


def template(desk: Desk, given: argparse.Namespace) -> Outcome:
    """Our own template, to be changed in Word and put into the folder of templates."""
    kind, out = kind_of(given.kind), desk.path(given.out)
    where = desk.settings.templates / f"{kind.code}.docx"
    return Outcome(files={str(out): kind.template()}, said=f"Записано: {out}\nИзменив в Word, положите сюда: {where}")


def check(desk: Desk, given: argparse.Namespace) -> Outcome:
    """Exit 1 with every fault and its place."""
    faults = faults_of(desk.call.files["file"], kind_of(given.kind))
    if faults:
        return Outcome(code=REFUSED, said=refusal(given.file, faults))
    return Outcome(said=f"Шаблон «{given.file}» подходит.")


def kind_of(code: str) -> DocumentKind:
    if code not in KINDS:
        raise WrongCall(f"Документа «{code}» нет. Есть: {', '.join(f'{k.code} ({k.title})' for k in KINDS.values())}.")
    return KINDS[code]


KIND = argument("kind", metavar="KIND", help=f"вид документа: {', '.join(KINDS)}")
OUT = argument("--out", required=True, metavar="FILE.docx", help="куда записать")

COMMANDS = (
    Command(
        name="document issue",
        does="сделать документ Word с числами периода: письмо, протокол, решение, резолюцию, справку, лист организации",
        run=issue,
        arguments=(
            KIND,
            PERIOD,
            argument("--territory", required=True, metavar="T", help="территория"),
            OUT,
            argument(
                "--audience",
                choices=tuple(a.value for a in Audience),
                default=Audience.OUTSIDE.value,
                metavar="A",
                help="outside (так и без ключа) — числа округлены, организации не названы; internal — для управления",
            ),
            argument("--organisation", metavar="O", help="код организации: для листа организации (sheet)"),
            argument("--cohort", default="all", metavar="C", help="без неё — all"),
            argument("--day", type=day, metavar="DATE", help="день документа; без него — сегодня"),
        ),
    ),
    Command(
        name="document template",
        does="записать наш шаблон документа, чтобы изменить его в Word",
        run=template,
        arguments=(KIND, OUT),
        needs="nothing",
    ),
    Command(
        name="document check",
        does="проверить свой шаблон документа, ничего не записывая",
        run=check,
        arguments=(KIND, argument("file", reads=True, metavar="FILE.docx", help="шаблон")),
        needs="nothing",
    ),
)
