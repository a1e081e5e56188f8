"""Text files: every encoding with every separator, quotes, ragged rows, and what must be refused."""

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from intake_files import GOOD, HEADER, check, codes, found, good, known, numbers, text

from proforient.intake.encoding import Undecodable, decode, garbled
from proforient.intake.read import read_bytes

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1251", "cp866", "koi8-r", "mac_cyrillic")
PLAIN = {"utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}
RIGHT = {("s5", "covered", "basic", "all"): 45, ("s5", "pupils", "basic", "all"): 240}


def typed(content, encoding):
    """What a person can type: КОИ8-Р and DOS have no «№» and no pointed quotes, so N and a prime stand there."""
    if encoding in ("koi8-r", "cp866"):
        return content.replace("№", "N").replace("«", "'").replace("»", "'")
    return content


def bytes_of(content, encoding):
    return typed(content, encoding).encode(encoding)


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_reads_every_encoding_with_every_separator(encoding, separator):
    screening = check(bytes_of(text(GOOD, separator=separator), encoding), "файл.csv")
    assert screening.acceptable, screening.findings
    assert numbers(screening) == RIGHT
    assert screening.delimiter == separator
    expected = {"utf-16-le": "utf-16-le", "utf-16-be": "utf-16-be"}.get(encoding, encoding)
    assert screening.encoding == expected


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_a_utf16_mark_decides(encoding):
    assert numbers(check(PLAIN[encoding] + text(GOOD).encode(encoding), "файл.csv")) == RIGHT


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("words", ["МБОУ СОШ ПРИ ДОМЕ РЕБЁНКА", "ДО", "Щучьеозёрская школа-интернат", "школа «Ю»; ООО"])
def test_short_texts_and_capitals_keep_their_letters(encoding, words):
    content = text(GOOD, good(level="Начальное", organisation=words))
    assert decode(bytes_of(content, encoding)).text.lstrip("\ufeff") == typed(content, encoding)


@pytest.mark.parametrize("page", ["cp1251", "cp866", "koi8-r", "mac_cyrillic"])
@pytest.mark.parametrize(
    "word", ["да", "Нет", "н/д", "н/п", "х", "все", "ОВЗ", "НОО", "УДО", "нач", "доп", "среднее", "Дошкольное", "ЦДТ"]
)
def test_one_word_of_a_report_is_enough_to_know_the_page(word, page):
    content = f"organisation;value\ns5;{word}\n"
    assert decode(content.encode(page)).text == content


@pytest.mark.parametrize(("word", "page"), [("ЦЭВД", "cp1251"), ("ЮЖНЫЙ", "cp1251"), ("Щ", "cp866")])
def test_a_short_text_that_two_pages_read_alike_is_not_guessed(word, page):
    with pytest.raises(Undecodable, match="encoding-unknown"):
        decode(f"organisation;value\n{word};1\n".encode(page))


@pytest.mark.parametrize("other", ["cp866", "koi8-r", "mac_cyrillic"])
@pytest.mark.parametrize("odd", [0, 1, 3])
def test_the_line_in_another_page_is_named_wherever_it_stands(other, odd):
    lines = text(*(good(level=level) for level in ("Начальное", "Основное", "Среднее"))).replace("№", "N")
    data = b"".join(
        line.encode(other if at == odd else "cp1251") for at, line in enumerate(lines.splitlines(keepends=True))
    )
    with pytest.raises(Undecodable) as refused:
        decode(data)
    assert (refused.value.code, refused.value.row) == ("encoding-mixed", odd + 1 if odd else 2)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["Берёзовская школа", "МБОУ СОШ № 12", "детский сад «Улыбка»", "ГИМНАЗИЯ", "лицей им. Ю. Гагарина"]
        ),
        min_size=1,
        max_size=6,
    ),
    st.sampled_from(["cp1251", "mac_cyrillic"]),
)
def test_a_page_is_never_taken_for_another(names, page):
    content = text(*(good(organisation=name) for name in names))
    assert decode(content.encode(page)).text == content


def test_one_line_in_another_page_is_refused_with_its_row():
    lines = text(GOOD, good(level="Начальное"), good(level="Среднее")).splitlines(keepends=True)
    data = b"".join(
        line.encode("cp866" if at == 2 else "cp1251").replace(b"\xfc", b"N")
        for at, line in enumerate([line.replace("№", "N") for line in lines])
    )
    screening = check(data, "файл.csv")
    assert [(f.code, f.row) for f in screening.findings] == [("encoding-mixed", 3)]
    assert not screening.values


