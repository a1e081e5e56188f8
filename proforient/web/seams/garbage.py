"""How Python looks for garbage in the server.

Needs: that Streamlit collects it after every run of a page (the hidden option ``runner.postScriptGC``); the modules
of its elements that it imports only when they are first drawn.
Why: a collection walks through everything that was ever imported, some 85 ms after each click; what is imported before
the freeze is walked through no more. Python's own collections may then be rare, as Streamlit's come often enough.
Without it: a module that is not found is imported when first drawn and costs that page a second. Where Streamlit does
not collect, Python does so as often as it usually does.
"""

from __future__ import annotations

import gc
import importlib
from collections.abc import Iterator
from importlib.util import find_spec

from proforient.web.seams.lacks import Lack, lacks_of, member, mentions
from proforient.web.seams.options import option

EFFECT = "Страницы отвечают медленнее, чем могли бы."

ELEMENTS = ("streamlit.elements.plotly_chart", "streamlit.elements.widgets.file_uploader")

# Python looks for garbage after every 700 objects. A long file makes millions of objects that all stay.
THRESHOLDS = (50_000, 20, 50)


def freeze() -> None:
    """What has been imported and made until now lives for ever."""
    for name in ELEMENTS:
        if _there(name):
            importlib.import_module(name)
    gc.collect()
    gc.freeze()
    if option("runner.postScriptGC"):
        gc.set_threshold(*THRESHOLDS)


def _there(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except ImportError:
        return False


def lacking() -> Iterator[Lack]:
    runner = member("streamlit.runtime.scriptrunner.script_runner", "ScriptRunner")
    needed = {name: _there(name) for name in ELEMENTS}
    needed["runner.postScriptGC"] = bool(option("runner.postScriptGC"))
    needed["ScriptRunner._on_script_finished: gc.collect"] = mentions(
        getattr(runner, "_on_script_finished", None), "gc", "collect"
    )
    yield from lacks_of("garbage", EFFECT, needed)
