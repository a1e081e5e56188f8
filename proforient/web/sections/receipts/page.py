"""The list of accepted files, and of one its receipt: number, time, print of the bytes, what of it counts today."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import streamlit as st

from proforient.access.log_words import actor_name
from proforient.access.roles import Role
from proforient.charts import marks
from proforient.charts.marks import Html
from proforient.errors import WrongCall
from proforient.intake.sums import needed_of, sums_among
from proforient.monitoring import Organisation, Submission, territory_name
from proforient.store.rows import Part
from proforient.web import lists, widgets
from proforient.web.cache import cached
from proforient.web.clock import day_ru, moment_ru
from proforient.web.sections.upload.sender import for_period
from proforient.web.session import Session
from proforient.wording import capital, counted, join, number, period_name, plural, typo

FIELD = "Номер квитанции, файл, организация, отпечаток"
NAMED = 1  # organisations named in a line
FEWEST = 12  # digits from which on what is searched for is the identifier of a receipt, as earlier ones showed it
_IDENTIFIER = re.compile(r"[0-9]{1,19}")
_NUMBER = re.compile(r"[0-9/-]+-[0-9]{1,9}")  # «2026-17», «2024-1-17»
_DASH = re.compile(r"[\u2010-\u2015\u2212]")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptSheet:
    """One accepted file as far as the person may see it: ``parts`` are those of his own organisations."""

    sent: Submission
    parts: tuple[Part, ...]
    whose: Mapping[str, Organisation]

    @property
    def whole(self) -> bool:
        """Whether all of the file is the person's to see."""
        return len(self.parts) == len(self.sent.organisations)


def read(here: Session) -> ReceiptSheet | None:
    """The receipt that the address names or whose number is searched for; None where there is none in reach."""
    given = here.view.item or _searched(here)
    if not (_IDENTIFIER.fullmatch(given) or _NUMBER.fullmatch(given)):
        return None
    try:
        sent = here.reader.submission(given)
    except WrongCall:
        return None
    whose = {o.code: o for o in here.reader.organisations(codes=sent.organisations)}
    own = {code: o for code, o in whose.items() if here.person.reaches_organisation(o)}
    parts = tuple(p for p in here.reader.parts(submission=sent.id) if p.organisation in own)
    return ReceiptSheet(sent=sent, parts=parts, whose=own) if parts else None


def _searched(here: Session) -> str:
    """A number as somebody has typed it, with «№» before it; one of earlier receipts with its gaps."""
    typed = _DASH.sub("-", "".join((here.view.find or "").replace("\u2116", "").split()))
    digits = typed.replace("-", "")
    if digits.isdecimal() and digits.isascii() and len(digits) >= FEWEST:
        return digits
    return typed if _NUMBER.fullmatch(typed) else ""


def finding(here: Session, found: Sequence[Submission]) -> str:
    when = for_period(here.view.period or "")
    if not found:
        return typo(f"Квитанций {when} ещё нет: ни один файл не сдан")
    return typo(f"Квитанции {when}: {plural(len(found), 'сдан', 'сданы', 'сдано')} {counted(len(found), 'files')}")


def nothing_yet() -> None:
    """Where the first receipt comes from."""
    way = widgets.link_html("«Загрузка»", page="upload")
    widgets.show_html(
        marks.tag("p", marks.joined(["Первая появится здесь, как только файл сдан на странице ", way, "."]), "pf-lead")
    )


def accepted(here: Session) -> list[Submission]:
    """Files of the period that speak for somebody in the view's reach, newest first."""
    assert here.view.period is not None
    within = here.choices.organisations
    place, own = here.view.territory, here.person.organisation
    codes = {c for c, home in within.items() if own or place is None or home == place or home.startswith(f"{place} / ")}
    return [s for s in _of_period(here) if not codes.isdisjoint(s.organisations)]


@cached("period")
def _of_period(here: Session) -> Sequence[Submission]:
    """Files of everybody, newest first."""
    return here.reader.submissions(period=here.view.period)


@cached()
def _names(here: Session) -> Mapping[str, str]:
    """Of everybody who ever was in the register, by code."""
    return here.reader.roster().names


def receipt_list(here: Session, found: Sequence[Submission]) -> None:
    """One line a file; the number leads to its receipt."""
    names = _names(here)
    mine = here.choices.organisations

    def whose(sent: Submission) -> str:
        own = [names.get(code, code) for code in sent.organisations if code in mine]
        more = [f"ещё {number(len(own) - NAMED)}"] if len(own) > NAMED else []
        return join(own[:NAMED] + more)

    if here.person.role is not Role.ORGANISATION:
        lists.search_field(FIELD)
    wanted = lists.matching(
        found, lambda s: (s.number, s.id, s.file, s.sha256, *(names.get(code, "") for code in s.organisations))
    )
    lists.head(len(wanted), len(found), by=("find",))
    if not wanted:
        return
    rows = [
        [widgets.link_html(f"№ {s.number}", item=s.id, find=None), day_ru(s.at, here.zone), whose(s), s.file]
        for s in lists.page_of(wanted)
    ]
    widgets.show_html(marks.table(["Квитанция", "Принят", "Организация", "Файл"], rows))
    lists.pages(len(wanted))


