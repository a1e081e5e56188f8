"""«Запомненные ответы» on «Организации»: who sees which, and who may revoke which."""

from __future__ import annotations

import re
from types import SimpleNamespace

from page_words import words

from proforient.access.roles import Person, Role
from proforient.intake.model import DEPARTMENT, AliasKey, Giver
from proforient.monitoring import now
from proforient.store.filing import remember
from proforient.web.running import running

HEAD_ROW = "Организация;Показатель;Уровень;Числитель;Знаменатель"
HEAD = Person(login="head", role=Role.HEAD)


def kept(store):
    with store.read() as reader:
        return sorted(alias.text for alias in reader.aliases())


def revoked(at):
    for button in [b for b in at.button if b.label == "Отозвать"]:
        button.click().run()
    return at


def test_each_sees_and_revokes_what_is_his(page):
    page("organisations")
    store = running().open().store
    with store.read() as reader:
        own, other = reader.organisations(territory="Челябинская область / Нязепетровский муниципальный район")[:2]
    with store.write("petrova", based_on=None) as writer:
        for giver, text in (
            (Giver("organisation", own.code), "слово своё"),
            (Giver("organisation", other.code), "слово чужое"),
            (DEPARTMENT, "слово управления"),
        ):
            said = SimpleNamespace(giver=giver, aliases={AliasKey("level", text): "primary"})
            remember(writer, said, 1, [own], now())
    everything = ["слово своё", "слово управления", "слово чужое"]
    school = Person(login="school", role=Role.ORGANISATION, organisation=own.code)
    seen = words(page("organisations", person=school, organisation=own.code))
    assert "слово своё" in seen and "слово управления" in seen and "слово чужое" not in seen
    assert seen.count("petrova") == 1  # of the department's answer the school is told no login
    looked = page("organisations", person=HEAD, territory=own.territory)
    assert all(text in words(looked) for text in everything) and not [b for b in looked.button if b.label == "Отозвать"]
    assert kept(store) == sorted(everything)
    asked = page("upload", person=school, organisation=own.code, period="2023")
    row = f"{own.name};Охват мероприятиями;слово чужое;5;60"
    asked.file_uploader[0].upload("otchet.csv", f"{HEAD_ROW}\n{row}\n".encode()).run()
    assert not asked.exception
    said = re.search(r"Раньше ответили «(.*?)»: (.*?), ([0-9.]{10})\.", words(asked).replace("\u00a0", " "))
    assert said and said[1] == "Начальное общее образование" and said[2] == "другая организация"
    assert [b.value for b in asked.selectbox if b.key and b.key.startswith("upload-answer")] == [None]
    revoked(page("organisations", person=school, organisation=own.code))
    assert kept(store) == ["слово управления", "слово чужое"]
    elsewhere = Person(login="south", role=Role.DEPARTMENT, territory="Забайкальский край")
    assert "слово" not in words(page("organisations", person=elsewhere))
    office = Person(login="north", role=Role.DEPARTMENT, territory=own.territory)
    at = page("organisations", person=office, territory=own.territory)
    revoked(at)
    assert len(kept(store)) < 2
