"""The drafts that are not issued yet, and the registry of what was issued; both of the territory and the period."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import streamlit as st

from proforient.access.log_words import actor_name
from proforient.access.roles import Deed
from proforient.charts import marks
from proforient.charts.marks import Html
from proforient.documents.drafts import items_of
from proforient.documents.kinds import KINDS
from proforient.documents.measures import done_words
from proforient.documents.record import Audience
from proforient.documents.state import DocumentState, frozen_state
from proforient.documents.stored_text import read as contents_of
from proforient.store.papers import DocumentDraft, IssuedDocument, Measure
from proforient.web import lists, widgets
from proforient.web.cache import cached
from proforient.web.clock import day_ru
from proforient.web.sections.dialog import ask
from proforient.web.session import Session
from proforient.wording import counted, date_ru, period_name, typo, verb_form

WHAT = (
    "Здесь из найденных проблем и рекомендаций составляют письмо, протокол, решение. Каждая правка — новая версия; "
    "выпущенный документ хранится вместе с числами, а его пункты становятся мерами на странице «Исполнение»."
)
SHOWN = 20  # issued documents on one page of the registry
AUDIENCES = {
    Audience.OUTSIDE.value: "для организаций и всех: числа округлены",
    Audience.INTERNAL.value: "для управления: числа точные, организации названы",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Papers:
    """Of a territory: the drafts that are not issued, everything that was issued, the measures of all of it."""

    drafts: tuple[DocumentDraft, ...]
    issued: tuple[IssuedDocument, ...]
    measures: tuple[Measure, ...]

    def of(self, paper: IssuedDocument) -> list[Measure]:
        """The measures that stand in the document now."""
        return [m for m in self.measures if m.document == paper.id]

    def named(self, number: str) -> IssuedDocument | None:
        return next((paper for paper in self.issued if paper.id == number), None)

    def replacing(self, paper: IssuedDocument) -> IssuedDocument | None:
        """The document that corrects it."""
        return next((other for other in self.issued if other.corrects == paper.id), None)


def read(here: Session) -> Papers:
    territory = here.view.territory
    issued = tuple(p for p in here.reader.issued_documents(territory) if p.territory == territory)
    done = {paper.draft for paper in issued}
    drafts = (d for d in here.reader.drafts(territory) if d.territory == territory and d.id not in done)
    return Papers(drafts=tuple(drafts), issued=issued, measures=tuple(here.reader.measures(territory)))


@cached("territory", "period")
def state(here: Session) -> DocumentState:
    """What documents of the territory and period would state now."""
    assert here.view.territory is not None and here.view.period is not None
    whole = next(c.code for c in here.catalogue.cohorts.values() if c.part_of is None)
    return frozen_state(
        here.reader, here.catalogue, here.view.period, territory=here.view.territory, cohort=whole
    )  # fmt: skip


def title(kind: str) -> str:
    """What a document of that kind is called; of a kind that is no more its code."""
    return KINDS[kind].title if kind in KINDS else kind


def called(paper: IssuedDocument) -> str:
    """«Решение коллегии № 5 от 12.05.2023», «Решение коллегии от 12.05.2023, без номера»."""
    day = date_ru(paper.number_day or paper.day, "digits")
    return f"{title(paper.kind)} № {paper.number} от {day}" if paper.number else f"{title(paper.kind)} от {day}"


def finding(papers: Papers) -> str:
    """«Выпущено 2 документа, в работе 1 черновик»."""
    issued, drafts = len(papers.issued), len(papers.drafts)
    parts = []
    if issued:
        parts.append(f"{verb_form(issued, 'm', 'выпущен', '', '', 'выпущено')} {counted(issued, 'documents')}")
    if drafts:
        parts.append(f"в работе {counted(drafts, 'drafts')}")
    text = ", ".join(parts) or "документов ещё не составляли"
    return typo(text[0].upper() + text[1:])


def issued_list(here: Session, papers: Papers) -> None:
    """The button of a new one, drafts, the registry."""
    if here.may(Deed.DRAFT, here.view.territory):
        st.button("Новый документ…", type="primary", key="documents-new", on_click=ask, args=(here.mark, "new"))
    if papers.drafts:
        widgets.section("Черновики")
        widgets.link_list([_draft(here, one) for one in papers.drafts], label="Черновики")
    if papers.issued:
        widgets.section("Реестр выпущенных")
        _registry(here, papers)


def _registry(here: Session, papers: Papers) -> None:
    """What was issued, newest first, a page at a time; of many it is searched."""
    if len(papers.issued) > SHOWN or here.view.find:
        lists.search_field("Название, номер, дата, период")
    wanted = lists.matching(papers.issued, lambda paper: (called(paper), period_name(paper.period)))
    lists.head(len(wanted), len(papers.issued), by=("find",))
    if wanted:
        rows = [_row(papers, paper) for paper in lists.page_of(wanted, SHOWN)]
        widgets.show_html(marks.table(["Документ", "Период", "Связи", "Исполнение"], rows, css="pf-papers"))
        lists.pages(len(wanted), SHOWN)


def _draft(here: Session, draft: DocumentDraft) -> widgets.Choice:
    many = len(items_of(contents_of(draft.body)))
    facts = [
        period_name(draft.period),
        counted(many, "items"),
        f"версия {draft.version}",
        f"{actor_name(draft.author)}, {day_ru(draft.at, here.zone)}",
        "исправляет выпущенный" if draft.corrects else "",
    ]
    line = marks.tag("span", " · ".join(part for part in facts if part), "pf-line pf-quiet")
    changes = {"document": f"d{draft.id}", "period": draft.period}
    return widgets.Choice(text_html=marks.joined([marks.tag("b", title(draft.kind)), line]), changes=changes)


def _row(papers: Papers, paper: IssuedDocument) -> list[str | Html]:
    measures = papers.of(paper)
    name = widgets.link_html(called(paper), document=f"i{paper.id}", period=paper.period)
    number = "" if paper.number else marks.tag("span", "номер не вписан", "pf-blank")
    done = widgets.link_html(done_words(measures), page="measures", document=f"i{paper.id}") if measures else "—"
    return [
        marks.joined([name, marks.tag("small", number, "pf-line") if number else ""]),
        period_name(paper.period),
        marks.joined(marks.tag("span", text, "pf-line") for text in links_of(papers, paper)) or "—",
        done,
    ]


def links_of(papers: Papers, paper: IssuedDocument) -> Iterator[str]:
    """From which document it follows, which it corrects, which corrects it, which follow from it."""
    for words, number in (("следует из", paper.follows), ("взамен", paper.corrects)):
        found = papers.named(number)
        if found is not None:
            yield f"{words}: {called(found)}"
    newer = papers.replacing(paper)
    if newer is not None:
        yield f"заменён: {called(newer)}"
    yield from (f"по нему: {called(other)}" for other in papers.issued if other.follows == paper.id)


def draft_of(here: Session, papers: Papers) -> DocumentDraft | None:
    """The draft of the address «d12», where it is of the period that is looked at."""
    found = (one for one in papers.drafts if here.view.document == f"d{one.id}")
    return next((one for one in found if one.period == here.view.period), None)


def issued_of(here: Session, papers: Papers) -> IssuedDocument | None:
    """The issued document of the address «i31»."""
    return next((one for one in papers.issued if here.view.document == f"i{one.id}"), None)


def back() -> None:
    """The way back to the list."""
    widgets.show_html(marks.tag("p", widgets.link_html("‹ Все документы", document=None, item=None), "pf-back"))
