"""The page before a file is chosen: the list of one's own numbers, the uploader, what has been handed in so far."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import streamlit as st

from proforient.access.roles import Deed
from proforient.charts import marks
from proforient.charts.marks import Html
from proforient.documents import form
from proforient.documents.form_beside import notes_for
from proforient.intake.checks.missing_counts import asked_of
from proforient.intake.known_values import spareable
from proforient.intake.sums import needed_of
from proforient.monitoring import Cell, Organisation, ReportStanding, Value
from proforient.web import widgets
from proforient.web.register import page_entry
from proforient.web.seams import uploads
from proforient.web.sections.upload.desk import UploadDesk, take
from proforient.web.sections.upload.numbers import tables, value_words
from proforient.web.sections.upload.sender import Sender, for_period, late_note, next_step, reopened_words, report_words
from proforient.web.session import Session, Way, address, lead
from proforient.wording import counted, number, period_name, quoted, typo

STEPS = ("Список", "Файл", "Проверка", "Сдача")
CHOSEN = "upload-chosen"
LABELS = {
    ReportStanding.DRAFT: "Продолжить бланк на странице",
    ReportStanding.INCOMPLETE: "Дополнить на странице",
    ReportStanding.RETURNED: "Исправить на странице",
}  # of the way to the form; any other «Заполнить на странице»


def steps(now: int) -> None:
    """Where the person is; ``now`` counts from 0."""
    widgets.show_html(step_list(now))


def step_list(now: int) -> Html:
    """The same as HTML."""
    items = []
    for place, name in enumerate(STEPS):
        mark = marks.joined([marks.glyph("✓"), name], " ") if place < now else marks.html(f"{place + 1} {name}")
        css = "done" if place < now else "now" if place == now else ""
        items.append(marks.tag("li", mark, css, **({"aria_current": "step"} if place == now else {})))
    return marks.tag("ol", marks.joined(items), "pf-steps")


def begin(here: Session, campaign: Sender, desk: UploadDesk) -> None:
    """The first two steps side by side, then the numbers that are asked for."""
    for line in told_first(here, campaign):
        widgets.show_html(line)
    left, right = st.columns(2, gap="large")
    with left:
        _list(here, campaign)
    with right:
        chooser(desk)
    if campaign.organisation:
        _own_numbers(here, campaign)


def told_first(here: Session, campaign: Sender) -> list[Html]:
    """Whether it is late, what is to be done now, what the store already holds for this organisation."""
    note, step, again = late_note(campaign), next_step(campaign), reopened_words(campaign)
    lines = [widgets.message_html(note, heading="Срок прошёл")] if note else []
    lines += [widgets.message_html(again, heading="Приём открыт вам одним")] if again else []
    lines += [marks.tag("p", step, "pf-lead")] if step else []
    return lines + _report(here, campaign)


def _report(here: Session, campaign: Sender) -> list[Html]:
    report = campaign.report
    if campaign.organisation is None:
        return []
    words = "Лист организации: числа рядом с планом и прошлым годом, рекомендации, меры"
    link = widgets.link_html(words, page="organisations", organisation=campaign.organisation.code)
    if report is None or report.at is None:
        return [marks.tag("p", link)]
    words = marks.html(f"Отчёт {for_period(campaign.code)}: {report_words(campaign)}.")
    return [marks.tag("p", marks.joined([words, link], " "))]


def _list(here: Session, campaign: Sender) -> None:
    widgets.section("1. Возьмите список своих чисел")
    organisation = campaign.organisation
    if organisation is None:
        widgets.show_html(
            marks.tag(
                "p",
                "Выберите организацию вверху страницы: покажем, какие числа у неё спрашивают, и дадим бланк. "
                "Управление может сдать одним файлом числа нескольких организаций: строка — организация, "
                "столбец — число.",
            )
        )
    else:
        many = counted(len(_asked(here, campaign, _known(here, campaign))), "numbers")
        words = f"{organisation.name}: {many}. В списке только то, что спрашивают у этой организации."
        widgets.show_html(marks.tag("p", words))
        if here.acts(Deed.SUBMIT):
            label = LABELS.get(campaign.standing, "Заполнить на странице")
            st.button(
                label,
                type="primary",
                icon=":material/edit_note:",
                key="upload-type",
                on_click=lead,
                args=(Way({}, "form"),),
            )
        _downloads(here, campaign, organisation)
    widgets.caption(
        "Можно сдать и свою таблицу: программа узнаёт названия столбцов в одной или двух строках, "
        "разделители «;» и «,», кодировки UTF-8 и Windows-1251."
    )


def _downloads(here: Session, campaign: Sender, organisation: Organisation) -> None:
    catalogue, period = here.catalogue, campaign.period
    assert period is not None
    makers = {
        "xlsx": lambda: _workbook(here, campaign, organisation),
        "csv": lambda: form.counts_csv(catalogue, organisation, period),
    }
    with st.container(horizontal=True):
        for ending, make in makers.items():
            st.download_button(
                f"Список {ending.upper()}",
                make,
                file_name=form.file_name(organisation, period, ending),
                icon=":material/download:",
                key=f"upload-list-{ending}",
                on_click="ignore",
            )


def _workbook(here: Session, campaign: Sender, organisation: Organisation) -> bytes:
    """Made when it is asked for, in a request of its own: with a reader of its own."""
    assert campaign.period is not None
    with here.store.read() as reader:
        known = reader.known(campaign.code, territory=campaign.place, organisations=[organisation.code])
    known_beside = notes_for(known, organisation.code, campaign.last_day, here.settings.address)
    return form.form(here.catalogue, organisation, campaign.period, beside=known_beside)


def form_download(here: Session, campaign: Sender, organisation: Organisation) -> None:
    """The form of this organisation and period, beside a file that turned out to be another one."""
    period = campaign.period
    assert period is not None
    st.download_button(
        typo(f"Скачать бланк: {organisation.name}, {period_name(period.code)}"),
        lambda: _workbook(here, campaign, organisation),
        file_name=form.file_name(organisation, period, "xlsx"),
        icon=":material/download:",
        type="primary",
        key="upload-right-form",
        on_click="ignore",
    )


def chooser(desk: UploadDesk) -> None:
    """The uploader. The bytes are taken out of it in the run in which they arrive, and its own copy is freed."""
    widgets.section("2. Выберите заполненный файл")
    _ask_again()
    file = st.file_uploader(
        # Of any kind: what a wrong one is, is said in words when it is read, not by the browser.
        "Файл CSV, XLSX, XLS или ODS, до 20 МБ",
        max_upload_size=20,
        key=f"upload-file-{desk.chooser}",
    )
    if file is not None:
        with st.spinner("Читаем файл…"):
            held = take(file.name, file.getvalue())
        uploads.forget(file)
        desk.put_away()
        desk.held = held
        st.rerun()
    widgets.caption(
        "Можно проверить без сдачи: покажем замечания, ваши доли и доли района с этими числами. Пока вы не нажали "
        "«Сдать», файл ничего не меняет: ни долей, ни отчётов."
    )


def remember_chosen(name: str) -> None:
    """Lets the browser keep the file's name: after a restart of the server only the browser knows of it."""
    st.session_state[CHOSEN] = name
    with st.container(key="upload-memory"):
        st.text_input("Выбранный файл", key=CHOSEN, label_visibility="collapsed")


