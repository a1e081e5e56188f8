"""Beside a problem: where it is solved already, as documents tell it, and the files in which it is described."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import streamlit as st

from proforient.access.roles import Deed, demand
from proforient.charts import marks, sentences
from proforient.documents.contents import Practice
from proforient.documents.practices import REVIEWS
from proforient.monitoring import Organisation
from proforient.web import widgets
from proforient.web.session import Session
from proforient.wording import quoted


def show(here: Session, practices: Sequence[Practice], organisations: Mapping[str, Organisation]) -> None:
    """Nothing where no document names a practice."""
    if not practices:
        return
    widgets.chart_title("Где это уже получается")
    listing = marks.joined(_practice(here, one, organisations.get(one.organisation)) for one in practices)
    widgets.show_html(marks.tag("ul", listing, "pf-list"))
    files = [(at, one.file) for at, one in enumerate(practices) if one.file is not None]
    if files:
        with st.container(horizontal=True, key="practice-files"):
            for at, file in files:
                st.download_button(
                    f"Скачать {file.name}",
                    partial(_file, here, file.sha256),
                    file_name=file.name,
                    icon=":material/download:",
                    key=f"practice-file-{at}",
                    on_click="ignore",
                )


def _practice(here: Session, one: Practice, known: Organisation | None) -> marks.Html:
    whose = widgets.link_html(known.name, page="organisations", organisation=known.code) if known else ""
    title = marks.html(quoted(one.title))
    if one.link.startswith(("http://", "https://")):
        title = marks.tag("a", quoted(one.title), href=one.link, rel="noopener noreferrer", target="_blank")
    level = here.catalogue.levels.get(one.level)
    about = [one.form, one.author, sentences.level_label(level) if level else "", REVIEWS[one.review]]
    facts = marks.tag("small", " · ".join(part for part in about if part), "pf-quiet pf-line")
    return marks.tag("li", marks.joined([title, marks.joined([" — ", whose]) if whose else "", facts]))


def _file(here: Session, sha256: str) -> bytes:
    demand(here.person, Deed.LOOK, here.view.territory or "")
    return here.store.get_file(sha256)
