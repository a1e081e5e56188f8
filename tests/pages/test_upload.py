"""Загрузка: what a person sees between choosing a file and its receipt, over the demonstration data."""

from __future__ import annotations

import html
import io
import re
import zipfile
from decimal import Decimal

import openpyxl
import pytest
import xlsxwriter
from page_words import button, title, words
from thinned import thinned

from proforient.access.roles import Person, Role
from proforient.analysis.coverage import coverages
from proforient.catalogue.read import read_catalogue
from proforient.charts.sentences import figure
from proforient.documents import form
from proforient.intake.findings import finding
from proforient.intake.model import Known
from proforient.intake.read import read_bytes
from proforient.intake.screen import screen
from proforient.monitoring import Cell, PlanValue, ReportState, now
from proforient.settings import ROOT
from proforient.store import campaign, inquiring, planning, reporting
from proforient.web.sections.upload.check import place_words

SCHOOL = "n-school-rechnaya"
NAME = "Школа «Речная»"
PLACE = "Челябинская область / Нязепетровский муниципальный район"
HEAD = "Организация;Показатель;Уровень;Числитель;Знаменатель\n"


def csv(*rows, head=HEAD):
    return (head + "".join(row + "\n" for row in rows)).encode()


GOOD = csv(f"{NAME};Охват мероприятиями;Начальное;55;60", f"{NAME};Охват мероприятиями;Основное;61;70")
WRONG = csv(f"{NAME};Охват мероприятиями;Начальное;65;60", f"{NAME};Охват мероприятиями;Основное;ок. 18;70")


def workbook(rows, hidden=()):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("Лист1")
    for line, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet.write(line, column, cell)
    for line in hidden:
        sheet.set_row(line, None, None, {"hidden": True})
    book.close()
    return out.getvalue()


WITH_HIDDEN_ROW = workbook(
    [
        ["Организация", "Показатель", "Уровень", "Числитель", "Знаменатель"],
        [NAME, "Охват мероприятиями", "Начальное", 55, 60],
        [NAME, "Охват мероприятиями", "Основное", 61, 70],
    ],
    hidden=[1],
)


@pytest.fixture
def upload(page):
    def uploaded(name, data, organisation=SCHOOL, period="2023"):
        at = page("upload", organisation=organisation, period=period)
        at.file_uploader[0].upload(name, data, "text/csv").run()
        assert not at.exception
        return at

    return uploaded


@pytest.fixture
def checked_elsewhere(monkeypatch):
    """A person's file is neither read nor understood in the server's own process."""

    def in_the_server(*_, **__):
        pytest.fail("a file is worked on in the server's own process")

    for name in ("read._fill", "screen.understand"):
        monkeypatch.setattr(f"proforient.intake.{name}", in_the_server)


def share(store, level="primary"):
    with store.read() as reader:
        (found,) = coverages(
            reader, store.catalogue, "2023", territory=PLACE, indicator="coverage", level=level, cohort="all"
        )
    return found.numerator, found.denominator, found.submitted


def test_before_a_file_is_chosen_the_deadline_and_the_own_numbers_are_shown(page):
    at = page("upload", organisation=SCHOOL, period="2023")
    assert title(at).startswith("Сдать числа за 2023 год: до ")
    assert "осталось 9 дней" in title(at)
    assert "Всего обучающихся" in words(at)
    assert len(at.file_uploader) == 1


def test_the_list_of_counts_is_offered_as_workbook_and_csv(page):
    at = page("upload", organisation=SCHOOL, period="2023")
    assert [d.proto.label for d in at.get("download_button")] == ["Список XLSX", "Список CSV"]


def test_without_an_organisation_a_file_of_several_is_explained_and_no_list_offered(page):
    at = page("upload", organisation="", period="2023")
    assert "несколько организаций" in str(at.selectbox("scope-organisation").options)
    assert not at.get("download_button")


def test_a_late_file_is_announced_as_late_before_anything_is_chosen(page, store):
    with store.write("test", based_on=None) as writer:
        closes = writer.reader.period("2022", territory=PLACE).closes
        campaign.reopen_period(writer, "2022", territory=PLACE, closes=closes)
    at = page("upload", organisation=SCHOOL, period="2022")
    assert "срок прошёл" in title(at)
    assert "пометка «с опозданием»" in words(at)


