"""The store's shape: one transaction object and rooms of functions around it, which know each other one way."""

import ast
import graphlib
import inspect

import duckdb
from sources import PACKAGE, name, program_files, tree

from proforient.store import Reader, Writer
from proforient.store.column_words import TABLES_TOLD, told_of
from proforient.store.exporting import EMPTIED, LEFT_OUT
from proforient.store.fingerprint import TABLES
from proforient.store.migrate import migrations
from proforient.store.transaction import Transaction

STORE = PACKAGE / "store"
# Of a named tuple (public in spite of their names), of ``os``, of Streamlit's runtime.
NOT_OURS = {"_asdict", "_fields", "_make", "_replace", "_exit", "_session_mgr"}
MOST_OF_A_WRITER = 12


def trees():
    return {path: tree(path) for path in program_files(".py")}


def rooms():
    return {path: module for path, module in trees().items() if path.parent == STORE}


def known(module):
    """The store's modules that a file imports, wherever in it, for types alone too."""
    found = set()
    for node in ast.walk(module):
        if isinstance(node, ast.ImportFrom) and node.module == "proforient.store":
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("proforient.store."):
            found.add(node.module.split(".")[2])
        elif isinstance(node, ast.Import):
            found |= {alias.name.split(".")[2] for alias in node.names if alias.name.startswith("proforient.store.")}
    return found


def private_of_others(module):
    """Private names that a file takes from an object that it did not define itself."""
    own, taken = set(), set()
    for node in ast.walk(module):
        match node:
            case ast.Attribute():
                (own if on_itself(node) else taken).add(node.attr)
            case ast.FunctionDef() | ast.ClassDef():
                own.add(node.name)
            case ast.AnnAssign(target=ast.Name()):
                own.add(node.target.id)
            case ast.ImportFrom():
                taken |= {alias.name for alias in node.names}
    return {one for one in taken - own if one.startswith("_") and not one.startswith("__")} - NOT_OURS


def on_itself(node):
    return isinstance(node.value, ast.Name) and node.value.id in ("self", "cls")


def test_the_rooms_of_the_store_know_each_other_one_way():
    modules = {path.stem: known(module) for path, module in rooms().items() if path.stem != "__init__"}
    graph = {module: others & modules.keys() for module, others in modules.items()}
    assert len(graph) > 20 and graph["acceptance"] >= {"writing", "filing"}
    list(graphlib.TopologicalSorter(graph).static_order())  # CycleError names the circle


def test_no_class_of_the_store_is_one_more_link_of_a_chain():
    bases = {
        node.name: [base.id for base in node.bases if isinstance(base, ast.Name)]
        for module in rooms().values()
        for node in ast.walk(module)
        if isinstance(node, ast.ClassDef)
    }
    own = {cls: [base for base in its if base in bases] for cls, its in bases.items()}
    assert own["Writer"] == own["Reader"] == ["Transaction"]
    assert [cls for cls, its in own.items() if len(its) > 1 or any(own[base] for base in its)] == []


def test_a_writer_is_a_transaction_and_nothing_else():
    public = {n for n in dir(Writer) if not n.startswith("_")}
    public |= {n for cls in (Transaction, Writer) for n in set_on_itself(cls)}
    assert len(public) <= MOST_OF_A_WRITER, sorted(public)


def set_on_itself(cls):
    stored = [
        n
        for n in ast.walk(ast.parse(inspect.getsource(cls)))
        if isinstance(n, ast.Attribute) and isinstance(n.ctx, ast.Store)
    ]
    return {n.attr for n in stored if on_itself(n) and not n.attr.startswith("_")}


def test_what_a_reader_answers_stands_in_rooms():
    """The Reader is the list of questions: each is a function of a room that is given any session."""
    listed = {n: answer for n, answer in vars(Reader).items() if not n.startswith("_")}
    assert listed and all(inspect.isfunction(answer) for answer in listed.values())
    for question, answer in listed.items():
        assert answer.__module__ != Reader.__module__, question
        assert next(iter(inspect.signature(answer).parameters)) == "session", question


# python-docx gives the XML of a part by these names and by no other
OF_WORD = {"_element", "_p", "_r", "_tr"}


def test_no_module_reaches_into_the_private_parts_of_another():
    wrong = {name(path): found for path, module in trees().items() if (found := private_of_others(module))}
    wrong = {file: found - OF_WORD if "/documents/" in file else found for file, found in wrong.items()}
    assert {file: found for file, found in wrong.items() if found} == {}


def test_the_guard_sees_private_parts_and_late_imports():
    late = "def do(writer):\n    from proforient.store import links\n    writer._store_plan(1)\n"
    assert known(ast.parse(late)) == {"links"} and private_of_others(ast.parse(late)) == {"_store_plan"}
    assert private_of_others(ast.parse("from proforient.web.page_frame import _x\n")) == {"_x"}


def test_every_column_that_an_export_holds_has_its_words():
    with duckdb.connect() as fresh:
        for migration in migrations():
            fresh.execute(migration.statements(constraints=True))
        columns = fresh.execute("SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal").fetchall()
    held = [(table, column) for table, column in columns if table in TABLES and table not in LEFT_OUT]
    wordless = [f"{t}.{c}" for t, c in held if not told_of(t, c) and EMPTIED.get(t) != c]
    wordless += [table for table in TABLES if table not in LEFT_OUT and table not in TABLES_TOLD]
    assert wordless == [], "proforient/store/column_words.py: what it holds, in what unit"
