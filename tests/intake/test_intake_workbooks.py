"""Workbooks: the three kinds, the guards, and what a cell's value alone does not tell."""

import datetime as dt
import io
import zipfile

import pytest
import xlwt
from intake_files import (
    GOOD,
    HEADER,
    check,
    codes,
    found,
    good,
    numbers,
    ods_cell,
    ods_of,
    openpyxl_of,
    text,
    xls_of,
    xlsx,
    xlsx_of,
)
from odf.style import Style, TableProperties, TextProperties
from odf.table import CoveredTableCell, Table, TableRow
from odf.text import P, Span

from proforient.intake.read import read_bytes

RIGHT = {("s5", "covered", "basic", "all"): 45, ("s5", "pupils", "basic", "all"): 240}
BOOKS = {"xlsx": xlsx_of, "openpyxl": openpyxl_of, "xls": xls_of, "ods": ods_of}
OTHER = good(level="Начальное")


def sheet_with(*writes, rows=(GOOD,), **options):
    """A workbook with the table and then some more; a write is ``(method, *arguments)`` of xlsxwriter."""

    def fill(book):
        sheet = book.add_worksheet("Отчёт")
        for at, row in enumerate((HEADER, *rows)):
            sheet.write_row(at, 0, row)
        for write in writes:
            write(book, sheet)

    return xlsx(fill, **options)


@pytest.mark.parametrize("kind", BOOKS)
def test_reads_a_plain_table(kind):
    screening = check(BOOKS[kind](GOOD))
    assert screening.acceptable, screening.findings
    assert numbers(screening) == RIGHT
    assert {(v.place.row, v.place.column) for v in screening.values} == {(2, "F"), (2, "G")}
    assert screening.encoding == screening.delimiter == ""


@pytest.mark.parametrize("kind", BOOKS)
def test_a_false_extension_decides_nothing(kind):
    assert numbers(check(BOOKS[kind](GOOD), "отчёт.csv")) == RIGHT


def test_numbers_written_as_text_are_read_by_the_same_grammar():
    screening = check(xlsx_of(good(numerator="45 ", denominator="1\u00a0240")))
    assert numbers(screening)["s5", "pupils", "basic", "all"] == 1240


def test_titles_above_keep_the_row_numbers_of_excel():
    def titled(_, sheet):
        sheet.insert_rows(1, 4)
        sheet["A1"] = "Мониторинг профориентации, 2024"

    screening = check(openpyxl_of(GOOD, change=titled))
    assert screening.header_row == 5
    assert screening.values[0].place.row == 6


# ------------------------------------------------------------------ cells that only look like numbers


def test_a_superscript_glued_to_a_figure_is_refused_with_its_place():
    def raised(book, sheet):
        sheet.write_rich_string("F2", "345", book.add_format({"font_script": 1}), "1)", book.add_format())
        sheet.write_rich_string("G2", "345 ", book.add_format({"font_script": 1}), "2")

    screening = check(sheet_with(raised))
    assert [(f.row, f.column) for f in found(screening, "footnote-glued")] == [(2, "F"), (2, "G")]
    assert not {3451, 3452, 345} & set(numbers(screening).values())


def test_a_superscript_in_a_name_is_refused_not_read_as_another_school():
    def raised(book, sheet):
        sheet.write_rich_string("A2", "МБОУ СОШ № ", book.add_format({"font_script": 1}), "5")

    assert codes(check(sheet_with(raised))) == ["footnote-glued"]


def test_a_heading_with_a_superscript_is_asked_about():
    def raised(book, sheet):
        sheet.write_rich_string("G1", "Знаменатель", book.add_format({"font_script": 1}), "2")

    screening = check(sheet_with(raised))
    assert "missing-column" in codes(screening)
    assert [(q.kind, q.text) for q in screening.unanswered] == [("column", "Знаменатель2")]


def test_a_superscript_in_xls_is_refused():
    def change(_, sheet):
        raised = xlwt.Font()
        raised.escapement = xlwt.Font.ESCAPEMENT_SUPERSCRIPT
        sheet.write_rich_text(2, 5, ("345", ("1)", raised)))

    screening = check(xls_of(GOOD, good(level="Начальное", numerator=None, denominator=400), change=change))
    assert [(f.code, f.row, f.column) for f in screening.findings if f.severity == "error"] == [
        ("footnote-glued", 3, "F")
    ]


