"""A document from its kind, the frozen state and the department's template: bytes of a Word file out.

The template is the department's own where one lies in its folder under the kind's name («letter.docx»), else ours.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from proforient.documents import file_names, rendering
from proforient.documents.blanks import printable
from proforient.documents.kinds import KINDS
from proforient.documents.offices import office_of
from proforient.documents.record import Audience, Document, DocumentKind, Fields
from proforient.errors import Refused
from proforient.intake.apart import begin

_log = logging.getLogger(__name__)
SHEETS = "листов"  # the field of how many sheets the appendix has
SHOWN = 5  # faults of a template that a refusal names


def issued(document: Document, folder: Path, foreword: str = "", sheets: int | None = None) -> bytes:
    """The Word file. Refused where the department's template or its ``offices.toml`` has a fault.

    ``foreword`` stands before everything: which document this one replaces, and in what. ``sheets``: of its appendix,
    where they were counted.
    """
    kind = KINDS[document.kind]
    fields = printable(kind.fields(document, office_of(folder, document.territory, document.office)))
    if sheets is not None and SHEETS in fields:
        fields = {**fields, SHEETS: str(sheets)}
    path = own_template(folder, kind)
    made, faults = _apart(path.read_bytes() if path else kind.template(), kind, fields, printable(foreword))
    if faults:
        raise Refused(refusal(str(path) if path else kind.title, faults))
    return made


def faults_of(template: bytes, kind: DocumentKind) -> Sequence[str]:
    """Why a template is not taken, each fault with its place."""
    return _apart(template, kind, None)[1]


def fault_of_folder(folder: Path, kind: DocumentKind, territory: str) -> str:
    """Why nothing can be issued with what the department has put into its folder; empty: it can."""
    try:
        office_of(folder, territory)
    except Refused as refused:
        return str(refused)
    path = own_template(folder, kind)
    if path is None:
        return ""
    there = path.stat()
    faults = _faults_of_file(path, kind.code, there.st_mtime_ns, there.st_size)
    return refusal(str(path), faults) if faults else ""


@lru_cache(maxsize=64)
def _faults_of_file(path: Path, kind: str, changed: int, size: int) -> Sequence[str]:
    """Looked at once until the file is another: a page asks at every drawing."""
    return faults_of(path.read_bytes(), KINDS[kind])


def refusal(name: str, faults: Sequence[str]) -> str:
    """What is wrong with the template, in one text."""
    more = [f"… и ещё {len(faults) - SHOWN}."] if len(faults) > SHOWN else []
    return "\n".join([f"Шаблон «{name}» не принят. Исправьте его в Word:", *faults[:SHOWN], *more])


def own_template(folder: Path, kind: DocumentKind) -> Path | None:
    """The department's own, where there is one."""
    path = folder / f"{kind.code}.docx"
    return path if path.is_file() else None


def file_name(kind: DocumentKind, audience: Audience, territory: str, period: str) -> str:
    """«Письмо организациям, Речной округ, 2023.docx»; one for the department says so."""
    whose = "для управления" if audience is Audience.INTERNAL else ""
    return file_names.file_name(kind.title, whose=whose, territory=territory, period=period, ending="docx")


def _apart(
    template: bytes, kind: DocumentKind, fields: Fields | None, foreword: str = ""
) -> tuple[bytes, Sequence[str]]:
    job = json.dumps({"known": kind.names, "fields": fields, "foreword": foreword}).encode("ascii")
    with begin(rendering.__name__, seconds=rendering.SECONDS) as work:
        work.send(job + b"\n", template)
        said = work.out.read()
        ended = work.ended()
    if ended == 0 and said.startswith(rendering.MADE):
        return said.removeprefix(rendering.MADE), ()
    if ended == 0 and said.startswith(rendering.REFUSED):
        return b"", json.loads(said.removeprefix(rendering.REFUSED))
    _log.warning("rendering a template ended with %s", ended)
    why = "потребовал слишком много времени или памяти" if ended < 0 else "не удалось заполнить"
    return b"", [f"Шаблон {why}. Возьмите наш (document template), перенесите в него свои слова и повторите."]


__all__ = ["SHEETS", "fault_of_folder", "faults_of", "file_name", "issued", "own_template", "refusal"]
