"""Asking about single numbers of a report, and answering: nothing that was said is overwritten."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

from proforient.errors import Refused, WrongCall
from proforient.intake.personal import refuse_personal
from proforient.monitoring import Cell, now
from proforient.store import period_rows
from proforient.store.reporting import of_reports
from proforient.store.writing import Writer
from proforient.wording import counted

LONGEST = 300  # signs of a question or an answer


def ask_about(writer: Writer, period: str, organisation: str, questions: Mapping[Cell, str]) -> None:
    """Questions to numbers of a report that was sent; the report is returned by its own step (``set_report``)."""
    report = writer.reader.reports(period, organisation=organisation).get(organisation)
    if report is None or not report.state.reported:
        raise Refused("Отчёт ещё не сдан: спрашивать пока не о чем.")
    _say(writer, period, organisation, questions, answered=False)


def answer_about(writer: Writer, period: str, organisation: str, cell: Cell, words: str) -> None:
    """What the school says to a question about its number; a later answer replaces an earlier one."""
    asked = {i.cell for i in writer.reader.inquiries(period, organisation).get(organisation, [])}
    if cell not in asked:
        raise WrongCall("Об этом числе не спрашивали. Обновите страницу.")
    _say(writer, period, organisation, {cell: words}, answered=True)


def _say(writer: Writer, period: str, organisation: str, said: Mapping[Cell, str], *, answered: bool) -> None:
    what = "Ответ на вопрос" if answered else "Вопрос к числу"
    for words in said.values():
        if not words.strip():
            raise WrongCall(f"{what}: поле пустое. Впишите одну фразу.")
        if len(words) > LONGEST:
            raise WrongCall(f"{what}: {counted(len(words), 'signs')}, а помещается {LONGEST}. Сократите текст.")
        refuse_personal(words, what=what)
    place = writer.reader.place_of(period, organisation)
    writer.unless_moved(of_reports(writer, period, {organisation: place}))
    number, at = period_rows.opening(writer, period).number, now()
    for cell, words in said.items():
        about = {"period": number, "organisation": organisation, **asdict(cell)}
        values = about | {"id": writer.new_id(), "answered": answered, "words": " ".join(words.split())}
        writer.run(_INSERT, values | {"author": writer.actor, "at": at})
    detail = {"period": period, "cells": len(said)}
    writer.log("report.explained" if answered else "report.asked", f"organisation/{organisation}", detail, at=at)


_INSERT = """
INSERT INTO inquiry (inquiry_id, period_id, organisation, count, level, cohort, answered, words, author, happened_at)
VALUES ($id, $period, $organisation, $count, $level, $cohort, $answered, $words, $author, $at)
"""
