"""The dialogs of a draft: a new one, an item, several at once, what was found and is not in it, the meeting."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from proforient.access.roles import Deed
from proforient.advice.due import NONE, due_in_time
from proforient.catalogue.entries import Deadline, DeadlineForm
from proforient.documents import drafts, editing, stored
from proforient.documents.contents import (
    AgendaPoint,
    Conference,
    Contents,
    DraftItem,
    Meeting,
    Platform,
    Practice,
    Review,
    Votes,
)
from proforient.documents.kinds import KINDS
from proforient.documents.practices import REVIEWS
from proforient.documents.record import Audience
from proforient.store import amending, drafting
from proforient.store.papers import DocumentDraft
from proforient.web import widgets
from proforient.web.sections.dialog import finish, forget, reading
from proforient.web.sections.documents import listing
from proforient.web.sections.documents.draft import begun, change_words
from proforient.web.session import Session, current, go
from proforient.wording import typo
from proforient.wording.labels import one_line
from proforient.wording.order import by_name

OWN_ADDRESSEE = "…"
AS_IS = "as-is"
DUES: Mapping[str, str] = {
    "none": "не задан",
    "day": "до какого-то дня",
    "next_year": "в течение следующего года",
    "next_school_year": "в следующем учебном году",
    "school_year_start": "к началу учебного года",
    "after_collegium": "в течение месяца после коллегии",
    "standing": "постоянно",
}
FORMS: tuple[DeadlineForm, ...] = (
    *("none", "day", "next_year", "next_school_year", "school_year_start", "after_collegium", "standing"),
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
            contents = stored.read(source.body) if source is not None else _found(here)
            draft = replace(begun(here, kind, Audience(audience).value, contents), follows=after)
            keep_draft(here, draft, "Черновик начат: в нём всё, что нашёл анализ.", open_it=True)


def _found(here: Session) -> Contents:
    today = here.reader.today(here.view.territory)
    return Contents(items=drafts.proposed(listing.state(here), today))


def keep_draft(here: Session, draft: DocumentDraft, said: str, *, open_it: bool = False, item: str = "") -> None:
    """Save as a new version, close the dialog; or say in it why not."""
    kept: list[DocumentDraft] = []

    def after() -> None:
        if open_it and kept:
            go(document=f"d{kept[0].id}", item=None)
        elif item:
            go(item=item)

    finish(
        here,
        Deed.DRAFT,
        lambda writer: kept.append(drafting.save_draft(writer, draft)),
        typo(said),
        draft.territory,
        figures=False,
        then=after,
    )


def _opened(here: Session, number: str) -> tuple[DocumentDraft, Contents]:
    draft = here.reader.draft_versions(number)[0]
    return draft, stored.read(draft.body)


def _changed(here: Session, draft: DocumentDraft, after: Contents, *, item: str = "") -> None:
    told = change_words(here, stored.read(draft.body), after)
    keep_draft(here, replace(draft, body=stored.text_of(after), change=told), told, item=item)


@st.dialog("Пункт документа", width="large", on_dismiss=forget)
def item_dialog(number: str, key: str) -> None:
    here = current()
    with reading(here):
        draft, contents = _opened(here, number)
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
                _changed(here, draft, editing.with_item(contents, made), item=made.key)


def _addressee(here: Session, item: DraftItem | None, name: str) -> str:
    known = here.catalogue.addressees
    codes = [*known, OWN_ADDRESSEE]
    start = codes.index(item.addressee) if item and item.addressee in known else len(known) if item else 0
    chosen: str = st.selectbox(
        "Кому",
        codes,
        index=start,
        format_func=lambda code: known[code].dative if code in known else "другому отделу или должности",
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
    form = next(form for form in FORMS if form == due)
    ends = here.reader.period(draft.period, territory=draft.territory).ends
    return due_in_time(Deadline(form=form), ends, here.reader.today(draft.territory))


def _answers(here: Session, draft: DocumentDraft, item: DraftItem | None, name: str) -> tuple[str, ...]:
    found = [found.code for found in listing.state(here).snapshot.problems]
    kept = item.answers if item else ()
    codes = list(dict.fromkeys([*found, *kept]))
    words = {code: here.catalogue.problems[code].text for code in codes if code in here.catalogue.problems}
    return tuple(
        st.multiselect(
            "На какие проблемы отвечает",
            list(words),
            default=[code for code in kept if code in words],
            format_func=lambda code: words[code],
            key=f"{name}-answers",
            placeholder="Выберите из найденных",
        )
    )


def _organisations(here: Session, item: DraftItem | None, name: str) -> tuple[str, ...]:
    names = {o.code: o.name for o in listing.state(here).snapshot.organisations}
    kept = [code for code in (item.organisations if item else ()) if code in names]
    return tuple(
        st.multiselect(
            "Организации, которые назвать в пункте: они и отвечают за исполнение",
            by_name(names, names),
            default=kept,
            format_func=lambda code: names[code],
            key=f"{name}-organisations",
            placeholder="Никого не называть",
        )
    )


@st.dialog("Включить найденное", width="large", on_dismiss=forget)
def spare_dialog(number: str) -> None:
    here = current()
    with reading(here):
        draft, contents = _opened(here, number)
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
                _changed(here, draft, after, item=chosen[0])
            else:
                widgets.message("Не отмечено ни одного пункта.")


@st.dialog("Ответственный и срок сразу", width="large", on_dismiss=forget)
def many_dialog(number: str) -> None:
    here = current()
    with reading(here):
        draft, contents = _opened(here, number)
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
                _changed(here, draft, after)


@st.dialog("Заседание", width="large", on_dismiss=forget)
def meeting_dialog(number: str) -> None:
    here = current()
    with reading(here):
        draft, contents = _opened(here, number)
        old = contents.meeting
        widgets.caption("Людей называют по должностям: фамилии вписывают в Word от руки.")
        left, right = st.columns(2)
        with left:
            given = st.text_input("Номер", value=old.number, key="meeting-number", max_chars=amending.POST)
            day = st.date_input("День", value=old.day, format="DD.MM.YYYY", key="meeting-day")
            place = st.text_input("Место", value=old.place, key="meeting-place", max_chars=amending.POST)
            theme = st.text_input("Тема", value=old.theme, key="meeting-theme", max_chars=amending.LONGEST)
        with right:
            chair = st.text_input("Председатель: должность", value=old.chair, key="meeting-chair")
            secretary = st.text_input("Секретарь: должность", value=old.secretary, key="meeting-secretary")
            present = _lines("Присутствовали: должности, по одной в строке", old.present, "meeting-present")
            invited = _lines("Приглашены: должности, по одной в строке", old.invited, "meeting-invited")
        points = [f"{p.question} | {p.speaker}".removesuffix(" | ") for p in old.agenda]
        agenda = _lines("Повестка, по вопросу в строке: О … | должность докладчика", points, "meeting-agenda")
        heard = _lines("Рассмотрели, по одному в строке", old.heard, "meeting-heard")
        considering = _lines("Приняли во внимание, по одному в строке", old.considering, "meeting-considering")
        votes = _votes(old.votes)
        if st.button("Сохранить", type="primary", key="meeting-do"):
            made = replace(
                old,
                number=given.strip(),
                day=day if isinstance(day, dt.date) else None,
                place=place.strip(),
                theme=theme.strip(),
                chair=chair.strip(),
                secretary=secretary.strip(),
                present=present,
                invited=invited,
                agenda=tuple(_point(line, old) for line in agenda),
                heard=heard,
                considering=considering,
                votes=votes,
            )
            _changed(here, draft, replace(contents, meeting=made))


def _lines(label: str, given: Sequence[str], key: str) -> tuple[str, ...]:
    typed = st.text_area(label, value="\n".join(given), key=key, height=90)
    return tuple(line.strip() for line in typed.splitlines() if line.strip())


def _point(line: str, old: Meeting) -> AgendaPoint:
    question, _, speaker = line.partition("|")
    before = next((p for p in old.agenda if p.question == question.strip()), AgendaPoint(question=""))
    return replace(before, question=question.strip(), speaker=speaker.strip())


def _votes(old: Votes) -> Votes:
    columns = st.columns(3)
    told: dict[str, int | None] = {}
    for column, (field, label) in zip(
        columns, (("yes", "За"), ("no", "Против"), ("abstained", "Воздержались")), strict=True
    ):
        with column:
            found: Any = st.number_input(label, 0, 999, getattr(old, field), key=f"meeting-{field}", step=1)
            told[field] = None if found is None else int(found)
    return Votes(yes=told["yes"], no=told["no"], abstained=told["abstained"])


@st.dialog("Конференция", width="large", on_dismiss=forget)
def conference_dialog(number: str) -> None:
    here = current()
    with reading(here):
        draft, contents = _opened(here, number)
        old = contents.conference
        fields = {
            "name": "Название",
            "theme": "Тема",
            "place": "Место",
            "organiser": "Организатор",
            "programme": "В рамках какой программы",
            "purpose": "Для чего проведена",
        }
        typed = {
            field: st.text_input(label, value=getattr(old, field), key=f"conference-{field}", max_chars=500).strip()
            for field, label in fields.items()
        }
        day = st.date_input("День", value=old.day, format="DD.MM.YYYY", key="conference-day")
        names = _lines("Площадки, по одной в строке", [p.name for p in old.platforms], "conference-platforms")
        left, right = st.columns(2)
        with left:
            people = _whole("Участников", old.participants, "conference-participants")
        with right:
            organisations = _whole("Из скольких организаций", old.organisations, "conference-organisations")
        if st.button("Сохранить", type="primary", key="conference-do"):
            known = {p.name: p for p in old.platforms}
            made: Conference = replace(
                old,
                name=typed["name"],
                theme=typed["theme"],
                place=typed["place"],
                organiser=typed["organiser"],
                programme=typed["programme"],
                purpose=typed["purpose"],
                day=day if isinstance(day, dt.date) else None,
                platforms=tuple(known.get(name, Platform(name=name)) for name in names),
                participants=people,
                organisations=organisations,
            )
            _changed(here, draft, replace(contents, conference=made))


def _whole(label: str, old: int | None, key: str) -> int | None:
    found: Any = st.number_input(label, 0, 99_999, old, key=key, step=1)
    return None if found is None else int(found)


@st.dialog("Практики", width="large", on_dismiss=forget)
def practices_dialog(number: str) -> None:
    """Those that are in the draft, each to be taken out, and the fields of one more."""
    here = current()
    with reading(here):
        draft, contents = _opened(here, number)
        names = {o.code: o.name for o in listing.state(here).snapshot.organisations}
        kept = [
            p
            for n, p in enumerate(contents.practices)
            if st.checkbox(f"{p.title} — {names.get(p.organisation, p.organisation)}", value=True, key=f"practice-{n}")
        ]
        title = st.text_input("Новая практика: название", key="practice-title", max_chars=300)
        codes = by_name(names, names)
        organisation: str = st.selectbox(
            "Организация", codes, format_func=lambda code: names[code], key="practice-organisation"
        )
        levels = here.catalogue.levels
        level: str = st.selectbox(
            "Уровень",
            ["", *levels],
            format_func=lambda code: levels[code].name if code in levels else "не указан",
            key="practice-level",
        )
        form = st.text_input("Форма", key="practice-form", max_chars=200, placeholder="Например: элективный курс")
        author = st.text_input("Автор: должность", key="practice-author", max_chars=amending.POST)
        review: Review = st.selectbox(
            "Состояние", list(REVIEWS), format_func=lambda one: REVIEWS[one], key="practice-review"
        )
        link = st.text_input("Адрес описания", key="practice-link", max_chars=300)
        if st.button("Сохранить", type="primary", key="practice-do"):
            made = Practice(
                title=title.strip(),
                organisation=organisation,
                level=level,
                form=form.strip(),
                author=author.strip(),
                review=review,
                link=link.strip(),
            )
            every = (*kept, *([made] if made.title else []))
            if every == contents.practices:
                widgets.message("Менять нечего: впишите название новой практики или снимите отметку с лишней.")
            else:
                _changed(here, draft, replace(contents, practices=every))


DIALOGS: Mapping[str, Callable[..., None]] = {
    "new": new_dialog,
    "item": item_dialog,
    "spare": spare_dialog,
    "many": many_dialog,
    "meeting": meeting_dialog,
    "conference": conference_dialog,
    "practices": practices_dialog,
}
