"""The parts of an XLSX book that all its sheets share: how its styles look, which texts have misleading pieces."""

from __future__ import annotations

import colorsys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from xlrd.formatting import excel_default_palette_b8

from proforient.intake.archive import Archive, local
from proforient.intake.looks import BLACK, WHITE, Colour, Font, Look, draws_pictures, look_of
from proforient.intake.number_format import is_general

_RUBLES = '#,##0.00\\ "₽"'
BUILT_IN: Mapping[int, str] = {
    **dict.fromkeys((0, *range(23, 27)), ""),
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    **dict.fromkeys(range(5, 9), _RUBLES),
    **dict.fromkeys((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)), "dd.mm.yyyy"),
    37: "#,##0;-#,##0",
    38: "#,##0;[Red]-#,##0",
    39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;[Red]-#,##0.00",
    41: '_-* #,##0_-;-* #,##0_-;_-* "-"_-;_-@_-',
    43: '_-* #,##0.00_-;-* #,##0.00_-;_-* "-"??_-;_-@_-',
    **dict.fromkeys((42, 44), _RUBLES),
    48: "##0.0E+0",
    49: "@",
}
_FIRST_OWN = 164  # numbers of formats from here on are the book's own
_FALSE = ("0", "false", "none", "off")
_THEME = (
    *("FFFFFF", "000000", "E7E6E6", "44546A", "4472C4", "ED7D31", "A5A5A5", "FFC000", "5B9BD5", "70AD47"),
    *("0563C1", "954F72"),
)
_THEME_NAMES = (
    *("lt1", "dk1", "lt2", "dk2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6", "hlink"),
    "folHlink",
)
_EIGHT = (BLACK, WHITE, (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 0), (255, 0, 255), (0, 255, 255))
_INDEXED = (*_EIGHT, *excel_default_palette_b8)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dressing:
    """What a conditional format puts on a cell: only what may hide or change a number."""

    struck: bool = False
    unseen: bool = False
    code: str | None = None


@dataclass(kw_only=True)
class Styles:
    """The looks by number of style (None: an ordinary one) and the dressings of conditional formats."""

    looks: Sequence[Look | None] = ()
    dressings: Mapping[int, Dressing] = field(default_factory=dict)
    palette: Palette = field(default_factory=lambda: Palette())


class Palette:
    """Colours by their names in the parts of the book."""

    def __init__(self, theme: Sequence[str] = _THEME, indexed: Sequence[Colour] = _INDEXED) -> None:
        self._theme = theme
        self.indexed = list(indexed)

    def colour(self, attributes: Mapping[str, str]) -> Colour | None:
        """The colour that an element names; None: the automatic one."""
        found = self._base(attributes)
        tint = float(attributes.get("tint", "0"))
        if found is None or not tint:
            return found
        hue, light, saturation = colorsys.rgb_to_hls(*(part / 255 for part in found))
        light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
        red, green, blue = colorsys.hls_to_rgb(hue, min(max(light, 0), 1), saturation)
        return (round(red * 255), round(green * 255), round(blue * 255))

    def _base(self, attributes: Mapping[str, str]) -> Colour | None:
        if "rgb" in attributes:
            return rgb(attributes["rgb"])
        if "theme" in attributes:
            place = int(attributes["theme"])
            return rgb(self._theme[place]) if place < len(self._theme) else None
        if "indexed" in attributes:
            place = int(attributes["indexed"])
            return self.indexed[place] if place < len(self.indexed) else {65: WHITE}.get(place)
        return None


def rgb(text: str) -> Colour | None:
    """«FFEE00» or «FFFFEE00» as a colour."""
    try:
        number = int(text[-6:], 16)
    except ValueError:
        return None
    return (number >> 16, number >> 8 & 255, number & 255)


def read_styles(archive: Archive, path: str | None, theme: str | None) -> Styles:
    """The looks of the book's styles."""
    if path is None or path not in archive.names:
        return Styles()
    scan = StyleScan(Palette(_theme(archive, theme)))
    archive.parse(path, scan.start, scan.end)
    return scan.styles()


