"""Which of the catalogue's indicators a period asks: a choice of whoever opened it, the same wherever it is opened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from proforient.catalogue.applicability import asked_in, with_trends
from proforient.errors import Refused, WrongCall
from proforient.monitoring import now
from proforient.store import basis
from proforient.store.rollup import rewrite
from proforient.store.transaction import insert
from proforient.store.writing import Writer


def set_asked(writer: Writer, code: str, asked: Collection[str], *, at: dt.datetime | None = None) -> None:
    """The indicators that an open period asks from now on; all of them is no choice. What was given stays.

    Refused where the period is closed everywhere, WrongCall where nothing or an unknown indicator is chosen.
    """
    opening = writer.reader.opening(code)
    writer.unless_moved(basis.openings(code, None))
    if all(o.period.state == "closed" for o in writer.reader.openings() if o.period.code == code):
        raise Refused(f"Период «{code}» закрыт: что в нём спрашивали, уже не изменить. Откройте приём снова.")
    ask(writer, opening.number, asked, opening.period.year)
    writer.log(
        "period.asked", f"period/{code}", {"territory": None, "asked": ordered_codes(writer, asked)}, at=at or now()
    )


def ask(writer: Writer, number: int, asked: Collection[str], year: int) -> None:
    """Writes the choice without a word in the log; a trend stands beside the share that it follows.

    All that the catalogue asks in the period's ``year`` is no choice: what it asks later is asked then, too.
    """
    every = {i.code for i in writer.catalogue.indicators.values() if asked_in(writer.catalogue, i, year)}
    unknown = [code for code in asked if code not in writer.catalogue.indicators]
    if unknown:
        raise WrongCall(f"Показателя «{unknown[0]}» нет в каталоге. Проверьте код показателя.")
    if not asked:
        raise WrongCall("Не выбрано ни одного показателя. Выберите хотя бы один: без них спрашивать нечего.")
    chosen = with_trends(writer.catalogue, asked)
    writer.run("DELETE FROM period_indicator WHERE period_id = $period", {"period": number})
    if every - chosen:
        codes = [code for code in writer.catalogue.indicators if code in chosen]
        insert(writer, _INSERT, {"period": [number] * len(codes), "indicator": codes})
    rewrite(writer, [number], None)


def ordered_codes(writer: Writer, asked: Collection[str]) -> list[str]:
    """The choice as the log has it, in the catalogue's order."""
    return [code for code in writer.catalogue.indicators if code in asked]


_INSERT = """
INSERT INTO period_indicator (period_id, indicator) SELECT unnest($period::BIGINT[]), unnest($indicator::VARCHAR[])
"""
