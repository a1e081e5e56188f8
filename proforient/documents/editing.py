"""Work on a draft: an item put in, moved, taken out; what a version changed in one line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from proforient.documents.contents import Contents, DraftItem, Meeting
from proforient.documents.drafts import items_of
from proforient.wording import counted


def with_item(contents: Contents, item: DraftItem) -> Contents:
    """The item in the place of the one with its key, or after all others."""
    items = items_of(contents)
    if all(one.key != item.key for one in items):
        return replace(contents, items=(*items, item))
    return replace(contents, items=tuple(item if one.key == item.key else one for one in items))


def without_item(contents: Contents, key: str) -> Contents:
    return replace(contents, items=tuple(one for one in items_of(contents) if one.key != key))


def moved_item(contents: Contents, key: str, place: int) -> Contents:
    """The item at that place, from 1; what is beyond the end is the end."""
    item = next(one for one in items_of(contents) if one.key == key)
    rest = [one for one in items_of(contents) if one.key != key]
    rest.insert(max(0, place - 1), item)
    return replace(contents, items=tuple(rest))


def new_key(contents: Contents) -> str:
    """For an item of the department's own: no other item of the draft has it."""
    taken = {one.key for one in items_of(contents)}
    return next(key for n in range(1, len(taken) + 2) if (key := f"item-{n}") not in taken)


def next_meeting(contents: Contents, before: Contents | None) -> Contents:
    """With the people and the place of the meeting before, and nothing of what was said and counted there."""
    if before is None:
        return contents
    old = before.meeting
    meeting = Meeting(
        body=old.body,
        place=old.place,
        chair=old.chair,
        secretary=old.secretary,
        control=old.control,
        present=old.present,
        invited=old.invited,
    )
    return replace(contents, meeting=meeting)


def in_brief(changes: Sequence[str]) -> str:
    """The sentences in one line of a list of versions."""
    return " ".join(changes[:2]) + (f" И ещё {counted(len(changes) - 2, 'changes')}." if len(changes) > 2 else "")


__all__ = ["in_brief", "moved_item", "new_key", "next_meeting", "with_item", "without_item"]
