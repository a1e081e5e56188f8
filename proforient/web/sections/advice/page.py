"""The list of recommendations beside the chosen one: to whom, by whom, by when, on what ground, in whose words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import streamlit as st

from proforient.access.roles import Deed
from proforient.advice.actions import Advice, Suggested, Words, advice_in, advice_of
from proforient.catalogue.holding import events_of
from proforient.charts import marks
from proforient.charts.marks import Html
from proforient.monitoring import Amendment, Period, now, territory_name
from proforient.store import amending
from proforient.web import widgets
from proforient.web.clock import day_ru
from proforient.web.sections import notice
from proforient.web.sections.dialog import act, ask
from proforient.web.session import Session, current
from proforient.wording import join, quoted, typo, uncapital

WORDS: Mapping[Words, str] = {"catalogue": "", "amended": "изменена", "own": "своя"}
DEADLINES: Mapping[str, str] = {
    "none": "не задан",
    "day": "день",
    "next_day": "день следующего года, как в документе",
    "next_year": "в течение следующего года",
    "next_school_year": "в следующем учебном году",
    "school_year_start": "к началу учебного года",
    "after_collegium": "в течение месяца после коллегии",
    "standing": "постоянно",
}
OFF = "Выключены"
TALL = 600  # pixels of the list
NO_ONE, NO_DAY = "ответственный не назван", "срок не задан"


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviceList:
    """What is suggested here, as it is and as the catalogue has it; the chosen one with its history, newest first.

    ``whose``: the territory whose amendment is in force, where that is not the page's own. ``sources``: earlier
    periods from which something can be carried over, by code with how many. ``events``: those that are named.
    """

    advice: Advice
    catalogue: Advice
    chosen: Suggested | None
    amendment: Amendment | None
    history: tuple[Amendment, ...]
    sources: Mapping[str, int]
    events: tuple[str, ...]
    events_own: bool
    period: Period


def read(here: Session) -> AdviceList:
    """Of the territory and period of the view; without a choice there the first recommendation is shown."""
    reader, territory, code = here.reader, here.view.territory, here.view.period
    assert territory is not None and code is not None
    period = reader.period(code, territory=territory)
    advice = advice_in(reader, code, territory)
    named = reader.event_names(territory)
    catalogue = advice_of(here.catalogue, period, territory, events=named)
    amendments = {a.action: a for a in reader.amendments(code, territory=territory)}
    chosen = next((a for a in advice.every if a.code == here.view.action), None) or next(iter(advice.shown), None)
    return AdviceList(
        advice=advice,
        catalogue=catalogue,
        chosen=chosen,
        amendment=amendments.get(chosen.code) if chosen else None,
        history=tuple(reader.amendment_history(code, chosen.code, territory)) if chosen else (),
        sources=_sources(here, period, {a.action for a in amendments.values() if a.territory == territory}),
        events=named if named is not None else events_of(here.catalogue, territory, period.year),
        events_own=named is not None,
        period=period,
    )


def _sources(here: Session, period: Period, there: set[str]) -> dict[str, int]:
    """Earlier periods, the newest first, with how many amendments of theirs are not there yet."""
    reader, territory = here.reader, here.view.territory
    earlier = [p for p in reader.periods(territory=territory) if p.starts < period.starts]
    found: dict[str, int] = {}
    for one in earlier:
        own = [a for a in reader.amendments(one.code, territory=territory) if a.territory == territory]
        if many := sum(a.action not in there for a in own):
            found[one.code] = many
    return found


def choose(shown: AdviceList) -> None:
    """The list, which moves within itself so that the chosen one stays in sight beside it; on a phone a select box."""
    with st.container(key="wide-advice"), st.container(height=TALL, border=False):
        widgets.show_html(entries(shown))
    chosen = shown.chosen
    with st.container(key="narrow-advice"):
        named = {a.code: a.short if a.shown else f"выключена: {uncapital(a.short)}" for a in _in_turn(shown)}
        widgets.choose("action", "Рекомендация", widgets.choice_labels(named), usual=chosen.code if chosen else "")


def _in_turn(shown: AdviceList) -> list[Suggested]:
    """As the list has them: those that are off last."""
    return [*shown.advice.shown, *(a for a in shown.advice.every if not a.shown)]


def entries(shown: AdviceList) -> Html:
    """Every recommendation by addressee, those that are off last; each has an address."""
    lines: list[widgets.Choice] = []
    addressees = list(dict.fromkeys(a.addressee_name for a in shown.advice.shown))
    for name in addressees:
        lines.append(widgets.Choice(heading=name))
        lines += [_entry(shown, a) for a in shown.advice.shown if a.addressee_name == name]
    off = [a for a in shown.advice.every if not a.shown]
    if off:
        lines.append(widgets.Choice(heading=f"{OFF}: {len(off)}"))
        lines += [_entry(shown, a) for a in off]
    return widgets.links(lines, label="Рекомендации")


def _entry(shown: AdviceList, a: Suggested) -> widgets.Choice:
    facts = [WORDS[a.words], a.deadline_text if a.deadline.form != "none" else "", a.responsible]
    line = " · ".join(part for part in facts if part)
    text = marks.joined([a.short, marks.tag("span", line, "pf-line pf-quiet") if line else ""])
    return widgets.Choice(
        text_html=text, changes={"action": a.code}, selected=shown.chosen is not None and a.code == shown.chosen.code
    )


def one(here: Session, shown: AdviceList) -> None:
    """The chosen recommendation with its empty places, who changed it and what can be done."""
    chosen = shown.chosen
    if chosen is None:
        widgets.caption("Ни одна рекомендация не включена. Выберите нужную в списке и включите её.")
        return
    widgets.section(chosen.text)
    widgets.show_html(marks.tag("dl", marks.joined(_facts(here, shown, chosen)), "pf-facts"))
    _buttons(here, shown, chosen)
    widgets.chart_title("На что отвечает")
    widgets.show_html(_answers(here, chosen))
    _history(here, shown)


def _facts(here: Session, shown: AdviceList, a: Suggested) -> Iterator[Html]:
    yield _fact("Кому", marks.html(a.addressee_name))
    yield _fact("Ответственный", marks.html(a.responsible) if a.responsible else empty("не назван"))
    yield _fact("Срок", marks.html(a.deadline_text) if a.deadline.form != "none" else empty("не задан"))
    yield _fact("Откуда", marks.html(a.source_text or "решение территории"))
    yield _fact("Слова", marks.html(_whose_words(here, shown, a)))
    yield _fact("Показывается", marks.html("да" if a.shown else "нет: включите, если она нужна"))


def _fact(name: str, value: Html) -> Html:
    return marks.joined([marks.tag("dt", name), marks.tag("dd", value)])


def empty(words: str) -> Html:
    """A place that is still to be filled in."""
    return marks.tag("span", words, "pf-blank")


def _answers(here: Session, a: Suggested) -> Html:
    problems = [here.catalogue.problems[code] for code in a.answers if code in here.catalogue.problems]
    if not problems:
        return marks.tag("p", "Ни на одну проблему: это общая рекомендация.")
    lines = (
        widgets.link_html(p.text, page="problems", problem=p.code, indicator=p.indicator, level=p.level)
        for p in problems
    )
    return marks.tag("ul", marks.joined(marks.tag("li", line) for line in lines))


def _whose_words(here: Session, shown: AdviceList, a: Suggested) -> str:
    if a.words == "catalogue" or shown.amendment is None:
        return "каталога"
    by = f"{shown.amendment.author}, {day_ru(shown.amendment.at, here.zone)}"
    place = shown.amendment.territory
    elsewhere = "" if place == here.view.territory else f"; задано для территории: {territory_name(place)}"
    return f"{'своя рекомендация' if a.words == 'own' else 'изменены'}: {by}{elsewhere}"


def _buttons(here: Session, shown: AdviceList, a: Suggested) -> None:
    if not here.may(Deed.ADVISE, here.view.territory):
        return
    with st.container(horizontal=True, key="advice-buttons"):
        st.button("Изменить рекомендацию…", key="advice-edit", on_click=ask, args=(here.mark, "edit", a.code))
        st.button("Выключить" if a.shown else "Включить", key="advice-shown", on_click=_turn, args=(here.mark, a.code))
        if a.words == "amended":
            st.button("Вернуть как в каталоге", key="advice-reset", on_click=_reset, args=(here.mark, a.code))


def put(here: Session, amendment: Amendment, *, mark: int, click: str, said: str) -> None:
    """Write an amendment in a callback and say on the next drawing what became of it."""
    refused = act(
        here,
        Deed.ADVISE,
        lambda writer: amending.amend(writer, amendment),
        amendment.territory,
        mark=mark,
        click=(click, amendment.period, amendment.territory, amendment.action),
    )
    notice.say(refused or typo(said))


def standing(here: Session, code: str) -> Amendment:
    """The amendment of the recommendation that is in force here, as one of the page's own territory."""
    period, territory = here.view.period or "", here.view.territory or ""
    with here.store.read() as reader:  # in a callback the page's own transaction may just be ending
        found = next((a for a in reader.amendments(period, territory=territory) if a.action == code), None)
    if found is None:
        return Amendment(period=period, territory=territory, action=code, author=here.person.login, at=now())
    return replace(found, territory=territory, author=here.person.login, at=now())


