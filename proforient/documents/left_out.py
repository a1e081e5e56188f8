"""A file made anew without the rows that say who filled it in: only so are its figures accepted and kept.

In: a reading and the rows. Out: the reading without them, and the bytes that are kept instead of the file. The same
file gives the same bytes, so that it is known again when it is sent twice.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import replace

from proforient.documents.marks import Job
from proforient.documents.reply_workbook import made_apart
from proforient.errors import Refused
from proforient.intake.contacts import Place, without
from proforient.intake.findings import finding
from proforient.intake.model import Reading, Sheet
from proforient.intake.questions import rows_words

_MOMENT = re.compile(rb"\d{4}-\d\d-\d\dT[\d:.]+Z")
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_BOOK_ONLY = ("links-unused",)  # codes of findings about things that a workbook made anew does not hold


def left_out(reading: Reading, rows: Sequence[Place]) -> tuple[Reading, bytes]:
    """The reading and the file without those rows; a workbook becomes a plain XLSX with the same cells in their
    places. Raises Refused where it cannot be made."""
    clean = without(reading, rows)
    note = finding("contacts-left-out", words={"rows": rows_words(rows)})
    if reading.kind == "csv":
        encoding, data = _text(clean.sheets[0], reading)
        clean = replace(clean, encoding=encoding, findings=(*reading.findings, note))
    else:
        data = _book(clean)
        findings = tuple(found for found in reading.findings if found.code not in _BOOK_ONLY)
        name = f"{reading.name.rpartition('.')[0] or reading.name}.xlsx"
        clean = replace(clean, name=name, kind="xlsx", side_texts=(), findings=(*findings, note))
    return replace(clean, sha256=hashlib.sha256(data).hexdigest(), size=len(data)), data


def _text(sheet: Sheet, reading: Reading) -> tuple[str, bytes]:
    """The rows in their places and in the file's own encoding, or in UTF-8 where that does not hold its signs."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=reading.delimiter or ";", lineterminator="\r\n")
    before = 0
    for row in sheet.rows:
        out.write("\r\n" * (row.number - before - 1))
        before = row.number
        cells = ["" if cell is None else cell for cell in row.cells]
        if len(cells) == 1 and str(cells[0]).lower().startswith("sep="):
            out.write(f"{cells[0]}\r\n")
        elif cells:
            width = sheet.odd_widths.get(row.number, sheet.width)
            writer.writerow([*cells, *[""] * (width - len(cells))])
        else:
            out.write("\r\n")
    try:
        return reading.encoding, out.getvalue().encode(reading.encoding)
    except (UnicodeEncodeError, LookupError):
        return "utf-8-sig", out.getvalue().encode("utf-8-sig")


def _book(reading: Reading) -> bytes:
    made = made_apart(Job(data=b"", sheets=reading.sheets, marks={}, lists=()))
    if not made:
        raise Refused("Сделать файл без этих строк не удалось: он слишком велик. Удалите их в своём файле сами.")
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():  # in the order in which they were written, always the same
            part = zipfile.ZipInfo(name, _LONG_AGO)
            part.compress_type = zipfile.ZIP_DEFLATED
            data = old.read(name)
            new.writestr(part, _MOMENT.sub(b"2000-01-01T00:00:00Z", data) if name.startswith("docProps/") else data)
    return out.getvalue()


__all__ = ["left_out"]
