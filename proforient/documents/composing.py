"""What documents of several kinds state: figures with their codes, problems by number, items by addressee."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from proforient.advice.actions import Suggested
from proforient.advice.problems import Found
from proforient.analysis.coverage import Coverage
from proforient.charts import sentences
from proforient.documents.record import Audience, DocumentItem, NamedProblem, Statement, ToClose
from proforient.documents.state import DocumentState
from proforient.wording import NB, period_name
from proforient.wording.order import name_order


@dataclass(frozen=True, slots=True)
class Composing:
    """A state as an audience may read it on a day."""

    state: DocumentState
    audience: Audience
    day: dt.date

    def statement(self, c: Coverage) -> Statement:
        shown: Coverage | None = c
        hidden = ""
        if self.audience is Audience.OUTSIDE:
            shown, hidden = self.state.for_guests(c)
        return Statement(
            code=self._code(c), coverage=shown, name=self._name(c), hidden=hidden, source=self._source(c, shown)
        )

    def _name(self, c: Coverage) -> str:
        catalogue = self.state.catalogue
        cohort = catalogue.cohorts[c.cohort]
        name = catalogue.indicator_name(c.indicator, c.level)
        return name if cohort.part_of is None else f"{name} ({cohort.name})"

    def _code(self, c: Coverage) -> str:
        """Five letters and digits that stand for this figure of this state and for no other."""
        about = "\n".join((self.state.sha256, c.territory, *c.key))
        return base64.b32encode(hashlib.sha256(about.encode()).digest())[:5].decode()

    def _source(self, c: Coverage, shown: Coverage | None) -> str:
        catalogue = self.state.catalogue
        indicator, level = catalogue.indicators[c.indicator], catalogue.levels[c.level]
        cohort = catalogue.cohorts[c.cohort]
        parts = [
            f"показатель №{NB}{indicator.number}" if indicator.number else f"показатель «{indicator.short}»",
            sentences.level_subject(level),
            *([cohort.name] if cohort.part_of is not None else []),
            period_name(c.period),
        ]
        numbers = sentences.pair_words(shown) if shown is not None else ""
        return ", ".join(parts) + (f": {numbers}" if numbers.strip("—") else "")

    def problems(self) -> tuple[tuple[NamedProblem, ...], tuple[str, ...]]:
        """Those that the audience may read, and in words why others are not among them."""
        named: list[NamedProblem] = []
        kept_back = 0
        for found in self.state.snapshot.problems:
            statement = self.statement(found.coverage)
            if self._tells_of_one(found, statement):
                kept_back += 1
                continue
            named.append(self._problem(len(named) + 1, found, statement))
        why = f"Проблем, о которых нельзя сказать, не выдав организацию или детей: {kept_back}" if kept_back else ""
        return tuple(named), (why,) if why else ()

    def _tells_of_one(self, found: Found, statement: Statement) -> bool:
        """Whether the words alone would give guests a hidden figure or what one organisation is like."""
        if self.audience is Audience.INTERNAL:
            return False
        if found.when == "judged":
            return found.judgement is None or found.judgement.organisation is not None
        return statement.coverage is None

    def _problem(self, number: int, found: Found, statement: Statement) -> NamedProblem:
        internal = self.audience is Audience.INTERNAL
        return NamedProblem(
            number=number,
            code=found.code,
            text=found.text,
            statement=statement if found.when != "judged" else None,
            judged=found.when == "judged",
            closing=tuple(self._closing(found)) if internal and found.gap is not None else (),
        )

    def _closing(self, found: Found) -> Iterable[ToClose]:
        assert found.gap is not None
        names = {o.code: o.name for o in self.state.snapshot.organisations}
        every = [ToClose(code=code, name=names.get(code, code), needed=need) for code, need in found.gap.closing]
        return sorted(every, key=lambda one: (-one.needed, name_order(one.name)))

    def answering(self, problems: Sequence[NamedProblem]) -> list[tuple[Suggested, tuple[NamedProblem, ...]]]:
        """Each recommendation that is on, in its order, with the problems of the document that it answers."""
        every = ((a, tuple(p for p in problems if p.code in a.answers)) for a in self.state.advice.shown)
        return [(a, answered) for a, answered in every if answered]

    def item(self, a: Suggested, answered: Sequence[NamedProblem] = ()) -> DocumentItem:
        """Without a number; who closes a gap is named where the item is addressed to that kind of organisation."""
        day = a.deadline.date
        passed = a.deadline.form == "day" and day is not None and day < self.day
        said = "" if a.deadline.form == "none" or passed else a.deadline_text
        return DocumentItem(
            number="",
            key=a.code,
            text=a.text,
            addressee=a.addressee,
            addressee_name=a.addressee_name,
            responsible=a.responsible,
            deadline=said,
            was_due=a.deadline_text if passed else "",
            answers=tuple(problem.number for problem in answered),
            organisations=tuple(self._addressed(a.addressee, answered)),
        )

    def _addressed(self, addressee: str, answered: Sequence[NamedProblem]) -> Iterable[str]:
        kinds = {k.code for k in self.state.catalogue.organisation_kinds.values() if k.addressee == addressee}
        here = {o.code for o in self.state.snapshot.organisations if o.kind in kinds}
        told = {one.code: one.name for problem in answered for one in problem.closing if one.code in here}
        return sorted(told.values(), key=name_order)


def numbered(items: Iterable[DocumentItem], before: str = "") -> tuple[DocumentItem, ...]:
    """«1», «2» or, within a group, «3.1», «3.2»."""
    return tuple(replace(item, number=f"{before}{n}") for n, item in enumerate(items, start=1))


def by_addressee(items: Iterable[DocumentItem]) -> Mapping[str, tuple[DocumentItem, ...]]:
    """In the order in which the addressees are met."""
    groups: dict[str, tuple[DocumentItem, ...]] = {}
    for item in items:
        groups[item.addressee] = (*groups.get(item.addressee, ()), item)
    return groups


__all__ = ["Composing", "by_addressee", "numbered"]
