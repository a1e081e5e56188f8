"""The address of an office: what can be one, and where a cell of a list has it."""

from __future__ import annotations

import re

# One address and nothing that a header of a letter could be made of; the domain may be Cyrillic.
_EMAIL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._+-]{0,62}[A-Za-z0-9])?@(?:[\w-]{1,63}\.){1,5}[^\W\d_]{2,24}")
LONGEST = 190  # signs of an address


def is_email(text: str) -> bool:
    """Whether this is one address."""
    return len(text) <= LONGEST and ".." not in text and _EMAIL.fullmatch(text) is not None


def email_in(cell: str) -> str:
    """The first address of a cell that may hold a telephone, too; empty where none is."""
    words = (word.strip(".,;:()<>«»\"'").lower() for word in re.split(r"[\s,;]+", cell))
    return next((word for word in words if is_email(word)), "")
