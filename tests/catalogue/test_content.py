"""Holds indicators.toml against the numbered list of domain_numbers.toml and docs/domain-coverage.md against both.

``python tests/catalogue/test_content.py`` writes docs/domain-coverage.md anew after the catalogue has changed.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))

from proforient.catalogue.entries import Catalogue, Problem  # noqa: E402 - the path above comes first
from proforient.catalogue.read import check_catalogue, read_catalogue  # noqa: E402

FILE = ROOT / "indicators.toml"
DOCUMENT = ROOT / "docs" / "domain-coverage.md"
DOMAIN = tomllib.loads(Path(__file__).with_name("domain_numbers.toml").read_text(encoding="utf-8"))
LISTED = {entry["number"]: entry for entry in DOMAIN["indicator"]}
LEFT_OUT: dict[int, str] = {n: entry["left_out"] for n, entry in LISTED.items() if "left_out" in entry}
CARRIED: dict[str, list[int]] = DOMAIN["carried"]
ANSWERS: dict[int, list[int]] = {int(number): problems for number, problems in DOMAIN["answers"].items()}
# What the source documents blamed without deciding anything: by number, and at one level only for 10.
UNDECIDED = {8: None, 10: "authority", 18: None, 23: None}
DUE = {
    "none": "",
    "next_day": "до {}.{} следующего года",
    "next_year": "следующий год",
    "next_school_year": "следующий учебный год",
    "standing": "постоянно",
}
FIVE_LEVELS = ("preschool", "primary", "basic", "secondary", "additional")
CATALOGUE = read_catalogue(FILE)


def carriers(catalogue: Catalogue) -> dict[int, list[str]]:
    """Number of the list -> codes of the indicators that carry it."""
    carried: dict[int, list[str]] = {}
    for code in catalogue.indicators:
        for number in CARRIED.get(code, ()):
            carried.setdefault(number, []).append(code)
    return carried


def answers_to(catalogue: Catalogue, problem: Problem) -> list[int]:
    return [a.number or 0 for a in catalogue.actions.values() if problem.code in a.answers]


def code_list(codes: Iterator[str] | list[str]) -> str:
    return ", ".join(f"`{code}`" for code in codes)


def source_text(catalogue: Catalogue, code: str | None) -> str:
    source = catalogue.sources[code or ""]
    number = f" № {source.number}" if source.number else ""
    return f"{source.title}{number}, {source.date:%d.%m.%Y}"


def indicator_rows(catalogue: Catalogue) -> Iterator[str]:
    yield "| № | документ | что измеряется | назван прямо | показатель каталога |"
    yield "|---|---|---|---|---|"
    carried = carriers(catalogue)
    for number, entry in LISTED.items():
        codes = code_list(carried.get(number, []))
        why = LEFT_OUT.get(number, "")
        where = codes or f"не вошел: {why[:1].lower()}{why[1:]}"
        named = "да" if entry.get("explicit") else ""
        yield f"| {number} | {entry['source']} | {entry['text']} | {named} | {where} |"


def problem_rows(catalogue: Catalogue) -> Iterator[str]:
    yield "| P | код | уровень | когда | текст | рекомендации |"
    yield "|---|---|---|---|---|---|"
    numbered = sorted((p for p in catalogue.problems.values() if p.number), key=lambda p: p.number or 0)
    for problem in numbered:
        numbers = answers_to(catalogue, problem)
        decided = ", ".join(f"R{n}" for n in numbers) or "**документ ничего не решил**"
        place = f"`{problem.code}` | {problem.level} | {problem.when}"
        yield f"| P{problem.number} | {place} | {problem.text} | {decided} |"


def action_rows(catalogue: Catalogue) -> Iterator[str]:
    yield "| R | код | документ, место | кому | отвечает на | срок |"
    yield "|---|---|---|---|---|---|"
    for action in catalogue.actions.values():
        where = {(): "общая", ("*",): "всем адресатам"}.get(action.answers) or code_list(list(action.answers))
        due = DUE[action.deadline.form].format(action.deadline.day[3:], action.deadline.day[:2])
        addressee = catalogue.addressees[action.addressee].dative
        place = f"{action.source}, {action.place}"
        yield f"| R{action.number} | `{action.code}` | {place} | {addressee} | {where} | {due} |"


NOTES = """\
- Имена лиц опущены, названия мест заменены общими словами («района», «муниципального образования»), год
  мониторинга и учебный год из текста убраны: рекомендацию можно направить любому муниципалитету. Сроки стали
  правилами периода: «до 15 июня 2023 года» в письме о 2022 годе — «до 15 июня следующего года».
