"""What people do with a period's reports, as tests do it in any order."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from tiny_store import pair

from proforient.monitoring import Cell, Contingent, ReportState
from proforient.store import acceptance, enrolment, planning, reporting

Act = tuple[Any, Any]  # what is done, and about what


def acts(dice: random.Random, many: int, organisations: tuple[str, ...]) -> Iterator[Act]:
    """Half of them are files, of one organisation or of several."""
    states = (ReportState.ACCEPTED, ReportState.RETURNED)
    for _ in range(many):
        who = dice.choice(organisations)
        if dice.random() < 0.5:
            senders = dice.sample(organisations, dice.choice((1, 1, 2)))
            yield (
                "file",
                {k: v for s in senders for k, v in pair(s, dice.randrange(50), dice.randrange(50, 99)).items()},
            )
        else:
            other = [("withdraw", dice.randrange(9)), ("known", (who, dice.randrange(99))), ("closed", who)]
            yield dice.choice([*other, *((state, who) for state in states)])


def take(writer, period, what, about, parts, at):
    if what == "withdraw":
        if parts:
            acceptance.withdraw(writer, parts[about % len(parts)])
    elif what == "known":
        row = Contingent(
            period=period, organisation=about[0], cell=Cell("pupils", "basic", "all"), number=about[1], source="ФСН"
        )
        planning.import_contingent(writer, [row])
    elif what == "closed":
        (one,) = writer.reader.organisations(code=about)
        enrolment.import_organisations(writer, [replace(one, closed=dt.date(int(period), 6, 1))])
    else:
        reporting.set_report(writer, period, about, what, note="к числам", at=at)
