"""What a conditional format, a line across a cell or a box of text says of a number, in workbooks of each kind."""

from __future__ import annotations

import struct

import pytest
from intake_files import GOOD, HEADER, check, codes, found, good, numbers, ods_of, openpyxl_of, xls_of, xlsx
from odf import draw
from odf.style import Style, TableCellProperties
from odf.text import P
from openpyxl.formatting.rule import CellIsRule, ColorScaleRule, DataBarRule, FormulaRule, IconSetRule
from openpyxl.styles import Border, Font, PatternFill, Side
from test_intake_workbooks import patched

COVERED = ("s5", "covered", "basic", "all")
WHITE, BLACK = Font(color="FFFFFFFF"), PatternFill(bgColor="FF000000", fill_type="solid")
SHEET = "xl/worksheets/sheet1.xml"
NEWER = (
    '<extLst><ext xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
    '<x14:conditionalFormattings><x14:conditionalFormatting xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">'
    '<x14:cfRule type="expression" priority="1"><xm:f>Лист2!$A$1&gt;0</xm:f>'
    '<x14:dxf><font><color rgb="FFFFFFFF"/></font></x14:dxf></x14:cfRule><xm:sqref>F2:F9</xm:sqref>'
    "</x14:conditionalFormatting></x14:conditionalFormattings></ext></extLst></worksheet>"
)
BARS = {
    "data-bar": '<calcext:data-bar calcext:show-value="{}"/>',
    "icon-set": '<calcext:icon-set><calcext:formatting-entry calcext:show-value="{}"/></calcext:icon-set>',
}


def ruled(rule, number=45):
    def change(_, sheet):
        sheet["F2"] = number
        sheet.conditional_formatting.add("F2:G9", rule)

    return check(openpyxl_of(GOOD, change=change))


def bar(show, kind=DataBarRule):
    return kind("min", 0, "max", 100, color="FF638EC6", showValue=show)


def icons(show):
    return IconSetRule("3Arrows", "percent", [0, 33, 67], showValue=show)


@pytest.mark.parametrize(
    ("rule", "number", "told"),
    [
        (bar(False), 45, "not-shown"),
        (icons(False), 45, "not-shown"),
        (CellIsRule(operator="greaterThan", formula=["0"], fill=BLACK), 45, "not-shown"),
        (ColorScaleRule(start_type="min", start_color="FF000000", end_type="max", end_color="FF000000"), 45,
         "shown-otherwise"),
        (FormulaRule(formula=["$A$1>0"], font=WHITE), "45", "shown-otherwise"),
        (CellIsRule(operator="greaterThan", formula=["0"], font=WHITE), "45", "not-shown"),
        (CellIsRule(operator="greaterThan", formula=["0"], font=Font(strike=True)), "45", "struck-out"),
    ],
)  # fmt: skip
def test_a_rule_that_may_hide_a_number_is_seen_whatever_it_is_made_of(rule, number, told):
    screening = ruled(rule, number)
    assert codes(screening)[0] == told and COVERED not in numbers(screening)


@pytest.mark.parametrize(
    "rule",
    [
        bar(True),
        icons(True),
        ColorScaleRule(start_type="min", start_color="FFF8696B", end_type="max", end_color="FF63BE7B"),
        CellIsRule(operator="greaterThan", formula=["0"], fill=PatternFill(bgColor="FFFFFF00", fill_type="solid")),
        CellIsRule(operator="lessThan", formula=["0"], font=WHITE),
    ],
)
@pytest.mark.parametrize("number", [45, "45"])
def test_a_rule_that_leaves_the_number_to_be_seen_changes_nothing(rule, number):
    assert numbers(ruled(rule, number))[COVERED] == 45


def test_a_rule_of_newer_books_that_stands_apart_is_read():
    screening = check(patched(openpyxl_of(GOOD), SHEET, "</worksheet>", NEWER))
    assert codes(screening) == ["shown-otherwise"] and COVERED not in numbers(screening)


def old_rule(*, white=False, struck=False, operator=5, bound=b"\x1e\x00\x00"):
    """An old book with a conditional format over F2:F9, as Excel 97 writes it (xlwt cannot)."""
    font = bytearray(118)
    struct.pack_into("<II", font, 68, 0x80 * struck, 0)
    struct.pack_into("<I", font, 80, 9 if white else 0xFFFFFFFF)
    body = struct.pack("<BBHHIH", 1, operator, len(bound), 0, 1 << 26, 0) + bytes(font) + bound
    areas = struct.pack("<2H4HH4H", 1, 0, 1, 8, 5, 5, 1, 1, 8, 5, 5)
    records = b"".join(struct.pack("<HH", kind, len(data)) + data for kind, data in ((0x1B0, areas), (0x1B1, body)))

    def change(_, sheet):
        made = sheet.get_biff_data
        sheet.get_biff_data = lambda: made()[:-4] + records + made()[-4:]

    return check(xls_of(GOOD, change=change))


