"""The words and signs of the program: verdicts as they are drawn, states of a report, what severities ask for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from proforient.charts.marks import Html, glyph, html, joined, standing, tag
from proforient.monitoring import ReportStanding, Verdict
from proforient.palette import PROVISIONAL_GLYPH, VERDICTS
from proforient.web import widgets
from proforient.web.sections.upload.check import SEVERITIES, severity
from proforient.web.session import Session
from proforient.wording import capital

VERDICT_WORDS: Mapping[Verdict, str] = {
    Verdict.MET: "Доля не ниже плана. «С запасом 32» — столько могли бы не участвовать, и план остался бы выполнен.",
    Verdict.NOT_MET: "Доля ниже плана; рядом — скольких детей не хватает. Столбец заштрихован.",
    Verdict.NO_DATA: "Никто ещё не сдал полной пары чисел. Это не 0 %.",
    Verdict.NO_PLAN: "Доля есть, а сравнить её не с чем. Это не план 0 %.",
    Verdict.NOBODY: "Сдали, что детей таких нет: 0 из 0. Делить не на что, и это не 0 %.",
    Verdict.NOT_ASKED: "На этом уровне или для этой категории показатель не спрашивают.",
    Verdict.JUDGED: "Чисел нет, есть слово экспертов; под ним — документ, в котором оно сказано.",
}
STATE_WORDS: Mapping[ReportStanding, str] = {
    ReportStanding.NOT_BEGUN: "Ни одного числа за период.",
    ReportStanding.DRAFT: "Числа введены, но не сданы; в суммы они не входят.",
    ReportStanding.INCOMPLETE: "Сдано, но не всё, что спрашивают: клетка без числа, без «н/д» и без «х» не заполнена.",
    ReportStanding.REVIEW: "Сдано всё: числа уже входят в суммы, управление их ещё не приняло.",
    ReportStanding.RETURNED: "Управление просит исправить; прежние числа стоят, пока не сдан новый файл.",
    ReportStanding.ACCEPTED: "Управление проверило и приняло.",
    ReportStanding.OVERDUE: "Последний день прошёл, а чисел нет. Пока приём не закрыт, файл ещё примут, с пометкой.",
}
SEVERITY_WORDS = {
    "error": "Файл не примут, пока она не исправлена.",
    "warning": "Число необычно. Исправьте его или объясните одной строкой: объяснение останется при числе.",
    "note": "К сведению; делать ничего не нужно.",
}
TERMS = (
    ("Показатель", "Что измеряют: доля, число или ответ «да» либо «нет». Все они перечислены на «Показателях»."),
    ("Число для показателя", "То, что вписывает школа: целое число одной строки бланка, например «Численность»."),
    ("Уровень", "Дошкольное, начальное, основное, среднее, дополнительное: на каждом свой план."),
    ("Категория", "Все дети или дети с ОВЗ и инвалидностью. Вторые входят и в первых."),
    ("Период", "За какой год или учебный год сдают. У каждого периода свои планы и свой срок приёма."),
    ("Сравнение", "До шести школ, районов, категорий или годов рядом: шкала у всех одна, план у каждого свой."),
    ("Всего", "Сумма чисел, делённая на сумму чисел, а не среднее долей. Уровни никогда не складываются."),
    ("Расчёт, не план", "«Что если»: каким был бы вывод при другом плане. Обведено пунктиром, нигде не хранится."),
    ("Снимок", "Замороженные числа одного вида на один момент: доклад не изменится, что бы ни сдали потом."),
    ("Выдуман для демонстрации", "Подчёркнуто пунктиром: такого плана или числа в документах нет."),
)


def show(here: Session) -> None:
    """Three tables of words and a glossary."""
    widgets.finding("Слова и знаки, которые стоят на страницах")
    widgets.lead("Вердикт всегда сказан словом и знаком, в столбцах ещё и узором: цвет можно не различать.")
    widgets.section("Вердикты")
    _list((_sign(VERDICTS[verdict].glyph, VERDICTS[verdict].word), text) for verdict, text in VERDICT_WORDS.items())
    widgets.section("Отчёт организации")
    _list((standing(one), text) for one, text in STATE_WORDS.items())
    _list([(_sign(PROVISIONAL_GLYPH, "предварительно"), "Сдали не все, кого ждут; вывод может измениться.")])
    widgets.section("Замечания к файлу")
    _list((severity(kind), SEVERITY_WORDS[kind]) for kind in SEVERITIES)
    widgets.section("Термины")
    _list((html(word), text) for word, text in TERMS)


def _sign(sign: str, word: str) -> Html:
    return joined([glyph(sign), html(capital(word))], "\u00a0")


def _list(entries: Iterable[tuple[Html, str]]) -> None:
    written = (joined([tag("dt", word), tag("dd", text)]) for word, text in entries)
    widgets.show_html(tag("dl", joined(written), "pf-entries"))
