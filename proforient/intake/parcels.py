"""Many files at once: a ZIP of attachments becomes the files in it, within limits; a workbook stays what it is.

Sizes are looked at before anything is unpacked, and while it is: what a directory says of itself may be a lie.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import NamedTuple

from proforient.errors import WrongCall
from proforient.intake import limits

MOST = 300  # files of one parcel
WHOLE = 100 * 1024 * 1024  # bytes of all files of a parcel together
_BLOCK = 1 << 16
_BOOKS = ("[Content_Types].xml", "mimetype")  # parts by which a workbook is known
_LEFT_OUT = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")


class ParcelFile(NamedTuple):
    name: str
    data: bytes


def unpack(name: str, data: bytes) -> list[ParcelFile]:
    """The files of a ZIP in the order in which they lie there; of anything else, itself. Raises WrongCall."""
    if not data.startswith(b"PK") or not name.lower().endswith(".zip"):
        return [ParcelFile(name, data)]
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _files(archive, name, data)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, RuntimeError) as error:
        raise WrongCall(f"Архив «{name[:80]}» не открывается. Пришлите файлы без архива.") from error


def _files(archive: zipfile.ZipFile, name: str, data: bytes) -> list[ParcelFile]:
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if any(entry.filename in _BOOKS for entry in entries):
        return [ParcelFile(name, data)]
    entries = [entry for entry in entries if not any(part in entry.filename for part in _LEFT_OUT)]
    if any(entry.flag_bits & 1 for entry in entries):
        raise WrongCall(f"Архив «{name[:80]}» закрыт паролем. Пришлите файлы без пароля.")
    if len(entries) > MOST or sum(entry.file_size for entry in entries) > WHOLE:
        raise WrongCall(f"В архиве «{name[:80]}» больше {MOST} файлов или больше 100 МБ. Разделите его.")
    found, left = [], WHOLE
    for entry in entries:
        content = _content(archive, entry, min(left, limits.BYTES + 1))
        left -= len(content)
        found.append(ParcelFile(_called(entry), content))
    return found


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> bytes:
    """At most so many bytes: a file that is longer is refused when it is read."""
    held = bytearray()
    with archive.open(entry) as part:
        while len(held) < most and (block := part.read(min(_BLOCK, most - len(held)))):
            held += block
    return bytes(held)


def _called(entry: zipfile.ZipInfo) -> str:
    """The name without its folders; Windows writes Russian names in the old page without saying so."""
    name = entry.filename
    if not entry.flag_bits & 0x800:
        try:
            name = name.encode("cp437").decode("cp866")
        except UnicodeError:
            name = entry.filename
    return name.replace("\\", "/").rpartition("/")[2]
