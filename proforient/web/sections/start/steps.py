"""The five steps and how far each has come: everything is read from the store, so that a step may be left any time."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from proforient.access.roles import Deed, Role
from proforient.monitoring import Period, local, now, territory_name
from proforient.store.roster import Roster
from proforient.web.sections.period.collection import asked_words
from proforient.web.session import Session
from proforient.wording import capital, counted, date_ru, ends_ru, join, number, period_name, typo


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginningStep:
    """``said``: how far it has come; ``page``: where it is done, empty in a dialog of this page."""

    code: str
    title: str
    about: str
    done: bool
    state_words: str
    button: str
    page: str = ""
    mine: bool = True  # whether whoever looks may do it


def read_steps(here: Session) -> list[BeginningStep]:
    register = here.reader.roster(territory=here.view.territory)
    period = _period(here)
    return [
        _territory(here),
        _organisations(here, register),
        _asked(here, period),
        _plans(here, period),
        _people(here, register),
    ]


def next_step(steps: list[BeginningStep]) -> BeginningStep | None:
    """The first that waits; plans may wait, a collection runs without them."""
    return next((step for step in steps if not step.done), None)


def start_finding(steps: list[BeginningStep]) -> str:
    """The title of the page."""
    done, waiting = sum(step.done for step in steps), next_step(steps)
    if waiting is None:
        return "Всё готово: организации могут сдавать числа"
    if not done:
        return "Пять шагов до первого отчёта"
    return f"Сделано {number(done)} из {number(len(steps))}: дальше — {waiting.title.lower()}"


def _territory(here: Session) -> BeginningStep:
    home = here.reader.home()
    known = home or next(iter(here.reader.territories()), "")
    clock = ends_ru(local(now(), here.reader.zone(known or None)))
    return BeginningStep(
        code="territory",
        title="Территория",
        about="Регион, муниципалитет и местное время: по нему кончаются последние дни.",
        done=bool(known),
        state_words=typo(f"{territory_name(known)}, сроки — {clock}.") if known else "",
        button="Изменить территорию…" if known else "Назвать территорию…",
        mine=here.may(Deed.REGISTER, None),
    )


def _organisations(here: Session, register: Roster) -> BeginningStep:
    kinds = Counter(register.by_code("kind").values())
    parts = [counted(kinds.pop(kind), unit) for kind, unit in UNITS.items() if kind in kinds]
    rest = sum(kinds.values())
    parts += [f"других — {number(rest)}"] if rest else []
    return BeginningStep(
        code="organisations",
        title="Организации",
        about="Список, который у вас есть: из Excel, файлом или вставкой. Коды программа даст сама.",
        done=len(register) > 0,
        state_words=typo(f"{capital(counted(len(register), 'organisations'))}: {join(parts)}.")
        if len(register)
        else "",
        button="Изменить реестр" if len(register) else "Внести организации",
        page="registry",
        mine=here.acts(Deed.REGISTER),
    )


UNITS = {"school": "schools", "preschool": "kindergartens"}  # kinds that have a word of their own


def _period(here: Session) -> Period | None:
    """The newest that takes files, else the newest."""
    periods = here.reader.periods(territory=here.view.territory or here.reader.home() or None)
    return next((period for period in periods if period.state == "open"), next(iter(periods), None))


def _asked(here: Session, period: Period | None) -> BeginningStep:
    said = ""
    if period is not None:
        state = f"приём до {date_ru(period.closes)}" if period.state == "open" else "приём закрыт"
        said = typo(f"{capital(period_name(period.code))}: {state}. Спрашиваем {asked_words(here.catalogue, period)}.")
    return BeginningStep(
        code="period",
        title="Период и что спрашиваем",
        about="За какой год собираем, до какого дня и какие показатели.",
        done=period is not None,
        state_words=said,
        button="Посмотреть период" if period else "Открыть период",
        page="period",
        mine=here.acts(Deed.APPROVE),
    )


def _plans(here: Session, period: Period | None) -> BeginningStep:
    found = here.reader.plans(period.code, territory=here.view.territory) if period else []
    return BeginningStep(
        code="plans",
        title="Планы",
        about="С чем сравнивать доли. Можно и позже: без плана доли есть, вывода нет.",
        done=bool(found),
        state_words=typo(f"Задано: {counted(len(found), 'plans')}.") if found else "",
        button="Посмотреть планы" if found else "Задать планы",
        page="period",
        mine=here.acts(Deed.PLAN),
    )


def _people(here: Session, register: Roster) -> BeginningStep:
    codes = set(register.codes)
    own = [
        a
        for a in here.reader.accounts()
        if a.active and a.role == Role.ORGANISATION and (a.organisation or "") in codes
    ]
    came = here.reader.last_sign_ins()
    waiting = sum(not account.password and account.login not in came for account in own)
    said = f"Приглашены {number(len({a.organisation for a in own}))} из {number(len(codes))}."
    if waiting:
        said += f" Пароль ещё не задали: {number(waiting)}."
    return BeginningStep(
        code="people",
        title="Кто входит",
        about="Каждой организации — своя ссылка: таблицей для печати или файлом для рассылки.",
        done=bool(codes) and codes <= {a.organisation for a in own},
        state_words=typo(said) if own else "",
        button="Посмотреть, кто входит" if own else "Пригласить организации",
        page="accounts",
        mine=here.acts(Deed.ACCOUNTS),
    )
