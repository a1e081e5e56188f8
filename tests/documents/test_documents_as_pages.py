"""Every kind as LibreOffice lays it out: no empty page, nothing beyond the sheet, the signature never alone."""

from __future__ import annotations

import io
import re

import pypdf
import pytest
from word_text import DAY, made, plain

from proforient.documents import pdf
from proforient.documents.appendix import sheets_of_appendix
from proforient.documents.contents import Contents
from proforient.documents.drafts import proposed
from proforient.documents.kinds import KINDS
from proforient.documents.offices import Office
from proforient.documents.record import Audience

pytestmark = pytest.mark.xdist_group("papers")  # LibreOffice is started once for all of them
OFFICE = Office(
    letterhead=("АДМИНИСТРАЦИЯ МУНИЦИПАЛЬНОГО РАЙОНА", "УПРАВЛЕНИЕ ОБРАЗОВАНИЯ"),
    name="Управление образования", address=("ул. Мира, 1", "ОКПО 00000000, ОГРН 0000000000000"),
    post=("Начальник", "Управления образования"),
)  # fmt: skip
# Long names and many rows break pages; the sheet of one organisation is longest in the demonstration.
CASES = [*(f"large-{code}" for code in KINDS), "demonstration-sheet", "demonstration-letter"]
LEFT, FOOT, WORDS = 80, 55, 15  # points that the margins leave, the fewest words of a page
WIDE = 0.45  # of its size, a narrow letter


@pytest.fixture(scope="session")
def documents(demonstration, large):
    """Each case's Word file, with everything that the analysis proposes."""
    found = {}
    for case in CASES:
        district, _, code = case.partition("-")
        states = {"demonstration": demonstration, "large": large}[district]
        state = states["sheet"] if code == "sheet" else states["nyazepetrovsk" if district != "large" else "territory"]
        given = Contents() if code == "sheet" else Contents(items=proposed(state, DAY))
        found[case] = made(KINDS[code], KINDS[code].compose(state, Audience.INTERNAL, DAY, given), OFFICE)
    return found


@pytest.fixture(scope="session")
def papers(documents):
    """The same as PDF; LibreOffice is started once for all of them."""
    if pdf.why_not():
        pytest.skip("LibreOffice is not installed: the document was not turned into pages")
    readers = (pypdf.PdfReader(io.BytesIO(data)) for data in pdf.as_pdfs(list(documents.values()), "docx"))
    return dict(zip(documents, readers, strict=True))


def beyond(page):
    """What stands outside the margins of the sheet."""
    width, found = float(page.mediabox.width), []

    def look(text, matrix, own, _, size):
        x, y = own[4] * matrix[0] + matrix[4], own[5] * matrix[3] + matrix[5]
        right = x + len(text.strip()) * size * abs(own[0] * matrix[0]) * WIDE
        if text.strip() and (x < LEFT or right > width or y < FOOT):
            found.append((text.strip()[:40], round(x), round(right), round(y)))

    page.extract_text(visitor_text=look)
    return found


@pytest.mark.parametrize("case", CASES)
def test_no_page_is_empty_and_nothing_stands_beyond_the_sheet(case, papers):
    for page in papers[case].pages:
        text = plain(page.extract_text())
        assert len(text.split()) >= WORDS, text
        assert not beyond(page) and "{{" not in text
        assert not text.split("\n", 1)[-1].strip().startswith("Начальник"), "a signature never begins a page"


def test_the_sheets_of_a_letters_appendix_are_counted(papers, documents):
    pages = [plain(page.extract_text()) for page in papers["large-letter"].pages]
    first = next(n for n, text in enumerate(pages) if re.search("Приложение\\s+к письму", text))
    assert sheets_of_appendix(documents["large-letter"]) == len(pages) - first > 1


def test_slides_become_pages_that_say_the_same(frozen):
    if pdf.why_not():
        pytest.skip("LibreOffice is not installed: slides were not turned into pages")
    pages = pypdf.PdfReader(io.BytesIO(pdf.as_pdf(frozen.files["slides", "internal"], "pptx"))).pages
    texts = [plain(page.extract_text()) for page in pages]
    assert min(len(text.split()) for text in texts) > 5, [text[:80] for text in texts]
    assert "не хватает" in re.sub(r"\s+", " ", " ".join(texts))
