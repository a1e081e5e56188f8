"""The cookies of a session and of a device: signed by ``itsdangerous`` with a key outside repository and store."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from itsdangerous import BadData, URLSafeTimedSerializer

from proforient.store import secret_keys

NAME = "proforient_session"
SECONDS = 12 * 3600  # seconds that a session's cookie holds: a working day
DEVICE = "proforient_device"
DEVICE_SECONDS = 365 * 24 * 3600  # seconds that a device is remembered: a year
MOST_LOGINS = 8  # logins remembered on one device
KEY_FILE = "session.key"


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
    return secret_keys.key_of(folder, KEY_FILE, called="Ключ сеансов", remade="все войдут заново")
