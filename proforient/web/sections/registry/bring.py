"""Bringing a list: pasted or as a file, then a preview of what it would change, then the button that enters it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from proforient.access.roles import Deed
from proforient.charts import marks
from proforient.errors import ProforientError, Refused
from proforient.intake.roll.answers import OTHER, SAME
from proforient.intake.roll.record import Enrolled, Roll
from proforient.monitoring import Organisation, common_territory, territory_name
from proforient.store import enrolment, reminding
from proforient.store.writing import Writer
from proforient.web import widgets
from proforient.web.seams import uploads
from proforient.web.sections import dialog, notice
from proforient.web.sections.registry.desk import PASTED, RollDesk, bring, compared
from proforient.web.sections.registry.words import kind_word, levels_words
from proforient.web.sections.upload.numbers import folded
from proforient.web.session import Session, current
from proforient.wording import capital, counted, join, number, quoted, typo

SHOWN = 60  # rows of a preview; the rest is folded away
WORDS = {"new": "новая", "changed": "изменится", "same": "без изменений"}


def chooser(here: Session, desk: RollDesk) -> None:
    """Two ways in: cells copied from Excel, or the file itself."""
    left, right = st.columns(2, gap="large")
    with left:
        st.text_area(
            "Вставьте строки из Excel",
            key=f"registry-text-{desk.chooser}",
            height=150,
            max_chars=400_000,
            placeholder="Школа № 1\nДетский сад «Ручеёк»\n…",
        )
        st.button("Прочитать", type="primary", key="registry-read", on_click=_pasted, args=(desk,))
    with right:
        file = st.file_uploader("Или файл CSV, XLSX, XLS, ODS", max_upload_size=20, key=f"registry-file-{desk.chooser}")
        if file is not None:
            _read(here, desk, file.name, file.getvalue(), drawing=True)
            uploads.forget(file)
            st.rerun()
    widgets.caption(
        "Хватит одних названий. Столбцы «ИНН», «Тип», «Уровни», «Муниципалитет» программа тоже поймёт, остальные "
        "пропустит. Коды она даст сама, уровни предложит по виду. До нажатия «Внести» реестр не меняется."
    )


def _pasted(desk: RollDesk) -> None:
    """A callback: what stands in the field is read as a table of tabs."""
    text = str(st.session_state.get(f"registry-text-{desk.chooser}") or "")
    if not text.strip():
        notice.say("Поле пустое. Скопируйте в Excel строки с названиями и вставьте их сюда.")
        return
    _read(current(), desk, PASTED, text.encode(), drawing=False)


def _read(here: Session, desk: RollDesk, name: str, data: bytes, *, drawing: bool) -> None:
    try:
        bring(here, desk, name, data, drawing=drawing)
    except ProforientError as error:
        desk.put_away()
        notice.say(str(error))


def beside_register(here: Session, desk: RollDesk) -> Roll | None:
    """The list beside the register; None where it could not be compared: it is put away, and why is said."""
    try:
        return compared(here, desk)
    except Refused as refused:
        desk.put_away()
        notice.say(str(refused))
        return None


def roll_finding(roll: Roll) -> str:
    """«В списке 40 организаций: новых 38, ждут ответа 2»."""
    found = {
        "новых": len(roll.having("new")),
        "изменится": len(roll.having("changed")),
        "без изменений": len(roll.having("same")),
        "ждут ответа": len(roll.having("asked")),
    }
    listing = ", ".join(f"{words} {number(n)}" for words, n in found.items() if n)
    return typo(f"В списке {counted(len(roll.rows), 'organisations')}: {listing}")


def preview(here: Session, desk: RollDesk, roll: Roll) -> None:
    """What is asked first, then the table, then what becomes of those that are not in the list."""
    asked = roll.having("asked")
    if asked:
        widgets.section("Что уточнить")
        for row in asked:
            _question(here, desk, row)
    clear = roll.having("changed", "new", "same")
    _table(here, clear)
    since = _since(here, roll)
    closed, closing = _missing(here, roll)
    _enter(here, desk, roll, since, closed, closing, _emails(here, roll))


def _question(here: Session, desk: RollDesk, row: Enrolled) -> None:
    number_ = row.row.row
    with st.container(key=f"registry-ask-{number_}"):
        said = marks.tag("small", capital("; ".join(row.faults)) + ".", "pf-line")
        widgets.show_html(marks.joined([marks.tag("b", f"Строка {number_}: {row.row.name}"), said]))
        with st.container(horizontal=True, vertical_alignment="bottom"):
            if row.alike:
                words = {SAME: "Это она же: строку не брать", OTHER: "Это другая организация"}
                _choose(desk, number_, "alike", "Кто это", words)
                return
            if not row.row.kind:
                kinds = {code: kind_word(here.catalogue, code) for code in here.catalogue.organisation_kinds}
                _choose(desk, number_, "kind", "Вид", kinds)
            if any("ИНН" in fault for fault in row.faults):
                _type(desk, number_, "inn", "ИНН", "пусто — без ИНН")
            if any("муниципалитет" in fault for fault in row.faults):
                _type(desk, number_, "territory", "Муниципалитет", "Например: Речной округ")


def _choose(desk: RollDesk, row: int, field: str, label: str, words: dict[str, str]) -> None:
    key = f"registry-{field}-{desk.chooser}-{row}"
    st.selectbox(
        label,
        list(words),
        index=None,
        key=key,
        format_func=lambda code: words[code],
        placeholder="Выберите",
        on_change=_take_answer,
        args=(desk, row, field, key),
    )


def _type(desk: RollDesk, row: int, field: str, label: str, hint: str) -> None:
    key = f"registry-{field}-{desk.chooser}-{row}"
    st.text_input(label, key=key, max_chars=120, placeholder=hint, on_change=_take_answer, args=(desk, row, field, key))
    if field == "inn":
        st.button("Без ИНН", key=f"{key}-none", on_click=_set, args=(desk, row, field, ""))


def _take_answer(desk: RollDesk, row: int, field: str, key: str) -> None:
    """A callback: an answer outlives the field it was given in."""
    _set(desk, row, field, str(st.session_state.get(key) or "").strip())


def _set(desk: RollDesk, row: int, field: str, words: str) -> None:
    desk.answers[row, field] = words


def _table(here: Session, rows: Sequence[Enrolled]) -> None:
    if not rows:
        return
    head: list[str | marks.TableColumn] = ["Организация", "Вид", "Уровни", "ИНН", "Код", "Что будет"]
    lines = [_line(here, row) for row in rows]
    widgets.show_html(marks.table(head, lines[:SHOWN], css="pf-roll"))
    if lines[SHOWN:]:
        rest = f"Ещё {counted(len(lines) - SHOWN, 'organisations')}"
        widgets.show_html(folded(rest, marks.table(head, lines[SHOWN:], css="pf-roll")))


def _line(here: Session, row: Enrolled) -> list[str]:
    organisation, before = row.organisation, row.before
    was = marks.tag("small", f"было: {before.name}", "pf-quiet pf-line") if _renamed(row) and before else ""
    will = (
        marks.tag("b", WORDS[row.standing]) if row.standing != "same" else marks.tag("span", WORDS["same"], "pf-quiet")
    )
    more = [join(list(row.changes))] if row.changes else []
    small = [marks.tag("small", text, "pf-quiet pf-line") for text in (*more, *row.notes)]
    return [
        marks.joined([marks.html(organisation.name), was]),
        kind_word(here.catalogue, organisation.kind),
        levels_words(here.catalogue, organisation.levels),
        organisation.inn or "—",
        marks.tag("small", organisation.code, "pf-quiet"),
        marks.joined([will, *small]),
    ]


def _renamed(row: Enrolled) -> bool:
    return row.before is not None and row.before.name != row.organisation.name


def _since(here: Session, roll: Roll) -> dt.date | None:
    """From which day changes hold; None: they mend what was written wrongly."""
    if not roll.having("changed"):
        return None
    widgets.section("С какого дня верны изменения")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        day = st.date_input("Пусто — так было всегда, прежняя запись исправлена", value=None, format="DD.MM.YYYY",
                            key="registry-since")  # fmt: skip
    return day if isinstance(day, dt.date) else None


def _missing(here: Session, roll: Roll) -> tuple[list[Organisation], dt.date | None]:
    """Who works by the register and is not in the list: closed only when somebody says so."""
    if not roll.missing:
        return [], None
    widgets.section("Есть в реестре, нет в списке")
    by_code = {o.code: o for o in roll.missing}
    label = f"Закрыть (из {counted(len(by_code), 'organisations')}); кого не выбрали, остаются как есть"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        names = {code: o.name for code, o in by_code.items()}
        chosen = widgets.several(label, names, (), key="registry-close", placeholder="Никого")
        day = st.date_input("С какого дня не работают", value=None, format="DD.MM.YYYY", key="registry-closed")
    return [by_code[code] for code in chosen], day if isinstance(day, dt.date) else None


def _emails(here: Session, roll: Roll) -> dict[str, str]:
    """By organisation the address that the list names and the register does not have."""
    known = here.reader.mailboxes()
    emails = {row.organisation.code: row.row.email for row in roll.having("new", "changed", "same") if row.row.email}
    return {code: email for code, email in emails.items() if known.get(code) != email}


def _enter(
    here: Session,
    desk: RollDesk,
    roll: Roll,
    since: dt.date | None,
    closed: list[Organisation],
    day: dt.date | None,
    emails: dict[str, str],
) -> None:
    taken = roll.having("new", "changed")
    left = len(roll.having("asked"))
    if left:
        widgets.message(f"Без ответа {counted(left, 'rows')}: их можно внести потом, сейчас они не войдут в реестр.")
    if emails:
        widgets.caption(f"Адреса почты из списка запишутся тоже: {counted(len(emails), 'organisations')}.")
    with st.container(horizontal=True):
        if taken or closed or emails:
            label = f"Внести в реестр: {counted(len(taken) + len(closed), 'organisations', 'acc')}"
            label = label if taken or closed else "Записать адреса почты"
            args = (here.mark, desk, roll, since, closed, day, emails)
            st.button(typo(label), type="primary", key="registry-enter", on_click=_entered, args=args)
        st.button("Не вносить", key="registry-drop", on_click=desk.put_away)


def _entered(
    mark: int,
    desk: RollDesk,
    roll: Roll,
    since: dt.date | None,
    closed: list[Organisation],
    day: dt.date | None,
    emails: dict[str, str],
) -> None:
    """A callback: all of it in one transaction."""
    if not desk.rows:
        return  # a second click
    if closed and day is None:
        notice.say("Выберите день, с которого закрытые организации не работают.")
        return
    rows = [row.organisation for row in roll.having("new", "changed")]
    rows += [replace(organisation, closed=day) for organisation in closed]
    different = [row.organisation.code for row in roll.rows if desk.answers.get((row.row.row, "alike")) == OTHER]
    mailed = [row.organisation for row in roll.rows if row.organisation.code in emails]
    place = common_territory([row.territory for row in [*rows, *mailed]])

    def enter(writer: Writer) -> None:
        if rows:
            enrolment.import_organisations(writer, rows, since=since, different=different)
        reminding.set_mailboxes(writer, emails)

    refused = dialog.act(current(), Deed.REGISTER, enter, place, mark=mark)
    if refused:
        notice.say(refused)
        return
    notice.say(_done(roll, len(closed), len(emails), place))
    desk.put_away()


def _done(roll: Roll, closed: int, emails: int, place: str | None) -> str:
    found = {
        "новых": len(roll.having("new")), "изменено": len(roll.having("changed")), "закрыто": closed,
        "адресов почты": emails,
    }  # fmt: skip
    listing = join([f"{words} {number(n)}" for words, n in found.items() if n])
    return typo(f"Реестр изменён: {listing}. {_next(place)}")


def _next(place: str | None) -> str:
    return f"Территория — {quoted(territory_name(place))}." if place else ""
