"""The routes of guests: ``/s/TOKEN`` and ``/k``. Bytes are made once a minute for each link; no cookie is read."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from proforient import public
from proforient.access.links import CODE_LENGTH, CODE_SIGNS, State, state_of, successor, typed_code
from proforient.access.tries import Tries, one_try
from proforient.catalogue.read import catalogue_of
from proforient.charts.marks import Html
from proforient.errors import ProforientError
from proforient.monitoring import local_day, now
from proforient.settings import Settings, is_loopback
from proforient.store import facts
from proforient.store.rows import Publication
from proforient.web import assets, plain
from proforient.web.cache import Memory
from proforient.web.clock import moment_ru
from proforient.web.deck.handlers import code_of
from proforient.web.entrance import sign_in_origin
from proforient.web.fonts import base
from proforient.web.running import OpenApplication, running
from proforient.web.shelf import CHECKED, Item
from proforient.web.shown import open_data, visit_counts
from proforient.web.shown.deck import deck
from proforient.web.shown.page import PublicContents, csv_of, file_of, page
from proforient.wording import date_ru

HOLDS = 60  # seconds that a rendered page may be cached: its «проверено в …» is at most so old
# Wrong codes. There are 24**8 of them, 1.1e11: with twenty that hold at once an address that guesses day and night,
# 480,000 times, finds one with a probability of 1 in 11,000 a day; what it finds are figures that are made for guests.
# A hall behind one address mistypes some dozens, and there is no limit for all addresses, which anybody could use up.
BY_ADDRESS = Tries(most=5_000, seconds=15 * 60, at_once=50)
KINDS = {
    "save": "text/html",
    "deck-save": "text/html",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "parquet": open_data.FILES["parquet"],
    "datapackage": "application/json",
    "dataset": "application/ld+json",
}
# What is made for whoever asks: the file's ending, the bytes.
MADE: dict[str, tuple[str, Callable[[PublicContents], bytes]]] = {
    "csv": ("csv", csv_of),
    "parquet": ("parquet", open_data.parquet_of),
    "datapackage": ("json", open_data.datapackage),
    "dataset": ("jsonld", open_data.dataset),
}

NO_CODE = "Такого кода нет, или его время вышло. Проверьте знаки на экране."

_made = Memory(128)
_tokens = Memory(1)


class Gone(Exception):
    """The link shows nothing any more; ``text`` says why."""

    def __init__(self, heading: str, text: str) -> None:
        super().__init__(heading)
        self.heading, self.text = heading, text


async def show(request: Request) -> Response:
    """The page of a link, or with ``?save=1``, ``?data=`` and a key of ``KINDS`` a file of it."""
    token = request.path_params["token"]
    what = "save" if "save" in request.query_params else request.query_params.get("data", "")
    return await _answer(request, token, what)


async def slides(request: Request) -> Response:
    """The same as slides, for whoever shows a link to a hall."""
    what = "deck-save" if "save" in request.query_params else "deck"
    return await _answer(request, request.path_params["token"], what)


async def _answer(request: Request, token: str, what: str) -> Response:
    if what not in (*KINDS, "", "deck") or len(token) > 64:
        return plain.nothing_here(f"{base()}/")
    try:
        opened = running().already
        if opened is None:
            opened = await run_in_threadpool(running().open)
        # Unknown addresses are looked up in memory: whoever guesses them asks the store nothing and pushes out nobody.
        state = (opened.store, opened.store.commits)
        tokens = _tokens.peek(state) or await run_in_threadpool(_tokens.get, state, partial(_all_tokens, opened))
        if token not in tokens:
            return plain.nothing_here(f"{base()}/")
        moment = int(time.time()) // HOLDS
        key = (*state, moment, token, what)
        # A hall asks for the same bytes at once: a thread for each request would cost more than all the rest.
        found = _made.peek(key) or await run_in_threadpool(_made.get, key, partial(_make, opened, token, what))
    except Gone as gone:
        return _hidden_address(plain.answer(410, gone.heading, gone.text))
    except ProforientError as error:
        return plain.answer(503, "Снимок сейчас не открывается", str(error))
    if found is None:
        return plain.nothing_here(f"{base()}/")
    item, policy, name = found
    if request.method == "GET" and not what:
        visit_counts.count(token, request.headers)
    response = assets.response(item, request.headers)
    response.headers["content-security-policy"] = policy
    response.headers["cache-control"] = "public, no-cache"  # kept, and asked about each time: the state may change
    response.headers["referrer-policy"] = "no-referrer"
    response.headers["x-robots-tag"] = "noindex, noarchive"
    if what in KINDS:
        response.headers["content-type"] = KINDS[what]
        assets.taken_away(response, name)
    return response


def _all_tokens(opened: OpenApplication) -> frozenset[str]:
    with opened.store.read() as reader:
        return reader.publication_tokens()


def _make(opened: OpenApplication, token: str, what: str) -> tuple[Item, str, str] | None:
    """The bytes, their policy and the file's name; None where there is no such link; Gone where it is over."""
    with opened.store.read() as reader:
        publication = next(iter(reader.publications(token=token)), None)
        if publication is None:
            return None
        every = reader.publications(territory=publication.territory, period=publication.period)
        text = reader.catalogue_text(publication.catalogue)
        zone = reader.zone(publication.territory)
        invented = facts.invented(reader)
    _refuse_over(publication, every, zone)
    shown = _shown(opened, publication, every, text, zone, invented=invented)
    name, called = f"snapshot-{publication.number}", file_of(shown)
    if what == "json":
        body = publication.body.encode()
        return Item(f"{name}.json", CHECKED, lambda: body), plain.policy(""), called("json")
    if what in MADE:
        ending, make = MADE[what]
        content = make(shown)
        # What Frictionless reads must be called so.
        file_name = "datapackage.json" if what == "datapackage" else called(ending)
        return (
            Item(f"{name}.{'txt' if what == 'csv' else ending}", CHECKED, lambda: content),
            plain.policy(""),
            file_name,
        )
    made = deck(shown, saved=what == "deck-save") if "deck" in what else page(shown, saved=what == "save")
    item = Item(f"{name}.html", CHECKED, lambda: made.html.encode())
    for encoding in ("br", "gzip", ""):
        item.packed(encoding)
    return item, made.policy, called("html")