def test_a_closed_period_offers_the_open_one_and_no_uploader(page):
    at = page("upload", organisation=SCHOOL, period="2022")
    assert title(at) == "Приём за 2022 год закрыт: файлы больше не принимаются"
    assert len(at.file_uploader) == 0
    bodies = " ".join(e.proto.body for e in at.get("html"))
    assert "period=2023" in bodies


def test_errors_are_shown_with_place_value_and_remedy_and_nothing_can_be_handed_in(upload, store):
    before = share(store)
    at = upload("ОТЧЁТ школы.CSV", WRONG)
    assert title(at) == "Файл пока нельзя сдать: две ошибки"
    text = words(at)
    assert "строка 2, столбец «Числитель»" in text
    assert "ок. 18" in text
    assert "Как это выглядит в файле" in text
    assert not [b for b in at.button if b.label == "Сдать"]
    assert button(at, "Выбрать другой файл")
    assert share(store) == before


def test_the_same_fault_of_many_rows_is_said_once(upload):
    rows = [f"Школа «Горная»;Охват мероприятиями;{level};30;40" for level in ("Начальное", "Основное")]
    at = upload("otchet.csv", csv(*rows))
    assert "строки 2–3, столбец «Организация»" in words(at)
    assert words(at).count("а файл загружают за") == 1
    shown = " ".join(e.proto.body for e in at.get("html"))
    assert title(at) == "Файл пока нельзя сдать: одна ошибка" and shown.count(">ошибка</b>") == 1


def test_the_excerpt_frames_exactly_the_cells_in_question(upload):
    at = upload("ОТЧЁТ школы.CSV", WRONG)
    sheet = next(e.proto.body for e in at.get("html") if "pf-sheet" in e.proto.body)
    assert sheet.count("pf-wrong") == 2
    assert "ок. 18" in sheet


def sheet_shown(at):
    return next(e.proto.body for e in at.get("html") if "pf-sheet" in e.proto.body).replace("\u00a0", " ")


def test_what_was_found_in_a_form_stands_under_the_headings_that_are_seen(upload, store):
    def spoil(sheet):
        sheet["C6"], sheet["D6"] = "около 60", -5

    at = upload("бланк.xlsx", filled_form(store, SCHOOL, "2023", spoil))
    shown, text = sheet_shown(at), words(at).replace("\u00a0", " ")
    assert ">C · Начальное общее образование<" in shown and 'data-l="C · Начальное общее образование"' in shown
    assert "строка 6, столбец C «Начальное общее образование»" in text
    assert "названия столбцов в строке 4" in text
    assert "primary" not in shown + text and "pf-codes" not in shown and ">5</th>" not in shown


LONG = "Средняя общеобразовательная школа № %s имени дважды Героя Советского Союза маршала авиации"


def test_long_names_in_question_are_shown_whole_and_told_apart(upload):
    rows = [f"{LONG % n};Охват мероприятиями;Начальное;30;40" for n in ("7", "8")]
    rows += [f"{LONG % '7'}, филиал {n};Охват мероприятиями;Основное;30;40" for n in ("верхний", "нижний")]
    at = upload("otchet.csv", csv(*rows))
    shown, text = sheet_shown(at), words(at).replace("\u00a0", " ")
    for row in rows:
        assert f"> {row.split(';')[0]}</mark>" in shown
    assert "строки 2" not in text and {"строка 2", "строка 3", "строка 4", "строка 5"} <= set(
        re.findall("строка .", text)
    )


def test_what_would_change_is_shown_and_taken_back(upload, store):
    before = share(store)
    at = upload("otchet.csv", GOOD)
    text = words(at)
    assert title(at) == "Файл готов к сдаче: 4 числа, ошибок нет"
    assert "Что изменится" in text
    assert "91,7 %" in text
    assert "7 из 17" in text
    assert "8 из 17" in text
    assert share(store) == before


def test_handing_in_gives_a_receipt_from_the_store_and_enters_the_share(upload, page, store, checked_elsewhere):
    numerator, denominator, submitted = share(store)
    at = upload("otchet.csv", GOOD)
    button(at, "Сдать").click().run()
    assert not at.exception
    assert title(at) == "Принято: сдано 4 числа, отчёт неполный"
    assert share(store) == (numerator + 55, denominator + 60, submitted + 1)
    with store.read() as reader:
        assert reader.reports("2023")[SCHOOL].state is ReportState.SUBMITTED
        sent = reader.submissions(period="2023", organisation=SCHOOL)[0]
    receipt_is_found(page, sent)


