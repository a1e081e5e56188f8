"""The finding and the first charts of each page that begins with them, in the order in which the page shows them.

In: the Session that the page would have, which is the current one. Out: what stands below the scope, or None where
the page has nothing of the kind to say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from proforient.advice.problems import Found
from proforient.charts import figures, marks, sentences
from proforient.charts.marks import Html, tag
from proforient.palette import EITHER
from proforient.web import crumbs, widgets
from proforient.web.choices import SORTS, groupings_of
from proforient.web.first import page_layout
from proforient.web.sections import indicators as indicators_page
from proforient.web.sections import inside, past, territories
from proforient.web.sections import overview as overview_page
from proforient.web.sections import problems as problems_page
from proforient.web.sections.upload import beginning as upload_first
from proforient.web.sections.upload import sender
from proforient.web.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """``chart``: the name of the page's chart that is drawn here, too, if one is."""

    scope: Html
    body: Sequence[Html]
    chart: str = ""


def overview(here: Session) -> Drawing | None:
    """The levels of the headline beside what to do first; without a territory those below."""
    if here.catalogue.headline is None:
        return None
    if here.view.territory is None:
        found = territories.read(here, here.catalogue.headline.code)
        words = overview_page.level_words(here)
        return _places(here, found, lead=overview_page.PLACES, levels=words)
    shown = overview_page.read(here)
    chart, left = ("levels", _levels(here, shown)) if here.view.down is None else _inside(here)
    right = []
    if shown.steps:
        right = [
            page_layout.pf(tag("h2", overview_page.FIRST, "pf-section")),
            page_layout.pf(overview_page.steps(here, shown)),
        ]
    head = page_layout.head(
        sentences.overview_finding(shown.levels, here.catalogue), sentences.overview_lead(shown.levels, here.catalogue)
    )
    body = [*head, page_layout.columns(("2-3", left), ("1-3", right))]
    return Drawing(scope=page_layout.scope(here), body=body, chart=chart)


def _levels(here: Session, shown: overview_page.Overview) -> list[Html]:
    where = partial(overview_page.to_level, here)
    page = figures.levels(shown.levels, here.catalogue, EITHER, address=where)
    hall = figures.levels(shown.levels, here.catalogue, EITHER, size="hall", address=where)
    return [
        *page_layout.chart_in_sizes("levels", page, overview_page.level_rows(here, shown), hall=hall),
        page_layout.pf(marks.caption(sentences.levels_caption(shown.levels, here.catalogue))),
    ]


def _inside(here: Session) -> tuple[str, list[Html]]:
    """A level that is opened: who stands behind it; of a region the crumbs alone, for its rows come with switches."""
    assert here.catalogue.headline is not None
    path = page_layout.pf(crumbs.line(here, here.view.down))
    if territories.read(here, here.catalogue.headline.code).rows:
        return "", [path]
    found = inside.read(here)
    head = [path, page_layout.title(found.title(here.catalogue))]
    if not found.rows:
        return "", head
    figure = found.figure(here.catalogue, EITHER)
    return "inside", [*head, *page_layout.chart_in_sizes("inside", figure, inside.rows(here, found))]


def indicators(here: Session) -> Drawing | None:
    """The list of indicators beside the chosen one: its figure, its levels, its periods; or territories by it."""
    view = here.view
    if view.indicator is None or view.level is None:
        return None
    if view.territory is None:
        words = indicators_page.level_words(here)
        chosen = page_layout.choice(
            "indicator", widgets.choice_labels(indicators_page.every_name(here))[view.indicator]
        )
        found = territories.read(here, view.indicator)
        lead = indicators_page.places_lead(here)
        return _places(here, found, lead=lead, above=[page_layout.row(chosen)], levels=words)
    shown = indicators_page.read(here)
    right, chart = _indicator(here, shown)
    body = [page_layout.columns(("1-4", _catalogue(here, shown)), ("3-4", right))]
    return Drawing(scope=page_layout.scope(here), body=body, chart=chart)


def _catalogue(here: Session, shown: indicators_page.IndicatorFigures) -> list[Html]:
    """The list with its switch and its field; on a phone what is chosen of it."""
    lines = widgets.links(indicators_page.entries(here, shown), label="Показатели")
    options = groupings_of(here.catalogue)
    wide = [
        *([page_layout.switch("grouping", options)] if len(options) > 1 else []),
        page_layout.entry(indicators_page.FIND),
        tag("div", page_layout.pf(lines), "first-list"),
    ]
    names = widgets.choice_labels(indicators_page.asked_names(here, shown))
    narrow = page_layout.choice("indicator", names.get(here.view.indicator or "", widgets.NOTHING))
    return [page_layout.sized("wide", "catalogue", wide), page_layout.sized("narrow", "catalogue", [narrow])]


