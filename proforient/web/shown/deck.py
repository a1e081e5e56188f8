"""The slides that guests see: the public figures only, no organisation, nothing that is hidden."""

from __future__ import annotations

from dataclasses import replace

from proforient.charts import marks, sentences
from proforient.charts.marks import joined, tag
from proforient.monitoring import Verdict, territory_name
from proforient.snapshot import FORM, Snapshot
from proforient.web.deck import slides as whole
from proforient.web.deck.page import Page, page
from proforient.web.deck.slides import Slide, Story
from proforient.web.shown.page import HIDDEN, Shown, rule_of, said
from proforient.wording import period_name


def deck(shown: Shown, *, saved: bool = False) -> Page:
    """One HTML file, like the deck of those who are signed in."""
    return page(_story(shown), base=shown.below, saved=saved, found=slides(shown))


def _story(shown: Shown) -> Story:
    """The public figures as a snapshot from which everything else has been left out."""
    public = shown.snapshot
    return Story(
        snapshot=Snapshot(
            form=FORM,
            territory=public.territory,
            cohort=public.cohort,
            period=public.period,
            levels=tuple(f.coverage for f in public.figures if not f.hidden),
            changes=(),
            problems=(),
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
        open_to_all=True,
    )


def slides(shown: Shown) -> list[Slide]:
    """Finding, levels, the number missing at each level below plan, sources with what is hidden, the code."""
    story = _story(shown)
    found = []
    if story.snapshot.levels:
        found += [replace(whole.finding(story), title=said(shown)), whole.levels(story)]
        found += [
            _gap(story, c.level) for c in story.snapshot.levels if c.verdict is Verdict.NOT_MET and c.kind == "share"
        ]
    found.append(_sources(shown, story))
    if shown.code:
        found.append(whole.phone(story))
    return found


def _gap(story: Story, level: str) -> Slide:
    coverage = next(c for c in story.snapshot.levels if c.level == level)
    title = sentences.against_plan(coverage, story.catalogue)
    bar = tag("div", marks.bar(coverage), "pf who")
    body = tag("div", joined([whole.number(coverage), bar]), "gap")
    return Slide(code=f"gap-{level}", title=title, body=body)


def _sources(shown: Shown, story: Story) -> Slide:
    levels, public = story.snapshot.levels, shown.snapshot
    hidden = [
        f"{sentences.level_label(shown.catalogue.levels[f.coverage.level])}: {HIDDEN[f.hidden]}"
        for f in public.figures
        if f.hidden
    ]
    lines = (
        ("Снимок", f"№ {shown.publication.number}, {territory_name(public.territory)}, "
                   f"{period_name(public.period.code)}; {story.moment}"),
        ("Полнота", sentences.completeness(public.submitted, public.expected)),
        ("План", sentences.plans_line(levels, shown.catalogue) if levels else ""),
        ("Не показано", f"{'; '.join(hidden)}." if hidden else ""),
        ("Числа", rule_of(public)),
        ("Доля", whole.RULE),
        ("Отпечаток", shown.publication.sha256[:16]),
    )  # fmt: skip
    return whole.told(lines)
