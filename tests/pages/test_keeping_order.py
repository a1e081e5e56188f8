"""«Ссылки», «Журнал», «Доступ», and what a school sees of itself and of others."""

from __future__ import annotations

import datetime as dt

import pytest
from page_words import button, title, words
from thinned import thinned

from proforient.access.roles import Person, Role
from proforient.intake.model import Answers
from proforient.intake.read import read_bytes
from proforient.intake.screen import screen
from proforient.monitoring import Organisation
from proforient.store import acceptance, campaign, enrolment, planning
from proforient.store import accounts as rows
from proforient.store.verify import verify

PLACE = "Челябинская область / Нязепетровский муниципальный район"
HEAD = Person(login="demo-head", role=Role.HEAD, territory=PLACE)
DEPARTMENT = Person(login="demo-department", role=Role.DEPARTMENT, territory=PLACE)
SCHOOL = Person(login="demo-organisation", role=Role.ORGANISATION, territory=PLACE, organisation="n-school-zarechnaya")
ELSEWHERE = Person(login="g", role=Role.DEPARTMENT, territory="Забайкальский край / ЗАТО п. Горный")


def plain(text):
    return text.replace("\u00a0", " ")


def test_a_snapshot_is_made_listed_and_taken_back(page, store):
    at = page("links", person=HEAD, period="2022")
    assert title(at) == "Снимков для показа ещё не делали"
    at.text_area[0].set_value("К коллегии")
    button(at, "Сделать снимок").click()
    at.run()
    assert not at.exception and "№ 1" in words(at) and "Снимок № 1 открыт" in plain(words(at))
    with store.read() as reader:
        made = reader.publications()
    assert [(p.number, p.note, p.made_by) for p in made] == [(1, "К коллегии", "demo-head")]
    button(at, "Отозвать…").click()
    at.run()
    button(at, "Отозвать").click()
    at.run()
    assert "отозван" in words(at)
    with store.read() as reader:
        assert reader.publications()[0].withdrawn_at is not None
    elsewhere = page("links", person=ELSEWHERE)
    assert "№ 1" not in words(elsewhere)


def test_a_name_in_the_note_is_refused_and_nothing_is_made(page, store):
    at = page("links", person=HEAD, period="2022")
    at.text_area[0].set_value("Спросить: Кленова Рябина Сосновна")
    button(at, "Сделать снимок").click()
    at.run()
    assert "Снимок не сделан" in words(at)
    with store.read() as reader:
        assert reader.publications() == []


def test_the_code_of_a_hall_is_shown_once_made(page, store):
    at = page("links", person=HEAD, period="2022")
    button(at, "Сделать снимок").click()
    at.run()
    button(at, "Код для зала…").click()
    at.run()
    with store.read() as reader:
        from proforient.monitoring import now

        (code,) = reader.hall_codes(now())
    assert f"{code[:4]}-{code[4:]}" in words(at)


def test_a_public_demonstration_makes_no_links(page):
    at = page("links", public=True, person=HEAD, period="2022")
    assert not any(b.label == "Сделать снимок" for b in at.button) and "только для чтения" in words(at)


def test_the_log_says_in_sentences_what_was_done_and_what_stood_before(page, store):
    with store.read() as reader:
        plan = next(
            p for p in reader.plans("2023", territory=PLACE) if p.indicator == "coverage" and p.level == "basic"
        )
    from dataclasses import replace
    from decimal import Decimal

    with store.write("metodist", based_on=None) as writer:
        planning.set_plan(writer, replace(plan, territory=PLACE, percent=Decimal("75")))
        planning.set_plan(writer, replace(plan, territory=PLACE, percent=Decimal("82.5")))
    at = page("log", person=DEPARTMENT)
    text = plain(words(at))
    assert "metodist" in text and "82,5 % (было 75 %), 2023 год, Нязепетровский муниципальный район" in text
    assert "Сдан файл «raduga_2023.csv»" in text and "Цепочка проверена" in text
    at.selectbox(key="log-what").set_value("Период")
    at.run()
    assert "Сдан файл" not in words(at) and "Открыт период" in words(at)
    at.selectbox(key="log-what").set_value("Все события")
    at.text_input(key="list-find").set_value("радуга")
    at.run()
    assert "Радуга" in words(at) and "Полевая" not in words(at)


