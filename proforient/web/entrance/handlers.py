"""The routes of the entrance. Each change is a POST of a plain form, answered by 303 and, where it fits, a cookie."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from proforient.access import accounts
from proforient.access.cookies import NAME, SECONDS, Ticket
from proforient.access.roles import ROLES, Person, Role
from proforient.access.tries import one_try
from proforient.errors import ProforientError, Refused
from proforient.monitoring import now, territory_name
from proforient.store import accounts as rows
from proforient.store.rows import AccountRow
from proforient.web import people, plain
from proforient.web.entrance import pages, provider, sign_in_origin
from proforient.web.fonts import base
from proforient.web.gate import cookie_of
from proforient.web.register import first_page
from proforient.web.running import OpenApplication, running, without_administrator
from proforient.wording import capital

FIRST_DELAY, LONGEST_DELAY = 0.1, 2.0  # seconds that a wrong password costs, twice as many each time
LONGEST_ADDRESS = 2_000  # signs of the page that was asked for
LONGEST_FORM = 10_000  # bytes of a form

NOTES = {
    True: "Открытая демонстрация: числа учебные, только чтение.",
    False: "Демонстрация на этом компьютере: в сеть она не открыта.",
}


def inside(where: str) -> str:
    """An address of this program below its base, or empty: nobody is led elsewhere."""
    parts = urlsplit(where)
    plainly = where.startswith("/") and where.isprintable() and not where.startswith("//") and "\\" not in where
    return where if plainly and not parts.scheme and not parts.netloc else ""


def home(person: Person, where: str) -> str:
    """Where one lands: the page that was asked for, else the first that the role opens."""
    wanted = inside(where)
    if wanted.split("#")[0] in ("", "/"):
        return f"{base()}/{first_page(person).url_path}"
    return base() + wanted


async def login(request: Request) -> Response:
    """The form, and what it sends."""
    try:
        opened = await run_in_threadpool(running().open)
        if request.method == "POST":
            return await _signed_in(request, opened)
        where = request.query_params.get("next", "")[:LONGEST_ADDRESS]
        return await run_in_threadpool(_form, opened, where)
    except ProforientError as error:
        return plain.answer(503, "Войти сейчас нельзя", str(error))


def _form(opened: OpenApplication, where: str) -> Response:
    if without_administrator(opened):
        return pages.not_begun()
    if opened.settings.signs_in:
        return pages.sign_in(where, provider=provider.provider_of(opened.settings) is not None)
    found = people.accounts(opened)
    return pages.pick(where, list(found.values()), names(opened, found.values()), NOTES[opened.settings.read_only])


def names(opened: OpenApplication, found: Iterable[AccountRow]) -> dict[str, str]:
    """What each account is called for a person."""
    with opened.store.read() as reader:
        called = reader.roster().names
    words = {Role.ADMINISTRATOR: "Администратор", Role.DEPARTMENT: "Специалист управления", Role.HEAD: "Руководитель"}
    return {a.login: words.get(Role(a.role)) or called.get(a.organisation or "", a.login) for a in found}


async def _signed_in(request: Request, opened: OpenApplication) -> Response:
    given = await fields(request)
    name, password = given.get("login", "").strip().lower()[:200], given.get("password", "")[:1000]
    if not name or not password:
        return pages.sign_in(given.get("next", ""), wrong=pages.WRONG, status=403)  # nothing was tried
    known = await run_in_threadpool(people.accounts, opened)
    account = next((a for a in known.values() if name in (a.login, a.email)), None)
    # By the account, or its login and its e-mail would each have tries of their own.
    place = sign_in_origin.of(request, account.login if account else name, opened.settings)
    stored_hash = account.password if account and opened.settings.signs_in else ""
    async with one_try(*place.counters) as made:
        if made is None:
            return pages.sign_in(given.get("next", ""), wrong=pages.CLOSED, status=429)
        right = await place.fits(password, stored_hash)
        count = 0 if right else made.wrong()
        if right:
            made.right()
    if not right or account is None:
        await asyncio.sleep(min(LONGEST_DELAY, FIRST_DELAY * 2 ** (count - 1)))
        await run_in_threadpool(_note_failure, opened, account)
        return pages.sign_in(given.get("next", ""), wrong=pages.WRONG, status=403)
    return await run_in_threadpool(entered, opened, account, given.get("next", ""), request)


def _note_failure(opened: OpenApplication, account: AccountRow | None) -> None:
    """A wrong password of an account that exists is in the log; what else was typed is not: it may be a password."""
    if account is not None and not opened.settings.read_only:
        with opened.store.write(account.login, based_on=None, figures=False) as writer:
            writer.log("account.refused", f"account/{account.login}", {})


async def demo(request: Request) -> Response:
    """One of the four accounts, without a password; there is no such thing in production."""
    try:
        opened = await run_in_threadpool(running().open)
        given = await fields(request)
        known = {} if opened.settings.signs_in else await run_in_threadpool(people.accounts, opened)
        account = known.get(given.get("account", ""))
        if account is None:
            return plain.nothing_here(f"{base()}/login")
        return await run_in_threadpool(entered, opened, account, given.get("next", ""))
    except ProforientError as error:
        return plain.answer(503, "Войти сейчас нельзя", str(error))


def entered(opened: OpenApplication, account: AccountRow, where: str, request: Request | None = None) -> Response:
    """The session begins: a cookie, and the page that was asked for; where ``request`` came from is remembered."""
    if not opened.settings.read_only:
        with opened.store.write(account.login, based_on=None, figures=False) as writer:
            writer.log("account.signed_in", f"account/{account.login}", {})
    person = accounts.person_of(account)
    answered = RedirectResponse(home(person, where), status_code=303, headers={"cache-control": "no-store"})
    if request is not None:
        sign_in_origin.remember(request, answered, account.login, opened.settings)
    _set(answered, people.cookies(opened.settings).make(account.login, account.version), SECONDS)
    return answered


def _set(response: Response, value: str, seconds: int) -> None:
    response.set_cookie(
        NAME,
        value,
        max_age=seconds,
        path=base() or "/",
        secure=running().settings.address.startswith("https:"),
        httponly=True,
        samesite="lax",
    )


async def logout(request: Request) -> Response:
    """Ends this session, or with «everywhere» every one of the account; gone at once wherever it is open."""
    given = await fields(request)
    try:
        opened = await run_in_threadpool(running().open)
        ticket = people.cookies(opened.settings).read(cookie_of(request.headers))
        if ticket is not None:
            await run_in_threadpool(_end, opened, ticket, "everywhere" in given)
    except ProforientError as error:
        return plain.answer(503, "Выйти сейчас нельзя", str(error))
    answered = RedirectResponse(f"{base()}/login", status_code=303, headers={"cache-control": "no-store"})
    _set(answered, "", 0)
    return answered


def _end(opened: OpenApplication, ticket: Ticket, everywhere: bool) -> None:
    if people.person_with(opened, ticket) is None:
        return
    if opened.settings.read_only:
        people.end_here(ticket.session)
        return
    moment = now()
    with opened.store.write(ticket.login, based_on=None, figures=False) as writer:
        if everywhere and opened.settings.signs_in:
            rows.end_sessions(writer, ticket.login)
        else:
            ends = moment + dt.timedelta(seconds=SECONDS)
            rows.end_session(writer, ticket.login, ticket.session, ends_at=ends, at=moment)


async def account(request: Request) -> Response:
    """One's own account: who, the ways out, another password."""
    try:
        opened = await run_in_threadpool(running().open)
        person = await run_in_threadpool(people.person_by, opened, cookie_of(request.headers))
        if person is None:
            return RedirectResponse(f"{base()}/login", status_code=303)
        given = await fields(request) if request.method == "POST" else {}
        wrong = await _own_password(opened, person, given) if given and opened.settings.signs_in else ""
        return await run_in_threadpool(_account, opened, person, given, wrong)
    except ProforientError as error:
        return plain.answer(503, "Сейчас нельзя", str(error))