- Опечатки исправлены: «профессиональные пробы», «ОВЗ», «аккумулированию», «выстраивание», «работы, направленной».
- **P15** назвала два уровня сразу. Начальная школа — `low-coverage-primary`; дополнительное образование —
  та же доля, что в P6, поэтому там одна запись `low-coverage-additional` с номером 6, и R28 отвечает на обе.
- **P8, P18, P23** и муниципальная половина **P10** остались в документах без решения. Каталог ничего
  не придумывает: у этих проблем рекомендаций нет, и программа так и говорит. **R43** и **R51** сказаны в документах
  без адреса; по смыслу они отвечают на P17 и P19, R1 и R2 — на нерассмотренные итоги и непроведённую самодиагностику.
- Названия региональных мероприятий стоят не в текстах, а в перечне региона: другой регион называет свои.
- **R20** не называет адресата: он указан как «Всем участникам мониторинга». **R44** тоже: утверждает модель
  муниципалитет, поэтому адресат — управление образования.
- **P24** — связующая фраза, **P25** — обоснование цели: это не недостатки, записей у них нет.
- Проблемы без номера сформулированы по образцам документов для показателей, которые спрашиваются,
  но в документах недостатком не названы.
- К цели Ижевск сам относит только показатель 1.1. Связь остальных показателей с целями Ц1–Ц11 предложена нами.
- Плановых значений документы не называют, и в каталоге их нет: планы демонстрации выдуманы, лежат в ней самой и так
  подписаны; 45 % и 32 % п. Горный оценены экспертами без плана.
- Показатели раздела 12 — обязанности с 2023 года, в документах 2022–2023 годов их нет. Из ответа «да / нет»
  собран уровень профминимума: правило `profmin-exactly-one` требует ровно одно «да» из трех."""


def document(catalogue: Catalogue) -> str:
    """The whole text of docs/domain-coverage.md."""
    explicit = sum(1 for entry in LISTED.values() if entry.get("explicit"))
    seeds = [source for source in catalogue.sources.values() if source.code in DOMAIN["sources"]]
    lines = ["# Что из исходных документов вошло в каталог", ""]
    lines += ["Таблица собрана из `indicators.toml`; тест следит, чтобы она с ним не разошлась.", ""]
    lines += [f"- `{source.code}`: {source_text(catalogue, source.code)}" for source in seeds]
    lines += ["", f"## Показатели: {len(LISTED)}, из них прямо названы {explicit}", "", *indicator_rows(catalogue)]
    lines += ["", "## Проблемы P1–P23", "", *problem_rows(catalogue)]
    lines += ["", "## Рекомендации R1–R66", "", *action_rows(catalogue)]
    lines += ["", "## Пояснения", "", NOTES]
    return "\n".join(lines) + "\n"


def sentences(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Every text of the catalogue that a person may read, with the code of its entry."""
    for entry in (*catalogue.indicators.values(), *catalogue.counts.values(), *catalogue.goals.values()):
        yield entry.code, entry.name
        yield entry.code, getattr(entry, "short", "") or getattr(entry, "ground", "")
    for entry in (*catalogue.problems.values(), *catalogue.actions.values(), *catalogue.tasks.values()):
        yield entry.code, entry.text
    for rule in catalogue.rules.values():
        yield rule.code, rule.text
    for addressee in catalogue.addressees.values():
        yield addressee.code, addressee.dative


def test_the_catalogue_has_no_mistakes() -> None:
    assert check_catalogue(FILE) == ()


def test_thirty_one_indicators_are_named_explicitly() -> None:
    assert sum(1 for entry in LISTED.values() if entry.get("explicit")) == 31


def test_every_number_is_carried_or_left_out_with_a_reason_never_both() -> None:
    carried = set(carriers(CATALOGUE))
    assert carried | set(LEFT_OUT) == set(LISTED) == set(range(1, 98))
    assert carried & set(LEFT_OUT) == set()


