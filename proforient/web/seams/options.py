"""The options of ``.streamlit/config.toml``: what they ask for, and what the server was started with.

Needs: every option of that file, some of which Streamlit does not document or marks as hidden.
Why: colours, faces, the way everything is said to be refused, and the limits of one upload are set there.
Without it: the option has no effect and reads as not set; Streamlit says so itself when it starts.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

import streamlit as st

from proforient.settings import ROOT
from proforient.web.seams.lacks import Lack, lacks_of

FILE = ROOT / ".streamlit" / "config.toml"
EFFECT = "Эта настройка из .streamlit/config.toml не действует."


def option(name: str) -> Any | None:
    """The value that holds now, whether from the file, the command line or by itself; None for an unknown option."""
    try:
        return st.get_option(name)
    except RuntimeError:
        return None


def lacking() -> Iterator[Lack]:
    asked = {*option_names(tomllib.loads(FILE.read_text("utf-8"))), "server.baseUrlPath", "runner.postScriptGC"}
    names = sorted(asked)  # order: names of options
    yield from lacks_of("options", EFFECT, {name: _known(name) for name in names})


def option_names(table: Mapping[str, Any], before: str = "") -> Iterator[str]:
    """The options of a file of settings, by their full names."""
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from option_names(value, f"{before}{name}.")
        else:
            yield before + name


def _known(name: str) -> bool:
    try:
        st.get_option(name)
    except RuntimeError:
        return False
    return True
