"""Types of the keys: a raw TOML value in, a checked value out, or ValueError saying what was expected (Russian)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from proforient.catalogue.formulas import EXPECTED, FORMULA_PATTERN, Formula, parse_formula

CODE_PATTERN = re.compile(r"[a-z0-9.-]+")
TERRITORY_SEPARATOR = " / "


@dataclass(frozen=True, slots=True, kw_only=True)
class Type:
    """How a value is read. ``empty`` stands in for a missing or wrong one, so that checking can go on.

    ``schema``: the same as JSON Schema, as far as a schema can say it; dates are texts there.
    """

    name: str  # Russian, for the reference
    expected: str  # Russian, for a mistake
    parse: Callable[[Any], Any]  # raises ValueError; its text, when there is one, is more exact than ``expected``
    schema: Mapping[str, Any]
    empty: Any = None


def _text(raw: Any) -> str:
    if not isinstance(raw, str):
        raise ValueError
    return raw.strip()


def _filled(raw: Any) -> str:
    text = _text(raw)
    if not text:
        raise ValueError
    return text


def _code(raw: Any) -> str:
    if not isinstance(raw, str) or not CODE_PATTERN.fullmatch(raw):
        raise ValueError
    return raw


def _many(one: Callable[[Any], Any]) -> Callable[[Any], tuple[Any, ...]]:
    def parse(raw: Any) -> tuple[Any, ...]:
        if not isinstance(raw, list):
            raise ValueError
        return tuple(one(item) for item in raw)

    return parse


def _some(one: Callable[[Any], Any]) -> Callable[[Any], tuple[Any, ...]]:
    def parse(raw: Any) -> tuple[Any, ...]:
        values = _many(one)(raw)
        if not values:
            raise ValueError
        return values

    return parse


def _one_or_some(raw: Any) -> tuple[str, ...]:
    values: tuple[str, ...] = _some(_code)([raw] if isinstance(raw, str) else raw)
    return values


def _answers(raw: Any) -> tuple[str, ...]:
    values: tuple[str, ...] = ("*",) if raw == ["*"] else _many(_code)(raw)
    return values


def _flag(raw: Any) -> bool:
    if not isinstance(raw, bool):
        raise ValueError
    return raw


def _whole_between(least: int, most: int) -> Callable[[Any], int]:
    def parse(raw: Any) -> int:
        if isinstance(raw, bool) or not isinstance(raw, int) or not least <= raw <= most:
            raise ValueError
        return raw

    return parse


def _decimal(raw: Any, most: int) -> Decimal:
    """A figure with at most two decimals; without an exponent, so that it prints as it was written."""
    if isinstance(raw, bool) or not isinstance(raw, int | Decimal):
        raise ValueError
    value = Decimal(raw)
    if not value.is_finite() or not 0 <= value <= most:
        raise ValueError
    if value != (cents := value.quantize(Decimal("0.01"))):
        raise ValueError
    return cents.quantize(Decimal(1)) if cents == cents.to_integral_value() else cents.normalize()


def _alpha(raw: Any) -> Decimal:
    if not isinstance(raw, Decimal) or not 0 < raw < 1:
        raise ValueError
    return raw


def _date(raw: Any) -> dt.date:
    if not isinstance(raw, dt.date) or isinstance(raw, dt.datetime):
        raise ValueError
    return raw


def _month_day(raw: Any) -> str:
    text = _text(raw)
    if text:
        if not re.fullmatch(r"\d\d-\d\d", text):
            raise ValueError
        dt.date.fromisoformat(f"2024-{text}")  # a leap year: 29 February is a day
    return text


def _grades(raw: Any) -> tuple[int, int]:
    first, last = _many(_whole_between(1, 12))(raw)
    if first > last:
        raise ValueError
    return first, last


def _territory(raw: Any) -> str:
    parts = [part.strip() for part in _filled(raw).split("/")]
    if not all(parts):
        raise ValueError
    return TERRITORY_SEPARATOR.join(parts)


def _timezone(raw: Any) -> str:
    name = _filled(raw)
    try:
        ZoneInfo(name)
    except (OSError, KeyError) as error:  # KeyError is the base of ZoneInfoNotFoundError
        raise ValueError from error
    return name


def _by_level(raw: Any) -> Mapping[str, tuple[str, ...]]:
    if not isinstance(raw, dict):
        raise ValueError
    return {level: _many(_filled)(aliases) for level, aliases in raw.items()}


def _by_kind(raw: Any) -> Mapping[str, str]:
    if not isinstance(raw, dict) or not raw:
        raise ValueError
    days = {_code(kind): _month_day(day) for kind, day in raw.items()}
    if not all(days.values()):
        raise ValueError
    return days


def _formula(raw: Any) -> Formula:
    return parse_formula(_filled(raw))


def _table(raw: Any) -> Mapping[str, Any]:
    if not isinstance(raw, dict):
        raise ValueError
    return raw


def one_of(*choices: str) -> Type:
    """One of the given words."""

    def parse(raw: Any) -> str:
        if raw not in choices:
            raise ValueError
        return str(raw)

    listed = ", ".join(f"«{c}»" for c in choices)
    return Type(
        name=" / ".join(f"`{c}`" for c in choices),
        expected=f"одно из: {listed}",
        parse=parse,
        schema={"enum": list(choices)},
        empty="",
    )


def whole(least: int, most: int) -> Type:
    """A whole number between two bounds."""
    text = f"целое число от {least} до {most}"
    return Type(
        name=text,
        expected=f"{text} без кавычек",
        parse=_whole_between(least, most),
        schema=_whole_schema(least, most),
    )


def _whole_schema(least: int, most: int) -> Mapping[str, Any]:
    return {"type": "integer", "minimum": least, "maximum": most}


def _list_schema(item: Mapping[str, Any], **further: Any) -> Mapping[str, Any]:
    return {"type": "array", "items": item, **further}


_CODE = {"type": "string", "pattern": f"^{CODE_PATTERN.pattern}$"}
_ANY = {"type": "string"}
_FILLED = {"type": "string", "pattern": r"\S"}

CODE = Type(
    name="код",
    expected="код из строчных латинских букв, цифр, точки и дефиса",
    parse=_code,
    schema=_CODE,
    empty="",
)
CODES = Type(
    name="список кодов",
    expected='список кодов, например ["basic"]',
    parse=_many(_code),
    schema=_list_schema(_CODE, uniqueItems=True),
    empty=(),
)
SOME_CODES = Type(
    name="непустой список кодов",
    expected="непустой список кодов",
    parse=_some(_code),
    schema=_list_schema(_CODE, uniqueItems=True, minItems=1),
    empty=(),
)
ONE_OR_SOME_CODES = Type(
    name="код или список кодов",
    expected="код или непустой список кодов",
    parse=_one_or_some,
    schema={"anyOf": [_CODE, SOME_CODES.schema]},
    empty=(),
)
ANSWERS = Type(
    name='список кодов или `["*"]`',
    expected='список кодов проблем, ["*"] (всем) или [] (общие)',
    parse=_answers,
    schema={"anyOf": [CODES.schema, {"const": ["*"]}]},
    empty=(),
)
TEXT = Type(name="строка", expected="непустая строка в кавычках", parse=_filled, schema=_FILLED, empty="")
ANY_TEXT = Type(name="строка, можно пустую", expected="строка в кавычках", parse=_text, schema=_ANY, empty="")
TEXTS = Type(
    name="список строк",
    expected="список непустых строк",
    parse=_many(_filled),
    schema=_list_schema(_FILLED),
    empty=(),
)
ANY_TEXTS = Type(
    name="список строк, можно пустых",
    expected="список строк",
    parse=_many(_text),
    schema=_list_schema(_ANY),
    empty=(),
)
FLAG = Type(
    name="`true` / `false`",
    expected="true или false без кавычек",
    parse=_flag,
    schema={"type": "boolean"},
    empty=False,
)
DATE = Type(
    name="дата",
    expected="дата вида 2023-05-04 без кавычек",
    parse=_date,
    schema={"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"},
)
MONTH_DAY = Type(
    name="месяц и день",
    expected='месяц и день вида "09-20"',
    parse=_month_day,
    schema={"type": "string", "pattern": r"^((0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01]))?$"},
    empty="",
)
GRADES = Type(
    name="два класса",
    expected="два класса от 1 до 12 по возрастанию: [5, 9]",
    parse=_grades,
    schema=_list_schema(_whole_schema(1, 12), minItems=2, maxItems=2),
)
PERCENT = Type(
    name="проценты",
    expected="число от 0 до 100 без кавычек, не больше двух знаков после точки",
    parse=lambda raw: _decimal(raw, 100),
    schema={"type": "number", "minimum": 0, "maximum": 100},
)
AMOUNT = Type(
    name="число",
    expected="число не меньше нуля без кавычек, не больше двух знаков после точки",
    parse=lambda raw: _decimal(raw, 10**12),
    schema={"type": "number", "minimum": 0},
)
ALPHA = Type(
    name="доля единицы",
    expected="число между 0 и 1, например 0.05",
    parse=_alpha,
    schema={"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1},
    empty=Decimal("0.05"),
)
TERRITORY = Type(
    name="территория",
    expected="путь «Регион / Муниципалитет», части не пусты",
    parse=_territory,
    schema={"type": "string", "pattern": r"^\s*[^/\s][^/]*(/\s*[^/\s][^/]*)*$"},
)
DEFAULT_TIMEZONE = "Europe/Moscow"  # time zone of a catalogue that names none
TIMEZONE = Type(
    name="часовой пояс",
    expected='имя пояса, например "Europe/Moscow"',
    parse=_timezone,
    schema={"type": "string", "pattern": r"^[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*$"},
    empty="",
)
BY_LEVEL = Type(
    name="таблица: уровень = список строк",
    expected='таблица вида { basic = ["2(н)"] }',
    parse=_by_level,
    schema={"type": "object", "additionalProperties": TEXTS.schema},
    empty={},
)
BY_KIND = Type(
    name="таблица: вид организации = месяц и день",
    expected='таблица вида { preschool = "12-31" }',
    parse=_by_kind,
    schema={"type": "object", "additionalProperties": MONTH_DAY.schema, "minProperties": 1},
    empty={},
)
FORMULA = Type(
    name="формула",
    expected=EXPECTED,
    parse=_formula,
    schema={"type": "string", "pattern": FORMULA_PATTERN},
    empty=Formula(text="", left=(), operator="=", right=()),
)
TABLE = Type(
    name="таблица",
    expected="таблица в фигурных скобках: { ключ = значение }",
    parse=_table,
    schema={"type": "object"},
    empty={},
)
YEAR = whole(1990, 2100)
