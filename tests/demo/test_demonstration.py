"""The demonstration says what the source documents say, through the product's own intake and analysis."""

from __future__ import annotations

import datetime as dt
import hashlib
import importlib
import re

import pytest

from proforient.access.accounts import demonstration, person_of
from proforient.access.roles import Deed
from proforient.advice.problems import problems
from proforient.analysis.coverage import coverages
from proforient.catalogue.read import read_catalogue
from proforient.charts.sentences import experts_said, judged_evidence
from proforient.commands.call import Call
from proforient.commands.line import carry_out
from proforient.demo.districts import GORNY, NYAZEPETROVSK, organisations
from proforient.errors import Refused
from proforient.monitoring import ReportState, Verdict, now
from proforient.settings import ROOT, read_settings
from proforient.store.rollup import in_step
from proforient.store.store import Store

# The package hands out the function under the module's own name.
filling = importlib.import_module("proforient.demo.fill")
TODAY = dt.date(2026, 11, 25)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    opened = Store.open(tmp_path_factory.mktemp("demo") / "data", read_catalogue(ROOT / "indicators.toml"))
    filling.fill(opened, today=TODAY)
    yield opened
    opened.close()


@pytest.fixture
def reader(store):
    with store.read() as opened:
        yield opened


def headline(reader, period="2022", **more):
    found = coverages(reader, reader.catalogue, period, territory=NYAZEPETROVSK, indicator="coverage", **more)
    return {c.level: c for c in found if c.cohort == "all"}


def test_the_four_shares_and_verdicts_of_the_letter(reader):
    shares = {level: (c.share, c.verdict) for level, c in headline(reader).items() if c.share is not None}
    assert shares == {
        "preschool": (40, Verdict.NOT_MET),
        "primary": (80, Verdict.MET),
        "basic": (70, Verdict.NOT_MET),
        "secondary": (80, Verdict.MET),
    }


def test_additional_education_has_no_figure_and_an_expert_s_word(reader):
    found = headline(reader)["additional"]
    assert (found.verdict, found.submitted, found.share) == (Verdict.JUDGED, 0, None)
    assert found.judgement.text.startswith("Низкая доля") and found.judgement.percent is None


def test_exactly_the_seven_problems_of_the_letter(reader):
    found = problems(reader, reader.catalogue, "2022", territory=NYAZEPETROVSK)
    assert [(f.number, f.when) for f in found] == [
        (1, "not_met"),
        (2, "judged"),
        (3, "not_met"),
        (4, "judged"),
        (5, "judged"),
        (6, "judged"),
        (7, "judged"),
    ]


def test_no_organisation_has_the_share_of_the_district(store, reader):
    totals = headline(reader)
    own = coverages(
        reader, store.catalogue, "2022", territory=NYAZEPETROVSK, indicator="coverage", by="organisation", cohort="all"
    )
    measured = [c for c in own if c.share is not None]
    assert len(measured) > 20
    assert [c.organisation for c in measured if c.share == totals[c.level].share] == []


def test_how_large_the_district_is(reader):
    own = [o for o in reader.organisations(territory=NYAZEPETROVSK) if o.kind != "authority"]
    assert len(own) >= 12 and len({o.kind for o in own}) == 3
    stages = ("preschool", "primary", "basic", "secondary")
    assert sum(headline(reader)[level].denominator or 0 for level in stages) >= 1500


def test_the_protocol_of_gorny(reader):
    found = {
        (c.indicator, c.level): c
        for c in coverages(reader, reader.catalogue, "2022", territory=GORNY)
        if c.judgement is not None
    }
    percents = {j.percent for c in found.values() for j in c.judgements if j.percent is not None}
    assert percents == {45, 32}
    assert all(c.verdict is Verdict.JUDGED for c in found.values() if c.judgement.percent is not None)
    said_no = {
        o.organisation
        for f in problems(reader, reader.catalogue, "2022", territory=GORNY)
        if f.when == "no"
        for o in f.organisations
    }
    names = {reader.organisation(code).name for code in said_no}
    assert names >= {"МОУ «СОШ № 1»", "МОУ «СОШ № 2»"}


