"""What stands on a page that AppTest has run."""

from __future__ import annotations

import html
import re


def words(at):
    """Everything that is written on the page outside its widgets, tags and no-break signs away."""
    bodies = " ".join(element.proto.body for element in at.get("html"))
    text = html.unescape(re.sub(r"<style.*?</style>|<[^>]+>", " ", bodies, flags=re.DOTALL))
    return re.sub(r"\s+", " ", text.replace("\u2060", ""))


def title(at):
    found = re.search(r"<h1[^>]*>(.*?)</h1>", " ".join(e.proto.body for e in at.get("html")))
    return html.unescape(found[1]).replace("\u00a0", " ") if found else ""


def button(at, label):
    return next(b for b in at.button if b.label == label)
