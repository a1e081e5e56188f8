"""«Реестр организаций» and «С чего начать»: a list is brought, asked about and entered; what is there is changed."""

from __future__ import annotations

import datetime as dt
import html
import io
import re

import openpyxl
import pytest
from page_words import title, words
from streamlit.testing.v1 import AppTest

from proforient.access import accounts as access
from proforient.access.roles import Person, Role
from proforient.intake.roll import answers, comparison, rows
from proforient.monitoring import Cell, now
from proforient.settings import ROOT, read_settings
from proforient.store import accounts, form_draft
from proforient.store.verify import verify
from proforient.web import people, running
from proforient.web.server import SCRIPT

PLACE = "Челябинская область / Речной округ"
DISTRICT = "Челябинская область / Нязепетровский муниципальный район"
ADMINISTRATOR = Person(login="chief", role=Role.ADMINISTRATOR)
LIST = (
    "№\tНаименование организации\tИНН\tТип\tПочтовый адрес\tЭл. почта\n"
    "1\tМБОУ «СОШ № 5»\t7707083893\t\tМира, 5\tт. 2-15-30, School5@edu.ru; other@edu.ru\n"
    "2\tМБОУ «Основная школа № 12»\t7707083894\tшкола\n"
    "3\tДетский сад № 3 «Ромашка»\t\t\t\tsad3@школа.рф\n"
    "4\tЦентр досуга\t\t\n"
    "5\tМБОУ СОШ 5\t7707083893\t\n"
    "\tИтого\t\t\n"
)


@pytest.fixture
def empty(tmp_path, monkeypatch):
    """``empty(code)``: a page over a store in which nothing has been set up, in production."""
    own = {"PROFORIENT_DATA": str(tmp_path / "data"), "PROFORIENT_SECRETS": str(tmp_path / "keys")}
    own |= {"PROFORIENT_MODE": "production", "PROFORIENT_DEMO_ADDRESS": "http://localhost:8502"}
    running.use(running.Running(read_settings(own)))

    def opened(code, person=ADMINISTRATOR):
        monkeypatch.setattr(people, "present", lambda _: person)
        at = AppTest.from_file(str(SCRIPT), default_timeout=60).run()
        return at.switch_page(str(ROOT / "pages" / f"{code}.py")).run()

    yield opened
    running.use(None)


@pytest.fixture(autouse=True)
def nothing_of_a_list_is_worked_on_in_the_server(monkeypatch):
    def in_the_server(*_, **__):
        pytest.fail("a list is worked on in the server's own process")

    monkeypatch.setattr(rows, "_row", in_the_server)
    monkeypatch.setattr(comparison, "_enrolled", in_the_server)
    monkeypatch.setattr(answers, "_answered", in_the_server)


def key(at, found, start):
    return next(element for element in getattr(at, found) if element.key.startswith(start))


def button(at, label):
    return next(b for b in at.button if b.label.replace("\u00a0", " ") == label)


def faults():
    found = verify(running.running().open().store)
    return [damage for damage in found if damage.code != "chain-other-key"]  # it is a copy of another's


def named(at, region="Челябинская область", place="Речной округ"):
    """The first step, done."""
    button(at, "Назвать территорию…").click().run()
    key(at, "text_input", "start-region").set_value(region)
    key(at, "text_input", "start-place").set_value(place)
    return button(at, "Сохранить").click().run()


def said(at):
    return words(at).replace("\u00a0", " ")


def register():
    with running.running().open().store.read() as reader:
        return {o.code: o for o in reader.organisations()}


def mailboxes():
    with running.running().open().store.read() as reader:
        return reader.mailboxes()


def brought(at, text):
    key(at, "text_area", "registry-text").set_value(text)
    return button(at, "Прочитать").click().run()


