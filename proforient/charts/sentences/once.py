"""Words and orders that one drawing asks for several times: worked out once for the very same records."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")

LARGEST = 8  # answers of a function that are remembered


def told_once(function: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
    """Remembers the last answers by the identity of what was asked; what is asked must never be changed.

    Records of thousands of organisations are not compared: the same object is the same question.
    """
    known: OrderedDict[tuple[object, ...], tuple[object, Result]] = OrderedDict()
    lock = threading.Lock()

    @wraps(function)
    def asked(*args: Parameters.args, **named: Parameters.kwargs) -> Result:
        given: tuple[Any, ...] = (*args, *(item for pair in sorted(named.items()) for item in pair))  # order: a key
        key = tuple(map(id, given))
        with lock:
            if key in known:
                known.move_to_end(key)
                return known[key][1]
        found = function(*args, **named)
        with lock:
            known[key] = (given, found)  # held, so that no other object gets the same identity
            while len(known) > LARGEST:
                known.popitem(last=False)
        return found

    return asked


__all__ = ["told_once"]
