"""What a workbook holds beside its table: names of people wherever they hide, and things a table has no need of."""

from __future__ import annotations

import io
import struct
import zipfile

import openpyxl
import pytest
import xlwt
from intake_files import GOOD, HEADER, check, codes, found, good, ods_of, text, xls_of, xlsx, xlsx_of
from odf.table import TableSource
from openpyxl.comments import Comment

from proforient.intake.personal import kind_of

SOMEBODY = "Ивлева Дарья"


def opened(change):
    """A workbook with one plain table, changed with openpyxl."""
    book = openpyxl.load_workbook(io.BytesIO(xlsx_of(GOOD)))
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def comment(book):
    book.active["C2"].comment = Comment(f"уточнить, {SOMEBODY}", "админ")


def author(book):
    book.active["C2"].comment = Comment("уточнить", SOMEBODY)


def header(book):
    book.active.oddHeader.center.text = SOMEBODY


def footer(book):
    book.active.oddFooter.left.text = f"Исп. {SOMEBODY}, тел. 8 (912) 345-67-89"


def creator(book):
    book.properties.creator = SOMEBODY


def last_saved(book):
    book.properties.lastModifiedBy = "Ивлев И. И."


def title(book):
    book.active.title = SOMEBODY


def hidden_sheet(book):
    sheet = book.create_sheet("список")
    sheet.sheet_state = "hidden"
    sheet["A1"] = SOMEBODY


def link(book):
    book.active["C2"].hyperlink = "mailto:ivleva@example.org"


def choices(book):
    rule = openpyxl.worksheet.datavalidation.DataValidation(type="list", formula1=f'"{SOMEBODY},Другая"')
    book.active.add_data_validation(rule)
    rule.add("C2")


@pytest.mark.parametrize(
    "change",
    [comment, author, header, footer, title, hidden_sheet, link, choices],
    ids=lambda f: f.__name__,
)
def test_people_are_found_wherever_they_hide(change):
    screening = check(opened(change))
    assert "personal-data" in codes(screening)
    said = " ".join(f"{f.message} {f.to_do} {f.value or ''}" for f in screening.findings)
    assert "Ивлев" not in said and "example.org" not in said and "345" not in said


def company(book):
    from openpyxl.packaging.custom import StringProperty

    book.custom_doc_props.append(StringProperty(name="Ответственный", value=SOMEBODY))


def described(book):
    book.properties.description = f"Исп. {SOMEBODY}, тел. 8 (912) 345-67-89"


@pytest.mark.parametrize("change", [creator, last_saved, company, described], ids=lambda f: f.__name__)
def test_who_wrote_the_file_is_a_note_without_the_name(change):
    screening = check(opened(change))
    assert screening.acceptable and len(screening.values) == 2
    assert [(f.code, f.severity) for f in found(screening, "author-named")] == [("author-named", "note")]
    # The file's own hash stands there, too: of so many digits it never has all.
    assert not [piece for piece in ("Ивлев", "345-67", "3456789") if piece in repr(screening)]


def test_a_number_of_a_pupil_s_insurance_is_refused_in_the_properties_too():
    def insured(book):
        book.properties.description = "112-233-445 95"

    assert "personal-data" in codes(check(opened(insured)))


def test_an_ordinary_workbook_has_nothing_of_the_kind():
    def plain(book):
        book.properties.creator = "Пользователь Windows"
        book.active.oddFooter.center.text = "Страница &P из &N"
        book.active["C2"].comment = Comment("проверено", "admin")

    assert codes(check(opened(plain))) == []


def picture(book):
    png = (
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
        b"\x00\x00\x00\nIDATx\x9cc\x00\x01\x00\x00\x05\x00\x01\r\n-\xb4\x00\x00\x00\x00IEND\xaeB`\x82"
    )
    sheet = book.add_worksheet("Отчёт")
    for row, cells in enumerate((HEADER, GOOD)):
        sheet.write_row(row, 0, cells)
    sheet.insert_image("J2", "герб.png", {"image_data": io.BytesIO(png)})


def with_part(data, name, content="x"):
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as book:
        book.writestr(name, content)
    return out.getvalue()


def linked(formula="45", name=None, cached="Лист1"):
    """A workbook that remembers another one; its numerator is a formula."""

    def fill(book):
        sheet = book.add_worksheet("Отчёт")
        for row, cells in enumerate((HEADER, GOOD)):
            sheet.write_row(row, 0, cells)
        sheet.write_formula("F2", formula, None, 45)
        if name:
            book.define_name("Охват", "=" + name)

    return with_part(
        xlsx(fill),
        "xl/externalLinks/externalLink1.xml",
        f"<externalLink><sheetData><cell><v>{cached}</v></cell></sheetData></externalLink>",
    )


@pytest.mark.parametrize("data", [linked(), linked("Таблица1[2023]"), linked("40+5", name="'[1]Лист 1'!$A$1")])
def test_a_link_that_no_cell_uses_is_a_note(data):
    screening = check(data)
    assert screening.acceptable and len(screening.values) == 2
    assert [f.severity for f in found(screening, "links-unused")] == ["note"]


def test_people_in_what_was_taken_from_another_book_refuse_the_file():
    assert "personal-data" in codes(check(linked(cached=SOMEBODY)))


def taken_from(formula):
    return lambda _, table: table.childNodes[1].childNodes[5].setAttribute("formula", formula)


