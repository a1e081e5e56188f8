"""``measure``: what became of the items of issued documents."""

from __future__ import annotations

import argparse
from pathlib import Path

from proforient.commands.call import JSON, Command, Desk, Outcome, argument, as_json, changing
from proforient.commands.tables import as_csv
from proforient.commands.territories import territory_of
from proforient.documents.drafts import addressee_name
from proforient.documents.measures import STATES, in_turn, measures_summary, urgency
from proforient.errors import WrongCall
from proforient.store import measuring
from proforient.store.papers import MeasureAnswer, MeasureState

COLUMNS = (
    *("id", "document", "period", "territory", "number", "text", "addressee", "responsible", "deadline", "due_on"),
    *("state", "urgency", "organisations", "comment", "evidence", "author", "at"),
)


def show_list(desk: Desk, given: argparse.Namespace) -> Outcome:
    """Overdue and soon due first; the state of all in one sentence on standard error."""
    with desk.store.read() as reader:
        territory = territory_of(reader, given.territory)
        today = reader.today(territory)
        measures = in_turn(reader.measures(territory), today)
    rows: list[dict[str, object]] = []
    for m in measures:
        last = m.answers[0] if m.answers else None
        rows.append(
            {
                "id": m.id,
                "document": m.document,
                "period": m.period,
                "territory": m.territory,
                "number": m.number,
                "text": m.text,
                "addressee": addressee_name(m.addressee, desk.catalogue),
                "responsible": m.responsible,
                "deadline": m.due_told,
                "due_on": m.due_on.isoformat() if m.due_on else "",
                "state": m.state.value,
                "urgency": urgency(m, today),
                "organisations": list(m.organisations) if given.json else " ".join(m.organisations),
                "comment": last.comment if last else "",
                "evidence": last.evidence if last else "",
                "author": last.author if last else "",
                "at": f"{last.at:%Y-%m-%dT%H:%M:%SZ}" if last else "",
            }
        )
    out = as_json(rows) if given.json else as_csv(COLUMNS, rows)
    return Outcome(out=out, said=measures_summary(measures, today))


def put(desk: Desk, given: argparse.Namespace) -> Outcome:
    """What the department, or in its name an organisation, says of a measure."""
    data = desk.call.files.get("file")
    if data is not None and given.evidence:
        raise WrongCall("Подтверждение — файл или адрес. Укажите одно из двух.")
    sha256 = desk.store.put_file(data) if data is not None else ""
    said = MeasureAnswer(
        organisation=given.organisation or "",
        state=MeasureState(given.state),
        comment=given.comment,
        evidence=Path(given.file).name if data is not None else given.evidence,
        sha256=sha256,
        size=len(data or b""),
    )
    with desk.write(given, figures=False) as writer:
        measuring.answer(writer, given.number, said)
    return Outcome(said=f"Мера {given.number}: {STATES[said.state]}.")


COMMANDS = (
    Command(
        name="measure list",
        does="показать меры выпущенных документов: сначала просроченные и те, чей срок близко",
        run=show_list,
        arguments=(argument("--territory", metavar="T", help="территория; без неё — все"), JSON),
    ),
    changing(
        name="measure set",
        does="записать состояние меры с комментарием и подтверждением",
        run=put,
        arguments=(
            argument("number", metavar="N", help="номер меры из measure list"),
            argument("state", choices=tuple(s.value for s in MeasureState), metavar="STATE", help=", ".join(STATES)),
            argument("--organisation", metavar="CODE", help="за какую организацию; без неё — за управление"),
            argument("--comment", default="", metavar="TEXT", help="комментарий"),
            argument("--evidence", default="", metavar="URL", help="адрес подтверждения"),
            argument("--file", reads=True, metavar="FILE", help="файл-подтверждение"),
        ),
    ),
)
