"""The dialogs of a draft: a new one, an item, several at once, what was found and is not in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace

import streamlit as st

from proforient.advice.due import NONE, due_in_time
from proforient.catalogue.entries import Deadline, DeadlineForm
from proforient.documents import drafts, editing, stored_text
from proforient.documents.contents import Contents, DraftItem
from proforient.documents.kinds import KINDS
from proforient.documents.posts import forms_of
from proforient.documents.record import Audience
from proforient.store import amending
from proforient.store.papers import DocumentDraft
from proforient.web import widgets
from proforient.web.sections.dialog import forget, reading
from proforient.web.sections.documents import cycle, gatherings, listing, office
from proforient.web.sections.documents.draft import new_draft
from proforient.web.sections.documents.saving import keep_draft, newest_version, save
from proforient.web.session import Session, current
from proforient.wording import capital
from proforient.wording.labels import one_line

OWN_ADDRESSEE = "…"
AS_IS = "as-is"
DUES: Mapping[str, str] = {
    "none": "не задан",
    "day": "до какого-то дня",
    "next_year": "в течение следующего года",
    "next_school_year": "в следующем учебном году",
    "years": "в какие-то годы",
    "school_year_start": "к началу учебного года",
    "after_collegium": "в течение какого-то срока после коллегии",
    "standing": "постоянно",
}
FORMS: tuple[DeadlineForm, ...] = (
    *("none", "day", "next_year", "next_school_year", "years", "school_year_start", "after_collegium", "standing"),
)
LINE = 90  # signs of a line of a field of choices
NOT_DRAFTED = frozenset({"sheet"})  # made for each organisation by itself


@st.dialog("Новый документ", width="medium", on_dismiss=forget)
def new_dialog(follows: str = "") -> None:
    here = current()
    with reading(here):
        papers = listing.read(here)
        kinds = [code for code in KINDS if code not in NOT_DRAFTED]
        kind: str = st.selectbox(
            "Какой документ", kinds, format_func=lambda code: KINDS[code].title, key="documents-kind"
        )
        audience: str = st.selectbox(
            "Для кого",
            list(listing.AUDIENCES),
            format_func=lambda code: listing.AUDIENCES[code],
            key="documents-audience",
        )
        options = ["", *(paper.id for paper in papers.issued)]
        named = {paper.id: listing.called(paper) for paper in papers.issued}
        after: str = st.selectbox(
            "Следует из документа",
            options,
            index=options.index(follows) if follows in options else 0,
            format_func=lambda number: named.get(number, "ни из какого"),
            key="documents-follows",
        )
        source = papers.named(after)
        if source is not None:
            widgets.caption("Пункты возьмутся из этого документа; меры по ним останутся за ним.")
        if st.button("Начать", type="primary", key="documents-new-do"):
            contents = stored_text.read(source.body) if source is not None else found_here(here)
            contents = editing.next_meeting(contents, _before(papers, kind))
            draft = replace(new_draft(here, kind, Audience(audience).value, contents), follows=after)
            keep_draft(here, draft, "Черновик начат: в нём всё, что нашёл анализ.", open_it=True)


def _before(papers: listing.Papers, kind: str) -> Contents | None:
    """What the territory's last document of that kind held."""
    return next((stored_text.read(paper.body) for paper in papers.issued if paper.kind == kind), None)


def found_here(here: Session) -> Contents:
    """What a new draft begins with: an item for each recommendation that is on."""
    today = here.reader.today(here.view.territory)
    return Contents(items=drafts.proposed(listing.state(here), today))


