"""Which kind of formula an indicator has is known to the kinds alone: the rest of the program asks them."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from sources import PACKAGE, name, nodes, program_files, text_of

from proforient.catalogue.kinds import KINDS

HOME = PACKAGE / "catalogue" / "kinds"


def compared(text: str) -> Iterator[int]:
    """The lines on which something called a kind stands beside the code of a kind: compared, matched or looked up."""
    for node in nodes(text):
        sides: list[ast.AST] = []
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
        elif isinstance(node, ast.Match):
            sides = [node.subject, *(case.pattern for case in node.cases)]
        elif isinstance(node, ast.Subscript):
            sides = [node.value, node.slice]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "get":
            sides = [node.func.value, *node.args]
        if any(map(is_kind, sides)) and any(map(names_one, sides)):
            yield node.lineno


def is_kind(node: ast.AST) -> bool:
    return getattr(node, "attr", getattr(node, "id", "")) == "kind"


def names_one(node: ast.AST) -> bool:
    return any(isinstance(part, ast.Constant) and part.value in KINDS for part in ast.walk(node))


def test_no_kind_is_asked_for_by_its_code_outside_the_kinds():
    wrong = [
        f"{name(path)}:{line}"
        for path in program_files(".py")
        if HOME not in path.parents
        for line in compared(text_of(path))
    ]
    assert wrong == [], "ask the kind (Indicator.formula, Coverage.formula), or teach it the answer"


def test_the_guard_sees_every_way_to_ask():
    for text in (
        "c.kind == 'count'",
        "'share' != indicator.kind",
        "kind in ('share', 'yes_no')",
        "x.kind not in {'trend'}",
        "match c.kind:\n    case 'share' | 'count': pass",
        "{'share': 1, 'count': 2}[c.kind]",
        "{'share': 1}.get(i.kind, 0)",
    ):
        assert list(compared(text)) == [1], text
    for text in ("o.kind == 'school'", "role == 'count'", "c.kind == other.kind", "kinds['share']", "c.formula.plain"):
        assert list(compared(text)) == [], text
