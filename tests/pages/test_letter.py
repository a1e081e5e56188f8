"""The letter to organisations by its command and from «Проблемы»: the page's own figures, rounded for outside."""

from __future__ import annotations

import hashlib
import io
import json
import random
import re
import shutil
import zipfile

import docx
import pytest
import streamlit as st
from page_words import words

from proforient.access.roles import Person, Role
from proforient.commands import line
from proforient.demo.districts import NYAZEPETROVSK, organisations
from proforient.documents.kinds.letter import KIND
from proforient.errors import Refused

DAY = "2023-05-04"
OFFICE = """
["Нязепетровский муниципальный район"]
letterhead = ["УПРАВЛЕНИЕ ОБРАЗОВАНИЯ", "{{ 7*7 }} & <b>"]
name = "Управление образования"
territory_gen = "Нязепетровского муниципального района"
territory_prep = "Нязепетровском муниципальном районе"
post = ["Заместитель начальника", "Управления образования"]
signatory = "=HYPERLINK(\\"http://x\\") \\u0007\\f{%p for %} \\ue000"
"""


def opened(data):
    """The document, and all its words with tables in their place."""
    made = docx.Document(io.BytesIO(data))
    parts = [made.element.body, made.sections[0].first_page_header._element]
    paragraphs = [p for part in parts for p in part.iter(f"{{{part.nsmap['w']}}}p")]
    lines = ["".join(t.text or "" for t in p.iter(f"{{{p.nsmap['w']}}}t")) for p in paragraphs]
    return made, re.sub(r"[\u00a0\u2060]", lambda m: " " if m[0] == "\u00a0" else "", "\n".join(lines))


@pytest.fixture
def issue(filled, tmp_path, monkeypatch, capsys):
    """``issue("internal")`` by the command gives the bytes, and the words on standard error."""
    folder = tmp_path / "own"
    shutil.copytree(filled, folder / "data")
    for name, value in (("DATA", folder / "data"), ("SECRETS", folder / "keys"), ("TEMPLATES", folder / "templates")):
        monkeypatch.setenv(f"PROFORIENT_{name}", str(value))
    (folder / "templates").mkdir()
    out = tmp_path / "letter.docx"

    def called(*more, period="2022", code=0):
        asked = ("--period", period, "--territory", NYAZEPETROVSK, "--out", str(out), "--day", DAY)
        assert line.main(["document", "issue", "letter", *asked, *more]) == code
        return out.read_bytes() if not code else b"", capsys.readouterr().err

    called.templates = folder / "templates"
    called.state = out.with_name("letter.state.json")
    return called


def test_a_letter_for_outside_names_nobody_and_is_made_of_the_state_beside_it(issue):
    data, said = issue()
    made, text = opened(data)
    assert not [o.name for o in organisations() if o.name in text]
    assert "не хватает около 80 детей" in text and "581" not in text and "Для внутренней работы" not in text
    assert hashlib.sha256(issue.state.read_bytes()).hexdigest()[:12] in text
    assert json.loads(issue.state.read_text("utf-8"))["territory"] == NYAZEPETROVSK
    assert "без срока: 16; без ответственного: 17; проблем без рекомендации: 0." in said
    assert "Срок: до 15 июня 2023 года." in text, "not yet passed on the letter's day"
    assert "организации, числа детей, планы, 2021 и 2023 годы выдуманы" in text
    section = made.sections[0]
    edges = (section.left_margin, section.right_margin, section.top_margin, section.bottom_margin)
    assert [round(edge.mm) for edge in edges] == [30, 10, 20, 20] and section.different_first_page_header_footer
    assert made.styles["Normal"].font.size.pt == 13 and 1 <= made.styles["Normal"].paragraph_format.line_spacing <= 1.5
    links = [r for r in made.part.rels.values() if r.is_external]
    fields = [e for e in made.element.body.iter() if e.tag.endswith(("}fldSimple", "}instrText"))]
    assert not links and not fields


def rows_of(code, text, capsys):
    """The figure's numerator and denominator, added up from the cells that the trace leads to."""
    subject = re.search(rf"^{code} – показатель № 1, (\w+) образование", text, re.MULTILINE)[1]
    level = {"Дошкольное": "preschool", "Начальное": "primary", "Основное": "basic", "Среднее": "secondary"}[subject]
    asked = ("--period", "2022", "--indicator", "coverage", "--level", level, "--territory", NYAZEPETROVSK)
    assert line.main(["trace", *asked, "--json"]) == 0
    cells = json.loads(capsys.readouterr().out)["cells"]
    assert cells and all(cell["file"] and cell["row"] for cell in cells), "each is a row of a file"
    roles = ("numerator", "denominator")
    return tuple(sum(cell["value"] for cell in cells if cell["role"] == role) for role in roles)


