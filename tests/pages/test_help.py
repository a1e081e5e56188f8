"""«Справка»: this district's numbers in the explanations, every finding, words that are the program's own."""

from __future__ import annotations

import html
import re

import pytest
from page_words import title, words

from proforient.analysis.coverage import coverages
from proforient.charts.sentences.standings import STANDINGS
from proforient.demo.districts import GORNY, NYAZEPETROVSK
from proforient.intake.findings import CODES
from proforient.monitoring import ReportStanding, Verdict
from proforient.palette import VERDICTS
from proforient.web.choices import TOPICS
from proforient.web.register import PAGES
from proforient.web.sections.help import files as help_files
from proforient.web.sections.help import findings as help_findings
from proforient.web.sections.help import words as help_words
from proforient.web.tours import STEPS, TOURS


def plain(text):
    return html.unescape(text).replace("\u00a0", " ").replace("\u2060", "")


def test_the_explanations_hold_the_numbers_of_the_district(page, store):
    at = page("help", territory=NYAZEPETROVSK, period="2022", level="basic")
    text = plain(words(at))
    with store.read() as reader:
        one = {"territory": NYAZEPETROVSK, "indicator": "coverage", "level": "basic", "cohort": "all"}
        basic = coverages(reader, store.catalogue, "2022", **one)[0]
        rows = [c.share for c in coverages(reader, store.catalogue, "2022", by="organisation", **one) if c.share]
    assert (basic.numerator, basic.denominator, basic.needed) == (581, 830, 83)
    assert "581 / 830 · 100 % = 70,00 %" in text
    assert "План 80 % — это 664 ребёнка" in text
    assert "не хватает 83 детей" in text
    assert f"Среднее долей {len(rows)} организаций дало бы" in text
    assert "письмо № 837/1" in text  # the ground of the plan


def test_without_a_district_the_rules_stand_alone(page):
    at = page("help", territory="", period="2022")
    assert not at.exception
    assert "Выберите территорию" in words(at) and "Сумма охваченных" in words(at)
    assert not re.search(r"\d+ / \d+", words(at))


def test_a_period_without_data_says_so(page):
    at = page("help", territory=NYAZEPETROVSK, period="2020")
    assert not at.exception and title(at)


@pytest.mark.parametrize("topic", TOPICS)
def test_every_topic_is_shown_and_marked(page, topic):
    at = page("help", topic=topic)
    assert not at.exception and title(at)
    body = " ".join(element.proto.body for element in at.get("html"))
    assert re.search(rf'<a [^>]*topic={topic}[^>]*aria-current="true"', body)


def test_the_tree_of_goals_has_tasks_figures_and_empty_places(page, store):
    text = plain(words(page("help", topic="goals", territory=NYAZEPETROVSK, period="2022")))
    catalogue = store.catalogue
    assert catalogue.aim and plain(catalogue.aim) in text
    for goal in catalogue.goals.values():
        assert f"{goal.number}. {goal.name}" in text
    assert "1.М.1. Информирование ОО о наличии банка" in text and "формирование банка диагностических методик" in text
    assert "Основное 70 % ✗ не достигнут" in text and "Мероприятия для педагогов — 8 ○ план не задан" in text
    assert "Банк методик — нет данных" in text and "задачи не названы" in text.lower()
    assert "Охват мероприятиями — не спрашивают" in plain(
        words(page("help", topic="goals", territory="", period="2022"))
    )


def test_the_list_by_goals_has_the_tasks_between_goal_and_indicator(page):
    at = page("indicators", territory=NYAZEPETROVSK, period="2022", grouping="goal", indicator="coverage")
    body = plain(" ".join(element.proto.body for element in at.get("html")))
    goal = body.split('pf-heading">1. ')[1].split('pf-heading">2. ')[0]
    tasks = {part.split(" ")[0]: re.findall('pf-words">([^<]*)', part) for part in goal.split('pf-below">')[1:]}
    assert tasks["1.О.1."] == ["Диагностика, 6–11 классы", "Банк методик в работе"]
    assert tasks["1.М.2."] == ["Мероприятия для педагогов"] and "Диагностика по уровням" in tasks["Без"]
    assert "pf-words" not in goal.split("pf-below")[0]


