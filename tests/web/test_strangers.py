"""What anybody can do to the server without an account, and what it does to those who work: nothing."""

from __future__ import annotations

import asyncio
import logging
import re
import socket
import struct
import subprocess
import sys
import threading
import time
from contextlib import ExitStack, contextmanager

import pytest
import two_districts
import uvicorn
from serving import ROOT, Server, environment, free_port, serve
from starlette.websockets import WebSocket, WebSocketDisconnect
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from proforient.access.cookies import NAME
from proforient.web.repeats import FIRST, PERIOD, Repeats
from proforient.web.seams import connections, protocols
from proforient.web.strangers import Strangers

pytestmark = pytest.mark.xdist_group("strangers")

FILES, MANY = 512, 300  # of 512 files 192 are for connections, and 64 sessions have their files
PRODUCTION = {"PROFORIENT_MODE": "production"}
FORM = (
    b"POST %s HTTP/1.1\r\nHost: x\r\nSec-Fetch-Site: same-origin\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 900\r\n\r\n"
)
KINDS = {
    "idle": b"",
    "half of the headers": b"GET /login HTTP/1.1\r\nHost: x\r\n",
    "half of a body": FORM % b"/k" + b"code=",
    "a body for a page that is closed": FORM % b"/account" + b"old=",
    "an answer that is not taken": b"GET /static/%s HTTP/1.1\r\nHost: x\r\n\r\n",
    "no request at all": b"\x00\xff\r\n\r\n",
}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("strangers") / "data"
    two_districts.make(folder).close()
    with serve(folder, files=FILES, **PRODUCTION) as running:
        running.folder = folder
        yield running
    # What was counted is told at the end at the latest, and nothing of all this has filled the disk.
    log = running.log.read_text("utf-8")
    told = re.findall(r"Invalid HTTP request received(?:: ещё ([0-9]+) раз за минуту)?", log.replace("\u00a0", " "))
    assert sum(int(times or 1) for times in told) == MANY and len(told) < 25
    assert len(log.splitlines()) < 100 and "Traceback" not in log


def opened(server: Server, data: bytes) -> socket.socket:
    host, _, port = server.address.removeprefix("http://").partition(":")
    one = socket.create_connection((host, int(port)), timeout=10)
    one.sendall(data)
    return one


def heard(one: socket.socket) -> bytes:
    """How the answer begins; nothing where the server has let go."""
    try:
        return one.recv(12)
    except ConnectionError:
        return b""


def live(server: Server, cookie: str | None = None):
    headers = {"Cookie": f"{NAME}={cookie}"} if cookie else {}
    address = server.address.replace("http://", "ws://") + "/_stcore/stream"
    return connect(address, subprotocols=["streamlit"], additional_headers=headers, max_queue=None)


def asks(socket_) -> bool:
    """Whether the live page is answered."""
    asked = BackMsg()
    asked.rerun_script.query_string = ""
    socket_.send(asked.SerializeToString())
    return bool(socket_.recv(timeout=20))


def session(server: Server) -> str:
    reply = server.send("POST", "/login", {"login": "chief", "password": two_districts.PASSWORD})
    assert reply.status == 303
    return reply.cookie


def accounts_listed(server: Server) -> int:
    return subprocess.run(
        [sys.executable, "-m", "proforient", "account", "list"],
        cwd=ROOT, env=environment(server.folder, **PRODUCTION), capture_output=True, check=False,
    ).returncode  # fmt: skip


def test_whoever_hangs_up_leaves_one_line(server):
    before = server.log.read_text("utf-8")
    for begun in (FORM % b"/login" + b"login=x", FORM % b"/invitation/geheim" + b"password=x"):
        one = opened(server, begun)
        time.sleep(0.2)
        one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        one.close()
    time.sleep(0.3)
    lines = server.log.read_text("utf-8").removeprefix(before).splitlines()
    assert (
        len(lines) == 2 and "POST /login" in lines[0] and lines[1].endswith("передавался.") and "geheim" not in lines[1]
    )


@pytest.mark.parametrize("kind", KINDS)
def test_many_connections_silence_nothing(server, kind):
    stand_silent(server, KINDS[kind], MANY)


