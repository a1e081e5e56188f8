"""The one search in lists: by parts of words in any order; «Ё» is «Е», quotes, dashes and number signs do not count.

A number finds itself and not those that contain it («2» is not «12»), from four figures on also a part of a longer
one: an INN need not be typed to its end.
"""

from __future__ import annotations

from collections.abc import Callable

from proforient.wording.order import pieces

PART_OF_NUMBER = 4  # figures of a number from which on a part of it is searched for


def search(query: str) -> Callable[..., bool]:
    """Whether texts (a name, a number, a code …) together hold every piece of ``query``; an empty one finds all."""
    wanted = pieces(query)
    if not wanted:
        return lambda *texts: True

    def found(*texts: str) -> bool:
        have = [piece for text in texts for piece in pieces(text)]
        return all(any(_holds(piece, want) for piece in have) for want in wanted)

    return found


def _holds(piece: str, want: str) -> bool:
    if not want.isdigit():
        return want in piece
    if not piece.isdigit():
        return False
    return piece.lstrip("0") == want.lstrip("0") or (len(want) >= PART_OF_NUMBER and want in piece)
