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
from proforient.catalogue.entries import Deadline
from proforient.charts import sentences
from proforient.documents.contents import Contents, DraftItem
from proforient.documents.record import Audience, Document, DocumentItem, NamedProblem, Statement, ToClose
from proforient.documents.state import DocumentState, OwnState
from proforient.wording import NB, deadline, percent, period_name
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
            code=self._code(c),
            coverage=shown,
            name=self.name_of(c),
            hidden=hidden,
            source=self._source(c, shown),
            level=c.level,
        )

    def name_of(self, c: Coverage) -> str:
        """The indicator at its level, with the cohort where it is a part."""
        catalogue = self.state.catalogue
        cohort = catalogue.cohorts[c.cohort]
        name = catalogue.indicator_name(c.indicator, c.level)
        return name if cohort.part_of is None else f"{name} ({cohort.name})"

    def _code(self, c: Coverage) -> str:
        """Five letters and digits that stand for this figure of this state and for no other."""
        about = "\n".join((self.state.sha256, c.organisation or c.territory, *c.key))
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

    def own_problems(self, own: OwnState) -> Iterable[NamedProblem]:
        """Those of an organisation's sheet: its own figures as they are, nobody else's name."""
        for number, found in enumerate(own.problems, 1):
            c = found.coverage
            judged = found.when == "judged"
            source = self._source(c, c)
            about = Statement(
                code=self._code(c), coverage=c, name=self.name_of(c), hidden="", source=source, level=c.level
            )
            yield NamedProblem(
                number=number,
                code=found.code,
                text=found.text,
                statement=None if judged else about,
                judged=judged,
                closing=(),
                indicator=found.indicator,
                level=found.level,
            )

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
            unreliable=found.unreliable,
            closing=tuple(self._closing(found)) if internal and found.gap is not None else (),
            experts=found.judgement.text if internal and found.judgement is not None else "",
            figure=_named_figure(found),
            denying=self._denying(found) if internal and found.when == "no" else (),
            indicator=found.indicator,
            level=found.level,
        )

    def _denying(self, found: Found) -> tuple[str, ...]:
        codes = self.state.denying.get(found.coverage.key, ())
        return tuple(sorted((self.names.get(code, code) for code in codes), key=name_order))

    def _closing(self, found: Found) -> Iterable[ToClose]:
        assert found.gap is not None
        names = self.names
        every = [ToClose(code=code, name=names.get(code, code), needed=need) for code, need in found.gap.closing]
        return sorted(every, key=lambda one: (-one.needed, name_order(one.name)))

    def answering(self, problems: Sequence[NamedProblem]) -> list[tuple[Suggested, tuple[NamedProblem, ...]]]:
        """Each recommendation that is on, in its order, with the problems of the document that it answers."""
        reliable = [p for p in problems if not p.unreliable]
        every = ((a, tuple(p for p in reliable if p.code in a.answers)) for a in self.state.advice.shown)
        return [(a, answered) for a, answered in every if answered]

    def item(self, a: Suggested, answered: Sequence[NamedProblem] = ()) -> DocumentItem:
        """Without a number; who closes a gap is named where the item is addressed to that kind of organisation."""
        said, passed = self._due(a.deadline)
        return DocumentItem(
            number="",
            key=a.code,
            text=a.text,
            addressee=a.addressee,
            addressee_name=a.addressee_name,
            responsible=a.responsible,
            deadline=said,
            was_due=passed,
            answers=tuple(problem.number for problem in answered),
            organisations=tuple(self._addressed(a.addressee, answered)),
        )

    def _due(self, due: Deadline) -> tuple[str, str]:
        """The deadline in words; or, of a day that has passed, nothing and that day."""
        if due.form == "none":
            return "", ""
        passed = due.form == "day" and due.date is not None and due.date < self.day
        return ("", deadline(due)) if passed else (deadline(due), "")

    def given(self, item: DraftItem, problems: Sequence[NamedProblem]) -> DocumentItem:
        """What the department has put; organisations are named for itself alone."""
        said, passed = self._due(item.deadline)
        known = self.state.catalogue.addressees.get(item.addressee)
        named = item.organisations if self.audience is Audience.INTERNAL else ()
        return DocumentItem(
            number="",
            key=item.key,
            text=item.text,
            addressee=item.addressee,
            addressee_name=known.dative if known else item.addressee,
            responsible=item.responsible,
            deadline=said,
            was_due=passed,
            answers=tuple(problem.number for problem in problems if problem.code in item.answers),
            organisations=tuple(sorted((self.names.get(code, code) for code in named), key=name_order)),
        )

    def items(self, contents: Contents, problems: Sequence[NamedProblem]) -> list[DocumentItem]:
        """Those that were given in their order; where nobody has chosen, the territory's recommendations."""
        if contents.items is not None:
            return [self.given(item, problems) for item in contents.items]
        every = [self.item(a) for a in self.state.advice.general]
        return every + [self.item(a, answered) for a, answered in self.answering(problems)]

    @property
    def names(self) -> Mapping[str, str]:
        """Of the organisations of the register."""
        return {o.code: o.name for o in self.state.snapshot.organisations}

    def document(
        self,
        kind: str,
        contents: Contents,
        problems: tuple[NamedProblem, ...],
        items: tuple[DocumentItem, ...],
        *,
        general: tuple[DocumentItem, ...] = (),
        left_out: tuple[str, ...] = (),
    ) -> Document:
        """What the kind states, with the state's own levels and completeness."""
        snapshot, internal = self.state.snapshot, self.audience is Audience.INTERNAL
        sent = {code for file in snapshot.files for code in file.organisations}
        return Document(
            kind=kind,
            audience=self.audience,
            territory=snapshot.territory,
            period=snapshot.period.code,
            cohort=snapshot.cohort,
            day=self.day,
            sha256=self.state.sha256,
            statements=tuple(self.statement(c) for c in snapshot.levels),
            problems=problems,
            general=general,
            items=items,
            invented=self.state.invented,
            left_out=left_out,
            catalogue=self.state.catalogue,
            contents=contents,
            names=self.names,
            changes=snapshot.changes if internal else (),
            submitted=sum(o.code in sent for o in snapshot.organisations),
            expected=len(snapshot.organisations),
            measures=self.state.measures,
            office=self.state.office,
        )

    def _addressed(self, addressee: str, answered: Sequence[NamedProblem]) -> Iterable[str]:
        kinds = {k.code for k in self.state.catalogue.organisation_kinds.values() if k.addressee == addressee}
        here = {o.code for o in self.state.snapshot.organisations if o.kind in kinds}
        names = {one.code: one.name for problem in answered for one in problem.closing if one.code in here}
        return sorted(names.values(), key=name_order)


