"""The one list of commands."""

from __future__ import annotations

from proforient.commands import (
    accounts,
    analysts,
    answers,
    campaign,
    catalogue,
    demonstration,
    document_files,
    documents,
    drafts,
    figures,
    files,
    judgements,
    known_counts,
    mark,
    measures,
    office_addresses,
    open_formats,
    plans,
    registry,
    reminders,
    reports,
    serving,
    snapshots,
    stores,
    upkeep,
    zones,
)
from proforient.commands.call import Command

COMMANDS: tuple[Command, ...] = (
    *serving.COMMANDS,
    *catalogue.COMMANDS,
    *demonstration.COMMANDS,
    *registry.COMMANDS,
    *campaign.COMMANDS,
    *zones.COMMANDS,
    *plans.COMMANDS,
    *judgements.COMMANDS,
    *known_counts.COMMANDS,
    *files.COMMANDS,
    *answers.COMMANDS,
    *reports.COMMANDS,
    *office_addresses.COMMANDS,
    *reminders.COMMANDS,
    *figures.COMMANDS,
    *documents.COMMANDS,
    *document_files.COMMANDS,
    *drafts.COMMANDS,
    *measures.COMMANDS,
    *accounts.COMMANDS,
    *snapshots.COMMANDS,
    *mark.COMMANDS,
    *upkeep.COMMANDS,
    *open_formats.COMMANDS,
    *analysts.COMMANDS,
    *stores.COMMANDS,
)

BY_NAME = {command.name: command for command in COMMANDS}
