"""Passwords: argon2id by ``argon2-cffi`` with the costs of RFC 9106's second choice (64 MiB, three passes)."""

from __future__ import annotations

import threading
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from proforient.errors import Refused
from proforient.wording import counted

SHORTEST = 10  # signs of a password, at least
LONGEST = 200  # signs of a password, at most: hashing a longer one costs time
_hasher = PasswordHasher()
_at_once = threading.Semaphore(4)  # each takes 64 MiB for a moment: many at once would be an attack by themselves


def hashed(password: str, login: str = "") -> str:
    """The text to be kept; Refused where the password is too short, too long or the login itself."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise Refused(
            f"Пароль из {counted(len(password), 'signs', 'gen')}. Нужно от {SHORTEST} до {LONGEST}: "
            "проще всего три-четыре слова."
        )
    if login and login.casefold() in password.casefold() and len(password) < 2 * len(login) + SHORTEST:
        raise Refused("Пароль похож на логин. Придумайте другой: проще всего три-четыре слова.")
    if len(set(password)) < 5:
        raise Refused("В пароле меньше пяти разных знаков. Придумайте другой: проще всего три-четыре слова.")
    with _at_once:
        return _hasher.hash(password)


def fits(password: str, stored_hash: str) -> bool:
    """Whether this is the password; takes as long where there is no account (``stored_hash`` empty)."""
    with _at_once:
        try:
            return _hasher.verify(stored_hash or _nobody(), password[:LONGEST]) and bool(stored_hash)
        except (VerificationError, InvalidHashError):
            return False


def warm() -> None:
    """Before the first sign-in, which must not take longer where there is no account."""
    _nobody()


@cache
def _nobody() -> str:
    """What a password is compared with where there is no account; made by whoever lets people in, not by a command."""
    return _hasher.hash("nobody has this password")
