"""All figures as a workbook: live formulas of our own, native charts with the plans, no text of anybody's as a formula.

Inside, the sums of a level are formulas over the organisations' rows, so that one may see what another number would
do; outside there are the rounded figures alone, without formulas and organisations.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import xlsxwriter

from proforient.analysis.coverage import Coverage, coverages
from proforient.analysis.data_frame import of_records
from proforient.charts import sentences
from proforient.documents.blanks import text
from proforient.documents.figures import HEAD, rows_of
from proforient.documents.heights import height
from proforient.documents.record import Audience
from proforient.documents.state import DocumentState
from proforient.monitoring import Verdict, territory_name
from proforient.palette import LIGHT, VERDICTS
from proforient.wording import period_name

if TYPE_CHECKING:
    from proforient.store.reading import Reader

LEVELS, ORGANISATIONS, EVERY = "Уровни", "Организации", "Показатели"
_LEVEL_HEAD = ("Уровень", "Охвачено", "Всего", "Доля, %", "План, %", "Не хватает", "Вывод")
_ROW_HEAD = ("Организация", "Уровень", "Охвачено", "Всего", "Доля, %", "Не хватает до плана")
_NAME_WIDTH = 60.0  # signs of the column of names
_MEASURED = (Verdict.MET, Verdict.NOT_MET, Verdict.NO_PLAN)


@dataclass(frozen=True, slots=True, kw_only=True)
class BookFigures:
    """``levels``: of the headline; ``rows`` of its organisations and ``every`` figure are empty for outside."""

    state: DocumentState
    audience: Audience
    levels: tuple[Coverage, ...]
    hidden: tuple[tuple[str, str], ...]  # level, why it has no figure
    rows: tuple[Coverage, ...]
    every: tuple[Coverage, ...]


def book_figures(reader: Reader, state: DocumentState, audience: Audience) -> BookFigures:
    """Read in the transaction in which the state was frozen."""
    snapshot, catalogue = state.snapshot, state.catalogue
    if audience is Audience.OUTSIDE:
        shown = [(c, *state.for_guests(c)) for c in snapshot.levels]
        every = [state.for_guests(found.coverage)[0] for found in snapshot.problems if found.when != "judged"]
        return BookFigures(
            state=state,
            audience=audience,
            levels=tuple(c for _, c, _ in shown if c is not None),
            hidden=tuple((_level(state, c), why) for c, rounded, why in shown if rounded is None),
            rows=(),
            every=tuple(dict.fromkeys(c for c in [*(c for _, c, _ in shown), *every] if c is not None)),
        )
    period, territory, headline = snapshot.period.code, snapshot.territory, catalogue.headline
    rows = (
        coverages(
            reader, catalogue, period, territory=territory, by="organisation", indicator=headline.code,
            cohort=snapshot.cohort,
        )
        if headline is not None else []
    )  # fmt: skip
    return BookFigures(
        state=state,
        audience=audience,
        levels=snapshot.levels,
        hidden=(),
        rows=tuple(c for c in rows if c.denominator is not None and c.level in {one.level for one in snapshot.levels}),
        every=tuple(coverages(reader, catalogue, period, territory=territory)),
    )


def _level(state: DocumentState, c: Coverage) -> str:
    return sentences.level_subject(state.catalogue.levels[c.level])


def made_book(figures: BookFigures) -> bytes:
    """XLSX: the levels with their chart, the organisations, every figure."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": "Результаты мониторинга", "author": "Профориент"})
    made = _BookDraft(book, figures)
    made.levels()
    if figures.rows:
        made.organisations()
    made.every()
    book.close()
    return out.getvalue()


