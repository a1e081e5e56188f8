"""The number and the day that the office has given, put into the places that an issued file has for them.

Bytes of a Word file in, bytes out; read and written in a process of their own, because the file may be somebody's.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import logging
import resource
import sys
from collections.abc import Iterator, Mapping
from typing import Any

from proforient.intake.apart import begin
from proforient.wording import date_ru

NUMBERED = frozenset({"letter", "protocol", "decision", "note"})  # kinds whose places of these names are its own
MEMORY = 1 << 30  # bytes of address space
SECONDS = 30  # seconds of processor time
_log = logging.getLogger(__name__)


def numbered_file(data: bytes, number: str, day: dt.date | None) -> bytes:
    """The file with number and day in their places; as it was where it has none or cannot be read."""
    places = {"[номер]": number, **({"[дата]": date_ru(day)} if day else {})}
    with begin(__name__, seconds=SECONDS) as work:
        work.send(json.dumps(places).encode("ascii") + b"\n", data)
        said = work.out.read()
        ended = work.ended()
    if ended == 0 and said.startswith(b"PK"):
        return said
    _log.warning("numbering a document ended with %s", ended)
    return data


def _filled(data: bytes, places: Mapping[str, str]) -> bytes:
    import docx
    from docx.text.paragraph import Paragraph

    opened = docx.Document(io.BytesIO(data))
    for element in _paragraphs(opened):
        for run in Paragraph(element, opened).runs:
            if run.font.highlight_color is not None and run.text in places:
                run.text, run.font.highlight_color = places[run.text], None
    out = io.BytesIO()
    opened.save(out)
    return out.getvalue()


def _paragraphs(opened: Any) -> Iterator[Any]:
    from proforient.documents.guard import W

    yield from list(opened.element.body.iter(f"{W}p"))


def main() -> int:
    """Reads places and file from standard input, writes the file to standard output; 1 where it is no Word file."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    places = json.loads(sys.stdin.buffer.readline())
    try:
        made = _filled(sys.stdin.buffer.read(), places)
    except Exception:  # noqa: BLE001  # its words may quote the file, which is not for the log
        return 1
    sys.stdout.buffer.write(made)
    return 0


__all__ = ["NUMBERED", "main", "numbered_file"]