@st.dialog("Пункт документа", width="large", on_dismiss=forget)
def item_dialog(number: str, key: str) -> None:
    here = current()
    with reading(here):
        draft, contents = newest_version(here, number)
        item = next((i for i in drafts.items_of(contents) if i.key == key), None)
        name = f"item-{key or 'new'}"
        text = st.text_area(
            "Что сделать", value=item.text if item else "", key=f"{name}-text", max_chars=amending.LONGEST
        )
        addressee = _addressee(here, item, name)
        responsible = st.text_input(
            "Ответственный: должность или отдел, без фамилии",
            value=item.responsible if item else "",
            key=f"{name}-responsible",
            max_chars=amending.POST,
            placeholder="Например: методист по воспитательной работе",
        )
        deadline = _deadline(here, draft, item.deadline if item else None, name)
        answers = _answers(here, draft, item, name)
        organisations = _organisations(here, item, name)
        if st.button("Сохранить", type="primary", key="item-do"):
            if not text.strip():
                widgets.message("Что сделать: поле пустое. Впишите одну-две фразы.")
            elif not addressee.strip():
                widgets.message("Кому: впишите отдел или должность в дательном падеже.")
            elif deadline is None:
                widgets.message("Срок: день не выбран. Выберите день или другой вид срока.")
            else:
                made = DraftItem(
                    key=item.key if item else editing.new_key(contents),
                    text=text.strip(),
                    addressee=addressee.strip(),
                    responsible=responsible.strip(),
                    deadline=deadline,
                    answers=answers,
                    organisations=organisations,
                    action=item.action if item else "",
                )
                save(here, draft, editing.with_item(contents, made), item=made.key)


def _addressee(here: Session, item: DraftItem | None, name: str) -> str:
    known = {code: one.dative for code, one in here.catalogue.addressees.items()}
    known |= {capital(dative): capital(dative) for _, dative in forms_of(office.in_force(here)[0].posts).values()}
    codes = [*known, OWN_ADDRESSEE]
    start = codes.index(item.addressee) if item and item.addressee in known else len(known) if item else 0
    chosen: str = st.selectbox(
        "Кому",
        codes,
        index=start,
        format_func=lambda code: known.get(code, "другому отделу или должности"),
        key=f"{name}-addressee",
    )
    if chosen != OWN_ADDRESSEE:
        return chosen
    own = item.addressee if item and item.addressee not in known else ""
    return st.text_input(
        "Кому — своими словами, в дательном падеже",
        value=own,
        key=f"{name}-office",
        max_chars=amending.POST,
        placeholder="Например: отделу воспитательной работы",
    )


def _deadline(here: Session, draft: DocumentDraft, before: Deadline | None, name: str) -> Deadline | None:
    """None where a day is asked for and none was chosen."""
    options: dict[str, str] = {}
    if before is not None and before.form not in ("none", "day"):
        options[AS_IS] = f"как сейчас: {drafts.due_words(before)}"
    options |= DUES
    codes = list(options)
    start = codes.index("day") if before is not None and before.form == "day" else 0
    due: str = st.selectbox("Срок", codes, index=start, format_func=lambda code: options[code], key=f"{name}-due")
    if due == AS_IS:
        return before
    if due == "day":
        day = st.date_input(
            "До какого дня",
            value=before.date if before is not None else None,
            format="DD.MM.YYYY",
            key=f"{name}-day",
        )
        return Deadline(form="day", date=day) if isinstance(day, dt.date) else None
    if due == "years":
        return _years(here.reader.today(draft.territory), name)
    form = next(form for form in FORMS if form == due)
    ends = here.reader.period(draft.period, territory=draft.territory).ends
    months = _months(before, name) if form == "after_collegium" else None
    return due_in_time(Deadline(form=form, months=months), ends, here.reader.today(draft.territory))


def _years(today: dt.date, name: str) -> Deadline:
    """«в 2027–2028 годах»; a single year is «в течение 2027 года»."""
    left, right = st.columns(2)
    with left:
        first = int(st.number_input("С какого года", today.year, today.year + 20, today.year, key=f"{name}-from"))
    with right:
        last = int(st.number_input("По какой год", first, today.year + 21, first + 1, key=f"{name}-until"))
    return Deadline(form="year", year=first) if last == first else Deadline(form="years", year=first, until=last)


