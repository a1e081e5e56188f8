"""Many files at once, as they came by mail: each is checked apart, the ready ones are handed in by one press."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

import streamlit as st

from proforient.access.roles import Deed
from proforient.charts import marks
from proforient.errors import MovedOn, ProforientError
from proforient.intake.findings import without_asked
from proforient.intake.model import Screening
from proforient.intake.parcels import unpack
from proforient.store import acceptance
from proforient.store.roster import Roster
from proforient.store.rows import NotAcceptable
from proforient.web import widgets
from proforient.web.seams import uploads
from proforient.web.sections import notice
from proforient.web.sections.dialog import moved_words
from proforient.web.sections.upload.desk import ChosenFile, UploadDesk, check, take
from proforient.web.sections.upload.sender import Sender
from proforient.web.session import Session, current
from proforient.wording import capital, counted, join, number, plural, quoted, typo

KEY = "proforient.upload.pile"
Outcome = Literal["ready", "asks", "refused", "taken"]
WORDS: dict[Outcome, tuple[str, str]] = {
    "ready": ("✓", "готов"),
    "asks": ("?", "спросит"),
    "refused": ("✗", "не принят"),
    "taken": ("✓", "сдан"),
}
NAMED = 3  # organisations named in a line


@dataclass(slots=True, kw_only=True)
class PiledFile:
    """``why``: what is asked, or why it was refused, in a few words."""

    held: ChosenFile
    screening: Screening
    outcome: Outcome
    why: str = ""


@dataclass(slots=True, kw_only=True)
class Pile:
    """The files of this session, for one period; ``chooser`` is part of the uploader's key: a new one empties it."""

    period: str
    files: list[PiledFile] = field(default_factory=list)
    chooser: int = 0


def pile(period: str) -> Pile:
    found = st.session_state.get(KEY)
    if not isinstance(found, Pile) or found.period != period:
        found = st.session_state[KEY] = Pile(period=period)
    return found


def chooser(here: Session, campaign: Sender, heap: Pile) -> None:
    """Files or their ZIP; they are read in the run in which they arrive."""
    if not here.acts(Deed.REVIEW) or here.settings.read_only:
        return
    with st.expander("Или сразу много файлов: все бланки из почты или их ZIP", icon=":material/folder_zip:"):
        files = st.file_uploader(
            "Бланки организаций, как пришли по почте: все сразу или их ZIP",
            accept_multiple_files=True,
            max_upload_size=20,
            key=f"upload-many-{heap.chooser}",
        )
        widgets.caption("Каждый проверяется отдельно; чей бланк, программа узнаёт по самому бланку.")
    if files:
        _add(here, campaign, heap, [(file.name, file.getvalue()) for file in files])
        for file in files:
            uploads.forget(file)
        st.rerun()


def _add(here: Session, campaign: Sender, heap: Pile, given: Sequence[tuple[str, bytes]]) -> None:
    heap.chooser += 1
    parts, wrong = [], []
    for name, data in given:
        try:
            parts += unpack(name, data)
        except ProforientError as error:
            wrong.append(str(error))
    if wrong:
        notice.say(" ".join(wrong))
    bar = st.progress(0.0, "Проверяем файлы…")
    for place, part in enumerate(parts, start=1):
        held = take(part.name, part.data)
        heap.files.append(_judged(here, campaign, held))
        bar.progress(place / len(parts), typo(f"Проверено {number(place)} из {number(len(parts))}"))
    bar.empty()
    _mark_second(heap)


def _judged(here: Session, campaign: Sender, held: ChosenFile) -> PiledFile:
    found = check(here, campaign, held)
    errors = [f for f in without_asked(found) if f.severity == "error"]
    if any(question.kind == "column" for question in found.unanswered):
        errors = [f for f in errors if f.code != "missing-column"]  # it may be the very one that is asked about
    codes = {value.organisation for value in found.values}
    if found.unanswered and not errors:
        return PiledFile(held=held, screening=found, outcome="asks", why="непонятное слово в файле")
    if not found.acceptable or not found.values:
        first = errors[0].message if errors else "чисел в файле не нашлось"
        return PiledFile(held=held, screening=found, outcome="refused", why=first)
    if not here.reaches_all(codes):
        return PiledFile(held=held, screening=found, outcome="refused", why="организация не вашей территории")
    waiting = len(found.unexplained)
    if waiting:
        said = f"{counted(waiting, 'warnings')} {plural(waiting, 'ждёт', 'ждут', 'ждут')} объяснения"
        return PiledFile(held=held, screening=found, outcome="asks", why=said)
    return PiledFile(held=held, screening=found, outcome="ready")


