"""Rows that say who filled the table in: asked about once, left out of what is kept; pupils are refused as ever."""

from __future__ import annotations

import pytest
from intake_files import (
    GOOD,
    HEADER,
    catalogue,
    check,
    codes,
    found,
    good,
    known,
    numbers,
    ods_of,
    text,
    xls_of,
    xlsx,
    xlsx_of,
)

from proforient.documents.left_out import left_out
from proforient.intake.model import Answers
from proforient.intake.read import read_bytes
from proforient.intake.screen import screen

RIGHT = {("s5", "covered", "basic", "all"): 45, ("s5", "pupils", "basic", "all"): 240}

CONTACTS = {
    "executor": ("Исполнитель: Ивлева А. П., тел. 8 (351) 562-12-34",),
    "executor, short": ("Исп.", "Ивлева Анна Петровна"),
    "phone of the town": ("тел. 2-12-34",),
    "phone in a column of figures": ("Тел", None, None, None, None, 21234),
    "responsible": ("Ответственный за заполнение: Мороз Назар",),
    "signature": ("Директор школы", "____________", "Ивлев И. И."),
    "signature in one cell": ("Заведующий Прудова М. О.",),
    "acting": ("И.о. директора", "Седова Рада Петровна"),
    "name first": ("Ивлева А. П., исполнитель",),
    "approved": ("Утверждаю: директор Ивлев И. И.",),
    "e-mail": ("E-mail: shkola5@mail.ru",),
    "e-mail beside its name": ("эл. почта", "shkola5@mail.ru"),
    "e-mail alone": ("shkola5@mail.ru",),
    "phone alone": ("8 (351) 562-12-34",),
    "date": ("Дата заполнения: 15.01.2025",),
    "made by": ("Составила методист Жукова М. М.",),
}
BOOKS = {"csv": text, "xlsx": xlsx_of, "xls": xls_of, "ods": ods_of}


@pytest.mark.parametrize("row", CONTACTS.values(), ids=CONTACTS)
def test_a_row_with_who_filled_it_in_is_one_question_above_and_under_the_table(row):
    for content, number in ((text(GOOD, (), row), 4), (text(HEADER, GOOD, header=row), 1)):
        screening = check(content)
        assert [(q.kind, q.text) for q in screening.unanswered] == [("contacts", f"строка {number}")]
        assert not codes(screening) and not codes(screening, "warning") and numbers(screening) == RIGHT
        assert screening.contacts == (("", number),)
        shown = repr((screening.findings, screening.unanswered, screening.set_aside, screening.values))
        assert not any(word in shown for word in ("Ивлев", "Прудова", "Мороз", "Седова", "Жукова", "12-34", "mail"))
        assert screening.rows_used + len(screening.set_aside) == screening.rows_read


@pytest.mark.parametrize("kind", BOOKS)
def test_what_is_kept_instead_of_the_file_holds_the_figures_and_nobody(kind):
    data = BOOKS[kind](GOOD, (), ("Исполнитель: Ивлева А. П.",), ("тел.", 89001234567), ("Дата сдачи: 12.01.2025",))
    data = data.encode() if isinstance(data, str) else data
    name = f"отчёт.{kind}"
    waiting = check(data, name)
    assert [(q.kind, q.text) for q in waiting.unanswered] == [("contacts", "строки 4, 5 и 6")]
    reading, kept = left_out(read_bytes(name, data), waiting.contacts)
    screening = screen(reading, catalogue(), known(), answers=Answers(contacts="leave-out"))
    assert screening.acceptable and not screening.unexplained and numbers(screening) == RIGHT
    assert found(screening, "contacts-left-out")[0].severity == "note"
    assert screening.sha256 != waiting.sha256 and "Ивлева" not in repr((screening, reading))
    again = read_bytes(screening.name, kept)
    assert (again.sha256, again.size) == (screening.sha256, screening.size)
    assert "Ивлева" not in repr(again) and "9001234567" not in repr(again) and not again.findings
    assert numbers(screen(again, catalogue(), known())) == RIGHT
    assert [v.place for v in screen(again, catalogue(), known()).values] == [v.place for v in waiting.values] or (
        kind == "csv"
    )
    assert left_out(read_bytes(name, data), waiting.contacts)[1] == kept  # known again when it is sent twice


