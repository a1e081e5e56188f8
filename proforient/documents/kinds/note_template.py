"""How the note looks before a department has made a template of its own; its fields are those of ``note``."""

from __future__ import annotations

from proforient.documents.kinds import shared_template as shared
from proforient.documents.layout import LEFT, SIZE_SMALL, Layout


def made_template() -> bytes:
    """A Word file."""
    made = shared.new_layout("Аналитическая справка")
    shared.name(made, "СПРАВКА", "{{ о_чём }}")
    shared.date_and_number(made, "{{ дата }}", "№ {{ номер }}")
    for what, field in (("Основание", "основание"), ("Цель", "цель"), ("Период", "период")):
        made.text(f"{what}: {{{{ {field} }}}}.", before=4)
    made.text("{{ полнота }}", before=4)
    _section(made, "метод", "Как посчитано")
    made.text("{{ метод }}")
    _results(made)
    _problems(made)
    _section(made, "выводы", "Выводы")
    shared.execution(made)
    made.mark("{%p for строка in выводы %}")
    made.text("{{ строка }}")
    made.mark("{%p endfor %}")
    _section(made, "предложения", "Предложения")
    made.mark("{%p for п in отдельные %}")
    shared.point(made)
    made.mark("{%p endfor %}")
    shared.groups(made)
    shared.signature(made)
    made.text("Составитель: {{ составитель }}", align=LEFT, first=False, before=10)
    shared.codes(made)
    return made.bytes()


def _section(made: Layout, name: str, title: str) -> None:
    made.text(f"{{{{ раздел_{name} }}}}. {title}", align=LEFT, first=False, bold=True, before=12, together=True)


def _results(made: Layout) -> None:
    _section(made, "результаты", "Результаты по уровням образования")
    made.table(
        ["Уровень", "Доля", "Сколько из скольких", "План", "Вывод", "Не хватает"],
        [
            ["{{ п.уровень }}^{{ п.код }}"],
            ["{{ п.доля }}"],
            ["{{ п.из }}"],
            ["{{ п.план }}"],
            ["{{ п.вывод }}"],
            ["{{ п.не_хватает }}"],
        ],
        (38, 18, 30, 22, 32, 30),
        each="п",
        of="показатели",
    )
    made.mark("{%p if итог %}")
    made.text("{{ итог }}", before=6)
    made.mark("{%p endif %}")
    _others(made)
    made.mark("{%p if изменения %}")
    _section(made, "изменения", "Что изменилось")
    made.mark("{%p endif %}")
    made.mark("{%p for строка in изменения %}")
    made.text("– {{ строка }}{% if loop.last %}.{% else %};{% endif %}")
    made.mark("{%p endfor %}")


def _others(made: Layout) -> None:
    made.mark("{%p if другие %}")
    _section(made, "другие", "Другие показатели")
    made.table(
        ["Показатель", "Значение", "План", "Вывод"],
        [["{{ п.показатель }}^{{ п.код }}"], ["{{ п.значение }}"], ["{{ п.план }}"], ["{{ п.вывод }}"]],
        (84, 36, 20, 30),
        size=SIZE_SMALL,
        each="п",
        of="другие",
    )
    made.mark("{%p endif %}")


def _problems(made: Layout) -> None:
    shared.opening(made, "{{ раздел_проблемы }}. Проблемы", "{{ проблемы_вводные }}")
    made.mark("{%p for п in проблемы %}")
    shared.problem(made, closing=False)
    made.mark("{%p endfor %}")
    made.mark("{%p if закроют %}")
    made.text("Какие организации закроют нехватку", align=LEFT, first=False, before=8, together=True)
    made.table(
        ["К проблеме", "Организация", "Сколько детей"],
        [["{{ з.проблема }}"], ["{{ з.организация }}"], ["{{ з.нужно }}"]],
        (30, 105, 35),
        each="з",
        of="закроют",
    )
    made.mark("{%p endif %}")


__all__ = ["made_template"]
