"""«Что если»: the plan moved or children added; everything follows at once, is marked as computed, and is not kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

import streamlit as st

from proforient.access.roles import Deed
from proforient.analysis.arithmetic import fitting_amount
from proforient.analysis.coverage import Coverage, coverages
from proforient.analysis.scenario import Prospect, Scenario, answers, prospect, room_of
from proforient.analysis.scope import Filters
from proforient.charts import figures, marks, sentences
from proforient.documents.contents import DraftItem
from proforient.errors import ProforientError, WrongCall
from proforient.monitoring import Organisation, Verdict
from proforient.web import chart, widgets
from proforient.web.cache import cached
from proforient.web.number_field import typed_decimal
from proforient.web.sections import dialog
from proforient.web.sections.documents import placing
from proforient.web.sections.period import plans
from proforient.web.session import Session, Way, current, is_led, lead
from proforient.wording import noun, plain_decimal

HEADING = "Что если: другой план или больше детей"
NOTE = "Расчёт, не план: ничего не сохраняется, на других страницах всё по-прежнему."
LINE = "Линия плана, % — расчёт: тяните или двигайте стрелками"
PROPOSE, AS_ITEM = "Предложить как план…", "Взять как пункт решения…"
MOST, WHOLE = 6, 100  # organisations to which children are added at once; percent at the end of the slider
MOST_ADDED = 100_000  # children, where nothing else bounds them
LISTED = 60  # organisations in the list of who would be where


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedFigure:
    """The figure and its organisations as they are, in the order of names, and how those are called."""

    total: Coverage
    rows: tuple[Coverage, ...]
    organisations: Mapping[str, Organisation]
    mark: int  # what the drawing with the button is based on

    @property
    def names(self) -> Mapping[str, str]:
        return sentences.names_of(self.organisations)

    def key(self, what: str) -> str:
        """Of a widget, so that another figure begins with its own plan."""
        c = self.total
        return "|".join(("scenario", what, c.territory, c.period, c.indicator, c.level, c.cohort))


def offer(
    here: Session, total: Coverage | None, rows: Sequence[Coverage], organisations: Mapping[str, Organisation]
) -> None:
    """Closed until somebody asks; nothing where a figure has no such plan or no organisations."""
    if total is None or not rows or not answers(total):
        return
    asked = AskedFigure(total=total, rows=tuple(rows), organisations=organisations, mark=here.mark)
    _section(asked)


def offer_here(here: Session) -> None:
    """The same of the figure of the view, where its territory has organisations of its own and not too many."""
    view = here.view
    if view.territory is None or view.period is None or view.territory not in here.choices.organisations.values():
        return
    found = _read(here)
    if found is not None and len(found.rows) <= widgets.MOST_OFFERED:
        offer(here, found.total, found.rows, found.organisations)


@cached("territory", "period", "cohort", "indicator", "level")
def _read(here: Session) -> AskedFigure | None:
    view, reader = here.view, here.reader
    if view.period not in widgets.periods_here(here):
        return None
    assert view.period is not None
    one = Filters(indicator=view.indicator, level=view.level, cohort=view.cohort)
    whole = coverages(reader, here.catalogue, view.period, territory=view.territory, **one)
    if not whole or not answers(whole[0]):
        return None
    rows = coverages(reader, here.catalogue, view.period, territory=view.territory, by="organisation", **one)
    return AskedFigure(
        total=whole[0],
        rows=tuple(c for c in rows if c.verdict is not Verdict.NOT_ASKED),
        organisations=reader.roster(on=reader.period(view.period).ends, territory=view.territory),
        mark=here.mark,
    )


@st.fragment
def _section(asked: AskedFigure) -> None:
    """A fragment: the rest of the page stands still while the plan is moved."""
    if is_led():
        st.rerun()
    opened = st.expander(HEADING, key=asked.key("open"), on_change="rerun")
    if opened.open:
        with opened:
            widgets.caption(NOTE)
            _asking(asked)


def _asking(asked: AskedFigure) -> None:
    left, right = st.columns([2, 3], gap="large")
    with left:
        typed = _plan(asked)
        _taken_over(asked)  # above what grows and shrinks with the plan: a button stays under the pointer
        more = _more(asked)
    with right:
        try:
            plan = _checked(asked.total, typed)
        except ProforientError as error:
            widgets.message(str(error))
            return
        found = prospect(asked.total, asked.rows, Scenario(plan=plan, more=more))
        _show(asked, found)
    _rows(asked, found, plan)


def _taken_over(asked: AskedFigure) -> None:
    """How it goes on: as a proposed plan, as an item of a decision; each by who may do that."""
    here = current()
    with st.container(horizontal=True):
        if here.may(Deed.PLAN, asked.total.territory):
            st.button(PROPOSE, key=asked.key("propose"), on_click=_propose, args=(asked,))
        if here.may(Deed.DRAFT, asked.total.territory):
            st.button(AS_ITEM, key=asked.key("item"), on_click=_as_item, args=(asked,))


def _at_the_click(asked: AskedFigure) -> Prospect | None:
    """What is typed when a button is pressed: it may be newer than what was drawn. None: it is no plan."""
    state = st.session_state
    chosen = state.get(asked.key("who"), ())
    more = {code: state[asked.key(f"more {code}")] for code in chosen if asked.key(f"more {code}") in state}
    try:
        plan = _checked(asked.total, state[asked.key("amount")])
    except ProforientError:
        return None
    return prospect(asked.total, asked.rows, Scenario(plan=plan, more=more))


def _plan(asked: AskedFigure) -> str:
    """The plan as a typed number; where it is a percent its line in the picture is moved, too: both are one.

    Whichever is changed, the other is drawn anew under a key of its own: what the browser sends before it has heard
    of the change is the value of a widget that is no more.
    """
    state, amount = st.session_state, asked.key("amount")
    if amount not in state:
        found = fitting_amount(asked.total.plan, asked.total.kind)
        state[amount] = _written(Decimal(WHOLE // 2) if found is None else found)
    label = "План, % — расчёт" if _is_percent(asked.total) else "План, число — расчёт"
    key = _again(asked, "plan")
    st.text_input(label, state[amount], key=key, max_chars=20, on_change=_changed, args=(asked, "plan", key))
    return str(state[amount])


def _again(asked: AskedFigure, what: str) -> str:
    """The key of a widget that is drawn anew each time the other one is changed."""
    return f"{asked.key(what)} {st.session_state.get(asked.key(f'{what} drawn'), 0)}"


def _changed(asked: AskedFigure, what: str, key: str) -> None:
    """A callback: what was typed, or where the line was left, is the plan; the other widget is drawn anew with it."""
    if key != _again(asked, what):
        return
    state, drawn = st.session_state, asked.key(f"{'slider' if what == 'plan' else 'plan'} drawn")
    state[asked.key("amount")] = str(state[key])
    state[drawn] = state.get(drawn, 0) + 1


def _is_percent(total: Coverage) -> bool:
    return total.formula.plan_in == "percent"


def _line(asked: AskedFigure, plan: Decimal) -> None:
    """The plan's line itself: it lies over the rows, whose bars end where it does, and is dragged or moved by keys.

    It stands at the nearest whole percent.
    """
    key, at = _again(asked, "slider"), int(min(plan, Decimal(WHOLE)).to_integral_value())
    st.slider(LINE, 0, WHOLE, at, key=key, format="План %d %%", on_change=_changed, args=(asked, "slider", key),
              label_visibility="collapsed")  # fmt: skip


def _written(amount: Decimal) -> str:
    return plain_decimal(amount).replace(".", ",")


def _checked(total: Coverage, typed: str) -> Decimal:
    given = typed_decimal(typed, what="План")
    if total.formula.plan_in == "percent" and given > WHOLE:
        raise WrongCall("План: больше 100 % быть не может. Впишите число от 0 до 100.")
    if given != given.quantize(Decimal("0.01")):
        raise WrongCall("План: точнее двух знаков после запятой не задают. Округлите его.")
    return given


def _more(asked: AskedFigure) -> dict[str, int]:
    """In which organisations how many children are added."""
    names = {c.organisation: c for c in asked.rows if c.organisation and c.numerator is not None and room_of(c) != 0}
    called = widgets.choice_labels({code: asked.names.get(code, code) for code in names})
    chosen = st.multiselect(
        "Добавить детей в организациях",
        list(names),
        key=asked.key("who"),
        format_func=lambda code: called[code],
        max_selections=MOST,
        placeholder="Не больше шести",
    )
    more, unit = {}, noun(asked.total.unit).gen_pl
    for code in chosen:
        room = room_of(names[code])
        most = MOST_ADDED if room is None else room
        more[code] = st.number_input(f"{called[code]}: ещё {unit}", 0, most, step=1, key=asked.key(f"more {code}"))
    return more


def _show(asked: AskedFigure, found: Prospect) -> None:
    """The verdict as it would be, and who could close the gap."""
    catalogue = current().catalogue
    said = sentences.scenario_finding(found, catalogue, asked.organisations)
    facts = [marks.word_of(found.total), marks.html(sentences.plan_in_units(found.total))]
    lines = [
        marks.tag("p", marks.tag("b", said), "pf-lead"),
        marks.tag("p", marks.joined(facts, " \u2002")),
        marks.tag("p", sentences.gap_title(found.gap, catalogue, asked.organisations)),
    ]
    closing = sentences.scenario_closing(found, asked.names)
    if closing:
        lines.append(marks.tag("p", closing, "pf-quiet"))
    widgets.show_html(marks.tag("div", marks.joined(lines), "pf-scenario", role="status"))


def _rows(asked: AskedFigure, found: Prospect, plan: Decimal) -> None:
    """The territory and its organisations at this plan, whose line goes through all of them."""
    title = f"{sentences.SCENARIO}: организации при этом плане"
    rows = marks.organisations(found.rows, asked.names, title=title, limit=LISTED, by_gap=True)
    parts = [marks.tag("h3", title, "pf-title"), marks.levels([found.total], current().catalogue), rows]
    movable = _is_percent(asked.total) and asked.total.formula.in_percent
    with st.container(key="scenario-line" if movable else "scenario-rows"):
        if movable:
            _line(asked, plan)
        widgets.show_html(marks.tag("div", marks.joined(parts), "pf-scenario"))
    said = sentences.scenario_finding(found, current().catalogue, asked.organisations)
    make = partial(
        figures.organisations, found.rows, asked.names, "light", title=title, limit=LISTED, by_gap=True
    )  # fmt: skip
    chart.take("scenario", make, said, [found.total], what="Расчёт, не план")


def _propose(asked: AskedFigure) -> None:
    """A callback: the form of «Период и планы» opens with the plan and its ground; a person decides there."""
    here, found = current(), _at_the_click(asked)
    if found is None or found.total.plan is None:
        return
    key = found.total.key
    plans.put_in(key, found.total.plan.amount, sentences.scenario_ground(found, here.catalogue, asked.organisations))
    lead(Way({"indicator": key.indicator, "level": key.level}, "period"))
    dialog.ask(asked.mark, "plan")


def _as_item(asked: AskedFigure) -> None:
    """A callback: «Документы» opens with the item written out, for a draft that a person chooses there."""
    here, found, organisations = current(), _at_the_click(asked), asked.organisations
    if found is None:
        return
    closing = [code for code, _ in found.gap.closing]
    kinds = [here.catalogue.organisation_kinds[organisations[code].kind] for code in closing if code in organisations]
    known = next(iter(here.catalogue.addressees), "")
    addressee = next((kind.addressee for kind in kinds if kind.addressee), known)
    text = sentences.scenario_item(found, here.catalogue)
    placing.put_in(DraftItem(key="", text=text, addressee=addressee, organisations=tuple(closing)))
    lead(Way({"document": None}, "documents"))
    dialog.ask(asked.mark, "taken")
