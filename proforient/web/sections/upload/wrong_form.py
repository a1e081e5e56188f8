"""A form that was not read because it is another's or spoiled: the right one, or the organisation that it is of."""

from __future__ import annotations

import streamlit as st

from proforient.charts import marks
from proforient.intake import form_codes
from proforient.intake.form_stops import cell_text
from proforient.intake.model import Reading, Screening
from proforient.monitoring import Organisation
from proforient.web import widgets
from proforient.web.sections.upload.beginning import form_download
from proforient.web.sections.upload.sender import Sender
from proforient.web.session import Session
from proforient.wording import quoted

_STOPS = {"form-of-other", "form-of-other-period", "form-other", "form-codes-lost", "form-words-differ"}


def right_form(here: Session, campaign: Sender, reading: Reading | None, found: Screening) -> None:
    """The form to fill instead; whoever may hand in for any organisation is offered the form's own one."""
    codes = {finding.code for finding in found.findings} & _STOPS
    if not codes:
        return
    if campaign.organisation:
        with st.container(horizontal=True):
            form_download(here, campaign, campaign.organisation)
    if "form-of-other" in codes and reading is not None and (own := _own(here, campaign, reading)):
        link = widgets.link_html(f"Сдать этот бланк за {quoted(own.name)}", organisation=own.code)
        widgets.show_html(marks.tag("p", link))


def _own(here: Session, campaign: Sender, reading: Reading) -> Organisation | None:
    """The organisation that the form is of, where the person may hand in for it."""
    whose = next((code for sheet in reading.sheets if (code := cell_text(sheet, form_codes.NAME_ORGANISATION))), "")
    ends = campaign.period.ends if campaign.period else None
    found = here.reader.organisations(on=ends, code=whose) if whose else []
    return next((o for o in found if here.person.reaches_organisation(o)), None)
