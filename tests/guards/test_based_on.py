"""Whatever changes state says what it was decided on: no page may act on what is merely newest."""

import ast
import inspect

from sources import name, nodes, program_files, text_of

from proforient.access.log_words import SENTENCES
from proforient.commands.command_list import COMMANDS
from proforient.store import Store
from proforient.store.basis import FREE

# Rooms whose callers mean «now», and files that touch nothing that anybody was shown.
ON_THE_NEWEST = {
    "proforient/commands/files.py": "the event of a refused file",
    "proforient/demo/fill.py": "nobody looks yet",
    "proforient/store/importing.py": "nobody looks yet",
    "proforient/store/store.py": "the catalogue's arithmetic",
    "proforient/web/entrance/handlers.py": "one's own way in and out; an invitation is used once",
    "proforient/web/entrance/beginning.py": "the first account of all: nobody has been shown anything",
    "proforient/web/running.py": "a fact of the installation",
    "proforient/web/shown/visit_counts.py": "counts only grow",
}
READS_OR_CARES = {
    "run", "check-catalogue", "demo", "organisations list", "period list", "plan list", "judgement list", "check",
    "form", "values", "results", "trace", "advice", "account list", "answers list", "snapshot list", "snapshot show",
    "mark",
    "document issue", "document template", "document check", "document slides", "document workbook", "document sheets",
    "document pdf", "document list", "document show", "measure list",
    "zone list", "mailbox list", "reminder list", "reminder texts",
    "verify", "doctor", "backup", "restore", "export", "import", "analysts",
    "store move", "store tidy",
}  # fmt: skip


def calls():
    for path in program_files(".py"):
        for node in nodes(text_of(path)):
            if isinstance(node, ast.Call) and any(k.arg == "based_on" for k in node.keywords):
                yield path, node


def on_the_newest(node):
    (given,) = (k.value for k in node.keywords if k.arg == "based_on")
    return isinstance(given, ast.Constant) and given.value is None


def test_no_page_acts_on_what_is_merely_newest():
    found = {name(path) for path, node in calls() if on_the_newest(node) and getattr(node.func, "attr", "") == "write"}
    assert found == set(ON_THE_NEWEST)


def test_a_transaction_cannot_be_begun_without_saying_it():
    given = inspect.signature(Store.write).parameters["based_on"]
    assert given.kind is inspect.Parameter.KEYWORD_ONLY and given.default is inspect.Parameter.empty


def test_every_line_of_the_log_is_written_by_who_has_looked():
    """``Writer.log`` refuses the others when they run; here the function of each line is seen to look."""
    wrong = []
    for path in program_files(".py"):
        for function in nodes(text_of(path)):
            # Accepting a file looks in one function and writes its line down in another.
            if isinstance(function, ast.FunctionDef) and function.name != "_log":
                asked = [n for n in ast.walk(function) if isinstance(n, ast.Call)]
                called = {n.func.attr for n in asked if isinstance(n.func, ast.Attribute)}
                if logged(asked) - FREE and "unless_moved" not in called:
                    wrong.append(f"{name(path)}: {function.name}")
    assert wrong == []


def logged(asked):
    """The actions that are written down."""
    lines = [n.args[0] for n in asked if getattr(n.func, "attr", "") == "log" and len(n.args) == 3]
    return {part.value for line in lines for part in ast.walk(line) if isinstance(part, ast.Constant)}


def test_what_is_free_to_happen_at_any_time_is_known_to_the_log():
    assert set(SENTENCES) >= FREE


def test_every_command_that_changes_something_takes_a_ground():
    changing = {c.name for c in COMMANDS if any("--based-on" in one.names for one in c.all_arguments)}
    assert {c.name for c in COMMANDS} - changing == READS_OR_CARES