def test_an_empty_store_leads_to_five_steps_and_a_pasted_list_becomes_the_register(empty):
    at = empty("indicators")
    assert title(at) == "Пять шагов до первого отчёта" and words(at).count("Ещё не сделано") == 5
    assert any('href="http://localhost:8502"' in element.proto.body for element in at.get("html"))
    at = named(empty("start"))
    assert title(at) == "Сделано 1 из 5: дальше — организации" and "Речной округ, сроки" in words(at)
    at = brought(empty("registry"), LIST)
    assert title(at) == "В списке 5 организаций: новых 2, ждут ответа 3"
    assert "контрольная цифра не сходится" in words(at) and "похоже на строку 2" in words(at).lower()
    button(at, "Без ИНН").click().run()
    key(at, "selectbox", "registry-kind").set_value("additional").run()
    key(at, "selectbox", "registry-alike").set_value("same").run()
    button(at, "Внести в реестр: 4 организации").click().run()
    assert title(at) == "В реестре 4 организации"
    found = register()
    assert {c: (o.kind, o.inn) for c, o in found.items()} == {
        "school-5": ("school", "7707083893"),
        "school-12": ("school", ""),
        "preschool-3": ("preschool", ""),
        "additional-tsentr-dosuga": ("additional", ""),
    }
    assert "secondary" in found["school-5"].levels and "secondary" not in found["school-12"].levels
    assert {o.territory for o in found.values()} == {PLACE}
    assert mailboxes() == {"school-5": "school5@edu.ru", "preschool-3": "sad3@школа.рф"}
    assert "4 организации: 2 школы, 1 детский сад и других — 1" in words(empty("start"))
    at = brought(
        empty("registry"), "Наименование\tE-mail\nДетский сад № 3 «Ромашка»\tsadik@edu.ru\nЦентр досуга\tнет\n"
    )
    button(at, "Записать адреса почты").click().run()
    assert mailboxes() == {"school-5": "school5@edu.ru", "preschool-3": "sadik@edu.ru"} and register() == found
    assert faults() == []


def test_a_workbook_is_read_with_its_title_and_numbers_of_rows(empty, monkeypatch):
    named(empty("start"))
    book = openpyxl.Workbook()
    for row in (
        ("Перечень образовательных организаций", None, None, None, None),
        (),
        ("№ п/п", "Полное наименование учреждения", "ИНН", "Руководитель", "Уровни образования"),
        (1, 2, 3, 4, 5),
        (1, "МБОУ «Средняя школа № 8»", 7707083893, "директор", "НОО, ООО"),
        (2, "МКУ «Управление образования»", None, "начальник", None),
    ):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    at = empty("registry")
    at.file_uploader[0].upload("перечень.xlsx", out.getvalue(), "application/x").run()
    assert title(at) == "В списке 2 организации: новых 2"
    button(at, "Внести в реестр: 2 организации").click().run()
    found = register()
    assert found["school-8"].inn == "7707083893" and "secondary" not in found["school-8"].levels
    assert {"primary", "basic", "whole"} <= set(found["school-8"].levels)
    assert [o.kind for o in found.values() if o.code != "school-8"] == ["authority"]
    at = brought(empty("registry"), "просто текст")
    assert "ждут ответа 1" in title(at), "one name whose kind nobody knows"
    monkeypatch.setattr(answers, "SECONDS", 0.001)
    key(at, "selectbox", "registry-kind").set_value("additional").run()
    assert "Сравнение списка с реестром заняло больше 0.001 секунд и остановлено" in words(at)
    assert title(at) == "В реестре 2 организации", "the list that holds the page is put away"
    at = brought(at, "Школа № 9")
    assert "Чтение списка заняло больше 0.001 секунд и остановлено, реестр не изменён. Разделите список" in words(at)
    assert len(register()) == 2


def test_a_second_list_renames_from_a_day_closes_and_leaves_the_past_as_it_was(empty):
    named(empty("start"))
    at = brought(empty("registry"), "Название\tИНН\nШкола № 5\t7707083893\nШкола № 6\t\nШкола № 7\t\n")
    button(at, "Внести в реестр: 3 организации").click().run()
    rows = "Название;ИНН\nЛицей № 5;7707083893\nШкола № 6;\nШкола № 8;\n"
    at.file_uploader[0].upload("список.csv", rows.encode("windows-1251"), "text/csv").run()
    assert title(at) == "В списке 3 организации: новых 1, изменится 1, без изменений 1"
    assert "было: Школа № 5" in words(at)
    assert [words(at).count(f" {said} ") for said in ("новая", "изменится", "без изменений")] == [
        1,
        2,
        2,
    ]  # the title says two of them
    assert register().keys() == {"school-5", "school-6", "school-7"}, "a preview changes nothing"
    key(at, "date_input", "registry-since").set_value(dt.date(2026, 9, 1))
    key(at, "multiselect", "registry-close").set_value(["school-7"]).run()
    button(at, "Внести в реестр: 3 организации").click().run()
    assert "Выберите день" in words(at) and register()["school-7"].closed is None
    key(at, "date_input", "registry-closed").set_value(dt.date(2026, 8, 1)).run()
    button(at, "Внести в реестр: 3 организации").click().run()
    with running.running().open().store.read() as reader:
        before, after = (reader.organisation("school-5", on=dt.date(2026, month, 1)).name for month in (6, 10))
        assert (before, after) == ("Школа № 5", "Лицей № 5")
        assert reader.organisation("school-7").closed == dt.date(2026, 8, 1)
        assert reader.organisation("school-8").closed is None and len(reader.organisations()) == 4


