"""A draft at work: its items beside the chosen one, what is missing, the preview, its versions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import streamlit as st

from proforient.access.log_words import actor_name
from proforient.access.roles import Deed
from proforient.charts import marks
from proforient.charts.marks import Html
from proforient.documents import drafts, editing, stored_text
from proforient.documents.contents import Contents, DraftItem
from proforient.documents.issuing import issued
from proforient.documents.kinds import KINDS
from proforient.documents.lacking import MissingPart, in_one_line, lacks
from proforient.documents.preview import sheet_html
from proforient.documents.record import Document
from proforient.documents.releasing import composed
from proforient.documents.state import DocumentState
from proforient.documents.word_parts import PaperPart, blocks_of
from proforient.errors import ProforientError
from proforient.monitoring import now
from proforient.store import drafting
from proforient.store.papers import DocumentDraft
from proforient.web import widgets
from proforient.web.cache import cached
from proforient.web.clock import moment_ru
from proforient.web.sections import notice
from proforient.web.sections.dialog import act, ask
from proforient.web.sections.documents import listing
from proforient.web.session import Session, current, go
from proforient.wording import capital, counted, join, typo
from proforient.wording.labels import one_line

LINE = 150  # signs of an item in the list
MOST = 4  # places of what is missing that are named
TALL = 620  # pixels of the list
BLANK = {"responsible": "ответственный не назван", "deadline": "срок не задан", "answers": "без проблемы"}


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDraft:
    """A draft as the page shows it; ``spare``: what is proposed and not in it; ``names`` of organisations by code."""

    draft: DocumentDraft
    contents: Contents
    versions: tuple[DocumentDraft, ...]
    state: DocumentState
    document: Document
    missing: tuple[MissingPart, ...]
    spare: tuple[DraftItem, ...]
    chosen: DraftItem | None
    names: Mapping[str, str]
    today: dt.date

    @property
    def items(self) -> tuple[DraftItem, ...]:
        return drafts.items_of(self.contents)

    @property
    def numbers(self) -> dict[str, str]:
        """By key, in the order of the document, as it numbers them; what it leaves out comes last, without a number."""
        numbers = {item.key: item.number for item in self.document.every_item if item.key}
        return numbers | {item.key: "—" for item in self.items if item.key not in numbers}

    @property
    def in_turn(self) -> list[DraftItem]:
        """The items in the order of the document."""
        by_key = {item.key: item for item in self.items}
        return [by_key[key] for key in self.numbers if key in by_key]

    def neighbour(self, item: DraftItem, step: int) -> DraftItem | None:
        """The one before (-1) or after (1) it in the same group of the document."""
        turn, numbers = self.in_turn, self.numbers
        at = turn.index(item) + step
        if not 0 <= at < len(turn):
            return None
        group = [numbers[one.key].rpartition(".")[0] for one in (item, turn[at])]
        return turn[at] if group[0] == group[1] else None


def read(here: Session, draft: DocumentDraft) -> OpenDraft:
    state, today = listing.state(here), here.reader.today(draft.territory)
    contents = stored_text.read(draft.body)
    document = composed(draft, state, contents, today)
    items = drafts.items_of(contents)
    there = {item.key for item in items}
    return OpenDraft(
        draft=draft,
        contents=contents,
        versions=tuple(here.reader.draft_versions(draft.id)),
        state=state,
        document=document,
        missing=tuple(lacks(contents, document.problems, today)),
        spare=tuple(item for item in drafts.proposed(state, today) if item.key not in there),
        chosen=_chosen(here, items, document),
        names={o.code: o.name for o in state.snapshot.organisations},
        today=today,
    )


def _chosen(here: Session, items: Sequence[DraftItem], document: Document) -> DraftItem | None:
    """The one of the address, else the first of the document."""
    by_key = {item.key: item for item in items}
    first = next((item.key for item in document.every_item if item.key in by_key), next(iter(by_key), ""))
    return by_key.get(here.view.item or "", by_key.get(first))


def heading(shown: OpenDraft) -> None:
    """What it is, and in one line what it lacks."""
    draft = shown.draft
    widgets.finding(typo(f"{listing.title(draft.kind)}: черновик, {counted(len(shown.items), 'items')}"))
    notice.show()
    widgets.lead(typo(in_one_line(shown.missing)))


def about(here: Session, shown: OpenDraft, papers: listing.Papers) -> None:
    """For whom it is, which version, what it follows from."""
    draft = shown.draft
    facts = [
        capital(listing.AUDIENCES[draft.audience]),
        f"версия {draft.version}: {actor_name(draft.author)}, {moment_ru(draft.at, here.zone)}",
    ]
    for words, number in (("следует из", draft.follows), ("исправляет", draft.corrects)):
        paper = papers.named(number)
        if paper is not None:
            facts.append(f"{words}: {listing.called(paper)}")
    widgets.caption(typo(" · ".join(facts)))


def buttons(here: Session, shown: OpenDraft) -> None:
    """What can be done with the whole of it."""
    number, mark = shown.draft.id, here.mark
    with st.container(horizontal=True, key="draft-buttons"):
        if here.may(Deed.ISSUE, shown.draft.territory):
            st.button("Выпустить…", type="primary", key="draft-issue", on_click=ask, args=(mark, "issue", number))
        if not here.may(Deed.DRAFT, shown.draft.territory):
            return
        st.button("Добавить пункт…", key="draft-own", on_click=ask, args=(mark, "item", number, ""))
        if shown.spare:
            st.button("Включить найденное…", key="draft-spare", on_click=ask, args=(mark, "spare", number))
        if shown.items:
            st.button("Ответственный и срок сразу…", key="draft-many", on_click=ask, args=(mark, "many", number))
        if KINDS[shown.draft.kind].about == "meeting":
            st.button("Заседание…", key="draft-meeting", on_click=ask, args=(mark, "meeting", number))
        if KINDS[shown.draft.kind].about == "conference":
            st.button("Конференция…", key="draft-conference", on_click=ask, args=(mark, "conference", number))
            st.button("Практики…", key="draft-practices", on_click=ask, args=(mark, "practices", number))
        if KINDS[shown.draft.kind].about == "cycle":
            st.button("Система работы…", key="draft-cycle", on_click=ask, args=(mark, "cycle", number))
        st.button("Убрать черновик", key="draft-away", on_click=_away, args=(mark, number, shown.draft.version))


def choose(here: Session, shown: OpenDraft) -> None:
    """The items in their order, which moves within itself; on a phone a select box."""
    with st.container(key="wide-items"), st.container(height=TALL, border=False):
        widgets.link_list(list(_entries(here, shown)), label="Пункты")
    with st.container(key="narrow-items"):
        words = {item.key: f"{shown.numbers[item.key]}. {item.text}" for item in shown.in_turn}
        usual = shown.chosen.key if shown.chosen else ""
        widgets.choose("item", "Пункт", widgets.choice_labels(words), usual=usual)


def _entries(here: Session, shown: OpenDraft) -> Iterator[widgets.Choice]:
    """Under headings by addressee, as the document has them."""
    before, numbers = "", shown.numbers
    for item in shown.in_turn:
        if item.addressee != before:
            yield widgets.Choice(heading=drafts.addressee_name(item.addressee, here.catalogue))
            before = item.addressee
        yield _entry(shown, numbers[item.key], item)


def _entry(shown: OpenDraft, number: str, item: DraftItem) -> widgets.Choice:
    (text,) = one_line([item.text], LINE, as_written=True)
    lines = [_blank_or(item.responsible, "responsible"), _blank_or(_due(item), "deadline")]
    if not item.answers:
        lines.append(marks.tag("span", BLANK["answers"], "pf-blank"))
    line = marks.tag("span", marks.joined(lines, " · "), "pf-line pf-quiet")
    return widgets.Choice(
        text_html=marks.joined([text, line]),
        mark=number,
        changes={"item": item.key},
        selected=shown.chosen is not None and shown.chosen.key == item.key,
    )


def _blank_or(words: str, what: str) -> Html:
    return marks.html(words) if words else marks.tag("span", BLANK[what], "pf-blank")


def _due(item: DraftItem) -> str:
    return "" if item.deadline.form == "none" else drafts.due_words(item.deadline)


def one(here: Session, shown: OpenDraft) -> None:
    """The chosen item with its empty places, and what can be done with it."""
    item = shown.chosen
    if item is None:
        widgets.caption("В документе ещё нет пунктов: добавьте свой или включите найденное.")
        return
    widgets.section(f"{shown.numbers[item.key]}. {item.text}")
    widgets.show_html(marks.tag("dl", marks.joined(_facts(here, shown, item)), "pf-facts"))
    if not here.may(Deed.DRAFT, shown.draft.territory):
        return
    about = (here.mark, shown.draft.id, shown.draft.version, item.key)
    with st.container(horizontal=True, key="item-buttons"):
        details = (here.mark, "item", shown.draft.id, item.key)
        st.button("Изменить пункт…", key="item-edit", on_click=ask, args=details)
        for label, key, step in (("Выше", "item-up", -1), ("Ниже", "item-down", 1)):
            other = shown.neighbour(item, step)
            place = shown.items.index(other) + 1 if other is not None else 0
            st.button(label, key=key, on_click=_move, args=(*about, place), disabled=other is None)
        st.button("Убрать из документа", key="item-out", on_click=_out, args=about)


def _facts(here: Session, shown: OpenDraft, item: DraftItem) -> Iterator[Html]:
    yield _fact("Кому", marks.html(drafts.addressee_name(item.addressee, here.catalogue)))
    yield _fact("Ответственный", _blank_or(item.responsible, "responsible"))
    yield _fact("Срок", _blank_or(_due(item), "deadline"))
    problems = [here.catalogue.problems[code].text for code in item.answers if code in here.catalogue.problems]
    problem_lines = marks.joined(marks.tag("span", text, "pf-line") for text in problems)
    yield _fact("Отвечает на", problem_lines if problems else marks.tag("span", "ни на одну проблему", "pf-blank"))
    named = [shown.names.get(code, code) for code in item.organisations]
    if named:
        yield _fact("Организации", marks.html(join(named)))
    yield _fact("Откуда", marks.html("рекомендация, найденная по числам" if item.action else "свой пункт"))


def _fact(name: str, value: Html) -> Html:
    return marks.joined([marks.tag("dt", name), marks.tag("dd", value)])


def missing(shown: OpenDraft) -> None:
    """Everything that is counted before issue, with where it is."""
    if not shown.missing:
        return
    widgets.section("Чего не хватает")
    rows: list[list[str | Html]] = [[part.text, _where(part)] for part in shown.missing]
    widgets.show_html(marks.table(["Что", "Где"], rows))


def _where(part: MissingPart) -> Html:
    """The first places, each of an item with its address, and how many more there are."""
    keys = part.keys or ("",) * len(part.where)
    first = list(zip(keys, part.where, strict=True))[:MOST]
    lines = [widgets.link_html(text, item=key) if key else marks.html(text) for key, text in first]
    if len(part.where) > MOST:
        lines.append(marks.html(f"и ещё {len(part.where) - MOST}"))
    return marks.joined(marks.tag("span", line, "pf-line") for line in lines) if lines else marks.html("—")


def preview(here: Session, shown: OpenDraft) -> None:
    """The document as Word would have it."""
    widgets.section("Предпросмотр")
    try:
        blocks = _blocks(here, shown.draft.kind, shown.draft.audience, shown.draft.body, shown.today)
    except ProforientError as error:
        widgets.message(str(error), heading="Шаблон документа не подходит")
        return
    widgets.show_html(sheet_html(blocks))


@cached("territory", "period")
def _blocks(here: Session, kind: str, audience: str, body: str, day: dt.date) -> Sequence[PaperPart]:
    draft = _as_draft(here, kind, audience, body)
    document = composed(draft, listing.state(here), stored_text.read(body), day)
    return blocks_of(issued(document, here.settings.templates))


def _as_draft(here: Session, kind: str, audience: str, body: str) -> DocumentDraft:
    return DocumentDraft(
        id="",
        version=0,
        kind=kind,
        period=here.view.period or "",
        territory=here.view.territory or "",
        audience=audience,
        body=body,
        follows="",
        corrects="",
        kept=True,
        change="",
        author=here.person.login,
        at=now(),
    )


def new_draft(here: Session, kind: str, audience: str, contents: Contents) -> DocumentDraft:
    """A draft that nobody has saved yet."""
    assert kind in KINDS
    return replace(_as_draft(here, kind, audience, stored_text.text_of(contents)), change="начат")


def history(here: Session, shown: OpenDraft) -> None:
    """Every version, newest first, what it changed, and the way back to it."""
    with st.expander(f"Версии: {len(shown.versions)}"):
        rows: list[list[str | Html]] = [
            [str(v.version), f"{actor_name(v.author)}, {moment_ru(v.at, here.zone)}", v.change] for v in shown.versions
        ]
        widgets.show_html(marks.table(["Версия", "Кто и когда", "Что изменено"], rows))
        if len(shown.versions) > 1 and here.may(Deed.DRAFT, shown.draft.territory):
            older = [v.version for v in shown.versions[1:]]
            with st.container(horizontal=True, vertical_alignment="bottom"):
                chosen: int = st.selectbox(
                    "Вернуться к версии", older, key="draft-older", format_func=lambda v: f"версия {v}"
                )
                about = (here.mark, shown.draft.id, shown.draft.version, chosen)
                st.button("Вернуть", key="draft-back", on_click=_back, args=about)


def newest(here: Session, number: str) -> DocumentDraft:
    """Read apart: in a callback the page's own transaction may just be ending."""
    with here.store.read() as reader:
        return reader.draft_versions(number)[0]