def receipt_is_found(page, sent):
    """By its own school, by the department with the number as it is read aloud or stood on earlier receipts; by no
    other school."""
    digits = " ".join(re.findall(r"\d{1,4}", sent.id))
    assert re.fullmatch(r"2023-\d{1,3}", sent.number)
    aloud = f"№ {sent.number}".replace("-", " – ")
    other = Person(login="gornaya", role=Role.ORGANISATION, territory=PLACE, organisation="n-school-gornaya")
    assert title(page("receipts", person=OWN, period="2023")).startswith("Квитанции за 2023 год: сдан 1 файл")
    department = [{"find": find, "period": "2022"} for find in (aloud, f"№ {digits}")]
    for person, view in ((OWN, {"item": sent.id}), (OWN, {"item": sent.number}), *((None, one) for one in department)):
        at = page("receipts", **({"person": person} if person else {}), **view)
        assert title(at) == f"Квитанция № {sent.number}"
        text = words(at).replace("\u00a0", " ")
        assert (
            sent.sha256 in text
            and "все числа действуют: 5" in text
            and "суммы, которые программа посчитала" in text
            and "(UTC+5)" in text
        )
    at = page("receipts", person=other, item=sent.id)
    assert "Такой квитанции нет" in words(at) and sent.sha256 not in words(at)
    assert "как только файл сдан на странице «Загрузка»" in words(at)


def test_the_same_file_from_another_tab_at_once_is_written_once(upload, store):
    at = upload("otchet.csv", GOOD)
    with store.read() as reader:
        before = len(reader.submissions(period="2023"))
    button(at, "Сдать").click()
    at.run()
    again = upload("otchet.csv", GOOD)
    button(again, "Сдать").click().run()
    assert "второй раз он не записан" in words(again)
    with store.read() as reader:
        assert len(reader.submissions(period="2023")) == before + 1


def test_a_warning_wants_a_sentence_before_the_file_is_taken(upload, store):
    at = upload("otchet.xlsx", WITH_HIDDEN_ROW)
    assert title(at).endswith("одно предупреждение ждёт объяснения")
    button(at, "Сдать").click().run()
    assert "Не сдано." in words(at)
    at.text_area[0].input("Строку скрыли при печати, число верное").run()
    assert title(at) == "Файл готов к сдаче: 4 числа, ошибок нет"
    button(at, "Сдать").click().run()
    assert title(at).startswith("Принято")
    with store.read() as reader:
        submission = reader.submissions(period="2023", organisation=SCHOOL)[0]
        assert list(reader.explanations([submission.id])[submission.id].values()) == [
            "Строку скрыли при печати, число верное"
        ]


def test_an_explanation_stands_beside_the_figure_that_was_questioned(upload, page):
    at = upload("otchet.xlsx", WITH_HIDDEN_ROW)
    at.text_area[0].input("Строку скрыли при печати").run()
    button(at, "Сдать").click().run()
    view = {"period": "2023", "organisation": SCHOOL, "indicator": "coverage", "trace": "1"}
    assert "пояснение: Строку скрыли при печати" in words(page("organisations", level="primary", **view))
    assert "пояснение" not in words(page("organisations", level="basic", **view))


def test_a_refused_file_can_be_had_back_and_an_accepted_one_need_not(upload):
    at = upload("otchet.csv", WRONG)
    assert [b.label for b in at.get("download_button")] == ["Скачать с замечаниями"]
    assert not upload("otchet.csv", GOOD).get("download_button")
    secret = csv(f"{NAME};Охват мероприятиями;Начальное;Иванова Анна Петровна;60")
    assert not upload("otchet.csv", secret).get("download_button")


def test_an_explanation_typed_just_before_the_click_counts(upload):
    at = upload("otchet.xlsx", WITH_HIDDEN_ROW)
    at.text_area[0].input("Число верное")
    button(at, "Сдать").click().run()
    assert title(at).startswith("Принято")


def test_an_explanation_that_names_a_person_is_refused(upload):
    at = upload("otchet.xlsx", WITH_HIDDEN_ROW)
    at.text_area[0].input("Скрыла Иванова Анна Петровна")
    button(at, "Сдать").click().run()
    assert "персональные данные" in words(at)
    assert not title(at).startswith("Принято")


