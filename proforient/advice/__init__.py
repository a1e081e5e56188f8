"""From figures to what is wrong and what the catalogue suggests to whom."""
