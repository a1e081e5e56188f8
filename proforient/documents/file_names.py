"""What the files that people take away are called: what it is, whose, of which territory and period."""

from __future__ import annotations

import re

from proforient.monitoring import territory_name

_FORBIDDEN = re.compile(r'[\\/:*?"<>|«»„“\x00-\x1f\u200b-\u200f\u202a-\u202e\u2066-\u2069]+')
LONGEST = 45  # letters of a part: the whole fits into the 255 bytes that Linux takes
WHOSE = 40  # letters of an organisation's or a territory's name


def file_name(what: str, *, ending: str, whose: str = "", territory: str = "", period: str = "") -> str:
    """«Бланк, Школа Речная, Речной округ, 2023.xlsx»: without signs that Windows does not take.

    ``territory`` is its whole path, ``period`` its code; what is empty is left out.
    """
    parts = (clean(what)[:LONGEST], clean(whose)[:WHOSE], clean(territory_name(territory))[:WHOSE], clean(period))
    return f"{', '.join(part.strip(' .') for part in parts if part)}.{ending}"


def clean(text: str) -> str:
    """One line of signs that every file system takes; may be empty."""
    text = re.sub(r"(?<=\d)/(?=\d)", "-", text.replace("№", "N"))
    return " ".join(_FORBIDDEN.sub(" ", text).split()).strip(" .")


__all__ = ["clean", "file_name"]
