"""«Сравнение»: what is chosen, the panels with their table, the slide of the deck."""