def test_another_district_reads_nothing_of_this_one(page):
    text = words(page("log", person=ELSEWHERE))
    assert "Нязепетровский" not in text and "Радуга" not in text and "Горный" in text


def test_a_changed_line_of_the_log_is_seen(page, store):
    page("log", person=DEPARTMENT)
    with store.raw() as cursor:
        cursor.execute("UPDATE event SET detail = '{}' WHERE action = 'period.closed' OR action = 'period.opened'")
    assert "Журнал изменён в обход программы" in words(page("log", person=DEPARTMENT))
    assert "chain-broken" in {damage.code for damage in verify(store)}


def test_an_account_is_made_with_a_link_that_is_shown_once(page, store):
    at = page("accounts")
    at.text_input[0].set_value("School-7")
    button(at, "Завести и получить ссылку").click()
    at.run()
    assert "Выберите организацию" in words(at) and not at.code  # nobody's figures are opened by a slip
    assert at.text_input[0].value == "School-7"
    choice = at.selectbox("accounts-organisation-0")
    choice.select_index(0)
    button(at, "Завести и получить ссылку").click()
    at.run()
    assert not at.exception
    assert at.selectbox("accounts-organisation-1").value is None and not at.text_input[0].value
    (link,) = [code.value for code in at.code]
    assert "/invitation/" in link and "school-7" in words(at)
    at.run()
    assert not at.code  # it is kept nowhere
    with store.read() as reader:
        (account,) = reader.accounts()
        assert (account.login, account.role, account.active, account.password) == ("school-7", "organisation", True, "")
        assert not reader.run("SELECT 1 FROM invitation WHERE token LIKE $t", {"t": f"%{link[-20:]}%"})
    button(at, "Закрыть").click()
    at.run()
    assert "закрыта" in words(at) and any(b.label == "Открыть" for b in at.button)


@pytest.mark.parametrize("login", thinned(["", "ab", "Школа", "a b c", "demo-head", "../etc", "'; --"]))
def test_a_login_that_does_not_fit_is_refused(page, store, login):
    at = page("accounts")
    at.text_input[0].set_value(login)
    at.selectbox("accounts-organisation-0").select_index(0)
    button(at, "Завести и получить ссылку").click()
    at.run()
    assert "Не заведена" in words(at)
    with store.read() as reader:
        assert reader.accounts() == []


def test_an_administrator_of_one_district_makes_none_for_another(page, store):
    from proforient.access import accounts
    from proforient.monitoring import now

    with store.write("test", based_on=None) as writer:
        there = accounts.new(writer.reader, login="gorny", role="head", territory=ELSEWHERE.territory, at=now())
        rows.add(writer, there)
    at = page("accounts", person=Person(login="chief", role=Role.ADMINISTRATOR, territory=PLACE))
    assert "gorny" not in words(at)
    options = at.selectbox[1].options
    assert not any("Горный" in option for option in options)


FOREST = "Лесной край / Северный район"


