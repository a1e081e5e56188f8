"""How much of a source document an issued one says: by sentences, by the stems of their words and all numbers."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from proforient.wording.dates import MONTHS

LONG = 8  # letters from which on five of a word are left alone by its endings, else four
ENOUGH = 0.8  # part of a sentence's stems that stand in one paragraph, or in two that follow each other
_PEOPLE = (
    r"[А-ЯЁ][а-яё]+ [А-ЯЁ][а-яё]+ [А-ЯЁ][а-яё]+(?:вич|вича|вна|вну|вны)\b",
    r"[А-ЯЁ][а-яё]+ [А-ЯЁ]\. ?[А-ЯЁ]\b\.?",
    r"[А-ЯЁ]\. ?[А-ЯЁ]\. ?[А-ЯЁ][а-яё]+",
)
_MARKS = re.compile(r"^[\s➤❖*\-–•]+|^\d+(?:\.\d+)*[.)]\s+|\*+")
_SPLIT = re.compile(r"\t|(?<![\s.«(][А-ЯЁа-яё]\.)(?<!^[А-ЯЁ]\.)(?<!\bгг\.)(?<=[.;])\s+(?=[А-ЯЁ«])")
_FORMULA = re.compile(r"\$[^$]*\$|\b[A-Z]_\{\w+\}|<[^>]*>")  # its letters; what they stand for is compared
_DAY = re.compile(r"\b(\d\d)\.(\d\d)\.(\d{4})\b")
_PLACE = re.compile(r"\[[^\]]*\]")


@dataclass
class Comparison:
    """What became of a document's sentences."""

    rebuilt: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)  # only a person's name or what the office fills
    lost: list[tuple[float, str]] = field(default_factory=list)

    @property
    def part(self) -> float:
        return len(self.lost) / max(1, len(self.rebuilt) + len(self.lost))


def sentences(text: str) -> list[str]:
    """Of each line, without marks of lists and with persons taken out."""
    found = []
    for line in text.splitlines():
        line = _MARKS.sub("", _MARKS.sub("", line.strip())).strip()
        found += [part.strip() for part in _SPLIT.split(line)] if line else []
    return found


def stems(text: str) -> Counter:
    """Words of three letters or more by their beginnings, numbers as they are."""
    text = _DAY.sub(lambda d: f"{int(d[1])} {MONTHS[int(d[2]) - 1]} {d[3]}", _FORMULA.sub(" ", text))
    words = re.findall(r"\d+|[а-яa-z]+", text.lower().replace("ё", "е"))
    return Counter(word if word.isdigit() else _stem(word) for word in words if word.isdigit() or len(word) > 2)


def _stem(word: str) -> str:
    return word[:5] if len(word) >= LONG else word[:4]


def compared(seed: str, ours: list[str], misprints: dict[str, str], filled: str) -> Comparison:
    """``filled``: what the office writes in by hand, as a regular expression."""
    for wrong, right in misprints.items():
        assert wrong in seed, wrong
        seed = seed.replace(wrong, right)
    windows = [stems(_PLACE.sub(" ", a + " " + b)) for a, b in zip(ours, [*ours[1:], ""], strict=True)]
    made = Comparison()
    if filled:
        made.places = re.findall(filled, seed, re.MULTILINE)
        seed = re.sub(filled, "", seed, flags=re.MULTILINE)
    for sentence in sentences(seed):
        said = sentence
        for who in _PEOPLE:
            said = re.sub(who, " ", said)
        wanted = stems(said)
        if not wanted:
            made.places.append(sentence)
            continue
        best = max((_score(wanted, window) for window in windows), default=0.0)
        (made.rebuilt.append(sentence) if best >= ENOUGH else made.lost.append((best, sentence)))
    return made


def _score(wanted: Counter, window: Counter) -> float:
    numbers = {word for word in wanted if word.isdigit()}
    if any(window[word] < wanted[word] for word in numbers):
        return 0.0
    return (wanted & window).total() / wanted.total()
