"""Seeded code that makes the demonstration data and sends them through the product's own intake."""

from proforient.demo.fill import fill

__all__ = ["fill"]
