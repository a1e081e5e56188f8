"""«Запомненные ответы»: what words of files were said to mean, by whom, for whose files; each can be revoked."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from proforient.access.roles import Deed, Person
from proforient.charts import marks
from proforient.errors import ProforientError, Refused
from proforient.intake.checks.answers import ABOUT
from proforient.intake.model import Answers, Giver, Known
from proforient.intake.resolve import Resolver
from proforient.monitoring import Organisation, territory_name, within
from proforient.store import filing
from proforient.store.rows import Alias, latest_answers
from proforient.web import widgets
from proforient.web.clock import day_ru
from proforient.web.sections import notice
from proforient.web.session import Session, current
from proforient.wording import capital, quoted, typo

SHOWN = 40  # answers in the list, the newest


def show(here: Session, whose: Organisation | None = None) -> None:
    """Nothing where nothing is remembered; ``whose``: only what binds the files of one organisation."""
    place = whose.territory if whose else here.view.territory
    found = [a for a in latest_answers(here.reader.aliases(territory=place)) if _seen(a, here.person, whose)]
    if not found:
        return
    widgets.section("Запомненные ответы")
    widgets.caption(
        "Что значат слова в файлах: так ответили при загрузке. Ответ организации действует для её файлов, "
        "ответ управления — для всей территории. "
        "После отзыва об этих словах спросят снова, принятые числа не изменятся."
    )
    register = here.reader.roster()
    names = Resolver(here.catalogue, Known(period=None, organisations=register), Answers())
    for alias in reversed(found[-SHOWN:]):
        _row(here, alias, names, register)
    if len(found) > SHOWN:
        widgets.caption(f"Показаны последние {SHOWN}; все — командой answers list.")


def _row(here: Session, alias: Alias, names: Resolver, register: Mapping[str, Organisation]) -> None:
    meaning = names.title(alias.kind, alias.meaning) or alias.meaning
    giver = register.get(alias.giver.name)
    if alias.giver.kind == "organisation":
        bound = giver.name if giver else alias.giver.name
    else:
        bound = "управление" if alias.giver.kind == "department" else "только файлы того, кто ответил"
    where = territory_name(alias.territory) if alias.territory else "все территории"
    by = "" if here.person.organisation and alias.giver.kind != "organisation" else alias.by
    small = [bound, where, by, day_ru(alias.at, here.reader.zone(alias.territory))]
    with st.container(horizontal=True, vertical_alignment="center", key=f"remembered-{alias.id}"):
        said = marks.tag("b", f"{capital(ABOUT[alias.kind])} {quoted(alias.text)} — {quoted(meaning)}")
        line = marks.tag("small", " · ".join(part for part in small if part), "pf-quiet pf-line")
        widgets.show_html(marks.joined([said, line]))
        if here.acts(Deed.FORGET) and _revocable(alias, here.person):
            st.button("Отозвать", key=f"remembered-revoke-{alias.id}", on_click=_revoke, args=(alias.id, here.mark))


def _seen(alias: Alias, person: Person, whose: Organisation | None) -> bool:
    if person.organisation is None and not (alias.territory is None or _meets(alias.territory, person.territory)):
        return False
    if whose is None:
        return person.organisation is None
    return alias.giver in (Giver("organisation", whose.code), Giver())


def _meets(place: str, territory: str) -> bool:
    return not territory or within(place, territory) or within(territory, place)


def _revocable(alias: Alias, person: Person) -> bool:
    """An organisation's account revokes its own answers, the department those of what it reaches."""
    if person.organisation is not None:
        return alias.giver == Giver("organisation", person.organisation)
    return person.reaches(alias.territory)


def _revoke(number: str, mark: int) -> None:
    """A callback."""
    here = current()
    try:
        if not here.acts(Deed.FORGET):
            raise Refused("Отозвать ответ может специалист управления или сама организация, если ответ её.")
        with here.store.write(here.person.login, based_on=mark) as writer:
            alias = next((a for a in writer.reader.aliases() if a.id == number), None)
            if alias is not None and not _revocable(alias, here.person):
                raise Refused("Этот ответ дала не ваша организация. Попросите управление отозвать его.")
            filing.revoke_alias(writer, number)
    except ProforientError as error:
        notice.say(str(error))
        return
    notice.say(typo("Ответ отозван: об этих словах в следующем файле спросят снова."))
