"""«Доступ»: roles and places are changed there, by whom and how far; whoever came last is seen."""

from __future__ import annotations

import datetime as dt

import pytest
from page_words import button, words

from proforient.access import accounts
from proforient.access.roles import Person, Role
from proforient.errors import Refused
from proforient.monitoring import now
from proforient.store import accounts as rows
from proforient.store import reminding
from proforient.web import running

PLACE = "Челябинская область / Нязепетровский муниципальный район"
ELSEWHERE = "Забайкальский край / ЗАТО п. Горный"
CHIEF = Person(login="chief", role=Role.ADMINISTRATOR)
LOCAL = Person(login="local", role=Role.ADMINISTRATOR, territory=PLACE)
PASSWORD = "корабль песок фонарь"


def said(at):
    return words(at).replace("\u00a0", " ")


def test_many_accounts_are_searched_and_shown_fifty_at_a_time(page, staff):
    with staff.write("operator", based_on=None) as writer:
        for number in range(60):
            login, email = f"school-{number}", f"{number}@school.example"
            rows.add(
                writer, accounts.new(writer.reader, login=login, role="head", territory=PLACE, at=now(), email=email)
            )

    def shown(**view):
        at = page("accounts", person=CHIEF, **view)
        listed = [
            b.key.removeprefix("accounts-change-") for b in at.button if (b.key or "").startswith("accounts-change-")
        ]
        return at, listed

    at, first = shown()
    assert "Показаны 1–50 из 6" in said(at) and first.index("school-2") < first.index("school-10")
    _, rest = shown(part="2")
    assert not set(first) & set(rest) and {f"school-{n}" for n in range(60)} <= {*first, *rest}
    at, found = shown(find="59@school")
    assert found == ["school-59"] and "Найдено: 1 из 6" in said(at)


@pytest.fixture
def staff(store):
    """Two administrators, one of them of a single territory, and whom they may let in."""
    made = [("chief", "administrator", ""), ("local", "administrator", PLACE), ("ivanova", "head", PLACE)]
    with store.write("operator", based_on=None) as writer:
        for login, role, place in made:
            rows.add(writer, accounts.new(writer.reader, login=login, role=role, territory=place, at=now()))
        accounts.set_password(writer, "chief", PASSWORD, now())
        accounts.invite(writer, "ivanova", now())
    return store


def row(store, login):
    with store.read() as reader:
        return reader.account(login)


def refused(store, do):
    with pytest.raises(Refused) as caught, store.rehearse("chief", based_on=None) as writer:
        do(writer)
    return str(caught.value)


def test_role_place_and_address_are_changed_and_end_what_is_open(page, staff):
    stale, at = page("accounts", person=LOCAL), page("accounts", person=CHIEF)
    for one in (stale, at):
        one.button("accounts-change-ivanova").click().run()
    before = row(staff, "ivanova")
    at.selectbox("accounts-change-ivanova-role").set_value(Role.ORGANISATION).run()
    button(at, "Сохранить").click().run()
    assert "Выберите организацию" in said(at) and row(staff, "ivanova") == before
    at.selectbox("accounts-change-ivanova-organisation").set_value("n-school-lesnaya").run()
    at.text_input("accounts-change-ivanova-email").set_value("Lesnaya@edu.example.ru").run()
    button(at, "Сохранить").click().run()
    assert "«ivanova» — организация, «Школа „Лесная“». Её сеансы окончены" in said(at)
    after = row(staff, "ivanova")
    assert (after.role, after.organisation, after.territory) == ("organisation", "n-school-lesnaya", PLACE)
    assert after.email == "lesnaya@edu.example.ru" and after.version == before.version + 1
    with staff.read() as reader:
        assert all(used for (used,) in reader.run("SELECT used_at FROM invitation WHERE login = 'ivanova'"))
        told = reader.events(action="account.changed")[-1].detail
    assert "edu.example.ru" not in told
    button(stale, "Сохранить").click().run()
    assert "за это время изменилось" in said(stale) and row(staff, "ivanova") == after
    assert "chief — изменена учётная запись ivanova: организация, «школа" in said(stale).lower()