def _mark_second(heap: Pile) -> None:
    """Two files of one organisation: the second would replace the first unseen."""
    ready = [one for one in heap.files if one.outcome == "ready"]
    seen = Counter(code for one in ready for code in {value.organisation for value in one.screening.values})
    for one in ready:
        if any(seen[value.organisation] > 1 for value in one.screening.values):
            one.outcome, one.why = "asks", "файлов этой организации несколько: сдайте нужный"


def pile_finding(heap: Pile) -> str:
    """«40 файлов: готовы 36, спросят 3, не приняты 1»."""
    found = Counter(one.outcome for one in heap.files)
    states = [("сданы", "taken"), ("готовы", "ready"), ("спросят", "asks"), ("не приняты", "refused")]
    parts = [f"{words} {number(found[outcome])}" for words, outcome in states if found[outcome]]  # type: ignore[index]
    return typo(f"{capital(counted(len(heap.files), 'files'))}: {', '.join(parts)}")


def file_list(here: Session, desk: UploadDesk, heap: Pile) -> None:
    """A line a file, what waits first, with the way to answer it; the button for the ready ones above."""
    ready = [one for one in heap.files if one.outcome == "ready"]
    with st.container(horizontal=True):
        if ready:
            label = f"Сдать готовые: {counted(len(ready), 'files', 'acc')}"
            st.button(typo(label), type="primary", key="upload-many-do", on_click=_take_ready, args=(here.mark, heap))
        st.button("Убрать список", key="upload-many-away", on_click=_put_away)
    register = here.reader.roster()
    order: tuple[Outcome, ...] = ("asks", "refused", "ready", "taken")
    for place, one in sorted(enumerate(heap.files), key=lambda pair: order.index(pair[1].outcome)):  # order: as said
        _line(here, desk, heap, register, place, one)


def _line(here: Session, desk: UploadDesk, heap: Pile, register: Roster, place: int, one: PiledFile) -> None:
    sign, word = WORDS[one.outcome]
    codes = list(dict.fromkeys(value.organisation for value in one.screening.values))
    names = [register.names.get(code, code) for code in codes[:NAMED]]
    more = [f"ещё {number(len(codes) - NAMED)}"] if len(codes) > NAMED else []
    whose = join(names + more) or "чей, не понятно"
    with st.container(horizontal=True, vertical_alignment="center", key=f"upload-heap-{place}"):
        head = marks.joined([marks.glyph(sign), marks.tag("b", word), marks.html(whose)], " ")
        small = [one.held.name, counted(one.screening.said, "numbers") if one.screening.values else "", one.why]
        line = marks.tag("small", " · ".join(part for part in small if part), "pf-quiet pf-line")
        widgets.show_html(marks.joined([head, line]))
        if one.outcome in ("asks", "refused"):
            st.button("Открыть", key=f"upload-pile-open-{place}", on_click=_open, args=(desk, heap, place))


def _open(desk: UploadDesk, heap: Pile, place: int) -> None:
    """A callback: the file as if it had been chosen alone; it leaves the list."""
    one = heap.files.pop(place)
    desk.put_away()
    desk.held = one.held


def _put_away() -> None:
    st.session_state.pop(KEY, None)


def _take_ready(mark: int, heap: Pile) -> None:
    """A callback: each file in a transaction of its own, so that one that is refused keeps no other back."""
    here, taken = current(), 0
    for one in heap.files:
        if one.outcome != "ready":
            continue
        one.why = _handed_in(here, mark, one, heap.period)
        one.outcome = "refused" if one.why else "taken"
        taken += not one.why
    here.renew()
    left = sum(one.outcome != "taken" for one in heap.files)
    tail = f" Остались: {number(left)}." if left else ""
    notice.say(typo(f"Сдано: {counted(taken, 'files')}.{tail}"))
    if not left:
        _put_away()


def _handed_in(here: Session, mark: int, one: PiledFile, period: str) -> str:
    """Why it was not taken; empty when it was."""
    if not (here.acts(Deed.SUBMIT) and here.reaches_all({value.organisation for value in one.screening.values})):
        return "организация не вашей территории"
    try:
        here.store.put_file(one.held.data)
        with here.store.write(here.person.login, based_on=mark) as writer:
            acceptance.accept(writer, one.screening, period=period)
    except NotAcceptable as refused:
        return " ".join([str(refused), *(f.message for f in refused.findings if f.severity == "error")])
    except MovedOn as moved:
        return moved_words(here, moved)
    except ProforientError as error:
        return f"{quoted(one.held.name)}: {error}"
    return ""
