"""The one place where whole pages are made: templates (``*.html.j2``) beside the module of their page.

Every value is escaped unless it is HTML already (``charts.marks``), and a value that nobody gave is an error. What
stands between tags gets its no-break spaces; what stands inside a tag (an address, a name, a value) is left as it is.
A line break of a template is nothing beside a tag or a value, and a space within a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from markupsafe import Markup

from proforient.charts.marks import Html, html
from proforient.wording import clean, typo

_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class HtmlFile:
    """A whole HTML file and the policy that its style and script need."""

    html: str
    policy: str


class Typography(Extension):
    """Sets texts of the template itself, and sends every value that stands between tags through ``set``."""

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        environment.filters["set"] = _set

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        inside = False  # of a tag
        for token in stream:
            line = token.lineno
            if token.type == "data":
                text, inside = _laid_out(str(token.value), inside)
                yield Token(line, "data", text)
            elif token.type == "variable_begin" and not inside:
                yield token
                yield Token(line, "lparen", "(")
            elif token.type == "variable_end" and not inside:
                yield Token(line, "rparen", ")")
                yield Token(line, "pipe", "|")
                yield Token(line, "name", "set")
                yield token
            else:
                yield token


def _laid_out(text: str, inside: bool) -> tuple[str, bool]:
    """A piece of a template as it is sent, and whether a tag is open at its end."""

    def space(found: re.Match[str]) -> str:
        if "\n" not in found[0]:
            return found[0]
        before, after = text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]
        return "" if before in ("", ">") or after in ("", "<") else " "

    parts = []
    for part in re.split("([<>])", _SPACES.sub(space, text)):
        inside = part == "<" or (inside and part != ">")
        parts.append(part if inside or part == ">" else typo(part))
    return "".join(parts), inside


def _set(value: object) -> Html:
    """A value between tags: escaped, with its no-break spaces."""
    return html(value if isinstance(value, str) else str(value))


def _cleaned(value: object) -> object:
    """Control characters and those that turn the direction of a text never reach a page."""
    return clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value


ENVIRONMENT = Environment(
    loader=FileSystemLoader(Path(__file__).parent),
    autoescape=True,
    undefined=StrictUndefined,
    finalize=_cleaned,
    auto_reload=False,
    extensions=[Typography],
)


def render(template: str, **values: Any) -> Html:
    """A page or a block of one; ``template``: its file below this folder."""
    return Markup(ENVIRONMENT.get_template(template).render(values))  # noqa: S704  # the templates escape
