"""«Контингент…»: numbers that a statistical form has already, pasted or as a file, looked at and entered."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import streamlit as st

from proforient.access.roles import Deed
from proforient.charts import marks
from proforient.charts.marks import Html
from proforient.errors import ProforientError, WrongCall
from proforient.intake.known_table import KnownLine, known_lines
from proforient.intake.model import Answers, Known
from proforient.intake.own_process import read_isolated
from proforient.intake.resolve import Resolver
from proforient.monitoring import Cell, Contingent, Organisation, Period
from proforient.store import planning
from proforient.web import widgets
from proforient.web.seams import uploads
from proforient.web.sections.dialog import finish, forget, reading
from proforient.web.sections.notice import typed_text
from proforient.web.sections.period.collection import read_collection
from proforient.web.sections.upload.numbers import folded, level_head
from proforient.web.session import Session, current
from proforient.wording import capital, counted, join, number, period_name, quoted, typo, uncapital, unmarked

KEY = "proforient.period.known"
PASTED = "вставка.csv"
SHOWN = 40  # organisations of a preview, and lines of what is wrong; the rest is folded away
SKIPPED = ""  # the answer by which a row is left out


@dataclass(slots=True, kw_only=True)
class KnownDesk:
    """The table that was brought, kept for the session; ``meant``: by name what somebody said whose it is."""

    place: tuple[str | None, str]
    lines: list[KnownLine] = field(default_factory=list)
    meant: dict[str, str] = field(default_factory=dict)
    fault: str = ""
    chooser: str = field(default_factory=lambda: secrets.token_hex(4))

    def put_away(self) -> None:
        self.lines, self.meant, self.fault, self.chooser = [], {}, "", secrets.token_hex(4)


@st.dialog("Контингент", width="large", on_dismiss=forget)
def known_counts_dialog() -> None:
    here = current()
    with reading(here):
        campaign = read_collection(here)
        if campaign is None or campaign.period is None:
            return
        desk = _desk(here, campaign.period)
        if not desk.lines:
            _choose(here, campaign.period, desk)
        else:
            _preview(here, campaign.period, desk)


def _desk(here: Session, period: Period) -> KnownDesk:
    found = st.session_state.get(KEY)
    if not isinstance(found, KnownDesk) or found.place != (here.view.territory, period.code):
        found = st.session_state[KEY] = KnownDesk(place=(here.view.territory, period.code))
    return found


def _choose(here: Session, period: Period, desk: KnownDesk) -> None:
    """What is there already, and two ways in."""
    known = here.reader.contingent(period.code, territory=here.view.territory)
    there = len({one.organisation for one in known})
    state = f"Уже известно: {counted(len(known), 'numbers')}, {counted(there, 'organisations')}." if known else ""
    words = (
        f"Числа детей за {period_name(period.code)}, которые у вас уже есть, например из формы ОО-1. Школу о них не "
        "спросят: в бланке они стоят серым и сдаются сами. По ним же видно, изменят ли вывод те, кто ещё не сдал."
    )
    lines = [marks.tag("p", typo(words)), *([marks.tag("p", typo(state))] if state else [])]
    widgets.show_html(marks.joined(lines))
    counts = _counts(here)
    names = {code: here.catalogue.count_name(code) for code in counts}
    count = counts[0]
    if len(counts) > 1:
        count = st.selectbox("Что в таблице", counts, format_func=names.__getitem__, key=f"known-count-{desk.chooser}")
    st.text_area(
        "Вставьте таблицу из Excel вместе с заголовками",
        key=f"known-text-{desk.chooser}",
        height=140,
        max_chars=400_000,
        placeholder="Организация\t1–4\t5–9\t10–11\nШкола № 1\t240\t310\t54",
    )
    if st.button("Прочитать", type="primary", key="known-read"):
        _read(here, period, desk, count, PASTED, str(st.session_state[f"known-text-{desk.chooser}"] or "").encode())
    file = st.file_uploader("Или файл CSV, XLSX, XLS, ODS", max_upload_size=20, key=f"known-file-{desk.chooser}")
    if file is not None:
        data = file.getvalue()
        uploads.forget(file)
        _read(here, period, desk, count, file.name, data)
    if desk.fault:
        widgets.message(desk.fault)
    widgets.caption(
        "Нужен столбец «Организация» (название, ИНН или код) и столбцы уровней, или столбцы «Уровень» и «Число». "
        "Пустые клетки ничего не меняют. До кнопки «Записать» не меняется ничего."
    )


def _counts(here: Session) -> list[str]:
    """Numbers of children of which shares are taken, those of the headline first."""
    catalogue = here.catalogue
    first = list(catalogue.headline.denominator) if catalogue.headline else []
    rest = [code for i in catalogue.indicators.values() for code in i.denominator]
    return [c for c in dict.fromkeys([*first, *rest, *catalogue.counts]) if catalogue.counts[c].value == "whole"]


def _read(here: Session, period: Period, desk: KnownDesk, count: str, name: str, data: bytes) -> None:
    """Keeps what the table says, or why it cannot be read, and draws the dialog anew."""
    try:
        found = _brought(here, period, count, name, data)
        desk.put_away()
        desk.lines = found
    except ProforientError as error:
        desk.put_away()
        desk.fault = str(error)
    st.rerun()


def _brought(here: Session, period: Period, count: str, name: str, data: bytes) -> list[KnownLine]:
    if not data.strip():
        raise WrongCall("Поле пустое. Скопируйте таблицу в Excel вместе с заголовками и вставьте её сюда.")
    table = read_isolated(name, data)
    stop = next((found for found in table.findings if found.severity == "error"), None)
    if stop is not None:
        raise WrongCall(f"{stop.message}. {stop.to_do}.")
    found = known_lines(table, here.catalogue, _names(here, period), count)
    if not found:
        raise WrongCall(
            "Чисел не нашлось. Нужна строка заголовков: «Организация» и уровни («1–4», «5–9», «10–11»), или "
            "«Организация», «Уровень» и «Число»."
        )
    return found


def _names(here: Session, period: Period) -> Resolver:
    """Who is who on the period's last day, of those who are in reach."""
    organisations = here.reader.organisations(on=period.ends, territory=here.view.territory)
    there = {o.code: o for o in organisations if here.may(Deed.REGISTER, o)}
    successors = here.reader.successors(period.ends)
    return Resolver(here.catalogue, Known(period=period, organisations=there, successors=successors), Answers())


