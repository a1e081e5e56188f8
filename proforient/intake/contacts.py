"""Rows above and under a table that say who filled it in: signature, phone, e-mail, date. They name people.

Such a row is no fault: a person is asked once whether to leave it out. Nothing here says what stands in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace

from proforient.intake.model import Reading, Sheet, SheetRow
from proforient.intake.numbers import is_numeric, text_of
from proforient.intake.personal import CONTACTS, Hit, kind_of, names_pupils, persons_in

Place = tuple[str, int]  # sheet, row
LEAVE_OUT = "leave-out"
_REACH = 15  # filled rows from the top and from the bottom of a sheet
_MOST = 8  # rows of one sheet: more are a list of people
_CELLS = 8  # filled cells of a row, at most: a longer row is one of figures
_LONGEST = 300  # signs of a row
_PERSONS = 2  # persons in one row
_NUMBERS = 2  # cells that are numbers: a phone, a date
_ACTING = r"(?:и ?\. ?о ?\. ?|врио |вр\. ?и\. ?о\. ?)?"
_REACHED = (
    r"тел(?:\b|ефон|\.)|моб\.|мобильн\w{1,4} тел|факс|e-?mail|контакты|контактн\w{1,4} (?:тел|лиц|данн)|конт\."
    r"|почта|эл\.|электронн\w{1,4} (?:почт|адрес)|адрес эл|\+7|8(?:[ ()-]{0,3}\d){10}|[\w.+-]{1,64}@"
)
_DID = (
    r"исп(?:\b|олнител)|состав(?:ил|ител)|подготовил|заполнил|утвержда|согласова|проверил|подпис"
    r"|отч[её]т (?:состав|подготов|заполн|сдал)|сдала?:|приняла?:"
)
_OFFICE = (
    r"ответствен|отв\.|директор|заведующ|зав\.|руководител|начальник|заместител|зам\.|завуч|методист|секретар"
    r"|специалист|бухгалтер|педагог|психолог|советник|м\. ?п\.?|мп$|дата|фио\b|ф\. ?и\. ?о"
)
_BEGINS = re.compile(f"{_ACTING}(?:{_REACHED}|{_DID}|{_OFFICE})", re.IGNORECASE)
# Without a person's data in it, only what begins so is no figure: «Руководители | 5» may be one.
_SURELY = re.compile(
    rf"(?:{_REACHED}|{_DID}|дата (?:заполн|состав|подпис|сдач)"
    r"|ответственн\w{1,4} за (?:заполн|состав|предостав|подготов|формир|сдач))",
    re.IGNORECASE,
)
_LIKE_A_NAME = re.compile(r"\b[А-ЯЁ][а-яё]+ (?:[А-ЯЁ][а-яё]+|[А-ЯЁ]\.)|\b[А-ЯЁ]\. ?[А-ЯЁ][а-яё]+")


def contact_rows(reading: Reading, hits: Sequence[Hit], is_known: Callable[[str], bool]) -> tuple[Place, ...]:
    """Rows at the edges of the sheets that hold a person's data or a number and begin as such rows do.

    Whether they stand outside of a table is for whoever has found it; ``is_known`` as in ``find_hits``.
    """
    found: list[Place] = []
    by_row: dict[Place, list[Hit]] = {}
    for hit in hits:
        by_row.setdefault((hit.sheet, hit.row), []).append(hit)
    for sheet in reading.sheets:
        places = tuple(_of_sheet(sheet, by_row, is_known))
        if len(places) <= _MOST:
            found += places
    return tuple(found)


def _of_sheet(sheet: Sheet, hits: dict[Place, list[Hit]], is_known: Callable[[str], bool]) -> Iterator[Place]:
    filled = [row for row in sheet.rows if any(text_of(cell) for cell in row.cells)]
    edges = filled if len(filled) <= 2 * _REACH else [*filled[:_REACH], *filled[-_REACH:]]
    before = -1  # the last row of the kind
    waiting = False  # it named nobody yet: the name may stand below
    for row in edges:
        place = (sheet.name, row.number)
        texts = [text for cell in row.cells if (text := text_of(cell))]
        begins = _begins(texts[0]) or (bool(kind_of(texts[0])) and _speaks_later(texts))
        follows = row.number - before == 1 and _continues(texts, waiting=waiting)
        if not (begins or follows) or is_known(texts[0]):
            continue
        before = row.number
        waiting = begins and not _persons(texts)
        if _is_contact(row, hits.get(place, [])):
            yield place


def _begins(text: str, words: re.Pattern[str] = _BEGINS) -> bool:
    """Whether the text begins so, be it after «__» or a quote."""
    start = next((at for at, sign in enumerate(text) if sign.isalnum() or sign == "+"), 0)
    return bool(words.match(text, start))


def _persons(texts: Sequence[str]) -> int:
    """How many people a row may name, rather too many than too few."""
    return max(persons_in(texts), len(_LIKE_A_NAME.findall("  ".join(texts))))


def _continues(texts: Sequence[str], *, waiting: bool) -> bool:
    """Whether a row goes on with the one above: one name under an office, a phone or an address under a name."""
    if not all(kind_of(text) in CONTACTS for text in texts):
        return False
    return not _persons(texts) or (waiting and _persons(texts) == 1)


def _speaks_later(texts: Sequence[str]) -> bool:
    """«Ивлева А. П., исполнитель»."""
    pieces = [piece for text in texts for piece in re.split(r"[,;:(]", text)]
    return any(_begins(piece.strip()) for piece in pieces[1:])


def _is_contact(row: SheetRow, hits: Sequence[Hit]) -> bool:
    cells = [(cell, text) for cell in row.cells if (text := text_of(cell))]
    said = " ".join(text for _, text in cells)
    numbers = sum(is_numeric(cell) for cell, _ in cells)
    if len(cells) > _CELLS or len(said) > _LONGEST or numbers > _NUMBERS:
        return False
    kinds = {hit.found for hit in hits} | {kind for _, text in cells if (kind := kind_of(text))}
    if kinds - CONTACTS:
        return False
    if not hits:
        said = _beside_the_office([text for _, text in cells])
        named = not numbers and bool(_LIKE_A_NAME.search(said))
        return named or (_begins(cells[0][1], _SURELY) and any(sign.isalnum() for sign in said))
    return not names_pupils(said) and _persons([text for _, text in cells]) <= _PERSONS


def _beside_the_office(texts: Sequence[str]) -> str:
    """What a row says beside what it begins with: «Исполнитель: ______» says nothing."""
    first, colon, rest = texts[0].partition(":")
    if not colon:
        rest = " ".join(word for word in first.split()[1:] if word[0].isupper() or word[0].isdigit())
    return " ".join([rest, *texts[1:]])


def without(reading: Reading, places: Collection[Place]) -> Reading:
    """The reading with those rows empty: nothing of them is read, shown or kept."""
    if not places:
        return reading
    return replace(reading, sheets=tuple(_without(sheet, places) for sheet in reading.sheets))


def _without(sheet: Sheet, places: Collection[Place]) -> Sheet:
    rows = {row for name, row in places if name == sheet.name}
    if not rows:
        return sheet
    return replace(
        sheet,
        rows=tuple(replace(row, cells=()) if row.number in rows else row for row in sheet.rows),
        marks={at: mark for at, mark in sheet.marks.items() if at[0] not in rows},
        shown={at: text for at, text in sheet.shown.items() if at[0] not in rows},
        odd_widths={row: width for row, width in sheet.odd_widths.items() if row not in rows},
    )
