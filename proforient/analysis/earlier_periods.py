"""The chain of earlier periods that a period may be compared with: same catalogue, same kind, nearest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from proforient.errors import WrongCall
from proforient.monitoring import Period

if TYPE_CHECKING:
    from proforient.store.reading import Reader


def earlier(reader: Reader, period: Period, *, territory: str | None = None) -> list[Period]:
    """The comparable periods before ``period``, nearest first; the chain ends where a link is missing or unlike."""
    chain: list[Period] = []
    seen = {period.code}
    last = period
    while last.previous and last.previous not in seen:
        found = period_for(reader, last.previous, territory)
        if found is None or not comparable(found, period):
            break
        chain.append(found)
        seen.add(found.code)
        last = found
    return chain


def comparable(one: Period, other: Period) -> bool:
    """Whether figures of two periods mean the same: one catalogue, one kind of period."""
    return one.catalogue == other.catalogue and one.kind == other.kind


def period_for(reader: Reader, code: str, territory: str | None) -> Period | None:
    """The period as it concerns the territory; None where it was not opened for it."""
    try:
        return reader.period(code, territory=territory)
    except WrongCall:
        return None
