"""From what was typed to an exit code: finds the command, who carries it out, and says what came of it."""

from __future__ import annotations

import getpass
import logging
import os
import secrets
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

from proforient.access.log_words import moved_on, names_of
from proforient.catalogue.entries import Catalogue
from proforient.commands import channel
from proforient.commands.call import DONE, REFUSED, WRONG, Call, Command, Desk, Outcome, as_json, plain
from proforient.commands.command_list import BY_NAME, COMMANDS
from proforient.commands.opening import READS_ONLY, catalogue_and_store, patiently
from proforient.commands.parser import help_of, overview, parse, usage
from proforient.documents.tables import BOM
from proforient.errors import MovedOn, ProforientError, Refused, StoreAway, StoreBusy, WrongCall
from proforient.intake import limits
from proforient.settings import Settings, read_settings
from proforient.store.files import cannot_write, write_whole
from proforient.store.store import Store

HELP = ("-h", "--help", "help")
LOG = logging.getLogger("proforient")
LOG_FILE = "commands.log"

_UNFORESEEN = (
    "Ошибка программы {}. Ничего не записано. Сообщите этот номер тому, кто обслуживает программу: "
    "под ним в журнале записана причина."
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Carries one command out (None: the one typed); gives the exit code. What went wrong is a Russian sentence."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]  # text streams
    arguments = sys.argv[1:] if arguments is None else arguments
    try:
        outcome = _typed(tuple(arguments))
    except ProforientError as error:
        outcome = _failed(error, json="--json" in arguments)
    except KeyboardInterrupt:
        outcome = Outcome(code=WRONG, said="Прервано. Что не успело записаться, не записано.")
    return _write_outcome(outcome)


def _typed(arguments: tuple[str, ...]) -> Outcome:
    if not arguments or arguments[0] in HELP:
        return Outcome(code=DONE if arguments else WRONG, out=overview(COMMANDS))
    command, rest = find(arguments)
    if any(part in HELP[:2] for part in rest):
        return Outcome(out=help_of(command))
    given = parse(command, rest)
    settings = read_settings()
    _keep_log(settings)
    call = Call(
        arguments=arguments,
        folder=Path.cwd(),
        user=channel.user_name(os.getuid()),
        catalogue=settings.catalogue,
        files=_files(command, vars(given)),
        password=_password() if command.asks_unless and not vars(given)[command.asks_unless] else "",
    )
    return _by_whom(command, call, settings, with_store=bool(vars(given).get(command.store_if)))


def _keep_log(settings: Settings) -> None:
    """What went wrong inside is for the file in the data folder; the terminal gets sentences."""
    if settings.data.is_dir() and os.access(settings.data, os.W_OK):
        LOG.addHandler(logging.FileHandler(settings.data / LOG_FILE, encoding="utf-8", delay=True))
    LOG.addHandler(logging.NullHandler())
    LOG.propagate = False


def find(arguments: Sequence[str]) -> tuple[Command, tuple[str, ...]]:
    """The command and what follows its name; WrongCall where there is none of the name."""
    for words in (2, 1):
        command = BY_NAME.get(" ".join(arguments[:words]))
        if command is not None and len(arguments) >= words:
            return command, tuple(arguments[words:])
    near = [command for command in COMMANDS if command.name.split()[0] == arguments[0]]
    if near:
        raise WrongCall("\n".join([f"Команда «{arguments[0]}» — из двух слов.", *map(usage, near)]))
    listed = ", ".join(command.name for command in COMMANDS)
    raise WrongCall(f"Команды «{arguments[0]}» нет. Есть: {listed}.")


def _files(command: Command, given: dict[str, str | None]) -> dict[str, bytes]:
    """The content of the files that the arguments name, read by whoever typed the command."""
    found: dict[str, bytes] = {}
    for one in command.all_arguments:
        name = given.get(one.destination)
        if one.reads and name:
            found[one.destination] = _content(Path(name).expanduser())
    return found


def _password() -> str:
    """Typed twice without being shown, or the first line of standard input."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    typed = getpass.getpass("Пароль: ")
    if getpass.getpass("Ещё раз: ") != typed:
        raise WrongCall("Пароли не совпали. Повторите команду.")
    return typed


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            # One byte more than is accepted: the check of the file says that it is too large.
            return stream.read(limits.BYTES + 1)
    except OSError as error:
        reason = {FileNotFoundError: "такого файла нет", IsADirectoryError: "это папка"}.get(type(error))
        raise WrongCall(f"Файл {path} не прочитать: {reason or error.strerror}. Проверьте путь.") from error


def _by_whom(command: Command, call: Call, settings: Settings, *, with_store: bool) -> Outcome:
    """The running application where there is one, otherwise this process."""
    if command.needs == "nothing" and not with_store:
        return carry_out(call, settings, None, _say)
    if command.needs == "perhaps":
        return _asked(call, settings) or carry_out(call, settings, None, _say)
    if command.needs == "stopped":
        if channel.running(settings):
            raise StoreBusy(f"Приложение работает и держит хранилище. Остановите его и повторите {command.name}.")
        return carry_out(call, settings, None, _say)
    return patiently(lambda: _asked(call, settings) or _by_ourselves(call, settings), _say)


def _asked(call: Call, settings: Settings) -> Outcome | None:
    """The running application's answer; None where none runs, or one that holds no store."""
    try:
        return channel.ask(settings, call, _say)
    except channel.Unavailable:
        return None


def _by_ourselves(call: Call, settings: Settings) -> Outcome:
    """Raises StoreBusy before anything is done: the application may be starting, and takes commands a moment later."""
    with ExitStack() as at_end:
        held = at_end.enter_context(catalogue_and_store(settings))
        if held[1].read_only:
            _say(READS_ONLY.format(settings.data))
        return carry_out(call, settings, held, _say)


def carry_out(
    call: Call, settings: Settings, held: tuple[Catalogue, Store] | None, say: Callable[[str], None]
) -> Outcome:
    """Runs the command in this process; what it raises for a person becomes words and an exit code."""
    try:
        command, rest = find(call.arguments)
        given = parse(command, rest)
        if held is not None and call.catalogue != settings.catalogue:
            say(f"Приложение работает с каталогом {settings.catalogue}: он и действует.")
        if held is not None and held[1].away:
            raise StoreAway(held[1].away)
        return command.run(Desk(call=call, settings=settings, say=say, opened=held), given)
    except MovedOn as error:
        assert held is not None
        return _failed(_in_words(error, held[1]), json="--json" in call.arguments)
    except ProforientError as error:
        return _failed(error, json="--json" in call.arguments)
    except Exception as error:  # the last resort: a person gets a number, the log the rest
        number = secrets.token_hex(4)
        LOG.error("error %s", number, exc_info=error)
        return _failed(ProforientError(_UNFORESEEN.format(number)), json="--json" in call.arguments)


def _in_words(moved: MovedOn, store: Store) -> Refused:
    with store.read() as reader:
        return Refused(plain(moved_on(moved, names_of(reader), lambda at: f"{at:%d.%m.%Y, %H:%M} UTC")))


def _failed(error: ProforientError, *, json: bool) -> Outcome:
    code = REFUSED if isinstance(error, Refused) else WRONG
    return Outcome(code=code, out=as_json({"error": str(error)}) if json else "", said=str(error))


def _write_outcome(outcome: Outcome) -> int:
    """Writes the files, then says what was done; nothing is claimed that could not be written."""
    try:
        for name, content in outcome.files.items():
            path = Path(name)
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, content)
    except OSError as error:
        _say(str(cannot_write(error, Path(name))))
        return WRONG
    except ProforientError as error:
        _say(str(error))
        return WRONG
    try:
        # The mark is for a spreadsheet; on a terminal it would stand before the first word that is copied.
        sys.stdout.write(outcome.out.removeprefix(BOM) if sys.stdout.isatty() else outcome.out)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader has seen enough (``… | head``).
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if outcome.said:
        _say(outcome.said)
    return outcome.code


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")
    sys.stderr.flush()
