"""Restores the first folder into the second and is killed at its N-th step that moves, makes or removes something."""

import os
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[2])]

from proforient.store.restoring import restore  # noqa: E402  (the path is set above)

source, folder, last = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
STEPS = {"os.rename", "os.remove", "os.mkdir", "os.rmdir"}
steps = 0


def count(event: str, _: object) -> None:
    global steps
    # Building the copy beside the store is one step: until then nothing of the store is touched.
    if event in STEPS and (folder / "restore.json").exists() | (steps > 0):
        steps += 1
        if steps == last:
            os._exit(9)


sys.addaudithook(count)
restore(source, folder, replace=True)
