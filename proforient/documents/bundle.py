"""The forms of many organisations as one ZIP: a workbook each, named by organisation, no two alike."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable, Mapping, Sequence

from proforient.catalogue.entries import Catalogue
from proforient.documents import form
from proforient.documents.form_beside import besides
from proforient.intake.model import Known
from proforient.monitoring import Organisation, Period


def forms(
    catalogue: Catalogue,
    organisations: Sequence[Organisation],
    period: Period,
    say: Callable[[int], None],
    known: Known,
    last_days: Mapping[str, dt.date],
    address: str = "",
) -> bytes:
    """``say`` is told how many are made; ``known``: what stands beside the cells; ``last_days``: by organisation.

    Two organisations of one name are told apart by their codes.
    """
    out, taken, known_of = io.BytesIO(), set[str](), besides(known, last_days, address)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for made, organisation in enumerate(organisations, start=1):
            name = form.file_name(organisation, period, "xlsx")
            if name in taken:
                name = f"{name.removesuffix('.xlsx')}, {organisation.code}.xlsx"
            taken.add(name)
            archive.writestr(name, form.form(catalogue, organisation, period, beside=known_of(organisation.code)))
            say(made)
    return out.getvalue()
