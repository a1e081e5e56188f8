"""One clean table made dirty one fault at a time, after the published way of polluting CSV files.

The faults: a separator lost, one too many, a stray quote, another quote, another escape, one row with another
separator, no header, several headers, two tables, a preamble, an empty file, the header alone; of one row a cell
doubled or missing, of the table a column more, a footnote. Of two long layouts, of two wide ones, of the form and of
its CSV.
"""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Iterator
from typing import Any

import openpyxl

Lines = tuple[tuple[str, ...], ...]
HEAD = ("Организация", "Период", "Показатель", "Уровень", "Категория", "Числитель", "Знаменатель", "Примечание")
SCHOOLS = (("МБОУ СОШ № 5", ("Начальное", "Основное", "Среднее")), ("МБОУ Гимназия № 2", ("Основное", "Среднее")))
REMARKS = ("", "верно", 'кружок "Старт"', "с учётом филиала; уточнено", "3, 4 и 5 смены", "12")


def rows(seed: int = 1) -> list[tuple[str, ...]]:
    """The clean table: ten rows of shares with remarks that hold separators, quotes and figures."""
    dice = random.Random(seed)
    made = []
    for school, levels in SCHOOLS:
        for level in levels:
            every = dice.randrange(40, 1500)
            some = dice.randrange(5, 30)
            for cohort, children in (("все", every), ("ОВЗ", some)):
                covered = children // 2 + dice.randrange(3) if cohort == "все" else dice.randrange(some // 2 + 1)
                remark = dice.choice(REMARKS)
                made.append((school, "2024", "coverage", level, cohort, str(covered), str(children), remark))
    return made


def written(cells: tuple[str, ...], separator: str = ";", quote: str = '"', escape: str = '""') -> str:
    """One line; cells are quoted where they must be."""
    risky = (separator, quote, "\n")
    return separator.join(
        quote + cell.replace(quote, escape) + quote if any(sign in cell for sign in risky) else cell for cell in cells
    )


def long(seed: int = 1) -> Lines:
    return (HEAD, *rows(seed))


def wide(seed: int = 1) -> Lines:
    """A row for each level and category of an organisation, a column for each count."""
    head = ("Организация", "Период", "Уровень", "Категория", "pupils", "covered", "Примечание")
    body = []
    for school, year, _, level, cohort, upper, lower, remark in rows(seed):
        body.append((school, year, level, cohort, lower, upper, "" if remark[:1].isdigit() else remark))
    return (head, *body)


def widest(seed: int = 1) -> Lines:
    """A row for each organisation, a column for each number."""
    cells = {(school, level): pair for school, _, _, level, cohort, *pair, _ in rows(seed) if cohort == "все"}
    levels = ("Начальное", "Основное", "Среднее")
    head = ("№", "Организация", *(f"{count}, {level}" for level in levels for count in ("pupils", "covered")))
    body = []
    for at, (school, _) in enumerate(SCHOOLS, 1):
        pairs = [cells.get((school, level), ("", "")) for level in levels]
        body.append((str(at), school, *(number for upper, lower in pairs for number in (lower, upper))))
    return (head, *body)


def single(seed: int = 1) -> Lines:
    """A row for each number, the yes or no of an organisation among them; no column that stands aside."""
    head = ("Организация", "Показатель", "Уровень", "Категория", "Значение")
    body = []
    for school, _, _, level, cohort, upper, lower, _ in rows(seed)[2:8]:
        body += [(school, "pupils", level, cohort, lower), (school, "covered", level, cohort, upper)]
    return (head, *body, *((school, "page", "В целом", "все", "да") for school, _ in SCHOOLS))


LAYOUTS: dict[str, Callable[[int], Lines]] = {"long": long, "single": single, "wide": wide, "widest": widest}


def in_a_workbook(layout: str, seed: int = 1) -> Lines:
    """The same table without remarks that are numbers: in a workbook nothing tells them from a number pushed aside."""
    return tuple(
        line if not line[-1].isdigit() or layout != "long" else (*line[:-1], "") for line in LAYOUTS[layout](seed)
    )


def clean(seed: int = 1, separator: str = ";", layout: str = "long") -> str:
    return "\n".join(written(line, separator) for line in LAYOUTS[layout](seed)) + "\n"


