"""Lines of an edited file and the items they were: numbers, wording, deadlines in words."""

from __future__ import annotations

import datetime as dt

import pytest

from proforient.catalogue.entries import Deadline
from proforient.catalogue.read import read_catalogue
from proforient.documents.adopted_text import NumberedLine, adopted, deadline_of, lines_of
from proforient.documents.contents import Contents, DraftItem
from proforient.documents.word_parts import PaperPart
from proforient.settings import ROOT

SAME = "Провести качественный анализ работы организации"
ITEMS = (
    DraftItem(key="a", text=SAME, addressee="heads-of-preschools"),
    DraftItem(key="b", text=SAME, addressee="heads-of-schools"),
    DraftItem(
        key="c",
        text="Открыть профильные классы",
        addressee="heads-of-schools",
        responsible="директор",
        deadline=Deadline(form="day", date=dt.date(2031, 6, 1)),
    ),
    DraftItem(key="d", text="Отдел, которого в этом документе нет", addressee="authority"),
)
ISSUED = {"a": "1.1", "b": "2.1", "c": "2.2"}


def parts(*told):
    return [PaperPart(pieces=((text, ""),)) for text in told]


KEPT = parts(
    "1. Низкая доля охваченных", "1.1. " + SAME + ". Срок: [срок].", "2. Руководителям школ:", "2.1. " + SAME + ".",
    "2.2. Открыть профильные классы. Срок: до 1 июня 2031 года. Ответственный: директор.",
)  # fmt: skip


@pytest.fixture(scope="module")
def compared():
    catalogue = read_catalogue(ROOT / "indicators.toml")
    return lambda *told: adopted(
        Contents(items=ITEMS), KEPT, parts(*told), issued=ISSUED, catalogue=catalogue, names={}
    )


def test_items_of_the_same_words_are_told_apart_by_their_numbers(compared):
    found = compared("1.1. " + SAME + " и доложить.", "2.1. " + SAME + ".", "2.2. Открыть профильные классы.")
    assert [(i.key, i.addressee) for i in found.contents.items] == [(i.key, i.addressee) for i in ITEMS]
    assert found.changes[0].startswith("Пункт 1.1 ") and "изменён текст" in found.changes[0]
    assert [line for line in found.changes if "порядок" in line or "Убран" in line] == []
    assert "Пункт 2.2" in found.changes[1] and "ответственный — не назван; срок — не задан" in found.changes[1]


def test_what_is_moved_taken_out_and_put_in_is_seen(compared):
    found = compared(
        "1. Низкая доля охваченных", "1.1. Открыть профильные классы в каждой школе.", "1.2. " + SAME + ".",
        "1.3. Создать совет по профориентации. Срок: постоянно. Ответственный: отдел воспитания.",
    )  # fmt: skip
    keys = [item.key for item in found.contents.items]
    assert keys[0] == "c" and len(keys) == 4 and keys[-1] == "d"
    came = found.contents.items[2]
    assert (came.text, came.responsible, came.deadline.form) == (
        *("Создать совет по профориентации", "отдел воспитания", "standing"),
    )
    told = " ".join(found.changes)
    assert "Добавлен пункт 1.3" in told and "Убран пункт" in told


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("до 15 июня 2031 года", Deadline(form="day", date=dt.date(2031, 6, 15))),
        ("до 15.06.2031", Deadline(form="day", date=dt.date(2031, 6, 15))),
        ("Постоянно", Deadline(form="standing")),
        ("в течение 2027 года", Deadline(form="year", year=2027)),
        ("в 2026/2027 учебном году", Deadline(form="school_year", year=2026)),
        ("к началу 2026/2027 учебного года", Deadline(form="school_year_start", date=dt.date(2026, 9, 1), year=2026)),
        ("", Deadline()),
        ("31 февраля 2031 года", None),
        ("как можно скорее", None),
    ],
)
def test_a_deadline_in_words_is_a_day_or_said_not_to_be_one(words, due):
    assert deadline_of(words) == due


def test_a_row_of_a_table_is_an_item_by_the_head_of_its_columns():
    table = PaperPart(
        rows=(("№", "Что", "Ответственный", "Срок"), ("1.", "Сделать.\nК проблеме 2.", "отдел", "[срок]"))
    )
    assert lines_of([table]) == [NumberedLine(number="1", text="Сделать", due="", responsible="отдел")]
