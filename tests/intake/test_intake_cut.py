"""Files that are cut, ragged or headed by punctuation, and texts whose letters are lost: told, not guessed."""

from __future__ import annotations

import sys

import pytest
from intake_files import GOOD, HEADER, catalogue, check, codes, found, good, known, numbers, text, xlsx_of
from thinned import kept

from proforient.intake.findings import SHOWN
from proforient.intake.own_process import read_isolated
from proforient.intake.questions import ASKED
from proforient.intake.read import read_bytes
from proforient.intake.screen import screen
from proforient.intake.screened_apart import screen_apart
from proforient.wording import number

WIDE = ("Организация", "Уровень", "pupils", "covered")
ROWS = (("МБОУ СОШ № 5", "Основное", 240, 45), ("МБОУ Гимназия № 2", "Основное", 300, 60))
LONG = (GOOD, good(organisation="МБОУ Гимназия № 2"))


def long_and_wide():
    return [text(*LONG), text(*ROWS, header=WIDE)]


def test_the_whole_files_are_right():
    for content in long_and_wide():
        assert check(content).acceptable and not found(check(content), "last-line-cut")


@pytest.mark.parametrize("layout", [0, 1])
def test_a_file_cut_anywhere_in_its_last_row_is_never_taken_without_a_word(layout):
    content = long_and_wide()[layout].rstrip("\n")
    start = content.rindex("\n") + 1
    whole = numbers(check(content))
    for end in range(start + 3, len(content)):
        screening = check(content[:end])
        if screening.acceptable and numbers(screening) != whole:
            assert found(screening, "last-line-cut") or end <= start + 12, content[start:end]
    for end in range(start + 14, content.rindex(";") - 3):
        assert not check(content[:end]).acceptable, content[start:end]


@pytest.mark.parametrize("layout", [0, 1])
def test_a_last_row_with_too_few_cells_is_a_fault(layout):
    cut = long_and_wide()[layout].rstrip("\n").rsplit(";", 2 + 2 * (1 - layout))[0]
    assert [f.row for f in found(check(cut), "ragged-row")] == [3]
    assert [f.row for f in found(check(cut + "\n"), "ragged-row")] == [3]


def test_a_whole_last_row_without_an_end_of_line_is_no_more_than_a_note():
    for content in long_and_wide():
        screening = check(content.rstrip("\n"))
        assert screening.acceptable and not screening.unexplained
        assert [f.severity for f in found(screening, "last-line-cut")] == ["note"]
        cut = check(content.rstrip("\n").rpartition(";")[0])
        assert found(cut, "ragged-row") and not cut.acceptable and not found(cut, "last-line-cut")


@pytest.mark.parametrize("layout", [0, 1])
def test_a_row_with_too_many_cells_is_a_fault(layout):
    lines = long_and_wide()[layout].splitlines()
    for extra in (";5", ";текст", ";;"):
        content = "\n".join([*lines[:2], lines[2] + extra, ""])
        assert [f.row for f in found(check(content), "ragged-row")] == [3], extra


def test_a_file_cut_in_a_quoted_cell_is_an_open_quote():
    content = text((*GOOD, "верно"), (*good(level="Начальное"), 'да; "пять"'), header=(*HEADER, "Примечание"))
    for end in range(content.index('"') + 1, len(content) - 3):
        assert content[end - 1] == '"' or not check(content[:end]).acceptable
    assert codes(check(content[: content.index('"') + 4])) == ["broken-quotes"]


@pytest.mark.parametrize("heading", ["*", "—", "№", "«»", "?", "-", "..."])
@pytest.mark.parametrize("cell", [312, "да"])
def test_a_heading_of_punctuation_over_content_is_asked_about(heading, cell):
    for rows, header in ((ROWS, WIDE), (LONG, HEADER)):
        screening = check(text(*((*row, cell) for row in rows), header=(*header, heading)))
        assert [(q.kind, q.text) for q in screening.unanswered] == [("column", heading)]
        assert [f.column for f in found(screening, "column-unknown")] == [heading]
    book = xlsx_of(*((*row, cell) for row in ROWS), header=(*WIDE, heading))
    assert [(q.kind, q.text) for q in check(book).unanswered] == [("column", heading)]


def test_line_numbers_under_their_sign_are_no_question():
    screening = check(text(*((at, *row) for at, row in enumerate(ROWS, 1)), header=("№", *WIDE)))
    assert screening.acceptable and "номера строк" in found(screening, "column-ignored")[0].message
    assert check(text(*((*row, "") for row in ROWS), header=(*WIDE, "*"))).acceptable


def test_a_missing_header_hides_neither_ragged_rows_nor_personal_data():
    rows = [(n, 2, 3, 4) for n in range(4)]
    content = text((*rows[0], 5), *rows, (1, "Ивлев Пётр Сергеевич", 2, 3), header=None)
    assert {(f.code, f.row) for f in check(content).findings} >= {
        ("no-header", None),
        ("ragged-row", 1),
        ("personal-data", 6),
    }


def test_personal_data_of_a_csv_are_placed_by_the_name_of_the_column():
    content = text((*GOOD, "Ивлев Пётр Сергеевич"), header=(*HEADER, "Кто заполнял"))
    assert [f.column for f in found(check(content), "personal-data")] == ["Кто заполнял"]
    content = text((*GOOD, "Ивлев Пётр Сергеевич"), header=(*HEADER, "Ивлев Пётр Сергеевич"))
    assert {f.column for f in found(check(content), "personal-data")} == {"H"}


