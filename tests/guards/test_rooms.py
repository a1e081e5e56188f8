"""Who may import whom: the rooms stand in the order in which the data meets them."""

import ast
import re
from pathlib import Path

import pytest
from sources import PACKAGE, ROOT, kept_files, name, nodes, program_files, text_of

# A room may import the rooms before it, never those after it.
ORDER = (
    "errors",
    "settings",
    "wording",
    "palette",
    "frozen",
    "catalogue",
    "monitoring",
    "intake",
    "store",
    "view",
    "analysis",
    "advice",
    "snapshot",
    "public",
    "charts",
    "documents",
    "mailing",
    "access",
    "demo",
    "commands",
    "web",
    "pages",
    "app",
    "__main__",
)

# foreign package -> the only rooms that may import it
ONLY_IN = {
    "streamlit": {"web", "pages", "app"},
    "starlette": {"web", "access"},
    "duckdb": {"store"},
    "plotly": {"charts"},
    "xlsxwriter": {"documents"},
    "openpyxl": {"documents"},
    "docx": {"documents"},
    "docxtpl": {"documents"},
    "lxml": {"documents"},
    "pptx": {"documents"},
    "jinja2": {"documents", "web"},
    "markupsafe": {"wording", "charts", "web"},
    "python_calamine": {"intake"},
    "xlrd": {"intake"},
}


def room_of(path: Path) -> str:
    parts = path.relative_to(ROOT).parts
    return Path(parts[1] if parts[0] == "proforient" else parts[0]).stem