def test_a_later_invented_period_shows_change(reader):
    earlier, later = headline(reader), headline(reader, "2023")
    moved = [level for level in ("preschool", "primary", "basic", "secondary") if later[level].share]
    assert moved and all(later[level].share != earlier[level].share for level in moved)


def test_the_history_holds_a_late_a_refused_and_a_replaced_file(reader):
    own = {o.code for o in reader.organisations(territory=NYAZEPETROVSK)}
    sent = [s for s in reader.submissions(period="2022") if own & set(s.organisations)]
    assert [s.file for s in sent if s.late] == ["lesnaya_v2_2022.csv"]
    assert len(reader.events(action="submission.refused")) == 1
    replaced = [p for p in reader.parts(period="2022") if p.current < p.cells]
    assert {p.file for p in replaced} == {"polevaya_2022.csv"}
    assert {r.state for r in reader.reports("2023").values()} >= {
        ReportState.SUBMITTED,
        ReportState.ACCEPTED,
        ReportState.NOT_SUBMITTED,
    }


def test_what_is_invented_says_so(reader):
    own = [o for o in organisations() if o.territory == NYAZEPETROVSK and o.kind != "authority"]
    assert [o.code for o in own if "выдуман" not in o.full_name] == []
    for period in ("2021", "2022", "2023"):
        plans = reader.plans(period)
        assert plans and all(p.ground.strip() for p in plans)
        assert {p.origin for p in plans} <= {"demonstration", "document"}
        assert [p for p in plans if p.origin == "demonstration" and "Выдумано" not in p.ground] == []


def test_the_same_files_every_time(store):
    def bytes_of(territory):
        chosen = [o for o in organisations() if o.territory == territory]
        return [hashlib.sha256(f.data).hexdigest() for f in filling._files(store.catalogue, chosen, TODAY)]

    assert bytes_of(NYAZEPETROVSK) == bytes_of(NYAZEPETROVSK) and len(bytes_of(GORNY)) >= 2


OTHER = """
[[rule]]
code = "one-trained"
formula = "teachers-trained@whole <= 1"
text = "Обучен не больше чем один"

[[indicator]]
code = "programmes-and-agreements"
number = "99.1"
kind = "count"
name = "Договоры ещё раз"
count = "partner-agreements"
levels = ["whole"]
"""


def told(store, path, **asked):
    """What ``check-catalogue PATH --changes`` says."""
    call = Call(arguments=("check-catalogue", str(path), "--changes"), folder=path.parent, user="я", catalogue=path)
    return carry_out(call, read_settings(), (store.catalogue, store), lambda _: None)


def test_what_another_catalogue_would_do_is_told_before_it_is_taken(store, reader, tmp_path):
    text = store.catalogue.text
    at = text.index('code = "coverage"\nnumber')
    # The share of one indicator is better when it is less; another is gone with its number; a rule is new.
    turned = text[:at] + text[at:].replace('direction = "more"', 'direction = "less"', 1)
    gone = re.sub(r'\[\[(\w+)\]\]\ncode = "(?:no-)?problem-group"\n.*?(?=\n\[\[|\n# -)', "", turned, flags=re.DOTALL)
    other = tmp_path / "other.toml"
    other.write_text(gone + OTHER, "utf-8")
    before = reader.catalogue
    said = told(store, other)
    lines = said.out.splitlines()
    assert said.code == 0, said.said
    assert re.fullmatch(r"Измен[ия]тся \d+ вердикт(а|ов)? из \d+\.", lines[1])
    turns = [line for line in lines if " → " in line]
    assert len(turns) == int(lines[1].split()[1]) > 0
    assert all(": 1 Охват мероприятиями, " in line for line in turns)
    assert any(line.endswith("план достигнут → план не достигнут") for line in turns)
    assert "Появится 1 показатель: 99.1 Договоры ещё раз." in lines
    assert "Исчезнет 1 показатель: 8.1 Проблемная группа." in lines
    assert any("сдано таких чисел" in line and "их больше никто не прочтёт" in line for line in lines)
    assert any(line.startswith("Правилу «Обучен не больше чем один» не отвечают принятые отчёты") for line in lines)
    assert lines[-1].startswith("Ничего не записано")
    with store.read() as again:
        assert again.catalogue is before and in_step(again) and not again.events(object="catalogue/other")
    same = tmp_path / "same.toml"
    same.write_text(text, "utf-8")
    assert "ничего не изменится" in told(store, same).out
    same.write_text(text.replace('code = "proforient"', 'code = "another"', 1), "utf-8")
    assert told(store, same).code == 1 and "Код каталога «another»" in told(store, same).said


