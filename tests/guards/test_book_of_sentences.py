"""All sentences with a number in them, written to ``build/sentences.txt`` to be read; what is surely wrong fails."""

from __future__ import annotations

import sentence_book as book
from serving import ROOT

from proforient.wording import NB


def program():
    return sorted([*(ROOT / "proforient").rglob("*.py"), *(ROOT / "pages").glob("*.py")])


def test_every_function_of_sentences_has_its_entry():
    wanted = book.wanted()
    assert len(wanted) > 80
    assert set(wanted) - set(book.ENTRIES) == set(), "say it with each number in tests/sentence_book.py"
    assert set(book.ENTRIES) - set(wanted) == set(), "there is no such function"


def test_no_sentence_is_wrong_and_all_are_written_down_to_be_read():
    lines = dict.fromkeys(
        (where, text.replace(NB, " ").replace("\u2060", ""))
        for part in (book.rendered(), book.templates(program()), book.findings(), book.log_lines(), book.slides(),
                     book.public_pages())
        for where, text in part
    )  # fmt: skip
    out = ROOT / "build" / "sentences.txt"
    out.parent.mkdir(exist_ok=True)
    out.write_text("".join(f"{where}\t{text}\n" for where, text in lines), "utf-8")
    wrong = [f"{where}: {text}: {', '.join(what)}" for where, text in lines if (what := book.faults(text))]
    assert not wrong, "\n".join(wrong)


def test_the_book_finds_a_sentence_of_any_room_and_what_is_wrong(tmp_path):
    file = tmp_path / "page.py"
    file.write_text("say(f\"Найдено {counted(len(x), 'files')} из {number(n)}\")\n", "utf-8")
    said = [text.replace(NB, " ") for _, text in book.templates([file])]
    assert said[:3] == ["Найдено 0 файлов из 22", "Найдено 1 файл из 23", "Найдено 2 файла из 24"]
    for text in ("Сдали 0 из 0", "План: достигнут: 5", "Готово..", "Сдано , принято", "1,5 детей", "план None",
                 "1 школ", "21 ошибок", "нет 5 ошибки", "за 2 учётной записи"):  # fmt: skip
        assert book.faults(text), text
    for text in (
        "Срок «до: 5», 18:05 (время: по часам). Итог: 5",
        "1 000 детей и 21 школа",
        "Школа № 1 школ не считает",
    ):
        assert not book.faults(text), text
