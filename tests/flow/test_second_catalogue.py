"""A quite different catalogue (a region of municipalities, bands of grades, a school year) through the whole path."""

from __future__ import annotations

import csv
import datetime as dt
import io
import os
from collections import defaultdict
from fractions import Fraction
from pathlib import Path

import pytest
from serving import ROOT

from proforient.advice.problems import problems
from proforient.analysis.coverage import coverages
from proforient.analysis.export import coverage_json
from proforient.catalogue.read import read_catalogue
from proforient.intake.read import read_bytes
from proforient.intake.screen import screen
from proforient.monitoring import Organisation, Verdict, territory_name
from proforient.store import acceptance, campaign, enrolment
from proforient.store.store import Store

DATA = ROOT / "tests" / "data"
INVENTED = DATA / "khmao-invented"
# Where the figures of a real region lie beside a checkout; no user of the program has or needs them.
REAL = Path(os.environ.get("PROFORIENT_REAL_FIGURES", ROOT.parent / "shared" / "data" / "khmao-2020-2021"))
PERIOD = "2020/2021"
HEAD = "Организация;Период;Показатель;Уровень;Значение"
LEVELS = ("grades-5-7", "grades-8-11", "grades-5-11", "whole")


@pytest.fixture
def store(tmp_path):
    opened = Store.open(tmp_path / "data", read_catalogue(DATA / "catalogues" / "khmao.toml"))
    yield opened
    opened.close()


def prepared(store, organisations):
    with store.write("test", based_on=None) as writer:
        enrolment.import_organisations(writer, organisations)
        campaign.open_period(writer, PERIOD, kind="school_year", closes=dt.date(2099, 12, 31))


def send(store, name, lines):
    """The screening of one file, which is accepted where it may be."""
    data = "".join(f"{line}\r\n" for line in [HEAD, *lines]).encode("cp1251")
    with store.read() as reader:
        screening = screen(read_bytes(name, data), store.catalogue, reader.known(PERIOD))
    if screening.acceptable:
        store.put_file(data)
        with store.write("test", based_on=None) as writer:
            acceptance.accept(writer, screening, period=PERIOD, confirm=True)
    return screening


def codes(screening, severity):
    return [f.code for f in screening.findings if f.severity == severity]


def invented():
    register = list(csv.DictReader((INVENTED / "organisations.csv").open(encoding="utf-8-sig"), delimiter=";"))
    organisations = [
        Organisation(
            code=row["code"],
            name=row["name"],
            full_name=row["full_name"],
            kind=row["kind"],
            levels=tuple(row["levels"].split(",")),
            territory=row["territory"],
        )
        for row in register
    ]
    files = defaultdict(list)
    for line in (INVENTED / "values.csv").read_text("utf-8-sig").splitlines()[1:]:
        files[line.partition(";")[0]].append(line)
    return organisations, files


def sums(lines_of, accepted, numerator, denominator):
    """A share computed from the lines alone: sums over those who gave both numbers."""
    above = below = 0
    for name in accepted:
        given = {line.split(";")[2]: line.split(";")[4] for line in lines_of[name]}
        if given.get(numerator, "").isdigit() and given.get(denominator, "").isdigit():
            above, below = above + int(given[numerator]), below + int(given[denominator])
    return above, below


def test_the_invented_region(store):
    organisations, files = invented()
    prepared(store, organisations)
    found = {name: send(store, f"{name}.csv", lines) for name, lines in files.items()}
    refused = {name: codes(s, "error") for name, s in found.items() if not s.acceptable}
    assert set(refused) == {"Нижнеснежский район", "Клюквогорский район", "город Пихтоград"}
    assert set(refused["Нижнеснежский район"]) == set(refused["Клюквогорский район"]) == {"numerator-above-denominator"}
    assert refused["город Пихтоград"] == ["not-yes-no"]
    warned = {name: codes(s, "warning") for name, s in found.items() if codes(s, "warning") and s.acceptable}
    assert warned == {"город Морошкин": ["rule-warning"]}
    accepted = [name for name, s in found.items() if s.acceptable]
    assert len(accepted) == 3
    check_shares(store, files, accepted, region="Снеголужский край")


