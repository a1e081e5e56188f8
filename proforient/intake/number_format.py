"""A number and its number format -> the text that a person sees in the cell, as Russian Excel shows it.

Only numbers are drawn: of a date or of anything unknown the answer is None, and nobody may read such a cell silently.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from fractions import Fraction
from functools import lru_cache

GROUP = "\u00a0"  # sign between thousands
LONGEST = 255  # characters of a format: what Excel itself takes
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?[0-9]+(?:[.,][0-9]+)?)\]")
_COLOUR = re.compile(
    r"\[(?:black|blue|cyan|green|magenta|red|yellow|color ?\d+|чёрный|черный|синий|голубой|зелёный|зеленый"
    r"|фиолетовый|красный|жёлтый|желтый|цвет ?\d+)\]",
    re.IGNORECASE,
)
_UNSEEN = re.compile(r"\[(?:white|color ?2|белый|цвет ?2)\]", re.IGNORECASE)
_LOCALE = re.compile(r"\[\$([^\]-]*)(?:-[0-9A-Fa-f]+)?\]")
_CLOCK = re.compile(r"\[\$-F[48]00\]", re.IGNORECASE)  # the computer's own time or date, whatever follows
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]{0,255})"|\\(?P<escaped>.)|_(?P<space>.)|\*(?P<fill>.)|(?P<bracket>\[[^\]]{0,255}\])'
    r"|(?P<general>General|Основной)|(?P<science>[Ee][+-])|(?P<digit>[0#?])|(?P<sign>[.,%/@])"
    r"|(?P<date>[dDmMyYhHsSeEgGbBaA])|(?P<other>.)",
    re.DOTALL,
)
_SECTION = re.compile(r'(?:"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|[^;"\\_*\[])*', re.DOTALL)
_RUSSIAN = re.compile(r"-?(?:0|[1-9][0-9]*|[1-9][0-9]{0,2}(?:[.'\u2019][0-9]{3})+)(?:,[0-9]*)?")
_ENGLISH = re.compile(r"-?(?:0|[1-9][0-9]*|[1-9][0-9]{0,2}(?:[,'\u2019][0-9]{3})+)(?:\.[0-9]*)?")
_SAMPLES = (0, 1, 7, 12, 345, 1234, 98_765, 1_234_567)
_COMPARED = {
    "<": Decimal.__lt__,
    "<=": Decimal.__le__,
    ">": Decimal.__gt__,
    ">=": Decimal.__ge__,
    "=": Decimal.__eq__,
    "<>": Decimal.__ne__,
}


class _Unknown(Exception):
    """The format holds something that is not drawn here."""


@dataclass(frozen=True, slots=True)
class _Section:
    """One of the up to four parts of a format: its pieces as (kind, text), and the numbers that it is for."""

    pieces: tuple[tuple[str, str], ...]
    condition: tuple[str, Decimal] | None = None
    unseen: bool = False


@lru_cache(maxsize=4096)
def _sections(code: str) -> tuple[_Section, ...]:
    found, at = [], 0
    if len(code) > LONGEST:
        raise _Unknown
    while True:
        part = _SECTION.match(code, at)
        end = part.end() if part else at
        if end < len(code) and code[end] != ";":
            raise _Unknown
        found.append(_section(code[at:end]))
        if end >= len(code):
            break
        at = end + 1
    if len(found) > 4:
        raise _Unknown
    return tuple(found)


def _section(text: str) -> _Section:
    pieces: list[tuple[str, str]] = []
    condition, unseen = None, False
    for token in _TOKEN.finditer(text):
        kind, said = token.lastgroup or "", token[token.lastgroup or 0]
        if kind == "bracket":
            if found := _CONDITION.fullmatch(said):
                condition = (found[1], Decimal(found[2].replace(",", ".")))
            elif _UNSEEN.fullmatch(said):
                unseen = True
            elif _CLOCK.fullmatch(said):
                raise _Unknown
            elif locale := _LOCALE.fullmatch(said):
                pieces.append(("text", locale[1]))
            elif not _COLOUR.fullmatch(said):
                raise _Unknown
        elif kind == "date":
            raise _Unknown
        elif kind == "fill":
            pieces.append(("text", "" if said.isspace() else said))
        elif kind == "space":
            pieces.append(("text", " "))
        elif kind in ("quoted", "escaped", "other"):
            pieces.append(("text", said))
        else:
            pieces.append((said if kind == "sign" else kind, said))
    return _Section(tuple(pieces), condition, unseen)


def is_general(code: str) -> bool:
    """Whether the format is none at all."""
    return code.strip().lower() in ("", "general", "основной", "@")


@lru_cache(maxsize=65_536)
def text_shown(code: str, number: int | float) -> str | None:
    """What a cell with this format shows for the number; None when that cannot be told."""
    value = Decimal(f"{number:.15g}")
    if not value.is_finite():
        return None
    if is_general(code):
        return _general(value)
    try:
        section, value = _chosen(_sections(code), value)
        return "" if section.unseen else _drawn(section, value)
    except (_Unknown, InvalidOperation):
        return None


def unlike(code: str, number: int | float) -> str | None:
    """What the cell shows where that is not the plain number; of a format that is not drawn here, the format."""
    text = text_shown(code, number)
    if is_same(text, number):
        return None
    return f"формат {code[:LONGEST]}" if text is None else text


@lru_cache(maxsize=4096)
def shown_text(code: str, text: str) -> str | None:
    """What a cell with this format shows for a text; None when that cannot be told."""
    if is_general(code):
        return text
    try:
        sections = _sections(code)
    except _Unknown:
        return text if code.count(";") < 3 and "@" not in code else None
    last = sections[-1]
    if len(sections) < 4 and not any(kind == "@" for kind, _ in last.pieces):
        return text
    if last.unseen:
        return ""
    return "".join(text if kind in ("@", "general") else said for kind, said in last.pieces)


@lru_cache(maxsize=4096)
def changes_text(code: str) -> bool:
    """Whether a cell with this format shows a text as anything but itself."""
    return shown_text(code, "текст") != "текст"


@lru_cache(maxsize=4096)
def is_plain(code: str) -> bool:
    """Whether every whole number of zero or more is shown by this format as itself."""
    if is_general(code):
        return True
    try:
        if any(section.condition for section in _sections(code)):
            return False
    except _Unknown:
        return False
    return all(is_same(text_shown(code, sample), sample) for sample in _SAMPLES)


def is_same(text: str | None, number: int | float) -> bool:
    """Whether the text is this very number, spaces between digits and noughts after the comma apart; «007» is not."""
    if text is None:
        return False
    bare = "".join(text.split())
    if not re.fullmatch(r"-?(?:0|[1-9][0-9]*)(?:,[0-9]*)?", bare):
        return False
    return Decimal(bare.rstrip(",").replace(",", ".")) == Decimal(f"{number:.15g}")


def agrees(text: str, number: int | float) -> bool:
    """Whether a text that somebody else's program drew is this very number, in Russian or in English writing."""
    bare = "".join(text.split()).replace("\u2212", "-")
    for pattern, group, point in ((_RUSSIAN, ".", ","), (_ENGLISH, ",", ".")):
        if pattern.fullmatch(bare):
            plain = bare.replace("'", "").replace("\u2019", "").replace(group, "").replace(point, ".").rstrip(".")
            if Decimal(plain) == Decimal(f"{number:.15g}"):
                return True
    return False


