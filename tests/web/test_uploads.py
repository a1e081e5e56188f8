"""Limits on what visitors can put into the server's memory."""

from types import SimpleNamespace

import pytest
from asgi import ask
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.routing import Route
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from proforient.web.seams.uploads import held_bytes
from proforient.web.upload_limits import ALL_SESSIONS, MEGABYTE, ONE_SESSION, UploadLimits


class Bytes:
    """Stands for so many bytes without holding them."""

    def __init__(self, size):
        self.size = size

    def __len__(self):
        return self.size


def holding(**sessions):
    return SimpleNamespace(
        file_storage={
            name: {str(n): SimpleNamespace(data=Bytes(size)) for n, size in enumerate(sizes)}
            for name, sizes in sessions.items()
        }
    )


async def take(request):
    return Response(str(len(await request.body())))


def send(manager, method, path, size, headers=None):
    app = Starlette(
        routes=[Route("/{path:path}", take, methods=["PUT", "POST", "DELETE"])],
        middleware=[Middleware(UploadLimits, base="/pf", manager=manager)],
    )
    announced = {"content-length": str(size)} if headers is None else headers
    return ask(app, method, path, announced, [b"x" * size])


def put(manager, size, session="one", **kwargs):
    return send(manager, "PUT", f"/pf/_stcore/upload_file/{session}/f", size, **kwargs)


def test_a_file_that_fits_passes_whole():
    assert put(holding(), 3 * MEGABYTE).text == str(3 * MEGABYTE)


def test_refuses_a_file_above_twenty_megabytes():
    answer = put(holding(), 21 * MEGABYTE)
    assert answer.status == 413
    assert "20 МБ" in answer.text


def test_refuses_more_than_a_session_may_hold_but_not_in_another_session():
    manager = holding(one=[ONE_SESSION - MEGABYTE])
    assert put(manager, 2 * MEGABYTE).status == 413
    assert put(manager, 2 * MEGABYTE, session="two").text == str(2 * MEGABYTE)


def test_refuses_more_than_all_sessions_together_may_hold():
    manager = holding(**{f"s{n}": [40 * MEGABYTE] for n in range(ALL_SESSIONS // (40 * MEGABYTE))})
    assert put(manager, MEGABYTE).status == 413


def test_refuses_a_file_that_does_not_say_its_size():
    assert put(holding(), 10, headers={}).status == 411


def test_ends_an_upload_that_sends_more_than_it_announced():
    with pytest.raises(ClientDisconnect):
        put(holding(), MEGABYTE, headers={"content-length": "10"})


def test_other_requests_are_left_alone():
    full = holding(one=[ONE_SESSION])
    assert send(full, "DELETE", "/pf/_stcore/upload_file/one/f", 0).status == 200
    assert send(full, "POST", "/pf/login", MEGABYTE).status == 200


def test_counts_what_streamlits_own_manager_holds():
    manager = MemoryUploadedFileManager("/x")
    manager.add_file("one", UploadedFileRec(file_id="f", name="a.csv", type="text/csv", data=b"12345"))
    assert held_bytes(manager, "one") == held_bytes(manager) == 5
    assert held_bytes(manager, "two") == 0
    manager.remove_file(session_id="one", file_id="f")
    assert held_bytes(manager) == 0


@pytest.mark.parametrize("size", [0, 1])
def test_a_tiny_file_passes(size):
    assert put(holding(), size).status == 200
