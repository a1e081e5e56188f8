"""``export`` and ``import``: everything in open formats, without a secret, and back into an empty store."""

from __future__ import annotations

import argparse

from proforient.catalogue.read import read_catalogue
from proforient.commands.call import Command, Desk, Outcome, argument
from proforient.commands.opening import patiently
from proforient.errors import Refused, WrongCall
from proforient.store.exporting import export as exported
from proforient.store.importing import take_in
from proforient.wording import number


def export(desk: Desk, given: argparse.Namespace) -> Outcome:
    """Tables as Parquet and CSV, files, catalogue, log, a page on every column; made while others write."""
    target = desk.path(given.path)
    desk.say("Выгружаются все таблицы и файлы…")
    many = exported(desk.store, target, desk.catalogue.text)
    return Outcome(
        said=f"Выгружено в {target}, таблиц: {number(many)}. Паролей, приглашений, ссылок и кодов в выгрузке нет."
    )


def take(desk: Desk, given: argparse.Namespace) -> Outcome:
    """Into an empty data folder only; every result is compared with what the export noted."""
    source, settings = desk.path(given.path), desk.settings
    if not source.exists():
        raise WrongCall(f"{source} нет. Укажите файл или папку, сделанные командой export.")
    if settings.store:
        raise Refused("Выгрузку принимает хранилище в одном файле. Уберите PROFORIENT_STORE и повторите import.")
    catalogue = read_catalogue(desk.call.catalogue)
    desk.say("Выгрузка проверяется и становится хранилищем…")
    actor, keys = desk.user, settings.secrets
    compared = patiently(lambda: take_in(source, settings.data, catalogue, keys=keys, actor=actor), desk.say)
    return Outcome(
        said=f"Хранилище сделано из выгрузки, сошлось таблиц и итогов: {number(compared)}. Пароли задайте заново: "
        "account password ЛОГИН --invite. Ссылки для гостей теперь другие: они на странице «Ссылки»."
    )


COMMANDS = (
    Command(
        name="export",
        does="выгрузить всё в открытых форматах: Parquet и CSV, файлы, каталог, журнал; без паролей и ссылок",
        run=export,
        arguments=(argument("path", metavar="PATH", help="новый файл .zip или новая папка"),),
    ),
    Command(
        name="import",
        does="сделать из выгрузки хранилище в пустой папке данных и сверить итоги; приложение должно быть остановлено",
        run=take,
        arguments=(argument("path", metavar="PATH", help="файл .zip или папка, сделанные командой export"),),
        needs="stopped",
    ),
)
