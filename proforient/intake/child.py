"""The process that reads one file and may die of it: a line of JSON with the name and the bytes in, JSON out.

It limits itself before it looks at the file. Forked by the nursery for ``own_process.py`` only.
"""

from __future__ import annotations

import gc
import json
import resource
import sys

from proforient.intake.isolation import CPU_SECONDS, MEMORY


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))


def main() -> int:
    """Reads standard input, writes the reading to standard output; 0 when a reading was written."""
    _limit()
    gc.disable()  # it lives for one file, and what it makes it keeps
    from proforient.intake.read import read_bytes
    from proforient.intake.transport import to_bytes

    name = json.loads(sys.stdin.buffer.readline())["name"]
    sys.stdout.buffer.write(to_bytes(read_bytes(name, sys.stdin.buffer.read())))
    return 0
