"""Ten pages are read while a file after file is accepted: no error, no figure of two moments."""

from __future__ import annotations

import threading

import pytest
from thinned import kept
from tiny_store import pair, submit, totals

from proforient.store.verify import verify

READERS, FILES = 10, (3, 8)  # files, and under ``make soak``


@pytest.mark.parametrize("files", kept(FILES, FILES[:1]))
def test_ten_readers_and_a_writer_never_see_a_mixture(store, files):
    """Each file gives every organisation the same numerator; sums and values of one transaction must agree on it."""
    submit(store, everybody(0))
    done, wrong = threading.Event(), []

    def read() -> None:
        while not done.is_set():
            try:
                with store.read() as reader:
                    pairs = reader.pairs("2024", indicator="coverage")
                    sums = totals(reader, "2024", indicator="coverage")
                    values = reader.values("2024", counts=["reached"])
            except Exception as error:  # noqa: BLE001  (any error at all fails the test)
                wrong.append(repr(error))
                return
            seen = {p.numerator for p in pairs} | {v.number for v in values}
            if len(seen) != 1 or sum(t.numerator for t in sums) != 4 * seen.pop() or len(pairs) != 4:
                wrong.append((pairs, sums, values))

    threads = [threading.Thread(target=read) for _ in range(READERS)]
    for thread in threads:
        thread.start()
    for number in range(1, files):
        submit(store, everybody(number))
    done.set()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert verify(store) == []


def everybody(number):
    return pair("007", number, 100) | pair("n2", number, 100) | pair("s1", number, 100) | pair("a1", number, 100)


def test_several_writers_wait_for_each_other_and_each_is_kept(store):
    wrong = []

    def write(organisation: str) -> None:
        try:
            for number in range(4):
                submit(store, pair(organisation, number, 100), actor=organisation)
        except Exception as error:  # noqa: BLE001  (any error at all fails the test)
            wrong.append(repr(error))

    threads = [threading.Thread(target=write, args=(code,)) for code in ("007", "n2", "s1", "a1")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    with store.read() as reader:
        assert {p.numerator for p in reader.pairs("2024")} == {3}
        assert len(reader.submissions()) == 16
    assert verify(store) == []
