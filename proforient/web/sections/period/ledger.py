"""«Что и зачем спрашиваем»: every number of the period once, of whom, for what, and which need not be typed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import streamlit as st

from proforient.analysis.ledger import LedgerEntry, ledger
from proforient.catalogue.entries import Catalogue
from proforient.charts import marks
from proforient.charts.marks import Html
from proforient.documents.file_names import file_name
from proforient.documents.tables import csv_bytes
from proforient.monitoring import Cell
from proforient.web import widgets
from proforient.web.cache import cached
from proforient.web.sections.dialog import forget, reading
from proforient.web.sections.period.collection import read_collection
from proforient.web.sections.registry.words import kind_word
from proforient.web.sections.upload.numbers import folded
from proforient.web.session import Session, current
from proforient.wording import counted, number, typo, uncapital

HEAD = (
    *("Код", "Что", "Уровень", "Категория", "Кого спрашивают", "Организаций", "Впишут", "Уже известно", "Следует"),
    *("Из чего следует", "Для чего", "Учитывается один раз"),
)
NO_INDICATOR = "само по себе"


@st.dialog("Что и зачем спрашиваем", width="large", on_dismiss=forget)
def ledger_dialog() -> None:
    here = current()
    with reading(here):
        campaign = read_collection(here)
        if campaign is None or campaign.period is None:
            return
        entries = _entries(here)
        if not entries:
            widgets.message("Этот период никого ни о чём не спрашивает.")
            return
        _summary(entries)
        st.download_button(
            "Скачать (CSV)",
            csv_bytes(HEAD, [_line(here.catalogue, entry) for entry in entries]),
            file_name=file_name(
                "Что спрашиваем", territory=campaign.place or "", period=campaign.period.code, ending="csv"
            ),
            icon=":material/download:",
            key="period-ledger-csv",
            on_click="ignore",
        )
        _unasked(here.catalogue, entries)
        _table(here.catalogue, entries)


@cached("territory", "period")
def _entries(here: Session) -> list[LedgerEntry]:
    territory, code = here.view.territory, here.view.period
    assert code is not None
    period = here.reader.period(code, territory=territory)
    register = here.reader.organisations(on=period.ends, territory=territory)
    known = {(one.organisation, one.cell) for one in here.reader.contingent(code, territory=territory)}
    return ledger(here.catalogue, period, register, known)


def _summary(entries: Sequence[LedgerEntry]) -> None:
    """«Разных исходных чисел — 57, … Все вместе впишут 3 210 чисел; уже известно: 40; следует из других: 60.»"""
    parts = [f"впишут {counted(sum(e.typed for e in entries), 'numbers')}"]
    known, follows = sum(e.known for e in entries), sum(e.follows for e in entries)
    parts += [f"уже известно: {number(known)}"] * bool(known) + [f"следует из других: {number(follows)}"] * bool(
        follows
    )
    counts = len({entry.cell.count for entry in entries})
    said = f"Разных исходных чисел — {number(counts)}, каждое спрашивают один раз. Все вместе {'; '.join(parts)}."
    widgets.show_html(marks.tag("p", typo(said)))


def _unasked(catalogue: Catalogue, entries: Sequence[LedgerEntry]) -> None:
    """What follows from what is typed beside it."""
    rows: list[list[str | Html]] = [
        [_count_name(catalogue, e.cell), _where(catalogue, e.cell), _parts(catalogue, e), number(e.follows)]
        for e in entries
        if e.follows
    ]
    if rows:
        table = marks.table(
            ["Что", "Где", "Из чего", marks.TableColumn("Организаций", figures=True)], rows, css="pf-ledger"
        )
        how = "Их не спрашивают: программа считает их сама на странице «Бланк», в книге и в присланном файле."
        body = marks.joined([marks.tag("p", typo(how)), table])
        widgets.show_html(folded(typo(f"Следуют из других: {number(len(rows))}"), body))


def _table(catalogue: Catalogue, entries: Sequence[LedgerEntry]) -> None:
    """A row a count: where, of whom, what for; its levels and cohorts together."""
    typed = marks.TableColumn("Впишут", figures=True)
    head: list[str | marks.TableColumn] = ["Что", "Где", "Кого спрашивают", "Для чего", typed]
    widgets.show_html(marks.table(head, list(_rows(catalogue, entries)), css="pf-ledger"))


def _rows(catalogue: Catalogue, entries: Sequence[LedgerEntry]) -> Iterator[list[str | Html]]:
    by_count: dict[str, list[LedgerEntry]] = {}
    for entry in entries:
        by_count.setdefault(entry.cell.count, []).append(entry)
    for own in by_count.values():
        asked: Counter[str] = Counter()
        for entry in own:
            for kind, many in entry.organisations.items():
                asked[kind] = max(asked[kind], many)  # order: of numbers
        levels = list(dict.fromkeys(uncapital(catalogue.levels[entry.cell.level].short) for entry in own))
        cohorts = list(dict.fromkeys(_cohort(catalogue, entry.cell) for entry in own))
        using = {code for entry in own for code in entry.indicators}
        needed = [code for code in catalogue.indicators if code in using]
        yield [
            marks.tag("b", _count_name(catalogue, own[0].cell)),
            "; ".join(part for part in (", ".join(levels), ", ".join(cohorts) if len(cohorts) > 1 else "") if part),
            _asked_of(catalogue, asked),
            _for(catalogue, needed),
            number(sum(entry.typed for entry in own)),
        ]


def _line(catalogue: Catalogue, entry: LedgerEntry) -> tuple[object, ...]:
    cell = entry.cell
    return (
        cell.count, _count_name(catalogue, cell), catalogue.levels[cell.level].short, _cohort(catalogue, cell),
        _asked_of(catalogue, entry.organisations), entry.asked, entry.typed, entry.known, entry.follows,
        _parts(catalogue, entry), _for(catalogue, entry.indicators), catalogue.counts[cell.count].once,
    )  # fmt: skip


def _count_name(catalogue: Catalogue, cell: Cell) -> str:
    return catalogue.counts[cell.count].short or catalogue.count_name(cell.count, cell.level)


def _cohort(catalogue: Catalogue, cell: Cell) -> str:
    return uncapital(catalogue.cohorts[cell.cohort].name)


def _where(catalogue: Catalogue, cell: Cell) -> str:
    return f"{uncapital(catalogue.levels[cell.level].short)}, {_cohort(catalogue, cell)}"


def _parts(catalogue: Catalogue, entry: LedgerEntry) -> str:
    return " + ".join(uncapital(catalogue.levels[part.level].short) for part in entry.parts)


def _asked_of(catalogue: Catalogue, kinds: Mapping[str, int]) -> str:
    """«Общеобразовательная организация — 12»; in the catalogue's order."""
    return "; ".join(
        f"{uncapital(kind_word(catalogue, kind))} — {number(kinds[kind])}"
        for kind in catalogue.organisation_kinds
        if kinds.get(kind)
    )


def _for(catalogue: Catalogue, indicators: Sequence[str]) -> str:
    found = (catalogue.indicators[code] for code in indicators)
    return "; ".join(f"{i.number} {i.short or catalogue.indicator_name(i.code)}".strip() for i in found) or NO_INDICATOR
