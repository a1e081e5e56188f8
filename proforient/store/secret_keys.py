"""Keys of this computer: outside the repository and the store, readable for their owner only."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

from proforient.errors import Refused

KEY_BYTES = 32  # random bytes of a key
CHAIN_KEY = "chain.key"


def key_of(folder: Path, name: str, *, called: str, remade: str) -> bytes:
    """The key ``name`` in ``folder``, made at the first need. Refused where that fails.

    ``called``: «Ключ сеансов»; ``remade``: what follows when a damaged one is deleted and made anew.
    """
    path = folder / name
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with contextlib.suppress(FileExistsError):
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w", encoding="ascii") as out:
                out.write(secrets.token_hex(KEY_BYTES))
        if path.stat().st_mode & 0o077:
            raise Refused(f"{called} {path} могут прочитать другие. Закройте его: chmod 600 {path}")
        key = bytes.fromhex(path.read_text(encoding="ascii"))
    except (OSError, ValueError) as error:
        raise Refused(
            f"{called} {path} не прочитать. Проверьте права на папку или задайте другую: PROFORIENT_SECRETS."
        ) from error
    if len(key) < KEY_BYTES:
        raise Refused(f"{called} {path} повреждён. Удалите его: при старте сделается новый, {remade}.")
    return key


def chain_key(folder: Path) -> bytes:
    """The key that signs the end of the chain of events."""
    return key_of(folder, CHAIN_KEY, called="Ключ журнала", remade="а verify напомнит о смене ключа")
