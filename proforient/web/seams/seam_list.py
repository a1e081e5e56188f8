"""All seams: what the Streamlit that is installed lacks, for the log and for ``doctor``."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator

from proforient.web.seams import (
    addresses,
    bundles,
    connections,
    first_page,
    garbage,
    look,
    options,
    plotly,
    scripts,
    sessions,
    uploads,
    words,
)
from proforient.web.seams.lacks import Lack

LOG = logging.getLogger("proforient")

SEAMS: dict[str, Callable[[], Iterator[Lack]]] = {
    "addresses": addresses.lacking,
    "bundles": bundles.lacking,
    "connections": connections.lacking,
    "first_page": first_page.lacking,
    "garbage": garbage.lacking,
    "look": look.lacking,
    "options": options.lacking,
    "plotly": plotly.lacking,
    "scripts": scripts.lacking,
    "sessions": sessions.lacking,
    "uploads": uploads.lacking,
    "words": words.lacking,
}


def lacking() -> list[Lack]:
    """What is no longer as it is needed, in the order of the seams; nothing where all is well."""
    return [lack for seam in SEAMS.values() for lack in seam()]


def tell() -> None:
    """Says all of it in the log, as one record: lines that are alike would be counted there, not written."""
    if found := lacking():
        LOG.warning("%s", "\n".join(map(str, found)))
