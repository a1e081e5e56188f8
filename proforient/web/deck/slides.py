"""The slides of a snapshot: finding, levels, gaps, change, proposals, sources, a code for phones."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from proforient import snapshot as snapshots
from proforient.analysis.coverage import Coverage
from proforient.analysis.sides import Comparison
from proforient.catalogue.entries import Catalogue
from proforient.charts import marks, sentences
from proforient.charts.marks import Html, html, joined, tag
from proforient.documents.file_names import file_name
from proforient.monitoring import Organisation, Verdict, local_day, territory_name
from proforient.store.papers import Measure
from proforient.web.clock import moment_ru
from proforient.web.deck import changes, estimates, execution, gaps, measure, no_answers, proposals
from proforient.wording import period_name

if TYPE_CHECKING:
    from proforient.advice.problems import Found

SOURCES = "Откуда эти числа"
LEAD, STRIP, LEVEL, SIDE = 2.2, 18.0, 7.0, 6.0  # rem: letters of the lead, heights
NAME, SOURCE, APART = 22.0, 66.0, 1.7  # rem: the widths of a question and its answer, what is around a row
OPEN = "Откроются эти же результаты, без входа: суммы по уровням."
SIGNED_IN = "По коду откроется эта же страница с тем же выбором; нужен вход."
LONG = 26  # signs of an address that has room in the largest letters
HOW = "Как считается доля"
RULE = "Сумма охваченных, делённая на сумму всех детей, а не среднее долей организаций."


@dataclass(frozen=True, slots=True, kw_only=True)
class Slide:
    """``code`` is the slide's fragment in the address; ``source`` stands small at its foot."""

    code: str
    title: str
    body: Html
    source: str = ""
    height: float = 0.0  # rem that the body needs


@dataclass(frozen=True, kw_only=True)
class Story:
    """What a deck is made of. ``live`` leads to the same view in the program, ``home`` is what a hall may type.

    ``code`` is the picture of ``live`` for phones, or empty with the reason in ``no_code``.
    """

    snapshot: snapshots.Snapshot
    catalogue: Catalogue
    at: dt.datetime  # UTC, when the figures were frozen
    zone: ZoneInfo  # by whose clocks that is told
    sha256: str
    live: str
    home: str
    code: Html
    no_code: str = ""
    note: str = ""  # what a reader must know of every figure: that it is the demonstration's
    open_to_all: bool = False  # whether the code leads to what needs no sign-in
    typed: str = ""  # the page on which ``typed_code`` is typed, where one holds
    typed_code: str = ""
    measures: tuple[Measure, ...] = ()  # of the territory's documents, as they stood when the figures were frozen

    @cached_property
    def organisations(self) -> dict[str, Organisation]:
        return {o.code: o for o in self.snapshot.organisations}

    @property
    def scope(self) -> str:
        """«Нязепетровский муниципальный район, 2022 год», with the cohort where it is a part of the children."""
        cohort = self.catalogue.cohorts.get(self.snapshot.cohort)
        part = f", {cohort.name}" if cohort is not None and cohort.part_of else ""
        return f"{territory_name(self.snapshot.territory)}, {period_name(self.snapshot.period.code)}{part}"

    @property
    def moment(self) -> str:
        """«25 ноября 2026 года, 14:32 (UTC+5)»."""
        return moment_ru(self.at, self.zone)

    @property
    def file(self) -> str:
        """What the deck is called when it is saved."""
        return file_name("Доклад", territory=self.snapshot.territory, period=self.snapshot.period.code, ending="html")


def slides(story: Story) -> list[Slide]:
    """Every slide that this snapshot gives; the speaker chooses among them."""
    found = [finding(story), levels(story), *(gap(story, f) for f in snapshots.gaps(story.snapshot))]
    moved = change(story)
    if moved is not None:
        found.append(moved)
    found += [comparison(story, c, n) for n, c in enumerate(story.snapshot.comparisons, 1)]
    bare, named = no_answers.unanswered(story.snapshot), estimates.estimates(story.snapshot)
    carried = execution.execution(story.measures, local_day(story.at, story.zone))
    last_slides = [
        *proposals.proposals(story.snapshot, story.catalogue),
        *(p for p in (bare, named, carried) if p is not None),
    ]
    found += [Slide(code=p.code, title=p.title, body=p.body, source=p.source, height=p.height) for p in last_slides]
    found.append(sources(story))
    if story.code:
        found.append(phone(story))
    return found


def finding(story: Story, items: Sequence[Html] | None = None) -> Slide:
    """The headline and every level's share; ``items``: what stands for the levels where not all may be told."""
    shown = story.snapshot.levels
    lead = sentences.overview_lead(shown, story.catalogue)
    strip = joined([level(c, story.catalogue) for c in shown] if items is None else items)
    body = joined([tag("p", lead, "lead") if lead else "", tag("ul", strip, "strip")])
    height = STRIP + (LEAD * 1.35 * measure.lines(lead, LEAD, measure.WIDE) + 1.6 if lead else 0.0)
    title = sentences.overview_finding(shown, story.catalogue)
    return Slide(code="finding", title=title, body=body, height=height)


