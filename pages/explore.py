"""Исследовать: rows, columns and measure of one's own choice, as a table, bars, dots or years."""

import streamlit as st

from proforient.charts import sentences
from proforient.web import widgets
from proforient.web.sections import dialog, indicators
from proforient.web.sections.explore import choice, pictures, table, views
from proforient.web.session import current

here = current()
widgets.scope_bar()
if here.view.indicator is None or here.view.level is None or here.view.period is None:
    widgets.message("В каталоге нет показателей или не открыт ни один период.", heading="Исследовать")
    st.stop()
asked, quantity = choice.question(here), choice.quantity(here)
if choice.lacks_territory(asked):
    widgets.finding("Что с чем поставить рядом")
    choice.boxes(here, asked)
    widgets.message(choice.TERRITORY)
    st.stop()
found = choice.read(here, asked)
name = "" if "indicator" in asked.axes else indicators.name(here.catalogue.indicators[asked.indicator])
title = sentences.pivot_finding(found, quantity, name)
widgets.finding(title)
choice.boxes(here, asked)
look = choice.look(here, asked)
views.show(here, views.choices_here(here, asked, quantity, look))
dialog.draw(here, views.DIALOGS)
if not found.rows:
    widgets.message("В этом срезе показатель не спрашивают. Выберите другой показатель, уровень или период.")
    st.stop()
if look == "table":
    table.show(here, found, quantity)
else:
    pictures.show(here, found, quantity, look, title)
note = sentences.pivot_note(found)
if note:
    widgets.caption(note)
table.take(here, found, quantity, title)
