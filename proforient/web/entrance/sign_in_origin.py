"""Where somebody signs in from: a request comes in, the counters under which its password falls go out.

A login has a counter of its own at each device and address where it was signed in before, under which strangers'
guesses never fall: whoever guesses elsewhere cannot close it. Elsewhere three counters hold at once.
"""

from __future__ import annotations

import asyncio
import ipaddress
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from proforient.access.cookies import DEVICE, DEVICE_SECONDS, Device, Devices, key_of
from proforient.access.passwords import fits
from proforient.access.tries import Tries
from proforient.settings import Settings
from proforient.web.fonts import base
from proforient.web.gate import cookie_of

WINDOW = 15 * 60  # seconds within which tries are counted
KNOWN = Tries(most=20, seconds=WINDOW)  # tries for a login where it was signed in before
HERE = Tries(most=5, seconds=WINDOW)  # tries for a login at one address where it never was
BY_LOGIN = Tries(most=20, seconds=WINDOW)  # tries for a login at all such addresses: 1,920 guesses a day
BY_ADDRESS = Tries(most=100, seconds=WINDOW)  # tries for all logins from one address: many schools may sit behind it
OWN = Tries(most=5, seconds=WINDOW)  # tries on the page of one's own account

MOST_KNOWN = 10_000  # addresses from which somebody has signed in that are remembered

# Checking a password takes 64 MiB and two cores for a moment. Threads of its own, so that guesses wait for each other
# and not the pages for them; one more, so that no stranger stands before those who are known.
_strangers = ThreadPoolExecutor(2, thread_name_prefix="password")
_those_known = ThreadPoolExecutor(1, thread_name_prefix="password-known")

_known_addresses: OrderedDict[tuple[str, str], None] = OrderedDict()


@dataclass(frozen=True, slots=True)
class SignInOrigin:
    """``counters`` with the narrowest first; ``known``: the login was signed in here before."""

    counters: tuple[tuple[Tries, str], ...]
    known: bool

    async def fits(self, password: str, stored_hash: str) -> bool:
        """Whether this is the password."""
        threads = _those_known if self.known else _strangers
        return await asyncio.get_running_loop().run_in_executor(threads, fits, password, stored_hash)


def address_of(request: Request) -> str:
    """The address as it is counted: of IPv6 the network, since one house has 2**64 addresses of it."""
    given = request.client.host if request.client else ""
    try:
        address = ipaddress.ip_address(given.partition("%")[0])
    except ValueError:
        return given[:100]
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is None:
            return str(ipaddress.ip_network((address, 64), strict=False))
        return str(address.ipv4_mapped)
    return str(address)


def of(request: Request, login: str, settings: Settings) -> SignInOrigin:
    """Where ``login`` is being tried from."""
    address, device = address_of(request), _device(request, settings)
    if device is not None and device.knows(login):
        return SignInOrigin(((KNOWN, f"{login} {device.number}"),), known=True)
    if (login, address) in _known_addresses:
        return SignInOrigin(((KNOWN, f"{login} {address}"),), known=True)
    narrow = f"{login} {address}"
    return SignInOrigin(((HERE, narrow), (BY_LOGIN, login), (BY_ADDRESS, address)), known=False)


def remember(request: Request, response: Response, login: str, settings: Settings) -> None:
    """The login was signed in here: known for a year by a cookie, and until the next start by its address."""
    known = (login, address_of(request))
    _known_addresses[known] = None
    _known_addresses.move_to_end(known)
    while len(_known_addresses) > MOST_KNOWN:
        _known_addresses.popitem(last=False)
    response.set_cookie(
        DEVICE,
        _devices(settings).make(_device(request, settings), login),
        max_age=DEVICE_SECONDS,
        path=base() or "/",
        secure=settings.address.startswith("https:"),
        httponly=True,
        samesite="lax",
    )


def _device(request: Request, settings: Settings) -> Device | None:
    return _devices(settings).read(cookie_of(request.headers, DEVICE))


def _devices(settings: Settings) -> Devices:
    return _devices_of(settings.secrets)


@lru_cache(maxsize=4)
def _devices_of(secrets: Path) -> Devices:
    return Devices(key_of(secrets))
