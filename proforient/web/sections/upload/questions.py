"""Questions of a file that wait for a person, and explanations of its warnings; answers are kept at every change."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

import streamlit as st

from proforient.catalogue.entries import Catalogue
from proforient.charts import marks
from proforient.intake.fields import NAMES
from proforient.intake.model import Finding, Screening, Unanswered
from proforient.intake.questions import parts_of, term_of
from proforient.web import widgets
from proforient.web.sections.upload.check import place_words
from proforient.web.sections.upload.desk import ChosenFile, Question
from proforient.web.session import Session, current
from proforient.wording import capital, counted, date_ru, join, quoted, typo, unmarked

IGNORED = ""  # the answer that a column is not to be loaded
_FIGURES = ((), (NAMES["numerator"], NAMES["denominator"], NAMES["value"]))  # in a wide table, in a long one
_KEYS = (NAMES["organisation"], NAMES["indicator"], NAMES["level"], NAMES["cohort"], NAMES["period"])
SHARED_FROM = 4  # warnings of one kind from which on they are explained together
_ASKS = {
    "column": "Что стоит в столбце {text}?",
    "organisation": "Какая организация записана как {text}?",
    "indicator": "Что значит показатель {text}?",
    "level": "Какой уровень записан как {text}?",
    "cohort": "Какая категория записана как {text}?",
    "period": "За какой период числа: в файле стоит {text}?",
    "sheet": "На каком листе числа?",
    "contacts": "Кто заполнил файл ({text}): имя, подпись, телефон. Хранить их нельзя: что с ними сделать?",
    "dash": "Что в этом файле значит прочерк {text}?",
}


def key_of(kind: str, *parts: str) -> str:
    """A widget's key for texts of a file, which may hold anything."""
    return f"upload-{kind}-{hashlib.sha256('|'.join(parts).encode()).hexdigest()[:12]}"


def questions(here: Session, held: ChosenFile, screening: Screening) -> None:
    """A select box a question; nothing is chosen beforehand. Answered ones stay, so that they can be changed."""
    waiting = {(q.kind, q.text) for q in screening.unanswered}
    listed = [q for key, q in held.asked.items() if key in waiting or key in held.given]
    if not listed:
        return
    widgets.section("Ответьте на вопросы о файле" if waiting else "Ваши ответы")
    if any(question.kind != "contacts" for question in listed):
        widgets.caption(
            "Программа не угадывает: похожее название — ещё не то самое. Ответ запомнится для ваших следующих файлов; "
            "отозвать его можно на странице «Организации»."
        )
    for question in listed:
        _ask(here, held, question, screening.layout)


def _ask(here: Session, held: ChosenFile, question: Unanswered, layout: str) -> None:
    named: Question = (question.kind, question.text)
    options = _options(here, question, layout)
    key = key_of("answer", *named)
    _restore(here, held, question, key, options)
    if question.kind == "organisation" and len(options) > widgets.MOST_OFFERED:
        options = widgets.offered(key, options, st.session_state.get(key), "Найти организацию")

    def choose(label: str, options: Mapping[str, str], key: str) -> None:
        st.selectbox(
            label,
            list(options),
            index=None,
            key=key,
            format_func=lambda code: options.get(code, code),
            placeholder="Выберите ответ",
            on_change=_answered,
            args=(held, question),
        )

    shown = question.text if question.kind == "contacts" else quoted(question.text)
    choose(typo(_ASKS[question.kind].format(text=unmarked(shown))), options, key)
    parts = _parts(here.catalogue, question, st.session_state.get(key))
    open_ = {role: codes for role, codes in parts.items() if len(codes) > 1}
    if open_:
        names = _names(here.catalogue)
        for column, (role, codes) in zip(st.columns(len(open_)), open_.items(), strict=True):
            with column:
                label = f"{NAMES[role]}: {unmarked(quoted(question.text))}"
                choose(label, {code: names[role][code] for code in codes}, f"{key}-{role}")
    for answer in question.earlier:
        said = options.get(answer.meaning, answer.meaning)
        widgets.caption(f"Раньше ответили {quoted(said)}: {answer.by}, {date_ru(answer.day, 'digits')}.")


def _names(catalogue: Catalogue) -> dict[str, dict[str, str]]:
    return {
        "level": {code: level.name for code, level in catalogue.levels.items()},
        "cohort": {code: capital(cohort.name) for code, cohort in catalogue.cohorts.items()},
    }


