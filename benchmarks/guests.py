"""``make bench``, part three: a hall opens a snapshot, and fifty look at live pages beside one who sends a long file.

Guests: 300 on one link, 100 at once; CPU of a request beside that of a file that Starlette reads from the disk, in one
run. The hall types its code, 300 from one address, ten of whom mistype thrice. Viewers: the time of a rerun alone, and
while a file of 100,000 rows is read and checked.
"""

from __future__ import annotations

import asyncio
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlsplit

from serving import ROOT, Server, environment, fill_with_demonstration, serve

from benchmarks import machine
from benchmarks.browser import first_paint
from benchmarks.intake import written
from benchmarks.pages import PERIOD, PLACE
from benchmarks.sessions import Session

GUESTS, AT_ONCE, ROUNDS = 300, 100, 10
MISTYPING = 10  # of the guests
VIEWERS, PAUSE, SECONDS = 50, 10.0, 30.0
CPU_PROMISED = 1.0  # ms of a guest's request


def main() -> int:
    print(machine.description(), "\n")
    with tempfile.TemporaryDirectory() as place:
        folder = fill_with_demonstration(Path(place) / "data")
        with serve(folder) as server:
            cpu = print_guests(server, folder)
            print_typing(server)
            print_viewers(server, folder, Path(place))
    return 0 if cpu <= CPU_PROMISED else 1


def print_guests(server: Server, folder: Path) -> float:
    made = _command(folder, "snapshot", "create", "--period", PERIOD, "--territory", PLACE)
    path = urlsplit(made.stdout.strip()).path
    print(f"{GUESTS} guests on one link, {AT_ONCE} at once, {ROUNDS} times: CPU of a request, p50 and p95, errors")
    worst = 0.0
    for name, address in (
        ("snapshot", path),
        ("its slides", path + "/deck"),
        ("a static file", "/app/static/logo.svg"),
    ):
        asyncio.run(_hall(server, address, AT_ONCE))  # once made, and warm
        before = server.cpu()
        took, wrong = [], 0
        for _ in range(ROUNDS):
            times, errors = asyncio.run(_hall(server, address, GUESTS))
            took += times
            wrong += errors
        cpu = (server.cpu() - before) * 1000 / len(took)
        print(f"  {name:<16}{cpu:8.2f} ms {_at(took, 50):8.0f} ms {_at(took, 95):8.0f} ms {wrong:6}")
        if name == "snapshot":
            worst = cpu
    painted = first_paint(server.address + path, bits=400_000, latency=400)
    weight = len(server.send("GET", path, accept_encoding="br").body)
    print(f"  first paint at 400 kbit/s with 400 ms latency: {painted:.2f} s, {weight:,} bytes with Brotli")
    return worst


def print_typing(server: Server) -> None:
    """A code that nobody has leads as far as one that holds: to a look at those that do."""
    before = server.cpu()
    began = time.perf_counter()
    times, refused = asyncio.run(_hall(server, "/k", GUESTS + 3 * MISTYPING, body="code=АВГД2345", answer=b"404"))
    took, cpu = time.perf_counter() - began, (server.cpu() - before) * 1000 / len(times)
    print(f"{len(times)} codes typed from one address: {took:.1f} s, {cpu:.2f} ms CPU each, refused {refused}")


def _at(times: list[float], percent: int) -> float:
    return statistics.quantiles(times, n=100)[percent - 1] * 1000


async def _hall(
    server: Server, path: str, guests: int, *, body: str = "", answer: bytes = b"200"
) -> tuple[list[float], int]:
    """Seconds of each request, and how many were not answered with ``answer``; with a ``body`` a form is sent."""
    host, port = urlsplit(server.address).hostname, urlsplit(server.address).port
    head = f"{'POST' if body else 'GET'} {path} HTTP/1.1\r\nHost: x\r\nAccept-Encoding: br\r\nConnection: close\r\n"
    if body:
        form = quote(body, safe="=").encode()
        head += f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(form)}\r\n\r\n"
        request = head.encode() + form
    else:
        request = f"{head}\r\n".encode()
    doors = asyncio.Semaphore(AT_ONCE)

    async def guest() -> tuple[float, bool]:
        async with doors:
            began = time.perf_counter()
            reader, writer = await asyncio.open_connection(host, port)
            writer.write(request)
            told = await reader.read()
            writer.close()
            return time.perf_counter() - began, told.startswith(b"HTTP/1.1 " + answer)

    done = await asyncio.gather(*(guest() for _ in range(guests)))
    return [took for took, _ in done], sum(not right for _, right in done)


def print_viewers(server: Server, folder: Path, scratch: Path) -> None:
    """Each viewer asks for a page every ten seconds, as people who read do."""
    print(f"\n{VIEWERS} signed-in viewers, a page every {PAUSE:.0f} s each: seconds until it is drawn, p50 and p95")
    query = f"territory={quote(PLACE)}&period={PERIOD}"
    long = scratch / "long.csv"
    long.write_bytes(written(100_000, "csv"))
    with _viewers(server, query) as times:
        time.sleep(SECONDS)
        alone = times()
        sender = subprocess.Popen(
            [sys.executable, "-m", "proforient", "check", str(long), "--period", PERIOD],
            cwd=ROOT, env=environment(folder), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        sender.wait()
        beside = times()
    for name, took in (("alone", alone), ("beside a long file", beside)):
        print(f"  {name:<20}{_at(took, 50) / 1000:8.2f} {_at(took, 95) / 1000:8.2f}   of {len(took)} pages")
    print(f"  p95 beside / alone: x{_at(beside, 95) / _at(alone, 95):.2f}")


@contextmanager
def _viewers(server: Server, query: str) -> Iterator[Callable[[], list[float]]]:
    """What is yielded gives the times since it was last asked."""
    lock, found, over = threading.Lock(), [], threading.Event()

    def look(number: int) -> None:
        with Session(server.address, query=query, cookie=server.cookie()) as session:
            over.wait(PAUSE * number / VIEWERS)
            while not over.is_set():
                began = time.perf_counter()
                session.rerun()
                with lock:
                    found.append(time.perf_counter() - began)
                over.wait(PAUSE)

    def taken() -> list[float]:
        with lock:
            times = list(found)
            found.clear()
        return times

    threads = [threading.Thread(target=look, args=(n,)) for n in range(VIEWERS)]
    for thread in threads:
        thread.start()
    try:
        yield taken
    finally:
        over.set()
        for thread in threads:
            thread.join()


def _command(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "proforient", *arguments],
        cwd=ROOT, env=environment(folder), capture_output=True, text=True, check=True,
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