def test_no_explicit_number_is_left_out_and_each_has_an_explicit_indicator() -> None:
    explicit = {n for n, entry in LISTED.items() if entry.get("explicit")}
    named = {n for i in CATALOGUE.indicators.values() if i.explicit for n in CARRIED.get(i.code, ())}
    assert explicit <= named


def test_an_indicator_is_explicit_only_when_it_carries_an_explicit_number() -> None:
    explicit = {n for n, entry in LISTED.items() if entry.get("explicit")}
    assert [
        i.code for i in CATALOGUE.indicators.values() if i.explicit != bool(explicit & set(CARRIED.get(i.code, ())))
    ] == []


def test_the_headline_is_one_indicator_over_the_five_levels_of_the_chart() -> None:
    headline = CATALOGUE.headline
    assert headline is not None and headline.code == "coverage"
    assert tuple(level.code for level in CATALOGUE.chart_levels) == FIVE_LEVELS == headline.levels
    assert (headline.numerator, headline.denominator) == (("covered",), ("pupils",))
    assert CARRIED[headline.code] == [1, 2, 3, 4, 8, 34, 35]


def test_whoever_is_said_to_carry_a_number_is_in_the_catalogue() -> None:
    assert CARRIED.keys() <= CATALOGUE.indicators.keys() and set(DOMAIN["sources"]) <= CATALOGUE.sources.keys()


def test_every_problem_number_has_a_problem_and_every_recommendation_one_action() -> None:
    assert {p.number for p in CATALOGUE.problems.values()} - {None} == set(range(1, 24))
    assert [a.number for a in CATALOGUE.actions.values()] == list(range(1, 67))


def test_recommendations_answer_the_problems_that_their_documents_link_them_to() -> None:
    for action in CATALOGUE.actions.values():
        numbers = {CATALOGUE.problems[code].number for code in action.answers if code != "*"} - {None}
        assert numbers == set(ANSWERS.get(action.number or 0, ())), action.code


def test_what_the_documents_left_undecided_has_no_action() -> None:
    for problem in CATALOGUE.problems.values():
        if problem.number is not None:
            undecided = problem.number in UNDECIDED and UNDECIDED[problem.number] in (None, problem.level)
            assert (answers_to(CATALOGUE, problem) == []) == undecided, problem.code


def test_no_two_problems_speak_of_one_figure() -> None:
    places = [(p.indicator, p.level, p.cohort) for p in CATALOGUE.problems.values()]
    assert len(places) == len(set(places))


def test_every_no_to_a_question_meant_for_everybody_has_its_problem() -> None:
    worded = {(p.indicator, p.level) for p in CATALOGUE.problems.values() if p.when == "no"}
    asked = {(i.code, level) for i in CATALOGUE.indicators.values() if i.target == "every" for level in i.levels}
    assert asked == worded


def test_texts_repeat_no_misprint_of_the_documents() -> None:
    misprints = re.compile(
        r"профессиональн\w+ робот|\bОБЗ\b|протраив|аккумулярован|работу, направленную|профессиональной профориентации"
        r"|со детьми|за участием детей в мероприятиях .* уделяется|обеспечит создание|предпочтений, обучающихся",
        re.IGNORECASE,
    )
    assert [(code, text) for code, text in sentences(CATALOGUE) if misprints.search(text)] == []


def test_texts_are_clean_russian_typography() -> None:
    wrong = re.compile(r'  |"| ,|\.$|ё|^\s|\s$|\d-\d+ класс')
    faults = [(c, t) for c, t in sentences(CATALOGUE) if wrong.search(t) and c not in {"c1"}]
    assert faults == []


def test_no_text_names_a_person() -> None:
    initials = re.compile(r"[А-ЯЁ]\.\s?[А-ЯЁ]\.|[А-ЯЁ][а-яё]+\s[А-ЯЁ]\.")
    assert initials.findall(FILE.read_text(encoding="utf-8")) == []
    assert initials.search("Руководителю И. И. Иванову") is not None


def test_no_text_names_a_place_to_which_other_municipalities_do_not_belong() -> None:
    place = re.compile(r"Горн(?:ый|ого)|Ирбей|Нязепетровск|Бодайбо|Ижевск|Navigator")
    assert [(code, text) for code, text in sentences(CATALOGUE) if place.search(text)] == []


