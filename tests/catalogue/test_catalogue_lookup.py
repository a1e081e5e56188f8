"""Finding entries by the texts of files, in catalogues as different as ours and the second one."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from catalogue_files import CATALOGUES, SMALL

from proforient.catalogue.lookup import Lookup
from proforient.catalogue.read import read_catalogue
from proforient.settings import ROOT

FILES = [ROOT / "indicators.toml", CATALOGUES / "khmao.toml", SMALL]


@pytest.fixture(scope="module")
def lookup() -> Lookup:
    return Lookup(read_catalogue(SMALL))


@pytest.fixture(scope="module")
def khmao() -> Lookup:
    return Lookup(read_catalogue(CATALOGUES / "khmao.toml"))


def test_a_count_is_found_by_code_number_name_short_name_and_alias(lookup: Lookup) -> None:
    for text in ("pupils", "№ 1 (Н)", "всего  детей", "Всего чел"):
        assert lookup.counts(text) == (("pupils", None),)
    assert lookup.counts("Численность") == ()
    assert lookup.counts("") == ()


def test_a_name_with_a_population_also_names_the_level(lookup: Lookup) -> None:
    assert lookup.counts("Численность обучающихся 5-9 классов") == (("pupils", "basic"),)
    assert lookup.counts("Численность детей в кружках") == (("pupils", "additional"),)
    assert lookup.indicators("Доля детей в кружках, охваченных мероприятиями") == (("coverage", "additional"),)


def test_a_name_without_its_population_names_no_level(lookup: Lookup) -> None:
    assert lookup.counts("Численность обучающихся") == (("pupils", None),)


def test_an_alias_of_one_level_names_that_level(lookup: Lookup) -> None:
    assert lookup.counts("2(н)") == (("pupils", "basic"),)


def test_a_text_may_name_a_count_and_an_indicator(lookup: Lookup) -> None:
    assert lookup.counts("3") == (("meetings", None),)
    assert lookup.indicators("3") == (("meetings", None),)


def test_places_are_found_by_their_spellings(lookup: Lookup) -> None:
    assert lookup.levels("ооо") == lookup.levels("basic") == lookup.levels("5-9 классы") == ("basic",)
    assert lookup.cohorts("с ОВЗ") == ()
    assert lookup.cohorts("овз") == ("disability",)
    assert lookup.organisation_kinds("сош") == ("school",)
    assert lookup.cohorts("") == lookup.organisation_kinds(" ") == ()


def test_a_blank_level_is_read_only_where_there_is_one_and_it_has_that_alias(lookup: Lookup) -> None:
    assert lookup.levels_for(" ", ("whole",)) == ("whole",)
    assert lookup.levels_for("", ("basic",)) == ()
    assert lookup.levels_for("", ("whole", "basic")) == ()
    assert lookup.levels_for("—", ("whole",)) == ()
    assert lookup.levels_for("ООО", ("whole",)) == ("basic",)
    assert lookup.levels_for("нет такого", ("whole",)) == ()


def test_two_levels_with_the_empty_alias_are_told_apart_by_what_is_asked() -> None:
    lookup = Lookup(read_catalogue(ROOT / "indicators.toml"))
    assert set(lookup.levels("")) >= {"whole", "authority"}
    assert lookup.levels_for("", ("authority",)) == ("authority",)
    assert lookup.levels_for("", ("whole",)) == ("whole",)


def test_proposals_are_ordered_by_likeness_and_name_each_entry_once(lookup: Lookup) -> None:
    assert lookup.propose("count", "Числено детей в кружках", n=1) == [("pupils", "1(н) Численность обучающихся")]
    proposed = [code for code, _ in lookup.propose("level", "Основное образование", n=3)]
    assert proposed[0] == "basic"
    assert len(proposed) == len(set(proposed)) <= 3
    assert lookup.propose("cohort", "инвалиды")[0] == ("disability", "ОВЗ и инвалиды")
    assert lookup.propose("organisation_kind", "школы")[0] == ("school", "школа")
    assert lookup.propose("indicator", "Страница сайта")[0] == ("page", "2 Страница на сайте")


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.name)
def test_every_entry_is_found_by_each_of_its_names(file: Path) -> None:
    catalogue = read_catalogue(file)
    lookup = Lookup(catalogue)
    for code, count in catalogue.counts.items():
        for level in count.levels:
            for text in (code, count.number, count.short, catalogue.count_name(code, level), *count.aliases):
                if text:
                    assert code in {found for found, at in lookup.counts(text) if at in (None, level)}, text
            for alias in count.aliases_by_level.get(level, ()):
                assert (code, level) in lookup.counts(alias)
    for code, indicator in catalogue.indicators.items():
        for level in indicator.levels:
            for text in (code, indicator.number, indicator.short, catalogue.indicator_name(code, level)):
                if text:
                    assert code in {found for found, at in lookup.indicators(text) if at in (None, level)}, text


def test_the_codes_of_the_second_catalogue_name_counts_and_their_levels(khmao: Lookup) -> None:
    assert khmao.counts("2(н)") == (("pupils", "grades-5-7"),)
    assert khmao.counts("4 (Н)") == (("pupils", "grades-5-11"),)
    assert khmao.counts("Общее количество обучающихся 8-11 классов МО") == (("pupils", "grades-8-11"),)
    assert khmao.counts("1.3") == (("tested", "grades-8-11"),)
    assert khmao.counts("9.4") == (("informed", "grades-8-11"),)
    assert khmao.counts("1.1") == khmao.indicators("1.1") == (("schools-diagnosing", None),)


def test_every_row_of_the_invented_region_names_one_count_at_one_level(khmao: Lookup) -> None:
    folder = CATALOGUES.parent / "khmao-invented"
    with (folder / "values.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    with (folder / "organisations.csv").open(encoding="utf-8", newline="") as file:
        organisations = {row["name"]: row for row in csv.DictReader(file, delimiter=";")}
    cells = set()
    for row in rows:
        ((code, named),) = khmao.counts(row["Показатель"])
        (level,) = khmao.levels_for(row["Уровень"], khmao.catalogue.counts[code].levels)
        assert named in (None, level)
        assert level in organisations[row["Организация"]]["levels"].split(",")
        cells.add((row["Организация"], code, level))
    assert len(cells) == len(rows) == 6 * 23
    assert {row["kind"] for row in organisations.values()} == {"municipal-report"}
