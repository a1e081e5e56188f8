"""Spellings: a text in, a key out; two texts with one key are the same name. Pure and cached.

Only equality of keys decides; ``nearest`` merely orders proposals for a person.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

# More than a file at the limits has different texts: reading meets each several times, far apart, and a smaller cache
# would forget every one of them in between.
CACHED = 1 << 18
_TOLD = 300  # signs of a text up to which names like it are proposed: more than any name has

# Latin letters that look like Cyrillic ones in either case: «b» stands here for the sake of «B».
_LOOKALIKES = str.maketrans("abcehkmoptxy", "авсенкмортху")
_TOKEN = re.compile(r"[^\W_]+")
_NUMBER_SIGN = re.compile(r"(?:nо?)++(?P<number>(?=\d))?")
_INVISIBLE = {"Mn", "Me", "Cf"}

# The abbreviations that people use in headings, as the words into which punctuation splits them.
_ABBREVIATIONS: dict[tuple[str, ...], tuple[str, ...]] = {
    ("кол", "во"): ("количество",),
    ("к", "во"): ("количество",),
    ("колич",): ("количество",),
    ("числ", "ть"): ("численность",),
    ("обуч", "ся"): ("обучающихся",),
    ("уч", "ся"): ("учащихся",),
    ("наим",): ("наименование",),
    ("уч", "г"): ("учебный", "год"),
    ("уч", "год"): ("учебный", "год"),
    ("чел",): ("человек",),
}

# Legal forms say nothing about which organisation it is; the form of a kindergarten still says «детский сад».
_LEGAL = {
    *("мбоу", "маоу", "мкоу", "моу", "гбоу", "гаоу", "гкоу", "гоу", "чоу", "ноу", "мбу", "мау", "мку", "му", "оу"),
    *("мбудо", "маудо", "мкудо", "мбоудо", "маоудо", "мкоудо", "моудо", "гбудо", "гаудо", "гбу", "гау", "гку"),
    *("муниципальное", "государственное", "частное", "автономное", "бюджетное", "казенное"),
    *("общеобразовательное", "образовательное", "общеобразовательная", "учреждение", "организация"),
}
_KINDS: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("средняя", "общеобразовательная", "школа"), ("сош",)),
    (("средняя", "школа"), ("сош",)),
    (("сш",), ("сош",)),
    (("основная", "общеобразовательная", "школа"), ("оош",)),
    (("основная", "школа"), ("оош",)),
    (("начальная", "общеобразовательная", "школа"), ("нош",)),
    (("начальная", "школа"), ("нош",)),
    (("дошкольное", "образовательное", "учреждение"), ("дс",)),
    (("дошкольная", "образовательная", "организация"), ("дс",)),
    (("детский", "сад"), ("дс",)),
    (("д", "с"), ("дс",)),
    (("детсад",), ("дс",)),
    *(((form,), ("дс",)) for form in ("мбдоу", "мадоу", "мкдоу", "мдоу", "гбдоу", "гкдоу", "чдоу", "доу", "доо")),
    (("центр", "детского", "творчества"), ("цдт",)),
    (("центр", "дополнительного", "образования"), ("цдо",)),
    (("дом", "детского", "творчества"), ("ддт",)),
    (("детско", "юношеская", "спортивная", "школа"), ("дюсш",)),
    (("учреждение", "дополнительного", "образования"), ()),
    (("организация", "дополнительного", "образования"), ()),
    *(((form, "до"), ()) for form in ("мбу", "мау", "мку", "му", "мбоу", "маоу", "мкоу", "моу", "гбу", "гау", "оу")),
)
_KIND_PHRASES = dict(_KINDS)


def _replace(tokens: Sequence[str], phrases: dict[tuple[str, ...], tuple[str, ...]]) -> list[str]:
    """The tokens with the longest phrases replaced, from left to right."""
    longest: dict[str, int] = {}  # by the first word of a phrase
    for phrase in phrases:
        longest[phrase[0]] = max(longest.get(phrase[0], 0), len(phrase))
    done: list[str] = []
    start = 0
    while start < len(tokens):
        for size in range(min(longest.get(tokens[start], 0), len(tokens) - start), 0, -1):
            replacement = phrases.get(tuple(tokens[start : start + size]))
            if replacement is not None:
                done += replacement
                start += size
                break
        else:
            done.append(tokens[start])
            start += 1
    return done


def _unless_before_a_number(found: re.Match[str]) -> str:
    return found[0] if found["number"] is None else ""


def _without_number_signs(tokens: Sequence[str]) -> list[str]:
    """The tokens without an «N» or «No» before a number, glued to it or apart."""
    words: list[str] = []
    for token in reversed(tokens):
        signed = _NUMBER_SIGN.match(token)
        bare = _NUMBER_SIGN.sub(_unless_before_a_number, token) if signed and signed["number"] is not None else token
        if bare in {"n", "nо"} and words and words[-1][0].isdigit():
            continue
        words.append(bare)
    return words[::-1]


def _normalise_once(text: str) -> str:
    text = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).lower())
    text = text.replace("\u200b", " ").replace("º", "о").replace("%", " процент ")
    # A stress mark or a soft hyphen inside a word is invisible to the reader and must not split it.
    text = "".join(c for c in text if c < "\u00ad" or unicodedata.category(c) not in _INVISIBLE)
    tokens = _TOKEN.findall(text.replace("ё", "е").translate(_LOOKALIKES))
    return " ".join(_replace(_without_number_signs(tokens), _ABBREVIATIONS))


@lru_cache(maxsize=CACHED)
def normalise(text: str) -> str:
    """The comparison key of a heading, name or alias.

    Lower case, ё as е, Latin look-alikes as Cyrillic, number signs away, punctuation and every kind of space as
    one space, common abbreviations written out. Idempotent. Empty when the text has no letter and no digit.
    """
    key = _normalise_once(text)
    while (again := _normalise_once(key)) != key:
        key = again
    return key


@lru_cache(maxsize=CACHED)
def fold_organisation(text: str) -> str:
    """The comparison key of an organisation's name: what is left without its legal form, words sorted, no repeats.

    Kinds of organisation become short (сош, оош, дс, цдт). A name that is nothing but a legal form keeps its words.
    """
    tokens = normalise(text).split()
    telling = [t for t in _replace(tokens, _KIND_PHRASES) if t not in _LEGAL]
    return " ".join(sorted(set(telling or tokens)))


def _sorted_words(text: str) -> str:
    return " ".join(sorted(normalise(text).split()))


@lru_cache(maxsize=1024)
def _nearest(text: str, candidates: tuple[str, ...], n: int, least: float) -> tuple[str, ...]:
    matcher = difflib.SequenceMatcher(None, "", _sorted_words(text), autojunk=False)
    bounds: list[tuple[float, int]] = []
    for place, candidate in enumerate(candidates):
        matcher.set_seq1(_sorted_words(candidate))
        bounds.append((-matcher.quick_ratio(), place))
    best: list[tuple[float, int]] = []  # (minus the likeness, place), the best first
    # The quick ratio is an upper bound: once it falls below the n-th best likeness, nothing better can follow.
    for bound, place in sorted(bounds):
        if -bound < least or (len(best) >= n and bound > best[n - 1][0]):
            break
        matcher.set_seq1(_sorted_words(candidates[place]))
        best = sorted([*best, (-matcher.ratio(), place)])[:n]
    return tuple(candidates[place] for likeness, place in best if -likeness >= least)


def nearest(text: str, candidates: Iterable[str], n: int = 3, least: float = 0.3) -> list[str]:
    """At most ``n`` candidates, the most alike first, whatever the order of their words; ties keep the given order.

    ``least`` (0..1) is the likeness below which a candidate is not worth proposing. Never a decision.
    """
    return list(_nearest(text[:_TOLD], tuple(candidates), n, least)) if n > 0 else []
