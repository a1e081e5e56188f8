"""One clean table made dirty one fault at a time, after the published way of polluting CSV files.

The faults: a separator lost, one too many, a stray quote, another quote, another escape, one row with another
separator, no header, several headers, two tables, a preamble, an empty file, the header alone.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

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


def clean(seed: int = 1, separator: str = ";") -> str:
    return "\n".join(written(line, separator) for line in (HEAD, *rows(seed))) + "\n"


def polluted(seed: int = 1, separator: str = ";") -> Iterator[tuple[str, str]]:
    """Every file with its name: some 2,000 of them for one table."""
    lines = [written(line, separator) for line in (HEAD, *rows(seed))]

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
            cells = (HEAD, *rows(seed))[at]
            yield f"row by {other!r} {at}", with_line(at, other.join(cells))
        yield f"row twice {at}", "\n".join([*lines[: at + 1], *lines[at:]]) + "\n"
        yield f"row cut {at}", with_line(at, line[: len(line) // 2])
        yield f"end of file in row {at}", "\n".join([*lines[:at], line[: len(line) // 2]])
    yield from _whole(lines, seed, separator)


def _whole(lines: list[str], seed: int, separator: str) -> Iterator[tuple[str, str]]:
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
    every = (HEAD, *rows(seed))
    for quote, escape in (("'", "''"), ('"', '\\"'), ("'", "\\'"), ('"', '"')):
        text = "\n".join(written(line, separator, quote, escape) for line in every) + "\n"
        yield f"quote {quote} escape {escape}", text
        always = "\n".join(separator.join(quote + c.replace(quote, escape) + quote for c in line) for line in every)
        yield f"all quoted {quote} escape {escape}", always + "\n"
    for end in ("\r", "\r\n", "\n\r", "\n\n"):
        yield f"line end {end!r}", end.join(lines) + end
