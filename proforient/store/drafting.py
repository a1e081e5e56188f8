"""Writing drafts of documents, issuing one with the measures that become of it, its number; the words of the office."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from proforient.errors import Refused, WrongCall
from proforient.intake.personal import refuse_personal
from proforient.monitoring import now
from proforient.store import basis
from proforient.store.journal import number_of
from proforient.store.offices import Office
from proforient.store.papers import DocumentDraft, IssuedDocument, Measure
from proforient.store.rows import Frozen
from proforient.store.writing import Writer
from proforient.wording import counted

LONGEST = 400_000  # signs of a draft's contents
NUMBER = 60  # signs of an outgoing number
LINE, LINES = 500, 200  # signs of a line of the office, lines of a field
_WORDS = (
    "letterhead",
    "name",
    "name_gen",
    "address",
    "territory_gen",
    "territory_prep",
    "city",
    "ground",
    "post",
    "posts",
)


def save_draft(writer: Writer, draft: DocumentDraft) -> DocumentDraft:
    """Keeps a new version of the draft (``id`` empty: a new draft) and gives it with its number.

    ``version`` is the one that was changed (0: none); Refused where it is not the newest any more.
    """
    if draft.territory not in writer.reader.territories():
        raise WrongCall(f"Территории «{draft.territory}» нет в реестре. Укажите путь «Регион / Муниципалитет».")
    writer.reader.opening(draft.period, draft.territory)
    if len(draft.body) > LONGEST:
        raise WrongCall(f"Черновик: {counted(len(draft.body), 'signs')}, а помещается {LONGEST}. Сократите тексты.")
    for text in _texts(json.loads(draft.body)):
        refuse_personal(text, what="Черновик")
    number = writer.new_id()
    made = replace(draft, id=draft.id or str(number), version=draft.version + 1, author=writer.actor, at=now())
    writer.unless_moved(basis.draft(made.id))
    _refuse_older(writer, draft)
    values = {"id": number, "draft": number_of(made.id), "version": made.version, **_about(made), "body": made.body}
    values |= {"kept": made.kept, "change": made.change, "author": made.author, "at": made.at}
    writer.run(_INSERT_DRAFT, values)
    detail = {"kind": made.kind, "period": made.period, "territory": made.territory, "version": made.version}
    writer.log("document.drafted", f"draft/{made.id}", {**detail, "change": made.change}, at=made.at)
    return made


def _refuse_older(writer: Writer, draft: DocumentDraft) -> None:
    if not draft.id:
        return
    newest = writer.reader.draft_versions(draft.id)[0]
    if newest.version != draft.version:
        raise Refused(
            f"Черновик уже изменён: {newest.author} записал версию {newest.version} "
            f"({newest.at:%d.%m.%Y %H:%M} UTC; {newest.change or 'без пояснения'}), а у вас версия {draft.version}. "
            "Откройте новую версию и повторите изменение."
        )
    if any(one.draft == draft.id for one in writer.reader.issued_documents(draft.territory)):
        raise Refused("Этот документ уже выпущен. Чтобы изменить его, откройте документ и нажмите «Исправить».")


def _texts(found: Any) -> Iterator[str]:
    if isinstance(found, str):
        yield found
    elif isinstance(found, Mapping):
        for value in found.values():
            yield from _texts(value)
    elif isinstance(found, list):
        for value in found:
            yield from _texts(value)


def issue(
    writer: Writer,
    document: IssuedDocument,
    frozen: Frozen,
    measures: Sequence[Measure],
    footnotes: Mapping[str, tuple[str, str, str]],
) -> IssuedDocument:
    """Keeps what is issued, its measures (``id`` empty: new) and what its footnotes stand for.

    ``frozen``: the results that it states; ``footnotes``: code -> indicator, level, cohort.
    """
    number, at = writer.new_id(), now()
    made = replace(
        document, id=str(number), snapshot=frozen.token, state=frozen.sha256, author=writer.actor, at=at
    )  # fmt: skip
    homes = writer.reader.roster().homes
    seen = basis.figures(made.period, made.territory, homes)  # what the preview has shown is what is issued
    concerns = [seen, basis.draft(made.draft), basis.office(made.territory)]
    concerns += [*([basis.issued(made.corrects)] if made.corrects else [])]
    writer.unless_moved(basis.any_of(*concerns))
    if not writer.files.has(made.sha256):
        raise WrongCall("Файл документа не сохранён. Повторите выпуск.")
    if made.corrects and any(d.corrects == made.corrects for d in writer.reader.issued_documents(made.territory)):
        raise Refused("Этот документ уже исправлен другим. Исправьте тот, который его заменил.")
    values = {"id": number, "draft": number_of(made.draft), "version": made.version, **_about(made)}
    values |= {"day": made.day, "snapshot": number_of(frozen.id), "body": made.body, "file": made.file_name}
    values |= {"sha": made.sha256, "size": made.size, "changes": "\n".join(made.changes), "author": made.author}
    writer.run(_INSERT_ISSUED, values | {"at": at})
    for code, (indicator, level, cohort) in footnotes.items():
        about = {"issued": number, "code": code, "indicator": indicator, "level": level, "cohort": cohort}
        writer.run(_INSERT_FOOTNOTE, about)
    for measure in measures:
        _store_measure(writer, measure, number, at)
    detail = {"kind": made.kind, "period": made.period, "territory": made.territory, "sha256": made.sha256}
    detail |= {"measures": sum(m.kept for m in measures), "corrects": made.corrects}  # type: ignore[dict-item]
    writer.log("document.issued", f"document/{number}", {k: v for k, v in detail.items() if v != ""}, at=at)
    return made


def _store_measure(writer: Writer, m: Measure, issued: int, at: dt.datetime) -> None:
    number = writer.new_id()
    writer.run(
        _INSERT_MEASURE,
        {
            "id": number,
            "measure": number_of(m.id) if m.id else number,
            "issued": issued,
            "item": m.item,
            "place": m.place,
            "number": m.number,
            "words": m.text,
            "addressee": m.addressee,
            "responsible": m.responsible,
            "due": m.due,
            "told": m.due_told,
            "due_on": m.due_on,
            "organisations": ",".join(m.organisations) or None,
            "kept": m.kept,
            "author": writer.actor,
            "at": at,
        },
    )


def give_number(writer: Writer, issued: str, number: str, day: dt.date | None) -> None:
    """What the office has given an issued document; what it gave before stays in the history."""
    document = writer.reader.issued_document(issued)
    writer.unless_moved(basis.issued(issued))
    given = " ".join(number.split())
    if not given or len(given) > NUMBER:
        raise WrongCall(f"Номер документа: от 1 до {NUMBER} знаков. Впишите номер, который дала канцелярия.")
    refuse_personal(given, what="Номер документа")
    at = now()
    values = {"id": writer.new_id(), "issued": number_of(issued), "number": given, "day": day}
    writer.run(_INSERT_NUMBER, values | {"author": writer.actor, "at": at})
    detail = {"kind": document.kind, "period": document.period, "territory": document.territory, "number": given}
    writer.log("document.numbered", f"document/{issued}", detail | {"day": day.isoformat() if day else ""}, at=at)


def set_office(writer: Writer, territory: str, office: Office) -> None:
    """Who issues the documents of the territory from now on; what was set before stays in the history.

    The names of people in it are not kept. WrongCall where a line is too long, names a person or is no three forms.
    """
    if territory not in writer.reader.territories():
        raise WrongCall(f"Территории «{territory}» нет в реестре. Укажите путь «Регион / Муниципалитет».")
    writer.unless_moved(basis.office(territory))
    given = {word: _lines_of(getattr(office, word)) for word in _WORDS}
    for text in given.values():
        _check_words(text)
    _check_posts(given["posts"])
    before = writer.reader.office(territory) or Office()
    changed = [word for word, text in given.items() if text != _lines_of(getattr(before, word))]
    if not changed:
        raise WrongCall("Бланк и подписи: менять нечего. Впишите, что должно быть иначе.")
    at = now()
    values = {"id": writer.new_id(), "territory": territory, **{k: "\n".join(v) for k, v in given.items()}}
    writer.run(_INSERT_OFFICE, values | {"author": writer.actor, "at": at})
    detail = {"territory": territory, "changed": changed, "office": {k: v for k, v in given.items() if v}}
    writer.log("office.set", f"office/{territory}", detail, at=at)


def _lines_of(given: str | tuple[str, ...]) -> list[str]:
    every = (given,) if isinstance(given, str) else given
    return [line for line in (" ".join(one.split()) for one in every) if line]


def _check_words(lines: Sequence[str]) -> None:
    what = "Бланк и подписи"
    if len(lines) > LINES or any(len(line) > LINE for line in lines):
        raise WrongCall(f"{what}: помещается {LINES} строк по {LINE} знаков. Сократите.")
    for line in lines:
        refuse_personal(line, what=what)


def _check_posts(lines: Sequence[str]) -> None:
    for line in lines:
        if len(parts := [part.strip() for part in line.split("|")]) != 3 or not all(parts):
            raise WrongCall(
                f"Должности и отделы: строка «{line}» — не три формы через черту. "
                "Пишите так: начальник отдела | начальника отдела | начальнику отдела."
            )


def _about(paper: DocumentDraft | IssuedDocument) -> dict[str, object]:
    return {
        "kind": paper.kind,
        "period": paper.period,
        "territory": paper.territory,
        "audience": paper.audience,
        "follows": number_of(paper.follows) if paper.follows else None,
        "corrects": number_of(paper.corrects) if paper.corrects else None,
    }


_INSERT_DRAFT = """
INSERT INTO document_draft (version_id, draft, version, kind, period, territory, audience, body, follows, corrects,
  kept, change, author, happened_at)
