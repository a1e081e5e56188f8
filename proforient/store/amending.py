"""Writing a territory's own words: amendments of recommendations, carried over, and the events that they name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from proforient.catalogue.entries import Deadline
from proforient.errors import Refused, WrongCall
from proforient.intake.personal import refuse_personal
from proforient.monitoring import OWN, Amendment, now
from proforient.store import basis
from proforient.store.writing import Writer
from proforient.wording import counted

TEXT = "Что сделать"
LONGEST = 2000  # signs of a recommendation
POST = 200  # signs of who is responsible
MOST_PLACES = 999  # places in a territory's own order of recommendations
MOST_EVENTS, EVENT = 20, 120  # names in a list, signs of one


def amend(writer: Writer, amendment: Amendment) -> Amendment:
    """Sets what the territory says of a recommendation; what was set before stays in the history.

    A recommendation of its own is new where ``action`` is ``OWN`` alone: the amendment that is given back has its code.
    """
    _check(writer, amendment)
    if amendment.action == OWN:
        amendment = replace(amendment, action=f"{OWN}{writer.new_id()}")
    writer.unless_moved(basis.amendment(amendment))
    _store(writer, amendment)
    about = f"advice/{amendment.period}/{amendment.action}"
    writer.log("advice.amended", about, _log_detail(amendment), at=amendment.at)
    return amendment


def carry(writer: Writer, period: str, territory: str, *, source: str) -> list[str]:
    """Takes over from the period ``source`` what the territory set there and has not set in ``period`` itself.

    Gives the codes of the recommendations.
    """
    at = now()
    writer.unless_moved(basis.advice(period, territory))
    there = {a.action for a in writer.reader.amendments(period, territory=territory) if a.territory == territory}
    earlier = [a for a in writer.reader.amendments(source, territory=territory) if a.territory == territory]
    taken = [replace(a, period=period, author=writer.actor, at=at) for a in earlier if a.action not in there]
    if not taken:
        raise Refused(f"В периоде «{source}» нет правок, которых ещё нет в периоде «{period}». Переносить нечего.")
    for amendment in taken:
        _store(writer, amendment)
    codes = [amendment.action for amendment in taken]
    detail = {"period": period, "territory": territory, "from": source, "actions": codes}
    writer.log("advice.carried", f"advice/{period}", detail, at=at)
    return codes


def name_events(writer: Writer, territory: str, names: Sequence[str]) -> None:
    """The events that recommendations of the territory name from now on; none: the general form."""
    names_given = list(dict.fromkeys(" ".join(name.split()).strip('«»"') for name in names if name.strip()))
    writer.unless_moved(basis.events(territory))
    if territory not in writer.reader.territories():
        raise WrongCall(f"Территории «{territory}» нет в реестре. Укажите путь «Регион / Муниципалитет».")
    if len(names_given) > MOST_EVENTS:
        raise WrongCall(f"Мероприятий {len(names_given)}, а в перечне помещается {MOST_EVENTS}. Оставьте главные.")
    longest = max(names_given, key=len, default="")
    if len(longest) > EVENT:
        raise WrongCall(
            f"«{longest[:40]}…»: {counted(len(longest), 'signs')}, а помещается {EVENT}. Сократите название."
        )
    for name in names_given:
        refuse_personal(name, what="Мероприятие")
    at = now()
    values = {
        "id": writer.new_id(),
        "territory": territory,
        "names": "\n".join(names_given),
        "by": writer.actor,
        "at": at,
    }
    writer.run(_INSERT_NAMES, values)
    writer.log("events.named", f"events/{territory}", {"territory": territory, "names": names_given}, at=at)


def _store(writer: Writer, a: Amendment) -> None:
    due = a.deadline
    writer.run(
        _INSERT_AMENDMENT,
        {
            "id": writer.new_id(),
            "period": writer.reader.opening(a.period, a.territory).number,
            "territory": a.territory,
            "action": a.action,
            "words": a.text,
            "addressee": a.addressee,
            "responsible": a.responsible,
            "due": due.form if due else None,
            "due_date": due.date if due else None,
            "due_day": due.day or None if due else None,
            "place": a.place,
            "shown": a.shown,
            "answers": ",".join(a.answers) or None,
            "author": a.author,
            "at": a.at,
        },
    )


def _log_detail(a: Amendment) -> dict[str, object]:
    """What the log keeps of it: whatever was set, and nothing of what is as in the catalogue."""
    due = {"form": a.deadline.form, "date": a.deadline.date, "day": a.deadline.day or None} if a.deadline else None
    every = {
        "period": a.period,
        "territory": a.territory,
        "action": a.action,
        "text": a.text,
        "addressee": a.addressee,
        "responsible": a.responsible,
        "deadline": {k: v for k, v in due.items() if v is not None} if due else None,
        "place": a.place,
        "shown": a.shown,
        "answers": list(a.answers) or None,
    }
    return {name: value for name, value in every.items() if value is not None}


def _check(writer: Writer, a: Amendment) -> None:
    """WrongCall where an amendment does not fit the catalogue, is too long or names a person."""
    writer.reader.opening(a.period, a.territory)
    catalogue = writer.catalogue
    if a.territory not in writer.reader.territories():
        raise WrongCall(f"Территории «{a.territory}» нет в реестре. Укажите путь «Регион / Муниципалитет».")
    if not a.own and a.action not in catalogue.actions:
        raise WrongCall(f"Рекомендации «{a.action}» нет в каталоге. Проверьте код.")
    if a.own and a.action != OWN and not writer.reader.amendment_history(a.period, a.action, a.territory):
        raise WrongCall(f"Своей рекомендации «{a.action}» у этой территории нет. Добавьте её заново.")
    if a.own and not (a.text and a.addressee):
        raise WrongCall("У своей рекомендации нет текста или адресата. Впишите, что сделать, и выберите, кому.")
    if a.answers and not a.own:
        raise WrongCall("На какие проблемы отвечает рекомендация каталога, решает каталог. Добавьте свою рекомендацию.")
    if unknown := [code for code in a.answers if code not in catalogue.problems]:
        raise WrongCall(f"Проблемы «{unknown[0]}» нет в каталоге. Проверьте код.")
    if a.addressee is not None and a.addressee not in catalogue.addressees:
        raise WrongCall(f"Адресата «{a.addressee}» нет в каталоге. Есть: {', '.join(catalogue.addressees)}.")
    if a.place is not None and not 1 <= a.place <= MOST_PLACES:
        raise WrongCall(f"Место {a.place} в перечне: ожидалось число от 1 до {MOST_PLACES}.")
    _check_text(a.text, TEXT, LONGEST)
    _check_text(a.responsible, "Ответственный", POST)
    if a.deadline is not None:
        _check_deadline(writer, a, a.deadline)


def _check_text(text: str | None, what: str, most: int) -> None:
    if text is None:
        return
    if what == TEXT and not text.strip():
        raise WrongCall(f"{what}: поле пустое. Впишите одну-две фразы или верните слова каталога.")
    if len(text) > most:
        raise WrongCall(f"{what}: {counted(len(text), 'signs')}, а помещается {most}. Сократите текст.")
    refuse_personal(text, what=what)


def _check_deadline(writer: Writer, a: Amendment, due: Deadline) -> None:
    ends = writer.reader.period(a.period, territory=a.territory).ends
    if (due.form == "day") != (due.date is not None):
        raise WrongCall("Срок: день указывают, только если срок — день. Выберите вид срока и день заново.")
    if due.date is not None and due.date <= ends:
        raise WrongCall(
            f"Срок {due.date:%d.%m.%Y} раньше, чем кончается период ({ends:%d.%m.%Y}). Выберите более поздний день."
        )


_INSERT_AMENDMENT = """
INSERT INTO amendment (amendment_id, period_id, territory, action, words, addressee, responsible, due, due_date,
  due_day, place, shown, answers, author, happened_at)
VALUES ($id, $period, $territory, $action, $words, $addressee, $responsible, $due, $due_date,
  $due_day, $place, $shown, $answers, $author, $at)
"""
_INSERT_NAMES = """
INSERT INTO event_names (event_names_id, territory, names, author, happened_at)
VALUES ($id, $territory, $names, $by, $at)
"""
