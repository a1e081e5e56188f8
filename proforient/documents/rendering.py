"""The process in which a template is checked and rendered: a line of JSON and the template in, a document out.

Whatever a template does it does here: in a sandbox without globals, with little memory and few seconds.
"""

from __future__ import annotations

import io
import json
import resource
import struct
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

MEMORY = 1 << 30  # bytes of address space
CPU_SECONDS = 10  # seconds of processor time
SECONDS = 60  # seconds that the parent waits, however busy the computer is
MADE, REFUSED = b"made\n", b"refused\n"
_SIGNS = 95  # signs of a line, at most
LENGTH = struct.Struct(">I")  # of a document that others follow
_PROPERTIES = ("author", "comments", "identifier", "language", "subject", "title")  # that the library renders, too


def template_faults(template: bytes, known: Mapping[str, Any]) -> list[str]:
    """Why the template is not taken, each fault with its place; nothing: it is."""
    from proforient.documents.guard import faults_of_archive
    from proforient.documents.tags import Paragraphs, faults_of_names

    faults = list(faults_of_archive(template))
    if faults:
        return faults
    paragraphs = Paragraphs(template)
    faults = list(paragraphs.faults())
    return faults or list(dict.fromkeys(faults_of_names(list(_texts(template)), known, paragraphs)))


def _texts(template: bytes) -> Iterator[str]:
    """Every text that the library would render."""
    from docxtpl import DocxTemplate

    opened = DocxTemplate(io.BytesIO(template))
    opened.init_docx()
    yield opened.patch_xml(opened.get_xml())
    for uri in (opened.HEADER_URI, opened.FOOTER_URI):
        for _, part in opened.get_headers_footers(uri):
            yield opened.patch_xml(opened.get_part_xml(part))
    for part in opened.docx.part.package.parts:
        if part.content_type.endswith("wordprocessingml.footnotes+xml"):
            yield opened.patch_xml(part.blob.decode("utf-8"))
    yield from (getattr(opened.docx.core_properties, name) for name in _PROPERTIES)


def rendered(template: bytes, fields: Mapping[str, Any], foreword: str = "") -> bytes:
    """The document; what a person fills is marked, the signature stays with its text, the foreword comes first."""
    from docxtpl import DocxTemplate

    opened: Any = DocxTemplate(io.BytesIO(template))
    opened.patch_xml = _patched
    opened.render(dict(fields), jinja_env=_sandbox(), autoescape=True)
    if foreword:
        _begin_with(opened.docx, foreword)
    _finished(opened.docx)
    out = io.BytesIO()
    opened.save(out)
    return out.getvalue()


@cache
def _patched(source: str) -> str:
    """A part of a template as the library would fill it: found once for all documents of a job."""
    from docxtpl import DocxTemplate

    return str(DocxTemplate(io.BytesIO()).patch_xml(source))


@cache
def _sandbox() -> Any:
    """Without globals; the parts of a template are compiled once for all documents of a job."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    made: Any = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    made.globals.clear()
    made.from_string = cache(made.from_string)
    return made


def _begin_with(made: Any, foreword: str) -> None:
    paragraph = made.add_paragraph(foreword)
    paragraph.runs[0].italic = True
    made.element.body.insert(0, paragraph._p)


def _finished(made: Any) -> None:
    from docx.text.paragraph import Paragraph

    from proforient.documents.blanks import OPEN, show_places
    from proforient.documents.guard import W

    for part in [made.element.body, *_margins(made)]:
        marked = [text for text in part.iter(f"{W}t") if OPEN in (text.text or "")]
        for paragraph in dict.fromkeys(next(text.iterancestors(f"{W}p")) for text in marked):
            show_places(Paragraph(paragraph, made.part))
    _keep_signature(made)


def _margins(made: Any) -> Iterator[Any]:
    for section in made.sections:
        yield from (s._element for s in (section.header, section.footer, section.first_page_header))


def _keep_signature(made: Any, lines: int = 2) -> None:
    """The signature never stands alone on a sheet: so many lines of text go with it."""
    from docx.text.paragraph import Paragraph

    from proforient.documents.guard import W
    from proforient.documents.layout import SIGNATURE

    body = list(made.element.body)
    style = made.styles.element.get_by_name(SIGNATURE)
    signs = [n for n, e in enumerate(body) if e.tag == f"{W}p" and style is not None and e.style == style.styleId]
    if not signs:
        return
    for element in body[signs[0] : signs[-1]]:
        if element.tag == f"{W}p":
            Paragraph(element, made).paragraph_format.keep_with_next = True
    for element in reversed(body[: signs[0]]):
        if element.tag != f"{W}p" or lines <= 0:
            return
        paragraph = Paragraph(element, made)
        paragraph.paragraph_format.keep_with_next = paragraph.paragraph_format.keep_together = True
        lines -= -(-len(paragraph.text.strip()) // _SIGNS)


def main() -> int:
    """Reads the job from standard input, writes what came of it to standard output.

    Of a job with many fields each document goes out as soon as it is made, behind its length.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    job = json.loads(sys.stdin.buffer.readline())
    seconds = CPU_SECONDS + len(job.get("many", ()))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    template = sys.stdin.buffer.read()
    out = sys.stdout.buffer
    faults = template_faults(template, job["known"])
    if faults:
        out.write(REFUSED + json.dumps(faults).encode())
        return 0
    out.write(MADE)
    for fields in job.get("many", ()):
        made = rendered(template, fields)
        out.write(LENGTH.pack(len(made)) + made)
        out.flush()
    if job.get("fields") is not None:
        out.write(rendered(template, job["fields"], job["foreword"]))
    return 0
