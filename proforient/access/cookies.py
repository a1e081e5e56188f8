"""The cookies of a session and of a device: signed by ``itsdangerous`` with a key outside repository and store."""

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
DEVICE = "proforient_device"
DEVICE_SECONDS = 365 * 24 * 3600
MOST_LOGINS = 8  # of one device
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


@dataclass(frozen=True, slots=True)
class Device:
    """A browser in which somebody was signed in: its number, and of whom by fingerprints of their logins."""

    number: str
    logins: tuple[str, ...]

    def knows(self, login: str) -> bool:
        return _fingerprint(login) in self.logins


class Devices:
    """Makes and reads the cookies of devices. Such a cookie opens nothing: it only says where guesses are counted."""

    def __init__(self, key: bytes) -> None:
        self._signer = URLSafeTimedSerializer(key, salt="device", signer_kwargs={"digest_method": sha256})

    def make(self, earlier: Device | None, login: str) -> str:
        """The cookie of a device on which now ``login`` is signed in as well; the newest logins are kept."""
        number = earlier.number if earlier else secrets.token_urlsafe(16)
        others = [known for known in (earlier.logins if earlier else ()) if known != _fingerprint(login)]
        return self._signer.dumps([number, [*others, _fingerprint(login)][-MOST_LOGINS:]])

    def read(self, cookie: str | None) -> Device | None:
        """None where it is forged, damaged or older than ``DEVICE_SECONDS``."""
        if not cookie or len(cookie) > 1000:
            return None
        try:
            number, logins = self._signer.loads(cookie, max_age=DEVICE_SECONDS)
            return Device(str(number), tuple(map(str, logins)))
        except (BadData, ValueError, TypeError):
            return None


def _fingerprint(login: str) -> str:
    return sha256(login.encode()).hexdigest()[:16]


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
