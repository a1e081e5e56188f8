"""The palette keeps its promises: enough contrast, and a verdict that is never colour alone."""

import itertools
import re
from dataclasses import fields

import pytest

from proforient.monitoring import Verdict
from proforient.palette import DARK, LIGHT, THEMES, VERDICTS, Theme

TEXT = 4.5
LARGE_TEXT_AND_GRAPHICS = 3.0


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_every_text_colour_is_readable_on_paper_and_wash(theme: Theme):
    for colour in (theme.ink, theme.secondary, theme.met_text, theme.not_met_text):
        assert contrast(colour, theme.paper) >= TEXT
        assert contrast(colour, theme.wash) >= TEXT


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_text_on_the_tinted_grounds_is_readable(theme: Theme):
    assert contrast(theme.met_text, theme.met_wash) >= TEXT
    assert contrast(theme.not_met_text, theme.not_met_wash) >= TEXT


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_large_figures_stand_out_on_their_bars(theme: Theme):
    assert contrast(theme.on_met, theme.met) >= LARGE_TEXT_AND_GRAPHICS
    assert contrast(theme.on_not_met, theme.not_met) >= LARGE_TEXT_AND_GRAPHICS
    assert contrast(theme.met, theme.paper) >= LARGE_TEXT_AND_GRAPHICS
    assert contrast(theme.not_met, theme.paper) >= LARGE_TEXT_AND_GRAPHICS


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_small_figures_on_a_patch_are_readable_as_text(theme: Theme):
    assert contrast(theme.on_patch, theme.met_text) >= TEXT
    assert contrast(theme.on_patch, theme.not_met_text) >= TEXT


def _channel(value: int) -> float:
    part = value / 255
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2 of two ``#RRGGBB`` colours, from 1 to 21."""
    luminance = []
    for colour in (one, other):
        red, green, blue = (_channel(int(colour[i : i + 2], 16)) for i in (1, 3, 5))
        luminance.append(0.2126 * red + 0.7152 * green + 0.0722 * blue)
    return (max(luminance) + 0.05) / (min(luminance) + 0.05)


def test_contrast_of_black_and_white_is_21_and_of_equals_is_1():
    assert round(contrast("#000000", "#FFFFFF"), 9) == 21
    assert contrast("#0072B2", "#0072B2") == 1


@pytest.mark.parametrize("theme", (LIGHT, DARK))
def test_every_token_is_a_full_hex_colour(theme: Theme):
    for field in fields(theme):
        assert re.fullmatch(r"#[0-9A-F]{6}", getattr(theme, field.name)), field.name


def test_every_verdict_has_a_look_with_word_and_glyph():
    assert set(VERDICTS) == {str(v) for v in Verdict}
    for look in VERDICTS.values():
        assert look.word and look.glyph


def test_met_and_not_met_differ_in_word_glyph_pattern_and_colour():
    met, not_met = VERDICTS[Verdict.MET], VERDICTS[Verdict.NOT_MET]
    assert met.word != not_met.word and met.glyph != not_met.glyph and met.pattern != not_met.pattern
    for theme in THEMES.values():
        assert met.fill(theme) != not_met.fill(theme) and met.text(theme) != not_met.text(theme)


def test_no_two_verdicts_are_said_with_the_same_word():
    for one, other in itertools.combinations(VERDICTS.values(), 2):
        assert one.word != other.word


def test_a_colour_is_kept_for_the_plan_alone():
    for name in set(VERDICTS) - {"met", "not_met"}:
        for theme in THEMES.values():
            assert VERDICTS[name].fill(theme) == theme.paper and VERDICTS[name].text(theme) == theme.secondary
