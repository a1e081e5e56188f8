"""Files that are no tables: their bytes and names come in, ``Stranger`` says what each is and what to do instead."""

from __future__ import annotations

import re
from collections.abc import Collection

SAVE = "Откройте файл в Excel и сохраните его как «Книга Excel (.xlsx)»"
_TABLE = (
    "Нужна сама таблица: возьмите книгу Excel, из которой это сделано, или впишите числа в список со страницы загрузки"
)
_UNPACK = "Распакуйте архив и выберите ту книгу Excel, которая лежит внутри"
_LETTER = "Откройте письмо, сохраните вложенную книгу Excel на компьютер и выберите её"
_OTHER = "Выберите саму книгу Excel, например «отчёт школы № 5.xlsx»"

# First bytes -> what it is, what to do.
_STARTS = (
    (b"%PDF", "Это документ PDF", _TABLE),
    (b"AT&TFORM", "Это документ DjVu", _TABLE),
    (b"\x89PNG", "Это картинка", _TABLE),
    (b"\xff\xd8\xff", "Это картинка", _TABLE),
    (b"GIF8", "Это картинка", _TABLE),
    (b"II*\x00", "Это картинка", _TABLE),
    (b"MM\x00*", "Это картинка", _TABLE),
    (b"Rar!", "Это архив RAR", _UNPACK),
    (b"7z\xbc\xaf", "Это архив 7-Zip", _UNPACK),
    (b"\x1f\x8b", "Это архив GZIP", _UNPACK),
    (b"BZh", "Это архив BZIP2", _UNPACK),
    (b"\xfd7zXZ", "Это архив XZ", _UNPACK),
    (b"{\\rtf", "Это документ RTF", _TABLE),
    (b"SQLite format 3", "Это база данных", _OTHER),
    (b"ID3", "Это звукозапись", _OTHER),
    (b"\x1aE\xdf\xa3", "Это видео", _OTHER),
    (b"L\x00\x00\x00", "Это ярлык, а не сам файл", _OTHER),
    (b"BEGIN:VCARD", "Это карточка контакта", _OTHER),
    (b"BEGIN:VCALENDAR", "Это запись календаря", _OTHER),
    (b"[InternetShortcut]", "Это ссылка, а не сам файл", _OTHER),
)
_MARKUP = (b"<html", b"<!doctype html", b"<table", b"<meta", b"<head")
_HEADER = re.compile(
    rb"^(from|to|subject|date|received|mime-version|return-path|message-id|content-type):", re.IGNORECASE | re.MULTILINE
)
_BOOK = re.compile(r"\.(xlsx|xlsm|xlsb|xls|ods)", re.IGNORECASE)


class Stranger(Exception):
    """The file is of a kind that is not accepted; ``found`` says which, ``to_do`` what to take instead."""

    def __init__(self, found: str, to_do: str = SAVE) -> None:
        super().__init__(found)
        self.found = found
        self.to_do = to_do


def refuse_strangers(name: str, data: bytes) -> None:
    """Raises ``Stranger`` for bytes that are neither an archive nor an old book of Excel nor text of a table."""
    for start, found, to_do in _STARTS:
        if data.startswith(start):
            raise Stranger(found, to_do)
    if (data.startswith(b"BM") and data[6:10] == bytes(4)) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP"):
        raise Stranger("Это картинка", _TABLE)
    if data[4:8] == b"ftyp":
        raise Stranger("Это снимок или видео", _TABLE)
    if data[257:262] == b"ustar":
        raise Stranger("Это архив TAR", _UNPACK)
    if data.startswith(b"MZ") and 0 in data[:64]:
        raise Stranger("Это программа", _OTHER)
    beginning = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if beginning.startswith(_MARKUP):
        raise Stranger("Это веб-страница (HTML)")
    if beginning.startswith((b"<?xml", b"<svg")):
        raise Stranger(*(("Это картинка SVG", _TABLE) if b"<svg" in data[:2048] else ("Это документ XML", SAVE)))
    if len({found.lower() for found in _HEADER.findall(data[:4096])}) >= 2:
        raise Stranger("Это письмо", _LETTER)
    if (ending := _BOOK.search(name[-5:])) is not None:
        book = "таблица OpenDocument" if ending[1].lower() == "ods" else "книга Excel"
        raise Stranger(
            f"Это не {book}, хотя название кончается на «{ending[0].lower()}»", f"{SAVE}; текст сдают как .csv"
        )


def of_archive(names: Collection[str]) -> Stranger | None:
    """What an archive is by the names of its parts, where it is no book."""
    if any(name.startswith("word/") for name in names):
        return Stranger("Это документ Word", _TABLE)
    if any(name.startswith("ppt/") for name in names):
        return Stranger("Это презентация PowerPoint", _TABLE)
    if any(name.endswith(".iwa") for name in names):
        return Stranger(
            "Это файл Numbers или Pages", "В Numbers: «Файл → Экспортировать → Excel», и выберите этот файл"
        )
    if "META-INF/container.xml" in names:
        return Stranger("Это электронная книга", _TABLE)
    if "[Content_Types].xml" not in names and not any(name.startswith("xl/") for name in names):
        return Stranger("Это архив ZIP, в нём нет книги Excel", _UNPACK)
    return None


def of_old_office(data: bytes) -> Stranger | None:
    """What a file of the old Office is, where its parts tell that it is no book."""
    for part, found, to_do in (
        ("__properties_version1.0", "Это письмо Outlook", _LETTER),
        ("PowerPoint Document", "Это презентация PowerPoint", _TABLE),
        ("WordDocument", "Это документ Word", _TABLE),
    ):
        if part.encode("utf-16-le") in data:
            return Stranger(found, to_do)
    return None
