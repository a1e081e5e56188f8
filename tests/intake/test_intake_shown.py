"""A cell is read as a clerk sees it: formats, colours, strikes, sizes, noughts, heights and widths, in three kinds."""

from __future__ import annotations

import io
import random

import openpyxl
import pytest
import xlwt
from intake_files import GOOD, HEADER, check, codes, found, good, numbers, ods_cell, ods_of, openpyxl_of, text, xls_of
from odf import number as odf_number
from odf.style import Map, Style, TableCellProperties, TableColumnProperties, TableRowProperties, TextProperties
from odf.table import TableColumn, TableRow, TableRowGroup
from odf.text import LineBreak, P, S, Span
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.formatting.rule import CellIsRule, FormulaRule
from openpyxl.styles import Alignment, Color, Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat
from test_intake_workbooks import patched, sheet_with

from proforient.intake.number_format import LONGEST, agrees, text_shown

COVERED = ("s5", "covered", "basic", "all")
WHOLE = 2400


def xlsx_shown(number, code):
    def change(_, sheet):
        sheet["F2"], sheet["G2"] = number, WHOLE
        sheet["F2"].number_format = code

    return openpyxl_of(GOOD, change=change)


def xls_shown(number, code):
    return xls_of(good(numerator=number, denominator=WHOLE), styles={(1, 5): xlwt.easyxf(num_format_str=code)})


def drawn(number, code):
    """What LibreOffice would write beside the number: here the text that the format gives."""
    return ods_of((*GOOD[:5], ods_cell(number, valuetype="float", value=number), WHOLE), change=_text(number, code))


def _text(number, code):
    def change(_, table):
        cell = table.childNodes[1].childNodes[5]
        cell.childNodes.clear()
        cell.addElement(P(text=text_shown(code, number)))

    return change


KINDS = {"xlsx": xlsx_shown, "xls": xls_shown, "ods": drawn}

ODD = [
    ('0"%"', 45, "percent-in-count", "45 %"),
    ("0\\%", 45, "percent-in-count", "45 %"),
    ("0%", 0.45, "percent-in-count", "45 %"),
    ("0.0%", 1, "percent-in-count", "100"),
    ("0,", 2000, "shown-otherwise", "«2», а записано 2000"),
    ("#,##0,", 2000, "shown-otherwise", "«2»"),
    ("0.0,", 1240, "shown-otherwise", "«1,2»"),
    ('0" тыс."', 12, "shown-otherwise", "«12 тыс.», а записано 12"),
    ('#,##0" млн"', 12, "shown-otherwise", "«12 млн»"),
    ('"до "0', 12, "shown-otherwise", "«до 12»"),
    ('0"*"', 12, "shown-otherwise", "«12*»"),
    ('0"1"', 12, "shown-otherwise", "«121»"),
    ('"1"0', 12, "shown-otherwise", "«112»"),
    ("-0", 312, "shown-otherwise", "«-312»"),
    ("0;0", -5, "shown-otherwise", "«5», а записано -5"),
    ('"н/д"', 312, "shown-otherwise", "«н/д», а записано 312"),
    ('0;-0;"н/д"', 0, "shown-otherwise", "«н/д», а записано 0"),
    ('"х"', 12, "shown-otherwise", "«х»"),
    ('"—"', 12, "shown-otherwise", "«—»"),
    (";;;", 312, "not-shown", "312"),
    (";", 312, "not-shown", "312"),
    ('""', 312, "not-shown", "312"),
    ("[White]0", 312, "not-shown", "312"),
    ("0", 12.4, "shown-otherwise", "«12», а записано 12,4"),
    ("0.0", 12.44, "shown-otherwise", "«12,4»"),
    ("0.00E+00", 1234, "shown-otherwise", "E+"),
    ("?/?", 12, "shown-otherwise", "«12/1»"),
    ("# ?/?", 12.4, "shown-otherwise", "«12 2/5», а записано 12,4"),
    ('[<5]"менее 5";0', 3, "shown-otherwise", "«менее 5», а записано 3"),
    ('#,##0 "₽"', 12, "shown-otherwise", "«12 ₽»"),
    ("00-00", 1234, "shown-otherwise", "«12-34»"),
]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("code", "number", "told", "said"), ODD)
def test_what_is_shown_otherwise_is_refused_with_both(kind, code, number, told, said):
    screening = check(KINDS[kind](number, code))
    assert codes(screening) == [told]
    (finding,) = found(screening, told)
    assert (finding.row, finding.column) == (2, "F")
    assert said in finding.message.replace("\u00a0", " ")
    assert COVERED not in numbers(screening) and not screening.acceptable


