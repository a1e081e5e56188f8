"""A name of a class stands for one thing in the whole program, and the glossary is true to the code."""

import ast
from collections import defaultdict

from sources import PACKAGE, ROOT, name, nodes, program_files, syntax, text_of


def classes():
    """The name of each class with the files that define it."""
    found = defaultdict(list)
    for path in program_files(".py"):
        for node in nodes(text_of(path)):
            if isinstance(node, ast.ClassDef):
                found[node.name].append(name(path))
    return found


def test_no_two_classes_have_one_name():
    assert {cls: files for cls, files in classes().items() if len(files) > 1} == {}


def entries():
    """The lines of the glossary: noun, Russian, meaning, where it is at home."""
    lines = (ROOT / "docs" / "glossary.md").read_text("utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")]
    return rows[1:]


def test_each_noun_of_the_glossary_stands_once_in_order_with_all_its_words():
    nouns = [row[0] for row in entries()]
    assert nouns == sorted(set(nouns)) and len(nouns) > 40
    assert [row for row in entries() if len(row) != 4 or not all(row)] == []


def test_what_the_glossary_names_is_defined_there():
    missing = []
    for noun, _, _, home in entries():
        module, _, wanted = home.strip("`").rpartition(".")
        path = PACKAGE.joinpath(*module.split(".")).with_suffix(".py")
        defined = {getattr(node, "name", "") for node in syntax(text_of(path)).body} if path.is_file() else set()
        if wanted not in defined:
            missing.append((noun, home))
    assert missing == []
