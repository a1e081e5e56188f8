"""No text of a user holds the program: what reads it takes time in proportion to its length.

Every run looks that a text of ``HELD`` signs does not hold its reader; the long one measures how the time grows.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import re
import sys
import textwrap
import time
from pathlib import Path

import pytest
from hostile import HeldError, Used, again, ends, expressions, texts
from thinned import thinned

sys.path.insert(0, str(Path(__file__).parent / "intake"))
from intake_files import catalogue, known

from proforient.catalogue.name_keys import fold_organisation, normalise
from proforient.documents.adopted_text import adopted
from proforient.documents.contents import Contents, DraftItem
from proforient.documents.word_parts import PaperPart
from proforient.errors import ProforientError, WrongCall
from proforient.intake.encoding import Undecodable, decode, garbled
from proforient.intake.findings import clip
from proforient.intake.headings import read_heading
from proforient.intake.limits import TooLarge
from proforient.intake.model import Answers, Reading, Sheet, SheetRow
from proforient.intake.numbers import parse_answer, parse_count, text_of
from proforient.intake.periods import read_period
from proforient.intake.personal import in_explanations, kind_of, names_a_person, refuse_personal
from proforient.intake.positions import concerns
from proforient.intake.resolve import Resolver
from proforient.intake.roll.comparison import compare
from proforient.intake.roll.rows import rows_of
from proforient.intake.rows import _kind
from proforient.intake.text_rows import BrokenQuotes, read_separated
from proforient.wording import typo
from proforient.wording.labels import shortened

SMALL, SIZES = 300, (1_250, 5_000, 20_000, 80_000)
HELD = 120_000  # signs; gone through again for each of its signs, they take minutes
WORST = 3  # texts of an expression that are tried in full
STEP = 2.5  # twice the text, at most so many times the CPU
AGAIN = 5  # further rounds of what looks slow; a text that is really gone through again and again stays slow in all
LONG = 0.2  # seconds from which no longer text is needed
TELLING = 0.03  # seconds below which a clock says nothing


def took(run, text, repeats=1):
    best = 9.0
    for _ in range(repeats):
        began = time.process_time()
        run(text)
        best = min(best, time.process_time() - began)
    return best


def grows(make, run):
    """How the time grows where it grows faster than the text, doubled twice; None: it does not."""
    for size in SIZES:
        now = took(run, make(size))
        if now > LONG:
            break
    if now < TELLING or (now := min(now, took(run, make(size), 2))) < TELLING:  # one slow run may be the machine's own
        return None
    before = took(run, make(size // 4), 3)
    for _ in range(AGAIN):  # what looks slow is measured again, in turns: the machine may have been busy with others
        if now <= STEP * STEP * before:
            return None
        before, now = min(before, took(run, make(size // 4))), min(now, took(run, make(size)))
    return f"{size // 4}: {before:.4f} s, {size}: {now:.4f} s" if now > STEP * STEP * before else None


def hardest(used: Used):
    """The few texts that take longest, by method."""
    timed = []
    for name, text in texts(used.pattern, SMALL):
        for method in used.methods:
            timed.append((took(lambda given, m=method: used.run(m, given), text), method, name))
    return [(method, name) for _, method, name in sorted(timed, reverse=True)[:WORST]]


EXPRESSIONS = expressions()


def test_what_is_held_is_ended():
    with pytest.raises(HeldError), ends(0.1):
        re.search("(а|а)*б", "а" * 100)


@pytest.mark.parametrize("used", thinned(EXPRESSIONS, 3), ids=lambda used: used.where)
def test_an_expression_is_not_held_by_a_long_text(used):
    for method, name in hardest(used):
        with ends():
            used.run(method, again(name, used.pattern, HELD))


@pytest.mark.soak
@pytest.mark.parametrize("used", EXPRESSIONS, ids=lambda used: used.where)
def test_an_expression_takes_time_in_proportion_to_the_text(used):
    for method, name in hardest(used):
        slow = grows(lambda size: again(name, used.pattern, size), lambda text: used.run(method, text))  # noqa: B023
        assert slow is None, f"{used.where}.{method} on {name}: {slow}; {used.pattern.pattern}"


HOSTILE = (
    *(
        "а",
        "1",
        " ",
        "-",
        ".",
        "«",
        "/",
        "(",
        "Аа Бб ",
        "АА ББ ",
        "им. Аа Бб ",
        "ул. Аа Бб ",
        "Анна Ааа ",
        "А. А. Ааа ",
    ),
    *(
        "a-",
        "1-",
        "n ",
        "nо",
        "№ ",
        "кол во ",
        "1 000 ",
        "1,",
        "н/д ",
        "сош ",
        "8 (900) ",
        "+7",
        "123-",
        "\u0301",
        "ё ё",
    ),
    *("Р°", "????", "Ааааов ", "школа № 1, ", "а - ", "Директор А. ", "\u200b", "\u2028"),
)
ENDS = ("", "@", "1")


def names_of_a_district():
    return Resolver(catalogue(), known(), Answers())


def test_what_a_person_types_is_bounded():
    with pytest.raises(WrongCall, match=r"10.000.знаков"):
        refuse_personal("а" * 10_001, what="Замечание")
    assert "10\u00a0000\u00a0знаков" in in_explanations(["верно", "а" * 10_001])
    assert in_explanations(["верно"]) == ""


def in_a_list(text):
    """The text as a cell under each heading of a list of organisations, and beside the register."""
    heads = ("Название", "Полное наименование", "Вид", "Уровни", "Муниципалитет", "Дата открытия", "ИНН", "Почта")
    lines = (heads, (text,) * len(heads), ("Школа № 5", *(text,) * (len(heads) - 1)), (text,))
    for given in (lines, lines[1:]):
        sheet = Sheet(name="", rows=tuple(SheetRow(number=n, cells=cells) for n, cells in enumerate(given, 1)))
        reading = Reading(name="", sha256="", size=0, kind="csv", sheets=(sheet,))
        compare(rows_of(reading, catalogue(), "Край"), known().organisations.values(), dt.date(2024, 1, 1))


def in_an_adopted_text(text):
    """The text as a paragraph, as an item and in each cell of a table of a Word file that comes back."""
    before = Contents(items=(DraftItem(key="a", text=text, addressee="heads-of-schools"),))

    def parts(end):
        told = (f"1.1. {text}{end}", f"1.2. Сделать. Срок: {text}{end}. Ответственный: {text}", text)
        table = PaperPart(rows=(("№", "Что", "Срок", "Ответственный"), ("1.", text + end, text, text), (text,) * 4))
        return [table, *(PaperPart(pieces=((words, ""),)) for words in told)]

    adopted(before, parts(""), parts(" и доложить"), issued={"a": "1.1"}, catalogue=catalogue(), names={})


READERS = {
    "kind_of": kind_of.__wrapped__,
    "a list of organisations": in_a_list,
    "names_a_person": names_a_person,
    "an adopted text": in_an_adopted_text,
    "normalise": normalise.__wrapped__,
    "fold_organisation": fold_organisation.__wrapped__,
    "text_of": lambda text: text_of(text + " "),
    "parse_count": parse_count.__wrapped__,
    "parse_answer": parse_answer,
    "read_period": read_period.__wrapped__,
    "garbled": garbled.__wrapped__,
    "decode": lambda text: decode(text.encode("cp1251", "replace")),
    "read_separated": lambda text: read_separated("\n".join(textwrap.wrap(text, 30_000, drop_whitespace=False))),
    "read_heading": lambda text: read_heading(names_of_a_district(), 1, (text,)),
    "question": lambda text: names_of_a_district().question("organisation", text),
    "question of an indicator": lambda text: names_of_a_district().question("indicator", text),
    "clip": clip,
    "typo": typo,
    "kind of a total": _kind,
    "concerns": lambda text: concerns(text, "", 1),
    "shortened": shortened,
}


def hardest_for(reader):
    """How that reader is called, and the few texts that take it longest, as makers of any size."""

    def run(text):
        with contextlib.suppress(ProforientError, Undecodable, BrokenQuotes, TooLarge):
            READERS[reader](text)

    def maker(pump, end):
        return lambda size: pump * (size // len(pump)) + end

    tried = [(took(run, maker(pump, end)(1_000)), pump, end) for pump in HOSTILE for end in ENDS]
    return run, [(f"{pump!r} and {end!r}", maker(pump, end)) for _, pump, end in sorted(tried, reverse=True)[:WORST]]


@pytest.mark.parametrize("reader", thinned(READERS))
def test_what_reads_a_text_is_not_held_by_a_long_one(reader):
    run, texts_of = hardest_for(reader)
    for _, make in texts_of:
        with ends():
            run(make(HELD))


@pytest.mark.soak
@pytest.mark.parametrize("reader", READERS)
def test_what_reads_a_text_takes_time_in_proportion_to_it(reader):
    run, texts_of = hardest_for(reader)
    for name, make in texts_of:
        slow = grows(make, run)
        assert slow is None, f"{reader} on {name}: {slow}"
