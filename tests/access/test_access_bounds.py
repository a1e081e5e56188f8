"""How long, how many, how far: each bound of a link, a code, an invitation and an account from both of its sides."""

from __future__ import annotations

import datetime as dt

import pytest
import two_districts
from two_districts import MOMENT, NORTH, REGION

from proforient.access import accounts, links
from proforient.errors import Refused, WrongCall

SECOND = dt.timedelta(seconds=1)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    made = two_districts.make(tmp_path_factory.mktemp("bounds") / "data")
    yield made
    made.close()


def publish(store, **more):
    return two_districts.publish(store, territory=REGION, **more)


@pytest.mark.parametrize(
    ("fits", "over", "refused"),
    [
        ({"title": "а" * 140}, {"title": "а" * 141}, Refused),
        ({"note": "а" * 600}, {"note": "а" * 601}, Refused),
        ({"days": 3660}, {"days": 3661}, WrongCall),
        ({"days": 1}, {"days": 0}, WrongCall),
        ({"days": None}, {"days": -1}, WrongCall),
    ],
)
def test_what_a_link_may_say_and_how_long_it_holds(store, fits, over, refused):
    made = publish(store, **fits)
    days = fits.get("days")
    assert made.ends_at == (MOMENT + dt.timedelta(days=days) if days else None)
    assert {name: getattr(made, name) for name in fits.keys() - {"days"}} == {
        k: v for k, v in fits.items() if k != "days"
    }
    with pytest.raises(refused):
        publish(store, **over)


def test_a_correction_is_of_a_snapshot_of_the_same_place(store):
    first = publish(store)
    assert publish(store, corrects=first.number).corrects == first.number
    for number, territory in ((first.number, NORTH), (first.number + 1000, REGION)):
        with pytest.raises(WrongCall, match="исправлять нечего"):
            two_districts.publish(store, territory=territory, corrects=number)


def test_the_reason_of_a_withdrawal_has_600_signs_at_most(store):
    made = publish(store)
    with pytest.raises(Refused, match="601"), store.write("head", based_on=None, figures=False) as writer:
        links.withdraw(writer, made.number, reason="а" * 601, at=MOMENT)
    with store.write("head", based_on=None, figures=False) as writer:
        links.withdraw(writer, made.number, reason="а" * 600, at=MOMENT)


def test_the_code_of_a_hall_has_eight_signs_and_holds_for_twelve_hours(store):
    made = publish(store)
    with store.write("head", based_on=None, figures=False) as writer:
        code, ends = links.new_code(writer, made, MOMENT)
    assert (len(code), ends) == (8, MOMENT + dt.timedelta(hours=12))
    with store.read() as reader:
        assert code in reader.hall_codes(ends - SECOND) and code not in reader.hall_codes(ends)


def test_an_invitation_holds_for_fourteen_days(store):
    with store.write("chief", based_on=None, figures=False) as writer:
        token = accounts.invite(writer, "north-head", MOMENT)
    ends = MOMENT + dt.timedelta(days=14)
    assert len(token) == 32
    with store.read() as reader:
        assert accounts.invited(reader, token, ends - SECOND) == "north-head"
        assert accounts.invited(reader, token, ends) is None
        assert accounts.invited(reader, token[:-1], MOMENT) is None


def made(store, **more):
    given = {"login": "school-7", "role": "head", "territory": NORTH, "at": MOMENT} | more
    with store.read() as reader:
        return accounts.new(reader, **given)


@pytest.mark.parametrize("login", ["abc", "a" * 40, "5.b-c_d", " School-5 "])
def test_logins_that_are_taken(store, login):
    assert made(store, login=login).login == login.strip().lower()


@pytest.mark.parametrize("login", ["ab", "a" * 41, "-abc", "школа", "a b c", "demo-head", ""])
def test_logins_that_are_refused(store, login):
    with pytest.raises(Refused, match="Логин"):
        made(store, login=login)


@pytest.mark.parametrize(
    ("email", "taken"),
    [
        ("a@b.ru", True),
        ("a" * 64 + "@b.ru", True),
        ("a" * 65 + "@b.ru", False),
        ("a@b.r", False),
        ("a@b." + "r" * 24, True),
        ("a@b." + "r" * 25, False),
        ("a b@c.ru", False),
        ("", True),
    ],
)
def test_addresses_that_are_taken(store, email, taken):
    if taken:
        assert made(store, email=email).email == email
    else:
        with pytest.raises(Refused, match="не адрес"):
            made(store, email=email)


@pytest.mark.parametrize(
    ("more", "whose"),
    [
        ({"role": "administrator", "territory": ""}, ("", None)),
        ({"role": "administrator"}, (NORTH, None)),
        ({"role": "organisation", "territory": "", "organisation": "south-oak"}, (two_districts.SOUTH, "south-oak")),
        ({"role": "department", "territory": REGION}, (REGION, None)),
    ],
)
def test_whose_an_account_is(store, more, whose):
    account = made(store, **more)
    assert (account.territory, account.organisation) == whose
    assert (account.version, account.active, account.password) == (1, True, "")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"role": "guest"}, "Роли"),
        ({"role": "chief"}, "Роли"),
        ({"role": "head", "territory": ""}, "Укажите территорию"),
        ({"role": "department", "territory": ""}, "Укажите территорию"),
        ({"territory": "Нигде"}, "нет в реестре"),
        ({"organisation": "south-oak"}, "Уберите"),
        ({"role": "organisation"}, "нет в реестре"),
        ({"role": "organisation", "organisation": "nobody"}, "nobody"),
    ],
)
def test_what_does_not_fit_together(store, more, said):
    with pytest.raises(WrongCall, match=said):
        made(store, **more)


def test_the_four_of_the_demonstration_are_of_a_school_where_there_is_one(store):
    with store.read() as reader:
        register = reader.organisations()
    told = [(a.login, a.territory, a.organisation) for a in accounts.demonstration(register, NORTH, MOMENT)]
    assert told == [
        ("demo-department", "", None),
        ("demo-head", "", None),
        ("demo-organisation", NORTH, "north-cedar"),
        ("demo-administrator", "", None),
    ]
    assert [a.login for a in accounts.demonstration([], NORTH, MOMENT)] == [
        "demo-department", "demo-head", "demo-administrator",
    ]  # fmt: skip
