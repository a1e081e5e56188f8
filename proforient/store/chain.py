"""The chain of events and its last hash outside the database, which alone shows that confirmed work is missing."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from proforient.errors import StoreDamaged
from proforient.store.connect import RESTORE
from proforient.store.files import write_whole

FILE_NAME = "chain.json"
START = "0" * 64


@dataclass(frozen=True, slots=True)
class Tail:
    """The last event of a chain: its identifier (0: none yet) and hash."""

    event: int = 0
    hash: str = START


def canonical(detail: Mapping[str, object]) -> str:
    """JSON with sorted keys and no spaces: one text for one meaning."""
    return json.dumps(detail, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def event_hash(
    previous: str, event: int, at: dt.datetime, chain: str, actor: str, action: str, object_: str, detail: str
) -> str:
    """SHA-256 of the event's every field and of the hash before it."""
    whole = json.dumps(
        [previous, event, at.isoformat(timespec="microseconds"), chain, actor, action, object_, detail],
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return hashlib.sha256(whole.encode()).hexdigest()


def read_tails(folder: Path) -> dict[str, Tail] | None:
    """The tails by chain as they were noted outside the database; None where nothing was noted yet."""
    path = folder / FILE_NAME
    try:
        noted = json.loads(path.read_text(encoding="utf-8"))
        return {chain: Tail(int(tail["event"]), str(tail["hash"])) for chain, tail in noted.items()}
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise StoreDamaged(
            f"Файл {FILE_NAME}, по которому видно, что ничего не пропало, повреждён. {RESTORE}"
        ) from error


def write_tails(folder: Path, tails: Mapping[str, Tail]) -> None:
    """Note the tails, whole or not at all, flushed to the disk."""
    noted = {chain: {"event": str(tail.event), "hash": tail.hash} for chain, tail in sorted(tails.items())}
    write_whole(folder / FILE_NAME, json.dumps(noted, indent=1).encode() + b"\n")


def missing_work(noted: Mapping[str, Tail], hashes: Mapping[int, str]) -> list[str]:
    """Chains whose noted last event is not in the store, or is another one. The store may be ahead of the note.

    ``hashes`` maps the identifiers of the noted events, where the store has them, to their hashes.
    """
    return [chain for chain, tail in noted.items() if tail.event and hashes.get(tail.event) != tail.hash]


def lost() -> StoreDamaged:
    return StoreDamaged(
        "Подтверждённая работа пропала: последнее записанное событие не найдено в файле данных "
        f"(журнал базы обрезан или файл подменён старым). {RESTORE}"
    )