def test_a_question_has_proposals_and_nothing_chosen_and_an_answer_is_taken_in(upload):
    head = "Организация;Показатель;Уровень;Участвовали;Знаменатель\n"
    at = upload("otchet.csv", csv(f"{NAME};Охват мероприятиями;Начальное;55;60", head=head))
    asked = next(s for s in at.selectbox if s.label.replace("\u00a0", " ").startswith("Что стоит в столбце"))
    assert asked.value is None
    assert "Числитель" in asked.options
    asked.select("Числитель").run()
    assert title(at) == "Файл готов к сдаче: 2 числа, ошибок нет"


def test_an_answer_that_another_answer_has_made_needless_is_dropped(upload):
    head = ["Организация", "Показатель", "Уровень", "Участвовали", "Знаменатель"]
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    for name, fourth in (("Черновик", "Участвовали"), ("Чистовик", "Числитель")):
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, [*head[:3], fourth, head[4]])
        sheet.write_row(1, 0, [NAME, "Охват мероприятиями", "Начальное", 55, 60])
    book.close()
    at = upload("otchet.xlsx", out.getvalue())
    at = boxes(at, "На каком листе")[0].set_value("Черновик").run()
    at = boxes(at, "Что стоит в столбце")[0].set_value("Числитель").run()
    assert title(at) == "Файл готов к сдаче: 2 числа, ошибок нет"
    at = boxes(at, "На каком листе")[0].set_value("Чистовик").run()
    assert title(at) == "Файл готов к сдаче: 2 числа, ошибок нет" and not boxes(at, "Что стоит в столбце")
    assert "не нужен" not in words(at)
    at = boxes(at, "На каком листе")[0].set_value("Черновик").run()
    assert [box.value for box in boxes(at, "Что стоит в столбце")] == [None] and "без ответа" in title(at)


JOINED = ("Организация", "Численность 1–4", "Охвачено 1–4", "Численность 5–9", "Охвачено 5–9")


def boxes(at, beginning):
    found = [s for s in at.selectbox if s.key and s.key.startswith("upload-answer")]
    return [s for s in found if s.label.replace("\u00a0", " ").startswith(beginning)]


def test_headings_that_join_two_things_are_asked_about_once_and_remembered_for_the_school(page, store):
    at = page("upload", person=OWN, organisation=SCHOOL, period="2023")
    at.file_uploader[0].upload("svod.xlsx", workbook([JOINED, [NAME, 60, 55, 70, 61]])).run()
    assert not at.exception
    asked = boxes(at, "Что стоит в столбце")
    assert [s.value for s in asked] == [None] * 4 and not boxes(at, "Уровень")
    assert title(at).replace("\u00a0", " ") == "Файл пока нельзя сдать: четыре вопроса без ответа"
    assert "чисел её в файле нет" not in words(at).replace("\u00a0", " ") and "не узнан" not in words(at)
    for n, count in enumerate(("pupils", "covered") * 2):
        wanted = f"{count}@{('primary', 'basic')[n // 2]}/all"
        at = boxes(at, "Что стоит в столбце")[n].set_value(count if n == 3 else wanted).run()
    at = boxes(at, "Уровень")[0].set_value("basic").run()
    assert "без ответа" in title(at) and not [b for b in at.button if b.label == "Сдать"]
    at = boxes(at, "Категория")[0].set_value("all").run()
    assert title(at) == "Файл готов к сдаче: 4 числа, ошибок нет"
    button(at, "Сдать").click().run()
    button(at, "Сдать ещё один файл").click().run()
    at.file_uploader[0].upload("svod.xlsx", workbook([JOINED, [NAME, 61, 55, 70, 62]])).run()
    assert title(at) == "Файл готов к сдаче: 4 числа, ошибок нет" and not boxes(at, "Что стоит")
    assert "Численность обучающихся: начальное, все" in words(at).replace("\u00a0", " ")
    other = page("upload", organisation="n-school-lesnaya", period="2023")
    other.file_uploader[0].upload("svod.xlsx", workbook([JOINED, ["Школа «Лесная»", 60, 55, 70, 61]])).run()
    assert len(boxes(other, "Что стоит в столбце")) == 4