def level(coverage: Coverage, catalogue: Catalogue) -> Html:
    """A level of the first slide: name, share, verdict, plan."""
    name = sentences.level_label(catalogue.levels[coverage.level])
    parts = [
        tag("b", name, "of"),
        tag("span", "—" if coverage.measure is None else sentences.figure(coverage), "figure"),
        marks.verdict(coverage, short=True),
        tag("span", marks.plan(coverage, "план"), "pf-quiet") if coverage.plan else "",
        marks.caveats(coverage),
    ]
    return tag("li", joined(parts))


def levels(story: Story) -> Slide:
    """The levels as bars against their plan lines."""
    shown = story.snapshot.levels
    return Slide(
        code="levels",
        title=sentences.levels_title(shown),
        body=tag("div", marks.levels(shown, story.catalogue, notes=True), "pf bars"),
        source=sentences.levels_caption(shown, story.catalogue),
        height=LEVEL * sum(c.verdict != Verdict.NOT_ASKED for c in shown),
    )


def gap(story: Story, found: Found) -> Slide:
    """How many children a level is short of, and which organisations could close that."""
    assert found.gap is not None
    short = found.gap
    names = sentences.names_of(story.organisations)
    title = sentences.gap_headline(short, story.catalogue, story.organisations)
    source = sentences.gap_caption(short, story.catalogue, story.organisations)
    who, height = gaps.rows(short, names, measure.room(title, source), title)
    body = tag("div", joined([number(short.total), tag("div", who, "pf who")]), "gap")
    return Slide(code=f"gap-{found.level}", title=title, body=body, source=source, height=height)


def number(coverage: Coverage) -> Html:
    """How many are missing, as large as the slide allows."""
    big = sentences.gap_number(coverage)
    shown = tag("b", big.number, f"big big-{min(len(big.number), 7)}") if big.number else ""
    return tag("p", joined([shown, tag("span", big.words)]), "number")


def change(story: Story) -> Slide | None:
    """The levels beside the period before; None where nothing can be compared."""
    comparable = [c for c in story.snapshot.changes if c.spoken_of is not None]
    before = next((c.previous for c in comparable if c.previous is not None), None)
    if before is None:
        return None
    now, then = period_name(story.snapshot.period.code), period_name(before.period)
    rows, height = changes.rows(comparable, story.catalogue)
    return Slide(
        code="change",
        title=sentences.change_title(comparable, story.catalogue),
        body=tag("div", rows, "pf"),
        height=height,
        source=f"Полоса — {now}, треугольник — {then}, черта — план.",
    )


def comparison(story: Story, compared: Comparison, number: int) -> Slide:
    """What was put side by side, at the level that it speaks of."""
    return Slide(
        code=f"compare-{number}",
        title=sentences.comparison_finding(compared, story.catalogue),
        body=tag("div", marks.side_rows(compared), "pf bars sides"),
        source=f"{story.catalogue.indicator_name(compared.indicator)}. Черта — план.",
        height=SIDE * len(compared.sides),
    )


def sources(story: Story) -> Slide:
    """Where the figures come from, what the plans rest on, who is missing, how a share is computed, as of when."""
    shown = story.snapshot.levels
    silent = {code for c in shown for code in c.missing}
    lines = (
        ("Данные", sentences.files_line(len(story.snapshot.files), len(silent))),
        ("Полнота", sentences.completeness_line(shown, story.catalogue)),
        ("План", sentences.plans_line(shown, story.catalogue)),
        ("Эксперты", sentences.judgements_line(shown)),
        (HOW, RULE),
        ("Числа", story.note),
        ("Снимок", f"На {story.moment}; отпечаток {story.sha256[:8]}."),
    )
    return sources_slide(lines)


def sources_slide(lines: Sequence[tuple[str, str]]) -> Slide:
    """«Откуда эти числа»; the letters are as large as the slide allows, what is longer than four lines is cut."""
    sizes = {1.85: "", 1.5: "dense"}
    for size in sizes:
        cut = [(name, measure.fitted(text, size, SOURCE, 4)) for name, text in lines if text]
        height = sum(
            1.35 * size * max(measure.lines(text, size, SOURCE), measure.lines(name, size, NAME, bold=True)) + APART
            for name, text in cut
        )
        if height <= measure.room(SOURCES, ""):
            break
    body = tag("dl", joined(joined([tag("dt", n), tag("dd", t)]) for n, t in cut), f"sources {sizes[size]}".strip())
    return Slide(code="sources", title=SOURCES, body=body, height=height)


def phone(story: Story) -> Slide:
    """The code that a phone reads, and what those type who have no camera."""
    address = story.typed if story.typed_code else story.home
    words = [tag("p", "Наведите камеру телефона или откройте"), _address(address)]
    if story.typed_code:
        words += [tag("p", "и введите код"), tag("p", tag("b", story.typed_code), "typed")]
    words.append(tag("p", html(OPEN if story.open_to_all else SIGNED_IN), "pf-quiet"))
    body = joined([tag("div", story.code, "code"), tag("div", joined(words))])
    return Slide(code="phone", title="Эти результаты — на вашем телефоне", body=tag("div", body, "phone"))


def _address(address: str) -> Html:
    """Without the protocol, smaller where it is long; it may break before a link's token."""
    bare = address.removeprefix("https://").removeprefix("http://")
    shown = html(bare).replace("/s/", Html("<wbr>/s/"))
    return tag("p", tag("b", shown), "address" if len(bare) <= LONG else "address long")
