"""``make soak``: 10,000 reruns of «Обзор» in sessions that come and go; memory must be flat.

Exit 1 where the second half of the run added more than a twentieth to the memory that the first half ended with.
"""

from __future__ import annotations

import sys
import tempfile
import threading
from itertools import count
from pathlib import Path

from serving import Server, fill_with_demonstration, serve

from benchmarks import machine
from benchmarks.pages import QUERY
from benchmarks.sessions import Session

ALL, AT_ONCE, A_SESSION = 10_000, 10, 50
GROWTH = 1.05


def main() -> int:
    print(machine.description(), "\n")
    print(f"{ALL} reruns of «Обзор», {AT_ONCE} sessions at once, a new one after {A_SESSION} reruns")
    with tempfile.TemporaryDirectory() as place, serve(fill_with_demonstration(Path(place) / "data")) as server:
        middle, end = measure(server)
    print(f"second half: x{end / middle:.3f}")
    return 0 if end <= middle * GROWTH else 1


def measure(server: Server) -> tuple[int, int]:
    """Resident bytes after the first half and at the end."""
    done, failed = count(1), threading.Event()
    marks: dict[int, int] = {}

    def sessions() -> None:
        try:
            while not failed.is_set():
                with Session(server.address, query=QUERY, cookie=server.cookie()) as session:
                    for _ in range(A_SESSION):
                        session.rerun()
                        number = next(done)
                        if number > ALL:
                            return
                        if number % (ALL // 10) == 0:
                            marks[number] = server.memory()
                            print(f"  {number:>6}  {marks[number] / (1 << 20):7.1f} MiB", flush=True)
        except BaseException:
            failed.set()
            raise

    threads = [threading.Thread(target=sessions) for _ in range(AT_ONCE)]
    print(f"  {0:>6}  {server.memory() / (1 << 20):7.1f} MiB", flush=True)
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed.is_set():
        raise SystemExit("a session failed; the server's log is beside its data folder")
    return marks[ALL // 2], marks[ALL]


if __name__ == "__main__":
    sys.exit(main())