@pytest.mark.parametrize("page", ["cp1252", "latin-1", "ascii"])
def test_letters_replaced_by_question_marks_are_an_encoding_fault(page):
    content = text(*LONG).replace("№", "N")
    screening = check(content.encode(page, "replace"), "файл.csv")
    assert set(codes(screening)) == {"encoding-garbled"} and not screening.unanswered
    assert "вопросительные знаки" in found(screening, "encoding-garbled")[0].message
    only = check(text(good(organisation="???? ??? ? 5")))
    assert [(f.code, f.row) for f in only.findings if f.severity == "error"] == [("encoding-garbled", 2)]


def test_a_doubt_is_no_encoding_fault():
    assert check(text((*GOOD, "верно???"), header=(*HEADER, "Примечание"))).acceptable
    assert codes(check(text(good(numerator="???")))) == ["not-a-number"]


@pytest.mark.parametrize("wrong", ["cp1251", "cp866", "koi8-r", "mac_cyrillic", "latin-1"])
def test_text_garbled_twice_is_an_encoding_fault(wrong):
    once = text(*LONG).replace("№", "N").encode().decode(wrong, "ignore")
    twice = once.encode().decode(wrong, "ignore")
    for content in (once, twice):
        assert set(codes(check(content))) == {"encoding-garbled"}


def test_a_sign_for_a_letter_that_could_not_be_read_is_an_encoding_fault():
    assert codes(check(text(good(organisation="МБОУ СО\ufffd 5")))) == ["encoding-garbled"]


@pytest.mark.parametrize("size", [32_768, 200_000, 1_000_000])
def test_a_long_cell_is_told_by_its_length_and_is_no_open_quote(size):
    content = text(GOOD, (*good(level="Начальное"), "а" * size), header=(*HEADER, "Примечание"))
    (told,) = [f for f in check(content).findings if f.severity == "error"]
    assert (told.code, told.row, told.column) == ("cell-too-long", 3, "Примечание")
    assert check(text((*GOOD, "а" * 32_767), header=(*HEADER, "Примечание"))).acceptable


LONG_CELL = "а" * 32_768


@pytest.mark.parametrize(
    ("lines", "row", "column"),
    [
        (("Отчёт за 2024 год", "Школа;Начальное;Пояснения", f"Школа № 5;60;{LONG_CELL}"), 3, "Пояснения"),
        (("", "Организация;Охвачено;Как считали", "Школа № 5;55;лично", f"Школа № 6;5;{LONG_CELL}"), 4, "Как считали"),
        (("Что;Сколько", "x;5", f"y;6;;{LONG_CELL}"), 3, "D"),
        ((f"Организация;{LONG_CELL}", "Школа № 5;60"), 1, "B"),
        (("Школа № 5;60;7", f"Школа № 6;{LONG_CELL};7"), 2, "B"),
        (("Организация;Иванова Анна Петровна", f"Школа № 5;{LONG_CELL}"), 2, "B"),
    ],
    ids=["wide", "below a blank row", "no heading over it", "itself a heading", "no headings at all", "a person"],
)
def test_the_column_of_a_long_cell_is_called_by_its_heading_where_there_is_one(lines, row, column):
    (told,) = read_bytes("файл.csv", "\n".join(lines).encode()).findings
    assert (told.code, told.row, told.column) == ("cell-too-long", row, column)


def unknown(many):
    return text(*(good(organisation=f"Неведомая школа № {n}", indicator=f"нечто {n}") for n in range(many)))


def faulty(many):
    return text(*(good(numerator=f"{n},5", denominator="1.234", level="нет") for n in range(many)))


def calls(reading):
    """How many functions are called while it is looked through, and what is found."""
    made = 0

    def called(frame, event, argument):
        nonlocal made
        made += event in ("call", "c_call")

    sys.setprofile(called)
    try:
        screening = screen(reading, catalogue(), known())
    finally:
        sys.setprofile(None)
    return made, screening


@pytest.mark.parametrize("made", [unknown, faulty])
def test_faulty_rows_beyond_the_first_are_counted_in_proportion_to_them(made):
    readings = [read_bytes("файл.csv", made(many).encode()) for many in (100, 600, 1_200)]
    calls(readings[0])  # what is read once is read
    short, (long, screening) = calls(readings[1])[0], calls(readings[2])
    assert long < 2.2 * short
    assert len(screening.unanswered) <= ASKED and len(screening.findings) < 200
    assert any("Показаны первые 20 таких мест из 1" in f.message for f in screening.findings)
    if made is unknown:
        assert f"показаны первые {ASKED} из 2" in found(screening, "more-questions")[0].message


def unknown_wide(many):
    heads = ("Организация", "Численность обучающихся: начальное общее образование")
    return text(*((f"Неведомая школа № {n}", "5") for n in range(many)), header=heads)


FAULTS = {
    "unknown": (unknown, 100_000, ("organisation-unknown", "indicator-unknown")),
    "unknown in a wide table": (unknown_wide, 100_000, ("organisation-unknown",)),
    "faulty": (faulty, 110_000, ("not-whole", "ambiguous-number", "level-unknown")),
}


@pytest.mark.parametrize("many", kept([2_000, None], [2_000]), ids=["2000", "all"])
@pytest.mark.parametrize("kind", FAULTS)
def test_so_many_faults_end_with_the_first_of_them_and_the_number_of_the_rest(kind, many):
    """Within the time of a check: where that ran out it would be refused without a finding."""
    made, most, told = FAULTS[kind]
    many = many or most
    screening = screen_apart(read_isolated("файл.csv", made(many).encode()), catalogue(), known())
    assert not screening.acceptable and screening.values == ()
    for code in told:
        of_code = found(screening, code)
        assert [finding.row for finding in of_code if finding.row] == list(range(2, SHOWN + 2)), code
        (rest,) = [finding.message for finding in of_code if not finding.row]
        assert rest == f"Показаны первые {SHOWN} таких мест из {number(many)}"
    assert len(screening.findings) < 100 and len(screening.unanswered) <= ASKED
