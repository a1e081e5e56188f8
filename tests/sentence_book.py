"""Every sentence that the program can say with a number in it, said with 0, 1, 2, 5, 11, 21 and 1,5: a book to read.

``ENTRIES`` has a line for each public function of the rooms of sentences; ``templates`` finds the sentences of all
other rooms in the program's text; ``findings`` fills those of the checks; ``slides`` and ``public_pages`` draw what is
shown to a hall and to guests. ``faults`` says what is wrong with a line without its being read.
"""

from __future__ import annotations

import ast
import datetime as dt
import html
import inspect
import itertools
import pkgutil
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import cache
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from zoneinfo import ZoneInfo

from charts import invented
from charts.invented import change, count, cov, judgement, rows, series
from charts.invented import places as of_places

from proforient import public, wording
from proforient.access import log_words
from proforient.access.links import State
from proforient.advice.actions import Advice, Suggested
from proforient.advice.priorities import FirstStep
from proforient.advice.problems import Found
from proforient.analysis.coverage import Coverage
from proforient.analysis.pivot import ALL, AXES, Axis, Pivot, PivotQuestion
from proforient.analysis.scenario import Prospect, Scenario, prospect
from proforient.analysis.sides import Comparison, Side
from proforient.catalogue.entries import Deadline
from proforient.catalogue.kinds import KINDS
from proforient.catalogue.read import read_catalogue
from proforient.charts import sentences
from proforient.charts.sentences import names as level_names
from proforient.charts.sentences import periods as period_words
from proforient.charts.sentences.completeness import submitted_by_kind
from proforient.charts.sentences.pages import numbers_understood
from proforient.charts.sentences.reminders import AWAITED, reminder, reminder_subject, reminder_to_all
from proforient.charts.sentences.standings import standing_words
from proforient.intake.findings import CODES, Finding, finding
from proforient.intake.model import Unanswered
from proforient.monitoring import Period, Report, ReportStanding, ReportState
from proforient.settings import ROOT
from proforient.snapshot import SentFile, Snapshot
from proforient.store.rows import Publication
from proforient.view import SIDES
from proforient.web.deck.slides import Story
from proforient.web.deck.slides import slides as deck
from proforient.web.shown.page import PublicContents
from proforient.web.shown.page import page as public_page
from proforient.wording import NOUNS, Noun, number

NUMBERS = (0, 1, 2, 5, 11, 21)
HALF = Fraction(3, 2)
MOMENT = dt.datetime(2023, 4, 3, 9, 0)
CATALOGUE = invented.catalogue()
ROOMS = ("proforient.charts.sentences", "proforient.wording")
SENTENCE = {"str", "str | None", "StepWords", "BigNumber", "Saying"}  # what a function of sentences gives
REGISTER = {f"o{n}": invented.organisation(f"o{n}", f"Школа № {n}") for n in range(1, 40)}
GARDENS = {f"o{n}": invented.organisation(f"o{n}", f"Сад № {n}", "preschool") for n in range(1, 40)}
MIXED = {code: REGISTER[code] if n % 2 else GARDENS[code] for n, code in enumerate(REGISTER)}
LEVELS = [v for v in CATALOGUE.levels.values() if v.kind == "stage"]
STAGES = ("preschool", "primary", "basic", "secondary", "additional")
Said = Iterable[object]


def below(n: int, level: str = "basic", **more: object) -> Coverage:
    """A figure to whose plan ``n`` are missing."""
    return cov(level, 60 - n, 60, "100", **more)


def above(n: int, level: str = "basic", **more: object) -> Coverage:
    """With ``n`` to spare."""
    return cov(level, 30 + n, 60, "50", **more)


def over(n: int) -> Coverage:
    """A figure of which less is better, ``n`` too many."""
    return cov("basic", n, 60, "0", direction="less", unit="graduates")


def sent(n: int, of: int = 22, **more: object) -> Coverage:
    """What ``n`` of 22 organisations gave."""
    figures = (40, 60, "50") if n else ("no_data", None, "50")
    return cov(more.pop("level", "basic"), *figures, submitted=n, expected=of, **{"can_change": None} | more)


def told(c: Coverage) -> Coverage:
    """As guests see it."""
    return public.rounded(replace(c, submitted=7), persons=True, organisations=7, part=False)[0]


def figures(n: int) -> list[Coverage]:
    """One figure of each kind with ``n`` in it."""
    every = [
        below(n),
        above(n),
        over(n),
        cov("basic", n, 60),
        cov("basic", n or 1, n or 1),
        cov("basic", n, n or 1, "50"),
    ]
    every += [cov("basic", "nobody", None, "50"), cov("basic", 600, 600 + n, "100"), sent(n), sent(1, 1)]
    every += [count(n), count(n, "21"), count(n, "1.5"), count(30 - n, "30"), cov("additional", "judged", None, "70")]
    every += [told(cov("basic", 20 * n, 1000, "2")), told(cov("basic", 600 - n, 600, "100")), told(below(n))]
    every += [cov("basic", n, 60, unit=unit) for unit in ("teachers", "organisations", "parents")]
    return every


def short_levels(n: int) -> list[list[Coverage]]:
    """Levels of which ``n`` are below their plan; none of which more can be."""
    if n > 5:
        return []
    return [[below(21 if at < n else 0, level) for at, level in enumerate(STAGES[:of])] for of in (1, 2, 5) if n <= of]


def gaps(n: int) -> Iterator[tuple[object, dict]]:
    """Gaps of ``n`` organisations, with a reserve of others and without."""
    for own in ([(8, 11)] * n, [(1, 10)] * n + [(40, 40)]):
        if n:
            yield invented.gap(own), REGISTER
    if n:
        yield invented.gap([(9, 10)] * n), GARDENS
        yield invented.gap([(3, 10)] * n, "20", direction="less"), MIXED


