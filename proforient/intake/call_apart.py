"""``call_apart``: a function of the program works on a person's text in a process of its own: no text holds the server.

Unlike the reading child this one is handed only what has been read, never a file; so it may be answered by pickle.
"""

from __future__ import annotations

import gc
import os
import pickle
import resource
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import IO, Any, Literal, TypeVar

from proforient.errors import ProforientError, Refused
from proforient.intake.apart import begin

MEMORY = 3 << 30  # bytes of address space
NICE = 5  # niceness of what takes long: other people's pages come first

Result = TypeVar("Result")
Item = TypeVar("Item")
Telling = Callable[[float], None]  # is told which share of the work is done
_Said = tuple[Literal["done", "result", "error"], Any]


def call_apart(
    function: Callable[..., Result],
    *given: object,
    seconds: float,
    late: str,
    broken: str,
    say: Telling | None = None,
    long: bool = False,
    **named: object,
) -> Result:
    """What ``function(*given, **named, say=…)`` gives, worked out by another process within ``seconds``.

    The function stands at the top of its module; it tells ``say`` how far it is. ``long``: others come first. Raises
    what it raises of the program's own errors, and Refused in the words of ``late`` or ``broken`` when it takes too
    long or dies.
    """
    with begin(__name__, seconds=seconds) as work:
        work.send(pickle.dumps((function, given, named, long), pickle.HIGHEST_PROTOCOL))
        try:
            kind, said = _answer(work.out, say)
        except (EOFError, OSError, pickle.UnpicklingError) as error:
            raise Refused(late if work.late else broken) from error
    if kind == "error":
        raise said
    result: Result = said
    return result


def _answer(out: IO[bytes], say: Telling | None) -> _Said:
    """The result or the error; shares of the work done, which come before it, are told."""
    while True:
        kind, said = pickle.load(out)  # noqa: S301  # our own child, which was given no file
        if kind != "done":
            return kind, said
        if say:
            say(said)


def steps(items: Sequence[Item], say: Telling | None) -> Iterator[Item]:
    """The items one after the other; ``say`` is told after each hundredth part of them."""
    step = len(items) // 100 + 1
    for place, item in enumerate(items):
        if say and place % step == 0:
            say(place / len(items))
        yield item


def main() -> int:
    """Reads one request from standard input, writes how far it is and then the result."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    gc.disable()  # it lives for one piece of work, and what it makes it keeps
    function, given, named, long = pickle.load(sys.stdin.buffer)  # noqa: S301  # from our parent
    if long:
        os.nice(NICE)
    out = sys.stdout.buffer

    def tell(*said: object) -> None:
        pickle.dump(said, out, pickle.HIGHEST_PROTOCOL)
        out.flush()

    try:
        tell("result", function(*given, **named, say=lambda done: tell("done", done)))
    except ProforientError as error:
        tell("error", error)
    return 0


__all__ = ["Telling", "call_apart", "main", "steps"]
