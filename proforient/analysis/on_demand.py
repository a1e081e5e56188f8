"""A sequence whose length is known and whose elements are made when one is looked at: of thousands most never are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Generic, TypeVar, overload

Element = TypeVar("Element")


class OnDemand(Sequence[Element], Generic[Element]):
    """``make`` gives all ``count`` elements; it is called once, at the first look, inside the transaction it asks."""

    __slots__ = ("_count", "_made", "_make")

    def __init__(self, count: int, make: Callable[[], Sequence[Element]]) -> None:
        self._count = count
        self._make = make
        self._made: Sequence[Element] | None = None

    def _all(self) -> Sequence[Element]:
        if self._made is None:
            self._made = self._make() if self._count else ()
            del self._make  # with all that it holds
        return self._made

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Element]:
        return iter(self._all())

    @overload
    def __getitem__(self, at: int) -> Element: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Element]: ...
    def __getitem__(self, at: int | slice) -> Element | Sequence[Element]:
        return self._all()[at]

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Sequence) and tuple(self) == tuple(other))

    def __hash__(self) -> int:
        return hash(tuple(self))
