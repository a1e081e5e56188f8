"""``verify``, ``doctor``, ``backup``, ``restore``: damage and obstacles are found, the store is copied and put back."""

from __future__ import annotations

import argparse
import contextlib
import importlib.metadata
import json
import os
import platform
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from proforient import __version__
from proforient.catalogue.read import check_catalogue, read_catalogue
from proforient.commands.call import DONE, JSON, REFUSED, WRONG, Command, Desk, Outcome, argument, as_json, changing
from proforient.commands.opening import patiently
from proforient.errors import CatalogueError, ProforientError, Refused, StoreBusy, StoreError, WrongCall
from proforient.settings import INSTALLED, ROOT
from proforient.store import chain, upkeep_note
from proforient.store.backup import anchors
from proforient.store.backup import backup as backed_up
from proforient.store.connect import FILE_NAME
from proforient.store.engine import open_store
from proforient.store.reading import Reader
from proforient.store.rereading import Reread
from proforient.store.restoring import ASIDE, PLAN
from proforient.store.restoring import restore as put_back
from proforient.store.rows import Damage
from proforient.store.signing import Signed, signatures
from proforient.store.signing import acknowledge as acknowledged
from proforient.store.store import Store
from proforient.store.verify import quick
from proforient.store.verify import verify as verified
from proforient.wording import quoted

SHORT_OF_SPACE = 1 << 30  # free bytes below which the disk is called short of space
_AGAIN = "Поставьте пакет заново (pip install)." if INSTALLED else "Запустите make run."
SEAMS_WAIT = 120  # seconds that the look at the seams may take


def verify(desk: Desk, given: argparse.Namespace) -> Outcome:
    """Reads everything that is stored; exit 1 where anything is damaged or missing."""
    against = desk.path(given.against) if given.against else None
    if against is not None and not against.is_dir():
        raise WrongCall(f"Папки {against} нет. Укажите папку, сделанную командой backup.")
    desk.say("Читается всё, что записано, и принятые файлы читаются заново…")
    reread, signed = Reread(), list[Signed]()
    found = verified(desk.store, against=against, reread=reread.look)
    code = REFUSED if found else DONE
    with contextlib.suppress(StoreError), desk.store.read() as reader:  # what cannot be read is told already
        signed = _signatures(reader)
    if given.json:
        document: dict[str, object] = {"whole": not found, "damages": [_damage(d) for d in found]}
        return Outcome(
            code=code, out=as_json(document | ({"signed": [_signed(one) for one in signed]} if signed else {}))
        )
    compared = f"Файлов прочитано заново: {reread.files}, чисел сверено с ними: {reread.values}."
    if reread.other_files or reread.other_values:
        compared += (
            f" Нынешние правила читают иначе и потому не сверено: файлов {reread.other_files}, "
            f"чисел {reread.other_values}; это не повреждение."
        )
    if not found:
        whole = f"Хранилище цело: прочитано всё, таблицы, журнал, его подпись и файлы сходятся.\n{compared}\n"
        return Outcome(out=whole + "".join(map(_signature_line, signed)))
    listing = "".join(f"{d.code}: {d.what} ({d.where}) {d.to_do}\n" for d in found)
    return Outcome(code=code, out=listing + "".join(map(_signature_line, signed)), said=compared)


def _signatures(reader: Reader) -> list[Signed]:
    """None where nobody ever changed the key: then there is nothing to tell apart."""
    found = signatures(reader)
    return found if any(one.ground for one in found) else []


def _signature_line(one: Signed) -> str:
    since = f"С события {one.since} ({one.since_at:%d.%m.%Y %H:%M} UTC) конец журнала подписан ключом {one.key}"
    if one.before is None:
        return f"{since}.\n"
    why = f"ключ подписи сменён, {one.by}, основание: {quoted(one.ground)}" if one.ground else "смена не признана"
    return (
        f"{since}: {why}. За прежнее этот ключ не ручается: были ли отрезаны события после {one.before}, "
        "видно только по копии, сделанной до смены (verify --against ПАПКА).\n"
    )


def _signed(one: Signed) -> dict[str, object]:
    return {
        "key": one.key,
        "since": str(one.since),
        "since_at": one.since_at.isoformat(timespec="seconds") + "Z",
        "before": None if one.before is None else str(one.before),
        "ground": one.ground,
        "by": one.by,
    }


def acknowledge(desk: Desk, given: argparse.Namespace) -> Outcome:
    """The damage «signed by another key» is one no longer; what the former key vouched for stays unvouched."""
    signer = desk.store.signer
    if signer is None:
        raise WrongCall("Журнал ничем не подписан: папка ключей не задана. Задайте PROFORIENT_SECRETS.")
    with desk.write(given, figures=False) as writer:
        found = acknowledged(writer, given.ground, key=signer.id)
    with desk.store.read() as reader:
        lines = [_signature_line(one) for one in signatures(reader) if one.since in {old.since for old in found}]
    return Outcome(said="".join(lines).rstrip())


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
    troubles += _store_troubles(desk)
    seams, upkeep = _seams(), _upkeep(desk.settings.data)
    code = WRONG if troubles else DONE
    if given.json:
        found = {"troubles": troubles, "seams": seams, "upkeep": upkeep}
        return Outcome(code=code, out=as_json({"ready": not troubles, **facts, **found}))
    lines = [f"{name}: {found}" for name, found in facts.items() if name != "packages"]
    packages = ", ".join(f"{name} {version or 'нет'}" for name, version in _installed().items())
    said = [f"Мешает: {trouble}" for trouble in troubles] or ["Всё готово."]
    said += [f"Не хватает: {lack}" for lack in (*seams, *upkeep)]
    return Outcome(code=code, out="\n".join([*lines, f"packages: {packages}", *said]) + "\n")