async def _own_password(opened: OpenApplication, person: Person, given: dict[str, str]) -> str:
    """Why the password that is to be changed does not fit; empty where it does."""
    mine = (await run_in_threadpool(people.accounts, opened))[person.login]
    place = sign_in_origin.SignInOrigin(((sign_in_origin.OWN, person.login),), known=True)
    async with one_try(*place.counters) as made:
        if made is None:
            return "Слишком много неверных попыток. Подождите 15 минут и попробуйте снова."
        if not await place.fits(given.get("old", ""), mine.password):
            made.wrong()
            return "Нынешний пароль не подходит."
        made.right()
    return ""


def _account(opened: OpenApplication, person: Person, given: dict[str, str], wrong: str) -> Response:
    found = people.accounts(opened)
    name = person.login if opened.settings.signs_in else names(opened, found.values())[person.login]
    if person.territory and not person.organisation:
        name = f"{name} · {territory_name(person.territory)}"
    if not given or not opened.settings.signs_in:
        return pages.account(person, name, own_password=opened.settings.signs_in)
    if wrong:
        return pages.account(person, name, wrong=wrong, own_password=True)
    if given.get("password", "") != given.get("again", ""):
        return pages.account(person, name, wrong=pages.UNLIKE, own_password=True)
    try:
        with opened.store.write(person.login, based_on=None, figures=False) as writer:
            accounts.set_password(writer, person.login, given.get("password", ""), now())
    except Refused as refused:
        return pages.account(person, name, wrong=str(refused), own_password=True)
    return entered(opened, people.accounts(opened)[person.login], "")


