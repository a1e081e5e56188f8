"""What the pages say in a district of real size, where two of thirty schools have reported."""

from __future__ import annotations

import re

import pytest
from large_district import EMPTY, LARGE, MET
from page_words import words


def said(at):
    return words(at)


def test_with_two_of_thirty_schools_nothing_is_claimed(large_page):
    text = said(large_page("overview", territory=LARGE, period="2023"))
    assert "Предварительно: сдали 2 из 30 школ; план достигнут на всех трёх измеренных уровнях" in text
    first = text[text.index("Что сделать сначала") :]
    assert re.search(r"№ 1 .*и ещё 25 организаций — сдать отчёт", first, re.S), first[:600]
    assert "у 1 организации, сдавшей оба раза" in text
    assert "86,5 %" in text, "the share of those who did report stays to be seen"
    text = said(large_page("indicators", territory=LARGE, period="2023", indicator="coverage", level="basic"))
    assert "Предварительно: за три года доля выросла на 35,4 п. п." in text
    assert "План достигнут: обе школы; данных нет у 28 школ" in text
    text = said(large_page("problems", territory=LARGE, period="2023"))
    assert "Предварительно: сдали 2 из 30 школ; проблем не видно" in text


@pytest.mark.parametrize(
    ("territory", "period", "claim"),
    [
        (LARGE, "2021", "План не достигнут ни на одном из пяти уровней"),
        (LARGE, "2022", "Предварительно: сдали 22 из 30 школ"),
        (MET, "2022", "План достигнут на всех четырёх"),
        (EMPTY, "2022", "За 2022 год ещё никто не сдал"),
    ],
)
def test_the_headline_of_each_state(large_page, territory, period, claim):
    assert claim in said(large_page("overview", territory=territory, period=period))


def test_a_step_for_several_kinds_of_organisations_counts_each(large_page):
    text = said(large_page("overview", territory=LARGE, period="2022"))
    assert text.count("сдали 22 из 30 школ, 17 из 22 детских садов и 6 из 7 организаций") == 2


def test_what_is_done_with_the_campaign_stands_above_its_lists_and_one_note_is_said_once(large_page):
    at = large_page("period", territory=LARGE, period="2022")
    keys = [b.key or "" for b in at.button]
    assert keys.index("period-close") < next(n for n, key in enumerate(keys) if key.startswith("period-accept-"))
    assert said(at).count("на доработке, с опозданием") == 6
    assert said(at).count("В 9 классах охваченных больше") == 1 and said(at).count("замечание то же") == 5


def test_of_an_organisation_that_has_sent_nothing_nothing_is_claimed(large_page):
    text = said(large_page("organisations", territory=LARGE, period="2023", organisation="z-school-1"))
    assert re.search(r"(?<!Ещё )[Пп]о \d+ показател\w+ чисел от организации нет", text)
    assert "что ей рекомендовать, пока не известно" in text and "у организации нет" not in text
