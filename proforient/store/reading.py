"""What may be asked of the store: every question with the room that answers it."""

from __future__ import annotations

from proforient.store import (
    contents,
    for_checks,
    given,
    inquired,
    journal,
    offices,
    opened,
    papers,
    people,
    planned,
    register,
    reminded,
    reopened,
    shown,
    snapshots,
    standings,
    typed,
    views,
    wordings,
)
from proforient.store.session import Transaction


class Reader(Transaction):
    """Everything that can be asked of the store, inside one transaction: figures of a page belong together.

    The answers are functions of a Transaction in the rooms named here; pages and analysis hold a Reader, or what
    answers like one.
    """

    # Who reports, when, and what is planned.
    territories = register.territories
    home = register.home
    organisations = register.organisations
    organisation = register.organisation
    roster = register.roster
    other_names = register.other_names
    register_order = register.register_order
    facts_of = register.facts_of
    hanging = register.hanging
    place_of = opened.place_of
    zones = register.zones
    zone = register.zone
    today = register.today
    openings = opened.openings
    opening = opened.opening
    nearest_opening = opened.nearest_opening
    reopenings = reopened.reopenings
    reopening = reopened.reopening
    takes_from = reopened.takes_from
    periods = opened.periods
    period = opened.period
    plans = planned.plans
    plan_history = planned.plan_history
    judgements = planned.judgements
    contingent = planned.contingent
    amendments = wordings.amendments
    amendment_history = wordings.amendment_history
    own_actions = wordings.own_actions
    event_names = wordings.event_names

    # Who sent or did what, and when.
    submissions = journal.submissions
    submission = journal.submission
    parts = journal.parts
    sent = journal.sent
    explanations = journal.explanations
    files_sent = journal.files_sent
    reports = journal.reports
    reports_sent = journal.reports_sent
    report_contents = contents.report_contents
    report_standings = standings.report_standings
    report_states = journal.report_states
    typed_cells = typed.typed_cells
    inquiries = inquired.inquiries
    mailboxes = reminded.mailboxes
    reminders = reminded.reminders
    reminded = reminded.reminded
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
    pairs_table = given.pairs_table
    pairs_over = given.pairs_over
    pairs = given.pairs
    totals_table = given.totals_table
    totals_over = given.totals_over
    both = given.both
    homes = given.homes
    values = given.values
    history = given.history
    known = for_checks.known

    # What was shown to whom, and who may come in.
    frozen = snapshots.frozen
    publications = shown.publications
    publication_tokens = shown.publication_tokens
    catalogue_text = shown.catalogue_text
    opened_times = shown.opened_times
    hall_codes = shown.hall_codes
    accounts = people.accounts
    account = people.account
    last_sign_ins = people.last_sign_ins
    ended_sessions = people.ended_sessions
    invited = people.invited
