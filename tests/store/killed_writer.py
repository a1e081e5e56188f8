"""Submits for one organisation again and again until it is killed; prints each number once it is confirmed.

A folder; for a server of a shared store, which prints the submission, followed by how PostgreSQL is reached, the
shared folder and the keys.
"""

import sys
from itertools import count
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[2])]

from tiny_store import make_catalogue, pair, submit  # noqa: E402  (the path is set above)

from proforient.store import Store  # noqa: E402  (the path is set above)
from proforient.store.shared import SharedStore  # noqa: E402  (the path is set above)

folder, *shared = sys.argv[1:]
if shared:
    dsn, common, keys = shared
    store: Store = SharedStore.join(Path(folder), make_catalogue(), dsn, Path(common), secrets=Path(keys))
else:
    store = Store.open(Path(folder), make_catalogue())
for number in count(1):
    receipt = submit(store, pair("n2", number, 100_000))
    print(receipt.submission if shared else number, flush=True)
