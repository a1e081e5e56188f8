"""Обзор: five levels beside their plans."""

from proforient.web import widgets

widgets.scope_bar()
widgets.finding("Обзор")
