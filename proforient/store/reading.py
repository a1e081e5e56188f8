"""What may be asked of the store: every question with the room that answers it."""

from __future__ import annotations

from proforient.store import (
    contents,
    figure_rows,
    for_checks,
    form_draft_rows,
    inquiry_rows,
    journal,
    merger_rows,
    offices,
    organisation_rows,
    papers,
    people,
    period_rows,
    plan_rows,
    publication_rows,
    reminder_rows,
    reopening_rows,
    snapshots,
    standings,
    views,
    wordings,
)
from proforient.store.transaction import Transaction


class Reader(Transaction):
    """Everything that can be asked of the store, inside one transaction: figures of a page belong together.

    The answers are functions of a Transaction in the rooms named here; pages and analysis hold a Reader, or what
    answers like one.
    """

    # Who reports, when, and what is planned.
    territories = organisation_rows.territories
    home = organisation_rows.home
    organisations = organisation_rows.organisations
    organisation = organisation_rows.organisation
    roster = organisation_rows.roster
    other_names = organisation_rows.other_names
    register_order = organisation_rows.register_order
    facts_of = organisation_rows.facts_of
    hanging = organisation_rows.hanging
    mergers = merger_rows.mergers
    successors = merger_rows.successors
    reported_from = merger_rows.reported_from
    logins_of = merger_rows.logins_of
    typed_of = merger_rows.typed_of
    place_of = period_rows.place_of
    zones = organisation_rows.zones
    zone = organisation_rows.zone
    today = organisation_rows.today
    openings = period_rows.openings
    opening = period_rows.opening
    nearest_opening = period_rows.nearest_opening
    reopenings = reopening_rows.reopenings
    reopening = reopening_rows.reopening
    takes_from = reopening_rows.takes_from
    last_days = reopening_rows.last_days
    periods = period_rows.periods
    period = period_rows.period
    plans = plan_rows.plans
    plan_history = plan_rows.plan_history
    judgements = plan_rows.judgements
    contingent = plan_rows.contingent
    amendments = wordings.amendments
    amendment_history = wordings.amendment_history
    own_actions = wordings.own_actions
    event_names = wordings.event_names

    # Who sent or did what, and when.
    submissions = journal.submissions
    submission = journal.submission
    parts = journal.parts
    sent = journal.sent_parts
    explanations = journal.explanations
    files_sent = journal.files_sent
    reports = journal.reports
    reports_sent = journal.reports_sent
    report_contents = contents.report_contents
    report_standings = standings.report_standings
    report_states = journal.report_states
    typed_cells = form_draft_rows.typed_cells
    inquiries = inquiry_rows.inquiries
    mailboxes = reminder_rows.mailboxes
    reminders = reminder_rows.reminders
    reminded = reminder_rows.reminded
    events = journal.events
    broken_events = journal.broken_events
    aliases = journal.aliases
    answers = journal.answers
    fact = journal.fact

    # What was drafted and issued, and what became of it.
    drafts = papers.drafts
    office = offices.office
    office_history = offices.office_history
    draft_versions = papers.draft_versions
    issued_documents = papers.issued_documents
    issued_document = papers.issued_document
    footnotes = papers.footnotes
    footnotes_of = papers.footnotes_of
    measures = papers.measures
    measure = papers.measure
    measures_changed = papers.measures_changed
    named_views = views.named_views
    named_view = views.named_view

    # What was given.
    pairs_table = figure_rows.pairs_table
    pairs_over = figure_rows.pairs_over
    pairs = figure_rows.pairs
    totals_table = figure_rows.totals_table
    totals_over = figure_rows.totals_over
    comparable_pairs = figure_rows.comparable_pairs
    homes = figure_rows.homes
    values = figure_rows.values
    history = figure_rows.history
    known = for_checks.known_of

    # What was shown to whom, and who may come in.
    frozen = snapshots.frozen
    publications = publication_rows.publications
    publication_tokens = publication_rows.publication_tokens
    catalogue_text = publication_rows.catalogue_text
    opened_times = publication_rows.opened_times
    hall_codes = publication_rows.hall_codes
    accounts = people.accounts
    account = people.account
    last_sign_ins = people.last_sign_ins
    ended_sessions = people.ended_sessions
    invited = people.invited
