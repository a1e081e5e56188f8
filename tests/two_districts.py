"""Two municipalities with two schools each, in which every name and number tells whose it is."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

from proforient.access import accounts, links
from proforient.access.roles import Person, Role
from proforient.catalogue.read import read_catalogue
from proforient.documents import stored_text
from proforient.documents.contents import Contents, DraftItem
from proforient.documents.releasing import keep, release
from proforient.intake.model import Answers
from proforient.intake.read import read_bytes
from proforient.intake.screen import screen
from proforient.monitoring import Judgement, Organisation, PlanValue
from proforient.settings import ROOT
from proforient.store import acceptance, campaign, drafting, enrolment, planning
from proforient.store import accounts as rows
from proforient.store.papers import DocumentDraft
from proforient.store.store import Store

REGION = "Лесной край"
NORTH, SOUTH = f"{REGION} / Северный район", f"{REGION} / Южный район"
SCHOOLS = {"north-cedar": NORTH, "north-pine": NORTH, "south-lime": SOUTH, "south-oak": SOUTH}
NAMES = {"north-cedar": "Кедровая", "north-pine": "Сосновая", "south-lime": "Липовая", "south-oak": "Дубовая"}
# numerator of basic, of everybody; each number stands nowhere else
COVERED = {"north-cedar": 7013, "north-pine": 7027, "south-lime": 7039, "south-oak": 7057}
PUPILS = {"north-cedar": 9011, "north-pine": 9029, "south-lime": 9041, "south-oak": 9059}
PASSWORD = "корабль песок фонарь"
MOMENT = dt.datetime(2025, 1, 10, 9, 0)
PERIOD = "2024"

# whom a person may see something of: the markers of everybody else must not appear
PEOPLE = {
    "administrator": Person(login="chief", role=Role.ADMINISTRATOR),
    "department-north": Person(login="north-department", role=Role.DEPARTMENT, territory=NORTH),
    "head-north": Person(login="north-head", role=Role.HEAD, territory=NORTH),
    "department-south": Person(login="south-department", role=Role.DEPARTMENT, territory=SOUTH),
    "school-cedar": Person(login="cedar", role=Role.ORGANISATION, territory=NORTH, organisation="north-cedar"),
    "school-oak": Person(login="oak", role=Role.ORGANISATION, territory=SOUTH, organisation="south-oak"),
}


def reached(person: Person) -> set[str]:
    """The schools that the person may see by name."""
    if person.organisation:
        return {person.organisation}
    return {code for code, home in SCHOOLS.items() if person.reaches(home)}


def markers(code: str) -> tuple[str, ...]:
    """What tells that something of this school is shown: its name, its numbers as they stand or are printed."""
    printed = [f"{n}" for n in (COVERED[code], PUPILS[code])]
    grouped = [f"{n // 1000}\u00a0{n % 1000:03}" for n in (COVERED[code], PUPILS[code])]
    return (NAMES[code], *printed, *grouped, f"файл-{code}", f"слово-{code}")


def make(folder: Path) -> Store:
    """The store with everything in it, open; close it."""
    catalogue = read_catalogue(ROOT / "indicators.toml")
    store = Store.open(folder, catalogue)
    with store.write("test", based_on=None) as writer:
        enrolment.import_organisations(
            writer,
            [
                Organisation(
                    code=code,
                    name=f"Школа «{NAMES[code]}»",
                    kind="school",
                    levels=("primary", "basic"),
                    territory=home,
                )
                for code, home in SCHOOLS.items()
            ],
        )
        campaign.open_period(writer, PERIOD, closes=dt.date(2099, 1, 20), at=MOMENT)
    for code in SCHOOLS:
        _send(store, f"файл-{code}.csv", _file(code), by=code, organisation=code)
    # The department's own file holds two schools: neither of them may have the whole of it.
    both = _file("north-cedar", cohort="ОВЗ и инвалиды") + _file("north-pine", cohort="ОВЗ и инвалиды", head=False)
    _send(store, "сводный-север.csv", both, by="north-department")
    with store.write("test", based_on=None) as writer:
        for place in (NORTH, SOUTH):
            planning.set_plan(writer,
                PlanValue(
                    period=PERIOD, indicator="coverage", level="basic", cohort="all", territory=place,
                    percent=Decimal(80), number=None, origin="document", ground="приказ", author="test", at=MOMENT,
                )
            )  # fmt: skip
        for code in SCHOOLS:
            planning.add_judgement(writer,
                Judgement(
                    id="", period=PERIOD, indicator="coverage", level="basic", cohort="all", territory=None,
                    organisation=code, outcome="noted", text=f"слово-{code}", source="справка", office="",
                    date=None, percent=None, at=MOMENT,
                )
            )  # fmt: skip
        for person in PEOPLE.values():
            row = accounts.new(
                writer.reader,
                login=person.login,
                role=person.role,
                territory="" if person.organisation else person.territory,
                organisation=person.organisation,
                at=MOMENT,
            )
            rows.add(writer, row)
            accounts.set_password(writer, person.login, PASSWORD, MOMENT)
    return store


def _file(code: str, *, cohort: str = "все", head: bool = True) -> str:
    """A form of the long layout; of the part of the children a tenth."""
    part = 1 if cohort == "все" else 10
    top = "Организация;Показатель;Уровень;Категория;Числитель;Знаменатель\n" if head else ""
    return f"{top}{code};coverage;Основное;{cohort};{COVERED[code] // part};{PUPILS[code] // part}\n"


def _send(store: Store, name: str, text: str, *, by: str, organisation: str | None = None) -> None:
    data = text.encode()
    with store.read() as reader:
        known = reader.known(PERIOD)
    screening = screen(read_bytes(name, data), store.catalogue, known, organisation=organisation, answers=Answers())
    assert screening.acceptable, (screening.findings, screening.unanswered)
    store.put_file(data)
    with store.write(by, based_on=None) as writer:
        acceptance.accept(writer, screening, period=PERIOD, confirm=True, at=MOMENT)


def publish(store: Store, territory: str = NORTH, **more: object) -> links.Publication:
    """A snapshot for guests."""
    with store.write("north-department", based_on=None, figures=False) as writer:
        return links.publish(
            writer, store.catalogue, period=PERIOD, territory=territory, cohort="all", at=MOMENT, **more
        )


def issue(store: Store, territory: str = NORTH) -> str:
    """A letter of the territory with an item of each of its schools, issued; a footnote's code of it."""
    own = [code for code, home in SCHOOLS.items() if home == territory]
    items = tuple(
        DraftItem(key=code, text=f"Поручить: слово-{code}", addressee="heads-of-schools", organisations=(code,))
        for code in own
    )
    draft = DocumentDraft(
        id="", version=0, kind="letter", period=PERIOD, territory=territory, audience="internal",
        body=stored_text.text_of(Contents(items=items)), follows="", corrects="", kept=True, change="", author="",
        at=MOMENT,
    )  # fmt: skip
    with store.write("test", based_on=None, figures=False) as writer:
        kept = drafting.save_draft(writer, draft)
    with store.read() as reader:
        made = release(reader, store.catalogue, kept, day=MOMENT.date(), templates=store.folder / "templates")
    sha256 = store.put_file(made.data)
    with store.write("test", based_on=None, figures=False) as writer:
        keep(writer, store.catalogue, made, sha256)
    return next(s.code for s in made.document.every_statement if s.coverage and s.coverage.level == "basic")
