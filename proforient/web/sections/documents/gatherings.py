"""The dialogs of what a document tells beside the figures: a meeting, a conference."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from proforient.documents.contents import AgendaPoint, Conference, Meeting, Platform, Votes
from proforient.store import amending
from proforient.web import widgets
from proforient.web.sections.dialog import forget, reading
from proforient.web.sections.documents import listing
from proforient.web.sections.documents.practices import practices_dialog
from proforient.web.sections.documents.saving import lines, newest_version, save
from proforient.web.session import Session, current
from proforient.wording import typo, unmarked

AGENDA = "Повестка, по вопросу в строке: О … | должность докладчика | должность содокладчика | что решили"
EXAMPLE = "О результатах мониторинга | методист | | информацию принять к сведению"
PLATFORMS = "Площадки, по одной в строке: название | форма (у круглого стола) | обсуждение чего | что представили"
_LEFT = {"body": "Орган: рабочая группа, коллегия, совет…", "number": "Номер", "place": "Место"}
_RIGHT = {
    "chair": "Председатель: должность",
    "secretary": "Секретарь: должность",
    "control": "Кто контролирует исполнение: должность",
}
_CONFERENCE = {
    "name": "Название",
    "theme": "Тема",
    "place": "Место",
    "organiser": "Организатор",
    "programme": "В рамках какой программы",
    "purpose": "Для чего проведена",
}


@st.dialog("Заседание", width="large", on_dismiss=forget)
def meeting_dialog(number: str) -> None:
    here = current()
    with reading(here):
        draft, contents = newest_version(here, number)
        widgets.caption("Людей называют по должностям: фамилии вписывают в Word от руки.")
        given = {**_people(contents.meeting), **_course(contents.meeting)}
        present = len(given["present"])
        given["agenda_votes"] = _votes(contents.meeting.agenda_votes, "За повестку", "agenda", present)
        given["votes"] = _votes(contents.meeting.votes, "За решения", "meeting", present)
        if st.button("Сохранить", type="primary", key="meeting-do"):
            save(here, draft, replace(contents, meeting=replace(contents.meeting, **given)))


def _people(old: Meeting) -> dict[str, Any]:
    """Who met, where and when."""
    left, right = st.columns(2)
    with left:
        given: dict[str, Any] = _words(old, _LEFT, "meeting", amending.POST)
        given["day"] = _day(old.day, "meeting-day")
        given |= _words(old, {"theme": "Тема"}, "meeting", amending.LONGEST)
    with right:
        given |= _words(old, _RIGHT, "meeting", amending.POST)
        given["present"] = lines("Присутствовали: должности, по одной в строке", old.present, "meeting-present")
        given["invited"] = lines("Приглашены: должности, по одной в строке", old.invited, "meeting-invited")
    return given


def _course(old: Meeting) -> dict[str, Any]:
    """What was spoken of."""
    points = [_line(p.question, p.speaker, p.co_speaker, p.decided) for p in old.agenda]
    return {
        "agenda": tuple(map(_point, lines(AGENDA, points, "meeting-agenda", example=EXAMPLE))),
        "heard": lines("Рассмотрели, по одному в строке", old.heard, "meeting-heard"),
        "considering": lines("Приняли во внимание, по одному в строке", old.considering, "meeting-considering"),
    }


def _words(old: Meeting | Conference, labels: Mapping[str, str], of: str, longest: int) -> dict[str, Any]:
    """A field for each text, by its name in the record."""
    return {
        field: st.text_input(label, value=getattr(old, field), key=f"{of}-{field}", max_chars=longest).strip()
        for field, label in labels.items()
    }


def _day(old: dt.date | None, key: str) -> dt.date | None:
    day = st.date_input("День", value=old, format="DD.MM.YYYY", key=key)
    return day if isinstance(day, dt.date) else None


def _point(line: str) -> AgendaPoint:
    question, speaker, co_speaker, decided = _parts(line, 4)
    return AgendaPoint(question=question, speaker=speaker, co_speaker=co_speaker, decided=decided)


def _line(*parts: str) -> str:
    return " | ".join(parts).rstrip(" |")


def _parts(line: str, many: int) -> list[str]:
    """So many parts between strokes; what is not there is empty, what is too much stays in the last."""
    found = [part.strip() for part in line.split("|", many - 1)]
    return found + [""] * (many - len(found))


def _votes(old: Votes, heading: str, key: str, present: int) -> Votes:
    """Beside what was counted, how many are present: a vote of all is one click."""
    widgets.caption(typo(f"{heading}: присутствуют {present}" if present else heading))
    votes: dict[str, int | None] = {}
    for column, (field, label) in zip(
        st.columns(3), (("yes", "За"), ("no", "Против"), ("abstained", "Воздержались")), strict=True
    ):
        with column:
            votes[field] = _whole(label, getattr(old, field), f"{key}-{field}", 999)
    return Votes(yes=votes["yes"], no=votes["no"], abstained=votes["abstained"])


def _whole(label: str, old: int | None, key: str, most: int = 99_999) -> int | None:
    found: Any = st.number_input(label, 0, most, old, key=key, step=1)
    return None if found is None else int(found)


@st.dialog("Конференция", width="large", on_dismiss=forget)
def conference_dialog(number: str) -> None:
    here = current()
    with reading(here):
        draft, contents = newest_version(here, number)
        old = contents.conference
        given = _words(old, _CONFERENCE, "conference", 500)
        given["day"] = _day(old.day, "conference-day")
        given["platforms"] = _platforms(here, old.platforms)
        given["considered"] = lines(
            "Что рассмотрели площадки, по одному в строке", old.considered, "conference-considered"
        )
        given["shown"] = lines("Что было представлено, по одному в строке", old.shown, "conference-shown")
        left, right = st.columns(2)
        with left:
            given["participants"] = _whole("Участников", old.participants, "conference-participants")
        with right:
            given["organisations"] = _whole("Из скольких организаций", old.organisations, "conference-organisations")
        if st.button("Сохранить", type="primary", key="conference-do"):
            save(here, draft, replace(contents, conference=replace(old, **given)))


def _platforms(here: Session, old: tuple[Platform, ...]) -> tuple[Platform, ...]:
    """A line each; who presented at a round table is chosen below."""
    platform_lines = [_line(p.name, p.form, p.about, p.presented) for p in old]
    names = {o.code: o.name for o in listing.state(here).snapshot.organisations}
    made = []
    for n, line in enumerate(lines(PLATFORMS, platform_lines, "conference-platforms")):
        name, form, about, presented = _parts(line, 4)
        before = next((p.organisations for p in old if p.name == name), ())
        who = before
        if form:
            key = f"conference-who-{n}"
            who = widgets.several(
                f"Кто представил: {unmarked(name)}", names, before, key=key, placeholder="Никого не называть"
            )
        made.append(Platform(name=name, form=form, about=about, presented=presented, organisations=who))
    return tuple(made)


DIALOGS: Mapping[str, Callable[..., None]] = {
    "meeting": meeting_dialog,
    "conference": conference_dialog,
    "practices": practices_dialog,
}
