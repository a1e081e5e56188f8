"""Reading figures: what organisations gave, totals of territories, values with their places, what intake must know."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence

import pyarrow as pa

from proforient.catalogue.order import count_order
from proforient.intake.model import DEPARTMENT, Giver, Known
from proforient.monitoring import Cell, Organisation, Period, Reason, ReportState, Value
from proforient.store.links import LinkReader
from proforient.store.rows import PairRow
from proforient.store.session import Row
from proforient.wording.order import path_order


class Reader(LinkReader):
    """Everything that can be asked of the store, inside one transaction: figures of a page belong together."""

    def pairs_table(
        self,
        period: str,
        *,
        territory: str | None = None,
        organisation: str | None = None,
        indicator: str | None = None,
        level: str | None = None,
        cohort: str | None = None,
    ) -> pa.Table:
        """What each organisation gave; only who gave the whole pair, the yes/no or the count. By territory and code.

        Columns as the fields of ``PairRow``.
        """
        indicators = None if indicator is None else [indicator]
        found = self.pairs_over(
            [period],
            territory=territory,
            organisation=organisation,
            indicators=indicators,
            level=level,
            cohort=cohort,
        )
        return found.drop_columns(["period"])

    def pairs_over(
        self,
        periods: Sequence[str],
        *,
        territory: str | None = None,
        organisation: str | None = None,
        indicators: Collection[str] | None = None,
        level: str | None = None,
        cohort: str | None = None,
    ) -> pa.Table:
        """The same over several periods at once, with the code of the period in the column ``period``."""
        return self.table(
            "pairs",
            **self._numbers_of(periods),
            territory=territory,
            organisation=organisation,
            indicators=None if indicators is None else list(indicators),
            level=level,
            cohort=cohort,
        )

    def _numbers_of(self, periods: Sequence[str]) -> dict[str, object]:
        return {"periods": [self.opening(period).number for period in periods], "codes": list(periods)}

    def pairs(self, period: str, **where: str | None) -> list[PairRow]:
        """The rows of ``pairs_table``, for whoever reads them one by one."""
        rows = self.pairs_table(period, **where).to_pylist()
        return [PairRow(**{**row, "state": ReportState(row["state"])}) for row in rows]

    def totals_table(
        self,
        period: str,
        *,
        territory: str | None = None,
        indicator: str | None = None,
        level: str | None = None,
        cohort: str | None = None,
        children: bool = False,
    ) -> pa.Table:
        """Sums: of one territory, of each municipality within it (``children``), or of every municipality (None).

        Columns as the fields of ``TotalRow``.
        """
        indicators = None if indicator is None else [indicator]
        found = self.totals_over(
            [period], territory=territory, children=children, indicators=indicators, level=level, cohort=cohort
        )
        return found.drop_columns(["period"])

    def totals_over(
        self,
        periods: Sequence[str],
        *,
        territory: str | None = None,
        indicators: Collection[str] | None = None,
        level: str | None = None,
        cohort: str | None = None,
        children: bool = False,
    ) -> pa.Table:
        """The same over several periods at once, with the code of the period in the column ``period``."""
        return self.table(
            "totals",
            **self._numbers_of(periods),
            whole=None if children else territory,
            territory=territory,
            indicators=None if indicators is None else list(indicators),
            level=level,
            cohort=cohort,
        )

    def both(
        self,
        now: str,
        before: str,
        indicators: Collection[str],
        *,
        territory: str | None = None,
        level: str | None = None,
        cohort: str | None = None,
    ) -> pa.Table:
        """Who gave a figure now, before and both times, by the municipalities in which they were; sums of the latter.

        Columns: indicator, level, cohort; now_in, then_in, empty where they did not give; organisations; numerator,
        denominator, past_numerator, past_denominator.
        """
        return self.table(
            "both",
            now=self.opening(now).number,
            before=self.opening(before).number,
            indicators=list(indicators),
            territory=territory,
            level=level,
            cohort=cohort,
        )

    def homes(self, period: str, *, territory: str | None = None) -> list[str]:
        """The territories to which organisations belong that were open on the period's last day."""
        opening = self.opening(period)
        rows = self.ask("homes", period=opening.number, on=opening.period.ends, territory=territory)
        return sorted((row[0] for row in rows), key=path_order)

    def values(
        self,
        period: str,
        *,
        territory: str | None = None,
        organisation: str | None = None,
        counts: Collection[str] | None = None,
        level: str | None = None,
        cohort: str | None = None,
    ) -> list[Value]:
        """Current values with the places they came from, as the register and the catalogue order them."""
        opening = self.opening(period)
        rows = self.ask(
            "values",
            period=opening.number,
            territory=territory,
            organisation=organisation,
            counts=None if counts is None else list(counts),
            level=level,
            cohort=cohort,
        )
        places = self.register_order(opening.period.ends) if organisation is None else {}
        figure = count_order(self.catalogue)
        # order: of register and catalogue; the codes only where those know nothing
        rows.sort(key=lambda row: (places.get(row[3], len(places)), figure(*row[4:7]), row[3:7]))
        return [_value(period, row) for row in rows]

    def history(self, period: str, organisation: str, cell: Cell) -> list[Value]:
        """Every value ever accepted for the cell, newest first; withdrawn ones too."""
        rows = self.ask(
            "history",
            period=self.opening(period).number,
            organisation=organisation,
            count=cell.count,
            level=cell.level,
            cohort=cell.cohort,
        )
        return [_value(period, row) for row in rows]

    def known(
        self,
        period: str | None,
        *,
        territory: str | None = None,
        organisations: Sequence[str] | None = None,
        sha256: str | None = None,
        giver: Giver = DEPARTMENT,
        own_account: bool = False,
    ) -> Known:
        """What the checks of a file must know of the store.

        ``organisations`` narrows the current values and known counts, ``sha256`` the earlier files. Without a
        period: the register of today, remembered answers and earlier files only. ``giver`` is who sends the file:
        his answers bind it, others' are proposed.
        """
        opening = self.opening(period, territory) if period else None
        day = opening.period.ends if opening else None
        earlier, newer_cells = self._files(opening.number if opening else None, sha256, territory)
        register = self._register(day, territory, organisations)
        bound, proposed = self.answers(giver, territory)
        return Known(
            period=opening.period if opening else None,
            organisations=register,
            former=self.other_names(day or self.today(territory), register),
            giver=giver,
            own_account=own_account,
            current=self._numbers(opening.number, territory, organisations) if opening else {},
            past=self._past(opening.period, territory, organisations) if opening else {},
            aliases=bound,
            proposed=proposed,
            contingent=tuple(
                self.contingent(opening.period.code, territory=territory, organisations=organisations)
                if opening
                else ()
            ),
            earlier=earlier,
            newer_cells=newer_cells,
        )

    def _register(
        self, day: dt.date | None, territory: str | None, organisations: Sequence[str] | None
    ) -> Mapping[str, Organisation]:
        found = self.organisations(on=day or self.today(territory), territory=territory, codes=organisations)
        return {o.code: o for o in found}

    def _numbers(
        self, number: int, territory: str | None, organisations: Sequence[str] | None
    ) -> dict[tuple[str, Cell], int | Reason]:
        codes = None if organisations is None else list(organisations)
        rows = self.ask("current_numbers", period=number, territory=territory, organisations=codes)
        return {(row[0], Cell(*row[1:4])): Reason(row[5]) if row[4] is None else row[4] for row in rows}

    def _past(
        self, period: Period, territory: str | None, organisations: Sequence[str] | None
    ) -> dict[tuple[str, Cell], int]:
        """The numbers of the period with which this one is compared; empty without one."""
        before = self._opening(period.previous, territory) if period.previous else None
        if before is None:
            return {}
        found = self._numbers(before.number, territory, organisations)
        return {key: value for key, value in found.items() if not isinstance(value, Reason)}

    def _files(
        self, number: int | None, sha256: str | None, territory: str | None
    ) -> tuple[dict[str, dt.date], dict[str, int]]:
        """Earlier files with their last day by the territory's clocks; how many cells newer files have replaced."""
        rows = self.ask("earlier_files", period=number, sha256=sha256)
        zone = self.zone(territory)
        days = {row[0]: row[1].replace(tzinfo=dt.UTC).astimezone(zone).date() for row in rows}
        return days, {row[0]: row[2] for row in rows if row[2]}


def _value(period: str, row: Row) -> Value:
    number, part, submission, organisation, count, level, cohort, amount, reason, file, sheet, line, column = row
    return Value(
        id=str(number),
        part=str(part),
        submission=str(submission),
        organisation=organisation,
        period=period,
        cell=Cell(count, level, cohort),
        number=amount,
        reason=Reason(reason) if reason else None,
        file=file,
        sheet=sheet,
        row=line,
        column=column,
    )
