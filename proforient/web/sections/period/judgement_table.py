"""«Оценки таблицей»: what experts said, a row each, typed, pasted from Excel or taken from the period before.

A row that was taken is a proposal with the source that it had: a person looks through it, mends it, adds it.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
import streamlit as st

from proforient.access.roles import Deed
from proforient.analysis.requirements import in_force
from proforient.charts import marks
from proforient.errors import ProforientError, WrongCall
from proforient.monitoring import Judgement, territory_name
from proforient.store import planning
from proforient.store.writing import Writer
from proforient.web import widgets
from proforient.web.sections.dialog import finish, forget, reading
from proforient.web.sections.period.judgements import FILLED, OUTCOMES, Typed, judgement_of
from proforient.web.session import Session, current
from proforient.wording import counted, number, period_name, plain_decimal, plural, typo

KEY = "period-judgements-table"
WHOM, WHAT, LEVEL, COHORT, OUTCOME = "О ком", "Показатель", "Уровень", "Категория", "Что отмечено"
TEXT, SOURCE, OFFICE, DATE, SHARE = "Текст", "Источник", "Кто дал оценку", "Дата", "Доля, %"
COLUMNS = (WHAT, LEVEL, TEXT, SOURCE, OUTCOME, WHOM, OFFICE, DATE, SHARE, COHORT)
Row = dict[str, Any]


@dataclass(slots=True)
class JudgementFilling:
    """The rows before a person edits them; ``turn``: the table is another one after each filling."""

    turn: int = 0
    rows: list[Row] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgementChoices:
    """Of every column with a list its words by code."""

    whom: Mapping[str, str]
    indicators: Mapping[str, str]
    levels: Mapping[str, str]
    cohorts: Mapping[str, str]


@st.dialog("Оценки таблицей", width="large", on_dismiss=forget)
def judgement_table_dialog() -> None:
    here = current()
    with reading(here):
        choices, filling = _choices(here), _filling()
        words = "Строка — одна оценка: впишите её или вставьте строки из Excel (Ctrl + V). Текст и источник — как в "
        widgets.show_html(marks.tag("p", f"{words}документе. Пустые строки не считаются."))
        if before := _before(here, choices):
            label = typo(f"Взять все прошлого периода: {number(len(before))}")
            st.button(label, key="period-judgements-take", on_click=_take, args=(before,))
        if filling.turn:
            widgets.caption("Взятое — предложение: пока не нажато «Добавить оценки», ничего не записано.")
        rows = _editor(choices, filling)
        if st.button("Добавить оценки", type="primary", key="period-judgements-do"):
            _save(here, choices, rows)


def _filling() -> JudgementFilling:
    found: JudgementFilling = st.session_state.setdefault(FILLED, JudgementFilling())
    return found


def _choices(here: Session) -> JudgementChoices:
    catalogue, place = here.catalogue, here.view.territory
    period = here.reader.period(here.view.period or "")
    named = here.reader.roster(territory=place).by_code("name") if place else {}
    indicators = {
        code: f"{i.number} {i.short or catalogue.indicator_name(code)}".strip()
        for code, i in catalogue.indicators.items()
        if in_force(catalogue, code, period)
    }
    return JudgementChoices(
        whom=_apart({**({place: territory_name(place)} if place else {}), **widgets.as_labelled(named)}),
        indicators=_apart(indicators),
        levels=_apart({code: level.name for code, level in catalogue.levels.items()}),
        cohorts=_apart({code: cohort.name for code, cohort in catalogue.cohorts.items()}),
    )


def _apart(words: Mapping[str, str]) -> dict[str, str]:
    """Equal words with their codes: a cell of the table holds words."""
    alike = Counter(words.values())
    return {code: text if alike[text] == 1 else f"{text} ({code})" for code, text in words.items()}


def _before(here: Session, choices: JudgementChoices) -> list[Row]:
    """Those of the period before that this one asks about and has not got."""
    code, place = here.view.period or "", here.view.territory
    previous = here.reader.period(code).previous
    if previous is None:
        return []
    there = {_same(j) for j in here.reader.judgements(code, territory=place)}
    rows = (_row(j, choices) for j in here.reader.judgements(previous, territory=place) if _same(j) not in there)
    return [row for row in rows if row is not None]


def _same(judgement: Judgement) -> tuple[str | None, ...]:
    j = judgement
    return j.indicator, j.level, j.cohort, j.territory, j.organisation, j.text


def _row(judgement: Judgement, choices: JudgementChoices) -> Row | None:
    whose = judgement.organisation or judgement.territory or ""
    if whose not in choices.whom or judgement.indicator not in choices.indicators:
        return None
    return {
        WHOM: choices.whom[whose],
        WHAT: choices.indicators[judgement.indicator],
        LEVEL: choices.levels[judgement.level],
        COHORT: choices.cohorts[judgement.cohort],
        OUTCOME: OUTCOMES[judgement.outcome],
        TEXT: judgement.text,
        SOURCE: judgement.source,
        OFFICE: judgement.office,
        DATE: judgement.date,
        SHARE: "" if judgement.percent is None else plain_decimal(judgement.percent).replace(".", ","),
    }


def _take(before: Sequence[Row]) -> None:
    """A callback: what was typed stays, rows that are not there yet come below it."""
    filling = _filling()
    edits: Mapping[str, Any] = st.session_state.get(f"{KEY}-{filling.turn}", {})
    rows = [row | edits.get("edited_rows", {}).get(at, {}) for at, row in enumerate(filling.rows)]
    gone = set(edits.get("deleted_rows", ()))
    rows_left = [row for at, row in enumerate(rows) if at not in gone] + list(edits.get("added_rows", ()))
    present = {(row.get(WHOM), row.get(WHAT), row.get(LEVEL), row.get(TEXT)) for row in rows_left}
    new = [row for row in before if (row[WHOM], row[WHAT], row[LEVEL], row[TEXT]) not in present]
    filling.rows = rows_left + new
    filling.turn += 1


def _editor(choices: JudgementChoices, filling: JudgementFilling) -> list[Row]:
    """The rows as they stand, those left empty without."""
    frame = pd.DataFrame([{name: row.get(name) for name in COLUMNS} for row in filling.rows], columns=list(COLUMNS))
    frame = frame.astype(dict.fromkeys((name for name in COLUMNS if name != DATE), "object"))
    frame[DATE] = pd.to_datetime(frame[DATE])
    listed, text = st.column_config.SelectboxColumn, st.column_config.TextColumn
    edited = st.data_editor(
        frame,
        num_rows="dynamic",
        hide_index=True,
        column_config={
            WHAT: listed(options=list(choices.indicators.values()), width=200),
            LEVEL: listed(options=list(choices.levels.values()), width=110),
            TEXT: text(width=220),
            SOURCE: text(width=150),
            OUTCOME: listed(options=list(OUTCOMES.values()), default=OUTCOMES["shortcoming"]),
            WHOM: listed(options=list(choices.whom.values()), default=next(iter(choices.whom.values()), None)),
            OFFICE: text(),
            DATE: st.column_config.DateColumn(format="DD.MM.YYYY"),
            SHARE: text(help="Если названа, например 45,5", max_chars=8),
            COHORT: listed(options=list(choices.cohorts.values()), default=next(iter(choices.cohorts.values()))),
        },
        height=min(420, 73 + 35 * max(len(frame), 3)),
        key=f"{KEY}-{filling.turn}",
    )
    rows = [{str(name): None if pd.isna(v) else v for name, v in row.items()} for row in edited.to_dict("records")]
    return [row for row in rows if any(row[name] for name in (WHAT, LEVEL, TEXT, SOURCE))]


def _save(here: Session, choices: JudgementChoices, rows: Sequence[Row]) -> None:
    try:
        if not rows:
            raise WrongCall("Не вписано ни одной оценки. Впишите хотя бы одну строку.")
        found = [_judgement(here, choices, place, row) for place, row in enumerate(rows, start=1)]
    except ProforientError as error:
        widgets.message(str(error))
        return

    def add_all(writer: Writer) -> None:
        for judgement in found:
            planning.add_judgement(writer, judgement)

    verb = plural(len(found), "Добавлена", "Добавлены", "Добавлено")
    said = typo(f"{verb} {counted(len(found), 'judgements')}: {period_name(here.view.period or '')}.")
    finish(here, Deed.JUDGE, add_all, said, here.view.territory)


def _judgement(here: Session, choices: JudgementChoices, place: int, row: Row) -> Judgement:
    """WrongCall names the row by its place among those that are filled."""
    day = row[DATE]
    try:
        indicator, level = _code(choices.indicators, row, WHAT), _code(choices.levels, row, LEVEL)
        if level not in here.catalogue.indicators[indicator].levels:
            raise WrongCall(f"У этого показателя нет уровня «{row[LEVEL]}». Выберите другой уровень.")
        typed = Typed(
            whom=_code(choices.whom, row, WHOM),
            indicator=indicator,
            level=level,
            cohort=_code(choices.cohorts, row, COHORT),
            outcome=next(one for one, words in OUTCOMES.items() if words == (row[OUTCOME] or words)),
            text=row[TEXT] or "",
            source=row[SOURCE] or "",
            office=row[OFFICE] or "",
            date=day.date() if isinstance(day, dt.datetime) else day,
            percent=str(row[SHARE] or ""),
        )
        return judgement_of(here.view.period or "", here.view.territory, typed)
    except ProforientError as error:
        raise WrongCall(f"Строка {place}. {error}") from error


def _code(words: Mapping[str, str], row: Row, column: str) -> str:
    """The code of what stands in a column; of one that may be left empty the first."""
    found = row[column]
    if not found and column in (WHOM, COHORT) and words:
        return next(iter(words))
    code = next((code for code, text in words.items() if text == found), None)
    if code is None:
        wrong = f"«{found}» нет в списке" if found else "не выбрано"
        raise WrongCall(f"{column}: {wrong}. Выберите из списка.")
    return code