def nine_schools(store, others, *, cohort="все"):
    """A municipality of its own; ``others``: numerator and denominator of each but the first, which has 33 of 99."""
    pairs = [(33, 99), *others]
    with store.write("test", based_on=None) as writer:
        enrolment.import_organisations(
            writer,
            [
                Organisation(code=f"f-{n}", name=f"Школа «Лес {n}»", kind="school", levels=("basic",), territory=FOREST)
                for n in range(len(pairs))
            ],
        )
        campaign.open_period(writer, "2030", closes=dt.date(2099, 1, 20), territory=FOREST)
    lines = ["Организация;Показатель;Уровень;Категория;Числитель;Знаменатель"]
    lines += [f"f-{n};coverage;Основное;{cohort};{a};{b}" for n, (a, b) in enumerate(pairs)]
    data = "\n".join(lines).encode()
    with store.read() as reader:
        known = reader.known("2030")
    found = screen(read_bytes("все.csv", data), store.catalogue, known, answers=Answers())
    assert found.acceptable, (found.findings, found.unanswered)
    store.put_file(data)
    with store.write("test", based_on=None) as writer:
        acceptance.accept(writer, found, period="2030", confirm=True)
    return Person(login="f", role=Role.ORGANISATION, territory=FOREST, organisation="f-0")


OTHERS = [(23, 100), (26, 100), (41, 97), (44, 100), (52, 100), (61, 99), (73, 100), (87, 100)]


def test_a_school_sees_itself_among_eight_others_in_steps_of_five(page, store):
    school = nine_schools(store, OTHERS)
    at = page("organisations", person=school, period="2030", cohort="all")
    text = plain(words(at))
    assert title(at).startswith("Школа «Лес 0»") and "Среди других организаций района" in text
    assert "25 % 45 % 60 % 8" in text  # a quarter of 26 %, the half of 44 %, three quarters of 61,6 %
    assert not any(f"Лес {n}" in text for n in range(1, 9))
    assert "Все организации" not in text


@pytest.mark.parametrize(
    "others",
    thinned(
        [OTHERS[:7], [*OTHERS[:7], (3, 100)], [*OTHERS[:7], (10, 19)], [*OTHERS[:7], (97, 100)], [*OTHERS[:7], (0, 0)]]
    ),
)
def test_a_small_one_is_no_other(page, store, others):
    school = nine_schools(store, others)
    assert "Среди других" not in words(page("organisations", person=school, period="2030", cohort="all"))


def test_of_a_part_of_the_children_no_spread_is_shown(page, store):
    school = nine_schools(store, OTHERS, cohort="ОВЗ и инвалиды")
    text = words(page("organisations", person=school, period="2030", cohort="disability"))
    assert "Лес 0" in text and "Среди других" not in text


def test_of_fewer_than_eight_others_nothing_is_said(page):
    gorny = Person(
        login="demo-organisation", role=Role.ORGANISATION, territory=ELSEWHERE.territory, organisation="g-school-1"
    )
    text = words(page("organisations", person=gorny, period="2022"))
    assert "СОШ № 1" in text and "Среди других" not in text


def test_a_head_reads_and_approves_and_does_not_edit(page):
    at = page("period", person=HEAD, period="2023")
    labels = {b.label for b in at.button}
    assert "Закрыть приём…" in labels and "Добавить оценку…" in labels
    assert not labels & {"Принять", "Вернуть на доработку…", "Задать план…", "Откатить…"}
    assert {"Принять", "Задать план…"} <= {b.label for b in page("period", person=DEPARTMENT, period="2023").button}


def test_a_plan_for_everybody_is_set_only_by_who_reaches_everybody(page):
    for person, offered in ((DEPARTMENT, False), (Person(login="a", role=Role.ADMINISTRATOR), True)):
        at = page("period", person=person, period="2023")
        button(at, "Задать план…").click()
        at.run()
        assert any("Все территории" in o for o in at.selectbox(key="period-plan-scope").options) is offered


@pytest.mark.parametrize("kind", ["png", "svg"])
def test_the_code_of_a_link_is_a_picture_that_phones_read(kind):
    import io

    import zxingcpp
    from PIL import Image

    from proforient.web.sections.links import picture

    address = "https://prof.edu.example.ru/s/6X6oYtbviWu_9QJEE7AohQ"
    data = picture(address, kind)
    if kind == "png":
        assert [found.text for found in zxingcpp.read_barcodes(Image.open(io.BytesIO(data)))] == [address]
    else:
        assert data.lstrip().startswith(b"<?xml") and b"<path" in data
