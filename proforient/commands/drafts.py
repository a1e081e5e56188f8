"""``document draft`` and what becomes of it: versions kept, issued, numbered; the registry of both."""

from __future__ import annotations

import argparse
import datetime as dt
from dataclasses import replace

from proforient.commands.call import JSON, Command, Desk, Outcome, argument, as_json, changing
from proforient.commands.documents import KIND, kind_of
from proforient.commands.parser import day
from proforient.commands.plans import PERIOD
from proforient.commands.tables import as_csv
from proforient.commands.territories import territory_of
from proforient.documents import drafts, stored_text
from proforient.documents.contents import Contents
from proforient.documents.lacking import in_one_line, lacks
from proforient.documents.offices import office_in
from proforient.documents.record import Audience
from proforient.documents.releasing import keep, release, state_for
from proforient.monitoring import now
from proforient.store import drafting
from proforient.store.papers import DocumentDraft
from proforient.store.reading import Reader
from proforient.wording import counted

COLUMNS = ("id", "state", "kind", "period", "territory", "audience", "version", "number", "day", "file", "author", "at")


def draft(desk: Desk, given: argparse.Namespace) -> Outcome:
    """A new draft with what the analysis proposes, or a new version of one with the contents of a file."""
    kind = kind_of(given.kind)
    body = desk.call.files.get("contents", b"").decode("utf-8", "replace")
    with desk.store.read() as reader:
        territory = territory_of(reader, given.territory)
        assert territory is not None
        found = DocumentDraft(
            id="",
            version=0,
            kind=kind.code,
            period=given.period,
            territory=territory,
            audience=given.audience,
            body=body,
            follows="",
            corrects="",
            kept=True,
            change="загружено из файла" if body else "новый",
            author="",
            at=now(),
        )
        if given.draft:
            newest = reader.draft_versions(given.draft)[0]
            seen = newest.version if given.version is None else given.version
            found = replace(newest, version=seen, body=body or newest.body, change=found.change)
        elif not body:
            state = state_for(reader, desk.catalogue, found)
            found = replace(
                found, body=stored_text.text_of(Contents(items=drafts.proposed(state, _today(reader, found))))
            )
    stored_text.read(found.body)
    with desk.write(given, figures=False) as writer:
        made = drafting.save_draft(writer, found)
    count = counted(len(drafts.items_of(stored_text.read(made.body))), "items")
    return Outcome(said=f"Черновик {made.id}, версия {made.version}: {kind.title}, {count}.")


def _today(reader: Reader, of: DocumentDraft) -> dt.date:
    return reader.today(of.territory)


def show_list(desk: Desk, given: argparse.Namespace) -> Outcome:
    """Drafts that are not issued, then the registry, newest first."""
    with desk.store.read() as reader:
        territory = territory_of(reader, given.territory)
        papers = reader.issued_documents(territory)
        done = {paper.draft for paper in papers}
        open_ones = [one for one in reader.drafts(territory) if one.id not in done]
    rows: list[dict[str, object]] = [
        {
            **dict.fromkeys(COLUMNS, ""),
            "id": one.id,
            "state": "draft",
            "kind": one.kind,
            "period": one.period,
            "territory": one.territory,
            "audience": one.audience,
            "version": one.version,
            "author": one.author,
            "at": f"{one.at:%Y-%m-%dT%H:%M:%SZ}",
        }
        for one in open_ones
    ]
    rows += [
        {
            "id": paper.id,
            "state": "issued",
            "kind": paper.kind,
            "period": paper.period,
            "territory": paper.territory,
            "audience": paper.audience,
            "version": paper.version,
            "number": paper.number,
            "day": (paper.number_day or paper.day).isoformat(),
            "file": paper.file_name,
            "author": paper.author,
            "at": f"{paper.at:%Y-%m-%dT%H:%M:%SZ}",
        }
        for paper in papers
    ]
    return Outcome(out=as_json(rows) if given.json else as_csv(COLUMNS, rows))


def show(desk: Desk, given: argparse.Namespace) -> Outcome:
    """The contents of a draft as JSON, or the Word file of an issued document, as it was kept."""
    out = str(desk.path(given.out))
    with desk.store.read() as reader:
        papers = {paper.id: paper for paper in reader.issued_documents()}
        if given.number in papers:
            paper = papers[given.number]
            return Outcome(files={out: desk.store.get_file(paper.sha256)}, said=f"Записано: {out}")
        newest = reader.draft_versions(given.number)[0]
    return Outcome(files={out: newest.body.encode()}, said=f"Записано: {out}\nВерсия {newest.version}.")