async def invitation(request: Request) -> Response:
    """A link that a school was sent instead of a password: it sets one, once."""
    token = request.path_params["token"]
    try:
        opened = await run_in_threadpool(running().open)
        given = await fields(request) if request.method == "POST" else None
        return await run_in_threadpool(_invitation, opened, token, given, request)
    except ProforientError as error:
        return plain.answer(503, "Сейчас нельзя", str(error))


def _invitation(opened: OpenApplication, token: str, given: dict[str, str] | None, request: Request) -> Response:
    with opened.store.read() as reader:
        login = accounts.invited(reader, token, now())
    if login is None:
        return pages.used_up()
    whom, by = _invites(opened, people.accounts(opened)[login])
    if given is None:
        return pages.invitation(token, login, whom=whom, by=by)
    if given.get("password", "") != given.get("again", ""):
        return pages.invitation(token, login, whom=whom, by=by, wrong=pages.UNLIKE)
    try:
        with opened.store.write(login, based_on=None, figures=False) as writer:
            if accounts.invited(writer.reader, token, now()) is None:  # a second click came between
                return pages.used_up()
            accounts.set_password(writer, login, given.get("password", ""), now())
    except Refused as refused:
        return pages.invitation(token, login, whom=whom, by=by, wrong=str(refused))
    return entered(opened, people.accounts(opened)[login], "", request)


def _invites(opened: OpenApplication, account: AccountRow) -> tuple[str, str]:
    """Who is invited, an organisation or a role, and by which department."""
    by = f"Управление образования: {territory_name(account.territory)}" if account.territory else "Администратор"
    with opened.store.read() as reader:
        called = reader.roster().names
    return called.get(account.organisation or "") or capital(ROLES[Role(account.role)]), by


async def fields(request: Request) -> dict[str, str]:
    """The fields of a form; a body too long for one is none."""
    length = request.headers.get("content-length", "")
    if not length.isdigit() or int(length) > LONGEST_FORM:
        return {}
    form = await request.form(max_files=0, max_fields=20)
    return {name: value for name, value in form.items() if isinstance(value, str)}
