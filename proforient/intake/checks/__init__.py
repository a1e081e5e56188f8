"""One check a file; ``screen.CHECKS`` is the one list of them."""
