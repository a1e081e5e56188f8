"""The promise: a file is read exactly as a careful clerk would read it, or refused with every reason; never wrongly."""

from __future__ import annotations

import random
from collections import Counter

import polluted
import pollution
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from intake_files import GOOD, HEADER, SINGLE, check, codes, found, good, numbers, ods_of, text, xls_of, xlsx_of
from thinned import thinned

from proforient.monitoring import Reason

LEVELS = {"s5": ("Начальное", "Основное", "Среднее"), "g2": ("Основное", "Среднее")}
NAMES = {
    "s5": ("МБОУ СОШ № 5", "мбоу сош №5", "МБОУ  СОШ N 5", "0105012345", "s5"),
    "g2": ("МБОУ Гимназия № 2", "МБОУ ГИМНАЗИЯ № 2", "g2", "0105099999"),
}
CODES = {"Начальное": "primary", "Основное": "basic", "Среднее": "secondary"}
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp1251", "cp866", "koi8-r", "mac_cyrillic")


@st.composite
def tables(draw):
    """What the rows mean: (organisation, level) -> a pair of numbers, or «нет данных» for both."""
    cells = [(school, level) for school, levels in LEVELS.items() for level in levels]
    chosen = draw(st.lists(st.sampled_from(cells), min_size=2, max_size=5, unique=True))
    table = {}
    for cell in chosen:
        whole = draw(st.integers(0, 4000))
        table[cell] = draw(st.just("н/д")) if draw(st.integers(0, 9)) == 0 else (draw(st.integers(0, whole)), whole)
    return table


def meant(table):
    """The values that a clerk would write down."""
    found = {}
    for (school, level), pair in table.items():
        for count, number in zip(("covered", "pupils"), (pair, pair) if pair == "н/д" else pair, strict=True):
            said = Reason.NO_DATA if number == "н/д" else number
            found[school, count, CODES[level], "all"] = said
    return found


def spelled(draw, number):
    """One usual writing of a number."""
    if number == "н/д":
        return draw(st.sampled_from(["н/д", "Н/Д", "нет данных", "…"]))
    text = str(number)
    grouped = f"{number:,}".replace(",", draw(st.sampled_from([" ", "\u00a0"])))
    return draw(st.sampled_from([text, grouped, f" {text} ", f"{text} чел.", f"{text},0"]))


@st.composite
def files(draw):
    """The same table in one of the many ways in which schools write it; with what it means."""
    table = draw(tables())
    body = []
    for (school, level), pair in table.items():
        upper, lower = (pair, pair) if pair == "н/д" else pair
        row = [
            draw(st.sampled_from(NAMES[school])), draw(st.sampled_from(["2024", "2024 год"])),
            draw(st.sampled_from(["coverage", "1"])), draw(st.sampled_from([level, level.upper()])),
            draw(st.sampled_from(["все", "Все"])), spelled(draw, upper), spelled(draw, lower),
        ]  # fmt: skip
        body.append(row)
        if draw(st.integers(0, 4)) == 0:
            body.append([""] * 7)
    if draw(st.booleans()) and all(pair != "н/д" for pair in table.values()):
        total = [sum(pair[side] for pair in table.values()) for side in (0, 1)]
        body.append(["Итого", "", "", "", "", *map(str, total)])
    above = draw(st.lists(st.sampled_from(["Мониторинг профориентации", "Отчёт за год", ""]), max_size=3))
    below = draw(st.lists(st.sampled_from(["* по состоянию на 1 октября", ""]), max_size=2))
    numbered = [[str(n) for n in range(1, 8)]] if draw(st.booleans()) else []
    order = draw(st.permutations(range(7)))
    head = draw(
        st.sampled_from([HEADER, tuple(h.upper() for h in HEADER), tuple(h.replace("ие", "ие ") for h in HEADER)])
    )
    lines = [[line] for line in above]
    lines += [[head[at] for at in order], *numbered, *([row[at] for at in order] for row in body)]
    lines += [[line] for line in below]
    return draw(encoded(lines)), meant(table)


@st.composite
def encoded(draw, lines):
    kind = draw(st.sampled_from(["csv"] * 5 + ["xlsx", "xls", "ods"]))
    if kind != "csv":
        made = {"xlsx": xlsx_of, "xls": xls_of, "ods": ods_of}[kind]
        # An ИНН stays a text: as a number it would lose its leading zero, and such a one is asked about.
        whole = [
            [int(c) if kind == "xlsx" and c.isdigit() and c[0] != "0" else c or None for c in line] for line in lines
        ]
        return made(*whole[1:], header=whole[0])
    separator, end = draw(st.sampled_from(";,\t|")), draw(st.sampled_from(["\n", "\r\n"]))
    always = draw(st.booleans())
    text = end.join(separator.join(quoted(cell, separator, always=always) for cell in line) for line in lines) + end
    encoding = draw(st.sampled_from(ENCODINGS))
    if encoding not in ("utf-8", "utf-8-sig", "utf-16", "cp1251"):
        text = text.replace("…", "н/д").replace("\u00a0", " ")
    if encoding in ("cp866", "koi8-r"):
        text = text.replace("№", "N")
    return text.encode(encoding)


