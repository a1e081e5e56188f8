"""The archive of a workbook, opened with guards and read as streams of XML.

Nothing is unpacked before the directory's sizes are known; entities are refused, never resolved.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable
from xml.parsers import expat

from proforient.intake import limits

BLOCK = 1 << 16  # bytes that are unpacked at once
_UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError)


class Damaged(Exception):
    """The file is not what it seems to be; ``found`` says why (Russian)."""

    def __init__(self, found: str) -> None:
        super().__init__(found)
        self.found = found


class Protected(Exception):
    """The file is encrypted."""


class Unsafe(Exception):
    """A part of the book declares entities; ``found`` is its name."""

    def __init__(self, found: str) -> None:
        super().__init__(found)
        self.found = found


StartHandler = Callable[[str, dict[str, str]], None]
EndHandler = Callable[[str], None]
TextHandler = Callable[[str], None]


class Archive:
    """An opened archive whose declared sizes are within the limits."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            entries = self._zip.infolist()
        except _UNREADABLE:
            raise Damaged("архив книги не открывается") from None
        if any(entry.flag_bits & 1 for entry in entries):
            raise Protected
        names = [entry.filename for entry in entries]
        if len(set(names)) != len(names):
            raise Damaged("в архиве книги части с одинаковыми именами")
        if len(entries) > limits.ENTRIES:
            raise limits.TooLarge(f"В книге частей: {len(entries)}", f"не больше {limits.ENTRIES}")
        if sum(entry.file_size for entry in entries) > limits.UNPACKED:
            raise limits.TooLarge("Распакованная книга больше 256 МБ", "не больше 256 МБ")
        self.names = frozenset(names)

    def parse(
        self,
        name: str,
        start: StartHandler,
        end: EndHandler | None = None,
        text: TextHandler | None = None,
        *,
        doctype: bool = False,
    ) -> None:
        """Streams one part through the handlers; tags come without their prefixes' meaning, as written.

        ``doctype`` allows a document type without entities, as old OpenOffice writes it.
        """
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = start
        if end is not None:
            parser.EndElementHandler = end
        if text is not None:
            parser.CharacterDataHandler = text

        def refuse(*_: object) -> None:
            raise Unsafe(name)

        parser.EntityDeclHandler = refuse
        if not doctype:
            parser.StartDoctypeDeclHandler = refuse
        try:
            with self._zip.open(name) as part:
                while block := part.read(BLOCK):
                    parser.Parse(block, False)
            parser.Parse(b"", True)
        except expat.ExpatError:
            raise Damaged(f"часть книги «{name}» не читается") from None
        except (KeyError, *_UNREADABLE):
            raise Damaged(f"часть книги «{name}» не распаковывается") from None

    def refuse_entities(self) -> None:
        """Raises ``Unsafe`` when any XML part declares an entity, be it one that nobody reads."""
        for name in sorted(self.names):
            if name.endswith((".xml", ".rels")):
                self._refuse_entities_in(name)

    def _refuse_entities_in(self, name: str) -> None:
        tail = b""
        try:
            with self._zip.open(name) as part:
                while block := part.read(BLOCK):
                    if b"<!ENTITY" in tail + block:
                        raise Unsafe(name)
                    tail = block[-16:]
        except _UNREADABLE:
            raise Damaged(f"часть книги «{name}» не распаковывается") from None

    def holds(self, name: str, needles: tuple[bytes, ...]) -> bool:
        """Whether any of the bytes stands in a part: far quicker than to parse it."""
        longest = max(map(len, needles))
        tail = b""
        try:
            with self._zip.open(name) as part:
                while block := part.read(BLOCK):
                    if any(needle in tail + block for needle in needles):
                        return True
                    tail = block[-longest:]
        except _UNREADABLE:
            raise Damaged(f"часть книги «{name}» не распаковывается") from None
        return False

    def read(self, name: str, longest: int = BLOCK) -> bytes:
        """The first bytes of a part, empty when there is none."""
        if name not in self.names:
            return b""
        try:
            with self._zip.open(name) as part:
                return part.read(longest)
        except _UNREADABLE:
            raise Damaged(f"часть книги «{name}» не распаковывается") from None


def local(tag: str) -> str:
    """The tag or attribute without its prefix."""
    return tag.rpartition(":")[2]
