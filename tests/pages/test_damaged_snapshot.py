"""A snapshot whose text was changed past the program: named and closed on «Ссылки» by itself, the others go on."""

from __future__ import annotations

from page_words import words

from proforient.access import links
from proforient.monitoring import now
from proforient.store.verify import verify

PLACE = "Челябинская область / Нязепетровский муниципальный район"


def publish(store, title):
    given = {"period": "2023", "territory": PLACE, "cohort": "all", "title": title, "note": "", "days": None}
    with store.write("demo-department", based_on=None) as writer:
        return links.publish(writer, store.catalogue, **given, corrects=None, at=now())


def row_of(at, number):
    """The words of one snapshot's row and the keys of what is offered there."""
    keys = {b.key for b in at.button if b.key and b.key.endswith(f"-{number}")}
    told = next(part for part in words(at).replace("\u00a0", " ").split("№ ") if part.startswith(f"{number} "))
    return told, keys


def test_a_damaged_snapshot_is_named_and_blocked_alone(page, store):
    first, second = publish(store, "Первый"), publish(store, "Второй")
    with store.raw() as cursor:
        cursor.execute("UPDATE publication SET body = replace(body, '2023', '2022') WHERE number = $1", [first.number])
    at = page("links", territory=PLACE, period="2023")
    assert not at.exception
    told, offered = row_of(at, first.number)
    assert "повреждён: изменён в обход программы" in told and not offered
    assert first.token not in words(at)
    told, offered = row_of(at, second.number)
    assert "действует" in told and "повреждён" not in told
    assert offered == {f"links-code-{second.number}", f"links-back-{second.number}"}
    at = next(b for b in at.button if b.label == "Сделать снимок").click().run()
    assert not at.exception
    with store.read() as reader:
        third = reader.publications()[0]
    assert third.number == second.number + 1 and third.whole
    assert "действует" in row_of(page("links", territory=PLACE, period="2023"), third.number)[0]
    assert [(d.code, str(first.number) in d.what) for d in verify(store) if d.code == "text-changed"] == [
        ("text-changed", True)
    ]
