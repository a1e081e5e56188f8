"""What analysts are given: results of every period with names, values, organisations, plans; each column in words."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa

from proforient.analysis.data_frame import results_frame
from proforient.catalogue.entries import Catalogue
from proforient.errors import WrongCall
from proforient.monitoring import parent_territory
from proforient.store.analysts import AnalystTable, stored_views, write_copy
from proforient.store.reading import Reader

_FIGURE = {
    "period": "период, код",
    "territory": "территория: «Регион / Муниципалитет»",
    "indicator": "показатель, код каталога",
    "level": "уровень образования, код каталога; additional к другим не прибавляют",
    "cohort": "категория детей, код каталога",
}
WORDS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "results": (
        "строка — показатель на уровне в категории за период: организации, муниципалитета или региона (scope)",
        {
            "scope": "чья строка: organisation, municipality, region; строки разных scope не складывают",
            **_FIGURE,
            "organisation": "организация, код реестра; в суммах пусто",
            "indicator_name": "название показателя",
            "level_name": "название уровня",
            "cohort_name": "название категории",
            "kind": "вид показателя: share, yes_no, count, ratio, trend",
            "unit": "в чём считается: children, organisations, …",
            "direction": "more — больше лучше, less — меньше лучше",
            "numerator": "числитель, единиц; сумма по тем, кто дал всю пару",
            "denominator": "знаменатель, единиц; так же",
            "value": "число показателя вида count, единиц; да — 1, нет — 0",
            "share": "доля, процентов; доля большего — сумма числителей к сумме знаменателей, не среднее долей",
            "average": "у ratio: единиц на каждого",
            "plan": "план: проценты, у count и ratio единицы; пусто — не задан, это не ноль",
            "plan_origin": "откуда план: document, department, demonstration",
            "plan_ground": "на чём основан план",
            "verdict": "вывод: met, not_met, no_data, no_plan, nobody, not_asked, judged",
            "needed": "сколько не хватает до плана, целых единиц",
            "shortfall": "расстояние до плана со знаком, единиц; больше нуля — ниже плана",
            "submitted": "дали всю пару, организаций",
            "expected": "ожидались, организаций",
            "on_review": "из давших ещё не приняты, организаций",
            "can_change": "могут ли не приславшие изменить вывод",
            "judgement": "новейшая экспертная оценка, словами",
        },
    ),
    "values": (
        "строка — действующее число организации с местом в файле",
        {
            **{name: _FIGURE[name] for name in ("period", "territory", "level", "cohort")},
            "organisation": "организация, код реестра",
            "organisation_name": "название организации",
            "counted": "исходное число, код каталога",
            "number": "число, единиц; да — 1, нет — 0; пусто — числа нет, см. reason",
            "reason": "почему нет числа: not_applicable, no_data",
            "state": "состояние отчёта: submitted, accepted, returned",
            "file_name": "файл, из которого число",
            "sheet": "лист файла",
            "row_no": "строка файла",
            "column_name": "столбец файла",
        },
    ),
    "organisations": (
        "строка — организация, какой она была в последний день периода",
        {
            "period": _FIGURE["period"],
            "territory": _FIGURE["territory"],
            "organisation": "код реестра",
            "name": "название",
            "full_name": "полное название",
            "kind": "вид организации, код каталога",
            "levels": "уровни, коды через запятую",
            "inn": "ИНН; пусто, если неизвестен",
            "part_of": "код организации, частью которой является",
            "opened": "день открытия",
            "closed": "день закрытия",
            "state": "состояние отчёта: submitted, accepted, returned; пусто — не прислан",
            "late": "прислан после срока",
        },
    ),
    "plans": (
        "строка — действующее плановое значение; план ближайшей территории сильнее плана той, что выше",
        {
            **_FIGURE,
            "territory": "территория; пусто — все, у кого нет своего",
            "percent": "план, процентов; пусто, когда план числом",
            "number": "план числом, единиц; пусто, когда план в процентах",
            "origin": "откуда: document, department, demonstration",
            "ground": "на чём основан",
            "happened_at": "когда записан, время UTC",
        },
    ),
}


def copy_for_analysts(reader: Reader, catalogue: Catalogue, target: Path) -> None:
    """Writes the copy of what the reader sees; raises Refused, DiskFull, StoreError."""
    rows = {"results": _results(reader, catalogue), **stored_views(reader)}
    views = {}
    for name, (about, columns) in WORDS.items():
        views[name] = AnalystTable(rows[name].select(list(columns)), about, columns)
    write_copy(target, views)


def _results(reader: Reader, catalogue: Catalogue) -> pa.Table:
    """Every period's figures of organisations, municipalities and the regions above them."""
    import pandas as pd  # half a second that no page waits for

    frames = []
    for code in dict.fromkeys(period.code for period in reader.periods()):
        frames.append(("organisation", results_frame(reader, catalogue, code, by="organisation")))
        totals = results_frame(reader, catalogue, code)
        frames.append(("municipality", totals))
        above = {parent_territory(path) for path in totals["territory"].unique()}
        for path in dict.fromkeys(above):
            with contextlib.suppress(WrongCall):  # the period may be open for a part of the region only
                if path:
                    frames.append(("region", results_frame(reader, catalogue, code, territory=path)))
    plain = [frame.astype(_TEXTS).assign(scope=scope) for scope, frame in frames]
    if not plain:
        return pa.table({name: pa.array([], pa.string()) for name in WORDS["results"][1]})
    whole = pd.concat(plain, ignore_index=True)
    whole["indicator_name"] = whole["indicator"].map({c: i.name for c, i in catalogue.indicators.items()})
    whole["level_name"] = whole["level"].map({c: one.name for c, one in catalogue.levels.items()})
    whole["cohort_name"] = whole["cohort"].map({c: one.name for c, one in catalogue.cohorts.items()})
    return pa.Table.from_pandas(whole, preserve_index=False)


_TEXTS = dict.fromkeys(
    (
        *("period", "territory", "organisation", "indicator", "level", "cohort", "kind", "unit", "direction"),
        *("plan_origin", "plan_ground", "verdict", "judgement"),
    ),
    "str",
)
