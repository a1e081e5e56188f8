"""Conditional formats of an XLS sheet, as far as they may hide or strike a number; xlrd passes over them."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping

from proforient.intake.looks import Colour, Font
from proforient.intake.xlsx_conditional import ConditionalFormat
from proforient.intake.xlsx_styles import Dressing

_BEGIN, _END, _AREAS, _RULE = 0x0809, 0x0A, 0x01B0, 0x01B1  # kinds of records
_OPERATORS = {
    1: "between", 2: "notBetween", 3: "equal", 4: "notEqual", 5: "greaterThan", 6: "lessThan",
    7: "greaterThanOrEqual", 8: "lessThanOrEqual",
}  # fmt: skip
_INTEGER, _FLOAT = 0x1E, 0x1F  # formulas that are a number
_NUMBER, _FONT, _ALIGNMENT, _BORDER, _PATTERN = (1 << bit for bit in (25, 26, 27, 28, 29))  # what a rule sets
_FONT_SIZE, _STRUCK, _UNCHANGED = 118, 0x80, 0xFFFFFFFF


def read_rules(
    records: Iterable[tuple[int, bytes]], colours: Mapping[int, Colour | None]
) -> list[tuple[ConditionalFormat, ...]]:
    """The rules of each sheet in the order of the records; raises ``struct.error`` for a cut record."""
    sheets: list[list[ConditionalFormat]] = []
    areas: tuple[tuple[int, int, int, int], ...] = ()
    depth = 0  # charts stand inside a sheet between a beginning and an end of their own
    for kind, data in records:
        if kind == _BEGIN:
            depth += 1
            if depth == 1:
                sheets.append([])
        elif kind == _END:
            depth -= 1
        elif kind == _AREAS and sheets:
            areas = tuple(_area(data, 14 + 8 * at) for at in range(struct.unpack_from("<H", data, 12)[0]))
        elif kind == _RULE and sheets and (rule := _rule(data, areas, colours)):
            sheets[-1].append(rule)
    return [tuple(rules) for rules in sheets[1:]]  # the first is the book itself


def _area(data: bytes, at: int) -> tuple[int, int, int, int]:
    top, bottom, left, right = struct.unpack_from("<4H", data, at)
    return top + 1, left + 1, bottom + 1, right + 1


def _rule(
    data: bytes, areas: tuple[tuple[int, int, int, int], ...], colours: Mapping[int, Colour | None]
) -> ConditionalFormat | None:
    kind, operator, first, second, flags = struct.unpack_from("<BBHHI", data)
    dressing = _dressing(data[12:], flags, colours)
    if dressing is None:
        return None
    formulas = [data[len(data) - first - second : len(data) - second], data[len(data) - second :]]
    bounds = [_constant(formula) for formula in formulas if formula]
    known = tuple(bound for bound in bounds if bound is not None)
    compares = kind == 1 and len(known) == len(bounds)
    return ConditionalFormat(
        areas=areas, comparison=_OPERATORS.get(operator, "") if compares else "", bounds=known, dressing=dressing
    )


def _constant(formula: bytes) -> float | None:
    """The number that a formula is, or None."""
    if formula[0] == _INTEGER and len(formula) == 3:
        return float(struct.unpack_from("<H", formula, 1)[0])
    if formula[0] == _FLOAT and len(formula) == 9:
        return float(struct.unpack_from("<d", formula, 1)[0])
    return None


def _dressing(data: bytes, flags: int, colours: Mapping[int, Colour | None]) -> Dressing | None:
    at = 0
    font, fill = Font(), None
    if flags & _NUMBER:
        own = struct.unpack_from("<H", data)[0] if flags & 0x80000000 else 2
        at += max(own, 2)
    if flags & _FONT:
        options, colour, unset = struct.unpack_from("<I", data, at + 68), _word(data, at + 80), _word(data, at + 88)
        struck = bool(options[0] & _STRUCK) and not unset & _STRUCK
        font = Font(struck=struck, colour=None if colour == _UNCHANGED else colours.get(colour))
        at += _FONT_SIZE
    at += 8 * bool(flags & _ALIGNMENT) + 8 * bool(flags & _BORDER)
    if flags & _PATTERN:
        fill = colours.get(struct.unpack_from("<H", data, at + 2)[0] >> 7 & 0x7F)
    unseen = (font.colour is not None or fill is not None) and font.unseen_on(fill)
    return Dressing(struck=font.struck, unseen=unseen) if font.struck or unseen else None


def _word(data: bytes, at: int) -> int:
    return int(struct.unpack_from("<I", data, at)[0])
