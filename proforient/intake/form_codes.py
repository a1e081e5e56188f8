"""The places of the codes in the workbook that we hand out: its maker writes them, its reader looks for them.

One sheet. Three defined names mean one cell each: the organisation's code, the period's code, the sample of the
form. Somewhere stands a cell with the text ``CORNER``, in a hidden row and a hidden column: right of it in that
row ``level/cohort`` codes head the columns of figures, below it in that column stand the codes of counts.

A hidden column with ``END`` at its head repeats the codes of counts, a hidden row that begins with ``END`` those of the
columns: a cell inserted or deleted anywhere between moves a code away from its place. Earlier forms have neither.
"""

NAME_ORGANISATION = "pf_organisation"
NAME_PERIOD = "pf_period"
NAME_FORM = "pf_form"
FORM = "1"  # what the cell pf_form holds; grows when an older form can no longer be read
CORNER = "pf-codes"
END = "pf-end"
BESIDE = "pf-beside"  # heads a row that only tells: earlier numbers, in grey
SEPARATOR = "/"
TITLE_TAIL = ": числа за "  # stands between organisation and period in the title
PART = ", из них "  # stands between level and category in the heading of a column


def column_code(level: str, cohort: str) -> str:
    """The code that heads a column of figures."""
    return f"{level}{SEPARATOR}{cohort}"


def split_column_code(code: str) -> tuple[str, str] | None:
    """Level and cohort of a column's code, or None."""
    level, found, cohort = code.strip().partition(SEPARATOR)
    return (level, cohort) if found and level and cohort else None