@pytest.mark.parametrize("name", thinned(["otchet.csv", "otchet.xlsx"], first=1))
def test_who_filled_it_in_is_one_question_and_is_neither_shown_nor_kept(upload, store, name):
    rows = [(NAME, "Охват мероприятиями", "Начальное", 55, 60), (NAME, "Охват мероприятиями", "Основное", "ок. 6", 70)]
    signed = [*rows, ("Исполнитель: Ивлева А. П.",), ("тел. 8 (351) 562-12-34",)]
    lines = [";".join(map(str, row)) for row in signed]
    head = tuple(HEAD.strip().split(";"))
    at = upload(name, csv(*lines) if name.endswith("csv") else workbook([head, *signed]))
    assert "один вопрос без ответа" in title(at).replace("\u00a0", " ")
    (asked,) = boxes(at, "Кто заполнил файл (строки 4 и 5)")
    assert asked.value is None and len(asked.options) == 1
    everything = words(at) + " ".join(e.proto.body for e in at.get("html"))
    assert "ок. 6" in everything and "Ивлева" not in everything and "562-12" not in everything
    assert "Скачать с замечаниями" not in downloads(at) and not [b for b in at.button if b.label == "Сдать"]
    good = [rows[0], *signed[2:]]
    lines = [";".join(map(str, row)) for row in good]
    at = upload(name, csv(*lines) if name.endswith("csv") else workbook([head, *good]))
    at = boxes(at, "Кто заполнил файл (строки 3 и 4)")[0].set_value("leave-out").run()
    assert title(at) == "Файл готов к сдаче: 2 числа, ошибок нет"
    assert "Не загружено и не сохранено, кто заполнил файл: строки 3 и 4" in words(at).replace("\u00a0", " ")
    held = at.session_state["proforient.upload"].held
    assert "Ивлева" not in repr(held)
    button(at, "Сдать").click().run()
    assert title(at) == "Принято: сдано 2 числа, отчёт неполный"
    with store.read() as reader:
        sent = reader.submissions(period="2023", organisation=SCHOOL)[0]
    kept = read_bytes(sent.file, store.get_file(sent.sha256))
    assert "Ивлева" not in repr(kept) and text_of_row(kept, 2)[0] == NAME


def text_of_row(reading, number):
    return next(row.cells for row in reading.sheets[0].rows if row.number == number)


def test_personal_data_are_neither_shown_nor_kept(upload):
    data = csv(f"{NAME};Охват мероприятиями;Начальное;55;60", "Сидорова Мария Петровна;;;;")
    at = upload("otchet.csv", data)
    text = words(at)
    assert "персональные данные" in text
    assert "Сидорова" not in text
    held = at.session_state["proforient.upload"].held
    assert held.data == b""
    assert held.reading is None
    at.run()
    assert "персональные данные" in words(at)


def test_after_a_restart_only_the_name_is_known_and_the_file_is_asked_for_again(page):
    at = page("upload", organisation=SCHOOL, period="2023")
    at.text_input("upload-chosen").input("lesnaya.csv").run()
    assert "Выберите файл ещё раз." in words(at)
    assert "lesnaya.csv" in words(at)
    assert not [b for b in at.button if b.label == "Сдать"]


def test_another_file_can_be_chosen(upload):
    at = upload("otchet.csv", WRONG)
    button(at, "Выбрать другой файл").click().run()
    assert len(at.file_uploader) == 1
    assert "Выберите файл ещё раз" not in words(at)


def test_a_file_of_several_organisations_shows_one_at_a_time_and_lists_the_rows_that_were_set_aside(upload):
    rows = [f"{NAME};Охват мероприятиями;Начальное;55;60", "Школа «Горная»;Охват мероприятиями;Начальное;30;40"]
    total = "Всего по району;Охват мероприятиями;Начальное;85;100"
    at = upload("svod.csv", csv(*rows, ";;;;", total, ";;;;", "Данные на 1 октября;;;;"), organisation="")
    told = words(at).replace("\u00a0", " ")
    folded = re.search(r"Строки без чисел: (\d) — почему каждая не взята Почему Строк Какие (.*?) Что понято", told)
    assert folded and folded.groups() == (
        "5",
        "пустая строка 2 4, 6 заголовок таблицы 1 1 строка итога: сверена с суммой, не загружена 1 5 "
        "примечание под таблицей 1 7",
    )
    assert "В файле 2 организации" in words(at)
    which = next(s for s in at.selectbox if s.label == "Показать числа организации")
    assert which.options == ["Школа «Горная»", NAME]


def test_texts_of_a_file_are_escaped(upload):
    at = upload("otchet.csv", csv("<img src=x onerror=alert(1)>;Охват мероприятиями;Начальное;55;60"))
    assert "<img" not in " ".join(e.proto.body for e in at.get("html"))