@pytest.mark.parametrize("code", ["dd.mm.yyyy", "h:mm", "[h]:mm", "mmm", "[$-419]d mmmm;@", "0.0 d"])
def test_a_count_with_a_date_s_format_is_refused(code):
    for made in (xlsx_shown(12, code), xls_shown(12, code)):
        screening = check(made)
        assert not screening.acceptable and COVERED not in numbers(screening)


@pytest.mark.parametrize("code", ["[DBNum1]0", "[<5]0", "[", '"', "0;0;0;0;0", "0" * (LONGEST + 1)])
def test_a_format_that_is_not_known_is_never_read_silently(code):
    data = patched(
        xlsx_shown(12, '0"?"'), "xl/styles.xml", "0&quot;?&quot;", code.replace('"', "&quot;").replace("<", "&lt;")
    )
    screening = check(data)
    assert codes(screening) == ["shown-otherwise"]
    assert "«формат " in found(screening, "shown-otherwise")[0].message


PLAIN = [
    *("General", "0", "0.00", "#,##0", "#,##0.00", "# ##0", "#\\ ##0", '#" "##0', "@", "#", "###0", "0000", "0.###"),
    *("_-* #,##0_-", '_-* #,##0_-;-* #,##0_-;_-* "-"_-;_-@_-', '_-* #,##0.00_-;-* #,##0.00_-;_-* "-"??_-;_-@_-'),
    *("#,##0_р_.", '_-* #,##0.00_р_._-;-* #,##0.00_р_._-;_-* "-"??_р_._-;_-@_-', "0_ ", "0_);(0)", "# ?/?"),
    *("0;[Red]-0", "[Red]0", "[Black]#,##0", "[Color 5]0", "[$-419]0", "[$-419]#,##0", '0" чел."', '0" чел"'),
    *("0.000;[Red]-0.000", "[>=1000]# ##0;0", '[<1]"нет";0', "General;-General", "0;-0;0;@", "??0", "#,##0 ", "0;;"),
]


@pytest.mark.parametrize("code", PLAIN)
def test_formats_of_everyday_change_nothing(code):
    for kind, number in (("xlsx", 7), ("xlsx", 1234), ("xls", 345), ("ods", 1234)):
        screening = check(KINDS[kind](number, code))
        assert screening.acceptable, (kind, [f.message for f in screening.findings])
        assert numbers(screening)[COVERED] == number and not found(screening, "zero-shown")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("code", "said"),
    [
        ('0;-0;"—"', "«—»"),
        ('0;-0;"-"', "«-»"),
        ('_-* #,##0_-;-* #,##0_-;_-* "-"??_-;_-@_-', "«-»"),
        ("0;-0;", "«пусто»"),
        ("0;;", "«пусто»"),
        ("#", "«пусто»"),
        (";;;", "«пусто»"),
        ('[=0]"–";0', "«–»"),
    ],
)
def test_a_nought_shown_as_a_dash_or_a_blank_is_a_nought_with_a_remark(kind, code, said):
    screening = check(KINDS[kind](0, code))
    assert screening.acceptable and numbers(screening)[COVERED] == 0
    (note,) = found(screening, "zero-shown")
    assert (note.severity, note.row, note.column) == ("note", 2, "F") and said in note.message


def test_noughts_that_a_sheet_does_not_show_are_noughts_with_a_remark():
    def change(_, sheet):
        sheet["F2"] = 0
        sheet.sheet_view.showZeros = False

    for data in (openpyxl_of(GOOD, change=change), xls_of(good(numerator=0), change=_without_zeros)):
        screening = check(data)
        assert screening.acceptable and [f.column for f in found(screening, "zero-shown")] == ["F"]


