"""A tiny catalogue, a register of five organisations, and hands to fill a store with."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from decimal import Decimal

from proforient.catalogue.entries import (
    Addressee,
    Catalogue,
    Cohort,
    Count,
    Indicator,
    Level,
    OrganisationKind,
    PlanProposal,
)
from proforient.intake.model import Answers, Finding, Place, ReadValue, Screening
from proforient.monitoring import Cell, Organisation, Reason
from proforient.store import Receipt, Store, acceptance, campaign, enrolment
from proforient.store.figure_rows import TotalRow
from proforient.store.reading import Reader

REGION = "Край"
NORTH, SOUTH = "Край / Север", "Край / Юг"
ALONE = "Область / Один"
CLOSES = dt.date(2025, 1, 20)
MOMENT = dt.datetime(2025, 1, 10, 9, 0)


def make_catalogue(**changes: object) -> Catalogue:
    """Shares, a share of summed counts, a yes/no, a count for kindergartens only, and a trend."""
    levels = {code: Level(code=code, kind="stage", name=code, short=code) for code in ("primary", "basic")}
    levels["whole"] = Level(code="whole", kind="whole", name="whole", short="whole")
    stages, cohorts = ("primary", "basic"), ("all", "disability")

    def count(code: str, *, value: str = "whole", levels: tuple[str, ...] = stages) -> Count:
        return Count(code=code, name=code, unit="children", value=value, levels=levels, cohorts=cohorts)  # type: ignore[arg-type]

    counts = [count("reached"), count("pupils"), count("boys"), count("girls")]
    counts += [count("page", value="yes_no", levels=("whole",)), count("clubs", levels=("whole",))]

    def indicator(code: str, kind: str, levels: tuple[str, ...] = stages, **more: object) -> Indicator:
        return Indicator(code=code, number=code, kind=kind, name=code, levels=levels, **more)  # type: ignore[arg-type]

    indicators = [
        indicator("coverage", "share", numerator=("reached",), denominator=("pupils",)),
        indicator("reach-of-both", "share", numerator=("reached",), denominator=("boys", "girls")),
        indicator("no-page", "yes_no", ("whole",), count="page", good="no", target="every"),
        indicator("clubs", "count", ("whole",), count="clubs", organisation_kinds=("school",)),
        indicator("coverage-trend", "trend", of="coverage"),
    ]
    kinds = [OrganisationKind(code=k, name=k, proposes=stages) for k in ("school", "kindergarten")]
    whole: dict[str, object] = {
        "code": "tiny",
        "version": "1",
        "aim": "",
        "timezone": "Asia/Yekaterinburg",
        "file": "tiny.toml",
        "levels": levels,
        "cohorts": {c: Cohort(code=c, name=c, part_of="all" if c != "all" else None) for c in cohorts},
        "organisation_kinds": {k.code: k for k in kinds},
        "counts": {c.code: c for c in counts},
        "indicators": {i.code: i for i in indicators},
        "plans": (
            proposal("coverage", "basic", percent=Decimal("75")),
            proposal("coverage", "basic", percent=Decimal("60.5"), territory=NORTH),
            proposal("coverage", "basic", percent=Decimal("50"), period_kind="school_year", year=2021),
            proposal("clubs", "whole", number=Decimal("12"), territory=SOUTH),
        ),
    }
    whole["addressees"] = {"heads": Addressee(code="heads", dative="Руководителям организаций")}
    for empty in ("sources", "groups", "goals", "tasks", "rules", "problems", "actions"):
        whole[empty] = {}
    return Catalogue(**{**whole, **changes})  # type: ignore[arg-type]


def proposal(indicator: str, level: str, **more: object) -> PlanProposal:
    given: dict[str, object] = {"period_kind": "year", "year": 2024, "origin": "document", "ground": "приказ № 1"}
    return PlanProposal(indicator=indicator, level=level, cohort="all", **{**given, **more})  # type: ignore[arg-type]


def organisation(code: str, territory: str = NORTH, **more: object) -> Organisation:
    given: dict[str, object] = {"name": f"Школа {code}", "kind": "school", "levels": ("primary", "basic", "whole")}
    return Organisation(code=code, territory=territory, **{**given, **more})  # type: ignore[arg-type]


REGISTER = (
    organisation("007", inn="0105012345"),
    organisation("n2"),
    organisation("s1", SOUTH),
    organisation("s2", SOUTH, kind="kindergarten", levels=("whole",)),
    organisation("a1", ALONE),
)

Given = Mapping[tuple[str, str, str, str], int | Reason]  # organisation, count, level, cohort -> number or reason


def a_screening(values: Given, *, name: str = "отчёт.csv", data: bytes | None = None, **more: object) -> Screening:
    """A checked file with these values in rows 2, 3, …; its bytes follow from the values unless given."""
    data = data if data is not None else repr(sorted(values.items())).encode()
    read = tuple(
        ReadValue(
            organisation=organisation,
            cell=Cell(count, level, cohort),
            number=None if isinstance(value, Reason) else value,
            reason=value if isinstance(value, Reason) else None,
            place=Place("", row, "Значение"),
        )
        for row, ((organisation, count, level, cohort), value) in enumerate(values.items(), start=2)
    )
    given: dict[str, object] = {
        "encoding": "utf-8",
        "delimiter": ";",
        "sheet": "",
        "header_row": 1,
        "layout": "long",
        "rows_read": len(read),
        "rows_used": len(read),
        "set_aside": (),
        "findings": (),
        "unanswered": (),
        "answers": Answers(),
    }
    return Screening(  # type: ignore[arg-type]
        name=name, sha256=hashlib.sha256(data).hexdigest(), size=len(data), values=read, **{**given, **more}
    )


def pair(organisation: str, reached: int, pupils: int, level: str = "basic", cohort: str = "all") -> dict:  # type: ignore[type-arg]
    return {(organisation, "reached", level, cohort): reached, (organisation, "pupils", level, cohort): pupils}


def nothing_more(*_: object) -> tuple[Finding, ...]:
    """A second check that finds nothing."""
    return ()


def submit(store: Store, values: Given, *, period: str = "2024", actor: str = "petrova", **more: object) -> Receipt:
    """Stores the file's bytes and accepts it."""
    accepting = {key: more.pop(key) for key in ("at", "confirm", "recheck") if key in more}
    data = more.get("data") or repr(sorted(values.items())).encode()
    screening = a_screening(values, **{**more, "data": data})  # type: ignore[arg-type]
    assert store.put_file(data) == screening.sha256  # type: ignore[arg-type]
    with store.write(actor, based_on=None) as writer:
        return acceptance.accept(
            writer,
            screening,
            period=period,
            **{"recheck": nothing_more, "at": MOMENT, **accepting},  # type: ignore[arg-type]
        )


def fill(store: Store) -> None:
    """The register and an open period 2024."""
    with store.write("operator", based_on=None) as writer:
        enrolment.import_organisations(writer, REGISTER)
        campaign.open_period(writer, "2024", closes=CLOSES)


def totals(reader: Reader, period: str = "2024", **where: object) -> list[TotalRow]:
    """The sums of those figures that somebody gave."""
    rows = reader.totals_table(period, **where).to_pylist()  # type: ignore[arg-type]
    return [
        TotalRow(period=period, **row) for row in sorted(rows, key=lambda row: row["territory"]) if row["submitted"]
    ]


def shares(store: Store, period: str = "2024") -> dict[tuple[str, str, str], tuple[int | None, int | None, int]]:
    """Totals of «coverage»: (territory, level, cohort) -> numerator, denominator, organisations."""
    with store.read() as reader:
        rows = totals(reader, period, indicator="coverage")
    return {(r.territory, r.level, r.cohort): (r.numerator, r.denominator, r.submitted) for r in rows}
