"""«Что изменится»: verdicts now and as they would be, worked out in a transaction that is taken back.

In: what would be written. Out: pairs of figures that differ, and the table of them. The period page uses it too.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from proforient.analysis.completeness import reports_sent
from proforient.analysis.coverage import Coverage, coverages
from proforient.charts import marks
from proforient.charts.marks import Html
from proforient.charts.sentences import figure, level_subject, pair_words, saying
from proforient.monitoring import Verdict, territory_name
from proforient.store.reading import Reader
from proforient.store.writing import Writer
from proforient.web import widgets
from proforient.web.sections import spread
from proforient.web.sections.upload.numbers import folded
from proforient.web.session import Session
from proforient.wording import capital, number
from proforient.wording.order import path_order

SHOWN = 5  # figures of one organisation or territory in the open
SEVERAL = 3  # organisations from which on only the territories are compared


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureChange:
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

    steps: tuple[FigureChange, ...]
    reported: tuple[tuple[str, int, int, int], ...]  # territory, now, then, of how many


def foresee(
    here: Session,
    period: str,
    organisations: Collection[str],
    act: Callable[[Writer], object],
    *,
    mark: int | None = None,
) -> Foreseen:
    """What ``act`` would do to figures of ``organisations`` and of their territories; nothing is kept.

    Raises whatever ``act`` raises; ``mark``: what it is based on.
    """
    with here.store.rehearse(based_on=mark) as writer:
        reader = writer.reader
        ends = reader.period(period).ends
        homes = {o.code: o.territory for o in reader.organisations(on=ends, codes=organisations)}
        places = sorted(set(homes.values()), key=path_order)
        now, reported_now = _figures(here, reader, period, homes, places), reported_in(reader, period, places)
        act(writer)
        then, reported_then = _figures(here, reader, period, homes, places), reported_in(reader, period, places)
    known = {_key(c): c for c in now}
    steps = [FigureChange(now=known[_key(c)], then=c) for c in then if _key(c) in known]
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


def reported_in(reader: Reader, period: str, places: Iterable[str]) -> dict[str, tuple[int, int]]:
    return {place: reports_sent(reader, period, place) for place in places}


def show(here: Session, foreseen: Foreseen, *, then: str = "После сдачи", shown: int = SHOWN) -> None:
    """A table for each organisation and territory: ``shown`` figures against a plan, the rest folded away."""
    widgets.section("Что изменится")
    if not foreseen.steps and all(now == after for _, now, after, _ in foreseen.reported):
        widgets.show_html(marks.tag("p", "Ни одна доля и ни один вердикт не изменятся."))
        return
    foreseen = _in_reach(here, foreseen)
    names = here.reader.roster().names
    groups: dict[str, list[FigureChange]] = {}
    for step in foreseen.steps:
        groups.setdefault(names.get(step.then.organisation or "", territory_name(step.then.territory)), []).append(step)
    for place, *_ in foreseen.reported:
        groups.setdefault(territory_name(place), [])
    reported = {
        territory_name(place): _reported_row(now, after, every) for place, now, after, every in foreseen.reported
    }
    for name, steps in groups.items():
        _group(here, name, steps, reported.get(name), then, shown)
    widgets.invented_note(step.then for step in foreseen.steps if step.weighty)


def _in_reach(here: Session, foreseen: Foreseen) -> Foreseen:
    """A school sees its territory's figures where they tell nothing of any other: so many others stand in them."""
    if here.person.organisation is None:
        return foreseen
    steps = [s for s in foreseen.steps if s.then.organisation or s.now.submitted - 1 >= spread.FEWEST]
    return Foreseen(steps=tuple(steps), reported=foreseen.reported)


def _group(
    here: Session, name: str, steps: Sequence[FigureChange], reported: list[str] | None, then: str, shown: int
) -> None:
    ordered = sorted(steps, key=lambda step: _weight(here, step))  # order: by weight, equals as they came
    first = [step for step in ordered if step.weighty][:shown]
    rest = [step for step in ordered if step not in first]
    head: list[str | marks.TableColumn] = [
        "Где и что",
        marks.TableColumn("Сейчас", figures=True),
        marks.TableColumn(then, figures=True),
    ]
    rows = [_row(here, step) for step in first] + ([reported] if reported else [])
    if rows:
        widgets.show_html(marks.table(head, rows, name, css="pf-change-table"))
    if rest:
        folds = marks.table(head, [_row(here, step) for step in rest], "" if rows else name, css="pf-change-table")
        others = "Другие показатели, которые изменятся" if rows else "Показатели, которые изменятся"
        widgets.show_html(folded(f"{others}: {number(len(rest))}", folds))


def _weight(here: Session, step: FigureChange) -> tuple[bool, bool, bool, bool]:
    """What is read first: a verdict that turns, the headline indicator, everybody rather than a part."""
    then, headline = step.then, here.catalogue.headline
    turns = {step.now.verdict, then.verdict} == {Verdict.MET, Verdict.NOT_MET}
    part = here.catalogue.cohorts[then.cohort].part_of is not None
    return not step.weighty, not turns, headline is None or then.indicator != headline.code, part


def _row(here: Session, step: FigureChange) -> list[str]:
    then = step.then
    indicator = here.catalogue.indicators[then.indicator]
    cohort = here.catalogue.cohorts[then.cohort]
    level = here.catalogue.levels[then.level]
    about = [indicator.short or here.catalogue.indicator_name(indicator.code, level.code)]
    if cohort.part_of is not None:
        about.append(cohort.name)
    named = level_subject(level)
    if level.kind in ("whole", "authority"):
        named, *about = about
    small = marks.tag("small", capital(" · ".join(about)), "pf-quiet pf-line") if about else Html("")
    return [marks.joined([marks.tag("b", named), small]), _figure_cell(step.now), _figure_cell(then, bold=True)]


def _figure_cell(coverage: Coverage, *, bold: bool = False) -> Html:
    """The figure, and under it the pair now or the verdict afterwards."""
    shown = figure(coverage)
    if shown == "н/д":
        return marks.tag("span", saying(coverage, short=True).text, "pf-quiet")
    if not bold:
        pair = marks.tag("small", pair_words(coverage), "pf-quiet pf-line") if not coverage.formula.plain else Html("")
        return marks.joined([shown, pair])
    return marks.joined([marks.tag("b", shown), marks.tag("span", marks.verdict(coverage, short=True), "pf-line")])


def _reported_row(now: int, then: int, every: int) -> list[str]:
    return [
        marks.tag("b", "Сдали организации"),
        f"{number(now)} из {number(every)}",
        marks.tag("b", f"{number(then)} из {number(every)}"),
    ]
