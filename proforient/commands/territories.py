"""A territory as an operator names it: its whole path, or a bare name that only one territory has."""

from __future__ import annotations

from proforient.errors import WrongCall
from proforient.monitoring import SEPARATOR, territory_name
from proforient.store.reading import Reader


def territory_of(reader: Reader, given: str | None, *, strict: bool = True) -> str | None:
    """The path; WrongCall where it is unknown or several are called so.

    Not ``strict``: while the register is empty a new path is taken as it is.
    """
    if given is None:
        return None
    path = SEPARATOR.join(part.strip() for part in given.split("/"))
    known = reader.territories()
    if path in known:
        return path
    named = [territory for territory in known if territory_name(territory).casefold() == path.casefold()]
    if len(named) == 1:
        return named[0]
    if named:
        raise WrongCall(f"Территорий с названием «{given}» несколько: {'; '.join(named)}. Укажите полностью.")
    if not strict and not known:
        return path
    listed = f"Есть: {'; '.join(known)}." if known else "Реестр пуст: загрузите его командой organisations import."
    raise WrongCall(f"Территории «{given}» нет в реестре организаций. {listed}")
