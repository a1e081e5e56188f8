"""Where an organisation stands among the others of its municipality, none of which is named or can be told."""

from __future__ import annotations

from collections.abc import Sequence

from proforient.analysis.coverage import Coverage
from proforient.charts import marks, sentences
from proforient.web import widgets
from proforient.web.session import Session
from proforient.wording import number
from proforient.wording import share as share_words

FEWEST = 5  # others; of fewer nothing is said


def show(here: Session, own: Sequence[Coverage], every: Sequence[Coverage]) -> None:
    """A row a level: the own share, the middle half of the others, how many they are."""
    rows = [row for c in own if (row := _row(here, c, every)) is not None]
    if not rows:
        return
    head: list[str | marks.Column] = [
        "Уровень",
        marks.Column("Ваша доля" if here.person.organisation else "Доля", figures=True),
        marks.Column("Четверть других ниже", figures=True),
        marks.Column("Половина других ниже", figures=True),
        marks.Column("Три четверти ниже", figures=True),
        marks.Column("Других", figures=True),
    ]
    widgets.show_html(marks.table(head, rows, "Среди других организаций района"))
    widgets.caption(f"Других организаций не называем; если их меньше {FEWEST}, строки нет.")


def _row(here: Session, own: Coverage, every: Sequence[Coverage]) -> list[str] | None:
    if own.share is None:
        return None
    shares = sorted(
        c.share for c in every if c.key == own.key and c.organisation != own.organisation and c.share is not None
    )
    if len(shares) < FEWEST:
        return None
    quarters = [shares[(len(shares) - 1) * part // 4] for part in (1, 2, 3)]
    level = here.catalogue.levels[own.level]
    return [
        marks.tag("b", sentences.level_label(level)),
        marks.html(sentences.figure(own)),
        *(marks.html(share_words(share)) for share in quarters),
        number(len(shares)),
    ]