def test_a_superscript_in_ods_is_refused():
    def change(document, table):
        style = Style(name="Up", family="text")
        style.addElement(TextProperties(textposition="super 58%"))
        document.automaticstyles.addElement(style)
        cell = table.childNodes[1].childNodes[5]
        cell.attributes.clear()
        cell.setAttribute("valuetype", "string")
        cell.childNodes.clear()
        words = P(text="345")
        words.addElement(Span(stylename=style, text="1)"))
        cell.addElement(words)

    assert [(f.code, f.column) for f in check(ods_of(GOOD, change=change)).findings if f.severity == "error"] == [
        ("footnote-glued", "F")
    ]


def test_a_formula_without_a_value_is_refused_at_its_own_address():
    def formulas(book, sheet):
        bold = book.add_format({"bold": True})
        sheet.write_blank("E9", None, bold)
        sheet.write_formula("F2", "=40+5", None, "")
        sheet.write_formula("G2", "=240", None, 240)

    screening = check(sheet_with(formulas))
    assert [(f.row, f.column) for f in found(screening, "formula-without-value")] == [(2, "F")]
    assert numbers(check(openpyxl_of(good(numerator="=40+5")))) == {("s5", "pupils", "basic", "all"): 240}


def test_a_formula_with_a_value_is_read_as_its_value():
    assert numbers(check(sheet_with(lambda _, s: s.write_formula("F2", "=40+5", None, 45)))) == RIGHT


def test_a_formula_that_gives_an_empty_text_is_blank_and_not_a_fault():
    def change(book, sheet):
        sheet["F2"] = None
        sheet["G2"] = None

    data = openpyxl_of(GOOD, OTHER, change=change)
    data = patched(
        data, "xl/worksheets/sheet1.xml", '<c r="E2"', '<c r="F2" t="str"><f>IF(A1="","",1)</f><v></v></c><c r="E2"'
    )
    assert codes(check(data)) == []


def patched(data, part, old, new):
    """The workbook with the first ``old`` of one part replaced; the part must hold it."""
    source = zipfile.ZipFile(io.BytesIO(data))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.namelist():
            content = source.read(entry)
            if entry == part:
                assert old.encode() in content
                content = content.replace(old.encode(), new.encode(), 1)
            target.writestr(entry, content)
    return out.getvalue()


@pytest.mark.parametrize("error", ["#DIV/0!", "#N/A", "#REF!"])
def test_an_error_cell_is_refused(error):
    screening = check(sheet_with(lambda _, s: s.write_formula("G2", "=1/0", None, error)))
    assert [(f.code, f.row, f.column) for f in screening.findings if f.severity == "error"] == [("error-cell", 2, "G")]
    assert found(screening, "error-cell")[0].value.startswith("#")


def test_an_error_in_a_column_that_is_not_loaded_harms_nobody():
    rows = ((*HEADER, "Доля, %"), (*GOOD, None))

    def fill(book):
        sheet = book.add_worksheet()
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
        sheet.write_formula("H2", "=F2/0", None, "#DIV/0!")

    assert check(xlsx(fill)).acceptable


@pytest.mark.parametrize("number", [0.45, 1])
def test_a_cell_shown_as_per_cent_is_a_share(number):
    screening = check(sheet_with(lambda b, s: s.write("F2", number, b.add_format({"num_format": "0%"}))))
    assert codes(screening) == ["percent-in-count"]
    assert found(screening, "percent-in-count")[0].value == ("45 %" if number == 0.45 else "100 %")


def test_per_cent_is_seen_in_xls_and_ods():
    style = xlwt.easyxf(num_format_str="0%")
    assert codes(check(xls_of(good(numerator=1), styles={(1, 5): style}))) == ["percent-in-count"]
    cell = ods_cell(1, valuetype="percentage", value="1")
    assert codes(check(ods_of((*GOOD[:5], cell, GOOD[6])))) == ["percent-in-count"]


