"""The command line in Russian: arguments in, a namespace or a WrongCall with the command's own usage out."""

from __future__ import annotations

import argparse
import datetime as dt
import re
import sys
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import NoReturn

from proforient.commands.call import Argument, Command, OneOf
from proforient.errors import WrongCall

PROGRAM = "proforient" if Path(sys.argv[0]).name == "proforient" else "python -m proforient"  # as it was typed

# What argparse says when a call does not fit, and how it is said here.
_SENTENCES = (
    (r"the following arguments are required: (.+)", "Не хватает: {0}."),
    (r"one of the arguments (.+) is required", "Не хватает одного из: {0}."),
    (r"unrecognized arguments: (.+)", "Непонятно: {0}."),
    (r"argument (.+?): expected one argument", "После {0} нет значения."),
    (r"argument (.+?): not allowed with argument (.+)", "{0} и {1} вместе не ставят."),
    (r"argument (.+?): invalid choice: (.+?) \(choose from (.+)\)", "{0}: {1} не подходит. Можно: {2}."),
    (r"argument (.+?): ignored explicit argument (.+)", "{0} пишут без значения, а дано {1}."),
    (r"ambiguous option: (.+?) could match (.+)", "{0} можно понять по-разному: {1}."),
    (r"argument (.+?): (.+)", "{0}: {1}"),
)


class Parser(argparse.ArgumentParser):
    """``argparse`` that raises instead of leaving the program and speaks Russian."""

    def __init__(self, command: Command) -> None:
        super().__init__(prog=f"{PROGRAM} {command.name}", add_help=False, allow_abbrev=False)
        self.command = command
        for item in command.arguments:
            if isinstance(item, OneOf):
                group = self.add_mutually_exclusive_group(required=item.required)
                for one in item.arguments:
                    group.add_argument(*one.names, **one.options)
            else:
                self.add_argument(*item.names, **item.options)

    def error(self, message: str) -> NoReturn:
        for pattern, sentence in _SENTENCES:
            found = re.fullmatch(pattern, message, re.DOTALL)
            if found:
                message = sentence.format(*found.groups())
                break
        raise WrongCall(f"{message}\n{usage(self.command)}")


def parse(command: Command, arguments: Sequence[str]) -> argparse.Namespace:
    """The arguments after the command's name; WrongCall with the usage where they do not fit."""
    return Parser(command).parse_args(list(arguments))


def usage(command: Command) -> str:
    """«Так: python -m proforient period open CODE --closes DATE …»"""
    return f"Так: {PROGRAM} {command.name} {' '.join(map(_written, command.arguments))}".rstrip()


def _written(item: Argument | OneOf) -> str:
    if isinstance(item, OneOf):
        inside = " | ".join(_bare(one) for one in item.arguments)
        return f"({inside})" if item.required else f"[{inside}]"
    text = _bare(item)
    optional = not item.options.get("required") if item.names[0].startswith("-") else item.options.get("nargs") == "?"
    return f"[{text}]" if optional else text


def _bare(item: Argument) -> str:
    shown = item.options.get("metavar") or item.destination.upper()
    if not item.names[0].startswith("-"):
        return str(shown)
    return item.names[0] if item.options.get("action") == "store_true" else f"{item.names[0]} {shown}"


def help_of(command: Command) -> str:
    """What the command does, how it is called, what each argument means."""
    lines = [f"{command.name} — {command.does}", "", usage(command)]
    width = max((len(_bare(one)) for one in command.all_arguments), default=0)
    for one in command.all_arguments:
        lines.append(f"  {_bare(one):<{width}}  {one.options.get('help', '')}".rstrip())
    return "\n".join(lines) + "\n"


def overview(commands: Sequence[Command]) -> str:
    """The list of all commands."""
    width = max(len(command.name) for command in commands)
    lines = [
        f"Так: {PROGRAM} КОМАНДА …",
        "",
        "Мониторинг профориентации: команды для того, кто ведёт программу. Приложение может работать: тогда команду",
        "выполняет оно. Код выхода: 0 — сделано, 1 — отказано, 2 — вызов неверен или среда не готова.",
        "",
        *(f"  {command.name:<{width}}  {command.does}" for command in commands),
        "",
        f"Подробно об одной: {PROGRAM} КОМАНДА --help",
    ]
    return "\n".join(lines) + "\n"


def day(text: str) -> dt.date:
    """An ISO date."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"«{text}» — не дата. Пишите год-месяц-день, например 2026-12-25.") from None


def amount(text: str) -> Decimal:
    """A number of at most two decimals, «62,5» or «62.5»."""
    try:
        found = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite() or found < 0:
        raise argparse.ArgumentTypeError(f"«{text}» — не число от нуля. Например: 80 или 62,5.")
    return found