def _months(before: Deadline | None, name: str) -> int:
    old = before.months if before is not None and before.months else 1
    return int(st.number_input("Сколько месяцев после коллегии", 1, 24, old, key=f"{name}-months"))


def _answers(here: Session, draft: DocumentDraft, item: DraftItem | None, name: str) -> tuple[str, ...]:
    found = [found.code for found in listing.state(here).snapshot.problems]
    own_answers = item.answers if item else ()
    codes = list(dict.fromkeys([*found, *own_answers]))
    words = {code: here.catalogue.problems[code].text for code in codes if code in here.catalogue.problems}
    return tuple(
        st.multiselect(
            "На какие проблемы отвечает",
            list(words),
            default=[code for code in own_answers if code in words],
            format_func=lambda code: words[code],
            key=f"{name}-answers",
            placeholder="Выберите из найденных",
        )
    )


def _organisations(here: Session, item: DraftItem | None, name: str) -> tuple[str, ...]:
    return widgets.several(
        "Организации, которые назвать в пункте: они и отвечают за исполнение",
        {o.code: o.name for o in listing.state(here).snapshot.organisations},
        item.organisations if item else (),
        key=f"{name}-organisations",
        placeholder="Никого не называть",
    )


@st.dialog("Включить найденное", width="large", on_dismiss=forget)
def spare_dialog(number: str) -> None:
    here = current()
    with reading(here):
        draft, contents = newest_version(here, number)
        there = {item.key for item in drafts.items_of(contents)}
        today = here.reader.today(draft.territory)
        spare = {i.key: i for i in drafts.proposed(listing.state(here), today) if i.key not in there}
        if not spare:
            widgets.message("Всё найденное уже в документе.")
            return
        chosen = [key for key, item in spare.items() if st.checkbox(item.text, key=f"spare-{key}")]
        if st.button("Включить", type="primary", key="spare-do"):
            after = contents
            for key in chosen:
                after = editing.with_item(after, spare[key])
            if chosen:
                save(here, draft, after, item=chosen[0])
            else:
                widgets.message("Не отмечено ни одного пункта.")


@st.dialog("Ответственный и срок сразу", width="large", on_dismiss=forget)
def many_dialog(number: str) -> None:
    here = current()
    with reading(here):
        draft, contents = newest_version(here, number)
        items = {item.key: item for item in drafts.items_of(contents)}
        lines = one_line([f"{n}. {i.text}" for n, i in enumerate(items.values(), 1)], LINE, as_written=True)
        words = dict(zip(items, lines, strict=True))
        bare = [i.key for i in items.values() if not i.responsible or i.deadline.form == "none"]
        chosen = st.multiselect(
            "В каких пунктах", list(words), default=bare, format_func=lambda key: words[key], key="many-items"
        )
        responsible = st.text_input(
            "Ответственный: должность или отдел (пусто — не менять)",
            key="many-responsible",
            max_chars=amending.POST,
            placeholder="Например: методист по воспитательной работе",
        )
        set_due = st.checkbox("Задать срок", key="many-set")
        deadline = _deadline(here, draft, None, "many") if set_due else NONE
        if st.button("Записать", type="primary", key="many-do"):
            if deadline is None:
                widgets.message("Срок: день не выбран. Выберите день или другой вид срока.")
                return
            after = contents
            for key in chosen:
                item = items[key]
                due = deadline if set_due else item.deadline
                made = replace(item, responsible=responsible.strip() or item.responsible, deadline=due)
                after = editing.with_item(after, made)
            if after == contents:
                widgets.message("Менять нечего: выберите пункты и впишите ответственного или задайте срок.")
            else:
                save(here, draft, after)


DIALOGS: Mapping[str, Callable[..., None]] = {
    "new": new_dialog,
    "item": item_dialog,
    "spare": spare_dialog,
    "many": many_dialog,
    **gatherings.DIALOGS,
    "cycle": cycle.cycle_dialog,
    "office": office.office_dialog,
}
