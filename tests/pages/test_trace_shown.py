"""From a figure on a page to the rows behind it: random figures are computed again from the files themselves."""

from __future__ import annotations

import csv
import html
import io
import random
import re
from fractions import Fraction

import pytest
from thinned import kept

from proforient.analysis.coverage import coverages
from proforient.catalogue.read import read_catalogue
from proforient.settings import ROOT
from proforient.store.store import Store
from proforient.web.running import running
from proforient.wording import share

MANY = 8, 50  # figures, and under ``make soak``
COLUMNS = ("organisation", "what", "number", "file", "sheet", "row", "column", "sent")


def measured(store):
    """Every share of the demonstration that somebody reported: totals of territories, figures of organisations."""
    with store.read() as reader:
        for period in dict.fromkeys(p.code for p in reader.periods()):
            for by in (None, "organisation"):
                found = coverages(reader, store.catalogue, period, by=by)
                yield from (c for c in found if c.share is not None and c.kind in ("share", "yes_no"))


@pytest.fixture(scope="module", params=kept(MANY, MANY[:1]))
def chosen(request, filled, tmp_path_factory):
    """So many of them, half totals, half of organisations."""
    import shutil

    folder = shutil.copytree(filled, tmp_path_factory.mktemp("chosen") / "data")
    store = Store.open(folder, read_catalogue(ROOT / "indicators.toml"))
    every = list(measured(store))
    store.close()
    dice = random.Random(20261125)
    totals = [c for c in every if c.organisation is None]
    own = [c for c in every if c.organisation is not None]
    of_totals = min(request.param // 2, len(totals))
    return dice.sample(totals, of_totals) + dice.sample(own, request.param - of_totals)


def rows_shown(at):
    """The rows of the open panel, as text."""
    body = next(e.proto.body for e in at.get("html") if 'pf-trace"' in e.proto.body)
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", body.split("<tbody", 1)[1], re.DOTALL)
    for row in rows:
        cells = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)
        texts = [html.unescape(re.sub("<[^>]+>", " ", cell)).replace("\u00a0", " ").strip() for cell in cells]
        yield dict(zip(COLUMNS, texts, strict=True))


def table_of(data):
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1251")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def in_the_file(table, row, column):
    """The number that stands in the file itself at the place that the page names."""
    head = next(line for line in table[: row - 1] if column in line)
    cell = table[row - 1][head.index(column)].strip()
    return {"да": 1, "нет": 0}.get(cell, cell) if cell in ("да", "нет") else int(cell)


def files_by_name(territory, period):
    """What was sent in a period of a territory, where no two files have the same name."""
    store = running().open().store
    with store.read() as reader:
        here = {o.code for o in reader.organisations(territory=territory)}
        sent = [s for s in reader.submissions(period=period) if here & set(s.organisations)]
    assert len({s.file for s in sent}) == len({s.sha256 for s in sent})
    return {s.file: table_of(store.get_file(s.sha256)) for s in sent}


def test_random_figures_are_what_the_rows_shown_give(page, chosen):
    assert len(chosen) in MANY and len({c.period for c in chosen}) > 1
    answers = 0
    for c in chosen:
        where = {"territory": c.territory, "period": c.period, "indicator": c.indicator, "level": c.level}
        code = "indicators"
        if c.organisation:
            code, where["organisation"] = "organisations", c.organisation
        at = page(code, **where, cohort=c.cohort, trace="1")
        assert not at.exception
        files, sums = files_by_name(c.territory, c.period), {"числитель": 0, "знаменатель": 0, "значение": 0}
        shown = list(rows_shown(at))
        for row in shown:
            number = in_the_file(files[row["file"]], int(row["row"]), row["column"])
            printed = {"да": 1, "нет": 0}.get(row["number"]) if row["number"] in ("да", "нет") else None
            assert number == (printed if printed is not None else int(row["number"].replace(" ", "")))
            role = next(role for role in sums if row["what"].endswith(role))
            sums[role] += number
        good = running().open().catalogue.indicators[c.indicator].good
        if c.kind == "yes_no":
            answers += 1
            yes = sums["значение"] if good == "yes" else len(shown) - sums["значение"]
            assert (yes, len(shown)) == (c.numerator, c.denominator), c
        else:
            assert (sums["числитель"], sums["знаменатель"]) == (c.numerator, c.denominator), c
            told = " ".join(e.proto.body for e in at.get("html")).replace("&nbsp;", "\u00a0")
            exact = Fraction(100 * c.numerator, c.denominator)
            assert share(exact, against=c.plan.percent if c.plan else None) in html.unescape(told)
    assert answers, "the demonstration has answers among its figures"


def marked(at):
    """The framed cells of the rows shown, as they stand in the file."""
    body = " ".join(e.proto.body for e in at.get("html") if 'pf-sheet"' in e.proto.body)
    return [html.unescape(text) for text in re.findall(r'<mark class="traced">(.*?)</mark>', body)]


@pytest.mark.parametrize(
    ("code", "organisation", "source"),
    [("indicators", "", "n-school-zarechnaya"), ("organisations", "n-school-zarechnaya", "")],
)
def test_the_row_is_shown_as_it_stands_in_the_file_with_the_cells_marked(page, code, organisation, source):
    """A total leads to an organisation's rows in two steps, an organisation's own figure in one."""
    given = {"period": "2022", "indicator": "coverage", "level": "basic", "cohort": "all", "trace": "1"}
    at = page(code, **given, organisation=organisation, source=source)
    assert not at.exception
    shown = [row for row in rows_shown(at) if row["organisation"] == "Школа «Заречная»"]
    assert sorted(marked(at)) == sorted(row["number"] for row in shown)
    told = html.unescape(" ".join(e.proto.body for e in at.get("html"))).replace("\u00a0", " ")
    assert re.search(
        r"Файл zarechnaya_2022\.csv\. Сдано \d+ \w+ \d{4} года, \d\d:\d\d \(UTC\+5\): Школа «Заречная»", told
    )
    assert any(b.label == "Скачать zarechnaya_2022.csv" for b in at.get("download_button"))


def test_a_row_that_nobody_asked_for_is_not_shown(page):
    at = page("overview", period="2022", level="basic", cohort="all", trace="1")
    assert marked(at) == []
    assert len(list(rows_shown(at))) > 2