def test_a_file_half_in_utf8_is_refused_with_the_row_where_it_changes():
    lines = text(GOOD, good(level="Начальное"), good(level="Среднее")).splitlines(keepends=True)
    data = b"".join(line.encode("utf-8" if at < 2 else "cp1251") for at, line in enumerate(lines))
    assert [(f.code, f.row) for f in check(data, "файл.csv").findings] == [("encoding-mixed", 3)]


@pytest.mark.parametrize(
    ("written", "taken"),
    [("utf-8", "cp1251"), ("cp1251", "koi8-r"), ("koi8-r", "cp1251"), ("mac_cyrillic", "cp1251"), ("cp1251", "cp866")],
)
def test_text_saved_through_a_wrong_page_is_an_encoding_fault_and_not_a_missing_header(written, taken):
    content = text(*(good(level=level) for level in ("Начальное", "Основное", "Среднее"))).replace("№", "N")
    screening = check(content.encode(written).decode(taken, "ignore").encode("utf-8"), "файл.csv")
    assert set(codes(screening)) == {"encoding-garbled"}
    assert not screening.unanswered


def test_a_letter_in_place_of_the_thousands_space_is_an_encoding_fault():
    screening = check(text(GOOD, good(level="Начальное", denominator="1К088К624")))
    assert codes(screening) == ["encoding-garbled"]
    assert found(screening, "encoding-garbled")[0].row == 3


@pytest.mark.parametrize(
    "word", ["Мәктәп № 3", "Әлмәт шәһәре мәктәбе", "ЖЭУ", "Эжвинская школа", "Café", "5К", "объект"]
)
def test_ordinary_and_foreign_words_are_not_taken_for_garbled(word):
    assert not garbled(word)


def test_bytes_that_are_no_text_are_refused():
    with pytest.raises(Undecodable):
        decode(bytes(range(128, 256)) * 4)
    assert codes(check(b"\xff\x00\x80\x01" * 60, "файл.csv")) in (["encoding-unknown"], ["file-kind"])


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1251"])
def test_a_sep_line_is_obeyed_and_set_aside(encoding):
    screening = check(("sep=;\r\n" + text(GOOD, end="\r\n")).encode(encoding), "файл.csv")
    assert numbers(screening) == RIGHT
    assert screening.header_row == 2
    assert screening.values[0].place.row == 3
    assert screening.rows_used + len(screening.set_aside) == screening.rows_read == 3


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_end_is_read(end):
    assert numbers(check(text(GOOD, end=end))) == RIGHT


def test_line_breaks_and_separators_inside_quotes_do_not_move_rows():
    header = (*HEADER, "Примечание")
    note = "всего:\nмальчиков; девочек;\nсирот"
    screening = check(text((*good(level="Начальное"), note), (*GOOD, "нет"), header=header))
    assert screening.acceptable
    assert {value.place.row for value in screening.values if value.cell.level == "basic"} == {3}


def test_empty_lines_are_counted_and_set_aside():
    screening = check("\n" + text(GOOD).replace("\nМБОУ", "\n\nМБОУ"))
    assert screening.header_row == 2
    assert screening.values[0].place.row == 4
    assert [(row.row, row.reason) for row in screening.set_aside if row.reason == "пустая строка"] == [
        (1, "пустая строка"),
        (3, "пустая строка"),
    ]


@pytest.mark.parametrize(
    ("row", "broken"),
    [
        ('"МБОУ СОШ № 5;2024;coverage;Основное;все;45;240', 2),
        ('МБОУ СОШ № 5;2024;coverage;"Основное";все;45;"240"x', 2),
    ],
)
def test_a_stray_quote_is_refused_with_its_row(row, broken):
    screening = check(";".join(HEADER) + "\n" + row + "\n" + ";".join(map(str, GOOD)) + "\n")
    assert [(f.code, f.row) for f in screening.findings] == [("broken-quotes", broken)]


def test_rows_swallowed_between_two_stray_quotes_are_noticed():
    rows = [";".join(map(str, good(level=level))) for level in ("Начальное", "Основное", "Среднее")]
    content = (
        ";".join(HEADER) + "\n" + '"' + rows[0] + "\n" + rows[1] + "\n" + rows[2].replace(";2024", '";2024') + "\n"
    )
    assert codes(check(content)) == ["broken-quotes"]


def test_quotes_of_a_name_inside_an_unquoted_cell_are_read_as_they_stand():
    row = text(good(organisation="МБОУ «СОШ» № 5")).replace("МБОУ «СОШ» № 5", 'МБОУ "СОШ № 5"')
    assert numbers(check(row)) == RIGHT


def test_a_lost_separator_makes_a_ragged_row():
    content = text(GOOD, good(level="Начальное"), good(level="Среднее")).replace("Начальное;все", "Начальноевсе")
    screening = check(content)
    ragged = found(screening, "ragged-row")
    assert [f.row for f in ragged] == [3]
    assert "6" in ragged[0].message and "7" in ragged[0].message


