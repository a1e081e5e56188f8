"""Static files ready to be sent: path and accepted encodings come in, bytes with their headers go out.

Streamlit serves its JavaScript uncompressed (4.7 MB for one chart). The files never change while the program runs,
so each is compressed once, at the first request for it, and kept.
"""

from __future__ import annotations

import gzip
import hashlib
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import brotli

from proforient.web import style
from proforient.web.seams import bundles, first_page, words

OWN = Path(__file__).parent / "static"
SEAM = Path(__file__).parent / "seams" / "static"

FOREVER = "public, immutable, max-age=31536000"  # cache rule of files whose name holds a hash of the content: a year
CHECKED = "no-cache"  # cache rule of files that the browser keeps and asks about each time
WEEK = "public, max-age=604800"

# Told here, not asked of the system: its tables differ from computer to computer.
MEDIA_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".gif": "image/gif",
    ".woff2": "font/woff2",
    ".wasm": "application/wasm",
}
SQUEEZED = frozenset({".js", ".css", ".svg", ".json", ".txt", ".html", ".wasm"})
SCRIPTS = re.compile(r"^/static/js-[0-9a-f]+/")
SMALLEST = 500  # bytes below which compression gains nothing
BROTLI_QUALITY = 6  # level of compression: 0.2 s for the largest file; 9 takes three times as long for 3 % less


@dataclass(slots=True)
class Item:
    """One file: ``read`` gives its bytes, everything else is made from them once."""

    name: str
    cache: str
    read: Callable[[], bytes]
    _body: bytes | None = None
    _etag: str = ""
    _packed: dict[str, bytes] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def packed(self, accepted: str) -> tuple[bytes, str]:
        """The bytes in the best of the ``accepted`` encodings, and that encoding's name (empty: as they are)."""
        encoding = self._encoding(accepted)
        with self._lock:
            if encoding not in self._packed:
                self._packed[encoding] = _pack(self._load(), encoding)
            return self._packed[encoding], encoding

    def etag(self) -> str:
        with self._lock:
            self._load()
            return self._etag

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES.get(Path(self.name).suffix, "application/octet-stream")

    def _load(self) -> bytes:
        if self._body is None:
            self._body = self.read()
            self._etag = f'"{hashlib.sha256(self._body).hexdigest()[:24]}"'
        return self._body

    def _encoding(self, accepted: str) -> str:
        if Path(self.name).suffix not in SQUEEZED or len(self._load()) < SMALLEST:
            return ""
        parts = [part.replace(" ", "").split(";") for part in accepted.lower().split(",")]
        offered = {name for name, *weight in parts if weight not in (["q=0"], ["q=0.0"])}
        return next((name for name in ("br", "gzip") if name in offered), "")


def _pack(body: bytes, encoding: str) -> bytes:
    if encoding == "br":
        return bytes(brotli.compress(body, quality=BROTLI_QUALITY))
    if encoding == "gzip":
        return gzip.compress(body, 6, mtime=0)
    return body


class Shelf:
    """Every static file by its path below the program's base, and the first page, where it is ours."""

    def __init__(self, items: dict[str, Item], page: Item | None) -> None:
        self._items = items
        self.page = page

    def find(self, path: str) -> Item | None:
        # A page that was opened before an update goes on asking in the folder of its own time.
        return self._items.get(path) or self._items.get(SCRIPTS.sub(bundles.SCRIPTS, path))


def stock(static: Path = bundles.STATIC, own: Path = OWN) -> Shelf:
    """The shelf of Streamlit's files below ``static``, translated, and of our ``own``."""
    items: dict[str, Item] = {}
    for address, path in bundles.files(static).items():
        items[address] = Item(path.name, FOREVER, path.read_bytes)
    for path in (*own.iterdir(), *SEAM.iterdir()):
        items["/app/static/" + path.name] = Item(path.name, _own_cache(path), path.read_bytes)
    # Until the theme arrives Streamlit draws with this face: ours in its place is a fifth of the size and no flicker.
    if face := bundles.first_face(items):
        items[face] = Item("golos-latin.woff2", WEEK, (own / "golos-latin.woff2").read_bytes)
    items["/app/static/proforient.css"] = Item("proforient.css", CHECKED, lambda: style.sheet().encode())
    page, _ = first_page.build(static)
    page = _put_named(items, _put_scripts(items, words.build(static).scripts, page or b""))
    return Shelf(items, Item("index.html", CHECKED, _given(page)) if page else None)


def _put_scripts(items: dict[str, Item], changed: dict[str, bytes], page: bytes) -> bytes:
    """Puts in the ``changed`` scripts, all scripts in a folder of their own; the page that asks for them there.

    Scripts name each other by the file alone, so that a new name of one would change nearly all of them. The folder's
    name is a hash of what was changed: every file in it is kept for ever.
    """
    folder = f"/static/js-{_hash(b''.join(changed[name] for name in sorted(changed)))}/"  # order: names of files
    for address in [address for address in items if address.startswith(bundles.SCRIPTS)]:
        items[address.replace(bundles.SCRIPTS, folder)] = items[address]
    for name, body in changed.items():
        items[folder + name] = Item(name, FOREVER, _given(body))
        items[bundles.SCRIPTS + name] = Item(name, CHECKED, _given(body))
    return page.replace(bundles.SCRIPTS.encode(), folder.encode())


def _put_named(items: dict[str, Item], page: bytes) -> bytes:
    """Puts in what the page asks for of our own under names with a hash of the content; the page that says them."""
    for address, item in list(items.items()):
        if item.cache == CHECKED and f'".{address}"'.encode() in page:
            body, place = item.read(), Path(address)
            named = f"{place.parent}/{place.stem}.{_hash(body)}{place.suffix}"
            items[named] = Item(item.name, FOREVER, _given(body))
            page = page.replace(address.encode(), named.encode())
    return page


def _hash(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()[:12]


def _own_cache(path: Path) -> str:
    return WEEK if path.suffix == ".woff2" or path.stem == "logo" else CHECKED


def _given(body: bytes) -> Callable[[], bytes]:
    return lambda: body
