"""``store move`` and ``store tidy``: from one file into the shared store and back, and the upkeep of the shared one."""

from __future__ import annotations

import argparse
import datetime as dt

from proforient.commands.call import Command, Desk, Outcome, argument, plain
from proforient.errors import Refused, WrongCall
from proforient.monitoring import now
from proforient.store.engine import LAKE, dsn_of
from proforient.store.lake_upkeep import KEEP_DAYS
from proforient.store.moving import move_into, move_out
from proforient.wording import counted, number


def move(desk: Desk, given: argparse.Namespace) -> Outcome:
    """The store that was moved stays as it is; which of them is used, PROFORIENT_STORE says."""
    desk.say("Хранилище переносится и сверяется…")
    if not given.where.startswith(LAKE):
        folder = desk.path(given.where)
        move_out(desk.store, folder)
        return Outcome(said=f"Хранилище перенесено в папку {folder} и сверено. Задайте PROFORIENT_DATA={folder}.")
    if desk.settings.store:
        raise Refused("Это хранилище уже общее. Назовите папку: в неё ляжет хранилище одним файлом.")
    if not given.shared:
        raise WrongCall("Не названа общая папка: в ней лежат таблицы и принятые файлы. Добавьте --shared ПАПКА.")
    rows = move_into(desk.store, dsn_of(given.where), desk.path(given.shared))
    return Outcome(
        said=plain(
            f"Перенесено и сверено строк: {number(rows)}. Остановите программу, задайте PROFORIENT_STORE и "
            "PROFORIENT_SHARED, каждому серверу — свою новую папку PROFORIENT_DATA и те же ключи."
        )
    )


def tidy(desk: Desk, given: argparse.Namespace) -> Outcome:
    """Small files become large ones, states older than ``--keep-days`` are forgotten. What is in force stays."""
    if given.keep_days < 1:
        raise WrongCall("Хранить надо хотя бы один день: --keep-days 1.")
    desk.say("Общее хранилище приводится в порядок…")
    found = desk.store.tidy(now() - dt.timedelta(days=given.keep_days))
    assert found is not None
    before, after = found
    memory = counted(given.keep_days, "days")
    return Outcome(
        said=plain(f"Файлов таблиц было {number(before)}, стало {number(after)}. Прежние состояния: {memory}.")
    )


COMMANDS = (
    Command(
        name="store move",
        does="перенести хранилище из одного файла в общее или обратно и сверить каждую строку",
        run=move,
        arguments=(
            argument("where", metavar="WHERE", help="ducklake:postgres:… с пустой базой или новая папка"),
            argument("--shared", metavar="DIR", help="папка, которая видна всем серверам"),
        ),
    ),
    Command(
        name="store tidy",
        does="слить мелкие файлы общего хранилища и забыть его давние состояния",
        run=tidy,
        arguments=(
            argument(
                "--keep-days",
                type=int,
                default=KEEP_DAYS,
                metavar="N",
                help=f"сколько дней хранить прежние состояния (если не сказано, {KEEP_DAYS})",
            ),
        ),
    ),
)
