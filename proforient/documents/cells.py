"""Texts of others in files that a spreadsheet opens: they never begin as a formula does."""

from __future__ import annotations

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def defused(text: str) -> str:
    """``text`` with an apostrophe in front where a spreadsheet would take it for a formula."""
    return "'" + text if text.startswith(FORMULA) else text
