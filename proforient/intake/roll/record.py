"""What a list of organisations gives: rows as they were understood, beside the register, with what must be asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from proforient.monitoring import Organisation

Standing = Literal["new", "changed", "same", "asked"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RollRow:
    """One organisation of the list. ``kind`` is empty where nothing says it; ``notes`` are in Russian."""

    row: int  # the user's own
    code: str = ""
    inn: str = ""
    name: str
    full_name: str = ""
    kind: str = ""
    levels: tuple[str, ...] = ()
    told_levels: bool = False  # whether the list names them; else they are proposed
    territory: str = ""
    opened: str = ""
    closed: str = ""
    email: str = ""  # of its office
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolled:
    """What a row makes of the register. ``before``: the organisation as it stands; ``changes``: «название», «вид».

    With ``faults`` a row is not taken until they are answered; ``notes`` ask for nothing. ``alike``: the code of whom
    the row seems to name a second time.
    """

    row: RollRow
    standing: Standing
    organisation: Organisation
    before: Organisation | None = None
    changes: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    alike: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Roll:
    """``missing``: organisations that work by the register and do not stand in the list."""

    rows: tuple[Enrolled, ...]
    missing: tuple[Organisation, ...] = ()

    def having(self, *standings: Standing) -> list[Enrolled]:
        """Rows of these standings, in the order of the list."""
        return [row for row in self.rows if row.standing in standings]
