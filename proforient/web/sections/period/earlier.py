"""«Как было на день»: the figures as they stood at the end of an earlier day beside those of now; of a shared store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import streamlit as st

from proforient.analysis.coverage import Coverage, coverages
from proforient.analysis.export import figure_text
from proforient.charts import marks
from proforient.charts.sentences import verdicts
from proforient.errors import ProforientError
from proforient.monitoring import local_day, now, territory_name
from proforient.web import widgets
from proforient.web.sections.dialog import forget, reading
from proforient.web.session import Session, current
from proforient.wording import date_ru, typo

ReadFigures = dict[tuple[object, ...], tuple[Coverage, str]]  # by whose figure it is: the figure, and how it is read


@st.dialog("Как было на день", width="large", on_dismiss=forget)
def earlier_dialog() -> None:
    here = current()
    with reading(here):
        today = local_day(now(), here.zone)
        day = st.date_input(
            "На конец дня", value=today - dt.timedelta(days=1), max_value=today, format="DD.MM.YYYY", key="earlier-day"
        )
        asked = st.button("Показать", type="primary", key="earlier-show")
        if not asked or not isinstance(day, dt.date):
            widgets.caption("Прежние состояния общее хранилище помнит, пока их не забудет его ночное обслуживание.")
            return
        try:
            before = _figures_at(here, day)
        except ProforientError as error:
            widgets.message(str(error))
            return
        _compare(here, day, before, _figures(here))


def _figures_at(here: Session, day: dt.date) -> ReadFigures:
    end = dt.datetime.combine(day, dt.time.max, here.zone).astimezone(dt.UTC).replace(tzinfo=None)
    with here.store.earlier(end) as store, store.read() as reader:
        if here.view.period not in {period.code for period in reader.periods(territory=here.view.territory)}:
            return {}  # it was opened later: nobody had handed anything in
        return _read_figures(coverages(reader, here.catalogue, str(here.view.period), territory=here.view.territory))


def _figures(here: Session) -> ReadFigures:
    return _read_figures(coverages(here.reader, here.catalogue, str(here.view.period), territory=here.view.territory))


def _read_figures(found: Sequence[Coverage]) -> ReadFigures:
    return {
        (c.territory, c.indicator, c.level, c.cohort): (c, f"{figure_text(c)}, {verdicts.pair_words(c)}")
        for c in found
        if c.submitted
    }


def _compare(here: Session, day: dt.date, before: ReadFigures, after: ReadFigures) -> None:
    nothing = "не сдавали"
    moved = [key for key in after | before if before.get(key, (None, nothing))[1] != after.get(key, (None, nothing))[1]]
    if not moved:
        widgets.message(typo(f"С {date_ru(day)} показатели не изменились."))
        return
    rows: list[list[str | marks.Html]] = []
    for key in moved:
        figure = (after.get(key) or before[key])[0]
        level, cohort = here.catalogue.levels[figure.level], here.catalogue.cohorts[figure.cohort]
        name = here.catalogue.indicator_name(figure.indicator, figure.level)
        whose = "" if here.view.territory else f"{territory_name(figure.territory)}: "
        then, today = (found[key][1] if key in found else nothing for found in (before, after))
        rows.append([typo(f"{whose}{name} ({level.short}, {cohort.name})"), then, today])
    widgets.show_html(marks.tag("p", typo(f"Изменились показатели: {len(moved)}.")))
    widgets.show_html(marks.table(["Показатель", f"На {date_ru(day, 'digits')}", "Сейчас"], rows))
