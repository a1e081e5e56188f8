"""Writing what somebody says of a measure: its state, a comment, evidence; what was said before stays."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit

from proforient.errors import WrongCall
from proforient.intake.personal import refuse_personal
from proforient.monitoring import now
from proforient.store import basis
from proforient.store.journal import number_of
from proforient.store.papers import MeasureAnswer
from proforient.store.writing import Writer
from proforient.wording import counted

COMMENT = 1000  # signs of a comment
EVIDENCE = 300  # signs of an address or the name of a file


def answer(writer: Writer, number: str, said: MeasureAnswer) -> MeasureAnswer:
    """Keeps the answer to the measure of that number, of an organisation that answers for it or of the department."""
    measure = writer.reader.measure(number)
    writer.unless_moved(basis.measure(number))
    if said.organisation and said.organisation not in measure.organisations:
        raise WrongCall("За эту меру организация не отвечает. Выберите свою меру в списке.")
    if not measure.kept:
        raise WrongCall("Этой меры в действующем документе больше нет: отвечать по ней не нужно.")
    if len(said.comment) > COMMENT:
        raise WrongCall(f"Комментарий: {counted(len(said.comment), 'signs')}, а помещается {COMMENT}. Сократите его.")
    if len(said.evidence) > EVIDENCE:
        raise WrongCall(f"Подтверждение: помещается {counted(EVIDENCE, 'signs')}. Сократите адрес или имя файла.")
    if said.evidence and not said.sha256 and urlsplit(said.evidence).scheme not in ("http", "https"):
        raise WrongCall("Подтверждение: ожидался адрес, который начинается с https://. Скопируйте его целиком.")
    for text, what in ((said.comment, "Комментарий"), (said.evidence, "Подтверждение")):
        refuse_personal(text, what=what)
    if said.sha256 and not writer.files.has(said.sha256):
        raise WrongCall("Файл-подтверждение не сохранён. Выберите его снова.")
    made = replace(said, author=writer.actor, at=now())
    writer.run(
        _INSERT,
        {
            "id": writer.new_id(),
            "measure": number_of(number),
            "organisation": made.organisation,
            "state": made.state.value,
            "comment": made.comment,
            "evidence": made.evidence,
            "sha": made.sha256 or None,
            "size": made.size if made.sha256 else None,
            "author": made.author,
            "at": made.at,
        },
    )
    detail: dict[str, object] = {"territory": measure.territory, "period": measure.period, "state": made.state.value}
    detail |= {"number": measure.number, "document": measure.document, "evidence": bool(made.evidence)}
    about = detail | ({"organisations": [made.organisation]} if made.organisation else {})
    writer.log("measure.answered", f"measure/{number}", about, at=made.at)
    return made


_INSERT = """
INSERT INTO measure_answer (measure_answer_id, measure, organisation, state, comment, evidence, sha256, file_size,
  author, happened_at)
VALUES ($id, $measure, $organisation, $state, $comment, $evidence, $sha, $size, $author, $at)
"""
