"""Submits for one organisation again and again until it is killed; prints each number once it is confirmed."""

import sys
from itertools import count
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[2])]

from tiny_store import make_catalogue, pair, submit  # noqa: E402  (the path is set above)

from proforient.store import Store  # noqa: E402  (the path is set above)

store = Store.open(Path(sys.argv[1]), make_catalogue())
for number in count(1):
    submit(store, pair("n2", number, 100_000))
    print(number, flush=True)
