"""The chain of events and its last hash outside the database, which alone shows that confirmed work is missing."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

import duckdb

from proforient.errors import StoreDamaged
from proforient.store.connect import RESTORE, in_russian
from proforient.store.files import write_whole
from proforient.store.transaction import Question

FILE_NAME = "chain.json"
START = "0" * 64  # hash before the first event


@dataclass(frozen=True, slots=True)
class Tail:
    """The last event of a chain: its identifier (0: none yet) and hash."""

    event: int = 0
    hash: str = START


class TailRow(NamedTuple):
    chain: str
    event_id: int
    hash: str


class HashRow(NamedTuple):
    event_id: int
    hash: str


CHAIN_TAILS = Question("chain_tails", TailRow)
NOTED_EVENTS = Question("noted_events", HashRow)

ReportStanding = Literal["missing", "unsigned", "forged", "other-key", "signed"]


class Signer:
    """Signs tails with a key that lies outside the data folder: who may write there only cannot make a true one."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self.id = hashlib.sha256(b"chain key " + key).hexdigest()[:16]

    def sign(self, chain: str, tail: Tail) -> str:
        """HMAC-SHA-256 of the chain's name, the event and its hash, hexadecimal."""
        text = json.dumps([chain, tail.event, tail.hash], separators=(",", ":"))
        return hmac.new(self._key, text.encode(), hashlib.sha256).hexdigest()

    def noted(self, chain: str, tail: Tail) -> dict[str, str]:
        """The tail as it is noted beside the database and in a backup."""
        return {"event": str(tail.event), "hash": tail.hash, "key": self.id, "signed": self.sign(chain, tail)}

    def standing(self, chain: str, noted: Mapping[str, str]) -> ReportStanding:
        """What the signature of a noted tail is worth."""
        if not noted.get("signed"):
            return "unsigned"
        if noted.get("key") != self.id:
            return "other-key"
        expected = self.sign(chain, Tail(int(noted["event"]), noted["hash"]))
        return "signed" if hmac.compare_digest(expected, noted["signed"]) else "forged"


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
    noted = read_notes(folder)
    return None if noted is None else {chain: Tail(int(note["event"]), note["hash"]) for chain, note in noted.items()}


def read_notes(folder: Path) -> dict[str, dict[str, str]] | None:
    """As ``read_tails``, with the signatures: event, hash, and (since tails are signed) key and signed."""
    try:
        noted = json.loads((folder / FILE_NAME).read_text(encoding="utf-8"))
        return {chain: checked_note(note) for chain, note in noted.items()}
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise StoreDamaged(
            f"Файл {FILE_NAME}, по которому видно, что ничего не пропало, повреждён. {RESTORE}"
        ) from error


def checked_note(note: Mapping[str, object]) -> dict[str, str]:
    """A noted tail; ValueError, KeyError, TypeError or AttributeError where it is none."""
    int(str(note["event"]))
    return {"hash": str(note["hash"]), **{name: str(value) for name, value in note.items()}}


def standing(folder: Path, chain: str, signer: Signer | None) -> ReportStanding:
    """How the note of one chain stands; without a key nothing but its absence is seen."""
    noted = read_notes(folder)
    if noted is None or chain not in noted:
        return "missing"
    return signer.standing(chain, noted[chain]) if signer else "signed"


def write_tails(folder: Path, tails: Mapping[str, Tail], signer: Signer | None = None) -> None:
    """Note the tails, whole or not at all, flushed to the disk."""
    write_whole(folder / FILE_NAME, json.dumps(notes(tails, signer), indent=1).encode() + b"\n")


def notes(tails: Mapping[str, Tail], signer: Signer | None) -> dict[str, dict[str, str]]:
    """The tails as they are written down, signed where there is a key."""
    return {
        chain: signer.noted(chain, tail) if signer else {"event": str(tail.event), "hash": tail.hash}
        for chain, tail in sorted(tails.items())  # order: the same file for the same log
    }


def missing_work(noted: Mapping[str, Tail], hashes: Mapping[int, str]) -> list[str]:
    """Chains whose noted last event is not in the store, or is another one. The store may be ahead of the note.

    ``hashes`` maps the identifiers of the noted events, where the store has them, to their hashes.
    """
    return [chain for chain, tail in noted.items() if tail.event and hashes.get(tail.event) != tail.hash]


def work_is_missing() -> StoreDamaged:
    return StoreDamaged(
        "Подтверждённая работа пропала: последнее записанное событие не найдено в файле данных "
        f"(журнал базы обрезан или файл подменён старым). {RESTORE}"
    )


def refuse_missing_work(cursor: duckdb.DuckDBPyConnection, version: int, noted: dict[str, Tail]) -> None:
    """StoreDamaged where an event that was noted outside the database is not in it."""
    hashes: dict[int, str] = {}
    if version:
        with in_russian():
            hashes = dict(NOTED_EVENTS.asked_of(cursor, events=[tail.event for tail in noted.values()]))
    if missing_work(noted, hashes):
        raise work_is_missing()
