"""The seams with Streamlit: what each needs is there; without it less works, the server starts and says so."""

import ast
import inspect
import json
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
import uvicorn
from serving import ROOT, environment, serve
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec
from test_uploads import put, send
from thinned import thinned

from proforient.web.seams import (
    addresses,
    bundles,
    connections,
    first_page,
    garbage,
    look,
    options,
    protocols,
    scripts,
    seam_list,
    sessions,
    uploads,
    words,
)
from proforient.web.seams.lacks import member
from proforient.web.upload_limits import CANNOT, MEGABYTE

ROOM = Path(seam_list.__file__).parent
LINES = ("Needs:", "Why:", "Without it:")
NO_SEAM = {"__init__", "__main__", "lacks", "seam_list"}
PARTS = {"protocols"}  # what another seam asks for


def seam_files():
    return [path for path in sorted(ROOM.glob("*.py")) if path.stem not in NO_SEAM]


# What Streamlit must have


@pytest.mark.parametrize("seam", seam_list.SEAMS)
def test_this_streamlit_has_all_that_the_seam_needs(seam):
    assert [str(lack) for lack in seam_list.SEAMS[seam]()] == []


@pytest.mark.parametrize("path", seam_files(), ids=lambda path: path.stem)
def test_a_seam_says_what_it_needs_why_and_what_is_without_it(path):
    said = ast.get_docstring(ast.parse(path.read_text("utf-8")))
    places = [said.find(f"\n{line} ") for line in LINES]
    assert -1 not in places and places == sorted(places)


def test_every_seam_of_the_room_is_asked():
    assert set(seam_list.SEAMS) == {path.stem for path in seam_files()} - PARTS


# Streamlit without something: what is taken away, the seam that misses it


def without(monkeypatch, place, name):
    parts = place.split(":")
    owner = member(parts[0], parts[1]) if len(parts) > 1 else sys.modules[parts[0]]
    monkeypatch.delattr(owner, name)


TAKEN = [
    ("streamlit.runtime", "get_instance", {"uploads", "sessions"}),
    ("streamlit.runtime.runtime:Runtime", "uploaded_file_mgr", {"uploads"}),
    ("streamlit.runtime.memory_uploaded_file_manager", "MemoryUploadedFileManager", {"uploads"}),
    ("streamlit.runtime.memory_uploaded_file_manager:MemoryUploadedFileManager", "remove_file", {"uploads"}),
    ("streamlit.runtime.uploaded_file_manager", "UploadedFileRec", {"uploads"}),
    ("streamlit.runtime.session_manager:SessionManager", "num_sessions", {"sessions"}),
    ("streamlit.web.server.starlette.starlette_routes", "BASE_ROUTE_UPLOAD_FILE", {"addresses"}),
    ("streamlit.runtime.scriptrunner.script_runner:ScriptRunner", "_on_script_finished", {"garbage"}),
    ("uvicorn.protocols.http.h11_impl:H11Protocol", "on_response_complete", {"connections"}),
    ("uvicorn:Server", "startup", {"connections"}),
]


@pytest.mark.parametrize(
    ("place", "name", "seams"),
    thinned(TAKEN),
    ids=lambda part: part if isinstance(part, str) else "-".join(sorted(part)),
)
def test_what_streamlit_no_longer_has_is_told_with_its_seam(monkeypatch, caplog, place, name, seams):
    without(monkeypatch, place, name)
    lacks = seam_list.lacking()
    assert {lack.seam for lack in lacks} == seams
    seam_list.tell()
    for lack in lacks:
        assert str(lack) in caplog.text and lack.effect.endswith(".")
    assert name in " ".join(lack.what for lack in lacks)


def test_a_module_that_is_gone_is_as_good_as_empty(monkeypatch):
    monkeypatch.setitem(sys.modules, "streamlit.runtime.session_manager", None)
    monkeypatch.setitem(sys.modules, "streamlit.web.server.starlette.starlette_routes", None)
    assert {lack.seam for lack in seam_list.lacking()} == {"sessions", "addresses"}


def test_an_option_that_streamlit_does_not_know_is_told_and_not_set(monkeypatch, tmp_path):
    file = tmp_path / "config.toml"
    file.write_text('[server]\nmaxUploadSize = 20\nwishes = 3\n[theme.light]\ndream = "#FFF"\n', "utf-8")
    monkeypatch.setattr(options, "FILE", file)
    assert [lack.what for lack in options.lacking()] == ["server.wishes", "theme.light.dream"]
    assert options.option("server.wishes") is None and options.option("server.maxUploadSize") == 20


# Uploads: what cannot be counted is not taken in


def test_streamlits_manager_is_counted_and_let_go_of(monkeypatch):
    manager = MemoryUploadedFileManager("/x")
    for session, code in (("one", "f"), ("one", "g"), ("two", "h")):
        manager.add_file(session, UploadedFileRec(file_id=code, name="a.csv", type="text/csv", data=b"12345"))
    monkeypatch.setattr("streamlit.runtime.get_instance", lambda: SimpleNamespace(uploaded_file_mgr=manager))
    assert uploads.manager() is manager and uploads.held_bytes(manager) == 15
    uploads.forget(SimpleNamespace(file_id="g"))
    assert uploads.held_bytes(manager, "one") == 5 and uploads.held_bytes(manager, "two") == 5


