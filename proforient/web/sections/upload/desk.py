"""The file that a person has chosen and what was answered about it, kept for the session; nothing of it is stored.

In: bytes from the browser. Out: the reading, the screening with the answers given so far.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

import streamlit as st

from proforient.documents.left_out import left_out
from proforient.intake.findings import clip
from proforient.intake.model import Answers, Giver, Reading, Screening, Unanswered
from proforient.intake.own_process import read_isolated
from proforient.intake.personal import PERSONAL
from proforient.intake.screened_apart import screen_apart
from proforient.store.rows import Receipt
from proforient.web.sections.upload.sender import Sender
from proforient.web.session import Session

KEY = "proforient.upload"
_WHOLE = ("period", "sheet", "dash")  # answers that stand for the whole file

Result = TypeVar("Result")
Question = tuple[str, str]  # kind and text, as in Unanswered


@dataclass(slots=True, kw_only=True)
class ChosenFile:
    """One chosen file. ``reading`` is None once personal data were found: such a file is not kept, even here."""

    name: str
    data: bytes
    reading: Reading | None
    given: dict[Question, str] = field(default_factory=dict)
    asked: dict[Question, Unanswered] = field(default_factory=dict)  # in the order of asking, answered ones too
    explained: dict[str, str] = field(default_factory=dict)  # Finding.key -> a sentence
    fields: dict[str, tuple[str, ...]] = field(default_factory=dict)  # key of a text area -> whose sentence it holds
    memo: dict[str, tuple[Hashable, Any]] = field(default_factory=dict)
    refused: str = ""  # why «Сдать» did not take it
    typed: str = ""  # of a form that was typed on the page: whose it is

    def absorb(self) -> None:
        """Take over what stands in the text areas; a click may arrive together with the last of it."""
        for widget, keys in self.fields.items():
            if widget in st.session_state:
                self.explained |= dict.fromkeys(keys, str(st.session_state[widget] or ""))

    def once(self, name: str, key: Hashable, make: Callable[[], Result]) -> Result:
        """What ``make`` gives, worked out again only when ``key`` has changed."""
        if name not in self.memo or self.memo[name][0] != key:
            self.memo[name] = (key, make())
        result: Result = self.memo[name][1]
        return result


@dataclass(slots=True, kw_only=True)
class Done:
    """What was handed in a moment ago; everything else about it is read from the store."""

    receipt: Receipt
    sums: int  # of the numbers that were kept: they follow from those that the file says
    period: str
    whose: str | None  # the organisation that was chosen; None: a file of several


@dataclass(slots=True, kw_only=True)
class UploadDesk:
    """``chooser`` is part of the uploader's key: a new one empties it. A new session never finds an old file in it."""

    held: ChosenFile | None = None
    done: Done | None = None
    chooser: str = field(default_factory=lambda: secrets.token_hex(4))

    def put_away(self) -> None:
        """Forget the file: another one is to be chosen."""
        self.held = None
        self.done = None
        self.chooser = secrets.token_hex(4)


def desk(period: str, whose: str | None) -> UploadDesk:
    """The desk of this session; a receipt is gone once another period or organisation is looked at."""
    if KEY not in st.session_state:
        st.session_state[KEY] = UploadDesk()
    found = st.session_state[KEY]
    assert isinstance(found, UploadDesk)
    if found.done and (found.done.period, found.done.whose) != (period, whose):
        found.put_away()
    return found


def take(name: str, data: bytes) -> ChosenFile:
    """Read a file in a process of its own and keep it."""
    return ChosenFile(name=name, data=data, reading=read_isolated(name, data))


def answers_of(held: ChosenFile) -> Answers:
    """Everything that the person has answered and explained so far."""

    def of(kind: str) -> dict[str, str]:
        return {text: said for (asked, text), said in held.given.items() if asked == kind}

    def single(kind: str) -> str:
        return next(iter(of(kind).values()), "")

    return Answers(
        columns=of("column"),
        organisations=of("organisation"),
        indicators=of("indicator"),
        levels=of("level"),
        cohorts=of("cohort"),
        period=single("period"),
        sheet=single("sheet"),
        dash=single("dash"),
        contacts=single("contacts"),
        explanations=dict(held.explained),
    )


def check(here: Session, campaign: Sender, held: ChosenFile, say: Callable[[float], None] | None = None) -> Screening:
    """The screening of the file for this organisation and period; the checks run again only after a change.

    ``say`` is told how much of a long check is done.
    """
    whose = campaign.organisation.code if campaign.organisation else None
    key = (whose, campaign.code, campaign.place, tuple(held.given.items()), here.store.version)

    def run() -> Screening:
        assert held.reading is not None
        own = here.person.organisation
        known = here.reader.known(
            campaign.code,
            territory=campaign.place,
            organisations=[own] if own else None,
            sha256=held.reading.sha256,
            giver=Giver("organisation", own) if own else Giver(),
            own_account=own is not None,
        )
        return screen_apart(held.reading, here.catalogue, known, organisation=whose, answers=answers_of(held), say=say)

    if held.reading is None:
        _, found = held.memo["screening"]
    else:
        found = held.once("screening", key, run)
    assert isinstance(found, Screening)
    if found.contacts and answers_of(held).contacts and held.reading is not None:
        held.reading, held.data = left_out(held.reading, found.contacts)
        held.memo.clear()
        return check(here, campaign, held, say)
    stale = _no_longer_asked(held, found)
    if stale and held.reading is not None:
        for answered in stale:
            held.given.pop(answered)
        return check(here, campaign, held, say)
    for question in found.unanswered:
        held.asked.setdefault((question.kind, question.text), question)
    if any(finding.code in PERSONAL for finding in found.findings):
        held.data, held.reading = b"", None
    return replace(found, answers=answers_of(held))


def _no_longer_asked(held: ChosenFile, found: Screening) -> list[Question]:
    """Answers to questions that another answer has made needless: with another sheet its words are gone."""
    unasked = {finding.value for finding in found.findings if finding.code == "answer-unasked"}
    return [(kind, text) for kind, text in held.given if clip(text) in unasked or (kind in _WHOLE and "" in unasked)]
