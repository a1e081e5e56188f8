"""How the letter looks before a department has made a template of its own; its fields are those of ``letter.NAMES``."""

from __future__ import annotations

from docx.shared import Mm

from proforient.documents.kinds import shared_template as shared
from proforient.documents.kinds.shared_template import codes, signature
from proforient.documents.layout import CENTRE, LEFT, SIGNATURE, SIZE_IN_TABLE, SIZE_SMALL, Layout


def made_template() -> bytes:
    """A Word file."""
    made = Layout("Письмо организациям")
    _head(made)
    _body(made)
    _signature(made)
    _appendix(made)
    _recommendations(made)
    codes(made)
    return made.bytes()


def _head(made: Layout) -> None:
    made.first_header("{% if служебное %}Для внутренней работы управления{% endif %}")
    left = [
        ("{%p for строка in бланк %}", CENTRE),
        ("{{ строка }}", CENTRE),
        ("{%p endfor %}", CENTRE),
        ("{%p for строка in адрес %}", CENTRE),
        ("{{ строка }}", CENTRE),
        ("{%p endfor %}", CENTRE),
        ("", CENTRE),
        ("от {{ дата }} № {{ номер }}", CENTRE),
    ]
    made.columns([left, [("", LEFT)], [("{{ получатель }} {{ территории }}", LEFT)]], (82, 10, 78))
    heading = made.text("{{ заголовок }}", align=LEFT, first=False, before=14, spacing=1)
    heading.paragraph_format.right_indent = Mm(80)  # as wide as the column above
    made.text("", first=False)


def _body(made: Layout) -> None:
    made.text("{{ вступление }}")
    made.mark("{%p for п in показатели %}")
    made.text("– {{ п.текст }}", "^{{ п.код }}", "{{ п.знак }}")
    made.mark("{%p endfor %}")
    made.mark("{%p if итог %}")
    made.text("{{ итог }}")
    made.mark("{%p endif %}")
    made.text("{{ поручение }}")
    made.mark("{%p if общие %}")
    made.text("{{ получатель }} {{ территории }}, принимавших участие в мониторинге:", together=True, before=6)
    made.mark("{%p endif %}")
    made.mark("{%p for п in общие %}")
    made.text("{{ п.номер }}. {{ п.текст }} Срок: {{ п.срок }}. Ответственный: {{ п.ответственный }}.")
    made.mark("{%p endfor %}")


def _signature(made: Layout) -> None:
    made.text("Приложение: на {{ листов }} л. в 1 экз.", align=LEFT, first=False, before=12, style=SIGNATURE)
    signature(made)
    made.text("{{ исполнитель }}", align=LEFT, first=False, size=SIZE_SMALL, before=24, spacing=1)


def _appendix(made: Layout) -> None:
    made.text("", first=False, new_page=True, spacing=1, size=2)
    made.mark("{%p for строка in приложение_к %}")
    made.text("{{ строка }}", align=LEFT, first=False, left=90, spacing=1)
    made.mark("{%p endfor %}")
    made.text("Проблемы и адресные рекомендации", align=CENTRE, first=False, bold=True, before=12, together=True)
    made.text("{{ проблемы_вводные }}", before=6, together=True)
    made.mark("{%p for п in проблемы %}")
    shared.problem(made)
    made.mark("{%p endfor %}")


def _recommendations(made: Layout) -> None:
    made.text("{{ рекомендации_вводные }}", before=6)
    made.mark("{%p for г in группы %}")
    made.text("{{ г.номер }}. {{ г.кому }}", align=LEFT, before=10, together=True, bold=True)
    made.mark("{%p if г.сначала %}")
    made.text("{{ г.сначала }}", size=SIZE_IN_TABLE)
    made.mark("{%p endif %}")
    made.table(
        ["№", "Что сделать", "Срок", "Ответственный"],
        [
            ["{{ п.номер }}"],
            ["{{ п.текст }}", "{%p if п.пояснение %}", "{{ п.пояснение }}", "{%p endif %}"],
            ["{{ п.срок }}"],
            ["{{ п.ответственный }}"],
        ],
        (13, 92, 32, 33),
        each="п",
        of="г.пункты",
    )
    made.mark("{%p endfor %}")


__all__ = ["made_template"]