def test_nobody_goes_beyond_what_is_his_and_an_administrator_is_left(page, staff):
    assert not [b for b in page("accounts", person=CHIEF).button if (b.key or "").endswith("-chief")]

    def change(by, login, role="administrator", territory="", organisation=None):
        return lambda w: accounts.change(
            w, by, login, role=role, territory=territory, organisation=organisation, at=now()
        )

    assert "другого администратора" in refused(staff, change(LOCAL, "local"))
    assert "вне вашей территории" in refused(staff, change(LOCAL, "ivanova"))
    assert "вне вашей территории" in refused(staff, change(LOCAL, "chief", territory=PLACE))
    assert "вне вашей территории" in refused(staff, change(LOCAL, "ivanova", "head", ELSEWHERE))
    assert accounts.grantable(Person(login="d", role=Role.HEAD, territory=PLACE)) == (Role.HEAD,)
    closing = [lambda w: accounts.switch(w, "chief", active=False, at=now()), change(CHIEF, "local", "head", PLACE)]
    assert "последний администратор" in refused(staff, closing[0])
    with staff.rehearse("chief", based_on=None) as writer:
        closing[1](writer)  # he who administers everything stays
    with staff.write("operator", based_on=None) as writer:
        rows.add(writer, accounts.new(writer.reader, login="second", role="administrator", at=now()))
    assert "последний администратор" in refused(staff, closing[0]), "the second cannot come in yet"
    with staff.write("second", based_on=None) as writer:
        writer.log("account.signed_in", "account/second", {})  # through a provider: without a password
    at = page("accounts", person=CHIEF)
    with staff.write("second", based_on=None) as writer:
        closing[0](writer)
    at.button("accounts-close-ivanova").click().run()
    assert "за это время изменилось" in said(at) and row(staff, "ivanova").active


def test_who_has_not_come_for_long_stands_first(page, staff):
    came = {"local": dt.timedelta(days=2), "chief": dt.timedelta(days=9)}
    with staff.write("operator", based_on=None) as writer:
        for n in range(8):
            school = accounts.new(writer.reader, login=f"school-{n}", role="head", territory=PLACE, at=now())
            rows.add(writer, school)
        for login, ago in came.items():
            writer.log("account.signed_in", f"account/{login}", {}, at=now() - ago)
    at = page("accounts", person=CHIEF, sort="latest")
    shown = [key.removeprefix("accounts-invite-") for b in at.button if (key := b.key or "").startswith("accounts-inv")]
    assert shown[-1] == "local" and "последний вход" in said(at)
    assert said(at).index("chief администратор") > said(at).index("school-7")


def test_whom_a_provider_knows_by_the_address_of_the_office_comes_in_by_it(page, store):
    file = running.running().settings.secrets / "oidc.toml"
    file.parent.mkdir(exist_ok=True)
    file.write_text('issuer = "https://id.example.ru"\nclient_id = "p"\nclient_secret = "s"\n')
    file.chmod(0o600)
    held = {"n-school-lesnaya": "lesnaya@edu.ru", "n-school-gornaya": "one@edu.ru", "n-school-polevaya": "one@edu.ru"}
    with store.write("system", based_on=None) as writer:
        reminding.set_mailboxes(writer, held)
    at = page("accounts", person=CHIEF)
    at.toggle("accounts-by-mail").set_value(True).run()
    at.button("accounts-invite-all").click().run()
    assert not at.exception
    with store.read() as reader:
        made = {a.organisation: a.email for a in reader.accounts()}
    assert {code: email for code, email in made.items() if email} == {"n-school-lesnaya": "lesnaya@edu.ru"}
    assert len(made) == len(set(made)) > 10
