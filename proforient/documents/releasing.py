"""Issuing a draft: figures frozen, words put into Word, measures made of its items; then all of it kept at once."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from proforient import snapshot as snapshots
from proforient.catalogue.entries import Catalogue
from proforient.documents import stored_text
from proforient.documents.adopted_text import AdoptedText
from proforient.documents.appendix import sheets_of_appendix
from proforient.documents.contents import Contents
from proforient.documents.drafts import items_of
from proforient.documents.issuing import SHEETS, file_name, issued
from proforient.documents.kinds import KINDS
from proforient.documents.measures import continued, measures_of
from proforient.documents.record import Audience, Document
from proforient.documents.state import DocumentState, frozen_state
from proforient.errors import WrongCall
from proforient.store import drafting, freezing
from proforient.store.papers import DocumentDraft, IssuedDocument, Measure
from proforient.wording import date_ru

if TYPE_CHECKING:
    from proforient.store.reading import Reader
    from proforient.store.writing import Writer


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A draft made ready: what it states, of which state, its Word file and its measures; nothing of it is kept yet."""

    draft: DocumentDraft
    state: DocumentState
    document: Document
    measures: tuple[Measure, ...]
    changes: tuple[str, ...]
    data: bytes


def state_for(reader: Reader, catalogue: Catalogue, draft: DocumentDraft) -> DocumentState:
    """The results that the draft would state now, of all children."""
    whole = next(c.code for c in catalogue.cohorts.values() if c.part_of is None)
    return frozen_state(reader, catalogue, draft.period, territory=draft.territory, cohort=whole)


def composed(draft: DocumentDraft, state: DocumentState, contents: Contents, day: dt.date) -> Document:
    """What the draft states on that day."""
    return KINDS[draft.kind].compose(state, Audience(draft.audience), day, contents)


def release(
    reader: Reader,
    catalogue: Catalogue,
    draft: DocumentDraft,
    *,
    day: dt.date,
    templates: Path,
    changes: Sequence[str] = (),
) -> Release:
    """Everything that is issued; Refused where the template has a fault."""
    contents = stored_text.read(draft.body)
    state = state_for(reader, catalogue, draft)
    document = composed(draft, state, contents, day)
    measures = _measures(reader, catalogue, draft, document, contents, state, day)
    foreword = ""
    if draft.corrects:
        foreword = foreword_of(reader.issued_document(draft.corrects), changes)
    return Release(
        draft=draft,
        state=state,
        document=document,
        measures=tuple(measures),
        changes=tuple(changes),
        data=_file(document, templates, foreword),
    )


def _file(document: Document, templates: Path, foreword: str) -> bytes:
    """The Word file; where its kind tells how many sheets the appendix has, made anew when they are counted."""
    data = issued(document, templates, foreword)
    sheets = sheets_of_appendix(data) if SHEETS in KINDS[document.kind].names else None
    return data if sheets is None else issued(document, templates, foreword, sheets)


def _measures(
    reader: Reader,
    catalogue: Catalogue,
    draft: DocumentDraft,
    document: Document,
    contents: Contents,
    state: DocumentState,
    day: dt.date,
) -> list[Measure]:
    """Those of its items; of a document that another one replaces they go on, those that it follows from stay there."""
    if not KINDS[draft.kind].decides:
        return []
    numbers = {item.key: item.number for item in document.every_item if item.key}
    made = measures_of(draft, numbers, items_of(contents), state.snapshot.organisations, catalogue, day)
    every = reader.measures(draft.territory)
    if draft.corrects:
        return continued(made, [m for m in every if m.document == draft.corrects])
    there = {m.item for m in every if draft.follows and m.document == draft.follows and m.kept}
    return [m for m in made if m.item not in there]


def foreword_of(replaced: IssuedDocument, changes: Sequence[str]) -> str:
    """«Взамен документа № 5 от 12.05.2023. Изменено: …»."""
    number = f" № {replaced.number}" if replaced.number else ""
    day = replaced.number_day or replaced.day
    what = " ".join(changes) or "Содержание пунктов прежнее."
    return f"Взамен документа{number} от {date_ru(day, 'digits')}. Что изменилось: {what}"


def keep(writer: Writer, catalogue: Catalogue, made: Release, sha256: str) -> IssuedDocument:
    """Keeps it; its bytes are stored under ``sha256`` already."""
    draft, snapshot = made.draft, made.state.snapshot
    frozen = freezing.freeze(
        writer,
        period=draft.period,
        territory=draft.territory,
        cohort=snapshot.cohort,
        body=made.state.text,
        catalogue=catalogue.text,
    )
    kind = KINDS[draft.kind]
    assert hashlib.sha256(made.data).hexdigest() == sha256
    paper = IssuedDocument(
        id="",
        draft=draft.id,
        version=draft.version,
        kind=draft.kind,
        period=draft.period,
        territory=draft.territory,
        audience=draft.audience,
        day=made.document.day,
        snapshot="",
        state="",
        body=draft.body,
        file_name=file_name(kind, Audience(draft.audience), draft.territory, draft.period),
        sha256=sha256,
        size=len(made.data),
        follows=draft.follows,
        corrects=draft.corrects,
        changes=made.changes,
        number="",
        number_day=None,
        author=writer.actor,
        at=draft.at,
    )
    return drafting.issue(writer, paper, frozen, made.measures, _footnotes(made.document))


def keep_adopted(
    writer: Writer, catalogue: Catalogue, paper: IssuedDocument, text: AdoptedText, data: bytes, sha256: str
) -> IssuedDocument:
    """Keeps the text that was adopted in the place of the issued one; the figures stay those that were issued."""
    reader = writer.reader
    frozen = reader.frozen(paper.snapshot)
    if frozen is None:
        raise WrongCall("Числа этого документа не сохранены. Проверьте хранилище командой verify.")
    draft = drafting.save_draft(writer, _adopting(paper, text))
    items, organisations = items_of(text.contents), snapshots.read(frozen.body).organisations
    made = measures_of(draft, text.numbers, items, organisations, catalogue, paper.day)
    measures = continued(made, [m for m in reader.measures(paper.territory) if m.document == paper.id])
    newer = replace(
        paper,
        draft=draft.id,
        version=draft.version,
        body=draft.body,
        sha256=sha256,
        size=len(data),
        corrects=paper.id,
        changes=text.changes,
    )
    footnotes = {n.code: (n.indicator, n.level, n.cohort) for n in reader.footnotes_of(paper.id)}
    return drafting.issue(writer, newer, frozen, measures, footnotes)


def _adopting(paper: IssuedDocument, text: AdoptedText) -> DocumentDraft:
    return DocumentDraft(
        id="",
        version=0,
        kind=paper.kind,
        period=paper.period,
        territory=paper.territory,
        audience=paper.audience,
        body=stored_text.text_of(text.contents),
        follows=paper.follows,
        corrects=paper.id,
        kept=True,
        change="принят правленый текст",
        author="",
        at=paper.at,
    )


def _footnotes(document: Document) -> Mapping[str, tuple[str, str, str]]:
    """What each code beside a figure stands for: indicator, level, cohort."""
    coverages = ((s.code, s.coverage) for s in document.every_statement)
    return {code: (c.indicator, c.level, c.cohort) for code, c in coverages if c is not None}


__all__ = ["Release", "composed", "foreword_of", "keep", "keep_adopted", "release", "state_for"]
