"""Line numbers that tomllib does not give: a TOML text in, the line of every block and key out.

The scan knows strings (of one line and of several), arrays, inline tables and comments, and nothing else of TOML:
tomllib has the last word on what is right.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field

Path = tuple[str | int, ...]  # ("indicator", 3, "numerator"); the number says which [[indicator]] it is, from 0

_VALUE = re.compile(
    r'"""(?:\\.|[^\\])*?(?:"{3,5}|\Z)'
    r"|'''.*?(?:'{3,5}|\Z)"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|\#[^\n]*"
    r"|[\[{]|[\]}]|\n"
    r"""|[^"'\#\[\]{}\n]+"""
    r"|.",
    re.DOTALL,
)
_PART = r"""(?:[A-Za-z0-9_-]+|"(?:\\.|[^"\\\n])*"|'[^'\n]*')"""
_NEXT_PART = re.compile(rf"({_PART})[ \t]*\.?[ \t]*")
_DOTTED = rf"{_PART}(?:[ \t]*\.[ \t]*{_PART})*"
_HEADER = re.compile(rf"(\[\[?)[ \t]*({_DOTTED})[ \t]*\]\]?[^\n]*\n?")
_KEY = re.compile(rf"({_DOTTED})[ \t]*=")


@dataclass(frozen=True, slots=True)
class Lines:
    """Where things stand in the file; lines count from 1."""

    places: Mapping[Path, int]
    values: tuple[tuple[int, int], ...] = ()  # first and last line of every ``key = value``
    headers: Mapping[int, Path] = field(default_factory=dict)  # the line of a block's header -> its path

    def of(self, *path: str | int) -> int:
        """The line of the path, or of the nearest thing that holds it; 1 when nothing does."""
        while path:
            if path in self.places:
                return self.places[path]
            path = path[:-1]
        return 1

    def value_at(self, line: int) -> tuple[int, int] | None:
        """First and last line of the ``key = value`` that begins at or before the line, or None."""
        place = bisect_right(self.values, (line, 1 << 60))
        return self.values[place - 1] if place else None


def _parts(dotted: str) -> list[str]:
    parts, at = [], 0
    while found := _NEXT_PART.match(dotted, at):
        parts.append(found[1].strip("\"'"))
        at = found.end()
    return parts


class _TextScan:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.line = 1
        self.scope: Path = ()
        self.counts: dict[Path, int] = {}
        self.places: dict[Path, int] = {}
        self.values: list[tuple[int, int]] = []
        self.headers: dict[int, Path] = {}

    def step(self, end: int) -> None:
        self.line += self.text.count("\n", self.at, end)
        self.at = end

    def resolve(self, parts: list[str]) -> Path:
        """The path of dotted names, with the number of the last block wherever a name is a list of blocks."""
        path: Path = ()
        for part in parts:
            path = (*path, part)
            if path in self.counts:
                path = (*path, self.counts[path] - 1)
        return path

    def header(self, match: re.Match[str]) -> None:
        parts = _parts(match[2])
        if match[1] == "[[":
            parent: Path = (*self.resolve(parts[:-1]), parts[-1])
            self.scope = (*parent, self.counts.get(parent, 0))
            self.counts[parent] = self.counts.get(parent, 0) + 1
        else:
            self.scope = self.resolve(parts)
        self.places.setdefault(self.scope, self.line)
        self.headers[self.line] = self.scope
        self.step(match.end())

    def key(self, match: re.Match[str]) -> None:
        path = self.scope
        for part in _parts(match[1]):
            path = (*path, part)
            self.places.setdefault(path, self.line)
        first = self.line
        self.step(match.end())
        depth = 0
        while found := _VALUE.match(self.text, self.at):
            piece = found[0]
            if piece == "\n" and depth <= 0:
                break
            depth += (piece in "[{") - (piece in "]}")
            self.step(found.end())
        self.values.append((first, self.line))

    def run(self) -> Lines:
        text = self.text
        while self.at < len(text):
            if text[self.at] in " \t\n\r":
                self.step(self.at + 1)
            elif match := _HEADER.match(text, self.at):
                self.header(match)
            elif match := _KEY.match(text, self.at):
                self.key(match)
            else:
                end = text.find("\n", self.at)
                self.step(len(text) if end < 0 else end)
        return Lines(self.places, tuple(self.values), self.headers)


def find_lines(text: str) -> Lines:
    """The lines of every block and key of a TOML text whose line ends are ``\\n``; never raises."""
    return _TextScan(text).run()
