"""What a command is: how it is called, what it is given to work with, what it answers."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from proforient.catalogue.entries import Catalogue
from proforient.settings import Settings
from proforient.store.store import Store
from proforient.store.writing import Writer

DONE, REFUSED, WRONG = 0, 1, 2

Needs = Literal["store", "nothing", "perhaps", "stopped"]  # perhaps: of the application where it runs


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call as it was typed: arguments, folder and user of whoever typed it, and the files it names."""

    arguments: tuple[str, ...]
    folder: Path
    user: str
    catalogue: Path
    files: Mapping[str, bytes] = field(default_factory=dict)  # destination of the argument -> content
    password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What a command works with. ``say`` tells the caller something while the work goes on."""

    call: Call
    settings: Settings
    say: Callable[[str], None]
    opened: tuple[Catalogue, Store] | None = None

    @property
    def catalogue(self) -> Catalogue:
        assert self.opened is not None
        return self.opened[0]

    @property
    def store(self) -> Store:
        assert self.opened is not None
        return self.opened[1]

    @property
    def user(self) -> str:
        return self.call.user

    def write(self, given: argparse.Namespace, *, figures: bool = True) -> AbstractContextManager[Writer]:
        """One write transaction of whoever calls, on what is newest or (``--based-on``) on what they have seen."""
        return self.store.write(self.user, based_on=given.based_on, figures=figures)

    def path(self, given: str) -> Path:
        """A path as the caller meant it: from the folder in which the command was typed."""
        return (self.call.folder / Path(given).expanduser()).absolute()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The exit code, the text for standard output, the words for standard error, files to be written."""

    code: int = DONE
    out: str = ""
    said: str = ""
    files: Mapping[str, bytes] = field(default_factory=dict)  # absolute path -> content


Run = Callable[[Desk, argparse.Namespace], Outcome]


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument in the words of ``argparse``; ``reads``: it names a file, whose content the command is given."""

    names: tuple[str, ...]
    options: Mapping[str, Any]
    reads: bool = False

    @property
    def destination(self) -> str:
        return self.names[-1].lstrip("-").replace("-", "_")


def argument(*names: str, reads: bool = False, **options: Any) -> Argument:
    return Argument(names, options, reads)


@dataclass(frozen=True, slots=True)
class OneOf:
    """Arguments of which exactly one must be given."""

    arguments: tuple[Argument, ...]
    required: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A line of the register. ``name`` may be two words: «period open»."""

    name: str
    does: str  # one Russian sentence
    run: Run
    arguments: Sequence[Argument | OneOf] = ()
    needs: Needs = "store"
    store_if: str = ""  # the switch with which a command that needs nothing needs the store
    asks_unless: str = ""  # the switch without which a password is asked for: from a prompt or standard input

    @property
    def all_arguments(self) -> tuple[Argument, ...]:
        found: list[Argument] = []
        for item in self.arguments:
            found.extend(item.arguments if isinstance(item, OneOf) else (item,))
        return tuple(found)


BASED_ON = argument(
    "--based-on",
    type=int,
    metavar="N",
    help="номер, который до чтения дала команда mark: отказать, если с тех пор это изменилось; без него — по новейшему",
)
BASED_ON = argument(
    "--based-on",
    type=int,
    metavar="N",
    help="номер из команды mark: отказать, если после него это изменил кто-то ещё; без него решает новейшее",
)
JSON = argument("--json", action="store_true", help="один документ JSON на стандартном выводе и ничего больше")


def changing(
    *, name: str, does: str, run: Run, arguments: Sequence[Argument | OneOf] = (), asks_unless: str = ""
) -> Command:
    """A command that changes what others may be looking at: it takes ``--based-on``."""
    return Command(name=name, does=does, run=run, arguments=(*arguments, BASED_ON), asks_unless=asks_unless)


def as_json(document: object) -> str:
    """One document; numbers with decimals are strings already."""
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def plain(text: str) -> str:
    """Words for a terminal: there the spaces and joiners of a page only stand in the way of searching."""
    return text.replace("\u00a0", " ").replace("\u202f", " ").replace("\u2060", "")
