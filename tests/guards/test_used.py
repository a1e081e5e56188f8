"""What is defined is used by the program itself: a rule that only tests call is a copy that nobody lives by."""

from __future__ import annotations

import ast
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sources import ROOT, kept_files, syntax, text_of

# Used without being named anywhere, and by whom.
CALLED_BY_NAME = {
    "proforient.intake.parcels.main": "a process of its own, begun by the module's name (intake/nursery.py)",
    "proforient.documents.marking.main": "a process of its own, begun by the module's name (intake/nursery.py)",
    "proforient.documents.numbering.main": "the same",
    "proforient.documents.word_parts.main": "the same",
    "proforient.documents.rendering.main": "the same",
    "proforient.intake.child.main": "the same",
    "proforient.intake.call_apart.main": "the same",
    "proforient.web.running.use": "whoever runs the pages in another program than the server: its tests",
}


@dataclass
class Module:
    """One file: what it defines, what its names stand for, what it reads."""

    name: str
    tree: ast.Module
    package: bool
    named: dict[str, str] = field(default_factory=dict)  # a name here -> what it was imported as, in full
    read: list[ast.Name | ast.Attribute] = field(default_factory=list)

    def __post_init__(self) -> None:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Attribute) or (isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)):
                self.read.append(node)
            elif isinstance(node, ast.Import):
                for one in node.names:
                    self.named[one.asname or one.name.split(".")[0]] = (
                        one.name if one.asname else one.name.split(".")[0]
                    )
            elif isinstance(node, ast.ImportFrom):
                for one in node.names:
                    self.named[one.asname or one.name] = f"{node.module}.{one.name}"


def modules() -> dict[str, Module]:
    """Every file of the program, of the benchmarks and the code of the notebooks by the name it is imported under."""
    found = {}
    for path in kept_files():
        parts = path.relative_to(ROOT).parts
        if path.suffix == ".py" and parts[0] in ("proforient", "pages", "app.py", "benchmarks"):
            named = [*parts[:-1], *([path.stem] if path.stem != "__init__" else [])]
            text = text_of(path)
        elif path.suffix == ".ipynb" and parts[0] == "docs":
            named, text = ["docs", path.stem], code_of(path)
        else:
            continue
        found[".".join(named)] = Module(".".join(named), syntax(text), path.stem == "__init__")
    return found


def code_of(notebook: Path) -> str:
    cells = json.loads(notebook.read_text("utf-8"))["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")


def homes(every: dict[str, Module], full: str) -> str:
    """Where the name is really defined: what a package only passes on is followed."""
    for _ in range(5):
        module, _, name = full.rpartition(".")
        if module not in every or name not in every[module].named:
            break
        full = every[module].named[name]
    return full


def defined(module: Module) -> Iterator[tuple[str, ast.AST, ast.ClassDef | None]]:
    """Functions, classes and their methods: name, node, the class of a method. What Python calls is left out."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    for node in module.tree.body:
        if isinstance(node, kinds) and not node.name.startswith("__"):
            yield node.name, node, None
        if isinstance(node, ast.ClassDef):
            for inner in node.body:
                if isinstance(inner, kinds[:2]) and not inner.name.startswith("__"):
                    yield inner.name, inner, node


def unused(every: dict[str, Module]) -> list[str]:
    """Full names of what nobody in the modules reads outside its own body."""
    names, attributes = uses(every)
    wrong = []
    for module in every.values():
        if not module.name.startswith("proforient"):
            continue
        for name, node, owner in defined(module):
            full = f"{module.name}.{owner.name}.{name}" if owner else f"{module.name}.{name}"
            own = range(node.lineno, node.end_lineno + 1)
            seen = attributes[name] if owner else names[full]
            # A method of a foreign class is called by its name there.
            if owner and any(not _ours(every, module, base) for base in owner.bases):
                continue
            if all(where == module.name and line in own for where, line in seen):
                wrong.append(full)
    return wrong


def _ours(every: dict[str, Module], module: Module, base: ast.expr) -> bool:
    """Whether a base class is one of the program, with no methods but its own."""
    plain = {"NamedTuple", "TypedDict", "Protocol", "Generic", "StrEnum", "Enum", "Exception", "Sequence"}
    name = ast.unparse(base).split("[")[0]
    if name.split(".")[-1] in plain:
        return True
    node = base.value if isinstance(base, ast.Subscript) else base
    if isinstance(node, ast.Name):
        return node.id not in module.named or homes(every, module.named[node.id]).startswith("proforient.")
    return False


Seen = defaultdict[str, list[tuple[str, int]]]


def uses(every: dict[str, Module]) -> tuple[Seen, Seen]:
    """Where names of modules are read, in full, and where attributes, by the attribute alone."""
    names: Seen = defaultdict(list)
    attributes: Seen = defaultdict(list)
    for module in every.values():
        for node in module.read:
            if isinstance(node, ast.Name):
                full = module.named.get(node.id, f"{module.name}.{node.id}")
                names[homes(every, full)].append((module.name, node.lineno))
            else:
                attributes[node.attr].append((module.name, node.lineno))
                if isinstance(node.value, ast.Name) and node.value.id in module.named:
                    full = f"{homes(every, module.named[node.value.id])}.{node.attr}"
                    names[homes(every, full)].append((module.name, node.lineno))
    return names, attributes


def test_what_is_defined_is_used_by_the_program_itself():
    found = set(unused(modules()))
    assert found - set(CALLED_BY_NAME) == set(), "used by tests only: take it away, or make it the rule that is used"
    assert set(CALLED_BY_NAME) <= found, "used after all: it needs no exemption"


def test_the_guard_sees_what_is_only_passed_on_or_calls_only_itself():
    texts = {
        "proforient.rules": (
            "from proforient.rules.one import passed, held\n__all__ = ['passed', 'held']",
            True,
        ),
        "proforient.rules.one": (
            "from foreign import Foreign\ndef passed(): ...\ndef held(): ...\ndef again():\n    return again()\n"
            "class Rule:\n    def holds(self): ...\n    def sums(self): ...\n    @property\n    def text(self): ...\n"
            "class Handler(Foreign):\n    def handle(self): ...\n",
            False,
        ),
        "pages.one": (
            "import proforient.rules as r\nfrom proforient.rules.one import Rule as R, Handler\n"
            "def shown():\n    passed = R().sums()\n    return r.held(), R().text, Handler\n",
            False,
        ),
    }
    every = {name: Module(name, syntax(text), package) for name, (text, package) in texts.items()}
    wrong = ["passed", "again", "Rule.holds"]
    assert unused(every) == [f"proforient.rules.one.{name}" for name in wrong]
