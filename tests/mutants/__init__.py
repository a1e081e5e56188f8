"""Mutants: the program changed in one place at a time, and whether a test notices it."""
