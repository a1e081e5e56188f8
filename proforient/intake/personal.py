"""Personal data in any cell of any sheet, hidden ones too: where they stand and of what kind, never what they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from proforient.catalogue.name_keys import normalise
from proforient.errors import WrongCall
from proforient.intake.given_names import GIVEN_NAMES, OBLIQUE_NAMES
from proforient.intake.model import IN_PROPERTIES, CellValue, Reading, Sheet, SheetRow
from proforient.intake.numbers import text_of
from proforient.wording import counted

MASK = "•••"
SIGNATURE = "подпись"
# What a row that says who filled the table in may hold: such a row is left out, any other data are refused.
CONTACTS = frozenset(
    {
        *("номер телефона", "адрес электронной почты", "фамилия, имя и отчество", "фамилия и имя"),
        *("фамилия с инициалами", SIGNATURE),
    }
)
PERSONAL = frozenset({"personal-data", "signature-row"})  # findings after which nothing of a file is kept

_NAME = "[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?"
_PATRONYMIC = "[А-ЯЁ][а-яё]*(?:ович|евич|ич|овна|евна|ична|инична|оглы|кызы)"
# «у Сосновой Анны Петровны»: only after two names, for «Духовной» is no patronymic.
_OBLIQUE = "[А-ЯЁ][а-яё]*(?:(?:ович|евич)(?:а|у|ем|е)|(?:овн|евн)(?:ы|е|у|ой))"
_FULL_NAME = re.compile(
    rf"\b{_NAME}\s+{_NAME}\s+(?:{_PATRONYMIC}|{_OBLIQUE})\b|\b{_NAME}\s+{_PATRONYMIC}\s+{_NAME}\b"
    r"|\b[А-ЯЁ]{2,}\s+[А-ЯЁ]{2,}\s+[А-ЯЁ]{2,}(?:ОВИЧ|ЕВИЧ|ЬИЧ|ОВНА|ЕВНА|ИЧНА|ИНИЧНА)\b"
)
_INITIALS = re.compile(rf"\b[А-ЯЁ]\.\s?(?:[А-ЯЁ]\.\s?)?{_NAME}|\b{_NAME}\s+[А-ЯЁ]\.(?:\s?[А-ЯЁ]\.)?")
# Of a lone «Слово А. Б.» only what ends as surnames do is a person: «Приложение А. Б.» is none.
_SURNAME = (
    "(?:[А-ЯЁ][а-яё]*(?:ов|ев|ёв|ин|ын|ский|цкий|ой|ова|ева|ёва|ина|ына|ская|цкая|ых|их|ко|ук|юк|ян|дзе|швили)"
    "(?:а|у|ым|ой|ого|ому|ую)?"
    "|[А-ЯЁ][а-яё]*(?:ск|цк)(?:ого|ому|им|ой|ую))"
)
_SHORT_NAME = re.compile(rf"\b{_SURNAME}\s+[А-ЯЁ]\.\s?[А-ЯЁ]\.|\b[А-ЯЁ]\.\s?[А-ЯЁ]\.\s?{_SURNAME}\b")
_FAMILY = re.compile(f"{_SURNAME}|{_PATRONYMIC}")
_HONOURED = re.compile(r"\b(?:им|имени)\b", re.IGNORECASE)
_STREET = re.compile(
    r"\b(?:ул|улица|пр|просп|проспект|пер|переулок|пл|площадь|мкр|б-р|наб|ш)\b\.?\s*\S{0,8}$", re.IGNORECASE
)
_STREET_WORDS = 40  # signs before a name in which a street is sought
_SNILS = re.compile(r"(?<!\d)(\d{3})[- ]?(\d{3})[- ]?(\d{3})[- ]?(\d{2})(?!\d)")
_PHONE = re.compile(r"(?<!\d)(?:\+7|8)[\s(-]*\d{3}[\s)-]*\d{3}[\s-]*\d{2}[\s-]*\d{2}(?!\d)")
_EMAIL = re.compile(r"[\w.+-]@[\w-]+\.[.-]*\w")
_SIGNER = re.compile(r"\b(?:директор|заведующ|руководител|исполнител|подпись|ответственн)", re.IGNORECASE)
_HEADING = re.compile(
    r"^(?:фио|ф и о|имя|имя ребенка|фамилия имя.*|.*\bфио\b.*|.*\bф и о\b.*|фамили[яи].*|отчеств[оа].*|ф и"
    r"|.*\bснилс\b.*"
    r"|.*\bпаспорт.*|дата рождения.*|.*\bдата рождения\b.*|день рождения|.*\bтелефон.*|.*\bе ?маil\b.*|эл почта"
    r"|электронная почта|адрес проживания|домашний адрес|.*\bполис\b.*|список (?:обучающихся|детей|учащихся).*)$"
)
_PUPIL = re.compile(
    "(?:учени(?:к|ки|ца|цы)|учащ(?:ийся|аяся)|обучающ(?:ийся|аяся)|воспитанни(?:к|ца)|ребенок|студент(?:ка)?)"
)
_CLASS = re.compile("(?:ученик|учениц|воспитанни[кц]|родител|мать$|отец$|мама$|папа$|опекун)")
_PAIR = re.compile(r"([А-ЯЁа-яё]+(?:-[А-ЯЁа-яё]+)?) ([А-ЯЁа-яё]+(?:-[А-ЯЁа-яё]+)?)")
_WITH_INITIAL = re.compile(r"([А-ЯЁ][А-ЯЁа-яё]+) ?[А-ЯЁ]\.?|[А-ЯЁ]\. ?([А-ЯЁ][А-ЯЁа-яё]+)")
_LATIN = re.compile(r"[A-Z][a-z]+(?:-[A-Z][a-z]+)? [A-Z][a-z]+(?:-[A-Z][a-z]+)?")
_LATIN_SURNAME = re.compile(
    r"\b[A-Z][a-z]*(?:ov|ev|in|yn|sky|skiy|skii|ova|eva|ina|yna|skaya|enko|uk|yan|dze|shvili)\b"
)
# In a list only what ends as surnames and hardly anything else does: «Золотой» and «Солнышко» are no people.
_TELLING_SURNAME = re.compile(
    "[А-ЯЁ][а-яё]*(?:ов|ев|ёв|ин|ын|ова|ева|ёва|ина|ына|ский|цкий|ская|цкая|ых|их|ук|юк|ян|дзе|швили|(?<![шч])ко)"
    "(?:а|у|ым|ой|ого|ому|ую)?"
)
# Words of the names of organisations and places: beside them nobody is named.
_NO_PERSON = re.compile(
    "(?:школ|лице[йяю]|гимнази|сад(?:ик|а|у|ы)?$|детск|детсад|ясл|центр|дом$|дома$|двор[ец]|клуб|кружок|студи|групп|класс"
    "|колледж|техникум|училищ|институт|университет|академи|интернат|филиал|музе|театр|завод|фабрик|комбинат|предприят"
    "|город|посел|село$|села$|деревн|станиц|станци|хутор|аул|район|округ|област|кра[йяюе]$|республик|сельсовет|автономн"
    "|улиц|проспект|переул|площад|микрорайон|верхн|нижн|стар(?:ый|ая|ое|ого)$|нов(?:ый|ая|ое|ого)$|больш(?:ой|ая|ое)$"
    "|мал(?:ый|ая|ое)$|велик(?:ий|ая|ое)$|красн(?:ый|ая|ое)$|усть|управлен|отдел|комитет|начальн|основн|средн|дошкольн"
    "|образован|организац|учрежден|муниципал|сош$|оош$|нош$|мбоу$|маоу$|мкоу$|моу$|мбдоу$|мадоу$|памят|геро|академик"
    "|генерал|маршал|адмирал|писател|поэт)"
)
_WORDS = re.compile(r"[А-ЯЁ][А-ЯЁа-яё]+(?:-[А-ЯЁ][А-ЯЁа-яё]+)?")
_LONGEST_REMARK = 10_000  # signs that a person types
_LIST = 5  # different cells of one column that look like names: so many are a list of people
_LONGEST_NAME = 100  # signs of a cell that may be a person's name
_DIGITS = 9  # digits of a row below which it holds neither a phone nor a СНИЛС


class Hit(NamedTuple):
    """One place with personal data: the kind in Russian and whether it is a signature under the table."""

    sheet: str
    row: int
    column: int  # from 1; 0: the row as a whole, and with row 0 no cell of a table
    found: str
    signature: bool = False


def _snils(digits: str) -> bool:
    total = sum(int(digit) * (9 - place) for place, digit in enumerate(digits[:9])) % 101
    return total % 100 == int(digits[9:])


def _honoured_from(text: str) -> int:
    """Where «им.» ends first: whoever is named later is one whom an organisation is named after."""
    found = _HONOURED.search(text)
    return found.end() if found else len(text) + 1


def _in_street(text: str, start: int) -> bool:
    """Whether the name that begins there is that of a street."""
    return bool(_STREET.search(text[max(0, start - _STREET_WORDS) : start]))


def _named(text: str, name: re.Pattern[str]) -> bool:
    """Whether a person's name of this form stands in the text, streets and «им.» apart."""
    honoured = _honoured_from(text)
    return any(found.start() < honoured and not _in_street(text, found.start()) for found in name.finditer(text))


