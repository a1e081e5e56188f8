"""A Word file as a reader sees it: its paragraphs and tables in their order, read in a process of their own.

Bytes in, ``PaperPart`` out. The file may be somebody's: whatever is in it, nothing of it is carried out.
"""

from __future__ import annotations

import io
import json
import logging
import resource
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from proforient.errors import Refused
from proforient.intake.apart import begin

MEMORY = 1 << 30  # bytes of address space
SECONDS = 30  # seconds by the clock
LARGEST, UNPACKED, PARTS = 10 << 20, 60 << 20, 1000  # bytes of the file, bytes of its parts, parts
MOST = 5000  # paragraphs and rows
LATE = (
    f"Чтение документа заняло больше {SECONDS} секунд и остановлено, ничего не записано. "
    "Скопируйте текст в новый документ Word без картинок и примечаний и выберите его."
)
NOT_WORD = "Это не документ Word (.docx) или он испорчен. Сохраните его в Word как «Документ Word» и выберите снова."
_log = logging.getLogger(__name__)

Align = Literal["left", "center", "right", "both"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperPart:
    """A paragraph (``rows`` empty) or a table; ``pieces`` of a paragraph: words and how they look, by letters.

    «b» bold, «i» italic, «m» on a coloured ground, «s» raised. ``fresh``: it begins a new page.
    """

    pieces: tuple[tuple[str, str], ...] = ()
    align: Align = "left"
    fresh: bool = False
    rows: tuple[tuple[str, ...], ...] = ()
    lined: bool = False  # a table with lines, not one that only sets texts side by side

    @property
    def text(self) -> str:
        return "".join(words for words, _ in self.pieces).strip()


def blocks_of(data: bytes) -> list[PaperPart]:
    """What the file says; Refused where it cannot be read."""
    with begin(__name__, seconds=SECONDS) as work:
        work.send(b"", data)
        said = work.out.read()
        ended = work.ended()
    if work.late:
        raise Refused(LATE)
    if ended != 0 or not said:
        _log.warning("reading a document ended with %s", ended)
        raise Refused(NOT_WORD)
    return [_block(found) for found in json.loads(said)]


def _block(found: dict[str, Any]) -> PaperPart:
    return PaperPart(
        pieces=tuple((words, look) for words, look in found["pieces"]),
        align=found["align"],
        fresh=found["fresh"],
        rows=tuple(tuple(row) for row in found["rows"]),
        lined=found["lined"],
    )


def _read(data: bytes) -> Iterator[dict[str, Any]]:
    import docx
    from docx.table import Table

    for element in docx.Document(io.BytesIO(data)).iter_inner_content():
        if isinstance(element, Table):
            rows = [_cells(row) for row in element.rows]
            lined = element.style is not None and "Grid" in (element.style.name or "")
            yield {"pieces": [], "align": "left", "fresh": False, "rows": rows, "lined": lined}
        else:
            yield _paragraph(element)


def _cells(row: Any) -> list[str]:
    """A cell that spans several columns once."""
    seen: list[Any] = []
    for cell in row.cells:
        if not any(cell._element is other._element for other in seen):
            seen.append(cell)
    return [cell.text for cell in seen]


def _paragraph(paragraph: Any) -> dict[str, Any]:
    aligned = str(paragraph.alignment or "").partition(" ")[0]
    named = {"CENTER": "center", "RIGHT": "right", "JUSTIFY": "both"}
    pieces = [[run.text, _look(run)] for run in paragraph.runs if run.text]
    if not pieces and paragraph.text:
        pieces = [[paragraph.text, ""]]
    form = paragraph.paragraph_format
    about = {"align": named.get(aligned, "left"), "fresh": bool(form.page_break_before)}
    return {"pieces": pieces, **about, "rows": [], "lined": False}


def _look(run: Any) -> str:
    font = run.font
    looks = {"b": run.bold, "i": run.italic, "m": font.highlight_color is not None, "s": font.superscript}
    return "".join(letter for letter, there in looks.items() if there)


def _whole(data: bytes) -> bool:
    """Whether the archive is of a size that a letter may have."""
    if len(data) > LARGEST:
        return False
    parts = zipfile.ZipFile(io.BytesIO(data)).infolist()
    return len(parts) <= PARTS and sum(part.file_size for part in parts) <= UNPACKED


def main() -> int:
    """Reads the file from standard input, writes its blocks to standard output; 1 where it is no Word file."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    data = sys.stdin.buffer.read()
    try:
        found = list(_read(data))[:MOST] if _whole(data) else None
    except Exception:  # noqa: BLE001  # its words may quote the file, which is not for the log
        return 1
    if found is None:
        return 1
    sys.stdout.buffer.write(json.dumps(found).encode())
    return 0


__all__ = ["PaperPart", "blocks_of", "main"]