def _ask_again() -> None:
    """A name that comes back from the browser without a file: the session in which it was read is gone."""
    with st.container(key="upload-memory"):
        name = st.text_input("Выбранный файл", key=CHOSEN, label_visibility="collapsed")
    if name:
        widgets.message(
            f"Страница открыта заново, и файл {quoted(name)} в ней не остался: до сдачи он нигде не хранится. "
            "Выберите его снова, ничего не сдано.",
            heading="Выберите файл ещё раз",
        )


def forget_chosen() -> None:
    """Nothing is expected of the browser any more (a callback, before the field is drawn)."""
    st.session_state[CHOSEN] = ""


def _asked(here: Session, campaign: Sender, known: Collection[Cell]) -> list[Cell]:
    assert campaign.organisation is not None and campaign.period is not None
    return [c for c in asked_of(here.catalogue, campaign.organisation, campaign.period) if c not in known]


def _known(here: Session, campaign: Sender) -> dict[Cell, int]:
    """The numbers that are known of the organisation, so that nobody asks for them."""
    assert campaign.organisation is not None
    whose = campaign.organisation
    free = spareable(here.catalogue, whose, campaign.period)
    found = here.reader.contingent(campaign.code, organisations=[whose.code])
    return {one.cell: one.number for one in found if one.cell in free}


def _own_numbers(here: Session, campaign: Sender) -> None:
    assert campaign.organisation is not None
    known = _known(here, campaign)
    asked = _asked(here, campaign, known)
    cells = needed_of(here.catalogue, campaign.organisation, campaign.period)
    standing: Mapping[Cell, Value] = {
        v.cell: v for v in here.reader.values(campaign.code, organisation=campaign.organisation.code)
    }

    def show(cell: Cell) -> Html:
        value = standing.get(cell)
        if value is None:
            note = f"известно {number(known[cell])}" if cell in known else "пусто" if cell in asked else "сумма"
            return marks.tag("span", note, "pf-quiet")
        answer = value.number if value.number is not None else value.reason
        assert answer is not None
        return marks.html(value_words(here.catalogue, cell, answer))

    filled = sum(cell in standing for cell in asked)
    caption = f"Что спрашивают: {counted(len(asked), 'numbers')}" + (f", сдано {filled}" if filled else "")
    widgets.show_html(tables(here.catalogue, cells, show, caption=caption))
    widgets.caption(
        "Прочерк — этого на таком уровне не спрашивают. Пустая клетка ничего не меняет; "
        "если чисел нет, напишите «нет данных»."
    )


def links(here: Session, period: str, sent: Mapping[str, str]) -> Html:
    """Where the numbers can be seen after they are handed in; ``sent``: names by code."""
    parts = []
    if len(sent) == 1:
        ((code, name),) = sent.items()
        parts.append(sheet_link(f"лист организации {quoted(name)}", code, period))
    if page_entry("overview").is_open_to(here.person):
        parts.append(marks.tag("a", "Обзор", "go", href=address("overview", period=period)))
    return marks.joined(parts, " · ")


def sheet_link(text: str, organisation: str, period: str) -> Html:
    """To the sheet of an organisation."""
    return widgets.link_html(text, page="organisations", organisation=organisation, period=period, trace=False)
