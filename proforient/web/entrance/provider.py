"""Sign-in through an OpenID Connect provider: Authlib's client between two routes, ending in the same cookie.

``oidc.toml`` in the folder of keys: ``issuer``, ``client_id``, ``client_secret``. A verified e-mail must belong to an
account that was made before; nobody gets one by signing in.
"""

from __future__ import annotations

import logging
import tomllib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import httpx2
from authlib.integrations.base_client import OAuthError
from authlib.integrations.starlette_client import OAuth
from joserfc.errors import JoseError
from starlette.concurrency import run_in_threadpool
from starlette.middleware.sessions import SessionMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, request_response
from starlette.types import Receive, Scope, Send

from proforient.access.cookies import key_of
from proforient.errors import ProforientError, Refused
from proforient.settings import Settings
from proforient.web import people, plain
from proforient.web.fonts import base
from proforient.web.running import running

LOG = logging.getLogger("proforient")
FILE = "oidc.toml"
# Refusals, an unreachable provider, and one that answers with something else than it should.
FAULTS = (OAuthError, JoseError, httpx2.HTTPError, ValueError, KeyError, TypeError, RuntimeError)
MINUTES = 10  # minutes between leaving for the provider and coming back


@dataclass(frozen=True, slots=True)
class Provider:
    issuer: str
    client_id: str
    client_secret: str


def provider_of(settings: Settings) -> Provider | None:
    """The provider of this installation, None without one; Refused where its file cannot be used."""
    path = settings.secrets / FILE
    return _read(path, path.stat().st_ctime_ns) if path.exists() else None  # the inode's: rights count, too


@lru_cache(maxsize=4)
def _read(path: Path, changed: int) -> Provider:
    try:
        found = tomllib.loads(path.read_text("utf-8"))
        given = Provider(*(str(found[name]).rstrip("/") for name in Provider.__slots__))
    except (OSError, ValueError, KeyError) as error:
        raise Refused(f"Файл {path} не годится: нужны issuer, client_id и client_secret.") from error
    if path.stat().st_mode & 0o077:
        raise Refused(f"Файл {path} могут прочитать другие. Закройте его: chmod 600 {path}")
    return given


@lru_cache(maxsize=4)
def _client(provider: Provider) -> Any:
    return OAuth().register(
        "provider",
        client_id=provider.client_id,
        client_secret=provider.client_secret,
        server_metadata_url=f"{provider.issuer}/.well-known/openid-configuration",
        client_kwargs={"scope": "openid email", "code_challenge_method": "S256"},
    )


async def leave(request: Request) -> Response:
    """To the provider; what was asked for waits in a cookie of its own."""
    try:
        settings = running().settings
        provider = provider_of(settings) if settings.signs_in else None
        if provider is None:
            return plain.nothing_here(f"{base()}/login")
        request.session["next"] = request.query_params.get("next", "")[:500]
        here = settings.address or f"{request.url.scheme}://{request.url.netloc}{base()}"
        answered: Response = await _client(provider).authorize_redirect(request, f"{here}/login/provider/back")
    except ProforientError as error:
        return plain.answer(503, "Войти сейчас нельзя", str(error))
    except FAULTS as error:
        LOG.warning("OpenID Connect: %s", type(error).__name__)
        return _not_now()
    return answered


async def back(request: Request) -> Response:
    """From the provider: state, nonce, signature and issuer are checked by the client, the e-mail here."""
    from proforient.web.entrance.handlers import entered

    try:
        opened = await run_in_threadpool(running().open)
        provider = provider_of(opened.settings) if opened.settings.signs_in else None
        if provider is None:
            return plain.nothing_here(f"{base()}/login")
        client = _client(provider)
        token = await client.authorize_access_token(request)
        said = token.get("userinfo") or {}
        if "email" not in said:  # not every provider puts it into the token: then it is asked for
            asked = await client.userinfo(token=token)
            said = asked if asked.get("sub") == said.get("sub") else {}
        email = str(said.get("email", "")).lower() if said.get("email_verified") is True else ""
        found = next((a for a in people.accounts(opened).values() if email and a.email == email), None)
        if found is None:
            text = "Провайдер вас узнал, но учётной записи с этим адресом почты здесь нет. Попросите администратора."
            return plain.answer(403, "Учётной записи нет", text, (("Ко входу", f"{base()}/login"),))
        where = str(request.session.pop("next", ""))
        return await run_in_threadpool(entered, opened, found, where, request)
    except ProforientError as error:
        return plain.answer(503, "Войти сейчас нельзя", str(error))
    except FAULTS as error:
        LOG.warning("OpenID Connect: %s", type(error).__name__)
        return _not_now()


def _not_now() -> Response:
    text = "Провайдер не ответил или ответ не прошёл проверку. Попробуйте ещё раз или войдите по паролю."
    return plain.answer(502, "Через провайдера войти не вышло", text, (("Ко входу", f"{base()}/login"),))


def routes(below: str) -> list[Route]:
    """Both routes with a short-lived signed cookie between them, which nothing else reads."""
    return [
        Route(f"{below}/login/provider", _Remembering(leave)),
        Route(f"{below}/login/provider/back", _Remembering(back)),
    ]


class _Remembering:
    """Starlette's session around one route; the key is read when it is first asked for."""

    def __init__(self, answer: Callable[[Request], Awaitable[Response]]) -> None:
        self._inner = request_response(answer)
        self._app: SessionMiddleware | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._app is None:
            settings = running().settings
            self._app = SessionMiddleware(
                self._inner,
                secret_key=(key_of(settings.secrets) + b"oidc").hex(),
                session_cookie="proforient_provider",
                max_age=MINUTES * 60,
                path=f"{base()}/login",
                same_site="lax",
                https_only=settings.address.startswith("https:"),
            )
        await self._app(scope, receive, send)
