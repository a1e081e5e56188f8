"""Журнал: who did what and when; nothing of it can be changed."""

from proforient.web import widgets
from proforient.web.sections import log
from proforient.web.session import current
from proforient.wording import counted

here = current()
widgets.print_heading()
events, names = log.read(here)
widgets.finding(f"Журнал: {counted(len(events), 'records')}")
lines = log.matching(here, events, names, log.filters(here, events))
log.table(here, lines)
log.chain_note(here)