def test_what_was_entered_by_mistake_is_struck_off_while_nothing_speaks_of_it(page, store):
    at = page("registry", territory=DISTRICT)
    key(at, "button", "registry-change-n-school-rechnaya").click().run()
    assert all(b.label != "Внесена по ошибке: убрать" for b in at.button), "it has sent numbers"
    at = page("registry")
    button(at, "Добавить организацию…").click().run()
    key(at, "text_input", "registry-new-name").set_value("Школа № 99")
    button(at, "Сохранить").click().run()
    assert "Внесена «Школа № 99»" in words(at)
    # The same name once more, or the ИНН of another, is asked about where it is typed.
    button(at, "Добавить организацию…").click().run()
    key(at, "text_input", "registry-new-name").set_value("школа №99").run()
    assert "Такое название в этом муниципалитете уже у «Школа № 99»" in words(at)
    button(at, "Сохранить").click().run()
    assert "Отметьте, что это другая организация" in words(at) and "--different" not in words(at)
    at.checkbox[0].check().run()
    button(at, "Сохранить").click().run()
    assert "Внесена «школа №99»" in said(at)
    key(at, "button", "registry-change-school-99-2").click().run()
    button(at, "Внесена по ошибке: убрать").click().run()
    key(at, "button", "registry-change-school-99").click().run()
    button(at, "Внесена по ошибке: убрать").click().run()
    assert "убрана «Школа № 99»" in words(at)
    with store.read() as reader:
        assert reader.organisations(code="school-99") == []
    assert faults() == []


def test_one_is_joined_to_another_which_both_say_and_it_is_taken_back(page, store):
    cell = Cell("pupils", "basic", "all")
    with store.write("chief", based_on=None) as writer:
        form_draft.type_cells(writer, "2023", "n-school-rechnaya", {cell: "60"}, {})
        new = access.new(
            writer.reader, login="rechnaya", role="organisation", organisation="n-school-rechnaya", at=now()
        )
        accounts.add(writer, new)
    at = page("registry")
    key(at, "button", "registry-change-n-school-rechnaya").click().run()
    button(at, "Присоединить к другой…").click().run()
    button(at, "Присоединить").click().run()
    assert "Выберите день и организацию" in words(at)
    key(at, "date_input", "registry-merge-day").set_value(dt.date(2026, 9, 1))
    into = key(at, "selectbox", "registry-merge-into")
    assert not [label for label in into.options if "Речная" in label]
    into.set_value("n-school-lesnaya").run()
    button(at, "Присоединить").click().run()
    assert "ещё не сдала отчёт за 2023 год, а приём открыт" in words(at).replace("\u00a0", " ")
    key(at, "date_input", "registry-merge-day").set_value(dt.date(2023, 9, 1)).run()
    assert "Её вход закроется: rechnaya" in words(at) and "набрано и не сдано: 1 число" in said(at)
    assert "уже сдала числа за 2023 год без этих детей" in said(at)
    button(at, "Присоединить").click().run()
    assert not at.exception and "«Школа „Речная“» присоединена к «Школа „Лесная“»" in said(at)
    assert "Присоединена к «Школа „Лесная“» с 1 сентября 2023 года" in said(at)
    assert "К ней присоединена «Школа „Речная“» с 1 сентября 2023 года" in said(
        page("organisations", organisation="n-school-lesnaya", period="2022")
    )
    assert "сдали 7 организаций из 16" in said(page("period", period="2023", territory=DISTRICT)), "17 before"
    south = Person(login="south", role=Role.DEPARTMENT, territory="Забайкальский край / ЗАТО п. Горный")
    assert "registry-change-n-school-rechnaya" not in {b.key for b in page("registry", person=south).button}
    with store.read() as reader:
        assert not reader.account("rechnaya").active
        days = [dt.date(year, 12, 31) for year in (2022, 2023)]
        assert [reader.organisation("n-school-rechnaya", on=day).open_on(day) for day in days] == [True, False]
    at = page("registry")
    key(at, "button", "registry-change-n-school-rechnaya").click().run()
    button(at, "Отменить присоединение").click().run()
    assert "Присоединение «Школа „Речная“» отменено" in said(at)
    with store.read() as reader:
        assert reader.organisation("n-school-rechnaya").closed is None and reader.account("rechnaya").active
    assert faults() == []


