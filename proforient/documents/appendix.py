"""How many sheets the appendix of a letter has: by LibreOffice where it is installed, else a person counts them.

The appendix begins with the first paragraph that begins a new page; so it has as many sheets as the whole has more than
what stands before it.
"""

from __future__ import annotations

import io
import logging
import re

from proforient.documents.pdf import as_pdfs, why_not
from proforient.errors import Refused

_PAGE = re.compile(rb"/Type\s*/Page(?![a-zA-Z])")
_log = logging.getLogger(__name__)


def sheets_of_appendix(data: bytes) -> int | None:
    """Of a Word file that was made here; None where nothing can count them or there is no appendix."""
    before = None if why_not() else _before(data)
    if before is None:
        return None
    try:
        whole, body = (len(_PAGE.findall(made)) for made in as_pdfs([data, before], "docx"))
    except Refused as refused:
        _log.warning("the sheets of an appendix are not counted: %s", refused)
        return None
    return whole - body if whole > body > 0 else None


def _before(data: bytes) -> bytes | None:
    """The file up to its appendix."""
    import docx
    from docx.text.paragraph import Paragraph

    from proforient.documents.guard import W

    opened = docx.Document(io.BytesIO(data))
    body = list(opened.element.body)
    starts = (
        at
        for at, element in enumerate(body)
        if element.tag == f"{W}p" and Paragraph(element, opened).paragraph_format.page_break_before
    )
    first = next(starts, None)
    if first is None:
        return None
    for element in body[first:]:
        if element.tag != f"{W}sectPr":
            opened.element.body.remove(element)
    out = io.BytesIO()
    opened.save(out)
    return out.getvalue()


__all__ = ["sheets_of_appendix"]
