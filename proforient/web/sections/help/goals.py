"""The tree of goals: goal, its tasks, the indicators that measure them with their figures, and the empty places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from proforient.access.roles import Deed
from proforient.analysis.coverage import Coverage, coverages
from proforient.catalogue.entries import Goal, Indicator, Task
from proforient.charts import marks, sentences
from proforient.charts.marks import Html, html, joined, tag
from proforient.monitoring import Verdict
from proforient.web import widgets
from proforient.web.cache import cached
from proforient.web.session import Session, address
from proforient.wording import capital, counted

Figures = Mapping[str, Sequence[Coverage]]  # by indicator, what is asked in the whole cohort


@cached("territory", "period")
def read(here: Session) -> Figures:
    """The figures of the view's territory and period; none where it has no such place, and for a school: others are in
    the sums."""
    view = here.view
    opened = {period.code for period in here.reader.periods(territory=view.territory)}
    found: dict[str, list[Coverage]] = {}
    if view.territory is None or view.period not in opened or not here.person.may(Deed.LOOK):
        return found
    whole = next(c.code for c in here.catalogue.cohorts.values() if c.part_of is None)
    for c in coverages(here.reader, here.catalogue, view.period, territory=view.territory, cohort=whole):
        if c.verdict is not Verdict.NOT_ASKED:
            found.setdefault(c.indicator, []).append(c)
    return found


def show(here: Session) -> None:
    """The strategic goal, then each goal as a section."""
    catalogue = here.catalogue
    widgets.finding("Цели, задачи и чем они измеряются")
    if catalogue.aim:
        widgets.lead(f"{capital(catalogue.aim.rstrip('.'))}.")
    figures = read(here)
    bare = [goal for goal in catalogue.goals.values() if not _indicators(here, goal)]
    if bare:
        words = counted(len(bare), "goals", "gen")
        widgets.caption(f"Для {words} показателя пока нет: пустое место названо.")
    for goal in catalogue.goals.values():
        widgets.section(sentences.goal_words(goal))
        for line in filter(None, (goal.ground, sentences.subgoals(goal))):
            widgets.caption(line)
        widgets.show_html(tag("ul", joined(_branches(here, goal, figures)), "pf-tree"))


def _indicators(here: Session, goal: Goal) -> list[Indicator]:
    return [i for i in here.catalogue.indicators.values() if goal.code in i.goals]


def _branches(here: Session, goal: Goal, figures: Figures) -> Iterator[Html]:
    """Each task with its indicators, then the indicators of the goal that no task of it has."""
    tasks = [task for task in here.catalogue.tasks.values() if task.goal == goal.code]
    for task in tasks:
        yield _task(here, task, figures)
    within = {code for task in tasks for code in task.indicators}
    rest = [i for i in _indicators(here, goal) if i.code not in within]
    if rest:
        heading = sentences.WITHOUT_TASK if tasks else capital(sentences.NO_TASK)
        yield _branch(tag("span", heading, "pf-quiet"), [_leaf(here, i, figures) for i in rest])
    if not tasks and not rest:
        yield tag("li", tag("span", f"○ {sentences.NO_TASK}, {sentences.NO_INDICATOR}", "pf-quiet"))


def _task(here: Session, task: Task, figures: Figures) -> Html:
    found = [here.catalogue.indicators[code] for code in task.indicators if code in here.catalogue.indicators]
    leaves = [_leaf(here, i, figures) for i in found]
    return _branch(html(sentences.task_words(task)), leaves or [_empty(sentences.NO_INDICATOR)])


def _branch(heading: Html, leaves: Sequence[Html]) -> Html:
    return tag("li", joined([heading, tag("ul", joined(leaves))]))


def _empty(words: str) -> Html:
    return tag("li", tag("span", f"○ {words}", "pf-quiet"))


def _leaf(here: Session, indicator: Indicator, figures: Figures) -> Html:
    """The indicator's name, then its figure of each level with the verdict's glyph."""
    found = figures.get(indicator.code, ())
    figures_shown = [c for c in found if c.measure is not None or c.verdict is Verdict.JUDGED]
    empty = "нет данных" if found else "не спрашивают"
    shown = joined([_figure(here, c, several=len(found) > 1) for c in figures_shown], ", ") or tag(
        "span", empty, "pf-quiet"
    )
    name = indicator.short or indicator.name
    link = tag("a", name, "go", href=address("indicators", indicator=indicator.code, level=None))
    return tag("li", joined([link, shown], " — "))


def _figure(here: Session, c: Coverage, *, several: bool) -> Html:
    """«Дошкольное 40 % ✗ не достигнут»; of an only level without its name."""
    level = sentences.level_label(here.catalogue.levels[c.level]) if several else ""
    figure = marks.tag("b", sentences.figure(c)) if c.measure is not None else ""
    return joined([level, figure, marks.verdict(c, short=True, detail=c.verdict is Verdict.JUDGED)], " ")
