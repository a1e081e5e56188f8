"""The routes of the deck: ``/deck/new`` freezes a view and leads to ``/deck/TOKEN``, which stays as it is for ever."""

from __future__ import annotations

import io
import threading
from collections import OrderedDict
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit
from zoneinfo import ZoneInfo

import segno
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from proforient import snapshot as snapshots
from proforient.access.links import State, readable_code, state_of
from proforient.access.log_words import moved_on, names_of
from proforient.access.roles import Deed, Person
from proforient.catalogue.entries import Catalogue
from proforient.catalogue.read import catalogue_of
from proforient.charts import sentences
from proforient.charts.marks import Html
from proforient.errors import MovedOn, ProforientError, WrongCall
from proforient.monitoring import now
from proforient.settings import is_loopback
from proforient.store import facts, freezing
from proforient.store.basis import figures
from proforient.store.rows import Frozen
from proforient.store.snapshots import digest, new_token
from proforient.view import View, read_view, slides_of, to_query
from proforient.web import assets, plain
from proforient.web.choices import choices_of
from proforient.web.clock import moment_ru
from proforient.web.deck.page import page
from proforient.web.deck.slides import Story
from proforient.web.gate import who
from proforient.web.running import OpenApplication, running
from proforient.web.session import SEEN
from proforient.web.shelf import CHECKED, Item
from proforient.web.sides import comparison_of

MOST = 64  # decks whose bytes, or on a server that only reads the results themselves, are kept in memory
NOT_YOURS = "Доклад делает управление: в нём названы все организации. Попросите его прислать вам файл."
NO_CODE = (
    "Слайда с QR-кодом нет: программа открыта только на этом компьютере, с телефона её не открыть. "
    "Адрес для зала задаёт администратор программы."
)


class Guests(NamedTuple):
    """The link on which a hall sees the same results without signing in, and the code to type, where one holds."""

    token: str
    code: str


class Made(NamedTuple):
    """A deck's bytes, the policy of its page, and what it is called as a file."""

    item: Item
    policy: str
    name: str


_lock = threading.Lock()
_unsaved: OrderedDict[str, Frozen] = OrderedDict()
_made: OrderedDict[tuple[str, str, bool, Guests | None, ZoneInfo], Made] = OrderedDict()


async def new(request: Request) -> Response:
    """Freezes the view of the query string; the answer leads to the deck."""
    if request.headers.get("sec-fetch-site", "none") not in ("same-origin", "none"):
        return plain.answer(403, "Доклад открывается из программы", "Откройте нужную страницу и нажмите «Доклад».")
    base = request.url.path.removesuffix("/deck/new")
    try:
        person = await run_in_threadpool(who, request.headers)
        if person is None:
            return plain.nothing_here(f"{base}/login")
        if not person.may(Deed.PRESENT):
            return plain.answer(403, "Доклад не получился", NOT_YOURS, (("На первую страницу", f"{base}/"),))
        opened = await run_in_threadpool(running().open)
        token = await run_in_threadpool(_freeze, opened, request, person)
    except MovedOn as moved:
        text = await run_in_threadpool(_in_words, opened, moved, request.query_params.get("territory"))
        query = [(name, value) for name, value in request.query_params.multi_items() if name != SEEN]
        anew = ("Сделать доклад по новым числам", f"{base}/deck/new?{urlencode(query)}")
        back = ("Вернуться и посмотреть их", f"{base}/?{urlencode(query)}")
        return plain.answer(409, "Числа изменились, пока вы на них смотрели", text, (anew, back))
    except ProforientError as error:
        return plain.answer(503 if not isinstance(error, WrongCall) else 404, "Доклад не получился", str(error))
    return RedirectResponse(f"{base}/deck/{token}", status_code=303, headers={"cache-control": "no-store"})


