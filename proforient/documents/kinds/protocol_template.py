"""How the protocol looks before a department has made a template of its own; its fields are those of ``protocol``."""

from __future__ import annotations

from proforient.documents.kinds import shared_template as shared
from proforient.documents.layout import LEFT, SIGNATURE, Layout


def made_template() -> bytes:
    """A Word file."""
    made = shared.new_layout("Протокол рабочей группы")
    shared.name(made, "ПРОТОКОЛ № {{ номер }}", "заседания {{ органа }}")
    made.mark("{%p if тема %}")
    shared.name(made, "", "{{ тема }}")
    made.mark("{%p endif %}")
    shared.date_and_number(made, "{{ место }}", "{{ дата }}")
    made.text("Присутствовали ({{ присутствовало }}): {{ присутствовали }}.", before=12)
    made.mark("{%p if приглашены %}")
    made.text("Приглашены: {{ приглашены }}.")
    made.mark("{%p endif %}")
    made.text("Повестка:", first=False, bold=True, before=10, together=True)
    made.mark("{%p for п in повестка %}")
    made.text("{{ п.номер }}. {{ п.текст }}")
    made.mark("{%p endfor %}")
    made.text("Голосовали за утверждение повестки: {{ голоса_повестки }}.", before=6, align=LEFT)
    shared.execution(made)
    _questions(made)
    made.text("Голосовали за решения: {{ голоса }}.", before=6, align=LEFT)
    made.text("", first=False, style=SIGNATURE)
    made.spread("{{ председатель }}", "{{ расшифровка }}", style=SIGNATURE)
    made.text("", first=False, style=SIGNATURE)
    made.spread("{{ секретарь }}", "{{ расшифровка }}", style=SIGNATURE)
    shared.codes(made)
    return made.bytes()


def _questions(made: Layout) -> None:
    made.mark("{%p for в in вопросы %}")
    made.text("{{ в.слушали }}", before=10)
    made.mark("{%p if в.содокладчик %}")
    made.text("{{ в.содокладчик }}", together=True)
    made.mark("{%p endif %}")
    made.mark("{%p for г in в.недостатки %}")
    made.text("{{ г.номер }}. {{ г.название }}", before=4, together=True)
    made.mark("{%p for п in г.пункты %}")
    made.text("– {{ п.текст }}", "^{{ п.код }}", "{{ п.закроют }}")
    made.mark("{%p endfor %}")
    made.mark("{%p endfor %}")
    made.text("{{ в.решили }}", align=LEFT, bold=True, before=6, together=True)
    made.mark("{%p for п in в.общие %}")
    made.text("{{ п.номер }}. {{ п.текст }}")
    made.mark("{%p endfor %}")
    made.mark("{%p if в.решение %}")
    made.text("{{ в.решение }}.")
    made.mark("{%p endif %}")
    shared.groups(made, "в.группы")
    made.mark("{%p endfor %}")


__all__ = ["made_template"]