def _without_zeros(_, sheet):
    sheet.show_zero_values = 0


def test_a_yes_or_no_is_read_as_it_is_shown_too():
    header = ("Организация", "Показатель", "Уровень", "Категория", "Значение")

    def answer(number, code):
        def change(_, sheet):
            sheet["E2"] = number
            sheet["E2"].number_format = code

        return check(openpyxl_of(("МБОУ СОШ № 5", "page", "whole", "все", 1), header=header, change=change))

    yes = answer(1, '"да";;"нет"')
    assert yes.acceptable and [v.number for v in yes.values] == [1]
    assert codes(answer(1, '"нет"')) == ["shown-otherwise"]
    assert codes(answer(0, "0;;")) == ["not-shown"]


def test_texts_that_a_format_changes_or_hides_are_refused():
    for code, told in ((";;;", "not-shown"), ('0;-0;0;@" тыс."', "shown-otherwise"), ('@"0"', "shown-otherwise")):

        def change(_, sheet, code=code):
            sheet["F2"] = "45"
            sheet["F2"].number_format = code

        assert codes(check(openpyxl_of(GOOD, change=change))) == [told]
        assert codes(check(xls_of(good(numerator="45"), styles={(1, 5): xlwt.easyxf(num_format_str=code)}))) == [told]


def test_a_text_number_is_not_touched_by_a_number_s_format():
    def change(_, sheet):
        sheet["F2"] = "45"
        sheet["F2"].number_format = '0"%"'
        sheet["F2"].quotePrefix = True

    assert numbers(check(openpyxl_of(GOOD, change=change)))[COVERED] == 45


def test_a_cached_value_of_a_formula_is_read_as_shown():
    data = patched(xlsx_shown(45, '0" тыс."'), "xl/worksheets/sheet1.xml", "<v>45</v>", "<f>40+5</f><v>45</v>")
    assert codes(check(data)) == ["shown-otherwise"]


def test_a_truth_value_and_an_error_are_no_counts():
    assert codes(check(openpyxl_of(good(numerator=True)))) == ["not-a-number"]
    error = openpyxl_of(GOOD, change=lambda _, sheet: sheet.__setitem__("F2", "#N/A"))
    assert codes(check(error)) == ["error-cell"]


def test_a_name_that_is_a_number_is_read_as_its_format_shows_it():
    def change(_, sheet):
        sheet["A2"], sheet["A2"].number_format = 7, "000"
        sheet["D2"] = "Начальное"

    assert {v.organisation for v in check(openpyxl_of(GOOD, change=change)).values} == {"007"}


def test_a_person_named_by_a_format_is_a_person():
    screening = check(xlsx_shown(45, '"Ивлева Дарья Петровна "0'))
    assert "personal-data" in codes(screening) and "Ивлев" not in repr(screening)


# ------------------------------------------------------------------ struck through, unseen, tiny


def looked(**look):
    def change(_, sheet):
        for name, value in look.items():
            setattr(sheet["F2"], name, value)

    return openpyxl_of(GOOD, change=change)


LIGHT = [
    ({"font": Font(strike=True)}, "struck-out"),
    ({"font": Font(color="FFFFFFFF")}, "not-shown"),
    ({"font": Font(color="00FFFFFF")}, "not-shown"),
    ({"font": Font(color="FFFDFDFD")}, "not-shown"),
    ({"font": Font(color=Color(theme=0))}, "not-shown"),
    ({"font": Font(color=Color(theme=0, tint=-0.04))}, "not-shown"),
    ({"font": Font(color=Color(theme=1, tint=1.0))}, "not-shown"),
    ({"font": Font(color=Color(indexed=9))}, "not-shown"),
    ({"font": Font(color=Color(indexed=65))}, "not-shown"),
    ({"font": Font(color="FFFF0000"), "fill": PatternFill("solid", fgColor="FFFF0000")}, "not-shown"),
    ({"fill": PatternFill("solid", fgColor="FF000000")}, "not-shown"),
    ({"font": Font(size=1)}, "not-shown"),
    ({"font": Font(size=2)}, "not-shown"),
    ({"font": Font(vertAlign="superscript")}, "footnote-glued"),
    ({"font": Font(name="Wingdings")}, "not-shown"),
    ({"font": Font(name="Webdings")}, "not-shown"),
    ({"alignment": Alignment(horizontal="fill")}, "shown-otherwise"),
]


