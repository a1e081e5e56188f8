"""Документы: what was found is put into a letter, a protocol, a decision; issued, kept, found in the registry."""

from collections.abc import Callable, Mapping

import streamlit as st

from proforient.web import widgets
from proforient.web.sections import dialog, notice
from proforient.web.sections.documents import adopt, draft, forms, issue, listing, office, placing
from proforient.web.session import current

DIALOGS: Mapping[str, Callable[..., None]] = {
    **forms.DIALOGS,
    "adopt": adopt.adopt_dialog,
    "issue": issue.issue_dialog,
    "number": issue.number_dialog,
    "taken": placing.taken_dialog,
}

here = current()
widgets.scope_bar(cohorts=False)
widgets.stop_without_period()
if here.view.territory is None or here.view.period is None:
    widgets.message("Выберите муниципалитет: документы составляют по одной территории.", heading="Документы")
    st.stop()
papers = listing.read(here)
at_work = listing.draft_of(here, papers)
paper = listing.issued_of(here, papers)
if at_work is not None:
    listing.back()
    shown = draft.read(here, at_work)
    draft.heading(shown)
    draft.about(here, shown, papers)
    draft.buttons(here, shown)
    left, right = st.columns([2, 3], gap="large")
    with left:
        draft.choose(here, shown)
    with right:
        draft.one(here, shown)
    left, right = st.columns([2, 3], gap="large")
    with left:
        draft.missing(shown)
        draft.history(here, shown)
    with right:
        draft.preview(here, shown)
elif paper is not None:
    listing.back()
    issue.heading(paper)
    issue.buttons(here, papers, paper)
    issue.facts(here, papers, paper)
    issue.measures(papers, paper)
    issue.sheet(here, paper)
else:
    widgets.finding(listing.finding(papers))
    notice.show()
    widgets.lead(listing.WHAT)
    listing.issued_list(here, papers)
    office.offer(here)
dialog.draw(here, DIALOGS)