def test_an_unquoted_decimal_comma_makes_a_ragged_row():
    content = text(GOOD, good(level="Начальное"), separator=",").replace("45,240", "45,5,240", 1)
    assert [f.row for f in found(check(content), "ragged-row")] == [2]


def test_a_bare_title_with_commas_and_a_footnote_are_no_ragged_rows():
    content = "Мониторинг, 2024, район\n\n" + text(GOOD, separator=",") + "Примечание, по данным школы\n"
    screening = check(content)
    assert screening.acceptable, screening.findings
    assert screening.rows_used + len(screening.set_aside) == screening.rows_read == 5


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file-empty"),
        (b"\n\n  \n", "file-empty"),
        (b";;;\n;;;\n", "file-empty"),
        (b"<html><table></table></html>", "file-kind"),
        (b"\xef\xbb\xbf <!DOCTYPE html>", "file-kind"),
        (b"<?xml version='1.0'?><Workbook/>", "file-kind"),
        (b"%PDF-1.7 ...", "file-kind"),
        (b"PK\x03\x04 cut off", "file-damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "file-kind"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "file-password"),
    ],
)
def test_what_is_no_table_is_named(data, code):
    screening = check(data, "файл.csv")
    assert codes(screening) == [code]
    assert not screening.acceptable and not screening.values


def test_too_many_rows_or_columns_are_refused():
    rows = "a;b\n" * 120_001
    assert codes(check(rows.encode(), "файл.csv")) == ["file-too-large"]
    assert codes(check((";".join(["a"] * 501) + "\n").encode(), "файл.csv")) == ["file-too-large"]
    assert codes(check(b"a" * (20 * 1024 * 1024 + 1), "файл.csv")) == ["file-too-large"]


@pytest.mark.parametrize("name", ["ОТЧЁТ 5 школа.CSV", "Otchet.TXT", "без расширения"])
def test_the_name_of_the_file_decides_nothing(name):
    assert numbers(check(text(GOOD).encode("cp1251"), name)) == RIGHT


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_give_an_outcome_and_never_an_exception(data):
    reading = read_bytes("файл", data)
    assert reading.findings or any(row.cells for sheet in reading.sheets for row in sheet.rows)
    assert known()


@pytest.mark.parametrize("separator", [";", "\t"])
@pytest.mark.parametrize(
    ("encoding", "name"), [("utf-8", "отчёт.xls"), ("utf-16", "ОТЧЁТ.XLS"), ("cp1251", "отчёт.ods")]
)
def test_a_text_table_that_another_program_called_a_book_is_read_with_a_note(separator, encoding, name):
    screening = check(text(GOOD, separator=separator).encode(encoding), name)
    assert screening.acceptable and numbers(screening)["s5", "covered", "basic", "all"] == 45
    (note,) = found(screening, "text-as-book")
    assert note.severity == "note" and f"«{name[-4:].lower()}»" in note.message
    assert not found(check(text(GOOD, separator=separator).encode(encoding), "отчёт.csv"), "text-as-book")


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("отчёт.xlsx", text(GOOD).encode(), "Это не книга Excel"),
        ("отчёт.xls", "Отчёт школы, без таблицы".encode(), "Это не книга Excel"),
        ("отчёт.ods", "Отчёт школы".encode(), "Это не таблица OpenDocument"),
        ("отчёт.xls", b"<html><table></table></html>", "Это веб-страница (HTML), лишь названная «.xls»"),
        ("отчёт.xls", "<style>td{}</style><table>".encode("utf-16"), "Это веб-страница (HTML), лишь названная «.xls»"),
        ("отчёт.ods", b"<!-- 1 --><table>", "Это веб-страница (HTML), лишь названная «.ods»"),
        (
            "отчёт.xls",
            b"<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'/>",
            "Это таблица XML, лишь названная «.xls»",
        ),
        (
            "отчёт.xls",
            b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n<html>",
            "Это веб-страница (MHTML), лишь названная «.xls»",
        ),
        ("отчёт.slk", b"ID;PWXL;N;E\r\nC;Y1;X1", "Это таблица SYLK"),
        ("отчёт.html", b"<html>", "Это веб-страница (HTML), а принимаются"),
    ],
)
def test_what_only_bears_the_name_of_a_book_is_called_what_it_is(name, data, said):
    (told,) = [f for f in check(data, name).findings if f.severity == "error"]
    assert told.code == "file-kind" and told.message.startswith(said)
    assert "сохраните его как «Книга Excel (.xlsx)»" in told.to_do
