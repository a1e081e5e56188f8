"""What may be compared, in words, and the comparison of an address: of a page and of a slide alike."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from proforient.analysis.sides import Comparison, Shared, compare
from proforient.monitoring import territory_name
from proforient.view import BETWEEN, MOST_SIDES, SIDES, Choices, SlideOfSides, View
from proforient.web.choices import period_labels, territory_labels
from proforient.web.session import address
from proforient.web.widgets import cohort_label, show_link

if TYPE_CHECKING:
    from proforient.catalogue.entries import Catalogue
    from proforient.store.reading import Reader


def offer(words: str, sides: Iterable[str]) -> None:
    """A link to the comparison of the first of these; nothing where there is nothing to compare with."""
    first = list(sides)[:MOST_SIDES]
    if len(first) > 1:
        show_link(words, address("compare", sides=BETWEEN.join(first)))


def every_side(choices: Choices) -> list[str]:
    """The codes of all that the person may look at: periods, cohorts, territories, organisations."""
    found = [
        *(f"p:{code}" for code in choices.periods),
        *(f"c:{code}" for code in choices.cohorts),
        *(f"t:{path}" for path in choices.territories),
        *(f"o:{code}" for code in choices.organisations),
    ]
    return [side for side in found if BETWEEN not in side]


def side_names(reader: Reader, catalogue: Catalogue, choices: Choices, sides: Iterable[str]) -> dict[str, str]:
    """Their words; an organisation's are with its territory where those asked for lie in several."""
    periods, territories, names = period_labels(choices), territory_labels(choices), reader.roster().names
    sides = list(sides)
    several = len({choices.organisations[side[2:]] for side in sides if side[0] == "o"}) > 1

    def words(sign: str, code: str) -> str:
        if sign == "p":
            return periods[code]
        if sign == "c":
            return cohort_label(catalogue.cohorts[code])
        if sign == "t":
            return territories[code]
        home = f", {territory_name(choices.organisations[code])}" if several else ""
        return f"{names.get(code, code)}{home}"

    return {side: words(side[0], side[2:]) for side in sides}


def comparison_of(
    reader: Reader, catalogue: Catalogue, choices: Choices, view: View, figure: SlideOfSides
) -> Comparison:
    """The sides of ``figure`` where the view says what they share; all of it has been read by ``read_view``."""
    assert view.period is not None and view.cohort is not None
    keys = {side: (SIDES[side[0]], side[2:]) for side in figure.sides}
    called = side_names(reader, catalogue, choices, figure.sides)
    return compare(
        reader,
        catalogue,
        Shared(period=view.period, territory=view.territory, cohort=view.cohort),
        figure.indicator,
        figure.level,
        list(keys.values()),
        {keys[side]: name for side, name in called.items()},
    )