def history(n: int) -> list[list[Coverage]]:
    """``n`` years below plan, and such with years between of which nothing is known."""
    years = [(str(2010 + at), 40 + at, 60, "80") for at in range(n)]
    halves = [(f"{2010 + at // 2}-{at % 2 + 1}", 40 - at, 60, "80") for at in range(n)]
    holes = [*years[:1], *((str(2011 + at), "no_data", None, "80") for at in range(n)), (str(2012 + n), 50, 60, "80")]
    return [series(s) for s in (years, halves, holes) if s and (s is not holes or years)]


METHOD = (
    *("formula_in_words", "counted_once", "goal_words", "task_words", "subgoals", "count_words", "source_words"),
    "count_tip",
)


@cache
def method_words() -> list[str]:
    """What is told of each indicator of our own catalogue, once for all numbers."""
    own = read_catalogue(ROOT / "indicators.toml")
    every = own.indicators.values()
    places = ("Челябинская область / Округ", "Забайкальский край / Округ", "Томская область / Округ")
    asked = ((i, place) for i in every for place in places)
    rows = (row for i, place in asked for row in S.method_rows(own, i, i.levels[0], territory=place, year=2022))
    return [
        *(S.formula_in_words(own, i, i.levels[0]) for i in every),
        *(line for _, lines in rows for line in lines),
        *map(S.subgoals, own.goals.values()),
        *(S.count_tip(own, c, c.levels[0], kind) for c in own.counts.values() for kind in own.organisation_kinds),
    ]


def changed(n: int) -> list[list[object]]:
    pair = [change(cov(v, 300, 600, "50"), cov(v, 300 - 6 * n, 600, "50", period="2021")) for v in STAGES]
    fell = [change(cov(v, 300, 600, "50"), cov(v, 300 + 6 * n, 600, "50", period="2021")) for v in STAGES]
    mixed = [*pair[:2], *fell[2:]]
    part = change(cov("basic", 30, 60, "50", submitted=n or 1, expected=22),
                  cov("basic", 30, 90, "50", period="2021", submitted=21, expected=22), same="1.5",
                  same_organisations=n or 1)  # fmt: skip
    counts = change(count(30), count(30 - n))
    chance = [replace(c, by_chance=True) for c in pair]
    none = [change(cov(), None, why_not="нет данных")]
    return [pair, fell, mixed, pair[:1], fell[:1], [part], [counts], chance, [*chance[:2], *fell[2:]], none]


def period(days: int, state: str = "open") -> Period:
    closes = dt.date(2023, 4, 28)
    return Period(code="2022", kind="year", starts=dt.date(2022, 1, 1), ends=dt.date(2022, 12, 31), closes=closes,
                  state=state, territory=None, catalogue="x", version="1")  # fmt: skip


TODAY = dt.date(2023, 4, 28)


def awaited_report(state: str, note: str = "") -> Report:
    return Report(organisation="s-1", period="2022", state=ReportState(state), at=None, by="", note=note, late=False)


def problems(n: int, judged: int) -> list[object]:
    return [SimpleNamespace(when="judged" if at < judged else "not_met") for at in range(n)]


def screening(errors: int, warnings: int, questions: int, values: int) -> object:
    def made(severity: str, n: int) -> list[Finding]:
        return [Finding(code=f"{severity}-{at}", severity=severity, message="", to_do="", row=at) for at in range(n)]

    return SimpleNamespace(
        findings=[*made("error", errors), *made("warning", warnings)],
        unanswered=[Unanswered(kind="dash", text="–")] * questions,
        unexplained=made("warning", warnings),
        values=[None] * values,
        said=values,
    )


def steps(n: int) -> Iterator[FirstStep]:
    codes = tuple(list(REGISTER)[: max(n, 1)])
    yield FirstStep(kind="report", levels=(sent(n),), organisations=codes)
    yield FirstStep(kind="figures", levels=(sent(n), sent(21, level="primary")), organisations=codes)
    suggested = SimpleNamespace(text="Провести открытый урок.", source_text="письмо № 1")
    for found in [gap for gap, _ in gaps(n) if gap.total.verdict == "not_met"][:2]:
        who = tuple(who for who, _ in found.closing)
        for actions in ((), (suggested,)):
            yield FirstStep(kind="close", levels=(found.total,), organisations=who, gap=found, actions=actions)


def advised(n: int) -> Advice:
    """``n`` recommendations that are on without a deadline or somebody responsible, among others."""

    def one(at: int, words: str, *, shown: bool = True, due: str = "none") -> Suggested:
        return Suggested(
            code=str(at), answers=(), addressee="a", addressee_name="а", addressee_short="а", text="т", short="т",
            responsible="" if due == "none" else "отдел", deadline=Deadline(form=due), deadline_text="", source_text="",
            words=words, shown=shown,
        )  # fmt: skip

    kinds = ("catalogue", "amended", "own")
    return Advice((one(99, "own", shown=False), one(98, "amended", due="standing"),
                   *(one(at, kinds[at % 3]) for at in range(n))))  # fmt: skip


def each(say: Callable[[Coverage], object]) -> Callable[[int], Said]:
    return lambda n: [say(c) for c in figures(n)]


def nothing(n: int) -> Said:
    return ()


S, W = sentences, wording