def _theme(archive: Archive, path: str | None) -> Sequence[str]:
    colours = dict(zip(_THEME_NAMES, _THEME, strict=True))
    inside = ""

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal inside
        name = local(tag)
        if name in colours:
            inside = name
        elif inside and name in ("srgbClr", "sysClr"):
            colours[inside] = attributes.get("lastClr") or attributes.get("val", "")
            inside = ""

    if path is not None and path in archive.names:
        archive.parse(path, start)
    return tuple(colours.values())


class StyleScan:
    """One pass over ``styles.xml``."""

    def __init__(self, palette: Palette) -> None:
        self._palette = palette
        self._formats: dict[int, str] = {}
        self._fonts: list[Font] = []
        self._fills: list[Colour | None] = []
        self._crossed: list[bool] = []  # by number of borders
        self._xfs: list[tuple[int, int, int, int]] = []  # format, font, fill, borders
        self._repeated: set[int] = set()  # places of those whose number fills the cell
        self._dressed: list[tuple[Font | None, Colour | None, str | None]] = []
        self._within: list[str] = []
        self._solid = False
        self._indexed: list[Colour] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = local(tag)
        self._within.append(name)
        begin = {"numFmt": self._format, "font": self._font, "fill": self._fill, "xf": self._xf, "dxf": self._dxf}
        begin["border"] = self._border
        if step := begin.get(name):
            step(attributes)
        elif name == "alignment" and "cellXfs" in self._within and attributes.get("horizontal") == "fill":
            self._repeated.add(len(self._xfs) - 1)
        elif name == "rgbColor" and (found := rgb(attributes.get("rgb", ""))):
            self._indexed.append(found)
        elif "font" in self._within:
            self._note_font(name, attributes)
        elif "fill" in self._within:
            self._note_fill(name, attributes)

    def end(self, _: str) -> None:
        self._within.pop()

    @property
    def _in_dxf(self) -> bool:
        return "dxf" in self._within

    def _format(self, attributes: dict[str, str]) -> None:
        code = attributes.get("formatCode", "")
        if self._in_dxf:
            self._dressed[-1] = (*self._dressed[-1][:2], code)
        elif "numFmtId" in attributes:
            self._formats[int(attributes["numFmtId"])] = code

    def _font(self, _: dict[str, str]) -> None:
        if self._in_dxf:
            self._dressed[-1] = (Font(), *self._dressed[-1][1:])
        else:
            self._fonts.append(Font())

    def _note_font(self, name: str, attributes: dict[str, str]) -> None:
        change = font_change(self._palette, name, attributes)
        if not change:
            return
        if self._in_dxf:
            font, fill, code = self._dressed[-1]
            self._dressed[-1] = (change(font or Font()), fill, code)
        elif self._fonts:
            self._fonts[-1] = change(self._fonts[-1])

    def _fill(self, _: dict[str, str]) -> None:
        self._solid = False
        if not self._in_dxf:
            self._fills.append(None)

    def _note_fill(self, name: str, attributes: dict[str, str]) -> None:
        if name == "patternFill":
            self._solid = attributes.get("patternType", "solid" if self._in_dxf else "none") == "solid"
        elif self._in_dxf and name == "bgColor":
            font, _, code = self._dressed[-1]
            self._dressed[-1] = (font, self._palette.colour(attributes), code)
        elif not self._in_dxf and name == "fgColor" and self._solid and self._fills:
            self._fills[-1] = self._palette.colour(attributes)

    def _border(self, attributes: dict[str, str]) -> None:
        if not self._in_dxf:
            lines = (attributes.get(side, "0").lower() for side in ("diagonalUp", "diagonalDown"))
            self._crossed.append(any(line not in _FALSE for line in lines))

    def _xf(self, attributes: dict[str, str]) -> None:
        if "cellXfs" in self._within:
            self._xfs.append(
                (
                    int(attributes.get("numFmtId", "0")),
                    int(attributes.get("fontId", "0")),
                    int(attributes.get("fillId", "0")),
                    int(attributes.get("borderId", "0")),
                )
            )

    def _dxf(self, _: dict[str, str]) -> None:
        self._dressed.append((None, None, None))

    def styles(self) -> Styles:
        self._palette.indexed[: len(self._indexed)] = self._indexed
        looks = [self._look(*xf, repeated=at in self._repeated) for at, xf in enumerate(self._xfs)]
        dressings = {number: found for number, given in enumerate(self._dressed) if (found := _dressing(*given))}
        return Styles(looks=looks, dressings=dressings, palette=self._palette)

    def _look(self, number: int, font: int, fill: int, border: int, *, repeated: bool) -> Look | None:
        code = self._formats.get(number, BUILT_IN.get(number, "" if number >= _FIRST_OWN else "[?]"))
        dressed = self._fonts[font] if font < len(self._fonts) else Font()
        ground = self._fills[fill] if fill < len(self._fills) else None
        crossed = border < len(self._crossed) and self._crossed[border]
        look = look_of("" if is_general(code) else code, dressed, ground, crossed=crossed, repeated=repeated)
        return None if look.is_ordinary else look


