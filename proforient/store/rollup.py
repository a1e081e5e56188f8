"""Keeps the totals: which counts make an indicator, and their sums by municipality and period."""

from __future__ import annotations

from collections.abc import Iterable

from proforient.catalogue.entries import Catalogue, Indicator
from proforient.store.session import Session

Component = tuple[str, str, str, str, int | None, str, str, int]


def components(catalogue: Catalogue) -> list[Component]:
    """Indicator, kind, role, count, good answer, level, kinds of organisation, parts of a whole pair; sorted.

    A trend has none: it follows a share.
    """
    rows: list[Component] = []
    for indicator in catalogue.indicators.values():
        roles = _roles(indicator)
        good = (1 if indicator.good == "yes" else 0) if indicator.kind == "yes_no" else None
        kinds = ",".join(indicator.organisation_kinds)
        rows += [
            (indicator.code, indicator.kind, role, count, good, level, kinds, len(roles))
            for level in indicator.levels
            for role, count in roles
        ]
    return sorted(rows, key=repr)  # order: to be compared


def _roles(indicator: Indicator) -> list[tuple[str, str]]:
    match indicator.kind:
        case "share":
            return [("numerator", c) for c in indicator.numerator] + [("denominator", c) for c in indicator.denominator]
        case "yes_no":
            return [("yes_no", indicator.count or "")]
        case "count":
            return [("value", indicator.count or "")]
        case _:
            return []


def in_step(session: Session) -> bool:
    """Whether the store computes with the catalogue's present arithmetic."""
    kept = session.ask("components", catalogue=session.catalogue.code)
    return sorted(kept, key=repr) == components(session.catalogue)  # order: to be compared


def take_components(session: Session) -> None:
    """Takes the arithmetic of the session's catalogue; the totals must be rebuilt afterwards."""
    code = session.catalogue.code
    session.run("DELETE FROM component WHERE catalogue = $catalogue", {"catalogue": code})
    columns = list(zip(*components(session.catalogue), strict=True))
    names = ("indicator", "kind", "role", "count", "good", "level", "kinds", "parts")
    if columns:
        session.insert(
            _INSERT_COMPONENTS, {"catalogue": [code] * len(columns[0]), **dict(zip(names, columns, strict=True))}
        )


def rewrite_all(session: Session) -> None:
    """Every total anew, of every period and municipality."""
    session.run("DELETE FROM rollup")
    # order: as it is read, for speed
    session.run("INSERT INTO rollup SELECT * FROM pair_total ORDER BY period_id, territory")


def rewrite(session: Session, period: int, territories: Iterable[str]) -> None:
    """The totals of one period in the touched municipalities."""
    values = {"period": period, "territories": sorted(set(territories))}  # order: no matter, all are rewritten
    session.run(_DELETE_TOUCHED, values)
    session.run(_INSERT_TOUCHED, values)


_INSERT_COMPONENTS = """
INSERT INTO component (catalogue, indicator, kind, role, count, good, level, kinds, parts)
SELECT unnest($catalogue::VARCHAR[]), unnest($indicator::VARCHAR[]), unnest($kind::VARCHAR[]), unnest($role::VARCHAR[]),
  unnest($count::VARCHAR[]), unnest($good::INTEGER[]), unnest($level::VARCHAR[]), unnest($kinds::VARCHAR[]),
  unnest($parts::INTEGER[])
"""
_DELETE_TOUCHED = """
DELETE FROM rollup WHERE period_id = $period AND territory IN (SELECT unnest($territories::VARCHAR[]))
"""
_INSERT_TOUCHED = """
INSERT INTO rollup SELECT * FROM pair_total
WHERE period_id = $period AND territory IN (SELECT unnest($territories::VARCHAR[]))
"""
