"""The folder of a store: made, looked at, cleared of what was left half done; and the files of one transaction."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from proforient.store import chain, files, restoring
from proforient.store.connect import BACKUP_FOLDER, FILE_NAME, FILES_FOLDER


def is_writable(folder: Path) -> bool:
    """Whether the folder and the data file in it may be written; a folder that is not there yet is to be made."""
    return all(os.access(path, os.W_OK) for path in (folder, folder / FILE_NAME) if path.exists())


def make_folders(folder: Path) -> None:
    """For their owner only. Raises DiskFull or StoreError where they cannot be made."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for path in (folder, folder / FILES_FOLDER, folder / BACKUP_FOLDER):
            path.mkdir(mode=0o700, exist_ok=True)
            path.chmod(0o700)
    except OSError as error:
        raise files.cannot_write(error, folder) from error


def clear_leftovers(folder: Path) -> None:
    """What a killed backup, check or write left half done; the file must be ours alone by now."""
    names = ("copy-*.duckdb*", "verify-*.duckdb*")
    leftovers = [path for name in names for path in (folder / BACKUP_FOLDER).glob(name)]
    leftovers += [folder / restoring.LOCK, *folder.glob(f".{chain.FILE_NAME}.*")]
    leftovers += (folder / FILES_FOLDER).glob(".*.*")
    for path in leftovers:
        with contextlib.suppress(OSError):
            path.unlink()


class TransactionFiles:
    """The files that one write transaction names. ``needs_bytes`` False: a rehearsal, which keeps nothing."""

    def __init__(self, folder: Path, *, needs_bytes: bool) -> None:
        self._folder = folder
        self._needs_bytes = needs_bytes
        self.dropped: list[str] = []  # SHA-256 of each file that was refused

    def has(self, sha256: str) -> bool:
        return not self._needs_bytes or (self._folder / files.file_name(sha256)).is_file()

    def refused(self, sha256: str) -> None:
        if self._needs_bytes:
            self.dropped.append(sha256)
