"""What Streamlit and its server do not promise is used in the room of the seams alone."""

from __future__ import annotations

import ast
import re

import pytest
from sources import PACKAGE, name, program_files, text_of, tree

ROOM = PACKAGE / "web" / "seams"
PUBLIC = {"streamlit", "streamlit.typing", "streamlit.testing.v1"}


def outside(*suffixes):
    """Files of the program; tests and measurements look at the pages from the outside, as a browser does."""
    return [path for path in program_files(*suffixes) if ROOM not in path.parents]


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
            found += re.findall(r"^(?:streamlit|uvicorn)\.(?!css$|js$)[a-z_.]+$", node.value)
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


# How Streamlit's own page is reached into: names of its elements, and what of the browser is replaced.
DOM = re.compile(r"\bst(?:App|Main)\b|data-testid|data-test-|dataset\.test|\.st[A-Z]\w+")
REPLACED = re.compile(r"pushState|\bWebSocket\b|popstate\", \{|_stcore")


def test_streamlits_page_is_named_and_changed_in_the_seams_alone():
    wrong = {
        name(path): found
        for path in outside(".css", ".js", ".j2")
        if (found := [*DOM.findall(text := text_of(path)), *REPLACED.findall(text)])
    }
    wrong |= {name(path): found for path in outside(".py") if (found := named(tree(path)))}
    assert wrong == {}


def named(module: ast.Module) -> list[str]:
    """Names of Streamlit's page among the texts of a module."""
    texts = [n.value for n in ast.walk(module) if isinstance(n, ast.Constant) and isinstance(n.value, str)]
    return [found for text in texts for found in (*DOM.findall(text), *re.findall(r"^st[A-Z]\w+$|/_stcore", text))]


@pytest.mark.parametrize(
    "text",
    [
        ".stApp .pf { margin: 0; }",
        '[data-testid="stHtml"] { margin: 0; }',
        ".stMainBlockContainer { padding: 0; }",
        "history.pushState = () => {};",
        "window.WebSocket = class extends Plain {};",
        "app.dataset.testScriptState",
        'dispatchEvent(new PopStateEvent("popstate", { state: {} }));',
    ],
)
def test_the_guard_sees_what_reaches_into_streamlits_page(text):
    assert DOM.search(text) or REPLACED.search(text)


def test_the_guard_sees_names_of_the_page_in_python():
    text = 'tag("header", nav, "stAppHeader")\nPATH = "/_stcore/stream"'
    assert set(named(ast.parse(text))) == {"stAppHeader", "/_stcore"}


def test_the_keys_of_our_own_containers_are_no_seam():
    """Streamlit documents that a container's key becomes a class."""
    assert not DOM.search(".st-key-scope { gap: 0; }") and not REPLACED.search('addEventListener("popstate", look);')


def test_the_room_is_there_and_is_part_of_the_program():
    assert [path for path in program_files(".py") if ROOM in path.parents]
