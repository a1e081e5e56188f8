"""«Контингент…» on «Период»: a pasted table becomes known numbers, by the rules of ``contingent import``."""

from __future__ import annotations

from page_words import button, words

from proforient.access.roles import Person, Role
from proforient.monitoring import Cell

PLACE = "Челябинская область / Нязепетровский муниципальный район"
SCHOOL, OTHER = "n-school-rechnaya", "n-school-lesnaya"
WIDE = (
    "№\tНаименование организации\tМуниципальное образование\tЧисленность 1–4 кл.\t5–9 классы\t10-11\tВсего\n"
    "1\tШкола «Речная»\tНязепетровский\t58\t71\t\t129\n"
    "2\tЛесная школа [на](http://a.example) горке\tНязепетровский\t120\tмного\t20\t140\n"
    "\tИтого\t\t178\t71\t20\t269\n"
)
LONG = (
    "period;organisation;count;level;cohort;number;source\n"
    f"2023;{SCHOOL};pupils;primary;all;60;ОО-1\n2023;{SCHOOL};pupils;basic;;71;ОО-1\n"
)


def known(store):
    with store.read() as reader:
        found = reader.contingent("2023", territory=PLACE)
    return {(c.organisation, c.cell.level): (c.number, c.source) for c in found}


def said(at):
    return words(at).replace("\u00a0", " ").replace("\u2060", "")


def brought(at, text):
    next(f for f in at.text_area if f.key.startswith("known-text")).set_value(text)
    return button(at, "Прочитать").click().run()


def test_a_table_is_looked_at_asked_about_and_entered_whole_or_not_at_all(page, store):
    at = page("period", period="2023", territory=PLACE)
    button(at, "Контингент…").click().run()
    brought(at, "просто текст")
    assert "Чисел не нашлось" in said(at)
    brought(at, WIDE)
    assert not at.exception
    assert "«много» — нужно целое число" in said(at) and "1–4" in said(at)
    whose = next(s for s in at.selectbox if s.key.startswith("known-whose"))
    assert "Лесная школа \\[на\\](http:\u2060//a.example) горке" in whose.label, "words of a file make no link"
    button(at, "Записать: 2\u00a0числа").click().run()
    assert "Ответьте, чьи это строки" in said(at) and known(store) == {}
    again = WIDE.replace("много", "130").replace("Наименование организации", "Организация")
    brought(button(at, "Другая таблица").click().run(), again)
    whose = next(s for s in at.selectbox if s.key.startswith("known-whose"))
    whose.set_value(OTHER).run()
    button(at, "Записать: 5\u00a0чисел").click().run()
    assert "Откуда эти числа: поле пустое" in said(at) and known(store) == {}
    next(f for f in at.text_input if f.key.startswith("known-source")).set_value("ОО-1 на 20.09.2023").run()
    button(at, "Записать: 5\u00a0чисел").click().run()
    assert not at.exception and "Записан контингент: 5 чисел, 2 организации" in said(at)
    assert {key: n for key, (n, _) in known(store).items()} == {
        (SCHOOL, "primary"): 58, (SCHOOL, "basic"): 71,
        (OTHER, "primary"): 120, (OTHER, "basic"): 130, (OTHER, "secondary"): 20,
    }  # fmt: skip
    # The command's own file; what is there stands beside what comes.
    button(at, "Контингент…").click().run()
    assert "Уже известно: 5 чисел, 2 организации" in said(at)
    brought(at, LONG)
    assert "было 58" in said(at)
    next(f for f in at.text_input if f.key.startswith("known-source")).set_value("ОО-1").run()
    button(at, "Записать: 2\u00a0числа").click().run()
    assert known(store)[SCHOOL, "primary"] == (60, "ОО-1") and len(known(store)) == 5
    with store.read() as reader:
        assert [e.action for e in reader.events(action="contingent.imported")].count("contingent.imported") >= 2
        assert Cell("pupils", "basic", "all") in {c.cell for c in reader.known("2023").contingent}
    head = Person(login="demo-head", role=Role.HEAD, territory=PLACE)
    assert "Контингент…" not in [b.label for b in page("period", period="2023", territory=PLACE, person=head).button]
