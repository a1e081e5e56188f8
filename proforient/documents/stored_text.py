"""The text of a draft's contents, kept for ever: field by field to its form and back."""

from __future__ import annotations

from collections.abc import Mapping

from proforient.catalogue.entries import Deadline, DeadlineForm
from proforient.documents.contents import (
    AgendaPoint,
    Conference,
    Contents,
    Cycle,
    CyclePaper,
    CycleStep,
    DraftItem,
    Meeting,
    MethodEvent,
    Platform,
    Practice,
    PracticeFile,
    Review,
    Votes,
)
from proforient.errors import StoreDamaged
from proforient.frozen import contents_v1 as v1
from proforient.frozen import contents_v2 as v2
from proforient.frozen import contents_v3 as v3
from proforient.frozen.canonical_json import canonical_text, fields_of, record_of

# As it is stored -> as it is called today.
FORMS: Mapping[str, DeadlineForm] = {
    "none": "none",
    "day": "day",
    "year": "year",
    "years": "years",
    "school_year": "school_year",
    "standing": "standing",
    "next_day": "next_day",
    "next_year": "next_year",
    "next_school_year": "next_school_year",
    "school_year_start": "school_year_start",
    "after_collegium": "after_collegium",
}
REVIEWS: Mapping[str, Review] = {
    "proposed": Review.PROPOSED,
    "recommended": Review.RECOMMENDED,
    "spread": Review.SPREAD,
}


def text_of(contents: Contents) -> str:
    """As canonical JSON of the newest form."""
    items = contents.items
    return canonical_text(
        v3.ContentsV3(
            form=v3.FORM,
            items=None if items is None else tuple(map(_stored_item, items)),
            meeting=_stored_meeting(contents.meeting),
            conference=_stored_conference(contents.conference),
            practices=tuple(map(_stored_practice, contents.practices)),
            cycle=_stored_cycle(contents.cycle),
        )
    )


def read(text: str) -> Contents:
    """The contents of a text of any form; StoreDamaged where it is none."""
    try:
        found = fields_of(text)
        if found["form"] == v1.FORM:
            record_of(found, v1.ContentsV1)
            found = v2.second_form(found)
        if found["form"] == v2.FORM:
            record_of(found, v2.ContentsV2)
            found = v3.third_form(found)
        if found["form"] != v3.FORM:
            raise ValueError(f"form {found['form']}")
        stored = record_of(found, v3.ContentsV3)
        return Contents(
            items=None if stored.items is None else tuple(map(_item, stored.items)),
            meeting=_meeting(stored.meeting),
            conference=_conference(stored.conference),
            practices=tuple(map(_practice, stored.practices)),
            cycle=_cycle(stored.cycle),
        )
    except (ValueError, KeyError) as error:
        raise StoreDamaged("Содержание документа не читается: его записала другая версия программы.") from error


def _stored_item(item: DraftItem) -> v3.DraftItemV3:
    due = item.deadline
    return v3.DraftItemV3(
        key=item.key,
        text=item.text,
        addressee=item.addressee,
        responsible=item.responsible,
        deadline=v3.DraftDeadlineV3(
            form=next(stored for stored, form in FORMS.items() if form == due.form),
            date=due.date,
            year=due.year,
            until=due.until,
            day=due.day,
            months=due.months,
        ),
        answers=item.answers,
        organisations=item.organisations,
        action=item.action,
    )


def _item(stored: v3.DraftItemV3) -> DraftItem:
    due = stored.deadline
    return DraftItem(
        key=stored.key,
        text=stored.text,
        addressee=stored.addressee,
        responsible=stored.responsible,
        deadline=Deadline(
            form=FORMS[due.form], date=due.date, year=due.year, until=due.until, day=due.day, months=due.months
        ),
        answers=stored.answers,
        organisations=stored.organisations,
        action=stored.action,
    )


def _stored_meeting(meeting: Meeting) -> v3.MeetingV3:
    return v3.MeetingV3(
        body=meeting.body,
        number=meeting.number,
        day=meeting.day,
        place=meeting.place,
        theme=meeting.theme,
        chair=meeting.chair,
        secretary=meeting.secretary,
        control=meeting.control,
        present=meeting.present,
        invited=meeting.invited,
        agenda=tuple(
            v3.AgendaPointV3(question=p.question, speaker=p.speaker, co_speaker=p.co_speaker, decided=p.decided)
            for p in meeting.agenda
        ),
        heard=meeting.heard,
        considering=meeting.considering,
        agenda_votes=_stored_votes(meeting.agenda_votes),
        votes=_stored_votes(meeting.votes),
    )