def _after_organisation(text: str, start: int) -> bool:
    """Whether words of an organisation or a place stand right before: «Гимназия Анны Ивлевой» is named after her."""
    return any(_NO_PERSON.match(word) for word in text[max(0, start - _STREET_WORDS) : start].lower().split())


def _given_name(text: str) -> bool:
    """Whether a common given name stands beside a surname or a patronymic, in either order, in capitals too."""
    honoured = _honoured_from(text)
    for first, second in pairwise(_WORDS.finditer(text)):
        if first.start() >= honoured or _in_street(text, first.start()):
            continue
        if text[first.end() : second.start()].strip():
            continue
        for given, other in ((first[0], second[0]), (second[0], first[0])):
            named = other.lower() not in GIVEN_NAMES and _FAMILY.fullmatch(other.capitalize())
            if not named or _NO_PERSON.match(text[second.end() : second.end() + _STREET_WORDS].lstrip(" ").lower()):
                continue
            bare = given.lower().partition("-")[0]
            if bare in GIVEN_NAMES or (bare in OBLIQUE_NAMES and not _after_organisation(text, first.start())):
                return True
    return False


@lru_cache(maxsize=65_536)
def kind_of(text: str) -> str:
    """The kind of personal data in a text, empty when there is none."""
    if sum(character.isdigit() for character in text) >= _DIGITS:
        if any(_snils("".join(found.groups())) for found in _SNILS.finditer(text)):
            return "СНИЛС"
        if _PHONE.search(text):
            return "номер телефона"
    if "@" in text and _EMAIL.search(text):
        return "адрес электронной почты"
    if _named(text, _FULL_NAME):
        return "фамилия, имя и отчество"
    if _given_name(text):
        return "фамилия и имя"
    return "фамилия с инициалами" if _named(text, _SHORT_NAME) else ""


