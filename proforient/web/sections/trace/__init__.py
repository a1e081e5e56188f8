"""Where a figure comes from: the cells behind it, the rows of their files, the excerpt of a file."""
