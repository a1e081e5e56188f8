"""The code that the program makes for an organisation: short Latin letters that also make a login."""

from __future__ import annotations

import re
from collections.abc import Container

from proforient.catalogue.name_keys import normalise

_LETTERS = "абвгдежзийклмнопрстуфхцчшщыэюяё"
_SOUNDS = "a b v g d e zh z i y k l m n o p r s t u f kh ts ch sh sch y e yu ya e"
_LATIN = {**dict(zip(_LETTERS, _SOUNDS.split(), strict=True)), "ъ": "", "ь": ""}
_LONGEST = 30  # signs of a code: it stands in logins, too
_QUOTED = re.compile(r"[«\"“„]([^«»\"”“„]+)[»\"”“]")
_NUMBERED = re.compile(r"№\s*(\d+)")


def code_for(name: str, kind: str, taken: Container[str]) -> str:
    """«school-5», «preschool-romashka»: the kind with the number or the own name, told apart by a number at the end."""
    numbered, quoted = _NUMBERED.search(name), _QUOTED.search(name)
    own = numbered[1] if numbered else quoted[1] if quoted else normalise(name)
    stem = "-".join(part for part in (kind, _latin(own)) if part)[:_LONGEST].strip("-") or "organisation"
    code, number = stem, 1
    while code in taken:
        number += 1
        code = f"{stem[: _LONGEST - len(str(number)) - 1]}-{number}"
    return code


def _latin(text: str) -> str:
    written = "".join(_LATIN.get(sign, sign) for sign in text.lower())
    return re.sub(r"[^a-z0-9]+", "-", written).strip("-")
