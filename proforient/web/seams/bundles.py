"""Where Streamlit keeps the files that it sends to browsers, and how it names them.

Needs: ``static/index.html`` and ``static/static/`` in Streamlit's package, scripts below it in ``js/`` as
NAME.HASH.js that name each other by the file alone, and the face ``media/SourceSansVF-Upright.*``.
Why: they are sent from here, compressed, some of them changed; until the theme arrives Streamlit draws with that face.
Without it: what is not found is sent by Streamlit itself, as it is; the first words stand in another face for a moment.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import streamlit

from proforient.web.seams.lacks import Lack, lacks_of

STATIC = Path(streamlit.__file__).parent / "static"
SCRIPTS = "/static/js/"
FIRST_FACE = "/static/media/SourceSansVF-Upright."
LARGEST = 1_000_000  # bytes; larger scripts are libraries for charts and maps

EFFECT = "Страница открывается медленнее или на мгновение другим шрифтом."


def files(static: Path = STATIC) -> dict[str, Path]:
    """Every file by the address at which a page asks for it."""
    found = (static / "static").rglob("*")
    return {"/" + path.relative_to(static).as_posix(): path for path in found if path.is_file()}


def texts(prefix: str, static: Path = STATIC) -> dict[str, str]:
    """The scripts NAME.HASH.js whose NAME is ``prefix``, by their file names."""
    found = {path.name: path.read_text("utf-8") for path in (static / "static" / "js").glob(prefix + ".*.js")}
    return {name: text for name, text in found.items() if ".esm." not in name}


def own_texts(static: Path = STATIC) -> Iterator[str]:
    """The scripts of Streamlit's own elements, the largest part of the page first; not those of other libraries."""
    found = [path for path in (static / "static" / "js").glob("*.js") if path.stat().st_size < LARGEST]
    found = [path for path in found if path.name.startswith("index.") or path.name[0].isupper()]
    for path in sorted(found, key=lambda path: (path.name[0].isupper(), path.name)):  # order: names of files
        yield path.read_text("utf-8")


def first_face(addresses: Mapping[str, object]) -> str | None:
    """The address of the face that Streamlit draws with until the theme has arrived."""
    return next((address for address in addresses if address.startswith(FIRST_FACE)), None)


def lacking(static: Path = STATIC) -> Iterator[Lack]:
    there = files(static)
    yield from lacks_of(
        "bundles",
        EFFECT,
        {
            "static/index.html": (static / "index.html").is_file(),
            "static/static/js": any(address.startswith(SCRIPTS) for address in there),
            "static/static/media/SourceSansVF-Upright.*": first_face(there) is not None,
        },
    )