def is_share(text: str, number: int | float) -> bool:
    """Whether the text is the number in per cent, rounded: 0.4512 as «45%»."""
    bare = "".join(text.split()).removesuffix("%")
    if not re.fullmatch(r"-?[0-9]+(?:,[0-9]*)?", bare):
        return False
    return abs(Decimal(bare.rstrip(",").replace(",", ".")) - Decimal(f"{number:.15g}") * 100) <= Decimal("0.5")


def _general(value: Decimal) -> str:
    return f"{value.normalize():f}".replace(".", ",")


def _chosen(sections: tuple[_Section, ...], value: Decimal) -> tuple[_Section, Decimal]:
    """The section for the number and the number as it stands there: without a minus that the section writes itself."""
    many = len(sections) - (len(sections) == 4)
    numeric = sections[:many]
    if len(numeric) > 1 and _only_text(numeric[-1]):
        numeric = numeric[:-1]
    if any(section.condition for section in numeric):
        return _by_condition(numeric, value)
    if value < 0 and len(numeric) > 1:
        return numeric[1], -value
    if value == 0 and len(numeric) > 2:
        return numeric[2], value
    return numeric[0], value


def _only_text(section: _Section) -> bool:
    return any(kind == "@" for kind, _ in section.pieces)


def _by_condition(sections: tuple[_Section, ...], value: Decimal) -> tuple[_Section, Decimal]:
    for place, section in enumerate(sections):
        last = place == len(sections) - 1
        if section.condition is None and place == 1 and not last and value >= 0:
            continue  # between a condition and «everything else» stands the section of negative numbers
        if section.condition is None or _COMPARED[section.condition[0]](value, section.condition[1]):
            return section, value
    raise _Unknown  # Excel fills such a cell with «#»