def receipt_finding(sheet: ReceiptSheet) -> str:
    return typo(f"Квитанция № {sheet.sent.number}")


def receipt_lead(sheet: ReceiptSheet) -> str:
    """«Школа «Речная» сдала за 2023 год 12 чисел.»"""
    cells = sum(part.cells for part in sheet.parts)
    many = len(sheet.parts)
    who = next(iter(sheet.whose.values())).name if many == 1 else capital(counted(many, "organisations"))
    return typo(f"{who}: {for_period(sheet.sent.period)} принято {counted(cells, 'numbers')}.")


def receipt(here: Session, sheet: ReceiptSheet) -> None:
    """The facts, the organisations where there are several, the file itself, the way to paper."""
    facts = [marks.joined([marks.tag("dt", name), marks.tag("dd", value)]) for name, value in _facts(here, sheet)]
    widgets.show_html(marks.tag("dl", marks.joined(facts), "pf-facts pf-receipt"))
    if len(sheet.parts) > 1:
        rows = [[sheet.whose[p.organisation].name, number(p.cells), in_force(p)] for p in sheet.parts]
        head: list[str | marks.TableColumn] = ["Организация", marks.TableColumn("Чисел", figures=True), "Сейчас"]
        widgets.show_html(marks.table(head, rows, "За кого сдан файл"))
    hint = "Отпечаток считается по содержимому файла: у того же файла он тот же, у изменённого другой."
    if _sums(here, sheet):
        hint += " В счёте чисел есть и суммы, которые программа посчитала из сданного, и контингент, если он известен."
    print_hint = "Напечатать или сохранить в PDF: Ctrl + P."
    widgets.show_html(
        marks.joined([marks.tag("p", hint, "pf-caption"), marks.tag("p", print_hint, "pf-caption pf-hint")])
    )
    with st.container(horizontal=True):
        if sheet.whole:
            st.download_button(
                "Скачать сданный файл",
                partial(here.store.get_file, sheet.sent.sha256),
                file_name=sheet.sent.file,
                key="receipt-file",
                icon=":material/download:",
                on_click="ignore",
            )
    links = [widgets.link_html("← Все квитанции", item=None, find=None)]
    if len(sheet.parts) == 1:
        code = sheet.parts[0].organisation
        links.append(widgets.link_html("Лист организации", page="organisations", organisation=code, item=None))
    widgets.show_html(marks.tag("p", marks.joined(links, " · "), "pf-hint"))


def _sums(here: Session, sheet: ReceiptSheet) -> bool:
    """Whether any of the organisations is spared a sum."""
    period = here.reader.period(sheet.sent.period)
    return any(
        sums_among(here.catalogue, one.levels, needed_of(here.catalogue, one, period)) for one in sheet.whose.values()
    )


def _facts(here: Session, sheet: ReceiptSheet) -> list[tuple[str, str | Html]]:
    sent = sheet.sent
    homes = list(dict.fromkeys(o.territory for o in sheet.whose.values()))
    zone = here.reader.zone(homes[0])
    names = [o.name for o in sheet.whose.values()]
    facts: list[tuple[str, str | Html]] = [
        ("Номер", marks.tag("b", sent.number)),
        ("Принята", marks.html(moment_ru(sent.at, zone) + (", с опозданием" if sent.late else ""))),
        ("Сдал", actor_name(sent.by)),
        ("Период", capital(period_name(sent.period))),
        ("Территория", join([territory_name(home) for home in homes])),
    ]
    if len(names) == 1:
        facts += [("Организация", names[0]), ("Сейчас", in_force(sheet.parts[0]))]
    facts.append(("Файл", f"{sent.file}, {counted(sent.size, 'bytes')}"))
    return [*facts, ("Отпечаток (SHA-256)", marks.tag("code", sent.sha256))]


def in_force(part: Part) -> str:
    """What of it counts today."""
    if part.withdrawn:
        return "файл отозван, числа не действуют"
    if part.current == 0:
        return "заменён более новым"
    if part.current < part.cells:
        return typo(f"действуют {number(part.current)} из {counted(part.cells, 'numbers', 'gen')}")
    return typo(f"все числа действуют: {number(part.cells)}")
