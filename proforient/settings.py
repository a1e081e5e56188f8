"""Settings of a run: the environment comes in once, a frozen record goes out.

The names of the variables and their defaults are the contract with whoever operates the program.
"""

from __future__ import annotations

import ipaddress
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parseaddr
from pathlib import Path
from typing import Literal, get_args
from urllib.parse import urlsplit

from proforient.errors import Refused, WrongCall

PACKAGE = Path(__file__).resolve().parent
# In the checkout pages, catalogue and options stand at its top; the wheel has them inside the package.
SHIPPED = PACKAGE / "shipped"
INSTALLED = SHIPPED.is_dir()
ROOT = SHIPPED if INSTALLED else PACKAGE.parent

Mode = Literal["", "demo", "production"]
MailSecurity = Literal["tls", "starttls", "plain"]
# scheme of PROFORIENT_SMTP -> how the connection is closed to others, the usual port
_MAIL: Mapping[str, tuple[MailSecurity, int]] = {
    "smtps": ("tls", 465),
    "smtp": ("starttls", 587),
    "smtp+plain": ("plain", 25),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """Who takes letters: ``security`` is «plain» on this computer only; ``sender`` is the address they come from."""

    host: str
    port: int
    security: MailSecurity
    sender: str
    sender_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Where the data lie, which catalogue holds, and how the program is served."""

    data: Path
    secrets: Path
    catalogue: Path
    templates: Path  # the department's own templates of documents
    mode: Mode
    store: str  # empty: one DuckDB file in ``data``; else where the shared store of several servers is
    host: str
    port: int
    address: str  # «https://host/base» without a slash at the end; empty: not known
    demo_public: bool
    demonstration: str = ""  # address of a demonstration that is served beside, out of a folder of its own
    analysts: Path | None = None  # the file of the copy that analysts read; None: none is kept
    shared: Path | None = None  # folder of the shared store's tables and files, seen by every server
    mail: MailServer | None = None  # None: nothing is sent
    reads_only: bool = False  # the store's folder does not let anybody write

    @property
    def loopback(self) -> bool:
        return is_loopback(self.host)

    @property
    def signs_in(self) -> bool:
        """Whether one needs an account of the store; else one of four is chosen, without a password."""
        return self.mode == "production"

    @property
    def read_only(self) -> bool:
        """A demonstration that strangers can reach only reads, and so does whoever may not write into the folder."""
        return self.reads_only or (not self.signs_in and not self.loopback)


def is_loopback(host: str) -> bool:
    """Whether only this computer can reach ``host``; an empty host means every network card."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings of ``environment`` (``os.environ``); raises WrongCall on a value that cannot be."""
    env = os.environ if environment is None else environment
    config_home = env.get("XDG_CONFIG_HOME") or str(Path(env.get("HOME") or "~").expanduser() / ".config")
    data = _path(env, "PROFORIENT_DATA", _own_data(env))
    return Settings(
        data=data,
        secrets=_path(env, "PROFORIENT_SECRETS", Path(config_home) / "proforient"),
        catalogue=_path(env, "PROFORIENT_CATALOGUE", ROOT / "indicators.toml"),
        templates=_path(env, "PROFORIENT_TEMPLATES", data / "templates"),
        mode=_mode(env.get("PROFORIENT_MODE", "")),
        store=env.get("PROFORIENT_STORE", ""),
        shared=_path(env, "PROFORIENT_SHARED", data) if env.get("PROFORIENT_SHARED") else None,
        host=env.get("HOST") or "127.0.0.1",
        port=_port(env.get("PORT") or "8501"),
        address=_address(env, "PROFORIENT_ADDRESS"),
        demonstration=_address(env, "PROFORIENT_DEMO_ADDRESS"),
        analysts=_path(env, "PROFORIENT_ANALYSTS", data) if env.get("PROFORIENT_ANALYSTS") else None,
        mail=_mail(env),
        demo_public=env.get("PROFORIENT_DEMO_PUBLIC", "") == "1",
    )


def refuse_unsafe(settings: Settings) -> None:
    """Raise Refused where serving with these settings would open data to strangers."""
    if not settings.signs_in and not settings.loopback and not settings.demo_public:
        raise Refused(
            f"Без рабочего режима входят без пароля, а адрес HOST={settings.host} виден другим компьютерам. "
            "Уберите HOST, чтобы открыть только на этом компьютере, задайте PROFORIENT_MODE=production "
            "или PROFORIENT_DEMO_PUBLIC=1: тогда демонстрация откроется всем, но только для чтения."
        )


def _own_data(env: Mapping[str, str]) -> Path:
    """The checkout keeps data in itself; what is installed among libraries keeps nothing there."""
    if not INSTALLED:
        return ROOT / "data" / "local"
    data_home = env.get("XDG_DATA_HOME") or str(Path(env.get("HOME") or "~").expanduser() / ".local" / "share")
    return Path(data_home) / "proforient"


def _path(env: Mapping[str, str], name: str, default: Path) -> Path:
    given = env.get(name)
    return Path(given).expanduser().absolute() if given else default


def _mode(given: str) -> Mode:
    for mode in get_args(Mode):
        if given == mode:
            return mode  # type: ignore[no-any-return]  # get_args loses the literal's type
    raise WrongCall(f"PROFORIENT_MODE={given}: такого режима нет. Задайте demo или production либо уберите переменную.")


def _port(given: str) -> int:
    if given.isascii() and given.isdigit() and 0 < int(given) < 65536:
        return int(given)
    raise WrongCall(f"PORT={given}: ожидалось целое число от 1 до 65535, например 8501.")


def _mail(env: Mapping[str, str]) -> MailServer | None:
    given, server = env.get("PROFORIENT_SMTP", ""), env.get("PROFORIENT_MAIL_FROM", "")
    if not given:
        return None
    try:
        parts = urlsplit(given)
        security, usual = _MAIL[parts.scheme]
        host, port = parts.hostname or "", parts.port or usual
    except (KeyError, ValueError):
        host, port, security = "", 0, "tls"
    if not host or parts.username or parts.password or parts.path.strip("/"):
        raise WrongCall(
            f"PROFORIENT_SMTP={given}: ожидалось smtp://сервер:587 (STARTTLS) или smtps://сервер:465; логин и пароль "
            "пишут в smtp.toml в папке ключей."
        )
    if security == "plain" and not is_loopback(host):
        raise WrongCall(f"PROFORIENT_SMTP={given}: без шифрования письма отдают только своему компьютеру (127.0.0.1).")
    name, sender = parseaddr(server)
    if not re.fullmatch(r"[\w.+-]+@[A-Za-z0-9.-]+", sender) or not server.isprintable():
        raise WrongCall(
            f"PROFORIENT_MAIL_FROM={server}: ожидался адрес отправителя, например prof@edu.example.ru; с названием — "
            "адрес в угловых скобках после него."
        )
    return MailServer(host=host, port=port, security=security, sender=sender, sender_name=name)


def _address(env: Mapping[str, str], name: str) -> str:
    given = env.get(name, "")
    if not given:
        return ""
    parts = urlsplit(given)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        raise WrongCall(f"{name}={given}: ожидался полный адрес, например https://edu.example.ru/prof.")
    return given.rstrip("/")
