"""Conventions of the house that a reader relies on."""

import ast
import re
import subprocess
import tomllib
from collections import Counter
from dataclasses import replace

import pytest
from sources import PACKAGE, ROOT, kept_files, name, nodes, program_files, text_of

from proforient.palette import DARK, LIGHT
from proforient.web import register
from proforient.web.register import PAGES, page_entry

LONGEST_PAGE = 80
SQL = re.compile(
    r"\s*(SELECT\s|INSERT\s+INTO\s|UPDATE\s+\w+\s+SET\s|DELETE\s+FROM\s|CREATE\s+TABLE\s|WITH\s+\w+\s+AS\s*\()"
)
COLOUR = re.compile(r"#(?:[0-9A-Fa-f]{6}|[0-9A-Fa-f]{3})\b")
UNREASONED = re.compile(r"#\s*(?:type:\s*ignore(?!\[)|noqa(?!:))")
UNFINISHED = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|X" + r"XX)\b")
# Where somebody once worked is nobody's business, and a program that needs it does not run elsewhere.
FOREIGN_PATH = re.compile(r"(?:^|[\s\"'`(=])/(?:wor" + r"k|roo" + r"t|hom" + r"e/\w+/\w+)/")


def lines_with(pattern, files):
    return [
        f"{name(path)}:{number}: {line.strip()[:90]}"
        for path in files
        for number, line in enumerate(text_of(path).splitlines(), 1)
        if pattern.search(line)
    ]


def texts(*suffixes):
    return [path for path in kept_files() if path.suffix in suffixes]


def test_a_page_is_short():
    long = {name(p): len(p.read_text("utf-8").splitlines()) for p in (ROOT / "pages").glob("*.py")}
    assert {page: lines for page, lines in long.items() if lines > LONGEST_PAGE} == {}


def test_every_page_of_the_register_has_its_file_and_every_file_is_in_the_register():
    assert {entry.file.name for entry in PAGES} == {path.name for path in (ROOT / "pages").glob("*.py")}


def test_a_page_that_lacks_a_part_ends_the_start_with_its_name():
    register.demand_whole()
    new = replace(page_entry("log"), code="visits", title="Визиты")
    with pytest.raises(SystemExit) as told:
        register.demand_whole([*PAGES, new, replace(page_entry("log"), title="Журнал 2")])
    assert str(told.value).splitlines()[1:] == [
        "«Визиты»: нет файла pages/visits.py.",
        "«Визиты»: нет раздела proforient.web.sections.visits.",
        "«Журнал 2»: адрес «/log» уже у страницы «Журнал».",
    ]


def test_the_sections_of_a_page_are_a_folder_and_no_prefix():
    files = [path for path in program_files(".py") if path.parent == PACKAGE / "web" / "sections"]
    assert len(files) > 10
    first = [path.stem.partition("_")[0] for path in files if "_" in path.stem and path.name != "__init__.py"]
    codes = {entry.code for entry in PAGES}
    assert [word for word in first if word in codes or first.count(word) > 1] == []


def test_the_register_has_one_first_page_and_no_name_twice():
    assert [entry.code for entry in PAGES if entry.default] == ["overview"]
    assert len({entry.code for entry in PAGES}) == len({entry.title for entry in PAGES}) == len(PAGES)


def test_the_main_script_has_no_folder_of_pages_beside_it():
    assert not (PACKAGE / "web" / "pages").exists()


def test_sql_is_written_only_in_the_store():
    wrong = []
    for path in program_files(".py"):
        if path.is_relative_to(PACKAGE / "store"):
            continue
        for node in nodes(text_of(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL.match(node.value):
                wrong.append(f"{name(path)}:{node.lineno}")
    assert wrong == []


def test_colours_have_one_home():
    files = [path for path in program_files(".py", ".css", ".js", ".html") if path != PACKAGE / "palette.py"]
    assert lines_with(COLOUR, files) == []


def test_the_theme_of_streamlit_takes_its_colours_from_the_palette():
    theme = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))["theme"]
    for part, palette in (("light", LIGHT), ("dark", DARK)):
        colours = {getattr(palette, field) for field in palette.__dataclass_fields__}
        # White must be readable on it, and it must be readable on the page: no colour of the palette is both.
        own = {"#8F8C86"} if part == "dark" else set()
        assert set(theme[part].values()) - colours - own == set()
        assert theme[part]["orangeTextColor"] == palette.not_met_text
        assert theme[part]["blueColor"] == palette.met


def test_every_font_comes_with_its_licence():
    static = PACKAGE / "web" / "static"
    fonts = list(static.glob("*.woff2"))
    assert fonts
    assert [font.name for font in fonts if not (static / f"{font.stem.split('-')[0]}-licence.txt").exists()] == []


