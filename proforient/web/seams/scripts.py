"""What our scripts need of Streamlit's in the browser: ``static/streamlit.js``, where all of it stands.

Needs: the names of its page, of what scrolls and of its grey bars; how the page says that it runs and is connected;
addresses given to ``history.pushState``, «popstate» heard as a wish for a new run, one ``WebSocket`` to the server.
Why: Back is to leave a page in one step, a link to lead on without loading the page, a session's end to lead to the
sign-in, and a lost connection to cost neither a chosen file nor typed words; Streamlit has no setting for any of it.
Without it: the browser's own behaviour: a step more for Back, a page that turns grey, a file to be chosen again.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from proforient.web.seams import bundles, look
from proforient.web.seams.lacks import Lack, lacks_of

FILE = Path(__file__).parent / "static" / "streamlit.js"
EFFECT = "В браузере работает не всё: шаг «Назад», переход на вход после его окончания или возврат файла при обрыве."

# what the script relies on -> how Streamlit's own, in «index», says it
TEXTS = {
    "data-test-script-state": '"data-test-script-state":',
    "notRunning": "=`notRunning`",
    "data-test-connection-state": '"data-test-connection-state":',
    "CONNECTED": "CONNECTED=`CONNECTED`",
    "INITIAL": "INITIAL=`INITIAL`",
    "history.pushState": "window.history.pushState(",
    "popstate": "window.addEventListener(`popstate`,",
    "new WebSocket, streamlit": "new WebSocket(e,[`streamlit`,",
}


def lacking(static: Path = bundles.STATIC) -> Iterator[Lack]:
    said = "".join(bundles.texts("index", static).values())
    wanted = sorted(look.names(FILE.read_text("utf-8")))  # order: names of elements
    gone = look.unknown(wanted, static)
    needed = {what: text in said for what, text in TEXTS.items()} | {name: name not in gone for name in wanted}
    yield from lacks_of("scripts", EFFECT, needed)
