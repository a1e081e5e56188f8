"""Ссылки: snapshots for guests, their links, codes for a hall, and taking them back."""

from collections.abc import Callable, Mapping

from proforient.web import widgets
from proforient.web.sections import links, notice, period_dialog
from proforient.web.session import current

DIALOGS: Mapping[str, Callable[..., None]] = {"code": links.code_dialog, "revoke": links.revoke_dialog}

here = current()
widgets.scope_bar()
found = links.in_reach(here)
widgets.finding(links.finding(found))
notice.show()
links.no_address(here)
if found:
    links.listed(here, found)
widgets.section("Новый снимок")
links.begin(here)
period_dialog.draw(here, DIALOGS)