def test_a_fraction_that_became_a_date_is_refused():
    day = dt.datetime(2024, 5, 1)
    screening = check(sheet_with(lambda b, s: s.write_datetime("F2", day, b.add_format({"num_format": "dd.mm.yyyy"}))))
    assert codes(screening) == ["date-in-count"]
    assert found(screening, "date-in-count")[0].value == "01.05.2024"
    clock = check(sheet_with(lambda b, s: s.write("F2", 0.5, b.add_format({"num_format": "hh:mm"}))))
    assert codes(clock) == ["date-in-count"]
    assert codes(check(xls_of(good(numerator=day), styles={(1, 5): xlwt.easyxf(num_format_str="DD.MM.YYYY")}))) == [
        "date-in-count"
    ]


def test_numbers_that_1c_formats_in_its_own_way_stay_numbers():
    xlwt.Style.FIRST_USER_DEFINED_NUM_FORMAT_IDX, before = 50, xlwt.Style.FIRST_USER_DEFINED_NUM_FORMAT_IDX
    try:
        plain = xlwt.easyxf(num_format_str="0.000;[Red]-0.000")
        whole = xlwt.easyxf(num_format_str="0;[Red]-0")
        data = xls_of(good(numerator=120, denominator=240), styles={(1, 5): plain, (1, 6): whole})
    finally:
        xlwt.Style.FIRST_USER_DEFINED_NUM_FORMAT_IDX = before
    screening = check(data)
    assert screening.acceptable, screening.findings
    assert numbers(screening)["s5", "covered", "basic", "all"] == 120


# ------------------------------------------------------------------ what is hidden or merged


def test_hidden_rows_and_columns_are_read_with_a_warning_each():
    def hide(book, sheet):
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_column("F:F", None, None, {"hidden": True})

    screening = check(sheet_with(hide, rows=(GOOD, OTHER)))
    assert [f.row for f in found(screening, "hidden-row")] == [3]
    assert [f.column for f in found(screening, "hidden-column")] == ["F"]
    assert len(screening.values) == 4
    assert screening.acceptable and len(screening.unexplained) == 2


def test_a_hidden_and_a_visible_column_of_one_meaning_refuse_the_file():
    header = (*HEADER, "Числитель")

    def fill(book):
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, header)
        sheet.write_row(1, 0, (*GOOD, 44))
        sheet.set_column("H:H", None, None, {"hidden": True})

    screening = check(xlsx(fill))
    assert codes(screening) == ["duplicate-column"]
    assert "F «Числитель», H «Числитель»" in found(screening, "duplicate-column")[0].message


def test_a_hidden_sheet_is_not_read_and_is_said():
    def fill(book):
        for name in ("Отчёт", "Черновик"):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, HEADER)
            sheet.write_row(1, 0, GOOD if name == "Отчёт" else OTHER)
        book.get_worksheet_by_name("Черновик").very_hidden()

    screening = check(xlsx(fill))
    assert numbers(screening) == RIGHT
    assert [f.sheet for f in found(screening, "hidden-sheet")] == ["Черновик"]


def test_two_sheets_with_tables_are_asked_about_and_none_is_picked_silently():
    def fill(book):
        for name, row in (("2023", OTHER), ("2024", GOOD), ("Инструкция", ("Заполните таблицу",))):
            sheet = book.add_worksheet(name)
            if len(row) > 1:
                sheet.write_row(0, 0, HEADER)
            sheet.write_row(1, 0, row)

    data = xlsx(fill)
    screening = check(data)
    assert codes(screening) == ["sheet-unclear"]
    assert [(q.kind, [code for code, _ in q.proposals]) for q in screening.unanswered] == [("sheet", ["2023", "2024"])]
    assert not screening.values
    picked = check(data, answers=answers(sheet="2024"))
    assert picked.acceptable and numbers(picked) == RIGHT and picked.sheet == "2024"
    assert {f.sheet for f in found(picked, "sheet-ignored")} == {"2023", "Инструкция"}


def answers(**given):
    from proforient.intake.model import Answers

    return Answers(**given)


def test_hidden_things_of_xls_and_ods_are_seen():
    def hide(_, sheet):
        sheet.row(1).hidden = True
        sheet.col(5).hidden = True

    screening = check(xls_of(GOOD, change=hide))
    assert len(found(screening, "hidden-row")) == len(found(screening, "hidden-column")) == 1

    def collapse(_, table):
        table.childNodes[1].setAttribute("visibility", "collapse")

    assert [f.row for f in found(check(ods_of(GOOD, change=collapse)), "hidden-row")] == [2]


