"""The one palette: tokens for light and dark, and how each verdict looks (word, glyph, colours, pattern)."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Literal

ThemeName = Literal["light", "dark"]
Pattern = Literal["solid", "hatch", "frame"]
Tone = Literal["met", "not_met", "quiet"]

FONT = "Golos Text, Proforient Marks, PT Sans, Arial, Liberation Sans, sans-serif"

MET_GLYPH = "✓"
NOT_MET_GLYPH = "✗"
NO_DATA_GLYPH = "○"
JUDGED_GLYPH = "◇"
PROVISIONAL_GLYPH = "◔"
UP_GLYPH = "↑"
DOWN_GLYPH = "↓"


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """The colours of one theme as ``#RRGGBB``; those of ``EITHER`` are variables of the sheet.

    ``on_met`` and ``on_not_met`` stand on a fill at 24 px bold or larger; smaller figures stand on ``met_text``
    or ``not_met_text`` as a patch, in ``on_patch``.
    """

    paper: str
    wash: str
    ink: str
    secondary: str
    hairline: str
    met: str
    met_text: str
    met_wash: str
    not_met: str
    not_met_text: str
    not_met_wash: str
    on_met: str
    on_not_met: str
    on_patch: str


LIGHT = Theme(
    paper="#FFFFFF",
    wash="#F4F3F0",
    ink="#1A1A1A",
    secondary="#595959",
    hairline="#D0CDC7",
    met="#0072B2",
    met_text="#0072B2",
    met_wash="#E6F1F7",
    not_met="#D55E00",
    not_met_text="#A84300",
    not_met_wash="#FBEDE3",
    on_met="#FFFFFF",
    on_not_met="#FFFFFF",
    on_patch="#FFFFFF",
)

DARK = Theme(
    paper="#161616",
    wash="#232322",
    ink="#F2F0EC",
    secondary="#B3B0AA",
    hairline="#3D3C3A",
    met="#56B4E9",
    met_text="#56B4E9",
    met_wash="#12303F",
    not_met="#E8762B",
    not_met_text="#FF9D5C",
    not_met_wash="#3A2312",
    on_met="#161616",
    on_not_met="#161616",
    on_patch="#161616",
)


def variable(token: str) -> str:
    """The name under which a colour stands in the sheet of a page."""
    return f"--pf-{token.replace('_', '-')}"


# For what is drawn before anybody knows which of the two the reader's system has.
EITHER = Theme(**{field.name: f"var({variable(field.name)})" for field in fields(Theme)})

THEMES: dict[ThemeName, Theme] = {"light": LIGHT, "dark": DARK}


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictLook:
    """How a verdict is said: always word and glyph; fill and pattern in charts."""

    word: str
    short: str
    glyph: str
    tone: Tone
    pattern: Pattern

    def fill(self, theme: Theme) -> str:
        """The colour of a bar; no data has none and gets a dotted frame on paper."""
        return {"met": theme.met, "not_met": theme.not_met, "quiet": theme.paper}[self.tone]

    def text(self, theme: Theme) -> str:
        """The colour of the verdict's words on paper or wash."""
        return {"met": theme.met_text, "not_met": theme.not_met_text, "quiet": theme.secondary}[self.tone]


def _quiet(word: str, glyph: str = NO_DATA_GLYPH, pattern: Pattern = "frame") -> VerdictLook:
    return VerdictLook(word=word, short=word, glyph=glyph, tone="quiet", pattern=pattern)


# By the value of ``proforient.monitoring.Verdict``, which this room may not import.
VERDICTS: dict[str, VerdictLook] = {
    "met": VerdictLook(word="план достигнут", short="достигнут", glyph=MET_GLYPH, tone="met", pattern="solid"),
    "not_met": VerdictLook(
        word="план не достигнут", short="не достигнут", glyph=NOT_MET_GLYPH, tone="not_met", pattern="hatch"
    ),
    "no_data": _quiet("нет данных"),
    "no_plan": _quiet("план не задан", pattern="solid"),
    "nobody": _quiet("нет обучающихся"),
    "not_asked": _quiet("не спрашивают"),
    "judged": _quiet("оценка экспертов", JUDGED_GLYPH),
}
