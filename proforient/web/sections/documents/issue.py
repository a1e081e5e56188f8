"""Issuing a draft, and an issued document: its file, its number, what replaces it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial

import streamlit as st

from proforient.access.log_words import actor_name
from proforient.access.roles import Deed, demand
from proforient.charts import marks
from proforient.charts.marks import Html
from proforient.documents import drafts, stored_text
from proforient.documents.lacking import lacks
from proforient.documents.measures import GLYPHS, STATES, done_words, due_of
from proforient.documents.numbering import NUMBERED, numbered_file
from proforient.documents.pdf import as_pdf, why_not
from proforient.documents.preview import sheet_html
from proforient.documents.releasing import composed, keep, release
from proforient.documents.word_parts import PaperPart, blocks_of
from proforient.errors import ProforientError
from proforient.store import drafting
from proforient.store.papers import IssuedDocument
from proforient.web import widgets
from proforient.web.cache import cached
from proforient.web.clock import moment_ru
from proforient.web.fonts import base
from proforient.web.sections import notice
from proforient.web.sections.dialog import act, ask, finish, forget, reading
from proforient.web.sections.documents import listing
from proforient.web.sections.documents.saving import keep_issued
from proforient.web.sections.late import handed_in_after
from proforient.web.session import Session, current, go
from proforient.wording import NB, capital, date_ru, period_name, typo

_FILLED_AT_ONCE = frozenset({"responsible", "deadline"})  # what a dialog of the draft fills for many items


@st.dialog("Выпустить документ", width="large", on_dismiss=forget)
def issue_dialog(number: str) -> None:
    here = current()
    with reading(here):
        draft = here.reader.draft_versions(number)[0]
        contents = stored_text.read(draft.body)
        chosen = st.date_input(
            "День документа", value=here.reader.today(draft.territory), format="DD.MM.YYYY", key="issue-day"
        )
        day = chosen if isinstance(chosen, dt.date) else here.reader.today(draft.territory)
        document = composed(draft, listing.state(here), contents, day)
        missing = lacks(contents, document.problems, day)
        if missing:
            lines = marks.joined(marks.tag("li", part.text) for part in missing)
            widgets.show_html(marks.joined([marks.tag("p", "Не хватает:"), marks.tag("ul", lines)]))
            if _FILLED_AT_ONCE & {part.code for part in missing}:
                st.button(
                    "Задать ответственного и срок…", key="issue-fill", on_click=ask, args=(here.mark, "many", number)
                )
        else:
            widgets.show_html(marks.tag("p", "Всё заполнено."))
        changes = _changes(here, draft.corrects, draft.body, {i.key: i.number for i in document.every_item if i.key})
        if draft.corrects:
            typed = st.text_area(
                "Что изменилось: это встанет в начало документа", "\n".join(changes), key="issue-changes"
            )
            changes = [line.strip() for line in typed.splitlines() if line.strip()]
        widgets.caption("Номер впишете, когда его даст канцелярия. Каждый пункт станет мерой на странице «Исполнение».")
        label = "Выпустить с пропусками" if missing else "Выпустить"
        if st.button(label, type="primary", key="issue-do"):
            _issue(here, number, day, changes)


def _changes(here: Session, corrects: str, body: str, numbers: Mapping[str, str]) -> list[str]:
    """What the draft changes of the document that it corrects; nothing where it corrects none."""
    if not corrects:
        return []
    paper = here.reader.issued_document(corrects)
    old = {m.item: m.number for m in here.reader.measures(paper.territory) if m.document == corrects}
    names = here.reader.roster().names
    return drafts.changes(stored_text.read(paper.body), stored_text.read(body), here.catalogue, names, (old, numbers))


def _issue(here: Session, number: str, day: dt.date, changes: list[str]) -> None:
    try:
        with here.store.read() as reader:
            draft = reader.draft_versions(number)[0]
            demand(here.person, Deed.ISSUE, draft.territory)
            made = release(
                reader, here.catalogue, draft, day=day, templates=here.settings.templates, changes=changes
            )  # fmt: skip
    except ProforientError as error:
        widgets.message(str(error))
        return
    keep_issued(
        here,
        made.data,
        lambda writer, sha256: keep(writer, here.catalogue, made, sha256),
        "Документ выпущен: файл и числа сохранены, пункты стали мерами.",
        draft.territory,
    )


def heading(paper: IssuedDocument) -> None:
    widgets.finding(typo(listing.called(paper)))
    notice.show()


def facts(here: Session, papers: listing.Papers, paper: IssuedDocument) -> None:
    """What is known of it, as a list of terms."""
    widgets.show_html(marks.tag("dl", marks.joined(_facts(here, papers, paper)), "pf-facts"))


def _facts(here: Session, papers: listing.Papers, paper: IssuedDocument) -> Iterator[Html]:
    def fact(name: str, value: str | Html) -> Html:
        return marks.joined([marks.tag("dt", name), marks.tag("dd", value)])

    number = f"№ {paper.number}" if paper.number else marks.tag("span", "ещё не дан", "pf-blank")
    yield fact("Номер", number)
    yield fact("День", date_ru(paper.number_day or paper.day))
    yield fact("Для кого", capital(listing.AUDIENCES[paper.audience]))
    yield fact("Числа", f"{period_name(paper.period)}, снимок {paper.state[:12]}")
    yield fact("Выпустил", f"{actor_name(paper.author)}, {moment_ru(paper.at, here.zone)}")
    if late := handed_in_after(here, paper.period, paper.territory, paper.at):
        yield fact("После выпуска сданы", marks.joined(marks.tag("span", text, "pf-line") for text in late))
    links = list(listing.links_of(papers, paper))
    if links:
        yield fact("Связи", marks.joined(marks.tag("span", capital(text), "pf-line") for text in links))
    if paper.changes:
        yield fact("Что изменено", marks.joined(marks.tag("span", text, "pf-line") for text in paper.changes))


def buttons(here: Session, papers: listing.Papers, paper: IssuedDocument) -> None:
    """The file, the number, what may follow."""
    with st.container(horizontal=True, key="paper-buttons"):
        st.download_button(
            "Скачать Word",
            partial(_file, here, paper),
            file_name=paper.file_name,
            icon=":material/download:",
            key=f"paper-file-{paper.id}",
            on_click="ignore",
        )
        why = why_not()
        st.download_button(
            "Скачать PDF",
            partial(_pdf, here, paper),
            file_name=paper.file_name.removesuffix("docx") + "pdf",
            icon=":material/download:",
            key=f"paper-pdf-{paper.id}",
            on_click="ignore",
            disabled=bool(why),
            help=typo(why) or None,
        )
        if not here.may(Deed.ISSUE, paper.territory):
            return
        st.button("Номер и дата…", key="paper-number", on_click=ask, args=(here.mark, "number", paper.id))
        if papers.replacing(paper) is None:
            st.button("Исправить", key="paper-correct", on_click=_correct, args=(here.mark, paper.id))
            st.button(
                "Загрузить правленый Word…", key="paper-edited", on_click=ask, args=(here.mark, "adopt", paper.id)
            )
        st.button("Следующий документ…", key="paper-next", on_click=ask, args=(here.mark, "new", paper.id))


def _file(here: Session, paper: IssuedDocument) -> bytes:
    demand(here.person, Deed.DRAFT, paper.territory)
    return _filled(here, paper.kind, paper.sha256, paper.number, paper.number_day or paper.day)


def _pdf(here: Session, paper: IssuedDocument) -> bytes:
    return as_pdf(_file(here, paper), "docx")


def _filled(here: Session, kind: str, sha256: str, number: str, day: dt.date) -> bytes:
    """The kept file with the number that the office has given."""
    data = here.store.get_file(sha256)
    return numbered_file(data, number, day) if number and kind in NUMBERED else data


def _correct(mark: int, number: str) -> None:
    """A callback: a draft that begins with what the document says and is going to replace it."""
    here = current()
    from proforient.web.sections.documents.draft import new_draft

    with here.store.read() as reader:
        paper = reader.issued_document(number)
    made = replace(
        new_draft(here, paper.kind, paper.audience, stored_text.read(paper.body)),
        period=paper.period,
        territory=paper.territory,
        corrects=paper.id,
        follows=paper.follows,
        change=f"исправление: {listing.called(paper)}",
    )
    new_drafts: list[str] = []
    refused = act(
        here,
        Deed.DRAFT,
        lambda writer: new_drafts.append(drafting.save_draft(writer, made).id),
        paper.territory,
        mark=mark,
        click=("correct", number),
        figures=False,
    )
    notice.say(refused or "Начат исправленный документ. Выпущенный остаётся в реестре, пока не выпущен новый.")
    if new_drafts:
        go(document=f"d{new_drafts[0]}", item=None)


@st.dialog("Номер и дата", on_dismiss=forget)
def number_dialog(number: str) -> None:
    here = current()
    with reading(here):
        paper = here.reader.issued_document(number)
        given = st.text_input(
            "Номер", value=paper.number, key="number-number", max_chars=drafting.NUMBER, placeholder="Например: 837/1"
        )
        day = st.date_input("Дата", value=paper.number_day or paper.day, format="DD.MM.YYYY", key="number-day")
        if st.button("Записать", type="primary", key="number-do"):
            when = day if isinstance(day, dt.date) else None
            finish(
                here,
                Deed.ISSUE,
                lambda writer: drafting.give_number(writer, number, given, when),
                "Номер записан.",
                paper.territory,
                figures=False,
            )


def measures(papers: listing.Papers, paper: IssuedDocument) -> None:
    """What became of its items."""
    found = papers.of(paper)
    if not found:
        return
    widgets.section(typo(f"Исполнение: {done_words(found)}"))
    rows: list[list[str | Html]] = [
        [m.number, widgets.link_html(m.text, page="measures", document=f"i{paper.id}", item=m.id), due_of(m),
         f"{GLYPHS[m.state]}{NB}{STATES[m.state].replace(' ', NB)}"]
        for m in sorted(found, key=lambda m: m.place)  # order: places in the document
    ]  # fmt: skip
    widgets.show_html(marks.table(["Пункт", "Что сделать", "Срок", "Состояние"], rows))


def sheet(here: Session, paper: IssuedDocument) -> None:
    """The file as it reads now."""
    widgets.section("Текст документа")
    about = (paper.kind, paper.sha256, paper.number, paper.number_day or paper.day)
    try:
        widgets.show_html(sheet_html(_blocks(here, *about), f"{base()}/f/"))
    except ProforientError as error:
        widgets.message(str(error))


@cached()
def _blocks(here: Session, kind: str, sha256: str, number: str, day: dt.date) -> list[PaperPart]:
    return blocks_of(_filled(here, kind, sha256, number, day))
