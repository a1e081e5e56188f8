"""The same bytes sent again: harmless by themselves, a warning where newer figures would be put back."""

from __future__ import annotations

from collections.abc import Iterator

from proforient.intake.case import Case
from proforient.intake.findings import finding
from proforient.intake.model import Finding
from proforient.wording import date_ru

RAISES = ("older-file", "same-file")


def check(case: Case) -> Iterator[Finding]:
    if case.reading is None or (day := case.known.earlier.get(case.reading.sha256)) is None:
        return
    when = date_ru(day, "digits")
    if cells := case.known.newer_cells.get(case.reading.sha256, 0):
        yield finding("older-file", words={"when": when, "cells": cells})
    else:
        yield finding("same-file", words={"when": when})
