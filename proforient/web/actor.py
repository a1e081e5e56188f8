"""Who acts on the pages. Until there is sign-in, whoever runs the program on this computer."""

from __future__ import annotations

import getpass

NOBODY = "управление"  # where the system does not tell its user


def actor() -> str:
    """The name that events, submissions and plan values keep."""
    try:
        return getpass.getuser() or NOBODY
    except (OSError, KeyError, ImportError):
        return NOBODY
