"""The text of a publication, which guests read and the printed hash is of: field by field to its form and from each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from proforient.analysis.coverage import Coverage
from proforient.analysis.rounding import Rounded
from proforient.errors import StoreDamaged
from proforient.frozen import public_v1, public_v2
from proforient.frozen.canonical_json import canonical_text, fields_of, record_of
from proforient.frozen.public_v1 import PublicFigureV1, PublicSnapshotV1
from proforient.frozen.public_v2 import BeforeV2, PublicFigureV2, PublicSnapshotV2
from proforient.monitoring import Verdict
from proforient.public.record import Hidden, PublicFigure, PublicRule, PublicSnapshot
from proforient.snapshot import pieces

HIDDEN_V1: Mapping[str, Hidden] = {"": Hidden.NO, "few": Hidden.FEW, "held": Hidden.HELD}
HIDDEN_V2: Mapping[str, Hidden] = {
    "": Hidden.NO,
    "few-children": Hidden.CHILDREN,
    "few-organisations": Hidden.ORGANISATIONS,
}


def rule_now(text: str) -> PublicRule:
    """The rule of the newest form, by which publications are made today."""
    return PublicRule(
        text=text,
        in_short=public_v2.RULE_IN_SHORT,
        hidden={HIDDEN_V2[why]: word for why, word in public_v2.HIDDEN.items()},
        current=True,
    )


def text_of(snapshot: PublicSnapshot) -> str:
    """As canonical JSON of the newest form: what the public hash is of."""
    return canonical_text(
        PublicSnapshotV2(
            form=public_v2.FORM,
            territory=snapshot.territory,
            cohort=snapshot.cohort,
            period=pieces.stored_period(snapshot.period),
            figures=tuple(map(_stored_figure, snapshot.figures)),
            submitted=snapshot.submitted,
            expected=snapshot.expected,
            rule=snapshot.rule.text,
        )
    )


def _stored_figure(figure: PublicFigure) -> PublicFigureV2:
    c, before = figure.coverage, figure.before
    assert isinstance(c, Rounded) and (before is None or isinstance(before, Rounded)), "only rounded figures go out"
    assert c.settled_from == public_v2.SETTLED_FROM, "the form reads back another threshold: make a new one"
    past = None
    if before is not None and before.percent is not None:
        past = BeforeV2(period=before.period, percent=before.percent, edge=before.edge)
    return PublicFigureV2(
        period=c.period,
        indicator=c.indicator,
        level=c.level,
        kind=c.kind,
        unit=c.unit,
        direction=pieces.stored_as(pieces.DIRECTIONS, c.direction),
        hidden=pieces.stored_as(HIDDEN_V2, figure.hidden),
        percent=c.percent,
        edge=c.edge,
        tens=c.approximate,
        numerator=c.numerator,
        denominator=c.denominator,
        value=c.value,
        plan=pieces.stored_plan(c.plan),
        verdict=pieces.stored_as(pieces.VERDICTS, c.verdict),
        needed=c.needed,
        submitted=c.submitted,
        expected=c.expected,
        before=past,
    )


def read(text: str) -> PublicSnapshot:
    """The snapshot of a text of any form; StoreDamaged where it is not one."""
    try:
        found = fields_of(text)
        reader = _READERS.get(found["form"])
        if reader is None:
            raise ValueError(f"form {found['form']}")
        return reader(found)
    except ValueError as error:
        raise StoreDamaged("Открытый снимок не читается: его записала другая версия программы.") from error


def _first(found: dict[str, Any]) -> PublicSnapshot:
    stored = record_of(found, PublicSnapshotV1)
    return PublicSnapshot(
        territory=stored.territory,
        cohort=stored.cohort,
        period=pieces.period_of(stored.period),
        figures=tuple(map(_figure_of_first, stored.figures)),
        submitted=stored.submitted,
        expected=stored.expected,
        rule=PublicRule(
            text=stored.rule,
            in_short="",
            hidden={HIDDEN_V1[why]: word for why, word in public_v1.HIDDEN.items()},
            current=False,
        ),
    )


def _figure_of_first(stored: PublicFigureV1) -> PublicFigure:
    before = stored.before
    return PublicFigure(
        coverage=pieces.coverage_of(stored.coverage, public_v1.SETTLED_FROM),
        hidden=pieces.word_of(HIDDEN_V1, stored.hidden),
        before=None if before is None else pieces.coverage_of(before, public_v1.SETTLED_FROM),
    )


def _second(found: dict[str, Any]) -> PublicSnapshot:
    stored = record_of(found, PublicSnapshotV2)
    return PublicSnapshot(
        territory=stored.territory,
        cohort=stored.cohort,
        period=pieces.period_of(stored.period),
        figures=tuple(_figure(stored, figure) for figure in stored.figures),
        submitted=stored.submitted,
        expected=stored.expected,
        rule=rule_now(stored.rule),
    )


def _figure(around: PublicSnapshotV2, stored: PublicFigureV2) -> PublicFigure:
    coverage = Rounded(
        period=stored.period,
        territory=around.territory,
        organisation=None,
        indicator=stored.indicator,
        level=stored.level,
        cohort=around.cohort,
        kind=stored.kind,
        unit=stored.unit,
        direction=pieces.word_of(pieces.DIRECTIONS, stored.direction),
        numerator=stored.numerator,
        denominator=stored.denominator,
        value=stored.value,
        plan=pieces.plan_of(stored.plan),
        verdict=pieces.word_of(pieces.VERDICTS, stored.verdict),
        needed=stored.needed,
        shortfall=None,
        submitted=stored.submitted,
        expected=stored.expected,
        can_change=None,
        settled_from=public_v2.SETTLED_FROM,
        percent=stored.percent,
        edge=stored.edge,
        approximate=stored.tens,
    )
    hidden = pieces.word_of(HIDDEN_V2, stored.hidden)
    return PublicFigure(coverage=coverage, hidden=hidden, before=_before(around, stored))


def _before(around: PublicSnapshotV2, stored: PublicFigureV2) -> Coverage | None:
    """Of an earlier period nothing is kept but its share."""
    before = stored.before
    if before is None:
        return None
    return Rounded(
        period=before.period,
        territory=around.territory,
        organisation=None,
        indicator=stored.indicator,
        level=stored.level,
        cohort=around.cohort,
        kind=stored.kind,
        unit=stored.unit,
        direction=pieces.word_of(pieces.DIRECTIONS, stored.direction),
        numerator=None,
        denominator=None,
        value=None,
        plan=None,
        verdict=Verdict.NO_PLAN,
        needed=None,
        shortfall=None,
        submitted=0,
        expected=0,
        can_change=None,
        settled_from=public_v2.SETTLED_FROM,
        percent=before.percent,
        edge=before.edge,
        approximate=stored.tens,
    )


_READERS: Mapping[str, Callable[[dict[str, Any]], PublicSnapshot]] = {
    public_v1.FORM: _first,
    public_v2.FORM: _second,
}
