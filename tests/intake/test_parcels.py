"""A ZIP of attachments becomes its files; a workbook stays one file; what lies about its size is not unpacked whole."""

from __future__ import annotations

import io
import zipfile

import pytest

from proforient.errors import WrongCall
from proforient.intake import limits
from proforient.intake.parcels import MOST, unpack


def zipped(files, **more):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, **more) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_the_files_come_out_in_order_without_folders_and_without_what_systems_leave_behind():
    data = zipped({"отчёты/школа 5.xlsx": b"1", "__MACOSX/._x": b"2", "сад.csv": b"3", "a/": b""})
    assert unpack("почта.ZIP", data) == [("школа 5.xlsx", b"1"), ("сад.csv", b"3")]
    assert unpack("книга.xlsx", data) == [("книга.xlsx", data)]
    book = zipped({"[Content_Types].xml": b"<x/>"})
    assert unpack("книга.zip", book) == [("книга.zip", book)]


def test_names_in_the_old_page_of_windows_are_read():
    raw = "школа.csv".encode("cp866")
    data = zipped({"x" * len(raw): b"1"}).replace(b"x" * len(raw), raw)
    assert unpack("z.zip", data) == [("школа.csv", b"1")]


@pytest.mark.parametrize(
    "data",
    [b"PK\x03\x04 cut off", zipped({f"{n}.csv": b"" for n in range(MOST + 1)}), zipped({"a.csv": b"0" * 105 * 2**20})],
    ids=["damaged", "too many", "too large"],
)
def test_what_cannot_be_taken_is_refused_in_words(data):
    with pytest.raises(WrongCall, match=r"(?i)архив"):
        unpack("z.zip", data)


def test_of_a_file_that_is_too_long_no_more_is_held_than_shows_it():
    (file,) = unpack("z.zip", zipped({"a.csv": b"0" * (limits.BYTES + 5)}))
    assert len(file.data) == limits.BYTES + 1
