"""``requirements.txt`` names what the program imports, and nothing that only comes along."""

import ast
import re
import sys

from sources import ROOT, program_files, tree

# Loaded as files, not imported: an extension of the store.
LOADED = {"duckdb-extension-ducklake", "duckdb-extension-postgres-scanner"}
# module -> package, where they are not called alike
CALLED = {"argon2": "argon2-cffi", "docx": "python-docx", "pptx": "python-pptx"}


def imported():
    found = set()
    for path in program_files(".py"):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Import):
                found |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                found.add((node.module or "").split(".")[0])
    return found - set(sys.stdlib_module_names) - {"proforient"}


def test_the_list_of_packages_is_what_the_program_imports():
    named = re.findall(r"^([\w-]+)==", (ROOT / "requirements.txt").read_text("utf-8"), re.M)
    needed = {CALLED.get(module, module.replace("_", "-")) for module in imported()}
    assert sorted(needed | LOADED) == sorted(named)  # order: names of packages
    assert len(named) == len(set(named))