@pytest.mark.parametrize(("look", "told"), LIGHT, ids=range(len(LIGHT)))
def test_a_number_that_nobody_can_see_or_that_is_struck_out_is_refused(look, told):
    screening = check(looked(**look))
    assert [(f.code, f.row, f.column) for f in screening.findings if f.severity == "error"] == [(told, 2, "F")]
    assert COVERED not in numbers(screening)


@pytest.mark.parametrize(
    "look",
    [
        {"font": Font(color="FFFFFFFF"), "fill": PatternFill("solid", fgColor="FF1F4E78")},
        {"font": Font(color=Color(theme=1))},
        {"font": Font(color="FF808080", size=6, bold=True, underline="single")},
        {"fill": PatternFill("solid", fgColor="FFFFFF00")},
        {"font": Font(color="FFFF0000")},
        {"font": Font(strike=False)},
        {"font": Font(name="Symbol")},
        {"alignment": Alignment(horizontal="center", indent=1, textRotation=90)},
    ],
    ids=range(8),
)
def test_a_number_in_any_readable_look_is_read(look):
    assert numbers(check(looked(**look)))[COVERED] == 45


def test_a_white_nought_is_a_nought_with_a_remark_and_a_white_name_is_a_name():
    def change(_, sheet):
        sheet["F2"] = 0
        for cell in ("A2", "F2"):
            sheet[cell].font = Font(color="FFFFFFFF")

    screening = check(openpyxl_of(GOOD, change=change))
    assert numbers(screening)[COVERED] == 0 and [f.column for f in found(screening, "zero-shown")] == ["F"]


PIECES = [
    ({"font_strikeout": True}, InlineFont(strike=True), "struck-out"),
    ({"font_color": "#FFFFFF"}, InlineFont(color="FFFFFFFF"), "not-shown"),
    ({"font_size": 1}, InlineFont(sz=1), "not-shown"),
    ({"font_script": 1}, InlineFont(vertAlign="superscript"), "footnote-glued"),
    ({"font_script": 2}, InlineFont(vertAlign="subscript"), "footnote-glued"),
    ({"font_name": "Wingdings 2"}, InlineFont(rFont="Wingdings 2"), "not-shown"),
]


@pytest.mark.parametrize(("look", "font", "told"), PIECES, ids=range(len(PIECES)))
@pytest.mark.parametrize(
    ("column", "first", "last"), [("F", "4", "5"), ("A", "МБОУ СОШ № ", "5"), ("D", "Осн", "овное")]
)
def test_a_piece_that_misleads_is_never_part_of_a_number_or_a_name(look, font, told, column, first, last):
    def inline(_, sheet):
        sheet[f"{column}2"] = CellRichText(first, TextBlock(font, last))

    def shared(book, sheet):
        sheet.write_rich_string(f"{column}2", first, book.add_format(look), last)

    for data in (openpyxl_of(GOOD, change=inline), sheet_with(shared)):
        screening = check(data)
        assert (told, 2, column) in [(f.code, f.row, f.column) for f in screening.findings]
        assert not screening.acceptable and COVERED not in numbers(screening)


@pytest.mark.parametrize(
    ("style", "told"),
    [
        ("font: struck_out on", "struck-out"),
        ("font: colour white", "not-shown"),
        ("font: colour red; pattern: pattern solid, fore_colour red", "not-shown"),
        ("font: height 40", "not-shown"),
        ("font: escapement superscript", "footnote-glued"),
        ("font: name Wingdings", "not-shown"),
        ("align: horiz filled", "shown-otherwise"),
    ],
)
def test_the_same_of_old_books(style, told):
    data = xls_of(GOOD, styles={(1, 5): xlwt.easyxf(style)})
    assert codes(check(data)) == [told]

    def piece(_, sheet):
        sheet.write_rich_text(2, 5, ("4", ("5", xlwt.easyxf(style).font)))

    if "pattern" not in style and "align" not in style:
        pieced = check(xls_of(GOOD, good(level="Начальное", numerator=None), change=piece))
        assert [(f.code, f.row, f.column) for f in pieced.findings if f.severity == "error"] == [(told, 3, "F")]


