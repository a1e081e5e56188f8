"""Sentences, figures for wide screens and rows for phone and paper, all from the same analysis result."""
