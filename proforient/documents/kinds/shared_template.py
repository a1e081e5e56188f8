"""What the templates of several kinds have alike: head, signature, items by addressee, where numbers come from."""

from __future__ import annotations

from proforient.documents.layout import CENTRE, LEFT, SIGNATURE, SIZE_IN_TABLE, SIZE_SMALL, Layout


def new_layout(title: str) -> Layout:
    """A template with the mark of a document for the department alone and the letterhead."""
    made = Layout(title)
    made.first_header("{% if служебное %}Для внутренней работы управления{% endif %}")
    made.mark("{%p for строка in бланк %}")
    made.text("{{ строка }}", align=CENTRE, first=False, spacing=1)
    made.mark("{%p endfor %}")
    return made


def name(made: Layout, what: str, about: str) -> None:
    """The document's kind in capitals and what it is about."""
    if what:
        made.text(what, align=CENTRE, first=False, bold=True, before=14, together=True)
    made.text(about, align=CENTRE, first=False, bold=True, before=4, together=True)


def date_and_number(made: Layout, day: str, number: str) -> None:
    """At both edges of the sheet."""
    made.text("", first=False, spacing=1)
    made.spread(day, number)


def point(made: Layout, each: str = "п") -> None:
    """An item with its deadline, who answers for it and what it answers."""
    made.text(
        f"{{{{ {each}.номер }}}}. {{{{ {each}.текст }}}} Срок: {{{{ {each}.срок }}}}."
        f"{{% if {each}.организации %}} {{{{ {each}.организации }}}}{{% endif %}}"
    )


def problem(made: Layout, *, closing: bool = True) -> None:
    """A problem with the code of its figure and who closes it."""
    closed = "{% if п.закроют %} {{ п.закроют }}{% endif %}" if closing else ""
    made.text("{{ п.номер }}. {{ п.слова }}", "^{{ п.код }}", f".{closed}")


def opening(made: Layout, title: str, sentence: str) -> None:
    """A heading that never stands without the sentence below it; that one does not wait for the list, because of three
    that stay together LibreOffice leaves the first alone.
    """
    made.text(title, align=LEFT, first=False, bold=True, before=12, together=True)
    made.text(sentence)


def groups(made: Layout, of: str = "группы") -> None:
    """«2. Управлению образования (начальник):» and its items; who answers for one is said where it is somebody else."""
    made.mark(f"{{%p for г in {of} %}}")
    made.text("{{ г.номер }}. {{ г.кому }}{{ г.в_скобках }}:", before=6, together=True)
    made.mark("{%p if г.вместе %}")
    made.text("{{ г.вместе }}", size=SIZE_IN_TABLE)
    made.mark("{%p endif %}")
    made.mark("{%p for п in г.пункты %}")
    made.text(
        "{{ п.номер }}. {{ п.текст }} Срок: {{ п.срок }}.{% if п.назван and not г.в_скобках %} Ответственный: "
        "{{ п.ответственный }}.{% endif %}{% if п.организации %} {{ п.организации }}{% endif %}"
    )
    made.mark("{%p endfor %}")
    made.mark("{%p endfor %}")


def figures(made: Layout) -> None:
    """The figures of the levels, a line each."""
    made.mark("{%p for п in показатели %}")
    made.text("– {{ п.текст }}", "^{{ п.код }}", "{{ п.знак }}")
    made.mark("{%p endfor %}")


def execution(made: Layout) -> None:
    """What became of what was decided before, where anything was."""
    made.mark("{%p if исполнение %}")
    made.text("{{ исполнение }}", before=6)
    made.mark("{%p endif %}")


def signature(made: Layout) -> None:
    """The office's post and who signs, who never stand alone on a sheet."""
    made.text("", first=False, style=SIGNATURE)
    made.mark("{%p for строка in должность %}")
    made.spread("{{ строка }}{% if loop.last %}", "{{ подпись }}{% endif %}", style=SIGNATURE)
    made.mark("{%p endfor %}")


def codes(made: Layout) -> None:
    """Notes, and what each code behind a number stands for."""
    made.mark("{%p if примечания %}")
    made.text("Откуда числа", align=LEFT, first=False, size=SIZE_IN_TABLE, bold=True, before=14, together=True)
    made.mark("{%p endif %}")
    made.mark("{%p for строка in примечания %}")
    made.text("{{ строка }}", first=False, size=SIZE_SMALL, spacing=1)
    made.mark("{%p endfor %}")
    made.mark("{%p for и in источники %}")
    made.text("{{ и.код }} – {{ и.что }}", align=LEFT, first=False, size=SIZE_SMALL, spacing=1)
    made.mark("{%p endfor %}")


__all__ = [
    "codes",
    "date_and_number",
    "execution",
    "figures",
    "groups",
    "name",
    "new_layout",
    "opening",
    "point",
    "problem",
    "signature",
]
