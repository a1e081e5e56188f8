"""Slides as PPTX: titles say what was found, charts are native and can be edited, the plan stands on each column.

Made of the same document as the paper kinds, so that no slide has a figure that the note has not. Bytes out.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Inches, Pt

from proforient.analysis.coverage import Coverage
from proforient.charts import sentences
from proforient.charts.sentences import DEMONSTRATION
from proforient.documents import pieces, words
from proforient.documents.blanks import text
from proforient.documents.composing import by_addressee
from proforient.documents.measures import GLYPHS, STATES, done_words, due_of, in_turn, measures_summary
from proforient.documents.offices import Office
from proforient.documents.plan_marks import PLANS, with_plan_marks
from proforient.documents.record import Audience, Document, DocumentItem, NamedProblem
from proforient.monitoring import Verdict, territory_name
from proforient.palette import LIGHT, VERDICTS
from proforient.wording import NOT_IN_XML, capital, counted, date_ru, period_in, period_name, uncapital

TYPEFACE = "Arial"
TITLE, LARGE, NORMAL, SMALL = Pt(30), Pt(24), Pt(20), Pt(16)  # nothing is smaller
WIDTH, HEIGHT, EDGE = Inches(13.333), Inches(7.5), Inches(0.6)
ITEMS, PROBLEMS, CLOSING, MEASURES = 6, 6, 8, 6  # on one slide
ROOM = 1.2  # height of the chart, in heights of its highest column or plan: the labels have room
TALL = Inches(5)  # of the sentences of a slide
GAP = 8  # points between them
LETTER, LINE = 0.53, 1.2  # width of a letter and height of a line, in sizes of the type
LONG = 90  # letters of a title from which on it takes smaller type
_COLOUR: Any = RGBColor  # the library tells no types of these two
_DATA: Any = CategoryChartData
_NUMBER = re.compile(r"-?\d+(?:,\d+)?")
_NO_TEXT = re.compile(rf"[{NOT_IN_XML}\x09-\x0d\ue000\ue001]+")


def made_slides(document: Document, office: Office) -> bytes:
    """A PPTX of 16:9; an internal one says so on every slide."""
    deck = _Deck(document)
    levels = [s.coverage for s in document.statements if s.coverage is not None]
    deck.title(office)
    if any(c.verdict in _FIGURED for c in levels):
        deck.levels(levels)
    changes = [(c, words.moved(c)) for c in document.changes]
    if any(moved for _, moved in changes):
        deck.list(
            "Что изменилось за период",
            [f"{_level(document, c.current)}: {moved}" for c, moved in changes if moved],
        )
    for problem in document.problems:
        if problem.closing:
            deck.closing(problem)
    deck.problems(document.problems)
    deck.execution()
    deck.items(document.every_item)
    deck.notes()
    return deck.bytes()


_FIGURED = (Verdict.MET, Verdict.NOT_MET, Verdict.NO_PLAN)


def _level(document: Document, c: Coverage) -> str:
    return sentences.level_subject(document.catalogue.levels[c.level])


def _shown(figure: str) -> float | None:
    """The number that people read: «79,7 %» → 79.7, so that a chart never says another."""
    found = _NUMBER.search(figure)
    return float(found[0].replace(",", ".")) if found else None


class _Deck:
    """A deck that is being made, slide by slide."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.made: Any = Presentation()
        self.made.slide_width, self.made.slide_height = WIDTH, HEIGHT
        self.made.core_properties.author, self.made.core_properties.title = "", "Результаты мониторинга"
        self.made.core_properties.language = "ru-RU"

    def bytes(self) -> bytes:
        out = io.BytesIO()
        self.made.save(out)
        return with_plan_marks(out.getvalue())

    def _slide(self, title: str) -> Any:
        """A slide with a real title, by which it is found and read aloud."""
        slide = self.made.slides.add_slide(self.made.slide_layouts[5])
        frame = slide.shapes.title
        frame.left, frame.top, frame.width, frame.height = EDGE, Inches(0.35), WIDTH - 2 * EDGE, Inches(1.25)
        self._write(frame.text_frame, [title], TITLE if len(title) < LONG else LARGE, bold=True)
        frame.text_frame.vertical_anchor = MSO_ANCHOR.TOP
        self._foot(slide)
        return slide

    def _foot(self, slide: Any) -> None:
        parts = [territory_name(self.document.territory), period_name(self.document.period)]
        if self.document.audience is Audience.INTERNAL:
            parts.append("для внутренней работы управления")
        if self.document.invented:
            parts.append(sentences.DEMONSTRATION_BRIEF)
        box = slide.shapes.add_textbox(EDGE, HEIGHT - Inches(0.55), WIDTH - 2 * EDGE, Inches(0.4))
        self._write(box.text_frame, [" · ".join(parts)], SMALL, colour=LIGHT.secondary)

    def _write(
        self,
        frame: Any,
        lines: Sequence[str],
        size: Any,
        *,
        bold: bool = False,
        colour: str = LIGHT.ink,
        gap: float = 0,
    ) -> None:
        frame.word_wrap = True
        for n, line in enumerate(lines):
            paragraph = frame.paragraphs[0] if n == 0 else frame.add_paragraph()
            paragraph.alignment, paragraph.space_after = PP_ALIGN.LEFT, Pt(gap)
            run = paragraph.add_run()
            run.text = _NO_TEXT.sub(" ", line)
            self._font(run.font, size, bold=bold, colour=colour)

    @staticmethod
    def _font(font: Any, size: Any, *, bold: bool = False, colour: str = LIGHT.ink) -> None:
        font.name, font.size, font.bold = TYPEFACE, size, bold
        font.color.rgb = _COLOUR.from_string(colour.removeprefix("#"))

    def title(self, office: Office) -> None:
        """What it is of, whose, on which day."""
        document = self.document
        subject = f"Результаты мониторинга {pieces.SUBJECT} {period_in(document.period)}"
        slide = self._slide(subject)
        name = text(office.name) or territory_name(document.territory)
        box = slide.shapes.add_textbox(EDGE, Inches(2.4), WIDTH - 2 * EDGE, Inches(2))
        about = [capital(name), f"Числа — на {date_ru(document.day)}"]
        if document.expected:
            about.append(f"Сдали отчёты: {document.submitted} из {counted(document.expected, 'organisations', 'gen')}")
        self._write(box.text_frame, about, LARGE, gap=GAP)

    def levels(self, levels: Sequence[Coverage]) -> None:
        """Columns by level, each with its own plan: colour, glyph and word say the verdict."""
        slide = self._slide(sentences.overview_finding(levels, self.document.catalogue))
        shown = [c for c in levels if c.verdict in _FIGURED]
        data = _DATA(number_format='General" %"')
        data.categories = [self._category(c) for c in shown]
        data.add_series("Доля, %", [_shown(sentences.figure(c)) for c in shown])
        data.add_series(PLANS, [_shown(sentences.plan_figure(c)) for c in shown])
        chart = self._chart(slide, XL_CHART_TYPE.COLUMN_CLUSTERED, data)
        chart.plots[0].gap_width = 60
        every = [value for series in chart.plots[0].series for value in series.values if value is not None]
        chart.value_axis.maximum_scale = max(every) * ROOM  # order: numbers
        for point, c in zip(range(len(shown)), shown, strict=True):
            self._fill(chart.plots[0].series[0].points[point].format.fill, VERDICTS[c.verdict].text(LIGHT))
        others = [c for c in levels if c not in shown]
        if others:
            listing = "; ".join(f"{_level(self.document, c)} — {VERDICTS[c.verdict].word}" for c in others)
            box = slide.shapes.add_textbox(EDGE, Inches(6.4), WIDTH - 2 * EDGE, Inches(0.5))
            self._write(box.text_frame, [f"{listing}."], SMALL, colour=LIGHT.secondary)

    def _category(self, c: Coverage) -> str:
        look = VERDICTS[c.verdict]
        lacking = sentences.missing(c)
        return f"{self.document.catalogue.levels[c.level].short}\n{look.glyph} {lacking or look.short}"

    @staticmethod
    def _fill(fill: Any, colour: str) -> None:
        fill.solid()
        fill.fore_color.rgb = _COLOUR.from_string(colour.removeprefix("#"))

    def _chart(self, slide: Any, kind: Any, data: Any) -> Any:
        shape = slide.shapes.add_chart(kind, EDGE, Inches(1.6), WIDTH - 2 * EDGE, Inches(4.8), data)
        chart = shape.chart
        chart.has_legend = chart.has_title = False
        chart.value_axis.visible, chart.value_axis.has_major_gridlines = False, False
        chart.value_axis.minimum_scale = 0
        self._font(chart.category_axis.tick_labels.font, NORMAL)
        plot = chart.plots[0]
        plot.has_data_labels = True
        plot.data_labels.number_format_is_linked = True
        plot.data_labels.position = XL_LABEL_POSITION.INSIDE_BASE
        self._font(plot.data_labels.font, LARGE, bold=True, colour=LIGHT.on_patch)
        return chart

    def closing(self, problem: NamedProblem) -> None:
        """Who closes a gap, the largest first."""
        statement = problem.statement
        c = statement.coverage if statement else None
        if c is None:
            return
        lacking = f"{_level(self.document, c)}: {sentences.missing(c)} — кто закроет нехватку"
        slide = self._slide(lacking)
        shown = problem.closing[:CLOSING]
        data = _DATA(number_format="General")
        data.categories = [_NO_TEXT.sub(" ", text(one.name)) for one in reversed(shown)]
        data.add_series("Не хватает", [one.needed for one in reversed(shown)])
        chart = self._chart(slide, XL_CHART_TYPE.BAR_CLUSTERED, data)
        chart.plots[0].gap_width = 40
        self._font(chart.category_axis.tick_labels.font, SMALL)
        self._fill(chart.plots[0].series[0].format.fill, LIGHT.not_met_text)
        left = len(problem.closing) - len(shown)
        if left:
            box = slide.shapes.add_textbox(EDGE, Inches(6.4), WIDTH - 2 * EDGE, Inches(0.5))
            self._write(box.text_frame, [f"Ещё {counted(left, 'organisations')}."], SMALL, colour=LIGHT.secondary)

    def problems(self, problems: Sequence[NamedProblem]) -> None:
        """Each with its evidence; a slide for every few."""
        if not problems:
            self.list(words.problems_found(()), [])
        for n, part in enumerate(_parts(problems, PROBLEMS)):
            lines = [f"{p.number}. {pieces.sentence(p.text, words.evidence(p))}" for p in part]
            title = words.problems_found(problems).rstrip(":")
            self.list(title if n == 0 else f"{title} (продолжение)", lines)

    def execution(self) -> None:
        """What became of what was decided before: how many are done, and those that come first."""
        measures, day = self.document.measures, self.document.day
        if not measures_summary(measures, day):
            return
        lines = [
            f"{GLYPHS[m.state]} {STATES[m.state]}: {text(m.text).rstrip('.')} — {due_of(m)}."
            for m in in_turn(measures, day)[:MEASURES]
        ]
        self.list(f"Решения: {done_words(measures)}", lines)

    def items(self, items: Sequence[DocumentItem]) -> None:
        """What to whom by when: the addressee in the dative is the end of the title."""
        for group in by_addressee(items).values():
            to = uncapital(text(group[0].addressee_name))
            title = f"Поручить {to}" if to else "Решить"
            for n, part in enumerate(_parts(group, ITEMS)):
                lines = [
                    f"{item.number}. {text(item.text).rstrip('.')}. Срок: {item.deadline or 'не назначен'}."
                    for item in part
                ]
                self.list(title if n == 0 else f"{title} (продолжение)", lines)

    def list(self, title: str, lines: Sequence[str]) -> None:
        """A slide of sentences in the largest type in which they have room, never under 16 points."""
        slide = self._slide(title)
        box = slide.shapes.add_textbox(EDGE, Inches(1.7), WIDTH - 2 * EDGE, TALL)
        size = next((size for size in (LARGE, NORMAL) if _height(lines, size) <= TALL), SMALL)
        self._write(box.text_frame, list(lines), size, gap=GAP)

    def notes(self) -> None:
        """Where the figures come from."""
        lines = [line for line in pieces.notes(self.document) if line != DEMONSTRATION or self.document.invented]
        coded = [s for s in self.document.noted if words.has_figure(s)]
        if coded:
            self.list("Откуда числа", [*lines, *(f"{s.code} – {s.source}" for s in coded[:8])])


def _height(lines: Sequence[str], size: Any) -> int:
    """How much of a slide the sentences take, at the most."""
    fit = int((WIDTH - 2 * EDGE) / (size * LETTER))
    rows = sum(max(1, -(-len(line) // fit)) for line in lines)
    return int(rows * size * LINE) + Pt(GAP) * len(lines)


def _parts(every: Sequence[Any], size: int) -> Iterable[Sequence[Any]]:
    """As few as there must be, as alike as they can be: seven by six are four and three."""
    parts = -(-len(every) // size)
    each = -(-len(every) // parts) if parts else 1
    return (every[at : at + each] for at in range(0, len(every), each))


__all__ = ["made_slides"]
