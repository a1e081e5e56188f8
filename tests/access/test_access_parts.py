"""Passwords, tries, cookies, the states of a link, typed codes: each part by itself."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import stat
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proforient.access import links, passwords
from proforient.access.cookies import Cookies, Devices, key_of
from proforient.access.links import State, state_of, successor, typed_code
from proforient.access.log_words import CodeNames, actor_name, in_reach
from proforient.access.roles import POLICY, ROLES, Deed, Person, Role, demand
from proforient.access.tries import Tries, one_try
from proforient.errors import Refused
from proforient.monitoring import Event, Organisation
from proforient.store.rows import Publication
from proforient.store.snapshots import digest

REGION, NORTH, SOUTH = "Край", "Край / Север", "Край / Юг"
DAY = dt.datetime(2026, 5, 11, 9, 0)


def school(code, territory):
    return Organisation(code=code, name=code, kind="school", levels=("basic",), territory=territory)


# Roles


def test_the_table_is_complete_and_guests_may_nothing():
    assert set(POLICY) == set(Deed) and set(ROLES) == set(Role)
    assert not any(Role.GUEST in who for who in POLICY.values())
    assert POLICY[Deed.ACCOUNTS] == {Role.ADMINISTRATOR}
    assert Role.HEAD not in POLICY[Deed.REVIEW] | POLICY[Deed.PLAN] | POLICY[Deed.SUBMIT]


@pytest.mark.parametrize(
    ("person", "reached"),
    [
        (Person(login="a", role=Role.ADMINISTRATOR), {None, "", REGION, NORTH, SOUTH}),
        (Person(login="r", role=Role.DEPARTMENT, territory=REGION), {REGION, NORTH, SOUTH}),
        (Person(login="n", role=Role.HEAD, territory=NORTH), {NORTH}),
        (Person(login="s", role=Role.ORGANISATION, territory=NORTH, organisation="n1"), set()),
    ],
)
def test_how_far_a_person_reaches(person, reached):
    assert {place for place in (None, "", REGION, NORTH, SOUTH) if person.reaches(place)} == reached
    assert person.reaches("Край / Северный") is (person.territory in ("", REGION) and not person.organisation)
    homes = {"n1": NORTH, "n2": NORTH, "s1": SOUTH}
    mine = {code for code, home in homes.items() if person.reaches_organisation(school(code, home))}
    assert mine == ({"n1"} if person.organisation else {code for code, home in homes.items() if home in reached})


def test_what_is_not_allowed_or_out_of_reach_is_refused_with_a_sentence():
    head = Person(login="n", role=Role.HEAD, territory=NORTH)
    demand(head, Deed.APPROVE, NORTH)
    for deed, whose in (
        (Deed.PLAN, NORTH),
        (Deed.APPROVE, SOUTH),
        (Deed.APPROVE, None),
        (Deed.JUDGE, school("s1", SOUTH)),
    ):
        with pytest.raises(Refused, match=r"\w"):
            demand(head, deed, whose)


# The log

WHO = {
    "all": Person(login="a", role=Role.ADMINISTRATOR),
    "region": Person(login="r", role=Role.DEPARTMENT, territory=REGION),
    "north": Person(login="n", role=Role.HEAD, territory=NORTH),
    "school": Person(login="s", role=Role.ORGANISATION, territory=NORTH, organisation="n1"),
}


@pytest.mark.parametrize(
    ("about", "detail", "seen"),
    [
        ("organisation/n1", {}, {"all", "region", "north"}),
        ("organisation/s1", {}, {"all", "region"}),
        ("organisation/gone", {}, {"all"}),  # nobody knows where it was
        ("submission/7", {"organisations": {"n1": 2, "n2": 4}}, {"all", "region", "north"}),
        ("submission/7", {"organisations": {"n1": 2, "s1": 4}}, {"all", "region"}),
        ("organisation/s1", {"organisations": ["n1"], "territory": NORTH}, {"all", "region"}),
        ("account/head", {}, {"all", "region", "north"}),
        ("account/chief", {}, {"all"}),
        ("account/nobody", {}, {"all"}),
        ("period/2024", {"territory": NORTH}, {"all", "region", "north"}),
        ("period/2024", {"territory": SOUTH}, {"all", "region"}),
        ("period/2024", {"territory": None}, {"all"}),
        ("chain/1", {}, {"all"}),
    ],
)
def test_a_line_of_the_log_is_seen_by_whom_it_concerns(about, detail, seen):
    names = CodeNames(
        organisations={}, homes={"n1": NORTH, "n2": NORTH, "s1": SOUTH}, accounts={"head": NORTH, "chief": ""},
        catalogue=None,
    )  # fmt: skip

    def event(actor):
        return Event(
            id="1", at=DAY, chain="c", actor=actor, action="x", object=about, detail=json.dumps(detail), previous="",
            hash="",
        )  # fmt: skip

    assert {name for name, person in WHO.items() if in_reach(event("somebody"), person, names)} == seen
    assert all(in_reach(event(person.login), person, names) for person in WHO.values())  # one's own deeds


def test_who_did_it_is_named_as_he_is_known():
    logins = ("system", "demo-head", "demo-nobody", "ivanova")
    assert [actor_name(login) for login in logins] == ["программа", "руководитель", "demo-nobody", "ivanova"]


# Passwords


def test_a_password_fits_itself_only_and_its_text_tells_nothing():
    kept = passwords.hashed("река камень облако")
    assert kept.startswith("$argon2id$") and "река" not in kept
    assert passwords.fits("река камень облако", kept)
    assert not passwords.fits("река камень облакo", kept) and not passwords.fits("", kept)
    assert passwords.hashed("река камень облако") != kept  # each with a salt of its own


@pytest.mark.parametrize(
    "password",
    [
        *("", "коротко", "а" * 20, "ivanovka-5", "x" * 201, "abababababab", "абвгдежзи", "абвгдежзик" * 20 + "л"),
        *("абвгабвгабвг", "Ivanovka-5 и это всё о школе, а"[:29]),
    ],
)
def test_weak_passwords_are_refused(password):
    with pytest.raises(Refused):
        passwords.hashed(password, "ivanovka-5")


@pytest.mark.parametrize(
    "password", ["абвгдежзик", "абвгдежзик" * 20, "абвгдабвгд", "Ivanovka-5 и это всё о школе, а"[:30]]
)
def test_passwords_at_the_edge_of_weak_ones_are_taken(password):
    assert passwords.fits(password, passwords.hashed(password, "ivanovka-5"))


@pytest.mark.parametrize("kept", ["", "plain", "$argon2id$broken", "$2b$12$abcdefghijklmnopqrstuv"])
def test_what_is_no_hash_fits_nothing(kept):
    assert not passwords.fits("река камень облако", kept)


# Tries


def made(*counters, right, calls=1):
    """So many tries at once; of each True where it was made, False where the door was closed."""

    async def one():
        async with one_try(*counters) as door:
            await asyncio.sleep(0)  # others come in between
            if door is not None:
                door.right() if right else door.wrong()
            return door is not None

    async def all_of_them():
        return await asyncio.gather(*(one() for _ in range(calls)))

    return asyncio.run(all_of_them())


def test_after_the_last_wrong_try_the_door_is_closed_for_a_while():
    clock = [0.0]
    tries = Tries(most=3, seconds=60, clock=lambda: clock[0])
    one, two = (tries, "one"), (tries, "two")
    assert [made(one, right=False)[0] for _ in range(5)] == [True, True, True, False, False]
    assert made(two, right=False) == [True]
    clock[0] = 59.9
    assert made(one, right=True) == [False]
    clock[0] = 60
    assert made(one, right=False) + made(one, right=False) + made(one, right=True) == [True] * 3
    assert [made(one, right=False)[0] for _ in range(4)] == [True, True, True, False]  # the right one forgave


def test_wrong_ones_at_once_are_no_more_than_one_after_another_and_right_ones_all_pass():
    tries = Tries(most=5, seconds=60)
    assert made((tries, "guessed"), right=False, calls=100).count(True) == 5
    assert made((tries, "hall"), right=True, calls=100).count(True) == 100


def test_a_closed_counter_closes_a_try_that_falls_under_several():
    narrow, wide = Tries(most=2, seconds=60), Tries(most=5, seconds=60)
    for name in "abc":
        made((narrow, name), (wide, "all"), right=False, calls=4)
    assert wide.closed("all") and made((narrow, "d"), (wide, "all"), right=True) == [False]
    assert made((narrow, "d"), (wide, "others"), right=True) == [True]


def test_a_try_that_breaks_off_takes_no_place():
    tries = Tries(most=1, seconds=60)

    async def broken():
        async with one_try((tries, "one")):
            raise ValueError

    for _ in range(3):
        with pytest.raises(ValueError):
            asyncio.run(broken())
    assert made((tries, "one"), right=True) == [True] and not tries.full("one")


def test_guessing_under_many_names_does_not_fill_the_memory():
    tries = Tries(most=3, seconds=60)
    for number in range(10_050):
        tries.count(f"name-{number}")
    assert len(tries._wrong) == 10_000 and not tries._under_way


# Cookies


def test_a_cookie_says_who_and_is_read_by_its_own_key_only(tmp_path):
    cookies = Cookies(key_of(tmp_path / "one"))
    made = cookies.make("head", 3)
    ticket = cookies.read(made)
    assert ticket and (ticket.login, ticket.version) == ("head", 3) and len(ticket.session) >= 20
    assert cookies.read(cookies.make("head", 3)).session != ticket.session
    assert Cookies(key_of(tmp_path / "two")).read(made) is None
    assert Cookies(key_of(tmp_path / "one")).read(made) == ticket


@given(st.text(max_size=200))
def test_no_text_is_a_cookie(text):
    assert Cookies(b"k" * 32).read(text) is None


def test_one_changed_sign_is_seen():
    cookies = Cookies(b"k" * 32)
    made = cookies.make("head", 1)
    for n in range(len(made) - 1):
        other = "A" if made[n] != "A" else "B"
        assert cookies.read(made[:n] + other + made[n + 1 :]) is None


@pytest.mark.parametrize(
    ("kind", "hours"), [("session", 12), ("device", 365 * 24)], ids=["of a session", "of a device"]
)
def test_a_cookie_grows_old(monkeypatch, kind, hours):
    made_at = int(time.time())
    clock = [made_at]
    monkeypatch.setattr(time, "time", lambda: clock[0])
    cookies = Cookies(b"k" * 32) if kind == "session" else Devices(b"k" * 32)
    made = cookies.make("head", 1) if kind == "session" else cookies.make(None, "head")
    clock[0] = made_at + hours * 3600
    assert cookies.read(made) is not None
    clock[0] = made_at + hours * 3600 + 1
    assert cookies.read(made) is None


def test_the_key_is_made_once_and_kept_from_others(tmp_path):
    folder = tmp_path / "keys"
    key = key_of(folder)
    assert key_of(folder) == key and len(key) == 32
    path = folder / "session.key"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600 and stat.S_IMODE(folder.stat().st_mode) == 0o700
    path.chmod(0o640)
    with pytest.raises(Refused, match="chmod"):
        key_of(folder)
    path.chmod(0o600)
    for spoilt in ("", "zz", "ab"):
        path.write_text(spoilt)
        with pytest.raises(Refused):
            key_of(folder)


def test_a_device_is_known_by_its_cookie_and_says_nothing_of_who_was_there(tmp_path):
    devices = Devices(key_of(tmp_path))
    first = devices.read(devices.make(None, "head"))
    assert first.knows("head") and not first.knows("chief")
    both = devices.read(devices.make(first, "chief"))
    assert both.number == first.number and both.knows("head") and both.knows("chief")
    assert "head" not in devices.make(first, "chief") and not any("head" in known for known in both.logins)
    many = both
    for number in range(20):
        many = devices.read(devices.make(many, f"school-{number}"))
    assert [many.knows(f"school-{number}") for number in range(20)] == [False] * 12 + [True] * 8
    assert not many.knows("head")
    again = devices.read(devices.make(many, "school-12"))  # the newest of eight now, and there once
    assert again.logins[:-1] == many.logins[1:] and again.logins[-1] == many.logins[0]
    for wrong in (
        None,
        "",
        "x",
        "x" * 2000,
        Devices(b"k" * 32).make(None, "head"),
        Cookies(key_of(tmp_path)).make("head", 1),
    ):
        assert devices.read(wrong) is None


# Links


def publication(number, **more):
    given = {
        "number": number, "token": f"t{number}", "snapshot_id": 1, "period": "2022", "territory": NORTH,
        "cohort": "all", "title": "", "note": "", "catalogue": "", "sha256": digest(""), "body": "", "corrects": None,
        "made_at": DAY, "made_by": "head", "ends_at": None, "withdrawn_at": None, "reason": "",
    }  # fmt: skip
    return Publication(**given | more)


def test_the_states_of_a_link():
    one, two = publication(1), publication(2)
    other = publication(3, cohort="disability")
    assert state_of(one, [one], DAY) is State.CURRENT
    assert state_of(one, [one, two, other], DAY) is State.SUPERSEDED and successor(one, [one, two, other]) == two
    assert state_of(two, [one, two, other], DAY) is State.CURRENT
    fixed = publication(4, corrects=1)
    assert state_of(one, [one, fixed], DAY) is State.CORRECTED
    gone = publication(5, withdrawn_at=DAY)
    assert state_of(gone, [one, gone], DAY) is State.WITHDRAWN
    assert state_of(one, [one, gone], DAY) is State.CURRENT  # what was taken back supersedes nothing
    assert state_of(one, [one, publication(6, corrects=1, withdrawn_at=DAY)], DAY) is State.CURRENT
    over = publication(7, ends_at=DAY)
    assert state_of(over, [over], DAY) is State.OVER
    assert state_of(over, [over], DAY - dt.timedelta(seconds=1)) is State.CURRENT


def test_codes_are_typed_by_people():
    assert typed_code(" авгд-2345 ") == "АВГД2345" and typed_code("ABEK–MHPC") == "АВЕКМНРС"
    assert links.readable_code("АВГД2345") == "АВГД-2345"
    assert typed_code("збч") == "364"
    assert not set("0О1ЗБИЙЧЁЪЫ") & set(links.CODE_SIGNS)  # nothing that is heard or seen as another


def test_what_several_servers_count_is_one_number():
    """``told`` is the table of all; a right try on one of them is forgiven on the others, a later wrong one counts."""
    clock, told = [0.0], {}
    servers = [Tries(most=4, seconds=60, clock=lambda: clock[0]) for _ in range(2)]
    for one in servers:
        one.count_together(b"secret")

    def meet(one):
        handed = one.hand_over()
        for key in handed.forgiven:
            told.pop(key, None)
        for key, ages in handed.wrong.items():
            told.setdefault(key, []).extend(clock[0] - age for age in ages)
        one.count("while it is under way")
        one.take(handed, [(key, [clock[0] - at for at in times]) for key, times in told.items()])

    first, second = servers
    for one in (first, first, second, second):
        one.count("oak")
    assert not first.closed("oak") and not second.closed("oak")
    meet(first)
    meet(second)
    meet(first)
    assert first.closed("oak") and second.closed("oak") and not first.closed("lime")
    assert [one.count("while it is under way") for one in servers] == [3, 2], "nothing is lost, nothing counts twice"
    assert "oak" not in repr(told)
    first.forget("oak")
    meet(first)
    meet(second)
    assert not second.closed("oak") and second.count("oak") == 1
    clock[0] = 61.0
    assert second.count("oak") == 1
