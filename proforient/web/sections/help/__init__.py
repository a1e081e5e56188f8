"""Справка: how figures are made, files, findings, words."""
