"""What can be looked at and what is shown first: the store and the catalogue come in, ``Choices`` go out."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable

import numpy as np

from proforient.access.roles import Person
from proforient.analysis.completeness import usual_period
from proforient.analysis.coverage import coverages
from proforient.analysis.pivot import AXES
from proforient.analysis.requirements import in_force
from proforient.catalogue.entries import Catalogue
from proforient.charts.sentences import QUANTITIES
from proforient.documents.measures import LISTED
from proforient.monitoring import ReportStanding, ReportState, Verdict, parent_territory, territory_name
from proforient.store.reading import Reader
from proforient.store.roster import Roster
from proforient.view import Choices
from proforient.web.running import OpenApplication
from proforient.web.tours import STEPS
from proforient.wording import capital, period_name
from proforient.wording.order import path_order

# The orders of lists; the first is the usual one of figures, ``REPORT_SORTS`` begins with that of a list of reports.
SORTS = {"shortfall": "по нехватке", "share": "по доле", "name": "по названию", "state": "по отчётам"}
REPORT_SORTS = {"state": SORTS["state"], **SORTS}
SIDE_SORTS = {"given": "как выбрано", "name": SORTS["name"], "share": SORTS["share"], "shortfall": SORTS["shortfall"]}

ACCOUNT_SORTS = {
    "name": SORTS["name"],
    "state": "закрытые и без пароля впереди",
    "latest": "давно не входили впереди",
}

# How a table of one's own axes is drawn; the first is the usual one.
LOOKS = {"table": "Таблица", "bars": "Полосы", "dots": "Точки", "years": "Годы"}

# By what the list of indicators is divided; the first is the usual one.
GROUPINGS = {"group": "по группам", "goal": "по целям", "document": "по протоколу"}

# What the help speaks of; the first is the usual one.
TOPICS = {
    "figures": "Что значат числа",
    "words": "Слова и знаки",
    "files": "Файлы и бланк",
    "findings": "Замечания к файлу",
    "goals": "Цели и задачи",
    "tours": "Знакомство за пять минут",
}


def groupings_of(catalogue: Catalogue) -> dict[str, str]:
    """Those by which this catalogue can be divided: it may have no goals, and no groups numbered by a document."""
    numbered = any(group.number is not None for group in catalogue.groups.values())
    there = {"group": True, "goal": bool(catalogue.goals), "document": numbered}
    return {code: words for code, words in GROUPINGS.items() if there[code]}


# How far measures have come, and what presses.
PROGRESSES = {str(code): words for code, words in LISTED.items()}

MOST = 64  # reaches whose choices are kept

_lock = threading.Lock()
_kept: dict[tuple[str, str | None], Choices] = {}
_kept_for: tuple[OpenApplication, int] | None = None


def choices_of(opened: OpenApplication, person: Person) -> Choices:
    """What the person may look at in the store as it is now; worked out again only after something was written."""
    global _kept_for
    with _lock:
        state = opened, opened.store.version
        if _kept_for is None or _kept_for[0] is not opened or _kept_for[1] != state[1] or len(_kept) > MOST:
            _kept.clear()
            _kept_for = state
        reach = person.territory, person.organisation
        if reach not in _kept:
            with opened.store.read() as reader:
                _kept[reach] = read_choices(reader, opened.catalogue, person)
        return _kept[reach]


def read_choices(reader: Reader, catalogue: Catalogue, person: Person) -> Choices:
    """Nothing outside the person's territory or organisation is among them, so no address can name it."""
    organisations = _organisations(reader, person)
    homes = set(organisations.values())
    territories = [t for t in reader.territories() if person.reaches(t) or t in homes]
    territory = person.territory if person.territory in territories else usual_territory(organisations.values())
    if territory is None and reader.home() in territories:
        territory = reader.home()
    whole = person.reaches(None)
    periods = list(dict.fromkeys(p.code for p in reader.periods(territory=None if whole else territory)))
    own = person.organisation
    period = (_own_period(reader, own, territory) if own else None) or usual_period(reader, periods, territory)
    indicator = _usual_indicator(reader, catalogue, period)
    return Choices(
        territories=territories,
        whole=whole,
        own_organisation=person.organisation,
        periods=periods,
        cohorts=tuple(catalogue.cohorts),
        indicators={code: entry.levels for code, entry in catalogue.indicators.items()},
        organisations=organisations,
        problems=tuple(catalogue.problems),
        actions=frozenset({*catalogue.actions, *reader.own_actions()}),
        sorts=tuple(dict.fromkeys((*SORTS, *SIDE_SORTS, *ACCOUNT_SORTS))),
        groupings=tuple(GROUPINGS),
        topics=tuple(TOPICS),
        steps=tuple(STEPS),
        kinds=tuple(catalogue.organisation_kinds),
        states=tuple(ReportStanding),
        axes=AXES,
        measures=tuple(QUANTITIES),
        looks=tuple(LOOKS),
        progresses=tuple(PROGRESSES),
        addressees=frozenset(catalogue.addressees),
        downs=tuple(level.code for level in catalogue.chart_levels),
        default_territory=territory,
        default_period=period,
        default_cohort=next(iter(catalogue.cohorts), None),
        default_indicator=indicator,
        default_level=_usual_level(reader, catalogue, period, territory, indicator),
        default_grouping=next(iter(GROUPINGS)),
        default_topic=next(iter(TOPICS)),
    )