def sheet_of_other(_, table):
    table.insertBefore(TableSource(href="other.ods", type="simple"), table.firstChild)


def test_a_formula_of_the_same_ods_is_no_link():
    assert check(ods_of(GOOD, change=taken_from("of:=[.G2]-5"))).acceptable
    assert check(ods_of(GOOD, change=taken_from("of:=['Лист 2'.A1]"))).acceptable


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (xlsx(picture), "картинка"),
        (with_part(xlsx_of(GOOD), "xl/vbaProject.bin"), "макросы"),
        (linked("[1]Лист1!A1"), "связь с другой книгой"),
        (linked("SUM('[1]Лист 1'!A1:B2)"), "связь с другой книгой"),
        (linked("Охват+0", name="'[1]Лист 1'!$A$1"), "связь с другой книгой"),
        (with_part(xlsx_of(GOOD), "xl/embeddings/doc.docx"), "вложенный документ"),
        (with_part(ods_of(GOOD), "Pictures/1.png"), "картинка"),
        (with_part(ods_of(GOOD), "Basic/Standard/Module1.xml"), "макросы"),
        (ods_of(GOOD, change=taken_from("of:=['file:///other.ods'#$Лист1.A1]")), "связь с другой книгой"),
        (ods_of(GOOD, change=sheet_of_other), "связь с другой книгой"),
    ],
    ids=[
        *("picture", "macro", "link", "link in quotes", "link by name", "document", "ods picture", "ods macro"),
        *("ods link", "ods sheet"),
    ],
)
def test_pictures_macros_and_links_are_refused(data, said):
    screening = check(data)
    assert codes(screening) == ["file-extras"] and not screening.values
    assert said in found(screening, "file-extras")[0].message


def old_linked(*, used, cached="Лист1"):
    """An old book that knows another one; its numerator is a formula of this book or of the other."""

    def record(kind, body):
        return struct.pack("<HH", kind, len(body)) + body

    def text(said):
        return struct.pack("<HB", len(said), 1) + said.encode("utf-16-le")

    away = record(0x1AE, struct.pack("<H", 1) + text("\x01другая.xls") + text("Лист1"))
    away += record(0x5A, struct.pack("<BBHB", 0, 0, 0, 2) + text(cached))
    away += record(0x17, struct.pack("<7H", 2, *(0,) * 6))

    def change(book, sheet):
        sheet.write(2, 5, xlwt.Formula("'Отчёт'!A1" if used else "40+5"))
        book._Workbook__all_links_rec = lambda: away

    return xls_of(GOOD, change=change)


def test_links_of_an_old_book_are_refused_where_a_cell_uses_them_and_noted_where_none_does():
    refused = check(old_linked(used=True))
    assert codes(refused) == ["file-extras"] and "связь" in found(refused, "file-extras")[0].message
    noted = check(old_linked(used=False))
    assert [f.severity for f in found(noted, "links-unused")] == ["note"] and "file-extras" not in codes(noted)
    assert "personal-data" in codes(check(old_linked(used=False, cached=SOMEBODY)))


def test_properties_of_ods_and_comments_of_xls_are_read():
    def meta(book):
        from odf.dc import Creator

        book.meta.addElement(Creator(text=SOMEBODY))

    signed = check(ods_of(GOOD, change=lambda book, *_: meta(book)))
    assert signed.acceptable and found(signed, "author-named") and "Ивлев" not in repr(signed)
    data = bytearray(xls_of(GOOD))
    assert codes(check(bytes(data))) == []


@pytest.mark.parametrize(
    "name",
    [
        *("Ивлев Пётр", "Пётр Ивлев", "ИВЛЕВ ПЁТР", "ПЁТР ИВЛЕВ", "Ивлева Анна-Мария", "Анна Ивлева"),
        *("Петров Никита 5А", "Мария Ивановна", "ИЛЬЯ ПЕТРОВИЧ"),
    ],
)
def test_a_name_without_a_patronymic_is_a_person(name):
    assert kind_of(name) == "фамилия и имя"
    assert "personal-data" in codes(check(text((*GOOD, name), header=(*HEADER, "Примечание"))))


@pytest.mark.parametrize(
    "words",
    [
        "Школа имени Петра Ивлева",
        "им. Анны Ивлевой",
        "ул. Марии Петровой",
        "Вера Надежда Любовь",
        "Роман о школе",
        "Мир профессий",
        "Горный Округ",
    ],
)
def test_names_of_schools_streets_and_ordinary_words_are_nobody(words):
    assert kind_of(words) == ""


def test_five_different_pairs_of_capitalised_words_are_a_list_of_people():
    people = ["Баженов Лука", "Жукова Мила", "Седова Рада", "Чайкин Назар", "Юдина Майя"]
    rows = [(*good(level=v), who) for v, who in zip(["Начальное", "Основное", "Среднее"] * 2, people, strict=False)]
    screening = check(text(*rows, header=(*HEADER, "Кто")))
    listed = found(screening, "personal-data")
    assert listed and not screening.acceptable
    assert not any(word in f.message for f in screening.findings for who in people for word in who.split())


def test_four_are_not_and_known_organisations_never_are():
    towns = ["Верхний Уфалей", "Нижний Тагил", "Старый Оскол", "Новый Уренгой"]
    rows = [(*good(level=v), town) for v, town in zip(["Начальное", "Основное", "Среднее"], towns, strict=False)]
    assert codes(check(text(*rows, header=(*HEADER, "Город")))) == []