def test_the_departments_own_copy_names_who_closes_the_gap_and_has_the_figures_of_the_page(issue, page, capsys):
    _, text = opened(issue("--audience", "internal")[0])
    assert text.endswith("Для внутренней работы управления")
    assert re.search(r"\(581 из 830 — 70 % при плане 80 %, не хватает 83 детей\)[A-Z2-7]{5}\.", text)
    assert "Нехватку закроют: Школа «Северная» — 42, Школа «Заречная» — 18, Школа «Лесная» — 14" in text
    assert "1. Руководителям дошкольных образовательных организаций" in text and "К проблемам 2, 3, 4, 5." in text
    told = re.findall(r"– доля .*? составляет ([\d,]+ %) при плане (\d+ %).*?\)(?:, по .*?)?([A-Z2-7]{5})[;.]", text)
    assert len(told) == 4
    shown = words(page("overview", territory=NYAZEPETROVSK, period="2022"))
    share, plan, code = random.choice(told)
    pair = re.search(rf"^{code} – показатель № 1, .*, 2022 год: (\d+ из \d+)$", text, re.MULTILINE)[1]
    assert share in shown and f"план {plan}" in shown and pair in shown, (share, plan, pair)
    number, of = rows_of(code, text, capsys)
    assert pair == f"{number} из {of}", "the sums of the rows of the files are the letter's figure"


def test_texts_stay_texts_and_what_nobody_has_said_is_a_place_to_fill(issue):
    (issue.templates / "offices.toml").write_text(OFFICE, "utf-8")
    made, text = opened(issue("--audience", "internal")[0])
    assert "{{ 7*7 }} & <b>" in text and '=HYPERLINK("http://x") {%p for %}' in text
    assert "в Нязепетровском муниципальном районе в 2022 году выявлено:" in text
    marked = {r.text for p in made.paragraphs for r in p.runs if r.font.highlight_color is not None}
    assert {"[должность или отдел]", "[срок]", "[число]", "[исполнитель, телефон]"} <= marked
    assert "\ue000" not in text and "[должность]" not in marked
    sign = next(p for p in made.paragraphs if p.text.endswith("{%p for %}"))
    assert sign.text.startswith("Управления образования\t"), "the name stands on the last line of the post"
    before = made.paragraphs[[p._p for p in made.paragraphs].index(sign._p) - 1]
    assert before.paragraph_format.keep_with_next


def test_a_template_or_an_office_with_a_fault_refuses_with_its_place(issue):
    (issue.templates / "offices.toml").write_text(
        '["Край"]\npost = 1\n["Нязепетровский муниципальный район"]\nx = 1', "utf-8"
    )
    assert "поля «x» нет" in issue(code=1)[1]
    (issue.templates / "offices.toml").unlink()
    own = docx.Document()
    own.add_paragraph("Свой бланк. {{ заголовок }}. {{ итог }}")
    own.save(issue.templates / "letter.docx")
    assert opened(issue()[0])[1].startswith("Свой бланк. О результатах мониторинга")
    own.add_paragraph("{{ итги }}")
    own.save(issue.templates / "letter.docx")
    assert "Поля «итги» нет (текст, абзац 2: «{{ итги }}»). Похоже: «итог»." in issue(code=1)[1].replace("\u00a0", " ")


def test_the_page_gives_both_to_whoever_may_show_figures(page, monkeypatch, tmp_path):
    offered = {}
    real = st.download_button

    def kept(label, data, **more):
        offered[label] = data
        return real(label, data, **more)

    monkeypatch.setattr(st, "download_button", kept)
    head = Person(login="head", role=Role.HEAD, territory=NYAZEPETROVSK)
    at = page("problems", person=head, territory=NYAZEPETROVSK, period="2022")
    assert not at.exception
    labels = ("Письмо для организаций", "Экземпляр для управления")
    outside, internal = (opened(offered[label]())[1] for label in labels)
    assert "581" not in outside and "581 из 830" in internal
    offered[labels[0]].args[0].person = Person(login="n", role=Role.ORGANISATION, organisation="n-school-zarechnaya")
    with pytest.raises(Refused):
        offered[labels[0]]()
    offered.clear()
    (tmp_path / "data" / "templates").mkdir()
    (tmp_path / "data" / "templates" / "letter.docx").write_bytes(KIND.template()[:900])
    assert "не документ Word" in words(page("problems", person=head, territory=NYAZEPETROVSK, period="2022"))
    assert not offered.keys() & set(labels)


def test_slides_workbook_and_sheets_are_taken_from_the_page_by_whoever_may_show_figures(page, monkeypatch, tmp_path):
    offered, shut = {}, {}
    real = st.download_button

    def kept(label, data, **more):
        offered[label], shut[label] = data, more.get("help") if more.get("disabled") else ""
        return real(label, data, **more)

    monkeypatch.setattr(st, "download_button", kept)
    monkeypatch.setenv("PATH", str(tmp_path))
    head = Person(login="head", role=Role.HEAD, territory=NYAZEPETROVSK)
    at = page("problems", person=head, territory=NYAZEPETROVSK, period="2022")
    assert not at.exception and "нет LibreOffice" in shut["Письмо в PDF"], "the button says why"
    assert offered["Слайды"]().startswith(b"PK") and not shut["Слайды"]
    outside = offered["Книга показателей"]()
    at.toggle(key="takeaway-exact").set_value(True).run()
    assert len(offered["Книга показателей"]()) > len(outside), "with the organisations' rows"
    at.button(key="takeaway-sheets").click().run()
    assert not at.exception
    label = next(label for label in offered if label.startswith("Скачать листы"))
    with zipfile.ZipFile(io.BytesIO(offered[label])) as archive:
        assert f"{len(archive.namelist())}" in label
    offered["Слайды"].args[0].person = Person(login="n", role=Role.ORGANISATION, organisation="n-school-zarechnaya")
    with pytest.raises(Refused):
        offered["Слайды"]()
