"""Giving a report back: what is to be mended, and questions to single numbers, which the school answers in its form."""

from __future__ import annotations

import streamlit as st

from proforient.access.roles import Deed
from proforient.catalogue.entries import Catalogue
from proforient.charts import marks
from proforient.errors import ProforientError
from proforient.monitoring import Cell, ReportState, Value
from proforient.store.inquiring import LONGEST, ask_about
from proforient.store.inquiry_rows import Inquiry
from proforient.store.reporting import set_report
from proforient.store.writing import Writer
from proforient.web import widgets
from proforient.web.sections import notice
from proforient.web.sections.dialog import finish, forget, reading
from proforient.web.sections.upload.numbers import value_words
from proforient.web.session import Session, current
from proforient.wording import counted, quoted, typo


@st.dialog("Вернуть на доработку", on_dismiss=forget)
def return_dialog(organisation: str) -> None:
    here = current()
    with reading(here):
        whose = here.reader.organisation(organisation)
        lead = "Числа останутся в долях с пометкой, пока организация не сдаст исправленный файл."
        widgets.show_html(marks.tag("p", f"{whose.name}. {lead}"))
        period = here.view.period or ""
        questions = _questions(here, period, organisation)
        note = st.text_area(
            "Что исправить",
            key=f"period-note-{organisation}",
            max_chars=500,
            placeholder="Например: строка 8, столбец E — проверьте число участников",
        )
        if not st.button("Вернуть", type="primary", key="period-return-do"):
            return
        if questions and not note.strip():
            note = typo(f"Ответьте на вопросы к числам: {counted(len(questions), 'numbers')}")
        try:
            text = notice.typed_text(note, what="Что исправить")
        except ProforientError as error:
            widgets.message(str(error))
            return

        def give_back(writer: Writer) -> None:
            if questions:
                ask_about(writer, period, organisation, questions)
            set_report(writer, period, organisation, ReportState.RETURNED, note=text)

        finish(here, Deed.REVIEW, give_back, typo(f"Возвращено на доработку: {whose.name}."), whose)


def _questions(here: Session, period: str, organisation: str) -> dict[Cell, str]:
    """What is asked about which of the numbers that were handed in."""
    values: dict[Cell, Value] = {v.cell: v for v in here.reader.values(period, organisation=organisation)}
    places = list(values)

    def shown(place: int) -> str:
        answer = values[places[place]].number
        return cell_words(here.catalogue, places[place]) + (
            "" if answer is None else f": {value_words(here.catalogue, places[place], answer)}"
        )

    chosen = st.multiselect(
        "К каким числам есть вопрос", range(len(places)), format_func=shown, key=f"period-ask-{organisation}"
    )
    questions = {
        places[place]: st.text_input(
            f"Вопрос: {shown(place)}", key=f"period-ask-{organisation}-{place}", max_chars=LONGEST
        )
        for place in chosen
    }
    return {cell: words for cell, words in questions.items() if words.strip()}


def cell_words(catalogue: Catalogue, cell: Cell) -> str:
    """«Всего обучающихся, 1–4 классы»."""
    count, cohort = catalogue.counts[cell.count], catalogue.cohorts[cell.cohort]
    part = "" if cohort.part_of is None else f", {cohort.name}"
    level = catalogue.levels[cell.level]
    where = "" if level.kind in ("whole", "authority") else f", {level.short}"
    return typo(f"{count.short or catalogue.count_name(cell.count)}{where}{part}")


def inquiry_words(catalogue: Catalogue, asked: Inquiry) -> str:
    """«Вопрос — «Всего обучающихся», Начальное: почему вдвое меньше? Ответ: класс закрыли.»"""
    answer = f"Ответ: {asked.answer}" if asked.answer else "Ответа ещё нет."
    words = asked.words if asked.words[-1:] in ".?!" else f"{asked.words}."
    return typo(f"Вопрос к числу {quoted(cell_words(catalogue, asked.cell))}: {words} {answer}")
