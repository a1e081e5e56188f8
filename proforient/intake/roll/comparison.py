"""A list of organisations beside the register: who is new, who has changed, who is the same, who is missing."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from proforient.catalogue.name_keys import fold_organisation
from proforient.intake.call_apart import Telling, steps
from proforient.intake.roll.codes import code_for
from proforient.intake.roll.inn import control_digits_hold
from proforient.intake.roll.record import Enrolled, Roll, RollRow, Standing
from proforient.monitoring import SEPARATOR, Organisation
from proforient.wording import quoted

FIELDS = {
    "name": "название", "full_name": "полное название", "kind": "вид", "levels": "уровни", "territory": "муниципалитет",
    "inn": "ИНН", "opened": "дата открытия", "closed": "дата закрытия",
}  # fmt: skip


def compare(
    rows: Sequence[RollRow],
    register: Iterable[Organisation],
    day: dt.date,
    *,
    others: Collection[int] = (),
    say: Telling | None = None,
) -> Roll:
    """``register``: every organisation that may be meant, closed ones too; ``day``: today.

    ``others``: rows of which somebody has said that they name another organisation than the one they look like.
    ``say`` is told how much is compared, 0 to 1.
    """
    known = {o.code: o for o in register}
    finder = _Finder(known.values())
    taken = set(known)
    found: list[Enrolled] = []
    first: dict[str, int] = {}
    for row in steps(rows, say):
        before = None if row.row in others else finder.find(row)
        if before is not None and before.code in first:
            found.append(_again(row, before, first[before.code]))
            continue
        enrolled = _enrolled(row, before, taken)
        taken.add(enrolled.organisation.code)
        first[enrolled.organisation.code] = row.row
        if before is None:
            finder.add(enrolled.organisation)
        found.append(enrolled)
    places = {row.territory for row in rows}
    missing = [o for o in known.values() if o.code not in first and o.territory in places and o.open_on(day)]
    return Roll(rows=tuple(found), missing=tuple(missing))


class _Finder:
    """By ИНН, by code, by name in the municipality; what several organisations share finds none of them."""

    def __init__(self, register: Iterable[Organisation]) -> None:
        self._by: dict[tuple[str, ...], list[Organisation]] = defaultdict(list)
        for organisation in register:
            self.add(organisation)

    def add(self, organisation: Organisation) -> None:
        for key in self._keys(organisation.code, organisation.inn, organisation.name, organisation.territory):
            self._by[key].append(organisation)

    def find(self, row: RollRow) -> Organisation | None:
        for key in self._keys(row.code, row.inn, row.name, row.territory):
            found = self._by.get(key, [])
            if len(found) == 1:
                return found[0]
            same = [o for o in found if fold_organisation(o.name) == fold_organisation(row.name)]
            if len(same) == 1:
                return same[0]
        return None

    @staticmethod
    def _keys(code: str, inn: str, name: str, territory: str) -> list[tuple[str, ...]]:
        keys = [("code", code)] if code else []
        keys += [("inn", inn)] if inn else []
        return [*keys, ("name", fold_organisation(name), territory)]


def _again(row: RollRow, before: Organisation, other: int) -> Enrolled:
    """A second row of one organisation: a person says whether it is another one."""
    said = f"похоже на строку {other}, {quoted(before.name)}: тот же ИНН или то же название"
    return Enrolled(row=row, standing="asked", organisation=before, faults=(said,), alike=before.code)


def _enrolled(row: RollRow, before: Organisation | None, taken: set[str]) -> Enrolled:
    faults = list(_faults(row, before))
    days = {"opened": day_of(row.opened), "closed": day_of(row.closed)}
    organisation = _after(row, before, days, taken)
    changes = _changes(before, organisation) if before else ()
    standing: Standing = "asked" if faults else "new" if before is None else "changed" if changes else "same"
    notes = [
        f"{FIELDS[field]} «{text[:20]}» не понята: не взята"
        for field, text in (("opened", row.opened), ("closed", row.closed))
        if text and days[field] is None
    ]
    return Enrolled(
        row=row,
        standing=standing,
        organisation=organisation,
        before=before,
        changes=changes,
        faults=tuple(faults),
        notes=(*row.notes, *notes),
    )


def _faults(row: RollRow, before: Organisation | None) -> Iterator[str]:
    if not row.kind:
        yield "вид не понятен: школа, детский сад или другое"
    known = before is not None and before.inn == row.inn
    if row.inn and not known and not re.fullmatch(r"[0-9]{10}|[0-9]{12}", row.inn):
        yield f"ИНН «{row.inn[:20]}»: нужно 10 цифр (таблица могла отрезать нуль в начале)"
    elif row.inn and not known and not control_digits_hold(row.inn):
        yield f"ИНН {row.inn}: контрольная цифра не сходится, в нём опечатка"
    if SEPARATOR not in row.territory:
        yield "не сказан муниципалитет"


def day_of(text: str) -> dt.date | None:
    """«01.09.2026», «2026-09-01» or a date of a workbook; None for anything else."""
    try:
        return dt.date.fromisoformat("-".join(reversed(text.split(" ")[0].split("."))))
    except ValueError:
        return None


def _after(
    row: RollRow, before: Organisation | None, days: Mapping[str, dt.date | None], taken: set[str]
) -> Organisation:
    """What the list does not say stays as it is."""
    if before is None:
        return Organisation(
            code=row.code or code_for(row.name, row.kind, taken),
            inn=row.inn,
            name=row.name,
            full_name=row.full_name,
            kind=row.kind,
            levels=row.levels,
            territory=row.territory,
            opened=days["opened"],
            closed=days["closed"],
        )
    kind = row.kind or before.kind
    return replace(
        before,
        inn=row.inn or before.inn,
        name=row.name,
        full_name=row.full_name or before.full_name,
        kind=kind,
        levels=before.levels if kind == before.kind and not row.told_levels else row.levels,
        territory=row.territory or before.territory,
        opened=days["opened"] or before.opened,
        closed=days["closed"] or before.closed,
    )


def _changes(before: Organisation, after: Organisation) -> tuple[str, ...]:
    """What differs; the order of levels is nothing."""
    differs = {
        "name": before.name != after.name,
        "full_name": before.full_name != after.full_name,
        "kind": before.kind != after.kind,
        "levels": set(before.levels) != set(after.levels),
        "territory": before.territory != after.territory,
        "inn": before.inn != after.inn,
        "opened": before.opened != after.opened,
        "closed": before.closed != after.closed,
    }
    return tuple(FIELDS[field] for field, differ in differs.items() if differ)