def _turn(mark: int, code: str) -> None:
    """A callback: on what was off, off what was on."""
    here = current()
    amendment = standing(here, code)
    with here.store.read() as reader:
        advice = advice_in(reader, amendment.period, amendment.territory)
    was = next(a.shown for a in advice.every if a.code == code)
    said = (
        "Рекомендация выключена: её нет на странице «Проблемы», в докладе и файлах."
        if was
        else "Рекомендация включена."
    )
    put(here, replace(amendment, shown=not was), mark=mark, click="shown", said=said)


def _reset(mark: int, code: str) -> None:
    here = current()
    amendment = standing(here, code)
    bare = Amendment(
        period=amendment.period, territory=amendment.territory, action=code, author=here.person.login, at=now()
    )
    put(
        here,
        bare,
        mark=mark,
        click="reset",
        said="Рекомендация снова как в каталоге; прежние слова остались в истории.",
    )


def _history(here: Session, shown: AdviceList) -> None:
    """Everything that was set of it here, newest first."""
    if not shown.history:
        return
    rows = [[f"{one.author}, {day_ru(one.at, here.zone)}", change_words(here, one)] for one in shown.history]
    widgets.chart_title("История")
    widgets.show_html(marks.table(["Кто и когда", "Что задано"], rows))


def change_words(here: Session, a: Amendment) -> Html:
    """What an amendment says, part by part."""
    if a.empty:
        return marks.html("как в каталоге")
    addressee = here.catalogue.addressees.get(a.addressee or "")
    due = due_words(a)
    parts = [
        quoted(a.text) if a.text is not None else "",
        f"кому: {addressee.dative if addressee else a.addressee}" if a.addressee is not None else "",
        f"ответственный: {a.responsible or 'не назван'}" if a.responsible is not None else "",
        f"срок: {due}" if due else "",
        f"место в списке: {a.place}" if a.place is not None else "",
        {True: "включена", False: "выключена", None: ""}[a.shown],
    ]
    return marks.joined(marks.tag("span", typo(part), "pf-line") for part in parts if part)


