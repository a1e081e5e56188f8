"""What a workbook holds beside its tables: texts that may name people, and things that a table has no need of.

In: the archive or the bytes. Out: ``Text`` with where it stands, in Russian; the first extra thing found, or «».
"""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Callable, Iterator, Sequence

import xlrd
from xlrd.compdoc import CompDoc, CompDocError

from proforient.intake.archive import Archive, local
from proforient.intake.model import IN_MARGINS, IN_PROPERTIES, ON_THE_SHEET, BesideText

LONGEST = 2_000  # characters of one text that are looked at
MANY = 5_000  # texts
_LINKS = "/externallinks/"
# «[1]Лист1!A1» or «'[1]Лист 1'!A1» in a formula: a cell of another book; «Таблица1[2023]» is none.
_OTHER_BOOK = re.compile(r"(?<!\w)\[[0-9]{1,4}\]")
# Of an ODS: «of:=['file:///a.ods'#$Лист1.A1]», a sheet or a range that is fetched from elsewhere.
_ODS_OTHER_BOOK = re.compile(rb"formula=\"[^\"<]{0,4000}(?:'|&apos;)#\$|<table:(?:table-source|cell-range-source)[ />]")
_EXTRAS = (
    ("vbaproject.bin", "макросы"),
    ("/media/", "картинка"),
    ("pictures/", "картинка"),
    (_LINKS, "связь с другой книгой"),
    ("/embeddings/", "вложенный документ"),
    ("/activex/", "элементы управления"),
    ("connections.xml", "подключение к другой базе"),
    ("basic/", "макросы"),
    ("scripts/", "макросы"),
)
_PARTS = (
    ("/comments", "в примечании к ячейке"),
    ("/threadedcomments/", "в примечании к ячейке"),
    ("/persons/", "в списке авторов примечаний"),
    ("docprops/core.xml", IN_PROPERTIES),
    ("docprops/app.xml", IN_PROPERTIES),
    ("docprops/custom.xml", IN_PROPERTIES),
    ("meta.xml", IN_PROPERTIES),
    ("/drawings/", ON_THE_SHEET),
    ("/charts/", "в диаграмме"),
    (_LINKS, "в числах, взятых из другой книги"),
)
_HEADERS = frozenset(f"{page}{part}" for page in ("odd", "even", "first") for part in ("Header", "Footer"))
_SHEET_TEXTS = {**dict.fromkeys(_HEADERS, IN_MARGINS), "formula1": "в списке проверки", "f": "в формуле"}
_TELLING = (b"Header", b"Footer", b"formula1", b"<f>", b"<f ", b":f>", b":f ")  # without them a sheet has none
_ODS_TEXTS = {"header": IN_MARGINS, "footer": IN_MARGINS, "annotation": "в примечании к ячейке"}
_ODS_TEXTS |= dict.fromkeys(("text-box", "custom-shape"), ON_THE_SHEET)
_ODS_TELLING = (b"header", b"footer", b"annotation", b"text-box", b"custom-shape")


def extra_in(archive: Archive, *, links: bool = True) -> str:
    """The first thing that is no table: a picture, a macro, a link to another book; empty without one.

    Without ``links`` those are passed over.
    """
    for name in sorted(archive.names):
        lowered = "/" + name.lower()
        if not name.endswith("/"):
            for part, found in _EXTRAS:
                if part == _LINKS and not links:
                    continue
                if part in lowered and (part[0] == "/" or lowered.startswith("/" + part) or lowered.endswith(part)):
                    return found
    return ""


def link_in_ods(archive: Archive) -> str:
    """What the cells of an ODS take from another book; empty for nothing."""
    return "связь с другой книгой" if _ODS_OTHER_BOOK.search(archive.read("content.xml")) else ""


def has_links(archive: Archive) -> bool:
    """Whether the book remembers another one."""
    return any(_LINKS in "/" + name.lower() for name in archive.names)


def uses_links(archive: Archive) -> bool:
    """Whether a formula of a sheet, or a name that one uses, takes anything from another book."""
    names: set[str] = set()
    used: list[str] = []

    def name(attributes: dict[str, str], said: str) -> None:
        if _OTHER_BOOK.search(said):
            names.add(attributes.get("name", ""))

    def formula(_: dict[str, str], said: str) -> None:
        if not used and (_OTHER_BOOK.search(said) or any(name and name in said for name in names)):
            used.append(said)

    for part in sorted(archive.names):  # «xl/workbook.xml» comes before «xl/worksheets/»
        lowered = "/" + part.lower()
        if lowered.endswith("/workbook.xml"):
            _each(archive, part, ("definedName",), name)
        elif "/worksheets/" in lowered and lowered.endswith(".xml"):
            _each(archive, part, ("f", "formula", "formula1", "formula2"), formula)
    return bool(used)