def a_pivot(n: int, rows: Axis = "level", columns: Axis | None = "period") -> Pivot:
    """A table of one level and a sum."""
    asked = PivotQuestion(
        rows=rows, columns=columns, territory="Край", period="2022", periods=("2022",), cohort="all",
        indicator="coverage", level="basic",
    )  # fmt: skip
    cells = {("basic", "2022"): cov("basic", n, 22, "50"), (ALL, "2022"): cov("basic", n, 22)}
    return Pivot(question=asked, rows=("primary", "basic"), columns=("2022",), cells=cells)


def would_be(n: int) -> list[Prospect]:
    """So many schools below 80 percent, beside one and eleven above it; nobody who gave anything."""
    found = [rows([(40, 80)] * n + [(79, 80)] * more) for more in (0, 1, 11)] + [rows(["no_data"] * n)]
    total = cov("basic", 40, 80, "80")
    return [prospect(total, each, Scenario(plan=Decimal("62.5"))) for each in found if each]


def side_by_side(found: Iterable[Coverage]) -> Comparison:
    sides = tuple(Side(kind="organisation", code=c.organisation or "", name="Школа", figures=(c,)) for c in found)
    return Comparison(indicator="coverage", level="basic", sides=sides)


ENTRIES: dict[str, Callable[[int], Said]] = {
    "sentences.reminders.reminder": lambda n: [
        reminder("Школа № 1", awaited_report("returned", note), what, given=n, asked=n + 1, closes=day, today=TODAY,
                 address="https://a")
        for what in AWAITED for note in ("", "проверьте строку 8.") for day in (TODAY, TODAY + dt.timedelta(days=n - 3))
    ],
    "sentences.reminders.reminder_subject": lambda n: [
        reminder_subject("2022", closes=TODAY + dt.timedelta(days=n - 1), today=TODAY)
    ],
    "sentences.reminders.reminder_to_all": lambda n: [
        reminder_to_all([("Школа № 1", TODAY + dt.timedelta(days=k)) for k in range(max(n, 1))], "2022", today=TODAY, address="https://a")
    ],
    "sentences.advice.advice_finding": lambda n: [S.advice_finding(advised(n))],
    "sentences.advice.advice_lead": lambda n: [S.advice_lead(advised(n))],
    "sentences.advice.offer_words": lambda n: [
        S.offer_words(SimpleNamespace(ground=g, period="2025", met=n, of=22)) for g in ("plan", "half", "quarter")
    ],
    "sentences.completeness.completeness": lambda n: [
        S.completeness(n, of, unit) for of in (n, n + 1, 22) for unit in ("organisations", "kindergartens", "events")
        if n <= of
    ],
    "sentences.completeness.submitted_of": lambda n: [S.submitted_of(sent(n))],
    "sentences.completeness.provisional_note": lambda n: [S.provisional_note(sent(n))],
    "sentences.completeness.preliminary": lambda n: [
        S.preliminary([sent(n), sent(2, 21, level="preschool")][:of], CATALOGUE) for of in (1, 2)
    ],
    "sentences.completeness.submitted_by_kind": lambda n: [
        submitted_by_kind([sent(n), sent(2, 21, level="preschool")][:of], CATALOGUE) for of in (1, 2)
    ],
    "sentences.completeness.headline": lambda n: [S.headline("План достигнут", [sent(n)], CATALOGUE),
                                                  S.headline("План: достигнут", [sent(n)], CATALOGUE)],
    "sentences.completeness.preliminarily": lambda n: [S.preliminarily("План достигнут", [sent(n)])],
    "sentences.completeness.can_change_note": lambda n: [
        S.can_change_note(sent(n, can_change=turns, unit=unit)) for turns in (None, True, False)
        for unit in ("children", "teachers")
    ],
    "sentences.completeness.completeness_note": lambda n: [
        S.completeness_note([sent(n, can_change=True), sent(21, level="primary")], CATALOGUE)
    ],
    "sentences.deck.gap_headline": lambda n: [S.gap_headline(g, CATALOGUE, r) for g, r in gaps(n)],
    "sentences.deck.gap_number": lambda n: [
        " ".join(filter(None, S.gap_number(c)))
        for c in (below(n), over(n), told(below(n)), told(cov("basic", 20 * n, 1000, "90")))
        if c.needed is not None and c.verdict == "not_met"
    ],
    "sentences.deck.proposals_title": lambda n: [S.proposals_title(n)],
    "sentences.deck.short_ground": lambda n: [
        S.short_ground(SimpleNamespace(level=v, when="not_met", coverage=below(n, v), text="Низкая доля."), CATALOGUE)
        for v in ("basic", "whole") if n
    ],
    "sentences.deck.ground_of": lambda n: [S.ground_of(1, last, "низкая доля") for last in (1, 1 + n)],
    "sentences.deck.completeness_line": lambda n: [
        S.completeness_line([sent(n, can_change=turns), sent(21, level="primary")], CATALOGUE)
        for turns in (None, True, False)
    ],
    "sentences.deck.answers_for": lambda n: [S.answers_for("" if n == 0 else "отдел воспитания")],
    "sentences.deck.unanswered_title": lambda n: [S.unanswered_title(max(n, 1))],
    "sentences.deck.unanswered_note": lambda n: [S.unanswered_note(n)],
    "sentences.deck.estimates_title": lambda n: [S.estimates_title([judgement("shortcoming", "45")] * max(n, 1))],
    "sentences.deck.estimates_note": lambda n: [S.estimates_note(n)],
    "sentences.deck.more_proposals": lambda n: [S.more_proposals(n)],
    "sentences.deck.files_line": lambda n: [S.files_line(n, silent) for silent in (0, n)],
    "sentences.deck.plans_line": lambda n: [S.plans_line([below(0, v) for v in STAGES[:n]], CATALOGUE)],
    "sentences.deck.judgements_line": lambda n: [S.judgements_line([cov("basic", "judged")] * n)],
    "sentences.gap.gap_title": lambda n: [S.gap_title(g, CATALOGUE, r) for g, r in gaps(n)],
    "sentences.gap.gap_words": lambda n: [
        S.gap.gap_words(g, CATALOGUE, r, condition=False) for g, r in gaps(n)
    ] + [S.gap_title(SimpleNamespace(total=c, contributions=()), CATALOGUE, REGISTER) for c in figures(n)
         if c.verdict != "not_met"],
    "sentences.gap.gap_line": lambda n: [S.gap_line(g) for g, _ in gaps(n)],
    "sentences.gap.gap_rest": lambda n: [S.gap_rest(g.contributions, g.total) for g, _ in gaps(n) if g.contributions],
    "sentences.gap.gap_caption": lambda n: [S.gap_caption(g, CATALOGUE, r) for g, r in gaps(n)],
    "sentences.indicator.in_a_row": lambda n: [S.in_a_row(s) for s in history(n)],
    "sentences.indicator.indicator_finding": lambda n: [
        *(S.indicator_finding(s[-1], CATALOGUE, s) for s in history(n)),
        *(S.indicator_finding(c, CATALOGUE) for c in [*figures(n), *(replace(c, level="whole") for c in figures(n))]),
    ],
    "sentences.indicator.indicator_lead": each(lambda c: S.indicator_lead(c, CATALOGUE)),
    "sentences.indicator.problem_evidence": lambda n: [S.problem_evidence(s[-1], s) for s in history(n)],
    "sentences.mark_tip.mark_words": each(S.mark_words),
    "sentences.mark_tip.change_mark_words": lambda n: [S.change_mark_words(c) for of in changed(n) for c in of],
    "sentences.names.prepositional": nothing, "sentences.names.level_label": nothing,
    "sentences.names.level_subject": nothing, "sentences.names.level_note": nothing,
    "sentences.names.organisation_name": nothing,
    "sentences.names.levels_in": lambda n: [S.levels_in(LEVELS[:n])],
    "sentences.names.levels_listed": lambda n: [S.levels_listed(LEVELS[:n])] if n else [],
    "sentences.names.on_every_level": lambda n: [level_names.on_every_level(n, "измеренных")] if n > 1 else [],
    "sentences.names.everybody": lambda n: [level_names.everybody(n, w) for w in NOUNS.values()] if n else [],
    "sentences.organisations.organisations_title": lambda n: [
        S.organisations_title(rows(pairs), CATALOGUE, register)
        for pairs in ([(1, 10)] * n, [(1, 10)] * n + [(9, 9)], [(9, 9)] * n, ["no_data"] * n,
                      [(9, 9), *["no_data"] * n])
        for register in (REGISTER, GARDENS, MIXED)
    ] + [
        S.organisations_title([count(n, organisation="o1"), count(None, organisation="o2")], CATALOGUE, REGISTER),
        *(S.organisations_title([replace(c, organisation=f"o{at + 1}", level="whole", kind="yes_no", value=v)
                                 for at, v in enumerate([1] * n + [0] * no)
                                 for c in [cov("basic", v, 1, organisation="x")]], CATALOGUE, REGISTER)
          for no in (0, 1, n)),
    ],
    "sentences.territories.places_title": lambda n: [
        S.places_title(found, {c.territory: f"Район {at}" for at, c in enumerate(found)}, NOUNS[word])
        for found in (of_places([(40,)] * n + [(62,)] * more + [("no_data",)] * silent)
                      for more, silent in ((0, 0), (1, 0), (n, 2)))
        for word in ("municipalities", "regions", "territories")
    ] + [S.places_title(of_places([(40,), (30,)] * n, None), {f"Край / Район {at}": f"Район {at}"
                                                            for at in range(1, 2 * n + 1)}, NOUNS["regions"])],
    "sentences.pivot.pivot_finding": lambda n: [
        S.pivot_finding(a_pivot(n, rows=a, columns=b), quantity, name)
        for a in AXES for b in (None, *AXES) if a != b for quantity in S.QUANTITIES for name in ("", "Охват")
    ],
    "sentences.pivot.pivot_note": lambda n: [S.pivot_note(a_pivot(n))],
    "sentences.pivot.pivot_unit": lambda n: [S.pivot_unit(a_pivot(n), quantity) for quantity in S.QUANTITIES],
    "sentences.pivot.quantity_words": lambda n: [
        S.quantity_words(c, quantity) for c in (None, cov("basic", n, 22, "50"), cov("basic", "no_data"))
        for quantity in S.QUANTITIES
    ],
    "sentences.scenario.scenario_finding": lambda n: [
        S.scenario_finding(would, CATALOGUE, REGISTER) for would in would_be(n)
    ],
    "sentences.scenario.scenario_ground": lambda n: [
        S.scenario_ground(would, CATALOGUE, REGISTER) for would in would_be(n)
    ],
    "sentences.scenario.scenario_item": lambda n: [S.scenario_item(would, CATALOGUE) for would in would_be(n)],
    "sentences.scenario.scenario_closing": lambda n: [
        S.scenario_closing(would, {f"o{at}": f"Школа {at}" for at in range(30)}) for would in would_be(n)
    ],
    "sentences.sides.comparison_finding": lambda n: [
        S.comparison_finding(side_by_side(found), CATALOGUE)
        for found in (rows([(40, 80)] * n), rows([(70, 80)] * n + [(40, 80)] * 2), rows([(70, 80)] * n, None),
                      rows([(40, 80)] + ["no_data"] * n))
    ],
    "sentences.sides.side_without_figures": lambda n: [
        S.side_without_figures(Side(kind=kind, code="1", name="Школа", figures=())) for kind in SIDES.values()
    ],
    "sentences.organisations.beside_the_plan": nothing,
    "sentences.organisations.organisation_finding": lambda n: [
        S.organisation_finding(REGISTER["o1"], levels, CATALOGUE)
        for levels in [*short_levels(n), [below(n)], [over(n)]]
    ],
    "sentences.organisations.organisation_lead": lambda n: [
        S.organisation_lead([cov("basic", n, 30, "50"), cov("primary", 1, n or 3, "50"), above(n, "secondary")],
                            CATALOGUE),
        *(S.organisation_lead(levels, CATALOGUE) for levels in short_levels(n)),
    ],
    "sentences.overview.overview_finding": lambda n: [
        S.overview_finding(levels, CATALOGUE)
        for levels in [*short_levels(n), [sent(n)], [cov(v, "judged" if at < n else "no_data") for at, v in
                                                     enumerate(STAGES)], [cov(v, 1, 2) for v in STAGES[:n]]]
    ],
    "sentences.overview.against_plan": lambda n: [S.against_plan(c, CATALOGUE) for c in figures(n)
                                                  if c.kind == "share" and c.verdict in ("met", "not_met")],
    "sentences.overview.overview_lead": lambda n: [
        S.overview_lead(levels, CATALOGUE)
        for levels in [*short_levels(n), [below(n), below(5, "primary")], [above(n), above(21, "primary")], [over(n)],
                       [told(below(n)), told(below(21, "primary"))],
                       [cov("basic", "judged"), cov("primary", "no_data"), cov("secondary", 1, 2)]]
    ],
    "sentences.overview.judged_evidence": lambda n: [
        S.judged_evidence(one) for one in (judgement("shortcoming", str(n)), None)
    ],
    "sentences.overview.experts_said": lambda n: [
        S.experts_said(replace(cov("basic", "judged"), judgements=(judgement(how, p),)))
        for how in ("shortcoming", "good", "noted") for p in (None, str(n), "1.5")
    ],
    "sentences.overview.levels_title": lambda n: [S.levels_title(levels) for levels in short_levels(n)],
    "sentences.overview.levels_caption": lambda n: [S.levels_caption(levels, CATALOGUE) for levels in short_levels(n)],
    "sentences.pages.problems_finding": lambda n: [
        S.problems_finding(problems(n, judged), submitted=of) for judged in {0, 1, n} for of in (0, 1) if judged <= n
    ],
    "sentences.pages.problems_lead": lambda n: [S.problems_lead(problems(n, 1))],
    "sentences.pages.period_finding": lambda n: [
        S.period_finding(period(0, state), n, of, dt.date(2023, 4, 28) + dt.timedelta(days))
        for state in ("open", "closed") for of in (n, 22) for days in (-n, n, -100)
    ],
    "sentences.pages.upload_finding": lambda n: [
        S.upload_finding(screening(*parts))
        for parts in ((n, 0, 0, 9), (0, n, 0, n), (0, n, n, 9), (n, n, 1, 9), (1, n, n, 0))
    ],
    "sentences.pages.numbers_understood": lambda n: [
        numbers_understood(SimpleNamespace(said=n, sums=sums)) for sums in (0, 1, n)
    ],
    "sentences.periods.periods_title": lambda n: [S.periods_title(s, subject=w) for s in history(n)
                                                  for w in ("", "5–9 классы")],
    "sentences.periods.signed_change": lambda n: [
        S.signed_change(Fraction(sign * v), k) for v in (n, HALF) for sign in (1, -1) for k in KINDS.values()
        if k.in_percent or v == n
    ],
    "sentences.periods.reason": lambda n: [period_words.reason("не с чем сравнить: нет данных")],
    **dict.fromkeys((f"sentences.method.{name}" for name in METHOD), lambda n: method_words()),
    "sentences.periods.change_words": lambda n: [S.change_words(c) for of in changed(n) for c in of],
    "sentences.periods.change_told": lambda n: [period_words.change_told(c) for of in changed(n) for c in of],
    "sentences.periods.change_note": lambda n: [S.change_note(c) for of in changed(n) for c in of],
    "sentences.periods.change_title": lambda n: [S.change_title(of, CATALOGUE) for of in changed(n)],
    "sentences.standings.standing_words": lambda n: [standing_words(one) for one in ReportStanding],
    "sentences.first_steps.step_words": lambda n: [
        " ".join(filter(None, (w.who, ", ".join(name for _, name in w.names), w.rest, "—", w.what, w.source)))
        for register in (MIXED, {c: replace(o, name=f"Школа «{c}»") for c, o in REGISTER.items()})
        for step in steps(n) for w in [S.step_words(step, CATALOGUE, register)]
    ],
    "sentences.verdicts.many": lambda n: [S.many(n, "children", case, rounded=r) for case in ("nom", "gen")
                                          for r in (False, True) if not r or n % 10 == 0],
    "sentences.verdicts.few_words": each(S.few_words), "sentences.verdicts.few_brief": each(S.few_brief),
    "sentences.verdicts.missing": each(S.missing),
    "sentences.verdicts.spare_words": each(S.spare_words),
    "sentences.verdicts.judged_word": lambda n: [
        S.judged_word(cov("basic", "judged"), judgement(how, p)) for how in ("shortcoming", "good", "noted")
        for p in (None, str(n), "1.5")
    ],
    "sentences.verdicts.saying": lambda n: [
        S.saying(c, short=short, unit=unit).text
        for c in figures(n) for short in (False, True) for unit in (True, False)
    ],
    "sentences.verdicts.yet": lambda n: [S.yet(sent(n), "достигнут")],
    "sentences.verdicts.near_word": each(S.near_word), "sentences.verdicts.figure": each(S.figure),
    "sentences.verdicts.plan_figure": each(S.plan_figure),
    "sentences.verdicts.plan_label": lambda n: [S.plan_label(cov("basic", 1, 2, p)) for p in (str(n), "1.5")],
    "sentences.verdicts.pair_words": each(S.pair_words), "sentences.verdicts.formula": each(S.formula),
    "sentences.verdicts.plan_in_units": lambda n: [
        S.plan_in_units(cov("basic", 1, n, "50", unit=unit, **more)) for unit in ("children", "teachers")
        for more in ({}, {"direction": "less"})
    ] + [S.plan_in_units(cov("basic", 1, 100, str(n))), S.plan_in_units(cov("basic", 1, 100, "1.5"))],
    "sentences.verdicts.one_is_worth": each(S.one_is_worth), "sentences.verdicts.small_numbers": each(S.small_numbers),
    "sentences.verdicts.evidence": each(S.evidence),
    "wording.dates.date_ru": nothing, "wording.dates.zone_ru": nothing, "wording.dates.moment_ru": nothing,
    "wording.dates.ends_ru": nothing, "wording.dates.period_noun": nothing,
    "wording.dates.deadline": lambda n: [
        W.deadline(SimpleNamespace(form=form, date=dt.date(2023, 6, max(n, 1)), year=2020 + n, until=2021 + n))
        for form in ("day", "month", "year", "range", "open", "")
    ],
    "wording.dates.days_left": lambda n: [
        W.days_left(dt.date(2023, 4, 28), dt.date(2023, 4, 28) + dt.timedelta(d)) for d in (n, -n)
    ],
    "wording.dates.period_name": lambda n: map(W.period_name, PERIODS),
    "wording.dates.period_in": lambda n: map(W.period_in, PERIODS),
    "wording.dates.period_to": lambda n: map(W.period_to, PERIODS),
    "wording.dates.period_short": lambda n: map(W.period_short, PERIODS),
    "wording.figures.number": lambda n: [W.number(v) for v in (n, HALF, 1000 * n)],
    "wording.figures.share": lambda n: [W.share(Fraction(v)) for v in (n, HALF, Fraction(n, 3))],
    "wording.figures.average": lambda n: [W.average(Fraction(v)) for v in (n, HALF, Fraction(n, 3))],
    "wording.figures.percent": lambda n: [W.percent(Decimal(v)) for v in (n, "1.5")],
    "wording.figures.points": lambda n: [W.points(Fraction(v), signed=s) for v in (n, HALF, -n) for s in (True, False)],
    "wording.figures.exact_percent": nothing, "wording.figures.plain_decimal": nothing,
    "wording.figures.plain_fraction": nothing, "wording.labels.shortened": nothing,
    "wording.nouns.counted": lambda n: [
        f"{case} {W.counted(n, unit, case)}" for unit in NOUNS for case in ("nom", "gen", "acc", "dat", "prep")
    ],
    "wording.nouns.counted_words": lambda n: [
        f"{case} {W.counted_words(n, unit, case)}" for unit in NOUNS for case in ("nom", "gen", "acc", "prep")
    ],
    "wording.nouns.verb_form": lambda n: [
        f"{W.verb_form(n, w.gender, 'сдал', 'сдала', 'сдало', 'сдали')} {W.counted(n, w)}" for w in NOUNS.values()
    ],
    "wording.nouns.ordinal": lambda n: [W.ordinal(n, g) for g in "mfn"] if n else [],
    "wording.numerals.numeral": lambda n: [W.numeral(n, g, c) for g in "mfn" for c in ("nom", "gen", "dat", "prep")],
    **{f"wording.{of}": nothing for of in ("spreadsheet.as_text", "spreadsheet.from_text", "text.typo", "text.escape",
                                           "text.clean", "text.in_xml", "text.join", "text.quoted", "text.capital",
                                           "text.uncapital", "text.unmarked")},
}  # fmt: skip
PERIODS = ("2022", "2021/2022", "2022-1", "2022-2", "2022-11-21")


