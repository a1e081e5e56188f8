"""Letters by the department's own server of mail: one connection, each letter apart, what became of each.

``smtp.toml`` in the folder of keys: ``login``, ``password``; without it the server is not told who sends.
"""

from __future__ import annotations

import datetime as dt
import smtplib
import ssl
import tomllib
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

from proforient.errors import MovedOn, ProforientError, Refused
from proforient.monitoring import now
from proforient.settings import MailServer, Settings
from proforient.store import reminding
from proforient.store.store import Store

FILE = "smtp.toml"
SECONDS = 20  # seconds that one answer of the server may take
FAULTS = (smtplib.SMTPException, OSError, ValueError)
_DONE = range(200, 300)


class Dispatch(NamedTuple):
    """``why_not`` empty: the server took the letter. Not ``known``: it may have left, the answer never came."""

    why_not: str = ""
    known: bool = True


class Login(NamedTuple):
    login: str
    password: str


def login_of(settings: Settings) -> Login | None:
    """By whom the server knows the sender; Refused where the file cannot be used."""
    path = settings.secrets / FILE
    if not path.exists():
        return None
    _refuse_open(path)
    try:
        found = tomllib.loads(path.read_text("utf-8"))
        return Login(*(str(found[name]) for name in Login._fields))
    except (OSError, ValueError, KeyError) as error:
        raise Refused(f"Файл {path} не годится: нужны login и password.") from error


def _refuse_open(path: Path) -> None:
    if path.stat().st_mode & 0o077:
        raise Refused(f"Файл {path} могут прочитать другие. Закройте его: chmod 600 {path}")


def letter(server: MailServer, to: str, subject: str, text: str) -> EmailMessage:
    """ValueError where an address is none; what stands in ``subject`` and ``text`` makes no header."""
    made = EmailMessage(policy=SMTP)
    made["From"] = Address(server.sender_name, addr_spec=server.sender)
    made["To"] = Address(addr_spec=_ascii(to))
    made["Subject"] = " ".join("".join(sign if sign.isprintable() else " " for sign in subject).split())
    made["Date"] = format_datetime(now().replace(tzinfo=dt.UTC))
    made["Message-ID"] = make_msgid(domain=_domain(server.sender))
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(text, cte="base64")
    return made


class PostOffice:
    """A connection for as many letters as there are; Refused at the beginning where the server lets nobody in."""

    def __init__(self, server: MailServer, login: Login | None) -> None:
        self._server = server
        self._login = login
        self._connection: smtplib.SMTP | None = None

    def __enter__(self) -> PostOffice:
        try:
            self._connection = self._connected()
        except smtplib.SMTPAuthenticationError as error:
            raise Refused("Почтовый сервер не принял логин или пароль: проверьте smtp.toml в папке ключей.") from error
        except smtplib.SMTPNotSupportedError as error:
            raise Refused(
                "Почтовый сервер не умеет STARTTLS или вход по паролю: без шифрования ничего не отправлено."
            ) from error
        except ssl.SSLError as error:
            raise Refused("Сертификат почтового сервера не прошёл проверку: ничего не отправлено.") from error
        except FAULTS as error:
            where = f"{self._server.host}:{self._server.port}"
            raise Refused(f"Почтовый сервер {where} не отвечает: ничего не отправлено.") from error
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._leave()

    def post(self, message: EmailMessage) -> Dispatch:
        """Gives one letter to the server; a broken connection is made anew once, before anything of it was said."""
        to, sender = (message[field].addresses[0].addr_spec for field in ("To", "From"))
        try:
            connection = self._connection or self._connected()
            self._connection = connection
            connection.rset()
            refused = _refusal(connection.mail(sender)[0], "отправителя") or _refusal(connection.rcpt(to)[0], "адрес")
        except FAULTS:
            self._leave()
            return Dispatch("почтовый сервер перестал отвечать")
        if refused:
            return Dispatch(refused)
        try:
            return Dispatch(_refusal(connection.data(message.as_bytes())[0], "письмо"))
        except smtplib.SMTPDataError as error:
            return Dispatch(_refusal(error.smtp_code, "письмо"))
        except FAULTS:
            self._leave()
            return Dispatch("почтовый сервер не ответил: неизвестно, ушло ли письмо", known=False)

    def _connected(self) -> smtplib.SMTP:
        server, own = self._server, _domain(self._server.sender)
        trusted = ssl.create_default_context()
        if server.security == "tls":
            made: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, local_hostname=own, timeout=SECONDS, context=trusted
            )
        else:
            made = smtplib.SMTP(server.host, server.port, local_hostname=own, timeout=SECONDS)
        try:
            if server.security == "starttls":
                made.starttls(context=trusted)
            if self._login:
                made.login(*self._login)
            made.ehlo_or_helo_if_needed()
        except BaseException:
            made.close()
            raise
        return made

    def _leave(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            try:
                connection.quit()
            except FAULTS:
                connection.close()


class Reminding(NamedTuple):
    """Who reminds of what: ``mark`` is what he was shown, None where the newest decides."""

    store: Store
    office: PostOffice
    server: MailServer
    actor: str
    period: str
    mark: int | None


def remind(of: Reminding, organisation: str, email: str, subject: str, text: str) -> str:
    """Why it was not sent, empty where it was. It is taken in the store first, so that nobody sends it twice."""
    try:
        made = letter(of.server, email, subject, text)
        with of.store.write(of.actor, based_on=of.mark, figures=False) as writer:
            day = reminding.begin(writer, of.period, organisation, email)
    except MovedOn:
        return "отчёт за это время изменился: не отправлено"
    except ProforientError as error:
        return str(error)
    except ValueError:
        return "адрес не годится: не отправлено"
    begun, posted = of.store.mark, of.office.post(made)
    if posted.known:
        with of.store.write(of.actor, based_on=begun, figures=False) as writer:
            reminding.end(writer, of.period, organisation, email, day, posted.why_not)
    return posted.why_not


def _refusal(code: int, what: str) -> str:
    """Why the server did not take it, empty where it did; its own words may be anything and are not repeated."""
    if code in _DONE:
        return ""
    return f"сервер не принял {what} (ответ {code})" + ("" if code >= 500 else ", просит позже")


def _ascii(email: str) -> str:
    """The address with a Cyrillic domain in the form that every server knows."""
    own, _, domain = email.rpartition("@")
    return f"{own}@{domain.encode('idna').decode('ascii')}"


def _domain(email: str) -> str:
    return email.rpartition("@")[2]
