"""Every regular expression of the program with how it is called, and texts that would hold a careless one.

``expressions`` walks the modules itself, so that a new expression is tried without being named anywhere.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice, product
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from types import ModuleType
from typing import Any

import proforient

ENDS_WITHIN = 10  # seconds of this process's own work; the machine's other work does not count
METHODS = ("search", "match", "fullmatch", "sub", "split", "findall", "finditer")
_MOST_SIGNS = 12
_MEMBERS = {"CATEGORY_DIGIT": "1", "CATEGORY_SPACE": " \n", "CATEGORY_WORD": "аЯ1_", "CATEGORY_NOT_SPACE": "а."}


class HeldError(AssertionError):
    """What was called did not end by itself."""


@contextmanager
def ends(within: float = ENDS_WITHIN) -> Iterator[None]:
    """What is done inside ends by itself; else it is broken off. For the main thread."""

    def broken_off(number: int, frame: object) -> None:
        raise HeldError(f"does not end within {within} s")

    before = signal.signal(signal.SIGVTALRM, broken_off)
    signal.setitimer(signal.ITIMER_VIRTUAL, within)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


@dataclass(frozen=True)
class Used:
    """One expression of one module and the methods by which that module looks for it."""

    where: str
    pattern: re.Pattern[Any]
    methods: tuple[str, ...]

    def run(self, method: str, text: str) -> None:
        given = text.encode("utf-8", "replace") if isinstance(self.pattern.pattern, bytes) else text
        found = getattr(self.pattern, method)(
            *((b"" if isinstance(given, bytes) else "", given) if method == "sub" else (given,))
        )
        if method == "finditer":
            for _ in found:
                pass


def modules() -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(proforient.__path__, "proforient."):
        if not found.name.endswith(("__main__", ".web.shell")):  # the shell is a script: it draws when it is imported
            yield importlib.import_module(found.name)


def expressions() -> list[Used]:
    """Compiled ones by their names, those in tables of the module, and those written where they are used."""
    found: list[Used] = []
    for module in modules():
        source = inspect.getsource(module)
        if not re.search(r"\bre\.", source) and not any(_inside(value) for value in vars(module).values()):
            continue
        nodes = list(ast.walk(ast.parse(source)))
        calls, bare = _calls(nodes)
        for name, value in vars(module).items():
            if isinstance(value, re.Pattern):
                if not any(isinstance(node, ast.Name) and node.id == name for node in nodes):
                    continue
                imported = any(
                    isinstance(n, ast.ImportFrom) and name in [a.asname or a.name for a in n.names] for n in nodes
                )
                methods = calls.get(name, set())
                if name in bare:
                    methods = methods | calls.get("", set())
                if methods or not imported:
                    found.append(Used(f"{module.__name__}.{name}", value, tuple(sorted(methods or METHODS))))
            elif isinstance(value, (tuple, list, dict)) and not name.startswith("__"):
                methods = calls.get("", set()) or set(METHODS)
                for place, inner in enumerate(_inside(value)):
                    found.append(Used(f"{module.__name__}.{name}[{place}]", inner, tuple(sorted(methods))))
        found += _inline(module, nodes)
    return found


def _inside(value: Any, depth: int = 3) -> list[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        return [value]
    if not depth or not isinstance(value, (tuple, list, dict)):
        return []
    inner = value.values() if isinstance(value, dict) else value
    return [pattern for one in islice(inner, 200) for pattern in _inside(one, depth - 1)]


def _calls(nodes: Sequence[ast.AST]) -> tuple[dict[str, set[str]], set[str]]:
    """Methods by the name that they are called on («» for anything else), and names handed on as values."""
    calls: dict[str, set[str]] = {}
    receivers: set[int] = set()
    names = {
        t.id
        for node in nodes
        if isinstance(node, ast.Assign)
        for t in node.targets
        if isinstance(t, ast.Name) and t.id.isupper()
    }
    for node in nodes:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in METHODS:
            of = node.func.value
            receivers.add(id(of))
            if isinstance(of, ast.Name) and of.id == "re":
                continue
            known = of.id if isinstance(of, ast.Name) and (of.id in names or of.id.isupper()) else ""
            calls.setdefault(known, set()).add(node.func.attr)
    bare = {
        node.id
        for node in nodes
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and id(node) not in receivers
    }
    return calls, bare


def _inline(module: ModuleType, nodes: Sequence[ast.AST]) -> Iterator[Used]:
    for node in nodes:
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in METHODS):
            continue
        if not (isinstance(node.func.value, ast.Name) and node.func.value.id == "re"):
            continue
        try:
            text = eval(compile(ast.Expression(node.args[0]), "", "eval"), vars(module))  # our own code
        except NameError:
            continue  # made of what a function was given
        yield Used(f"{module.__name__}:{node.lineno}", re.compile(text), (node.func.attr,))


def texts(pattern: re.Pattern[Any], size: int) -> Iterator[tuple[str, str]]:
    """Texts of about ``size`` signs, each with a name: its own signs and words over and over, with a wrong end."""
    source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    tree = parser.parse(source, pattern.flags & ~re.DEBUG)
    signs = list(dict.fromkeys([*_signs(tree), " ", "а", "1"]))[:_MOST_SIGNS]
    starts = list(dict.fromkeys(["", *_starts(tree)]))[:12]
    pumps = ["".join(pair) for pair in product(signs, repeat=2)] + signs + [_sample(tree)] + starts[1:]
    pumps += [sample + sign for sample in starts[1:6] for sign in signs[:4]]
    for pump in dict.fromkeys(filter(None, pumps)):
        yield repr(pump), pump * (size // len(pump)) + "\x01"
    for start in starts[1:]:
        for sign in signs:
            yield f"{start!r} + {sign!r}", start + sign * size + "\x01"
            yield f"{sign!r} + {start!r}", sign * size + start


def again(name: str, pattern: re.Pattern[Any], size: int) -> str:
    """The text of that name, of another size."""
    return next(text for called, text in texts(pattern, size) if called == name)


def _signs(tree: Any) -> Iterator[str]:
    for op, value in tree:
        if op is codes.LITERAL:
            yield chr(value)
        elif op is codes.IN:
            yield from _members(value)
        elif op is codes.ANY:
            yield "а"
        elif op is codes.NOT_LITERAL:
            yield "б"
        for inner in _inner(op, value):
            yield from _signs(inner)


def _members(items: Any) -> Iterator[str]:
    if items and items[0][0] is codes.NEGATE:
        yield from "аZ7 ("
        return
    for op, value in items[:4]:
        if op is codes.LITERAL:
            yield chr(value)
        elif op is codes.RANGE:
            yield chr(value[0])
        elif op is codes.CATEGORY:
            yield from _MEMBERS.get(str(value), "а")


def _inner(op: Any, value: Any) -> list[Any]:
    if op in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
        return [value[2]]
    if op is codes.SUBPATTERN:
        return [value[3]]
    if op is codes.BRANCH:
        return list(value[1])
    if op in (codes.ASSERT, codes.ASSERT_NOT):
        return [value[1]]
    return [value] if op is codes.ATOMIC_GROUP else []


def _sample(tree: Any, branch: int = 0) -> str:
    """One text that the tree, or its beginning, is likely to match."""
    made = ""
    for op, value in tree:
        if op in (codes.LITERAL, codes.IN, codes.ANY, codes.NOT_LITERAL):
            made += next(_signs([(op, value)]), "")
        elif op in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
            made += _sample(value[2], branch) * max(1, value[0])
        elif op is codes.BRANCH:
            made += _sample(value[1][branch % len(value[1])], branch)
        elif inner := [] if op in (codes.ASSERT, codes.ASSERT_NOT) else _inner(op, value):
            made += _sample(inner[0], branch)
    return made


def _starts(tree: Any) -> Iterator[str]:
    """Samples of ever longer beginnings, of each branch."""
    for branch in range(3):
        for end in range(1, len(tree) + 1):
            yield _sample(list(tree)[:end], branch)
    for op, value in tree:
        for inner in _inner(op, value):
            yield _sample(inner)
            yield from _starts(inner)
