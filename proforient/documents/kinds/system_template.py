"""How the description of the system looks before a department has made a template of its own; its fields are those of
``system``.
"""

from __future__ import annotations

from proforient.documents.kinds import shared_template as shared
from proforient.documents.layout import LEFT, SIZE_IN_WIDE_TABLE, Layout

_SYSTEM = "системы работы по самоопределению и профессиональной ориентации обучающихся"


def made_template() -> bytes:
    """A Word file."""
    made = shared.new_layout("Описание системы работы")
    shared.name(
        made, "СИСТЕМА РАБОТЫ", "по самоопределению и профессиональной ориентации обучающихся (СОиПО) {{ территории }}"
    )
    made.text("Система управления качеством образования: {{ основание }}.", before=12)
    _cycle(made)
    _goals(made)
    _each_goal(made)
    _method(made)
    _section(made, "рекомендации", f"Рекомендации по формированию муниципальной {_SYSTEM}")
    made.mark("{%p for п in отдельные %}")
    shared.point(made)
    made.mark("{%p endfor %}")
    shared.groups(made)
    shared.signature(made)
    return made.bytes()


def _section(made: Layout, name: str, title: str) -> None:
    made.text(f"{{{{ раздел_{name} }}}}. {title}", align=LEFT, first=False, bold=True, before=12, together=True)


def _cycle(made: Layout) -> None:
    _section(made, "векторы", "Стратегические векторы и их практическая реализация")
    made.mark("{%p if шаги %}")
    made.text(
        "Муниципальные документы, подтверждающие сформированность компонентов управленческого цикла:", together=True
    )
    made.mark("{%p endif %}")
    made.mark("{%p if шагов_нет %}")
    made.text("{{ шагов_нет }}.")
    made.mark("{%p endif %}")
    made.mark("{%p for ш in шаги %}")
    made.text("{{ loop.index }}) {{ ш.название }}", before=4, together=True)
    made.mark("{%p for строка in ш.документы %}")
    made.text("– {{ строка }}{% if loop.last %}.{% else %};{% endif %}")
    made.mark("{%p endfor %}")
    made.mark("{%p endfor %}")


def _goals(made: Layout) -> None:
    _section(made, "цели", "Цели")
    made.text("Стратегическая цель муниципальной системы работы: {{ стратегическая_цель }}.")
    made.text("Для достижения стратегической цели сформулированы цели второго уровня ({{ целей }}):", together=True)
    made.mark("{%p for ц in цели %}")
    made.text("Ц {{ ц.номер }}. {{ ц.название }}.")
    made.mark("{%p endfor %}")


def _each_goal(made: Layout) -> None:
    _section(made, "задачи", "Задачи и показатели по целям")
    made.mark("{%p for ц in цели %}")
    made.text("Цель № {{ ц.номер }}. {{ ц.название }}.", bold=True, before=10, together=True)
    made.mark("{%p if ц.обоснование %}")
    made.text("Обоснование цели № {{ ц.номер }}: {{ ц.обоснование }}")
    made.mark("{%p endif %}")
    made.mark("{%p if ц.муниципальные %}")
    made.text("Цели муниципального уровня:", together=True)
    made.mark("{%p endif %}")
    made.mark("{%p for м in ц.муниципальные %}")
    made.text("{{ м.номер }}) {{ м.текст }}.")
    made.mark("{%p endfor %}")
    made.mark("{%p if ц.задачи %}")
    made.text("Система задач по реализации цели", before=4, together=True)
    made.mark("{%p endif %}")
    made.mark("{%p for у in ц.задачи %}")
    made.text("{{ у.уровень }}", together=True)
    made.mark("{%p for з in у.пункты %}")
    made.text("{{ з.номер }}. {{ з.текст }}")
    made.mark("{%p endfor %}")
    made.mark("{%p endfor %}")
    made.mark("{%p if ц.показатели %}")
    made.text("Ключевые показатели: П-{{ ц.номер }}. {{ ц.название }}", before=4, together=True)
    made.table(
        ["№", "Наименование показателя", "Методика расчёта", "Примечание", "Показатель школы (с расчётом)"],
        [
            ["{{ п.номер }}"],
            ["{{ п.название }}", "{%p if п.уровни %}", "{{ п.уровни }}", "{%p endif %}"],
            ["{{ п.расчёт }}"],
            ["{{ п.примечание }}"],
            [""],
        ],
        (12, 44, 60, 32, 22),
        size=SIZE_IN_WIDE_TABLE,
        each="п",
        of="ц.показатели",
    )
    made.mark("{%p endif %}")
    made.mark("{%p endfor %}")


def _method(made: Layout) -> None:
    made.mark("{%p if мероприятия %}")
    _section(
        made,
        "мероприятия",
        "Организация методического сопровождения ответственных лиц в ОО по СОиПО обучающихся {{ где_учат }}",
    )
    made.mark("{%p endif %}")
    made.mark("{%p for м in мероприятия %}")
    made.text("{{ м.дата }} – {{ м.что }}{% if loop.last %}.{% else %};{% endif %}")
    made.mark("{%p endfor %}")


__all__ = ["made_template"]
