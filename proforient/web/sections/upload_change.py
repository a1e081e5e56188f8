"""«Что изменится»: verdicts now and as they would be, worked out in a transaction that is taken back.

In: what would be written. Out: pairs of figures that differ, and the table of them. The period page uses it too.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from proforient.analysis.coverage import Coverage, coverages
from proforient.charts import marks
from proforient.charts.marks import Html
from proforient.charts.sentences import figure, level_subject, pair_words, saying
from proforient.monitoring import ReportState, Verdict, territory_name
from proforient.store.reading import Reader
from proforient.store.writing import Writer
from proforient.web import widgets
from proforient.web.sections.upload_numbers import folded
from proforient.web.session import Session
from proforient.wording import capital, counted, number

SHOWN = 14
SEVERAL = 3  # from so many organisations on only the territories are compared
SENT = (ReportState.SUBMITTED, ReportState.ACCEPTED, ReportState.RETURNED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One figure now and afterwards."""

    now: Coverage
    then: Coverage

    @property
    def differs(self) -> bool:
        def of(c: Coverage) -> tuple[object, ...]:
            return c.numerator, c.denominator, c.value, c.verdict, c.submitted

        return of(self.now) != of(self.then)

    @property
    def weighty(self) -> bool:
        """Whether a verdict against a plan, or the word of the verdict, is at stake."""
        measured = (Verdict.MET, Verdict.NOT_MET)
        return self.now.verdict in measured or self.then.verdict in measured


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseen:
    """What would change: of each organisation, then of each territory; and how many reported there."""

    steps: tuple[Step, ...]
    reported: tuple[tuple[str, int, int, int], ...]  # territory, now, then, of how many


def foresee(here: Session, period: str, organisations: Collection[str], act: Callable[[Writer], object]) -> Foreseen:
    """What ``act`` would do to figures of ``organisations`` and of their territories; nothing is kept.

    Raises whatever ``act`` raises.
    """
    with here.store.rehearse() as writer:
        ends = writer.period(period).ends
        homes = {o.code: o.territory for o in writer.organisations(on=ends) if o.code in organisations}
        places = sorted(set(homes.values()))
        now, reported_now = _figures(here, writer, period, homes, places), _reported(writer, period, places)
        act(writer)
        then, reported_then = _figures(here, writer, period, homes, places), _reported(writer, period, places)
    known = {_key(c): c for c in now}
    steps = [Step(now=known[_key(c)], then=c) for c in then if _key(c) in known]
    return Foreseen(
        steps=tuple(step for step in steps if step.differs),
        reported=tuple((p, reported_now[p][0], *reported_then[p]) for p in places),
    )


def _figures(
    here: Session, reader: Reader, period: str, homes: dict[str, str], places: Sequence[str]
) -> list[Coverage]:
    found: list[Coverage] = []
    for code in homes if len(homes) < SEVERAL else ():
        found += coverages(reader, here.catalogue, period, organisation=code)
    for place in places:
        found += coverages(reader, here.catalogue, period, territory=place)
    return found


def _key(coverage: Coverage) -> tuple[str, str | None, object]:
    return coverage.territory, coverage.organisation, coverage.key


def _reported(reader: Reader, period: str, places: Iterable[str]) -> dict[str, tuple[int, int]]:
    found = {}
    for place in places:
        states = [report.state for report in reader.reports(period, territory=place).values()]
        found[place] = sum(state in SENT for state in states), len(states)
    return found


def show(here: Session, foreseen: Foreseen, *, title: str = "Что изменится", then: str = "После сдачи") -> None:
    """The table; figures without a plan are folded away."""
    weighty = [step for step in foreseen.steps if step.weighty]
    first = sorted(weighty, key=lambda s: not _headline(here, s.then))[:SHOWN]
    rest = [step for step in foreseen.steps if step not in first]
    if not foreseen.steps and all(now == after for _, now, after, _ in foreseen.reported):
        widgets.chart_title(title)
        widgets.show_html(marks.tag("p", "Ни одна доля и ни один вердикт не изменятся."))
        return
    names = {o.code: o.name for o in here.reader.organisations()}
    head: list[str | marks.Column] = [
        "Где и что",
        marks.Column("Сейчас", figures=True),
        marks.Column(then, figures=True),
    ]
    rows = [_row(here, names, step) for step in first] + [_reported_row(*row) for row in foreseen.reported]
    widgets.show_html(marks.table(head, rows, title, css="pf-change-table"))
    if rest:
        folds = marks.table(head, [_row(here, names, step) for step in rest], css="pf-change-table")
        widgets.show_html(folded(f"Ещё изменится: {counted(len(rest), 'indicators')}", folds))


def _headline(here: Session, coverage: Coverage) -> bool:
    headline = here.catalogue.headline
    return headline is not None and coverage.indicator == headline.code


def _row(here: Session, names: dict[str, str], step: Step) -> list[str]:
    then = step.then
    indicator = here.catalogue.indicators[then.indicator]
    who = names.get(then.organisation, then.organisation) if then.organisation else territory_name(then.territory)
    cohort = here.catalogue.cohorts[then.cohort]
    parts = [level_subject(here.catalogue.levels[then.level]), indicator.short or indicator.name]
    if cohort.part_of is not None:
        parts.append(cohort.name)
    about = marks.tag("small", capital(" · ".join(parts)), "pf-quiet pf-line")
    return [marks.joined([marks.tag("b", who), about]), _said(step.now), _said(then, bold=True)]


def _said(coverage: Coverage, *, bold: bool = False) -> Html:
    """The figure and under it the verdict."""
    words = saying(coverage, short=True)
    shown = figure(coverage)
    if shown == "н/д":
        return marks.tag("span", words.text, "pf-quiet")
    top = marks.tag("b" if bold else "span", shown, "pf-line")
    pair = marks.tag("small", pair_words(coverage), "pf-quiet pf-line") if coverage.kind != "count" else Html("")
    tone = marks.tag("span", marks.verdict(coverage, short=True), "pf-line")
    return marks.joined([top, tone, pair] if bold else [top, pair])


def _reported_row(place: str, now: int, then: int, every: int) -> list[str]:
    return [
        marks.joined(
            [marks.tag("b", territory_name(place)), marks.tag("small", "Сдали организации", "pf-quiet pf-line")]
        ),
        f"{number(now)} из {number(every)}",
        marks.tag("b", f"{number(then)} из {number(every)}"),
    ]
