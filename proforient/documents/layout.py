"""Our own templates: paragraphs and tables by the state standard for organisational documents (GOST R 7.0.97-2025).

A4 with 30 mm at the left, 10 at the right, 20 above and below; type of 13, in tables 12; the first sheet has no number,
the others have it in the middle above. A department may change all of it in its own template.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

TYPEFACE = "Times New Roman"
SIZE, SIZE_IN_TABLE, SIZE_SMALL, SIZE_IN_WIDE_TABLE = 13, 12, 11, 10  # points
LINE = 1.15  # lines from one to the next
FIRST_LINE = 12.5  # millimetres by which a paragraph's first line is indented
SIGNATURE = "Подпись"  # name of the style whose paragraphs never stand alone on a sheet
WIDTH = 170.0  # millimetres of text

LEFT, CENTRE, RIGHT, JUSTIFIED = (
    WD_ALIGN_PARAGRAPH.LEFT,
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.RIGHT,
    WD_ALIGN_PARAGRAPH.JUSTIFY,
)


class Layout:
    """A template that is being made, from its first paragraph to its last."""

    def __init__(self, title: str) -> None:
        self.made: Any = docx.Document()
        self._page()
        self._type()
        self._number()
        self.made.styles.add_style(SIGNATURE, 1).base_style = self.made.styles["Normal"]
        about = self.made.core_properties
        about.author, about.title, about.comments, about.language = "", title, "", "ru-RU"

    def _page(self) -> None:
        section = self.made.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin, section.right_margin = Mm(30), Mm(10)
        section.top_margin = section.bottom_margin = Mm(20)
        section.header_distance = section.footer_distance = Mm(10)
        section.different_first_page_header_footer = True

    def _type(self) -> None:
        normal = self.made.styles["Normal"]
        normal.font.name, normal.font.size = TYPEFACE, Pt(SIZE)
        fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
        for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(script), TYPEFACE)
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), "ru-RU")
        normal.element.get_or_add_rPr().append(language)
        form = normal.paragraph_format
        form.space_before = form.space_after = Pt(0)
        form.line_spacing, form.widow_control = LINE, True

    def _number(self) -> None:
        paragraph = self.made.sections[0].header.paragraphs[0]
        paragraph.alignment = CENTRE
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), "PAGE")
        field.append(OxmlElement("w:r"))
        field[0].append(OxmlElement("w:t"))
        field[0][0].text = "2"
        paragraph._p.append(field)

    def first_header(self, text: str) -> None:
        """At the right above the first sheet."""
        paragraph = self.made.sections[0].first_page_header.paragraphs[0]
        paragraph.alignment = RIGHT
        paragraph.add_run(text).font.size = Pt(SIZE_SMALL)

    def text(
        self,
        *runs: str,
        align: Any = JUSTIFIED,
        first: bool = True,
        size: float = SIZE,
        bold: bool = False,
        before: float = 0,
        left: float = 0,
        spacing: float = LINE,
        style: str | None = None,
        together: bool = False,
        new_page: bool = False,
    ) -> Any:
        """A paragraph; a run that begins with «^» is raised. ``together``: it stays on the sheet of the next one."""
        return self._filled(
            self.made.add_paragraph(style=style), runs, align=align, first=first, size=size, bold=bold, before=before,
            left=left, spacing=spacing, together=together, new_page=new_page,
        )  # fmt: skip

    def _filled(self, paragraph: Any, runs: Sequence[str], *, align: Any, first: bool, size: float, bold: bool = False,
                before: float = 0, left: float = 0, spacing: float = 1, together: bool = False,
                new_page: bool = False) -> Any:  # fmt: skip
        for words in runs:
            run = paragraph.add_run(words.removeprefix("^"))
            run.font.size, run.bold = Pt(size), bold
            run.font.superscript = words.startswith("^") or None
        paragraph.alignment = align
        form = paragraph.paragraph_format
        form.first_line_indent, form.left_indent = Mm(FIRST_LINE if first else 0), Mm(left)
        form.space_before, form.line_spacing = Pt(before), spacing
        form.keep_with_next, form.page_break_before = together or None, new_page or None
        return paragraph

    def mark(self, tag: str) -> None:
        """A command of the template in a paragraph of its own, which goes away with it: «{%p for …%}»."""
        self.made.add_paragraph(tag)

    def spread(self, left: str, right: str, *, style: str | None = None) -> None:
        """Two texts at both edges of the sheet."""
        paragraph = self.text(f"{left}\t{right}", align=LEFT, first=False, style=style, spacing=1)
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(WIDTH), 2)

    def columns(self, cells: Sequence[Sequence[tuple[str, Any]]], widths: Sequence[float]) -> None:
        """A table without lines: each cell is a list of paragraphs with their alignment."""
        table = self._table(1, widths)
        for cell, paragraphs in zip(table.rows[0].cells, cells, strict=True):
            for at, (words, align) in enumerate(paragraphs):
                paragraph = cell.paragraphs[0] if at == 0 else cell.add_paragraph()
                self._filled(paragraph, [words], align=align, first=False, size=SIZE_IN_TABLE)

    def table(
        self,
        head: Sequence[str],
        row: Sequence[Sequence[str]],
        widths: Sequence[float],
        *,
        each: str,
        of: str,
        size: float = SIZE_IN_TABLE,
    ) -> None:
        """A table with a row for each ``of`` (called ``each``): its head stands again on every sheet.

        Of a cell's paragraph what follows «^» is raised.
        """
        table = self._table(4, widths)
        table.style = "Table Grid"
        for cell, words in zip(table.rows[0].cells, head, strict=True):
            self._filled(cell.paragraphs[0], [words], align=CENTRE, first=False, size=size)
        self._property(table.rows[0], "w:tblHeader")
        table.rows[1].cells[0].text = f"{{%tr for {each} in {of} %}}"
        table.rows[3].cells[0].text = "{%tr endfor %}"
        for cell, paragraphs in zip(table.rows[2].cells, row, strict=True):
            for at, words in enumerate(paragraphs):
                paragraph = cell.paragraphs[0] if at == 0 else cell.add_paragraph()
                if words.startswith("{%p"):
                    paragraph.add_run(words)
                else:
                    plain, raised, code = words.partition("^")
                    runs = [plain, raised + code] if raised else [plain]
                    self._filled(paragraph, runs, align=LEFT, first=False, size=size)
        self._property(table.rows[2], "w:cantSplit")

    def _table(self, rows: int, widths: Sequence[float]) -> Any:
        table = self.made.add_table(rows=rows, cols=len(widths))
        table.autofit, table.alignment = False, WD_TABLE_ALIGNMENT.LEFT
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
            for cell in column.cells:
                cell.width = Mm(width)
        return table

    @staticmethod
    def _property(row: Any, name: str) -> None:
        row._tr.get_or_add_trPr().append(OxmlElement(name))

    def bytes(self) -> bytes:
        out = io.BytesIO()
        self.made.save(out)
        return out.getvalue()


__all__ = [
    "CENTRE",
    "JUSTIFIED",
    "LEFT",
    "RIGHT",
    "SIGNATURE",
    "SIZE_IN_TABLE",
    "SIZE_IN_WIDE_TABLE",
    "SIZE_SMALL",
    "Layout",
]
