"""A kind rendered without a process of its own, and the words of a Word file."""

from __future__ import annotations

import datetime as dt
import io
import re

import docx

from proforient.documents.blanks import printable
from proforient.documents.offices import Office
from proforient.documents.rendering import rendered

DAY = dt.date(2023, 5, 4)


def made(kind, document, office=None):
    """The file: what the process of rendering does, and not a second process for each."""
    return rendered(kind.template(), printable(kind.fields(document, office or Office())))


def paragraphs(data):
    """Every paragraph of body, tables and margins in order, with plain spaces."""
    opened = docx.Document(io.BytesIO(data))
    parts = [opened.element.body, opened.sections[0].first_page_header._element]
    found = [p for part in parts for p in part.iter(f"{{{part.nsmap['w']}}}p")]
    lines = ["".join(t.text or "" for t in p.iter(f"{{{p.nsmap['w']}}}t")) for p in found]
    return [plain(line) for line in lines if line.strip()]


def plain(text):
    return re.sub(r"[\u00a0\u2060]", lambda m: " " if m[0] == "\u00a0" else "", text)


def tells(text, number):
    """Whether the number stands in the text as one of its own, not within a hash."""
    return re.search(rf"(?<![0-9a-fA-F]){number}(?![0-9a-fA-F])", text) is not None