def _each(archive: Archive, part: str, tags: tuple[str, ...], tell: Callable[[dict[str, str], str], None]) -> None:
    """Tells the attributes and the text of every element of these tags."""
    opened: list[dict[str, str]] = []
    said: list[str] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if local(tag) in tags:
            opened.append(attributes)

    def text(piece: str) -> None:
        if opened:
            said.append(piece)

    def end(tag: str) -> None:
        if opened and local(tag) in tags:
            tell(opened.pop(), "".join(said))
            said.clear()

    archive.parse(part, start, end, text, doctype=True)


def texts_of_xlsx(archive: Archive) -> tuple[BesideText, ...]:
    """Comments, authors, properties, drawings, headers and footers, lists of checks, addresses of links, names."""
    collected = _Collected()
    for name in sorted(archive.names):
        lowered = "/" + name.lower()
        where = next((where for part, where in _PARTS if part in lowered), "")
        if not lowered.endswith((".xml", ".rels")):
            continue
        if where and not (_LINKS in lowered and lowered.endswith(".rels")):
            collected.every(archive, name, where)
        elif "/worksheets/" in lowered and lowered.endswith(".xml") and archive.holds(name, _TELLING):
            collected.some(archive, name, _SHEET_TEXTS)
        elif lowered.endswith(".rels") and _LINKS not in lowered:
            collected.targets(archive, name)
        elif lowered.endswith("/workbook.xml"):
            collected.some(archive, name, {"definedName": "в имени диапазона"})
    return tuple(collected.texts)


def texts_of_ods(archive: Archive) -> tuple[BesideText, ...]:
    """Properties, headers and footers, comments."""
    collected = _Collected()
    for name, tags in (("meta.xml", None), ("styles.xml", _ODS_TEXTS), ("content.xml", _ODS_TEXTS)):
        if name in archive.names and tags is None:
            collected.every(archive, name, IN_PROPERTIES)
        elif name in archive.names and tags is not None and archive.holds(name, _ODS_TELLING):
            collected.some(archive, name, tags)
    return tuple(collected.texts)


class _Collected:
    """Texts of the parts of an archive, as they are met."""

    def __init__(self) -> None:
        self.texts: list[BesideText] = []

    def add(self, where: str, text: str) -> None:
        said = " ".join(text.split())[:LONGEST]
        if said and len(self.texts) < MANY:
            self.texts.append(BesideText(where, said))

    def every(self, archive: Archive, name: str, where: str) -> None:
        """All texts of a part and its attributes that are words."""
        parts: list[str] = []

        def start(_: str, attributes: dict[str, str]) -> None:
            for key, value in attributes.items():
                if local(key) in ("displayName", "author", "userId"):
                    self.add(where, value)

        def end(_: str) -> None:
            self.add(where, "".join(parts))
            parts.clear()

        archive.parse(name, start, end, parts.append, doctype=True)

    def some(self, archive: Archive, name: str, tags: dict[str, str]) -> None:
        """The texts inside the named elements."""
        inside: list[str] = []
        parts: list[str] = []

        def start(tag: str, attributes: dict[str, str]) -> None:
            if inside or local(tag) in tags:
                inside.append(tags.get(local(tag), inside[-1] if inside else ""))

        def end(_: str) -> None:
            if inside:
                self.add(inside[-1], "".join(parts))
                parts.clear()
                inside.pop()

        def text(said: str) -> None:
            if inside:
                parts.append(said)

        archive.parse(name, start, end, text, doctype=True)

    def targets(self, archive: Archive, name: str) -> None:
        """Where the links of a part lead outside the book."""

        def start(_: str, attributes: dict[str, str]) -> None:
            if attributes.get("TargetMode") == "External":
                self.add("в ссылке", attributes.get("Target", ""))

        archive.parse(name, start)


