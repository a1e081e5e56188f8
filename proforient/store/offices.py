"""Who issues the documents of a territory: the words that a department has set once, and reading them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

from proforient.store.transaction import Question, Transaction, asked_once


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """The lines of a letterhead and the words about the territory; all may be empty.

    ``posts``: «начальник отдела | начальника отдела | начальнику отдела», a line each. ``signatory`` and ``executor``
    name people: they come from the department's own file and are never kept. ``at`` None: nobody has set it here.
    """

    letterhead: tuple[str, ...] = ()
    name: str = ""
    name_gen: str = ""
    address: tuple[str, ...] = ()
    territory_gen: str = ""
    territory_prep: str = ""
    city: str = ""
    ground: str = ""
    post: tuple[str, ...] = ()
    posts: tuple[str, ...] = ()
    signatory: str = ""
    executor: str = ""
    author: str = ""
    at: dt.datetime | None = None  # UTC


class OfficeRow(NamedTuple):
    territory: str
    letterhead: str
    name: str
    name_gen: str
    address: str
    territory_gen: str
    territory_prep: str
    city: str
    ground: str
    post: str
    posts: str
    author: str
    happened_at: dt.datetime


OFFICES = Question("offices", OfficeRow)


def office(session: Transaction, territory: str) -> Office | None:
    """What is in force for exactly this territory; None where nobody has set it."""
    return next(iter(office_history(session, territory)), None)


@asked_once
def office_history(session: Transaction, territory: str) -> list[Office]:
    """Everything that was ever set for the territory, newest first."""
    return [_office(row) for row in session.ask(OFFICES, territory=territory)]


def _office(row: OfficeRow) -> Office:
    return Office(
        letterhead=tuple(row.letterhead.splitlines()),
        name=row.name,
        name_gen=row.name_gen,
        address=tuple(row.address.splitlines()),
        territory_gen=row.territory_gen,
        territory_prep=row.territory_prep,
        city=row.city,
        ground=row.ground,
        post=tuple(row.post.splitlines()),
        posts=tuple(row.posts.splitlines()),
        author=row.author,
        at=row.happened_at,
    )
