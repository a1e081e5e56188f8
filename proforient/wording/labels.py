"""Shortened names of organisations: what tells them apart stays, and no two labels of a list look the same."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

_LEGAL_FORM = re.compile(
    r"^(муниципальн\w+|государственн\w+|федеральн\w+)(\s+(бюджетн\w+|автономн\w+|каз[её]нн\w+))?"
    r"(\s+дошкольн\w+)?\s+(общеобразовательн\w+|образовательн\w+)\s+(учреждени\w+|организаци\w+)"
    r"(\s+дополнительного образования)?\s+",
    re.IGNORECASE,
)
_LETTERS_OF_FORM = re.compile(r"^[МГФ](?:Б|А|К)?(?:О|Д|ДО|НО)?(?:У|ОУ)(?: ДО)? (?=«)")  # «МБОУ «…»»
_USUAL = (
    (re.compile(r"\bсредняя общеобразовательная школа\b", re.IGNORECASE), "СОШ"),
    (re.compile(r"\bосновная общеобразовательная школа\b", re.IGNORECASE), "ООШ"),
    (re.compile(r"\bначальная общеобразовательная школа\b", re.IGNORECASE), "НОШ"),
    (re.compile(r"\bдополнительного образования детей и юношества\b", re.IGNORECASE), "доп. образования"),
    (re.compile(r"\bцентр развития реб[её]нка — детский сад\b", re.IGNORECASE), "ЦРР — детский сад"),
    (re.compile(r"\bимени\b", re.IGNORECASE), "им."),
    (re.compile(r"\b(?:общеразвивающего|комбинированного|компенсирующего) вида\b\s*", re.IGNORECASE), ""),
    (re.compile(r"\bдважды Героя Советского Союза\b|\bГероя Советского Союза\b", re.IGNORECASE), "Героя"),
)
_NUMBER = re.compile(r"№ ?\d+")
ROUNDS = 8  # rounds in which labels that look alike are cut differently, before they are numbered

Label = tuple[str, ...]
Measure = Callable[[str], float]


def one_line(names: Sequence[str], width: float, measure: Measure = len, *, as_written: bool = False) -> list[str]:
    """Each name in at most ``width`` signs (or what ``measure`` gives), all of them different; cuts are marked by «…».

    A name that does not fit loses its legal form and has its usual words abbreviated; where two labels would look
    the same, they go on where the names part; equal names are numbered, beyond ``width`` where it is
    too small. ``as_written``: cut, but never abbreviated.
    """
    return [" ".join(label) for label in _labels(names, width, 1, measure, as_written=as_written)]


def two_lines(names: Sequence[str], width: float, measure: Measure = len) -> list[Label]:
    """The same in one or two lines of at most ``width`` each."""
    return _labels(names, width, 2, measure)


def shortened(name: str) -> str:
    """``name`` without its legal form and outer quotes, with usual words abbreviated."""
    text = _LETTERS_OF_FORM.sub("", _LEGAL_FORM.sub("", name).strip())
    if text.startswith("«") and text.endswith("»") and text.count("«") == 1:
        text = text[1:-1]
    for pattern, short in _USUAL:
        text = pattern.sub(short, text)
    text = text.replace(" »", "»").strip()
    return text[:1].upper() + text[1:] if text else name


def _labels(
    names: Sequence[str], width: float, lines: int, measure: Measure, *, as_written: bool = False
) -> list[Label]:
    full = [" ".join(name.split()) for name in names]
    texts = [text if as_written or _fits(text, width, lines, measure) else shortened(text) for text in full]
    for same in _alike(texts):
        if len({full[n] for n in same}) > 1:  # shortening made different names equal: use the full ones
            for n in same:
                texts[n] = full[n]
    made = [_laid(_numbered_head(text, width, lines, measure), width, lines, measure) for text in texts]
    for _ in range(ROUNDS):
        changed = False
        for same in _alike(made):
            if len({texts[n] for n in same}) > 1:
                start = _parting([texts[n] for n in same])
                for n in same:
                    label = _tail(texts[n], start, width, lines, measure)
                    changed, made[n] = changed or label != made[n], label
        if not changed:
            break
    return _numbered(made, full, width, measure)


def _alike(made: Iterable[str | Label]) -> list[list[int]]:
    places: dict[str | Label, list[int]] = defaultdict(list)
    for n, label in enumerate(made):
        places[label].append(n)
    return [same for same in places.values() if len(same) > 1]


def _fits(text: str, width: float, lines: int, measure: Measure) -> bool:
    return not _laid(text, width, lines, measure)[-1].endswith("…") or text.endswith("…")


def _numbered_head(text: str, width: float, lines: int, measure: Measure) -> str:
    """A number that a cut would take away («Детский сад … № 12») comes before what is cut."""
    found = _NUMBER.search(text)
    shown = " ".join(_laid(text, width, lines, measure))
    if found is None or found[0] in shown or not shown.endswith("…"):
        return text
    first = text[: found.start()].split()
    return f"{' '.join(first[:2]).rstrip('.,')}… {text[found.start() :]}"


def _laid(text: str, width: float, lines: int, measure: Measure) -> Label:
    """``text`` in so many lines, broken at spaces, the last one cut."""
    if lines == 1 or measure(text) <= width:
        return (_cut(text, width, measure),)
    reach = _reach(text, width, measure)
    at = text.rfind(" ", 0, reach + 1)
    first, second = (text[:at], text[at + 1 :]) if at > 0 else (text[:reach], text[reach:])
    return first, _cut(second, width, measure)


def _reach(text: str, width: float, measure: Measure) -> int:
    """How many signs of ``text`` fit; at least one."""
    low, high = 1, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if measure(text[:middle]) <= width else (low, middle - 1)
    return low


def _cut(text: str, width: float, measure: Measure) -> str:
    if measure(text) <= width:
        return text
    return text[: _reach(text, width - measure("…"), measure)].rstrip(" ,.«(") + "…"


def _parting(names: Sequence[str]) -> int:
    """Where the first word begins in which the names differ."""
    alike = 0
    while alike < min(map(len, names)) and len({name[alike] for name in names}) == 1:
        alike += 1
    return names[0].rfind(" ", 0, alike) + 1


def _tail(text: str, start: int, width: float, lines: int, measure: Measure) -> Label:
    """The beginning of ``text`` and, after «…», what stands from ``start`` on."""
    tail = f"…{text[start:]}" if start else text
    if lines > 1:
        reach = _reach(text, width, measure)
        at = text.rfind(" ", 0, reach)
        return (text[:at] if at > 0 else text[:reach]), _cut(tail, width, measure)
    at = text.rfind(" ", 0, _reach(text, width / 2, measure) + 1)
    if 0 < at < start - 1:
        head = text[: at + 1]
        return (head + _cut(tail, width - measure(head), measure),)
    return (_cut(tail, width, measure),)


def _numbered(labels: Sequence[Label], names: Sequence[str], width: float, measure: Measure) -> list[Label]:
    """Of equal labels all but one get a number; the one that is its whole name gets none."""
    made: list[Label] = []
    taken = set(labels)
    whole = {label: place for place, label in reversed([*enumerate(labels)]) if " ".join(label) == names[place]}
    seen: set[Label] = set(whole)
    for place, label in enumerate(labels):
        new, n = label, 2
        while (new in seen and whole.get(new) != place) or (new != label and new in taken):
            sign = f" ({n})"
            new = (*label[:-1], _cut(label[-1], max(width - measure(sign), 1), measure) + sign)
            n += 1
        seen.add(new)
        made.append(new)
    return made