def _indicator(here: Session, shown: indicators_page.IndicatorFigures) -> tuple[list[Html], str]:
    chosen = shown.chosen
    if chosen is None:
        return [
            *page_layout.head(indicators_page.NOT_ASKED, ""),
            page_layout.pf(marks.caption(indicators_page.CHOOSE)),
        ], ""
    finding = sentences.indicator_finding(chosen, here.catalogue, shown.series)
    options = indicators_page.level_options(here, shown)
    body = [
        *page_layout.head(finding, sentences.indicator_lead(chosen, here.catalogue)),
        *([page_layout.switch("level", options)] if options else []),
        page_layout.pf(indicators_page.formula(chosen)),
        page_layout.pf(indicators_page.to_source()),
    ]
    if here.view.trace:  # the cells of the figure stand before its charts
        return body, ""
    level_charts, series, levels = indicators_page.several_levels(shown), shown.series, []
    if level_charts:
        rows = page_layout.pf(marks.levels(level_charts, here.catalogue))
        levels = [page_layout.title(sentences.levels_title(level_charts)), rows, page_layout.picture()]
    chart = past.chart_name("periods", series, indicators_page.ROOM)
    drawn = (
        page_layout.chart_in_sizes(chart, figures.periods(series, EITHER), past.period_rows(here, series))
        if chart
        else [page_layout.pf(past.period_rows(here, series))]
    )
    periods = [page_layout.title(sentences.periods_title(series)), *drawn]
    if not past.is_beside(series, indicators_page.ROOM):
        return [*body, *levels, *periods], chart
    left, right = (levels, periods) if levels else (periods, [])
    return [*body, page_layout.columns(("1-2", left), ("1-2", right))], chart


def problems(here: Session) -> Drawing | None:
    """The list of problems beside the chosen one: what it rests on and who makes the gap."""
    if here.view.territory is None:
        return None
    shown = problems_page.read(here)
    head = page_layout.head(
        sentences.problems_finding(
            shown.found, submitted=shown.submitted, levels=shown.levels, catalogue=here.catalogue
        ),
        sentences.problems_lead(shown.found),
    )
    if shown.chosen is None:
        return Drawing(scope=page_layout.scope(here, cohorts=False), body=head)
    right, chart = _problem(here, shown, shown.chosen)
    left = [page_layout.pf(problems_page.problem_list(shown))]
    body = [*head, page_layout.columns(("1-3", left), ("2-3", right))]
    return Drawing(scope=page_layout.scope(here, cohorts=False), body=body, chart=chart)


def _problem(here: Session, shown: problems_page.ProblemList, found: Found) -> tuple[list[Html], str]:
    body = [
        page_layout.pf(tag("h2", problems_page.heading(shown, found), "pf-section")),
        *(page_layout.pf(line) for line in problems_page.grounds(here, found)),
    ]
    if found.gap is None:
        return body, ""
    names = sentences.names_of(shown.organisations)
    title = sentences.gap_title(found.gap, here.catalogue, shown.organisations)
    figure = figures.gap(found.gap, names, EITHER, title=title)
    caption = sentences.gap_caption(found.gap, here.catalogue, shown.organisations)
    body += [
        page_layout.title(title),
        *page_layout.chart_in_sizes("gap", figure, problems_page.gap_rows(here, found, names, title)),
        page_layout.pf(marks.caption(caption)),
    ]
    return body, "gap"


def _places(
    here: Session,
    found: territories.TerritoriesBelow,
    *,
    lead: str,
    levels: Mapping[str, str],
    above: Sequence[Html] = (),
) -> Drawing:
    """Territories beside their plans, under the finding that says it."""
    body = [*page_layout.head(found.title, lead), *above]
    if found.rows:
        switches = [
            *([page_layout.switch("level", levels)] if len(levels) > 1 else []),
            page_layout.switch("sort", SORTS),
        ]
        rows = territories.ranked(here, found)
        body += [page_layout.row(*switches), page_layout.pf(Html("")), page_layout.pf(territories.plot(found, rows))]
    return Drawing(scope=page_layout.scope(here), body=body)


def upload(here: Session) -> Drawing | None:
    """Until when the numbers are taken, what is to be done, what has been handed in: no file is chosen yet."""
    options = sender.scope_options(here)
    if len(options["organisation"]) > widgets.MOST_OFFERED:
        return None
    shortened = {f: of if f == "period" else widgets.choice_labels(of) for f, of in options.items()}
    campaign = sender.read_sender(here)
    body = page_layout.head(sender.first_finding(campaign), "" if campaign.takes_files else sender.why_not(campaign))
    if not campaign.takes_files and campaign.others_open:
        body += [page_layout.pf(tag("h2", sender.OPEN_NOW, "pf-section")), page_layout.pf(sender.open_ones(campaign))]
    if campaign.takes_files:
        pieces = [upload_first.step_list(0), *upload_first.told_first(here, campaign)]
        body += [page_layout.pf(line) for line in pieces]
    return Drawing(scope=page_layout.select_boxes(here, shortened), body=body)
