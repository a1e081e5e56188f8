"""Opens a store on a full disk and copies it to another; says «full» where nothing can be written, then «copied»."""

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[2])]

from tiny_store import make_catalogue  # noqa: E402  (the path is set above)

from proforient.errors import DiskFull  # noqa: E402  (the path is set above)
from proforient.store import Store  # noqa: E402  (the path is set above)
from proforient.store.backup import backup  # noqa: E402  (the path is set above)

store = Store.open(Path(sys.argv[1]), make_catalogue())
try:
    store.put_file(b"more" * 100_000)
except DiskFull:
    print("full")
backup(store, Path(sys.argv[2]))
print("copied")
store.close()
