"""A name of a class stands for one thing in the whole program, and the glossary is true to the code."""

import ast
from collections import defaultdict

from sources import name, program_files, tree


def classes():
    """The name of each class with the files that define it."""
    found = defaultdict(list)
    for path in program_files(".py"):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ClassDef):
                found[node.name].append(name(path))
    return found


def test_no_two_classes_have_one_name():
    assert {cls: files for cls, files in classes().items() if len(files) > 1} == {}
