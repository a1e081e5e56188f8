"""A plain figure as an object that Plotly has checked already.

Streamlit lets Plotly check every plain figure at every rerun, which costs more than drawing the page; an object it
takes as it is. The same figure is shown to many, so each is checked once.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import plotly.graph_objects as go

KEPT = 256  # figures that are kept


def plotly_figure(figure: Mapping[str, Any]) -> Any:
    """The figure as a ``plotly.graph_objects.Figure`` that is shared and must not be changed."""
    return _checked(json.dumps(figure, ensure_ascii=False))


@lru_cache(maxsize=KEPT)
def _checked(text: str) -> Any:
    return go.Figure(json.loads(text))
