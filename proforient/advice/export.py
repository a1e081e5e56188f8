"""Problems and recommendations as the JSON that other programs read; the form is in ``docs/schemas/advice.json``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from proforient.advice.actions import Advice, Suggested, advice_in
from proforient.advice.problems import Found
from proforient.analysis.export import Json, coverage_json, judgement_json
from proforient.analysis.shortfall import Contribution
from proforient.catalogue.entries import Deadline
from proforient.wording import plain_fraction

if TYPE_CHECKING:
    from proforient.store.reading import Reader


def advice_json(reader: Reader, period: str, territory: str | None, found: Sequence[Found]) -> Json:
    """``advice``: the problems found, each with the recommendations of its territory, and the general ones."""
    own = {
        place: advice_in(reader, period, place) for place in dict.fromkeys([territory, *(f.territory for f in found)])
    }
    return {
        "problems": [_problem(f, own[f.territory]) for f in found],
        "general": [_action(a) for a in own[territory].general],
    }


def _problem(f: Found, advice: Advice) -> Json:
    """``organisations``: who makes the gap or answered «нет», then those that experts named."""
    listed = {c.organisation for c in f.organisations}
    judged = [c.organisation for c in f.judged if c.organisation and c.organisation not in listed]
    return {
        "code": f.code,
        "number": f.number,
        "indicator": f.indicator,
        "level": f.level,
        "cohort": f.cohort,
        "territory": f.territory,
        "organisation": f.organisation,
        "when": f.when,
        "text": f.text,
        "judgement": judgement_json(f.judgement) if f.judgement else None,
        "figure": coverage_json(f.coverage),
        "organisations": [*map(_behind, f.organisations), *map(_named, judged)],
        "actions": [_action(a) for a in advice.answers_to(f)],
    }


def _behind(c: Contribution) -> Json:
    return {
        "code": c.organisation,
        "needed": c.needed,
        "shortfall": plain_fraction(c.shortfall),
        "in_80_percent": c.in_80_percent,
        "in_closing_set": c.in_closing_set,
    }


def _named(organisation: str) -> Json:
    """An organisation that is here for the experts' words: no need was computed for it."""
    return {
        "code": organisation,
        "needed": None,
        "shortfall": None,
        "in_80_percent": False,
        "in_closing_set": False,
    }


def _action(a: Suggested) -> Json:
    return {
        "code": a.code,
        "addressee": a.addressee,
        "addressee_name": a.addressee_name,
        "text": a.text,
        "words": a.words,
        "responsible": a.responsible,
        "deadline": _deadline(a.deadline),
        "deadline_text": a.deadline_text,
        "source_text": a.source_text,
    }


def _deadline(d: Deadline) -> Json:
    date = d.date.isoformat() if d.date else None
    return {"form": d.form, "date": date, "year": d.year, "until": d.until, "months": d.months}
