"""What ``app.py`` hands to Streamlit: script, routes, middleware, start and end, and what to do when a page fails."""

from __future__ import annotations

from pathlib import Path

from starlette.middleware import Middleware
from starlette.routing import BaseRoute

from proforient.web import routes as answers
from proforient.web.assets import Assets
from proforient.web.failures import on_script_error
from proforient.web.fonts import base
from proforient.web.gate import Gate
from proforient.web.headers import SecurityHeaders
from proforient.web.lifespan import lifespan
from proforient.web.seams.connections import guard
from proforient.web.shelf import stock
from proforient.web.strangers import Strangers
from proforient.web.upload_limits import UploadLimits

SCRIPT = Path(__file__).parent / "shell.py"

__all__ = ["SCRIPT", "guard", "lifespan", "middleware", "on_script_error", "routes"]


def routes() -> list[BaseRoute]:
    return answers.routes(base())


def middleware() -> list[Middleware]:
    """From the outside in."""
    return [
        Middleware(Strangers),
        Middleware(SecurityHeaders),
        Middleware(Gate, base=base()),
        Middleware(UploadLimits, base=base()),
        Middleware(Assets, shelf=stock(), base=base()),
    ]
