"""The text that a meeting adopted: items of an edited Word file matched with those of the document that was issued.

Both files are read alike; an item is known by its number and its wording, so that what is no item (a problem of the
list, a point of the agenda) is not taken for one.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

from proforient.advice.due import NONE
from proforient.catalogue.entries import Catalogue, Deadline
from proforient.documents import drafts
from proforient.documents.contents import Contents, DraftItem
from proforient.documents.editing import new_key
from proforient.documents.word_parts import PaperPart
from proforient.intake.call_apart import Telling, steps
from proforient.wording import quoted
from proforient.wording.dates import MONTHS

# How alike wordings are (0 to 1) that are one item; where the number is the same, too, less is enough.
LIKE, SAME_NUMBER = 0.6, 0.55
LOOKED_AT = 500  # signs of a wording by which likeness is told: it takes time as their square
_NUMBERED = re.compile(r"(\d+(?:\.\d+)*)\.?\s+(\S.*)", re.DOTALL)
_NUMBER = re.compile(r"\d+(?:\.\d+)*\.?")
_BROKEN = re.compile(r"\n(?=\d+(?:\.\d+)*\.\s)")  # a line of a paragraph that begins with a number
_LABEL = re.compile(r"\b(Срок|Ответственн\w{1,20}|В первую очередь)\s{0,9}:")
_PLACE = re.compile(r"^\[[^\]]*\]$")  # what was left to be filled
_DAY = re.compile(r"(\d{1,2})[.\s]+(\d{1,2}|[а-я]+)[.\s]+(\d{4})")
_SCHOOL_YEAR = re.compile(r"(\d{4})/\d{4}")
_YEAR = re.compile(r"\b(20\d\d)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberedLine:
    """A numbered paragraph or row of a document: words, deadline and who answers, as they stand there."""

    number: str
    text: str
    due: str = ""
    responsible: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptedText:
    """``contents`` as adopted; ``numbers`` of its items by key; ``unread``: deadlines in words that say no day."""

    contents: Contents
    numbers: Mapping[str, str]
    changes: tuple[str, ...]
    unread: tuple[str, ...]


def lines_of(parts: Iterable[PaperPart]) -> list[NumberedLine]:
    """Every numbered paragraph and row, in order; a heading («2. Руководителям школ:») is none."""
    found: list[NumberedLine] = []
    for part in parts:
        if part.rows:
            found += _rows(part)
        for text in _BROKEN.split(part.text):
            found += _paragraph(text)
    return found


def _paragraph(text: str) -> Iterator[NumberedLine]:
    found = _NUMBERED.fullmatch(_flat(text))
    if found is None or found[2].endswith(":"):
        return
    words, *labelled = _LABEL.split(found[2])
    fields = dict(zip(labelled[::2], labelled[1::2], strict=True))
    responsible = next((value for label, value in fields.items() if label.startswith("Ответственн")), "")
    yield NumberedLine(
        number=found[1], text=_bare(words), due=_bare(fields.get("Срок", "")), responsible=_bare(responsible)
    )


def _rows(part: PaperPart) -> Iterator[NumberedLine]:
    head = [cell.strip().lower() for cell in part.rows[0]]
    due = next((at for at, cell in enumerate(head) if cell.startswith("срок")), 2)
    who = next((at for at, cell in enumerate(head) if cell.startswith("ответственн")), 3)
    for row in part.rows:
        if len(row) > 1 and _NUMBER.fullmatch(row[0].strip()):
            cells = [*row, "", "", ""]
            words = next((line for line in cells[1].splitlines() if line.strip()), "")
            yield NumberedLine(
                number=row[0].strip().rstrip("."),
                text=_bare(words),
                due=_bare(cells[due]),
                responsible=_bare(cells[who]),
            )


def _flat(text: str) -> str:
    return " ".join(text.replace("\u2060", "").split())


def _bare(text: str) -> str:
    """Without the full stop at the end; empty for a place that nobody has filled."""
    flat = _flat(text).rstrip(" .;")
    return "" if _PLACE.match(flat) else flat


def adopted(
    before: Contents,
    own: Iterable[PaperPart],
    edited: Iterable[PaperPart],
    *,
    issued: Mapping[str, str],
    catalogue: Catalogue,
    names: Mapping[str, str],
    say: Telling | None = None,
) -> AdoptedText:
    """The contents of the issued document as the file ``edited`` has them; ``own``: its own file.

    ``issued``: the numbers that its items had, by key. An item that the file never had stays as it is.
    """
    issued_lines, lines = lines_of(own), lines_of(edited)
    items = {item.key: item for item in drafts.items_of(before)}
    told_of = {key: NumberedLine(number=issued.get(key, ""), text=_bare(item.text)) for key, item in items.items()}
    own_place = _matched(told_of, issued_lines)
    line_of = {key: issued_lines[at] for key, at in own_place.items()}
    others = {f"other {at}": line for at, line in enumerate(issued_lines) if at not in own_place.values()}
    found = _matched({**line_of, **others}, lines, say)
    by_place = {at: key for key, at in found.items()}
    began = min((found[key] for key in line_of if key in found), default=len(lines))
    taken = _TakenLines(before=before, items=items, line_of=line_of)
    for at, line in enumerate(lines):
        key = by_place.get(at, "")
        if key in items or not (key or at < began or not line.text):
            taken.take(key, line)
    left_out = tuple(item for key, item in items.items() if key not in own_place)
    after = replace(before, items=(*taken.made, *left_out))
    turn = sorted(
        items, key=lambda key: own_place.get(key, len(issued_lines))
    )  # order: as the issued document has them
    first = replace(before, items=tuple(items[key] for key in turn))
    numbers = {key: one.number for key, one in line_of.items()}, taken.numbers
    changes = drafts.changes(first, after, catalogue, names, numbers)
    return AdoptedText(contents=after, numbers=taken.numbers, changes=tuple(changes), unread=tuple(taken.unread))


@dataclass(slots=True)
class _TakenLines:
    """The items of the edited file as its lines are taken one after the other: a new one goes to whom the last did."""

    before: Contents
    items: Mapping[str, DraftItem]
    line_of: Mapping[str, NumberedLine]
    made: list[DraftItem] = field(default_factory=list)
    numbers: dict[str, str] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)
    addressee: str = ""

    def take(self, key: str, line: NumberedLine) -> None:
        """The item of that key as the line has it; without a key a new one."""
        if key:
            item, strange = _taken(self.items[key], self.line_of[key], line)
            self.addressee = item.addressee
        else:
            there = replace(self.before, items=(*self.items.values(), *self.made))
            item, strange = _new(line, new_key(there), self.addressee)
        self.made.append(item)
        self.numbers[item.key] = line.number
        self.unread += [strange] if strange else []


def _matched(
    wanted: Mapping[str, NumberedLine], lines: Sequence[NumberedLine], say: Telling | None = None
) -> dict[str, int]:
    """Key -> place of its line. The same number and words first, then words that stand once, then what is alike.

    Several items may have the same words for different addressees: there the number decides. ``say`` is told how
    much of the longest step, the last, is done.
    """
    found: dict[str, int] = {}
    free = dict(enumerate(lines))
    once = Counter(line.text for line in wanted.values()), Counter(line.text for line in lines)

    def take(fits: Callable[[NumberedLine, NumberedLine], bool], least: float, say: Telling | None = None) -> None:
        pairs = [
            (_alike(line.text, other.text), -at, key)
            for key, line in steps(list(wanted.items()), say)
            if key not in found
            for at, other in free.items()
            if fits(line, other)
        ]
        for like, place, key in sorted(pairs, key=lambda pair: (pair[0], pair[1]), reverse=True):  # order: most alike
            if like >= least and key not in found and -place in free:
                found[key] = -place
                del free[-place]

    def numbered(line: NumberedLine, other: NumberedLine) -> bool:
        return bool(line.number) and line.number == other.number

    take(lambda line, other: numbered(line, other) and line.text == other.text, 1.0)
    take(lambda line, other: line.text == other.text and once[0][line.text] == once[1][line.text] == 1, 1.0)
    take(numbered, SAME_NUMBER)
    take(lambda line, other: True, LIKE, say)
    return found


def _alike(one: str, other: str) -> float:
    if one == other:
        return 1.0
    matcher = SequenceMatcher(None, one[:LOOKED_AT], other[:LOOKED_AT], autojunk=False)
    near = matcher.real_quick_ratio() > SAME_NUMBER and matcher.quick_ratio() > SAME_NUMBER
    return matcher.ratio() if near else 0.0


def _taken(item: DraftItem, before: NumberedLine, edited: NumberedLine) -> tuple[DraftItem, str]:
    """The item with whatever of its line differs from the line that was issued."""
    strange = ""
    if edited.text != before.text:
        item = replace(item, text=edited.text)
    if edited.responsible != before.responsible:
        item = replace(item, responsible=edited.responsible)
    if edited.due != before.due:
        due = deadline_of(edited.due)
        strange = "" if due is not None else f"Срок {quoted(edited.due)} в пункте {edited.number} не распознан."
        item = replace(item, deadline=due if due is not None else item.deadline)
    return item, strange


def _new(line: NumberedLine, key: str, addressee: str) -> tuple[DraftItem, str]:
    due = deadline_of(line.due)
    strange = "" if due is not None else f"Срок {quoted(line.due)} в пункте {line.number} не распознан."
    made = DraftItem(
        key=key,
        text=line.text,
        addressee=addressee,
        responsible=line.responsible,
        deadline=NONE if due is None else due,
    )
    return made, strange


def deadline_of(words: str) -> Deadline | None:
    """«до 15 июня 2031 года», «до 15.06.2031», «в 2026/2027 учебном году», «постоянно»; None where it says none."""
    flat = _flat(words).lower()
    if not flat:
        return NONE
    if flat.startswith("постоянн"):
        return Deadline(form="standing")
    if found := _DAY.search(flat):
        return _day_of(found[1], found[2], found[3])
    if found := _SCHOOL_YEAR.search(flat):
        year = int(found[1])
        if "начал" in flat:
            return Deadline(form="school_year_start", date=dt.date(year, 9, 1), year=year)
        return Deadline(form="school_year", year=year)
    found = _YEAR.search(flat)
    return Deadline(form="year", year=int(found[1])) if found else None


def _day_of(day: str, month: str, year: str) -> Deadline | None:
    if not month.isdigit():
        if month not in MONTHS:
            return None
        month = str(MONTHS.index(month) + 1)
    try:
        return Deadline(form="day", date=dt.date(int(year), int(month), int(day)))
    except ValueError:
        return None


__all__ = ["AdoptedText", "NumberedLine", "adopted", "deadline_of", "lines_of"]