def wanted() -> dict[str, str]:
    """Each public function of the rooms of sentences that gives text, by the name of its entry."""
    found = {}
    for room in ROOMS:
        for part in pkgutil.iter_modules(import_module(room).__path__):
            module = import_module(f"{room}.{part.name}")
            for name, one in vars(module).items():
                own = inspect.isfunction(one) and one.__module__ == module.__name__ and not name.startswith("_")
                if own and inspect.signature(one).return_annotation in SENTENCE:
                    found[f"{room.rpartition('.')[2]}.{part.name}.{name}"] = module.__name__
    return found


def rendered() -> Iterator[tuple[str, str]]:
    for key, say in ENTRIES.items():
        for n in NUMBERS:
            for text in say(n):
                if text:
                    yield key, str(text)


# What the program's other rooms say: every f-string with a number in it.
SAYS_A_NUMBER = {
    "counted",
    "counted_words",
    "number",
    "numeral",
    "len",
    "plural",
    "verb_form",
    "percent",
    "points",
    "share",
}


def templates(paths: Iterable[Path]) -> Iterator[tuple[str, str]]:
    """``file:line`` and each sentence with a number, said with each number; other words stand as ‹expressions›."""
    for path in paths:
        for node in outer_strings(ast.parse(path.read_text("utf-8"))):
            if any(isinstance(c, ast.Call) and name_of(c) in SAYS_A_NUMBER for c in ast.walk(node)):
                for n in NUMBERS:
                    for text in sorted(set(spoken(node, n))):
                        yield f"{path.name}:{node.lineno}", text


