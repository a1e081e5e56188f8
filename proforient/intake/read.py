"""A file's name and bytes -> a ``Reading``: its format, its sheets, and what already speaks against it.

Pure and complete in itself; what others sent is read through ``own_process.read_isolated`` only, for readers of
workbooks may take the whole process with them.
"""

from __future__ import annotations

import hashlib

from proforient.intake import limits
from proforient.intake.archive import Archive, Damaged, Protected, Unsafe
from proforient.intake.encoding import Undecodable, decode
from proforient.intake.findings import clip, finding
from proforient.intake.foreign_files import (
    Stranger,
    book_ending,
    is_exported,
    of_archive,
    of_old_office,
    refuse_strangers,
)
from proforient.intake.model import BesideText, Finding, Reading, Sheet
from proforient.intake.personal import kind_of
from proforient.intake.text_rows import BrokenQuotes, read_separated
from proforient.wording import counted, number

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_BOOKS = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))


class _Extra(Exception):
    """The book holds what a table has no need of; ``found`` says what."""

    def __init__(self, found: str) -> None:
        super().__init__(found)
        self.found = found


class _Draft:
    """What becomes the Reading: the format's facts as far as they are known."""

    def __init__(self) -> None:
        self.kind = self.encoding = self.delimiter = ""
        self.sheets: tuple[Sheet, ...] = ()
        self.side_texts: tuple[BesideText, ...] = ()
        self.notes: list[Finding] = []


def read_bytes(name: str, data: bytes) -> Reading:
    """Reads a file of any accepted kind; what is wrong with it stands in ``findings``, nothing is raised for it."""
    draft = _Draft()
    found: list[Finding] = []
    try:
        _fill(draft, name, data)
    except Stranger as error:
        found.append(finding("file-kind", words={"found": error.found, "to_do": error.to_do}))
    except _Extra as error:
        found.append(finding("file-extras", words={"found": error.found}))
    except Damaged as error:
        found.append(finding("file-damaged", words={"found": error.found}))
    except Protected:
        found.append(finding("file-password"))
    except Unsafe as error:
        found.append(finding("file-unsafe", words={"found": error.found}))
    except limits.TooLarge as error:
        found.append(finding("file-too-large", words={"found": error.found, "limit": error.limit}))
    except limits.CellTooLong as error:
        words = {"count": counted(error.characters, "signs"), "most": number(limits.CELL)}
        named = "" if kind_of(error.heading) else clip(error.heading)  # a person's name is not repeated
        column = named or limits.letters(error.column)
        found.append(finding("cell-too-long", row=error.row, column=column, words=words))
    except MemoryError:
        found.append(
            finding("file-too-large", words={"found": "Файл не помещается в память", "limit": limits.TABLE_LIMIT})
        )
    except Undecodable as error:
        found.append(finding(error.code, row=error.row))
    except BrokenQuotes as error:
        found.append(finding("broken-quotes", row=error.row))
    if not found and not any(row.cells for sheet in draft.sheets for row in sheet.rows):
        found.append(finding("file-empty"))
    return Reading(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        kind=draft.kind,
        encoding=draft.encoding,
        delimiter=draft.delimiter,
        sheets=() if found else draft.sheets,
        findings=(*found, *draft.notes),
        side_texts=draft.side_texts,
    )


def _fill(draft: _Draft, name: str, data: bytes) -> None:
    if len(data) > limits.BYTES:
        raise limits.TooLarge(f"Файл занимает {len(data) // 1_048_576 + 1} МБ", "не больше 20 МБ")
    if data.startswith(b"PK"):
        _fill_from_archive(draft, data)
    elif data.startswith(_OLE):
        _fill_from_ole(draft, data)
    else:
        draft.kind = "csv"
        refuse_strangers(name, data)
        draft.encoding, text = decode(data)
        if "\x00" in text:
            raise Stranger("Это двоичный файл, не текст")
        draft.delimiter, sheet = read_separated(text)
        draft.sheets = (sheet,)
        if is_exported(ending := book_ending(name), draft.delimiter):
            draft.notes.append(finding("text-as-book", words={"ending": ending}))


def _fill_from_archive(draft: _Draft, data: bytes) -> None:
    archive = Archive(data)
    from proforient.intake.extras import extra_in, has_links, link_in_ods, texts_of_ods, texts_of_xlsx, uses_links

    if any(name.lower().endswith("workbook.bin") for name in archive.names):
        raise Stranger("Это двоичная книга Excel (.xlsb)")
    if "content.xml" in archive.names:
        if b"spreadsheet" not in archive.read("mimetype") and b"spreadsheet" not in archive.read("content.xml"):
            raise Stranger("Это документ OpenDocument, но не таблица")
        from proforient.intake.ods import read_ods

        draft.kind, draft.sheets = "ods", read_ods(archive)
        draft.side_texts = texts_of_ods(archive)
        _refuse_extra(extra_in(archive) or link_in_ods(archive))
        return
    if (stranger := of_archive(archive.names)) is not None:
        raise stranger
    from proforient.intake.xlsx import read_xlsx

    draft.kind, draft.sheets = "xlsx", read_xlsx(data, archive)
    draft.side_texts = texts_of_xlsx(archive)
    used = has_links(archive) and uses_links(archive)
    _refuse_extra(extra_in(archive, links=used))
    if has_links(archive):
        draft.notes.append(finding("links-unused"))


def _refuse_extra(found: str) -> None:
    if found:
        raise _Extra(found)


def _fill_from_ole(draft: _Draft, data: bytes) -> None:
    if _ENCRYPTED in data:
        raise Protected
    if not any(book in data for book in _BOOKS):
        raise of_old_office(data) or Stranger("Это документ старого Office, но не книга Excel")
    from proforient.intake.xls import read_xls

    draft.kind = "xls"
    draft.sheets, draft.side_texts, extra, linked = read_xls(data)
    _refuse_extra(extra)
    if linked:
        draft.notes.append(finding("links-unused"))
