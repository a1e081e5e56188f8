"""A sequence whose elements are made when they are asked for: thousands may stand behind what shows five."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Generic, TypeVar, overload

Element = TypeVar("Element")


class OnDemand(Sequence[Element], Generic[Element]):
    """``make`` gives the element of each of the ``rows``; it is asked anew each time, and equal rows are equal."""

    __slots__ = ("_make", "_rows")

    def __init__(self, rows: Sequence[int], make: Callable[[int], Element]) -> None:
        self._rows = rows
        self._make = make

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Element]:
        return map(self._make, self._rows)

    @overload
    def __getitem__(self, at: int) -> Element: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Element]: ...
    def __getitem__(self, at: int | slice) -> Element | Sequence[Element]:
        chosen = self._rows[at]
        return self._make(chosen) if isinstance(chosen, int) else tuple(map(self._make, chosen))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))
