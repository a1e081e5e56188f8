"""TOML text in, its data and every syntax mistake out.

tomllib stops at the first mistake. Here the statement that it stumbled over is blanked (the number of lines stays)
and reading goes on, so that one reading names them all.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from proforient.catalogue.lines import Lines, find_lines

MOST_REPAIRS = 200  # faulty lines that are passed over to find the mistakes behind them
_PLACE = re.compile(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)", re.DOTALL)
_CODE = re.compile(r"""\s*code\s*=\s*["']?([a-z0-9.-]+)""")
_HEADER = re.compile(r"\s*\[+\s*([A-Za-z0-9_-]+)")

# What tomllib says, by its beginning -> what it means to the person who wrote the file.
_MEANINGS = (
    ("Cannot declare", "новый заголовок: такой уже был; записи одного вида начинают двойными скобками [[…]]"),
    ("Cannot overwrite a value", "ключ один раз в записи: такой уже есть"),
    ("Duplicate inline table key", "ключ один раз в таблице: такой уже есть"),
    ("Cannot mutate immutable", "ключ, которого ещё нет: таблица уже записана целиком в фигурных скобках"),
    ("Cannot redefine", "ключ один раз: такой уже есть"),
    ("Cannot add", "ключ, которого ещё нет"),
    ("Expected ']", "закрывающие скобки заголовка: [[имя]]"),
    ("Expected '='", "знак «=» между ключом и значением"),
    ("Expected newline", "конец строки после значения: в строке одно «ключ = значение»"),
    ('Expected "\'"', "закрывающий апостроф"),
    ("Unclosed array", "закрывающая скобка «]» или запятая между значениями списка"),
    ("Unclosed inline table", "закрывающая скобка «}» или запятая между ключами таблицы, всё в одной строке"),
    ("Unterminated string", "закрывающие кавычки"),
    ("Illegal character '\\n'", "закрывающие кавычки в той же строке"),
    ("Illegal character", "текст без управляющих знаков"),
    ("Found invalid character", "текст без управляющих знаков"),
    ("Unescaped '\\", "обратная косая черта удвоенной: \\\\"),
    ("Escaped character", "правильный знак после обратной косой черты"),
    ("Invalid hex value", "шестнадцатеричный код знака после \\u"),
    ("Invalid initial character for a key", "ключ из латинских букв, цифр, дефиса и подчёркивания"),
    ("Invalid statement", "«ключ = значение» (ключ латинскими буквами), заголовок [[имя]] или примечание после #"),
    ("Invalid value", "значение: текст в кавычках, число, true, false, дата, [список] или { таблица }"),
    ("Invalid date", "настоящая дата вида 2023-05-04"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SyntaxMistake:
    line: int
    found: str
    expected: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    data: dict[str, Any]
    lines: Lines
    mistakes: tuple[SyntaxMistake, ...]
    damaged: frozenset[int]  # lines that were blanked
    given_up: bool = False  # too many mistakes: ``data`` is empty


def _meaning(message: str) -> str:
    return next((meaning for start, meaning in _MEANINGS if message.startswith(start)), f"правильный TOML ({message})")


def _place(error: Exception, lines: list[str]) -> tuple[str, int]:
    """The message and the line of what tomllib stumbled over."""
    match = _PLACE.fullmatch(str(error))
    if match is None:
        return str(error), len(lines)
    line = int(match[2]) if match[2] else len(lines)
    return match[1], min(line, len(lines))


def _statement(message: str, line: int, lines: list[str]) -> tuple[int, int]:
    """First and last line of the statement at fault: an unclosed list is at fault where it begins."""
    value = find_lines("\n".join(lines)).value_at(line)
    if value and value[1] > value[0] and message.startswith("Unterminated string"):
        # An open text of several lines swallows the rest of the file: take it to end before the next block.
        headers = (n for n in range(value[0] + 1, len(lines) + 1) if lines[n - 1].startswith("["))
        return value[0], next(headers, len(lines) + 1) - 1
    if value is None or lines[line - 1].lstrip().startswith("["):
        return line, line
    first, last = value
    if first <= line <= last:
        # What stands open swallows the rest of the file; only the lines before the stumble belong to it.
        return first, (line - 1 if message.startswith("Unclosed") and line > first else min(line, last))
    return line, line


def _blank(lines: list[str], first: int, last: int, tried: set[int]) -> None:
    """Takes the statement out; a header and a code are put right, for what else is there depends on them."""
    statement = lines[first - 1]
    lines[first - 1 : last] = [""] * (last - first + 1)
    if first not in tried:
        tried.add(first)
        if header := _HEADER.match(statement):
            lines[first - 1] = f"[[{header[1]}]]"
        elif code := _CODE.match(statement):
            lines[first - 1] = f'code = "{code[1]}"'


def parse(text: str) -> Parsed:
    """Everything in the text that can be read, and what could not; ``text`` has ``\\n`` line ends. Never raises."""
    lines = text.split("\n")
    mistakes: dict[int, SyntaxMistake] = {}
    damaged: set[int] = set()
    tried: set[int] = set()
    for _ in range(MOST_REPAIRS):
        try:
            data = tomllib.loads("\n".join(lines), parse_float=Decimal)
        except ValueError as error:  # TOMLDecodeError, and plain ones for dates and numbers that do not exist
            message, line = _place(error, lines)
            first, last = _statement(message, line, lines)
            found = lines[first - 1].strip()
            mistakes.setdefault(first, SyntaxMistake(line=first, found=f"«{found[:80]}»", expected=_meaning(message)))
            damaged |= set(range(first, last + 1))
            _blank(lines, first, last, tried)
        else:
            break
    else:
        data = {}
    return Parsed(
        data=data,
        lines=find_lines("\n".join(lines)),
        mistakes=tuple(mistakes[line] for line in sorted(mistakes)),  # order: numbers of lines
        damaged=frozenset(damaged),
        given_up=not data and bool(mistakes),
    )
