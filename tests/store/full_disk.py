"""Submits until its files may not grow any more, reads, gets room, submits once more; prints what happened as JSON.

Second argument: what meets the limit first, the «log» or the «checkpoint» that merges it into the data file.
"""

import json
import resource
import sys
from itertools import count
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[2])]

from tiny_store import make_catalogue, pair, shares, submit  # noqa: E402  (the path is set above)

from proforient.errors import DiskFull  # noqa: E402  (the path is set above)
from proforient.store import Store, connect  # noqa: E402  (the path is set above)

folder, first_full = Path(sys.argv[1]), sys.argv[2]
room = 60_000  # bytes that the log may grow to
if first_full == "checkpoint":
    connect.SETTINGS["checkpoint_threshold"] = "50KB"
    room = (folder / connect.FILE_NAME).stat().st_size
store = Store.open(folder, make_catalogue())
submit(store, pair("n2", 0, 100_000))
soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
confirmed, error = 0, ""
for number in count(1):
    try:
        submit(store, pair("n2", number, 100_000))
    except DiskFull as full:
        error = str(full)
        break
    confirmed = number
((read_after, *_),) = shares(store).values()
resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
receipt = submit(store, pair("n2", confirmed + 1, 100_000))
store.close()
print(
    json.dumps(
        {
            "error": error,
            "confirmed": confirmed,
            "read after": read_after,
            "accepted again": bool(receipt.submission),
            "last": confirmed + 1,
        }
    )
)