def change_words(here: Session, before: Contents, after: Contents) -> str:
    """What a version changed, for the list of versions and the log."""
    with here.store.read() as reader:
        names = reader.roster().names
    return editing.in_brief(drafts.changes(before, after, here.catalogue, names)) or "без изменений"


def put(here: Session, number: str, version: int, after: Contents, *, mark: int, click: str) -> None:
    """Keep a new version in a callback and say on the next drawing why not, where it was refused."""
    draft = newest(here, number)
    changes = change_words(here, stored_text.read(draft.body), after)
    made = replace(draft, version=version, body=stored_text.text_of(after), change=changes)
    refused = act(
        here,
        Deed.DRAFT,
        lambda writer: drafting.save_draft(writer, made),
        draft.territory,
        mark=mark,
        click=(click, number),
        figures=False,
    )
    notice.say(refused or changes)


def _move(mark: int, number: str, version: int, key: str, place: int) -> None:
    here = current()
    contents = stored_text.read(newest(here, number).body)
    if any(item.key == key for item in drafts.items_of(contents)):
        put(here, number, version, editing.moved_item(contents, key, place), mark=mark, click="move")
    go(item=key)


def _out(mark: int, number: str, version: int, key: str) -> None:
    here = current()
    contents = stored_text.read(newest(here, number).body)
    put(here, number, version, editing.without_item(contents, key), mark=mark, click="out")


def _back(mark: int, number: str, version: int, older: int) -> None:
    here = current()
    with here.store.read() as reader:
        found = next((v for v in reader.draft_versions(number) if v.version == older), None)
    if found is not None:
        put(here, number, version, stored_text.read(found.body), mark=mark, click="back")


def _away(mark: int, number: str, version: int) -> None:
    here = current()
    draft = newest(here, number)
    made = replace(draft, version=version, kept=False, change="черновик убран")
    refused = act(
        here,
        Deed.DRAFT,
        lambda writer: drafting.save_draft(writer, made),
        draft.territory,
        mark=mark,
        click=("away", number),
        figures=False,
    )
    notice.say(refused or "Черновик убран. Его версии остались в журнале.")
    if not refused:
        go(document=None, item=None)
