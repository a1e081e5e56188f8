"""The slide of what nobody has an answer to: problems of a snapshot in, a slide of their words out."""

from __future__ import annotations

from proforient.charts import sentences
from proforient.charts.marks import joined, tag
from proforient.snapshot import Snapshot
from proforient.web.deck import measure
from proforient.web.deck.proposals import Proposal

SIZE, LEADING, PADDING = 1.75, 1.28, 1.0  # rem: letters, lines, what is around a problem
WIDE = 88.0  # rem of a problem's line


def unanswered(snapshot: Snapshot) -> Proposal | None:
    """As many as there is room for, the others are counted; None where each has an answer, and of a stored form that
    did not keep them: its deck stays as it was."""
    if snapshot.advice is None:
        return None
    bare = [f for f in snapshot.problems if not f.unreliable and not snapshot.advice.answers_to(f)]
    if not bare:
        return None
    title = sentences.unanswered_title(len(bare))
    room = measure.room(title, sentences.unanswered_note(len(bare)))
    lines, height = [], 0.0
    for n, found in enumerate(bare, start=1):
        words = measure.fitted(found.text, SIZE, WIDE, 2)
        tall = SIZE * LEADING * measure.lines(words, SIZE, WIDE) + PADDING
        if height + tall > room:
            break
        height += tall
        lines.append(tag("li", joined([tag("b", f"{n}."), tag("span", words, "what")])))
    return Proposal(
        code="unanswered",
        title=title,
        body=tag("ol", joined(lines), "unanswered", role="list"),
        source=sentences.unanswered_note(len(bare) - len(lines)),
        height=height,
    )
