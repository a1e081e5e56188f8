"""«По почте» of «Кого ждём»: letters to those whose report is awaited, one a day each, what became of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from proforient.access.roles import Deed, Role, demand
from proforient.charts import marks
from proforient.charts.sentences.reminders import reminder_subject
from proforient.errors import MovedOn, ProforientError
from proforient.monitoring import Organisation, Period
from proforient.settings import MailServer
from proforient.store import reminding
from proforient.store.reminder_rows import Reminder
from proforient.web import mailing, widgets
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What is to be sent to whom."""

    organisation: Organisation
    email: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Postbag:
    """Those that are awaited, by what can be done: write, try again, nothing more today, nothing without an address."""

    ready: Sequence[Letter]
    failed: Sequence[Letter]
    written: int
    unknown: Sequence[str]


def addresses(here: Session) -> Mapping[str, str]:
    """By organisation: the address of its office, else the one by which its account comes in."""
    accounts = here.reader.accounts()
    own = {a.organisation or "": a.email for a in accounts if a.active and a.email and a.role == Role.ORGANISATION}
    return own | here.reader.mailboxes()


def sends(here: Session) -> bool:
    """Whether letters can leave from here."""
    return here.settings.mail is not None and not here.invented and not here.settings.read_only


def offer_letters(here: Session, period: Period, awaited: Sequence[tuple[Organisation, str]]) -> None:
    """``awaited``: who is written to, and the text."""
    if here.settings.read_only:
        return
    widgets.caption("По почте:")
    server = here.settings.mail
    if server is None or here.invented:
        st.button("Отправить письма", disabled=True, key="period-remind-send")
        widgets.caption(INVENTED if here.invented else NO_SERVER)
        return
    found = _addressed(here, period, awaited)
    _sending_outcome()
    if found.unknown:
        names = ", ".join(found.unknown[:5]) + ("…" if len(found.unknown) > 5 else "")
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


def _addressed(here: Session, period: Period, awaited: Sequence[tuple[Organisation, str]]) -> Postbag:
    known = addresses(here)
    days = {place: here.reader.today(place) for place in {o.territory for o, _ in awaited}}
    today = {o.code: here.reader.reminded(days[o.territory]).get(o.code) for o, _ in awaited}
    letters = [Letter(organisation=o, email=known[o.code], text=text) for o, text in awaited if o.code in known]
    return Postbag(
        ready=[one for one in letters if today[one.organisation.code] is None],
        failed=[one for one in letters if _failed(today[one.organisation.code])],
        written=sum(was is not None and not _failed(was) for was in today.values()),
        unknown=sorted((o.name for o, _ in awaited if o.code not in known), key=name_order),
    )


def _failed(was: Reminder | None) -> bool:
    return was is not None and was.state == "failed"


def _send(here: Session, server: MailServer, period: Period, letters: Sequence[Letter]) -> None:
    """One after another; each is taken in the store before it is sent, so that nobody sends it twice."""
    bar, failures, sent = st.progress(0.0, "Соединяемся с почтовым сервером…"), dict[str, str](), 0
    subject = reminder_subject(period.code, closes=period.closes, today=here.reader.today(here.view.territory))
    mark = dialog_mark()
    here.renew()
    try:
        with mailing.PostOffice(server, mailing.login_of(here.settings)) as office:
            for done, one in enumerate(letters, start=1):
                why_not = _post(here, office, server, period.code, one, subject, mark)
                if why_not:
                    failures[one.organisation.name] = why_not
                sent += not why_not
                bar.progress(done / len(letters), typo(f"Отправлено {number(sent)} из {number(len(letters))}"))
    except ProforientError as error:
        failures[""] = str(error)
    st.session_state[TOLD] = (sent, failures)
    st.rerun()


def _post(
    here: Session, office: mailing.PostOffice, server: MailServer, period: str, one: Letter, subject: str, mark: int
) -> str:
    """Why it was not sent, empty where it was."""
    code = one.organisation.code
    try:
        demand(here.person, Deed.REVIEW, one.organisation)
        made = mailing.letter(server, one.email, subject, one.text)
        with here.store.write(here.person.login, based_on=mark, figures=False) as writer:
            day = reminding.begin(writer, period, code, one.email)
    except MovedOn:
        return "отчёт за это время изменился: не отправлено"
    except ProforientError as error:
        return str(error)
    except ValueError:
        return "адрес не годится: не отправлено"
    begun, posted = here.store.mark, office.post(made)
    if posted.known:
        with here.store.write(here.person.login, based_on=begun, figures=False) as writer:
            reminding.end(writer, period, code, one.email, day, posted.why_not)
    return posted.why_not


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
