"""What the user looks at, to and from the query string: the same on every page, in stable codes.

In: the query's parameters and what exists. Out: a View, and in Russian what of the address was not understood.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, field, fields

from proforient.monitoring import within

OPEN = "1"  # value of ``trace`` in the address when the way back is open
LONGEST = 60  # characters of a foreign value that are repeated to the user, and of what is searched for
MOST_SIDES, MOST_SLIDES = 6, 3  # what stands beside each other, and how many such slides a deck takes
SIDES = {"t": "territory", "o": "organisation", "c": "cohort", "p": "period"}  # sign in the address -> what it is
NO_AXIS = "none"  # in place of columns, where there are none
BETWEEN, APART, WITHIN = "|", "!", "~"  # sides, slides, the parts of a slide
_PART = re.compile(r"[1-9][0-9]{0,3}")
_PAPER = re.compile(r"[di][1-9][0-9]{0,18}")  # a draft, or an issued document
_ITEM = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """The user's choices on a page, as codes. None: nothing is chosen; without a territory all stand side by side.

    ``down``: the level whose organisations (of a region: municipalities) stand in the place of all levels.
    ``trace``: whether the cells behind the figure are shown; ``source``: the organisation whose rows of the file are
    shown there. ``topic``: the topic of the help; ``step``: the current stop of a tour. ``find``, ``kind`` and
    ``state`` filter a list. ``part``: the page of that list, from «2» on; None is the first. ``beside``: the page of
    a second list (the cells behind a figure, the files that were sent), counted likewise.
    ``sides``: what is compared (``sides_of``); ``slides``: comparisons that go into the deck (``slides_of``).
    ``rows`` and ``columns`` are axes of a table of one's own, ``measure`` what it tells, ``look`` how it is drawn.
    """

    territory: str | None = None
    period: str | None = None
    cohort: str | None = None
    indicator: str | None = None
    level: str | None = None
    organisation: str | None = None
    problem: str | None = None
    action: str | None = None  # a recommendation of the catalogue or of the territory's own
    sort: str | None = None
    grouping: str | None = None  # by what the list of indicators is divided
    source: str | None = None
    topic: str | None = None
    step: str | None = None
    find: str | None = None
    kind: str | None = None  # of organisations
    state: str | None = None  # of their reports
    part: str | None = None
    beside: str | None = None
    down: str | None = None
    sides: str | None = None
    slides: str | None = None
    rows: str | None = None
    columns: str | None = None
    measure: str | None = None
    look: str | None = None
    document: str | None = None  # «d12»: a draft, «i31»: an issued document
    item: str | None = None  # of a draft by its key, a measure or a receipt by its number
    progress: str | None = None  # how far measures have come
    addressee: str | None = None
    trace: bool = False


KEYS = tuple(f.name for f in fields(View))


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What exists, by code, and what is shown where the address says nothing.

    ``indicators`` gives the levels of each, ``organisations`` the territory of each. The defaults are worked out by
    the caller: the period with enough reports, the first level of the chart that does not meet its plan. ``whole``:
    whether no territory may be chosen, that is, all of them; ``own_organisation``: the only one that is looked at.
    """

    territories: Sequence[str] = ()
    whole: bool = True
    own_organisation: str | None = None
    periods: Sequence[str] = ()
    cohorts: Sequence[str] = ()
    indicators: Mapping[str, Sequence[str]] = field(default_factory=dict)
    organisations: Mapping[str, str] = field(default_factory=dict)
    problems: Sequence[str] = ()
    actions: Container[str] = ()
    sorts: Sequence[str] = ()
    groupings: Sequence[str] = ()
    topics: Sequence[str] = ()
    steps: Sequence[str] = ()
    kinds: Sequence[str] = ()
    states: Sequence[str] = ()
    downs: Sequence[str] = ()
    axes: Sequence[str] = ()
    measures: Sequence[str] = ()
    looks: Sequence[str] = ()
    progresses: Sequence[str] = ()
    addressees: Container[str] = ()
    default_territory: str | None = None
    default_period: str | None = None
    default_cohort: str | None = None
    default_indicator: str | None = None
    default_level: str | None = None
    default_sort: str | None = None
    default_grouping: str | None = None
    default_topic: str | None = None

    def has_side(self, side: str) -> bool:
        """Whether a side of a comparison, «o:school-5», is something that may be looked at."""
        sign, _, code = side.partition(":")
        known: Mapping[str, Container[str]] = {
            "t": self.territories,
            "o": self.organisations,
            "c": self.cohorts,
            "p": self.periods,
        }
        return code in known.get(sign, ())

    def has_slide(self, slide: str) -> bool:
        indicator, level, sides = (*slide.split(WITHIN), "", "")[:3]
        return level in self.indicators.get(indicator, ()) and all(map(self.has_side, sides.split(BETWEEN)))


