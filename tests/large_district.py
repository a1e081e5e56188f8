"""A district of real size, for tests and pictures: 60 organisations with long and similar names, three municipalities.

Everything is invented and seeded, and goes in through the product's own commands. Periods of «Заозёрный округ»:

- 2021: all 59 have reported, no plan is met;
- 2022: 47 have reported, in every state of a report; some plans are met;
- 2023: open; two schools have reported, and both are above their plans.

In «Приречный округ» all plans are met, in «Степной округ» one plan is zero, one is missing and nobody has reported.
"""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

REGION = "Опытная область"
LARGE, MET, EMPTY = (f"{REGION} / {name} округ" for name in ("Заозёрный", "Приречный", "Степной"))
PERIODS = {"2021": "2022-03-31", "2022": "2023-04-28", "2023": "2099-12-25"}
FIRST_TWO = ("z-school-2", "z-school-10")  # who has reported for 2023
REGISTER = ("code", "inn", "name", "full_name", "kind", "levels", "territory")
REPORT = ("Организация", "Период", "Показатель", "Уровень", "Категория", "Значение")
PLANS = {
    LARGE: {
        "2021": {"preschool": 95, "primary": 98, "basic": 97, "secondary": 96, "additional": 99},
        "2022": {"preschool": 50, "primary": 60, "basic": 75, "secondary": 65, "additional": 30},
        "2023": {"preschool": 50, "primary": 60, "basic": 75, "secondary": 70},
    },
    MET: {"2022": {"preschool": 20, "primary": 30, "basic": 30, "secondary": 30}},
    EMPTY: {"2022": {"preschool": 0, "primary": 60}},
}
SHORT = {"preschool": "Дошкольное", "primary": "Начальное", "basic": "Основное", "secondary": "Среднее",
         "additional": "Дополнительное"}  # fmt: skip

Run = Callable[..., object]


def register() -> list[dict[str, str]]:
    """The rows of ``organisations import``, 60 of them in the large municipality."""
    rows = [_school(LARGE, "z", n) for n in range(1, 31)]
    rows += [_garden(LARGE, "z", n) for n in range(1, 23)]
    rows += [_club(LARGE, "z", n) for n in range(1, 8)]
    rows += [_authority(LARGE, "z")]
    for territory, sign, schools, gardens in ((MET, "p", 6, 4), (EMPTY, "s", 3, 2)):
        rows += [_school(territory, sign, n) for n in range(1, schools + 1)]
        rows += [_garden(territory, sign, n) for n in range(1, gardens + 1)]
        rows += [_authority(territory, sign)]
    for at, row in enumerate(rows):
        row["inn"] = f"00000{at + 10000:05}" if row["kind"] != "authority" else ""
        row["full_name"] = f"{row['name']} (выдумано для проверки)"
    return rows


def _school(territory: str, sign: str, n: int) -> dict[str, str]:
    if n % 3:
        whose = {LARGE: "Заозёрного", MET: "Приречного", EMPTY: "Степного"}[territory]
        name = f"МБОУ «Средняя общеобразовательная школа № {n} имени первостроителей {whose} горного комбината»"
    else:
        places = ("Верхние", "Нижние", "Старые", "Новые", "Ближние")
        village = {LARGE: "Ёлкины", MET: "Липовые", EMPTY: "Полынные"}[territory]
        name = f"МКОУ «Основная школа сельского поселения {village} Броды, посёлок {places[n // 3 % 5]} Броды № {n}»"
    levels = "primary,basic,secondary,grades-6-11,grades-1-11,whole" if n % 3 else "primary,basic,grades-6-11,whole"
    return _row(territory, f"{sign}-school-{n}", name, "school", levels)


def _garden(territory: str, sign: str, n: int) -> dict[str, str]:
    of = "" if territory == LARGE else f", {territory.rpartition(' / ')[2]}"
    name = f"МАДОУ «Центр развития ребёнка — детский сад комбинированного вида № {n}{of}»"
    return _row(territory, f"{sign}-garden-{n}", name, "preschool", "preschool,whole")


def _club(territory: str, sign: str, n: int) -> dict[str, str]:
    name = f"МБУ ДО «Центр дополнительного образования детей и юношества, отделение № {n}»"
    return _row(territory, f"{sign}-club-{n}", name, "additional", "additional,whole")


def _authority(territory: str, sign: str) -> dict[str, str]:
    name = f"Управление образования администрации, {territory.rpartition(' / ')[2]}"
    return _row(territory, f"{sign}-authority", name, "authority", "authority")


