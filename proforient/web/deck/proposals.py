"""The slides of proposals: problems of a snapshot in; to whom, what, by when and on what ground, five a slide, out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from proforient.advice.actions import ELSEWHERE, Suggested, advice_of
from proforient.advice.problems import Found
from proforient.catalogue.entries import Catalogue
from proforient.charts import sentences
from proforient.charts.marks import Html, joined, tag
from proforient.snapshot import Snapshot
from proforient.web.deck import measure

EACH = 5  # proposals of one slide
SLIDES = 2  # slides of proposals
WHOM, LINE, GROUND = 19.0, 64.3, 64.0  # rem: how wide each may be; a line holds what is to be done and by when
WHOM_SIZE, WHAT_SIZE, GROUND_SIZE = 1.6, 1.75, 1.5
LEADING, PADDING = 1.28, 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One slide of proposals; ``height`` in rem."""

    code: str
    title: str
    body: Html
    source: str
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Item:
    action: Suggested
    ground: Found


@dataclass(slots=True)
class _Addressee:
    items: list[_Item] = field(default_factory=list)


def proposals(snapshot: Snapshot, catalogue: Catalogue) -> list[Proposal]:
    """At most two slides; every addressee has a turn before anybody's second proposal; the others are counted."""
    every = _ranked(snapshot, catalogue)
    order = list(dict.fromkeys(item.action.addressee for item in every))
    chosen = sorted(every[: EACH * SLIDES], key=lambda item: order.index(item.action.addressee))
    left, each = len(every) - len(chosen), EACH
    if len(chosen) == EACH + 1:  # one alone on a second slide
        only = _slide(1, 1, chosen, 0, catalogue)
        each = EACH + 1 if only.height <= measure.room(only.title, only.source) else len(chosen) // 2
    made = []
    for n in range(0, len(chosen), each):
        last = n + each >= len(chosen)
        made.append(_slide(n // each + 1, n + 1, chosen[n : n + each], left if last else 0, catalogue))
    return made


def _ranked(snapshot: Snapshot, catalogue: Catalogue) -> list[_Item]:
    """The first of each addressee, then the second of each; those of the headline's levels come first."""
    headline = {(c.indicator, c.level, c.cohort) for c in snapshot.levels}
    first = sorted(snapshot.problems, key=lambda f: (f.indicator, f.level, f.cohort) not in headline)
    addressees: dict[str, _Addressee] = {}
    seen: set[str] = set()
    advice = snapshot.advice
    if advice is None:
        advice = advice_of(catalogue, snapshot.period, snapshot.territory)
    for found in first:
        for action in advice.answers_to(found):
            if action.code not in seen:
                seen.add(action.code)
                addressees.setdefault(action.addressee, _Addressee()).items.append(_Item(action=action, ground=found))
    longest = max((len(one.items) for one in addressees.values()), default=0)
    return [one.items[n] for n in range(longest) for one in addressees.values() if n < len(one.items)]


def _slide(n: int, start: int, part: Sequence[_Item], left: int, catalogue: Catalogue) -> Proposal:
    """The slide ``n``, whose first proposal has the number ``start``."""
    title = sentences.proposals_title(n)
    source = " ".join(words for words in (_sources(part), sentences.more_proposals(left)) if words)
    for grounds in (2, 1):  # lines of a ground
        made = [_group(group, start + part.index(group[0]), grounds, catalogue) for group in _groups(part)]
        height = sum(tall for _, tall in made) + 0.2
        if height <= measure.room(title, source):
            break
    return Proposal(
        code="decision" if n == 1 else f"decision-{n}",
        title=title,
        body=tag("div", joined(block for block, _ in made), "proposals"),
        source=source,
        height=height,
    )


def _groups(part: Sequence[_Item]) -> Iterator[list[_Item]]:
    group: list[_Item] = []
    for item in part:
        if group and item.action.addressee != group[0].action.addressee:
            yield group
            group = []
        group.append(item)
    if group:
        yield group


def _group(group: Sequence[_Item], start: int, grounds: int, catalogue: Catalogue) -> tuple[Html, float]:
    """An addressee with his proposals, and their height in rem."""
    whom = measure.fitted(group[0].action.addressee_short, WHOM_SIZE, WHOM, 3)
    lines, height = [], 0.0
    said = [sentences.short_ground(item.ground, catalogue) for item in group]
    first = start
    for n, (item, ground) in enumerate(zip(group, said, strict=True), start):
        last = n == start + len(group) - 1 or said[n - start + 1] != ground  # of those that have this very ground
        words = sentences.ground_of(first, n, ground) if last else ""
        first = n + 1 if last else first
        words = " ".join(part for part in (sentences.answers_for(item.action.responsible), words) if part)
        line, tall = _line(n, item, measure.fitted(words, GROUND_SIZE, GROUND, grounds))
        lines.append(line)
        height += tall
    tall = WHOM_SIZE * 1.2 * measure.lines(whom, WHOM_SIZE, WHOM, bold=True) + PADDING
    listed = tag("ol", joined(lines), role="list")
    return tag("div", joined([tag("h3", whom, "whom"), listed]), "addressee"), max(tall, height)


def _line(n: int, item: _Item, ground: str) -> tuple[Html, float]:
    action = item.action
    known, due = action.deadline.form != "none", action.deadline_text
    wide = LINE - WHAT_SIZE * measure.width(due, bold=known)
    what = measure.fitted(action.short, WHAT_SIZE, wide, 2)
    tall = (
        LEADING
        * (WHAT_SIZE * measure.lines(what, WHAT_SIZE, wide) + GROUND_SIZE * measure.lines(ground, GROUND_SIZE, GROUND))
        + PADDING
    )
    parts = [
        tag("b", f"{n}."),
        tag("span", what, "what"),
        tag("span", due, "due" if known else "due unset"),
        tag("small", ground, "ground") if ground else "",
    ]
    return tag("li", joined(parts)), tall


def _sources(part: Sequence[_Item]) -> str:
    """«По рекомендациям: письмо № 837/1…; протокол № 4…»."""
    documents = dict.fromkeys(
        i.action.source_text.partition(", ")[0] for i in part if i.action.source_text not in ("", ELSEWHERE)
    )
    return f"По рекомендациям: {'; '.join(documents)}." if documents else ""