@pytest.mark.soak
@pytest.mark.parametrize("kind", KINDS)
def test_a_thousand_connections_silence_nothing_where_files_are_as_many_as_usual(tmp_path, kind):
    two_districts.make(tmp_path / "data").close()
    with serve(tmp_path / "data", files=1024, **PRODUCTION) as server:
        server.folder = tmp_path / "data"
        stand_silent(server, KINDS[kind], 1100)
        assert len(server.log.read_text("utf-8").splitlines()) < 100


def stand_silent(server: Server, data: bytes, many: int) -> None:
    if b"%s" in data:
        page = server.send("GET", "/", cookie=session(server)).text
        data %= next(path for path in re.findall(r"\./static/(js-[^\"]+)", page) if "react-dom" in path).encode()
    with ExitStack() as held, live(server, session(server)) as page:
        assert asks(page)
        for _ in range(many):
            held.enter_context(opened(server, data))
        assert server.send("GET", "/healthz").status == 200
        session(server)
        assert asks(page)  # a live page is not closed to make room
        if not data:
            assert accounts_listed(server) == 0


def test_many_live_connections_of_strangers_leave_room(server):
    with ExitStack() as held:
        for _ in range(80):  # each goes when it is told its end
            held.enter_context(live(server))
        assert server.send("GET", "/healthz").status == 200
    # Whoever was told and stays gives way.
    key = b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
    begun = b"GET /_stcore/stream HTTP/1.1\r\nHost: x\r\nConnection: upgrade\r\nUpgrade: websocket\r\n" + key
    with ExitStack() as held, live(server, session(server)) as page:
        for _ in range(MANY):
            assert heard(held.enter_context(opened(server, begun))) == b"HTTP/1.1 101"
        assert server.send("GET", "/healthz").status == 200 and asks(page)