ODS_LOOKS = [
    ({"textlinethroughstyle": "solid"}, {}, "struck-out"),
    ({"textlinethroughtype": "double"}, {}, "struck-out"),
    ({"color": "#ffffff"}, {}, "not-shown"),
    ({"color": "#ff0000"}, {"backgroundcolor": "#ff0000"}, "not-shown"),
    ({"fontsize": "1pt"}, {}, "not-shown"),
    ({"textposition": "super 58%"}, {}, "footnote-glued"),
    ({"fontname": "Wingdings"}, {}, "not-shown"),
    ({"fontfamily": "'Wingdings 3'"}, {}, "not-shown"),
    ({}, {"repeatcontent": "true"}, "shown-otherwise"),
]


@pytest.mark.parametrize(("font", "cell", "told"), ODS_LOOKS, ids=range(len(ODS_LOOKS)))
def test_the_same_of_ods_by_cell_by_column_and_by_piece(font, cell, told):
    def styled(document, family):
        style = Style(name=f"x-{family}", family=family)
        style.addElement(TextProperties(**font))
        if cell and family == "table-cell":
            style.addElement(TableCellProperties(**cell))
        document.automaticstyles.addElement(style)
        return style

    def by_cell(document, table):
        table.childNodes[1].childNodes[5].setAttribute("stylename", styled(document, "table-cell"))

    def by_column(document, table):
        columns = [
            TableColumn(numbercolumnsrepeated=5),
            TableColumn(defaultcellstylename=styled(document, "table-cell")),
        ]
        for column in reversed(columns):
            table.insertBefore(column, table.firstChild)

    def by_piece(document, table):
        written = table.childNodes[1].childNodes[5]
        written.attributes.clear()
        written.setAttribute("valuetype", "string")
        written.childNodes.clear()
        words = P(text="4")
        words.addElement(Span(stylename=styled(document, "text"), text="5"))
        written.addElement(words)

    changes = [by_cell] if cell else [by_cell, by_piece]
    for change in changes:
        assert codes(check(ods_of(GOOD, change=change))) == [told], change.__name__
    marked = check(ods_of(GOOD, change=by_column))
    assert not marked.acceptable and COVERED not in numbers(marked)


@pytest.mark.parametrize(("sheet", "told"), [("true", ["not-shown"]), ("false", [])], ids=["protected", "open"])
def test_a_protected_sheet_of_ods_shows_nothing_of_a_concealed_cell(sheet, told):
    def change(document, table):
        style = Style(name="x", family="table-cell")
        style.addElement(TableCellProperties(cellprotect="hidden-and-protected"))
        document.automaticstyles.addElement(style)
        table.setAttribute("protected", sheet)
        table.childNodes[1].childNodes[5].setAttribute("stylename", style)

    assert codes(check(ods_of(GOOD, change=change))) == told


def dressed(rule):
    return openpyxl_of(GOOD, change=lambda _, sheet: sheet.conditional_formatting.add("F2:G9", rule))


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        (CellIsRule(operator="greaterThan", formula=["40"], font=Font(strike=True)), ["struck-out", "struck-out"]),
        (CellIsRule(operator="equal", formula=["45"], font=Font(color="FFFFFFFF")), ["not-shown"]),
        (CellIsRule(operator="between", formula=["50", "1"], font=Font(color="FFFFFFFF")), ["not-shown"]),
        (FormulaRule(formula=["$A$2=1"], font=Font(strike=True)), ["shown-otherwise", "shown-otherwise"]),
        (CellIsRule(operator="lessThan", formula=["40"], font=Font(strike=True)), []),
        (CellIsRule(operator="lessThan", formula=["90"], fill=PatternFill(bgColor="FFFF0000")), []),
        (CellIsRule(operator="lessThan", formula=["90"], font=Font(color="FF9C0006")), []),
        (FormulaRule(formula=["$A$2=1"], fill=PatternFill(bgColor="FFFF0000")), []),
    ],
    ids=range(8),
)
def test_a_conditional_format_that_hides_or_strikes_is_seen(rule, told):
    assert codes(check(dressed(rule))) == told


