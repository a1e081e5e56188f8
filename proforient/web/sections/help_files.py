"""How a file may look: kinds, the three layouts with a drawn example each, what a cell may hold, names."""

from __future__ import annotations

from collections.abc import Sequence

from proforient.charts import marks
from proforient.charts.marks import joined, tag
from proforient.web import widgets
from proforient.web.session import Session, address

CELLS = (
    ("240, 1 234, 1234 чел.", "число; пробелы между тысячами и «чел.» не мешают"),
    ("0", "детей нет — это тоже ответ"),
    ("пусто", "не сдано: прежнее число, если оно было, остаётся"),
    ("н/д", "сведений нет, и это сказано"),
    ("х", "не применимо: этого у организации не бывает"),
    ("да, нет, 1, 0", "ответ на вопрос; другое слово не примут"),
    ("–", "прочерк: программа спросит, что он значит в этом файле"),
    ("45 %, 12,5, около 40", "не примут: нужны целые числа, долю программа считает сама"),
)
LAYOUTS: Sequence[tuple[str, Sequence[str], Sequence[Sequence[str]]]] = (
    (
        "Строка — показатель",
        ("Организация", "Показатель", "Уровень", "Категория", "Числитель", "Знаменатель", "Значение"),
        (
            ("МБОУ СОШ № 5", "Охват", "Основное", "все", "180", "240", ""),
            ("МБОУ СОШ № 5", "Есть страница на сайте", "", "", "", "", "да"),
        ),
    ),
    (
        "Строка — организация",
        ("Организация", "Охвачено (Основное)", "Численность (Основное)", "Численность (Среднее)"),
        (("МБОУ СОШ № 5", "180", "240", "60"), ("МБОУ Гимназия № 2", "300", "310", "н/д")),
    ),
    (
        "Бланк",
        ("Число", "Уровень", "Категория", "Значение"),
        (("Численность обучающихся", "Основное", "все", "240"), ("Охвачено мероприятиями", "Основное", "все", "180")),
    ),
)
KNOWN = (
    "Виды файлов: XLSX, XLS, ODS, CSV и TXT; до 20 МБ. Кодировка и разделитель узнаются сами.",
    "Строки названия над таблицей, пустые строки, строка с номерами столбцов, «Итого» и сноски отставляются, и "
    "показано, какие и почему.",
    "Названия столбцов и организаций узнаются в обычных написаниях: «Кол-во обуч-ся», «СОШ №5», е вместо ё. Где "
    "неясно, программа спросит, но не угадает молча.",
    "В файле не должно быть имён детей и родителей, дат рождения, СНИЛС и телефонов: такой файл не сохраняется.",
)


def show(here: Session) -> None:
    """What is read, three drawn examples, what a cell may hold."""
    widgets.finding("Какие файлы читаются и что писать в ячейки")
    widgets.lead("Проще всего взять бланк на странице «Загрузка»: в нём только ваши строки.")
    widgets.show_html(tag("ul", joined(tag("li", text) for text in KNOWN)))
    widgets.section("Три вида таблицы")
    for name, head, rows in LAYOUTS:
        widgets.show_html(marks.table(list(head), [list(row) for row in rows], caption=name))
    widgets.section("Что может стоять в ячейке")
    written = (joined([tag("dt", cell), tag("dd", text)]) for cell, text in CELLS)
    widgets.show_html(tag("dl", joined(written), "pf-entries"))
    widgets.show_link("Замечания к файлу: что сделать с каждым", address("help", topic="findings"))
