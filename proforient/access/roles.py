"""The one table of who may do what, and ``Person``: who acts, and how far he reaches.

A role says what may be done, its territory or organisation says with what. Every page, route and button asks here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from proforient.errors import Refused
from proforient.monitoring import Organisation, within


class Role(StrEnum):
    ADMINISTRATOR = "administrator"
    DEPARTMENT = "department"
    HEAD = "head"
    ORGANISATION = "organisation"
    GUEST = "guest"  # whoever has a link; never signed in


Whose = Organisation | str | None  # what a deed concerns: an organisation, a territory by its path, None: everything


class Deed(StrEnum):
    """What can be done; the values are used in tests and addresses, the words are in ``DEEDS``."""

    LOOK = "look"
    LOOK_OWN = "look_own"
    SUBMIT = "submit"
    REGISTER = "register"
    REVIEW = "review"
    FORGET = "forget"
    PLAN = "plan"
    ADVISE = "advise"
    JUDGE = "judge"
    APPROVE = "approve"
    PRESENT = "present"
    DRAFT = "draft"
    ISSUE = "issue"
    ANSWER = "answer"
    SHARE = "share"
    LOG = "log"
    ACCOUNTS = "accounts"
    READ_HELP = "read_help"


_STAFF = frozenset({Role.ADMINISTRATOR, Role.DEPARTMENT})
_OFFICE = _STAFF | {Role.HEAD}
_SIGNED_IN = _OFFICE | {Role.ORGANISATION}

POLICY: Mapping[Deed, frozenset[Role]] = {
    Deed.LOOK: _OFFICE,  # figures of every organisation by name
    Deed.LOOK_OWN: _SIGNED_IN,
    Deed.SUBMIT: _STAFF | {Role.ORGANISATION},
    Deed.REGISTER: _STAFF,  # who reports: organisations, their kinds and days
    Deed.REVIEW: _STAFF,  # accept, return, take back what was sent
    Deed.FORGET: _STAFF | {Role.ORGANISATION},  # a remembered answer, an organisation only its own
    Deed.PLAN: _STAFF,
    Deed.ADVISE: _OFFICE,  # what is suggested, in the words that the head signs
    Deed.JUDGE: _OFFICE,
    Deed.APPROVE: _OFFICE,  # open and close a period: its figures then stand
    Deed.PRESENT: _OFFICE,
    Deed.DRAFT: _OFFICE,  # documents of the territory
    Deed.ISSUE: _OFFICE,
    Deed.ANSWER: _SIGNED_IN,  # what became of a measure, an organisation of its own only
    Deed.SHARE: _OFFICE,
    Deed.LOG: _OFFICE,
    Deed.ACCOUNTS: frozenset({Role.ADMINISTRATOR}),
    Deed.READ_HELP: _SIGNED_IN,
}

ROLES: Mapping[Role, str] = {
    Role.ADMINISTRATOR: "администратор",
    Role.DEPARTMENT: "специалист",
    Role.HEAD: "руководитель",
    Role.ORGANISATION: "организация",
    Role.GUEST: "гость по ссылке",
}

# What each may do, in the words of the sign-in and of the help.
ABILITIES: Mapping[Role, str] = {
    Role.ADMINISTRATOR: "всё, что специалист, и учётные записи",
    Role.DEPARTMENT: "смотрит всё, ведёт реестр, принимает отчёты, ставит планы, делится",
    Role.HEAD: "смотрит всё, утверждает период, делится; отчёты не правит",
    Role.ORGANISATION: "сдаёт свой файл и видит свои доли",
    Role.GUEST: "видит то, что открыто по ссылке",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who acts in one run or request. ``territory`` empty: everything; ``organisation``: only of that role."""

    login: str
    role: Role
    territory: str = ""
    organisation: str | None = None
    session: str = ""

    def may(self, deed: Deed) -> bool:
        return self.role in POLICY[deed]

    def reaches(self, territory: str | None) -> bool:
        """Whether the whole of ``territory`` (None or empty: of the installation) is within what is his."""
        if self.role is Role.ORGANISATION:
            return False
        return not self.territory or (bool(territory) and within(territory or "", self.territory))

    def reaches_organisation(self, organisation: Organisation) -> bool:
        if self.role is Role.ORGANISATION:
            return organisation.code == self.organisation
        return self.reaches(organisation.territory)

    def reaches_whose(self, whose: Whose) -> bool:
        return self.reaches_organisation(whose) if isinstance(whose, Organisation) else self.reaches(whose)

    def reaches_all(self, organisations: Iterable[Organisation], codes: Iterable[str]) -> bool:
        """Whether every one of ``codes`` is his; ``organisations`` is the register as far as it is known."""
        own = {o.code for o in organisations if self.reaches_organisation(o)}
        return set(codes) <= own


def demand(person: Person, deed: Deed, whose: Whose) -> None:
    """Refused where the person may not do this, or not with what it concerns."""
    if not person.may(deed):
        raise Refused(f"Это делает не {ROLES[person.role]}. Обратитесь в управление.")
    if not person.reaches_whose(whose):
        raise Refused("Это вне вашей территории или организации. Попросите того, кто за неё отвечает.")
