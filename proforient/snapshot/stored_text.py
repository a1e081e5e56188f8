"""A snapshot as text and back: field by field between the newest stored form and the records of today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from proforient.advice.actions import Advice, Suggested, Words
from proforient.advice.problems import Found
from proforient.analysis.changes import Change
from proforient.analysis.coverage import Coverage
from proforient.analysis.shortfall import Contribution, Gap
from proforient.analysis.sides import Comparison, Side
from proforient.catalogue.entries import Deadline, DeadlineForm, When
from proforient.errors import StoreDamaged
from proforient.frozen import results_v4, results_v5
from proforient.frozen.canonical_json import canonical_text
from proforient.frozen.pieces_v1 import CoverageV1
from proforient.frozen.results_v1 import ContributionV1, OrganisationV1, SentFileV1
from proforient.frozen.results_v4 import (
    FEW_BELOW,
    SETTLED_FROM,
    ChangeV4,
    ComparisonV4,
    DeadlineV3,
    FoundV2,
    GapV2,
    SideV4,
    SuggestedV3,
)
from proforient.frozen.results_v5 import FORM, ResultsV5
from proforient.monitoring import Organisation
from proforient.snapshot import pieces
from proforient.snapshot.record import SentFile, Snapshot

WORDS: Mapping[str, Words] = {"catalogue": "catalogue", "amended": "amended", "own": "own"}
FORMS: Mapping[str, DeadlineForm] = {
    "none": "none",
    "day": "day",
    "year": "year",
    "years": "years",
    "school_year": "school_year",
    "school_year_start": "school_year_start",
    "after_collegium": "after_collegium",
    "standing": "standing",
}
WHENS: Mapping[str, When] = {"not_met": "not_met", "no": "no", "judged": "judged", "trend": "trend"}


def text_of(snapshot: Snapshot) -> str:
    """The snapshot as canonical JSON of the newest form."""
    return canonical_text(
        ResultsV5(
            form=FORM,
            territory=snapshot.territory,
            cohort=snapshot.cohort,
            period=pieces.stored_period(snapshot.period),
            levels=tuple(map(_stored_coverage, snapshot.levels)),
            changes=tuple(map(_stored_change, snapshot.changes)),
            problems=tuple(map(_stored_found, snapshot.problems)),
            advice=None if snapshot.advice is None else tuple(map(_stored_suggested, snapshot.advice.every)),
            organisations=tuple(map(_stored_organisation, snapshot.organisations)),
            files=tuple(map(_stored_file, snapshot.files)),
            comparisons=tuple(map(_stored_comparison, snapshot.comparisons)),
            others=tuple(map(_stored_coverage, snapshot.others)),
        )
    )


def read(text: str) -> Snapshot:
    """The snapshot of a text of any form; StoreDamaged where it is not one."""
    try:
        stored = results_v5.read(text)
        of = _StoredFigures(FEW_BELOW if stored.form in (results_v4.FORM, FORM) else 0)
        return Snapshot(
            territory=stored.territory,
            cohort=stored.cohort,
            period=pieces.period_of(stored.period),
            levels=tuple(map(of.coverage, stored.levels)),
            changes=tuple(map(of.change, stored.changes)),
            problems=tuple(map(of.found, stored.problems)),
            advice=None if stored.advice is None else Advice(tuple(map(_suggested, stored.advice))),
            organisations=tuple(map(_organisation, stored.organisations)),
            files=tuple(map(_file, stored.files)),
            comparisons=tuple(map(of.comparison, stored.comparisons)),
            others=tuple(map(of.coverage, stored.others)),
        )
    except ValueError as error:
        raise StoreDamaged("Снимок результатов не читается: его записала другая версия программы.") from error


@dataclass(frozen=True, slots=True)
class _StoredFigures:
    """Figures of a text, and what is told of them; ``few_below``: the threshold of the form that the text has."""

    few_below: int

    def coverage(self, stored: CoverageV1) -> Coverage:
        return pieces.coverage_of(stored, SETTLED_FROM, self.few_below)

    def change(self, stored: ChangeV4) -> Change:
        return Change(
            current=self.coverage(stored.current),
            previous=None if stored.previous is None else self.coverage(stored.previous),
            points=stored.points,
            why_not=stored.why_not,
            same_points=stored.same_points,
            same_organisations=stored.same_organisations,
            difference=stored.difference,
            by_chance=stored.by_chance,
        )

    def contribution(self, stored: ContributionV1) -> Contribution:
        return Contribution(
            organisation=stored.organisation,
            numerator=stored.numerator,
            denominator=stored.denominator,
            needed=stored.needed,
            shortfall=stored.shortfall,
            in_80_percent=stored.in_80_percent,
            in_closing_set=stored.in_closing_set,
            coverage=self.coverage(stored.coverage),
        )

    def gap(self, stored: GapV2) -> Gap:
        return Gap(
            total=self.coverage(stored.total),
            contributions=tuple(map(self.contribution, stored.contributions)),
            below=stored.below,
            given_back=stored.given_back,
            closing=stored.closing,
        )

    def found(self, stored: FoundV2) -> Found:
        return Found(
            code=stored.code,
            number=stored.number,
            indicator=stored.indicator,
            level=stored.level,
            cohort=stored.cohort,
            territory=stored.territory,
            organisation=stored.organisation,
            when=pieces.word_of(WHENS, stored.when),
            text=stored.text,
            coverage=self.coverage(stored.coverage),
            judgement=None if stored.judgement is None else pieces.judgement_of(stored.judgement),
            gap=None if stored.gap is None else self.gap(stored.gap),
            organisations=tuple(map(self.contribution, stored.organisations)),
            judged=tuple(map(self.coverage, stored.judged)),
        )

    def comparison(self, stored: ComparisonV4) -> Comparison:
        sides = (
            Side(kind=side.kind, code=side.code, name=side.name, figures=tuple(map(self.coverage, side.figures)))
            for side in stored.sides
        )
        return Comparison(indicator=stored.indicator, level=stored.level, sides=tuple(sides))


def _stored_coverage(c: Coverage) -> CoverageV1:
    return pieces.stored_coverage(c, SETTLED_FROM, FEW_BELOW)


def _stored_change(change: Change) -> ChangeV4:
    return ChangeV4(
        current=_stored_coverage(change.current),
        previous=None if change.previous is None else _stored_coverage(change.previous),
        points=change.points,
        why_not=change.why_not,
        same_points=change.same_points,
        same_organisations=change.same_organisations,
        difference=change.difference,
        by_chance=change.by_chance,
    )


def _stored_contribution(contribution: Contribution) -> ContributionV1:
    return ContributionV1(
        organisation=contribution.organisation,
        numerator=contribution.numerator,
        denominator=contribution.denominator,
        needed=contribution.needed,
        shortfall=contribution.shortfall,
        in_80_percent=contribution.in_80_percent,
        in_closing_set=contribution.in_closing_set,
        coverage=_stored_coverage(contribution.coverage),
    )


def _stored_gap(gap: Gap) -> GapV2:
    return GapV2(
        total=_stored_coverage(gap.total),
        contributions=tuple(map(_stored_contribution, gap.contributions)),
        below=gap.below,
        given_back=gap.given_back,
        closing=gap.closing,
    )


def _stored_found(found: Found) -> FoundV2:
    return FoundV2(
        code=found.code,
        number=found.number,
        indicator=found.indicator,
        level=found.level,
        cohort=found.cohort,
        territory=found.territory,
        organisation=found.organisation,
        when=pieces.stored_as(WHENS, found.when),
        text=found.text,
        coverage=_stored_coverage(found.coverage),
        judgement=None if found.judgement is None else pieces.stored_judgement(found.judgement),
        gap=None if found.gap is None else _stored_gap(found.gap),
        organisations=tuple(map(_stored_contribution, found.organisations)),
        judged=tuple(map(_stored_coverage, found.judged)),
    )


def _organisation(stored: OrganisationV1) -> Organisation:
    return Organisation(
        code=stored.code,
        inn=stored.inn,
        name=stored.name,
        full_name=stored.full_name,
        kind=stored.kind,
        levels=stored.levels,
        territory=stored.territory,
        part_of=stored.part_of,
        opened=stored.opened,
        closed=stored.closed,
    )


def _stored_organisation(organisation: Organisation) -> OrganisationV1:
    return OrganisationV1(
        code=organisation.code,
        inn=organisation.inn,
        name=organisation.name,
        full_name=organisation.full_name,
        kind=organisation.kind,
        levels=organisation.levels,
        territory=organisation.territory,
        part_of=organisation.part_of,
        opened=organisation.opened,
        closed=organisation.closed,
    )


def _file(stored: SentFileV1) -> SentFile:
    return SentFile(file=stored.file, sha256=stored.sha256, at=stored.at, organisations=stored.organisations)


def _stored_file(file: SentFile) -> SentFileV1:
    return SentFileV1(file=file.file, sha256=file.sha256, at=file.at, organisations=file.organisations)


def _suggested(stored: SuggestedV3) -> Suggested:
    due = stored.deadline
    return Suggested(
        code=stored.code,
        answers=stored.answers,
        addressee=stored.addressee,
        addressee_name=stored.addressee_name,
        addressee_short=stored.addressee_short,
        text=stored.text,
        short=stored.short,
        responsible=stored.responsible,
        deadline=Deadline(
            form=pieces.word_of(FORMS, due.form), date=due.date, year=due.year, until=due.until, months=due.months
        ),
        deadline_text=stored.deadline_text,
        source_text=stored.source_text,
        words=pieces.word_of(WORDS, stored.words),
    )


def _stored_suggested(suggested: Suggested) -> SuggestedV3:
    due = suggested.deadline
    return SuggestedV3(
        code=suggested.code,
        answers=suggested.answers,
        addressee=suggested.addressee,
        addressee_name=suggested.addressee_name,
        addressee_short=suggested.addressee_short,
        text=suggested.text,
        short=suggested.short,
        responsible=suggested.responsible,
        deadline=DeadlineV3(
            form=pieces.stored_as(FORMS, due.form), date=due.date, year=due.year, until=due.until, months=due.months
        ),
        deadline_text=suggested.deadline_text,
        source_text=suggested.source_text,
        words=pieces.stored_as(WORDS, suggested.words),
    )


def _stored_comparison(comparison: Comparison) -> ComparisonV4:
    sides = (
        SideV4(kind=side.kind, code=side.code, name=side.name, figures=tuple(map(_stored_coverage, side.figures)))
        for side in comparison.sides
    )
    return ComparisonV4(indicator=comparison.indicator, level=comparison.level, sides=tuple(sides))