def _stored_votes(votes: Votes) -> v3.VotesV3:
    return v3.VotesV3(yes=votes.yes, no=votes.no, abstained=votes.abstained)


def _votes(stored: v3.VotesV3) -> Votes:
    return Votes(yes=stored.yes, no=stored.no, abstained=stored.abstained)


def _meeting(stored: v3.MeetingV3) -> Meeting:
    return Meeting(
        body=stored.body,
        number=stored.number,
        day=stored.day,
        place=stored.place,
        theme=stored.theme,
        chair=stored.chair,
        secretary=stored.secretary,
        control=stored.control,
        present=stored.present,
        invited=stored.invited,
        agenda=tuple(
            AgendaPoint(question=p.question, speaker=p.speaker, co_speaker=p.co_speaker, decided=p.decided)
            for p in stored.agenda
        ),
        heard=stored.heard,
        considering=stored.considering,
        agenda_votes=_votes(stored.agenda_votes),
        votes=_votes(stored.votes),
    )


def _stored_conference(conference: Conference) -> v3.ConferenceV3:
    return v3.ConferenceV3(
        name=conference.name,
        theme=conference.theme,
        day=conference.day,
        place=conference.place,
        organiser=conference.organiser,
        programme=conference.programme,
        purpose=conference.purpose,
        platforms=tuple(
            v3.PlatformV3(name=p.name, organisations=p.organisations, form=p.form, about=p.about, presented=p.presented)
            for p in conference.platforms
        ),
        considered=conference.considered,
        shown=conference.shown,
        participants=conference.participants,
        organisations=conference.organisations,
    )


def _conference(stored: v3.ConferenceV3) -> Conference:
    return Conference(
        name=stored.name,
        theme=stored.theme,
        day=stored.day,
        place=stored.place,
        organiser=stored.organiser,
        programme=stored.programme,
        purpose=stored.purpose,
        platforms=tuple(
            Platform(name=p.name, organisations=p.organisations, form=p.form, about=p.about, presented=p.presented)
            for p in stored.platforms
        ),
        considered=stored.considered,
        shown=stored.shown,
        participants=stored.participants,
        organisations=stored.organisations,
    )


def _stored_practice(practice: Practice) -> v3.PracticeV3:
    file = practice.file
    return v3.PracticeV3(
        title=practice.title,
        organisation=practice.organisation,
        level=practice.level,
        form=practice.form,
        author=practice.author,
        review=next(stored for stored, review in REVIEWS.items() if review == practice.review),
        link=practice.link,
        answers=practice.answers,
        file=None if file is None else v3.PracticeFileV3(name=file.name, sha256=file.sha256, size=file.size),
    )


def _practice(stored: v3.PracticeV3) -> Practice:
    file = stored.file
    return Practice(
        title=stored.title,
        organisation=stored.organisation,
        level=stored.level,
        form=stored.form,
        author=stored.author,
        review=REVIEWS[stored.review],
        link=stored.link,
        answers=stored.answers,
        file=None if file is None else PracticeFile(name=file.name, sha256=file.sha256, size=file.size),
    )


def _stored_cycle(cycle: Cycle) -> v3.CycleV3:
    return v3.CycleV3(
        ground=None if cycle.ground is None else _stored_paper(cycle.ground),
        aim=cycle.aim,
        steps=tuple(v3.CycleStepV3(name=s.name, papers=tuple(map(_stored_paper, s.papers))) for s in cycle.steps),
        events=tuple(v3.MethodEventV3(day=e.day, form=e.form, theme=e.theme) for e in cycle.events),
        method_place=cycle.method_place,
    )


def _cycle(stored: v3.CycleV3) -> Cycle:
    return Cycle(
        ground=None if stored.ground is None else _paper(stored.ground),
        aim=stored.aim,
        steps=tuple(CycleStep(name=s.name, papers=tuple(map(_paper, s.papers))) for s in stored.steps),
        events=tuple(MethodEvent(day=e.day, form=e.form, theme=e.theme) for e in stored.events),
        method_place=stored.method_place,
    )


def _stored_paper(paper: CyclePaper) -> v3.CyclePaperV3:
    return v3.CyclePaperV3(kind=paper.kind, title=paper.title, number=paper.number, day=paper.day, period=paper.period)


def _paper(stored: v3.CyclePaperV3) -> CyclePaper:
    return CyclePaper(kind=stored.kind, title=stored.title, number=stored.number, day=stored.day, period=stored.period)


__all__ = ["read", "text_of"]
