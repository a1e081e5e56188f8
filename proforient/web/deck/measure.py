"""How much room words take on a slide: letters measured in the deck's font, lines broken as a browser breaks them.

Lengths are in rem: a hundredth of the slide's width, and at least 56.25 of them are its height.
"""

from __future__ import annotations

import re
from functools import lru_cache

TALL = 56.25 - 3.4 - 2.2  # rem of height inside a slide's padding
GAPS = 2 * 1.8  # rem between title, body and foot together
WIDE = 90.0  # rem of a slide's width inside its padding
FOOT, FOOT_WIDE = 1.5 * 1.35, 75.0  # a line of the foot, which shares its width with the links
SAFETY = 1.02  # factor of a text's width for kerning and rounding
UNKNOWN = 1100  # thousandths of the letters' size that a sign of unknown width is taken to have
TITLES = {
    True: (4.4, 3.4, 2.6),
    False: (2.9, 2.2, 1.9),
}  # sizes of the first title and of the others: «», long, longest
LOOKS = ("", "long", "longest")
MOST_LINES = 3  # lines of a title

# Thousandths of the font's size, by the signs that take them; figures as wide as the widest.
_PLAIN = {
    220: "'",
    250: "  ",
    260: "`",
    268: "ij",
    300: "!,.:;·",
    314: "I",
    320: "l",
    340: "|",
    365: "f",
    380: "()-[]{}",
    390: '"r',
    400: "t",
    450: "*",
    460: "г",
    480: "/\\",
    490: "т",
    500: "_",
    510: "?z",
    525: "зь",
    530: "s–",
    545: "cсэ",
    550: "+<=>^x~«»−х",
    555: "Jч",
    560: "vyГу",
    565: "akав",
    570: "Lя",
    575: "к",
    580: "eёе",
    585: "л",
    595: "Fб",
    600: "Zoоп",
    605: "uдъ",
    610: "EЁЕийн",
    615: "bdghnpqр",
    620: "TТц",
    640: "$SYЗ",
    655: "PРЬ",
    660: "0123456789XХ",
    665: "Б",
    670: "&ABVАВУЧ",
    680: "#CRСЭ",
    685: "Я",
    690: "K",
    700: "DК",
    705: "G",
    715: "Л",
    720: "м",
    730: "U—Ды",
    735: "Ъ",
    740: "OQОф",
    750: "П",
    760: "HNИЙН",
    765: "Ц",
    775: "ю",
    800: "ж",
    810: "wш",
    840: "%щ",
    860: "MМФ",
    885: "m",
    890: "Ы",
    940: "…",
    950: "Ю",
    960: "WЖ",
    970: "Ш",
    995: "Щ",
    1020: "@",
    1095: "№",
}
_BOLD = {
    240: "'",
    250: "  ",
    274: "ij",
    310: "`",
    320: "!,.:;·",
    335: "l",
    340: "I|",
    365: "f",
    380: "()-[]{}",
    390: "r",
    400: "t",
    450: "*",
    460: '"г',
    480: "/\\",
    500: "_",
    510: "z",
    520: "т",
    530: "–",
    535: "«»",
    540: "?",
    550: "ь",
    556: "з",
    560: "sГ",
    570: "JL",
    575: "cсэ",
    576: "ч",
    580: "+<=>^akx~−авкх",
    585: "я",
    590: "eёе",
    595: "Fu",
    596: "л",
    600: "ovyопу",
    605: "hnб",
    610: "ийн",
    615: "bdgpqр",
    620: "ъ",
    624: "EЁЕ",
    625: "д",
    630: "Z",
    631: "ц",
    650: "TТ",
    660: "0123456789",
    668: "З",
    670: "$PSРЬ",
    680: "#Б",
    685: "Ч",
    695: "R",
    700: "YЯ",
    705: "BВ",
    710: "&ACVАСУЭ",
    715: "D",
    720: "XХм",
    725: "K",
    729: "Л",
    730: "U—",
    735: "GК",
    750: "ДПЪ",
    760: "HNИЙНы",
    770: "OQОф",
    776: "Ц",
    785: "ю",
    820: "ж",
    830: "w",
    840: "%ш",
    875: "m",
    880: "щ",
    890: "MМ",
    920: "Ы",
    930: "Ф",
    970: "@",
    985: "Ю",
    1000: "W…Ш",
    1020: "Ж",
    1035: "Щ",
    1110: "№",
}
_WIDTHS = {
    bold: {sign: width for width, signs in table.items() for sign in signs}
    for bold, table in ((False, _PLAIN), (True, _BOLD))
}
_BREAKS = re.compile(r"(?<=[ \-\u2013\u2014/])(?=\S)")


def width(text: str, *, bold: bool = False) -> float:
    """The length of ``text`` in one line, in sizes of its font."""
    widths = _WIDTHS[bold]
    return SAFETY * sum(widths.get(sign, UNKNOWN) for sign in text) / 1000


@lru_cache(maxsize=1024)
def lines(text: str, size: float, room: float, *, bold: bool = False) -> int:
    """How many lines ``text`` takes in letters of ``size`` rem where ``room`` rem are wide."""
    count, used = 1, 0.0
    for word in _BREAKS.split(text):
        own = size * width(word, bold=bold)
        bare = size * width(word.rstrip(" "), bold=bold)
        if used and used + bare > room:
            count, used = count + 1, 0.0
        if bare > room:
            more = int(bare / room)
            count, own = count + more, own - more * room
        used += own
    return count if text else 0


def foot(source: str) -> float:
    """The height of a slide's foot."""
    return FOOT * (1 + lines(source, 1.5, FOOT_WIDE)) + 0.3


def title(text: str, body: float, source: str, *, first: bool = False) -> tuple[str, float]:
    """The look of a title that leaves ``body`` rem to what stands below it, and its height."""
    left = TALL - GAPS - foot(source) - body
    for look, size in zip(LOOKS, TITLES[first], strict=True):
        count = lines(text, size, WIDE, bold=True)
        tall = count * size * 1.16
        if (tall <= left and count <= MOST_LINES) or look == LOOKS[-1]:
            return look, tall
    raise AssertionError("the last look is always taken")


def room(text: str, source: str) -> float:
    """What a title in its usual size, or smaller where it takes more than two lines, and the foot leave to the body."""
    size = next((s for s in TITLES[False] if lines(text, s, WIDE, bold=True) < MOST_LINES), TITLES[False][-1])
    return TALL - GAPS - foot(source) - lines(text, size, WIDE, bold=True) * size * 1.16


def fitted(text: str, size: float, room: float, most: int) -> str:
    """``text`` cut at a word where it takes more than ``most`` lines."""
    if lines(text, size, room) <= most:
        return text
    words = text.split(" ")
    while len(words) > 1 and lines(f"{' '.join(words)}…", size, room) > most:
        words.pop()
    return f"{' '.join(words).rstrip(' ,;:.—')}…"
