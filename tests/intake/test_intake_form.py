"""The form sent back: whose it is, and whether what is seen on it means what its hidden codes mean."""

from __future__ import annotations

import csv
import datetime as dt
import io
from dataclasses import replace

import openpyxl
import pytest
from intake_files import PERIOD, SCHOOLS, catalogue, check, codes, found, numbers
from thinned import thinned

from proforient.documents.form import form
from proforient.intake.positions import index_of
from proforient.monitoring import Organisation

S5 = SCHOOLS["s5"]
OTHER: Organisation = SCHOOLS["g2"]
BEFORE = replace(PERIOD, code="2023", starts=dt.date(2023, 1, 1), ends=dt.date(2023, 12, 31))


def sent(change=None, whose=S5, period=PERIOD, catalogue_=None):
    """The form with 240 and 45 at basic education, changed with openpyxl as a person would."""
    book = openpyxl.load_workbook(io.BytesIO(form(catalogue_ or catalogue(), whose, period)))
    sheet = book.active
    column = column_of(sheet, "basic/all")
    sheet.cell(row_of(sheet, "pupils"), column).value = 240
    sheet.cell(row_of(sheet, "covered"), column).value = 45
    if change:
        change(sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def column_of(sheet, code):
    return next(cell.column for cell in sheet[5] if cell.value == code)


def row_of(sheet, code):
    return next(row[0].row for row in sheet.iter_rows(max_col=1) if row[0].value == code)


def test_the_form_as_it_was_given_is_read():
    screening = check(sent(), organisation="s5")
    assert screening.acceptable and codes(screening) == codes(screening, "warning") == []
    expected = {("s5", "pupils", "basic", "all"): 240, ("s5", "covered", "basic", "all"): 45}
    assert numbers(screening) == expected


def as_csv(data):
    """What Excel makes of the form under «CSV»."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    for row in openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows(values_only=True):
        writer.writerow(["" if cell is None else cell for cell in row])
    return out.getvalue()


@pytest.mark.parametrize("kind", [bytes, as_csv], ids=["xlsx", "csv"])
@pytest.mark.parametrize("register", ["all", "own"])
def test_a_form_of_another_organisation_is_a_hard_stop(kind, register):
    known = SCHOOLS if register == "all" else {"s5": S5}  # a school knows of itself only
    screening = check(kind(sent(whose=OTHER)), organisation="s5", organisations=known)
    assert codes(screening) == ["form-of-other"] and not screening.values and not screening.unanswered
    (stop,) = found(screening, "form-of-other")
    assert "Это бланк другой организации: «МБОУ Гимназия № 2»" in stop.message and stop.row is None
    assert screening.rows_used == 0 and len(screening.set_aside) == screening.rows_read


@pytest.mark.parametrize("kind", [bytes, as_csv], ids=["xlsx", "csv"])
def test_a_form_of_another_period_is_a_hard_stop(kind):
    screening = check(kind(sent(period=BEFORE)), organisation="s5")
    assert codes(screening) == ["form-of-other-period"] and not screening.values
    assert "Это бланк за другой период: 2023" in found(screening, "form-of-other-period")[0].message


def test_a_file_of_several_takes_a_form_for_the_organisation_that_it_is_of():
    screening = check(sent(whose=OTHER))
    assert screening.acceptable and {v.organisation for v in screening.values} == {"g2"}


def test_a_form_of_another_catalogue_is_one_line():
    def older(sheet):
        for code in ("pupils", "covered"):
            sheet.cell(row_of(sheet, code), 1).value = f"old-{code}"

    screening = check(sent(older), organisation="s5")
    assert codes(screening) == ["form-other"] and not screening.unanswered
    assert "«Численность обучающихся» и ещё 1" in found(screening, "form-other")[0].message


def swap_heads(sheet):
    a, b = column_of(sheet, "basic/all"), column_of(sheet, "primary/all")
    sheet.cell(4, a).value, sheet.cell(4, b).value = sheet.cell(4, b).value, sheet.cell(4, a).value


def head_of_cohort(sheet):
    sheet.cell(4, column_of(sheet, "basic/all")).value += ", из них ОВЗ и инвалиды"


def head_of_year(sheet):
    sheet.cell(4, column_of(sheet, "basic/all")).value = "Основное общее образование, 2022 год"


def head_gone(sheet):
    sheet.cell(4, column_of(sheet, "basic/all")).value = None


def swap_rows(sheet):
    a, b = row_of(sheet, "pupils"), row_of(sheet, "covered")
    sheet.cell(a, 2).value, sheet.cell(b, 2).value = sheet.cell(b, 2).value, sheet.cell(a, 2).value


def sort_names(sheet):
    names = sorted(str(sheet.cell(row, 2).value) for row in range(6, sheet.max_row + 1))
    for row, name in enumerate(names, start=6):
        sheet.cell(row, 2).value = name


def rename_row(sheet):
    sheet.cell(row_of(sheet, "pupils"), 2).value = "План: численность"


def row_name_gone(sheet):
    sheet.cell(row_of(sheet, "pupils"), 2).value = None


def names_moved_down(sheet):
    for row in range(sheet.max_row, 6, -1):
        sheet.cell(row, 2).value = sheet.cell(row - 1, 2).value


def title_of_other(sheet):
    sheet["B2"] = "МБОУ Гимназия № 2: числа за 2024 год"


def title_of_other_year(sheet):
    sheet["B2"] = "МБОУ СОШ № 5: числа за 2023 год"


@pytest.mark.parametrize(
    "change",
    [
        *(swap_heads, head_of_cohort, head_of_year, head_gone, swap_rows, sort_names, rename_row, row_name_gone),
        *(names_moved_down, title_of_other, title_of_other_year),
    ],
    ids=lambda f: f.__name__,
)
def test_what_is_seen_must_mean_what_the_codes_mean(change):
    screening = check(sent(change), organisation="s5")
    assert not screening.acceptable and "form-words-differ" in codes(screening)
    told = found(check(as_csv(sent(change)), organisation="s5"), "form-words-differ")
    bare = [f.column for f in told if index_of(f.column)]
    assert told and bare == ["E"] * (change is head_gone), "a column is called by its heading"


@pytest.mark.parametrize("words", ["План на 2024 год", "за 2022 год", "тыс. человек", "МБОУ Гимназия № 2"])
@pytest.mark.parametrize("where", ["B3", "C2", "B200"])
def test_words_written_into_the_form_may_not_say_otherwise(words, where):
    def write(sheet):
        sheet[where] = words

    screening = check(sent(write), organisation="s5")
    assert not screening.acceptable and "words-contradict" in codes(screening)


def pushed(sheet, row, column, *, step, down=False):
    """A cell inserted (1) or deleted (-1), as Excel shifts what is right of it or below it."""
    every = range(column if not down else row, 40)
    cells = [sheet.cell(row, at) if not down else sheet.cell(at, column) for at in every]
    values = [cell.value for cell in cells]
    for cell, value in zip(cells, [None, *values] if step > 0 else [*values[1:], None], strict=False):
        cell.value = value


def whole_form(change=None):
    """The form with a number or an answer in every cell that is asked for."""

    def fill(sheet):
        for row in sheet.iter_rows(min_row=6, min_col=3):
            for cell in row:
                if cell.value is None and not cell.protection.locked:
                    code, part = sheet.cell(cell.row, 1).value, sheet.cell(5, cell.column).value.endswith("/disability")
                    every = {"pupils": 300, "covered": 150}.get(code, 40)
                    cell.value = "да" if code == "page" else every // (10 if part else 1) + cell.column
        if change:
            change(sheet)

    return sent(fill)


@pytest.mark.parametrize("kind", [bytes, as_csv], ids=["xlsx", "csv"])
@pytest.mark.parametrize("code", ["pupils", "covered", "diagnosed", "leavers-home"])
@pytest.mark.parametrize("step", [-1, 1])
@pytest.mark.parametrize("down", thinned([False, True], first=1))
def test_a_cell_shifted_anywhere_is_seen_by_the_codes_behind_and_below(kind, code, step, down):
    def shift(sheet):
        row = row_of(sheet, code)
        first = next(at for at in range(3, 12) if isinstance(sheet.cell(row, at).value, int))
        pushed(sheet, row, first, step=step, down=down)

    assert check(kind(whole_form()), organisation="s5").acceptable
    screening = check(kind(whole_form(shift)), organisation="s5")
    assert not screening.acceptable and found(screening, "form-cells-shifted")


def as_before(sheet):
    """The form as it was given before its codes stood behind and below the figures, too."""
    for row in sheet.iter_rows(min_row=5):
        for cell in row:
            if cell.value == "pf-end" or (cell.column > 11 and cell.value) or sheet.cell(cell.row, 1).value == "pf-end":
                cell.value = None


def test_a_form_of_the_earlier_sample_is_read_and_its_gaps_at_the_end_are_asked_about():
    assert check(whole_form(as_before), organisation="s5").values == check(whole_form(), organisation="s5").values

    def shift(sheet):
        as_before(sheet)
        pushed(sheet, row_of(sheet, "diagnosed"), 9, step=-1)

    (told,) = found(check(whole_form(shift), organisation="s5"), "form-cells-shifted")
    assert (told.severity, told.row, told.column) == ("warning", 8, "J")


@pytest.mark.parametrize("sign", [",", "\t", " ", "|", ", "])
@pytest.mark.parametrize("code", ["covered", "page", "events"])
def test_a_row_of_the_form_glued_into_one_cell_is_refused(code, sign):
    lines = as_csv(whole_form()).splitlines()
    at = next(at for at, line in enumerate(lines) if line.startswith(f"{code};"))
    screening = check("\n".join([*lines[:at], lines[at].replace(";", sign), *lines[at + 1 :], ""]), organisation="s5")
    assert not screening.acceptable


def test_a_form_saved_as_csv_is_taken_for_its_own_organisation():
    screening = check(as_csv(sent()))
    assert screening.acceptable and {v.organisation for v in screening.values} == {"s5"}


def test_a_number_written_above_the_form_s_codes_is_told():
    def write(sheet):
        sheet["E3"] = 17

    assert "form-codes-lost" in codes(check(sent(write), organisation="s5"))


def row_code_gone(sheet):
    sheet.cell(row_of(sheet, "pupils"), 1).value = None


def column_code_gone(sheet):
    sheet.cell(5, column_of(sheet, "basic/all")).value = None


def corner_gone(sheet):
    sheet["A5"] = None


def row_inserted(sheet):
    sheet.cell(sheet.max_row + 1, 4).value = 17


@pytest.mark.parametrize(
    "change", [row_code_gone, column_code_gone, corner_gone, row_inserted], ids=lambda f: f.__name__
)
def test_figures_without_their_codes_are_refused(change):
    screening = check(sent(change), organisation="s5")
    assert not screening.acceptable and "form-codes-lost" in codes(screening)


@pytest.mark.parametrize("kind", [bytes, as_csv], ids=["xlsx", "csv"])
def test_what_is_found_in_a_form_is_placed_by_what_can_be_seen_of_it(kind):
    def spoilt(sheet):
        column = column_of(sheet, "basic/all")
        sheet.cell(row_of(sheet, "pupils"), column).value = "около 240"
        sheet.cell(row_of(sheet, "covered"), column_of(sheet, "primary/all")).value = -3
        sheet.cell(row_of(sheet, "diagnosed"), column_of(sheet, "primary/all")).value = 5
        sheet.cell(row_of(sheet, "diagnosed"), 1).value = None
        sheet.column_dimensions["D"].hidden = True

    screening = check(kind(sent(spoilt)), organisation="s5")
    assert screening.header_row == 4
    assert screening.headings[3] == "Начальное общее образование"
    assert screening.headings[2] == "Что спрашивают"
    told = [f for f in screening.findings if f.severity != "note"]
    assert {"not-a-number", "negative", "form-codes-lost"} <= {f.code for f in told}
    for f in told:
        said = f"{f.message} {f.to_do} {f.column}"
        assert f.row != 5 and f.column not in ("A", "pf-codes") and "/all" not in said and "primary" not in said, f
    (negative,) = found(screening, "negative")
    assert negative.column == ("C" if kind is bytes else "Начальное общее образование")
    if kind is bytes:
        (hidden,) = [f for f in found(screening, "hidden-column") if f.column == "D"] or [None]
        assert hidden is None or "/" not in hidden.message
