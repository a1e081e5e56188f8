"""The stored texts of the tests, and everything that is drawn of one: its page, its slides, its table, as words."""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import re
from functools import cache
from html import unescape
from pathlib import Path
from zoneinfo import ZoneInfo

from proforient import public
from proforient import snapshot as snapshots
from proforient.access.links import State
from proforient.catalogue.entries import Catalogue
from proforient.catalogue.read import catalogue_of
from proforient.charts.marks import Html
from proforient.documents import drafts
from proforient.documents import stored_text as contents
from proforient.documents.contents import Contents
from proforient.store.rows import Publication
from proforient.web.deck.page import page as deck_page
from proforient.web.deck.slides import Story
from proforient.web.shown.deck import deck as guests_deck
from proforient.web.shown.page import PublicContents, csv_of, page

STORED = Path(__file__).parent / "data" / "stored"
MADE = dt.datetime(2023, 5, 12, 6, 30)  # UTC
ZONE = ZoneInfo("Asia/Yekaterinburg")
ADDRESS = "https://hall.example/s/token"


def text_of(name: str) -> str:
    """The stored text as it was written, byte by byte."""
    path = STORED / name
    return (gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()).decode()


@cache
def catalogue() -> Catalogue:
    """The catalogue that all of them go by, kept as the store keeps it."""
    return catalogue_of(text_of("catalogue.toml.gz"), "снимка")


def drawn_of_publication(body: str) -> dict[str, str]:
    """What a link shows and gives away: page, slides, table."""
    publication = Publication(
        number=7, token="token", snapshot_id=1, period="2022", territory="", cohort="all", title="", note="К коллегии",
        catalogue="", sha256=hashlib.sha256(body.encode()).hexdigest(), body=body, corrects=None, made_at=MADE,
        made_by="head", ends_at=None, withdrawn_at=None, reason="",
    )  # fmt: skip
    shown = PublicContents(
        publication=publication, snapshot=public.read(body), catalogue=catalogue(), state=State.CURRENT, newer=None,
        newer_address="", address=ADDRESS, code=Html("<svg></svg>"), below="", checked="сегодня", zone=ZONE,
    )  # fmt: skip
    return {
        "page": words_of(page(shown).html),
        "deck": words_of(guests_deck(shown).html),
        "csv": csv_of(shown).decode("utf-8-sig").replace("\r\n", "\n"),
    }


def drawn_of_contents(body: str) -> dict[str, str]:
    """What a version of a draft says that it has changed, of an empty one."""
    told = drafts.changes(Contents(items=()), contents.read(body), catalogue(), {})
    return {"changes": "".join(f"{line}\n" for line in told).replace("\u00a0", " ")}


def drawn_of_results(body: str) -> dict[str, str]:
    """The slides of those who are signed in."""
    story = Story(
        snapshot=snapshots.read(body), catalogue=catalogue(), at=MADE, zone=ZONE, home=ADDRESS,
        code=Html("<svg></svg>"), sha256=hashlib.sha256(body.encode()).hexdigest(), live="/deck/token/live",
    )  # fmt: skip
    return {"deck": words_of(deck_page(story, base="", saved=False).html)}


def words_of(html: str) -> str:
    """A line for each piece of text."""
    bare = unescape(re.sub(r"<(style|script)\b.*?</\1>|<[^>]+>", "\n", html, flags=re.S)).replace("\u00a0", " ")
    return "".join(f"{line}\n" for line in (" ".join(part.split()) for part in bare.split("\n")) if line)
