"""``read_isolated``: reads a file in a process of its own, which may run out of memory or time instead of us."""

from __future__ import annotations

import hashlib
import json
import logging
import signal

from proforient.intake import limits
from proforient.intake.apart import begin
from proforient.intake.findings import finding
from proforient.intake.isolation import WALL_SECONDS
from proforient.intake.model import Finding, Reading
from proforient.intake.transport import from_bytes

_log = logging.getLogger(__name__)
_OUT_OF_BOUNDS = (signal.SIGABRT, signal.SIGKILL, signal.SIGXCPU)


def read_isolated(name: str, data: bytes) -> Reading:
    """The reading of ``read_bytes``, made in a child process; a child that dies gives a finding instead."""
    if len(data) > limits.BYTES:
        words = {"found": "Файл слишком большой", "limit": "не больше 20 МБ"}
        return _refused(name, data, finding("file-too-large", words=words))
    with begin("proforient.intake.child", seconds=WALL_SECONDS) as work:
        work.send(json.dumps({"name": name}).encode("ascii") + b"\n", data)
        said = work.out.read()
        ended = work.ended()
    if work.late:
        return _refused(name, data, _too_large(f"Чтение файла заняло больше {WALL_SECONDS} секунд"))
    if ended == 0:
        return from_bytes(said)
    _log.error("the reading process ended with %s", ended)
    if -ended in _OUT_OF_BOUNDS:
        return _refused(
            name, data, _too_large("Файл слишком велик или повреждён: на его чтение не хватило памяти или времени")
        )
    return _refused(name, data, finding("file-damaged", words={"found": "чтение прервалось"}))


def _too_large(found: str) -> Finding:
    return finding("file-too-large", words={"found": found, "limit": limits.TABLE_LIMIT})


def _refused(name: str, data: bytes, why: Finding) -> Reading:
    return Reading(name=name, sha256=hashlib.sha256(data).hexdigest(), size=len(data), kind="", findings=(why,))