def test_a_hidden_sheet_of_ods_is_not_read():
    def change(document, _):
        style = Style(name="Away", family="table")
        style.addElement(TableProperties(display="false"))
        document.automaticstyles.addElement(style)
        table = Table(name="Черновик", stylename=style)
        line = TableRow()
        line.addElement(ods_cell("х"))
        table.addElement(line)
        document.spreadsheet.addElement(table)

    screening = check(ods_of(GOOD, change=change))
    assert screening.acceptable and [f.sheet for f in found(screening, "hidden-sheet")] == ["Черновик"]


def test_a_name_is_taken_from_above_only_inside_a_merged_range():
    rows = (GOOD, good(organisation=None, level="Начальное"))
    screening = check(xlsx_of(*rows))
    assert [(f.code, f.row, f.column) for f in screening.findings if f.severity == "error"] == [("key-empty", 3, "A")]
    merged = check(sheet_with(lambda _, s: s.merge_range("A2:A3", "МБОУ СОШ № 5"), rows=rows))
    assert merged.acceptable, merged.findings
    assert {value.organisation for value in merged.values} == {"s5"} and len(merged.values) == 4


def test_a_figure_in_merged_cells_belongs_to_no_row():
    rows = (GOOD, good(level="Начальное", numerator=None))
    screening = check(sheet_with(lambda _, s: s.merge_range("F2:F3", 45), rows=rows))
    assert "merged-number" in codes(screening)


def test_a_merged_range_of_ods_is_seen():
    name = ods_cell("МБОУ СОШ № 5", numberrowsspanned=2, numbercolumnsspanned=1)

    def change(_, table):
        table.childNodes[2].childNodes[0] = CoveredTableCell()

    screening = check(ods_of((name, *GOOD[1:]), (None, *OTHER[1:]), change=change))
    assert len(screening.values) == 4 and screening.acceptable


# ------------------------------------------------------------------ guards


def test_many_styled_empty_cells_are_read_in_linear_time():
    def fill(rows):
        def styled(book):
            sheet = book.add_worksheet()
            bold = book.add_format({"bold": True})
            for at, row in enumerate((HEADER, GOOD)):
                sheet.write_row(at, 0, row)
            for at in range(5, 5 + rows):
                for column in range(80):
                    sheet.write_blank(at, column, None, bold)

        return xlsx(styled)

    assert numbers(check(fill(200))) == RIGHT
    assert numbers(check(fill(2))) == RIGHT


def test_empty_styled_cells_far_away_are_no_content():
    def far(book, sheet):
        sheet.write_blank(1_048_575, 16_383, None, book.add_format({"bold": True}))

    assert numbers(check(sheet_with(far))) == RIGHT


@pytest.mark.parametrize("cell", ["XFD1048576", "AZ1048576", "XFD1", "A120001"])
def test_one_filled_cell_far_away_is_refused_by_name(cell):
    screening = check(sheet_with(lambda _, s: s.write(cell, 1)))
    assert codes(screening) == ["file-too-large"]
    assert cell in screening.findings[0].message


def test_a_table_of_too_large_an_area_is_refused():
    data = sheet_with(lambda _, s: (s.write("A100000", 1), s.write("RZ1", 1)))
    assert codes(check(data)) == ["file-too-large"]


def test_entities_are_refused_wherever_they_stand():
    bomb = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aa">]>'
    data = xlsx_of(GOOD)
    for part in ("xl/workbook.xml", "docProps/core.xml"):
        head = zipfile.ZipFile(io.BytesIO(data)).read(part).decode().partition("?>")[0] + "?>"
        assert codes(check(patched(data, part, head, bomb))) == ["file-unsafe"]


def test_a_document_type_of_an_old_openoffice_manifest_is_harmless():
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    data = ods_of(GOOD)
    manifest = zipfile.ZipFile(io.BytesIO(data)).read("META-INF/manifest.xml").decode()
    start = manifest[: manifest.index("<manifest:manifest")]
    changed = patched(
        data,
        "META-INF/manifest.xml",
        start or "<manifest",
        head + '<!DOCTYPE manifest:manifest PUBLIC "-//x" "Manifest.dtd">',
    )
    assert numbers(check(changed)) == RIGHT


