"""The slides of proposals: problems of a snapshot in, recommendations by addressee out, as many as a slide holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from proforient.advice.actions import Suggested, actions
from proforient.advice.problems import Found
from proforient.catalogue.entries import Catalogue, Deadline
from proforient.charts import sentences
from proforient.charts.marks import Html, joined, tag
from proforient.snapshot import Snapshot
from proforient.wording import deadline

LINES = 9  # that a slide holds under its title; each recommendation takes one more for its frame
LETTERS = 58  # in a line
GROUND_LETTERS = 75  # in a line of the grounds, which are set smaller
SLIDES = 2  # of one addressee; what does not fit is counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One slide of proposals."""

    code: str
    title: str
    body: Html
    source: str


@dataclass(slots=True)
class _Addressee:
    name: str
    actions: dict[str, Suggested] = field(default_factory=dict)
    grounds: dict[str, Found] = field(default_factory=dict)


def proposals(snapshot: Snapshot, catalogue: Catalogue) -> list[Proposal]:
    """By addressee in the order of the problems; those of the headline's levels come first."""
    headline = {(c.indicator, c.level, c.cohort) for c in snapshot.levels}
    first = sorted(snapshot.problems, key=lambda f: (f.indicator, f.level, f.cohort) not in headline)
    addressees: dict[str, _Addressee] = {}
    for found in first:
        for action in actions(catalogue, found.code):
            one = addressees.setdefault(action.addressee, _Addressee(action.addressee_name))
            one.actions.setdefault(action.code, action)
            one.grounds.setdefault(found.code, found)
    ends = snapshot.period.ends
    return [slide for code, one in addressees.items() for slide in _slides(code, one, catalogue, ends)]


def _slides(code: str, one: _Addressee, catalogue: Catalogue, ends: dt.date) -> Iterator[Proposal]:
    """One or two slides; the second goes on with the numbers of the first."""
    grounds = sentences.proposal_grounds(list(one.grounds.values()), catalogue)
    parts = list(_packed(list(one.actions.values()), LINES - len(grounds) // GROUND_LETTERS))
    left = sum(len(part) for part in parts[SLIDES:])
    start = 0
    for n, part in enumerate(parts[:SLIDES], 1):
        last = n == min(SLIDES, len(parts))
        lines = joined(_line(start + m, action, ends) for m, action in enumerate(part, 1))
        body = [tag("p", grounds, "grounds"), tag("ol", lines, "proposals", role="list")]
        if last and left:
            body.append(tag("p", sentences.more_proposals(left), "pf-quiet"))
        named = f"{code}-{n}" if n > 1 else code
        title = sentences.proposal_title(one.name, n)
        yield Proposal(code=named, title=title, body=joined(body), source=_sources(part))
        start += len(part)


def _packed(listed: Sequence[Suggested], room: int) -> Iterator[list[Suggested]]:
    """The recommendations divided so that each part fits ``room`` lines."""
    part: list[Suggested] = []
    lines = 0
    for action in listed:
        own = 1 + len(action.text) // LETTERS
        if part and lines + own > room:
            yield part
            part, lines = [], 0
        part.append(action)
        lines += own
    if part:
        yield part


def _line(n: int, action: Suggested, ends: dt.date) -> Html:
    """A deadline that lies before the period's end was meant for an earlier year: the hall sets a new one."""
    known = action.deadline.form != "none" and not _before(action.deadline, ends)
    due = tag("span", action.deadline_text if known else deadline(Deadline()), "due" if known else "due unset")
    return tag("li", joined([tag("b", f"{n}."), tag("span", action.text, "what"), due]))


def _before(due: Deadline, ends: dt.date) -> bool:
    if due.date is not None:
        return due.date <= ends
    last = due.until or due.year
    return last is not None and last + (due.form == "school_year") <= ends.year


def _sources(part: Sequence[Suggested]) -> str:
    """«По рекомендациям: письмо № 837/1…; протокол № 4…»."""
    documents = dict.fromkeys(a.source_text.partition(", ")[0] for a in part if a.source_text)
    return f"По рекомендациям: {'; '.join(documents)}." if documents else ""
