"""Every role presses every button of every page: none is answered by «this is not yours to do», and none breaks.

The buttons are found on the pages and in the dialogs that they open, so a new one is pressed, too. What is written is
taken back at once, so that each press meets the same demonstration; only of a file that was handed in there must be
something to show.
"""

from __future__ import annotations

import datetime as dt
import re
from types import SimpleNamespace

import pytest
from page_words import words
from thinned import kept

from proforient.access import accounts, links, roles
from proforient.access.roles import Person, Role
from proforient.errors import Refused
from proforient.intake.model import AliasKey, Giver
from proforient.monitoring import now
from proforient.store import accounts as rows
from proforient.store.filing import remember
from proforient.store.store import Store
from proforient.web.register import PAGES
from proforient.web.sections import dialog
from proforient.web.session import Session

PLACE = "Челябинская область / Нязепетровский муниципальный район"
PERIOD = "2023"
SCHOOL = "n-school-rechnaya"
SAID = re.compile(r"Это делает не|вне вашей|не ваша организация|Отозвать ответ может")
PEOPLE = {
    "administrator": Person(login="demo-administrator", role=Role.ADMINISTRATOR),
    "department": Person(login="demo-department", role=Role.DEPARTMENT, territory=PLACE),
    "head of one place": Person(login="head", role=Role.HEAD, territory=PLACE),
    "school": Person(login="school", role=Role.ORGANISATION, territory=PLACE, organisation=SCHOOL),
}
FILE = f"Организация;Показатель;Уровень;Числитель;Знаменатель\n{SCHOOL};Охват мероприятиями;Начальное;55;60\n"


@pytest.fixture
def something(store):
    """What the demonstration lacks: an account, an open link, remembered answers of the school and the department."""
    at = now()
    with store.write("system", based_on=None) as writer:
        account = accounts.new(writer.reader, login="other", role="organisation", organisation=SCHOOL, at=at)
        rows.add(writer, account)
        links.publish(
            writer, store.catalogue, period="2022", territory=PLACE, cohort="all", title="", note="", days=None,
            corrects=None, at=at,
        )  # fmt: skip
        for giver in (Giver("department", PLACE), Giver("organisation", SCHOOL)):
            said = SimpleNamespace(giver=giver, aliases={AliasKey("level", f"нач {giver.kind}"): "primary"})
            remember(writer, said, 1, [writer.reader.organisation(SCHOOL)], at)


@pytest.fixture
def walk(page, something, monkeypatch):
    """``walk(person, codes)``: the buttons pressed and the refusals by role that the presses met."""
    write = Store.write

    def taken_back(store, actor, *, based_on, figures=True):
        return store.rehearse(actor, based_on=based_on)

    met: list[str] = []
    demand = roles.demand

    def watched(person, deed, whose):
        try:
            demand(person, deed, whose)
        except Refused as error:
            met.append(f"{deed}: {error}")
            raise

    monkeypatch.setattr(roles, "demand", watched)

    def walked(person, codes):
        pressed: set[tuple[str, str]] = set()
        for code in sorted(codes, key=lambda code: code == "upload"):
            monkeypatch.setattr(Store, "write", write if code == "upload" else taken_back)
            at = page(code, person=person, period=PERIOD)
            if code == "upload" and at.file_uploader:
                at.file_uploader[0].upload("svod.csv", FILE.encode(), "text/csv").run()
            _press_all(at, code, pressed, met)
        return pressed, met

    return walked


def _press_all(at, code, pressed, met):
    """Those that stand there, and of a dialog that opens those within, its fields filled in."""
    for key in _kinds(at.button):
        outside = {b.key for b in at.button}
        _press(at, code, key, pressed, met)
        inside = _kinds(b for b in at.button if b.key not in outside and code != "upload")
        for within in inside:
            if within not in {b.key for b in at.button}:
                _press(at, code, key, pressed, met)
            _fill(at)
            _press(at, code, within, pressed, met)
        if inside:
            at.session_state[dialog.KEY] = (None, "", ())
            at.query_params["period"] = PERIOD  # a press may have led to another one
            at.run()


def _kinds(buttons):
    """The first and the last button of each label: in a list they concern different organisations."""
    by_label: dict[str, list[str]] = {}
    for b in buttons:
        if not b.disabled:
            by_label.setdefault(re.sub(r"\d+", "", b.label), []).append(b.key)
    return list(dict.fromkeys(key for keys in by_label.values() for key in (keys[0], keys[-1])))


def _press(at, code, key, pressed, met):
    found = next((b for b in at.button if b.key == key), None)
    if found is None:
        return
    pressed.add((code, re.sub(r"\d+", "…", found.label)))
    found.click().run()
    assert not at.exception, (code, key, at.exception)
    if said := SAID.search(words(at)):
        met.append(f"{code}, {found.label}: {said[0]}")


def _fill(at):
    for field in at.date_input:
        field.set_value(dt.date(2031, 12, 25))
    for field in (*at.text_input, *at.text_area):
        if not field.value:
            example = re.search(r"Например: (.+)", field.placeholder or "")
            field.set_value(example[1] if example else "Проверка")
    for field in at.selectbox:
        if field.label == "Для кого":
            field.select_index(len(field.options) - 1)  # the widest, where one may reach least


OFFICE = {"Закрыть приём", "Открыть период", "Сделать снимок"}
SHOWN = {"department": OFFICE, "head of one place": OFFICE, "school": {"Отозвать", "Сдать"}}
SHOWN["administrator"] = {
    "Выйти всюду",
    "Новая ссылка",
    "Закрыть",
}  # what the department presses is refused to the administrator even less


@pytest.mark.parametrize("name", kept(PEOPLE, ["head of one place", "school"]))
def test_no_button_is_shown_to_whom_it_is_refused(walk, name):
    person, less = PEOPLE[name], PEOPLE["department"]
    codes = [p.code for p in PAGES if p.is_open_to(person)]
    pressed, met = walk(person, [c for c in codes if name != "administrator" or c not in _open_to(less)])
    labels = {label.partition(":")[0].partition(" «")[0] for _, label in pressed}
    assert labels >= SHOWN[name], labels
    assert met == []


def _open_to(person):
    return {p.code for p in PAGES if p.is_open_to(person)}


@pytest.mark.soak
def test_the_walk_meets_a_refusal_where_a_button_is_shown_to_everybody(walk, monkeypatch):
    monkeypatch.setattr(Session, "may", lambda here, deed, whose: True)
    assert any("review" in said for said in walk(PEOPLE["head of one place"], ["period"])[1])
