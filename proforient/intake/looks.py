"""How cells and pieces of text look, in any kind of workbook: can a person see them, are they struck through."""

from __future__ import annotations

from dataclasses import dataclass

from proforient.intake.number_format import is_plain, unlike

Colour = tuple[int, int, int]  # red, green, blue, each 0–255
WHITE: Colour = (255, 255, 255)
BLACK: Colour = (0, 0, 0)
DOUBTFUL = "по условию (условное форматирование)"  # text shown where a conditional format may hide or change the number
_ALIKE = 40  # distance of two colours up to which the eye takes them for one
_TINY = 2.0  # points: nobody can read a smaller text
# Fonts that draw pictures in place of letters and digits: the beginnings of their names.
_PICTURES = ("wingdings", "webdings", "marlett", "zapf dingbats", "zapfdingbats", "itc zapf", "bookshelf symbol")


@dataclass(frozen=True, slots=True, kw_only=True)
class Font:
    """Of a font what may mislead; None: as the sheet has it."""

    struck: bool = False
    raised: bool = False  # set as superscript or subscript
    points: float | None = None
    colour: Colour | None = None
    pictures: bool = False  # it draws pictures in place of digits

    def unseen_on(self, fill: Colour | None) -> bool:
        """Whether a text in this font cannot be seen on a fill (None: the white of the sheet)."""
        if self.pictures or (self.points is not None and self.points <= _TINY):
            return True
        ink, ground = self.colour or BLACK, fill or WHITE
        return sum((a - b) ** 2 for a, b in zip(ink, ground, strict=True)) <= _ALIKE**2

    def mark(self, fill: Colour | None) -> str:
        """The finding that a piece of text in this font makes inside a cell; empty for an ordinary one."""
        if self.struck:
            return "struck-out"
        if self.unseen_on(fill):
            return "not-shown"
        return "footnote-glued" if self.raised else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How the cells of one style show what they hold."""

    code: str = ""  # number format
    mark: str = ""  # a finding that every filled cell of the style makes
    unseen: bool = False  # the colour or the size hides whatever stands there
    fill: Colour | None = None
    crossed: bool = False  # diagonal lines: over a number they strike it out, in a corner of headings they divide it
    repeated: bool = False  # the number fills the width of the cell, as often as it goes in
    quiet: bool = False  # a whole number of zero or more is shown as itself

    @property
    def is_ordinary(self) -> bool:
        return not (self.code or self.mark or self.unseen or self.crossed or self.repeated)

    def unlike(self, number: float) -> str | None:
        """What is shown where that is not the plain number; None: it is."""
        text = unlike(self.code, number)
        return f"{text or f'{number:.15g}'}".strip() * 2 + "…" if self.repeated else text


def draws_pictures(font: str) -> bool:
    """Whether the font of that name has pictures where others have digits."""
    return font.lower().strip(" '\"").startswith(_PICTURES)


def look_of(code: str, font: Font, fill: Colour | None, *, crossed: bool = False, repeated: bool = False) -> Look:
    """The look of a style made of a number format, a font, a fill and how the cell is filled."""
    mark = font.mark(fill)
    mark = "" if mark == "not-shown" else mark
    unseen = font.unseen_on(fill)
    quiet = not (mark or unseen or crossed or repeated) and is_plain(code)
    return Look(code=code, mark=mark, unseen=unseen, fill=fill, crossed=crossed, repeated=repeated, quiet=quiet)
