"""Every CSV that the program gives: opened in Russian Excel each cell is still what it was."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from proforient.wording import as_text

BOM = "\ufeff"
Cell = str | int | bool | Decimal | dt.date | None


def csv_text(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A byte order mark, «;» between cells, decimal commas; a text that Excel would not leave alone gets «'».

    Cells: ``Cell``, a list of texts (with commas between) or a record with a ``text``; nothing is an empty cell.
    """
    out = io.StringIO()
    out.write(BOM)
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([_cell(cell) for cell in row] for row in rows)
    return out.getvalue()


def csv_bytes(head: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """``csv_text`` as UTF-8."""
    return csv_text(head, rows).encode()


def digits(value: Decimal) -> str:
    """The exact number with a point, without zeros at its end."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _cell(found: object) -> str:
    match found:
        case None:
            return ""
        case bool():
            return "true" if found else "false"
        case int():
            return str(found)
        case Decimal():
            return digits(found).replace(".", ",")
        case dt.datetime():
            return as_text(found.isoformat())
        case dt.date():
            return found.isoformat()
        case list() | tuple():
            return as_text(",".join(map(str, found)))
        case Mapping():
            return as_text(_one_line(str(found.get("text", ""))))
    return as_text(_one_line(str(found)))


_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_UNPRINTED = re.compile(r"[\x00-\x08\x0e-\x1b\x1f]")


def _one_line(text: str) -> str:
    """Line ends as a cell may hold them, without control characters, which Excel takes for the end of the file."""
    return _UNPRINTED.sub("", _LINE_ENDS.sub("\n", text))


__all__ = ["BOM", "Cell", "csv_bytes", "csv_text", "digits"]