def test_own_data_never_get_into_the_repository():
    for path in ("data/local/proforient.duckdb", "data/local/files/a", ".venv/made"):
        asked = subprocess.run(["git", "check-ignore", "--quiet", path], cwd=ROOT, check=False)
        assert asked.returncode == 0, path
    assert [name(path) for path in kept_files() if path.suffix in (".duckdb", ".wal")] == []


def test_no_file_knows_the_computer_it_was_written_on():
    files = texts(".py", ".md", ".toml", ".txt", ".sql", ".css", ".js", ".json", ".html", ".yml", ".cfg", "")
    assert lines_with(FOREIGN_PATH, files) == []


def test_nothing_is_left_unfinished():
    assert lines_with(UNFINISHED, program_files(".py", ".css", ".js", ".sql", ".html")) == []


def test_an_exemption_from_the_checks_names_what_it_is_for():
    assert lines_with(UNREASONED, program_files(".py")) == []


def test_the_moment_the_default_zone_and_what_counts_as_sent_have_one_home():
    """Each in the one file that is named: whoever needs it asks there."""
    homes = {
        re.compile(r"datetime\.now\(|date\.today\(|utcnow\("): "proforient/monitoring.py",
        re.compile(r"= \"Europe/Moscow\""): "proforient/catalogue/value_types.py",
        re.compile(r"ReportState\.(SUBMITTED|ACCEPTED|RETURNED), ReportState\.(SUBMITTED|ACCEPTED|RETURNED), Rep"): (
            "proforient/monitoring.py"
        ),
    }
    for pattern, home in homes.items():
        assert {line.split(":")[0] for line in lines_with(pattern, program_files(".py"))} == {home}


def test_a_csv_has_one_writer():
    """What Russian Excel makes of a cell is known there; tests/commands/test_csv_out.py opens what each place gives."""
    pattern = re.compile(r"csv\.(writer|DictWriter)|\bto_csv\(|\bwrite_csv\(|FORMAT CSV", re.IGNORECASE)
    homes = {
        "proforient/documents/tables.py",
        "proforient/documents/left_out.py",  # a school's own file, in its own separators, without some rows
        "proforient/demo/files.py",  # what the schools of the demonstration send
        "proforient/store/exporting.py",  # all tables of the store, millions of rows, with the same texts
    }
    files = [*program_files(".py", ".sql")]
    assert {line.split(":")[0] for line in lines_with(pattern, files)} == homes


def test_of_each_workbook_that_is_given_a_half_year_was_tried():
    """Its code is a month to Excel: what writes one has a test that «2024-1» stays a text and is understood again."""
    pattern = re.compile(r"(xlsxwriter|openpyxl)\.Workbook\(")
    tried = {
        "proforient/documents/form.py": "tests/documents/test_form.py",
        "proforient/documents/marking.py": "tests/documents/test_form.py",
        "proforient/documents/figures.py": "tests/pages/test_figures_taken_away.py",
        "proforient/documents/pivot.py": "tests/documents/test_pivot_files.py",
        "proforient/documents/workbook.py": "tests/documents/test_files_of_documents.py",
    }
    assert {line.split(":")[0] for line in lines_with(pattern, program_files(".py"))} == tried.keys()
    assert all("2024-1" in (ROOT / path).read_text("utf-8") for path in tried.values())


def test_every_room_of_the_mutants_is_there_with_its_tests():
    rooms = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["mutants"]["room"]
    assert [path for room in rooms for path in room["files"] + room["tests"] if not (ROOT / path).exists()] == []


def test_no_two_files_of_tests_share_a_name():
    """pytest imports a file of tests by its name alone: of two alike one is not run."""
    names = Counter(path.name for path in kept_files() if path.name.startswith("test_") and path.suffix == ".py")
    assert [name for name, files in names.items() if files > 1] == []


def test_a_file_that_is_taken_away_is_called_by_what_it_is_and_whose():
    """Its name is made in one home, and whoever asks for one says the territory."""
    wrong = []
    for path in program_files(".py"):
        for node in nodes(text_of(path)):
            if not isinstance(node, ast.Call):
                continue
            given = {word.arg: word.value for word in node.keywords}
            made = isinstance(node.func, ast.Name | ast.Attribute) and ast.unparse(node.func).endswith("file_name")
            on_the_spot = isinstance(given.get("file_name"), ast.Constant | ast.JoinedStr)
            if on_the_spot or (made and "ending" in given and not {"territory", "whose"} & set(given)):
                wrong.append(f"{name(path)}:{node.lineno}")
    assert wrong == []
