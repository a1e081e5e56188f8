"""Plan marks on the columns of a native chart: the last series becomes wide dashes, and stays editable.

The library has no chart of two kinds, so that this one piece is put together from its own elements.
"""

from __future__ import annotations

import copy
from typing import Any

from pptx.oxml import parse_xml
from pptx.oxml.ns import qn

_NAMES = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
DASH = 60  # points of a mark's width, of 72 that the format allows
LABEL = 1600  # hundredths of a point


def mark_plans(chart: Any, *, ink: str, paper: str) -> None:
    """Moves the last series of a clustered column chart into a line without a line, with a dash at each value."""
    area = chart._chartSpace.chart.plotArea
    bars = area.find(qn("c:barChart"))
    series = bars.findall(qn("c:ser"))[-1]
    bars.remove(series)
    for name in ("c:invertIfNegative", "c:spPr", "c:dLbls"):
        for element in series.findall(qn(name)):
            series.remove(element)
    at = list(series).index(series.find(qn("c:tx"))) + 1
    for n, element in enumerate(_looks(ink.removeprefix("#"), paper.removeprefix("#"))):
        series.insert(at + n, element)
    series.append(_made('<c:smooth {names} val="0"/>'))
    line = _made('<c:lineChart {names}><c:grouping val="standard"/><c:varyColors val="0"/></c:lineChart>')
    line.append(series)
    line.append(_made('<c:marker {names} val="1"/>'))
    for axis in bars.findall(qn("c:axId")):
        line.append(copy.deepcopy(axis))
    bars.addnext(line)


def _looks(ink: str, paper: str) -> list[Any]:
    """No line, a dash at each value, «план 80 %» above it on paper of its own: it may stand on a column."""
    shape = "<c:spPr {names}><a:ln><a:noFill/></a:ln></c:spPr>"
    marker = (
        f'<c:marker {{names}}><c:symbol val="dash"/><c:size val="{DASH}"/><c:spPr><a:solidFill>'
        f'<a:srgbClr val="{ink}"/></a:solidFill><a:ln><a:noFill/></a:ln></c:spPr></c:marker>'
    )
    label = (
        '<c:dLbls {names}><c:numFmt formatCode="&quot;план &quot;General&quot; %&quot;" sourceLinked="0"/>'
        f'<c:spPr><a:solidFill><a:srgbClr val="{paper}"/></a:solidFill></c:spPr>'
        "<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr>"
        f'<a:defRPr sz="{LABEL}" b="0"/></a:pPr><a:endParaRPr lang="ru-RU"/></a:p></c:txPr><c:dLblPos val="t"/>'
        '<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/>'
        '<c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'
    )
    return [_made(shape), _made(marker), _made(label)]


def _made(text: str) -> Any:
    return parse_xml(text.replace("{names}", _NAMES))


__all__ = ["mark_plans"]
