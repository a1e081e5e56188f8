"""What is suggested in a territory for a period: to whom, by when, and from which document it comes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from proforient.advice.due import due_after
from proforient.catalogue.entries import Action, Catalogue, Deadline, Source
from proforient.catalogue.holding import EVENTS, events_of, holds
from proforient.monitoring import Amendment, Period
from proforient.wording import date_ru, deadline, join, quoted

if TYPE_CHECKING:
    from proforient.advice.problems import Found
    from proforient.store.reading import Reader

EVERYBODY = "*"
ELSEWHERE = "образец других муниципалитетов"  # the ground of an action whose document holds in another region

Words = Literal["catalogue", "amended", "own"]  # whose the words of a recommendation are

KINDS = {
    "letter": "письмо",
    "protocol": "протокол",
    "resolution": "резолюция",
    "decision": "решение",
    "presentation": "презентация",
    "law": "закон",
    "statistics": "статистика",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggested:
    """A recommendation. ``addressee_name`` is in the dative, ``source_text`` empty where no source is known;
    ``short`` and ``addressee_short`` say the same for a slide. ``answers``: codes of problems; («*»,) and () are
    general ones. No ``deadline`` lies before the period's end. ``responsible``: a post or an office, empty where nobody
    is named. ``words`` tells whose they are; ``shown``: whether it is on."""

    code: str
    answers: tuple[str, ...]
    addressee: str
    addressee_name: str
    text: str
    short: str
    addressee_short: str
    responsible: str
    deadline: Deadline
    deadline_text: str
    source_text: str
    words: Words = "catalogue"
    shown: bool = True

    @property
    def general(self) -> bool:
        """Whether it answers no problem of its own: to every addressee, or a general one."""
        return self.answers in ((), (EVERYBODY,))


@dataclass(frozen=True, slots=True)
class Advice:
    """The recommendations of one territory and period, in their order; ``every`` has those that are off, too."""

    every: tuple[Suggested, ...]

    @property
    def shown(self) -> list[Suggested]:
        """Those that are on."""
        return [a for a in self.every if a.shown]

    def answers_to(self, found: Found) -> list[Suggested]:
        """What answers a problem that was found; none for one that a few persons alone have raised."""
        return [] if found.unreliable else self.answering(found.code)

    def answering(self, problem: str) -> list[Suggested]:
        """Those that answer the problem; none for a problem that nobody has an answer to."""
        return [a for a in self.shown if problem in a.answers]

    @property
    def general(self) -> list[Suggested]:
        """Those that answer no problem of their own."""
        return [a for a in self.shown if a.general]


def advice_in(reader: Reader, period: str, territory: str | None) -> Advice:
    """What is suggested in the territory (None: in all of them alike) in the period of that code."""
    return advice_of(
        reader.catalogue,
        reader.period(period, territory=territory),
        territory,
        amendments=reader.amendments(period, territory=territory),
        events=reader.event_names(territory),
    )


def advice_of(
    catalogue: Catalogue,
    period: Period,
    territory: str | None,
    *,
    amendments: Iterable[Amendment] = (),
    events: Sequence[str] | None = None,
) -> Advice:
    """The catalogue's recommendations that hold in the territory and the period, as it has amended them, and its own.

    ``events``: those that the territory has named itself; None: the catalogue's.
    """
    place = _Place(catalogue, period, territory, events)
    own = {a.action: a for a in amendments}
    held = [a for a in catalogue.actions.values() if holds(a, territory, period.year)]
    first = [(action, own.get(action.code)) for action in held]
    first += [(_own_action(a), a) for a in own.values() if a.own]
    order = {action.code: n for n, (action, _) in enumerate(first, start=1)}
    made = [(place.suggested(action, amendment), amendment) for action, amendment in first]

    def rank(one: tuple[Suggested, Amendment | None]) -> tuple[int, bool]:
        """A place that was given goes before what would stand there by itself."""
        suggested, amendment = one
        given = amendment.place if amendment else None
        return given or order[suggested.code], given is None

    return Advice(tuple(suggested for suggested, _ in sorted(made, key=rank)))  # order: places, then as given


def _own_action(amendment: Amendment) -> Action:
    return Action(
        code=amendment.action, answers=amendment.answers, addressee=amendment.addressee or "", text=amendment.text or ""
    )


class _Place:
    """The territory and the period for which recommendations are made."""

    def __init__(
        self, catalogue: Catalogue, period: Period, territory: str | None, events: Sequence[str] | None
    ) -> None:
        self.catalogue = catalogue
        self.period = period
        self.territory = territory
        self.events = events_of(catalogue, territory, period.year) if events is None else events

    def suggested(self, action: Action, amendment: Amendment | None) -> Suggested:
        """The action as it is amended; one of the territory's own rests on no document."""
        text, short, code = action.text, action.short, action.addressee
        due, shown = action.deadline, action.shown
        words: Words = "catalogue"
        if shown is None:
            shown = not action.general or bool(amendment and amendment.own)
        if amendment is not None and not amendment.empty:
            words = "own" if amendment.own else "amended"
            text, short = (amendment.text, "") if amendment.text is not None else (text, short)
            code = amendment.addressee if amendment.addressee is not None else code
            due = amendment.deadline if amendment.deadline is not None else due
            shown = amendment.shown if amendment.shown is not None else shown
        addressee = self.catalogue.addressees.get(code)
        due, text = due_after(due, self.period.ends), _with_events(text, self.events)
        return Suggested(
            code=action.code,
            answers=action.answers,
            addressee=code,
            addressee_name=addressee.dative if addressee else code,
            text=text,
            short=_with_events(short, self.events) or text,
            addressee_short=(addressee.short or addressee.dative) if addressee else code,
            responsible=(amendment.responsible or "") if amendment else "",
            deadline=due,
            deadline_text=deadline(due),
            source_text=self._ground(action),
            words=words,
            shown=shown,
        )

    def _ground(self, action: Action) -> str:
        source = self.catalogue.sources.get(action.source or "")
        if source and not holds(source, self.territory, self.period.year):
            return ELSEWHERE
        return _source_text(source, action.place)


def _with_events(text: str, events: Sequence[str]) -> str:
    """The text with «: «День профессии» и «ИкаР»» in its place, or with nothing where no events are known."""
    return text.replace(EVENTS, f": {join([quoted(name) for name in events])}" if events else "")


def _source_text(source: Source | None, place: str) -> str:
    """«письмо № 837/1 от 04.05.2023, прил. 1, п. 2»; a document without a number is called by its title, too."""
    if source is None:
        return place
    words = KINDS.get(source.kind, source.kind)
    if source.number:
        words += f" №\u00a0{source.number}"
    if source.date:
        exact = not source.date_is
        words += (
            f" от\u00a0{date_ru(source.date, 'digits')}" if exact else f" не ранее {date_ru(source.date, 'digits')}"
        )
    if not source.number:
        words += f" «{source.title}»" if "«" not in source.title else f": {source.title}"
    return f"{words}, {place}" if place else words