def _row(territory: str, code: str, name: str, kind: str, levels: str) -> dict[str, str]:
    return {"code": code, "name": name, "kind": kind, "levels": levels, "territory": territory}


def answers(row: dict[str, str], period: str) -> dict[tuple[str, str], tuple[int, int]]:
    """Children and covered children by level and cohort, as the organisation reports them for the period."""
    chance = random.Random(f"{row['code']}-{period}")
    found = {}
    for level in (level for level in row["levels"].split(",") if level in SHORT):
        pupils = chance.randint(60, 900) if level in ("primary", "basic") else chance.randint(18, 260)
        low, high = (82, 97) if row["code"] in FIRST_TWO and period == "2023" else (35, 84)
        covered = pupils * chance.randint(low, high) // 100
        part = pupils * chance.randint(3, 9) // 100
        found[level, "all"] = pupils, covered
        found[level, "disability"] = part, max(0, covered - pupils + part)
    return found


def fill(run: Run, folder: Path) -> None:
    """``run("period", "open", …)`` carries out a command over an empty store and fails where the command does."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = register()
    run("organisations", "import", _table(folder / "register.csv", REGISTER, ([r[c] for c in REGISTER] for r in rows)))
    for period, closes in PERIODS.items():
        run("period", "open", period, "--closes", closes)
    run("plan", "import", _table(folder / "plans.csv", *_plans()))
    run("contingent", "import", _table(folder / "contingent.csv", *_known(rows)))
    for period, chosen in _reported(rows).items():
        file = _table(folder / f"svod-{period}.csv", REPORT, (line for row in chosen for line in _report(row, period)))
        run("submit", file, "--period", period, "--by", "методист", "--confirm")
    _states(run, _reported(rows)["2022"])
    figure = ("--period", "2022", "--indicator", "coverage", "--level", "additional", "--territory", LARGE)
    said = ("--text", "Охват в отделениях ниже заявленного", "--source", "справка о проверке")
    run("judgement", "add", *figure, "--outcome", "shortcoming", *said)
    run("period", "close", "2021")


def _states(run: Run, rows: Sequence[dict[str, str]]) -> None:
    """Of every seven reports four are accepted, one is returned, two wait."""
    own = [row for row in rows if row["territory"] == LARGE]
    for at, row in enumerate(own):
        call = ("--period", "2022", "--organisation", row["code"])
        if at % 7 < 4:
            run("report", "accept", *call)
        elif at % 7 == 4:
            run(
                "report", "return", *call, "--note", "В 9 классах охваченных больше, чем в прошлом году всех: проверьте"
            )


def _reported(rows: Sequence[dict[str, str]]) -> dict[str, list[dict[str, str]]]:
    asked = [row for row in rows if row["kind"] != "authority" and row["territory"] != EMPTY]
    own = [row for row in asked if row["territory"] == LARGE]
    return {
        "2021": own,
        "2022": [row for row in asked if row["territory"] == MET or hash_of(row["code"]) % 5],
        "2023": [row for row in own if row["code"] in FIRST_TWO],
    }


def hash_of(code: str) -> int:
    return random.Random(code).randrange(1000)


def _report(row: dict[str, str], period: str) -> Iterable[Sequence[object]]:
    for (level, cohort), (pupils, covered) in answers(row, period).items():
        category = {"all": "все", "disability": "ОВЗ и инвалиды"}[cohort]
        yield row["code"], period, "pupils", SHORT[level], category, pupils
        yield row["code"], period, "covered", SHORT[level], category, covered


def _plans() -> tuple[Sequence[str], Iterable[Sequence[object]]]:
    head = ("period", "indicator", "level", "territory", "percent", "origin", "ground")
    return head, (
        (period, "coverage", level, territory, percent, "department", "приказ № 1 от 10.01.2022, выдуман для проверки")
        for territory, periods in PLANS.items()
        for period, levels in periods.items()
        for level, percent in levels.items()
    )


def _known(rows: Sequence[dict[str, str]]) -> tuple[Sequence[str], Iterable[Sequence[object]]]:
    """Known children of schools; of gardens and clubs nobody knows how many there are."""
    head = ("period", "organisation", "count", "level", "number", "source")
    return head, (
        (period, row["code"], "pupils", level, pupils, "выдумано для проверки")
        for period in ("2022", "2023")
        for row in rows
        if row["kind"] == "school" and row["territory"] == LARGE
        for (level, cohort), (pupils, _) in answers(row, period).items()
        if cohort == "all"
    )


def _table(path: Path, head: Sequence[str], rows: Iterable[Sequence[object]]) -> Path:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows(rows)
    path.write_bytes(out.getvalue().encode("utf-8-sig"))
    return path
