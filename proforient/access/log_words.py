"""A line of the log in plain Russian, and whom it concerns: events come in, sentences and yes or no go out."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from proforient.access.accounts import DEMONSTRATION
from proforient.access.roles import ROLES, Person, Role
from proforient.catalogue.entries import Catalogue
from proforient.catalogue.holding import EVENTS
from proforient.documents.kinds import KINDS
from proforient.errors import MovedOn
from proforient.monitoring import Event, local, now, territory_name
from proforient.wording import (
    capital,
    counted,
    date_ru,
    join,
    number,
    percent,
    period_name,
    quoted,
    typo,
    uncapital,
    zone_ru,
)
from proforient.wording.labels import one_line

OFFICE = {
    "letterhead": "наименование на бланке",
    "name": "название органа",
    "name_gen": "название органа в родительном падеже",
    "address": "адрес",
    "territory_gen": "территория в родительном падеже",
    "territory_prep": "территория в предложном падеже",
    "city": "место",
    "ground": "приказ-основание",
    "post": "должность подписывающего",
    "posts": "должности и отделы в падежах",
}
TOLD = 5  # events listed in one refusal
if TYPE_CHECKING:
    from proforient.store.reading import Reader

Detail = Mapping[str, Any]


def _zone(name: str) -> str:
    """«UTC+9»: the name of a zone is English."""
    return zone_ru(local(now(), ZoneInfo(name))) if name else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeNames:
    """What codes are called, and where they are at home."""

    organisations: Mapping[str, str]
    homes: Mapping[str, str]
    accounts: Mapping[str, str]  # login -> territory
    catalogue: Catalogue

    def organisation(self, code: str) -> str:
        return quoted(self.organisations.get(code, code))

    def indicator(self, detail: Detail) -> str:
        catalogue = self.catalogue
        found = catalogue.indicators.get(str(detail.get("indicator", "")))
        level = catalogue.levels.get(str(detail.get("level", "")))
        name = (found.short or catalogue.indicator_name(found.code)) if found else str(detail.get("indicator", ""))
        return f"{name}, {level.short.lower()}" if level else name


def _place(detail: Detail) -> str:
    return territory_name(detail["territory"]) if detail.get("territory") else "все территории"


def _period(detail: Detail) -> str:
    return period_name(str(detail.get("period", "")))


def _plan(detail: Detail, names: CodeNames) -> str:
    amount = percent if detail.get("percent") else number
    now = amount(Decimal(detail.get("percent") or detail.get("number") or 0))
    before = f" (было {amount(Decimal(detail['before']))})" if detail.get("before") else ""
    return f"задан план: {names.indicator(detail)} — {now}{before}, {_period(detail)}, {_place(detail)}"


def _amendment(detail: Detail, names: CodeNames) -> str:
    """«рекомендация «…»: изменён срок и ответственный, 2026 год, …»."""
    action = names.catalogue.actions.get(str(detail["action"]))
    text = detail.get("text") or (action.text.replace(EVENTS, "") if action else detail["action"])
    set_by_it = [words for key, words in AMENDED.items() if key in detail]
    what = join(set_by_it) if set_by_it else "как в каталоге"
    (short,) = one_line([str(text)], TITLE, as_written=True)
    return f"рекомендация {quoted(short)}: {what}, {_period(detail)}, {_place(detail)}"


def _organisations(detail: Detail, names: CodeNames) -> str:
    inside = detail.get("organisations") or {}
    if len(inside) == 1:
        return names.organisation(next(iter(inside)))
    return counted(len(inside), "organisations")


AMENDED = {
    "text": "текст", "addressee": "адресат", "responsible": "ответственный", "deadline": "срок", "place": "порядок",
    "shown": "включена или выключена", "answers": "на какие проблемы отвечает",
}  # fmt: skip
TITLE = 80  # signs of a recommendation in a line of the log
STATES = {
    "submitted": "сдан", "accepted": "принят", "returned": "на доработке", "draft": "черновик",
    "not_submitted": "не сдан", None: "не сдан",
}  # fmt: skip

MEASURES = {
    "not_begun": "не начата", "under_way": "в работе", "done": "исполнена", "not_done": "не исполнена",
    "dropped": "снята",
}  # fmt: skip

Say = Callable[[str, Detail, CodeNames], str]

# action -> group of the filter, sentence of (what the object is called, detail, names)
SENTENCES: Mapping[str, tuple[str, Say]] = {
    "account.signed_in": ("Вход", lambda o, d, n: "вход в программу"),
    "account.signed_out": ("Вход", lambda o, d, n: "выход"),
    "account.signed_out_everywhere": ("Вход", lambda o, d, n: f"выход на всех устройствах: {o}"),
    "account.refused": ("Вход", lambda o, d, n: "неверный пароль"),
    "account.made": (
        "Доступ",
        lambda o, d, n: f"заведена учётная запись {o}: {ROLES[Role(d['role'])]}, {_account_place(d, n)}",
    ),
    "account.changed": ("Доступ", lambda o, d, n: f"изменена учётная запись {o}: {_account_change(d, n)}"),
    "account.invited": ("Доступ", lambda o, d, n: f"выдана ссылка для входа: {o}"),
    "account.password": ("Доступ", lambda o, d, n: f"задан пароль: {o}"),
    "account.closed": ("Доступ", lambda o, d, n: f"закрыта учётная запись {o}"),
    "account.opened": ("Доступ", lambda o, d, n: f"снова открыта учётная запись {o}"),
    "submission.accepted": (
        "Сдача",
        lambda o, d, n: (
            f"сдан файл {quoted(str(d.get('file', '')))}: {_organisations(d, n)}, {_period(d)}"
            + (f", заменено {counted(d['replaced'], 'numbers')}" if d.get("replaced") else "")
            + (", с опозданием" if d.get("late") else "")
        ),
    ),
    "submission.refused": ("Сдача", lambda o, d, n: f"файл не принят, {_period(d)}: {_codes(d)}"),
    "report.state": (
        "Проверка",
        lambda o, d, n: (
            f"отчёт {n.organisation(o)}, {_period(d)}: {STATES.get(d.get('state'), '')}"
            f" (было: {STATES.get(d.get('before'), '')})" + (f". {d['note']}" if d.get("note") else "")
        ),
    ),
    "report.reopened": (
        "Проверка",
        lambda o, d, n: f"приём для одной организации: {n.organisation(o)}, {_period(d)}, до {_day(d)}. {d['reason']}",
    ),
    "report.asked": (
        "Проверка",
        lambda o, d, n: f"вопрос к отчёту {n.organisation(o)}, {_period(d)}: {counted(d['cells'], 'numbers')}",
    ),
    "report.explained": ("Проверка", lambda o, d, n: f"ответ о числе отчёта {n.organisation(o)}, {_period(d)}"),
    "mailbox.set": ("Доступ", lambda o, d, n: f"адреса почты: {_organisations(d, n)}"),
    "reminder.begun": ("Проверка", lambda o, d, n: f"напоминание отправляется: {n.organisation(o)}, {_period(d)}"),
    "reminder.ended": (
        "Проверка",
        lambda o, d, n: f"напоминание {'не дошло' if d['failed'] else 'отправлено'}: {n.organisation(o)}, {_period(d)}",
    ),
    "part.withdrawn": ("Проверка", lambda o, d, n: f"откат файла: {n.organisation(o)}, {_period(d)}"),
    "plan.set": ("Планы и оценки", lambda o, d, n: _plan(d, n)),
    "judgement.added": ("Планы и оценки", lambda o, d, n: f"оценка экспертов: {n.indicator(d)}, {_period(d)}"),
    "advice.amended": ("Рекомендации", lambda o, d, n: _amendment(d, n)),
    "advice.carried": (
        "Рекомендации",
        lambda o, d, n: (
            f"рекомендации перенесены с периода {period_name(str(d['from']))}: "
            f"{counted(len(d['actions']), 'amendments')}, {_period(d)}, {_place(d)}"
        ),
    ),
    "events.named": (
        "Рекомендации",
        lambda o, d, n: f"мероприятия: {_place(d)} — {join([quoted(name) for name in d['names']]) or 'общими словами'}",
    ),
    "document.drafted": (
        "Документы",
        lambda o, d, n: (
            f"черновик «{_kind(d)}», {_period(d)}, {_place(d)}, версия {d['version']}: "
            f"{uncapital(d['change']).rstrip('.')}"
        ),
    ),
    "document.issued": (
        "Документы",
        lambda o, d, n: (
            f"выпущен документ «{_kind(d)}»: {_period(d)}, {_place(d)}, {counted(d['measures'], 'measures')}"
            + (", исправляет прежний" if d.get("corrects") else "")
        ),
    ),
    "document.numbered": (
        "Документы",
        lambda o, d, n: f"документу «{_kind(d)}» дан номер {d['number']}{_numbered(d)}: {_period(d)}, {_place(d)}",
    ),
    "office.set": (
        "Документы",
        lambda o, d, n: f"бланк и подписи: {_place(d)} — {join([OFFICE[word] for word in d['changed']])}",
    ),
    "measure.answered": (
        "Документы",
        lambda o, d, n: (
            f"мера по пункту {d['number']}: {MEASURES.get(d['state'], d['state'])}"
            + (f" — {_organisations(d, n)}" if d.get("organisations") else "")
            + (", с подтверждением" if d.get("evidence") else "")
        ),
    ),
    "view.named": (
        "Программа",
        lambda o, d, n: (
            f"сохранён вид {quoted(d['name'])}"
            + (f" (был {quoted(d['was'])})" if d.get("was") else "")
            + _whose_view(d)
        ),
    ),
    "view.away": ("Программа", lambda o, d, n: f"убран вид {quoted(d['name'])}{_whose_view(d)}"),
    "period.opened": (
        "Период",
        lambda o, d, n: f"открыт период {period_name(o)}, {_place(d)}, срок {_day(d)}",
    ),
    "period.asked": (
        "Период",
        lambda o, d, n: f"что спрашивает период {period_name(o)}: {_asked(d)}",
    ),
    "period.reopened": ("Период", lambda o, d, n: f"срок периода {period_name(o)}, {_place(d)}: {_day(d)}"),
    "period.closed": (
        "Период",
        lambda o, d, n: (
            f"закрыт период {period_name(o)}, {_place(d)}"
            + (f", принято без проверки: {number(d['accepted'])}" if d.get("accepted") else "")
        ),
    ),
    "zone.set": (
        "Период",
        lambda o, d, n: f"местное время: {_place(d)} — {_zone(d['zone']) or 'как у территории выше'}",
    ),
    "home.set": ("Период", lambda o, d, n: f"территория программы: {_place(d)}"),
    "publication.made": (
        "Ссылки",
        lambda o, d, n: (
            f"открыт снимок № {o}: {_place(d)}, {_period(d)}"
            + (f", исправляет № {d['corrects']}" if d.get("corrects") else "")
        ),
    ),
    "publication.withdrawn": (
        "Ссылки",
        lambda o, d, n: f"отозван снимок № {o}" + (f". {d['reason']}" if d.get("reason") else ""),
    ),
    "publication.code": ("Ссылки", lambda o, d, n: f"код для зала: снимок № {o}"),
    "snapshot.made": ("Ссылки", lambda o, d, n: f"числа заморожены для показа: {_place(d)}, {_period(d)}"),
    "organisations.imported": (
        "Программа",
        lambda o, d, n: f"перечень организаций: новых {len(d.get('added', ()))}, изменено {len(d.get('updated', ()))}",
    ),
    "organisation.struck": ("Программа", lambda o, d, n: f"убрана из перечня организаций: {quoted(str(d['name']))}"),
    "organisation.merged": (
        "Программа",
        lambda o, d, n: (
            f"{n.organisation(o)} присоединена к {n.organisation(d['successor'])} "
            f"с {date_ru(dt.date.fromisoformat(d['day']), 'digits')}"
        ),
    ),
    "organisation.unmerged": (
        "Программа",
        lambda o, d, n: f"отменено присоединение {n.organisation(o)} к {n.organisation(d['successor'])}",
    ),
    "contingent.imported": ("Программа", lambda o, d, n: f"контингент: строк {d.get('rows', '')}"),
    "catalogue.taken": ("Программа", lambda o, d, n: f"каталог показателей {d.get('version', '')}"),
    "alias.revoked": ("Программа", lambda o, d, n: "забыт запомненный ответ о названии"),
    "fact.set": ("Программа", lambda o, d, n: "запись о хранилище"),
    "store.created": ("Программа", lambda o, d, n: "хранилище создано"),
    "store.sealed": ("Программа", lambda o, d, n: "состояние хранилища записано в журнал"),
    "store.migrated": ("Программа", lambda o, d, n: "хранилище обновлено"),
    "store.imported": ("Программа", lambda o, d, n: "хранилище сделано из выгрузки, пароли и ссылки новые"),
    "store.written": ("Программа", lambda o, d, n: "служебная запись"),
    "chain.signed": ("Программа", lambda o, d, n: "журнал подписан ключом этого компьютера"),
    "chain.noticed": ("Программа", lambda o, d, n: "конец журнала вне файла данных не сошёлся"),
    "chain.acknowledged": ("Программа", lambda o, d, n: f"ключ подписи сменён. {d['ground']}"),
}


def _account_place(detail: Detail, names: CodeNames) -> str:
    if detail.get("organisation"):
        return names.organisation(str(detail["organisation"]))
    return _place(detail)


def _account_change(detail: Detail, names: CodeNames) -> str:
    """«специалист, Нязепетровский район (был: организация, «Школа № 1»), адрес почты»; an address is not told."""
    was = detail["before"]
    now, before = (f"{ROLES[Role(d['role'])]}, {_account_place(d, names)}" for d in (detail, was))
    parts = [f"{now} (было: {before})"] if now != before else []
    return ", ".join([*parts, *(["адрес почты"] if detail.get("email") else [])])


def _whose_view(detail: Detail) -> str:
    return f", для управления: {_place(detail)}" if detail["shared"] else ", для себя"


def _asked(detail: Detail) -> str:
    return "все показатели" if detail.get("asked") is None else counted(len(detail["asked"]), "indicators")


def _codes(detail: Detail) -> str:
    found = sum((detail.get("findings") or {}).values())
    return counted(found, "notes") if found else "остались вопросы"


def _kind(detail: Detail) -> str:
    kind = KINDS.get(str(detail["kind"]))
    return kind.title if kind else str(detail["kind"])


def _numbered(detail: Detail) -> str:
    return f" от {date_ru(dt.date.fromisoformat(detail['day']), 'digits')}" if detail.get("day") else ""


def _day(detail: Detail) -> str:
    return date_ru(dt.date.fromisoformat(str(detail["closes"])), "digits") if detail.get("closes") else ""


def sentence(event: Event, names: CodeNames) -> str:
    """«Закрыт период 2022 год, …»; an action that this page has no words for is named as it is."""
    said = SENTENCES.get(event.action)
    about = event.object.partition("/")[2]
    text = said[1](about, json.loads(event.detail), names) if said else f"{event.action}: {event.object}"
    return typo(capital(text))


def names_of(reader: Reader) -> CodeNames:
    """The names of everything that events may speak of."""
    register = reader.roster()
    return CodeNames(
        organisations=register.names,
        homes=register.homes,
        accounts={a.login: a.territory for a in reader.accounts()},
        catalogue=reader.catalogue,
    )


def moved_on(moved: MovedOn, names: CodeNames, when: Callable[[dt.datetime], str]) -> str:
    """Why nothing was done: what has changed since, when and by whom, the newest first."""
    events = [event for event in reversed(moved.events) if isinstance(event, Event)]
    lines = [f"{when(e.at)}, {actor_name(e.actor)} — {sentence(e, names)}".rstrip(".") + "." for e in events[:TOLD]]
    rest = [f"И ещё: {counted(len(events) - TOLD, 'records')}."] if len(events) > TOLD else []
    return " ".join([str(moved), *lines, *rest])


def in_reach(event: Event, person: Person, names: CodeNames) -> bool:
    """Whether the event concerns only what the person reaches; what concerns nobody in particular is for who
    reaches everything."""
    if person.reaches(None) or event.actor == person.login:
        return True
    detail = json.loads(event.detail)
    kind, _, about = event.object.partition("/")
    inside = set(detail.get("organisations") or ())
    if kind == "organisation":
        inside.add(about)
    if inside:
        return all(person.reaches(names.homes.get(code)) for code in inside)
    if kind == "account":
        return person.reaches(names.accounts.get(about))
    return bool(detail.get("territory")) and person.reaches(detail["territory"])


def actor_name(login: str) -> str:
    """An account of the demonstration by its role, the program itself, everybody else as it is written."""
    if login == "system":
        return "программа"
    role = login.removeprefix(DEMONSTRATION)
    return ROLES[Role(role)] if login.startswith(DEMONSTRATION) and role in set(Role) else login
