"""Many files at once: a ZIP of attachments becomes the files in it, within limits; a workbook stays what it is.

Sizes are looked at before anything is unpacked, and while it is: what a directory says of itself may be a lie. The
archive is opened in a process of its own (``main``), which may die of it.
"""

from __future__ import annotations

import io
import json
import logging
import resource
import struct
import sys
import zipfile
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from proforient.errors import WrongCall
from proforient.intake import limits
from proforient.intake.apart import begin
from proforient.intake.isolation import CPU_SECONDS, MEMORY, WALL_SECONDS

_log = logging.getLogger(__name__)

MOST = 300  # files of one parcel
WHOLE = 100 * 1024 * 1024  # bytes of all files of a parcel together
_BLOCK = 1 << 16  # bytes that are unpacked at once
_OPENED, _REFUSED = b"F", b"R"  # how the process begins what it says
_LENGTHS = struct.Struct(">II")  # bytes of a name and of a file
_BOOKS = ("[Content_Types].xml", "mimetype")  # parts by which a workbook is known
_LEFT_OUT = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")


class ParcelFile(NamedTuple):
    name: str
    data: bytes


def unpack(name: str, data: bytes) -> list[ParcelFile]:
    """The files of a ZIP in the order in which they lie there; of anything else, itself. Raises WrongCall."""
    if not data.startswith(b"PK") or not name.lower().endswith(".zip"):
        return [ParcelFile(name, data)]
    with begin(__name__, seconds=WALL_SECONDS) as work:
        work.send(json.dumps(name).encode("ascii") + b"\n", data)
        said = work.out.read()
        ended = work.ended()
    if ended == 0:
        if said.startswith(_REFUSED):
            raise WrongCall(said.removeprefix(_REFUSED).decode())
        return list(_carried(said.removeprefix(_OPENED)))
    _log.error("the process that opens an archive ended with %s", ended)
    raise WrongCall(f"Архив «{name[:80]}» не открывается: не хватило памяти или времени. Пришлите файлы без архива.")


def main() -> int:
    """The process of its own: the name as a line of JSON and the bytes in; the files, or why not, out."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    name = json.loads(sys.stdin.buffer.readline())
    out = sys.stdout.buffer
    try:
        files = _opened(name, sys.stdin.buffer.read())
    except WrongCall as refused:
        out.write(_REFUSED + str(refused).encode())
        return 0
    out.write(_OPENED)
    for file in files:
        called = file.name.encode()
        out.write(_LENGTHS.pack(len(called), len(file.data)) + called + file.data)
    return 0


def _carried(said: bytes) -> Iterator[ParcelFile]:
    """The files out of what the process wrote: both lengths, the name, the bytes of each."""
    at = 0
    while at < len(said):
        called, size = _LENGTHS.unpack_from(said, at)
        at += _LENGTHS.size
        yield ParcelFile(said[at : at + called].decode(), said[at + called : at + called + size])
        at += called + size


def _opened(name: str, data: bytes) -> list[ParcelFile]:
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