@dataclass(frozen=True, slots=True, kw_only=True)
class SlideOfSides:
    """A comparison that goes into the deck: its figure and its sides in the order in which they stand."""

    indicator: str
    level: str
    sides: tuple[str, ...]

    @property
    def code(self) -> str:
        """As it stands in the address."""
        return WITHIN.join((self.indicator, self.level, BETWEEN.join(self.sides)))


def sides_of(view: View) -> tuple[str, ...]:
    """«t:path», «o:code», «c:code» or «p:code» of each, in the order in which they were chosen."""
    return tuple(view.sides.split(BETWEEN)) if view.sides else ()


def slides_of(view: View) -> tuple[SlideOfSides, ...]:
    """The comparisons of the deck, in the order in which they were added."""
    parts = [slide.split(WITHIN) for slide in view.slides.split(APART)] if view.slides else []
    return tuple(SlideOfSides(indicator=i, level=v, sides=tuple(s.split(BETWEEN))) for i, v, s in parts)


def to_query(view: View) -> dict[str, str]:
    """Every key, an empty string for none: so that nothing of an earlier page stays in the address."""
    named = {key: getattr(view, key) or "" for key in KEYS if key != "trace"}
    return {**named, "trace": OPEN if view.trace else ""}


def read_view(query: Mapping[str, Sequence[str]], choices: Choices) -> tuple[View, list[str]]:
    """The view of an address, and a sentence for each thing in it that does not exist or does not fit.

    What is not understood is replaced by the default; a key that is missing gives the default without a word. An
    empty territory, organisation or problem is none; an empty period, cohort, indicator, level or order the default.
    """
    reading = _Reading(query)
    territory = reading.choose("territory", choices.territories, choices.default_territory, may_be_none=choices.whole)
    own = choices.own_organisation
    here = _Within(choices.organisations, territory)
    indicator = reading.choose("indicator", choices.indicators, choices.default_indicator)
    levels = choices.indicators.get(indicator or "", ())
    usual = choices.default_level if choices.default_level in levels else next(iter(levels), None)
    down = reading.choose("down", choices.downs, None, may_be_none=True)
    level = reading.choose("level", levels, usual)
    view = View(
        territory=territory,
        period=reading.choose("period", choices.periods, choices.default_period),
        cohort=reading.choose("cohort", choices.cohorts, choices.default_cohort),
        indicator=indicator,
        level=down if down in levels else level,
        organisation=reading.choose("organisation", here, own, may_be_none=own is None),
        problem=reading.choose("problem", choices.problems, None, may_be_none=True),
        action=reading.choose("action", choices.actions, None, may_be_none=True),
        sort=reading.choose("sort", choices.sorts, choices.default_sort),
        grouping=reading.choose("grouping", choices.groupings, choices.default_grouping),
        source=reading.choose("source", here, None, may_be_none=True),
        topic=reading.choose("topic", choices.topics, choices.default_topic),
        step=reading.choose("step", choices.steps, None, may_be_none=True),
        find=reading.words("find"),
        kind=reading.choose("kind", choices.kinds, None, may_be_none=True),
        state=reading.choose("state", choices.states, None, may_be_none=True),
        part=reading.part("part"),
        beside=reading.part("beside"),
        down=down,
        sides=reading.several("sides", BETWEEN, choices.has_side, MOST_SIDES),
        slides=reading.several("slides", APART, choices.has_slide, MOST_SLIDES),
        rows=reading.choose("rows", choices.axes, None, may_be_none=True),
        columns=reading.choose("columns", (*choices.axes, NO_AXIS), None, may_be_none=True),
        measure=reading.choose("measure", choices.measures, None, may_be_none=True),
        look=reading.choose("look", choices.looks, None, may_be_none=True),
        document=reading.like("document", _PAPER),
        item=reading.like("item", _ITEM),
        progress=reading.choose("progress", choices.progresses, None, may_be_none=True),
        addressee=reading.choose("addressee", choices.addressees, None, may_be_none=True),
        trace=reading.choose("trace", (OPEN,), None, may_be_none=True) == OPEN,
    )
    return view, reading.not_understood


