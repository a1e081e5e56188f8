"""The frozen state of each organisation's own sheet: the territory's, and what this organisation gave and lacks.

The territory is frozen once for all sheets; the hash of a sheet is of the territory's text and the own figures.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from proforient.advice.problems import problems, problems_of_each
from proforient.analysis.coverage import Coverage, OrganisationRows
from proforient.analysis.requirements import keys
from proforient.analysis.scope import Scope
from proforient.catalogue.entries import Catalogue
from proforient.documents.state import DocumentState, OwnState, frozen_state
from proforient.errors import WrongCall
from proforient.monitoring import Organisation
from proforient.wording.order import name_order

FEW = 3  # organisations of which the problems are read one by one
if TYPE_CHECKING:
    from proforient.store.reading import Reader


def sheet_states(
    reader: Reader,
    catalogue: Catalogue,
    period: str,
    *,
    territory: str,
    cohort: str,
    organisations: Sequence[str] | None = None,
) -> Iterator[DocumentState]:
    """A state for each organisation of the territory (or for those of the codes), by name; read as it is asked for.

    All of it must be read in one transaction. WrongCall for a code that the territory does not have.
    """
    state = frozen_state(reader, catalogue, period, territory=territory, cohort=cohort)
    here = {o.code: o for o in state.snapshot.organisations}
    missing = [code for code in organisations or () if code not in here]
    if missing:
        raise WrongCall(f"Организации «{missing[0]}» в территории «{territory}» нет.")
    rows = OrganisationRows(Scope(reader, catalogue, period, territory=territory), keys(catalogue))
    wanted = [here[code] for code in organisations] if organisations is not None else list(here.values())
    each = problems_of_each(reader, catalogue, period, territory=territory) if len(wanted) > FEW else None
    for one in sorted(wanted, key=lambda o: name_order(o.name)):
        figures = rows.asked_of(one.code)
        found = tuple(problems(reader, catalogue, period, organisation=one.code) if each is None else each[one.code])
        text = state.text + "\n" + _text(one, figures)
        yield replace(
            state,
            text=text,
            sha256=hashlib.sha256(text.encode()).hexdigest(),
            own=OwnState(organisation=one, figures=figures, problems=found),
        )


def _text(organisation: Organisation, figures: Sequence[Coverage]) -> str:
    """The own figures as one line of JSON: what the hash of a sheet is made of besides the territory's text."""
    rows = [
        [*c.key, c.numerator, c.denominator, c.value, str(c.plan.percent or c.plan.number) if c.plan else None]
        for c in figures
    ]
    return json.dumps({"organisation": organisation.code, "figures": rows}, ensure_ascii=False)


__all__ = ["sheet_states"]