def _named_figure(found: Found) -> str:
    """«45 %» where experts named a figure."""
    named = found.judgement
    return percent(named.percent) if named is not None and named.percent is not None else ""


def numbered(items: Iterable[DocumentItem], before: str = "") -> tuple[DocumentItem, ...]:
    """«1», «2» or, within a group, «3.1», «3.2»."""
    return tuple(replace(item, number=f"{before}{n}") for n, item in enumerate(items, start=1))


def in_groups(items: Iterable[DocumentItem]) -> tuple[DocumentItem, ...]:
    """Numbered «2.1», «2.2» by addressee; items to nobody go first, each a point of its own: «1»."""
    groups = by_addressee(items)
    alone = numbered(groups.get("", ()))
    made = list(alone)
    for n, group in enumerate((group for code, group in groups.items() if code), len(alone) + 1):
        made += numbered(group, f"{n}.")
    return tuple(made)


def by_addressee(items: Iterable[DocumentItem]) -> Mapping[str, tuple[DocumentItem, ...]]:
    """In the order in which the addressees are met."""
    groups: dict[str, tuple[DocumentItem, ...]] = {}
    for item in items:
        groups[item.addressee] = (*groups.get(item.addressee, ()), item)
    return groups


__all__ = ["Composing", "by_addressee", "in_groups", "numbered"]
