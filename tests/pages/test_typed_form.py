"""Бланк: numbers typed on the page are kept as a draft, checked as a file's, and handed in as one."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

from page_words import button, title, words

from proforient.access.roles import Person, Role
from proforient.documents.typed_form import typed_form
from proforient.intake.read import read_bytes
from proforient.monitoring import Cell, Contingent, ReportStanding, ReportState
from proforient.store import acceptance, campaign, planning
from proforient.store.form_draft import type_cells

SCHOOL = "n-school-rechnaya"
PLACE = "Челябинская область / Нязепетровский муниципальный район"
OWN = Person(login="demo-organisation", role=Role.ORGANISATION, territory=PLACE, organisation=SCHOOL)
VIEW = {"person": OWN, "organisation": SCHOOL, "period": "2023"}
PRIMARY, BASIC = Cell("pupils", "primary", "all"), Cell("pupils", "basic", "all")
KNOWN = ((PRIMARY, 60), (BASIC, 70))
COVERED = Cell("covered", "primary", "all")


def field(at, row, column):
    return next(f for f in at.text_input if f.key and f.key.startswith(f"typed-{row}-{column}-"))


def draft(store):
    with store.read() as reader:
        return {cell: typed.words for cell, typed in reader.typed_cells("2023", SCHOOL).items()}


def plain(at):
    return words(at).replace("\u00a0", " ").replace("\u2060", "")


def state(store):
    with store.read() as reader:
        return reader.reports("2023")[SCHOOL].state, reader.reports_sent("2023", territory=PLACE)[0]


def test_what_is_typed_is_kept_as_a_draft_checked_as_a_file_and_handed_in_as_one(page, store):
    _, sent = state(store)
    at = page("form", **VIEW)
    assert title(at) == "Бланк за 2023 год: заполнено 0 чисел из 74"
    assert "было 54" in field(at, 1, 0).label and not [f for f in at.text_input if f.key.startswith("typed-1-3-")]
    field(at, 1, 0).input("60")
    field(at, 1, 1).input("70")
    field(at, 2, 0).input("65").run()
    assert not at.exception
    assert draft(store) == {PRIMARY: "60", BASIC: "70", COVERED: "65"}
    assert state(store) == (ReportState.DRAFT, sent)
    assert title(at) == "Бланк за 2023 год: заполнено 3 числа из 74, исправьте одну ошибку"
    assert field(at, 2, 0).label.startswith("✗") and "65 больше, чем всего 60" in words(at)
    assert ">130<" in " ".join(e.proto.body for e in at.get("html"))  # 1–11 follow from 1–4 and 5–9
    at = page("form", **VIEW)  # another session, another day
    assert [field(at, *place).value for place in ((1, 0), (1, 1), (2, 0))] == ["60", "70", "65"]
    field(at, 2, 0).input("55")
    button(at, "Проверить и сдать").click().run()
    assert not at.exception
    assert title(at).startswith("Файл готов к сдаче: 3 числа")
    button(at, "Вернуться к бланку").click().run()
    assert field(at, 2, 0).value == "55"
    button(at, "Проверить и сдать").click().run()
    button(at, "Сдать").click().run()
    assert not at.exception
    assert draft(store) == {} and state(store) == (ReportState.SUBMITTED, sent + 1)
    with store.read() as reader:
        (file,) = reader.submissions(period="2023", organisation=SCHOOL)
        values = {v.cell: v.number for v in reader.values("2023", organisation=SCHOOL)}
    assert values == {PRIMARY: 60, BASIC: 70, Cell("pupils", "grades-1-11", "all"): 130, COVERED: 55}
    kept = read_bytes(file.file, store.get_file(file.sha256))
    assert kept.kind == "xlsx" and kept.sheets[0].names["pf_organisation"] == SCHOOL


def test_an_old_report_with_the_parts_and_not_their_sum_is_whole_once_it_is_handed_in_again(page, store):
    """Before sums followed by themselves such a file was taken; the figures of the sum lacked it."""
    with store.read() as reader:
        period, school = reader.period("2023", territory=PLACE), reader.organisation(SCHOOL)
        known = reader.known("2023", territory=PLACE, organisations=[SCHOOL])
    blank = typed_form(store.catalogue, school, period, replace(known, past={}))
    texts = {cell: "да" if blank.is_answer(cell) else "10" for cell in blank.asked}
    read = blank.screened(blank.texts(texts))
    sums = {value.cell for value in read.values if value.follows}
    assert len(sums) == 2, "everybody and those with disabilities"
    store.put_file(b"form")

    def taken(values):
        sent = replace(read, values=tuple(values), findings=(), sha256=sha256(b"form").hexdigest(), size=4)
        with store.write("school", based_on=None) as writer:
            acceptance.accept(writer, sent, period="2023", recheck=lambda *_: ())
        with store.read() as reader:
            standing = reader.report_standings("2023", organisation=SCHOOL)[SCHOOL]
            return standing, reader.report_contents("2023", organisation=SCHOOL)[SCHOOL]

    asked = len(blank.asked)
    assert taken(v for v in read.values if not v.follows) == (ReportStanding.INCOMPLETE, (asked, asked + len(sums)))
    assert title(page("form", **VIEW)).startswith("Бланк за 2023 год заполнен"), "nothing is left to be typed"
    assert taken(read.values) == (ReportStanding.REVIEW, (asked, asked))


def test_a_question_to_one_number_is_answered_beside_it_and_the_department_sees_what_is_open(page, store):
    with store.write("school", based_on=None, figures=False) as writer:
        type_cells(writer, "2023", SCHOOL, {PRIMARY: "60", COVERED: "12"}, {})
    at = page("form", **VIEW)
    button(at, "Проверить и сдать").click().run()
    button(at, "Сдать").click().run()
    at = page("period", period="2023", territory=PLACE)
    at.button(f"period-return-{SCHOOL}").click().run()
    options = at.multiselect(f"period-ask-{SCHOOL}").options
    assert [o.replace("\u00a0", " ") for o in options] == [
        "Всего обучающихся, Начальное: 60",
        "Охвачено мероприятиями, Начальное: 12",
    ]
    at.multiselect(f"period-ask-{SCHOOL}").select(1).run()
    button(at, "Вернуть").click().run()
    assert "поле пустое" in words(at)  # neither a question nor a note
    at.text_input(f"period-ask-{SCHOOL}-1").input("Почему так мало?").run()
    button(at, "Вернуть").click().run()
    assert not at.exception and state(store)[0] is ReportState.RETURNED
    assert "на доработке: Ответьте на вопросы к числам: 1 число; вопросов к числам 1, без ответа 1" in plain(at)
    at = page("form", **VIEW)
    assert "Вопрос управления (1–4): Почему так мало?" in plain(at)
    asked = next(f for f in at.text_input if f.key.startswith("form-answer-typed-2-0-"))
    asked.input("Класс закрыли на карантин").run()
    assert not at.exception and "Вы ответили: Класс закрыли на карантин" in plain(at)
    assert "вопросов к числам 1, на все ответили" in plain(page("period", period="2023", territory=PLACE))
    field(at, 2, 0).input("52")
    button(at, "Проверить и сдать").click().run()
    button(at, "Сдать").click().run()
    assert state(store)[0] is ReportState.SUBMITTED
    assert "Почему так мало? Ответ: Класс закрыли на карантин" in plain(page("period", period="2023", territory=PLACE))
    with store.read() as reader:
        assert [e.action for e in reader.events() if e.action in ("report.asked", "report.explained")] != []


def test_two_who_type_for_one_school_are_told_and_nobody_overwrites_the_other(page, store):
    at = page("form", **VIEW)
    field(at, 1, 0).input("60").run()
    with store.write("zavuch", based_on=None, figures=False) as writer:
        type_cells(writer, "2023", SCHOOL, {BASIC: "71"}, {})
    field(at, 1, 1).input("70").run()
    assert "его заполнял и другой вход, «zavuch»: «Численность обучающихся» (Основное) — 71, а у вас 70" in (plain(at))
    assert draft(store) == {PRIMARY: "60", BASIC: "71"} and field(at, 1, 1).value == "71"
    assert "заполняете не только вы" in words(at)
    field(at, 1, 1).input("70").run()  # knowing of it
    assert draft(store)[BASIC] == "70"


def test_what_may_not_be_kept_is_said_and_not_kept_and_a_closed_period_is_not_typed_into(page, store):
    at = page("form", **VIEW)
    for text in ("Иванова Анна Петровна", "9" * 41):
        field(at, 1, 0).input(text).run()
        assert "Не сохранено" in words(at) and draft(store) == {}
    with store.write("head", based_on=None) as writer:
        campaign.close_period(writer, "2023", territory=PLACE)
    field(at, 1, 0).input("60").run()
    assert title(at) == "Приём за 2023 год закрыт: файлы больше не принимаются" and not at.text_input
    assert draft(store) == {}


def test_a_known_number_is_shown_and_not_asked_and_stands_in_what_is_handed_in(page, store):
    with store.write("head", based_on=None) as writer:
        known = [
            Contingent(period="2023", organisation=SCHOOL, cell=cell, number=n, source="ОО-1") for cell, n in KNOWN
        ]
        planning.import_contingent(writer, known)
        held = writer.reader.report_contents("2023")[SCHOOL]
    assert tuple(held) == (0, 72)  # on «Период», in reminders and on the school's own page
    assert "72 числа" in plain(page("upload", **VIEW)) and "известно 60" in plain(page("upload", **VIEW))
    at = page("period", period="2023", territory=PLACE)
    button(at, "Что спрашиваем…").click().run()
    with store.read() as reader:
        codes = list(reader.reports("2023", territory=PLACE))
        owed = sum(reader.report_contents("2023", organisation=code)[code].asked for code in codes)
    assert f"{owed} чис" in plain(at)
    at = page("form", **VIEW)
    assert title(at) == "Бланк за 2023 год: заполнено 0 чисел из 72"
    assert (field(at, 1, 0).value, field(at, 1, 0).placeholder) == ("", "60")
    assert next(b for b in at.button if b.key == "form-check").disabled, "what was known anyway is no report"
    field(at, 2, 0).input("65").run()
    assert "65 больше, чем всего 60" in words(at)
    assert ">130<" in " ".join(e.proto.body for e in at.get("html"))  # 1–11 follow from what is known
    field(at, 2, 0).input("55").run()
    button(at, "Проверить и сдать").click().run()
    assert title(at).startswith("Файл готов к сдаче: 1 число")
    button(at, "Сдать").click().run()
    with store.read() as reader:
        values = {v.cell: v.number for v in reader.values("2023", organisation=SCHOOL)}
        assert tuple(reader.report_contents("2023")[SCHOOL]) == (1, 72)
    assert values == {PRIMARY: 60, BASIC: 70, Cell("pupils", "grades-1-11", "all"): 130, COVERED: 55}
    at = page("form", **VIEW)
    field(at, 1, 0).input("90").run()  # another number is told beside the known one and wants a sentence
    assert field(at, 1, 0).label == "! 1–\u20604: известно 60, было 54"