@pytest.mark.parametrize(
    ("look", "told"),
    [
        ({"white": True}, "not-shown"),
        ({"struck": True}, "struck-out"),
        ({"white": True, "bound": b"\x1d\x01"}, "shown-otherwise"),  # a formula
        ({"white": True, "bound": b"\x1f" + struct.pack("<d", 44.5)}, "not-shown"),
        ({"white": True, "operator": 6}, ""),
        ({}, ""),
    ],
)
def test_the_rules_of_old_books_are_read(look, told):
    screening = old_rule(**look)
    assert codes(screening)[:1] == [told][: bool(told)]
    assert (numbers(screening).get(COVERED) == 45) is (not told)


@pytest.mark.parametrize("kind", BARS)
@pytest.mark.parametrize("show", ["false", "true"])
def test_a_bar_or_an_icon_in_place_of_the_number_is_seen_in_ods(kind, show):
    rule = (
        "<calcext:conditional-formats "
        'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">'
        f'<calcext:conditional-format calcext:target-range-address="Отчёт.F2:Отчёт.F9">{BARS[kind].format(show)}'
        "</calcext:conditional-format></calcext:conditional-formats></table:table>"
    )
    screening = check(patched(ods_of(GOOD), "content.xml", "</table:table>", rule))
    assert codes(screening) == (["not-shown"] if show == "false" else [])


def crossed(kind):
    lines = Border(diagonalUp=True, diagonalDown=True, diagonal=Side(style="thin"))

    def change(document, sheet):
        if kind == "xlsx":
            sheet["F2"].border = sheet["A1"].border = lines
            return
        style = Style(name="x", family="table-cell")
        style.addElement(TableCellProperties(diagonaltlbr="0.06pt solid #000000"))
        document.automaticstyles.addElement(style)
        for row, column in ((0, 0), (1, 5)):
            sheet.childNodes[row].childNodes[column].setAttribute("stylename", style)

    return (openpyxl_of if kind == "xlsx" else ods_of)(GOOD, change=change)


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_a_number_crossed_out_by_lines_is_refused_and_a_divided_heading_is_a_heading(kind):
    screening = check(crossed(kind))
    assert codes(screening) == ["struck-out"] and [f.column for f in found(screening, "struck-out")] == ["F"]


BOXES = [
    ("Отчёт за 2022 год", True),
    ("тыс. человек", True),
    ("Отчёт за 2024 год", False),
    ("Сдать до 25 января", False),
]


@pytest.mark.parametrize(("words", "against"), BOXES)
def test_a_box_of_text_on_the_sheet_may_not_say_otherwise(words, against):
    def fill(book):
        sheet = book.add_worksheet("Отчёт")
        for at, row in enumerate((HEADER, GOOD)):
            sheet.write_row(at, 0, row)
        sheet.insert_textbox("I2", words)

    def drawn(_, table):
        frame = draw.Frame(width="5cm", height="1cm")
        box = draw.TextBox()
        box.addElement(P(text=words))
        frame.addElement(box)
        table.childNodes[1].childNodes[6].addElement(frame)

    for data in (xlsx(fill), ods_of(GOOD, change=drawn)):
        screening = check(data)
        assert ("words-contradict" in codes(screening)) is against and screening.acceptable is not against


@pytest.mark.parametrize("code", ["[$-F400]0", "[$-f800]0"])
def test_the_clock_of_the_computer_is_no_number_format(code):
    def change(_, sheet):
        sheet["F2"].number_format = code

    assert not check(openpyxl_of(GOOD, change=change)).acceptable


@pytest.mark.parametrize("words", ["обучающихся", "учащихся", "учеников", "школьников", "воспитанников", "ребёнок"])
def test_a_number_with_a_word_for_children_is_that_number(words):
    def change(_, sheet):
        sheet["F2"].number_format = f'0" {words}"'

    assert numbers(check(openpyxl_of(GOOD, change=change)))[COVERED] == 45
    assert numbers(check(openpyxl_of(good(numerator=f"\u200e45 {words}"))))[COVERED] == 45


@pytest.mark.parametrize("width", [0.3, 0.9])
def test_a_column_so_narrow_that_no_figure_stands_in_it_is_hidden(width):
    def change(_, sheet):
        sheet.column_dimensions["F"].width = width

    def old(_, sheet):
        sheet.col(5).width = int(width * 256)

    for data in (openpyxl_of(GOOD, change=change), xls_of(GOOD, change=old)):
        assert [f.column for f in found(check(data), "hidden-column")] == ["F"]
