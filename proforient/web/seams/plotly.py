"""What our scripts need of Plotly's charts in the browser: ``static/plotly.js``, where all of it stands.

Needs: the names of a chart, of the place over its marks, of the layer in which it shows what a mark says, of the button
that saves it and of the options of that button.
Why: a finger shows first and opens then, and moves the page over a chart; one is saved in two kinds without a bar of
buttons over it. Plotly has no setting for any of it.
Without it: the first tap opens what it should only show, and a chart cannot be saved; the rest stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from proforient.web.seams import bundles
from proforient.web.seams.lacks import Lack, lacks_of

EFFECT = "Касание отметки рисунка открывает её сразу, без подписи, или рисунок нельзя сохранить."
NAMES = ("js-plotly-plot", "nsewdrag", "hoverlayer", "modebar-btn", "_context.toImageButtonOptions")


def lacking(static: Path = bundles.STATIC) -> Iterator[Lack]:
    said = "".join(bundles.texts("PlotlyChart", static).values())
    yield from lacks_of("plotly", EFFECT, {name: name in said for name in NAMES})
