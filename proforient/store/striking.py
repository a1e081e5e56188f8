"""Taking an organisation out of the register that was entered by mistake, while nothing speaks of it."""

from __future__ import annotations

from proforient.errors import Refused
from proforient.monitoring import now
from proforient.store import basis
from proforient.store.rollup import homes_of, rewrite
from proforient.store.writing import Writer
from proforient.wording import join, quoted


def strike(writer: Writer, code: str) -> None:
    """Refused where numbers, a report, an account or a branch speak of it: then it is closed instead."""
    organisation = writer.reader.organisation(code)
    writer.unless_moved(basis.any_of(basis.register([code]), basis.organisation(code)))
    found = writer.reader.hanging(code)
    if found:
        raise Refused(
            f"{quoted(organisation.name)} не убрать: с ней уже связано ({join(found)}). Если она больше не работает, "
            "закройте её с нужного дня: прежние периоды останутся."
        )
    homes = homes_of(writer, [code])
    writer.run("DELETE FROM organisation_fact WHERE code = $code", {"code": code})
    writer.run("DELETE FROM organisation WHERE code = $code", {"code": code})
    rewrite(writer, None, homes)
    detail = {"name": organisation.name, "territory": organisation.territory}
    writer.log("organisation.struck", f"organisation/{code}", detail, at=now())
