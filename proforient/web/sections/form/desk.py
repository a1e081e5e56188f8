"""The form of one organisation as this session types it: what its fields show, and what the store keeps of it.

The store's draft is the truth. What a field says and the store does not know yet is kept at the next drawing; where
somebody else has typed something different meanwhile, his text stays and is told.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import streamlit as st

from proforient.access.roles import Deed, demand
from proforient.documents.typed_form import TypedForm, typed_form
from proforient.errors import ProforientError
from proforient.intake.model import Finding, Giver, Screening
from proforient.intake.numbers import parse_answer
from proforient.monitoring import Cell, Organisation, Period, ReportState
from proforient.store.form_draft import type_cells
from proforient.store.form_draft_rows import TypedCell
from proforient.store.inquiring import answer_about
from proforient.store.inquiry_rows import Inquiry
from proforient.store.writing import Writer
from proforient.web.sections.dialog import act
from proforient.web.sections.upload.numbers import tables_of
from proforient.web.sections.upload.sender import Sender
from proforient.web.session import Session, current
from proforient.wording import join, quoted, typo

KEY = "proforient.form"
ANSWERS = {"да": "да", "нет": "нет", "н/д": "нет данных", "х": "не применимо"}


@dataclass(kw_only=True)
class FormDesk:
    """``shown``: what the fields hold as far as the store knows; ``seen``: the draft that they were drawn from."""

    key: tuple[Organisation, Period, str, int]
    form: TypedForm
    shown: dict[Cell, str] = field(default_factory=dict)
    seen: dict[Cell, TypedCell] = field(default_factory=dict)
    notice: str = ""  # what the typist must know of what was not kept
    carried: str = ""  # the same, for the next drawing
    drawn: bool = False  # whether this session has drawn the fields before

    @cached_property
    def places(self) -> dict[Cell, tuple[int, int]]:
        """Row and column of each field as the page shows them."""
        found: dict[Cell, tuple[int, int]] = {}
        rows = itertools.count(1)
        for group in tables_of(self.form.catalogue, self.form.cells):
            columns = {level.code: 0 if group.whole else column for column, level in enumerate(group.levels)}
            for count, row in zip(group.counts, rows, strict=False):
                found |= {Cell(count.code, v, group.cohort): (row, column) for v, column in columns.items()}
        return found

    def widget(self, cell: Cell) -> str:
        """The key of a cell's field: what the page's script finds it by, and whose it is."""
        row, column = self.places[cell]
        return f"typed-{row}-{column}-{self.form.organisation.code}-{self.form.period.code}"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenForm:
    """What one drawing of the form shows."""

    desk: FormDesk
    texts: Mapping[Cell, str]
    screening: Screening
    found: Mapping[Cell, list[Finding]]
    inquiries: Mapping[Cell, Inquiry]  # of a returned report, what was asked about its numbers
    mark: int

    @property
    def form(self) -> TypedForm:
        return self.desk.form

    @property
    def filled(self) -> int:
        return sum(bool(self.texts[cell]) for cell in self.form.asked)

    @property
    def begun(self) -> bool:
        """Whether anybody has said anything in it: an empty form is no report."""
        return any(self.texts[cell] for cell in self.form.fields)

    @property
    def wrong(self) -> int:
        """How many errors a file with these texts would be refused for."""
        return sum(f.severity == "error" for some in self.found.values() for f in some)


def read_form(here: Session, campaign: Sender) -> OpenForm:
    """Keeps what the fields say, then gives what stands in them."""
    desk = _desk(here, campaign)
    desk.notice, desk.carried = desk.carried, ""
    fields = {c: desk.widget(c) for c in desk.form.fields if desk.widget(c) in st.session_state}
    keep(here, desk, {cell: st.session_state[key] for cell, key in fields.items()})
    desk.seen = here.reader.typed_cells(campaign.code, desk.form.organisation.code)
    texts = desk.form.texts({cell: typed.words for cell, typed in desk.seen.items()})
    for cell in desk.form.fields:
        _follow(desk, cell, texts[cell])
    screening = desk.form.screened(texts)
    returned = campaign.report is not None and campaign.report.state is ReportState.RETURNED
    asked = here.reader.inquiries(campaign.code, desk.form.organisation.code) if returned else {}
    return OpenForm(
        desk=desk,
        texts=texts,
        screening=screening,
        found=desk.form.found(screening),
        inquiries={one.cell: one for some in asked.values() for one in some},
        mark=here.mark,
    )


def answer(mark: int, desk: FormDesk, cell: Cell, key: str) -> None:
    """A callback: what the school says to a question about its number."""
    here, words = current(), str(st.session_state.get(key) or "")
    if not words.strip():
        return
    whose, period = desk.form.organisation, desk.form.period.code

    def say(writer: Writer) -> None:
        answer_about(writer, period, whose.code, cell, words)

    desk.carried = act(here, Deed.SUBMIT, say, whose, mark=mark)
    if not desk.carried:
        st.session_state[key] = ""


def _follow(desk: FormDesk, cell: Cell, text: str) -> None:
    """A field that says what was known takes what the store has now; one with an unkept text is left as it is."""
    key = desk.widget(cell)
    if key in st.session_state:
        if _flat(st.session_state[key]) != _shown(desk, cell):
            return
        if text != desk.shown.get(cell, ""):
            st.session_state[key] = field_value(desk.form, cell, text)
    desk.shown[cell] = text


def settle(here: Session, shown: OpenForm, values: Mapping[Cell, str | None]) -> bool:
    """Keeps what the browser still held for a session that begins; gives whether the page is to be drawn again."""
    desk = shown.desk
    before = desk.shown.copy()
    keep(here, desk, values)
    desk.drawn, desk.carried = True, desk.notice
    return desk.shown != before


def _desk(here: Session, campaign: Sender) -> FormDesk:
    assert campaign.organisation is not None and campaign.period is not None
    key = (campaign.organisation, campaign.period, here.person.login, here.store.version)
    found = st.session_state.get(KEY)
    if isinstance(found, FormDesk) and found.key == key:
        return found
    whose = campaign.organisation.code
    known = here.reader.known(
        campaign.code,
        territory=campaign.place,
        organisations=[whose],
        giver=Giver("organisation", whose) if here.person.organisation else Giver(),
        own_account=here.person.organisation is not None,
    )
    made = FormDesk(key=key, form=typed_form(here.catalogue, campaign.organisation, campaign.period, known))
    if isinstance(found, FormDesk) and found.key[0] == key[0] and found.form.period.code == campaign.code:
        made.shown, made.seen, made.drawn, made.carried = found.shown, found.seen, found.drawn, found.carried
    st.session_state[KEY] = made
    return made


def field_value(form: TypedForm, cell: Cell, text: str) -> str | None:
    """What a field is given for a text: of an answer one of those to choose from."""
    if not form.is_answer(cell):
        return text
    parsed = parse_answer(text or None)
    words = {1: "да", 0: "нет"}.get(parsed, text) if isinstance(parsed, int) else text
    return words if words in ANSWERS else None


def keep(here: Session, desk: FormDesk, values: Mapping[Cell, str | None]) -> None:
    """Stores what the fields say and the store does not know; ``desk.notice`` says what was not kept."""
    new = {c: _flat(v) for c, v in values.items() if _flat(v) != _shown(desk, c)}
    if not new:
        return
    organisation = desk.form.organisation
    seen = desk.seen if desk.drawn else {}  # of a session that begins nobody knows what its fields were drawn from
    try:
        demand(here.person, Deed.SUBMIT, organisation)
        # The first number makes a draft of it, which the board of the campaign shows.
        with here.store.write(here.person.login, based_on=here.mark, figures=not desk.seen) as writer:
            others = type_cells(writer, desk.form.period.code, organisation.code, new, seen)
    except ProforientError as error:
        desk.notice = str(error)
        return
    finally:
        here.renew()
    desk.notice = ""  # what could not be kept before is kept now
    desk.shown |= {cell: others[cell].words if cell in others else text for cell, text in new.items()}
    if others:
        desk.notice = _others_words(desk, others, new)
        for cell, theirs in others.items():
            if desk.widget(cell) in st.session_state:
                st.session_state[desk.widget(cell)] = field_value(desk.form, cell, theirs.words)


def _flat(value: str | None) -> str:
    """What a field holds, as it is kept: in one line."""
    return " ".join((value or "").split())


def _shown(desk: FormDesk, cell: Cell) -> str:
    shown = desk.shown.get(cell, "")
    return _flat(field_value(desk.form, cell, shown))


def _others_words(desk: FormDesk, others: Mapping[Cell, TypedCell], mine: Mapping[Cell, str]) -> str:
    """«Пока вы заполняли, это же заполнял «school-1»: «Охвачено» — 58, а у вас 60. Оставлено его число…»"""
    catalogue = desk.form.catalogue
    parts = []
    for cell, theirs in others.items():
        what = f"{quoted(catalogue.count_name(cell.count))} ({catalogue.levels[cell.level].short})"
        parts.append(f"{what} — {theirs.words or 'пусто'}, а у вас {mine[cell] or 'пусто'}")
    who = join([quoted(name) for name in dict.fromkeys(theirs.author for theirs in others.values())])
    return typo(
        f"Пока вы заполняли бланк, его заполнял и другой вход, {who}: {'; '.join(parts)}. "
        "Оставлено то, что записано первым. Если верно ваше, впишите его ещё раз."
    )
