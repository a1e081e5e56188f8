"""How many sessions of live pages Streamlit keeps, those that were left a moment ago included.

Needs: ``num_sessions()`` of ``_session_mgr`` of ``streamlit.runtime.get_instance()``.
Why: each has three files of the process open, and Streamlit keeps it for two minutes after its page was left; what
the system allows must not be used up by one who opens pages and leaves them.
Without it: the pages left lately are counted here, for twice that time: the limit holds, a little too early.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator

from proforient.web.seams.lacks import Lack, lacks_of, member, mentions
from proforient.web.seams.options import option

EFFECT = "Живые страницы считает сама программа: при большом наплыве новые она откажется открывать раньше."
USUAL = 120  # seconds for which Streamlit keeps a session that was left

_left: deque[float] = deque(maxlen=10_000)  # when pages were left


def note_closed_page() -> None:
    """A live page was closed."""
    _left.append(time.monotonic())


def session_count(live: int) -> int:
    """Sessions that are kept while ``live`` pages are open."""
    counted = _counted()
    if counted is not None:
        return counted
    since = time.monotonic() - 2 * float(option("server.disconnectedSessionTTL") or USUAL)
    while _left and _left[0] < since:
        _left.popleft()
    return live + len(_left)


def _counted() -> int | None:
    """As Streamlit itself counts; None where it no longer says so, or no server runs."""
    exists, instance = member("streamlit.runtime", "exists"), member("streamlit.runtime", "get_instance")
    if not callable(exists) or not callable(instance) or not exists():
        return None
    number = getattr(getattr(instance(), "_session_mgr", None), "num_sessions", None)
    return int(number()) if callable(number) else None


def lacking() -> Iterator[Lack]:
    runtime = member("streamlit.runtime.runtime", "Runtime")
    many = member("streamlit.runtime.session_manager", "SessionManager")
    yield from lacks_of(
        "sessions",
        EFFECT,
        {
            "streamlit.runtime.exists": callable(member("streamlit.runtime", "exists")),
            "streamlit.runtime.get_instance": callable(member("streamlit.runtime", "get_instance")),
            "Runtime._session_mgr": mentions(getattr(runtime, "__init__", None), "_session_mgr"),
            "SessionManager.num_sessions": callable(getattr(many, "num_sessions", None)),
        },
    )
