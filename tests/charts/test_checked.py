"""Figures that Plotly checks once and everybody sees."""

import pytest

from proforient.charts.plotly_figure import plotly_figure

FIGURE = {"data": [{"type": "bar", "x": ["Основное"], "y": [70.5]}], "layout": {"height": 300}}


def test_the_object_says_what_the_plain_figure_says():
    assert plotly_figure(FIGURE).to_plotly_json()["data"][0]["y"] == [70.5]
    shown = plotly_figure(FIGURE).to_dict()
    assert shown["layout"]["height"] == 300 and shown["data"][0]["x"] == ["Основное"]


def test_the_same_figure_is_checked_once_and_another_is_another():
    assert plotly_figure(FIGURE) is plotly_figure({**FIGURE})
    assert plotly_figure(FIGURE) is not plotly_figure({**FIGURE, "layout": {"height": 301}})


def test_what_a_page_gets_cannot_change_what_others_see():
    plotly_figure(FIGURE).to_dict()["data"][0]["y"] = [1]
    assert list(plotly_figure(FIGURE).data[0].y) == [70.5]


def test_a_figure_that_plotly_does_not_know_is_refused():
    with pytest.raises(ValueError):
        plotly_figure({"data": [{"type": "bar", "colour": "red"}]})
