"""A campaign of six or sixteen organisations whose server is killed in the middle of what it does, again and again.

Whatever was confirmed is found when the server is there again; in the end all is as if nobody had killed anything.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from serving import Server, serve

from proforient.catalogue.read import read_catalogue
from proforient.settings import ROOT
from proforient.store.store import Store

LONGEST = 0.15  # seconds after the beginning of a step in which the server is killed
PLACE = "Примерная область / Речной округ"
HEAD = "code;inn;name;full_name;kind;levels;territory;part_of;opened;closed"


@dataclass(frozen=True)
class Step:
    """One act of a person: the command, and the numbers (organisation, covered) that must be there once it is done."""

    call: tuple[str, ...]
    value: tuple[str, int] | None = None


def code_of(number: int) -> str:
    return f"r-garden-{number}"


def campaign(folder: Path, many: int) -> list[Step]:
    """Wrong, given back, corrected, accepted; closed without the last one, which is let in again."""
    last = many - 1
    period = ("--period", "2026")
    steps = []
    for number in range(last):
        own = (*period, "--organisation", code_of(number))
        steps.append(sent(folder, number, 10 + number))
        if number % 3 == 0:
            steps.append(Step(("report", "return", *own, "--note", "Проверьте охват")))
            steps.append(sent(folder, number, 30 + number))
        steps.append(Step(("report", "accept", *own)))
    late = (*period, "--organisation", code_of(last))
    again = ("--closes", "2099-12-30", "--organisation", code_of(last), "--reason", "болезнь методиста")
    return [
        *steps,
        Step(("period", "close", "2026")),
        Step(("period", "reopen", "2026", *again)),
        sent(folder, last, 44),
        Step(("report", "accept", *late)),
    ]


def sent(folder: Path, number: int, covered: int) -> Step:
    file = folder / f"{code_of(number)}-{covered}.csv"
    row = f"Детский сад № {number};Охват мероприятиями;Дошкольное;все;{covered};50"
    file.write_text(f"Организация;Показатель;Уровень;Категория;Числитель;Знаменатель\n{row}\n", "utf-8")
    call = ("submit", str(file), "--period", "2026", "--by", "metodist", "--confirm")
    return Step(call, (code_of(number), covered))


def begin(run, tmp_path, many):
    register = tmp_path / "register.csv"
    rows = [f"{code_of(n)};;Детский сад № {n};;preschool;preschool,whole;{PLACE};;;" for n in range(many)]
    register.write_text("\n".join([HEAD, *rows, ""]), "utf-8")
    assert run("organisations", "import", register).code == 0
    assert run("period", "open", "2026", "--closes", "2099-12-25").code == 0


@contextmanager
def killed_within(server: Server, seconds: float):
    def kill():
        server.process.kill()
        server.process.wait()

    timer = threading.Timer(seconds, kill)
    timer.start()
    yield
    timer.join()


def numbers(run: Callable) -> dict[str, int]:
    values = run("values", "--period", "2026", "--json").json()
    return {v["organisation"]: v["value"] for v in values if v["count"] == "covered"}


def states(folder: Path) -> dict[str, str]:
    store = Store.open(folder, read_catalogue(ROOT / "indicators.toml"))
    try:
        with store.read() as reader:
            return {code: state.value for code, state in reader.report_states("2026").items()}
    finally:
        store.close()


@pytest.mark.soak
@pytest.mark.parametrize(("many", "kills"), [(4, 1), (16, 50)])
def test_what_was_confirmed_is_found_however_often_the_server_is_killed(run, data, tmp_path, many, kills):
    begin(run, tmp_path, many)
    steps = campaign(tmp_path, many)
    dice = random.Random(20261130 + kills)
    killed_at = sorted(dice.randrange(len(steps) - 8) for _ in range(kills))
    place, told = 0, {True: 0, False: 0}
    while place < len(steps):
        with serve(data) as server:
            while place < len(steps):
                step = steps[place]
                if killed_at and killed_at[0] <= place:
                    del killed_at[0]
                    with killed_within(server, dice.uniform(0, LONGEST)):
                        confirmed = run(*step.call).code == 0
                    told[confirmed] += 1
                    if confirmed:
                        place += 1
                    break
                answer = run(*step.call)
                # A step of which nothing was heard may have been done before the kill: it is then refused by name.
                assert answer.code == 0 or "уже" in answer.err + answer.out, (step, answer)
                place += 1
        if place:
            done = dict(s.value for s in steps[:place] if s.value)
            found = numbers(run)
            assert {code: found.get(code) for code in done} == done
    print(f"killed after {told[True]} confirmed steps and in {told[False]} that were not")
    assert sum(told.values()) == kills
    assert run("verify").code == 0
    assert numbers(run) == {s.value[0]: s.value[1] for s in steps if s.value}
    assert states(data) == dict.fromkeys(map(code_of, range(many)), "accepted")
    (period,) = run("period", "list", "--json").json()
    assert period["state"] == "closed"