def test_a_public_demonstration_checks_a_file_and_takes_none(page):
    at = page("upload", public=True, organisation=SCHOOL, period="2023")
    at.file_uploader[0].upload("otchet.csv", GOOD, "text/csv").run()
    assert title(at).startswith("Файл готов к сдаче")
    assert "проверяются, но не сдаются" in words(at)
    assert "Сдать" not in [b.label for b in at.button]


def test_a_long_file_tells_how_far_its_check_is():
    rows = [f"{NAME};Охват мероприятиями;Начальное;{n};60" for n in range(3_000)]
    reading = read_bytes("длинный.csv", csv(*rows))
    told = []
    screen(reading, read_catalogue(ROOT / "indicators.toml"), Known(period=None), say=told.append)
    assert told == sorted(told) and len(told) > 20 and told[-1] == pytest.approx(1.0)


def test_a_receipt_goes_with_its_organisation(upload):
    at = upload("otchet.csv", GOOD)
    button(at, "Сдать").click().run()
    at.selectbox("scope-organisation").select("Школа «Горная»").run()
    assert title(at).startswith("Сдать числа")


@pytest.mark.parametrize(
    ("row", "column", "said"),
    [
        (6, "D", "строка 6, столбец D"),
        (6, "Числитель", "строка 6, столбец «Числитель»"),
        (None, "", "весь файл"),
        (3, "", "строка 3"),
    ],
)
def test_a_place_is_named_as_the_person_sees_it(row, column, said):
    found = finding("not-a-number", row=row, column=column, value="x")
    assert place_words(found) == said


def filled_form(store, organisation, period, change=None):
    """The form of that organisation and period with two numbers."""
    with store.read() as reader:
        ends = reader.period(period).ends
        whose = reader.organisation(organisation, on=ends)
        book = openpyxl.load_workbook(io.BytesIO(form.form(store.catalogue, whose, reader.period(period))))
    book.active["C6"], book.active["C7"] = 60, 55
    if change:
        change(book.active)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def downloads(at):
    return [d.proto.label.replace("\u00a0", " ") for d in at.get("download_button")]


@pytest.mark.parametrize(
    ("whose", "period", "said"),
    [
        (
            "n-school-lesnaya",
            "2023",
            "Это бланк другой организации: «Школа „Лесная“», а числа сдают за «Школа „Речная“»",
        ),
        (SCHOOL, "2022", "Это бланк за другой период: 2022 год, а числа сдают за 2023 год"),
    ],
)
def test_another_form_is_one_line_and_a_button_for_the_right_one(upload, store, page, whose, period, said):
    person = Person(login="school", role=Role.ORGANISATION, organisation=SCHOOL)
    data = filled_form(store, whose, period)
    at = page("upload", organisation=SCHOOL, period="2023", person=person)
    at.file_uploader[0].upload("бланк.xlsx", data).run()
    assert not at.exception
    text = words(at).replace("\u00a0", " ")
    assert said in text and title(at).replace("\u00a0", " ") == "Файл пока нельзя сдать: одна ошибка"
    assert not at.selectbox or not [b for b in at.selectbox if b.key and b.key.startswith("upload-answer")]
    assert "Скачать бланк: Школа «Речная», 2023 год" in downloads(at)
    assert "Сдать этот бланк за" not in text
    assert not [b for b in at.button if b.label == "Сдать"]


def test_the_department_is_offered_the_organisation_of_the_form(upload, store):
    at = upload("бланк.xlsx", filled_form(store, "n-school-lesnaya", "2023"))
    bodies = " ".join(e.proto.body for e in at.get("html"))
    assert "Сдать этот бланк за" in bodies and "organisation=n-school-lesnaya" in bodies


def test_a_form_with_moved_headings_gets_a_fresh_one(upload, store):
    def swap(sheet):
        sheet["C4"], sheet["E4"] = sheet["E4"].value, sheet["C4"].value

    at = upload("бланк.xlsx", filled_form(store, SCHOOL, "2023", swap))
    assert "служебный код значит" in words(at) and "Скачать бланк: Школа «Речная», 2023 год" in downloads(at)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("отчёт.pdf", b"%PDF-1.7", "Это документ PDF"),
        ("письмо.eml", b"From: a\r\nSubject: b\r\n\r\n1;2", "Это письмо"),
        ("снимок.heic", b"\0\0\0\x18ftypheic" + bytes(40), "Это снимок или видео"),
        ("отчёт.xlsx", GOOD, "Это не книга Excel"),
    ],
)
def test_a_file_of_a_wrong_kind_is_called_what_it_is(upload, name, data, said):
    at = upload(name, data)
    assert said in words(at) and title(at) == "Файл пока нельзя сдать: одна ошибка"