async def show(request: Request) -> Response:
    """The deck of a token: one HTML file, the same at every request."""
    token, saved = request.path_params["token"], "save" in request.query_params
    base = request.url.path.removesuffix(f"/deck/{token}")
    try:
        opened = await run_in_threadpool(running().open)
        person = await run_in_threadpool(who, request.headers)
        mine = await run_in_threadpool(_may_see, opened, token, person)
        made = await run_in_threadpool(_deck, opened, token, base, saved) if mine else None
    except ProforientError as error:
        return plain.answer(503, "Доклад сейчас не открывается", str(error))
    if made is None:
        return plain.nothing_here(f"{base}/")
    response = await assets.answer(made.item, request.scope)
    response.headers["content-security-policy"] = made.policy
    response.headers["referrer-policy"] = "no-referrer"
    response.headers["x-robots-tag"] = "noindex, noarchive"
    response.headers["cache-control"] = "private, no-cache"
    if saved:
        assets.taken_away(response, made.name)
    return response


async def live(request: Request) -> Response:
    """From a deck to the same view with the figures as they are now: an address short enough to scan."""
    token = request.path_params["token"]
    base = request.url.path.removesuffix(f"/deck/{token}/live")
    try:
        opened = await run_in_threadpool(running().open)
        person = await run_in_threadpool(who, request.headers)
        mine = await run_in_threadpool(_may_see, opened, token, person)
        frozen = await run_in_threadpool(_frozen, opened, token) if mine else None
    except ProforientError as error:
        return plain.answer(503, "Страница сейчас не открывается", str(error))
    if frozen is None:
        return plain.nothing_here(f"{base}/")
    view = View(territory=frozen.territory, period=frozen.period, cohort=frozen.cohort)
    query = urlencode({name: value for name, value in to_query(view).items() if value})
    return RedirectResponse(f"{base}/?{query}", status_code=303, headers={"cache-control": "no-store"})


def _may_see(opened: OpenApplication, token: str, person: Person | None) -> bool:
    """A deck names organisations: it is for whoever may look at all of its territory, and of what is compared there."""
    frozen = _frozen(opened, token)
    if frozen is None or person is None or not person.may(Deed.PRESENT) or not person.reaches(frozen.territory):
        return False
    return all(map(person.reaches, _compared(frozen.body)))


@lru_cache(maxsize=MOST)
def _compared(body: str) -> frozenset[str]:
    """The territories of all sides."""
    found = snapshots.read(body).comparisons
    return frozenset(c.territory for one in found for side in one.sides for c in side.figures)


def _freeze(opened: OpenApplication, request: Request, person: Person) -> str:
    """The token of the frozen view; a server that only reads keeps it in memory."""
    query = {name: request.query_params.getlist(name) for name in request.query_params}
    choices = choices_of(opened, person)
    view, _ = read_view(query, choices)
    if view.territory is None or view.period is None or view.cohort is None:
        raise WrongCall("Для доклада нужны муниципалитет и период. Выберите их на странице «Обзор».")
    with opened.store.read() as reader:
        taken = snapshots.take(reader, opened.catalogue, view.period, territory=view.territory, cohort=view.cohort)
        put_in = (comparison_of(reader, opened.catalogue, choices, view, slide) for slide in slides_of(view))
        taken = replace(taken, comparisons=tuple(put_in))
    body, text = snapshots.text_of(taken), opened.catalogue.text
    if not opened.settings.read_only:
        seen = query.get(SEEN, [""])[0]
        mark = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 20 else None
        if mark is not None and mark > opened.store.mark:
            mark = None  # an address of before the store was put back
        with opened.store.write(person.login, based_on=mark, figures=False) as writer:
            homes = writer.reader.roster().homes
            writer.unless_moved(figures(view.period, view.territory, homes))
            return freezing.freeze(
                writer,
                period=view.period,
                territory=view.territory,
                cohort=view.cohort,
                body=body,
                catalogue=text,
                since=writer.reader.measures_changed(),
            ).token
    frozen = Frozen(
        id="",
        token=new_token(),
        period=view.period,
        territory=view.territory,
        cohort=view.cohort,
        sha256=digest(body),
        body=body,
        catalogue=text,
        at=now(),
        by="",
    )
    with _lock:
        same = next(
            (f for f in _unsaved.values() if (f.sha256, f.catalogue) == (frozen.sha256, frozen.catalogue)), frozen
        )
        _unsaved[same.token] = same
        while len(_unsaved) > MOST:
            _unsaved.popitem(last=False)
        return same.token