def test_a_conditional_number_format_is_drawn_and_a_hidden_nought_is_a_nought():
    rule = CellIsRule(operator="lessThan", formula=["90"])
    rule.dxf = DifferentialStyle(numFmt=NumberFormat(numFmtId=170, formatCode='0" тыс."'))
    assert codes(check(dressed(rule))) == ["shown-otherwise"]

    def hidden(_, sheet):
        sheet["F2"] = 0
        white = CellIsRule(operator="equal", formula=["0"], font=Font(color="FFFFFFFF"))
        sheet.conditional_formatting.add("F2:G9", white)

    screening = check(openpyxl_of(GOOD, change=hidden))
    assert screening.acceptable and [f.column for f in found(screening, "zero-shown")] == ["F"]


# ------------------------------------------------------------------ heights and widths


def row_low(_, sheet):
    sheet.row_dimensions[2].height = 0


def row_hair(_, sheet):
    sheet.row_dimensions[2].height = 0.1


def rows_low(_, sheet):
    sheet.sheet_format.defaultRowHeight = 0


def row_folded(_, sheet):
    sheet.row_dimensions.group(2, 2, hidden=True)


def column_narrow(_, sheet):
    sheet.column_dimensions["F"].width = 0


def column_hair(_, sheet):
    sheet.column_dimensions["F"].width = 0.1


def column_folded(_, sheet):
    sheet.column_dimensions.group("F", "F", hidden=True)


@pytest.mark.parametrize("change", [row_low, row_hair, rows_low, row_folded], ids=lambda f: f.__name__)
def test_a_row_without_height_is_hidden(change):
    data = openpyxl_of(GOOD, change=change)
    if change is row_low:  # openpyxl leaves a height of 0 out
        data = patched(data, "xl/worksheets/sheet1.xml", '<row r="2"', '<row r="2" ht="0.0"')
    screening = check(data)
    assert [f.row for f in found(screening, "hidden-row")] == [2] and screening.unexplained


@pytest.mark.parametrize("change", [column_narrow, column_hair, column_folded], ids=lambda f: f.__name__)
def test_a_column_without_width_is_hidden(change):
    data = openpyxl_of(GOOD, change=change)
    if change is column_narrow:  # openpyxl leaves a width of 0 out
        data = patched(
            data,
            "xl/worksheets/sheet1.xml",
            "<sheetData>",
            '<cols><col min="6" max="6" width="0.0"/></cols><sheetData>',
        )
    assert [f.column for f in found(check(data), "hidden-column")] == ["F"]


def test_columns_without_any_width_by_default_are_hidden():
    data = patched(openpyxl_of(GOOD), "xl/worksheets/sheet1.xml", 'baseColWidth="8"', 'defaultColWidth="0"')
    assert len(found(check(data), "hidden-column")) == len(HEADER)


def test_ordinary_heights_and_widths_hide_nothing():
    def change(_, sheet):
        sheet.row_dimensions[2].height = 12
        sheet.column_dimensions["F"].width = 3
        sheet.sheet_format.zeroHeight = True  # hides the rows that have no cells

    screening = check(openpyxl_of(GOOD, change=change))
    assert not found(screening, "hidden-row") and not found(screening, "hidden-column")


def test_rows_and_columns_of_old_books_without_size_are_hidden():
    def change(_, sheet):
        sheet.row(1).height, sheet.row(1).height_mismatch = 0, True
        sheet.col(5).width = 0

    screening = check(xls_of(GOOD, change=change))
    assert [f.row for f in found(screening, "hidden-row")] == [2]
    assert [f.column for f in found(screening, "hidden-column")] == ["F"]


