"""Parsed TOML in, records of ``entries`` and mistakes of single keys out, by the table in ``keys``.

A wrong or missing value is reported and replaced by the empty value of its type, so that checking can go on: rules
therefore take an empty value as «said already».
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from proforient.catalogue import entries
from proforient.catalogue.entries import Deadline, Mistake
from proforient.catalogue.keys import BLOCKS
from proforient.catalogue.lines import Lines, Path
from proforient.catalogue.mistakes import like, show
from proforient.catalogue.shape import Block, BlockKey

RECORDS: dict[str, type[Any]] = {
    "source": entries.Source,
    "event_list": entries.EventList,
    "level": entries.Level,
    "cohort": entries.Cohort,
    "organisation_kind": entries.OrganisationKind,
    "addressee": entries.Addressee,
    "group": entries.Group,
    "goal": entries.Goal,
    "task": entries.Task,
    "count": entries.Count,
    "rule": entries.Rule,
    "indicator": entries.Indicator,
    "plan": entries.PlanProposal,
    "problem": entries.Problem,
    "action": entries.Action,
}
ALL = "all"  # code of the cohort that is meant where none is named


def ground_line(document: str = "", number: str = "", date: dt.date | None = None, note: str = "") -> str:
    """The ground of a plan in one line: «Приказ № 12 от 15.01.2022; примечание»."""
    head = " ".join(
        part for part in (document, f"№ {number}" if number else "", f"от {date:%d.%m.%Y}" if date else "") if part
    )
    return "; ".join(part for part in (head, note) if part)


# Keys that earlier catalogues have and nobody reads any more: kept texts and a department's own file open as before.
RETIRED = {("catalogue", "language"), ("count", "prefill"), ("indicator", "seeds"), ("source", "seed")}


class Records:
    """Reads block after block; ``mistakes`` grows, ``said`` remembers (line of the header, key) of each."""

    def __init__(self, file: str, data: Mapping[str, Any], lines: Lines, damaged: frozenset[int]) -> None:
        self.file = file
        self.data = data
        self.lines = lines
        self.mistakes: list[Mistake] = []
        self.reported: set[tuple[int, str]] = set()
        self.damaged = self._damaged_headers(damaged)

    def _damaged_headers(self, damaged: Iterable[int]) -> frozenset[int]:
        """The header lines of the blocks that lost a line to a syntax mistake."""
        headers = sorted(self.lines.headers)  # order: numbers of lines
        found = (max((h for h in headers if h <= line), default=0) for line in damaged)
        return frozenset(h for h in found if h)

    def report(self, path: Path, key: str, found: str, expected: str, *, line: int | None = None) -> None:
        at = line or self.lines.of(*path)
        self.mistakes.append(Mistake(file=self.file, line=at, key=key, found=found, expected=expected))
        self.reported.add((self.header_line(path), key_head(key)))

    def header_line(self, path: Path) -> int:
        return self.lines.of(*path[: 2 if len(path) > 1 and isinstance(path[1], int) else 1])

    # --- one table of keys -------------------------------------------------------------------------------------

    def values(self, keys: Sequence[BlockKey], raw: Mapping[str, Any], path: Path, label: str) -> dict[str, Any]:
        """The checked values by field; what is wrong is reported and empty, what is absent is absent."""
        names = [key.name for key in keys]
        for name in raw:
            if name not in names and (path[0], name) not in RETIRED:
                expected = like(name, names, f"известный ключ [{label}]")
                self.report((*path, name), f"{label}.{name}", f"неизвестный ключ «{name}»", expected)
        values: dict[str, Any] = {}
        for key in keys:
            if key.name in raw:
                values[key.attribute] = self.value(key, raw[key.name], (*path, key.name), f"{label}.{key.name}")
            elif key.required:
                values[key.attribute] = key.type.empty
                if self.header_line(path) not in self.damaged:
                    expected = f"{key.type.expected}, например {key.name} = {key.good}"
                    self.report(path, f"{label}.{key.name}", "ключа нет", expected)
        return values

    def value(self, key: BlockKey, raw: Any, path: Path, label: str) -> Any:
        try:
            parsed = key.type.parse(raw)
        except (ValueError, TypeError, ArithmeticError) as error:
            special = str(error) if type(error) is ValueError and key.type.name == "формула" else ""
            self.report(path, label, show(raw), special or key.type.expected)
            return key.type.empty
        return self.values(key.keys, parsed, path, label) if key.keys else parsed

    # --- blocks ------------------------------------------------------------------------------------------------

    def unknown_blocks(self) -> None:
        for name, value in self.data.items():
            if name not in BLOCKS:
                kind = "блок" if isinstance(value, dict | list) else "ключ вне блоков"
                expected = like(name, BLOCKS, "известный блок")
                line = next((ln for ln, at in self.lines.headers.items() if at[0] == name), None)
                self.report((name,), name, f"неизвестный {kind} «{name}»", expected, line=line)

    def head(self) -> dict[str, Any]:
        """The values of ``[catalogue]``."""
        block = BLOCKS["catalogue"]
        raw = self.data.get("catalogue")
        if isinstance(raw, list) and raw and isinstance(raw[0], dict):
            self.report(("catalogue", 0), "catalogue", "[[catalogue]]", "одинарные скобки: [catalogue], один на файл")
            return self.values(block.keys, raw[0], ("catalogue", 0), "catalogue")
        if not isinstance(raw, dict):
            self.report((), "catalogue", "блока нет", "[catalogue] с ключом code в начале файла")
            raw = {"code": "none"}
        return self.values(block.keys, raw, ("catalogue",), "catalogue")

    def entries(self, block: Block) -> list[Any]:
        """The records of every ``[[block]]`` in the order of the file."""
        raw = self.data.get(block.name, [])
        if isinstance(raw, dict):
            path: Path = (block.name,)
            self.report(path, block.name, f"[{block.name}]", f"двойные скобки: [[{block.name}]]")
            return [self.record(block, raw, path)]
        if not isinstance(raw, list) or not all(isinstance(item, dict) for item in raw):
            self.report((block.name,), block.name, show(raw), f"блоки [[{block.name}]]")
            return []
        return [self.record(block, item, (block.name, place)) for place, item in enumerate(raw)]

    def record(self, block: Block, raw: Mapping[str, Any], path: Path) -> Any:
        values = self.values(block.keys, raw, path, block.name)
        for key in block.keys:
            if key.falls_back and not values.get(key.attribute):
                values[key.attribute] = values[key.falls_back]
        _SPECIAL.get(block.name, lambda _: None)(values)
        record = RECORDS[block.name]
        names = {key.attribute: key.type.empty for key in block.keys}
        for field in dataclasses.fields(record):
            if field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING:
                values.setdefault(field.name, names.get(field.name))
        return record(**values, line=self.lines.of(*path))

    def by_code(self, block: Block) -> dict[str, Any]:
        """The records by code; a second one with the same code is reported and kept under a key of its own."""
        found: dict[str, Any] = {}
        for place, record in enumerate(self.entries(block)):
            code = record.code or f"?{place}"
            if code in found:
                first = found[code].line
                self.report(
                    (block.name, place, "code"),
                    f"{block.name}.code",
                    f"«{code}» второй раз",
                    f"код, которого ещё нет среди [[{block.name}]]: первый в строке {first}",
                )
                code = f"{code}#{place}"
            found[code] = record
        return found


def key_head(key: str) -> str:
    """«plan.ground.date» gives «plan.ground»: the key of the block itself."""
    return ".".join(key.split(".")[:2])


def _rule(values: dict[str, Any]) -> None:
    formula = values["formula"]
    values.update(formula=formula.text, left=formula.left, operator=formula.operator, right=formula.right)
    values.update(left_number=formula.left_number, right_number=formula.right_number)
    values["severity"] = values.get("severity") or "error"
    values["text"] = values.get("text") or formula.text


def _plan(values: dict[str, Any]) -> None:
    period = values.pop("period") or {}
    values.update(period_kind=period.get("kind", ""), year=period.get("year"))
    values["ground"] = ground_line(**values.get("ground", {}))
    values["cohort"] = values.get("cohort") or ALL


def _action(values: dict[str, Any]) -> None:
    if "deadline" in values:
        values["deadline"] = Deadline(**values["deadline"])


_SPECIAL = {"rule": _rule, "plan": _plan, "action": _action}