class _BookDraft:
    """A workbook that is being made."""

    def __init__(self, book: Any, figures: BookFigures) -> None:
        self.book, self.figures, self.state = book, figures, figures.state
        self.head = book.add_format({"bold": True, "text_wrap": True, "bottom": 1, "valign": "top"})
        self.share = book.add_format({"num_format": "0.0"})
        self.bold = book.add_format({"bold": True, "font_size": 14})
        self.verdict = book.add_format({"indent": 1})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})

    def _sheet(self, name: str, head: Sequence[str], widths: Sequence[float], *, first: int = 0) -> Any:
        sheet = self.book.add_worksheet(name)
        for at, word in enumerate(head):
            sheet.write_string(first, at, word, self.head)
            sheet.set_column(at, at, widths[at])
        sheet.freeze_panes(first + 1, 1)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        return sheet

    def levels(self) -> None:
        """Sums, shares, needs and verdicts as formulas inside, as rounded values outside; the chart beneath."""
        figures, snapshot = self.figures, self.state.snapshot
        first = 3
        sheet = self._sheet(LEVELS, _LEVEL_HEAD, (30, 12, 12, 12, 12, 18, 26), first=first)
        sheet.write_string(
            0, 0, f"{territory_name(snapshot.territory)}, {period_name(snapshot.period.code)}", self.bold
        )
        inside = figures.audience is Audience.INTERNAL
        notes = ["Для внутренней работы управления" if inside else "Доли в целых процентах, численность — примерно"]
        if self.state.invented:
            notes.append(sentences.DEMONSTRATION)
        sheet.write_string(1, 0, ". ".join(note.rstrip(".") for note in notes) + ".")
        at = first
        for at, c in enumerate(figures.levels, first + 1):
            sheet.write_string(at, 0, _level(self.state, c))
            if c.verdict not in _MEASURED:
                sheet.write_string(at, 6, f"{VERDICTS[c.verdict].glyph} {VERDICTS[c.verdict].word}", self.verdict)
            elif inside:
                self._live(sheet, at, c)
            else:
                self._write_pair(sheet, at, c)
        self._chart(sheet, first + 1, at)
        for n, (level, why) in enumerate(figures.hidden, at + 1):
            sheet.write_string(n, 0, level)
            sheet.write_string(n, 6, why)

    def _live(self, sheet: Any, at: int, c: Coverage) -> None:
        """Whole-number arithmetic: what is needed is rounded up, after what doubles add is rounded away."""
        n = at + 1
        level = _level(self.state, c)
        rows = [row for row in self.figures.rows if row.level == c.level]
        for column, letter, value in ((1, "C", c.numerator), (2, "D", c.denominator)):
            if rows and sum(getattr(row, ("numerator", "denominator")[column - 1]) or 0 for row in rows) == value:
                formula = f"=SUMIFS({ORGANISATIONS}!{letter}:{letter},{ORGANISATIONS}!B:B,A{n})"
                sheet.write_formula(at, column, formula, None, value)
            else:
                sheet.write_number(at, column, value or 0)
        share = float(c.share) if c.share is not None else ""
        sheet.write_formula(at, 3, f'=IF(C{n}>0,B{n}/C{n}*100,"")', self.share, share)
        if c.plan is None or c.plan.percent is None or c.direction != "more":
            sheet.write_string(at, 6, f"{VERDICTS[c.verdict].glyph} {VERDICTS[c.verdict].word}", self.verdict)
            return
        sheet.write_number(at, 4, float(c.plan.percent))
        sheet.write_formula(at, 5, f"=MAX(0,ROUNDUP(ROUND(E{n}*C{n}/100,6),0)-B{n})", None, c.needed or 0)
        met, unmet = (f"{VERDICTS[v].glyph} {VERDICTS[v].word}" for v in (Verdict.MET, Verdict.NOT_MET))
        verdict_format = met if c.verdict is Verdict.MET else unmet
        sheet.write_formula(at, 6, f'=IF(F{n}=0,"{met}","{unmet}")', self.verdict, verdict_format)
        sheet.write_comment(at, 0, f"Строки организаций: лист «{ORGANISATIONS}», уровень «{level}».")

    def _write_pair(self, sheet: Any, at: int, c: Coverage) -> None:
        for column, value in ((1, c.numerator), (2, c.denominator)):
            if value is not None:
                sheet.write_number(at, column, value)
        measure = c.measure
        if measure is not None:
            sheet.write_number(at, 3, float(measure))
        if c.plan is not None and c.plan.percent is not None:
            sheet.write_number(at, 4, float(c.plan.percent))
        sheet.write_string(at, 5, sentences.missing(c))
        sheet.write_string(at, 6, f"{VERDICTS[c.verdict].glyph} {VERDICTS[c.verdict].word}", self.verdict)

    def _chart(self, sheet: Any, first: int, last: int) -> None:
        """Columns with the plan as a dash over each; both follow the cells."""
        if last < first:
            return
        chart = self.book.add_chart({"type": "column"})
        chart.add_series(
            {
                "name": [LEVELS, first - 1, 3],
                "categories": [LEVELS, first, 0, last, 0],
                "values": [LEVELS, first, 3, last, 3],
                "fill": {"color": LIGHT.met},
                "data_labels": {"value": True, "num_format": "0.#"},
                "gap": 60,
            }
        )
        plans = self.book.add_chart({"type": "line"})
        plans.add_series(
            {
                "name": [LEVELS, first - 1, 4],
                "categories": [LEVELS, first, 0, last, 0],
                "values": [LEVELS, first, 4, last, 4],
                "line": {"none": True},
                "marker": {"type": "long_dash", "size": 20, "fill": {"color": LIGHT.ink}, "border": {"none": True}},
            }
        )
        chart.combine(plans)
        chart.set_title({"name": "Доля и план, %"})
        chart.set_y_axis({"min": 0, "major_gridlines": {"visible": False}})
        chart.set_legend({"position": "bottom"})
        chart.set_size({"width": 760, "height": 360})
        sheet.insert_chart(last + len(self.figures.hidden) + 2, 0, chart)

    def organisations(self) -> None:
        """A row for each organisation and level that gave a pair."""
        sheet = self._sheet(ORGANISATIONS, _ROW_HEAD, (_NAME_WIDTH, 30, 12, 12, 12, 20))
        names = {o.code: o.name for o in self.state.snapshot.organisations}
        at = 0
        for at, c in enumerate(self.figures.rows, 1):
            n = at + 1
            name = text(names.get(c.organisation or "", c.organisation or ""))
            sheet.set_row(at, height([(name, _NAME_WIDTH)]))
            sheet.write_string(at, 0, name, self.wrapped)
            sheet.write_string(at, 1, _level(self.state, c))
            sheet.write_number(at, 2, c.numerator or 0)
            sheet.write_number(at, 3, c.denominator or 0)
            share = float(c.share) if c.share is not None else ""
            sheet.write_formula(at, 4, f'=IF(D{n}>0,C{n}/D{n}*100,"")', self.share, share)
            if c.plan is not None and c.plan.percent is not None and c.direction == "more":
                plan = f"INDEX({LEVELS}!E:E,MATCH(B{n},{LEVELS}!A:A,0))"
                sheet.write_formula(at, 5, f"=MAX(0,ROUNDUP(ROUND({plan}*D{n}/100,6),0)-C{n})", None, c.needed or 0)
        sheet.autofilter(0, 0, at, len(_ROW_HEAD) - 1)

    def every(self) -> None:
        """Every figure as it is, one a row."""
        sheet = self._sheet(EVERY, HEAD, [14 if word != "Показатель" else 60 for word in HEAD])
        rows = rows_of(of_records(self.figures.every), self.state.catalogue, {})
        for line, row in enumerate(rows, 1):
            for at, cell in enumerate(row):
                if isinstance(cell, (int, Decimal)):
                    sheet.write_number(line, at, float(cell), self.share if HEAD[at] == "Доля, %" else None)
                elif cell:
                    sheet.write_string(line, at, str(cell))
        sheet.autofilter(0, 0, max(len(rows), 1), len(HEAD) - 1)


__all__ = ["BookFigures", "book_figures", "made_book"]