PUPILS = {
    "a name alone": [("Ивлева Анна Петровна",)],
    "a pupil": [("Ученик Ивлев Пётр",)],
    "a parent": [("Родитель: Ивлева Анна",)],
    "a list under an office": [("Ответственный",), ("Ивлев Пётр",), ("Ивлева Анна",), ("Соснов Иван",)],
    "a list under its title": [("Ученики:",), ("Ивлев Пётр",)],
    "a list in a row": [("Ответственный: Ивлев Пётр, Ивлева Анна, Соснов Иван, Прудова Мария",)],
    "СНИЛС": [("Исполнитель: СНИЛС 112-233-445 95",)],
    "many offices": [(f"Педагог Ивлева {letter}. П.",) for letter in "АБВГДЕИКЛ"],
}


@pytest.mark.parametrize("rows", PUPILS.values(), ids=PUPILS)
def test_pupils_are_refused_wherever_they_stand(rows):
    screening = check(text(GOOD, (), *rows))
    assert {"personal-data", "signature-row"} & set(codes(screening))
    assert not any(q.kind == "contacts" for q in screening.unanswered)


def test_in_a_book_of_two_tables_both_questions_are_asked_and_each_row_is_called_by_its_sheet():
    def fill(book):
        for name in ("2023", "2024"):
            sheet = book.add_worksheet(name)
            for at, row in enumerate((HEADER, GOOD, (), ("Исполнитель: Ивлева А. П.",))):
                sheet.write_row(at, 0, row)

    waiting = check(xlsx(fill))
    assert [(q.kind, q.text) for q in waiting.unanswered] == [
        ("sheet", ""),
        ("contacts", "строка 4 на листе «2023»; строка 4 на листе «2024»"),
    ]
    reading, _ = left_out(read_bytes("а.xlsx", xlsx(fill)), waiting.contacts)
    screening = screen(reading, catalogue(), known(), answers=Answers(sheet="2024", contacts="leave-out"))
    assert numbers(screening) == RIGHT and not screening.unanswered


def test_a_row_of_the_table_is_never_left_out():
    remark = check(text((*GOOD, "Ивлева А. П., исполнитель"), header=(*HEADER, "Кто")))
    between = check(text(GOOD, ("Исполнитель: Ивлева А. П.",), good(level="Начальное")))
    for screening in (remark, between):
        assert "signature-row" in codes(screening) and not screening.contacts and not screening.unanswered
    staff = ("s5", "Ответственные за профориентацию", "Основное", "все", 5)
    asked = check(text(staff, header=("Организация", "Показатель", "Уровень", "Категория", "Значение")))
    assert [q.kind for q in asked.unanswered] == ["indicator"]


@pytest.mark.parametrize(
    "row",
    [
        *[("Отчёт за 2024 год",), ("Мобильный технопарк Кванториум", 45), ("Приняли участие в мероприятиях", 45)],
        *[("Заполните белые клетки целыми числами. Чисел нет — н/д",), ("Электронные ресурсы", 45)],
        *[("Контактных часов", 45), ("Руководители", 5), ("Ответственные за профориентацию", 5), ("Почти все", 5)],
    ],
)
def test_other_rows_are_no_contacts(row):
    assert not check(text(GOOD, (), row)).contacts and not check(text(HEADER, GOOD, header=row)).contacts


def test_an_answer_where_nobody_is_named_is_said_to_be_needless():
    assert codes(check(text(GOOD), answers=Answers(contacts="leave-out"))) == ["answer-unasked"]


def test_a_place_for_a_signature_that_is_empty_is_no_question():
    for row in (("Ответственный за заполнение: ________",), ("М.П.",), ("Исполнитель", "", "________")):
        assert check(text(GOOD, (), row)).acceptable