@pytest.mark.parametrize(
    "manager",
    [
        SimpleNamespace(),
        SimpleNamespace(uploaded_file_mgr=SimpleNamespace(files={}, remove_file=None)),
        SimpleNamespace(uploaded_file_mgr=SimpleNamespace(file_storage=[], remove_file=None)),
        SimpleNamespace(
            uploaded_file_mgr=SimpleNamespace(file_storage={"one": {"f": "/tmp/f"}}, remove_file=lambda **named: None)
        ),
    ],
)
def test_a_file_is_refused_with_words_where_no_limit_can_be_kept(monkeypatch, manager):
    monkeypatch.setattr("streamlit.runtime.get_instance", lambda: manager)
    answer = put(None, 10)
    assert answer.status == CANNOT and "не принимаются" in answer.text
    uploads.forget(SimpleNamespace(file_id="f"))  # and nothing fails


@pytest.mark.parametrize(
    ("method", "path"),
    [("PUT", "/pf/_stcore/send_file/one/f"), ("POST", "/pf/_stcore/upload_file/one/f"), ("PATCH", "/pf/elsewhere")],
)
def test_a_file_that_is_sent_to_an_unknown_address_is_refused(method, path):
    answer = send(SimpleNamespace(file_storage={}, remove_file=None), method, path, MEGABYTE)
    assert answer.status == CANNOT


def test_the_words_of_the_refusal_are_shown_by_the_page():
    assert f"s==={CANNOT}" in words.UPLOAD_FAILED


# Sessions: counted here where Streamlit does not say


def test_pages_that_were_left_lately_count_where_streamlit_does_not_say(monkeypatch):
    now = [1000.0]
    monkeypatch.setattr(sessions.time, "monotonic", lambda: now[0])
    monkeypatch.setattr("streamlit.runtime.exists", lambda: True)
    monkeypatch.setattr(
        "streamlit.runtime.get_instance", lambda: SimpleNamespace(_session_mgr=SimpleNamespace(num_sessions=lambda: 7))
    )
    assert sessions.session_count(3) == 7
    monkeypatch.setattr("streamlit.runtime.get_instance", lambda: SimpleNamespace())
    sessions._left.clear()
    for _ in range(5):
        sessions.note_closed_page()
    assert sessions.session_count(3) == 8
    now[0] += 2 * options.option("server.disconnectedSessionTTL") + 1
    assert sessions.session_count(3) == 3
    monkeypatch.setattr(connections, "_limits", connections.Limits(400, 10, 4))
    sessions.note_closed_page()
    assert connections.crowded(3) and not connections.crowded(2)


# Connections: uvicorn's own limit where ours cannot be put in its place


@pytest.mark.parametrize("gone", ["the module", "a method"])
def test_uvicorns_own_limit_holds_where_its_connections_are_not_as_known(monkeypatch, gone):
    config = uvicorn.Config(lambda scope, receive, send: None)
    config.load()
    if gone == "the module":
        monkeypatch.setattr(connections, "protocols", None)
    else:
        monkeypatch.delattr(protocols.H11Protocol, "on_response_complete")
    connections._set(config, connections.Limits(300, 32, 64))
    assert config.limit_concurrency == 300 and config.ws_max_size == 4_000_000
    assert config.http_protocol_class is not protocols.Connection
    monkeypatch.undo()
    connections._set(config, connections.Limits(300, 32, 64))
    assert config.http_protocol_class is protocols.Connection


def test_a_server_that_cannot_be_followed_is_left_alone(monkeypatch):
    monkeypatch.delattr(uvicorn.Server, "startup")
    connections.guard()
    assert not hasattr(uvicorn.Server, "startup")


# Files of Streamlit


def test_the_first_face_has_many_names_and_may_have_none():
    assert bundles.first_face({"/static/media/Roboto.woff2": 1}) is None
    assert bundles.first_face(bundles.files()) is not None


def test_the_first_page_is_told_from_other_answers():
    kind = (b"content-type", b"text/html; charset=utf-8")
    page = {"type": "http.response.start", "status": 200, "headers": [kind, (b"cache-control", b"no-cache")]}
    assert first_page.is_sent_by(page)
    assert not first_page.is_sent_by({**page, "headers": [kind, (b"cache-control", b"no-store")]})


def test_a_first_page_without_a_place_for_it_is_given_without_the_drawn_view():
    page = first_page.build()[0].decode()
    top, bottom = first_page.around(page, "<x>")
    assert "<x><title></title>" in top and "<script" not in top and "<script" in bottom
    for place in ('<div id="root">', '<html lang="ru">', "<title>"):
        assert first_page.around(page.replace(place, "<p>"), "") is None