def _preview(here: Session, period: Period, desk: KnownDesk) -> None:
    names = _names(here, period)
    register = names.known.organisations
    unknown = list(dict.fromkeys(line.name for line in desk.lines if len(line.codes) != 1))
    for text in unknown:
        _question(desk, names, text)
    waiting = [n for n in unknown if n not in desk.meant]
    wrong, found = _settled(desk, register)
    _wrong(wrong)
    known = {(c.organisation, c.cell): c.number for c in here.reader.contingent(period.code, organisations=list(found))}
    _table(here, found, register, known)
    source = st.text_input(
        "Откуда эти числа", key=f"known-source-{desk.chooser}", max_chars=120, placeholder="ОО-1 на 20.09.2026"
    )
    many = sum(map(len, found.values()))
    with st.container(horizontal=True):
        if st.button(typo(f"Записать: {counted(many, 'numbers')}"), type="primary", key="known-do"):
            if waiting or wrong or not many:
                left = [*(["ответьте, чьи это строки"] * bool(waiting)), *(["исправьте ошибки"] * bool(wrong))]
                widgets.message(capital(join(left)) + "." if left else "Записывать нечего.")
            else:
                _enter(here, period, desk, found, source)
        if st.button("Другая таблица", key="known-drop"):
            desk.put_away()
            st.rerun()


def _question(desk: KnownDesk, names: Resolver, text: str) -> None:
    """Whose rows they are that name nobody, or several."""
    proposed = dict(names.question("organisation", text).proposals)
    every = {code: o.name for code, o in names.known.organisations.items() if code not in names.known.successors}
    offered = {SKIPPED: "не брать эти строки", **proposed, **every}
    key = f"known-whose-{desk.chooser}-{text}"
    labels = widgets.offered(key, offered, st.session_state.get(key), "Найти организацию")
    chosen = st.selectbox(f"В таблице {unmarked(quoted(text))} — кто это", list(labels), index=None, key=key,
                          format_func=lambda code: labels.get(code, code), placeholder="Выберите")  # fmt: skip
    if chosen is None:
        desk.meant.pop(text, None)
    else:
        desk.meant[text] = chosen


