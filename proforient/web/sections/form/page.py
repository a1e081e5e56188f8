"""What stands around the fields: the title, who else types, what is counted how, and the way to hand it in."""

from __future__ import annotations

import streamlit as st

from proforient.documents import form as workbook
from proforient.errors import ProforientError
from proforient.monitoring import ReportState, local
from proforient.web import widgets
from proforient.web.sections.form.desk import OpenForm, read_form
from proforient.web.sections.upload.desk import desk as upload_desk
from proforient.web.sections.upload.desk import take
from proforient.web.sections.upload.sender import Sender, for_period
from proforient.web.session import Session, Way, current, lead
from proforient.wording import counted, counted_words, date_ru, days_left, join, number, period_in, plural, quoted, typo

HOW = (
    "Впишите целые числа; стрелки и Enter ведут по клеткам, блок из Excel вставляется с той клетки, где стоит курсор. "
    "Чисел нет — «н/\u2060д», не относится к вам — «х»; пустая клетка ничего не меняет."
)


def title(shown: OpenForm) -> str:
    """«Бланк за 2023 год: заполнено 8 чисел из 12»."""
    asked, when = len(shown.form.asked), for_period(shown.form.period.code)
    wrong = f", исправьте {counted_words(shown.wrong, 'errors', 'acc')}" if shown.wrong else ""
    if shown.filled >= asked:
        return typo(f"Бланк {when} заполнен" + (wrong or ": осталось сдать"))
    filled = plural(shown.filled, "заполнено", "заполнено", "заполнено")
    return typo(f"Бланк {when}: {filled} {counted(shown.filled, 'numbers')} из {number(asked)}{wrong}")


def lead_words(campaign: Sender) -> str:
    """«Школа «Речная». Сдать до 8 декабря, осталось 9 дней.»"""
    assert campaign.organisation is not None and campaign.period is not None
    closes = campaign.last_day or campaign.period.closes
    left = days_left(closes, campaign.today)
    until = (
        f"Срок прошёл {date_ru(closes)}" if campaign.today > closes else f"Сдать до {date_ru(closes, 'words')}, {left}"
    )
    return typo(f"{campaign.organisation.name}. {until}. Всё, что вы вписали, сохраняется само, пока вы не сдадите.")


def notices(here: Session, campaign: Sender, shown: OpenForm) -> None:
    """What must be known before typing: what was not kept, a returned report, who else is typing."""
    if shown.desk.notice:
        widgets.message(shown.desk.notice, heading="Не сохранено")
    if campaign.report and campaign.report.state is ReportState.RETURNED and campaign.report.note:
        widgets.message(campaign.report.note, heading="Управление просит исправить")
    if left := sum(one.is_open for one in shown.inquiries.values()):
        widgets.message(typo(f"Вопросы без ответа: {number(left)}. Они стоят у чисел, ответить можно там же."))
    others = {c: t for c, t in shown.desk.seen.items() if t.author != here.person.login}
    if others:
        names = join([quoted(name) for name in dict.fromkeys(t.author for t in others.values())])
        last = local(max(t.at for t in others.values()), campaign.zone)
        words = f"{counted(len(others), 'numbers')} здесь вписал другой вход, {names}; последнее {last:%d.%m в %H:%M}."
        widgets.message(typo(words), heading="Этот бланк заполняете не только вы")
    before = shown.form.period.previous
    notes = [typo(f"Рядом с клеткой — ваше число {period_in(before)}.")] if before and shown.form.known.past else []
    if shown.form.spared:
        notes.append("Известное число стоит в клетке серым: его не спрашивают. Впишите своё, только если у вас иначе.")
    widgets.caption(" ".join([HOW, *notes]))


def hand_over(here: Session, campaign: Sender, shown: OpenForm) -> None:
    """The button, and the same as a workbook; when the last number was kept."""
    form, texts = shown.form, shown.texts
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "Проверить и сдать",
            type="primary",
            icon=":material/check:",
            key="form-check",
            on_click=_check,
            args=(campaign,),
            disabled=not shown.begun,
        )
        st.download_button(
            "Скачать бланк с числами",
            lambda: form.workbook(texts),
            file_name=workbook.file_name(form.organisation, form.period, "xlsx"),
            icon=":material/download:",
            key="form-download",
            on_click="ignore",
        )
    widgets.caption(_saved(here, campaign, shown))


def _saved(here: Session, campaign: Sender, shown: OpenForm) -> str:
    mine = [t.at for t in shown.desk.seen.values() if t.author == here.person.login]
    when = f"Последнее сохранено {local(max(mine), campaign.zone):%d.%m в %H:%M}. " if mine else ""  # order: of time
    return typo(f"{when}Черновик не отчёт: в доли он не входит, пока вы не нажмёте «Сдать».")


def _check(campaign: Sender) -> None:
    """A callback: the texts become a workbook, which is read and checked as any file, and handed in from there."""
    here = current()
    shown = read_form(here, campaign)
    if shown.desk.notice:
        return
    form = shown.form
    try:
        held = take(workbook.file_name(form.organisation, form.period, "xlsx"), form.workbook(shown.texts))
    except ProforientError as error:
        shown.desk.notice = str(error)
        return
    held.typed = form.organisation.code
    table = upload_desk(campaign.code, here.view.organisation)
    table.put_away()
    table.held = held
    lead(Way({}, "upload"))
