"""The route of a footnote: ``/f/CODE`` says what the code of an issued document stands for and leads to its cells."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from proforient import snapshot as snapshots
from proforient.access.roles import Deed, Person
from proforient.analysis.coverage import Coverage, coverages
from proforient.charts import sentences
from proforient.errors import ProforientError
from proforient.monitoring import territory_name
from proforient.store.papers import FootnoteRow, IssuedDocument
from proforient.store.reading import Reader
from proforient.view import View, to_query
from proforient.web import plain
from proforient.web.gate import who
from proforient.web.running import OpenApplication, running
from proforient.web.sections.documents.listing import called
from proforient.wording import capital, period_name, typo

CODE = re.compile(r"[A-Z2-7]{5}")
SAME = "Сейчас число то же."
LATER = "Сейчас по данным: {}. С тех пор, как документ выпущен, их уточнили."


async def show(request: Request) -> Response:
    """The figure as the document states it, what it is now, and the way to its rows; 404 for whom it is not."""
    code = request.path_params["code"].upper()
    base = request.url.path.rpartition("/f/")[0]
    try:
        person = await run_in_threadpool(who, request.headers)
        opened = await run_in_threadpool(running().open)
        page = (
            await run_in_threadpool(_page_of, opened, code, person, base) if person and CODE.fullmatch(code) else None
        )
    except ProforientError as error:
        return plain.answer(503, "Сейчас нельзя", str(error))
    if page is None:
        return plain.nothing_here(f"{base}/")
    heading, text, links = page
    return plain.answer(200, heading, text, links)


def _page_of(
    opened: OpenApplication, code: str, person: Person, base: str
) -> tuple[str, str, tuple[tuple[str, str], ...]] | None:
    """Heading, text and links; None where no document that the person may see has this code."""
    with opened.store.read() as reader:
        for note in reader.footnotes(code):
            paper = reader.issued_document(str(note.issued))
            if person.may(Deed.LOOK) and person.reaches(paper.territory):
                return _page(reader, opened, note, paper, base)
    return None


def _page(
    reader: Reader, opened: OpenApplication, note: FootnoteRow, paper: IssuedDocument, base: str
) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    catalogue = opened.catalogue
    name = catalogue.indicator_name(note.indicator, note.level) if note.indicator in catalogue.indicators else note.code
    where = f"{territory_name(paper.territory)}, {period_name(paper.period)}"
    then, now = _then(reader, note, paper), _now(reader, opened, note, paper)
    words = [f"{where}.", f"{called(paper)}: {_figure(then)}."]
    words.append(SAME if _figure(then) == _figure(now) else LATER.format(_figure(now)))
    seen = View(territory=paper.territory, period=paper.period)
    cells = replace(seen, indicator=note.indicator, level=note.level, cohort=note.cohort, trace=True)
    document = replace(seen, document=f"i{paper.id}")
    links = (
        ("Откуда число: файлы, строки, столбцы", f"{base}/indicators?{_query(cells)}"),
        ("Документ в реестре", f"{base}/documents?{_query(document)}"),
    )
    return typo(f"{note.code}: {capital(name)}"), typo(" ".join(words)), links


def _query(view: View) -> str:
    return urlencode({name: value for name, value in to_query(view).items() if value})


def _figure(found: Coverage | None) -> str:
    return sentences.evidence(found) if found is not None else "числа нет"


def _then(reader: Reader, note: FootnoteRow, paper: IssuedDocument) -> Coverage | None:
    """As it was frozen with the document."""
    frozen = reader.frozen(paper.snapshot)
    if frozen is None:
        return None
    taken = snapshots.read(frozen.body)
    every = (*taken.levels, *(found.coverage for found in taken.problems), *taken.others)
    return next((c for c in every if _is(c, note)), None)


def _now(reader: Reader, opened: OpenApplication, note: FootnoteRow, paper: IssuedDocument) -> Coverage | None:
    if note.indicator not in opened.catalogue.indicators:
        return None
    rows = coverages(
        reader, opened.catalogue, paper.period, territory=paper.territory, indicator=note.indicator, cohort=note.cohort
    )
    return next((c for c in rows if _is(c, note)), None)


def _is(c: Coverage, note: FootnoteRow) -> bool:
    return (c.indicator, c.level, c.cohort) == (note.indicator, note.level, note.cohort)
