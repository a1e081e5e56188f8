"""Every sentence of the product against a golden set; names are quoted as they are; nothing is said of nothing."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import invented
import pytest

from proforient.charts import sentences as say
from proforient.intake.model import Finding, Unanswered
from proforient.monitoring import Period, territory_name
from proforient.wording import NB, NOUNS, typo

CASES = json.loads((Path(__file__).parent / "golden_sentences.json").read_text(encoding="utf-8"))
CATALOGUE = invented.catalogue()


def plain(text: str) -> str:
    return text.replace(NB, " ").replace("\u2060", "")


def _levels(case: dict[str, Any]) -> list[Any]:
    spec = invented.FIVE if case["levels"] == "five" else case["levels"]
    return invented.levels(spec, **case.get("with", {}))


def _series(case: dict[str, Any]) -> list[Any]:
    return invented.series(case["series"], **case.get("with", {}))


def _pairs(case: dict[str, Any]) -> Any:
    return invented.PAIRS if case["pairs"] == "seven" else case["pairs"]


def _organisations(case: dict[str, Any]) -> Any:
    return invented.organisations(case.get("kind", "school"))


def _screening(case: dict[str, Any]) -> Any:
    def found(severity: Any, n: int) -> list[Finding]:
        return [Finding(code=f"{severity}-{at}", severity=severity, message="", to_do="", row=at) for at in range(n)]

    warnings = found("warning", case["warnings"])
    return SimpleNamespace(
        findings=[*found("error", case["errors"]), *warnings, *found("note", 1)],
        unanswered=[Unanswered(kind="dash", text="–")] * case.get("questions", 0),
        unexplained=warnings,
        values=[None] * case["values"],
        said=case["values"],
    )


def _period(case: dict[str, Any]) -> tuple[Period, dt.date]:
    closes = dt.date(2023, 5, 15)
    period = Period(
        code="2022", kind="year", starts=dt.date(2022, 1, 1), ends=dt.date(2022, 12, 31), closes=closes,
        state=case.get("state", "open"), territory=None, catalogue="invented", version="1",
    )  # fmt: skip
    return period, closes - dt.timedelta(days=case["days"])


def _change(case: dict[str, Any]) -> Any:
    then, now = _series(case)
    return invented.change(
        now, then, why_not=case.get("why_not", ""), same=case.get("same"),
        same_organisations=case.get("same_organisations", 0),
    )  # fmt: skip


def _changes(case: dict[str, Any]) -> list[Any]:
    made = []
    for n, (now, then) in enumerate(zip(invented.levels(case["now"]), case["then"], strict=True)):
        previous = invented.cov(now.level, then, 100, "50", period="2021")
        made.append(invented.change(now, previous, why_not=case.get("why_not", ""),
                                    by_chance=n in case.get("by_chance", ())))  # fmt: skip
    return made


def _places_title(rows: list[Any], word: str | None) -> str:
    return say.places_title(
        rows, {c.territory: territory_name(c.territory) for c in rows}, NOUNS[word or "municipalities"]
    )


SAYERS = {
    "overview_finding": lambda c: say.overview_finding(_levels(c), CATALOGUE),
    "overview_lead": lambda c: say.overview_lead(_levels(c), CATALOGUE),
    "levels_title": lambda c: say.levels_title(_levels(c)),
    "levels_caption": lambda c: say.levels_caption(_levels(c), CATALOGUE),
    "indicator_finding": lambda c: say.indicator_finding(_series(c)[-1], CATALOGUE, _series(c)),
    "indicator_finding_count": lambda c: say.indicator_finding(invented.count(c["value"], c["plan"]), CATALOGUE),
    "problem_evidence": lambda c: say.problem_evidence(_series(c)[-1], _series(c)),
    "gap_title": lambda c: say.gap_title(
        invented.gap(_pairs(c), c.get("plan", "80"), **c.get("with", {})), CATALOGUE, _organisations(c)
    ),
    "gap_line": lambda c: say.gap_line(invented.gap(_pairs(c))),
    "gap_caption": lambda c: say.gap_caption(invented.gap(_pairs(c)), CATALOGUE, _organisations(c)),
    "organisations_title": lambda c: say.organisations_title(
        invented.rows(_pairs(c), c.get("plan", "80")), CATALOGUE, _organisations(c)
    ),
    "places_title": lambda c: _places_title(invented.places(c["places"], c.get("plan", "50")), c.get("word")),
    "periods_title": lambda c: say.periods_title(
        _series(c), why_not=c.get("why_not", ""), subject=c.get("subject", "")
    ),
    "organisation_finding": lambda c: say.organisation_finding(
        invented.organisation("o", "Школа «Лесная»"), _levels(c), CATALOGUE
    ),
    "organisation_lead": lambda c: say.organisation_lead(_levels(c), CATALOGUE),
    "small_numbers": lambda c: say.small_numbers(_levels(c)[0]),
    "few_words": lambda c: say.few_words(_levels(c)[0]),
    "evidence": lambda c: say.evidence(_levels(c)[0]),
    "formula": lambda c: say.formula(_levels(c)[0]),
    "plan_in_units": lambda c: say.plan_in_units(_levels(c)[0]),
    "problems_finding": lambda c: say.problems_finding(
        [SimpleNamespace(when=w) for w in c["when"]], submitted=c.get("submitted")
    ),
    "period_finding": lambda c: say.period_finding(_period(c)[0], 14, 16, _period(c)[1]),
    "upload_finding": lambda c: say.upload_finding(_screening(c)),
    "completeness": lambda c: say.completeness(*c["counts"]),
    "completeness_note": lambda c: say.completeness_note(_levels(c), CATALOGUE),
    "completeness_line": lambda c: say.completeness_line(_levels(c), CATALOGUE),
    "can_change_note": lambda c: say.can_change_note(_levels(c)[0]),
    "change_words": lambda c: say.change_words(_change(c)),
    "change_words_count": lambda c: say.change_words(
        invented.change(invented.count(c["now"], "15"), invented.count(c["then"], "15"))
    ),
    "change_note": lambda c: say.change_note(_change(c)),
    "change_title": lambda c: say.change_title(_changes(c), CATALOGUE),
}


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c['of']}: {c['says'][:60]}")
def test_the_sentence_is_the_golden_one(case: dict[str, Any]):
    assert plain(SAYERS[case["of"]](case)) == case["says"]


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c['of']}: {c['says'][:60]}")
def test_the_sentence_has_its_no_break_spaces(case: dict[str, Any]):
    said = SAYERS[case["of"]](case)
    assert said == typo(said)


@pytest.mark.parametrize(
    ("periods", "needed"), [(3, "нужны три периода"), (5, "нужно пять периодов"), (21, "нужен 21 период")]
)
def test_a_trend_waits_for_as_many_periods_as_the_catalogue_asks_for(periods: int, needed: str):
    asked = replace(CATALOGUE.indicators["trend"], periods=periods)
    catalogue = replace(CATALOGUE, indicators={**CATALOGUE.indicators, "trend": asked})
    early = invented.cov("basic", 5, 7, None, indicator="trend", kind="trend", trend="too_early")
    assert plain(say.indicator_finding(early, catalogue)).endswith(f"судить о тенденции рано, {needed}")


def test_the_golden_set_is_large_and_covers_every_sayer():
    assert len(CASES) >= 60
    assert {c["of"] for c in CASES} == set(SAYERS)


def answers(*given: bool | None, good: str = "yes") -> list[Any]:
    """The rows of a yes/no: what each school answered, None where it did not."""
    made = []
    for n, yes in enumerate(given, 1):
        numerator = None if yes is None else int(yes == (good == "yes"))
        fields: dict[str, Any] = {
            "kind": "yes_no",
            "unit": "organisations",
            "indicator": "page",
            "organisation": f"o{n}",
        }
        fields["value"] = None if yes is None else int(yes)
        made.append(invented.cov("whole", numerator, None if yes is None else 1, None, **fields))
    return made


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ((True, False, False, None), "Ответ «нет» — две школы из трёх"),
        ((True, True), "Обе школы ответили «да»"),
        ((False, False, False), "Все три школы ответили «нет»"),
        ((None, None), "За 2022 год никто ещё не ответил"),
        ((False,), "Ответ — «нет»"),
    ],
)
def test_answers_of_organisations_are_counted(given: tuple[bool | None, ...], says: str):
    assert plain(say.organisations_title(answers(*given), CATALOGUE, invented.organisations())) == says


def test_an_answer_is_said_with_the_glyph_of_what_is_good():
    assert [say.saying(c).text for c in answers(True, False)] == ["✓ да", "✗ нет"]
    assert [say.saying(c).text for c in answers(True, False, good="no")] == ["✗ да", "✓ нет"]


def test_a_count_by_organisation_names_the_largest():
    rows = [invented.count(n, organisation=f"o{i}") for i, n in ((1, 3), (2, 12))]
    said = say.organisations_title(rows, CATALOGUE, invented.organisations())
    assert plain(said) == "Больше всего — Школа «Заречная»: 12"


def test_names_are_quoted_as_they_are_registered():
    hostile = '<b>Школа</b> & "Ко"'
    organisations = dict(invented.organisations(), o1=invented.organisation("o1", hostile))
    assert hostile in plain(say.organisations_title(invented.rows(), CATALOGUE, organisations))


def test_organisations_of_different_kinds_are_called_organisations():
    mixed = dict(invented.organisations(), o2=invented.organisation("o2", "Сад", "preschool"))
    assert say.noun_of(["o1", "o3"], mixed, CATALOGUE).nom == "школа"
    assert say.noun_of(["o1", "o2"], mixed, CATALOGUE).nom == "организация"
    assert say.noun_of(["o1", "unknown"], mixed, CATALOGUE).nom == "организация"


@pytest.mark.parametrize(
    ("short", "prepositional"),
    [
        ("Дошкольное", "дошкольном"), ("Среднее", "среднем"), ("Начальное общее", "начальном общем"),
        ("Старшая", "старшем"), ("Младшая", "младшем"), ("Городской", "городском"), ("Ранняя", "раннем"),
        ("5–7", ""), ("МО", ""), ("Организация", ""), ("Образование", ""), ("", ""),
    ],
)  # fmt: skip
def test_level_names_are_declined_by_their_endings(short: str, prepositional: str):
    assert say.prepositional(short) == prepositional


def test_experts_are_quoted_by_outcome_and_percent():
    def judged(**other: Any) -> Any:
        return invented.cov("basic", "judged", None, None, judgements=(invented.judgement(**other),))

    assert plain(say.experts_said(judged(percent="45"))) == "эксперты назвали 45 %"
    assert plain(say.judged_word(judged(percent="45"))) == "45 %"
    assert say.judged_word(judged(outcome="good")) == "хороший результат"
    assert say.judged_word(judged(outcome="noted")) == "есть замечание"
    assert say.judged_word(judged()) == "низкая доля"
    # What the experts said was not secured is not called a low share.
    own = replace(invented.judgement(), text="Не обеспечен охват обучающихся")
    assert say.judged_word(judged(), own) == "не обеспечен"


@pytest.mark.parametrize(
    ("pairs", "says"),
    [
        ([(9, 9), (8, 9), *["no_data"] * 3], "План достигнут: обе школы; данных нет у 3 школ"),
        ([(9, 9), "no_data"], "Школа «Северная»: план достигнут; данных нет у 1 школы"),
    ],
)
def test_of_those_who_have_not_reported_nothing_is_said_but_that(pairs: list[Any], says: str):
    assert plain(say.organisations_title(invented.rows(pairs), CATALOGUE, invented.organisations())) == says


def test_what_a_few_have_reported_is_no_growth_yet():
    told = invented.series([("2021", 54, 100, "80"), ("2022", 90, 100, "80")])
    few = replace(told[-1], submitted=2, expected=30, can_change=True)
    assert plain(say.periods_title([told[0], few])) == "Предварительно: за год доля выросла на 36 п. п."
    assert plain(say.periods_title(told)) == "За год доля выросла на 36 п. п."


def test_a_spare_stands_with_its_number():
    assert f"запасом{NB}39" in say.saying(invented.cov("basic", 240, 268, "75")).detail