def listed(page, period, code):
    """The line of an organisation on «Организации» for the period."""
    at = page("organisations", period=period, territory=DISTRICT)
    bodies = " ".join(element.proto.body for element in at.get("html")).replace("\u00a0", " ")
    found = re.search(rf"<tr[^>]*>(?:(?!</tr>).)*organisation={code}&.*?</tr>", bodies, re.DOTALL)
    return html.unescape(re.sub(r"<[^>]+>", " ", found[0])) if found else ""


def test_what_the_dialog_changes_from_a_day_on_stands_in_later_periods_and_not_in_earlier_ones(page, store):
    code, head, start = "n-school-rechnaya", "n-school-lesnaya", f"registry-{'n-school-rechnaya'}"
    at = page("registry", territory=DISTRICT)
    key(at, "button", f"registry-change-{code}").click().run()
    key(at, "text_input", f"{start}-name").set_value("Гимназия «Речная»")
    key(at, "multiselect", f"{start}-levels").unselect("basic")
    key(at, "radio", f"{start}-how").set_value(key(at, "radio", f"{start}-how").options[1]).run()
    button(at, "Сохранить").click().run()
    assert "Выберите день, с которого это верно" in words(at)
    key(at, "date_input", f"{start}-since").set_value(dt.date(2023, 6, 1)).run()
    button(at, "Сохранить").click().run()
    assert not at.exception and "изменена «Гимназия „Речная“»" in said(at)
    assert "Школа «Речная»" in listed(page, "2022", code) and "Гимназия «Речная»" in listed(page, "2023", code)
    at = page("registry", territory=DISTRICT)
    key(at, "button", f"registry-change-{code}").click().run()
    assert "Как менялась" in words(at) and "давно Школа «Речная»" in said(at)
    key(at, "selectbox", f"{start}-kind").set_value("additional").run()
    key(at, "selectbox", f"{start}-head").set_value(head)
    key(at, "date_input", f"{start}-opened").set_value(dt.date(1970, 9, 1))
    key(at, "date_input", f"{start}-closed").set_value(dt.date(2023, 11, 1))
    key(at, "radio", f"{start}-how").set_value(key(at, "radio", f"{start}-how").options[1]).run()
    key(at, "date_input", f"{start}-since").set_value(dt.date(2023, 8, 1)).run()
    button(at, "Сохранить").click().run()
    assert not at.exception and "Не работает с 1 ноября 2023 года" in said(at)
    with store.read() as reader:
        past, summer, now_ = (
            reader.organisation(code, on=day)
            for day in (dt.date(2022, 12, 31), dt.date(2023, 7, 1), dt.date(2023, 12, 31))
        )
    assert (past.name, past.kind, past.levels) == ("Школа «Речная»", "school", summer.levels[:1] + past.levels[1:])
    assert "basic" in past.levels and "basic" not in summer.levels
    assert (summer.name, summer.kind, now_.kind) == ("Гимназия «Речная»", "school", "additional")
    assert {o.part_of for o in (past, now_)} == {head}
    assert (now_.opened, now_.open_on(dt.date(2022, 12, 31)), now_.open_on(dt.date(2023, 12, 31))) == (
        dt.date(1970, 9, 1), True, False,
    )  # fmt: skip
    assert faults() == []