def test_a_store_in_use_is_never_filled(store):
    with pytest.raises(Refused, match="уже есть организации"):
        filling.fill(store, today=TODAY)


def test_a_filling_that_was_cut_goes_on_where_it_stopped(tmp_path, monkeypatch):
    opened = Store.open(tmp_path / "data", read_catalogue(ROOT / "indicators.toml"))
    real, calls = filling._send, []

    def cut(store, file):
        calls.append(file.name)
        if len(calls) == 3:
            raise KeyboardInterrupt
        real(store, file)

    monkeypatch.setattr(filling, "_send", cut)
    with pytest.raises(KeyboardInterrupt):
        filling.fill(opened, territory=GORNY, today=TODAY)
    monkeypatch.setattr(filling, "_send", real)
    filling.fill(opened, territory=GORNY, today=TODAY)
    with opened.read() as reader:
        files = [s.file for s in reader.submissions()]
        assert len(files) == len(set(files)) >= 3
    opened.close()


def test_the_protocol_s_problem_of_two_levels_keeps_its_words_on_both(reader):
    words = {
        c.level: experts_said(c)
        for c in coverages(reader, reader.catalogue, "2022", territory=GORNY, indicator="coverage", cohort="all")
        if c.judgement is not None
    }
    assert {level: text.replace("\u00a0", " ") for level, text in words.items()} == {
        "primary": "эксперты: «не обеспечен охват профориентационными мероприятиями обучающихся начальной школы»",
        "additional": "эксперты: «не обеспечен охват профориентационными мероприятиями обучающихся дополнительного "
        "образования»",
    }
    found = problems(reader, reader.catalogue, "2022", territory=GORNY)
    told = {f.number: judged_evidence(f.judgement).replace("\u00a0", " ") for f in found if f.number in (16, 17)}
    assert told == {
        16: "45 % — оценка: рабочая группа, п. Горный",
        17: "32 % — оценка: рабочая группа, п. Горный",
    }


def test_every_role_of_the_office_opens_both_districts_and_a_school_its_own():
    people = [person_of(row) for row in demonstration(organisations(), NYAZEPETROVSK, now())]
    reach = {p.role.value: [p.may(Deed.LOOK) and p.reaches(place) for place in (NYAZEPETROVSK, GORNY)] for p in people}
    assert reach == {
        **{role: [True, True] for role in ("department", "head", "administrator")},
        "organisation": [False, False],
    }


def test_the_campaigns_of_the_documents_are_closed(reader):
    every = [p for place in (NYAZEPETROVSK, GORNY) for p in reader.periods(territory=place)]
    states = {(p.code, p.territory): p.state for p in every}
    assert states == {
        ("2021", NYAZEPETROVSK): "closed",
        ("2022", NYAZEPETROVSK): "closed",
        ("2023", NYAZEPETROVSK): "open",
        ("2022", GORNY): "closed",
    }