def _parts(catalogue: Catalogue, question: Unanswered, said: str | None) -> dict[str, tuple[str, ...]]:
    """What is to be chosen beside a count that was chosen for a column; nothing beside any other answer."""
    if said is None or said not in catalogue.counts or question.kind != "column":
        return {}
    return parts_of(catalogue, question, said)


def _restore(here: Session, held: ChosenFile, question: Unanswered, key: str, options: Mapping[str, str]) -> None:
    """What was answered stands in the boxes again when the page is drawn anew."""
    given = held.given.get((question.kind, question.text))
    if given is None or key in st.session_state:
        return
    if given in options:
        st.session_state[key] = given
        return
    count, _, rest = given.partition("@")
    level, _, cohort = rest.partition("/")
    if count in options:
        st.session_state[key] = count
        for role, code in (("level", level), ("cohort", cohort)):
            if code:
                st.session_state[f"{key}-{role}"] = code


def _answered(held: ChosenFile, question: Unanswered) -> None:
    named: Question = (question.kind, question.text)
    key = key_of("answer", *named)
    said = st.session_state.get(key)
    catalogue = current().catalogue
    if parts := _parts(catalogue, question, said):
        chosen = {role: st.session_state.get(f"{key}-{role}") or "" for role in parts}
        said = term_of(parts, str(said), chosen) or None
    if said is None:
        held.given.pop(named, None)
    else:
        held.given[named] = said
    held.refused = ""


def _options(here: Session, question: Unanswered, layout: str) -> dict[str, str]:
    """The proposals, likeliest first, then everything else that the answer may be."""
    catalogue, options = here.catalogue, dict(question.proposals)
    rest: dict[str, str] = {}
    if question.kind == "organisation":
        here_are = here.reader.organisations(territory=here.view.territory)
        rest = {o.code: o.name for o in here_are if here.person.reaches_organisation(o)}
    elif question.kind == "indicator":
        rest = {code: catalogue.count_name(code) for code in catalogue.counts}
        rest |= {code: catalogue.indicator_name(code) for code in catalogue.indicators}
    elif question.kind == "column":
        counts = {} if layout == "long" else {code: catalogue.count_name(code) for code in catalogue.counts}
        rest = {name: name for name in (*_FIGURES[layout == "long"], *_KEYS)} | counts
        rest[IGNORED] = options.pop(IGNORED, "не загружать")
    options |= {code: name for code, name in rest.items() if code not in options}
    return {code: capital(name) for code, name in options.items()}


def explanations(held: ChosenFile, screening: Screening) -> None:
    """A field a warning; many of one kind share a field. What was typed survives a reload of this file's page."""
    groups = _groups([f for f in screening.findings if f.severity == "warning"])
    if not groups:
        return
    widgets.section("Объясните предупреждения")
    widgets.caption("Одной фразой: её увидит тот, кто проверяет отчёт. Без имён и других персональных данных.")
    for group in groups:
        _explain(held, group, screening)


def _groups(warnings: Sequence[Finding]) -> list[list[Finding]]:
    by_code: dict[str, list[Finding]] = {}
    for finding in warnings:
        by_code.setdefault(finding.code, []).append(finding)
    groups: list[list[Finding]] = []
    for same in by_code.values():
        groups += [same] if len(same) >= SHARED_FROM else [[finding] for finding in same]
    return groups


def _explain(held: ChosenFile, group: Sequence[Finding], screening: Screening) -> None:
    key = key_of("explanation", *(finding.key for finding in group))
    held.fields[key] = tuple(finding.key for finding in group)
    if key not in st.session_state:
        st.session_state[key] = held.explained.get(group[0].key, "")
    places = [place_words(finding, screening=screening) for finding in group]
    if len(group) > 1:
        said = f"{counted(len(group), 'warnings')}: {join(places[:6])}"
        widgets.show_html(marks.tag("p", said, "pf-caption"))
    st.text_area(
        typo(f"{capital(places[0]) if len(group) == 1 else 'Для всех этих мест'}: {group[0].message}"),
        key=key,
        height=80,
        max_chars=500,
        placeholder="Например: слияние школ в сентябре",
        on_change=_explained,
        args=(held,),
    )


def _explained(held: ChosenFile) -> None:
    held.absorb()
    held.refused = ""
