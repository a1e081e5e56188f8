"""The one register of kinds of documents: a file each, which says what the document states, in which words and look."""

from __future__ import annotations

from collections.abc import Mapping

from proforient.documents.kinds import letter
from proforient.documents.record import DocumentKind

KINDS: Mapping[str, DocumentKind] = {kind.code: kind for kind in (letter.KIND,)}

__all__ = ["KINDS"]
