"""``verify``, ``doctor``, ``backup``, ``restore``: whether all is well, and how it is kept well."""

from __future__ import annotations

import argparse
import importlib.metadata
import os
import platform
import shutil
from pathlib import Path

from proforient import __version__
from proforient.catalogue.read import check_catalogue
from proforient.commands.call import DONE, JSON, REFUSED, WRONG, Command, Desk, Outcome, argument, as_json
from proforient.errors import WrongCall
from proforient.settings import ROOT
from proforient.store.rows import Damage
from proforient.store.store import Store

SHORT_OF_SPACE = 1 << 30  # bytes


def verify(desk: Desk, given: argparse.Namespace) -> Outcome:
    """Reads everything that is stored; exit 1 where anything is damaged or missing."""
    desk.say("Читается всё, что записано…")
    found = desk.store.verify()
    code = REFUSED if found else DONE
    if given.json:
        return Outcome(code=code, out=as_json({"whole": not found, "damages": [_damage(d) for d in found]}))
    if not found:
        return Outcome(out="Хранилище цело: прочитано всё, цепочка событий и файлы сходятся.\n")
    return Outcome(code=code, out="".join(f"{d.code}: {d.what} ({d.where}) {d.to_do}\n" for d in found))


def _damage(d: Damage) -> dict[str, object]:
    return {"code": d.code, "what": d.what, "where": d.where, "to_do": d.to_do}


def doctor(desk: Desk, given: argparse.Namespace) -> Outcome:
    """What is installed and set; exit 2 where something stands in the way of a start."""
    facts = {
        "version": __version__,
        "python": platform.python_version(),
        "system": platform.platform(),
        "data": str(desk.settings.data),
        "catalogue": str(desk.settings.catalogue),
        "mode": desk.settings.mode,
        "address": f"http://{desk.settings.host}:{desk.settings.port}",
        "packages": _installed(),
    }
    troubles = [*_package_troubles(), *_catalogue_troubles(desk.settings.catalogue), *_folder_troubles(desk)]
    code = WRONG if troubles else DONE
    if given.json:
        return Outcome(code=code, out=as_json({"ready": not troubles, **facts, "troubles": troubles}))
    lines = [f"{name}: {found}" for name, found in facts.items() if name != "packages"]
    packages = ", ".join(f"{name} {version or 'нет'}" for name, version in _installed().items())
    said = [f"Мешает: {trouble}" for trouble in troubles] or ["Всё готово."]
    return Outcome(code=code, out="\n".join([*lines, f"packages: {packages}", *said]) + "\n")


def _wanted() -> dict[str, str]:
    lines = (ROOT / "requirements.txt").read_text("utf-8").splitlines()
    pins = (line.split("==") for line in lines if "==" in line and not line.startswith("#"))
    return {name.strip(): version.strip() for name, version in pins}


def _installed() -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    for name in _wanted():
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            found[name] = None
    return found


def _package_troubles() -> list[str]:
    have = _installed()
    return [
        f"{name}: нужна версия {wanted}, установлена {have[name] or 'никакая'}. Запустите make run."
        for name, wanted in _wanted().items()
        if have[name] != wanted
    ]


def _catalogue_troubles(path: Path) -> list[str]:
    mistakes = check_catalogue(path)
    return [f"в каталоге {path} ошибок: {len(mistakes)}. Подробно: check-catalogue."] if mistakes else []


def _folder_troubles(desk: Desk) -> list[str]:
    folder = desk.settings.data
    there = next((path for path in (folder, *folder.parents) if path.exists()), Path("/"))
    troubles = []
    if not os.access(there, os.W_OK | os.X_OK):
        troubles.append(f"в папку {there} нельзя писать. Задайте PROFORIENT_DATA или дайте права.")
    free = shutil.disk_usage(there).free
    if free < SHORT_OF_SPACE:
        troubles.append(f"на диске с {there} свободно меньше гигабайта ({free >> 20} МБ). Освободите место.")
    return troubles


def backup(desk: Desk, given: argparse.Namespace) -> Outcome:
    """A whole copy in a new or empty folder, made while others write, compared with the original."""
    desk.say("Делается копия и сверяется с хранилищем…")
    made = desk.store.backup(desk.path(given.dir))
    return Outcome(said=f"Копия сделана и сверена: {made}.")


def restore(desk: Desk, given: argparse.Namespace) -> Outcome:
    """Puts the copy in the place of the store; what was there stays beside it."""
    source = desk.path(given.dir)
    if not source.is_dir():
        raise WrongCall(f"Папки {source} нет. Укажите папку, сделанную командой backup.")
    desk.say("Копия проверяется и встаёт на место хранилища…")
    Store.restore(source, desk.settings.data, replace=given.replace)
    return Outcome(said=f"Хранилище восстановлено из {source} и сверено.")


COMMANDS = (
    Command(
        name="verify",
        does="прочитать всё записанное и сказать, что повреждено или пропало",
        run=verify,
        arguments=(JSON,),
    ),
    Command(
        name="doctor",
        does="что установлено, что задано и что мешает работе",
        run=doctor,
        arguments=(JSON,),
        needs="nothing",
    ),
    Command(
        name="backup",
        does="сделать полную копию, пока другие работают",
        run=backup,
        arguments=(argument("dir", metavar="DIR", help="новая или пустая папка, лучше на другом диске"),),
    ),
    Command(
        name="restore",
        does="вернуть хранилище из копии; приложение должно быть остановлено",
        run=restore,
        arguments=(
            argument("dir", metavar="DIR", help="папка, сделанная командой backup"),
            argument("--replace", action="store_true", help="заменить хранилище с данными; прежнее останется рядом"),
        ),
        needs="stopped",
    ),
)