def _upkeep(folder: Path) -> list[str]:
    """What the night left undone; people notice nothing of it for weeks."""
    why = upkeep_note.trouble(folder).rstrip(".")
    return [f"ночью общее хранилище не приведено в порядок. {why}. Повторить сейчас: store tidy."] if why else []


def _seams() -> list[str]:
    """What the pages lack in the Streamlit that is installed; a start is not hindered by it."""
    command = [sys.executable, "-m", "proforient.web.seams"]
    try:
        asked = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, timeout=SEAMS_WAIT)  # noqa: S603
    except subprocess.TimeoutExpired:
        return [f"Streamlit не открылся за {SEAMS_WAIT} секунд: швы не проверены."]
    if asked.returncode:
        why = asked.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
        return [f"Streamlit не открывается: {why}"]
    found: list[str] = json.loads(asked.stdout)
    return found


def _wanted() -> dict[str, str]:
    lines = [line.partition("#")[0] for line in (ROOT / "requirements.txt").read_text("utf-8").splitlines()]
    pins = (line.split("==") for line in lines if "==" in line)
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
        f"{name}: нужна версия {wanted}, установлена {have[name] or 'никакая'}. {_AGAIN}"
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


def _store_troubles(desk: Desk) -> list[str]:
    """Why the store does not open, or what is quickly seen to be damaged in it."""
    if desk.opened is not None:
        return _damages(desk.opened[1])
    folder = desk.settings.data
    if not any([*folder.glob(FILE_NAME), *folder.glob(PLAN), *folder.glob(chain.FILE_NAME), *folder.glob(f"{ASIDE}*")]):
        return []  # nothing is there yet
    try:
        catalogue = read_catalogue(desk.settings.catalogue)
        with closing(open_store(desk.settings, catalogue, wait=0, read_only=True)) as store:
            return _damages(store)
    except (CatalogueError, StoreBusy, WrongCall):
        return []  # told already; at work; of an earlier version, which the next start updates
    except ProforientError as error:
        return [f"хранилище не открывается. {error}"]


def _damages(store: Store) -> list[str]:
    found = quick(store)
    shown = [f"хранилище повреждено. {d.what} {d.to_do}" for d in found[:5]]
    return shown + ([f"и ещё повреждений: {len(found) - 5}. Подробно: verify."] if len(found) > 5 else [])


def backup(desk: Desk, given: argparse.Namespace) -> Outcome:
    """A whole copy in a new or empty folder, made while others write, compared with the original."""
    desk.say("Делается копия и сверяется с хранилищем…")
    made = backed_up(desk.store, desk.path(given.dir))
    ends = [
        f"Конец журнала: событие {note['event']}, отпечаток {note['hash']}, подпись {note.get('signed', 'нет')}."
        for note in anchors(made).values()
    ]
    return Outcome(said="\n".join([f"Копия сделана и сверена: {made}.", *ends]))


def restore(desk: Desk, given: argparse.Namespace) -> Outcome:
    """Puts the copy in the place of the store; what was there stays beside it."""
    source = desk.path(given.dir)
    if desk.settings.store:
        raise Refused(
            "В общее хранилище restore не пишет. Восстановите копию одним файлом (без PROFORIENT_STORE, в другую папку "
            "PROFORIENT_DATA) и перенесите её командой store move в пустую базу."
        )
    if not source.is_dir():
        raise WrongCall(f"Папки {source} нет. Укажите папку, сделанную командой backup.")
    desk.say("Копия проверяется и встаёт на место хранилища…")
    patiently(lambda: put_back(source, desk.settings.data, replace=given.replace), desk.say)
    return Outcome(said=f"Хранилище восстановлено из {source} и сверено.")


COMMANDS = (
    Command(
        name="verify",
        does="прочитать всё записанное и сказать, что повреждено или пропало",
        run=verify,
        arguments=(
            argument("--against", metavar="DIR", help="копия, сделанная backup: всё, что в ней, должно быть и здесь"),
            JSON,
        ),
    ),
    changing(
        name="key acknowledge",
        does="записать, почему сменён ключ подписи журнала: verify называет смену и больше не считает её повреждением",
        run=acknowledge,
        arguments=(argument("--ground", required=True, metavar="TEXT", help="что случилось, документ, дата"),),
    ),
    Command(
        name="doctor",
        does="что установлено, что задано и что мешает работе",
        run=doctor,
        arguments=(JSON,),
        needs="perhaps",
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