def test_rows_and_columns_of_ods_without_size_or_folded_up_are_hidden():
    def sized(document, family, properties):
        style = Style(name=f"low-{family}", family=family)
        style.addElement(properties)
        document.automaticstyles.addElement(style)
        return style

    def low(document, table):
        table.childNodes[1].setAttribute("stylename", sized(document, "table-row", TableRowProperties(rowheight="0cm")))
        narrow = sized(document, "table-column", TableColumnProperties(columnwidth="0.01in"))
        for column in (TableColumn(stylename=narrow), TableColumn(numbercolumnsrepeated=5)):
            table.insertBefore(column, table.firstChild)

    screening = check(ods_of(GOOD, change=low))
    assert [f.row for f in found(screening, "hidden-row")] == [2]
    assert [f.column for f in found(screening, "hidden-column")] == ["F"]

    def folded(_, table):
        row = table.childNodes[1]
        table.removeChild(row)
        group = TableRowGroup(display="false")
        group.addElement(row)
        table.addElement(group)

    assert [f.row for f in found(check(ods_of(GOOD, change=folded)), "hidden-row")] == [2]


# ------------------------------------------------------------------ what is ODS's own


def data_style(document, *, percent=False, tail="", places=0, grouping=False, factor=None, mapped=None):
    kind = odf_number.PercentageStyle if percent else odf_number.NumberStyle
    style = kind(name=f"n{len(document.automaticstyles.childNodes)}")
    more = {"displayfactor": factor} if factor else {}
    style.addElement(odf_number.Number(decimalplaces=places, minintegerdigits=1, grouping=grouping, **more))
    if tail:
        style.addElement(odf_number.Text(text=tail))
    if mapped:
        style.addElement(Map(condition=mapped[0], applystylename=mapped[1]))
    document.automaticstyles.addElement(style)
    return style


def with_data_style(number, **options):
    def change(document, table):
        own = Style(name="own", family="table-cell", datastylename=data_style(document, **options))
        document.automaticstyles.addElement(own)
        cell = table.childNodes[1].childNodes[5]
        cell.setAttribute("stylename", own)

    return ods_of((*GOOD[:5], ods_cell(number), WHOLE), change=change)


@pytest.mark.parametrize(
    ("number", "options", "told"),
    [
        (45, {"tail": "%"}, ["percent-in-count"]),
        (45, {"percent": True, "tail": "%"}, ["percent-in-count"]),
        (12, {"tail": " тыс."}, ["shown-otherwise"]),
        (2000, {"factor": "1000"}, ["shown-otherwise"]),
        (45, {"tail": " чел."}, []),
        (1234, {"grouping": True}, []),
        (1234, {"places": 2}, []),
    ],
)
def test_a_data_style_of_ods_is_drawn_even_where_the_text_is_plain(number, options, told):
    assert codes(check(with_data_style(number, **options))) == told


@pytest.mark.parametrize(
    ("number", "condition", "told"),
    [
        (45, "cell-content()>40", ["struck-out"]),
        (45, "cell-content()<=40", []),
        (45, "is-true-formula([.A2]=1)", ["shown-otherwise"]),
    ],
)
def test_a_conditional_format_of_ods_that_strikes_is_seen(number, condition, told):
    def change(document, table):
        struck = Style(name="struck", family="table-cell")
        struck.addElement(TextProperties(textlinethroughstyle="solid"))
        document.styles.addElement(struck)
        own = Style(name="own", family="table-cell")
        own.addElement(Map(condition=condition, applystylename=struck))
        document.automaticstyles.addElement(own)
        table.childNodes[1].childNodes[5].setAttribute("stylename", own)

    assert codes(check(ods_of(good(numerator=number), change=change))) == told


def ods_text(number, words, **more):
    cell = ods_cell(number, **more)
    cell.childNodes.clear()
    cell.addElement(P(text=words))
    return check(ods_of((*GOOD[:5], cell, WHOLE)))


@pytest.mark.parametrize(
    "words", ["1240", "1 240", "1\u00a0240", "1\u202f240", "1240,00", "1240.0", "1,240", "1.240", "1'240"]
)
def test_a_number_of_ods_is_known_in_any_country_s_writing(words):
    assert numbers(ods_text(1240, words))[COVERED] == 1240


@pytest.mark.parametrize("words", ["1,24", "1 24", "124", "1240 руб.", "12,40", "01.01.1904", "###", "-1240", "1240 %"])
def test_a_number_of_ods_shown_otherwise_is_refused(words):
    screening = ods_text(1240, words)
    assert codes(screening) in (["shown-otherwise"], ["percent-in-count"])


