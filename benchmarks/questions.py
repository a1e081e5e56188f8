"""What each page reads before it draws, by the page's own function; and beside it the least that could be asked."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from proforient.access.roles import Person, Role
from proforient.settings import read_settings
from proforient.store.journal import REPORTS
from proforient.store.reading import Reader
from proforient.store.roster import ORGANISATIONS
from proforient.view import Choices, read_view
from proforient.web import cache
from proforient.web.choices import read_choices
from proforient.web.register import page_entry
from proforient.web.running import OpenApplication
from proforient.web.sections import indicators, overview, past, territories
from proforient.web.sections import problems as problems_page
from proforient.web.sections.organisations import listing
from proforient.web.sections.period import collection
from proforient.web.sections.period import plans as period_plans
from proforient.web.session import Session

if TYPE_CHECKING:
    import pandas as pd

    from proforient.store.store import Store

PERIOD, BEFORE, LEVEL = "2024", "2023", "basic"
CHAIN = ("2024", "2023", "2022", "2021", "2020")
PAGES = ("Обзор", "Показатели", "Проблемы", "Организации", "Период")
ADMINISTRATOR = Person(login="bench", role=Role.ADMINISTRATOR)


def choices_of(store: Store) -> Choices:
    """What the whole installation may look at; worked out once after each change of the data."""
    with store.read() as reader:
        return read_choices(reader, store.catalogue, ADMINISTRATOR)


def page(store: Store, choices: Choices, territory: str | None, name: str) -> Callable[[], object]:
    """The page's first look at data that nobody has looked at yet."""
    query = {"territory": [territory or ""], "period": [PERIOD], "level": [LEVEL]}
    opened = OpenApplication(settings=read_settings(), catalogue=store.catalogue, store=store)

    def ask() -> object:
        cache._memory = cache.Memory()
        view, _ = read_view(query, choices)
        here = Session(
            page=page_entry("overview"), person=ADMINISTRATOR, view=view, choices=choices, not_understood=(),
            theme="light", opened=opened,
        )  # fmt: skip
        try:
            return _READ[name](here)
        finally:
            here.renew()

    return ask


def _overview(here: Session) -> object:
    headline = here.catalogue.headline
    assert headline is not None
    return territories.read(here, headline.code), here.view.territory and overview.read(here)


def _indicators(here: Session) -> object:
    return indicators.read(here) if here.view.territory else territories.read(here, here.view.indicator or "")


def _problems(here: Session) -> object:
    if here.view.territory is None:
        return None
    shown = problems_page.read(here)
    if found := shown.chosen:
        past.past(here, found.indicator, found.level, found.cohort, found.coverage.period, found.territory)
    return shown


def _organisations(here: Session) -> object:
    headline = here.catalogue.headline
    assert headline is not None
    return territories.read(here, headline.code) if listing.are_too_many(here) else listing.read_register(here)


def _period(here: Session) -> object:
    chosen = here.catalogue.indicators[here.view.indicator or ""]
    return collection.read_collection(here), period_plans.read_lines(here, chosen)


_READ: Mapping[str, Callable[[Session], object]] = {
    "Обзор": _overview,
    "Показатели": _indicators,
    "Проблемы": _problems,
    "Организации": _organisations,
    "Период": _period,
}


def bare(store: Store, territory: str | None, name: str) -> Callable[[], object]:
    """The queries that give the numbers and names of the page, as Arrow; nothing is made of them."""
    headline = store.catalogue.headline
    assert headline is not None
    one = [headline.code]
    whole = (
        territory is None or territory.count(" / ") == 0
    )  # such pages show the places below instead of organisations

    def register(reader: Reader) -> object:
        day = reader.period(PERIOD).ends
        return reader.table(ORGANISATIONS, on=day, territory=territory, codes=None)

    def totals(reader: Reader, periods: Sequence[str], codes: Sequence[str] | None, level: str | None) -> object:
        return reader.totals_over(periods, territory=territory, indicators=codes, level=level, cohort="all")

    def below(reader: Reader) -> object:
        return reader.totals_over(
            [PERIOD], territory=territory, children=True, indicators=one, level=LEVEL, cohort="all"
        )

    def given(reader: Reader, level: str | None) -> object:
        return reader.pairs_over([PERIOD], territory=territory, indicators=one, level=level, cohort="all")

    def reports(reader: Reader) -> object:
        number = reader.opening(PERIOD).number
        return reader.table(REPORTS, period=number, territory=territory, organisation=None)

    asked: Mapping[str, Sequence[Callable[[Reader], object]]] = {
        "Обзор": [
            lambda r: totals(r, [PERIOD, BEFORE], one, None),
            lambda r: r.comparable_pairs(PERIOD, BEFORE, one, territory=territory, cohort="all"),
            lambda r: given(r, None),
            register,
            *([below] if whole else []),
        ],
        "Показатели": [
            lambda r: totals(r, [PERIOD], None, None),
            lambda r: totals(r, CHAIN, one, LEVEL),
            *([below] if whole else [lambda r: given(r, LEVEL), register]),
        ],
        "Проблемы": [
            lambda r: totals(r, [PERIOD], None, None),
            lambda r: given(r, None),
            register,
            lambda r: totals(r, CHAIN, one, LEVEL),
        ],
        "Организации": [register, lambda r: given(r, None), reports],
        "Период": [register, reports, lambda r: r.plans(PERIOD, territory=territory)],
    }
    apart = {"Обзор": [below], "Показатели": [below], "Организации": [below]}  # of a country
    chosen = apart.get(name, asked[name]) if territory is None else asked[name]

    def ask() -> object:
        with store.read() as reader:
            return [question(reader) for question in chosen]

    return ask


def in_pandas(frame: pd.DataFrame, territory: str, name: str) -> Callable[[], object] | None:
    """The page's sums from a table of what was given, which is in memory already; None for a page without sums."""
    inside = _inside(frame, territory)
    by = ["indicator", "level", "cohort"]
    figures = ["numerator", "denominator"]
    one = frame["indicator"] == "coverage"
    ways: Mapping[str, Callable[[], object]] = {
        "Обзор": lambda: frame[_inside(frame, territory) & one].groupby(by, observed=True)[figures].sum(),
        "Показатели": lambda: frame[_inside(frame, territory)].groupby(by, observed=True)[figures].sum(),
        "Проблемы": lambda: frame[_inside(frame, territory)].groupby(by, observed=True)[figures].sum(),
        "Организации": lambda: frame[_inside(frame, territory) & one],
    }
    return ways.get(name) if inside.any() else None


def _inside(frame: pd.DataFrame, territory: str) -> pd.Series[bool]:
    names = frame["territory"].cat.categories
    inside = [name for name in names if name == territory or name.startswith(f"{territory} / ")]
    return frame["territory"].isin(inside)


_SUMS = "SELECT indicator, level, cohort, sum(numerator), sum(denominator) FROM given WHERE {} GROUP BY 1, 2, 3"
_IN = "territory = ? OR territory LIKE ? || ' / %'"


def in_sqlite(light: sqlite3.Connection, territory: str, name: str) -> Callable[[], object] | None:
    """The same sums by SQLite, which has an index of territories."""
    one = f"indicator = 'coverage' AND ({_IN})"
    statements = {
        "Обзор": _SUMS.format(one),
        "Показатели": _SUMS.format(_IN),
        "Проблемы": _SUMS.format(_IN),
        "Организации": f"SELECT * FROM given WHERE {one}",  # a constant of ours
    }
    statement = statements.get(name)
    return (lambda: light.execute(statement, (territory, territory)).fetchall()) if statement else None