NAMES = {
    "territory": "территория",
    "period": "период",
    "cohort": "категория",
    "indicator": "показатель",
    "level": "уровень",
    "organisation": "организация",
    "problem": "проблема",
    "action": "рекомендация",
    "sort": "порядок",
    "grouping": "деление списка",
    "source": "организация, чьи строки показаны",
    "topic": "раздел справки",
    "step": "шаг знакомства",
    "find": "поиск",
    "kind": "вид организаций",
    "state": "состояние отчётов",
    "part": "страница списка",
    "beside": "страница второго списка",
    "down": "раскрытый уровень",
    "sides": "что сравнивают",
    "slides": "слайд сравнения",
    "rows": "строки таблицы",
    "columns": "столбцы таблицы",
    "measure": "мера",
    "look": "вид таблицы",
    "document": "документ",
    "item": "пункт",
    "progress": "состояние мер",
    "addressee": "адресат",
    "trace": "раскрытие источников",
}


class _Within:
    """The organisations of a territory; thousands are not gone through for the one that an address names."""

    def __init__(self, homes: Mapping[str, str], territory: str | None) -> None:
        self._homes = homes
        self._territory = territory

    def __contains__(self, code: object) -> bool:
        home = self._homes.get(str(code))
        return home is not None and within(home, self._territory)


class _Reading:
    """One address being read; ``not_understood`` grows by a sentence for each fault."""

    def __init__(self, query: Mapping[str, Sequence[str]]) -> None:
        self._query = query
        self.not_understood: list[str] = []

    def choose(
        self, key: str, existing: Container[str], default: str | None, *, may_be_none: bool = False
    ) -> str | None:
        given = self._first(key)
        if given is None:
            return default
        if given in existing:
            return given
        if not given:
            return None if may_be_none else default
        shown = f"показано «{_brief(default)}»" if default else "ничего не выбрано"
        self.not_understood.append(
            f"В адресе указано: {NAMES[key]} «{_brief(given)}». Здесь такого нет, поэтому {shown}. "
            "Выберите нужное на странице или исправьте адрес."
        )
        return default

    def words(self, key: str) -> str | None:
        """What was typed, in one line; None for nothing."""
        given = _plain(self._first(key) or "")
        if len(given) > LONGEST:
            self.not_understood.append(
                f"В адресе указано: {NAMES[key]} «{_brief(given)}». Это длиннее {LONGEST} знаков: взято начало."
            )
        return given[:LONGEST].strip() or None

    def several(self, key: str, between: str, exists: Callable[[str], bool], most: int) -> str | None:
        """Each that exists once, at most so many."""
        given = list(dict.fromkeys(part for part in (self._first(key) or "").split(between) if part))
        found = [part for part in given if exists(part)]
        for part in given[:most]:
            if part not in found:
                self._unknown(key, part)
        if len(found) > most:
            self.not_understood.append(f"В адресе указано: {NAMES[key]}, больше {most}. Взяты первые {most}.")
        return between.join(found[:most]) or None

    def _unknown(self, key: str, part: str) -> None:
        self.not_understood.append(
            f"В адресе указано: {NAMES[key]} «{_brief(part)}». Здесь такого нет, поэтому оно пропущено. "
            "Выберите нужное на странице или исправьте адрес."
        )

    def like(self, key: str, form: re.Pattern[str]) -> str | None:
        """A code whose page says whether there is such a thing; None for what cannot be one."""
        given = self._first(key)
        return given if given and form.fullmatch(given) else self.choose(key, (), None, may_be_none=True)

    def part(self, key: str) -> str | None:
        given = self._first(key)
        if given and not _PART.fullmatch(given):
            return self.choose(key, (), None, may_be_none=True)
        return None if given in ("", "1") else given

    def _first(self, key: str) -> str | None:
        values = self._query.get(key)
        if not values:
            return None
        if any(other != values[0] for other in values):
            self.not_understood.append(
                f"В адресе несколько значений: {NAMES[key]}. Взято первое — «{_brief(values[0])}»."
            )
        return values[0]


def _plain(value: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in value).split())


def _brief(value: str) -> str:
    """A foreign text short and printable enough to be repeated."""
    text = _plain(value)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