def test_the_types_of_ods_are_told_apart():
    assert codes(ods_text(0.45, "45%", valuetype="percentage", value="0.45")) == ["percent-in-count"]
    assert codes(ods_text(1, "1", valuetype="percentage", value="1")) == ["percent-in-count"]
    assert codes(ods_text(12, "12,00 ₽", valuetype="currency", value="12")) == ["shown-otherwise"]
    assert codes(ods_text("да", "ИСТИНА", valuetype="boolean", booleanvalue="true")) == ["not-a-number"]
    assert codes(ods_text("д", "01.05.2024", valuetype="date", datevalue="2024-05-01")) == ["date-in-count"]
    assert codes(ods_text("д", "12:30", valuetype="time", timevalue="PT12H30M00S")) == ["date-in-count"]
    assert numbers(ods_text("45", "45"))[COVERED] == 45


def test_white_space_repeats_breaks_and_spans_of_ods_are_read_as_they_are_meant():
    def change(_, table):
        from odf.element import Text

        for row in list(table.childNodes):
            for cell in list(row.childNodes):
                row.insertBefore(Text("\n   "), cell)
        name = next(cell for cell in table.childNodes[1].childNodes if cell.nodeType == 1)
        name.childNodes.clear()
        words = P(text="МБОУ")
        words.addElement(S())
        words.addText("СОШ")
        words.addElement(LineBreak())
        words.addElement(Span(text="№ "))
        words.addText("5")
        name.addElement(words)

    assert numbers(check(ods_of(good(numerator=1240, denominator=WHOLE), change=change)))[COVERED] == 1240


def test_repeated_cells_and_rows_of_ods_are_as_many():
    pair = ods_cell(45, numbercolumnsrepeated=2)
    assert numbers(check(ods_of((*GOOD[:5], pair)))) == {COVERED: 45, ("s5", "pupils", "basic", "all"): 45}

    def blank(_, table):
        row = TableRow(numberrowsrepeated=3)
        row.addElement(ods_cell(None, numbercolumnsrepeated=1024))
        table.insertBefore(row, table.childNodes[1])

    screening = check(ods_of(GOOD, change=blank))
    assert {v.place.row for v in screening.values} == {5}


def test_a_long_cell_harms_nothing():
    long = "слово " * 5_400
    screening = check(openpyxl_of((*GOOD, long), header=(*HEADER, "Примечание")))
    assert screening.acceptable and numbers(screening)[COVERED] == 45
    assert codes(check(openpyxl_of(good(numerator="9" * 32_000)))) == ["number-too-large"]
    assert codes(check(openpyxl_of(good(numerator="9 " * 16_000)))) == ["footnote-glued"]


# ------------------------------------------------------------------ English thousands, seeded


def test_thousands_with_marks_are_ambiguous_in_any_kind_of_file():
    chance = random.Random(12)
    for _ in range(10):
        number = chance.randint(1_000, 9_999_999)
        words = f"{number:,}".replace(",", chance.choice([",", ".", "'"])) + chance.choice(["", ".0", ",0", " чел."])
        makers = (lambda row: text(row, separator=";"), openpyxl_of, xls_of, ods_of)
        for made in makers:
            assert codes(check(made(good(numerator=words)))) == ["ambiguous-number"], words


def test_a_number_with_a_grouping_format_is_itself():
    for code in ("#,##0", "#,##0.00", "[$-409]#,##0"):
        assert numbers(check(xlsx_shown(1234, code)))[COVERED] == 1234


def test_drawing_and_reading_agree_for_numbers_of_every_size():
    chance = random.Random(7)
    for _ in range(300):
        number = chance.randint(0, 10 ** chance.randint(1, 7))
        for code in ("0", "#,##0", "# ##0", "0.00", "#,##0.00", "_-* #,##0_-"):
            assert agrees(text_shown(code, number), number)


def test_a_workbook_saved_again_by_openpyxl_stays_as_readable():
    book = openpyxl.load_workbook(io.BytesIO(xlsx_shown(45, "#,##0")))
    out = io.BytesIO()
    book.save(out)
    assert numbers(check(out.getvalue()))[COVERED] == 45