def check_shares(store, files, accepted, *, region):
    """Every municipality and the region: shares and verdicts as computed from the lines themselves."""
    catalogue = store.catalogue
    pairs = {"grades-5-7": ("1.2", "2(н)"), "grades-8-11": ("1.3", "3(н)")}
    with store.read() as reader:
        total = coverages(reader, catalogue, PERIOD, territory=region, indicator="tested")
        assert {c.territory for c in total} == {region}
        apart = coverages(reader, catalogue, PERIOD, territory=region, by="territory", indicator="tested")
        for c in [*total, *apart]:
            names = accepted if c.territory == region else [n for n in accepted if n == territory_name(c.territory)]
            above, below = sums(files, names, *pairs[c.level])
            if not below:
                assert c.verdict in (Verdict.NO_DATA, Verdict.NOBODY), c
                continue
            assert c.share == Fraction(100 * above, below), c
            if c.plan is not None:
                met = 100 * above >= c.plan.percent * below
                assert c.verdict is (Verdict.MET if met else Verdict.NOT_MET), c
        assert total[0].expected == len(reader.organisations()) and total[0].submitted == len(accepted)
        behind = {f.indicator for f in problems(reader, catalogue, PERIOD, territory=region) if f.when == "not_met"}
        every = coverages(reader, catalogue, PERIOD, territory=region)
    unmet = {c.indicator for c in every if c.verdict is Verdict.NOT_MET}
    assert behind == unmet
    assert all(coverage_json(c)["period"] == PERIOD for c in every)


def test_nought_of_nought_is_nobody_and_no_data_is_no_nought(store):
    organisations, files = invented()
    prepared(store, organisations)
    assert send(store, "y.csv", files["Янтарнолугский район"]).acceptable
    with store.read() as reader:
        own = coverages(reader, store.catalogue, PERIOD, organisation="yantarnolugsky")
    verdicts = {c.verdict for c in own}
    nobody = [c for c in own if c.denominator == 0]
    assert Verdict.NOBODY in verdicts and nobody and all(c.share is None for c in nobody)
    silent = [c for c in own if c.numerator is None and c.value is None]
    assert silent and all(c.verdict in (Verdict.NO_DATA, Verdict.NOT_ASKED, Verdict.JUDGED) for c in silent)


@pytest.mark.skipif(not REAL.is_dir(), reason=f"not run: the figures of the real region are not there ({REAL.name})")
def test_the_figures_of_a_real_region(store):
    levels = {line.split(";")[2]: line.split(";")[3] for lines in invented()[1].values() for line in lines}
    files = defaultdict(list)
    for row in csv.DictReader(io.StringIO((REAL / "values.csv").read_text("utf-8-sig"))):
        who, code = row["municipality"], row["code"]
        files[who].append(f"{who};{PERIOD};{code};{levels[code]};{row['value']}")
    region = "Автономный округ"
    prepared(
        store,
        [
            Organisation(
                code=f"m-{n:02}",
                name=name,
                kind="municipal-report",
                levels=LEVELS,
                territory=f"{region} / {name}",
            )
            for n, name in enumerate(files)
        ],
    )
    assert (len(files), sum(map(len, files.values()))) == (22, 484)
    found = {name: send(store, f"{n}.csv", lines) for n, (name, lines) in enumerate(files.items())}
    refused = {name: set(codes(s, "error")) for name, s in found.items() if not s.acceptable}
    assert refused == {"г.Сургут": {"numerator-above-denominator"}}
    assert sum(bool(codes(s, "warning")) for name, s in found.items() if s.acceptable) == 2
    check_shares(store, files, [name for name, s in found.items() if s.acceptable], region=region)