def in_explanations(sentences: Iterable[str]) -> str:
    """Why explanations cannot be kept, in Russian; empty when they can."""
    sentences = tuple(sentences)
    if any(len(sentence) > _LONGEST_REMARK for sentence in sentences):
        return f"Объяснение слишком длинное: не больше {counted(_LONGEST_REMARK, 'signs', 'gen')}. Сократите его."
    kind = next((kind for sentence in sentences if (kind := kind_of(sentence))), "")
    if not kind:
        return ""
    return f"В объяснении похоже на персональные данные ({kind}). Уберите их: здесь они не нужны (152-ФЗ)."


def refuse_personal(text: str, *, what: str) -> None:
    """WrongCall when a text typed by a person seems to hold personal data; what was found is not repeated."""
    if len(text) > _LONGEST_REMARK:
        raise WrongCall(
            f"{what}: текст слишком длинный, не больше {counted(_LONGEST_REMARK, 'signs', 'gen')}. Сократите его."
        )
    kind = kind_of(text)
    if kind:
        raise WrongCall(f"{what}: похоже на персональные данные ({kind}). Уберите их: здесь они не нужны (152-ФЗ).")


def names_a_person(heading: str) -> bool:
    """Whether a heading announces data of persons («ФИО», «СНИЛС», «Телефон»)."""
    return bool(_HEADING.match(normalise(heading)))


