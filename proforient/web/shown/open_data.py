"""A published snapshot as open data: the page's own numbers as Parquet, and what the files are, for machines.

``datapackage`` is Frictionless Data, ``dataset`` schema.org as JSON-LD. Nothing is in them that the page does not show.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from proforient.documents import figures
from proforient.monitoring import territory_name
from proforient.public import PublicFigure
from proforient.web.shown.page import PublicContents, csv_of, file_of, title_of
from proforient.wording import period_name

# column -> type of Frictionless, type of Parquet, what it holds
COLUMNS: Mapping[str, tuple[str, pa.DataType, str]] = {
    "period": ("string", pa.string(), "период, код"),
    "territory": ("string", pa.string(), "территория: «Регион / Муниципалитет»"),
    "indicator": ("string", pa.string(), "показатель, код каталога"),
    "level": ("string", pa.string(), "уровень образования, код каталога"),
    "cohort": ("string", pa.string(), "категория детей, код каталога"),
    "numerator": ("integer", pa.int64(), "числитель, детей; округлён, где approximate"),
    "denominator": ("integer", pa.int64(), "знаменатель, детей; округлён, где approximate"),
    "share": ("number", pa.float64(), "доля, целых процентов"),
    "beyond": ("string", pa.string(), "«более» или «менее», где доля чуть дальше показанной"),
    "approximate": ("boolean", pa.bool_(), "числа детей округлены: читать «около»"),
    "plan": ("number", pa.float64(), "план, процентов; пусто — не задан"),
    "plan_ground": ("string", pa.string(), "на чём основан план"),
    "verdict": ("string", pa.string(), "точный вывод рядом с планом: met, not_met, no_data, no_plan, nobody"),
    "needed": ("integer", pa.int64(), "не хватает до плана, детей; округлено, где approximate"),
    "submitted": ("integer", pa.int64(), "прислали оба числа, организаций"),
    "expected": ("integer", pa.int64(), "ожидались, организаций"),
    "hidden": ("string", pa.string(), "почему числа не показаны; пусто — показаны"),
}
FILES = {  # ending -> what it is called for machines
    "csv": "text/csv",
    "json": "application/json",
    "parquet": "application/vnd.apache.parquet",
}


def parquet_of(shown: PublicContents) -> bytes:
    """One row a level, typed; of a hidden figure only how many have sent something."""
    rows = [_row(shown, figure) for figure in shown.snapshot.figures]
    fields = [pa.field(name, kind, metadata={"description": what}) for name, (_, kind, what) in COLUMNS.items()]
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows, pa.schema(fields)), out)
    return out.getvalue()


def _row(shown: PublicContents, figure: PublicFigure) -> dict[str, Any]:
    c = figure.coverage
    said = {
        "period": c.period,
        "territory": shown.snapshot.territory,
        "indicator": c.indicator,
        "level": c.level,
        "cohort": shown.snapshot.cohort,
        "submitted": c.submitted,
        "expected": c.expected,
    }
    if figure.hidden:
        return said | {"hidden": shown.snapshot.rule.hidden[figure.hidden]}
    return said | {
        "numerator": c.numerator,
        "denominator": c.denominator,
        "share": None if c.measure is None else float(c.measure),
        "beyond": c.beyond or None,
        "approximate": c.about,
        "plan": None if c.plan is None else float(c.plan.amount),
        "plan_ground": None if c.plan is None else c.plan.ground,
        "verdict": c.verdict.value,
        "needed": c.needed,
    }


def datapackage(shown: PublicContents) -> bytes:
    """Which files there are, with digests, and what each column of each holds."""
    return _json(
        {
            "profile": "data-package",
            "name": f"proforient-{shown.publication.number}",
            "id": shown.address,
            "title": _name(shown),
            "description": title_of(shown),
            "homepage": shown.address,
            "created": f"{shown.publication.made_at.isoformat(timespec='seconds')}Z",
            "resources": [_resource(shown, ending, data) for ending, data in _contents(shown).items()],
        }
    )


def _resource(shown: PublicContents, ending: str, data: bytes) -> dict[str, Any]:
    known: dict[str, Any] = {
        "name": f"figures-{ending}",
        "title": file_of(shown)(ending),
        "path": f"{shown.address}?data={ending}",
        "format": ending,
        "mediatype": FILES[ending],
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
    }
    if ending == "csv":
        fields = [{"name": name, "type": "string"} for name in figures.HEAD]
        known |= {
            "encoding": "utf-8",
            "dialect": {"delimiter": ";", "header": True},
            "schema": {"fields": fields, "missingValues": [""]},
            "description": "Как на странице: «около 80» и «мало детей» стоят словами, поэтому все ячейки — текст.",
        }
    if ending == "parquet":
        fields = [{"name": name, "type": kind, "description": what} for name, (kind, _, what) in COLUMNS.items()]
        known["schema"] = {"fields": fields, "primaryKey": ["period", "indicator", "level"]}
    return known


def dataset(shown: PublicContents) -> bytes:
    """The same for catalogues of open data and search engines."""
    period = shown.snapshot.period
    return _json(
        {
            "@context": "https://schema.org",
            "@type": "Dataset",
            "name": _name(shown),
            "description": f"{title_of(shown)}. {shown.snapshot.rule.text}",
            "identifier": f"sha256:{shown.publication.sha256}",
            "url": shown.address,
            "inLanguage": "ru",
            "isAccessibleForFree": True,
            "dateCreated": f"{shown.publication.made_at.isoformat(timespec='seconds')}Z",
            "spatialCoverage": {"@type": "Place", "name": shown.snapshot.territory},
            "temporalCoverage": f"{period.starts.isoformat()}/{period.ends.isoformat()}",
            "variableMeasured": [
                {"@type": "PropertyValue", "name": name, "description": what} for name, (_, _, what) in COLUMNS.items()
            ],
            "distribution": [
                {
                    "@type": "DataDownload",
                    "encodingFormat": FILES[ending],
                    "contentUrl": f"{shown.address}?data={ending}",
                    "contentSize": f"{len(data)} B",
                    "sha256": hashlib.sha256(data).hexdigest(),
                }
                for ending, data in _contents(shown).items()
            ],
        }
    )


def _name(shown: PublicContents) -> str:
    place, period = territory_name(shown.snapshot.territory), period_name(shown.snapshot.period.code)
    return f"Мониторинг профориентации: {place}, {period}, снимок № {shown.publication.number}"


def _contents(shown: PublicContents) -> dict[str, bytes]:
    return {"csv": csv_of(shown), "json": shown.publication.body.encode(), "parquet": parquet_of(shown)}


def _json(document: Mapping[str, Any]) -> bytes:
    return json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n"
