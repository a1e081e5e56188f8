"""The commands and fields of a template: only repeats, conditions and known names; each fault with its paragraph.

Runs in the process of ``rendering``, never in the application's own.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from jinja2 import Environment, TemplateSyntaxError, nodes

from proforient.catalogue.name_keys import nearest
from proforient.documents.guard import READ, W, root_of

_ALLOWED = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.Getattr, nodes.For, nodes.If),
    *(nodes.CondExpr, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not),
)
DEPTH = 3  # repeats within each other
_LOOP = {"index": "", "first": True, "last": True, "length": ""}
_ONE = re.compile(
    r"\{\{(?:(?:r|p|tr|tc)\s)?\s*+(?P<field>[^{}]*)\}\}|\{%(?:(?:p|tr|tc|r)\s)?\s*+(?P<command>[^{}%]*)%\}"
)
_COMMANDS = ("for", "if", "elif", "else", "endfor", "endif", "cellbg", "colspan")
PARTS = {"document": "текст", "header": "верхний колонтитул", "footer": "нижний колонтитул"}


class Paragraphs:
    """The words of a template by part and paragraph: the place of a fault."""

    def __init__(self, data: bytes) -> None:
        self.every: list[tuple[str, str]] = []  # place, text
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                found = READ.fullmatch(name)
                if found:
                    called = PARTS.get(found[1].rstrip("0123456789"), "сноски")
                    self._read(called, root_of(archive.read(name)))

    def _read(self, part: str, root: Any) -> None:
        for number, paragraph in enumerate(root.iter(f"{W}p"), start=1):
            text = "".join(t.text or "" for t in paragraph.iter(f"{W}t"))
            if "{" in text or "}" in text:
                self.every.append((f"{part}, абзац {number}: «{text.strip()[:90]}»", text))

    def where(self, name: str) -> str:
        """The first paragraph whose fields or commands name this."""
        word = re.compile(rf"\b{re.escape(name)}\b")
        for place, text in self.every:
            if any(word.search(one[0]) for one in _ONE.finditer(text)):
                return place
        return "свойства документа"

    def faults(self) -> Iterator[str]:
        """Braces that do not fit, words that are no command, expressions that cannot be read: with their paragraph."""
        for place, text in self.every:
            if text.count("{{") != text.count("}}") or text.count("{%") != text.count("%}"):
                yield f"Скобки поля не закрыты ({place}). Поле пишут так: {{{{ имя }}}}."
                continue
            for one in _ONE.finditer(text):
                yield from (f"{fault} ({place})." for fault in _faults_of_one(one))


def _faults_of_one(one: re.Match[str]) -> Iterator[str]:
    words = (one["command"] or "").split()
    if words and words[0] not in _COMMANDS:
        yield f"Команды «{words[0]}» нет; есть {', '.join(_COMMANDS[:6])}, строчными буквами"
        return
    tried = one["field"] and f"{{{{ {one['field']} }}}}"
    if words and words[0] in ("for", "if"):
        tried = f"{{% {one['command']} %}}{{% end{words[0]} %}}"
    try:
        if tried:
            Environment(autoescape=True).parse(tried)
    except TemplateSyntaxError:
        yield f"«{one[0]}» не читается: имя поля пишут буквами без пробелов и кавычек"


def faults_of_names(texts: Sequence[str], known: Mapping[str, Any], paragraphs: Paragraphs) -> Iterator[str]:
    """Whatever in the texts (as the template library reads them) is no repeat, condition or known name."""
    for text in texts:
        try:
            tree = Environment(autoescape=True).parse(text)
        except TemplateSyntaxError:
            yield (
                "Повтор или условие не закрыты: у каждого {%p for … %} есть своё {%p endfor %}, у {%p if … %} — "
                "{%p endif %}, каждое в своём абзаце."
            )
            return
        yield from _walked(tree, dict(known), 0, paragraphs)


def _walked(node: nodes.Node, scope: dict[str, Any], depth: int, paragraphs: Paragraphs) -> Iterator[str]:
    if not isinstance(node, _ALLOWED):
        yield f"Конструкция «{type(node).__name__}» в шаблоне не принимается: можно только поля, for и if."
        return
    if isinstance(node, nodes.Name) and node.ctx == "load" and node.name not in scope:
        yield _unknown(node.name, scope, paragraphs.where(node.name))
    if isinstance(node, nodes.Getattr):
        yield from _attribute(node, scope, paragraphs)
    if isinstance(node, nodes.For):
        if depth == DEPTH:
            yield f"Повторы вложены глубже, чем на {DEPTH}."
            return
        yield from _walked(node.iter, scope, depth, paragraphs)
        scope = scope | _loop(node, scope)
        for inner in [*node.body, *node.else_, *([node.test] if node.test else [])]:
            yield from _walked(inner, scope, depth + 1, paragraphs)
        return
    for inner in node.iter_child_nodes():
        yield from _walked(inner, scope, depth, paragraphs)


def _attribute(node: nodes.Getattr, scope: Mapping[str, Any], paragraphs: Paragraphs) -> Iterator[str]:
    owner = _example(node.node, scope)
    if isinstance(owner, Mapping) and node.attr in owner:
        return
    whole = f"{node.node.name}.{node.attr}" if isinstance(node.node, nodes.Name) else f".{node.attr}"
    yield _unknown(whole, owner if isinstance(owner, Mapping) else {}, paragraphs.where(whole))


def _loop(node: nodes.For, scope: Mapping[str, Any]) -> dict[str, Any]:
    found = _example(node.iter, scope)
    first = found[0] if isinstance(found, (list, tuple)) and found else ""
    return {**{name.name: first for name in [node.target] if isinstance(name, nodes.Name)}, "loop": _LOOP}


def _example(node: nodes.Node, scope: Mapping[str, Any]) -> Any:
    """What stands behind a name in the example of the fields; an empty text where nothing does."""
    if isinstance(node, nodes.Name):
        return scope.get(node.name, "")
    if isinstance(node, nodes.Getattr):
        owner = _example(node.node, scope)
        return owner.get(node.attr, "") if isinstance(owner, Mapping) else ""
    return ""


def _unknown(name: str, there: Mapping[str, Any], place: str) -> str:
    near = nearest(name.rpartition(".")[2], there, 1)
    listed = f" Похоже: «{near[0]}»." if near else f" Есть: {', '.join(there)}." if there else ""
    return f"Поля «{name}» нет ({place}).{listed}"


__all__ = ["Paragraphs", "faults_of_names"]
