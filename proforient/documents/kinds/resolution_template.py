"""How the resolution looks before a department has made a template of its own; its fields are those of
``resolution``.
"""

from __future__ import annotations

from proforient.documents.kinds import shared_template as shared
from proforient.documents.layout import LEFT, SIZE_IN_TABLE, Layout


def made_template() -> bytes:
    """A Word file."""
    made = shared.new_layout("Резолюция конференции")
    shared.name(made, "РЕЗОЛЮЦИЯ", "{{ конференции }} {{ тема }}")
    made.text("{{ состоялась }}", before=12)
    made.text("{{ организатор }}")
    _when(made, "цель")
    made.text("{{ участники }}")
    made.mark("{%p if площадки %}")
    made.text("В рамках конференции состоялась работа следующих презентационных площадок:", together=True, before=6)
    made.mark("{%p endif %}")
    made.mark("{%p for п in площадки %}")
    made.text("{{ п.номер }}. {{ п.текст }}")
    made.mark("{%p endfor %}")
    _when(made, "рассмотрено")
    made.mark("{%p for строка in столы %}")
    made.text("{{ строка }}")
    made.mark("{%p endfor %}")
    _problems(made)
    _practices(made)
    made.text(
        "Участники конференции считают плодотворным состоявшийся обмен мнениями и накопленным опытом. По результатам "
        "совместной работы участниками выработаны следующие рекомендации.",
        before=6,
        together=True,
    )
    made.mark("{%p for п in отдельные %}")
    shared.point(made)
    made.mark("{%p endfor %}")
    shared.groups(made)
    made.text("Резолюция принята участниками конференции {{ принята }}.", align=LEFT, before=12)
    shared.codes(made)
    return made.bytes()


def _when(made: Layout, field: str) -> None:
    made.mark(f"{{%p if {field} %}}")
    made.text(f"{{{{ {field} }}}}")
    made.mark("{%p endif %}")


def _problems(made: Layout) -> None:
    made.mark("{%p if проблемы %}")
    made.text(
        "Вместе с тем, несмотря на складывающийся опыт и положительные тенденции работы по профессиональной ориентации "
        "обучающихся, нерешёнными остаются следующие проблемы:",
        before=6,
        together=True,
    )
    made.mark("{%p endif %}")
    made.mark("{%p for п in проблемы %}")
    shared.problem(made)
    made.mark("{%p endfor %}")
    made.mark("{%p if проблемы %}")
    made.text(
        "Наличие комплекса проблем требует системного подхода к их решению в практике профориентационной работы.",
        before=6,
    )
    made.mark("{%p endif %}")
    made.text(
        "Заслушав и обсудив представленные доклады, участники конференции констатируют, что качественная "
        "профориентационная работа с обучающимися является очень важной в формировании кадрового потенциала как "
        "района, так и края в целом, а также для социализации молодёжи, считают, что необходимо развивать современные "
        "подходы в организации профориентационной работы и профориентационных моделей и практик, реализуемых в том "
        "числе с использованием интернет-возможностей."
    )


def _practices(made: Layout) -> None:
    made.mark("{%p if практики_вводные %}")
    made.text("{{ практики_вводные }}", before=6, together=True)
    made.mark("{%p endif %}")
    made.mark("{%p for п in практики %}")
    made.text("– {{ п.текст }} {{ п.пояснение }}")
    made.mark("{%p if п.ссылка %}")
    made.text("{{ п.ссылка }}", align=LEFT, size=SIZE_IN_TABLE)
    made.mark("{%p endif %}")
    made.mark("{%p endfor %}")


__all__ = ["made_template"]
