"""Named views: the choices of a table of one's own axes under a name, for oneself or for the department."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

from proforient.errors import WrongCall
from proforient.store.journal import number_of
from proforient.store.transaction import Question, Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedView:
    """``choices``: the choices of the address as a query string; ``owner``: the login of who has named it first.

    ``territory``: of the department that it is kept for (empty: of everything); None: it is its owner's alone.
    Not ``kept``: it was put away.
    """

    id: str
    name: str
    choices: str
    owner: str
    territory: str | None
    kept: bool = True
    author: str = ""
    at: dt.datetime = dt.datetime.min  # UTC


class NamedViewRow(NamedTuple):
    view: int
    name: str
    choices: str
    owner: str
    territory: str | None
    kept: bool
    author: str
    happened_at: dt.datetime


NAMED_VIEWS = Question("named_views", NamedViewRow)


def named_views(session: Transaction, owner: str) -> list[NamedView]:
    """Those of that login and those of every department, in the order in which they were made."""
    found = map(_view, session.ask(NAMED_VIEWS, view=None, owner=owner))
    return [view for view in found if view.kept]


def named_view(session: Transaction, number: str) -> NamedView:
    """WrongCall where there is none, or no more."""
    found = [_view(row) for row in session.ask(NAMED_VIEWS, view=number_of(number), owner="")]
    if not found or not found[0].kept:
        raise WrongCall("Этого вида больше нет: его убрали. Выберите другой в списке на странице «Исследовать».")
    return found[0]


def _view(row: NamedViewRow) -> NamedView:
    return NamedView(
        id=str(row.view),
        name=row.name,
        choices=row.choices,
        owner=row.owner,
        territory=row.territory,
        kept=row.kept,
        author=row.author,
        at=row.happened_at,
    )
