"""«Ссылки»: making a snapshot for guests, its link, QR and code for a hall; the list with openings; taking it back."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from functools import partial

import segno
import streamlit as st

from proforient.access import links
from proforient.access.links import State
from proforient.access.log_words import actor_name
from proforient.access.roles import Deed
from proforient.charts import marks
from proforient.documents.file_names import file_name
from proforient.monitoring import now, territory_name
from proforient.store.rows import Publication
from proforient.store.writing import Writer
from proforient.web import lists, widgets
from proforient.web.clock import day_ru, moment_ru
from proforient.web.sections import dialog, notice
from proforient.web.sections.dialog import ask, finish, forget, reading
from proforient.web.sections.late import handed_in_after
from proforient.web.session import Session, current, keep_mark, pressed_mark
from proforient.web.shown import visit_counts
from proforient.web.shown.handlers import address_of, reachable
from proforient.wording import counted as told
from proforient.wording import join, number, period_name, typo, verb_form

STATES = {
    State.CURRENT: "● действует",
    State.SUPERSEDED: "◐ есть новее",
    State.CORRECTED: "◐ исправлен",
    State.WITHDRAWN: "○ отозван",
    State.OVER: "○ срок вышел",
    State.DAMAGED: "✕ повреждён: изменён в обход программы",
}
WHAT = (
    "Снимок показывает без входа суммы по уровням: организаций в нём нет, числа округлены. Числа в нём не меняются; "
    "если данные уточнят, сделайте новый, и старый скажет об этом сам."
)
PAGE = 20  # snapshots on one page of the list: one takes as much room as three lines of another list
DAYS = {"": "бессрочно", "7": "неделя", "30": "месяц", "365": "год"}


def in_reach(here: Session) -> list[Publication]:
    """Newest first, of the chosen territory, else of everything that is reached."""
    found = here.reader.publications(territory=here.view.territory)
    return [p for p in found if here.person.reaches(p.territory)]


def begin(here: Session) -> None:
    """The form of a new snapshot: what it will show, a title and a note over it, how long the link holds."""
    view = here.view
    if view.territory is None or view.period is None or view.cohort is None:
        widgets.message("Выберите муниципалитет и период: снимок показывает одну территорию.", heading="Новый снимок")
        return
    if not here.may(Deed.SHARE, view.territory):
        widgets.message("Эта программа открыта только для чтения: новых снимков здесь не делают.")
        return
    with st.form("links-new", border=False):
        title = st.text_input("Заголовок (можно не писать: будет вывод по числам)", max_chars=links.LONGEST_TITLE)
        note = st.text_area("Примечание", max_chars=links.LONGEST_NOTE, placeholder="Например: к коллегии 11 мая")
        days = st.selectbox("Сколько действует", list(DAYS), format_func=lambda d: DAYS[d])
        same = [p for p in in_reach(here) if p.period == view.period and p.withdrawn_at is None]
        options = ["", *(str(p.number) for p in same)]
        corrects = st.selectbox(
            "Исправляет ошибку в снимке", options, format_func=lambda n: f"№ {n}" if n else "нет, просто новее"
        )
        pressed = st.form_submit_button("Сделать снимок", type="primary", on_click=keep_mark, args=(here.mark,))
    if pressed:
        _make(here, title, note, int(days) if days else None, int(corrects) if corrects else None, pressed_mark())


def _make(here: Session, title: str, note: str, days: int | None, corrects: int | None, mark: int) -> None:
    view = here.view
    assert view.territory and view.period and view.cohort
    made: list[Publication] = []

    def do(writer: Writer) -> None:
        made.append(
            links.publish(
                writer,
                here.catalogue,
                period=view.period or "",
                territory=view.territory or "",
                cohort=view.cohort or "",
                title=title,
                note=note,
                days=days,
                corrects=corrects,
                at=now(),
            )
        )

    refused = act(here, do, view.territory, mark=mark, click=("publish", view.territory, view.period))
    if refused:
        widgets.message(refused, heading="Снимок не сделан")
        return
    if made:
        notice.say(typo(f"Снимок № {made[0].number} открыт. Ссылка — первая в списке."))
    st.rerun()


def act(
    here: Session, do: Callable[[Writer], object], territory: str | None, *, mark: int, click: tuple[str, ...] = ()
) -> str:
    """Gives why it was refused, empty when it was done."""
    return dialog.act(here, Deed.SHARE, do, territory, mark=mark, click=click, figures=False)


def snapshot_list(here: Session, found: Sequence[Publication]) -> None:
    """One block a snapshot: what it is, its link, how often it was opened, what can be done with it."""
    opened = here.reader.opened_times()
    waiting = visit_counts.waiting()
    wanted: Sequence[Publication] = found
    if len(found) > PAGE:
        lists.search_field("Номер, заголовок, территория")
        wanted = lists.matching(found, lambda p: (str(p.number), p.title, territory_name(p.territory), p.period))
        lists.head(len(wanted), len(found), by=("find",))
    for publication in lists.page_of(wanted, PAGE):
        _block(here, publication, found, opened.get(publication.token, 0) + waiting[publication.token])
    lists.pages(len(wanted), PAGE)


def _block(here: Session, p: Publication, every: Sequence[Publication], openings: int) -> None:
    state, zone = links.state_of(p, every, now()), here.reader.zone(p.territory)
    facts = [
        territory_name(p.territory),
        period_name(p.period),
        here.catalogue.cohorts[p.cohort].name,
        f"сделан {day_ru(p.made_at, zone)}, {actor_name(p.made_by)}",
        f"до {day_ru(p.ends_at, zone)}" if p.ends_at else "бессрочно",
        f"открывали: {number(openings)}" if openings else "ещё не открывали",
    ]
    with st.container(key=f"links-row-{p.number}"):
        head = marks.joined([marks.tag("b", f"№ {p.number}"), f" {STATES[state]} ", p.title])
        small = marks.tag("small", " · ".join(facts), "pf-quiet pf-line")
        late = handed_in_after(here, p.period, p.territory or None, p.made_at)
        since = marks.tag("small", f"После снимка сданы: {join(late)}", "pf-line") if late else ""
        widgets.show_html(marks.joined([head, small, since]))
        if state in (State.WITHDRAWN, State.OVER, State.DAMAGED):
            return
        address = address_of(here.settings, p.token)
        st.code(address, language=None, wrap_lines=True)
        with st.container(horizontal=True):
            st.link_button("Открыть", address)
            for kind in ("svg", "png"):
                st.download_button(
                    f"QR {kind.upper()}",
                    partial(picture, address, kind),
                    file_name=file_name(f"QR снимка № {p.number}", territory=p.territory, period=p.period, ending=kind),
                    key=f"links-qr-{p.number}-{kind}",
                    on_click="ignore",
                )
            if here.may(Deed.SHARE, p.territory):
                st.button(
                    "Код для зала…", key=f"links-code-{p.number}", on_click=ask, args=(here.mark, "code", str(p.number))
                )
                st.button(
                    "Отозвать…", key=f"links-back-{p.number}", on_click=ask, args=(here.mark, "revoke", str(p.number))
                )


def picture(address: str, kind: str) -> bytes:
    """The address as a QR code: error correction «m», four modules of quiet around."""
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind=kind, border=4, scale=10)
    return out.getvalue()


def _publication(here: Session, given: str) -> Publication:
    return next(p for p in in_reach(here) if str(p.number) == given)


@st.dialog("Код для зала", on_dismiss=forget)
def code_dialog(given: str) -> None:
    here = current()
    with reading(here):
        key = f"hall-code-{given}"
        publication = _publication(here, given)
        if key not in st.session_state:
            made: list[tuple[str, object]] = []
            refused = act(
                here,
                lambda w: made.append(links.new_code(w, publication, now())),
                publication.territory,
                mark=dialog.dialog_mark(),
            )
            if refused:
                widgets.message(refused)
                return
            st.session_state[key] = made[0]
        code, ends = st.session_state[key]
        where = (here.settings.address or address_of(here.settings, "").removesuffix("/s/")) + "/k"
        lines = [
            marks.tag("p", f"Откройте {where} и введите код:"),
            marks.tag("p", marks.tag("b", links.readable_code(code)), "pf-code"),
            marks.tag(
                "p",
                f"Код действует до {moment_ru(ends, here.reader.zone(publication.territory))}. Вход не нужен.",
                "pf-quiet",
            ),
        ]
        widgets.show_html(marks.joined(lines))


@st.dialog("Отозвать ссылку", on_dismiss=forget)
def revoke_dialog(given: str) -> None:
    here = current()
    with reading(here):
        publication = _publication(here, given)
        widgets.show_html(
            marks.tag(
                "p", f"По ссылке на снимок № {given} чисел больше не будет. Вернуть её нельзя, можно сделать новую."
            )
        )
        reason = st.text_input("Причина (её увидят по ссылке)", max_chars=links.LONGEST_NOTE, key="links-reason")
        if st.button("Отозвать", type="primary", key="links-back-do"):
            finish(
                here,
                Deed.SHARE,
                lambda writer: links.withdraw(writer, publication.number, reason=reason, at=now()),
                typo(f"Снимок № {given} отозван."),
                publication.territory,
                figures=False,
            )


def finding(found: Sequence[Publication]) -> str:
    """«По ссылкам открыто 2 снимка из 5»."""
    moment = now()
    alive = sum(links.state_of(p, found, moment) not in (State.WITHDRAWN, State.OVER, State.DAMAGED) for p in found)
    if not found:
        return "Снимков для показа ещё не делали"
    if not alive:
        return typo(f"По ссылкам не открыт ни один снимок из {number(len(found))}")
    opened = f"{verb_form(alive, 'm', 'открыт', '', '', 'открыто')} {told(alive, 'snapshots')}"
    return typo(f"По ссылкам {opened}" + (f" из {number(len(found))}" if alive < len(found) else ""))


def no_address(here: Session) -> None:
    """On a computer of one's own a link leads nowhere else."""
    if not reachable(here.settings):
        widgets.caption(
            "Программа открыта только на этом компьютере: с телефона эти ссылки не откроются. Адрес для других задаёт "
            "администратор программы; без сети отправьте снимок файлом: кнопка «Сохранить страницу»."
        )