def _refuse_over(publication: Publication, every: list[Publication], zone: ZoneInfo) -> None:
    state = state_of(publication, every, now())
    made = date_ru(local_day(publication.made_at, zone))
    which = f"Снимок № {publication.number} от {made}"
    if state is State.WITHDRAWN:
        why = f" Причина: {publication.reason.rstrip('.')}." if publication.reason else ""
        raise Gone("Снимок отозван", f"{which} отозван тем, кто им поделился.{why} Чисел здесь больше нет.")
    if state is State.OVER:
        raise Gone("Срок ссылки вышел", f"{which} был открыт до назначенного дня. Попросите новую ссылку.")


def _shown(
    opened: OpenApplication,
    publication: Publication,
    every: list[Publication],
    text: str,
    zone: ZoneInfo,
    *,
    invented: bool,
) -> PublicContents:
    newer = successor(publication, every)
    address = address_of(opened.settings, publication.token)
    moment = moment_ru(now(), zone)
    return PublicContents(
        publication=publication,
        snapshot=public.read(publication.body),
        catalogue=opened.catalogue if text == opened.catalogue.text else catalogue_of(text, "снимка"),
        state=state_of(publication, every, now()),
        newer=newer,
        newer_address=f"{base()}/s/{newer.token}" if newer else "",
        address=address,
        code=code_of(address) if reachable(opened.settings) else Html(""),
        below=base(),
        checked=moment,
        zone=zone,
        invented=invented,
    )


def reachable(settings: Settings) -> bool:
    """Whether phones could open the program's address."""
    return bool(settings.address) and not is_loopback(urlsplit(settings.address).hostname or "")


def address_of(settings: Settings, token: str) -> str:
    """The full link; on a computer of one's own that computer's."""
    here = settings.address or f"http://{settings.host or '127.0.0.1'}:{settings.port}{base()}"
    return f"{here}/s/{token}"


async def code(request: Request) -> Response:
    """The page on which the code of a hall is typed."""
    if request.method == "GET":
        return _ask()
    length = request.headers.get("content-length", "")
    given = await request.form(max_files=0, max_fields=3) if length.isdigit() and int(length) < 1000 else {}
    typed = typed_code(str(given.get("code", ""))[:40])
    if len(typed) != CODE_LENGTH or not set(typed) <= set(CODE_SIGNS):
        return _ask(NO_CODE, status=404)  # no guess: no code looks like that
    try:
        async with one_try((BY_ADDRESS, sign_in_origin.address_of(request))) as made:
            if made is None:
                return _ask("С этого адреса набрано слишком много неверных кодов. Подождите 15 минут.", status=429)
            token = await run_in_threadpool(_token_of, typed)
            if token is None:
                made.wrong()
    except ProforientError as error:
        return plain.answer(503, "Сейчас нельзя", str(error))
    if token is None:
        return _ask(NO_CODE, status=404)
    return RedirectResponse(f"{base()}/s/{token}", status_code=303, headers={"cache-control": "no-store"})


def _token_of(typed: str) -> str | None:
    with running().open().store.read() as reader:
        found = reader.hall_codes(now()).get(typed)
    return found[0] if found else None


def _ask(wrong: str = "", status: int = 200) -> Response:
    text = "Введите код, который показан на экране. Вход не нужен."
    return _hidden_address(plain.answer(status, "Результаты по коду", text, template="shown/code.html.j2", wrong=wrong))


def _hidden_address(response: Response) -> Response:
    response.headers["referrer-policy"] = "no-referrer"
    return response
