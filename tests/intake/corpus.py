"""The corpus of tests/data/files: one fault, one file, named after its code; run as a script it is written anew.

``CONTEXT`` says what must be known of the store for the faults that the file alone does not show.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import sys
import zipfile
from dataclasses import replace

import openpyxl
from intake_files import FILES, GOOD, HEADER, PERIOD, SCHOOLS, SINGLE, good, openpyxl_of, text, xlsx
from openpyxl.styles import PatternFill
from test_intake_findings import FAULTS

from proforient.intake.findings import CODES
from proforient.intake.model import AliasKey, Answers, Remembered
from proforient.monitoring import Cell, Contingent, Merger

PUPILS, COVERED = (Cell(count=count, level="basic", cohort="all") for count in ("pupils", "covered"))
PLAIN = text(GOOD)
SHA = hashlib.sha256(PLAIN.encode()).hexdigest()
FORM = Contingent(period="2024", organisation="s5", cell=PUPILS, number=318, source="ОО-1")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ONCE_SAID = Remembered(
    kind="level", text="осн школа", meaning="basic", by="управление (metodist)", day=dt.date(2024, 5, 12)
)
MERGER = Merger(organisation="s5", successor="g2", day=dt.date(2024, 9, 1), author="a", at=dt.datetime(2024, 9, 2))
JOINED = {"s5": MERGER}
CONTEXT = {
    "older-file": {"earlier": {SHA: dt.datetime(2024, 5, 12)}, "newer_cells": {SHA: 2}},
    "same-file": {"earlier": {SHA: dt.datetime(2024, 5, 12)}},
    "period-closed": {"period": replace(PERIOD, state="closed")},
    "answer-unasked": {"answers": Answers(levels={"Основное": "primary"})},
    "answer-unknown": {"answers": Answers(levels={"осн. школа": "первый"})},
    "answer-remembered": {"aliases": {AliasKey("level", "осн школа"): ONCE_SAID}},
    "organisation-merged": {"successors": JOINED},
    "organisation-closed": {"organisations": {**SCHOOLS, "s5": replace(SCHOOLS["s5"], closed=PERIOD.starts)}},
    "organisation-not-open": {"organisations": {**SCHOOLS, "s5": replace(SCHOOLS["s5"], opened=dt.date(2025, 9, 1))}},
    "known-differs": {
        "contingent": (Contingent(period="2024", organisation="s5", cell=PUPILS, number=318, source="ОО-1"),)
    },
    "jump-share": {"past": {("s5", PUPILS): 240, ("s5", COVERED): 200}},
    "jump-count": {"past": {("s5", PUPILS): 2400, ("s5", COVERED): 450}},
}
NAMES = {"file-name-contradicts": "Отчёт 2022.csv"}
WHOSE = {"organisation-other": "g2", "form-of-other": "s5"}


def rows(sheet, *lines):
    for at, line in enumerate(lines):
        for column, cell in enumerate(line):
            if cell is not None:
                sheet.write(at, column, cell)


def book(change):
    def fill(made):
        sheet = made.add_worksheet("Отчёт")
        rows(sheet, HEADER, GOOD)
        change(made, sheet)

    return xlsx(fill)


def part(data, name, content):
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(name, content)
    return out.getvalue()


def formula(_, sheet):
    sheet["F2"] = "=40+5"


def far(_, sheet):
    sheet["XFD1048576"] = 1


def two_sheets(made, _):
    rows(made.add_worksheet("Второй"), HEADER, GOOD)


def note_sheet(made, _):
    made.add_worksheet("Инструкция").write(0, 0, "Как заполнять")


def hidden_sheet(made, _):
    sheet = made.add_worksheet("Черновик")
    rows(sheet, HEADER, GOOD)
    sheet.hide()


def formatted(number, **look):
    return book(lambda made, sheet: sheet.write(1, 5, number, made.add_format(look)))


def named(book, _):
    book.properties.lastModifiedBy = "Ивлева Дарья Петровна"


def merged(_, sheet):
    sheet.merge_range("F2:G2", 45)


def form_of_another_sample(made):
    sheet = made.add_worksheet("Бланк")
    rows(sheet, ("99", "2024", "s5"), (), ("pf-codes", "", "basic/all"), ("pupils", "Численность", 240))
    for name, cell in (("pf_form", "A1"), ("pf_period", "B1"), ("pf_organisation", "C1")):
        made.define_name(name, f"='Бланк'!${cell[0]}${cell[1]}")


def small_form(whose="s5", period="2024", head="Основное общее образование", code="pupils", end=()):
    def fill(made):
        sheet = made.add_worksheet("Бланк")
        title = ("", "Что спрашивают", head)
        name = "Численность учеников основной школы"
        rows(
            sheet, ("1", period, whose), (), title, ("pf-codes", "", "basic/all", *end[:1]), (code, name, 240, *end[1:])
        )
        for defined, cell in (("pf_form", "A1"), ("pf_period", "B1"), ("pf_organisation", "C1")):
            made.define_name(defined, f"='Бланк'!${cell[0]}${cell[1]}")

    return xlsx(fill)


ONE = ("МБОУ СОШ № 5", "pupils", "Основное", "все")
FILES_OF: dict[str, tuple[str, bytes]] = {
    "file-kind": ("xls", "<html><table><tr><td>Отчёт</td></tr></table></html>".encode()),
    "contacts-left-out": ("csv", text(GOOD, ("Исполнитель: Ивлева А. П.",)).encode()),
    "text-as-book": ("xls", PLAIN.encode()),
    "file-damaged": ("xlsx", book(lambda *_: None)[:900]),
    "file-password": (
        "xlsx",
        OLE + bytes(504) + "EncryptedPackage".encode("utf-16-le"),
    ),
    "file-empty": ("csv", b""),
    "file-too-large": ("xlsx", openpyxl_of(GOOD, change=far)),
    "cell-too-long": ("csv", text((*GOOD, "n" * 32_768), header=(*HEADER, "Примечание")).encode()),
    "more-questions": ("csv", text(*(good(organisation=f"School {n}") for n in range(201))).encode()),
    "file-unsafe": ("xlsx", part(book(lambda *_: None), "xl/extra.xml", '<!DOCTYPE x [<!ENTITY y "z">]><x>&y;</x>')),
    "file-extras": ("xlsx", part(book(lambda *_: None), "xl/vbaProject.bin", "x")),
    "encoding-unknown": ("csv", bytes(range(128, 256)) * 4),
    "encoding-mixed": ("csv", PLAIN.encode("cp1251") + ";".join(map(str, good(level="Начальное"))).encode("cp866")),
    "encoding-garbled": ("csv", PLAIN.encode().decode("cp1251", "replace").encode()),
    "broken-quotes": ("csv", PLAIN.replace("coverage", '"coverage').encode()),
    "older-file": ("csv", PLAIN.encode()),
    "same-file": ("csv", PLAIN.encode()),
    "personal-data": ("csv", text((*GOOD, "Ивлев Пётр Сергеевич"), header=(*HEADER, "Примечание")).encode()),
    "duplicate-column": ("csv", text((*GOOD, 45), header=(*HEADER, "Числитель")).encode()),
    "sheet-unclear": ("xlsx", book(two_sheets)),
    "sheet-ignored": ("xlsx", book(note_sheet)),
    "hidden-sheet": ("xlsx", book(hidden_sheet)),
    "hidden-row": ("xlsx", book(lambda _, sheet: sheet.set_row(1, None, None, {"hidden": True}))),
    "hidden-column": ("xlsx", book(lambda _, sheet: sheet.set_column(6, 6, None, None, {"hidden": True}))),
    "ragged-row": ("csv", PLAIN.replace("все;45", "все45").encode()),
    "form-other": ("xlsx", xlsx(form_of_another_sample)),
    "form-of-other": ("xlsx", small_form(whose="g2")),
    "form-of-other-period": ("xlsx", small_form(period="2023")),
    "form-codes-lost": ("xlsx", small_form(code="")),
    "form-words-differ": ("xlsx", small_form(head="Начальное общее образование")),
    "form-cells-shifted": ("xlsx", small_form(end=("pf-end", "covered"))),
    "row-not-read": (
        "csv",
        text((*ONE, 240), (ONE[0], *ONE[2:], 240, ""), header=SINGLE).encode(),
    ),
    "row-above-header": ("csv", (PLAIN.splitlines()[1] + "\n" + PLAIN).encode()),
    "rows-unfilled": (
        "csv",
        text(GOOD, good(organisation="МБОУ Гимназия № 2", numerator="", denominator="")).encode(),
    ),
    "words-contradict": ("csv", ("Мониторинг за 2022 год\n" + PLAIN).encode()),
    "section-unclear": ("csv", text(GOOD, ("Вторая смена",), good(level="Начальное")).encode()),
    "file-name-contradicts": ("csv", PLAIN.encode()),
    "organisation-other": ("csv", PLAIN.encode()),
    "period-closed": ("csv", PLAIN.encode()),
    "answer-unasked": ("csv", PLAIN.encode()),
    "answer-unknown": ("csv", text(good(level="осн. школа")).encode()),
    "answer-remembered": ("csv", text(good(level="осн. школа")).encode()),
    "organisation-merged": ("csv", PLAIN.encode()),
    "organisation-closed": ("csv", PLAIN.encode()),
    "organisation-not-open": ("csv", PLAIN.encode()),
    "formula-without-value": ("xlsx", openpyxl_of(GOOD, change=formula)),
    "error-cell": ("xlsx", book(lambda _, sheet: sheet.write_formula(1, 5, "=1/0", None, "#DIV/0!"))),
    "merged-number": ("xlsx", book(merged)),
    "author-named": ("xlsx", openpyxl_of(GOOD, change=named)),
    "links-unused": (
        "xlsx",
        part(
            book(lambda *_: None), "xl/externalLinks/externalLink1.xml", "<externalLink><externalBook/></externalLink>"
        ),
    ),
    "shown-otherwise": ("xlsx", formatted(12, num_format='0" тыс."')),
    "not-shown": ("xlsx", formatted(45, num_format=";;;")),
    "struck-out": ("xlsx", formatted(45, font_strikeout=True)),
    "zero-shown": ("xlsx", formatted(0, num_format='0;-0;"–"')),
    "known-differs": ("csv", PLAIN.encode()),
    "jump-share": ("csv", PLAIN.encode()),
    "jump-count": ("csv", PLAIN.encode()),
    **{code: ("csv", content.encode()) for code, (content, *_) in FAULTS.items()},
}


def styled():
    """16,000 empty cells with a colour and nothing in them, as a ruled sheet has."""
    made = openpyxl.Workbook()
    sheet = made.active
    for row in (HEADER, GOOD):
        sheet.append(row)
    look = PatternFill("solid", fgColor="FFEEEEEE")
    for row in sheet.iter_rows(min_row=1, max_row=100, min_col=1, max_col=160):
        for cell in row:
            cell.fill = look
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def main() -> int:
    for old in (*FILES.glob("*.csv"), *FILES.glob("*.xls*")):
        old.unlink()
    for code, (ending, data) in FILES_OF.items():
        (FILES / f"{code}.{ending}").write_bytes(data)
    print(f"{len(FILES_OF)} files in {FILES}, {len(set(CODES) - set(FILES_OF))} codes without one")
    return 0


if __name__ == "__main__":
    sys.exit(main())
