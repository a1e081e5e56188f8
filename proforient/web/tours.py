"""Three tours of five minutes, for the head, a school and a presenter: which page, what is there, what to do.

A step is part of the view, so that it survives the links, Back and a reload; the frame draws it above the page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class TourStop:
    """One stop: the page with the view as ``changes`` make it; ``see`` are words that stand on it, after the bar."""

    page: str
    text: str
    see: str
    changes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tour:
    """``code`` names its steps in the address: «head-1», «head-2», …"""

    code: str
    who: str
    steps: Sequence[TourStop]


HEAD = Tour(
    code="head",
    who="Руководитель на коллегии",
    steps=(
        TourStop(
            page="overview",
            text="Вывод написан крупно, под ним — уровни образования: столбец — доля, черта — план, знак и слово "
            "говорят, достигнут ли он. Справа — «Что сделать сначала»: кто, что и почему именно он.",
            see="Что сделать сначала",
            changes={"trace": False},
        ),
        TourStop(
            page="overview",
            text="Любая доля в таблице — ссылка. Под таблицей раскрыто «Откуда число»: организации, их файлы, лист, "
            "строка и столбец; нажмите на файл, и покажется сама строка.",
            see="Откуда число",
            changes={"trace": True},
        ),
        TourStop(
            page="indicators",
            text="Здесь каждый показатель каталога: расчёт с числами района, уровни, прошлые периоды и организации. "
            "Список слева делится по группам или по целям, его можно искать по слову.",
            see="Откуда число: файлы, строки, столбцы",
            changes={"trace": False},
        ),
        TourStop(
            page="problems",
            text="Невыполненное: сколько детей не хватает, в каких организациях, и что сделать каждому адресату к "
            "какому сроку. Выберите проблему в списке.",
            see="Проблемы без решения",
        ),
        TourStop(
            page="organisations",
            text="Список начинается с тех, у кого не хватает больше всего. Название открывает лист организации: её "
            "доли, ряд по годам, рекомендации и сданные файлы.",
            see="по нехватке",
            changes={"organisation": None},
        ),
        TourStop(
            page="overview",
            text="Кнопка «Доклад» замораживает то, что на экране, и делает из этого показ на весь экран. Он не "
            "зависит от связи: стрелки и пульт листают, «Сохранить файлом» уносит его с собой.",
            see="Доклад",
        ),
    ),
)

SCHOOL = Tour(
    code="school",
    who="Школа, детский сад, учреждение",
    steps=(
        TourStop(
            page="upload",
            text="Выберите вверху свою организацию и период. Ничего не сохранится, пока вы сами не нажмёте «Сдать».",
            see="Пока вы не нажали «Сдать»",
        ),
        TourStop(
            page="upload",
            text="Скачайте бланк: в нём только ваши строки, впишите числа. Можно взять и прошлогодний файл — "
            "кодировка, порядок столбцов и строки итога узнаются сами.",
            see="Возьмите список своих чисел",
        ),
        TourStop(
            page="upload",
            text="Перетащите файл. Каждая ошибка названа со строкой и столбцом и с тем, что сделать. Исправьте файл "
            "и выберите его снова: проверять можно сколько угодно раз.",
            see="Выберите заполненный файл",
        ),
        TourStop(
            page="help",
            text="Непонятное замечание найдите здесь: что оно значит и как исправить. Нет детей — 0, нет сведений — "
            "«н/д», вас не касается — «х»; пустая ячейка значит «ещё не сдано».",
            see="Первым делом",
            changes={"topic": "findings"},
        ),
        TourStop(
            page="organisations",
            text="После сдачи найдите себя в списке и откройте свой лист: доли, чего не хватает до плана района и что "
            "рекомендуется вам.",
            see="по названию",
        ),
    ),
)

PRESENTER = Tour(
    code="presenter",
    who="Докладчик на конференции",
    steps=(
        TourStop(
            page="overview",
            text="Выберите территорию, период и категорию. Всё выбранное стоит в адресе страницы: «Поделиться» "
            "копирует ссылку, по которой откроется то же самое.",
            see="Поделиться",
            changes={"trace": False},
        ),
        TourStop(
            page="overview",
            text="Нажмите «Доклад». Откроется начало показа: снимите лишние слайды, переставьте остальные, нажмите "
            "«Начать». Листают стрелки, пробел, пульт и палец; Esc возвращает к выбору.",
            see="Доклад",
        ),
        TourStop(
            page="overview",
            text="Последний слайд показывает QR-код: зал откроет тот же доклад на телефонах. Снимок не изменится, что "
            "бы ни сдали потом; на первом слайде написано, на какой момент он сделан.",
            see="Доклад",
        ),
        TourStop(
            page="overview",
            text="Запасной путь: «Сохранить файлом» на экране выбора слайдов даёт один файл, он открывается без сети. "
            "Ctrl + P печатает по слайду на лист.",
            see="Доклад",
        ),
    ),
)

TOURS: tuple[Tour, ...] = (HEAD, SCHOOL, PRESENTER)

# code of a step -> its tour and its place in it, from 1
STEPS: dict[str, tuple[Tour, int]] = {
    f"{tour.code}-{place}": (tour, place) for tour in TOURS for place in range(1, len(tour.steps) + 1)
}