def test_the_freeze_skips_what_is_gone(monkeypatch):
    held = []
    monkeypatch.setattr(garbage, "ELEMENTS", ("streamlit.elements.nowhere", "streamlit.nowhere.at_all"))
    monkeypatch.setattr(garbage.gc, "freeze", lambda: held.append("frozen"))
    monkeypatch.setattr(garbage.gc, "set_threshold", lambda *given: held.append(given))
    garbage.freeze()
    assert held == ["frozen", garbage.THRESHOLDS]
    monkeypatch.setattr(garbage, "option", lambda name: None)
    garbage.freeze()
    assert held == ["frozen", garbage.THRESHOLDS, "frozen"]


def test_what_the_addresses_are_for_is_what_streamlit_serves():
    place = "streamlit.web.server.starlette.starlette_websocket"
    assert member(place, "_ROUTE_WEBSOCKET_STREAM").startswith(addresses.CORE.strip("/"))
    assert f'"{addresses.PROTOCOL}"' in inspect.getsource(member(place, "_parse_subprotocols"))


def test_an_element_that_streamlit_calls_otherwise_is_told(monkeypatch, tmp_path):
    sheet = tmp_path / "streamlit.css"
    sheet.write_text(
        look.SHEET.read_text("utf-8") + '.stLozenge, [data-testid="stBaseKnob-primary"] { color: red; }', "utf-8"
    )
    monkeypatch.setattr(look, "SHEET", sheet)
    assert [lack.what for lack in look.lacking()] == ["stBaseKnob", "stLozenge"]


@pytest.mark.parametrize("what", scripts.TEXTS)
def test_a_way_of_streamlits_script_that_is_gone_is_told(tmp_path, what):
    folder = tmp_path / "static" / "js"
    folder.mkdir(parents=True)
    for path in (bundles.STATIC / "static" / "js").glob("index.*.js"):
        (folder / path.name).write_text(path.read_text("utf-8").replace(scripts.TEXTS[what], "gone"), "utf-8")
    assert [lack.what for lack in scripts.lacking(tmp_path)] in ([what], [what, "stSkeleton"])


# The whole server, with every seam torn

TORN = """
import importlib.abc, importlib.util, sys
from pathlib import Path

class Torn(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if not name.startswith("proforient.web.seams."):
            return None
        if name.endswith(".protocols"):
            raise ImportError("H11Protocol")
        sys.meta_path.remove(self)
        try:
            spec = importlib.util.find_spec(name)
        finally:
            sys.meta_path.insert(0, self)
        made = spec.loader.exec_module
        def exec_module(module):
            made(module)
            if name.endswith(".lacks"):
                module.member = lambda place, name: None
            if name.endswith(".bundles"):
                module.STATIC = Path({static!r})
                for reader in (module.files, module.texts, module.own_texts, module.lacking):
                    reader.__defaults__ = (module.STATIC,)
            if name.endswith(".garbage"):
                module.ELEMENTS = ("streamlit.elements.nowhere",)
            if name.endswith(".options"):
                module.FILE = Path({options!r})
        spec.loader.exec_module = exec_module
        return spec

sys.meta_path.insert(0, Torn())
"""


@pytest.fixture(scope="module")
def torn(tmp_path_factory):
    """The environment of a Python in which nothing that the seams need is there."""
    folder = tmp_path_factory.mktemp("torn")
    static = folder / "static"
    shutil.copytree(bundles.STATIC / "static" / "js", static / "static" / "js", ignore=shutil.ignore_patterns("[!T]*"))
    unknown = folder / "config.toml"
    unknown.write_text("[server]\nwishes = 3\n", "utf-8")
    text = TORN.replace("{static!r}", repr(str(static))).replace("{options!r}", repr(str(unknown)))
    (folder / "sitecustomize.py").write_text(text, "utf-8")
    return {"PYTHONPATH": str(folder)}


@pytest.mark.soak
def test_a_server_with_every_seam_torn_starts_and_says_so(torn, filled):
    with serve(filled, **torn) as server:
        assert server.health()[0] == 200
        assert server.send("GET", "/login").status == 200
        status, _, page = server.ask("/overview")
        assert status == 200 and b'<div id="root">' in page  # Streamlit's own
        sent = server.send("PUT", "/_stcore/upload_file/session/f", {"a": "b"}, cookie=server.cookie())
        assert sent.status == CANNOT and "не принимаются" in sent.text
        said = server.log.read_text("utf-8")
    for seam in seam_list.SEAMS:
        assert f"{seam}: в этой версии Streamlit нет" in said, seam
    told = subprocess.run(
        [sys.executable, "-m", "proforient", "doctor", "--json"],
        cwd=ROOT,
        env=environment(filled) | torn,
        capture_output=True,
        check=False,
    )
    doctor = json.loads(told.stdout)
    assert {line.partition(":")[0] for line in doctor["seams"]} == set(seam_list.SEAMS)
    assert not any("шв" in trouble for trouble in doctor["troubles"])
