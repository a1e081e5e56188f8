"""A note beside the data: why the shared store's upkeep by night failed last. ``doctor`` tells it."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

from proforient.errors import StoreError
from proforient.store import files

FILE = "upkeep.json"


def keep(folder: Path, why: str) -> None:
    """``why``: with its moment, in words for a person; empty: all is well again, and the note goes."""
    path = folder / FILE
    with contextlib.suppress(StoreError, OSError):  # a full disk ends nobody's night; it is in the log, too
        if why:
            files.write_whole(path, json.dumps({"why": why}, ensure_ascii=False).encode())
        else:
            path.unlink(missing_ok=True)


def trouble(folder: Path) -> str:
    """Empty where the last upkeep was done, or there never was one."""
    try:
        return str(json.loads((folder / FILE).read_text("utf-8"))["why"])
    except FileNotFoundError:
        return ""
    except (OSError, ValueError, KeyError, TypeError):
        return f"записка {folder / FILE} не читается"
