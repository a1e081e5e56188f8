"""Pieces of single pages: what a page read from the domain comes in, it is drawn; no figure is computed here."""
