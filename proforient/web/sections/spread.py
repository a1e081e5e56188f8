"""Where an organisation stands among the others of its municipality, none of which is named or can be told."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from proforient.analysis.coverage import Coverage
from proforient.charts import marks, sentences
from proforient.public.rounding import is_small
from proforient.web import widgets
from proforient.web.session import Session
from proforient.wording import number, round_half_up
from proforient.wording import share as share_words

FEWEST = 8  # other organisations below which nothing is said of them
STEP = 5  # percentage points to which the others' shares are rounded


def show(here: Session, own: Sequence[Coverage], every: Sequence[Coverage]) -> None:
    """A row a level: the own share, the middle half of the others, how many they are."""
    rows = [row for c in own if (row := _row(here, c, every)) is not None]
    if not rows:
        return
    head: list[str | marks.TableColumn] = [
        "Уровень",
        marks.TableColumn("Ваша доля" if here.person.organisation else "Доля", figures=True),
        marks.TableColumn("Четверть других ниже", figures=True),
        marks.TableColumn("Половина других ниже", figures=True),
        marks.TableColumn("Три четверти ниже", figures=True),
        marks.TableColumn("Других", figures=True),
    ]
    widgets.show_html(marks.table(head, rows, "Среди других организаций района"))
    widgets.caption(
        f"Других организаций не называем. Доли других округлены до {STEP} процентов, малые группы не считаются; "
        f"если других меньше {FEWEST} или речь о части детей, строки нет."
    )


def _row(here: Session, own: Coverage, every: Sequence[Coverage]) -> list[str] | None:
    if own.share is None or here.catalogue.cohorts[own.cohort].part_of:
        return None
    shares = sorted(  # order: shares
        c.share
        for c in every
        if c.key == own.key and c.organisation != own.organisation and c.share is not None and not _is_small(c)
    )
    if len(shares) < FEWEST:
        return None
    quarters = [shares[(len(shares) - 1) * part // 4] for part in (1, 2, 3)]
    level = here.catalogue.levels[own.level]
    return [
        marks.tag("b", sentences.level_label(level)),
        marks.html(sentences.figure(own)),
        *(marks.html(share_words(_stepped(share))) for share in quarters),
        number(len(shares)),
    ]


def _is_small(c: Coverage) -> bool:
    """By the rule for guests: a small group's share would tell of single children."""
    return c.numerator is None or not c.denominator or is_small(c.numerator, c.denominator)


def _stepped(share: Fraction) -> Fraction:
    return STEP * round_half_up(share / STEP, 0)
