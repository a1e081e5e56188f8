"""Links for guests: a snapshot is published under a number and a token, is superseded, corrected, withdrawn or over.

Hall codes are eight signs of an alphabet without look-alikes; they hold for twelve hours.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING

from proforient import public
from proforient import snapshot as snapshots
from proforient.analysis.completeness import reports_sent
from proforient.catalogue.entries import Catalogue
from proforient.errors import Refused, WrongCall
from proforient.intake.personal import refuse_personal
from proforient.store import freezing
from proforient.store import links as rows
from proforient.store.rows import Publication
from proforient.store.snapshots import digest, new_token
from proforient.wording import counted

if TYPE_CHECKING:
    from proforient.store.reading import Reader
    from proforient.store.writing import Writer

# Signs of a code, no two of which look alike (no О and 0, З, Б, Ч, И and Й); 24**8 is 37 bits
CODE_SIGNS = "АВГДЕКЛМНПРСТУХЯ23456789"
CODE_LENGTH = 8  # signs of a code
CODE_HOURS = 12  # hours that a code opens its publication
LONGEST_TITLE, LONGEST_NOTE = 140, 600


class State(StrEnum):
    """What a link is today."""

    CURRENT = "current"
    SUPERSEDED = "superseded"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"
    OVER = "over"
    DAMAGED = "damaged"  # its text was changed past the program: nobody is shown it


def state_of(publication: Publication, every: Sequence[Publication], at: dt.datetime) -> State:
    """``every``: all publications of its territory and period."""
    if not publication.whole:
        return State.DAMAGED
    if publication.withdrawn_at is not None:
        return State.WITHDRAWN
    if publication.ends_at is not None and publication.ends_at <= at:
        return State.OVER
    if any(p.corrects == publication.number and p.withdrawn_at is None for p in every):
        return State.CORRECTED
    return State.SUPERSEDED if successor(publication, every) else State.CURRENT


def successor(publication: Publication, every: Sequence[Publication]) -> Publication | None:
    """The newest that shows the same, made later and not withdrawn."""
    same = [
        p
        for p in every
        if (p.territory, p.period, p.cohort) == (publication.territory, publication.period, publication.cohort)
        and p.number > publication.number
        and p.withdrawn_at is None
    ]
    return max(same, key=lambda p: p.number, default=None)


def publish(
    writer: Writer,
    catalogue: Catalogue,
    *,
    period: str,
    territory: str,
    cohort: str,
    title: str = "",
    note: str = "",
    days: int | None = None,
    corrects: int | None = None,
    at: dt.datetime,
) -> Publication:
    """Freezes the results, hides what is small, numbers it and makes a link; Refused or WrongCall with the reason."""
    title, note = _text(title, "Заголовок", LONGEST_TITLE), _text(note, "Примечание", LONGEST_NOTE)
    if days is not None and not 1 <= days <= 3660:
        raise WrongCall(f"Срок {days} дней: нужно от 1 до 3660.")
    whole = snapshots.take(writer.reader, catalogue, period, territory=territory, cohort=cohort)
    if not whole.levels:
        raise Refused("Показывать нечего: в каталоге нет главного показателя или здесь его не спрашивают.")
    if corrects is not None:
        _refuse_foreign(writer.reader, corrects, territory, period)
    frozen = freezing.freeze(
        writer,
        period=period,
        territory=territory,
        cohort=cohort,
        body=snapshots.text_of(whole),
        catalogue=catalogue.text,
    )
    reported = reports_sent(writer.reader, period, territory)
    body = public.text_of(
        public.publish(writer.reader, catalogue, period, territory=territory, cohort=cohort, reported=reported)
    )
    made = Publication(
        number=0,
        token=new_token(),
        snapshot_id=int(frozen.id),
        period=period,
        territory=territory,
        cohort=cohort,
        title=title,
        note=note,
        catalogue=digest(catalogue.text),
        sha256=digest(body),
        body=body,
        corrects=corrects,
        made_at=at,
        made_by=writer.actor,
        ends_at=at + dt.timedelta(days=days) if days else None,
        withdrawn_at=None,
        reason="",
    )
    return rows.publish(writer, made)


def _text(given: str, what: str, longest: int) -> str:
    text = " ".join(given.split())
    if len(text) > longest:
        raise Refused(f"{what}: {counted(len(text), 'signs')}, а нужно не больше {longest}. Сократите.")
    refuse_personal(text, what=what)
    return text


def _refuse_foreign(reader: Reader, number: int, territory: str, period: str) -> None:
    if not any(p.number == number for p in reader.publications(territory=territory, period=period)):
        raise WrongCall(f"Снимка № {number} этой территории и этого периода нет: исправлять нечего.")


def withdraw(writer: Writer, number: int, *, reason: str = "", at: dt.datetime) -> None:
    """The link shows no figures from now on."""
    rows.withdraw(writer, number, reason=_text(reason, "Причина", LONGEST_NOTE), at=at)


def new_code(writer: Writer, publication: Publication, at: dt.datetime) -> tuple[str, dt.datetime]:
    """Eight signs for a hall, and when they end; an older code of the link no longer holds."""
    taken = writer.reader.hall_codes(at)
    code = next(c for c in iter(_signs, "") if c not in taken)
    ends = at + dt.timedelta(hours=CODE_HOURS)
    rows.put_code(writer, code, publication, ends_at=ends, at=at)
    return code, ends


def _signs() -> str:
    return "".join(secrets.choice(CODE_SIGNS) for _ in range(CODE_LENGTH))


def typed_code(text: str) -> str:
    """What was typed, as a code: spaces and dashes dropped, Latin letters that look alike taken for Cyrillic."""
    return "".join(c for c in text.upper() if c not in " -–—").translate(_LATIN)


# Latin letters that look like ours, and our letters that look or sound like a digit of the code.
_LATIN = str.maketrans("ABEKMHPCTYXЗБЧ", "АВЕКМНРСТУХ364")


def readable_code(code: str) -> str:
    """«АВГД-2345»: read out and typed in two halves."""
    return f"{code[:4]}-{code[4:]}"