@pytest.mark.soak
def test_more_live_pages_than_the_server_has_files_for_are_not_opened(server):
    cookies = [session(server) for _ in range(4)]
    ended = []
    with ExitStack() as held:
        for n in range(70):
            page = held.enter_context(live(server, cookies[n // 20]))
            try:
                assert asks(page)
            except ConnectionClosed as closed:
                ended.append(closed.rcvd.code)
        assert 6 <= len(ended) < 70 and set(ended) == {1013}
        assert server.send("GET", "/healthz").status == 200 and accounts_listed(server) == 0


def test_a_message_that_is_none_ends_the_live_page_without_a_word(server):
    with live(server, session(server)) as page, pytest.raises(ConnectionClosed):
        page.send("text")
        page.recv(timeout=20)
    assert server.send("GET", "/healthz").status == 200


@pytest.mark.parametrize("more", [{"x": "a" * 40_000}, {"cookie": "a=b; " * 8000}])
def test_a_head_too_long_is_not_read(server, more):
    assert server.send("GET", "/login", **more).status in (400, 431)


# Time: a server with our connections and a small application


@contextmanager
def small(monkeypatch, application, **seconds):
    for name, given in {"HEAD": 0.5, "BODY": 0.5, "STALLED": 0.5, "CLOSING": 0.5, "LOOK": 0.05, **seconds}.items():
        monkeypatch.setattr(connections if hasattr(connections, name) else protocols, name, given)
    connections.guard()
    port = free_port()
    config = uvicorn.Config(application, port=port, log_config=None, lifespan="off", ws="websockets-sansio")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield server, ("127.0.0.1", port)
    finally:
        server.should_exit = True
        thread.join()


async def echo(scope, receive, send):
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.accept"})
        await send({"type": "websocket.send", "text": (await receive())["text"]})
        return
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        size, more = size + len(message.get("body", b"")), message.get("more_body", False)
    await send({"type": "http.response.start", "status": 200, "headers": []})
    for _ in range(200 if scope["path"] == "/long" else 1):
        await send({"type": "http.response.body", "body": b"%d" % size + b" " * 100_000, "more_body": True})
    await send({"type": "http.response.body", "body": b""})


HEAD = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3000\r\n\r\n"


@pytest.mark.parametrize("data", [b"", b"GET / HTTP/1.1\r\n", HEAD, HEAD + b"x" * 50])
def test_who_sends_nothing_more_is_let_go(monkeypatch, data):
    with small(monkeypatch, echo) as (_, address), socket.create_connection(address, timeout=20) as one:
        one.sendall(data)
        assert one.recv(100) == b""  # the server has closed it


def test_a_body_may_be_slow_but_not_endless(monkeypatch):
    with small(monkeypatch, echo) as (_, address):
        with socket.create_connection(address, timeout=20) as steady:
            steady.sendall(HEAD)
            for _ in range(20):
                steady.sendall(b"x" * 150)
                time.sleep(0.1)  # 1,500 bytes a second, for two seconds
            assert steady.recv(100).startswith(b"HTTP/1.1 200")
        with socket.create_connection(address, timeout=20) as slow, pytest.raises(OSError):
            slow.sendall(HEAD)
            for _ in range(100):
                slow.sendall(b"x")
                time.sleep(0.1)


def test_who_takes_no_answer_is_let_go(monkeypatch):
    with small(monkeypatch, echo) as (server, address), socket.create_connection(address, timeout=20) as one:
        one.sendall(b"GET /long HTTP/1.1\r\nHost: x\r\n\r\n")
        end = time.monotonic() + 20
        while server.server_state.total_requests == 0 and not server.server_state.connections:
            time.sleep(0.05)
        while server.server_state.connections and time.monotonic() < end:
            time.sleep(0.05)
        assert not server.server_state.connections


def test_a_live_page_may_be_silent(monkeypatch):
    with small(monkeypatch, echo) as (_, address), connect(f"ws://{address[0]}:{address[1]}/") as page:
        time.sleep(1.5)
        page.send("still here")
        assert page.recv(timeout=20) == "still here"


def test_what_is_sent_to_a_live_page_that_is_gone_is_dropped(monkeypatch):
    gone, ends = threading.Event(), []

    async def talking(scope, receive, send):
        page = WebSocket(scope, receive, send)
        await page.accept()
        while not gone.is_set():
            await asyncio.sleep(0.01)
        for _ in range(20):
            await page.send_bytes(b"late")
            await asyncio.sleep(0.01)
        try:
            await page.receive_bytes()
        except WebSocketDisconnect as end:
            ends.append(end.code)

    with small(monkeypatch, Strangers(talking)) as (_, address):
        page = connect(f"ws://{address[0]}:{address[1]}/", legacy=True)
        page.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        page.socket.close()
        gone.set()
        end = time.monotonic() + 20
        while not ends and time.monotonic() < end:
            time.sleep(0.01)
    assert len(ends) == 1


@pytest.mark.parametrize(
    ("files", "held"), [(512, (192, 32, 64)), (1024, (384, 64, 128)), (100_000, (2000, 256, 2000))]
)
def test_connections_are_fewer_than_files(monkeypatch, files, held):
    monkeypatch.setattr(connections.resource, "getrlimit", lambda _: (files // 2, files))
    asked = []
    monkeypatch.setattr(connections.resource, "setrlimit", lambda _, given: asked.append(given))
    assert connections.limits() == held
    assert asked == ([(min(files, connections.MOST_FILES), files)] if files // 2 < connections.MOST_FILES else [])


# The log


def test_lines_that_repeat_are_counted(caplog):
    clock = [0.0]
    repeats = Repeats(lambda: clock[0])
    written = []
    repeats._write = lambda logger, record: written.append(record.getMessage().replace("\u00a0", " "))
    log = logging.getLogger("proforient.test")

    def write(text, error=None):
        record = log.makeRecord(log.name, 30, text[:4], 1, text, (), (type(error), error, None) if error else None)
        if repeats.passes(record):
            repeats._write(log, record)

    for number in range(4223):
        write(f"same {number}")
    write("other")
    for kind in (ValueError(), KeyError()):
        write("same again", kind)  # another fault is another line
    assert len(written) == FIRST + 3
    clock[0] = PERIOD
    repeats.tell()
    assert written[-1] == "same 4222: ещё 4 213 раз за минуту"
    write("same")
    assert written[-1] == "same"
