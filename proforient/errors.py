"""Exceptions mean that work cannot go on; what is wrong *in a file* is a finding, not an exception.

    ProforientError
    ├── CatalogueError      the catalogue has mistakes (all of them are listed)
    ├── WrongCall           the caller named something that does not exist or does not fit
    ├── Refused             the request is understood and refused, with the reason
    │   └── MovedOn         what it was decided on has changed since
    └── StoreError          the store cannot serve
        ├── StoreBusy       another process holds the file
        ├── StoreAway       the store of several servers does not answer
        ├── StoreNewer      the store was written by a newer version
        ├── StoreDamaged    the file or its log does not open or does not add up
        └── DiskFull        no space is left

Every message is Russian and says what was found and what to do: it is shown to a person as it stands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Protocol

    class HasId(Protocol):
        """What is needed here of ``proforient.monitoring.Event``."""

        @property
        def id(self) -> str: ...


class ProforientError(Exception):
    """The base of all errors of this program; ``str(error)`` is a Russian sentence for a person."""


class CatalogueError(ProforientError):
    """The catalogue cannot be used.

    ``mistakes`` is a sequence of ``proforient.catalogue.entries.Mistake``, in the order of the file.
    """

    def __init__(self, message: str, mistakes: Sequence[object] = ()) -> None:
        super().__init__(message)
        self.mistakes = tuple(mistakes)


class WrongCall(ProforientError):
    """A name, code, date or combination that the caller gave does not exist or does not fit (exit 2)."""


class Refused(ProforientError):
    """The request is well formed and is refused for a reason that the message gives (exit 1)."""


class MovedOn(Refused):
    """What the request was decided on has changed since; nothing was done.

    ``events`` is a sequence of ``proforient.monitoring.Event``: what changed it, in the order in which it happened.
    """

    def __init__(self, events: Sequence[HasId]) -> None:
        super().__init__(
            "Не выполнено: то, на что вы смотрели, за это время изменилось. Посмотрите новое состояние и решите снова."
        )
        self.events = tuple(events)

    @property
    def last(self) -> int:
        """The mark of whoever has been told of all of them."""
        return max(int(event.id) for event in self.events)


class StoreError(ProforientError):
    """The store cannot serve the request (exit 2)."""


class StoreAway(StoreError):
    """The shared store does not answer for now; what was confirmed is in it."""


class StoreBusy(StoreError):
    """Another process holds the data file."""


class StoreNewer(StoreError):
    """The data file was written by a newer version of the program."""


class StoreDamaged(StoreError):
    """The data file, its log or a stored file is damaged; nothing is changed or deleted."""


class DiskFull(StoreError):
    """No space is left on the disk; what was confirmed before is kept."""
