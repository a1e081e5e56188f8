"""What each figure means, with the numbers of the territory and period of the view put in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from proforient.analysis.coverage import FEW_BELOW, Coverage, coverages
from proforient.analysis.scope import Filters
from proforient.charts import marks, sentences
from proforient.charts.marks import Html, html, joined, tag
from proforient.monitoring import territory_name
from proforient.web import widgets
from proforient.web.cache import cached
from proforient.web.sections import overview
from proforient.web.session import Session, address
from proforient.wording import capital, counted, number, period_name, share, typo, uncapital

SHARE = (
    "Сумма охваченных по всем организациям, делённая на сумму всех детей. Это не среднее долей организаций: большая "
    "школа весит столько, сколько в ней детей."
)
PLAN = "Плановое значение задаёт управление и называет основание. Где плана нет, вердикта нет: это не план 0 %."
GAP = (
    "Наименьшее целое число детей, с которым план был бы выполнен: план умножают на число детей, округляют вверх и "
    "вычитают тех, кто уже охвачен."
)
CHANGE = (
    "Разность двух долей в процентных пунктах (п. п.): 66 % после 70 % — это −4 п. п., а не −5,7 %. «Выросла» и "
    "«снизилась» программа говорит, только если при таком числе детей случай дал бы такую разницу реже чем один раз "
    "из двадцати или если доля перешла через план; иначе «почти не изменилась»."
)
MISSING = (
    "Знак ◔ и слово «предварительно» значат, что сдали не все. Если известно, сколько детей у тех, кто не сдал, "
    "программа считает два крайних случая (охвачены все, не охвачен никто) и говорит, изменится ли вердикт."
)
ONE = (
    "Сколько весит один ребёнок в доле: чем меньше группа, тем больше. Где в группе меньше "
    f"{FEW_BELOW} человек, рядом с вердиктом стоит «мало детей, вывод ненадёжен», и рекомендаций по одному этому числу "
    "нет."
)
JUDGED = (
    "Оценка экспертов — слова документа, а не расчёт. Она показана, где измерить нечем, и никогда не "
    "складывается с числами."
)
THREE = (
    "0 — детей нет; пустая ячейка — ещё не сдано; «н/д» — сведений нет; «х» — не применимо. В сумму входят только "
    "числа, и пара входит целиком: без знаменателя не считается и числитель."
)
APART = (
    "Дети дополнительного образования — те же дети школ и садов. Поэтому уровень «Дополнительное» никогда не "
    "складывается с другими."
)


@cached("territory", "period", "cohort", "level")
def read(here: Session) -> tuple[Coverage | None, tuple[Coverage, ...]]:
    """The headline figure that serves as the example and its organisations; None where there is none."""
    view, headline = here.view, here.catalogue.headline
    opened = {period.code for period in here.reader.periods(territory=view.territory)}
    if headline is None or view.territory is None or view.period not in opened:
        return None, ()
    levels = overview.read(here).levels
    chosen = [c for c in levels if c.level == view.level]
    example = next((c for c in [*chosen, *levels] if sentences.measured(c)), None)
    example = example or next((c for c in levels if c.share is not None), None)
    if example is None:
        return None, ()
    one = Filters(indicator=example.indicator, level=example.level, cohort=example.cohort)
    rows = coverages(here.reader, here.catalogue, example.period, territory=view.territory, by="organisation", **one)
    return example, tuple(c for c in rows if c.share is not None)


def show(here: Session) -> None:
    """Each kind of figure: what it is, and how it came about here."""
    example, organisations = read(here)
    widgets.finding("Что значит каждое число")
    if example is None:
        widgets.lead("Выберите территорию и период с данными: в объяснения встанут их числа.")
    else:
        widgets.lead(_about(here, example))
    entries = (
        ("Доля", SHARE, () if example is None else _share(here, example, organisations)),
        ("План", PLAN, () if example is None else _plan(example)),
        ("Не хватает, с запасом", GAP, () if example is None else _gap(example)),
        ("Предварительно", MISSING, () if example is None else _complete(here, example)),
        ("Изменение", CHANGE, ()),
        ("Один ребёнок", ONE, _one(example)),
        ("Оценка экспертов", JUDGED, ()),
        ("Ноль, пусто, «н/д», «х»", THREE, ()),
        ("Дополнительное образование", APART, ()),
    )
    written = (_entry(name, rule, tuple(line for line in lines if line)) for name, rule, lines in entries)
    widgets.show_html(tag("dl", joined(written), "pf-entries"))
    if example is not None:
        where = address("overview", indicator=example.indicator, level=example.level, trace=True) + "#source"
        widgets.show_link("Показать эти числа в файлах организаций", where)


def _entry(name: str, rule: str, lines: Sequence[str]) -> Html:
    here = joined(tag("p", line, "pf-here") for line in lines)
    return joined([tag("dt", name), tag("dd", joined([tag("p", rule), here]))])


def _about(here: Session, example: Coverage) -> str:
    indicator, level = here.catalogue.indicators[example.indicator], here.catalogue.levels[example.level]
    return typo(
        f"Пример с настоящими числами: {territory_name(example.territory)}, {period_name(example.period)}, "
        f"«{indicator.short or indicator.name}», уровень «{sentences.level_label(level)}»."
    )


def _share(here: Session, example: Coverage, organisations: Sequence[Coverage]) -> Iterator[str]:
    yield sentences.formula(example)
    shares = [c.share for c in organisations if c.share is not None]
    if len(shares) > 1 and example.share is not None:
        mean = sum(shares, Fraction(0)) / len(shares)
        yield typo(
            f"Среднее долей {counted(len(shares), 'organisations', 'gen')} дало бы {share(mean)}: "
            f"{'случайно столько же' if share(mean) == share(example.share) else 'это другое число'}."
        )


def _plan(example: Coverage) -> Iterator[str]:
    if example.plan is None:
        yield "Здесь план не задан."
        return
    yield f"{capital(sentences.plan_in_units(example))}. Основание: {example.plan.ground}."


def _gap(example: Coverage) -> Iterator[Html]:
    if sentences.measured(example) and example.numerator is not None:
        caption = f"{sentences.pair_words(example)}, {sentences.plan_label(example)}:"
        yield joined([html(typo(caption)), marks.verdict(example)], " ")


def _complete(here: Session, example: Coverage) -> Iterator[str]:
    said = sentences.completeness(example.submitted, example.expected)
    note = sentences.can_change_note(example)
    yield f"Здесь {uncapital(said)}{f'; {note}' if note else ''}."


def _one(example: Coverage | None) -> Iterator[str | Html]:
    if example is not None and example.denominator:
        yield html(typo(f"Здесь из {number(example.denominator)}: один — {sentences.one_is_worth(example)}"))
