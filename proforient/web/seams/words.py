"""Russian words for what Streamlit says itself: its JavaScript goes in, changed copies come out.

Needs: each text of TABLE in exactly one of the scripts of its name.
Why: Streamlit has no setting for the words of its own buttons, lists and messages.
Without it: whoever meets the text that was not found reads it in English.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from proforient.web.seams import bundles
from proforient.web.seams.lacks import Lack

EFFECT = "На этом месте останется английский текст."

UPLOAD_FAILED = (
    "(e=>{let r=e&&e.response,s=r?r.status:0,d=r&&r.data;"
    "if((s===413||s===501)&&typeof d===`string`&&/^[А-Я]/.test(d))return d;"
    "if(s===413)return`Файл больше, чем принимает сервер. Удалите лишние листы и строки или разделите файл.`;"
    "if(s===401||s===403)return`Сервер не принял файл: вход закончился или запрос остановлен по дороге. "
    "Обновите страницу, войдите и выберите файл снова; если повторится, сообщите управлению.`;"
    "if(s===502||s===503||s===504)return`Сервер сейчас не отвечает. Подождите минуту и выберите файл снова: "
    "ничего не сдано.`;"
    "if(!s)return`Нет связи с сервером. Проверьте интернет и выберите файл снова: ничего не сдано.`;"
    "return`Файл не дошёл до сервера (код ${s}). Выберите его снова; если повторится, сообщите управлению.`})(e)"
)

# file prefix -> text in the JavaScript -> text that is served instead
TABLE: dict[str, dict[str, str]] = {
    "FileUploader": {
        # What the browser calls AxiosError; the server's own words where it has some for a file that is too large.
        "errorMessage:P(e)": "errorMessage:" + UPLOAD_FAILED,
        "`Upload directories`:`Upload`": "`Выбрать папки`:`Выбрать файл`",
        "`Drag and drop a file here`": "`Перетащите файл сюда`",
        "${T(t,D.Byte,0)} per file": "до ${T(t,D.Byte,0).replace(`MB`,` МБ`)} на файл",
    },
    "utils": {
        "`Choose an option`": "`Выберите`",
        "`Choose options`": "`Выберите`",
        "`No options to select`": "`Нечего выбирать`",
        "`File must be ${": "`Предел размера файла: ${",
        " or smaller.`": ".`",
        "${t.type} files are not allowed.": "Такой вид файла не принимается.",
        "children:[`Error: `,h]": "children:[`Ошибка: `,h]",
        "`Remove ${e.name}`": "`Убрать: ${e.name}`",
        '"aria-label":`file upload`': '"aria-label":`выбор файла`',
    },
    "Multiselect": {
        "`No results`": "`Ничего не найдено`",
        "label:`Select all`": "label:`Выбрать все`",
        '"aria-label":`Open`': '"aria-label":`Открыть список`',
        '"aria-label":`Clear all`': '"aria-label":`Очистить`',
        '"aria-label":`Selected values`': '"aria-label":`Выбрано`',
        '"aria-label":`Remove ${e}`': '"aria-label":`Убрать: ${e}`',
        "`You can only select up to ${t.maxSelections} ${e}. Remove an option first.`": (
            "`Больше ${t.maxSelections} не выбрать. Сначала уберите лишнее.`"
        ),
    },
    "Selectbox": {
        "children:`No results`": "children:`Ничего не найдено`",
        '"aria-label":`Open`': '"aria-label":`Открыть список`',
        '"aria-label":`Clear value`': '"aria-label":`Очистить`',
    },
    "DateInput": {"`Choose date`": "`Выбрать дату`"},
    "DateField": {
        "en:{year:`yyyy`,month:`mm`,day:`dd`}": "en:{year:`гггг`,month:`мм`,day:`дд`}",
        "{era:`era`,year:`year`,month:`month`,day:`day`": "{era:`эра`,year:`год`,month:`месяц`,day:`день`",
        "selectedDateDescription:e=>`Selected Date: ${e.date}`": "selectedDateDescription:e=>`Выбрано: ${e.date}`",
    },
    "ReorderedSegments": {
        "{previous:`Previous`,next:`Next`,": "{previous:`Назад`,next:`Вперёд`,",
        "selectedDateDescription:e=>`Selected Date: ${e.date}`": "selectedDateDescription:e=>`Выбрано: ${e.date}`",
        "todayDate:e=>`Today, ${e.date}`": "todayDate:e=>`Сегодня, ${e.date}`",
        "dateSelected:e=>`${e.date} selected`": "dateSelected:e=>`${e.date}, выбрано`",
        '"aria-label":`Previous month`': '"aria-label":`Предыдущий месяц`',
        '"aria-label":`Next month`': '"aria-label":`Следующий месяц`',
    },
    "StreamlitMarkdown": {"`Help`:`Help for ${": "`Подсказка`:`Подсказка: ${"},
    "useCopyToClipboard": {"`Copied`:`Copy to clipboard`": "`Скопировано`:`Скопировать`"},
    "InputInstructions": {
        "`submit form`:`apply`": "`отправить`:`принять`",
        "`Press Enter to ${e}`": "`Enter — ${e}`",
        "`Press ${r()?`⌘`:`Ctrl`}+Enter to ${e}`": "`${r()?`⌘`:`Ctrl`}+Enter — ${e}`",
    },
    "DataFrame": {
        "label:`Show/hide columns`": "label:`Столбцы`",
        "label:`Download as CSV`": "label:`Скачать CSV`",
        "label:`Search`": "label:`Найти`",
        "`Type to search`": "`Что искать`",
    },
    "Toolbar": {
        "`Fullscreen`": "`Во весь экран`",
        "`Close fullscreen`": "`Обычный размер`",
    },
    # Of many languages the client takes the English one, whatever the browser's is.
    "useSyncComboBoxEnterTargetFocus": {
        "`${t.number(e.optionCount)} option`,other:()=>`${t.number(e.optionCount)} options`})} available.`": (
            "`Вариантов: ${t.number(e.optionCount)}`,other:()=>`Вариантов: ${t.number(e.optionCount)}`})}.`"
        ),
        "selectedAnnouncement:e=>`${e.optionText}, selected`": "selectedAnnouncement:e=>`${e.optionText}, выбрано`",
        "${t.select({true:`, selected`,other:``},e.isSelected)}`,countAnnouncement:(e,t)=>`${t.plural(e.optionCount,"
        "{one:()=>`Вариантов": "${t.select({true:`, выбрано`,other:``},e.isSelected)}`,countAnnouncement:(e,t)=>`"
        "${t.plural(e.optionCount,{one:()=>`Вариантов",
        "buttonLabel:`Show suggestions`,listboxLabel:`Suggestions`": "buttonLabel:`Показать`,listboxLabel:`Варианты`",
    },
    "useFloatingOverlay": {"f:`Dismiss`": "f:`Закрыть`"},
    "index": {
        "={dismiss:`Dismiss`}": "={dismiss:`Закрыть`}",
        "Running the app's main page.": "Открыта первая страница: выберите нужную в меню.",
        "`Page not found`": "`Страница не найдена`",
        "The page that you have requested does not seem to exist": "Такой страницы нет",
        "`Connection error`": "`Нет связи с сервером`",
        "`Streamlit server is not responding. Are you connected to the internet?`": (
            "`Сервер не отвечает. Страница продолжит сама, когда связь вернётся.`"
        ),
        "_O=`Connecting`": "_O=`Соединение…`",
        "`Skip to main content`": "`К содержанию`",
        '"aria-label":`Close`': '"aria-label":`Закрыть`',
        "`App pages`": "`Разделы`",
        "alt:`Logo`": "alt:`Профориент`",
        "`Navigate to home page`": "`На первую страницу`",
        "`Expand sidebar`": "`Открыть меню`",
        "`Collapse sidebar`": "`Закрыть меню`",
        "`Running...`": "`Идёт работа`",
        "`Connecting to Streamlit server`": "`Соединение с сервером`",
        "bO=`Error`": "bO=`Ошибка`",
        "`Unable to connect to Streamlit server`": "`Нет связи с сервером`",
        "`Connection lost. Please wait for the app to reconnect, then try again.`": (
            "`Связь прервалась. Дождитесь, когда она вернётся, и выберите файл снова.`"
        ),
        "`Is Streamlit still running? If you accidentally stopped Streamlit, just restart it in your terminal:`": (
            "`Сервер не отвечает. Если программа остановлена, запустите её снова:`"
        ),
        "codeBlock:`streamlit run yourscript.py`": "codeBlock:`make run`",
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A text that was expected in exactly one file and stood in ``found`` of them."""

    prefix: str
    text: str
    found: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """``scripts``: file name -> changed JavaScript; ``missing``: what was not found."""

    scripts: dict[str, bytes]
    missing: tuple[Missing, ...]


def build(static: Path = bundles.STATIC) -> Translation:
    """Read Streamlit's scripts below ``static`` and return the changed ones."""
    scripts: dict[str, bytes] = {}
    missing: list[Missing] = []
    for prefix, pairs in TABLE.items():
        texts = bundles.texts(prefix, static)
        changed = set()
        for old, new in pairs.items():
            hits = [name for name, text in texts.items() if old in text]
            if len(hits) != 1:
                missing.append(Missing(prefix=prefix, text=old, found=len(hits)))
                continue
            texts[hits[0]] = texts[hits[0]].replace(old, new)
            changed.add(hits[0])
        scripts |= {name: texts[name].encode() for name in changed}
    return Translation(scripts=scripts, missing=tuple(missing))


def lacking(static: Path = bundles.STATIC) -> Iterator[Lack]:
    for one in build(static).missing:
        yield Lack(seam="words", what=f"{one.prefix}: {one.text}", effect=EFFECT)