def quoted(cell, separator, *, always):
    if always or any(sign in cell for sign in (separator, '"', "\n")):
        return '"' + cell.replace('"', '""') + '"'
    return cell


@settings(max_examples=150, deadline=None)
@given(files())
def test_a_table_is_read_the_same_however_it_is_written(file):
    data, wanted = file
    screening = check(data, "отчёт")
    told = [(f.code, f.row, f.column, f.value) for f in screening.findings if f.severity == "error"]
    assert screening.acceptable, (told, screening.unanswered)
    assert numbers(screening) == wanted
    assert screening.rows_used + len(screening.set_aside) == screening.rows_read


def test_the_clean_tables_are_read_exactly():
    for layout, many in (("long", 20), ("single", 14), ("wide", 20), ("widest", 10), ("form", 20)):
        assert len(numbers(polluted.clean(layout))) == len(numbers(polluted.in_workbook(layout))) == many
        assert polluted.clean(layout).acceptable and polluted.in_workbook(layout).acceptable


def in_words(row):
    """A row of the single layout glued into one cell, as another separator leaves it."""
    return ",".join(map(str, row))


PLAIN = [
    *(("МБОУ СОШ № 5", "pupils", "Основное", "все", 960), ("МБОУ СОШ № 5", "covered", "Основное", "все", 482)),
    *(("МБОУ Гимназия № 2", "pupils", "Основное", "все", 700), ("МБОУ Гимназия № 2", "page", "В целом", "все", "да")),
]


@pytest.mark.parametrize("at", range(4))
@pytest.mark.parametrize("made", [text, xlsx_of])
def test_a_row_that_holds_a_number_is_never_set_aside_as_one_without(made, at):
    def changed(row):
        return check(made(*PLAIN[:at], row, *PLAIN[at + 1 :], header=SINGLE))

    assert check(made(*PLAIN, header=SINGLE)).acceptable
    glued = changed((in_words(PLAIN[at]),))
    assert not glued.acceptable and {"ragged-row", "row-not-read"} & set(codes(glued))
    if at < 3:
        for place in range(4):  # a cell deleted, those right of it moved to the left
            shifted = changed((*PLAIN[at][:place], *PLAIN[at][place + 1 :], ""))
            told = [*codes(shifted), *codes(shifted, "warning"), *(q.kind for q in shifted.unanswered)]
            assert told, (at, place)


def test_a_total_that_begins_like_a_phone_is_a_total():
    head = ("Знаменатель", "Показатель", "Уровень", "Категория", "Числитель", "Организация")
    rows = [(4000, "coverage", level, "все", 5, "МБОУ СОШ № 5") for level in ("Основное", "Среднее")]
    assert check(xlsx_of(*rows, (), (8000, None, None, None, 10, "Итого"), header=head)).acceptable


def test_a_number_in_a_row_above_the_header_is_told():
    screening = check(text(GOOD, HEADER, good(level="Среднее"), header=None))
    assert [(f.row, f.severity) for f in found(screening, "row-above-header")] == [(1, "error")]
    assert check(text(("2024",), ("Итого по району", "", 1240), HEADER, GOOD, header=None)).acceptable


@pytest.mark.parametrize("header, blank", [(HEADER, ("", "")), (SINGLE, ("",))])
def test_an_organisation_named_without_any_number_is_asked_about(header, blank):
    row = GOOD if header is HEADER else PLAIN[0]
    screening = check(text(row, ("МБОУ Гимназия № 2", *row[1 : -len(blank)], *blank), header=header))
    (told,) = found(screening, "rows-unfilled")
    assert (told.row, told.severity) == (3, "warning") and "МБОУ Гимназия № 2" in told.message
    own = check(text(row, (*row[: -len(blank)], *blank), header=header))
    assert own.acceptable and not found(own, "rows-unfilled")


def test_rows_of_which_only_their_number_is_left_are_asked_about():
    (told,) = found(check(text((1, *GOOD), (2, *[""] * 7), (3, *[""] * 7), header=("№ п/п", *HEADER))), "rows-unfilled")
    assert told.row == 3 and "таких строк 2" in told.message


@pytest.mark.parametrize("layout", [*pollution.LAYOUTS, "form"])
def test_of_polluted_files_of_each_layout_none_is_silently_wrong(layout):
    """All of them are read by ``make soak``."""
    every = list(polluted.texts(layout))
    chosen = random.Random(5).sample(every, 60) + every[-25:]
    told = Counter()
    for name, dirty in chosen:
        outcome = polluted.outcome(check(dirty), polluted.clean(layout), dirty)
        assert outcome not in ("silently wrong", "blank"), name
        assert outcome != "told" or name.startswith("row emptied"), name
        told[outcome] += 1
    assert told["exact"] >= 5 and told["refused"] >= 40, told


@pytest.mark.parametrize("layout", thinned([*pollution.LAYOUTS, "form"]))
def test_of_polluted_workbooks_of_each_layout_none_is_silently_wrong(layout):
    every, clean = list(polluted.workbooks(layout)), polluted.in_workbook(layout)
    told = Counter()
    for name, make in random.Random(5).sample(every, 30):
        dirty = make()
        outcome = polluted.outcome(check(dirty), clean, dirty)
        assert outcome not in ("silently wrong", "blank"), name
        told[outcome] += 1
    assert told["refused"] >= 5, told
