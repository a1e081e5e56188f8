"""Загрузка: a file is chosen, checked, explained and handed in; nothing is stored before that."""

import streamlit as st

from proforient.charts.sentences import upload_finding
from proforient.intake.findings import without_asked
from proforient.web import widgets
from proforient.web.sections import notice
from proforient.web.sections.upload import beginning as upload_first
from proforient.web.sections.upload import excerpt as upload_excerpt
from proforient.web.sections.upload import many
from proforient.web.sections.upload.check import findings_table, set_aside, understood_lead, values_table
from proforient.web.sections.upload.desk import desk
from proforient.web.sections.upload.hand_in import (
    give_back,
    hand_in,
    other_file,
    receipt,
    receipt_finding,
    screen_file,
    what_changes,
)
from proforient.web.sections.upload.questions import explanations, questions
from proforient.web.sections.upload.sender import first_finding, not_taken, read_sender, scope
from proforient.web.sections.upload.wrong_form import right_form
from proforient.web.session import current

here = current()
scope(here)
campaign = read_sender(here)
table = desk(campaign.code, here.view.organisation)
held, done, heap = table.held, table.done, many.pile(campaign.code)
if done is not None:
    widgets.finding(receipt_finding(here, done))
    upload_first.steps(4)
    receipt(here, table, done)
elif not campaign.takes_files:
    widgets.finding(first_finding(campaign))
    not_taken(campaign)
elif held is None and heap.files:
    widgets.finding(many.pile_finding(heap))
    notice.show()
    many.file_list(here, table, heap)
elif held is None:
    widgets.finding(first_finding(campaign))
    notice.show()
    upload_first.steps(0)
    upload_first.begin(here, campaign, table)
    if campaign.organisation is None:
        many.chooser(here, campaign, heap)
else:
    found = screen_file(here, campaign, held)
    widgets.finding(upload_finding(found))
    upload_first.steps(2)
    widgets.lead(understood_lead(found))
    if not held.typed:
        upload_first.remember_chosen(found.name)
    if found.unanswered:
        questions(here, held, found)
    findings_table(without_asked(found), found)
    right_form(here, campaign, held.reading, found)
    if held.reading is not None:
        upload_excerpt.show(upload_excerpt.excerpt_of(held.reading, found))
    if not found.unanswered:
        questions(here, held, found)
    if not found.acceptable or not found.values:
        with st.container(horizontal=True):
            other_file(table, primary=not found.unanswered)
            give_back(held, found)
        set_aside(found)
        values_table(here, campaign, found)
    else:
        set_aside(found)
        left, right = st.columns(2, gap="large")
        with left:
            values_table(here, campaign, found)
        with right:
            what_changes(here, campaign, held, found)
        explanations(held, found)
        hand_in(here, campaign, table, held, found)
