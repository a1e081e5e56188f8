"""Where Streamlit holds the files that browsers have sent.

Needs: ``uploaded_file_mgr`` of ``streamlit.runtime.get_instance()``, with ``file_storage`` (session -> file id ->
record with its ``data``) and ``remove_file``; the ``file_id`` of an uploaded file.
Why: Streamlit keeps every file in memory until its session has ended, counts nothing and has no public way to free one.
Without it: no limit could be kept, so files are not taken in at all; whoever sends one is told so. All else works.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, Protocol

from proforient.web.seams.lacks import Lack, lacks_of, member, mentions, takes

EFFECT = "Файлы не принимаются: без этого программа не может ограничить, сколько памяти они займут."


class FileManager(Protocol):
    """Streamlit's manager as far as it is used here."""

    file_storage: Mapping[str, Mapping[str, Any]]

    def remove_file(self, session_id: str, file_id: str) -> None: ...


class UploadedFile(Protocol):
    """A file that the uploader gives to a page."""

    file_id: str


def manager() -> FileManager | None:
    """Streamlit's own, made when the server starts; None where it is not of the form that is known here."""
    instance = member("streamlit.runtime", "get_instance")
    try:
        found = getattr(instance(), "uploaded_file_mgr", None) if callable(instance) else None
    except RuntimeError:  # no server runs
        return None
    known = isinstance(getattr(found, "file_storage", None), Mapping) and hasattr(found, "remove_file")
    return found if known else None


def held_bytes(held: FileManager, session: str | None = None) -> int | None:
    """Bytes that ``session``, or every session, holds now; None where that is not to be seen."""
    stores = list(held.file_storage.values()) if session is None else [held.file_storage.get(session, {})]
    try:
        return sum(len(record.data) for files in stores for record in list(files.values()))
    except (AttributeError, TypeError):
        return None


def forget(file: UploadedFile) -> None:
    """Frees the bytes of ``file`` at once; otherwise they stay in memory until the session has ended.

    A new widget key or another page does not free them.
    """
    held, code = manager(), getattr(file, "file_id", None)
    if held is None or code is None:
        return
    for session, files in list(held.file_storage.items()):
        if code in files:
            held.remove_file(session_id=session, file_id=code)


def lacking() -> Iterator[Lack]:
    runtime, record = member("streamlit.runtime", "Runtime"), "UploadedFileRec"
    manager = member("streamlit.runtime.memory_uploaded_file_manager", "MemoryUploadedFileManager")
    parts = member("streamlit.runtime.uploaded_file_manager", record)
    names = {field.name for field in fields(parts)} if is_dataclass(parts) else set(getattr(parts, "_fields", ()))
    file = member("streamlit.runtime.uploaded_file_manager", "UploadedFile")
    yield from lacks_of(
        "uploads",
        EFFECT,
        {
            "streamlit.runtime.get_instance": callable(member("streamlit.runtime", "get_instance")),
            "Runtime.uploaded_file_mgr": hasattr(runtime, "uploaded_file_mgr"),
            "MemoryUploadedFileManager.file_storage": mentions(getattr(manager, "__init__", None), "file_storage"),
            "MemoryUploadedFileManager.remove_file": takes(
                getattr(manager, "remove_file", None), "session_id", "file_id"
            ),
            "UploadedFileRec.data": "data" in names,
            "UploadedFile.file_id": mentions(getattr(file, "__init__", None), "file_id"),
        },
    )