def _dressing(font: Font | None, fill: Colour | None, code: str | None) -> Dressing | None:
    coloured = fill is not None or (font is not None and font.colour is not None)
    unseen = coloured and (font or Font()).unseen_on(fill)
    found = Dressing(struck=bool(font and font.struck), unseen=unseen, code=code or None)
    return found if found != Dressing() else None


def font_change(palette: Palette, name: str, attributes: Mapping[str, str]) -> Callable[[Font], Font] | None:
    """What one property of a font or of a run changes; None for those that mislead nobody."""
    value = attributes.get("val", "")
    if name == "strike" and value.lower() not in _FALSE:
        return lambda font: replace(font, struck=True)
    if name == "vertAlign" and value and value != "baseline":
        return lambda font: replace(font, raised=True)
    if name == "sz" and value:
        return lambda font: replace(font, points=float(value))
    if name == "color":
        return lambda font: replace(font, colour=palette.colour(attributes))
    if name in ("name", "rFont") and draws_pictures(value):
        return lambda font: replace(font, pictures=True)
    return None


class RichText:
    """Follows the runs of one text; ``mark`` is that of the first piece that is not ordinary."""

    def __init__(self, palette: Palette, fill: Colour | None = None) -> None:
        self.mark = ""
        self._palette = palette
        self._fill = fill
        self._font = Font()
        self._in_text = False
        self._aside = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "r":
            self._font = Font()
        elif name == "rPh":
            self._aside = True
        elif name == "t":
            self._in_text = not self._aside
        elif change := font_change(self._palette, name, attributes):
            self._font = change(self._font)

    def text(self, text: str) -> None:
        if self._in_text and not self.mark and text.strip():
            self.mark = self._font.mark(self._fill)

    def end(self, name: str) -> None:
        if name == "t":
            self._in_text = False
        elif name == "r":
            self._font = Font()
        elif name == "rPh":
            self._aside = False


def marked_strings(archive: Archive, path: str | None, palette: Palette) -> Mapping[int, str]:
    """Numbers of the shared strings with a piece that misleads (raised, struck through, unseen), and its finding."""
    marked: dict[int, str] = {}
    number = -1
    runs = RichText(palette)

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal number, runs
        name = local(tag)
        if name == "si":
            number += 1
            runs = RichText(palette)
        else:
            runs.start(name, attributes)

    def end(tag: str) -> None:
        name = local(tag)
        runs.end(name)
        if name == "si" and runs.mark:
            marked[number] = runs.mark

    if path is not None and path in archive.names:
        archive.parse(path, start, end, lambda text: runs.text(text))
    return marked
