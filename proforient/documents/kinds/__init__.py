"""The one register of kinds of documents: a file each, which says what the document states, in which words and look."""

from __future__ import annotations

from collections.abc import Mapping

from proforient.documents.kinds import (
    decision,
    letter,
    note,
    protocol,
    resolution,
    sheet,
    system,
)
from proforient.documents.record import DocumentKind

_EVERY = (
    letter.KIND,
    protocol.KIND,
    decision.KIND,
    resolution.KIND,
    note.KIND,
    sheet.KIND,
    system.KIND,
)
KINDS: Mapping[str, DocumentKind] = {kind.code: kind for kind in _EVERY}

__all__ = ["KINDS"]
