"""Slides, workbook, all sheets as one ZIP, PDF: the figures of the paper, for whom they are, and what no file does."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

import openpyxl
import pytest
from pptx import Presentation
from pptx.util import Pt
from word_text import DAY, paragraphs, plain, tells

from proforient.commands import line
from proforient.demo.districts import NYAZEPETROVSK, organisations
from proforient.documents import all_sheets, pdf
from proforient.documents.all_sheets import zip_of_sheets
from proforient.documents.contents import NOTHING
from proforient.documents.kinds import KINDS
from proforient.documents.offices import Office
from proforient.documents.record import Audience
from proforient.documents.slides import made_slides
from proforient.documents.workbook import BookFigures, made_book
from proforient.errors import Refused

NAMES = [o.name for o in organisations()]


def deck(data):
    return Presentation(io.BytesIO(data))


def said(slide):
    frames = [shape.text_frame for shape in slide.shapes if shape.has_text_frame]
    return plain("\n".join(frame.text for frame in frames))


def charts(presentation):
    return [shape.chart for slide in presentation.slides for shape in slide.shapes if shape.has_chart]


def test_slides_say_the_finding_and_their_charts_can_be_edited(frozen):
    made_deck = deck(frozen.files["slides", "internal"])
    titles = [plain(slide.shapes.title.text_frame.text) for slide in made_deck.slides]
    assert "План не достигнут на двух уровнях из четырёх измеренных: дошкольном и основном" in titles
    assert "Основное образование: не хватает 83 детей — кто закроет нехватку" in titles
    assert "Поручить руководителям дошкольных образовательных организаций" in titles
    levels, *gaps = charts(made_deck)
    bars, plans = levels.plots
    assert list(bars.series[0].values) == [40, 80, 70, 80] and list(plans.series[0].values) == [50, 75, 80, 80]
    assert "не хватает 83 детей" in plain(list(bars.categories)[2])
    assert [list(chart.plots[0].series[0].values)[-1] for chart in gaps] == [23, 42]
    book = openpyxl.load_workbook(io.BytesIO(levels.part.chart_workbook.xlsx_part.blob))
    assert [cell.value for cell in book.active["B"]][1:] == [40, 80, 70, 80], "«Изменить данные» opens these"
    sizes = {run.font.size for s in made_deck.slides for shape in s.shapes if shape.has_text_frame
             for p in shape.text_frame.paragraphs for run in p.runs}  # fmt: skip
    assert min(sizes) >= Pt(16)


def test_slides_and_workbook_for_outside_name_nobody_and_round(frozen):
    outside = deck(frozen.files["slides", "outside"])
    text = "\n".join(said(slide) for slide in outside.slides)
    assert not [name for name in NAMES if name in text] and not tells(text, 581) and len(charts(outside)) == 1
    inside = deck(frozen.files["slides", "internal"])
    assert all("для внутренней работы управления" in said(slide) for slide in inside.slides)
    assert "для внутренней" not in text and "выдумано" in text
    book = openpyxl.load_workbook(io.BytesIO(frozen.files["workbook", "outside"]))
    cells = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert "Организации" not in book.sheetnames and not [c for c in cells if isinstance(c, str) and c.startswith("=")]
    assert 581 not in cells and 560 in cells and not [name for name in NAMES if name in map(str, cells)]


def test_a_workbook_has_formulas_of_its_own_over_the_organisations_rows(frozen):
    data = frozen.files["workbook", "internal"]
    live, cached = (openpyxl.load_workbook(io.BytesIO(data), data_only=only)["Уровни"] for only in (False, True))
    row = next(r for r in range(4, 10) if live.cell(r, 1).value == "Основное образование")
    assert live.cell(row, 2).value == f"=SUMIFS(Организации!C:C,Организации!B:B,A{row})"
    assert live.cell(row, 6).value == f"=MAX(0,ROUNDUP(ROUND(E{row}*C{row}/100,6),0)-B{row})"
    told = [cached.cell(row, column).value for column in range(2, 8)]
    assert told == [581, 830, 70, 80, 83, "✗ план не достигнут"]
    rows = openpyxl.load_workbook(io.BytesIO(data), data_only=True)["Организации"].iter_rows(values_only=True)
    assert sum(r[2] for r in rows if r[1] == "Основное образование") == 581
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        chart = archive.read("xl/charts/chart1.xml").decode()
    assert "<c:barChart>" in chart and "<c:lineChart>" in chart and "$E$" in chart


HOSTILE = '=HYPERLINK("http://x";"y") <b>{{ 7*7 }} \x07\ue000'


def test_a_name_is_never_a_formula_a_link_or_a_field(frozen):
    state = frozen.states["nyazepetrovsk"]
    named = tuple(replace(o, name=HOSTILE) for o in state.snapshot.organisations)
    state = replace(state, snapshot=replace(state.snapshot, organisations=named))
    own = (c for s in frozen.sheets for c in s.own.figures)
    rows = tuple(c for c in own if (c.indicator, c.cohort) == ("coverage", "all") and c.denominator)
    figures = BookFigures(
        state=state, audience=Audience.INTERNAL, levels=state.snapshot.levels, hidden=(), rows=rows, every=()
    )
    sheet = openpyxl.load_workbook(io.BytesIO(made_book(figures)))["Организации"]
    names = {(cell.value, cell.data_type, cell.hyperlink) for cell in sheet["A"][1:]}
    assert names == {('=HYPERLINK("http://x";"y") <b>{{ 7*7 }}', "s", None)}
    long = tuple(replace(o, name="Школа посёлка " * 9) for o in state.snapshot.organisations)
    half = replace(state.snapshot, organisations=long, period=replace(state.snapshot.period, code="2024-1"))
    tall = replace(figures, state=replace(state, snapshot=half))
    told = [cell for sheet in openpyxl.load_workbook(io.BytesIO(made_book(tall))) for row in sheet for cell in row]
    assert not [cell.coordinate for cell in told if cell.is_date] and "первое полугодие 2024" in str(told[0].value)
    sheet = openpyxl.load_workbook(io.BytesIO(made_book(tall)))["Организации"]
    assert sheet.row_dimensions[2].height >= 45, "a long name has the room that it needs"
    made_deck = made_slides(KINDS["note"].compose(state, Audience.INTERNAL, DAY, NOTHING), Office())
    with zipfile.ZipFile(io.BytesIO(made_deck)) as archive:
        links = [name for name in archive.namelist() if name.endswith(".rels") and b"External" in archive.read(name)]
    assert not links and "<b>{{ 7*7 }}" in next(iter(charts(deck(made_deck))[1].plots[0].categories))


def test_the_problems_of_all_organisations_read_at_once_are_those_of_each(frozen):
    assert {s.own.organisation.code: list(s.own.problems) for s in frozen.sheets} == frozen.alone
    assert any(found.organisations for every in frozen.alone.values() for found in every)


def test_all_sheets_come_as_one_archive_and_it_is_told_how_many_are_made(frozen, tmp_path, monkeypatch):
    begun, real = [], all_sheets.begin

    def counted(job, **more):
        begun.append(job)
        return real(job, **more)

    monkeypatch.setattr(all_sheets, "begin", counted)
    documents = [KINDS["sheet"].compose(state, Audience.OUTSIDE, DAY, NOTHING) for state in frozen.sheets[:5]]
    steps = []
    with zipfile.ZipFile(io.BytesIO(zip_of_sheets(documents, tmp_path, lambda *now: steps.append(now)))) as archive:
        names = sorted(archive.namelist())
        texts = ["\n".join(paragraphs(archive.read(name))) for name in names]
    assert steps == [(n, 5) for n in range(1, 6)]
    assert len(begun) == 2, "two processes share them, and this one goes on answering"
    for n, (name, text, state) in enumerate(zip(names, texts, frozen.sheets, strict=False), 1):
        own = state.own.organisation.name
        assert name.startswith(f"{n:02} Лист, ") and own in text
        assert not [other for other in NAMES if other != own and other in text]
    (tmp_path / "sheet.docx").write_bytes(KINDS["sheet"].template()[:900])
    with pytest.raises(Refused, match="не документ Word"):
        zip_of_sheets(documents, tmp_path)


def test_the_commands_write_them(frozen, tmp_path, monkeypatch, capsys):
    from serving import fill_with_demonstration

    folder = fill_with_demonstration(tmp_path / "data")
    for name, value in (("DATA", folder), ("SECRETS", tmp_path / "keys"), ("TEMPLATES", tmp_path / "none")):
        monkeypatch.setenv(f"PROFORIENT_{name}", str(value))
    asked = ("--period", "2022", "--territory", NYAZEPETROVSK, "--day", "2023-05-04")
    for what, ending in (("slides", "pptx"), ("workbook", "xlsx"), ("sheets", "zip")):
        out = tmp_path / f"made.{ending}"
        assert line.main(["document", what, *asked, "--out", str(out)]) == 0
        assert zipfile.is_zipfile(out)
    assert len(zipfile.ZipFile(out).namelist()) == len(frozen.sheets)
    assert re.search(r"Листов готово: (\d+) из \1", capsys.readouterr().err)
    school = ("--organisation", "n-school-severnaya", "--out", str(tmp_path / "sheet.docx"))
    assert line.main(["document", "issue", "sheet", *asked, *school]) == 0
    assert line.main(["document", "issue", "sheet", *asked, "--out", str(tmp_path / "x.docx")]) == 1
    assert "выберите её" in capsys.readouterr().err


def test_without_libreoffice_it_is_said_why_there_is_no_pdf(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / "a.docx").write_bytes(b"PK")
    assert line.main(["document", "pdf", str(tmp_path / "a.docx"), "--out", str(tmp_path / "a.pdf")]) == 1
    said = capsys.readouterr().err
    assert "нет LibreOffice" in said and "сохраните как PDF" in said and not (tmp_path / "a.pdf").exists()


OFFICE_PROGRAM = """#!/bin/sh
for word in "$@"; do last=$word; done
case "$(cat "$last")" in slow) sleep 30;; esac
env > "${last%.*}.pdf"; ls -R . >> "${last%.*}.pdf"; echo "$@" >> "${last%.*}.pdf"
"""


def test_libreoffice_has_a_profile_of_its_own_no_network_and_little_time(tmp_path, monkeypatch):
    program = tmp_path / "soffice"
    program.write_text(OFFICE_PROGRAM, "utf-8")
    program.chmod(0o700)
    monkeypatch.setattr(pdf, "_program", lambda: str(program))
    monkeypatch.setenv("PROFORIENT_SECRET_OF_OURS", "x")
    told = pdf.as_pdf(b"PK", "docx").decode()
    assert "-env:UserInstallation=file:///" in told and "registrymodifications.xcu" in told
    assert "PROFORIENT_SECRET_OF_OURS" not in told, "nothing of this program's environment"
    assert not pdf._without_network() or pdf._without_network()[-1] == "--net"
    monkeypatch.setattr(pdf, "SECONDS", 0.3)
    with pytest.raises(Refused, match="не справился"):
        pdf.as_pdf(b"slow", "docx")
    assert not pdf._one_at_a_time.locked(), "the next one does not wait for it"
