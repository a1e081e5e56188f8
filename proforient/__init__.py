"""Monitoring of career guidance for municipal education departments."""

from __future__ import annotations

from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

__version__ = "0.1.0"


def results(folder: str | PathLike[str], period: str, **asked: Any) -> pd.DataFrame:
    """The figures of a period as a pandas DataFrame, one row a figure; the store in ``folder`` is only read.

    ``asked`` narrows as the options of the command ``results`` do: ``territory``, ``organisation``, ``indicator``,
    ``level``, ``cohort`` (codes, a territory by its path), ``by`` ("territory" or "organisation"), and ``catalogue``,
    the path of another catalogue than the shipped one. Without ``by`` and ``organisation``: totals of the territory,
    or of each municipality where none is named. ``exact=True``: share, average, plan and shortfall as objects, a
    Fraction or None, of which the files that the program writes are rounded once.

    ==============  =============  =====================================================================
    column          dtype          what it holds
    ==============  =============  =====================================================================
    period          category       code of the period
    territory       category       path «Region / Municipality»
    organisation    category       code in the register; "" in totals
    indicator       category       code in the catalogue
    level, cohort   category       codes in the catalogue
    kind            category       share, yes_no, count, ratio, trend
    unit            category       in what the figure is counted: children, organisations, ...
    direction       category       more, less: which way is better
    numerator       Int64          units; sums over those that gave the whole pair, empty without one
    denominator     Int64          units, likewise
    value           Int64          units of a count; 1 or 0 of one organisation's yes/no
    share           Float64        percent, numerator / denominator; empty without a denominator above 0
    average         Float64        of a ratio units for each, numerator / denominator; likewise
    plan            Float64        percent of shares and yes/no, else units; empty: no plan (not 0)
    plan_origin     category       document, department, demonstration; "" without a plan
    plan_ground     category       what the plan rests on, in words; likewise
    verdict         category       met, not_met, no_data, no_plan, nobody, not_asked, judged; exact
    needed          Int64          the fewest units with which the plan is met; empty without met / not_met
    shortfall       Float64        units to the plan, positive below it
    submitted       Int64          organisations that gave the whole pair
    expected        Int64          organisations that are asked or gave
    on_review       Int64          of the submitted, reports that nobody has accepted yet
    can_change      boolean        whether the missing could turn the verdict; empty: none, or not known
    judgement       category       text of the newest judgement; "" without one
    ==============  =============  =====================================================================

    A share of a larger whole is the sum of numerators over the sum of denominators, never a mean of ``share``; figures
    of the level ``additional`` are not added to others. Raises WrongCall, StoreError, CatalogueError.
    """
    from proforient.analysis.data_frame import results_frame
    from proforient.catalogue.read import read_catalogue
    from proforient.settings import ROOT
    from proforient.store import Store

    catalogue = read_catalogue(Path(asked.pop("catalogue", ROOT / "indicators.toml")))
    store = Store.open(Path(folder), catalogue, read_only=True)
    try:
        with store.read() as reader:
            return results_frame(reader, catalogue, period, **asked)
    finally:
        store.close()
