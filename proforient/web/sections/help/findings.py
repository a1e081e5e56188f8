"""What to do about each finding: the very texts of the checks, filled with their examples, each with an anchor."""

from __future__ import annotations

from collections.abc import Mapping

from proforient.charts.marks import Html, joined, tag
from proforient.intake.findings import CODES, finding
from proforient.intake.texts import FigureTexts, FileTexts, FindingKind, NameTexts, NumberTexts, TableTexts
from proforient.web import widgets
from proforient.web.sections.upload.check import severity
from proforient.web.session import Session

GROUPS: Mapping[str, Mapping[str, FindingKind]] = {
    "Файл": FileTexts,
    "Таблица": TableTexts,
    "Названия и коды": NameTexts,
    "Числа в ячейках": NumberTexts,
    "Числа вместе": FigureTexts,
}
FIRST = (
    "Откройте файл на строке и столбце, которые названы в замечании.",
    "Сделайте то, что написано под «Что сделать», сохраните файл; «Скачать с замечаниями» даёт его с отметками.",
    "Выберите файл на странице «Загрузка» снова: проверять можно сколько угодно раз, ничего не сохраняется.",
)


def show(here: Session) -> None:
    """Every finding by the table it belongs to; with nothing set up it reads the same."""
    widgets.finding("Замечания к файлу: что они значат и что сделать")
    widgets.lead("С ошибкой файл не примут; предупреждение можно объяснить одной строкой; замечание ничего не требует.")
    widgets.section("Первым делом")
    widgets.show_html(tag("ol", joined(tag("li", text) for text in FIRST), "pf-list"))
    for heading, codes in GROUPS.items():
        widgets.section(heading)
        widgets.show_html(tag("dl", joined(_entry(code) for code in codes), "pf-entries"))


def _entry(code: str) -> Html:
    """The example's message as the term, what to do as its explanation."""
    kind = CODES[code]
    value = kind.example.get("value")
    said = finding(code, value=None if value is None else str(value), words=kind.example)
    head = joined([severity(kind.severity), tag("span", said.message)], " ")
    term = tag("dt", head, id=code, tabindex="-1")
    return joined([term, tag("dd", said.to_do)])
