"""How the sheet looks before a department has made a template of its own; its fields are those of ``sheet``."""

from __future__ import annotations

from proforient.documents.kinds import shared_template as shared
from proforient.documents.layout import CENTRE, LEFT, SIZE_IN_TABLE, SIZE_IN_WIDE_TABLE, SIZE_SMALL, Layout


def made_template() -> bytes:
    """A Word file."""
    made = shared.new_layout("Лист организации")
    shared.name(made, "ЛИСТ РЕКОМЕНДАЦИЙ", "{{ организация }}")
    made.text("{{ заголовок }}", align=CENTRE, first=False, before=4)
    _figures(made)
    _recommendations(made)
    shared.signature(made)
    shared.codes(made)
    _diagnosis(made)
    _plan(made)
    return made.bytes()


def _figures(made: Layout) -> None:
    _head(made, "1. Показатели организации")
    made.mark("{%p if показатели %}")
    made.table(
        ["Показатель", "Расчёт", "План", "Вывод", "Не хватает"],
        [["{{ п.показатель }}"], ["{{ п.расчёт }}"], ["{{ п.план }}"], ["{{ п.вывод }}"], ["{{ п.не_хватает }}"]],
        (56, 46, 18, 28, 22),
        size=SIZE_SMALL,
        each="п",
        of="показатели",
    )
    made.mark("{%p else %}")
    made.text("Чисел организация ещё не сдала: сравнить с планом нечего.")
    made.mark("{%p endif %}")
    made.mark("{%p if территория %}")
    made.text("Для сравнения, по территории:", before=6, together=True)
    made.mark("{%p endif %}")
    made.mark("{%p for п in территория %}")
    made.text("– {{ п.текст }}", "^{{ п.код }}", "{{ п.знак }}")
    made.mark("{%p endfor %}")
    shared.opening(made, "2. Проблемы", "{{ проблемы_вводные }}")
    made.mark("{%p for п in проблемы %}")
    shared.problem(made, closing=False)
    made.mark("{%p endfor %}")


def _recommendations(made: Layout) -> None:
    _head(made, "3. Рекомендации")
    made.text("По результатам {{ рекомендации_вводные }}{% if рекомендации %}:{% else %}.{% endif %}")
    made.mark("{%p for п in рекомендации %}")
    made.text(
        "{{ п.номер }}. {{ п.текст }} {{ п.пояснение }} Срок: {{ п.срок }}. Ответственный: {{ п.ответственный }}."
    )
    made.mark("{%p if п.расчёт %}")
    made.text("{{ п.расчёт }}", size=SIZE_IN_TABLE)
    made.mark("{%p endif %}")
    made.mark("{%p endfor %}")


def _diagnosis(made: Layout) -> None:
    _appendix(made, 1, "Лист самодиагностики")
    made.text("Столбец «Что мешает и что сделаем» заполняет организация.", before=6, together=True)
    made.table(
        ["Показатель", "Сейчас", "План", "Вывод", "Что мешает и что сделаем"],
        [["{{ п.показатель }}"], ["{{ п.сейчас }}"], ["{{ п.план }}"], ["{{ п.вывод }}"], [""]],
        (56, 34, 16, 26, 38),
        size=SIZE_IN_WIDE_TABLE,
        each="п",
        of="самодиагностика",
    )


def _plan(made: Layout) -> None:
    made.mark("{%p if план %}")
    _appendix(made, 2, "Проект плана мероприятий на {{ учебный_год }} учебный год")
    made.table(
        ["№", "Мероприятие", "Срок", "Ответственный", "Ожидаемый результат"],
        [
            ["{{ п.номер }}"],
            ["{{ п.мероприятие }}"],
            ["{{ п.срок }}"],
            ["{{ п.ответственный }}"],
            ["{{ п.результат }}"],
        ],
        (10, 58, 36, 30, 36),
        size=SIZE_SMALL,
        each="п",
        of="план",
    )
    made.mark("{%p endif %}")


def _head(made: Layout, title: str) -> None:
    made.text(title, align=LEFT, first=False, bold=True, before=12, together=True)


def _appendix(made: Layout, number: int, title: str) -> None:
    made.text("", first=False, new_page=True, spacing=1, size=2)
    made.text(f"Приложение № {number}", align=LEFT, first=False, left=110, spacing=1)
    made.text("к листу рекомендаций", align=LEFT, first=False, left=110, spacing=1)
    made.text("{{ организация }}", align=LEFT, first=False, left=110, spacing=1, size=SIZE_IN_TABLE)
    made.text(title, align=CENTRE, first=False, bold=True, before=12, together=True)


__all__ = ["made_template"]