def by_cells(every: Lines) -> Iterator[tuple[str, list[tuple[str, ...]]]]:
    """Tables in which whole cells, rows or columns were doubled, lost or added: of text files and of workbooks."""
    head, *body = every
    width = len(head)
    for at, line in enumerate(every):

        def with_row(changed: tuple[str, ...], at: int = at) -> list[tuple[str, ...]]:
            return [*every[:at], changed, *every[at + 1 :]]

        for place in range(width):
            yield f"cell twice {at}:{place}", with_row((*line[: place + 1], *line[place:]))
            yield f"cell missing {at}:{place}", with_row((*line[:place], *line[place + 1 :]))
        yield f"cell more {at}", with_row((*line, "7"))
        yield f"empty cell more {at}", with_row(("", *line))
        yield f"row again {at}", [*every[: at + 1], *every[at:]]
        yield f"row again below {at}", [*every, line]
        for place in range(1, width):
            yield f"row short {at}:{place}", with_row(line[:place])
    for place in range(width + 1):
        for name in ("", "*", "Всего", "covered"):
            added = [(*line[:place], name if not at else str(at), *line[place:]) for at, line in enumerate(every)]
            yield f"column more {place} {name!r}", added
        if place < width:
            yield f"column twice {place}", [(*line[: place + 1], *line[place:]) for line in every]
            yield f"heading missing {place}", [(*head[:place], "", *head[place + 1 :]), *body]
    for note in (("* верно",), ("Примечание", "верно"), ("1)", "по данным школы"), ("Итого", "", "12")):
        for at in range(2, len(every) + 1):
            yield f"footnote {note} {at}", [*every[:at], note, *every[at:]]
    for gap in range(3):
        yield f"table again {gap}", [*every, *[()] * gap, *every]
        other = [tuple(str(int(c) + 1) if c.isdigit() and len(c) < 4 else c for c in line) for line in body]
        yield f"other table {gap}", [*every, *[()] * gap, head, *other]
        yield f"other rows {gap}", [*every, *[()] * gap, *other]
        beside = [(*line, *[""] * gap, *more) for line, more in zip(every, (head, *other), strict=True)]
        yield f"table beside {gap}", beside
    yield "rows without a header", list(body)
    yield "header twice", [head, head, *body]
    yield "header last", [*body, head]
    for at in range(1, len(body)):
        yield f"header below {at}", [*body[:at], head, *body[at:]]
        yield f"row emptied {at}", [*every[:at], tuple("" if c.isdigit() else c for c in every[at]), *every[at + 1 :]]


def polluted(seed: int = 1, separator: str = ";", layout: str = "long") -> Iterator[tuple[str, str]]:
    """Every file with its name: some 2,000 of them for one table."""
    yield from of_lines(LAYOUTS[layout](seed), separator)


def of_lines(every: Lines, separator: str = ";") -> Iterator[tuple[str, str]]:
    """The same of any table, the form saved as CSV among them."""
    yield from by_lines(every, separator)
    for name, table in by_cells(every):
        yield name, "\n".join(written(line, separator) for line in table) + "\n"