def due_words(a: Amendment) -> str:
    """The deadline that an amendment sets, as a rule in words; empty where it sets none."""
    if a.deadline is None:
        return ""
    if a.deadline.date is not None:
        return f"до {a.deadline.date:%d.%m.%Y}"
    return DEADLINES.get(a.deadline.form, a.deadline.form)


def events_line(here: Session, shown: AdviceList) -> None:
    """Which events the recommendations name, and whose list that is."""
    if shown.events:
        names = join([quoted(name) for name in shown.events])
        whose = "" if shown.events_own else " Так в каталоге для вашего региона."
        widgets.caption(typo(f"Региональные мероприятия в рекомендациях: {names}.{whose}"))
    else:
        widgets.caption("Региональные мероприятия не названы: рекомендации говорят о них общими словами.")


def whole_buttons(here: Session, shown: AdviceList) -> None:
    """What concerns the whole list."""
    if not here.may(Deed.ADVISE, here.view.territory):
        return
    with st.container(horizontal=True, key="advice-whole"):
        st.button("Добавить свою рекомендацию…", key="advice-own", on_click=ask, args=(here.mark, "own"))
        st.button("Назвать мероприятия…", key="advice-events", on_click=ask, args=(here.mark, "events"))
        if shown.sources:
            st.button("Перенести с прошлого периода…", key="advice-carry", on_click=ask, args=(here.mark, "carry"))


def place_of(shown: AdviceList, code: str) -> int:
    """Where it stands in the list, from 1."""
    return 1 + [a.code for a in shown.advice.every].index(code)
