"""The dialog of the practices that a resolution names: those that are there, how far each has come, one more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePath

import streamlit as st

from proforient.documents.contents import Practice, PracticeFile, Review
from proforient.documents.practices import REVIEWS
from proforient.errors import ProforientError
from proforient.store import amending
from proforient.web import widgets
from proforient.web.sections.dialog import forget, reading
from proforient.web.sections.documents import listing
from proforient.web.sections.documents.saving import newest_version, save
from proforient.web.session import Session, current
from proforient.wording import clean, unmarked

NOTHING = "Менять нечего: впишите название новой практики, смените состояние или снимите отметку с лишней."


@st.dialog("Практики", width="large", on_dismiss=forget)
def practices_dialog(number: str) -> None:
    """Those that are in the draft, each to be taken out, and the fields of one more."""
    here = current()
    with reading(here):
        draft, contents = newest_version(here, number)
        names = {o.code: o.name for o in listing.state(here).snapshot.organisations}
        remaining = [
            one for n, old in enumerate(contents.practices) if (one := _practice_fields(n, old, names)) is not None
        ]
        made = _practice(here, names)
        with st.form("practice", border=False):  # its button waits until the file has come in whole
            file = st.file_uploader("Описание: файл", key="practice-file")
            pressed = st.form_submit_button("Сохранить", type="primary", key="practice-do")
        if pressed:
            try:
                if file is not None:
                    made = replace(made, file=_kept_file(here, file.name, file.getvalue()))
                every = (*remaining, *([made] if made.title else []))
            except ProforientError as error:
                widgets.message(str(error))
                return
            if every == contents.practices:
                widgets.message(NOTHING)
            else:
                save(here, draft, replace(contents, practices=every))


def _practice_fields(n: int, old: Practice, names: Mapping[str, str]) -> Practice | None:
    """As it is from now on; None: it is taken out."""
    left, right = st.columns([3, 1], vertical_alignment="center")
    with left:
        stays = st.checkbox(
            unmarked(f"{old.title} — {names.get(old.organisation, old.organisation)}"), value=True, key=f"practice-{n}"
        )
    with right:
        review = _review(old.review, f"practice-{n}-review", hidden=True)
    return replace(old, review=review) if stays else None


def _review(old: Review, key: str, *, hidden: bool = False) -> Review:
    every = list(REVIEWS)
    chosen: Review = st.selectbox(
        "Состояние",
        every,
        index=every.index(old),
        format_func=lambda one: REVIEWS[one],
        key=key,
        label_visibility="collapsed" if hidden else "visible",
    )
    return chosen


def _practice(here: Session, names: Mapping[str, str]) -> Practice:
    title = st.text_input("Новая практика: название", key="practice-title", max_chars=300)
    key = "practice-organisation"
    labels = widgets.offered(key, widgets.as_labelled(names), st.session_state.get(key), "Найти организацию")
    organisation: str = st.selectbox(
        "Организация", list(labels), format_func=lambda code: labels.get(code, code), key=key
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
    review = _review(Review.PROPOSED, "practice-review")
    link = st.text_input("Описание: адрес", key="practice-link", max_chars=300, placeholder="https://")
    return Practice(
        title=title.strip(),
        organisation=organisation,
        level=level,
        form=form.strip(),
        author=author.strip(),
        review=review,
        link=link.strip(),
        answers=_answers(here),
    )


def _answers(here: Session) -> tuple[str, ...]:
    words = {found.code: found.text for found in listing.state(here).snapshot.problems}
    return tuple(
        st.multiselect(
            "На какие проблемы отвечает",
            list(words),
            format_func=lambda code: words[code],
            key="practice-answers",
            placeholder="Выберите из найденных",
        )
    )


def _kept_file(here: Session, name: str, data: bytes) -> PracticeFile:
    return PracticeFile(name=clean(PurePath(name).name)[:200], sha256=here.store.put_file(data), size=len(data))
