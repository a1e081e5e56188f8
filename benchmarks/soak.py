"""``make soak``: 10,000 reruns of «Обзор» in sessions that come and go; memory must be flat.

``--reruns`` makes fewer of them; what was measured says how many there were.

Exit 1 where the second half of the run added more than a twentieth to the memory that the first half ended with.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import threading
import time
from itertools import count
from pathlib import Path

from serving import Server, fill_with_demonstration, serve

from benchmarks import results
from benchmarks.pages import QUERY
from benchmarks.sessions import Session

ALL, AT_ONCE, A_SESSION = 10_000, 10, 50
GROWTH = 1.05


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--reruns", type=int, default=ALL)
    reruns = parser.parse_args().reruns
    began = time.monotonic()
    print(f"{reruns} reruns of «Обзор», {AT_ONCE} sessions at once, a new one after {A_SESSION} reruns")
    with tempfile.TemporaryDirectory() as place, serve(fill_with_demonstration(Path(place) / "data")) as server:
        marks = measure(server, reruns)
    growth = marks[reruns] / marks[reruns // 2]
    flat = growth <= GROWTH
    told = (
        f"{reruns:,} reruns of «Обзор» on the demonstration, {AT_ONCE} sessions at once, a new one after {A_SESSION} "
        f"reruns, {(time.monotonic() - began) / 60:.0f} minutes; resident memory of the server."
    )
    rows = [[f"{number:,}", f"{size / (1 << 20):.1f}"] for number, size in marks.items()]
    end = f"The second half: x{growth:.3f}; x{GROWTH}: {'kept' if flat else '**missed**'}."
    results.write("Memory over many reruns", "\n\n".join([told, results.table(("reruns", "MiB"), rows), end]))
    return 0 if flat else 1


def measure(server: Server, reruns: int) -> dict[int, int]:
    """Resident bytes before the first rerun and after each tenth of them."""
    done, failed = count(1), threading.Event()
    marks = {0: server.memory()}

    def sessions() -> None:
        try:
            while not failed.is_set():
                with Session(server.address, query=QUERY, cookie=server.cookie()) as session:
                    for _ in range(A_SESSION):
                        session.rerun()
                        number = next(done)
                        if number > reruns:
                            return
                        if number % (reruns // 10) == 0:
                            marks[number] = server.memory()
                            print(f"  {number:>6}  {marks[number] / (1 << 20):7.1f} MiB", flush=True)
        except BaseException:
            failed.set()
            raise

    threads = [threading.Thread(target=sessions) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed.is_set():
        raise SystemExit("a session failed; the server's log is beside its data folder")
    return dict(sorted(marks.items()))


if __name__ == "__main__":
    sys.exit(main())