def names_a_pupil(heading: str) -> bool:
    """Whether a heading announces single children: words under it are names, numbers are counts."""
    return bool(_PUPIL.fullmatch(normalise(heading)))


def names_pupils(text: str) -> bool:
    """Whether a text speaks of single children, or of a class."""
    return any(_PUPIL.fullmatch(word) or _CLASS.match(word) for word in normalise(text).split())


def persons_in(texts: Iterable[str]) -> int:
    """How many people the texts name."""
    said = "  ".join(texts)
    full = [found.span() for found in _FULL_NAME.finditer(said)]
    short = [found.span() for name in (_SHORT_NAME, _INITIALS) for found in name.finditer(said)]
    once: list[tuple[int, int]] = []
    for start, end in [*full, *short]:
        if all(end <= a or start >= b for a, b in once):
            once.append((start, end))
    return len(once)


def find_hits(reading: Reading, is_known: Callable[[str], bool]) -> tuple[Hit, ...]:
    """Every place with personal data; ``is_known`` tells texts of the register and of the catalogue, which are none."""
    hits = [hit for sheet in reading.sheets for row in sheet.rows for hit in _in_row(sheet, row, is_known)]
    seen = {(hit.sheet, hit.row, hit.column) for hit in hits}
    listed = [hit for sheet in reading.sheets for hit in _lists(sheet, is_known) if hit[:3] not in seen]
    return (*hits, *listed, *_elsewhere(reading, is_known))


@lru_cache(maxsize=65_536)
def _looks_named(cell: str) -> tuple[bool, bool]:
    """Whether a cell is two words as a person's name is, and whether one of them shows that it is one."""
    text = text_of(cell)
    if pair := _PAIR.fullmatch(text):
        words = [word.lower() for word in pair.groups()]
        if any(_NO_PERSON.match(word) for word in words):
            return False, False
        given = any(_is_given(word) for word in words)
        if not all(word[0].isupper() for word in pair.groups()):
            return given, given and any(_TELLING_SURNAME.fullmatch(word.capitalize()) for word in words)
        return True, given or any(_TELLING_SURNAME.fullmatch(word.capitalize()) for word in words)
    if found := _WITH_INITIAL.fullmatch(text):
        surname = (found[1] or found[2]).capitalize()
        telling = bool(_TELLING_SURNAME.fullmatch(surname)) and not _NO_PERSON.match(surname.lower())
        return telling, telling
    return bool(_LATIN.fullmatch(text)), bool(_LATIN.fullmatch(text) and _LATIN_SURNAME.search(text))


def _is_given(word: str) -> bool:
    first = word.partition("-")[0]
    return first in GIVEN_NAMES or first in OBLIQUE_NAMES


def _lists(sheet: Sheet, is_known: Callable[[str], bool]) -> Iterator[Hit]:
    """Columns that read like lists of people: names in five different cells or more, and in most of such cells."""
    columns: dict[int, list[tuple[int, str]]] = {}
    for row in sheet.rows:
        for at, cell in enumerate(row.cells, start=1):
            if isinstance(cell, str) and len(cell) < _LONGEST_NAME and _looks_named(cell)[0]:
                columns.setdefault(at, []).append((row.number, text_of(cell)))
    for at, cells in columns.items():
        unknown = {text for text in {text for _, text in cells} if not is_known(text)}
        people = sum(_looks_named(text)[1] for text in unknown)
        if people >= _LIST and 2 * people > len(unknown):
            yield from (Hit(sheet.name, row, at, "список людей") for row, text in cells if text in unknown)


