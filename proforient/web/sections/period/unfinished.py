"""What a campaign leaves behind when it is closed: read before the button, so that nothing passes unseen."""

from __future__ import annotations

from collections.abc import Iterator

from proforient.advice.problems import problems
from proforient.advice.wordless import is_wordless
from proforient.analysis.coverage import Coverage, coverages
from proforient.charts import marks
from proforient.charts.marks import Html
from proforient.charts.sentences import level_subject
from proforient.monitoring import ReportState, Verdict
from proforient.web.sections.period.collection import Collection
from proforient.web.sections.period.returning import inquiry_words
from proforient.web.sections.upload.numbers import folded
from proforient.web.session import Session
from proforient.wording import NB, number

Left = tuple[str, list[str]]  # what it is, and of whom or of what


def unfinished(here: Session, campaign: Collection) -> list[Html]:
    """A line a kind, which opens to the names."""
    every = [*_reports(here, campaign), *_figures(here, campaign)]
    return [
        folded(f"{words}:{NB}{number(len(names))}", marks.tag("ul", marks.joined(marks.tag("li", n) for n in names)))
        for words, names in every
        if names
    ]


def _reports(here: Session, campaign: Collection) -> Iterator[Left]:
    yield "Никто не проверил", [campaign.name(r.organisation) for r in campaign.having(ReportState.SUBMITTED)]
    yield "Сданы не полностью", [campaign.name(code) for code in campaign.incomplete]
    asked = [(code, one) for code, some in campaign.inquiries.items() for one in some if code in campaign.organisations]
    states = campaign.reports.states
    yield (
        "Вопросы без ответа",
        [
            f"{campaign.name(code)}. {inquiry_words(here.catalogue, one)}"
            for code, one in asked
            if one.is_open and states.get(code) is ReportState.RETURNED
        ],
    )


def _figures(here: Session, campaign: Collection) -> Iterator[Left]:
    """Of the territory: plans not met for which nobody has words, and verdicts by a plan without a ground."""
    if campaign.place is None:
        return
    found = problems(here.reader, here.catalogue, campaign.code, territory=campaign.place)
    yield "План не достигнут, а формулировки проблемы нет", [p.text for p in found if is_wordless(p.code)]
    measured = coverages(here.reader, here.catalogue, campaign.code, territory=campaign.place)
    judged = [c for c in measured if c.plan and c.verdict in (Verdict.MET, Verdict.NOT_MET)]
    # An invented plan names no document either.
    bare = [c for c in judged if c.plan and (not c.plan.ground.strip() or c.plan.origin == "demonstration")]
    yield "План без основания", [_figure_words(here, c) for c in bare]


def _figure_words(here: Session, coverage: Coverage) -> str:
    level = here.catalogue.levels[coverage.level]
    return f"{here.catalogue.indicator_name(coverage.indicator, coverage.level)} ({level_subject(level)})"
