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
    (b"ID;PWXL", "Это таблица SYLK", SAVE),
)
_MARKUP = (b"<html", b"<!doctype", b"<table", b"<meta", b"<head", b"<body", b"<style", b"<div", b"<!--", b"<center")
_SPREADSHEET_XML = b"urn:schemas-microsoft-com:office:spreadsheet"
_HEADER = re.compile(
    rb"^(from|to|subject|date|received|mime-version|return-path|message-id|content-type):", re.IGNORECASE | re.MULTILINE
)
_BOOK = re.compile(r"\.(xlsx|xlsm|xlsb|xls|ods)", re.IGNORECASE)
_EXPORTED = (".xls", ".ods")  # endings that «export to Excel» of other programs gives to plain text
_DIVIDED = ("\t", ";")


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
    named = book_ending(name)
    _refuse_markup(data[:4096], named)
    if named and named not in _EXPORTED:
        raise no_book(named)


def _refuse_markup(data: bytes, named: str) -> None:
    """Raises ``Stranger`` for web pages, XML and letters; ``named``: the ending of a book that they bear."""
    beginning = _one_byte(data).lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    exported = f", лишь названная «{named}» (так «выгружают в Excel» многие программы)" if named else ""
    if beginning.startswith((b"<?xml", b"<svg")):
        if b"<svg" in beginning:
            raise Stranger("Это картинка SVG", _TABLE)
        if _SPREADSHEET_XML in beginning:
            raise Stranger("Это таблица XML" + exported)
        if b"<html" not in beginning:
            raise Stranger("Это документ XML")
        raise Stranger("Это веб-страница (HTML)" + exported)
    if beginning.startswith(_MARKUP):
        raise Stranger("Это веб-страница (HTML)" + exported)
    headers = {found.lower() for found in _HEADER.findall(data)}
    if len(headers) >= 2:
        if b"multipart/related" in beginning and not headers & {b"to", b"received", b"return-path", b"message-id"}:
            raise Stranger("Это веб-страница (MHTML)" + exported)
        raise Stranger("Это письмо", _LETTER)


def _one_byte(data: bytes) -> bytes:
    """The beginning of a text with a byte a sign, so that markup is found in UTF-16 too."""
    return data.replace(b"\x00", b"")[2:] if data[:2] in (b"\xff\xfe", b"\xfe\xff") else data


def book_ending(name: str) -> str:
    """«.xls» of «отчёт.XLS»; empty where the name does not end as that of a book."""
    found = _BOOK.fullmatch(name[name.rfind(".") :]) if "." in name else None
    return found[0].lower() if found else ""


def no_book(ending: str) -> Stranger:
    """What text is that is called a book."""
    book = "таблица OpenDocument" if ending == ".ods" else "книга Excel"
    return Stranger(f"Это не {book}, хотя название кончается на «{ending}»", f"{SAVE}; текст сдают как .csv")


def is_exported(ending: str, separator: str) -> bool:
    """Whether text is a table though it is called a book; other text raises ``Stranger``."""
    if not ending:
        return False
    if separator not in _DIVIDED:
        raise no_book(ending)
    return True


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
