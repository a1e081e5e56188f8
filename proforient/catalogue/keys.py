"""The one table of every key of every block; reading, checking and ``docs/catalogue.md`` all follow it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from proforient.catalogue.entries import Catalogue
from proforient.catalogue.keys_advice import ACTION, PLAN, PROBLEM
from proforient.catalogue.keys_figures import COUNT, INDICATOR, RULE
from proforient.catalogue.keys_people import (
    ADDRESSEE,
    CATALOGUE,
    COHORT,
    EVENT_LIST,
    GOAL,
    GROUP,
    LEVEL,
    ORGANISATION_KIND,
    SOURCE,
    TASK,
)
from proforient.catalogue.shape import Block

BLOCKS: dict[str, Block] = {
    block.name: block
    for block in (
        *(CATALOGUE, SOURCE, EVENT_LIST, LEVEL, COHORT, ORGANISATION_KIND, ADDRESSEE, GROUP, GOAL, TASK),
        *(COUNT, RULE, INDICATOR, PLAN, PROBLEM, ACTION),
    )
}


def entries_of(catalogue: Catalogue, block: str) -> tuple[Any, ...]:
    """Every record of a block, in the order of the file."""
    found = getattr(catalogue, BLOCKS[block].plural)
    return tuple(found.values() if isinstance(found, dict) else found)


def every_entry(catalogue: Catalogue) -> Iterator[tuple[Block, Any]]:
    """Every record of the catalogue with its block; the head of the catalogue is not a record."""
    for block in BLOCKS.values():
        if block.plural:
            for entry in entries_of(catalogue, block.name):
                yield block, entry
