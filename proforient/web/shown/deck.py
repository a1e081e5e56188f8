"""The slides that guests see: the public figures only, no organisation, nothing that is hidden."""

from __future__ import annotations

from dataclasses import replace

from proforient.charts import marks, sentences
from proforient.charts.marks import Html, joined, tag
from proforient.monitoring import Verdict
from proforient.public import PublicFigure
from proforient.snapshot import Snapshot
from proforient.web.deck import slides as whole
from proforient.web.deck.page import page
from proforient.web.deck.slides import Slide, Story
from proforient.web.shown.page import PublicContents, row_of, rule_of, title
from proforient.web.templates import HtmlFile
from proforient.wording import capital


def deck(shown: PublicContents, *, saved: bool = False) -> HtmlFile:
    """One HTML file, like the deck of those who are signed in."""
    return page(_story(shown), base=shown.below, saved=saved, found=slides(shown))


def _story(shown: PublicContents) -> Story:
    """The public figures as a snapshot from which everything else has been left out."""
    public = shown.snapshot
    return Story(
        snapshot=Snapshot(
            territory=public.territory,
            cohort=public.cohort,
            period=public.period,
            levels=tuple(f.coverage for f in public.figures if not f.hidden),
            changes=(),
            problems=(),
            advice=None,
            organisations=(),
            files=(),
        ),
        catalogue=shown.catalogue,
        at=shown.publication.made_at,
        zone=shown.zone,
        sha256=shown.publication.sha256,
        live=shown.address,
        home=shown.address,
        code=shown.code,
        note=sentences.DEMONSTRATION if shown.invented else "",
        open_to_all=True,
    )


def slides(shown: PublicContents) -> list[Slide]:
    """Finding, levels, the number missing at each level below plan, sources with what is hidden, the code."""
    story = _story(shown)
    found = []
    if story.snapshot.levels:
        found += [replace(whole.finding(story, _strip(shown)), title=title(shown)), _levels(shown, story)]
        found += [
            _gap(story, c.level) for c in story.snapshot.levels if c.verdict is Verdict.NOT_MET and c.formula.apart
        ]
    found.append(_sources(shown, story))
    if shown.code:
        found.append(whole.phone(story))
    return found


def _strip(shown: PublicContents) -> list[Html]:
    """The levels of the first slide; of what is hidden the reason."""
    return [_hidden(shown, f) if f.hidden else whole.level(f.coverage, shown.catalogue) for f in shown.snapshot.figures]


def _hidden(shown: PublicContents, figure: PublicFigure) -> Html:
    name = sentences.level_label(shown.catalogue.levels[figure.coverage.level])
    why = tag("span", joined([marks.glyph("○"), shown.snapshot.rule.hidden[figure.hidden]], " "), "pf-v pf-quiet")
    return tag("li", joined([tag("b", name, "of"), tag("span", "—", "figure"), why]))


def _levels(shown: PublicContents, story: Story) -> Slide:
    """The rows of the public page."""
    slide, every = whole.levels(story), shown.snapshot.figures
    body = tag("div", marks.block([row_of(shown, f) for f in every], slide.title, "pf-levels"), "pf bars")
    return replace(slide, body=body, height=whole.LEVEL * len(every))


def _gap(story: Story, level: str) -> Slide:
    coverage = next(c for c in story.snapshot.levels if c.level == level)
    title = sentences.preliminarily(sentences.against_plan(coverage, story.catalogue), [coverage])
    bar = tag("div", marks.bar(coverage), "pf who bars")
    body = tag("div", joined([whole.number(coverage), bar]), "gap")
    return Slide(code=f"gap-{level}", title=title, body=body)


def _sources(shown: PublicContents, story: Story) -> Slide:
    levels, public = story.snapshot.levels, shown.snapshot
    hidden = [
        f"{sentences.level_label(shown.catalogue.levels[f.coverage.level])}: {public.rule.hidden[f.hidden]}"
        for f in public.figures
        if f.hidden
    ]
    number, print_ = shown.publication.number, shown.publication.sha256
    lines = (
        ("Полнота", f"{capital(sentences.completeness(public.submitted, public.expected))}."),
        ("План", sentences.plans_line(levels, shown.catalogue) if levels else ""),
        ("Не показано", f"{'; '.join(hidden)}." if hidden else ""),
        ("Как показаны числа", public.rule.in_short or rule_of(public.rule)),
        (whole.HOW, whole.RULE),
        ("Снимок", f"№ {number} на {story.moment}; отпечаток {print_[:8]}."),
    )
    return whole.sources_slide(lines)
