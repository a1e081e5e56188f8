"""Writing named views: kept under a name, renamed, put away; what was before stays."""

from __future__ import annotations

from dataclasses import replace

from proforient.errors import Refused, WrongCall
from proforient.intake.personal import refuse_personal
from proforient.monitoring import now
from proforient.store import basis
from proforient.store.journal import number_of
from proforient.store.views import NamedView, named_view, named_views
from proforient.store.writing import Writer
from proforient.wording import counted, quoted

NAME = 80  # signs of a view's name
CHOICES = 2000  # signs of a view's choices
MOST = 60  # views of one owner


def keep_view(writer: Writer, view: NamedView) -> NamedView:
    """Keeps it under its name (``id`` empty: a new one), or puts it away; gives it as it is kept."""
    before = named_view(writer.reader, view.id) if view.id else None
    writer.unless_moved(basis.named_view(view.id))
    name = " ".join(view.name.split())
    if not name or len(name) > NAME:
        raise WrongCall(f"Название вида: от 1 до {counted(NAME, 'signs', 'gen')}. Впишите, что этот вид показывает.")
    refuse_personal(name, what="Название вида")
    if len(view.choices) > CHOICES:
        raise WrongCall("В этом виде выбрано слишком много. Уберите часть выбранного и сохраните снова.")
    owner = writer.actor if before is None else before.owner
    if before is not None and before.territory is None and owner != writer.actor:
        raise Refused("Этот вид сохранил для себя другой человек. Сохраните свой.")
    number = writer.new_id()
    made = replace(view, id=view.id or str(number), name=name, owner=owner, author=writer.actor, at=now())
    if made.kept:
        _refuse_another(writer, made)
    values = {"id": number, "view": number_of(made.id), "name": name, "choices": made.choices, "owner": owner}
    values |= {"territory": made.territory, "kept": made.kept, "author": made.author, "at": made.at}
    writer.run(_INSERT, values)
    about = {"name": name, "shared": made.territory is not None, "territory": made.territory or None}
    was = {"was": before.name} if before is not None and before.name != name else {}
    writer.log("view.named" if made.kept else "view.away", f"view/{made.id}", about | was, at=made.at)
    return made


def _refuse_another(writer: Writer, view: NamedView) -> None:
    """A name stands once for its owner and once for a department."""
    others = [one for one in named_views(writer.reader, view.owner) if one.id != view.id]
    neighbours = [one for one in others if one.territory == view.territory]
    if any(one.name.casefold() == view.name.casefold() for one in neighbours):
        raise Refused(f"Вид {quoted(view.name)} уже есть. Назовите этот иначе или замените тот.")
    if len(neighbours) >= MOST:
        raise Refused(f"Видов уже {MOST}: больше не помещается. Уберите ненужные.")


_INSERT = """
INSERT INTO named_view (version_id, view, name, choices, owner, territory, kept, author, happened_at)
VALUES ($id, $view, $name, $choices, $owner, $territory, $kept, $author, $at)
"""
