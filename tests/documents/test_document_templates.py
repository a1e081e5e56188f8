"""A template of somebody else's: honest ones are taken, hostile and mistaken ones are refused with the place."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from proforient.commands import line
from proforient.documents.kinds import KINDS
from proforient.documents.kinds.letter import KIND
from proforient.documents.rendering import template_faults

OURS = KIND.template()


def saying(*paragraphs, header=""):
    made = docx.Document()
    for text in paragraphs:
        made.add_paragraph(text)
    if header:
        made.sections[0].header.paragraphs[0].text = header
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def with_part(name, content, data=OURS):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return out.getvalue()


def replaced(name, old, new):
    with zipfile.ZipFile(io.BytesIO(OURS)) as archive:
        text = archive.read(name).decode()
    assert old in text
    return with_part(name, text.replace(old, new, 1))


def with_field(code):
    made = docx.Document()
    paragraph = made.add_paragraph()
    for kind, text in (("begin", ""), ("", code[:7]), ("", code[7:]), ("end", "")):
        run = paragraph.add_run()._r
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run.append(element)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


LINKED = '<Relationship Id="rId99" Type="http://x/image" Target="http://10.0.0.1/a.png" TargetMode="External"/>'
HOSTILE = {
    "no archive": (b"PK\x03\x04 nothing", "не документ Word"),
    "a bomb": (with_part("word/bomb.xml", b"<a>" + b" " * (41 << 20) + b"</a>"), "слишком много"),
    "macros": (with_part("word/vbaProject.bin", b"x"), "word/vbaProject.bin"),
    "a path": (with_part("../../x.xml", b"<a/>"), "../../x.xml"),
    "an entity": (with_part("word/x.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "DOCTYPE"),
    "a damaged part": (with_part("word/x.xml", b"<a>"), "word/x.xml"),
    "a linked picture": (
        replaced("word/_rels/document.xml.rels", "</Relationships>", f"{LINKED}</Relationships>"), "10.0.0.1",
    ),
    "a link of fields": (
        replaced("word/_rels/document.xml.rels", "</Relationships>",
                 '<Relationship Id="rId98" Type="http://x/hyperlink" Target="{{ подпись }}" TargetMode="External"/>'
                 "</Relationships>"), "Адрес ссылки",
    ),
    "a field that reads a file": (with_field("INCLUDETEXT /etc/passwd"), "INCLUDETEXT"),
    "a field of words": (with_field("REF {{ подпись }}"), "REF"),
    "code": (saying("{{ cycler.__init__.__globals__.os.popen('id').read() }}"), "Call"),
    "code without quotes": (saying("{{ заголовок.__class__ }}"), "заголовок.__class__"),
    "a call": (saying("{{ заголовок() }}"), "Call"),
    "arithmetic": (saying("{{ заголовок * 300000000 }}"), "Mul"),
    "a filter": (saying("{{ заголовок|safe }}"), "Filter"),
    "an import": (saying("{% include заголовок %}"), "include"),
    "code in a property": (replaced("docProps/core.xml", "Письмо организациям", "{{ range(9) }}"), "Call"),
    "code in a header": (saying("x", header="{{ заголовок.x }}"), "верхний колонтитул, абзац 1"),
    "four repeats": (
        saying(*["{%p for a in показатели %}"] * 4, "{{ a.текст }}", *["{%p endfor %}"] * 4), "вложены глубже",
    ),
}  # fmt: skip
MISTAKEN = {
    "a misspelt field": (("{{ загаловок }}",), "Поля «загаловок» нет (текст, абзац 1: «{{ загаловок }}»)"),
    "a Latin letter in it": (("", "{{ зaголовок }}"), "(текст, абзац 2: «{{ зaголовок }}»)"),
    "a field of another row": (
        ("{%p for п in общие %}", "{{ п.закроют }}", "{%p endfor %}"), "«п.закроют» нет (текст, абзац 2",
    ),
    "open braces": (("{{ заголовок }",), "Скобки поля не закрыты (текст, абзац 1"),
    "Word's quotes": (("{{ «заголовок» }}",), "«{{ «заголовок» }}» не читается"),
    "a capital letter": (("{%p For п in общие %}", "{%p endfor %}"), "Команды «For» нет"),
    "no end": (("{%p if итог %}", "x"), "не закрыты"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_template_is_refused(name):
    data, said = HOSTILE[name]
    faults = template_faults(data, KIND.names)  # what the process does, without one for each
    assert any(said in fault for fault in faults), faults


@pytest.mark.parametrize("name", MISTAKEN)
def test_a_mistake_is_named_with_its_paragraph(name):
    paragraphs, said = MISTAKEN[name]
    faults = template_faults(saying(*paragraphs), KIND.names)
    assert len(faults) == 1 and said in faults[0], faults


def test_our_own_templates_and_honest_ones_are_taken_by_the_command(tmp_path, capsys):
    for kind in KINDS.values():
        assert template_faults(kind.template(), kind.names) == [], kind.code
    path = tmp_path / "letter.docx"
    assert line.main(["document", "template", "letter", "--out", str(path)]) == 0
    assert line.main(["document", "check", "letter", str(path)]) == 0
    path.write_bytes(saying("{{заголовок}} и {{ итог }}", "{%p for r in общие %}", "{{r.текст}}", "{%p endfor %}"))
    assert line.main(["document", "check", "letter", str(path)]) == 0
    path.write_bytes(saying("{{ загаловок }}"))
    capsys.readouterr()
    assert line.main(["document", "check", "letter", str(path)]) == 1
    assert "Похоже: «заголовок»" in capsys.readouterr().err
