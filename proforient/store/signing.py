"""By which keys the end of the log was signed, since when, and a change of the key that somebody answers for.

A changed key is noticed by the store itself and stays a damage for ``verify`` until a person writes down why it was
changed. What the former key alone vouched for stays unvouched: whether events were cut before the change.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, replace

from proforient.errors import WrongCall
from proforient.store import basis
from proforient.store.journal import number_of
from proforient.store.reading import Reader
from proforient.store.writing import Writer

OTHER_KEY = "other-key"  # ``how`` of the event that notices it


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """From the event ``since`` on the end of the log is signed by ``key``.

    ``before``: the last event that stood when another key signed; None of the first key. ``ground``, ``by`` and ``at``
    of who acknowledged the change; empty where nobody did.
    """

    key: str
    since: int
    since_at: dt.datetime
    before: int | None = None
    ground: str = ""
    by: str = ""
    at: dt.datetime | None = None


def signatures(reader: Reader) -> list[Signed]:
    """Every key with the time from which it signed, the newest last; empty where nothing was ever signed."""
    events = [e for action in ("chain.signed", "chain.noticed") for e in reader.events(action=action)]
    found: list[Signed] = []
    for event in sorted(events, key=lambda e: number_of(e.id)):  # order: numbers of events
        detail, number = json.loads(event.detail), number_of(event.id)
        if event.action == "chain.signed":
            if found and not found[-1].key:
                found[-1] = replace(found[-1], key=detail["key"])
            elif not found or found[-1].key != detail["key"]:
                found.append(Signed(key=detail["key"], since=number, since_at=event.at))
        elif detail["how"] == OTHER_KEY:
            before = number_of(detail["event"])
            found.append(Signed(key=detail.get("key", ""), since=number, since_at=event.at, before=before))
    for event in reader.events(action="chain.acknowledged"):
        detail = json.loads(event.detail)
        known = {number_of(n) for n in detail["noticed"]}
        found = [
            replace(one, ground=detail["ground"], by=event.actor, at=event.at) if one.since in known else one
            for one in found
        ]
    return found


def acknowledge(writer: Writer, ground: str, *, key: str) -> list[Signed]:
    """Writes down why the key was changed; the changes that are answered for. WrongCall where there is none.

    ``key``: by which the end of the log is signed now.
    """
    writer.unless_moved(basis.signature())
    if not ground.strip():
        raise WrongCall("Основание пусто. Напишите, почему сменён ключ: что случилось, документ, дата.")
    waiting = [one for one in signatures(writer.reader) if one.before is not None and not one.ground]
    if not waiting:
        raise WrongCall("Непризнанной смены ключа в журнале нет: признавать нечего.")
    detail = {"noticed": [str(one.since) for one in waiting], "key": key, "ground": ground.strip()}
    writer.log("chain.acknowledged", "store", detail)
    return waiting