def test_what_was_handed_in_earlier_is_said_with_whose_it_is(upload):
    at = upload("otchet.csv", GOOD)
    button(at, "Сдать").click().run()
    button(at, "Сдать ещё один файл").click().run()
    line = f"{NAME};Всего обучающихся;Начальное;50\n"
    part = ("Организация;Исходное число;Уровень;Значение\n" + line).encode()
    at.file_uploader[0].upload("vsego.csv", part, "text/csv").run()
    assert f"55 (сдано раньше, {NAME}) больше, чем всего 50" in words(at)


def mailed(name, covered, pupils, level="Начальное", head=HEAD):
    """An attachment: the numbers of one organisation."""
    return csv(f"{name};Охват мероприятиями;{level};{covered};{pupils}", head=head)


def heap_lines(at):
    """Of each file of the list its sign, in the order in which they stand."""
    text = words(at).replace("\u00a0", " ")
    return re.findall(r"(?:✓|\?|✗) (готов|спросит|не принят|сдан) ", text)


def test_attachments_as_they_came_by_mail_are_judged_apart_and_the_ready_taken_by_one_press(page, store):
    with store.read() as reader:
        past = reader.known("2023", territory=PLACE).past
        codes = {o.name: o.code for o in reader.organisations(territory=PLACE) if o.name != NAME}
    numbers = {
        name: (past[code, Cell("covered", level, "all")], past[code, Cell("pupils", level, "all")], words_of)
        for name, code in codes.items()
        for level, words_of in (("preschool", "Дошкольное"), ("primary", "Начальное"))
        if (code, Cell("pupils", level, "all")) in past
    }
    names = list(numbers)
    good = {name: mailed(name, *numbers[name]) for name in names}
    asks = mailed(names[-2], *numbers[names[-2]], head="Организация;Показатель;Уровень;Участвовали;Знаменатель\n")
    wrong = mailed(names[-3], 65, 60)
    folded, loose = names[:2], names[2:4]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in folded:
            archive.writestr(f"отчёты/{name}.csv", good[name])
        archive.writestr("подпись.jpg", b"\xff\xd8\xff\xe0 no table")
    at = page("upload", organisation="", period="2023")
    sent = [(f"{name}.csv", good[name], "text/csv") for name in loose]
    sent += [("вопрос.csv", asks, "text/csv"), ("ошибка.csv", wrong, "text/csv")]
    sent += [("скрыто.xlsx", WITH_HIDDEN_ROW, ""), ("почта.zip", out.getvalue(), "application/zip")]
    twice = names[-1]
    sent += [
        (f"{twice} {n}.csv", mailed(twice, numbers[twice][0] - n, *numbers[twice][1:]), "text/csv") for n in (0, 1)
    ]
    sent += [("битый.zip", b"PK\x03\x04 cut off", "application/zip")]
    at.file_uploader[1].set_value(sent).run()
    assert not at.exception
    text = words(at).replace("\u00a0", " ")
    assert title(at) == "10 файлов: готовы 4, спросят 4, не приняты 2" and "битый.zip" in text
    assert heap_lines(at) == ["спросит"] * 4 + ["не принят"] * 2 + ["готов"] * 4, "what waits stands first"
    assert "непонятное слово в файле" in text and "1 предупреждение ждёт объяснения" in text
    assert text.count("файлов этой организации несколько: сдайте нужный") == 2
    assert "65 больше, чем всего 60" in text and "подпись.jpg" in text
    at.button("upload-many-do").click().run()
    assert title(at) == "10 файлов: сданы 4, спросят 4, не приняты 2"
    assert "Сдано: 4 файла. Остались: 6." in words(at).replace("\u00a0", " ")
    with store.read() as reader:
        files = {s.file: s.organisations for s in reader.submissions(period="2023")}
        given = {(v.organisation, v.number) for v in reader.values("2023") if v.cell.count == "covered"}
    for name in (*folded, *loose):
        assert files[f"{name}.csv"] == (codes[name],) and (codes[name], numbers[name][0]) in given
    assert not {"ошибка.csv", "вопрос.csv", "скрыто.xlsx", "подпись.jpg", f"{twice} 0.csv", f"{twice} 1.csv"} & set(
        files
    )
    opening = [b.key for b in at.button if (b.key or "").startswith("upload-pile-open-")]
    assert len(opening) == 6, "each of the others leads to its own check"
    at.button(opening[-1]).click().run()
    assert title(at).startswith("Файл пока нельзя сдать")


