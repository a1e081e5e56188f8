"""Seeded campaigns sent through the product week by week, and all that guests may have kept of them."""

from __future__ import annotations

import datetime as dt
import itertools
import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from proforient import public
from proforient.catalogue.read import read_catalogue
from proforient.intake.model import Answers
from proforient.intake.read import read_bytes
from proforient.intake.screen import screen
from proforient.monitoring import Organisation, PlanValue
from proforient.settings import ROOT
from proforient.store import acceptance, campaign, enrolment, planning
from proforient.store.store import Store

REGION = "Лесной край"
NORTH, SOUTH = f"{REGION} / Северный район", f"{REGION} / Южный район"
PERIOD = "2024"
LEVELS = {"preschool": "Дошкольное", "primary": "Начальное", "basic": "Основное", "secondary": "Среднее"}
COHORTS = {"all": "все", "disability": "ОВЗ и инвалиды"}
MOMENT = dt.datetime(2025, 1, 10, 9, 0)

Pairs = Mapping[tuple[str, str], tuple[int, int]]  # level and cohort -> numerator, denominator


@dataclass(frozen=True)
class Cell:
    """What guests read of one territory, level and cohort in one week, and whose versions stand in it."""

    week: int
    territory: str
    level: str
    cohort: str
    figure: public.PublicFigure
    versions: tuple[int, ...]


@dataclass
class Campaign:
    """``versions``: what organisations reported, each report and correction once; ``homes``: where they belong."""

    plan: int
    homes: dict[str, str]
    versions: list[tuple[str, Pairs]] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)


class Sender:
    """A store with its schools, in which a week is: some report, correct or withdraw, then all is published."""

    def __init__(self, folder: Path, homes: dict[str, str], plan: int) -> None:
        self.campaign = Campaign(plan, homes)
        self.standing: dict[str, list[int]] = {}
        self.week = 0
        self.store = Store.open(folder, read_catalogue(ROOT / "indicators.toml"))
        with self.store.write("test", based_on=None) as writer:
            enrolment.import_organisations(
                writer,
                [
                    Organisation(code=code, name=f"Школа «{code}»", kind="school", levels=tuple(LEVELS), territory=home)
                    for code, home in homes.items()
                ],
            )
            campaign.open_period(writer, PERIOD, closes=dt.date(2099, 1, 20), at=MOMENT)
            for place, level in itertools.product((REGION, NORTH, SOUTH), LEVELS):
                planning.set_plan(writer,
                    PlanValue(
                        period=PERIOD, indicator="coverage", level=level, cohort="all", territory=place,
                        percent=Decimal(plan), number=None, origin="document", ground="приказ", author="test",
                        at=MOMENT,
                    )
                )  # fmt: skip

    def report(self, given: Mapping[str, Pairs]) -> None:
        """One file of the department; a second one of the same organisation corrects the first."""
        if not given:
            return
        lines = ["Организация;Показатель;Уровень;Категория;Числитель;Знаменатель"]
        for code, pairs in given.items():
            lines += [f"{code};coverage;{LEVELS[v]};{COHORTS[c]};{n};{d}" for (v, c), (n, d) in pairs.items()]
            self.campaign.versions.append((code, pairs))
            self.standing.setdefault(code, []).append(len(self.campaign.versions) - 1)
        data = ("\n".join(lines) + "\n").encode()
        with self.store.read() as reader:
            known = reader.known(PERIOD)
        screening = screen(read_bytes(f"{self.week}.csv", data), self.store.catalogue, known, answers=Answers())
        assert screening.acceptable, (screening.findings, screening.unanswered)
        self.store.put_file(data)
        with self.store.write("test", based_on=None) as writer:
            acceptance.accept(writer, screening, period=PERIOD, confirm=True, at=self._moment())

    def withdraw(self, code: str) -> None:
        with self.store.write("test", based_on=None) as writer:
            newest = next(p for p in writer.reader.parts(period=PERIOD, organisation=code) if not p.withdrawn)
            acceptance.withdraw(writer, newest.id, at=self._moment())
        self.standing[code].pop()

    def publish(self) -> None:
        """Every territory and cohort; what is kept is the text that goes out."""
        with self.store.read() as reader:
            for territory, cohort in itertools.product((NORTH, SOUTH, REGION), COHORTS):
                inside = [code for code, home in self.campaign.homes.items() if home.startswith(territory)]
                versions = tuple(self.standing[code][-1] for code in inside if self.standing.get(code))
                made = public.publish(
                    reader, self.store.catalogue, PERIOD, territory=territory, cohort=cohort, reported=(0, 0)
                )
                self.campaign.cells += [
                    Cell(self.week, territory, figure.coverage.level, cohort, figure, versions)
                    for figure in public.read(public.text_of(made)).figures
                    if figure.coverage.level in LEVELS
                ]
        self.week += 1

    def _moment(self) -> dt.datetime:
        return MOMENT + dt.timedelta(days=7 * self.week)


