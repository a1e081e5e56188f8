"""Syntax mistakes of TOML: each with its line, all at once, together with the mistakes of the rest."""

from __future__ import annotations

from pathlib import Path

import pytest
from catalogue_files import SMALL, Check, Spoil

from proforient.catalogue.read import check_catalogue, read_catalogue
from proforient.errors import CatalogueError

TEXT = SMALL.read_text(encoding="utf-8")


def line_of(text: str) -> int:
    return TEXT.split("\n").index(text) + 1


BROKEN = [
    pytest.param('title = "Письмо управления образования"', "title = Письмо", "в кавычках", id="no quotes"),
    pytest.param('title = "Письмо управления образования"', 'title = "Письмо', "кавычки", id="an open quote"),
    pytest.param('title = "Письмо управления образования"', 'title "Письмо"', "«=»", id="no equals sign"),
    pytest.param('title = "Письмо управления образования"', 'title = "C:\\папка"', "черт", id="a lone backslash"),
    pytest.param("date = 2023-05-04", "date = 2023-02-30", "", id="a day that does not exist"),
    pytest.param("date = 2023-05-04", "date = 04.05.2023", "", id="a date of dots"),
    pytest.param("chart = 3", "chart = 3 4", "конец строки", id="two values"),
    pytest.param("chart = 3", "chart = 3\nchart = 4", "один раз", id="a key twice"),
    pytest.param("grades = [5, 9]", "grades = [5, 9", "]", id="an open list"),
    pytest.param("alpha = 0.05", "alpha = 0,05", "конец строки", id="a decimal comma"),
    pytest.param("number = 120", "номер = 120", "латинскими", id="a Russian key"),
]


@pytest.mark.parametrize(("old", "new", "expected"), BROKEN)
def test_a_syntax_mistake_is_named_alone_with_its_line(spoil: Spoil, old: str, new: str, expected: str) -> None:
    (mistake,) = spoil((old, new))
    assert mistake.line == line_of(old) + new.count("\n")
    assert new.split("\n")[-1] in mistake.found
    assert expected in mistake.expected


def test_every_syntax_mistake_is_named_beside_the_other_mistakes(spoil: Spoil) -> None:
    mistakes = spoil(
        ('version = "2026.1"', "version = 2026.1.2"),
        ('kind = "letter"', 'kind = "mail"'),
        ("grades = [5, 9]", "grades = [5, 9"),
        ('as_of = "09-20"', 'as_of "09-20"'),
        ("percent = 75.5", "percent = 75.555"),
        ('addressee = "heads"\ntext = "Раз', 'addressee = "hands"\ntext = "Раз'),
    )
    assert [(m.line, m.key) for m in mistakes] == [
        (line_of('version = "2026.1"'), ""),
        (line_of('kind = "letter"'), "source.kind"),
        (line_of("grades = [5, 9]"), ""),
        (line_of('as_of = "09-20"'), ""),
        (line_of("percent = 75.5"), "plan.percent"),
        (line_of('text = "Разобрать итоги"') - 1, "action.addressee"),
    ]


@pytest.mark.parametrize("header", ["[[level]", "[level]]", "[[level", "[[[level]]]"])
def test_what_follows_a_broken_header_still_belongs_to_it(spoil: Spoil, header: str) -> None:
    (mistake,) = spoil(("[[level]]", header))
    assert mistake.line == line_of("[[level]]")
    assert header in mistake.found


def test_nothing_is_said_of_what_names_a_block_whose_code_cannot_be_read(spoil: Spoil) -> None:
    (mistake,) = spoil(('code = "heads"', 'code = "heads'))
    assert mistake.line == line_of('code = "heads"')


def test_a_text_of_several_lines_that_is_never_closed_is_blamed_where_it_opens(spoil: Spoil) -> None:
    mistakes = spoil(('text = "Разобрать итоги"', 'text = """Разобрать\nитоги'))
    assert mistakes[0].line == line_of('text = "Разобрать итоги"')
    assert "кавычки" in mistakes[0].expected


@pytest.mark.parametrize("name", ["level", "catalogue"])
def test_single_and_double_brackets_are_not_the_same(check: Check, name: str) -> None:
    head = '[[catalogue]]\ncode = "a"\n' if name == "catalogue" else '[catalogue]\ncode = "a"\n'
    level = "[level]" if name == "level" else "[[level]]"
    (mistake,) = check(f'{head}\n{level}\ncode = "basic"\nkind = "stage"\nname = "Основное"\n')
    assert mistake.line == (4 if name == "level" else 1)
    assert mistake.key == name


def test_an_unknown_block_is_named_with_the_nearest_known_one(spoil: Spoil) -> None:
    mistakes = spoil(("[[goal]]", "[[goals]]"))
    unknown = [m for m in mistakes if m.key == "goals"]
    assert [m.line for m in unknown] == [line_of("[[goal]]")]
    assert "«goal»" in unknown[0].expected


def test_a_key_outside_the_blocks_is_a_mistake(check: Check) -> None:
    (mistake,) = check('version = "1"\n[catalogue]\ncode = "a"\n')
    assert (mistake.line, mistake.key) == (1, "version")


def test_an_empty_file_lacks_its_head(check: Check) -> None:
    assert [(m.line, m.key) for m in check("")] == [(1, "catalogue")]


def test_a_file_that_is_not_there_is_a_mistake(tmp_path: Path) -> None:
    (mistake,) = check_catalogue(tmp_path / "no.toml")
    assert "файла нет" in mistake.found
    (mistake,) = check_catalogue(tmp_path)
    assert "не открывается" in mistake.found


def test_bytes_of_another_encoding_are_named_with_their_line(tmp_path: Path) -> None:
    file = tmp_path / "cp1251.toml"
    file.write_bytes('[catalogue]\ncode = "a"\nversion = "два"\n'.encode("cp1251"))
    (mistake,) = check_catalogue(file)
    assert mistake.line == 3
    assert "UTF-8" in mistake.expected


@pytest.mark.parametrize(("bom", "end"), [(b"\xef\xbb\xbf", "\n"), (b"", "\r\n")])
def test_a_byte_order_mark_and_line_ends_of_windows_are_read(tmp_path: Path, bom: bytes, end: str) -> None:
    file = tmp_path / "windows.toml"
    file.write_bytes(bom + TEXT.replace("percent = 75.5", "percent = 175").replace("\n", end).encode())
    (mistake,) = check_catalogue(file)
    assert mistake.line == line_of("percent = 75.5")


def test_reading_raises_one_error_with_every_mistake(tmp_path: Path) -> None:
    file = tmp_path / "bad.toml"
    file.write_text(TEXT.replace("chart = 3", 'chart = "3"').replace("alpha = 0.05", "alpha = 5"), encoding="utf-8")
    with pytest.raises(CatalogueError) as raised:
        read_catalogue(file)
    assert raised.value.mistakes == check_catalogue(file)
    assert len(raised.value.mistakes) == 2
    for mistake in raised.value.mistakes:
        assert str(mistake) in str(raised.value)