def imports(path: Path) -> set[str]:
    """Every module that the file imports, at the top or inside a function."""
    found = set()
    for node in nodes(text_of(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name(path)}:{node.lineno}: relative import"
            module = node.module or ""
            # «from proforient import advice» imports the room, «from proforient.store import Store» a name of it
            found |= {f"{module}.{alias.name}" for alias in node.names} if module == "proforient" else {module}
    return found


def own_rooms(path: Path) -> set[str]:
    rooms = {module.split(".")[1] for module in imports(path) if module.startswith("proforient.")}
    return {room for room in rooms if not room.startswith("__version")}


@pytest.fixture(scope="module")
def python():
    return [path for path in program_files(".py") if path != PACKAGE / "__init__.py"]


def test_every_file_belongs_to_a_room_of_the_order(python):
    assert {room_of(path) for path in python} <= set(ORDER)


def test_no_room_imports_one_that_comes_later(python):
    wrong = [
        f"{name(path)} imports {room}"
        for path in python
        for room in own_rooms(path)
        if room not in ORDER or ORDER.index(room) > ORDER.index(room_of(path))
    ]
    assert wrong == []


def test_stored_forms_know_nothing_that_lives(python):
    """A form of ten years ago must not change with a record, a word or a threshold of today."""
    forms = [path for path in python if room_of(path) == "frozen"]
    wrong = [f"{name(path)} imports {room}" for path in forms for room in own_rooms(path) if room != "frozen"]
    assert len(forms) > 5 and wrong == []


TRANSLATED = (
    "snapshot/pieces.py", "snapshot/stored_text.py", "public/stored_text.py", "documents/stored_text.py",
)  # fmt: skip
BY_NAME = {"getattr", "setattr", "vars", "asdict", "fields", "replace"}


def in_bulk(file: Path) -> list[int]:
    """The lines on which fields are gone through by their names instead of being named one by one."""
    return [
        node.lineno
        for node in nodes(text_of(file))
        if isinstance(node, ast.Call)
        and (getattr(node.func, "id", "") in BY_NAME or any(k.arg is None for k in node.keywords))
    ]


def test_stored_forms_are_translated_field_by_field(tmp_path):
    """So that the types name the place where a living field was renamed."""
    assert [f"{file}:{line}" for file in TRANSLATED for line in in_bulk(PACKAGE / file)] == []
    bulk = tmp_path / "bulk.py"
    bulk.write_text("Coverage(**same)\ngetattr(c, name)\nCoverage(period=stored.period)\n", "utf-8")
    assert in_bulk(bulk) == [1, 2]


def written_by_hand(text: str) -> list[int]:
    """The lines on which HTML is put together by an f-string, which escapes nothing."""
    return [
        node.lineno
        for node in nodes(text)
        if isinstance(node, ast.JoinedStr)
        and any(
            isinstance(v, ast.Constant) and re.search(r"<[a-z/!]", str(v.value), re.IGNORECASE) for v in node.values
        )
    ]


def test_html_is_made_by_templates_and_marks_alone(python):
    wrong = [
        f"{name(path)}:{line}"
        for path in python
        if room_of(path) != "charts"
        for line in written_by_hand(text_of(path))
    ]
    assert wrong == [], "a template (proforient/web/templates.py), or tag() of charts.marks"
    assert written_by_hand("f'<b>{x}</b>'\nf'{x}</p>'\nf'{a} < {b}'\n'<b>'\n") == [1, 2]


# Files outside the marks that call a text HTML which no literal gives, and what it is.
TAKEN_AS_HTML = {
    "proforient/web/deck/handlers.py": "the picture of a code, of segno",
    "proforient/web/deck/page.py": "style and script",
    "proforient/web/first/handlers.py": "style",
    "proforient/web/plain.py": "style and script",
    "proforient/web/seams/first_page.py": "our own words without script",
    "proforient/web/shown/page.py": "style and script",
    "proforient/web/templates.py": "what a template gave",
}


def takes_as_html(text: str) -> bool:
    return any(
        isinstance(node, ast.Call)
        and getattr(node.func, "id", getattr(node.func, "attr", "")) in ("Html", "Markup")
        and any(not isinstance(given, ast.Constant) for given in node.args)
        for node in nodes(text)
    )


def test_nothing_passes_for_html_that_was_not_made_as_html(python):
    found = {name(path) for path in python if room_of(path) != "charts" and takes_as_html(text_of(path))}
    assert found == set(TAKEN_AS_HTML)
    assert takes_as_html("Html(given)") and not takes_as_html("Html('<b>{}</b>').format(given)")


def test_foreign_packages_are_imported_only_in_their_rooms(python):
    wrong = [
        f"{name(path)} imports {module}"
        for path in python
        for module in imports(path)
        if room_of(path) not in ONLY_IN.get(module.split(".")[0], {room_of(path)})
    ]
    assert wrong == []


def test_no_room_is_a_drawer_for_whatever_has_no_name():
    drawers = {"utils", "util", "helpers", "helper", "common", "core", "services", "service", "manager", "misc"}
    assert [name(path) for path in kept_files() if drawers & {Path(part).stem for part in path.parts}] == []


def test_the_guard_sees_an_import_inside_a_function(tmp_path):
    file = tmp_path / "late.py"
    file.write_text("def page():\n    from proforient.web import frame\n    import duckdb.typing\n", "utf-8")
    assert imports(file) == {"proforient.web", "duckdb.typing"}


# what works on the text of a file -> who may call it: what hands it to a process of its own, and what has our own file
ON_TEXTS = {
    "proforient.intake.read.read_bytes": {"intake/child.py", "demo/fill.py", "documents/typed_form.py"},
    "proforient.intake.screen.screen": {"intake/screened_apart.py", "demo/fill.py", "documents/typed_form.py"},
    "proforient.intake.understand.understand": {"intake/screen.py"},
    "proforient.intake.roll.rows.rows_of": {"intake/roll/answers.py"},
    "proforient.intake.roll.comparison.compare": {"intake/roll/answers.py"},
    "proforient.intake.roll.answers.roll_of": set(),
    "proforient.documents.adopted_text.adopted": {"documents/adopted_apart.py"},
    "proforient.documents.adopted_text.lines_of": set(),
}


def test_a_file_of_a_person_is_worked_on_in_a_process_of_its_own(python):
    """With a limit of time there; here it would hold everybody's pages."""
    found = {function: set() for function in ON_TEXTS}
    for path in python:
        for node in nodes(text_of(path)):
            if isinstance(node, ast.ImportFrom):
                for alias in node.names:
                    if (function := f"{node.module}.{alias.name}") in found:
                        found[function].add(name(path).removeprefix("proforient/"))
                    assert f"{node.module}.{alias.name}" not in {f.rpartition(".")[0] for f in ON_TEXTS}, name(path)
    assert found == ON_TEXTS
