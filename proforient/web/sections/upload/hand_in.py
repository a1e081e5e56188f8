"""«Сдать»: the one moment at which a file enters the store, and the receipt, which is read from the store."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from proforient.access.roles import Deed
from proforient.charts import marks
from proforient.charts.sentences.standings import STANDINGS
from proforient.documents import reply_workbook
from proforient.errors import MovedOn, ProforientError
from proforient.intake.model import Screening
from proforient.intake.personal import in_explanations
from proforient.intake.screened_apart import is_long
from proforient.monitoring import ReportStanding
from proforient.store import acceptance
from proforient.store.form_draft import forget_typed
from proforient.store.rows import NotAcceptable
from proforient.store.writing import Writer
from proforient.web import widgets
from proforient.web.sections.dialog import moved_words
from proforient.web.sections.upload import consequences as upload_change
from proforient.web.sections.upload.beginning import forget_chosen, links, sheet_link
from proforient.web.sections.upload.check import findings_table
from proforient.web.sections.upload.desk import ChosenFile, Done, UploadDesk, answers_of, check
from proforient.web.sections.upload.numbers import folded, matrix
from proforient.web.sections.upload.sender import Sender, for_period, late_note
from proforient.web.session import Session, Way, current, lead
from proforient.wording import counted, number, plural, quoted, typo


def screen_file(here: Session, campaign: Sender, held: ChosenFile) -> Screening:
    """The screening, with a bar that advances where the file is long and a spinning sign where it is not."""
    if held.reading is None or not is_long(held.reading):
        with st.spinner("Проверяем файл…"):
            return check(here, campaign, held)
    bar = st.progress(0.0, "Проверяем файл…")

    def advance(done: float) -> None:
        bar.progress(min(done, 1.0), "Проверяем файл…")

    found = check(here, campaign, held, advance)
    bar.empty()
    return found


def what_changes(here: Session, campaign: Sender, held: ChosenFile, screening: Screening) -> None:
    """Verdicts now and afterwards; nothing of it is kept."""
    organisations = {value.organisation for value in screening.values}
    if here.settings.read_only or not organisations:
        return  # a store that only reads cannot rehearse

    def act(writer: Writer) -> object:
        return acceptance.accept(writer, screening, period=campaign.code, confirm=True)

    key = (held.memo["screening"][0], here.store.version)
    try:
        with st.spinner("Считаем, что изменится…"):
            foreseen = held.once(
                "foreseen", key, lambda: upload_change.foresee(here, campaign.code, organisations, act)
            )
    except NotAcceptable as refused:
        widgets.message(str(refused))
        findings_table(refused.findings, screening)
        return
    upload_change.show(here, foreseen)


def hand_in(here: Session, campaign: Sender, desk: UploadDesk, held: ChosenFile, screening: Screening) -> None:
    """The button, with what must be known before pressing it."""
    if here.settings.read_only:
        why = "В папку данных писать нельзя" if here.settings.reads_only else "Это открытая демонстрация"
        widgets.message(f"{why}, файлы проверяются, но не сдаются.")
        return
    note = late_note(campaign)
    if note:
        widgets.message(note, heading="Срок прошёл")
    if held.refused:
        widgets.message(held.refused, heading="Не сдано")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "Сдать",
            type="primary",
            icon=":material/check:",
            key="upload-hand-in",
            on_click=_hand_in,
            args=(here.mark, desk, held, screening, campaign.code),
        )
        other_file(desk)
    widgets.caption("До нажатия «Сдать» эти числа не входят ни в одну долю.")


def other_file(desk: UploadDesk, *, primary: bool = False) -> None:
    """Back to choosing a file, or to the form of which it was made."""
    st.button(
        "Вернуться к бланку" if desk.held and desk.held.typed else "Выбрать другой файл",
        type="primary" if primary else "secondary",
        key="upload-other",
        on_click=_other,
        args=(desk,),
    )


def give_back(held: ChosenFile, screening: Screening) -> None:
    """The same table with the faulty cells marked, for mending; nothing where nothing was read or may be kept."""
    if held.reading is None or not held.reading.sheets or screening.contacts:
        return
    reading, data = held.reading, held.data
    st.download_button(
        "Скачать с замечаниями",
        lambda: reply_workbook.returned(reading, screening, data),
        file_name=reply_workbook.file_name(screening.name),
        icon=":material/download:",
        key="upload-returned",
        on_click="ignore",
        help="Ваша таблица: отмечены ячейки, в примечаниях написано, что сделать. Исправьте и выберите её здесь.",
    )


def _other(desk: UploadDesk) -> None:
    if desk.held and desk.held.typed:
        lead(Way({}, "form"))
    desk.put_away()
    forget_chosen()


def _hand_in(mark: int, desk: UploadDesk, held: ChosenFile, screening: Screening, period: str) -> None:
    """A callback. A second click finds the desk empty; the store knows one that comes from another tab."""
    if desk.held is not held:
        return
    held.absorb()
    screening = replace(screening, answers=answers_of(held))
    held.refused = _not_yet(screening)
    if held.refused:
        return
    here = current()
    if not (here.acts(Deed.SUBMIT) and here.reaches_all({value.organisation for value in screening.values})):
        held.refused = "В файле числа не вашей организации или территории. Уберите чужие строки и выберите файл снова."
        return
    try:
        here.store.put_file(held.data)
        with here.store.write(here.person.login, based_on=mark) as writer:
            receipt = acceptance.accept(writer, screening, period=period)
            if held.typed:
                forget_typed(writer, period, held.typed)
    except NotAcceptable as refused:
        held.refused = " ".join([str(refused), *(f.message + "." for f in refused.findings if f.severity == "error")])
        with here.store.write(here.person.login, based_on=mark) as writer:
            acceptance.note_refusal(writer, screening, period=period)
        return
    except MovedOn as moved:
        held.refused = moved_words(here, moved)
        return
    except ProforientError as error:
        held.refused = str(error)
        return
    desk.put_away()
    desk.done = Done(receipt=receipt, sums=screening.sums, period=period, whose=here.view.organisation)
    forget_chosen()


def _not_yet(screening: Screening) -> str:
    """Why the file cannot be handed in as it is; empty when it can."""
    waiting = len(screening.unexplained)
    if waiting:
        tail = plural(waiting, "ждёт", "ждут", "ждут")
        return typo(
            f"{counted(waiting, 'warnings')} {tail} объяснения. Впишите по одной фразе в поля выше и нажмите «Сдать»."
        )
    return typo(in_explanations(screening.answers.explanations.values()))


def receipt(here: Session, desk: UploadDesk, done: Done) -> None:
    """What the store now holds of it."""
    sent = here.reader.submission(done.receipt.submission)
    names = here.reader.roster().names
    parts = here.reader.parts(submission=sent.id)
    whose = names.get(sent.organisations[0], "") if len(sent.organisations) == 1 else ""
    lines = [f"Файл {quoted(sent.file)} {for_period(done.period)}{f', {whose}' if whose else ''}."]
    if whose:
        lines.append(_standing_line(here, done.period, sent.organisations[0]))
    replaced = sum(r.cells for r in done.receipt.replaces)
    if replaced:
        lines.append(f"Заменено прежних чисел: {number(replaced)}.")
    if sent.late:
        lines.append("Срок прошёл: у отчёта пометка «с опозданием».")
    if done.receipt.repeated:
        lines.append("Этот файл уже был сдан минуту назад: второй раз он не записан.")
    widgets.lead(" ".join(lines))
    sent_by = {code: names.get(code, code) for code in sent.organisations}
    own = widgets.link_html(f"Квитанция № {sent.number}", page="receipts", item=sent.id)
    widgets.show_html(marks.tag("p", marks.joined([own, links(here, done.period, sent_by)], " · ")))
    if len(parts) > 1:
        rows = [
            [sheet_link(names.get(p.organisation, p.organisation), p.organisation, done.period), number(p.cells)]
            for p in parts
        ]
        widgets.show_html(
            folded(f"Сдано за {counted(len(parts), 'organisations', 'acc')}", matrix(["Организация", "Чисел"], rows))
        )
    st.button("Сдать ещё один файл", type="primary", key="upload-again", on_click=_other, args=(desk,))


def _standing_line(here: Session, period: str, organisation: str) -> str:
    """How the report stands now."""
    stands = here.reader.report_standings(period, organisation=organisation).get(organisation, ReportStanding.NOT_BEGUN)
    if stands is ReportStanding.INCOMPLETE:
        held = here.reader.report_contents(period, organisation=organisation)[organisation]
        return f"Отчёт неполный: {counted(held.given, 'numbers')} из {number(held.asked)}; они уже входят в доли."
    if stands is ReportStanding.REVIEW:
        return "Отчёт на проверке: числа уже входят в доли."
    return f"Отчёт {STANDINGS[stands]}."


def receipt_finding(here: Session, done: Done) -> str:
    """«Принято: сдано 10 чисел, отчёт на проверке»."""
    sent = here.reader.submission(done.receipt.submission)
    many, first = len(sent.organisations), sent.organisations[0]
    if many > 1:
        reports = f"{counted(many, 'organisations')} на проверке"
    else:
        stands = here.reader.report_standings(done.period, organisation=first).get(first, ReportStanding.NOT_BEGUN)
        reports = f"отчёт {STANDINGS[stands]}"
    return typo(f"Принято: сдано {counted(sent.values - done.sums, 'numbers')}, {reports}")
