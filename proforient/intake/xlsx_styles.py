"""The parts of an XLSX book that all its sheets share: which styles show per cent, which texts have a superscript."""

from __future__ import annotations

from proforient.intake.archive import Archive, local
from proforient.intake.grid import shows_percent

_BUILT_IN_PERCENT = {9, 10}


def percent_styles(archive: Archive, path: str | None) -> frozenset[int]:
    """Numbers of the cell styles whose format shows per cent."""
    formats: dict[int, str] = {}
    styles: list[int] = []
    inside = False

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal inside
        name = local(tag)
        if name == "numFmt" and "numFmtId" in attributes:
            formats[int(attributes["numFmtId"])] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            inside = True
        elif name == "xf" and inside:
            styles.append(int(attributes.get("numFmtId", "0")))

    def end(tag: str) -> None:
        nonlocal inside
        if local(tag) == "cellXfs":
            inside = False

    if path is None or path not in archive.names:
        return frozenset()
    archive.parse(path, start, end)
    percent = _BUILT_IN_PERCENT | {key for key, code in formats.items() if shows_percent(code)}
    return frozenset(number for number, key in enumerate(styles) if key in percent)


class RichText:
    """Follows the runs of one text and tells whether one that is raised or lowered has characters."""

    def __init__(self) -> None:
        self.raised = False
        self._script = False
        self._in_text = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "r":
            self._script = False
        elif name == "vertAlign" and attributes.get("val", "baseline") != "baseline":
            self._script = True
        elif name == "t":
            self._in_text = True

    def text(self, text: str) -> None:
        if self._in_text and self._script and text.strip():
            self.raised = True

    def end(self, name: str) -> None:
        if name == "t":
            self._in_text = False
        elif name == "r":
            self._script = False


def raised_strings(archive: Archive, path: str | None) -> frozenset[int]:
    """Numbers of the shared strings that have a superscript or a subscript inside."""
    raised: set[int] = set()
    number = -1
    runs = RichText()

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal number, runs
        name = local(tag)
        if name == "si":
            number += 1
            runs = RichText()
        else:
            runs.start(name, attributes)

    def end(tag: str) -> None:
        name = local(tag)
        runs.end(name)
        if name == "si" and runs.raised:
            raised.add(number)

    if path is not None and path in archive.names:
        archive.parse(path, start, end, lambda text: runs.text(text))
    return frozenset(raised)
