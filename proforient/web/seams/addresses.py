"""The addresses at which Streamlit answers, and the name of what its pages speak over a live connection.

Needs: ``/_stcore/``, ``/media/``, ``/static/`` and ``/app/static/``; the sub-protocol «streamlit».
Why: the gate opens some of them to everybody and closes the others; the limits on files know an upload by its address;
an end of the session is told over a connection that the page understands.
Without it: the gate closes what it does not know, and a file that is sent to another address is refused with words; a
page whose session has ended turns grey in place of going to the sign-in.
"""

from __future__ import annotations

from collections.abc import Iterator

from proforient.web.seams.lacks import Lack, lacks_of, member

EFFECT = "Если этот адрес стал другим, он закрыт: без входа не видно стилей, или файлы не принимаются."

CORE = "/_stcore/"
HEALTH = "/_stcore/health"
UPLOADS = "/_stcore/upload_file/"
MEDIA = "/media/"
STATIC = "/static/"
OWN_STATIC = "/app/static/"
PROTOCOL = "streamlit"

# where Streamlit says it -> what it is without the slashes around
_SAID = {
    "BASE_ROUTE_CORE": CORE,
    "ROUTE_HEALTH": HEALTH,
    "BASE_ROUTE_UPLOAD_FILE": UPLOADS,
    "BASE_ROUTE_MEDIA": MEDIA,
    "BASE_ROUTE_STATIC": STATIC,
    "BASE_ROUTE_APP_STATIC": OWN_STATIC,
}


def lacking() -> Iterator[Lack]:
    place = "streamlit.web.server.starlette.starlette_routes"
    needed = {f"{name} = {path}": member(place, name) == path.strip("/") for name, path in _SAID.items()}
    yield from lacks_of("addresses", EFFECT, needed)
