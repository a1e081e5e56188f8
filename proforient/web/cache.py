"""Results that many look at are worked out once for each state of the data: a hundred phones ask the store once.

``@cached("territory", "period")`` is put on a function of a Session; what it gives depends on those fields of the view
and on its other arguments only, and is never changed by whoever gets it.
"""

from __future__ import annotations

import functools
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import fields
from typing import Any, Concatenate, ParamSpec, TypeVar

from proforient.view import View
from proforient.web.session import Session

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")

EVERY_FIELD = tuple(field.name for field in fields(View))  # for what leads to addresses: all of the view is in them
LARGEST = 256  # results, of all pages and views together


class _Entry:
    __slots__ = ("done", "lock", "value")

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.done = False
        self.value: Any = None


class Memory:
    """The newest results by key. Whoever asks while somebody else works the same thing out waits for it."""

    def __init__(self, largest: int = LARGEST) -> None:
        self._largest = largest
        self._lock = threading.Lock()
        self._entries: OrderedDict[Hashable, _Entry] = OrderedDict()

    def peek(self, key: Hashable) -> Any:
        """What is there already, without waiting for anybody; None where nothing is."""
        entry = self._entries.get(key)
        return entry.value if entry is not None and entry.done else None

    def get(self, key: Hashable, make: Callable[[], Result]) -> Result:
        """What ``make`` gave for the key; what it raises is raised to everybody who asks, and not kept."""
        with self._lock:
            entry = self._entries.setdefault(key, _Entry())
            self._entries.move_to_end(key)
            while len(self._entries) > self._largest:
                self._entries.popitem(last=False)
        with entry.lock:
            if not entry.done:
                entry.value = make()
                entry.done = True
        result: Result = entry.value
        return result


_memory = Memory()


def cached(
    *fields: str,
) -> Callable[[Callable[Concatenate[Session, Parameters], Result]], Callable[Concatenate[Session, Parameters], Result]]:
    """Keep what the function gives under the data's version and the ``fields`` of the view."""

    def decorated(
        function: Callable[Concatenate[Session, Parameters], Result],
    ) -> Callable[Concatenate[Session, Parameters], Result]:
        @functools.wraps(function)
        def asked(here: Session, /, *args: Parameters.args, **kwargs: Parameters.kwargs) -> Result:
            view = tuple(getattr(here.view, field) for field in fields)
            named = tuple(sorted(kwargs.items()))  # order: a key of a cache
            key = (function.__module__, function.__qualname__, here.store, here.version, view, args, named)
            here.relied = True
            return _memory.get(key, lambda: function(here, *args, **kwargs))

        return asked

    return decorated
