"""The files that the guards look at: what git knows or would add, below the root."""

from __future__ import annotations

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "proforient"


@cache
def kept_files() -> tuple[Path, ...]:
    """Every file of the work tree that is not ignored."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
    ).stdout.decode()
    return tuple(path for name in listed.split("\0") if name and (path := ROOT / name).is_file())


def program_files(*suffixes: str) -> list[Path]:
    """Files of the program itself: the package, the pages, ``app.py``."""
    return [
        path
        for path in kept_files()
        if path.suffix in suffixes and path.relative_to(ROOT).parts[0] in ("proforient", "pages", "app.py")
    ]


@cache
def text_of(path: Path) -> str:
    return path.read_text("utf-8")


@cache
def syntax(text: str) -> ast.Module:
    """The syntax of a text, read once for all guards."""
    return ast.parse(text)


@cache
def nodes(text: str) -> tuple[ast.AST, ...]:
    """Every node of it."""
    return tuple(ast.walk(syntax(text)))


def tree(path: Path) -> ast.Module:
    return syntax(text_of(path))


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()