def test_a_directory_that_promises_too_much_is_refused_before_unpacking():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("xl/workbook.xml", "w", force_zip64=True) as part:
            for _ in range(300):
                part.write(bytes(1 << 20))
    assert codes(check(out.getvalue())) == ["file-too-large"]


def test_a_zip_that_is_no_book_a_cut_book_and_a_binary_book_are_named():
    def archive(*names):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as made:
            for name in names:
                made.writestr(name, "<x/>")
        return out.getvalue()

    assert codes(check(archive("a.txt"))) == ["file-kind"]
    assert codes(check(archive("[Content_Types].xml", "word/document.xml"))) == ["file-kind"]
    assert codes(check(archive("[Content_Types].xml", "xl/workbook.bin"))) == ["file-kind"]
    assert codes(check(archive("[Content_Types].xml"))) == ["file-damaged"]
    for data in (xlsx_of(GOOD), ods_of(GOOD), xls_of(GOOD)):
        assert codes(check(data[: len(data) // 2])) in (["file-damaged"], ["file-kind"])


def test_a_book_without_any_filled_cell_is_empty():
    assert codes(check(xlsx(lambda book: book.add_worksheet()))) == ["file-empty"]


def test_cells_and_rows_without_addresses_are_counted_on():
    data = openpyxl_of(GOOD)
    sheet = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml").decode()
    import re

    bare = re.sub(r'(<c) r="[A-Z]+\d+"|(<row) r="\d+"', r"\1\2", sheet)
    assert numbers(check(patched(data, "xl/worksheets/sheet1.xml", sheet, bare))) == RIGHT


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('<c r="G2" t="n">', '<c r="F2" t="n"><v>44</v></c><c r="G2" t="n">'),
        ('<c r="G2" t="n">', '<c r="G2" t="n"><v>44</v></c><c r="G2" t="n">'),
        ("</sheetData>", '<row r="2"><c r="F2" t="n"><v>44</v></c></row></sheetData>'),
    ],
    ids=["cell", "next cell", "row"],
)
def test_a_cell_that_is_written_twice_is_not_read_as_either(old, new):
    screening = check(patched(openpyxl_of(GOOD), "xl/worksheets/sheet1.xml", old, new))
    assert codes(screening) == ["file-damaged"] and not screening.values


def test_defined_names_give_the_text_of_their_cell():
    data = xlsx(
        lambda b: (b.add_worksheet("Лист 1").write("B2", "s5"), b.define_name("pf_organisation", "='Лист 1'!$B$2"))
    )
    assert read_bytes("x.xlsx", data).sheets[0].names == {"pf_organisation": "s5"}


@pytest.mark.parametrize("inn", [105012345, "105012345"])
def test_an_inn_without_its_leading_zero_is_asked_about_and_never_padded(inn):
    screening = check(xlsx_of(good(organisation=inn)))
    assert codes(screening) == ["organisation-unknown"]
    assert [q.text for q in screening.unanswered] == ["105012345"]
    assert check(xlsx_of(good(organisation="0105012345"))).acceptable


def test_codes_keep_their_zeros_and_never_merge():
    row = good(organisation="007", level="Начальное")
    assert {v.organisation for v in check(text(row)).values} == {"007"}
    assert {v.organisation for v in check(xlsx_of(row)).values} == {"007"}
    assert codes(check(xlsx_of(good(organisation=7, level="Начальное")))) == ["organisation-unknown"]


def test_an_old_book_whose_directory_runs_in_a_circle_is_refused():
    """The tree of streams points at itself: a reader that follows it never comes back."""
    data = bytearray(xls_of(GOOD))
    directory = (int.from_bytes(data[48:52], "little") + 1) * 512
    for entry in range(directory, directory + 512, 128):
        data[entry + 68 : entry + 72] = (1).to_bytes(4, "little")
        data[entry + 72 : entry + 76] = (1).to_bytes(4, "little")
    assert codes(check(bytes(data))) == ["file-damaged"]