def by_lines(every: Lines, separator: str) -> Iterator[tuple[str, str]]:
    """Texts in which separators, quotes and ends of lines are wrong."""
    lines = [written(line, separator) for line in every]

    def with_line(at: int, text: str) -> str:
        return "\n".join([*lines[:at], text, *lines[at + 1 :]]) + "\n"

    for at, line in enumerate(lines):
        places = [place for place, sign in enumerate(line) if sign == separator]
        for place in places:
            yield f"separator lost {at}:{place}", with_line(at, line[:place] + line[place + 1 :])
            yield f"separator twice {at}:{place}", with_line(at, line[:place] + separator + line[place:])
        for place in range(len(line) + 1):
            if place == 0 or place == len(line) or line[place] == separator or line[place - 1] == separator:
                yield f"stray quote {at}:{place}", with_line(at, line[:place] + '"' + line[place:])
        for place in range(3, len(line), 7):
            yield f"quote inside {at}:{place}", with_line(at, line[:place] + '"' + line[place:])
        for other in (",", "\t", " ", "|", ", "):
            cells = every[at]
            yield f"row by {other!r} {at}", with_line(at, other.join(cells))
        yield f"row twice {at}", "\n".join([*lines[: at + 1], *lines[at:]]) + "\n"
        yield f"row cut {at}", with_line(at, line[: len(line) // 2])
        yield f"end of file in row {at}", "\n".join([*lines[:at], line[: len(line) // 2]])
    yield from _whole(lines, every, separator)


def _whole(lines: list[str], every: Lines, separator: str) -> Iterator[tuple[str, str]]:
    head, *body = lines
    yield "no header", "\n".join(body) + "\n"
    for many in (2, 3):
        yield f"{many} headers", "\n".join([*[head] * many, *body]) + "\n"
    for at in range(1, len(body)):
        yield f"header again {at}", "\n".join([head, *body[:at], head, *body[at:]]) + "\n"
        other = [separator.join(cells) for cells in (("а", "б", "в"), *[("1", "2", "3")] * at)]
        yield f"two tables {at}", "\n".join([*lines, "", *other]) + "\n"
        yield f"second table {at}", "\n".join([*lines, "", head, *body[:at]]) + "\n"
    for many in (1, 2, 5):
        preamble = [f"Мониторинг, {n}; район" if n % 2 else f"Отчёт {n}" for n in range(many)]
        yield f"preamble {many}", "\n".join([*preamble, "", *lines]) + "\n"
    yield "empty", ""
    yield "header alone", head + "\n"
    for quote, escape in (("'", "''"), ('"', '\\"'), ("'", "\\'"), ('"', '"')):
        text = "\n".join(written(line, separator, quote, escape) for line in every) + "\n"
        yield f"quote {quote} escape {escape}", text
        always = "\n".join(separator.join(quote + c.replace(quote, escape) + quote for c in line) for line in every)
        yield f"all quoted {quote} escape {escape}", always + "\n"
    for end in ("\r", "\r\n", "\n\r", "\n\n"):
        yield f"line end {end!r}", end.join(lines) + end


def of_a_form(form: bytes) -> Iterator[tuple[str, bytes]]:
    """Filled forms whose cells, rows or columns somebody moved, doubled, lost or added to."""
    first = openpyxl.load_workbook(io.BytesIO(form)).worksheets[0]
    height, width = first.max_row, first.max_column
    filled = [cell.coordinate for row in first.iter_rows() for cell in row if isinstance(cell.value, int)]

    def changed(change: Callable[[Any], object]) -> bytes:
        book = openpyxl.load_workbook(io.BytesIO(form))
        change(book.worksheets[0])
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()

    def pushed(sheet: Any, place: str, step: int) -> None:
        """Excel's «insert with a shift to the right» (1) and «delete with a shift to the left» (-1)."""
        cell = sheet[place]
        line = [sheet.cell(cell.row, at).value for at in range(1, width + 2)]
        at = cell.column - 1
        line = [*line[: at + 1], *line[at:]] if step > 0 else [*line[:at], *line[at + 1 :], None]
        for column, value in enumerate(line[: width + 2], 1):
            if column > at:
                sheet.cell(cell.row, column).value = value

    def moved(sheet: Any, place: str, step: int) -> None:
        """The same shifted down (1) or up (-1)."""
        cell = sheet[place]
        line = [sheet.cell(at, cell.column).value for at in range(1, height + 2)]
        at = cell.row - 1
        line = [*line[: at + 1], *line[at:]] if step > 0 else [*line[:at], *line[at + 1 :], None]
        for row, value in enumerate(line[: height + 2], 1):
            if row > at:
                sheet.cell(row, cell.column).value = value

    for place in filled:
        yield f"cell twice downwards {place}", changed(lambda sheet, place=place: moved(sheet, place, 1))
        yield f"cell missing upwards {place}", changed(lambda sheet, place=place: moved(sheet, place, -1))
        yield f"cell twice {place}", changed(lambda sheet, place=place: pushed(sheet, place, 1))
        yield f"cell missing {place}", changed(lambda sheet, place=place: pushed(sheet, place, -1))
    for row in range(1, height + 1):
        yield f"row more {row}", changed(lambda sheet, row=row: sheet.insert_rows(row))
        yield f"row lost {row}", changed(lambda sheet, row=row: sheet.delete_rows(row))
        yield (
            f"row again {row}",
            changed(lambda sheet, row=row: sheet.append([sheet.cell(row, at).value for at in range(1, width + 1)])),
        )
        yield f"footnote {row}", changed(lambda sheet, row=row: setattr(sheet.cell(row, width + 1), "value", "7"))
    for column in range(1, width + 1):
        yield f"column more {column}", changed(lambda sheet, column=column: sheet.insert_cols(column))
        yield f"column lost {column}", changed(lambda sheet, column=column: sheet.delete_cols(column))
    for note in (["* верно"], ["Итого", "", 12], ["Примечание", "верно"]):
        yield f"note below {note}", changed(lambda sheet, note=note: sheet.append(note))