def test_the_list_by_the_protocol_has_its_six_groups(page, store):
    at = page("indicators", territory=GORNY, period="2022", grouping="document", indicator="coverage")
    body = plain(" ".join(element.proto.body for element in at.get("html")))
    headed = {part.split("<")[0]: part for part in body.split('pf-heading">')[1:]}
    six = [group for group in store.catalogue.groups.values() if group.number]
    assert list(headed) == [*(plain(f"{g.number}. {g.name}") for g in six), "Вне групп протокола"]
    assert "Страница на сайте" in headed[f"2. {six[1].name}"] and "КПК педагогов" in headed[f"6. {six[5].name}"]


def test_an_indicator_says_of_what_it_is_computed_and_for_which_goal(page):
    text = plain(words(page("indicators", territory=NYAZEPETROVSK, period="2022", indicator="diagnostics-6-11")))
    for part in (
        "Как учитывают",
        "Численность обучающихся 6–11 классов (на 20 сентября, форма ФСН ОО-1, раздел 2.1.1.1",
        "1. Выявление предпочтений обучающихся",
        "1.О.1. Ознакомление и внедрение",
        "Образец других муниципалитетов",
        "чем больше, тем лучше",
    ):
        assert part in text, part
    staff = plain(words(page("indicators", territory=NYAZEPETROVSK, period="2022", indicator="courses-teachers")))
    assert "Численность педагогических работников (на 20 сентября, дошкольная образовательная организация и " in staff
    assert "организация дополнительного образования — на 31 декабря, форма ФСН ОО-1" in staff
    own = plain(words(page("indicators", territory=NYAZEPETROVSK, period="2022", indicator="coverage")))
    assert "(на 20 сентября, форма" in plain(
        words(page("indicators", territory=NYAZEPETROVSK, period="2022", indicator="coverage", level="basic"))
    )
    assert "№ 837/1 от 4 мая 2023 года; показатель назван в документе прямо" in own
    place = {"territory": NYAZEPETROVSK, "period": "2022", "indicator": "coverage"}
    club = plain(words(page("indicators", **place, level="additional")))
    assert "С чем не складывают Те же дети могут стоять и в строках: Дошкольное, Начальное, Основное, Среднее" in club


def test_every_finding_has_its_place_and_its_texts(page):
    at = page("help", topic="findings")
    body = " ".join(element.proto.body for element in at.get("html"))
    assert re.findall(r'<dt id="([\w-]+)"', body) == [code for codes in help_findings.GROUPS.values() for code in codes]
    assert {code for codes in help_findings.GROUPS.values() for code in codes} == set(CODES)
    text = plain(words(at))
    assert "{" not in text
    for kind in CODES.values():
        wanted = kind.to_do.format_map({"value": "", **kind.example})
        assert plain(wanted) in text


def test_every_word_of_the_program_is_explained():
    assert set(help_words.VERDICT_WORDS) == set(Verdict) and set(VERDICTS) == {v.value for v in Verdict}
    assert set(help_words.STATE_WORDS) == set(STANDINGS) == set(ReportStanding)


def test_the_drawn_tables_have_as_many_cells_as_columns():
    for _, head, rows in help_files.LAYOUTS:
        assert all(len(row) == len(head) for row in rows)


def test_the_tours_use_pages_that_exist_and_touch_every_user():
    pages = {entry.code for entry in PAGES}
    assert {step.page for tour in TOURS for step in tour.steps} <= pages
    assert len(STEPS) == sum(len(tour.steps) for tour in TOURS) >= 15


def test_the_bar_of_a_tour_stands_above_its_page_and_waits_elsewhere(page):
    at = page("problems", territory=NYAZEPETROVSK, period="2022", step="head-4")
    assert "Руководитель на коллегии: шаг 4 из 6." in words(at) and "Дальше" in words(at)
    at = page("period", territory=NYAZEPETROVSK, period="2022", step="head-4")
    assert "Вернуться к шагу" in words(at)
    at = page("problems", territory=NYAZEPETROVSK, period="2022")
    assert "шаг 4" not in words(at)