def _drawn(section: _Section, value: Decimal) -> str:
    kinds = [kind for kind, _ in section.pieces]
    minus = "-" if value < 0 else ""
    if "@" in kinds or "general" in kinds:
        figure = _general(abs(value))
        return minus + "".join(figure if kind in ("@", "general") else said for kind, said in section.pieces)
    if "science" in kinds:
        return minus + _scientific(section, abs(value))
    if "/" in kinds and "digit" in kinds:
        return minus + _fraction(section, abs(value))
    if "digit" not in kinds:
        return minus + "".join(said for _, said in section.pieces)
    return minus + _figure(section, abs(value))


def _figure(section: _Section, value: Decimal) -> str:
    """The number in its places: digits from the point to the left and to the right, words between them as written."""
    pieces, thousands, grouped = _without_commas(section)
    value = value.scaleb(2 * sum(kind == "%" for kind, _ in pieces) - 3 * thousands)
    point = next((at for at, (kind, _) in enumerate(pieces) if kind == "."), len(pieces))
    places = [said for kind, said in pieces[point:] if kind == "digit"]
    rounded = value.quantize(Decimal(1).scaleb(-len(places)), ROUND_HALF_UP)
    whole, _, rest = f"{rounded:f}".partition(".")
    return _left(pieces[:point], whole if int(whole) else "", grouped=grouped) + _right(pieces[point:], rest)


def _without_commas(section: _Section) -> tuple[list[tuple[str, str]], int, bool]:
    """The pieces without commas, by how many thousands the number is divided, whether thousands are parted."""
    pieces = list(section.pieces)
    point = next((at for at, (kind, _) in enumerate(pieces) if kind == "."), len(pieces))
    digits = [at for at, (kind, _) in enumerate(pieces) if kind == "digit"]
    ones = max((at for at in digits if at < point), default=-1)
    thousands, grouped = 0, False
    for at, (kind, _) in enumerate(pieces):
        if kind == ",":
            between = min(digits) < at < ones
            grouped = grouped or between
            thousands += not between and at > min(digits)
    return [piece for piece in pieces if piece[0] != ","], thousands, grouped


def _left(pieces: list[tuple[str, str]], whole: str, *, grouped: bool) -> str:
    places = sum(kind == "digit" for kind, _ in pieces)
    left, out = list(whole), []
    seen = 0

    def put(digit: str) -> None:
        nonlocal seen
        if grouped and seen and seen % 3 == 0 and digit:
            out.append(GROUP)
        out.append(digit)
        seen += 1

    for kind, said in reversed(pieces):
        if kind != "digit":
            out.append(said)
            continue
        places -= 1
        if left:
            put(left.pop())
        elif said != "#":
            put("0" if said == "0" else " ")
        while not places and left:
            put(left.pop())
    if left:  # «.00» has no place before the point, but shows what stands there
        out.extend(reversed(left))
    return "".join(reversed(out))


def _right(pieces: list[tuple[str, str]], rest: str) -> str:
    out, at = [], 0
    for kind, said in pieces:
        if kind == ".":
            out.append(",")
        elif kind == "digit":
            digit = rest[at : at + 1]
            needless = said != "0" and not rest[at:].strip("0")
            out.append(("" if said == "#" else " ") if needless else digit)
            at += 1
        else:
            out.append(said)
    return "".join(out)


def _scientific(section: _Section, value: Decimal) -> str:
    kinds = [kind for kind, _ in section.pieces]
    places = sum(kind == "digit" for kind in kinds[kinds.index(".") : kinds.index("science")]) if "." in kinds else 0
    return f"{value:.{places}E}".replace(".", ",")


def _fraction(section: _Section, value: Decimal) -> str:
    """«12 2/5»; a whole number stands alone where the format has a place for it, else over 1."""
    kinds = [kind for kind, _ in section.pieces]
    bar = kinds.index("/")
    upper = bar - 1
    while upper >= 0 and kinds[upper] == "digit":
        upper -= 1
    if any(kind not in ("digit", "/", "text") for kind in kinds):
        raise _Unknown
    if any(kind == "text" and said.strip() for kind, said in section.pieces):
        raise _Unknown
    largest = 10 ** min(kinds[bar:].count("digit"), 5) - 1
    near = Fraction(value).limit_denominator(max(largest, 1))
    if "digit" not in kinds[: max(upper, 0)]:
        return f"{near.numerator}/{near.denominator}"
    whole, rest = divmod(near, 1)
    return f"{whole} {rest.numerator}/{rest.denominator}" if rest else str(whole)
