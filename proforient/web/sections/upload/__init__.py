"""Загрузка: for whom, the form, the check of a file, what it changes, handing it in."""