_HEADER, _FOOTER, _PICTURES = 0x14, 0x15, 0xEB
_SUPBOOK, _EXTERNSHEET, _NAME, _CACHED = 0x1AE, 0x17, 0x18, 0x5A
_FORMULAS = (0x06, 0x4BC, 0x221)  # of a cell, shared by cells, of a range
_AWAY = (0x39, 0x3A, 0x3B, 0x3C, 0x3D)  # a name, a cell, a range of a sheet known by its number in EXTERNSHEET
_BY_NAME = 0x23  # token of a formula that names a name of another file
_CLASSES = (0x00, 0x20, 0x40)  # in which a token may stand: reference, value, array
_PROPERTIES = ("\x05SummaryInformation", "\x05DocumentSummaryInformation")
_BIFF8 = 80  # number by which xlrd calls the format of Excel 97 and later


def records_of_xls(data: bytes) -> Iterator[tuple[int, bytes]]:
    """All records of an old book, kind and body, in their order."""
    return _records(_stream(_compound(data)))


def of_xls(data: bytes, book: xlrd.Book) -> tuple[tuple[BesideText, ...], str, bool]:
    """Texts beside the tables of an old book, the first thing in it that is no table, and whether it has idle links."""
    collected = _Collected()
    for sheet in book.sheets():
        for note in sheet.cell_note_map.values():
            collected.add("в примечании к ячейке", note.text or "")
            collected.add("в примечании к ячейке", note.author or "")
    compound = _compound(data)
    if compound is not None:
        for name in _PROPERTIES:
            for text in _printable(compound.get_named_stream(name) or b""):
                collected.add(IN_PROPERTIES, text)
    extra = "макросы" if "_VBA_PROJECT".encode("utf-16-le") in data else ""
    links = _Links(sure=book.biff_version >= _BIFF8)
    for kind, body in _records(_stream(compound)):
        links.note(kind, body)
        if kind in (_HEADER, _FOOTER, _CACHED):
            where = "в числах, взятых из другой книги" if kind == _CACHED else IN_MARGINS
            for text in _printable(body):
                collected.add(where, text)
        elif kind == _PICTURES and (b"\x89PNG" in body or b"\xff\xd8\xff" in body):
            extra = extra or "картинка"
    if links.used:
        extra = extra or "связь с другой книгой"
    return tuple(collected.texts), extra, links.any and not links.used


class _Links:
    """Links of an old book to others, and whether a formula may use one: rather a use too many than one too few."""

    def __init__(self, *, sure: bool) -> None:
        self.any = self.used = False
        self._sure = sure  # whether the records are of a kind that can be followed
        self._books: list[bool] = []  # of every book that the formulas know: is it another one
        self._away: set[bytes] = set()  # beginnings of tokens that lead to another book
        self._names = 0

    def note(self, kind: int, body: bytes) -> None:
        """Looks at the next record of the book."""
        if kind == _SUPBOOK:
            self._books.append(len(body) > 4)
            self.any = self.any or self._books[-1]
            self.used = self.used or (self.any and not self._sure)
        elif kind == _EXTERNSHEET and self.any:
            for place, at in enumerate(range(2, len(body) - 5, 6)):
                number = int.from_bytes(body[at : at + 2], "little")
                if number >= len(self._books) or self._books[number]:
                    self._lead_away(_AWAY, place)
        elif kind == _NAME:
            self._names += 1
            if self._leads_away(body):
                self._lead_away((_BY_NAME,), self._names)
        elif kind in _FORMULAS:
            self.used = self.used or self._leads_away(body)

    def _lead_away(self, tokens: Sequence[int], number: int) -> None:
        self._away.update(bytes((token + more, *number.to_bytes(2, "little"))) for token in tokens for more in _CLASSES)

    def _leads_away(self, body: bytes) -> bool:
        return any(token in body for token in self._away)


def _compound(data: bytes) -> CompDoc | None:
    try:
        return CompDoc(data, logfile=io.StringIO())
    except (CompDocError, AssertionError, IndexError, struct.error, RecursionError):
        return None


def _stream(compound: CompDoc | None) -> bytes:
    if compound is None:
        return b""
    return compound.get_named_stream("Workbook") or compound.get_named_stream("Book") or b""


def _records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


def _printable(raw: bytes) -> Sequence[str]:
    """What of the bytes reads as words in the encodings that old books use."""
    found = []
    for encoding in ("cp1251", "utf-16-le", "utf-8"):
        text = raw.decode(encoding, "replace")
        found.append("".join(c if c.isprintable() and c != "\ufffd" else " " for c in text))
    return found
