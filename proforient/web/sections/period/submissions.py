"""Files that were handed in lately, and taking one of their parts back with both figures shown before."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from proforient.access.roles import Deed, Person
from proforient.charts import marks
from proforient.errors import MovedOn, ProforientError
from proforient.store import acceptance
from proforient.store.journal import SentRow
from proforient.store.rows import Part
from proforient.store.writing import Writer
from proforient.web import lists, widgets
from proforient.web.cache import cached
from proforient.web.clock import day_ru
from proforient.web.sections.dialog import ask, dialog_mark, finish, forget, leave, reading, told_anew
from proforient.web.sections.period.collection import Collection
from proforient.web.sections.upload import consequences as upload_change
from proforient.web.session import Session, current
from proforient.wording import counted, number, quoted, typo

SHOWN = 10  # parts on one page of the list
TOP = "sent"
FORESEEN = "proforient.period.foreseen"


def list_submissions(here: Session, campaign: Collection) -> None:
    """One line a file and organisation, newest first; those that still count can be withdrawn."""
    parts = _parts(here, campaign.code)
    st.space("small")
    widgets.section("Что сдано", place=TOP)
    if not parts:
        widgets.show_html(marks.tag("p", "Файлов ещё нет."))
        return
    if len(campaign.reports) > lists.PAGE:  # the list of reports beside it is searched: its files are found, too
        texts = [campaign.organisations.by_code(column) for column in ("name", "full_name", "inn")]
        parts = lists.matching(
            parts, lambda p: (*(text[p.organisation] for text in texts), p.organisation, p.file_name, p.received_by)
        )
    shown = [str(p.part_id) for p in lists.page_of(parts, SHOWN, "beside")]
    states = _withdrawable(here, tuple(shown), here.person)
    for part in shown:
        _line(here, campaign, *states[part])
    lists.pages(len(parts), SHOWN, TOP, "beside")
    if not campaign.takes_files:
        widgets.caption("Приём закрыт: принятое не отзывается. Чтобы откатить файл, откройте приём снова.")


@cached("territory")
def _parts(here: Session, period: str) -> Sequence[SentRow]:
    """Of everybody who reports in the territory, newest first."""
    ends = here.reader.period(period).ends
    places = {code: n for n, code in enumerate(here.reader.roster(on=ends, territory=here.view.territory))}
    parts = [p for p in here.reader.sent(period, territory=here.view.territory) if p.organisation in places]
    return sorted(parts, key=lambda p: (-p.submission_id, places[p.organisation]))  # order: the register's


@cached()
def _withdrawable(here: Session, parts: tuple[str, ...], person: Person) -> dict[str, tuple[Part, bool]]:
    """Each with whether the ``person`` may take it back."""
    parts_now = here.reader.parts(parts=parts)
    whose = here.reader.organisations(codes={part.organisation for part in parts_now}) if parts_now else []
    may = {o.code for o in whose if here.may(Deed.REVIEW, o)}
    return {part.id: (part, part.organisation in may) for part in parts_now}


def _line(here: Session, campaign: Collection, part: Part, mine: bool) -> None:
    said = [counted(part.cells, "numbers"), f"{part.by}, {day_ru(part.at, here.zone)}"]
    if part.withdrawn:
        said.append("отозван")
    elif part.current == 0:
        said.append("заменён более новым")
    elif part.current < part.cells:
        said.append(f"в силе {number(part.current)}")
    receipt = widgets.link_html("квитанция", page="receipts", item=part.submission)
    with st.container(horizontal=True, vertical_alignment="center", key=f"period-row-part-{part.id}"):
        widgets.show_html(
            marks.joined(
                [
                    marks.tag("b", campaign.name(part.organisation)),
                    receipt,
                    marks.tag("small", f"{part.file} · {' · '.join(said)}", "pf-quiet pf-line"),
                ],
                " ",
            )
        )
        if mine and not part.withdrawn and (campaign.takes_files or _again(here, campaign, part.organisation)):
            st.button(
                "Откатить…", key=f"period-withdraw-{part.id}", on_click=ask, args=(here.mark, "withdraw", part.id)
            )


def _again(here: Session, campaign: Collection, organisation: str) -> bool:
    """Whether the closed period is open for this organisation."""
    return here.reader.takes_from(campaign.code, organisation, campaign.reports.homes[organisation])


@st.dialog("Откатить файл", width="medium", on_dismiss=forget)
def withdraw_dialog(identifier: str) -> None:
    here = current()
    with reading(here):
        (part,) = here.reader.parts(part=identifier)
        whose = here.reader.organisation(part.organisation)
        name = whose.name
        widgets.show_html(
            marks.tag(
                "p",
                f"{name}: файл {quoted(part.file)}, {counted(part.cells, 'numbers')}. "
                "Вместо его чисел снова станут действовать сданные раньше; если их нет, числа исчезнут из долей. "
                "Сам файл останется в истории.",
            )
        )
        try:
            foreseen = _foresee(here, part)
        except MovedOn as moved:
            told_anew(here, moved)
        except ProforientError as error:
            widgets.message(str(error))
            return
        upload_change.show(here, foreseen, then="После отката", shown=3)
        with st.container(horizontal=True):
            if st.button("Откатить", type="primary", key="period-withdraw-do"):
                said = typo(f"Файл {quoted(part.file)} отозван: {name}.")
                finish(here, Deed.REVIEW, lambda writer: acceptance.withdraw(writer, part.id), said, whose)
            if st.button("Оставить как есть", key="period-withdraw-not"):
                leave()


def _foresee(here: Session, part: Part) -> upload_change.Foreseen:
    """Worked out once for a dialog that is drawn again at every touch."""
    key = (part.id, here.store.version)
    foreseen = st.session_state.get(FORESEEN)
    if foreseen is None or foreseen[0] != key:

        def take_back(writer: Writer) -> None:
            acceptance.withdraw(writer, part.id)

        foreseen = (key, upload_change.foresee(here, part.period, {part.organisation}, take_back, mark=dialog_mark()))
        st.session_state[FORESEEN] = foreseen
    found = foreseen[1]
    assert isinstance(found, upload_change.Foreseen)
    return found
