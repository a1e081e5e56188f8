"""The styles of an ODS book: how cells and pieces of text look, what a data style makes of a number, what is hidden."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping

from proforient.intake.looks import DOUBTFUL, WHITE, Colour, Font, Look, draws_pictures, look_of
from proforient.intake.number_format import is_general
from proforient.intake.xlsx_styles import rgb

_DATA = (
    "number-style",
    "percentage-style",
    "currency-style",
    "date-style",
    "time-style",
    "boolean-style",
    "text-style",
)
_POINTS = {"pt": 1.0, "cm": 28.35, "mm": 2.835, "in": 72.0, "px": 0.75, "pc": 12.0}
_CONDITIONS = {"=": "=", "!=": "<>", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
_CONDITION = re.compile(r"cell-content\(\)(<=|>=|!=|<|>|=)(-?[0-9]+(?:\.[0-9]+)?)")
_COMPARED: Mapping[str, Callable[[float, float], bool]] = {
    "<=": operator.le,
    ">=": operator.ge,
    "!=": operator.ne,
    "<": operator.lt,
    ">": operator.gt,
    "=": operator.eq,
}
_LOWEST = 2.0  # points: a lower row or a narrower column shows nothing
_LONGEST = 12  # styles above a style


def points(length: str) -> float | None:
    """A length («0.5cm») in points; None for a share or nonsense."""
    for unit, size in _POINTS.items():
        if length.endswith(unit):
            try:
                return float(length.removesuffix(unit)) * size
            except ValueError:
                return None
    return None


class OdsStyles:
    """Gathers styles as the parts of the book are read; ``look`` and ``font`` follow their parents."""

    def __init__(self) -> None:
        self._properties: dict[tuple[str, str], dict[str, str]] = {}
        self._codes: dict[str, str] = {}
        self._maps: dict[str, list[tuple[str, str]]] = {}
        self._conditions: dict[tuple[str, str], list[tuple[str, str]]] = {}
        self._open: dict[str, str] | None = None
        self._key = ("", "")
        self._data = ""
        self._literal = self._percent = False
        self._looks: dict[str, Look] = {}
        self._fonts: dict[str, Font] = {}
        self._concealing: dict[str, bool] = {}

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element inside the styles; attributes without prefixes."""
        if name in ("style", "default-style"):
            self._key = (attributes.get("family", ""), attributes.get("name", ""))
            self._open = self._properties.setdefault(self._key, {})
            self._open.update({f"own-{k}": attributes[k] for k in _OWN if k in attributes})
        elif name == "map" and self._open is not None:
            given = (attributes.get("condition", ""), attributes.get("apply-style-name", ""))
            self._conditions.setdefault(self._key, []).append(given)
        elif name.endswith("-properties") and self._open is not None:
            self._open.update(attributes)
        elif name in _DATA:
            self._data, self._percent = attributes.get("name", ""), name == "percentage-style"
            self._codes[self._data] = "[Дата]" if name in ("date-style", "time-style", "boolean-style") else ""
        elif self._data:
            self._piece(name, attributes)

    def text(self, text: str) -> None:
        if self._data and self._literal:
            bare = text.strip() == "%" and self._percent
            self._codes[self._data] += "%" if bare else _quoted(text)

    def end(self, name: str) -> None:
        self._literal = False
        if name in ("style", "default-style"):
            self._open = None
        elif name in _DATA:
            self._data = ""

    def _piece(self, name: str, attributes: Mapping[str, str]) -> None:
        if name in ("text", "currency-symbol"):
            self._literal = True
        elif name == "map":
            condition = attributes.get("condition", "").replace("value()", "").strip()
            self._maps.setdefault(self._data, []).append((condition, attributes.get("apply-style-name", "")))
        elif piece := _PIECES.get(name):
            said = piece(attributes)
            self._codes[self._data] += "0" if said == "General" and self._percent else said
        elif name not in ("text-properties", "embedded-text", "fill-character"):
            self._codes[self._data] += f"[{name}]"
        elif name == "text-properties" and rgb(attributes.get("color", "").lstrip("#")) == WHITE:
            self._codes[self._data] += "[White]"
        elif name == "embedded-text":
            self._codes[self._data] += "[embedded]"

    def code(self, data_style: str) -> str:
        """The data style as a number format of Excel; empty for none."""
        own = self._codes.get(data_style)
        if own is None:
            return ""
        sections = []
        for condition, name in self._maps.get(data_style, ())[:3]:
            sign = next((sign for sign in ("<=", ">=", "!=", "<", ">", "=") if condition.startswith(sign)), "")
            sections.append(
                f"[{_CONDITIONS.get(sign, '?')}{condition.removeprefix(sign)}]{self._codes.get(name, '[?]')}"
            )
        return ";".join([*sections, own])

    def _chain(self, family: str, name: str) -> dict[str, str]:
        """All properties of a style with those of its parents under them."""
        found: dict[str, str] = {}
        for _ in range(_LONGEST):
            own = self._properties.get((family, name), {})
            found = {**own, **found}
            name = own.get("own-parent-style-name", "")
            if not name:
                break
        return {**self._properties.get((family, ""), {}), **found}

    def hides(self, family: str, name: str) -> bool:
        """Whether a style of rows, columns or tables hides what has it."""
        chain = self._chain(family, name)
        size = chain.get("row-height" if family == "table-row" else "column-width", "")
        length = points(size) if family != "table" else None
        return chain.get("display") == "false" or (length is not None and length < _LOWEST)

    def font(self, family: str, name: str) -> Font:
        """The font of a style of cells or of pieces of text."""
        chain = self._chain(family, name)
        line = chain.get("text-line-through-style") or chain.get("text-line-through-type") or "none"
        position = chain.get("text-position", "0%").split()[0]
        colour = rgb(chain.get("color", "").lstrip("#")) if "color" in chain else None
        if chain.get("use-window-font-color") == "true":
            colour = None
        size = 1.0 if chain.get("display") == "none" else points(chain.get("font-size", ""))
        pictures = draws_pictures(chain.get("font-name") or chain.get("font-family") or "")
        raised = position not in ("0%", "0")
        return Font(struck=line != "none", raised=raised, points=size, colour=colour, pictures=pictures)

    def piece(self, name: str) -> Font:
        """The font of a piece of text inside a cell."""
        if name not in self._fonts:
            self._fonts[name] = self.font("text", name)
        return self._fonts[name]

    def look(self, name: str) -> Look:
        """How a cell of the style looks."""
        if name not in self._looks:
            chain = self._chain("table-cell", name)
            code = self.code(chain.get("own-data-style-name", ""))
            font, fill = self.font("table-cell", name), _fill(chain)
            crossed = any(chain.get(line, "none") != "none" for line in ("diagonal-tl-br", "diagonal-bl-tr"))
            repeated = chain.get("repeat-content") == "true"
            look = look_of("" if is_general(code) else code, font, fill, crossed=crossed, repeated=repeated)
            self._looks[name] = look
        return self._looks[name]

    def conceals(self, name: str) -> bool:
        """Whether a protected sheet shows nothing of what stands in a cell of the style."""
        if name not in self._concealing:
            protect = self._chain("table-cell", name).get("cell-protect")
            self._concealing[name] = protect == "hidden-and-protected"
        return self._concealing[name]

    def dressed(self, name: str, number: float) -> tuple[str, str | None]:
        """The mark and the text that conditional formats of a cell's style put on a number; («», None) for none."""
        for condition, other in self._conditions.get(("table-cell", name), ()):
            look = self.look(other)
            if not (look.mark or look.unseen):
                continue
            holds = _holds(condition, number)
            if holds is None:
                return "", DOUBTFUL
            if holds:
                return look.mark, "" if look.unseen else None
        return "", None


