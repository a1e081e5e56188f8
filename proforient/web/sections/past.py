"""One figure over the periods."""

from __future__ import annotations

from proforient.analysis.changes import series
from proforient.analysis.coverage import Coverage
from proforient.web.kept import kept
from proforient.web.session import Session


@kept()
def past(
    here: Session, indicator: str, level: str, cohort: str, period: str, territory: str, organisation: str | None = None
) -> tuple[Coverage, ...]:
    """The figure in this period and the earlier ones of its kind, oldest first."""
    figure = {"indicator": indicator, "level": level, "cohort": cohort, "period": period}
    return tuple(series(here.reader, here.catalogue, **figure, territory=territory, organisation=organisation))
