"""The plan values of the demonstration: invented, so that the verdicts of letter № 837/1 come out."""

from __future__ import annotations

from decimal import Decimal

from proforient.catalogue.entries import PlanProposal
from proforient.demo.districts import NYAZEPETROVSK

GROUND = "Выдумано для демонстрации: письмо № 837/1 не называет плана"
YEARS = (2021, 2022, 2023)
# Indicator, level, cohort: the percent of each year.
_PERCENT: dict[tuple[str, str, str], tuple[str, str, str]] = {
    ("coverage", "preschool", "all"): ("45", "50", "55"),
    ("coverage", "primary", "all"): ("70", "75", "80"),
    ("coverage", "basic", "all"): ("75", "80", "82.5"),
    ("coverage", "secondary", "all"): ("75", "80", "80"),
    ("coverage", "additional", "all"): ("65", "70", "70"),
    ("coverage", "preschool", "disability"): ("40", "45", "50"),
    ("coverage", "basic", "disability"): ("70", "75", "80"),
    ("diagnostics-6-11", "grades-6-11", "all"): ("60", "65", "70"),
    ("diagnostics", "basic", "all"): ("55", "60", "65"),
    ("diagnostics", "secondary", "all"): ("65", "70", "75"),
    ("trials-placed", "basic", "all"): ("20", "25", "30"),
    ("trials-placed", "secondary", "all"): ("40", "45", "50"),
    ("trials", "grades-1-11", "all"): ("30", "35", "40"),
    ("mentees", "additional", "all"): ("20", "25", "30"),
    ("courses-teachers", "whole", "all"): ("25", "30", "35"),
}

PROPOSALS = tuple(
    PlanProposal(
        indicator=indicator,
        level=level,
        cohort=cohort,
        period_kind="year",
        year=year,
        percent=Decimal(percents[place]),
        origin="demonstration",
        ground=GROUND,
        territory=NYAZEPETROVSK,
    )
    for place, year in enumerate(YEARS)
    for (indicator, level, cohort), percents in _PERCENT.items()
)