def _elsewhere(reading: Reading, is_known: Callable[[str], bool]) -> Iterator[Hit]:
    """Names of sheets, and what a workbook holds beside its tables."""
    for sheet in reading.sheets:
        if (kind := kind_of(sheet.name)) and not is_known(sheet.name):
            yield Hit("", 0, 0, f"{kind} в названии листа")
        for (row, column), text in sheet.shown.items():
            if (kind := kind_of(text)) and not is_known(text):
                yield Hit(sheet.name, row, column, kind)
    for where, text in reading.side_texts:
        if (kind := kind_of(text)) and not is_known(text) and not is_author(where, kind):
            yield Hit("", 0, 0, f"{kind} {where}")


def is_author(where: str, kind: str) -> bool:
    """Whether these are the data of whoever's Office wrote the file, which every such file carries."""
    return where == IN_PROPERTIES and kind != "СНИЛС"


def _in_row(sheet: Sheet, row: SheetRow, is_known: Callable[[str], bool]) -> Iterator[Hit]:
    seen = [(at, *_looked_at(cell)) for at, cell in enumerate(row.cells, start=1) if cell is not None]
    if not any(kind or signer for _, _, kind, signer in seen):
        return
    hits = [Hit(sheet.name, row.number, at, kind) for at, text, kind, _ in seen if kind and not is_known(text)]
    if any(signer for *_, signer in seen):
        # «Руководители» of a count beside a school «им. А. Б. Вгдеева» is no signature: both are known names.
        own = [text for _, text, _, _ in seen if text and not is_known(text)]
        signed = any(_SIGNER.search(text) for text in own)
        if signed and (hits or (len(own) <= 3 and _INITIALS.search("  ".join(own)))):
            yield Hit(sheet.name, row.number, 0, SIGNATURE, signature=True)
            return
    yield from hits


@lru_cache(maxsize=65_536, typed=True)
def _looked_at(cell: CellValue) -> tuple[str, str, bool]:
    """The text in which something may be found, its kind of personal data, whether it speaks of a signature."""
    text = _searchable(cell)
    return (text, kind_of(text), bool(_SIGNER.search(text))) if text else ("", "", False)


def _searchable(cell: CellValue) -> str:
    """The cell's text where it can hold personal data: words, and numbers as long as a phone's."""
    if isinstance(cell, str):
        return text_of(cell) if len(cell) > 4 else ""
    if isinstance(cell, (int, float)) and not isinstance(cell, bool) and abs(cell) >= 10**_DIGITS:
        return text_of(cell)
    return ""


def masked(reading: Reading, hits: tuple[Hit, ...]) -> Reading:
    """The reading with those cells put out of sight, so that no other finding can show them."""
    if not hits:
        return reading
    places = {(hit.sheet, hit.row): set[int]() for hit in hits}
    for hit in hits:
        places[hit.sheet, hit.row].add(hit.column)
    sheets = []
    for sheet in reading.sheets:
        rows = [_masked(row, places.get((sheet.name, row.number), set())) for row in sheet.rows]
        hidden = {
            at: text for at, text in sheet.shown.items() if not places.get((sheet.name, at[0]), set()) & {0, at[1]}
        }
        sheets.append(replace(sheet, rows=tuple(rows), shown=hidden))
    return replace(reading, sheets=tuple(sheets))


def _masked(row: SheetRow, columns: set[int]) -> SheetRow:
    if not columns:
        return row
    whole = 0 in columns
    cells = tuple(
        MASK if (isinstance(cell, str) and whole) or at in columns else cell for at, cell in enumerate(row.cells, 1)
    )
    return replace(row, cells=cells)
