"""What Streamlit and its server do not promise is used in the room of the seams alone."""

from __future__ import annotations

import ast
import re

import pytest
from sources import PACKAGE, ROOT, kept_files, name, program_files, tree

ROOM = PACKAGE / "web" / "seams"
PUBLIC = {"streamlit", "streamlit.typing", "streamlit.testing.v1"}
# A measuring client that speaks to the server as a browser does, and what is read of a server under test.
OUTSIDE = {"benchmarks/sessions.py"}


def outside(*suffixes):
    return [
        path
        for path in kept_files()
        if path.suffix in suffixes
        and path.relative_to(ROOT).parts[0] in ("proforient", "pages", "app.py", "benchmarks")
        and ROOM not in path.parents
        and name(path) not in OUTSIDE
    ]


def private(module: ast.Module) -> list[str]:
    """What of Streamlit beside its public names, and what of uvicorn, a module imports, reads or names as a text."""
    found = []
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names if foreign(alias.name)]
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in ("streamlit", "uvicorn"):
            found += [node.module] if foreign(node.module) else [a.name for a in node.names if inner(a.name)]
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "st":
            found += [f"st.{node.attr}"] if inner(node.attr) else []
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found += re.findall(r"^(?:streamlit|uvicorn)\.[a-z_.]+$", node.value)
    return found


def foreign(module: str) -> bool:
    return module.split(".")[0] == "uvicorn" or (module.split(".")[0] == "streamlit" and module not in PUBLIC)


def inner(attribute: str) -> bool:
    return attribute.startswith("_") or attribute in (
        "runtime",
        "config",
        "proto",
        "elements",
        "delta_generator",
        "web",
    )


def test_nothing_private_of_streamlit_or_uvicorn_is_used_outside_the_seams():
    wrong = {name(path): found for path in outside(".py") if (found := private(tree(path)))}
    assert wrong == {}


@pytest.mark.parametrize(
    "text",
    [
        "from streamlit.runtime.scriptrunner import get_script_run_ctx",
        "from streamlit import runtime",
        "import streamlit.config",
        "import uvicorn",
        "def late():\n    from uvicorn.protocols.http.h11_impl import H11Protocol",
        "st.runtime.get_instance()",
        "st._config",
        "name = 'streamlit.elements.plotly_chart'",
    ],
)
def test_the_guard_sees_what_is_private(text):
    assert private(ast.parse(text)) != []


def test_the_guard_lets_pass_what_is_public():
    text = "import streamlit as st\nfrom streamlit.testing.v1 import AppTest\nst.session_state\nst.get_option('x')\n"
    assert private(ast.parse(text)) == []


def test_the_room_is_there_and_is_part_of_the_program():
    assert [path for path in program_files(".py") if ROOM in path.parents]
