"""What may be compared, in words, and the comparison of an address: of a page and of a slide alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from proforient.analysis.sides import Comparison, Shared, compare
from proforient.charts.marks import joined, tag
from proforient.monitoring import territory_name
from proforient.view import BETWEEN, MOST_SIDES, SIDES, Choices, SlideOfSides, View, sides_of
from proforient.web.choices import period_labels, territory_labels
from proforient.web.session import Session, Way, address, current, is_first
from proforient.web.widgets import cohort_label, show_html, show_link
from proforient.wording import join, number, typo

if TYPE_CHECKING:
    from proforient.catalogue.entries import Catalogue
    from proforient.store.reading import Reader


PICK = "Отмечать для сравнения"
HOW = "Нажмите отметку рисунка или название: сторона добавится к сравнению, второй раз — уберётся."
FULL = "Больше шести рядом не поставить: снимите одну отметку."


def offer(words: str, sides: Iterable[str], *, picked: bool = True) -> None:
    """A link to the comparison of the first of these; nothing where there is nothing to compare with.

    ``picked``: others are chosen at their marks of the chart above.
    """
    every = list(sides)
    first = every[:MOST_SIDES]
    if len(first) < 2:
        return
    sign = every[0][0]
    with st.container(horizontal=True, vertical_alignment="center", key=f"sides-offer-{sign}"):
        show_link(words, address("compare", sides=BETWEEN.join(first)))
        picking = picked and st.toggle(PICK, key=_switch(sign))
    if picking:
        _chosen_so_far(current())


def _switch(sign: str) -> str:
    return f"sides-pick-{sign}"


def is_picking(sign: str) -> bool:
    """Whether the marks of charts of that sign («o», «t», «p») are being chosen for the comparison."""
    return not is_first() and bool(st.session_state.get(_switch(sign)))


def ways_of(sign: str, usual: Callable[[str], Way]) -> Callable[[str], Way]:
    """Where a mark leads by its code: as usual, or while they are chosen into the comparison and out of it."""
    return partial(_picked, sign) if is_picking(sign) else usual


def _picked(sign: str, code: str) -> Way:
    chosen, side = list(sides_of(current().view)), f"{sign}:{code}"
    if side in chosen:
        chosen.remove(side)
    elif len(chosen) < MOST_SIDES and BETWEEN not in side:
        chosen.append(side)
    return Way({"sides": BETWEEN.join(chosen) or None})


def _chosen_so_far(here: Session) -> None:
    """What has been chosen so far, on whatever pages, and the way to the comparison of it."""
    chosen = sides_of(here.view)
    lines = [tag("span", HOW, "pf-line")]
    if chosen:
        names = side_names(here.reader, here.catalogue, here.choices, chosen)
        links = [tag("a", "снять все", "go", href=here.address(sides=None))]
        if len(chosen) > 1:
            links.insert(0, tag("a", "Сравнить отмеченные", "go", href=here.address("compare")))
        sentence = f"Отмечено {number(len(chosen))} из {number(MOST_SIDES)}: {join([names[side] for side in chosen])}."
        lines.append(joined([tag("b", typo(sentence)), *links], " \u2002"))
    if len(chosen) == MOST_SIDES:
        lines.append(tag("span", FULL, "pf-line"))
    show_html(tag("p", joined(lines), "pf-caption", role="status"))


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