def outer_strings(tree: ast.AST) -> Iterator[ast.JoinedStr]:
    inner = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)
             for part in ast.walk(node) if part is not node and isinstance(part, ast.JoinedStr)}  # fmt: skip
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr) and id(node) not in inner and re.search("[а-яё]", ast.unparse(node)):
            yield node


def name_of(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def spoken(node: ast.expr, n: int) -> list[str]:
    """The texts that the expression may give, each ``counted`` of it with ``n``; at most eight."""
    match node:
        case ast.JoinedStr(values=parts):
            ways: list[list[str]] = []
            for part in parts:
                # «5 из 22», «5 при нужных 22»: the whole is never less than its part.
                more = 22 if ways and re.search("(?:из|при нужных|тогда)[ \u00a0]$", ways[-1][0]) else 0
                ways.append(spoken(part.value if isinstance(part, ast.FormattedValue) else part, n + more))
            return ["".join(way) for way in itertools.islice(itertools.product(*ways), 8)]
        case ast.Constant(value=value):
            return [str(value)]
        case ast.IfExp(test=test, body=one, orelse=other):
            if (known := decided(test, n)) is not None:
                return spoken(one if known else other, n)
            return [*spoken(one, n), *spoken(other, n)]
        case ast.Call() if name_of(node) in SAYS_A_NUMBER:
            return [said_by(node, n)]
        case ast.Call(
            func=ast.Attribute(value=ast.Subscript(slice=ast.Constant(value=unit)), attr="after"), args=given
        ):
            return [NOUNS[unit].after(n, *(a.value for a in given[1:] if isinstance(a, ast.Constant)))]
        case ast.Call(func=ast.Attribute(value=ast.Call(args=[ast.Constant(value=unit)]), attr="after"), args=given):
            return [NOUNS[unit].after(n, *(a.value for a in given[1:] if isinstance(a, ast.Constant)))]
        case ast.Call(func=ast.Attribute(attr="after"), args=given):
            return [NOUNS["schools"].after(n, *(a.value for a in given[1:] if isinstance(a, ast.Constant)))]
        case ast.Call(args=[inner]) if name_of(node) in ("capital", "typo", "uncapital"):
            return [getattr(wording, name_of(node))(text) for text in spoken(inner, n)]
    return [f"‹{ast.unparse(node)[:40]}›"]


def decided(test: ast.expr, n: int) -> bool | None:
    """Whether «n == 1», «many > 1» and the like hold; None where it is not about a number."""
    match test:
        case ast.Compare(left=left, ops=[op], comparators=[ast.Constant(value=int(bound))]) if not isinstance(
            left, ast.Constant
        ):
            ways = {ast.Eq: n == bound, ast.NotEq: n != bound, ast.Gt: n > bound, ast.Lt: n < bound,
                    ast.GtE: n >= bound, ast.LtE: n <= bound}  # fmt: skip
            return ways.get(type(op))
    return None


def said_by(call: ast.Call, n: int) -> str:
    name = name_of(call)
    if name in ("len", "number"):
        return number(n)
    if name in ("percent", "share", "points"):
        return {"percent": wording.percent(Decimal(n)), "share": wording.share(Fraction(n)),
                "points": wording.points(Fraction(n))}[name]  # fmt: skip
    given = [ast.literal_eval(a) if isinstance(a, ast.Constant) else None for a in call.args[1:]]
    named = {k.arg: ast.literal_eval(k.value) if isinstance(k.value, ast.Constant) else None for k in call.keywords}
    if name in ("counted", "counted_words") and (not given or given[0] is None):
        given[:1] = ["organisations"]
    if name == "numeral" and given[:1] == [None]:
        given[0] = "f"
    if name == "verb_form" and given[:1] == [None]:
        given[0] = "m"
    if None in given or None in named.values():
        return f"‹{ast.unparse(call)[:40]}›"
    return str(getattr(wording, name)(n, *given, **named))


def findings() -> Iterator[tuple[str, str]]:
    """The message and advice of each finding, its numbers replaced by each number."""
    for code, kind in CODES.items():
        # A year is a number that is not counted.
        numeric = [key for key, word in kind.example.items() if re.fullmatch(r"\d[\d\u00a0 ]*", str(word))
                   and not re.fullmatch(r"20\d\d", str(word))]  # fmt: skip
        for key, n in itertools.product(numeric or [""], NUMBERS if numeric else NUMBERS[-1:]):
            words = dict(kind.example) | ({key: number(n)} if key else {})
            value = words.get("value")
            made = finding(code, value=None if value is None else str(value), words=words)
            yield f"finding {code}", made.message
            yield f"finding {code}", made.to_do


def log_lines() -> Iterator[tuple[str, str]]:
    """The lines of the log that count."""
    for n in NUMBERS:
        detail = {"organisations": dict.fromkeys(map(str, range(n)), 1), "file": "а.csv", "replaced": n, "rows": n,
                  "findings": {"x": n}, "period": "2022", "number": str(n), "added": ["a"] * n, "updated": ["a"] * n,
                  "percent": str(n), "indicator": "coverage", "level": "basic", "closes": "2023-04-28",
                  "accepted": n, "opened": n, "openings": n}  # fmt: skip
        names = log_words.CodeNames(organisations={}, homes={}, accounts={}, catalogue=CATALOGUE)
        for action, (_, say) in log_words.SENTENCES.items():
            try:
                yield f"log {action}", wording.typo(wording.capital(say("2022", detail, names)))
            except (KeyError, ValueError):
                continue  # it needs words, not numbers


def slides() -> Iterator[tuple[str, str]]:
    """The deck of a district in which ``n`` of everything are short, silent or new."""
    for n in NUMBERS:
        shown = [below(n, v, submitted=n or 1, expected=22) for v in STAGES[:4]]
        shown.append(cov("additional", "judged", None, "70"))
        found = [
            Found(code=f"low-{c.level}", number=1, indicator="coverage", level=c.level, cohort="all",
                  territory=c.territory, organisation=None, when="not_met", text="Низкая доля.", coverage=c,
                  judgement=None, gap=replace(invented.gap([(1, 2)] * n), total=c), organisations=())
            for c in shown[:4] if n
        ]  # fmt: skip
        moved = [change(c, cov(c.level, 60, 60, "100", period="2021")) for c in shown[:4]]
        sent_files = [SentFile(file="a", sha256="a", at=MOMENT, organisations=())] * n
        taken = Snapshot(
            territory=invented.TERRITORY, cohort="all", period=period(0), levels=tuple(shown),
            changes=tuple(moved), problems=tuple(found), advice=None, organisations=tuple(REGISTER.values()),
            files=tuple(sent_files),
        )  # fmt: skip
        story = Story(snapshot=taken, catalogue=CATALOGUE, at=MOMENT, zone=ZoneInfo("UTC"), sha256="a" * 64, live="/",
                      home="https://a", code="")  # fmt: skip
        for slide in deck(story):
            for text in (slide.title, *text_of(slide.body), slide.source):
                yield f"slide {slide.code}", text


def public_pages() -> Iterator[tuple[str, str]]:
    """The page for guests, of a territory of ``n`` organisations and more."""
    catalogue = read_catalogue(ROOT / "indicators.toml")
    for n in NUMBERS:
        shown = [told(cov(v, 600 - 20 * n, 600, "98", submitted=n, expected=22)) for v in STAGES[:4]]
        parts = [public.PublicFigure(coverage=c, hidden=public.Hidden.NO, before=None) for c in shown]
        parts[-1] = replace(parts[-1], hidden=public.Hidden.CHILDREN)
        snapshot = public.PublicSnapshot(
            territory=invented.TERRITORY, cohort="all", period=period(0), figures=tuple(parts),
            submitted=n, expected=22, rule=public.rule_now("Правило."),
        )  # fmt: skip
        made = Publication(
            number=n, token="t", snapshot_id=1, period="2022", territory=invented.TERRITORY, cohort="all", title="",
            note="", catalogue="", sha256="a" * 64, body="", corrects=None, made_at=MOMENT, made_by="методист",
            ends_at=None, withdrawn_at=None, reason="",
        )  # fmt: skip
        page = public_page(
            PublicContents(
                publication=made,
                snapshot=snapshot,
                catalogue=catalogue,
                state=State.CURRENT,
                newer=None,
                newer_address="",
                address="https://a/s/t",
                code="",
                below="",
                checked="сегодня",
                zone=ZoneInfo("UTC"),
            )
        )
        for text in text_of(page.html):
            yield "public page", text


BLOCKS = r"p|li|h\d|td|th|dt|dd|div|figure|figcaption|small|tr|table|summary|section|text"


def text_of(page: object) -> Iterator[str]:
    """What a person reads of a drawn page, a line a block."""
    plain = re.sub(r"<(style|script|svg|head)\b.*?</\1>", "", str(page), flags=re.S)
    for block in re.split(rf"</?(?:{BLOCKS})\b[^>]*>", plain):
        text = re.sub(r"[ \u00a0\n]+", " ", html.unescape(re.sub(r"<[^>]+>", " ", block))).strip()
        if text:
            yield re.sub(r" +([.,;:)])", r"\1", text)


def faults(line: str) -> list[str]:
    """What is wrong with a line for certain."""
    text = line.replace("\u00a0", " ").replace("\u2060", "")
    found = [what for what, wrong in WRONG.items() if re.search(wrong, text)]
    for sentence in re.split(r"(?<=[.!?]) (?=[А-ЯЁ«])", re.sub(r"«[^«»]*»|\([^()]*\)|\d\d:\d\d|https?:", "", text)):
        if len(re.findall(r":(?= )", sentence)) > 1:
            found.append("two colons in a sentence")
    for digits, word in COUNTED.findall(text):
        n = int(digits.replace(" ", ""))
        whose = [noun for noun in COUNTABLE if word in first_words(noun)]
        if whose and all(word not in {noun.after(n, case).split()[0] for case in CASES} for noun in whose):
            found.append(f"{digits} {word}")
    return found


CASES = ("nom", "gen", "dat", "acc", "prep")
COUNTED = re.compile(r"(?<![№\d,.–−/:-] )(?<![\d,.–−/:-])(\d{1,3}(?: \d{3})*|\d+) ([а-яё]+)")
# «в 2022 году» and «21 ноября» count nothing.
COUNTABLE = [noun for unit, noun in NOUNS.items() if unit != "years"]


@cache
def first_words(noun: Noun) -> frozenset[str]:
    forms = [noun.nom, noun.gen, noun.nom_pl, noun.gen_pl, noun.prep, noun.prep_pl]
    return frozenset(form.split()[0] for form in forms)


WRONG = {
    "double stop": r"(?<!\.)\.\.(?!\.)|(?<!п\. п)\.[,;:]|[,;:]\.|[,;:]{2}",
    "space": r"  |\w [,;.](?:\s|$)|\( | \)",
    "0 of 0": r"\b0 из 0\b",
    "a name of the program": r"\bNone\b|\bnan\b",
    "a part of a person": r"\d,\d+ (?:дет|реб|выпускник|педагог|организац|школ)",
    "a sentence within": r"[а-яё], [А-ЯЁ][а-яё]+ (?:не|план)\b",
}
