"""The code of a period gives its days, in every kind, and nothing else is taken for a code."""

import datetime as dt

import pytest

from proforient.errors import WrongCall
from proforient.store.periods import period_span


@pytest.mark.parametrize(
    ("code", "kind", "starts", "ends"),
    [
        ("2024", "year", dt.date(2024, 1, 1), dt.date(2024, 12, 31)),
        ("2021/2022", "school_year", dt.date(2021, 9, 1), dt.date(2022, 8, 31)),
        ("2024-1", "half_year", dt.date(2024, 1, 1), dt.date(2024, 6, 30)),
        ("2024-2", "half_year", dt.date(2024, 7, 1), dt.date(2024, 12, 31)),
        ("2024-02-29", "date", dt.date(2024, 2, 29), dt.date(2024, 2, 29)),
    ],
)
def test_a_code_gives_the_first_and_last_day(code, kind, starts, ends):
    assert period_span(code, kind) == (starts, ends)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("24", "year"),
        ("0000", "year"),
        ("1024", "year"),
        ("2024 ", "year"),
        ("２０２４", "year"),
        ("2021/2023", "school_year"),
        ("2021-2022", "school_year"),
        ("2021/2022", "year"),
        ("2024-3", "half_year"),
        ("2023-02-29", "date"),
        ("20240101", "date"),
        ("", "year"),
    ],
)
def test_a_code_of_another_shape_is_refused_with_an_example(code, kind):
    with pytest.raises(WrongCall, match="Ожидался код как «20"):
        period_span(code, kind)


def test_an_unknown_kind_is_refused_with_the_known_ones():
    with pytest.raises(WrongCall, match="school_year"):
        period_span("2024", "quarter")  # type: ignore[arg-type]
