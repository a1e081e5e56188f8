"""Which parts of a template may be rendered, and each that may not with its place: it is code that others wrote.

In: the bytes of a DOCX and an example of the fields. Out: sentences for whoever made the template; none: it is taken.
Runs in the process of ``rendering``, never in the application's own.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

LARGEST, UNPACKED, PARTS = 5 << 20, 40 << 20, 400  # bytes of the file, bytes of its parts, parts
_ENDINGS = {"xml", "rels", "png", "jpg", "jpeg", "gif", "odttf"}
_FIELDS = ("PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION", "REF", "PAGEREF", "SEQ", "TOC", "DATE")
_NAMESPACES = re.compile(r"https?://(schemas\.(openxmlformats\.org|microsoft\.com)|purl\.org|www\.w3\.org)/", re.I)
_OUTSIDE = re.compile(r"(https?|ftp|file|smb|vnd)\s*:|\\\\", re.I)
_TAG = re.compile(r"\{[{%#]")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
READ = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")  # parts with words of a template


def faults_of_archive(data: bytes) -> Iterator[str]:
    """What of the file as an archive may not be; nothing else is read of one that has any fault."""
    if len(data) > LARGEST:
        yield f"Файл больше {LARGEST >> 20} МБ: уберите из шаблона большие картинки."
        return
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        yield "Это не документ Word (.docx): сохраните шаблон в Word как «Документ Word»."
        return
    names = [part.filename for part in parts]
    if len(parts) > PARTS or sum(part.file_size for part in parts) > UNPACKED:
        yield "Внутри файла слишком много частей или данных: это не похоже на шаблон письма."
    elif len(set(names)) != len(names) or "word/document.xml" not in names:
        yield "Это не документ Word (.docx): сохраните шаблон в Word как «Документ Word»."
    else:
        for name in names:
            yield from _faults_of_part(archive, name)


def _faults_of_part(archive: zipfile.ZipFile, name: str) -> Iterator[str]:
    ending = name.rpartition(".")[2].lower()
    if ending not in _ENDINGS or name.startswith("/") or ".." in name:
        yield f"В файле есть часть «{name}»: макросы, вложенные объекты, файлы других видов не принимаются. Удалите её."
        return
    if ending not in ("xml", "rels"):
        return
    try:
        root = root_of(archive.read(name))
    except (etree.XMLSyntaxError, zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError):
        yield f"Часть «{name}» испорчена или закрыта паролем. Сохраните шаблон в Word заново."
        return
    if root.getroottree().docinfo.doctype or any(e.tag is etree.Entity for e in root.iter()):
        yield f"В части «{name}» есть объявление DOCTYPE. Сохраните шаблон в Word заново."
        return
    yield from dict.fromkeys(_faults_of_elements(root, name, related=ending == "rels"))


def root_of(data: bytes) -> Any:
    """The root of a part; no entity and nothing from outside is read."""
    safe = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(data, safe)


def _faults_of_elements(root: Any, name: str, *, related: bool) -> Iterator[str]:
    for element in root.iter(etree.Element):
        if related:
            if element.get("TargetMode") == "External" and not element.get("Type", "").endswith("/hyperlink"):
                yield f"Документ берёт часть по внешнему адресу «{element.get('Target')}». Вставьте её в сам файл."
            elif _TAG.search(element.get("Target", "")):
                yield f"Адрес ссылки составлен из полей: «{element.get('Target')}». Ссылкой поле быть не может."
            continue
        if element.tag == f"{W}altChunk":
            yield f"В части «{name}» вложен другой документ. Перенесите его текст в шаблон."
        for value in element.attrib.values():
            if _OUTSIDE.search(value) and not _NAMESPACES.match(value):
                yield f"В части «{name}» есть внешний адрес «{value[:80]}». Уберите его."
            if _TAG.search(value) and element.tag != f"{W}fldSimple":
                yield f"В части «{name}» поле стоит в свойстве, а не в тексте: «{value[:80]}»."
    for paragraph in root.iter(f"{W}p"):
        yield from _faults_of_fields(paragraph)


def _faults_of_fields(paragraph: Any) -> Iterator[str]:
    """Fields of Word: only numbers of pages, days and the like; a code may be split over several runs."""
    codes, inside = [s.get(f"{W}instr") or "" for s in paragraph.iter(f"{W}fldSimple")], ""
    for part in paragraph.iter(f"{W}instrText", f"{W}fldChar"):
        if part.tag == f"{W}instrText":
            inside += part.text or ""
        elif inside.strip():
            codes.append(inside)
            inside = ""
    for code in [*codes, inside]:
        words = code.split()
        if words and (words[0].upper() not in _FIELDS or _TAG.search(code)):
            yield f"Поле Word «{code.strip()[:60]}» не принимается. Можно: {', '.join(_FIELDS)}."


__all__ = ["READ", "W", "faults_of_archive", "root_of"]
