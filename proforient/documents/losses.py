"""What of a workbook is not there any more after it was written again: compared part by part, named in Russian."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

_PARTS = (
    ("макросы", re.compile(r"xl/vbaProject\.bin")),
    ("рисунки", re.compile(r"xl/media/.+")),
    ("диаграммы", re.compile(r"xl/charts/chart[^/]*\.xml|xl/chartsheets/.+\.xml")),
    ("сводные таблицы", re.compile(r"xl/pivotTables/.+\.xml")),
    ("срезы", re.compile(r"xl/slicers/.+|xl/timelines/.+")),
    ("элементы управления", re.compile(r"xl/ctrlProps/.+|xl/activeX/.+\.xml|xl/embeddings/.+")),
    ("обсуждения к ячейкам", re.compile(r"xl/threadedComments/.+")),
    ("подключения к данным", re.compile(r"xl/connections\.xml|xl/queryTables/.+|xl/model/.+")),
    ("связи с другими книгами", re.compile(r"xl/externalLinks/externalLink[^/]*\.xml")),
    ("цифровая подпись", re.compile(r"_xmlsignatures/.+\.xml")),
)
_SHEETS = re.compile(r"xl/worksheets/sheet[^/]*\.xml")
_DRAWINGS = re.compile(r"xl/drawings/drawing[^/]*\.xml")
_INSIDE = (
    ("фигуры и надписи", _DRAWINGS, re.compile(rb"<(?:\w+:)?(?:sp|grpSp|cxnSp)[ >]")),
    ("условное форматирование новых видов", _SHEETS, re.compile(rb"<x14:cfRule[ >]")),
    ("выпадающие списки новых видов", _SHEETS, re.compile(rb"<x14:dataValidation[ >]")),
    ("спарклайны", _SHEETS, re.compile(rb"<x14:sparkline[ >]")),
)


def losses_of(before: bytes, after: bytes) -> list[str]:
    """The kinds of things of which the second workbook holds fewer than the first."""
    with zipfile.ZipFile(io.BytesIO(before)) as old, zipfile.ZipFile(io.BytesIO(after)) as new:
        counts: list[tuple[str, Callable[[zipfile.ZipFile], int]]] = [
            *((name, lambda book, part=part: _parts(book, part)) for name, part in _PARTS),
            *((name, lambda book, part=part, sign=sign: _signs(book, part, sign)) for name, part, sign in _INSIDE),
        ]
        return [name for name, count in counts if count(new) < count(old)]


def _parts(book: zipfile.ZipFile, part: re.Pattern[str]) -> int:
    return sum(1 for name in book.namelist() if part.fullmatch(name.lstrip("/")))


def _signs(book: zipfile.ZipFile, part: re.Pattern[str], sign: re.Pattern[bytes]) -> int:
    return sum(len(sign.findall(book.read(name))) for name in book.namelist() if part.fullmatch(name.lstrip("/")))


__all__ = ["losses_of"]
