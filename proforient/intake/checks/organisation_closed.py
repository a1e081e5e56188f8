"""Numbers of an organisation that did not work on any day of the period: its children are counted elsewhere, too."""

from __future__ import annotations

from collections.abc import Iterator

from proforient.catalogue.entries import Severity
from proforient.intake.case import Case
from proforient.intake.findings import finding
from proforient.intake.model import Finding, Place
from proforient.wording import date_ru

RAISES = ("organisation-closed", "organisation-not-open")


def check(case: Case) -> Iterator[Finding]:
    """Asked of the department, which may know better; refused where the organisation itself sends."""
    period = case.known.period
    if period is None:
        return
    severity: Severity = "error" if case.known.own_account else "warning"
    for code, values in case.touched.items():
        who = case.known.organisations.get(code)
        if who is None:
            continue
        place = Place(values[0].place.sheet, values[0].place.row, "")
        words = {"name": who.name, "period": period.code}
        if who.closed is not None and who.closed <= period.starts:
            words["day"] = date_ru(who.closed, "digits")
            yield finding("organisation-closed", **place._asdict(), severity=severity, value=who.name, words=words)
        elif who.opened is not None and who.opened > period.ends:
            words["day"] = date_ru(who.opened, "digits")
            yield finding("organisation-not-open", **place._asdict(), severity=severity, value=who.name, words=words)