def _organisations(reader: Reader, person: Person) -> dict[str, str]:
    """Code -> territory of those that the person reaches."""
    if person.organisation is not None:
        own = reader.organisations(code=person.organisation)
        return {o.code: o.territory for o in own if person.reaches_organisation(o)}
    return within_reach(reader.roster(), person).homes


def within_reach(organisations: Roster, person: Person) -> Roster:
    """Those that the person reaches."""
    if person.organisation is not None:
        return organisations.only(np.array([code == person.organisation for code in organisations.codes], dtype=bool))
    place, paths = organisations.split("territory")
    return organisations.only(np.array([person.reaches(path) for path in paths], dtype=bool)[place])


def usual_territory(homes: Iterable[str]) -> str | None:
    """The municipality with the most organisations; the first by name among equals."""
    counted = Counter(home for home in homes if parent_territory(home) is not None)
    return min(counted, key=lambda home: (-counted[home], path_order(home)), default=None)


def _own_period(reader: Reader, organisation: str, territory: str | None) -> str | None:
    """The period in which an organisation has something to hand in: what was returned, else the newest open one."""
    every = reader.periods(territory=territory)
    home = {o.code: o.territory for o in reader.organisations(code=organisation)}.get(organisation, territory or "")
    taking = [p.code for p in every if p.state == "open" or reader.takes_from(p.code, organisation, home)]
    for code in taking:
        report = reader.reports(code, territory=territory).get(organisation)
        if report is not None and report.state is ReportState.RETURNED:
            return code
    return next(iter(taking), None)


def _usual_indicator(reader: Reader, catalogue: Catalogue, period: str | None) -> str | None:
    """The headline, or where the period no longer asks it the first that it does."""
    codes = [*([catalogue.headline.code] if catalogue.headline else []), *catalogue.indicators]
    when = reader.period(period) if period else None
    asked = (code for code in codes if when is None or in_force(catalogue, code, when))
    return next(asked, next(iter(codes), None))


def _usual_level(
    reader: Reader, catalogue: Catalogue, period: str | None, territory: str | None, indicator: str | None
) -> str | None:
    """The first level of the chart that does not meet its plan; else the first of the chart."""
    chart = [level.code for level in catalogue.chart_levels]
    if period is None or indicator is None:
        return next(iter(chart), None)
    found = coverages(reader, catalogue, period, territory=territory, indicator=indicator)
    missed = {c.level for c in found if c.verdict is Verdict.NOT_MET}
    return next((level for level in chart if level in missed), next(iter(chart), None))


def territory_labels(choices: Choices) -> dict[str, str]:
    """Path -> name as people say it, with the region where two have the same; first «all» where there are several."""
    names = Counter(territory_name(path) for path in choices.territories)
    named = {path: territory_name(path) if names[territory_name(path)] == 1 else path for path in choices.territories}
    return {"": "Все муниципалитеты", **named} if len(set(choices.organisations.values())) > 1 else named


def period_labels(choices: Choices) -> dict[str, str]:
    return {code: capital(period_name(code)) for code in choices.periods}
