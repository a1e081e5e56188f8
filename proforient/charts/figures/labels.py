"""Names of organisations beside bars: at most two lines, and never two labels that look the same."""

from __future__ import annotations

import re
from collections.abc import Sequence

_LEGAL_FORM = re.compile(
    r"^(муниципальн\w+|государственн\w+|федеральн\w+)(\s+(бюджетн\w+|автономн\w+|каз[её]нн\w+))?"
    r"(\s+дошкольн\w+)?\s+(общеобразовательн\w+|образовательн\w+)\s+(учреждени\w+|организаци\w+)"
    r"(\s+дополнительного образования)?\s+",
    re.IGNORECASE,
)
_USUAL = (
    (re.compile(r"\bсредняя общеобразовательная школа\b", re.IGNORECASE), "СОШ"),
    (re.compile(r"\bосновная общеобразовательная школа\b", re.IGNORECASE), "ООШ"),
    (re.compile(r"\bначальная общеобразовательная школа\b", re.IGNORECASE), "НОШ"),
    (re.compile(r"\bимени\b", re.IGNORECASE), "им."),
    (re.compile(r"\bобщеразвивающего вида\b\s*", re.IGNORECASE), ""),
    (re.compile(r"\bдважды Героя Советского Союза\b|\bГероя Советского Союза\b", re.IGNORECASE), "Героя"),
)

Label = tuple[str, ...]


def two_lines(names: Sequence[str], width: int) -> list[Label]:
    """Each name in one or two lines of at most ``width`` signs; what is left out is marked by «…».

    A name that does not fit loses its legal form and has its usual words abbreviated; where two labels would look
    the same, the second line begins where the names part; equal names are numbered.
    """
    fitting = [name if _fits(name, width) else shortened(name) for name in names]
    made = [_wrap(name, width) for name in fitting]
    for label in set(made):
        same = [n for n, other in enumerate(made) if other == label]
        if len({fitting[n] for n in same}) > 1:
            start = _parting([fitting[n] for n in same])
            for n in same:
                made[n] = _tail(fitting[n], start, width)
    return _numbered(made)


def shortened(name: str) -> str:
    """``name`` without its legal form and outer quotes, with usual words abbreviated."""
    text = _LEGAL_FORM.sub("", name).strip()
    if text.startswith("«") and text.endswith("»") and text.count("«") == 1:
        text = text[1:-1]
    for pattern, short in _USUAL:
        text = pattern.sub(short, text)
    return text[:1].upper() + text[1:] if text else name


def _fits(name: str, width: int) -> bool:
    return not _wrap(name, width)[-1].endswith("…")


def _wrap(name: str, width: int) -> Label:
    if len(name) <= width:
        return (name,)
    cut = name.rfind(" ", 0, width + 1)
    first, second = (name[:cut], name[cut + 1 :]) if cut > 0 else (name[:width], name[width:])
    return first, _cut(second, width)


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1].rstrip() + "…"


def _parting(names: Sequence[str]) -> int:
    """Where the first word begins in which the names differ."""
    alike = 0
    while alike < min(map(len, names)) and len({name[alike] for name in names}) == 1:
        alike += 1
    return names[0].rfind(" ", 0, alike) + 1


def _tail(name: str, start: int, width: int) -> Label:
    first = name[:width]
    cut = first.rfind(" ")
    return (first[:cut] if cut > 0 else first), _cut("…" + name[start:], width)


def _numbered(labels: Sequence[Label]) -> list[Label]:
    made: list[Label] = []
    for n, label in enumerate(labels):
        before = labels[:n].count(label)
        made.append((*label[:-1], f"{label[-1]} ({before + 1})") if before else label)
    return made