def seeded(folder: Path, seed: int, *, weeks: int = 8, schools: int = 7) -> Campaign:
    """A campaign of two municipalities and an organisation at the region itself; some have none of these children."""
    draw = random.Random(seed)  # a campaign that can be repeated
    homes = {f"север-{n}": NORTH for n in range(schools)} | {f"юг-{n}": SOUTH for n in range(schools)}
    homes["при-крае"] = REGION
    sender = Sender(folder, homes, draw.choice((40, 50, 60, 75, 80)))
    usual = {level: draw.uniform(0.15, 0.9) for level in LEVELS}
    size = {level: draw.choice((30, 90, 250)) for level in LEVELS}
    waiting = list(homes)
    draw.shuffle(waiting)
    empty = {(code, level) for level in LEVELS for code in draw.sample(waiting, 2)}

    def pairs(code: str) -> Pairs:
        one = {v: _pairs(draw, usual[v], 0 if (code, v) in empty else size[v]) for v in LEVELS}
        return {(level, cohort): pair for level in LEVELS for cohort, pair in one[level].items()}

    for week in range(weeks):
        some = 4 if week == 0 else draw.choice((1, 1, 2, 3))
        coming, waiting = waiting[:some], waiting[some:]
        given = {code: pairs(code) for code in coming}
        there = [code for code, stack in sender.standing.items() if stack]
        if week and there and draw.random() < 0.5:
            code = draw.choice(there)
            given[code] = _corrected(draw, sender.campaign.versions[sender.standing[code][-1]][1])
        elif week and there and draw.random() < 0.4:
            code = draw.choice(there)
            sender.withdraw(code)
            if not sender.standing[code]:
                waiting.append(code)
        sender.report(given)
        sender.publish()
    sender.store.close()
    return sender.campaign


def _pairs(draw: random.Random, usual: float, size: int) -> dict[str, tuple[int, int]]:
    d = int(size * draw.uniform(0.2, 2))
    n = min(d, int(d * min(1, max(0, draw.gauss(usual, 0.15)))))
    part = int(d * draw.uniform(0, 0.25))
    return {"all": (n, d), "disability": (max(0, part - (d - n), int(part * n / max(d, 1))), part)}


def _corrected(draw: random.Random, pairs: Pairs) -> Pairs:
    """Up to ten children more or less are covered; the part of them stays as it was."""
    changed = dict(pairs)
    for level in LEVELS:
        (n, d), (part, of) = pairs[level, "all"], pairs[level, "disability"]
        changed[level, "all"] = (max(part, min(d - (of - part), n + draw.randint(-10, 10))), d)
    return changed


__all__ = ["COHORTS", "LEVELS", "NORTH", "PERIOD", "REGION", "SOUTH", "Campaign", "Cell", "Sender", "seeded"]