def _settled(
    desk: KnownDesk, register: Mapping[str, Organisation]
) -> tuple[list[KnownLine], dict[str, dict[Cell, int]]]:
    """What cannot be taken, and by organisation in the register's order what can."""
    wrong: list[KnownLine] = []
    found: dict[str, dict[Cell, int]] = {}
    for line in desk.lines:
        whose = line.codes[0] if len(line.codes) == 1 else desk.meant.get(line.name)
        if whose == SKIPPED:
            continue
        if line.fault or line.cell is None or line.number is None:
            wrong.append(line)
        elif whose is None:
            continue  # nobody has said yet
        elif found.setdefault(whose, {}).setdefault(line.cell, line.number) != line.number:
            wrong.append(replace(line, fault="у этой организации это число уже есть в другой строке, и там другое"))
    return wrong, {code: found[code] for code in register if code in found}


def _wrong(wrong: Sequence[KnownLine]) -> None:
    if not wrong:
        return
    rows = [[str(line.row), line.name, capital(line.fault) + "."] for line in wrong]
    head: list[str | marks.TableColumn] = [marks.TableColumn("Строка", figures=True), "Организация", "Что не так"]
    widgets.message("Исправьте это в таблице и вставьте её снова: пока есть ошибки, не записывается ничего.")
    widgets.show_html(marks.table(head, rows[:SHOWN]))
    if rows[SHOWN:]:
        widgets.show_html(folded(f"Ещё {number(len(rows) - SHOWN)}", marks.table(head, rows[SHOWN:])))


def _table(
    here: Session,
    found: Mapping[str, Mapping[Cell, int]],
    register: Mapping[str, Organisation],
    known: Mapping[tuple[str, Cell], int],
) -> None:
    """A row an organisation, a column a number; what was known before stands under it where it was another."""
    cells = list(dict.fromkeys(cell for numbers in found.values() for cell in numbers))
    if not cells:
        return
    several = len({(cell.count, cell.cohort) for cell in cells}) > 1
    head: list[str | marks.TableColumn] = ["Организация"]
    head += [marks.TableColumn(_column(here, cell, several), figures=True) for cell in cells]
    rows = [
        [register[code].name, *(_figure(numbers.get(cell), known.get((code, cell))) for cell in cells)]
        for code, numbers in found.items()
    ]
    widgets.show_html(marks.table(head, rows[:SHOWN]))
    if rows[SHOWN:]:
        rest = f"Ещё {counted(len(rows) - SHOWN, 'organisations')}"
        widgets.show_html(folded(rest, marks.table(head, rows[SHOWN:])))


def _column(here: Session, cell: Cell, several: bool) -> str:
    level = level_head(here.catalogue.levels[cell.level])
    if not several:
        return level
    cohort = here.catalogue.cohorts[cell.cohort]
    part = f", {cohort.name}" if cohort.part_of else ""
    return (
        f"{uncapital(here.catalogue.counts[cell.count].short or here.catalogue.count_name(cell.count))}, {level}{part}"
    )


def _figure(now: int | None, before: int | None) -> str | Html:
    if now is None:
        return "—"
    if before is None or before == now:
        return number(now)
    return marks.joined([number(now), marks.tag("small", f"было {number(before)}", "pf-quiet pf-line")])


def _enter(
    here: Session, period: Period, desk: KnownDesk, found: Mapping[str, Mapping[Cell, int]], source: str
) -> None:
    try:
        said = typed_text(source, what="Откуда эти числа")
    except ProforientError as error:
        widgets.message(str(error))
        return
    rows = [
        Contingent(period=period.code, organisation=code, cell=cell, number=n, source=said)
        for code, numbers in found.items()
        for cell, n in numbers.items()
    ]
    done = f"Записан контингент: {counted(len(rows), 'numbers')}, {counted(len(found), 'organisations')}."
    finish(
        here,
        Deed.REGISTER,
        lambda writer: planning.import_contingent(writer, rows),
        typo(done),
        here.view.territory,
        then=desk.put_away,
    )
