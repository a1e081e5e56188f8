"""Answers that are not pages: the health of the program, and the deck."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route

from proforient import __version__
from proforient.errors import ProforientError, StoreAway
from proforient.web import beside, footnote
from proforient.web.deck import handlers as deck
from proforient.web.entrance import beginning, provider
from proforient.web.entrance import handlers as entrance
from proforient.web.running import running
from proforient.web.shown import handlers as shown


async def healthz(request: Request) -> JSONResponse:
    """200 with the version and the schema number when the store is open, 503 with the reason when not."""
    status, body = await run_in_threadpool(health)
    return JSONResponse(body, status_code=status, headers={"cache-control": "no-store"})


def health() -> tuple[int, dict[str, object]]:
    try:
        store = running().open().store
        with store.read() as reader:
            schema = reader.fact("schema_version")
        if store.away:
            raise StoreAway(store.away)
    except ProforientError as error:
        return 503, {"status": "unavailable", "version": __version__, "reason": str(error)}
    return 200, {"status": "ok", "version": __version__, "schema": int(schema or 0)}


def routes(base: str) -> list[BaseRoute]:
    """The routes below ``base``; Streamlit does not add it to routes that are not its own."""
    return [
        Route(base + "/healthz", healthz, methods=["GET"]),
        *provider.routes(base),
        Route(base + "/login", entrance.login, methods=["GET", "POST"]),
        Route(base + "/login/demo", entrance.demo, methods=["POST"]),
        Route(base + "/logout", entrance.logout, methods=["POST"]),
        Route(base + "/account", entrance.account, methods=["GET", "POST"]),
        Route(base + beginning.PATH + "{token}", beginning.begin, methods=["GET", "POST"]),
        Route(base + "/invitation/{token}", entrance.invitation, methods=["GET", "POST"]),
        Route(base + "/s/{token}", shown.show, methods=["GET"]),
        Route(base + "/s/{token}/deck", shown.slides, methods=["GET"]),
        Route(base + beside.PATH, beside.demonstration, methods=["GET"]),
        Route(base + "/f/{code}", footnote.show, methods=["GET"]),
        Route(base + "/k", shown.code, methods=["GET", "POST"]),
        Route(base + "/deck/new", deck.new, methods=["GET"]),
        Route(base + "/deck/{token}", deck.show, methods=["GET"]),
        Route(base + "/deck/{token}/live", deck.live, methods=["GET"]),
    ]