def _in_words(opened: OpenApplication, moved: MovedOn, territory: str | None) -> str:
    with opened.store.read() as reader:
        return moved_on(moved, names_of(reader), lambda at: moment_ru(at, reader.zone(territory)))


def _deck(opened: OpenApplication, token: str, base: str, saved: bool) -> Made | None:
    """Made once for each link to guests, since the figures never change."""
    frozen = _frozen(opened, token)
    if frozen is None:
        return None
    guests = _guests(opened, frozen)
    with opened.store.read() as reader:
        zone = reader.zone(frozen.territory)
        note = sentences.DEMONSTRATION if facts.invented(reader) else ""
    key = (token, base, saved, guests, zone)
    with _lock:
        made = _made.get(key)
    if made is not None:
        return made
    with opened.store.read() as reader:
        measures = tuple(reader.measures(frozen.territory, at=frozen.at))
    story = replace(_story(opened, frozen, base, guests, zone, note), measures=measures)
    written = page(story, base=base, saved=saved)
    made = Made(Item("deck.html", CHECKED, lambda: written.html.encode()), written.policy, story.file)
    with _lock:
        _made[key] = made
        while len(_made) > MOST:
            _made.popitem(last=False)
    return made


def _frozen(opened: OpenApplication, token: str) -> Frozen | None:
    with _lock:
        frozen = _unsaved.get(token)
    if frozen is not None:
        return frozen
    with opened.store.read() as reader:
        return reader.frozen(token)


def _guests(opened: OpenApplication, frozen: Frozen) -> Guests | None:
    """The newest link that holds and shows the same territory, period and cohort."""
    moment = now()
    with opened.store.read() as reader:
        every = reader.publications(territory=frozen.territory, period=frozen.period)
        codes = reader.hall_codes(moment)
    current = (p for p in every if p.cohort == frozen.cohort and state_of(p, every, moment) is State.CURRENT)
    found = next(current, None)
    if found is None:
        return None
    return Guests(found.token, next((code for code, (token, _) in codes.items() if token == found.token), ""))


def _story(
    opened: OpenApplication, frozen: Frozen, base: str, guests: Guests | None, zone: ZoneInfo, note: str
) -> Story:
    address = opened.settings.address
    hall = f"{address}/s/{guests.token}" if guests else f"{address}/deck/{frozen.token}/live"
    reachable = bool(address) and not is_loopback(urlsplit(address).hostname or "")
    return Story(
        snapshot=snapshots.read(frozen.body),
        catalogue=opened.catalogue if frozen.catalogue == opened.catalogue.text else _catalogue(frozen.catalogue),
        at=frozen.at,
        zone=zone,
        sha256=frozen.sha256,
        live=f"{address or base}/deck/{frozen.token}/live",
        home=hall if guests else address,
        code=code_of(hall) if reachable else Html(""),
        note=note,
        open_to_all=guests is not None,
        typed=f"{address}/k" if guests and guests.code else "",
        typed_code=readable_code(guests.code) if guests and guests.code else "",
        no_code="" if reachable else NO_CODE,
    )


@lru_cache(maxsize=8)
def _catalogue(text: str) -> Catalogue:
    """The catalogue of an older snapshot, as it was then."""
    return catalogue_of(text, "снимка")


def code_of(address: str) -> Html:
    """The address as a picture that phones read: error correction «m», four modules of quiet around."""
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        out, kind="svg", border=4, xmldecl=False, svgns=False, omitsize=True, svgclass="", lineclass="", title="QR-код"
    )
    return Html(out.getvalue().decode())