VALUES ($id, $draft, $version, $kind, $period, $territory, $audience, $body, $follows, $corrects,
  $kept, $change, $author, $at)
"""
_INSERT_ISSUED = """
INSERT INTO issued_document (issued_id, draft, version, kind, period, territory, audience, day, snapshot_id, body,
  file_name, sha256, file_size, follows, corrects, changes, author, happened_at)
VALUES ($id, $draft, $version, $kind, $period, $territory, $audience, $day, $snapshot, $body,
  $file, $sha, $size, $follows, $corrects, $changes, $author, $at)
"""
_INSERT_NUMBER = """
INSERT INTO document_number (document_number_id, issued, number, day, author, happened_at)
VALUES ($id, $issued, $number, $day, $author, $at)
"""
_INSERT_FOOTNOTE = """
INSERT INTO footnote (issued, code, indicator, level, cohort) VALUES ($issued, $code, $indicator, $level, $cohort)
"""
_INSERT_MEASURE = """
INSERT INTO measure (measure_row_id, measure, issued, item, place, number, words, addressee, responsible, due,
  due_told, due_on, organisations, kept, author, happened_at)
VALUES ($id, $measure, $issued, $item, $place, $number, $words, $addressee, $responsible, $due,
  $told, $due_on, $organisations, $kept, $author, $at)
"""
_INSERT_OFFICE = """
INSERT INTO office (office_id, territory, letterhead, name, name_gen, address, territory_gen, territory_prep, city,
  ground, post, posts, author, happened_at)
VALUES ($id, $territory, $letterhead, $name, $name_gen, $address, $territory_gen, $territory_prep, $city,
  $ground, $post, $posts, $author, $at)
"""
