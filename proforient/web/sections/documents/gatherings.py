"""The dialogs of what a document tells beside the figures: a meeting, a conference, practices."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from proforient.documents.contents import AgendaPoint, Meeting, Platform, Practice, Review, Votes
from proforient.documents.practices import REVIEWS
from proforient.store import amending
from proforient.web import widgets
from proforient.web.sections.dialog import forget, reading
from proforient.web.sections.documents import listing
from proforient.web.sections.documents.saving import lines, opened, save
from proforient.web.session import Session, current
from proforient.wording import typo
from proforient.wording.order import by_name

AGENDA = "Повестка, по вопросу в строке: О … | должность докладчика | должность содокладчика"
PLATFORMS = "Площадки, по одной в строке: название | форма (у круглого стола) | обсуждение чего | что представили"


@st.dialog("Заседание", width="large", on_dismiss=forget)
def meeting_dialog(number: str) -> None:
    here = current()
    with reading(here):
        draft, contents = opened(here, number)
        old = contents.meeting
        widgets.caption("Людей называют по должностям: фамилии вписывают в Word от руки.")
        left, right = st.columns(2)
        with left:
            typed = {field: _typed(old, field, label) for field, label in _LEFT.items()}
            day = st.date_input("День", value=old.day, format="DD.MM.YYYY", key="meeting-day")
            theme = st.text_input("Тема", value=old.theme, key="meeting-theme", max_chars=amending.LONGEST)
        with right:
            typed |= {field: _typed(old, field, label) for field, label in _RIGHT.items()}
            present = lines("Присутствовали: должности, по одной в строке", old.present, "meeting-present")
            invited = lines("Приглашены: должности, по одной в строке", old.invited, "meeting-invited")
        points = [" | ".join((p.question, p.speaker, p.co_speaker)).rstrip(" |") for p in old.agenda]
        agenda = lines(AGENDA, points, "meeting-agenda")
        heard = lines("Рассмотрели, по одному в строке", old.heard, "meeting-heard")
        considering = lines("Приняли во внимание, по одному в строке", old.considering, "meeting-considering")
        agenda_votes = _votes(old.agenda_votes, "За повестку", "agenda", len(present))
        votes = _votes(old.votes, "За решения", "meeting", len(present))
        if st.button("Сохранить", type="primary", key="meeting-do"):
            made = replace(
                old,
                body=typed["body"],
                number=typed["number"],
                place=typed["place"],
                chair=typed["chair"],
                secretary=typed["secretary"],
                control=typed["control"],
                day=day if isinstance(day, dt.date) else None,
                theme=theme.strip(),
                present=present,
                invited=invited,
                agenda=tuple(map(_point, agenda)),
                heard=heard,
                considering=considering,
                agenda_votes=agenda_votes,
                votes=votes,
            )
            save(here, draft, replace(contents, meeting=made))


_LEFT = {"body": "Орган: рабочая группа, коллегия, совет…", "number": "Номер", "place": "Место"}
_RIGHT = {
    "chair": "Председатель: должность",
    "secretary": "Секретарь: должность",
    "control": "Кто контролирует исполнение: должность",
}


def _typed(old: Meeting, field: str, label: str) -> str:
    given: str = st.text_input(label, value=getattr(old, field), key=f"meeting-{field}", max_chars=amending.POST)
    return given.strip()


def _point(line: str) -> AgendaPoint:
    question, speaker, co_speaker = _parts(line, 3)
    return AgendaPoint(question=question, speaker=speaker, co_speaker=co_speaker)


def _parts(line: str, many: int) -> list[str]:
    """So many parts between strokes; what is not there is empty, what is too much stays in the last."""
    found = [part.strip() for part in line.split("|", many - 1)]
    return found + [""] * (many - len(found))


def _votes(old: Votes, heading: str, key: str, present: int) -> Votes:
    """Beside what was counted, how many are present: a vote of all is one click."""
    widgets.caption(typo(f"{heading}: присутствуют {present}" if present else heading))
    told: dict[str, int | None] = {}
    for column, (field, label) in zip(
        st.columns(3), (("yes", "За"), ("no", "Против"), ("abstained", "Воздержались")), strict=True
    ):
        with column:
            told[field] = _whole(label, getattr(old, field), f"{key}-{field}", 999)
    return Votes(yes=told["yes"], no=told["no"], abstained=told["abstained"])


def _whole(label: str, old: int | None, key: str, most: int = 99_999) -> int | None:
    found: Any = st.number_input(label, 0, most, old, key=key, step=1)
    return None if found is None else int(found)


@st.dialog("Конференция", width="large", on_dismiss=forget)
def conference_dialog(number: str) -> None:
    here = current()
    with reading(here):
        draft, contents = opened(here, number)
        old = contents.conference
        typed = {
            field: st.text_input(label, value=getattr(old, field), key=f"conference-{field}", max_chars=500).strip()
            for field, label in _CONFERENCE.items()
        }
        day = st.date_input("День", value=old.day, format="DD.MM.YYYY", key="conference-day")
        platforms = _platforms(here, old.platforms)
        considered = lines("Что рассмотрели площадки, по одному в строке", old.considered, "conference-considered")
        shown = lines("Что было представлено, по одному в строке", old.shown, "conference-shown")
        left, right = st.columns(2)
        with left:
            people = _whole("Участников", old.participants, "conference-participants")
        with right:
            organisations = _whole("Из скольких организаций", old.organisations, "conference-organisations")
        if st.button("Сохранить", type="primary", key="conference-do"):
            made = replace(
                old,
                name=typed["name"],
                theme=typed["theme"],
                place=typed["place"],
                organiser=typed["organiser"],
                programme=typed["programme"],
                purpose=typed["purpose"],
                day=day if isinstance(day, dt.date) else None,
                platforms=platforms,
                considered=considered,
                shown=shown,
                participants=people,
                organisations=organisations,
            )
            save(here, draft, replace(contents, conference=made))


_CONFERENCE = {
    "name": "Название",
    "theme": "Тема",
    "place": "Место",
    "organiser": "Организатор",
    "programme": "В рамках какой программы",
    "purpose": "Для чего проведена",
}


def _platforms(here: Session, old: tuple[Platform, ...]) -> tuple[Platform, ...]:
    """A line each; who presented at a round table is chosen below."""
    told = [" | ".join((p.name, p.form, p.about, p.presented)).rstrip(" |") for p in old]
    names = {o.code: o.name for o in listing.state(here).snapshot.organisations}
    made = []
    for n, line in enumerate(lines(PLATFORMS, told, "conference-platforms")):
        name, form, about, presented = _parts(line, 4)
        before = next((p.organisations for p in old if p.name == name), ())
        who = before
        if form:
            kept = [code for code in before if code in names]
            who = tuple(
                st.multiselect(
                    f"Кто представил: {name}",
                    by_name(names, names),
                    default=kept,
                    format_func=lambda code: names[code],
                    key=f"conference-who-{n}",
                    placeholder="Никого не называть",
                )
            )
        made.append(Platform(name=name, form=form, about=about, presented=presented, organisations=who))
    return tuple(made)


@st.dialog("Практики", width="large", on_dismiss=forget)
def practices_dialog(number: str) -> None:
    """Those that are in the draft, each to be taken out, and the fields of one more."""
    here = current()
    with reading(here):
        draft, contents = opened(here, number)
        names = {o.code: o.name for o in listing.state(here).snapshot.organisations}
        kept = [
            p
            for n, p in enumerate(contents.practices)
            if st.checkbox(f"{p.title} — {names.get(p.organisation, p.organisation)}", value=True, key=f"practice-{n}")
        ]
        made = _practice(here, names)
        if st.button("Сохранить", type="primary", key="practice-do"):
            every = (*kept, *([made] if made.title else []))
            if every == contents.practices:
                widgets.message("Менять нечего: впишите название новой практики или снимите отметку с лишней.")
            else:
                save(here, draft, replace(contents, practices=every))


def _practice(here: Session, names: Mapping[str, str]) -> Practice:
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
    words = {found.code: found.text for found in listing.state(here).snapshot.problems}
    answers = st.multiselect(
        "На какие проблемы отвечает",
        list(words),
        format_func=lambda code: words[code],
        key="practice-answers",
        placeholder="Выберите из найденных",
    )
    return Practice(
        title=title.strip(),
        organisation=organisation,
        level=level,
        form=form.strip(),
        author=author.strip(),
        review=review,
        link=link.strip(),
        answers=tuple(answers),
    )


DIALOGS: Mapping[str, Callable[..., None]] = {
    "meeting": meeting_dialog,
    "conference": conference_dialog,
    "practices": practices_dialog,
}
