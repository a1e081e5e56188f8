"""Submitted files beside the database, named by their SHA-256; written and flushed before anything names them."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import secrets
import shutil
import subprocess
from pathlib import Path

from proforient.errors import DiskFull, StoreDamaged, StoreError, WrongCall

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
DISK_FULL = (
    "На диске закончилось место: последнее действие не сохранено, всё подтверждённое раньше цело. "
    "Освободите место и повторите."
)


def cannot_write(error: OSError, path: Path) -> StoreError:
    """The error of a failed write, in words for a person."""
    if error.errno in FULL:
        return DiskFull(DISK_FULL)
    return StoreError(
        f"Не удалось записать {path.name} в папку {path.parent}: {error.strerror}. "
        "Проверьте права на папку и свободное место."
    )


def write_whole(path: Path, data: bytes) -> None:
    """Write so that after a crash the file is either the old one or the new one, never half of it (mode 0600)."""
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise cannot_write(error, path) from error


def copy_apart(source: Path, target: Path) -> None:
    """Copies a file that the database holds open, by a process of its own.

    Opening and closing it in ours would give up the lock by which others are kept out. Raises OSError.
    """
    done = subprocess.run(  # noqa: S603  # two paths of our own
        ["/bin/cp", "--", str(source), str(target)], capture_output=True, env={"LC_ALL": "C"}, check=False
    )
    if done.returncode:
        full = b"No space left" in done.stderr or b"quota exceeded" in done.stderr
        code = errno.ENOSPC if full else errno.EIO
        raise OSError(code, os.strerror(code))
    with target.open("rb") as stream:
        os.fsync(stream.fileno())


def copy_file(source: Path, target: Path) -> None:
    """Copies and reads back: a backup that was cut on the way is no backup."""
    shutil.copyfile(source, target)
    target.chmod(0o600)
    with target.open("rb") as stream:
        os.fsync(stream.fileno())
    if digest(source) != digest(target):
        raise StoreError(f"Файл {target.name} скопировался с ошибкой. Проверьте диск и повторите.")


def sync_folder(folder: Path) -> None:
    """Flush the folder's own entries, so that a new name survives a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def put(folder: Path, data: bytes) -> str:
    """Store bytes, give their SHA-256. Bytes that are there whole already are left alone."""
    sha256 = hashlib.sha256(data).hexdigest()
    path = folder / sha256
    if not path.exists() or digest(path) != sha256:
        write_whole(path, data)
    return sha256


def get(folder: Path, sha256: str) -> bytes:
    """The stored bytes. WrongCall where nothing has that name, StoreDamaged where the bytes have changed."""
    path = folder / file_name(sha256)
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise WrongCall(f"Файла {sha256[:12]}… нет среди сохранённых. Проверьте хранилище командой verify.") from error
    if hashlib.sha256(data).hexdigest() != sha256:
        raise StoreDamaged(
            f"Сохранённый файл {sha256[:12]}… повреждён: его содержимое изменилось. "
            "Верните его из резервной копии (папка files) и проверьте командой verify."
        )
    return data


def file_name(sha256: str) -> str:
    """The name itself if it is one of ours: 64 hexadecimal digits, so that no path gets through."""
    if not re.fullmatch(r"[0-9a-f]{64}", sha256):
        raise WrongCall("Имя сохранённого файла — 64 шестнадцатеричных знака. Укажите его целиком.")
    return sha256


def digest(path: Path) -> str:
    """SHA-256 of a file, read in pieces."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
