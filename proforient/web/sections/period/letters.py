"""«По почте» of «Кого ждём»: letters to those whose report is awaited, one a day each, what became of them."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from proforient import mailing
from proforient.access.roles import Deed, demand
from proforient.charts import marks
from proforient.documents.awaited import AwaitedReport, Letter, postbag
from proforient.errors import ProforientError
from proforient.monitoring import Period
from proforient.settings import MailServer
from proforient.web import widgets
from proforient.web.clock import moment_ru
from proforient.web.sections.dialog import dialog_mark
from proforient.web.sections.upload.numbers import folded
from proforient.web.session import Session
from proforient.wording import counted, number, typo
from proforient.wording.order import name_order

TOLD = "proforient.period.letters"
SHOWN = 50  # letters in the list of those that were sent
STATES = {"begun": "неизвестно, ушло ли", "sent": "отправлено", "failed": "не дошло"}
NO_SERVER = (
    "Отправить отсюда нельзя: почтовый сервер не задан (PROFORIENT_SMTP, задаёт тот, кто обслуживает программу). "
    "Тексты можно скопировать или взять файлом для рассылки."
)
INVENTED = "Это демонстрация: отсюда письма не уходят. Тексты можно скопировать."


def sends(here: Session) -> bool:
    """Whether letters can leave from here."""
    return here.settings.mail is not None and not here.invented and not here.settings.read_only


def offer_letters(here: Session, period: Period, awaited: Sequence[AwaitedReport]) -> None:
    """``awaited``: who is written to."""
    if here.settings.read_only:
        return
    widgets.caption("По почте:")
    server = here.settings.mail
    if server is None or here.invented:
        st.button("Отправить письма", disabled=True, key="period-remind-send")
        widgets.caption(INVENTED if here.invented else NO_SERVER)
        return
    found = postbag(here.reader, awaited)
    _sending_outcome()
    if found.unknown:
        names = ", ".join(sorted((o.name for o in found.unknown), key=name_order)[:5]) + (
            "…" if len(found.unknown) > 5 else ""
        )
        widgets.caption(
            f"Без адреса почты: {number(len(found.unknown))} ({names}). Адреса вписывают на странице «Реестр "
            "организаций», кнопка «Адреса почты…»."
        )
    if found.written:
        widgets.caption(f"Сегодня уже писали: {counted(found.written, 'organisations', 'dat')}.")
    with st.container(horizontal=True):
        for letters, label, key in (
            (found.ready, "Отправить письма", "period-remind-send"),
            (found.failed, "Отправить ещё раз тем, кому не дошло", "period-remind-again"),
        ):
            if letters and st.button(typo(f"{label}: {number(len(letters))}"), key=key):
                _send(here, server, period, letters)
    _sent(here, period)


def _send(here: Session, server: MailServer, period: Period, letters: Sequence[Letter]) -> None:
    """One after another; each is taken in the store before it is sent, so that nobody sends it twice."""
    bar, failures, sent = st.progress(0.0, "Соединяемся с почтовым сервером…"), dict[str, str](), 0
    mark = dialog_mark()
    here.renew()
    try:
        with mailing.PostOffice(server, mailing.login_of(here.settings)) as office:
            of = mailing.Reminding(here.store, office, server, here.person.login, period.code, mark)
            for done, one in enumerate(letters, start=1):
                why_not = _post(here, of, one)
                if why_not:
                    failures[one.organisation.name] = why_not
                sent += not why_not
                bar.progress(done / len(letters), typo(f"Отправлено {number(sent)} из {number(len(letters))}"))
    except ProforientError as error:
        failures[""] = str(error)
    st.session_state[TOLD] = (sent, failures)
    st.rerun()


def _post(here: Session, of: mailing.Reminding, one: Letter) -> str:
    """Why it was not sent, empty where it was."""
    try:
        demand(here.person, Deed.REVIEW, one.organisation)
    except ProforientError as error:
        return str(error)
    return mailing.remind(of, one.organisation.code, one.email, one.subject, one.text)


def _sending_outcome() -> None:
    """What became of the letters that were sent a moment ago, those that failed by name."""
    found: tuple[int, dict[str, str]] | None = st.session_state.pop(TOLD, None)
    if found is None:
        return
    sent, failures = found
    widgets.message(failures.pop("", "") or f"Отправлено писем: {number(sent)}.")
    if failures:
        rows = [[marks.tag("b", name), why_not] for name, why_not in failures.items()]
        widgets.show_html(marks.table(["Не дошло", "Почему"], rows))


def _sent(here: Session, period: Period) -> None:
    """What was sent to whom and when, the newest first."""
    sent = [one for one in reversed(here.reader.reminders(period.code)) if one.organisation in _within(here)]
    if not sent:
        return
    names = here.reader.roster().names
    rows = [
        [
            names.get(one.organisation, one.organisation),
            one.email,
            f"{moment_ru(one.happened_at, here.zone)}, {one.author}",
            STATES[one.state] + (f": {one.reason}" if one.reason else ""),
        ]
        for one in sent[:SHOWN]
    ]
    table = marks.table(["Организация", "Адрес", "Когда и кто", "Что вышло"], rows)
    widgets.show_html(folded(typo(f"Кому писали: {number(len(sent))}"), table))


def _within(here: Session) -> frozenset[str]:
    return frozenset(here.reader.roster(territory=here.view.territory).codes)
