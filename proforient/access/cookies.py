"""The cookie of a session: signed by ``itsdangerous`` with a key outside the repository and the store."""

from __future__ import annotations

import contextlib
import os
import secrets
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from itsdangerous import BadData, URLSafeTimedSerializer

from proforient.errors import Refused

NAME = "proforient_session"
SECONDS = 12 * 3600
KEY_FILE = "session.key"
KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a cookie says: which session, of whom, at which version of the account."""

    session: str
    login: str
    version: int


class Cookies:
    """Makes and reads cookies with one key."""

    def __init__(self, key: bytes) -> None:
        self._signer = URLSafeTimedSerializer(key, salt="session", signer_kwargs={"digest_method": sha256})

    def make(self, login: str, version: int) -> str:
        """The cookie of a new session."""
        return self._signer.dumps([secrets.token_urlsafe(16), login, version])

    def read(self, cookie: str | None) -> Ticket | None:
        """None where it is forged, damaged or older than ``SECONDS``."""
        if not cookie or len(cookie) > 1000:
            return None
        try:
            session, login, version = self._signer.loads(cookie, max_age=SECONDS)
            return Ticket(str(session), str(login), int(version))
        except (BadData, ValueError, TypeError):
            return None


def key_of(folder: Path) -> bytes:
    """The key in ``folder``, made at the first start; readable for its owner only. Refused where that fails."""
    path = folder / KEY_FILE
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with contextlib.suppress(FileExistsError):
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w", encoding="ascii") as out:
                out.write(secrets.token_hex(KEY_BYTES))
        if path.stat().st_mode & 0o077:
            raise Refused(f"Ключ {path} могут прочитать другие. Закройте его: chmod 600 {path}")
        key = bytes.fromhex(path.read_text(encoding="ascii"))
    except (OSError, ValueError) as error:
        raise Refused(
            f"Ключ сеансов {path} не прочитать. Проверьте права на папку или задайте другую: PROFORIENT_SECRETS."
        ) from error
    if len(key) < KEY_BYTES:
        raise Refused(f"Ключ сеансов {path} повреждён. Удалите его: при старте сделается новый, все войдут заново.")
    return key