def _holds(condition: str, number: float) -> bool | None:
    """Whether «cell-content()>40» is true of the number; None for a condition that is not worked out."""
    found = _CONDITION.fullmatch(condition.replace(" ", ""))
    return _COMPARED[found[1]](number, float(found[2])) if found else None


def _fill(chain: Mapping[str, str]) -> Colour | None:
    return rgb(chain.get("background-color", "").lstrip("#"))


def _quoted(text: str) -> str:
    return "".join(f'"{part}"' if part != '"' else '\\"' for part in text.replace('"', '\0"\0').split("\0") if part)


def _number(attributes: Mapping[str, str]) -> str:
    least = min(int(attributes.get("min-integer-digits", "1")), 30)
    decimals = attributes.get("decimal-places")
    if decimals is None and not least:
        return "#"
    if decimals is None and least == 1 and "display-factor" not in attributes and attributes.get("grouping") != "true":
        return "General"
    whole = "0" * least or "#"
    if attributes.get("grouping") == "true":
        whole = "#,##" + whole.rjust(1, "#") if len(whole) < 2 else "#," + whole.rjust(3, "#")
    fixed = min(int(attributes.get("min-decimal-places", decimals or "0")), 20)
    places = min(int(decimals or "0"), 20)
    rest = "." + "0" * fixed + "#" * (places - fixed) if places else ""
    factor = attributes.get("display-factor", "1")
    if factor.partition(".")[0] not in ("1", "1000", "1000000"):
        return "[factor]"
    return whole + rest + "," * (len(factor.partition(".")[0]) // 3)


_OWN = ("parent-style-name", "data-style-name")
_PIECES: Mapping[str, Callable[[Mapping[str, str]], str]] = {
    "number": _number,
    "scientific-number": lambda _: "0.00E+00",
    "fraction": lambda attributes: "# ?/?" if attributes.get("min-integer-digits") != "0" else "?/?",
    "text-content": lambda _: "@",
}
