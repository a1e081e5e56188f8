"""The slide of what became of decisions: measures in, how many are done and which press out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from proforient.charts.marks import joined, tag
from proforient.documents.measures import GLYPHS, STATES, done_of, due_of, in_turn, measures_summary, urgent_words
from proforient.store.papers import Measure, MeasureState
from proforient.web.deck import measure
from proforient.web.deck.proposals import Proposal
from proforient.wording import capital, number

SIZE, LEADING, PADDING = 1.75, 1.28, 1.0  # rem: letters, lines, what is around a measure
WIDE = 88.0  # rem of a measure's line


def execution(measures: Sequence[Measure], day: dt.date) -> Proposal | None:
    """What presses first, as many as there is room for; None where nothing was decided."""
    every = [m for m in in_turn(measures, day) if m.state != MeasureState.DROPPED]
    if not every:
        return None
    done, of = done_of(every)
    title = f"Исполнение решений: {number(done)} из {number(of)}"
    source = capital(measures_summary(measures, day).partition("; ")[2])
    room = measure.room(title, source)
    lines, height = [], 0.0
    for m in every:
        state_line = f"{STATES[m.state]}; {urgent_words(m, day) or due_of(m)}"
        words = measure.fitted(m.text.rstrip("."), SIZE, WIDE, 1)
        tall = SIZE * LEADING * 2 + PADDING
        if height + tall > room:
            break
        height += tall
        lines.append(
            tag(
                "li",
                joined(
                    [
                        tag("b", GLYPHS[m.state]),
                        tag("span", joined([words, tag("small", state_line, "pf-line pf-quiet")]), "what"),
                    ]
                ),
            )
        )
    body = tag("ol", joined(lines), "unanswered", role="list")
    return Proposal(code="execution", title=title, body=body, source=source, height=height)
