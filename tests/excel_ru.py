"""A model of what Excel with Russian settings makes of one cell of a CSV: a text stays, much else does not.

Made from what Excel is known to do: formulas, whole and decimal numbers, percentages, money, fractions, days written
with dots, dashes or strokes, months by name, times, truth values, error values; 15 digits are kept, 11 are shown.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

MONTHS = ("янв", "фев", "мар", "апр", "май", "мая", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
LATIN = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
SPACE = "[ \u00a0\u202f]"
NUMBER = re.compile(rf"\(?[-+]?(?:[0-9]+|[0-9]{{1,3}}(?:{SPACE}[0-9]{{3}})+)?(?:,[0-9]*)?(?:e[-+]?[0-9]+)?\)?", re.I)


def opened(cell: str):
    """``(kind, value)``: text, number, percent, day, time, formula, truth or error."""
    bare = cell.strip()
    if cell[:1] in ("=", "+", "-", "@", "\t", "\r") or bare[:1] in ("=", "+", "@"):
        return _signed(bare) or ("formula", cell)
    if bare.lower() in ("истина", "ложь", "true", "false"):
        return "truth", bare
    if re.fullmatch(r"#[^\s]+[!?]?", bare):
        return "error", bare
    return _signed(bare) or ("text", cell)


def _signed(bare):
    return _number(bare) or _day(bare.lower()) or _time(bare.lower())


def _number(bare):
    percent = re.fullmatch(rf"(.*[0-9,]){SPACE}*%", bare)
    money = re.fullmatch(rf"(.*[0-9,]){SPACE}*(?:₽|р\.?|руб\.?|\$|€)|(?:₽|\$|€)(.*)", bare)
    text = percent[1] if percent else (money[1] or money[2]) if money else bare
    fraction = re.fullmatch(r"(?:[0-9]+ )?[0-9]{1,3}/[0-9]{1,3}", text)
    if fraction and " " in text:
        return "number", text
    if not any(c.isdigit() for c in text) or not NUMBER.fullmatch(text):
        return None
    plain = re.sub(SPACE, "", text).strip("()").replace(",", ".")
    value = Decimal(plain)
    kept = value if len(value.as_tuple().digits) <= 15 else value.quantize(Decimal(1).scaleb(value.adjusted() - 14))
    return ("percent", kept / 100) if percent else ("money" if money else "number", kept)


def _day(bare):
    for pattern, order in (
        (r"([0-9]{1,2})[./-]([0-9]{1,2})[./-]([0-9]{2}|[0-9]{4})", "dmy"),
        (r"([0-9]{4})[./-]([0-9]{1,2})[./-]([0-9]{1,2})", "ymd"),
        (r"([0-9]{1,2})[./-]([0-9]{1,2})", "dm"),
        (r"([0-9]{1,2})[./-]([0-9]{4})", "my"),
        (r"([0-9]{4})[./-]([0-9]{1,2})", "ym"),
    ):
        if found := re.fullmatch(pattern, bare):
            parts = dict(zip(order, map(int, found.groups()), strict=True))
            try:
                return "day", dt.date(parts.get("y", 2024) or 2000, parts["m"], parts.get("d", 1))
            except ValueError:
                continue
    words = "|".join((*(f"{m}[а-я]*" for m in MONTHS), *(f"{m}[a-z]*" for m in LATIN)))
    sign = r"[ .\-/\u00a0]*"
    if re.fullmatch(rf"(?:[0-9]{{1,2}}{sign})?(?:{words})\.?{sign}[0-9]{{0,4}}(?: ?г\.?)?", bare) and re.search(
        "[0-9]", bare
    ):
        return "day", bare
    return None


def _time(bare):
    return ("time", bare) if re.fullmatch(r"[0-9]{1,4}:[0-9]{2}(?::[0-9]{2})?(?: ?[ap]m?)?", bare) else None


def shown(cell: str) -> str:
    """What stands on the screen, as far as it matters whether it is what was written."""
    kind, value = opened(cell)
    if kind == "text":
        return cell
    if kind in ("number", "percent") and isinstance(value, Decimal):
        value = value * 100 if kind == "percent" else value
        whole = format(value.normalize(), "f").replace(".", ",")
        if len(whole.lstrip("-").partition(",")[0]) > 11:
            return f"{value:.5E}"
        return whole + ("%" if kind == "percent" else "")
    if kind == "day" and isinstance(value, dt.date):
        return value.strftime("%d.%m.%Y")
    return f"<{kind}>"


def alike(written: str, cell: str) -> bool:
    """Whether ``written``, put into a file as ``cell``, is shown with the same meaning."""
    there = shown(cell)
    if opened(cell)[0] == "text":
        return cell in (written, f"'{written}")
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", written):
        return there == dt.date.fromisoformat(written).strftime("%d.%m.%Y")
    return _without_last_zeros(there) == _without_last_zeros(written)


def _without_last_zeros(figure: str) -> str:
    """«12,50 %» as «12,5%», «0,0» as «0»: Excel shows no zeros that end a decimal."""
    ending = re.compile(r"(,[0-9]*?)0+(?=%?$)")
    return re.sub(r",(?=%?$)", "", ending.sub(r"\1", re.sub(SPACE, "", figure)))