def issue_draft(desk: Desk, given: argparse.Namespace) -> Outcome:
    """Issues the newest version: the Word file is kept and written, each item becomes a measure."""
    out = desk.path(given.out)
    with desk.store.read() as reader:
        newest = reader.draft_versions(given.number)[0]
        today: dt.date = given.day or _today(reader, newest)
        before = stored_text.read(reader.issued_document(newest.corrects).body) if newest.corrects else None
        after = stored_text.read(newest.body)
        names = reader.roster().names
        changes = drafts.changes(before, after, desk.catalogue, names) if before else []
        made = release(
            reader, desk.catalogue, newest, day=today, templates=desk.settings.templates, changes=changes
        )  # fmt: skip
    sha256 = desk.store.put_file(made.data)
    with desk.write(given, figures=False) as writer:
        paper = keep(writer, desk.catalogue, made, sha256)
    lines = [f"Выпущен документ {paper.id}: {counted(sum(m.kept for m in made.measures), 'measures')}."]
    lines += [in_one_line(lacks(after, made.document.problems, today)), f"Записано: {out}"]
    return Outcome(files={str(out): made.data}, said="\n".join(lines))


def number(desk: Desk, given: argparse.Namespace) -> Outcome:
    """The outgoing number and the day, as the office gave them."""
    with desk.write(given, figures=False) as writer:
        drafting.give_number(writer, given.document, given.number, given.day)
    return Outcome(said=f"Документу {given.document} дан номер {given.number}.")


NUMBER = argument("number", metavar="N", help="номер записи из document list")


def office(desk: Desk, given: argparse.Namespace) -> Outcome:
    """The file's table for the territory is in force from now on; the names of people in it are not kept."""
    with desk.write(given) as writer:
        territory = territory_of(writer.reader, given.territory)
        assert territory is not None
        found = office_in(desk.call.files["file"], territory, given.file)
        drafting.set_office(writer, territory, found)
    return Outcome(said=f"Бланк и подписи: «{territory}». Они встанут в каждый новый документ.")


COMMANDS = (
    changing(
        name="document draft",
        does="начать черновик документа с тем, что предлагает анализ, или записать его новую версию из файла",
        run=draft,
        arguments=(
            KIND,
            PERIOD,
            argument("--territory", required=True, metavar="T", help="территория"),
            argument("--contents", reads=True, metavar="FILE.json", help="содержание, как его отдаёт document show"),
            argument("--draft", metavar="N", help="черновик, чья это версия; без него — новый"),
            argument("--version", type=int, metavar="V", help="версия, которую меняли: отказать, если есть новее"),
            argument(
                "--audience",
                choices=tuple(a.value for a in Audience),
                default=Audience.OUTSIDE.value,
                metavar="A",
                help="outside — для организаций и всех, internal — для управления",
            ),
        ),
    ),
    Command(
        name="document list",
        does="показать черновики и реестр выпущенных документов",
        run=show_list,
        arguments=(argument("--territory", metavar="T", help="территория; без неё — все"), JSON),
    ),
    Command(
        name="document show",
        does="записать содержание черновика (JSON) или выпущенный документ (Word)",
        run=show,
        arguments=(NUMBER, argument("--out", required=True, metavar="FILE", help="куда записать")),
    ),
    changing(
        name="document release",
        does="выпустить черновик: сохранить Word и числа, из каждого пункта сделать меру",
        run=issue_draft,
        arguments=(
            NUMBER,
            argument("--out", required=True, metavar="FILE.docx", help="куда записать"),
            argument("--day", type=day, metavar="DATE", help="день документа; без него — сегодня"),
        ),
    ),
    changing(
        name="document number",
        does="записать номер и дату, которые канцелярия дала выпущенному документу",
        run=number,
        arguments=(
            argument("document", metavar="N", help="номер записи из document list"),
            argument("number", metavar="NUMBER", help="исходящий номер"),
            argument("--day", type=day, metavar="DATE", help="дата, если она не та, что в документе"),
        ),
    ),
    changing(
        name="document office",
        does="взять из файла бланк, приказ, должности и падежи территории, которая выпускает документы",
        run=office,
        arguments=(
            argument("file", reads=True, metavar="offices.toml", help="таблица территории, как в папке шаблонов"),
            argument("--territory", required=True, metavar="T", help="территория"),
        ),
    ),
)
