"""Where the small store of these tests lies."""

REGION = "Озёрная область"
HERE, THERE = f"{REGION} / Лесной район", f"{REGION} / Полевой район"
