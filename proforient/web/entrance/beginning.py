"""The first administrator: while nobody may come in, the address that the start has printed opens a form, once.

The address is as good as the command line: only who sees where the program was started reads it. It is made anew with
every start, kept nowhere, and ends as soon as there is an administrator.
"""

from __future__ import annotations

import secrets

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from proforient.access import accounts
from proforient.access.roles import Role
from proforient.errors import ProforientError, Refused
from proforient.monitoring import now
from proforient.store import accounts as rows
from proforient.store import facts
from proforient.web import people, plain
from proforient.web.entrance import handlers, pages
from proforient.web.fonts import base
from proforient.web.running import OpenApplication, running, without_administrator

PATH = "/begin/"
USUAL = "admin"
_token = secrets.token_urlsafe(24)


def address() -> str:
    """What the start prints; empty where somebody may come in already, or nobody needs to."""
    opened = running().open()
    if opened.settings.read_only or not without_administrator(opened):
        return ""
    own = opened.settings
    return f"{own.address or f'http://{own.host}:{own.port}{base()}'}{PATH}{_token}"


async def begin(request: Request) -> Response:
    """The form of the first account, and what it sends."""
    try:
        opened = await run_in_threadpool(running().open)
        given = await handlers.fields(request) if request.method == "POST" else None
        return await run_in_threadpool(_begun, opened, request.path_params["token"], given, request)
    except ProforientError as error:
        return plain.answer(503, "Сейчас нельзя", str(error))


def _begun(opened: OpenApplication, token: str, given: dict[str, str] | None, request: Request) -> Response:
    right = secrets.compare_digest(token.encode(), _token.encode())
    if not right or opened.settings.read_only or not without_administrator(opened):
        return pages.begun_already()
    if given is None:
        return pages.beginning(token, USUAL)
    login = given.get("login", "").strip().lower()
    if given.get("password", "") != given.get("again", ""):
        return pages.beginning(token, login, wrong=pages.UNLIKE)
    try:
        _make(opened, login, given.get("password", ""))
    except ProforientError as refused:
        return pages.beginning(token, login, wrong=str(refused))
    return handlers.entered(opened, people.accounts(opened)[login], "", request)


def _make(opened: OpenApplication, login: str, password: str) -> None:
    """One administrator of everything, in one transaction with the look whether there is none yet."""
    at = now()
    with opened.store.write("system", based_on=None) as writer:
        if accounts.administrators(writer.reader):
            raise Refused("Администратор уже есть. Войдите на странице входа своим логином и паролем.")
        rows.add(writer, accounts.new(writer.reader, login=login, role=Role.ADMINISTRATOR, at=at))
        accounts.set_password(writer, login, password, at)
        facts.set_fact(writer, "ever_production", "1")
