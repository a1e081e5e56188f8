"""Бланк: an organisation's numbers typed on the page, kept as they are typed, handed in as a file."""
