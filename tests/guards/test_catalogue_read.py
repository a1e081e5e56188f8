"""Nothing stands in the catalogue that nobody reads: each key is used by a room that is not the catalogue's own."""

from __future__ import annotations

import re

from sources import PACKAGE, program_files, text_of

from proforient.catalogue.keys import BLOCKS

# Read by the catalogue itself, which answers others by these functions.
BY_THE_CATALOGUE = {
    "count.aliases_by_level": "lookup: a name in a file that means count and level",
    "count.as_of": "days: the day of a count for the organisations that it is asked of",
    "count.as_of_by_kind": "days: the same",
}


def fields():
    return {f"{block.name}.{key.name}": key.attribute for block in BLOCKS.values() for key in block.keys}


def test_every_key_is_read_outside_the_catalogue():
    texts = [text_of(path) for path in program_files(".py") if PACKAGE / "catalogue" not in path.parents]
    text = "\n".join(texts)
    unread = {name for name, field in fields().items() if not re.search(rf"\.{field}\b", text)}
    assert unread == BY_THE_CATALOGUE.keys()
