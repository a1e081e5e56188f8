"""Figures as text: exact numbers in (int, Decimal, Fraction), «46,5 %», «+4 п. п.», «1 234» out."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Literal

NB = "\u00a0"
MINUS = "\u2212"
POINTS = f"п.{NB}п."
WHOLE = (0, 100)  # per cent that say «none» and «all»

Exact = int | Decimal | Fraction


def _nearest(top: int, bottom: int) -> int:
    """The whole number nearest to ``top / bottom``, halves away from zero."""
    whole = (2 * abs(top) + bottom) // (2 * bottom)
    return whole if top >= 0 else -whole


def round_half_up(value: Exact, places: int) -> Fraction:
    """``value`` rounded to ``places`` decimals, halves away from zero, as an exact fraction."""
    scale = 10**places
    top, bottom = value.as_integer_ratio()
    return Fraction(_nearest(top * scale, bottom), scale)


def tens(value: int) -> int:
    """A number of persons as guests see it: to the nearest ten, halves up."""
    return 10 * _nearest(value, 10)


def whole_percent(value: Fraction) -> tuple[int, bool]:
    """A share in percent as guests see it, half up; True: it is not whole and lies beyond 99 or before 1."""
    shown = _nearest(value.numerator, value.denominator)
    if shown in (0, 100) and value != shown:
        return min(max(shown, 1), 99), True
    return shown, False


def _digits(value: Fraction, places: int, *, trim: bool, group: str = NB, comma: str = ",") -> str:
    """The digits of ``|value|``, which must be a multiple of ``10**-places``."""
    units = abs(value) * 10**places
    assert units.denominator == 1
    text = str(units.numerator).rjust(places + 1, "0")
    whole, decimals = (text[:-places], text[-places:]) if places else (text, "")
    if trim:
        decimals = decimals.rstrip("0")
    if group:
        whole = f"{int(whole):,}".replace(",", group)
    return whole + (comma + decimals if decimals else "")


def _signed(value: Fraction, digits: str) -> str:
    return (MINUS if value < 0 else "") + digits


def number(value: Exact, places: int = 1) -> str:
    """«1 234», «4,4»: at most ``places`` decimals half up, trailing zeros dropped."""
    rounded = round_half_up(value, places)
    return _signed(rounded, _digits(rounded, places, trim=True))


def _contradicts(shown: Fraction, value: Fraction, plan: Fraction, direction: str) -> bool:
    """Whether ``shown`` beside ``plan`` would read as another verdict than ``value`` has."""
    if direction == "less":
        return (shown <= plan) != (value <= plan)
    return (shown >= plan) != (value >= plan)


def share(
    value: Fraction | None,
    *,
    against: Decimal | None = None,
    places: int = 1,
    direction: Literal["more", "less"] = "more",
    trim: bool = True,
) -> str:
    """A share in percent, as people read it: «46,5 %», «40 %»; «н/д» without one.

    ``value`` is in percent. At most ``places`` decimals half up, trailing zeros dropped unless ``trim`` is False;
    the fewest more where the rounded share beside the plan ``against`` would contradict the verdict, or where some
    would read as none or as all.
    """
    if value is None:
        return "н/д"
    return _true_beside_plan(value, against, places, direction, WHOLE, trim=trim) + f"{NB}%"


def average(
    value: Fraction,
    *,
    against: Decimal | None = None,
    places: int = 1,
    direction: Literal["more", "less"] = "more",
) -> str:
    """So much for each: «45,5», «60»; decimals as of a ``share``, the fewest that do not make something look like 0."""
    return _true_beside_plan(value, against, places, direction, (0,), trim=True)


def _true_beside_plan(
    value: Fraction, against: Decimal | None, places: int, direction: str, ends: tuple[int, ...], *, trim: bool
) -> str:
    """The digits of ``value``: rounded to one of ``ends`` it would say what is not so, and so beside its plan."""
    shown = round_half_up(value, places)
    plan = Fraction(against) if against is not None else None
    while (shown in ends and shown != value) or (plan is not None and _contradicts(shown, value, plan, direction)):
        places += 1
        shown = round_half_up(value, places)
    return _signed(shown, _digits(shown, places, trim=trim))


def percent(value: Decimal) -> str:
    """A plan in percent, exactly as it was set: «80 %», «99,7 %», «62,25 %»."""
    return plain_decimal(value).replace("-", MINUS).replace(".", ",") + f"{NB}%"


def points(value: Fraction, *, signed: bool = True) -> str:
    """A difference of shares: «+4 п. п.», «−2 п. п.», «0 п. п.»; more decimals where one would make it look like 0."""
    places = 1
    while value and not round_half_up(value, places):
        places += 1
    shown = round_half_up(value, places)
    sign = MINUS if shown < 0 else "+" if shown > 0 and signed else ""
    return f"{sign}{_digits(shown, places, trim=True)}{NB}{POINTS}"


def exact_percent(value: Fraction | None) -> str | None:
    """A share for machines: exactly ten decimals half up, a point, never an exponent; None without one."""
    if value is None:
        return None
    shown = round_half_up(value, 10)
    return ("-" if shown < 0 else "") + _digits(shown, 10, trim=False, group="", comma=".")


def plain_decimal(value: Decimal) -> str:
    """A decimal for machines: no trailing zeros, no exponent, no negative zero: «80», «0.5», «100»."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def plain_fraction(value: Fraction | None) -> str | None:
    """An exact shortfall for machines: a plain decimal string; None without one.

    A plan has two decimals at most, so that a shortfall always ends; raises ValueError for a fraction that does not.
    """
    if value is None:
        return None
    places, rest = 0, value.denominator
    while rest != 1:
        if 10**places % rest == 0:
            break
        if places > 60:
            raise ValueError(f"{value} has no finite decimal form")
        places += 1
    text = _digits(value, places, trim=True, group="", comma=".")
    return ("-" if value < 0 else "") + text
