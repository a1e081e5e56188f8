"""What long, wide and form tables have in common: keys of a row, and figures under their headings."""

from __future__ import annotations

from proforient.intake.case import Given, NamingCell, Trouble
from proforient.intake.layout import Table
from proforient.intake.model import Answers, CellValue, SheetRow
from proforient.intake.numbers import BLANK, DASH, Fault, Parsed, parse_answer, parse_count
from proforient.intake.personal import MASK
from proforient.intake.resolve import Resolver
from proforient.intake.rows import mark_of
from proforient.monitoring import Reason

_DASHES: dict[str, Parsed] = {"zero": 0, "no_data": Reason.NO_DATA, "not_applicable": Reason.NOT_APPLICABLE}
UNSURE = frozenset({"footnote-glued", "struck-out", "not-shown"})  # marks of a name that may not be what it seems
_Whose = tuple[tuple[NamingCell, ...], str | None, tuple[Trouble, ...]]


def disagreement(parsed: Parsed, seen: Parsed, *, zero_is_zero: bool) -> str:
    """The finding of a cell that holds ``parsed`` and shows ``seen``; empty when they agree or a nought is blank."""
    if (parsed == seen and not isinstance(parsed, Fault)) or (is_hidden_zero(parsed, seen) and zero_is_zero):
        return ""
    if seen is BLANK:
        return "not-shown"
    return "percent-in-count" if seen == Fault("percent-in-count") else "shown-otherwise"


def is_hidden_zero(parsed: Parsed, seen: Parsed) -> bool:
    """Whether a nought is shown as a dash or not at all, as accountants like it."""
    return parsed == 0 and (seen is BLANK or seen is DASH)


class TableReader:
    """Reads cells of one table; what concerns the whole file (the organisation it is sent for, the dash) is here."""

    def __init__(self, table: Table, names: Resolver, answers: Answers, organisation: str | None) -> None:
        self.table = table
        self.names = names
        self.organisation = organisation
        self.sides = self._columns("numerator", "denominator", "value")
        self.about_columns = tuple(self._columns("code", "indicator", "level", "cohort").values())
        self._organisations: dict[tuple[CellValue, ...], _Whose] = {}
        self._organisation_columns = tuple(c.index for c in table.columns if c.role in ("inn", "organisation"))
        self.understood: dict[object, object] = {}  # what rows of the same words are about
        self._dash: Parsed = _DASHES.get(answers.dash, DASH)

    def _columns(self, *roles: str) -> dict[str, int]:
        """The columns of those roles that the table has."""
        found = {role: self.table.column(role) for role in roles}
        return {role: column.index for role, column in found.items() if column}

    def key(self, row: SheetRow, role: str) -> tuple[str, int]:
        """Text and column of a field's cell; («», 0) when the table has no such column."""
        column = self.table.column(role)
        return (self.table.key_text(row, column.index), column.index) if column else ("", 0)

    def marked(self, row: SheetRow, column: int) -> bool:
        return mark_of(self.table, row, column) in UNSURE

    def organisation_keys(self, row: SheetRow) -> tuple[NamingCell, ...]:
        """Every column that names the organisation; the first is the one that decides."""
        keys = []
        for column in self.table.columns:
            if column.role in ("inn", "organisation") and (text := self.table.key_text(row, column.index)):
                codes = self.names.organisation(text)
                keys.append(
                    NamingCell(
                        kind="organisation",
                        text=text,
                        column=column.index,
                        codes=codes,
                        unsure=self.marked(row, column.index),
                    )
                )
        # An ИНН that is known decides over a name that is not; a name never over an ИНН that is unknown.
        return tuple(sorted(keys, key=lambda key: key.code is None and key.column == self._name_column()))

    def _name_column(self) -> int:
        column = self.table.column("organisation")
        return column.index if column and self.table.column("inn") else 0

    def organisation_of(self, row: SheetRow) -> _Whose:
        """Keys, code and troubles of the row's organisation; the same texts are understood once."""
        if self.table.told_apart:
            return self._organisation_of(row)
        cells = self.table.cells(row, self._organisation_columns)
        if cells not in self._organisations:
            self._organisations[cells] = self._organisation_of(row)
        return self._organisations[cells]

    def _organisation_of(self, row: SheetRow) -> _Whose:
        keys = self.organisation_keys(row)
        if not keys:
            column = self.table.column("organisation") or self.table.column("inn")
            if column is None:
                return (), self.organisation, ()
            return (), None, (Trouble(code="key-empty", column=column.index, words={"name": "Организация"}),)
        understood = [key for key in keys if key.code]
        if len({key.code for key in understood}) > 1:
            first, second = understood[0], next(k for k in understood if k.code != understood[0].code)
            words = {"first": f"«{first.text}»", "second": f"«{second.text}»"}
            return keys, None, (Trouble(code="names-disagree", column=second.column, value=second.text, words=words),)
        return (keys[0],), keys[0].code, ()

    def period(self, row: SheetRow) -> tuple[str, int, CellValue] | None:
        """Text, column and cell of the period, when the row names one."""
        text, column = self.key(row, "period")
        return (text, column, self.table.cell(row, column) or text) if text and text != MASK else None

    def given(
        self,
        row: SheetRow,
        column: int,
        organisation: str | None,
        count: str,
        level: str | None,
        cohort: str | None,
        subject: str,
    ) -> Given:
        """The figure in one cell."""
        raw = self.table.cell(row, column)
        kind = self.names.catalogue.counts[count].value
        parse = parse_count if kind == "whole" else parse_answer
        parsed = parse(raw)
        shown = self.table.sheet.shown.get((row.number, column))
        mark = mark_of(self.table, row, column)
        if shown is not None and not mark:
            mark = disagreement(parsed, parse(shown), zero_is_zero=kind == "whole")
        if parsed is DASH:
            self.names.dash_met = True
        if parsed is DASH and not (kind != "whole" and self._dash == 0):
            parsed = self._dash
        return Given(
            row=row.number,
            column=column,
            organisation=organisation,
            count=count,
            level=level,
            cohort=cohort,
            kind=kind,
            raw=raw,
            parsed=parsed,
            mark=mark,
            shown=shown,
            merged=(row.number, column) in self.table.spread,
            subject=subject,
        )

    def cohort_of(self, row: SheetRow, asked: tuple[str, ...]) -> tuple[str | None, NamingCell | None, Trouble | None]:
        """The row's category, for a figure asked in ``asked``: code, key, trouble."""
        column = self.table.column("cohort")
        if column is None:
            return self.names.everybody, None, None
        text = self.table.key_text(row, column.index)
        if not text:
            if len(asked) == 1:
                return asked[0], None, None
            return None, None, Trouble(code="key-empty", column=column.index, words={"name": "Категория"})
        codes = self.names.cohorts(text)
        key = NamingCell(
            kind="cohort", text=text, column=column.index, codes=codes, unsure=self.marked(row, column.index)
        )
        return key.code, key, None
