"""Plan marks on the columns of a native chart: its series of plans becomes wide dashes, and stays editable.

The library makes no chart of two kinds, so that the parts of its finished file are changed: a PPTX in, a PPTX out.
"""

from __future__ import annotations

import copy
import io
import re
import zipfile
from typing import Any

from lxml import etree

from proforient.documents.guard import root_of
from proforient.palette import LIGHT

PLANS = "План, %"  # the name of the series
_CHART = re.compile(r"ppt/charts/chart\d*\.xml")
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_HEAD = (
    '<x xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
)
# No line, a dash of 60 points at each value, «план 80 %» of 16 points above it on paper of its own: it may stand on a
# column.
_LOOKS = """
<c:spPr><a:ln><a:noFill/></a:ln></c:spPr>
<c:marker><c:symbol val="dash"/><c:size val="60"/><c:spPr><a:solidFill><a:srgbClr val="INK"/></a:solidFill><a:ln>
<a:noFill/></a:ln></c:spPr></c:marker>
<c:dLbls><c:numFmt formatCode="&quot;план &quot;General&quot; %&quot;" sourceLinked="0"/>
<c:spPr><a:solidFill><a:srgbClr val="PAPER"/></a:solidFill></c:spPr>
<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="1600" b="0"/></a:pPr><a:endParaRPr lang="ru-RU"/></a:p>
</c:txPr>
<c:dLblPos val="t"/><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/>
<c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>
"""
_SMOOTH = '<c:smooth val="0"/>'
_LINE = '<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/><c:marker val="1"/></c:lineChart>'


def with_plan_marks(deck: bytes) -> bytes:
    """The deck with the plans of each chart that has them as marks over its columns."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(deck)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            data = old.read(part)
            new.writestr(part, _marked(data) if _CHART.fullmatch(part.filename) else data)
    return out.getvalue()


def _marked(chart: bytes) -> bytes:
    root = root_of(chart)
    for bars in root.iter(f"{_C}barChart"):
        for series in bars.findall(f"{_C}ser"):
            if "".join(series.find(f"{_C}tx").itertext()).strip().endswith(PLANS):
                _move(bars, series)
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return made


def _move(bars: Any, series: Any) -> None:
    """The series into a chart of lines of its own on the same axes, right behind the columns."""
    bars.remove(series)
    for name in ("invertIfNegative", "spPr", "dLbls"):
        for element in series.findall(f"{_C}{name}"):
            series.remove(element)
    at = list(series).index(series.find(f"{_C}tx")) + 1
    looks = _LOOKS.replace("INK", LIGHT.ink.removeprefix("#")).replace("PAPER", LIGHT.paper.removeprefix("#"))
    for n, element in enumerate(_made(looks)):
        series.insert(at + n, element)
    series.extend(_made(_SMOOTH))
    (line,) = _made(_LINE)
    line.insert(2, series)
    line.extend(copy.deepcopy(axis) for axis in bars.findall(f"{_C}axId"))
    bars.addnext(line)


def _made(text: str) -> list[Any]:
    return list(root_of((_HEAD + text + "</x>").encode()))


__all__ = ["PLANS", "with_plan_marks"]
