"""The way back as a line of crumbs: region, municipality, level, organisation, the rows of its file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from proforient.charts import sentences
from proforient.charts.marks import Html, joined, tag
from proforient.monitoring import Organisation, parent_territory, territory_name
from proforient.web.session import Session

HERE = "Путь"
ROWS = "Откуда число"


def line(here: Session, level: str | None, organisation: Organisation | None = None) -> Html:
    """Each step as a link but the last, at which one stands; nothing for who has one organisation only."""
    steps = list(_steps(here, level, organisation))
    if here.person.organisation is not None or len(steps) < 2:
        return Html("")
    links = [tag("li", tag("a", words, "go", href=where)) for words, where in steps[:-1]]
    last = tag("li", tag("b", steps[-1][0], aria_current="page"))
    return tag("nav", tag("ol", joined([*links, last])), "pf-crumbs", aria_label=HERE)


def _steps(here: Session, level: str | None, organisation: Organisation | None) -> Iterator[tuple[str, str]]:
    """Words and address of each."""
    home = organisation.territory if organisation is not None else here.view.territory
    closed = {"organisation": None, "trace": False, "source": None}
    opened = {"down": level, "level": level} if level else {"down": None}
    for place in _above(home, here.choices.territories):
        yield territory_name(place), here.address("overview", **closed, **opened, territory=place)
    if home is not None:
        yield territory_name(home), here.address("overview", **closed, territory=home, down=None)
    if level is not None:
        where = here.address("overview", **closed, **opened, territory=home)
        yield sentences.level_label(here.catalogue.levels[level]), where
    if organisation is not None:
        where = here.address("organisations", organisation=organisation.code, trace=False, source=None)
        yield organisation.name, where
        if here.view.trace:
            yield ROWS, ""


def _above(territory: str | None, known: Sequence[str]) -> list[str]:
    """The territories around it that may be looked at, the widest first."""
    found: list[str] = []
    place = parent_territory(territory) if territory else None
    while place is not None:
        found = [place, *found] if place in known else found
        place = parent_territory(place)
    return found
