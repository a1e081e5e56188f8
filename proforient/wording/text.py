"""Text of sentences: lists, quotes, escaping, and the spaces at which a line must not break."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import markupsafe

from proforient.wording.figures import NB

_AFTER_NUMBER = (
    "января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря"
    "|год|лет|дет|реб|выпускн|педагог|руководител|родител|класс|организац|школ|детск|чис|дн|ден|час|уров|из\\b|п\\."
    "|мероприят|документ|договор|ошиб|предупр|замеч|вопрос|учебн|человек|чел\\."
)
_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?<=\d) (?=%)|(?<=№) (?=\d)"), NB),
    (re.compile(rf"(?<=\d) (?=(?:{_AFTER_NUMBER}))"), NB),
    (re.compile(r"(?<=\bиз) (?=\d)"), NB),
    (
        re.compile(
            r"(?<![\w-])(в|во|и|а|к|ко|с|со|у|о|об|на|из|от|не|ни|но|по|до|за|без|или|при|для|под|над) (?=\S)",
            re.IGNORECASE,
        ),
        rf"\1{NB}",
    ),
    (re.compile(r"(?<=\d)–(?=\d)"), "–\u2060"),
    (re.compile(r"(?<=\b(?:UTF|DOS))-(?=\d)|(?<=\bWindows)-(?=\d)"), "-\u2060"),
    (re.compile(r" (?=[—·])"), NB),
    (re.compile(r"п\.[ \u00a0]п\.{1,2}(?!\.)"), f"п.{NB}п."),  # one full stop ends the sentence too
    (re.compile(r"(?<=\bприл\.) (?=\d)|(?<=\bп\.) (?=\d)|(?<=\bстр\.) (?=\d)"), NB),
)
_TAG = re.compile(r"(<[^<>]*>)")


def typo(text: str) -> str:
    """``text`` with no-break spaces where Russian wants them; leaves tags alone; twice is the same as once."""
    parts = _TAG.split(text)
    return "".join(part if part.startswith("<") else _plain(part) for part in parts)


@lru_cache(maxsize=16_384)
def _plain(text: str) -> str:
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text


_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


def clean(text: str) -> str:
    """``text`` without control and text-direction characters."""
    return _CONTROL.sub("", text)


# What no XML holds, and so no file of Word, Excel or PowerPoint.
NOT_IN_XML = r"\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff"
_NOT_IN_XML = re.compile(f"[{NOT_IN_XML}]")


def in_xml(text: str) -> str:
    """``text`` without the characters that no XML holds."""
    return _NOT_IN_XML.sub("", text)


def escape(text: str) -> str:
    """``text`` for HTML content and quoted attributes; control and text-direction characters are dropped."""
    return str(markupsafe.escape(clean(text)))


_MARKUP = re.compile(r"[\\`*_~\[\]$<]")
_LINKED = re.compile(r"[:@]|www(?=\.)", re.IGNORECASE)


def unmarked(text: str) -> str:
    """``text`` from a file or a person for a label, in which Markdown would make a link or an icon of it.

    Addresses and icons are found after backslashes have done their work, so these are parted by a word joiner.
    """
    return _LINKED.sub("\\g<0>\u2060", _MARKUP.sub(lambda sign: f"\\{sign[0]}", clean(text)))


def join(items: Sequence[str], last: str = "и") -> str:
    """«а, б и в»; an empty list gives an empty text."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def quoted(text: str) -> str:
    """``text`` in «ёлочки»; inner ones become „лапки“."""
    return f"«{text.replace('«', '„').replace('»', '“')}»"


def capital(text: str) -> str:
    """``text`` with a capital first letter, the rest as it is."""
    return text[:1].upper() + text[1:]


def uncapital(text: str) -> str:
    """``text`` with a small first letter, unless it begins with an abbreviation."""
    return text[:1].lower() + text[1:] if text[1:2].islower() else text
