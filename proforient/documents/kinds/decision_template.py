"""How the decision looks before a department has made a template of its own; its fields are those of ``decision``."""

from __future__ import annotations

from proforient.documents.kinds import shared_template as shared
from proforient.documents.layout import LEFT, SIGNATURE, Layout


def made_template() -> bytes:
    """A Word file."""
    made = shared.new_layout("Решение коллегии")
    shared.name(made, "РЕШЕНИЕ", "{{ органа }}")
    made.mark("{%p if тема %}")
    shared.name(made, "", "{{ тема }}")
    made.mark("{%p else %}")
    shared.name(made, "", "{{ о_чём }}")
    made.mark("{%p endif %}")
    shared.date_and_number(made, "{{ дата }}", "№ {{ номер }}")
    made.text("{{ место }}", align=LEFT, first=False)
    made.text("{{ преамбула }}", before=12)
    shared.execution(made)
    _noted(made)
    made.text("{{ рекомендует }}", first=False, bold=True, before=10, together=True)
    made.mark("{%p for п in отдельные %}")
    shared.point(made)
    made.mark("{%p endfor %}")
    shared.groups(made)
    made.text("{{ контроль_номер }}. {{ контроль }}", before=6)
    made.text("", first=False, style=SIGNATURE)
    made.spread("{{ председатель }}", "{{ расшифровка }}", style=SIGNATURE)
    shared.codes(made)
    return made.bytes()


def _noted(made: Layout) -> None:
    made.mark("{%p if отмечает %}")
    made.text("{{ отмечает }}", first=False, bold=True, before=10, together=True)
    made.mark("{%p endif %}")
    shared.figures(made)
    made.mark("{%p if итог %}")
    made.text("{{ итог }}")
    made.mark("{%p endif %}")
    made.mark("{%p if проблемы_вводные %}")
    made.text("{{ проблемы_вводные }}", together=True)
    made.mark("{%p endif %}")
    made.mark("{%p for п in проблемы %}")
    shared.problem(made)
    made.mark("{%p endfor %}")


__all__ = ["made_template"]
