"""Nobody overwrites what he has not seen: an action names what it concerns, and is refused where that has changed.

Whoever reads remembers the last event of the log (``Store.mark``) from before the reading began; an action that was
decided on what was read says it (``Store.write(based_on=…)``). A concern is a question to one later event: does it
touch what the action is about? Events carry object, organisations, period and territory, so nothing else is needed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, Any

from proforient.monitoring import Amendment, Judgement, PlanValue, within

if TYPE_CHECKING:
    from proforient.monitoring import Event

Detail = Mapping[str, Any]
Concern = Callable[["Event", Detail], bool]

# These take nothing over that somebody may have seen otherwise: who came and went, facts of the installation.
FREE = frozenset(
    {
        "account.refused",
        "account.signed_in",
        "account.signed_out",
        "submission.refused",
        "fact.set",
        "catalogue.taken",
        "store.created",
        "store.written",
        "store.migrated",
        "store.sealed",
        "store.imported",
        "chain.signed",
        "chain.noticed",
        "snapshot.made",  # results are frozen as they were asked for; asking for those shown is ``figures``
    }
)
ADVICE = frozenset({"advice.amended", "advice.carried"})
STANDING = frozenset({"organisation.struck", "organisation.merged", "organisation.unmerged"})
CHANGING = frozenset({"organisations.imported", "contingent.imported", "catalogue.taken"})
FILES = frozenset({"submission.accepted", "report.state", "part.withdrawn"})


def home() -> Concern:
    """Which territory the installation is for."""
    return lambda event, detail: event.action == "home.set"


def any_of(*concerns: Concern) -> Concern:
    """Touches at least one of them."""
    return lambda event, detail: any(concern(event, detail) for concern in concerns)


def _organisations(event: Event, detail: Detail) -> set[str]:
    named = set(detail.get("organisations") or ())
    kind, _, code = event.object.partition("/")
    return named | {code} if kind == "organisation" else named


def reports(period: str, organisations: Collection[str]) -> Concern:
    """What these organisations have sent for the period, and in which state it is."""
    codes = set(organisations)
    return lambda event, detail: (
        event.action in FILES and detail.get("period") == period and bool(codes & _organisations(event, detail))
    )


def reopening(period: str, organisation: str) -> Concern:
    """Whether the closed period takes files of this organisation again."""
    return lambda event, detail: (
        event.action == "report.reopened"
        and event.object == f"organisation/{organisation}"
        and detail.get("period") == period
    )


def closing(period: str, openings: Collection[str]) -> Concern:
    """Closing the period accepts what is on review; ``openings``: territories (empty: all) whose opening counts."""
    return lambda event, detail: (
        event.action == "period.closed"
        and event.object == f"period/{period}"
        and (not detail.get("territory") or detail["territory"] in openings)
    )


def openings(period: str, territory: str | None) -> Concern:
    """The campaign in this territory, in one above or below it."""
    return lambda event, detail: (
        event.action.startswith("period.")
        and event.object == f"period/{period}"
        and _meets(detail.get("territory"), territory)
    )


def plan(about: PlanValue) -> Concern:
    """The plan of the same figure that holds where this one would: its own, or one for a territory above."""
    return lambda event, detail: (
        event.action == "plan.set" and _same_figure(detail, about) and _above(detail.get("territory"), about.territory)
    )


def judgement(about: Judgement) -> Concern:
    """What experts said of the same figure of the same territory or organisation."""
    whom = [about.organisation] if about.organisation else None
    return lambda event, detail: (
        event.action == "judgement.added"
        and (detail.get("period"), detail.get("indicator"), detail.get("level"))
        == (about.period, about.indicator, about.level)
        and detail.get("cohort", about.cohort) == about.cohort
        and (detail.get("territory"), detail.get("organisations")) == (about.territory, whom)
    )


def amendment(about: Amendment) -> Concern:
    """What is said of the same recommendation where this amendment would hold: here or in a territory above."""

    def touches(event: Event, detail: Detail) -> bool:
        if detail.get("period") != about.period or not _above(detail.get("territory"), about.territory):
            return False
        carried = event.action == "advice.carried" and about.action in detail.get("actions", ())
        return carried or (event.action == "advice.amended" and detail.get("action") == about.action)

    return touches


def advice(period: str, territory: str) -> Concern:
    """Every amendment of the territory itself in the period."""
    return lambda event, detail: (
        event.action in ADVICE and (detail.get("period"), detail.get("territory")) == (period, territory)
    )


def events(territory: str) -> Concern:
    """The events that recommendations of the territory name."""
    return lambda event, detail: event.action == "events.named" and _above(detail.get("territory"), territory)


def account(login: str) -> Concern:
    """Who may come in under this login; that somebody came or went is nothing."""
    return lambda event, detail: event.object == f"account/{login}" and event.action not in FREE


def rights(login: str) -> Concern:
    """What somebody may do: whoever gives access to others must still be let to."""
    return lambda event, detail: (
        event.object == f"account/{login}" and event.action in ("account.changed", "account.closed")
    )


def publication(number: int) -> Concern:
    """A link: withdrawn, corrected. That a code leads to it now changes nothing of what it shows."""
    return lambda event, detail: (
        (event.object == f"publication/{number}" and event.action != "publication.code")
        or (event.action == "publication.made" and detail["corrects"] == number)
    )


def hall_code(number: int) -> Concern:
    """The link and the code that leads to it: a new one ends the one before."""
    return any_of(publication(number), lambda event, _detail: event.object == f"publication/{number}")


def register(codes: Collection[str]) -> Concern:
    """Rows of the register."""
    mine = set(codes)

    def touches(event: Event, detail: Detail) -> bool:
        if event.action in STANDING:
            return bool(mine & _organisations(event, detail))
        named = {*detail.get("added", ()), *detail.get("updated", ())}
        return event.action == "organisations.imported" and bool(mine & named)

    return touches


def organisation(code: str) -> Concern:
    """Whatever was said or sent of one organisation."""
    return lambda event, detail: code in _organisations(event, detail) or detail.get("organisation") == code


def known_counts(organisations: Collection[str]) -> Concern:
    """Counts known from elsewhere; an event of an earlier form does not say whose, and concerns everybody."""
    mine = set(organisations)
    return lambda event, detail: (
        event.action == "contingent.imported" and bool(mine & set(detail.get("organisations", mine)))
    )


def zone(territory: str) -> Concern:
    """By which clocks the days of the territory end."""
    return lambda event, detail: event.action == "zone.set" and _above(detail.get("territory"), territory)


def draft(number: str) -> Concern:
    """A draft of a document: changed, put away, issued."""
    return lambda event, detail: event.object == f"draft/{number}"


def issued(number: str) -> Concern:
    """An issued document: numbered, corrected."""
    return lambda event, detail: (
        event.object == f"document/{number}" or (event.action == "document.issued" and detail.get("corrects") == number)
    )


def office(territory: str) -> Concern:
    """Who issues the documents of the territory."""
    return lambda event, detail: event.action == "office.set" and detail.get("territory") == territory


def measure(number: str) -> Concern:
    """What was said of a measure."""
    return lambda event, detail: event.object == f"measure/{number}"


def named_view(number: str) -> Concern:
    """A named view: changed, put away."""
    return lambda event, detail: event.object == f"view/{number}"


def mailboxes(organisations: Collection[str]) -> Concern:
    """Where these organisations are written to."""
    mine = set(organisations)
    return lambda event, detail: event.action == "mailbox.set" and bool(mine & _organisations(event, detail))


def reminder(organisation: str) -> Concern:
    """Whether the organisation was written to."""
    return lambda event, detail: event.action == "reminder.begun" and event.object == f"organisation/{organisation}"


def answer(number: str) -> Concern:
    """A remembered answer."""
    return lambda event, detail: event.object == f"alias/{number}"


def signature() -> Concern:
    """By which key the end of the log is signed, and who answers for its change."""
    return lambda event, detail: event.action == "chain.acknowledged"


def figures(period: str, territory: str, homes: Mapping[str, str]) -> Concern:
    """Everything that the results of a territory follow from; ``homes``: organisation -> its territory."""

    def touches(event: Event, detail: Detail) -> bool:
        if event.action in STANDING or event.action in CHANGING:
            return True
        if event.action.startswith("period."):
            return openings(period, territory)(event, detail)
        if event.action == "events.named":
            return _meets(detail.get("territory"), territory)
        if detail.get("period") != period:
            return False
        if event.action == "plan.set" or event.action in ADVICE:
            return _meets(detail.get("territory"), territory)
        if event.action not in FILES and event.action != "judgement.added":
            return False
        codes = _organisations(event, detail)
        if not codes:
            return _meets(detail.get("territory"), territory)
        return any(_meets(homes.get(code), territory) for code in codes)

    return touches


def _meets(one: str | None, other: str | None) -> bool:
    return within(one or "", other or None) or within(other or "", one or None)


def _above(place: str | None, territory: str | None) -> bool:
    return not place or (territory is not None and within(territory, place))


def _same_figure(detail: Detail, about: PlanValue) -> bool:
    figure = (detail.get("period"), detail.get("indicator"), detail.get("level"), detail.get("cohort"))
    return figure == (about.period, about.indicator, about.level, about.cohort)
