"""Many documents of one kind as one ZIP: the template is looked at once, two processes fill it, each file as it comes.

Whoever waits is told after each document how many are made.
"""

from __future__ import annotations

import io
import json
import queue
import threading
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from proforient.documents import file_names, rendering
from proforient.documents.blanks import printable
from proforient.documents.issuing import own_template, refusal
from proforient.documents.kinds import sheet
from proforient.documents.offices import office_of
from proforient.documents.record import Document, Fields
from proforient.errors import Refused
from proforient.intake.apart import begin

PROCESSES = 2  # processes that fill sheets at once
_BROKEN = "Не удалось заполнить шаблон: листов нет. Проверьте его (document check sheet) и повторите."
_Said = queue.Queue[tuple[int, bytes] | Exception]
Progress = Callable[[int, int], None]  # how many are made, of how many


def zip_of_sheets(documents: Sequence[Document], folder: Path, progress: Progress = lambda done, of: None) -> bytes:
    """A ZIP with a Word file for each sheet, in their order. Refused where the department's template has a fault."""
    kind = sheet.KIND
    path = own_template(folder, kind)
    template = path.read_bytes() if path else kind.template()
    offices = {d.territory: office_of(folder, d.territory, d.office) for d in documents}
    fields = [printable(kind.fields(d, offices[d.territory])) for d in documents]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for done, (at, made) in enumerate(_rendered(template, fields, str(path) if path else kind.title), 1):
            archive.writestr(_name(at, documents[at]), made)
            progress(done, len(documents))
    return out.getvalue()


def _name(at: int, document: Document) -> str:
    """Numbered, because long names are cut and may then be alike."""
    whose = document.own.name if document.own else ""
    return file_names.file_name(f"{at + 1:02} Лист", whose=whose, period=document.period, ending="docx")


def _rendered(template: bytes, fields: Sequence[Fields], name: str) -> Iterator[tuple[int, bytes]]:
    """Each document with its place, as they come; what a thread says is read in the thread of whoever asks."""
    said: _Said = queue.Queue()
    for first in range(min(PROCESSES, len(fields))):
        places = range(first, len(fields), PROCESSES)
        threading.Thread(target=_fill, args=(template, fields, places, name, said), daemon=True).start()
    for _ in fields:
        found = said.get()
        if isinstance(found, Exception):
            raise found
        yield found


def _fill(
    template: bytes,
    fields: Sequence[Fields],
    places: range,
    name: str,
    said: queue.Queue[tuple[int, bytes] | Exception],
) -> None:
    job = json.dumps({"known": sheet.KIND.names, "many": [fields[at] for at in places]}).encode("ascii")
    try:
        with begin(rendering.__name__, seconds=rendering.SECONDS + len(places)) as work:
            work.send(job + b"\n", template)
            first = work.out.readline()
            if first == rendering.REFUSED:
                raise Refused(refusal(name, json.loads(work.out.read())))
            for at in places:
                size = work.out.read(rendering.LENGTH.size)
                made = work.out.read(rendering.LENGTH.unpack(size)[0]) if len(size) == rendering.LENGTH.size else b""
                if not made.startswith(b"PK"):
                    raise Refused(_BROKEN)
                said.put((at, made))
    except (Refused, OSError) as error:
        said.put(error if isinstance(error, Refused) else Refused(_BROKEN))


__all__ = ["zip_of_sheets"]