OWN = Person(login="rechnaya", role=Role.ORGANISATION, territory=PLACE, organisation=SCHOOL)


def test_a_school_finds_its_open_period_the_state_of_its_report_and_one_step(page, store):
    at = page("upload", person=OWN)
    assert title(at).startswith("Сдать числа за 2023 год: до ")
    assert "Впишите числа на странице или скачайте их список" in words(at).replace("\u00a0", " ")
    at.file_uploader[0].upload("otchet.csv", GOOD, "text/csv").run()
    button(at, "Сдать").click().run()
    shown = " ".join(e.proto.body for e in at.get("html"))
    assert "лист организации" in words(at) and f"organisation={SCHOOL}" in shown and 'href="/?' not in shown
    button(at, "Сдать ещё один файл").click().run()
    assert title(at).startswith("Отчёт за 2023 год сдан не полностью, 4 числа из 74: дополнить до ")
    assert "Впишите недостающие числа на странице" in words(at).replace("\u00a0", " ")
    assert "Отчёт за 2023 год: неполный (" in words(at).replace("\u00a0", " ")
    with store.write("test", based_on=None) as writer:
        reporting.set_report(writer, "2023", SCHOOL, ReportState.RETURNED, note="Проверьте 5–9 классы")
    at = page("upload", person=OWN)
    assert title(at).startswith("Отчёт за 2023 год вернули на доработку: исправить до ")
    assert words(at).count("Проверьте 5–9 классы") == 1
    step = "Исправьте числа на странице или выберите исправленный файл"
    assert step in words(at).replace("\u00a0", " ")
    own_page_says_it_all(page, store, step)


def plan_of(percent):
    """A plan that the school has not met in grades 1–4."""
    return PlanValue(
        period="2023", indicator="coverage", level="primary", cohort="all", territory=PLACE, percent=Decimal(percent),
        number=None, origin="document", ground="приказ № 1", author="test", at=now(),
    )  # fmt: skip


def own_page_says_it_all(page, store, step):
    """The sheet of the school: state, last day, next step, questions, figures beside plan and last year, receipt."""
    with store.write("test", based_on=None) as writer:
        planning.set_plan(writer, plan_of(95))
        inquiring.ask_about(writer, "2023", SCHOOL, {Cell("pupils", "primary", "all"): "Откуда 60"})
    at = page("organisations", person=OWN, period="2023")
    text, shown = words(at).replace("\u00a0", " "), " ".join(e.proto.body for e in at.get("html"))
    assert "Отчёт за 2023 год вернули на доработку: исправить до " in text and step in text
    assert "Спрашивают 74 числа, в отчёте 4." in text and "Исправить на странице" in text
    assert "Вопросы управления: 1, без ответа 1" in text and ": Откуда 60. Ответа ещё нет." in text
    assert 'href="/form?' in shown and "item=" in shown
    with store.read() as reader:
        (before,) = coverages(
            reader, store.catalogue, "2022", organisation=SCHOOL, indicator="coverage", level="primary", cohort="all"
        )
    table = html.unescape(next(e.proto.body for e in at.get("html") if "Было" in e.proto.body))
    assert figure(before) in table and "План района" in table and "95\u00a0%" in table
    text = words(page("organisations", person=OWN, period="2022")).replace("\u00a0", " ")
    (advised,) = (a.text for a in store.catalogue.actions.values() if a.code == "act-quality-analysis-school")
    assert advised in text.partition("Рекомендации организации")[2]


def test_a_school_at_a_closed_page_is_told_what_it_can_open(page):
    at = page("problems", person=OWN, period="2023")
    shown = " ".join(e.proto.body for e in at.get("html"))
    assert title(at) == "Страница «Проблемы» открыта управлению"
    assert 'href="/upload?' in shown and "сдать числа" in words(at) and 'href="/organisations?' in shown
    assert 'href="/period?' not in shown