def test_the_catalogue_proposes_no_plan_to_anybody() -> None:
    assert CATALOGUE.plans == ()


# Problems that no recommendation answers before anybody has turned one on or written his own, and why.
OFF = "отвечает R61, но она советует другим муниципалитетам и выключена"
SILENT = "документы назвали недостаток и ничего не решили"
LIKEWISE = "сформулирована по образцу: в документах ни такой проблемы, ни решения нет"
MODEL = "обязанность с 2023 года: документы её ещё не знали"
UNANSWERED = {
    "no-problem-group": SILENT,
    "no-staff-incentives-authority": SILENT,
    "leavers-9-leave": SILENT,
    "leavers-11-leave": SILENT,
    "no-continuity-regulation": SILENT,
    "no-deficit-study": OFF,
    "no-responsible": LIKEWISE,
    "no-diagnostic-bank": LIKEWISE,
    "no-diagnostic-bank-known": LIKEWISE,
    "no-diagnostic-bank-used": LIKEWISE,
    "no-profmin": MODEL,
    "no-horizons": MODEL,
}


def test_each_problem_without_an_answer_is_known_with_its_reason() -> None:
    answered = {code for a in CATALOGUE.actions.values() if a.shown is not False for code in a.answers}
    assert set(CATALOGUE.problems) - answered == set(UNANSWERED)


def test_what_is_general_or_advises_other_municipalities_is_off() -> None:
    general = [a for a in CATALOGUE.actions.values() if a.general]
    others = [a for a in CATALOGUE.actions.values() if a.addressee == "municipalities" and not a.general]
    assert len(general) == 19 and all(a.shown is None for a in general)
    assert [a.shown for a in others] == [False]


def test_indicators_problems_and_actions_name_their_source_and_the_place_in_it() -> None:
    for entry in (*CATALOGUE.indicators.values(), *CATALOGUE.problems.values(), *CATALOGUE.actions.values()):
        assert entry.source in CATALOGUE.sources, entry.code
    assert [a.code for a in CATALOGUE.actions.values() if not a.place] == []


def test_every_indicator_has_a_short_name_and_a_group_that_a_page_lists() -> None:
    for indicator in CATALOGUE.indicators.values():
        assert 3 <= len(indicator.short) <= 40, indicator.code
        assert CATALOGUE.groups[indicator.groups[0]].number is None, indicator.code
        assert [g for g in indicator.groups[1:] if CATALOGUE.groups[g].number is None] == [], indicator.code
    first = {i.groups[0] for i in CATALOGUE.indicators.values()}
    assert first == {g.code for g in CATALOGUE.groups.values() if g.number is None}


def test_printed_numbers_survive_a_spreadsheet() -> None:
    numbers = [i.number for i in CATALOGUE.indicators.values()]
    assert [n for n in numbers if re.search(r"\.\d*0$", n)] == []
    assert len(numbers) == len(set(numbers))
    assert numbers == sorted(numbers, key=lambda n: [int(part) for part in n.split(".")])


def test_six_groups_eleven_goals_and_four_tasks_of_the_documents_are_there() -> None:
    assert [g.number for g in CATALOGUE.groups.values() if g.source == "gorny-2022"] == [1, 2, 3, 4, 5, 6]
    assert [g.number for g in CATALOGUE.goals.values()] == list(range(1, 12))
    assert [t.number for t in CATALOGUE.tasks.values()] == ["1.М.1", "1.М.2", "1.О.1", "1.О.2"]
    assert all(t.indicators for t in CATALOGUE.tasks.values())


def test_a_child_of_additional_education_is_never_added_to_another_level() -> None:
    children = {level.code for level in CATALOGUE.levels.values() if level.population}
    assert set(CATALOGUE.levels["additional"].overlaps) == children - {"additional"}


def test_every_child_counted_once_says_so() -> None:
    counts = [c for c in CATALOGUE.counts.values() if c.unit == "children"]
    assert [c.code for c in counts if "один раз" not in c.once] == []


def test_the_table_of_the_documentation_agrees_with_the_catalogue() -> None:
    hint = "запустите python tests/catalogue/test_content.py"
    assert DOCUMENT.read_text(encoding="utf-8") == document(CATALOGUE), hint


if __name__ == "__main__":
    DOCUMENT.write_text(document(CATALOGUE), encoding="utf-8")
