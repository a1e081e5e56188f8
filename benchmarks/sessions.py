"""A browser's session without a browser: opens the websocket, asks for reruns, reads what comes back."""

from __future__ import annotations

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

from proforient.access.cookies import NAME

LONGEST = 1 << 26
PATIENCE = 60


class Session:
    """One session; ``rerun`` gives the bytes that came over the wire, as they were before compression."""

    def __init__(self, address: str, *, page: str = "", query: str = "", cookie: str = "") -> None:
        self._page = page
        self._query = query
        self._socket = connect(
            address.replace("http://", "ws://") + "/_stcore/stream",
            subprotocols=["streamlit"],  # type: ignore[list-item]  # a str by another name
            max_size=LONGEST,
            open_timeout=PATIENCE,
            additional_headers={"Cookie": f"{NAME}={cookie}"} if cookie else None,
        )

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def rerun(self, query: str | None = None) -> int:
        """One run of the page to its end, at another ``query`` if given; AssertionError where the script failed."""
        self._query = self._query if query is None else query
        asked = BackMsg()
        asked.rerun_script.query_string = self._query
        asked.rerun_script.page_name = self._page
        self._socket.send(asked.SerializeToString())
        received = 0
        while True:
            message = self._socket.recv(timeout=PATIENCE)
            assert isinstance(message, bytes)
            received += len(message)
            told = ForwardMsg.FromString(message)
            if (
                told.WhichOneof("type") == "script_finished"
                and told.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
            ):
                assert told.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY, told.script_finished
                return received
