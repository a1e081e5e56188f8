"""The slide of the shares that experts named where nobody counted: problems of a snapshot in, a slide out."""

from __future__ import annotations

from proforient.charts import sentences
from proforient.charts.marks import joined, tag
from proforient.snapshot import Snapshot
from proforient.web.deck import measure
from proforient.web.deck.proposals import Proposal

SIZE, LEADING, PADDING = 1.75, 1.28, 1.0  # rem: letters, lines, what is around an estimate
WIDE = 88.0  # rem of a line


def estimates(snapshot: Snapshot) -> Proposal | None:
    """As many as there is room for; None where no expert named a share, and of a stored form that is older than the
    slide: its deck stays as it was."""
    named = [f for f in snapshot.problems if f.judgement is not None and f.judgement.percent is not None]
    if snapshot.advice is None or not named:
        return None
    title = sentences.estimates_title([f.judgement for f in named if f.judgement])
    room = measure.room(title, sentences.estimates_note(len(named)))
    lines, height = [], 0.0
    for n, found in enumerate(named, start=1):
        evidence = measure.fitted(sentences.judged_evidence(found.judgement), SIZE, WIDE, 1)
        words = measure.fitted(found.text, SIZE, WIDE, 2)
        tall = SIZE * LEADING * (measure.lines(words, SIZE, WIDE) + 1) + PADDING
        if height + tall > room:
            break
        height += tall
        said = joined([tag("span", words, "what"), tag("small", evidence, "pf-quiet")])
        lines.append(tag("li", joined([tag("b", f"{n}."), tag("div", said)])))
    return Proposal(
        code="estimates",
        title=title,
        body=tag("ol", joined(lines), "unanswered", role="list"),
        source=sentences.estimates_note(len(named) - len(lines)),
        height=height,
    )
