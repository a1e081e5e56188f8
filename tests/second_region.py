"""A district of another region, invented, beside whatever a store holds: what is one region's own is none of its."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from proforient.access.roles import Person, Role
from proforient.intake.read import read_bytes
from proforient.intake.screen import screen
from proforient.monitoring import Organisation, PlanValue
from proforient.store import acceptance, campaign, enrolment, planning
from proforient.store.store import Store

LAKES = "Томская область / Озёрный район"
PERIOD = "2026"
MOMENT = dt.datetime(2026, 12, 10, 9, 0)
SCHOOL, GARDEN, CLUB = "l-school", "l-garden", "l-club"
DEPARTMENT = Person(login="lakes-department", role=Role.DEPARTMENT, territory=LAKES)
KINDS = {
    SCHOOL: ("school", "Школа на Озере", ("primary", "basic", "secondary", "grades-6-11", "grades-1-11", "whole")),
    GARDEN: ("preschool", "Детский сад у Озера", ("preschool", "whole")),
    CLUB: ("additional", "Клуб на Озере", ("additional", "whole")),
}
# Below every plan, and «нет» to what is asked of a school: as many problems as can be.
PAIRS = {
    SCHOOL: (
        ("coverage", "Начальное", 10, 100),
        ("coverage", "Основное", 20, 100),
        ("diagnostics", "Основное", 9, 100),
    ),
    GARDEN: (("coverage", "Дошкольное", 10, 100),),
    CLUB: (("coverage", "Дополнительное", 10, 100), ("mentees", "Дополнительное", 1, 100)),
}
NO = {SCHOOL: ("regional-events", "page", "growth-points"), GARDEN: ("regional-projects", "concept"), CLUB: ()}
PLANNED = (
    *(("coverage", level) for level in ("preschool", "primary", "basic", "additional")),
    *(("diagnostics", "basic"), ("mentees", "additional")),
)


def add(store: Store, *, period: str = PERIOD) -> None:
    """The district with an open period, plans, and a report of everybody."""
    with store.write("test", based_on=None) as writer:
        enrolment.import_organisations(
            writer,
            [
                Organisation(code=code, name=name, kind=kind, levels=levels, territory=LAKES)
                for code, (kind, name, levels) in KINDS.items()
            ],
        )
        campaign.open_period(writer, period, closes=dt.date(2099, 1, 20), territory=LAKES, at=MOMENT)
        for indicator, level in PLANNED:
            planning.set_plan(writer,
                PlanValue(
                    period=period, indicator=indicator, level=level, cohort="all", territory=LAKES,
                    percent=Decimal(80), number=None, origin="document", ground="приказ", author="test", at=MOMENT,
                )
            )  # fmt: skip
    report(store, period)


def report(store: Store, period: str) -> None:
    """What everybody of the district sends."""
    lines = ["Организация;Период;Показатель;Уровень;Категория;Числитель;Знаменатель;Значение"]
    for code in KINDS:
        lines += [f"{code};{period};{i};{level};все;{n};{d};" for i, level, n, d in PAIRS[code]]
        lines += [f"{code};{period};{count};Организация;все;;;нет" for count in NO[code]]
    data = "\n".join(lines).encode()
    with store.read() as reader:
        screening = screen(read_bytes("озёра.csv", data), store.catalogue, reader.known(period))
    assert screening.acceptable, (screening.findings, screening.unanswered)
    store.put_file(data)
    with store.write("test", based_on=None) as writer:
        acceptance.accept(writer, screening, period=period, confirm=True, at=MOMENT)
