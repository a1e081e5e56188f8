"""The one register of files that are no Word documents: slides and a workbook of the same figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from proforient.documents.contents import Contents
from proforient.documents.kinds import note
from proforient.documents.offices import Office
from proforient.documents.record import Audience
from proforient.documents.state import DocumentState

if TYPE_CHECKING:
    from proforient.store.reading import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class FileKind:
    """``make`` is called in the transaction in which the state was frozen; bytes out."""

    code: str
    title: str
    ending: str
    make: Callable[[Reader, DocumentState, Audience, dt.date, Contents, Office], bytes]


def _slides(
    reader: Reader, state: DocumentState, audience: Audience, day: dt.date, given: Contents, office: Office
) -> bytes:
    from proforient.documents.slides import made_slides  # the library takes a while to load and is seldom needed

    return made_slides(note.KIND.compose(state, audience, day, given), office)


def _workbook(
    reader: Reader, state: DocumentState, audience: Audience, day: dt.date, given: Contents, office: Office
) -> bytes:
    from proforient.documents.workbook import book_figures, made_book

    return made_book(book_figures(reader, state, audience))


_EVERY = (
    FileKind(code="slides", title="Слайды", ending="pptx", make=_slides),
    FileKind(code="workbook", title="Книга показателей", ending="xlsx", make=_workbook),
)
FILES: Mapping[str, FileKind] = {kind.code: kind for kind in _EVERY}


__all__ = ["FILES", "FileKind"]
